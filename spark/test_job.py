"""On a real Spark, with two worker processes: the rows are those that the program gives alone, whoever is killed."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from datetime import datetime, timezone
from pathlib import Path

import pyarrow.dataset as ds
import pyarrow.parquet as pq
from conftest import CONF, MASTER, PAGES, PROGRAM, in_order, liveblog

from liveblog_spark import parse

JOB = Path(__file__).parent / "job.py"


def paths_frame(spark, paths):
    return spark.createDataFrame(spark.sparkContext.parallelize([(path,) for path in paths], len(paths)), "path string")


def entries_and_errors(frame):
    """The rows as the program's own, and the errors beside the pages that they are about."""
    rows = frame.toArrow().to_pylist()
    errors = sorted((row["page"], row["error"]) for row in rows if row["error"] is not None)
    entries = [row for row in rows if row.pop("error") is None]
    for row in entries:
        published = row["published"]
        assert row.pop("published_date") == (published and published.date())
    return in_order(entries), errors


def wait_for(found, seconds=120):
    deadline = time.monotonic() + seconds
    while not (value := found()):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    return value


def test_files_give_the_rows_that_the_program_gives_alone_and_errors_are_a_column(spark, crawl, alone):
    # The driver and two workers, which come one after the other.
    wait_for(lambda: spark._jsc.sc().getExecutorMemoryStatus().size() == 3)
    entries, errors = entries_and_errors(parse(paths_frame(spark, crawl), program=str(PROGRAM)))
    assert entries == alone
    damaged, missing = errors
    assert damaged[0] == crawl[-2] and damaged[1].startswith(f"{crawl[-2]}#") and "damaged" in damaged[1]
    assert missing[0] == crawl[-1] and "no such file" in missing[1]


def test_rows_give_the_entries_that_the_program_finds_in_the_same_data_set(spark, tmp_path):
    rows = [(page.read_text(encoding="utf-8"), f"https://pages.example/{page.name}", "2024-03-05") for page in PAGES]
    rows.append(("Nothing of interest.", "https://pages.example/none", None))
    file = tmp_path / "set.jsonl"
    file.write_text("".join(json.dumps(dict(zip(("text", "url", "date"), row))) + "\n" for row in rows), encoding="utf-8")
    command = [PROGRAM, "parse", "--no-save", file, "--format", "parquet", "-o", tmp_path / "alone.parquet"]
    subprocess.run(command, check=True, stderr=subprocess.DEVNULL)
    alone = pq.read_table(tmp_path / "alone.parquet").to_pylist()
    for row in alone:
        row["page"] = row["page_url"]
    frame = spark.createDataFrame(rows, "text string, url string, date string").repartition(3)
    entries, errors = entries_and_errors(parse(frame, program=str(PROGRAM)))
    assert (entries, errors) == (in_order(alone), [])


def test_a_time_is_an_instant_whatever_the_zone_of_the_session(spark):
    page = "1. Harbour openspublished at 23:50 Greenwich Mean Time 31 December\n\n    It opened late.\n"
    saved = datetime(2020, 1, 1, 0, 30, tzinfo=timezone.utc)
    spark.conf.set("spark.sql.session.timeZone", "America/New_York")
    try:
        entries, _ = entries_and_errors(
            parse(spark.createDataFrame([(page, saved)], "text string, date timestamp"), program=str(PROGRAM))
        )
    finally:
        spark.conf.unset("spark.sql.session.timeZone")
    assert [entry["published"] for entry in entries] == [datetime(2019, 12, 31, 23, 50, tzinfo=timezone.utc)]


def test_a_worker_that_is_killed_half_way_changes_nothing(spark, crawl, alone, slow_program):
    frame = parse(paths_frame(spark, crawl), program=str(slow_program))
    result = []
    job = threading.Thread(target=lambda: result.append(entries_and_errors(frame)))
    job.start()
    running = slow_program.parent / "running"
    wait_for(lambda: len(list(running.iterdir())) >= 3)
    os.kill(executor_above(int(max(running.iterdir(), key=lambda note: note.stat().st_mtime).name)), signal.SIGKILL)
    job.join()
    assert len(list(running.iterdir())) > len(crawl), "a task was begun again"
    entries, errors = result[0]
    assert entries == alone
    assert {page for page, _ in errors} == set(crawl[-2:])


def executor_above(process):
    """The executor among the parents of a process, which this test's Spark started."""
    while b"CoarseGrainedExecutorBackend" not in Path(f"/proc/{process}/cmdline").read_bytes():
        process = int(Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[1])
        assert process > 1 and process != os.getpid()
    return process


def test_a_job_that_is_killed_leaves_nothing_half_and_can_be_run_again(crawl, alone, slow_program, tmp_path):
    out = tmp_path / "out"
    with start_job(out, crawl, slow_program) as job:
        wait_for(lambda: len(list((slow_program.parent / "running").iterdir())) >= 3)
        os.killpg(job.pid, signal.SIGKILL)
    assert not out.exists()

    with start_job(out, crawl, PROGRAM) as job:
        said = job.communicate()[0]
    assert job.returncode == 1 and f"are in {out}/errors" in said, said
    assert not out.with_name("out.unfinished").exists()
    table = ds.dataset(out / "entries", partitioning="hive").to_table()
    rows = [{name: row[name] for name in alone[0]} for row in table.to_pylist()]
    assert in_order(rows) == alone
    assert liveblog("filter", out / "entries", "--count") == f"{len(alone)}\n"
    assert {row["page"] for row in pq.read_table(out / "errors").to_pylist()} == set(crawl[-2:])

    with start_job(out, crawl, PROGRAM, master="local[1]") as job:
        assert "is there already, and whole" in job.communicate()[0]
    assert job.returncode == 1


def start_job(out, paths, program, master=MASTER):
    submit = Path(sys.executable).with_name("spark-submit")
    conf = [word for name, value in CONF.items() for word in ("--conf", f"{name}={value}")]
    command = [submit, "--master", master, *conf, JOB, out, "--program", program, *paths]
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8", start_new_session=True
    )
