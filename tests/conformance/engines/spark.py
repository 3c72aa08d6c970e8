"""Apache Spark in one process, with the settings that it starts with but for its time zone.

That is one that no case uses: a number that depends on it shows up as a difference.
"""

import datetime
import os
import re
import sys
import tempfile

# Java writes to the standard output of its process, which is that of the answers.
sys.stdout = os.fdopen(os.dup(1), "w", encoding="utf-8")
os.dup2(2, 1)

from pyspark.sql import SparkSession  # noqa: E402
from pyspark.sql import functions as F  # noqa: E402
from pyspark.sql.types import TimestampType  # noqa: E402

import protocol  # noqa: E402

ZONE = "America/St_Johns"
TYPES = {
    "VARCHAR": "STRING",
    "UTINYINT": "SMALLINT",
    "USMALLINT": "INT",
    "INTEGER": "INT",
    "UINTEGER": "BIGINT",
    "UBIGINT": "DECIMAL(20, 0)",
    "HUGEINT": "DECIMAL(38, 0)",
    "TIME": "STRING",
    "TIMESTAMP": "TIMESTAMP_NTZ",
    "TIMESTAMP_S": "TIMESTAMP_NTZ",
    "TIMESTAMP_MS": "TIMESTAMP_NTZ",
    "TIMESTAMP WITH TIME ZONE": "TIMESTAMP_LTZ",
}
# Small data, and many queries: what is compiled for each would cost more than it saves. A
# broadcast is a job of its own; with one partition everything else is one.
SMALL = {
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    "spark.sql.autoBroadcastJoinThreshold": "-1",
}
# Bytes of rows that are written into a view.
FEW = 30_000
EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)


def start(folder):
    settings = {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        # Many short queries: what the Java machine learns of them costs more than it saves.
        "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xss16m",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.sql.warehouse.dir": os.path.join(folder, "warehouse"),
        "spark.local.dir": folder,
        "spark.sql.session.timeZone": ZONE,
        "spark.sql.shuffle.partitions": "1",
        "spark.default.parallelism": "1",
        "spark.sql.leafNodeDefaultParallelism": "1",
        "spark.sql.adaptive.enabled": "false",
        "spark.sql.constraintPropagation.enabled": "false",
        "spark.log.level": "ERROR",
    }
    builder = SparkSession.builder.master("local[1]").appName("kpic")
    for name, value in settings.items():
        builder = builder.config(name, value)
    return builder.getOrCreate()


class Spark:
    def __init__(self, folder):
        self.spark = start(folder)
        self.folder = folder
        self.made = []

    def about(self):
        return {"version": f"Spark {self.spark.version}"}

    def new(self):
        for kind, name in reversed(self.made):
            self.spark.sql(f"DROP {kind} IF EXISTS {name}")
        self.made = []
        for setting, value in SMALL.items():
            self.spark.conf.set(setting, value)

    def load(self, table, columns, csv):
        """A view over texts that it casts itself if there are few, else over a file of values."""
        if len(table) > 1:
            self.spark.sql(f"CREATE SCHEMA IF NOT EXISTS {quoted(table[0])}")
        named = [f"c{i}" for i in range(len(columns))]
        casts = [f"CAST({raw} AS {TYPES.get(ty, ty)})" for raw, (_, ty) in zip(named, columns)]
        if os.path.getsize(csv) < FEW:
            rows = protocol.read_csv(csv)
            texts = ", ".join(f"({', '.join(map(literal, row))})" for row in rows or [[None] * len(columns)])
            read = f"VALUES {texts} AS raw({', '.join(named)}) WHERE {'TRUE' if rows else 'FALSE'}"
        else:
            read, casts = self.kept(csv, named, casts), named
        shown = ", ".join(f"{cast} AS {quoted(name)}" for cast, (name, _) in zip(casts, columns))
        name = ".".join(quoted(part) for part in table)
        # Its catalog here has plain names alone.
        kind = "VIEW" if re.fullmatch("[A-Za-z0-9_]+", table[-1]) else "TEMPORARY VIEW"
        self.spark.sql(f"CREATE {kind} {name} AS SELECT {shown} FROM {read}")
        self.made.append(("VIEW", name))

    def kept(self, csv, named, casts):
        """Python would read a large file slowly; nothing without quotes is NULL to Spark as well."""
        for setting in SMALL:
            self.spark.conf.unset(setting)
        raw = f"kpic_raw_{len(self.made)}"
        texts = ", ".join(f"{name} STRING" for name in named)
        read = self.spark.read.schema(texts).csv(csv, quote='"', escape='"', multiLine=True)
        read.createOrReplaceTempView("kpic_texts")
        values = ", ".join(f"{cast} AS {name}" for cast, name in zip(casts, named))
        self.spark.sql(f"CREATE TABLE {raw} USING parquet AS SELECT {values} FROM kpic_texts")
        self.made.append(("TABLE", raw))
        return f"default.{raw}"

    def ask(self, sql):
        if sql.startswith(("CREATE ", "DROP ")):
            return self.keep(sql)
        asked = self.spark.sql(sql)
        columns = asked.columns
        instants = [isinstance(field.dataType, TimestampType) for field in asked.schema.fields]
        if any(instants):
            # Such a value would be turned to this machine's clock; and names may come twice.
            asked = asked.toDF(*[f"c{i}" for i in range(len(columns))])
            values = [F.unix_micros(c) if instant else F.col(c) for c, instant in zip(asked.columns, instants)]
            asked = asked.select(values)
        rows = [
            [protocol.shown(moment(value) if instant else value) for value, instant in zip(row, instants)]
            for row in asked.collect()
        ]
        return {"columns": columns, "rows": rows}

    def keep(self, statement):
        made = re.match(r"CREATE (OR REPLACE )?(TABLE|VIEW) (\S+) AS\s", statement)
        if made and (made[2], made[3]) not in self.made:
            self.made.append((made[2], made[3]))
        # Databricks replaces a table at once; here the kinds of tables that could are not at hand.
        if made and made[1] and made[2] == "TABLE":
            self.spark.sql(f"DROP TABLE IF EXISTS {made[3]}")
            statement = statement.replace("OR REPLACE ", "", 1)
        self.spark.sql(statement)
        return {"columns": [], "rows": []}

    def keywords(self):
        return {"words": [word.lower() for (word,) in self.spark.sql("SELECT keyword FROM sql_keywords()").collect()]}


def moment(micros):
    return None if micros is None else EPOCH + datetime.timedelta(microseconds=micros)


def literal(text):
    if text is None:
        return "NULL"
    escaped = text.replace("\\", "\\\\").replace("'", "\\'").replace("${", "$\\{")
    return f"'{escaped}'"


def quoted(name):
    return "`" + name.replace("`", "``") + "`"


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="kpic-spark.") as work:
        engine = Spark(work)
        protocol.serve(engine)
        engine.spark.stop()
