"""Live blogs in files of a crawl, or in rows of a data set, as a Spark DataFrame of their entries.

    from liveblog_spark import parse

    entries = parse(spark.createDataFrame([("crawl/0.warc.wet.gz",), ("crawl/1.warc.wet.gz",)], "path string"))
    entries = parse(spark.read.parquet("data-set/").select("text", "url", "date"))

The executors run the program `liveblog`, once for each file, and once for all rows of a partition. Columns and values are
those of its Parquet, and there are two more: `published_date`, the day of `published` in UTC, and `error`. A row that has
an error has nothing else but the `page` that it is about; all other rows have none.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from functools import partial

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from pyarrow.fs import FileSystem
from pyspark import cloudpickle
from pyspark.sql.pandas.types import from_arrow_schema

#: How many rows are handed to Spark at once.
BATCH = 4096

#: What the schema of the program's Parquet is learned from.
PAGE = "1. Harbour openspublished at 14:27 British Summer Time 19 June 2023\n\n    It opened at noon.\n"


def parse(frame, *options, program=None):
    """Returns the entries of the live blogs in `frame`, which has one of

    - a column `path`: files of a crawl or a data set, or pages. Each is a local path, or an address that `pyarrow.fs`
      opens, such as `s3://` or `hdfs://`.
    - a column `text` of text or HTML, and, if they are known, `url` and `date`, when the page was saved, as a time or as
      text. Live blogs are then named after their address.

    `options` are those of `liveblog parse`, such as `"--zone", "Europe/London"`. The program is `program`, else the one
    beside the executors' Python, else the one on their PATH.
    """
    # The executors get this module with the function, so that nobody has to send it to them.
    cloudpickle.register_pickle_by_value(sys.modules[__name__])
    schema = entry_schema(program)
    if "path" in frame.columns:
        frame, read = frame.select("path"), read_files
    elif "text" in frame.columns:
        if frame.schema["text"].dataType.simpleString() != "string":
            raise TypeError("the column `text` is not text; decode it first, with `decode(text, 'UTF-8')`")
        frame, read = frame.select(*[name for name in ("text", "url", "date") if name in frame.columns]), read_rows
    else:
        raise ValueError(f"there is neither a column `path` nor a column `text`, but {', '.join(frame.columns)}")
    read = partial(read, schema=schema, options=options, program=program)
    return frame.mapInArrow(read, from_arrow_schema(schema))


def entry_schema(program=None):
    """The columns of the program's Parquet, and the two of this module. Any can be null, in a row that has an error."""
    with tempfile.TemporaryFile() as output:
        command = [find_program(program), *PARSE, "-"]
        subprocess.run(command, input=PAGE.encode(), stdout=output, stderr=subprocess.DEVNULL, check=True)
        schema = pq.read_schema(output).remove_metadata()
    more = [pa.field("published_date", pa.date32()), pa.field("error", pa.string())]
    return pa.schema([field.with_nullable(True) for field in schema] + more)


def read_files(batches, schema, options, program):
    """For `mapInArrow`: the entries in the files at `path`."""
    for batch in batches:
        for path in batch.column("path").to_pylist():
            yield from run(path, schema, options, program)


def read_rows(batches, schema, options, program):
    """For `mapInArrow`: the entries in rows with `text`, `url` and `date`."""

    def feed(pipe):
        for batch in batches:
            for row in batch.to_pylist():
                # A time of Spark is an instant, which is shown in the zone of the session, and here with it.
                pipe.write(json.dumps(row, ensure_ascii=False, default=lambda time: time.isoformat()).encode() + b"\n")

    columns = ["--text-column", "text", "--url-column", "url", "--date-column", "date"]
    for batch in run("-", schema, [*columns, *options], program, feed):
        page = pc.coalesce(batch.column("page_url"), batch.column("page"))
        yield batch.set_column(batch.schema.get_field_index("page"), schema.field("page"), page)


#: What is printed is Parquet, and the executors have no archive.
PARSE = ["parse", "--no-save", "--format", "parquet"]


def run(path, schema, options, program, feed=None):
    """Runs the program on a file, or on what `feed` writes into a pipe, and yields its entries and errors.

    What it prints goes into files without a name: they are gone with the process, even if that is killed.
    """
    if "://" in path:
        feed = partial(copy_file, path)
    command = [find_program(program), *PARSE, *options, "--", "-" if feed else path]
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as messages:
        pipe = subprocess.PIPE if feed else subprocess.DEVNULL
        process = subprocess.Popen(command, stdin=pipe, stdout=output, stderr=messages)
        try:
            missing = feed_process(process, feed) if feed else None
        except BaseException:
            process.kill()
            raise
        finally:
            process.wait()
        messages.seek(0)
        said = messages.read().decode()
        if process.returncode not in (0, 1):
            # This is not about the input. Spark tries the task again, and in the end the job fails.
            raise RuntimeError(f"{path}: liveblog ended with status {process.returncode}: {said[-2000:]}")
        if output.seek(0, os.SEEK_END):
            for batch in pq.ParquetFile(output).iter_batches(BATCH):
                yield with_more_columns(batch, path, schema)
        errors = [missing] if missing else split_errors(said)
        if errors:
            yield pa.RecordBatch.from_pylist([{"page": path, "error": error} for error in errors], schema)


def feed_process(process, feed):
    """Writes the input of the program, and returns what is wrong if there is none."""
    try:
        with process.stdin as pipe:
            feed(pipe)
    except BrokenPipeError:
        # The program needs no more, and its status says why.
        return None
    except FileNotFoundError:
        return "no such file or directory"
    return None


def copy_file(path, pipe):
    """Copies a file that is not on this machine, as it is."""
    filesystem, name = FileSystem.from_uri(path)
    with filesystem.open_input_stream(name, compression=None) as file:
        shutil.copyfileobj(file, pipe, 1 << 20)


def with_more_columns(batch, path, schema):
    """The program's columns and ours. A page that came through a pipe is named after `path`, as in a file of that name."""
    pages = batch.column("page").to_pylist()
    pages = [path + page[1:] if page.split("#")[0] == "-" else page for page in pages]
    ours = {
        "page": pa.array(pages, pa.string()),
        "published_date": batch.column("published").cast(pa.date32()),
        "error": pa.nulls(len(pages), pa.string()),
    }
    columns = [ours[name] if name in ours else batch.column(name) for name in schema.names]
    return pa.RecordBatch.from_arrays([column.cast(field.type) for column, field in zip(columns, schema)], schema=schema)


def split_errors(said):
    """The errors and warnings among the messages of the program; notes are left out."""
    errors = []
    for line in said.splitlines():
        kind, _, message = line.partition(": ")
        if kind in ("error", "warning"):
            errors.append(message)
        elif line.startswith("  ") and errors:
            errors[-1] += "\n" + line
    return errors


def find_program(program=None):
    """The program at that path, else beside this Python, else on the PATH."""
    beside = shutil.which("liveblog", path=os.path.dirname(sys.executable))
    found = shutil.which(program) if program else beside or shutil.which("liveblog")
    if not found:
        raise FileNotFoundError(f"{program or 'liveblog'}: there is no such program; pip install liveblog on each machine")
    return found
