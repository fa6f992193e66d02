"""Parses the live blogs in files of a crawl, or of a data set, into Parquet, on a cluster.

    spark-submit spark/job.py OUT PATH...
    spark-submit spark/job.py OUT --files-from LIST

OUT/entries has the entries, in partitions by the day of `published` in UTC; OUT/errors has what could not be read. OUT
is there when all of it is: a job that fails or is killed leaves `OUT.unfinished` at most, and the next one starts over.
"""

import argparse
import sys

from liveblog_spark import parse
from pyspark import StorageLevel
from pyspark.sql import SparkSession


def main():
    arguments = read_arguments()
    spark = SparkSession.builder.appName("liveblog").getOrCreate()
    # What DuckDB, the program and others read as times, and where Parquet has statistics of them.
    spark.conf.set("spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS")
    unfinished, out = arguments.out.rstrip("/") + ".unfinished", arguments.out.rstrip("/")
    if Folder(spark, out).exists():
        sys.exit(f"error: {out}: is there already, and whole; remove it, or name another")

    parsed = parse(paths_frame(spark, arguments), *arguments.option, program=arguments.program)
    # Two tables are written, and nothing is parsed twice.
    parsed = parsed.persist(StorageLevel.DISK_ONLY)
    entries = parsed.where("error IS NULL").drop("error")
    # Few files, and none too large: else each task would write one for each day that it meets.
    entries = entries.hint("rebalance", "published_date").sortWithinPartitions("published_date", "published")
    write(entries.write.partitionBy("published_date"), f"{unfinished}/entries")
    errors = parsed.where("error IS NOT NULL").select("page", "error")
    write(errors.coalesce(1).write, f"{unfinished}/errors")
    Folder(spark, unfinished).rename(out)

    count = spark.read.parquet(f"{out}/errors").count()
    spark.stop()
    if count:
        sys.exit(f"error: {count} messages about what could not be read are in {out}/errors; all else is in {out}/entries")


def read_arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", metavar="OUT", help="the folder to write, which is not there yet")
    parser.add_argument("paths", metavar="PATH", nargs="*", help="a local path, or an address such as s3://…")
    parser.add_argument("--files-from", metavar="LIST", help="also read the paths that are listed in this file, one a line")
    parser.add_argument("--program", help="where `liveblog` is on the executors, if not beside Python or on the PATH")
    parser.add_argument("--option", action="append", default=[], help="for `liveblog parse`: --option=--zone=Europe/London")
    return parser.parse_intermixed_args()


def paths_frame(spark, arguments):
    """The paths, a task each: a task that fails repeats one file."""
    paths = list(arguments.paths)
    if arguments.files_from:
        with open(arguments.files_from, encoding="utf-8") as lines:
            paths += [line.rstrip("\n") for line in lines if line.strip()]
    if not paths:
        sys.exit("error: there is no PATH")
    tasks = spark.sparkContext.parallelize([(path,) for path in paths], len(paths))
    return spark.createDataFrame(tasks, "path string")


def write(writer, folder):
    writer.mode("overwrite").option("compression", "zstd").parquet(folder)


class Folder:
    """A folder of any file system that Spark knows."""

    def __init__(self, spark, path):
        self.path = spark._jvm.org.apache.hadoop.fs.Path(path)
        self.spark = spark
        self.files = self.path.getFileSystem(spark._jsc.hadoopConfiguration())

    def exists(self):
        return self.files.exists(self.path)

    def rename(self, to):
        """One step on HDFS and local disks; on an object store, a copy."""
        to = Folder(self.spark, to).path
        if not self.files.rename(self.path, to):
            sys.exit(f"error: {self.path} cannot be renamed to {to}")


if __name__ == "__main__":
    main()
