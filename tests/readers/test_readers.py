"""Tables and feeds are read by tools that know nothing of this program: DuckDB, feedparser, and Python's own csv.

Needs the program: LIVEBLOG=target/debug/liveblog pytest tests/readers
"""

import csv
import os
import subprocess
from pathlib import Path

import duckdb
import feedparser
import pytest

ROOT = Path(__file__).parents[2]
PROGRAM = Path(os.environ.get("LIVEBLOG", ROOT / "target/debug/liveblog")).resolve()
PAGES = ROOT / "fixtures/bbc"
READ = {
    "csv": "read_csv('{}', header = true, all_varchar = true)",
    "tsv": "read_csv('{}', header = true, all_varchar = true, delim = '\t', quote = '')",
    "jsonl": "read_json('{}', format = 'newline_delimited')",
    "json": "read_json('{}', format = 'array')",
    "parquet": "read_parquet('{}')",
}


def liveblog(*arguments):
    done = subprocess.run([PROGRAM, *arguments], check=True, capture_output=True, text=True, encoding="utf-8")
    return done.stdout


@pytest.fixture(scope="module")
def tables(tmp_path_factory):
    """The same entries in every format, each as what DuckDB selects from."""
    folder = tmp_path_factory.mktemp("tables")
    for ending in READ:
        liveblog("filter", PAGES, "-o", folder / f"entries.{ending}")
    return {ending: read.format(folder / f"entries.{ending}") for ending, read in READ.items()}


@pytest.fixture(scope="module")
def count():
    count = int(liveblog("filter", PAGES, "--count"))
    assert count > 100
    return count


@pytest.mark.parametrize("ending", READ)
def test_every_entry_is_a_row(tables, count, ending):
    assert duckdb.sql(f"SELECT count(*) FROM {tables[ending]}").fetchall() == [(count,)]


@pytest.mark.parametrize("ending", [ending for ending in READ if ending != "parquet"])
def test_every_table_has_the_same_values(tables, ending):
    def values(table):
        # What is not there is null in one table, and empty in another.
        words = "coalesce(title, ''), coalesce(author, ''), coalesce(role, ''), coalesce(stamp, '')"
        query = f"SELECT page, id, {words}, epoch_us(published::TIMESTAMPTZ) FROM {table} ORDER BY ALL"
        return duckdb.sql(query).fetchall()

    assert values(tables[ending]) == values(tables["parquet"])


def test_parquet_has_times_lists_and_structs(tables):
    types = dict(row[:2] for row in duckdb.sql(f"DESCRIBE FROM {tables['parquet']}").fetchall())
    assert types["published"] == "TIMESTAMP WITH TIME ZONE"
    assert types["co_authors"] == "VARCHAR[]"
    assert types["images"].startswith("STRUCT(alt VARCHAR, ") and types["images"].endswith(")[]")


def test_parquet_has_plain_text_beside_the_blocks(tables):
    def values(table):
        return duckdb.sql(f"SELECT page, id, coalesce(text, '') FROM {table} ORDER BY ALL").fetchall()

    assert values(tables["parquet"]) == values(tables["csv"])


def test_a_tsv_has_a_line_an_entry(count):
    lines = liveblog("filter", PAGES, "--format", "tsv").split("\n")
    assert len(lines) == count + 2 and lines.pop() == ""
    assert {line.count("\t") for line in lines} == {lines[0].count("\t")}


@pytest.mark.parametrize("what", ["len(body)", "len(images)", "len(co_authors)", "body[1].text", "images[1].alt", "lines[2]"])
def test_lists_and_structs_are_the_same_in_parquet_and_json(tables, what):
    def values(table):
        return duckdb.sql(f"SELECT page, id, {what} FROM {table} ORDER BY ALL").fetchall()

    assert values(tables["parquet"]) == values(tables["jsonl"])


def test_pythons_csv_reads_bodies_with_line_ends_and_quotes(count, tmp_path):
    file = tmp_path / "entries.csv"
    liveblog("filter", PAGES, "-o", file)
    with open(file, encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, strict=True))
    assert len(rows) == count
    assert any("\n\n" in row["text"] for row in rows) and any('"' in row["text"] for row in rows)


def test_parquet_of_no_entries_is_a_table_too(tmp_path):
    file = tmp_path / "none.parquet"
    liveblog("filter", PAGES, "--author", "nobody at all", "-o", file)
    assert duckdb.sql(f"SELECT count(*), count(title) FROM '{file}'").fetchall() == [(0, 0)]


def test_a_feed_reader_knows_the_feed_before_its_entries_and_nobody_as_unknown():
    page, count = PAGES / "tunnel.txt", 20
    text = liveblog("filter", page, "--format", "atom", "--feed-url", "https://example.org/all.atom")
    assert text.index("<updated>") < text.index("<entry>")
    feed = feedparser.parse(text)
    assert not feed.bozo and len({entry.id for entry in feed.entries}) == len(feed.entries) == count
    assert "unknown" not in {entry.get("author") for entry in feed.entries} and feed.feed.author
    assert [link.href for link in feed.feed.links if link.rel == "self"] == ["https://example.org/all.atom"]
