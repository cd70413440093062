"""Two engines for the same questions over the same files: DuckDB in this process, Apache Spark where there is a cluster."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import duckdb
import pandas as pd

from eldercare import ledgers

# The master of Spark, e.g. local-cluster[2,1,2048] or spark://host:7077; needs `requirements-spark.txt` and Java 17.
SPARK = "ELDERCARE_SPARK"


class NotThere(Exception):
    """What is missing for an engine or a ledger, in Chinese."""


def with_duckdb(folder: Path, question: str, memory: str = "2GB") -> pd.DataFrame:
    """The answer by DuckDB, which takes at most about `memory`; what does not fit goes to a folder beside the ledgers."""
    with duckdb.connect(config={"memory_limit": memory}) as connection:
        for name in _known(folder):
            # The month is the name of its folder: 2024-01, no date and no number.
            connection.read_parquet(
                f"{folder / name}/*/*.parquet", hive_partitioning=True
            ).create_view(name)
        return connection.execute(ledgers.text(question)).df()


def with_spark(folder: Path, question: str) -> pd.DataFrame:
    """The answer by Spark: the same text, put into its dialect by sqlglot."""
    try:
        import pyspark
        import sqlglot
        from pyspark.sql import SparkSession
    except ImportError as missing:
        raise NotThere(
            f"没有装 Spark：pip install -r requirements-spark.txt（{missing.name}）"
        ) from None
    # The workers of a cluster on this machine are started from there.
    os.environ.setdefault("SPARK_HOME", str(Path(pyspark.__file__).parent))
    session = (
        SparkSession.builder.master(os.environ.get(SPARK) or "local[*]")
        .appName("eldercare-ledgers")
        .config("spark.ui.enabled", "false")
        .config("spark.ui.showConsoleProgress", "false")
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.sql.sources.partitionColumnTypeInference.enabled", "false")
        .getOrCreate()
    )
    for name in _known(folder):
        session.read.parquet(str(folder / name)).createOrReplaceTempView(name)
    (text,) = sqlglot.transpile(ledgers.text(question), read="duckdb", write="spark")
    answer = session.sql(text)
    return pd.DataFrame.from_records(
        [tuple(row) for row in answer.collect()], columns=answer.columns
    )


ENGINES: dict[str, Callable[..., pd.DataFrame]] = {"duckdb": with_duckdb, "spark": with_spark}


def _known(folder: Path) -> list[str]:
    """The ledgers there are in a folder. Raises `NotThere` when it has none."""
    found = [name for name in ledgers.LEDGERS if (folder / name).is_dir()]
    if not found:
        raise NotThere(
            f"{folder} 里没有台账：应有 {'、'.join(ledgers.LEDGERS)} 文件夹，按 month=2024-01 分月存 Parquet"
        )
    return found
