"""The corpus on Spark: the steps of ``stemma.corpus.flows`` as maps and joins. The only file that imports pyspark.

Nothing of the size of the corpus comes to the driver: it sees names of files, counts, and one number for each window of
time. Each step's result is a folder of Parquet in ``.work``; a step that is there is not done again.

    files -> read -> known (each report once, annotated) -> shared (passages) -> grouped (window by window)
          -> stories (followed through the windows) -> lines (story by story) -> tables
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow as pa

from stemma.corpus import flows
from stemma.corpus.layout import Layout, partitions_for
from stemma.corpus.manifest import write_manifest
from stemma.corpus.plan import Plan, Settings, carry_out
from stemma.corpus.tables import tables
from stemma.errors import MissingPart, NothingRead, install
from stemma.run import Progress
from stemma.story.cluster import SAME_TEXT

try:
    from pyspark.sql import DataFrame, SparkSession, Window
    from pyspark.sql import functions as f
    from pyspark.sql.pandas.types import from_arrow_schema
except ImportError as error:
    raise MissingPart(f"--engine spark needs pyspark and Java 17: {install('spark')}") from error

Batches = Iterable[Any]
SHUFFLE = "spark.sql.shuffle.partitions"  # set it for more than a few million reports: docs/scale.md
PARTITIONS_OF_A_CORE = 4  # small enough that an uneven one does not hold up the rest
STEPS = ("read", "known", "shared", "ordered", "grouped", "stories", "lines", "tables")


def build(
    paths: Iterable[str],
    folder: str | Path,
    *,
    settings: Settings | None = None,
    master: str | None = None,
    progress: Progress | None = None,
) -> dict[str, Any]:
    """What ``stemma.corpus.build`` gives, made by Spark: the same rows in the same tables. ``master`` as Spark has it
    (local[*], spark://host:7077, yarn); the paths and the folder must be seen from all its machines."""

    def work(layout: Layout, plan: Plan) -> None:
        spark = _session(master)
        try:
            _Run(spark, layout, plan, progress or (lambda *_: None)).all()
        finally:
            spark.stop()

    return carry_out(paths, folder, settings, work)


def _session(master: str | None) -> SparkSession:
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.appName("stemma corpus").config("spark.ui.showConsoleProgress", "false")
    builder = builder.config("spark.sql.execution.arrow.maxRecordsPerBatch", str(flows.ROWS))
    builder = builder.config("spark.sql.session.timeZone", "UTC").config("spark.ui.enabled", "false")
    spark = (builder.master(master) if master else builder).getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    if SHUFFLE not in dict(spark.sparkContext.getConf().getAll()):
        spark.conf.set(SHUFFLE, str(PARTITIONS_OF_A_CORE * spark.sparkContext.defaultParallelism))
    return spark


def _mapped(frame: DataFrame, step: Callable[[Batches], Iterator[Any]], schema: Any) -> DataFrame:
    """A step over the batches of each partition."""
    return frame.mapInArrow(step, from_arrow_schema(schema))


class _Run:
    """One run: its steps in order."""

    def __init__(self, spark: SparkSession, layout: Layout, plan: Plan, progress: Progress) -> None:
        self.spark, self.layout, self.plan, self.progress = spark, layout, plan, progress
        self.settings = plan.settings

    def all(self) -> None:
        """All steps, then the manifest."""
        read = self._once("read", self._read)
        counts = self._counts(read)
        if not counts["reports"]:
            raise NothingRead("no report could be read: give files or folders that hold news reports")
        known = self._once("known", lambda: self._known(read))
        annotated = known.where("kind = 'report'")
        ordered = self._once("ordered", lambda: self._ordered(annotated))
        shared = self._once("shared", lambda: self._shared(annotated))
        grouped = self._once("grouped", lambda: self._grouped(annotated, ordered, shared))
        stories = self._once("stories", lambda: self._stories(grouped))
        sided = self._sided(shared, stories)
        lines = self._once("lines", lambda: self._lines(annotated, sided, stories))
        self._tables(known, sided, lines)
        write_manifest(self.layout, self.settings, partitions_for(counts["reports"]))

    def _once(self, name: str, make: Callable[[], DataFrame]) -> DataFrame:
        """The step's result on disk, made if it is not there: Spark writes ``_SUCCESS`` when all of it is."""
        where = self.layout.working / name
        if not (where / "_SUCCESS").exists():
            make().write.mode("overwrite").parquet(str(where))
        self.progress(name, STEPS.index(name) + 1, len(STEPS))
        return self.spark.read.parquet(str(where))

    def _read(self) -> DataFrame:
        files = [(os.fsencode(file.name),) for file in self.plan.files]  # a name need not be text
        frame = self.spark.createDataFrame(files, "name binary").repartition(len(files))
        return _mapped(frame, partial(flows.read_files, settings=self.settings), flows.READ)

    def _counts(self, read: DataFrame) -> dict[str, int]:
        """Counts of what was read, kept where the local engine's marks are, for the manifest."""
        found = {row["kind"]: row["count"] for row in read.groupBy("kind").count().collect()}
        passed = _mapped(read.where("kind = 'passed_over'"), _sum_packed, _COUNT).agg(f.sum("count")).collect()[0][0]
        counts = {"reports": found.get("report", 0), "set_aside": found.get("set_aside", 0), "passed_over": passed or 0}
        self.layout.mark("read", "all", counts)
        return counts

    def _known(self, read: DataFrame) -> DataFrame:
        ordered = read.where("kind != 'passed_over'").repartition("kind", "key").sortWithinPartitions("kind", "key")
        return _mapped(ordered, flows.annotate_sorted, flows.KNOWN)

    def _ordered(self, annotated: DataFrame) -> DataFrame:
        """Each report's place in the order of time: the window it is new in, and the one whose overlap it stands in."""
        size = self.settings.window
        last = f.when(f.isnan("time"), float("inf")).otherwise(f.col("time"))
        keys = annotated.select("id", last.alias("time")).sort("time", "id")
        placed = keys.rdd.zipWithIndex().map(lambda row: (row[0][0], row[0][1], row[1]))
        frame = self.spark.createDataFrame(placed, "id string, time double, place long").cache()
        first = frame.where(f.col("place") % size == 0).select(
            (f.col("place") / size).cast("long").alias("window"), f.col("time").alias("since")
        )
        new = frame.select(
            "id", f.floor(f.col("place") / size).alias("window"), f.lit(True).alias("new"), "place", "time"
        )
        early = f.col("time") >= f.col("since") - self.settings.overlap
        before = (
            new.withColumn("window", f.col("window") + 1)
            .join(f.broadcast(first), "window")
            .where(early & (f.col("since") < float("inf")))
            .select("id", "window", f.lit(False).alias("new"))
        )
        return new.select("id", "window", "new").union(before)

    def _shared(self, annotated: DataFrame) -> DataFrame:
        """The passages: one task for the whole corpus. It is a hundredth of the work, and finding passages by joins would move
        every text many times (docs/scale.md)."""
        texts = _mapped(annotated.select("packed"), flows.texts, flows.TEXT)
        return _mapped(texts.repartition(1), flows.find_passages, flows.SHARED)

    def _grouped(self, annotated: DataFrame, ordered: DataFrame, shared: DataFrame) -> DataFrame:
        bare = _mapped(annotated.select("id", "packed"), flows.without_annotation, flows.BARE)
        reports = bare.join(ordered, "id").select("window", "new", "id", "packed")
        length = annotated.select("id", "length")
        size = shared.groupBy("a", "b").agg(f.sum("size").alias("size"))
        size = size.join(length.toDF("a", "of_a"), "a").join(length.toDF("b", "of_b"), "b")
        same = size.where(f.least(f.lit(1.0), f.col("size") / f.least("of_a", "of_b")) >= SAME_TEXT).select("a", "b")
        windows = ordered.select("id", "window")
        pairs = same.join(windows.toDF("a", "window"), "a").join(windows.toDF("b", "window"), ["b", "window"])
        groups = reports.groupBy("window").cogroup(pairs.select("window", "a", "b").groupBy("window"))
        return groups.applyInArrow(_group_window, from_arrow_schema(flows.GROUPED))

    def _stories(self, grouped: DataFrame) -> DataFrame:
        """The story of each report: groups are followed back through the windows by joins, twice as far each time."""
        own = grouped.where("new").join(self._roots(grouped), ["window", "group"])
        members = own.groupBy("root").agg(f.sort_array(f.collect_list("id")).alias("members")).select("members")
        return _mapped(members, flows.name_stories, flows.STORY)

    def _roots(self, groups: DataFrame) -> DataFrame:
        """(window, group, root): the first group of the story that each group belongs to."""
        here = groups.where("not new").select(f.col("window"), f.col("group"), "id")
        there = groups.where("new").select((f.col("window") + 1).alias("window"), f.col("group").alias("old"), "id")
        met = here.join(there, ["window", "id"]).groupBy("window", "group", "old").count()
        best = Window.partitionBy("window", "group").orderBy(f.desc("count"), "old")
        goes_on = met.withColumn("rank", f.row_number().over(best)).where("rank = 1")
        node = f.struct(f.col("window").cast("long").alias("window"), f.col("group").cast("long").alias("group"))
        parent = f.struct((f.col("window") - 1).cast("long").alias("window"), f.col("old").cast("long").alias("group"))
        edges = goes_on.select(node.alias("node"), parent.alias("parent"))
        nodes = groups.select(node.alias("node")).distinct()
        at = (
            nodes.join(edges, "node", "left")
            .select("node", f.coalesce("parent", "node").alias("root"))
            .localCheckpoint()
        )
        while True:
            step = at.select(f.col("node").alias("root"), f.col("root").alias("next"))
            further = at.join(step, "root").select("node", f.col("next").alias("root")).localCheckpoint()
            if not at.join(further.withColumnRenamed("root", "next"), "node").where("root != next").head(1):
                return further.select("node.window", "node.group", "root")
            at = further

    def _sided(self, shared: DataFrame, stories: DataFrame) -> DataFrame:
        """All passages with the stories of their two sides."""
        left, right = stories.toDF("a", "left"), stories.toDF("b", "right")
        return shared.select("a", "b", "boilerplate", "packed").join(left, "a").join(right, "b")

    def _lines(self, annotated: DataFrame, sided: DataFrame, stories: DataFrame) -> DataFrame:
        """All lines, story by story: its reports and, after them, its passages stream by."""
        passage, report = f.lit(1).alias("kind"), f.lit(0).alias("kind")
        across = sided.where("left != right and boilerplate")
        rows = annotated.join(stories, "id").select("story", report, "packed")
        rows = rows.union(sided.where("left = right").select(f.col("left"), passage, "packed"))
        for side in ("left", "right"):
            rows = rows.union(across.select(f.col(side), passage, "packed"))
        ordered = rows.repartition("story").sortWithinPartitions("story", "kind")
        return _mapped(ordered, partial(flows.compare_sorted, settings=self.settings), flows.LINES)

    def _tables(self, known: DataFrame, sided: DataFrame, lines: DataFrame) -> None:
        """Every table, in the order that the lines were written in: by story; with the lines that belong to no story."""
        none = f.lit(None).cast("string").alias("story")
        beside = {
            "passages": sided.where("left != right"),
            "set_aside": known.where("kind = 'set_aside'"),
            "not_compared": known.where("kind = 'twice'"),
        }
        reports = known.where("kind = 'report'").select("packed")
        self._write("reports", _mapped(reports, flows.unpack_reports, tables()["reports"].schema))
        for name in tables():
            if name == "reports":
                continue
            packed = lines.where(f.col("table") == name).select("story", "packed")
            if name in beside:
                packed = packed.union(beside[name].select(none, "packed"))
            self._write(name, _mapped(packed, partial(flows.unpack_lines, name=name), tables()[name].schema))
        self.progress("tables", len(STEPS), len(STEPS))

    def _write(self, name: str, frame: DataFrame) -> None:
        where = self.layout.folder / name
        if not (where / "_SUCCESS").exists():
            frame.write.mode("overwrite").option("compression", "zstd").parquet(str(where))


_COUNT = pa.schema([("count", pa.int64())])


def _sum_packed(batches: Batches) -> Iterator[Any]:
    """Packed numbers -> their sum."""
    import msgspec

    total = sum(msgspec.msgpack.decode(one.as_buffer()) for batch in batches for one in batch.column("packed"))
    yield pa.record_batch([pa.array([total], pa.int64())], schema=_COUNT)


def _group_window(key: tuple[Any, ...], reports: Any, same: Any) -> Any:
    return flows.group_window(key[0].as_py(), reports.sort_by("id"), same)
