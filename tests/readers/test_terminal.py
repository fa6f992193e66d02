"""On a terminal: the bar for bulk work stands on standard error, and never among the data."""

import fcntl
import os
import pty
import struct
import subprocess
import termios
from pathlib import Path

import pytest

from test_readers import PROGRAM, ROOT

PAGES = 800


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """Enough pages for the bar to be shown."""
    folder = tmp_path_factory.mktemp("pages")
    page = folder / "0.txt"
    page.write_bytes((ROOT / "fixtures/bbc/tunnel.txt").read_bytes())
    for number in range(1, PAGES):
        os.link(page, folder / f"{number}.txt")
    return folder


def on_terminal(arguments, **options):
    """What the program prints with standard error on a terminal of 80 columns: standard output, and the terminal."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    environment = {**os.environ, "TERM": "xterm", "LANG": "C.UTF-8"}
    program = subprocess.Popen(
        [PROGRAM, *arguments], stdin=subprocess.DEVNULL, stderr=theirs, env=environment, **{"stdout": theirs, **options}
    )
    os.close(theirs)
    seen = b""
    while True:
        try:
            piece = os.read(ours, 65536)
        except OSError:
            break
        if not piece:
            break
        seen += piece
    assert program.wait() == 0
    return seen.decode()


def test_the_bar_shows_how_far_the_work_is_and_goes(pages, tmp_path):
    with open(tmp_path / "out.jsonl", "wb") as out:
        seen = on_terminal(["parse", "--no-save", pages, "--jsonl"], stdout=out)
    assert f" of {PAGES} files, " in seen and " MB/s, " in seen and " left" in seen
    assert seen.replace("\r", "\n").strip().split("\n")[-1].endswith("-v prints them"), "the bar is gone at the end"
    lines = (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()
    assert len(lines) == PAGES * 20 and all(line.startswith('{"page":') for line in lines)


def test_the_bar_has_a_line_of_its_own_where_the_data_goes_to_the_terminal_too(pages):
    seen = on_terminal(["parse", "--no-save", pages])
    # What was drawn over or erased is no longer on the screen.
    shown = [line.split("\r")[-1].replace("\x1b[2K", "") for line in seen.replace("\r\n", "\n").split("\n")]
    summaries = [line for line in shown if line.endswith((" doubts", " doubt"))]
    assert len(summaries) == PAGES + 1 and summaries[-1].startswith(f"in all: {PAGES} pages, ")
    assert not any("MB/s" in line for line in shown)


def test_there_is_no_bar_in_a_pipe(pages, tmp_path):
    done = subprocess.run([PROGRAM, "parse", "--no-save", pages, "-o", tmp_path / "out.csv"], capture_output=True, text=True)
    assert done.stdout == "" and done.stderr.endswith(f" warnings in {PAGES} pages; -v prints them\n")
    assert done.stderr.count("\n") == 1, "nothing else is printed"
