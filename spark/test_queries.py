"""Every selection of queries.sql: the program over its archive, the program over Parquet, DuckDB and Spark agree."""

import csv
import shlex
from pathlib import Path

import duckdb
import pytest
from conftest import PAGES, liveblog, record

QUERIES = Path(__file__).with_name("queries.sql").read_text(encoding="utf-8").split("-- liveblog ")[1:]
QUERIES = [(shlex.split(command), sql.strip().rstrip(";")) for command, _, sql in (q.partition("\n") for q in QUERIES)]
MACROS = """
CREATE MACRO array_join(list, separator) AS array_to_string(list, separator);
CREATE MACRO cardinality(list) AS len(list);
CREATE MACRO regexp_like(text, pattern) AS regexp_matches(text, pattern);
SET TimeZone = 'UTC';
"""


@pytest.fixture(scope="module")
def tables(tmp_path_factory):
    """The same entries in an archive, and as a folder of Parquet."""
    folder = tmp_path_factory.mktemp("tables")
    crawl, archive, parquet = folder / "crawl.warc.wet.gz", folder / "archive.db", folder / "entries"
    # An archive refuses a page without a time that is hardly a live blog, and such are among the fixtures.
    pages = [page for page in PAGES if page.stem in ("tunnel", "storm") or page.stem.startswith("variants-")]
    crawl.write_bytes(b"".join(record(number, page.read_bytes()) for number, page in enumerate(pages)))
    liveblog("parse", crawl, "--format", "parquet", "-o", f"{parquet}/", "--archive", archive)
    return archive, parquet


@pytest.fixture(scope="module")
def engines(tables, spark):
    """What answers a query of queries.sql: an engine by its name."""
    duck = duckdb.connect()
    duck.execute(MACROS)
    duck.execute(f"CREATE VIEW entries AS FROM read_parquet('{tables[1]}/**/*.parquet', hive_partitioning = true)")
    spark.read.parquet(str(tables[1])).createOrReplaceTempView("entries")
    return {
        "DuckDB": lambda sql: duck.execute(sql).fetchall(),
        "Spark": lambda sql: [tuple(row) for row in spark.sql(sql).collect()],
    }


@pytest.mark.parametrize(("command", "sql"), QUERIES, ids=[" ".join(command) for command, _ in QUERIES])
def test_all_give_the_same_rows(tables, engines, command, sql):
    archive, parquet = tables
    answers = {
        "archive": program_rows(command, "--archive", archive),
        "Parquet": program_rows(command, parquet),
        **{name: [tuple(map(str, row)) for row in query(sql)] for name, query in engines.items()},
    }
    if command[0] != "timeline":
        answers = {name: sorted(rows) for name, rows in answers.items()}
    assert answers["archive"]
    for name, rows in answers.items():
        assert rows == answers["archive"], name


def program_rows(command, *source):
    """What the program prints for it, as rows of strings."""
    fields = [] if command[0] == "count" else ["--fields", "page_url,id"]
    _, *rows = csv.reader(liveblog(*command, *fields, "--format", "csv", *source).splitlines())
    return [tuple(value or "None" for value in row) for row in rows]
