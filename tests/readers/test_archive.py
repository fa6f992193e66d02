"""The archive is opened by Datasette and sqlite-utils, which know nothing of this program: they find what can be searched.

Needs the program: LIVEBLOG=target/debug/liveblog pytest tests/readers
"""

import asyncio
import csv
import json
import subprocess
import sys

import pytest
from datasette.app import Datasette
from test_readers import PAGES, liveblog

PAGE = PAGES / "tunnel.txt"


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    """A live blog that was captured twice, with one word in another wording."""
    folder = tmp_path_factory.mktemp("archive")
    file, later = folder / "live-blogs.db", folder / "tunnel.txt"
    later.write_text(PAGE.read_text(encoding="utf-8").replace("tunnel", "tube"), encoding="utf-8")
    liveblog("--archive", file, "parse", PAGE, "--as", "tunnel", "--captured", "2023-06-19T15:00Z")
    liveblog("--archive", file, "parse", later, "--as", "tunnel", "--captured", "2023-06-19T16:00Z")
    return file


def get(archive, path):
    """What Datasette answers, with the metadata that the program prints for it."""
    metadata = json.loads(liveblog("--archive", archive, "schema", "--datasette"))
    datasette = Datasette(immutables=[str(archive)], metadata=metadata)
    answer = asyncio.run(datasette.client.get(f"/live-blogs{path}"))
    assert answer.status_code == 200, answer.text
    return answer


def found(archive, words):
    rows = json.loads(liveblog("--archive", archive, "search", words, "--json"))
    assert rows
    return sorted(row["id"] for row in rows)


@pytest.mark.parametrize("table", ["entry", "entries", "changes"])
def test_datasette_has_a_search_box(archive, table):
    assert 'name="_search"' in get(archive, f"/{table}").text


@pytest.mark.parametrize("table", ["page", "pages", "capture", "entry_version", "byline"])
def test_datasette_shows_every_table(archive, table):
    get(archive, f"/{table}")


def test_datasette_finds_what_the_program_finds(archive):
    rows = get(archive, "/entries.json?_search=tube&_shape=array").json()
    assert sorted(row["id"] for row in rows) == found(archive, "tube")


def test_datasette_counts_authors_and_fields(archive):
    facets = get(archive, "/entries.json").json()["facet_results"]
    assert {"page", "author", "label"} <= set(facets)
    facets = get(archive, "/changes.json").json()["facet_results"]
    assert {result["value"] for result in facets["field"]["results"]} >= {"text"}


def test_the_edits_say_what_was_there_before_and_after(archive):
    rows = get(archive, "/changes.json?field=text&_shape=array").json()
    assert rows
    for row in rows:
        assert row["before"].replace("tunnel", "tube") == row["after"] != row["before"]
        assert (row["since"], row["captured"]) == ("2023-06-19T15:00:00Z", "2023-06-19T16:00:00Z")


def test_sqlite_utils_searches_entries(archive):
    command = [sys.executable, "-m", "sqlite_utils", "search", archive, "entry", "tube", "-c", "key", "--csv"]
    done = subprocess.run(command, check=True, capture_output=True, text=True, encoding="utf-8")
    assert sorted(row["key"] for row in csv.DictReader(done.stdout.splitlines())) == found(archive, "tube")
