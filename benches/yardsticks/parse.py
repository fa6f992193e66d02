#!/usr/bin/env python3
"""The script that people write to parse live pages: regular expressions over one kind of text.

    parse.py DIR > rows.jsonl
"""

import json
import pathlib
import re
import sys
from datetime import datetime, timedelta

TITLE = re.compile(
    r"^\s*(?:\d+\.|•)?\s*(?P<title>.*?)published at (?P<clock>\d\d?:\d\d) (?P<zone>[A-Z][A-Za-z ]+?) (?P<day>\d\d? [A-Z][a-z]+ \d{4})\s*$"
)
HOURS = {"British Summer Time": 1, "Greenwich Mean Time": 0}
IMAGE = re.compile(r"^(?P<alt>.*)Image source, (?P<source>.+)$")
ROLE = re.compile(r"correspondent|editor|reporter|^Reporting from", re.IGNORECASE)


def entries(text):
    entry = None
    for line in text.splitlines():
        title = TITLE.match(line)
        words = line.strip()
        if title:
            if entry:
                yield finished(entry)
            time = datetime.strptime(title["day"] + " " + title["clock"], "%d %B %Y %H:%M")
            time -= timedelta(hours=HOURS[title["zone"]])
            entry = {"published": time.isoformat() + "Z", "title": title["title"], "images": [], "lines": []}
        elif entry and words:
            image = IMAGE.match(words)
            if image:
                entry["images"].append(image.groupdict())
            elif not words.startswith(("Image caption", "Media caption", "Breaking")):
                entry["lines"].append(words)
    if entry:
        yield finished(entry)


def finished(entry):
    lines = entry.pop("lines")
    entry["author"] = entry["role"] = None
    if len(lines) > 1 and ROLE.search(lines[1]) and not lines[0].endswith("."):
        entry["author"], entry["role"], *lines = lines
    entry["body"] = [line.removeprefix("• ") for line in lines]
    return entry


for path in sorted(pathlib.Path(sys.argv[1]).iterdir()):
    for entry in entries(path.read_text(encoding="utf-8")):
        print(json.dumps({"page": path.name, **entry}, ensure_ascii=False))
