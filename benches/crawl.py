#!/usr/bin/env python3
"""Measures what a crawl costs, and prints the tables of docs/crawl.md.

    cargo build --release && cargo build --release --example generate
    benches/crawl.py                           # prints them
    benches/crawl.py --records 4000            # sooner
    benches/crawl.py --write docs/crawl.md     # and writes them there

Files are invented, and the same each time. Costs are seconds of a core, user and system, so that other work on the machine
changes them little. Needs nothing but Python.
"""

import argparse
import gzip
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SHARES = [0, 0.001, 0.01, 0.1, 1]
# What a file of a monthly crawl has, by the statistics that Common Crawl publishes: about 3.4 thousand million pages and
# 9 TB in 90 000 files of WET.
MONTH_FILES, MONTH_RECORDS, MONTH_BYTES = 90_000, 37_000, 100_000_000
MONTH_SHARES = [0.0001, 0.001, 0.01]
WORKERS = [1, 16, 256]
BEGIN, END = "<!-- measured: benches/crawl.py writes this -->\n", "<!-- end of what was measured -->"

#: What was printed.
printed = []


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--records", type=int, default=20_000)
    parser.add_argument("--program", default="target/release/liveblog")
    parser.add_argument("--generate", default="target/release/examples/generate")
    parser.add_argument("--write", type=Path, metavar="FILE")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        measure(Bench(arguments, Path(folder)))
    if arguments.write:
        before, begin, rest = arguments.write.read_text(encoding="utf-8").partition(BEGIN)
        _, end, behind = rest.partition(END)
        arguments.write.write_text(before + begin + "".join(printed) + end + behind, encoding="utf-8")


