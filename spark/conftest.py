"""What the tests share: a small crawl, what the program alone makes of it, and a Spark with two worker processes.

Needs the program and Java: LIVEBLOG=target/debug/liveblog pytest spark
"""

import gzip
import os
import subprocess
import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest

ROOT = Path(__file__).parents[1]
PROGRAM = Path(os.environ.get("LIVEBLOG", ROOT / "target/debug/liveblog")).resolve()
PAGES = sorted((ROOT / "fixtures/bbc").glob("*.txt"))
MASTER = "local-cluster[2,1,1024]"
CONF = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.sql.shuffle.partitions": "4",
    # Java begins sooner so, and here it has little to do.
    "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1",
    "spark.executor.extraJavaOptions": "-XX:TieredStopAtLevel=1",
}

os.environ.update(SPARK_LOCAL_IP="127.0.0.1", PYSPARK_PYTHON=sys.executable)


def liveblog(*arguments):
    done = subprocess.run([PROGRAM, *arguments], check=True, capture_output=True, text=True, encoding="utf-8")
    return done.stdout


def record(number, body):
    head = (
        f"WARC/1.0\r\nWARC-Type: conversion\r\nWARC-Target-URI: https://pages.example/{number}\r\n"
        "WARC-Date: 2024-03-05T03:04:05Z\r\nContent-Type: text/plain\r\n"
        f"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-{number:012}>\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return gzip.compress(head.encode() + body + b"\r\n\r\n")


@pytest.fixture(scope="session")
def crawl(tmp_path_factory):
    """Six files of a crawl, in which one record in five is a live page. One more is damaged, and one is not there."""
    folder = tmp_path_factory.mktemp("crawl")
    number, files = 0, []
    for part in range(6):
        records = []
        for page in PAGES[part::6]:
            for body in [page.read_bytes(), *[b"Nothing of interest.\nNor here.\n"] * 4]:
                records.append(record(number, body))
                number += 1
        files.append(folder / f"{part}.warc.wet.gz")
        files[-1].write_bytes(b"".join(records))
    damaged = folder / "damaged.warc.wet.gz"
    first, second, third = (record(number + more, PAGES[0].read_bytes()) for more in range(3))
    damaged.write_bytes(first + second[:40] + bytes(20) + second[60:] + third)
    return [str(path) for path in [*files, damaged, folder / "missing.warc.wet.gz"]]


@pytest.fixture(scope="session")
def alone(crawl, tmp_path_factory):
    """The rows that the program gives alone."""
    file = tmp_path_factory.mktemp("alone") / "entries.parquet"
    command = [PROGRAM, "parse", "--no-save", "--format", "parquet", "-o", file, *crawl]
    subprocess.run(command, check=False, stderr=subprocess.DEVNULL)
    rows = pq.read_table(file).to_pylist()
    assert len(rows) > 100
    return in_order(rows)


def in_order(rows):
    return sorted(rows, key=lambda row: (row["page"], row["number"], row["id"]))


@pytest.fixture(scope="session")
def spark():
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master(MASTER)
    for name, value in CONF.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    yield session
    session.stop()


@pytest.fixture
def slow_program(tmp_path):
    """The program, but it waits before it begins, and leaves a note of its process."""
    script = tmp_path / "slow" / "liveblog"
    notes = tmp_path / "slow" / "running"
    notes.mkdir(parents=True)
    script.write_text(
        f"#!{sys.executable}\n"
        "import os, pathlib, sys, time\n"
        "if sys.argv[-1] != '-':\n"
        f"    pathlib.Path({str(notes)!r}, str(os.getpid())).touch()\n"
        "    time.sleep(2)\n"
        f"os.execv({str(PROGRAM)!r}, [{str(PROGRAM)!r}, *sys.argv[1:]])\n"
    )
    script.chmod(0o755)
    return script
