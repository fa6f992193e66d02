#!/usr/bin/env python3
"""The script that people write to search rows of JSON: `sqlite3` with a full-text index, built in one go at the end.

    store.py rows.jsonl NEW.db
"""

import json
import sqlite3
import sys


def text(row):
    parts = (block.get("text") or "\n".join(block.get("items", [])) for block in row["body"])
    return "\n".join(parts)


def rows():
    with open(sys.argv[1], encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            yield row["page"], row["published"], row["author"], row["role"], row["title"], text(row)


db = sqlite3.connect(sys.argv[2])
db.execute("PRAGMA journal_mode = wal")
db.execute("CREATE TABLE entry (id INTEGER PRIMARY KEY, page, published, author, role, title, text)")
with db:
    db.executemany("INSERT INTO entry (page, published, author, role, title, text) VALUES (?, ?, ?, ?, ?, ?)", rows())
db.execute("CREATE VIRTUAL TABLE words USING fts5 (title, text, author, content = entry, content_rowid = id)")
with db:
    db.execute("INSERT INTO words (words) VALUES ('rebuild')")
with db:
    db.execute("CREATE INDEX by_author ON entry (author, published)")
    db.execute("CREATE INDEX by_time ON entry (published)")
db.close()