class Bench:
    """The program, and invented files for it."""

    def __init__(self, arguments, folder):
        self.program, self.folder, self.records = arguments.program, folder, arguments.records
        # No page comes twice in a file: Parquet would keep it once.
        generate = [arguments.generate, folder / "pages", "--pages", str(max(200, self.records // 4))]
        subprocess.run(generate, check=True, stdout=subprocess.DEVNULL)
        self.pages = [file.read_bytes() for file in sorted((folder / "pages").iterdir()) if file.suffix == ".txt"]
        chance = random.Random(7)
        words = ["".join(chance.choice("bdfghklmnprstvw") + chance.choice("aeiou") for _ in range(chance.randint(1, 4)))
                 for _ in range(20_000)]
        often = [1 / (rank + 3) for rank in range(len(words))]
        self.others = [sentences(chance, words, often) for _ in range(400)]

    def write(self, name, records, live):
        """A file of WET with so many records, of which so many are live pages, evenly among the others."""
        file, size, lives = self.folder / name, 0, 0
        with open(file, "wb") as to:
            for number in range(records):
                is_live = number * live // records != (number + 1) * live // records
                page = self.pages[lives % len(self.pages)] if is_live else self.others[number % len(self.others)]
                data = record(number, page)
                lives, size = lives + is_live, size + len(data)
                # The level that crawls have, more or less.
                to.write(gzip.compress(data, 6))
        return Sample(file, records, live, size, file.stat().st_size)

    def run(self, *files, format="parquet", cores=None):
        """Reads files, and returns the core seconds, the seconds, the memory in MB, and the size of the output."""
        out = self.folder / f"out.{format}"
        command = [self.program, "parse", "--no-save", "--format", format, "-o", out, *files]
        started = time.monotonic()
        only = cores and (lambda: os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:cores]))
        process = subprocess.Popen(command, stderr=subprocess.DEVNULL, preexec_fn=only)
        _, status, usage = os.wait4(process.pid, 0)
        if os.waitstatus_to_exitcode(status):
            sys.exit(f"{' '.join(map(str, command))} failed")
        return usage.ru_utime + usage.ru_stime, time.monotonic() - started, usage.ru_maxrss / 1024, out.stat().st_size


class Sample:
    def __init__(self, file, records, live, size, packed):
        self.file, self.records, self.live, self.size, self.packed = file, records, live, size, packed


def sentences(chance, words, often):
    lines = [" ".join(chance.choices(words, often, k=chance.randint(4, 40))).capitalize() + "." for _ in range(45)]
    return "\n".join(lines).encode()


def record(number, body):
    return b"".join([
        b"WARC/1.0\r\nWARC-Type: conversion\r\nWARC-Target-URI: https://pages.example/%d\r\n" % number,
        b"WARC-Date: 2024-01-02T03:04:05Z\r\nWARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-%012d>\r\n" % number,
        b"Content-Type: text/plain\r\nContent-Length: %d\r\n\r\n" % len(body), body, b"\r\n\r\n",
    ])


def measure(bench):
    cores = len(os.sched_getaffinity(0))
    say(f"Measured on {cores} cores, with files of {bench.records} records, compressed record by record.\n")
    costs = measure_shares(bench)
    measure_workers(bench, cores)
    measure_skew(bench)
    reckon_month(*costs)


def measure_shares(bench):
    table("live pages", "records", "MB in", "MB .gz", "core s", "records/s", "MB/s", "MB/s .gz", "out ÷ in", "memory, MB")
    samples, costs = [], []
    for share in SHARES:
        records = bench.records if share < 1 else bench.records // 10
        sample = bench.write(f"{share}.warc.wet.gz", records, round(records * share))
        cost, _, memory, out = min(bench.run(sample.file, cores=1) for _ in range(3))
        samples.append((sample, cost, out))
        costs.append(cost)
        row(f"{share:.1%}", records, mb(sample.size), mb(sample.packed), f"{cost:.2f}", f"{records / cost:.0f}",
            f"{sample.size / cost / 1e6:.0f}", f"{sample.packed / cost / 1e6:.0f}", f"{out / sample.size:.4f}", f"{memory:.0f}")
    none, cost_none, _ = samples[0]
    all_live, cost_all, out_all = samples[-1]
    per_byte = cost_none / none.packed
    per_page = cost_all / all_live.live - per_byte * none.packed / none.records
    out_page = out_all / all_live.live
    say(f"\nAn ordinary page costs {1e6 * cost_none / none.records:.0f} µs of a core, a live page {1e6 * per_page:.0f} µs more, "
          f"and {out_page:.0f} bytes of Parquet.\n")
    table("format", "bytes a live page", "core µs a live page")
    for format in ["jsonl", "parquet"]:
        cost, _, _, out = min(bench.run(all_live.file, format=format, cores=1) for _ in range(3))
        row(format, f"{out / all_live.live:.0f}", f"{1e6 * cost / all_live.live:.0f}")
    say("")
    return cost_none / none.records, per_page, out_page


def measure_workers(bench, cores):
    files = [bench.write(f"part-{part}.warc.wet.gz", bench.records, bench.records // 100).file for part in range(cores)]
    table("files", "cores", "s", "core s", "times as fast")
    one = None
    for count in sorted({1, cores}):
        for chosen in ([files[0]], files) if count > 1 else (files[:1],):
            cost, seconds, _, _ = min((bench.run(*chosen, cores=count) for _ in range(3)), key=lambda run: run[1])
            one = one or seconds
            row(len(chosen), count, f"{seconds:.2f}", f"{cost:.2f}", f"{one * len(chosen) / seconds:.1f}")
    say("")


def measure_skew(bench):
    """As many live pages in one file as elsewhere in all of them."""
    parts, records = 8, bench.records // 4
    live = records
    spread = [bench.write(f"spread-{part}.warc.wet.gz", records, live // parts) for part in range(parts)]
    skewed = [bench.write(f"skewed-{part}.warc.wet.gz", records, live if part == 0 else 0) for part in range(parts)]
    table("live pages", "slowest task, core s", "mean, core s", "slowest ÷ mean", "8 tasks on 4 workers, core s")
    for name, samples in [("in all files alike", spread), ("all in one file", skewed)]:
        costs = [min(bench.run(sample.file, cores=1) for _ in range(2))[0] for sample in samples]
        mean = sum(costs) / parts
        row(name, f"{max(costs):.2f}", f"{mean:.2f}", f"{max(costs) / mean:.1f}", f"{finish(costs, 4):.2f}")
    say("")


def finish(costs, workers):
    """When the last of the workers is done, each of which takes the next task when it is free."""
    free = [0.0] * workers
    for cost in costs:
        free.sort()
        free[0] += cost
    return max(free)


def reckon_month(per_record, per_page, out_page):
    records = MONTH_FILES * MONTH_RECORDS
    say(f"{MONTH_FILES} files × {MONTH_RECORDS} records = {records / 1e9:.2f} thousand million records, in "
        f"{MONTH_FILES * MONTH_BYTES / 1e12:.0f} TB. × {1e6 * per_record:.0f} µs ÷ 3600 s = core hours for all; the share of "
        f"live pages × {1e6 * per_page:.0f} µs ÷ 3600 s = those for live pages, and × {out_page:.0f} bytes = what is written.\n")
    table("live pages", "core hours for all records", "for live pages", "in all", "written", *[f"hours, {w} cores" for w in WORKERS])
    for share in MONTH_SHARES:
        base, more = records * per_record / 3600, records * share * per_page / 3600
        written = records * share * out_page
        hours = [f"{(base + more) / workers:.1f}" for workers in WORKERS]
        row(f"{share:.2%}", f"{base:.0f}", f"{more:.0f}", f"{base + more:.0f}", f"{written / 1e9:.1f} GB", *hours)


def say(line):
    print(line, flush=True)
    printed.append(line + "\n")


def table(*names):
    row(*names)
    row(*["---"] + ["---:"] * (len(names) - 1))


def row(*cells):
    say("| " + " | ".join(map(str, cells)) + " |")


def mb(size):
    return f"{size / 1e6:.0f}"


if __name__ == "__main__":
    main()
