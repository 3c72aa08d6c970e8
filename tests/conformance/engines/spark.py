"""Apache Spark in one process, with the settings that it starts with but for its time zone.

That is one that no case uses: a number that depends on it shows up as a difference.
"""

import datetime
import json
import os
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
EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)


def start(folder):
    settings = {
        "spark.ui.enabled": "false",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.sql.warehouse.dir": os.path.join(folder, "warehouse"),
        "spark.local.dir": folder,
        "spark.sql.session.timeZone": ZONE,
        # Small data, and many queries: what is compiled for each would cost more than it saves.
        "spark.sql.shuffle.partitions": "1",
        "spark.sql.codegen.wholeStage": "false",
        "spark.sql.codegen.factoryMode": "NO_CODEGEN",
        "spark.sql.adaptive.enabled": "false",
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
            self.spark.sql(f"DROP {kind} {name}")
        self.made = []

    def load(self, table, columns, csv):
        """A view that casts what a table over a file reads as texts."""
        raw = f"kpic_raw_{len(self.made)}"
        rows = os.path.join(self.folder, f"{raw}.json")
        with open(rows, "w", encoding="utf-8") as file:
            for row in protocol.read_csv(csv):
                file.write(json.dumps({f"c{i}": value for i, value in enumerate(row)}) + "\n")
        if len(table) > 1:
            self.spark.sql(f"CREATE SCHEMA IF NOT EXISTS {quoted(table[0])}")
        texts = ", ".join(f"c{i} STRING" for i in range(len(columns)))
        self.spark.sql(f"CREATE TABLE {raw} ({texts}) USING json OPTIONS (path = '{rows}')")
        self.made.append(("TABLE", raw))
        casts = ", ".join(
            f"CAST(c{i} AS {TYPES.get(ty, ty)}) AS {quoted(name)}" for i, (name, ty) in enumerate(columns)
        )
        name = ".".join(quoted(part) for part in table)
        self.spark.sql(f"CREATE VIEW {name} AS SELECT {casts} FROM default.{raw}")
        self.made.append(("VIEW", name))

    def ask(self, sql):
        asked = self.spark.sql(sql)
        # Names may come twice.
        frame = asked.toDF(*[f"c{i}" for i in range(len(asked.columns))])
        instants = [isinstance(field.dataType, TimestampType) for field in frame.schema.fields]
        # An instant would be turned to this machine's clock.
        values = [F.unix_micros(c) if instant else F.col(c) for c, instant in zip(frame.columns, instants)]
        rows = [
            [protocol.shown(moment(value) if instant else value) for value, instant in zip(row, instants)]
            for row in frame.select(values).collect()
        ]
        return {"columns": asked.columns, "rows": rows}

    def keywords(self):
        return {"words": [word.lower() for (word,) in self.spark.sql("SELECT keyword FROM sql_keywords()").collect()]}


def moment(micros):
    return None if micros is None else EPOCH + datetime.timedelta(microseconds=micros)


def quoted(name):
    return "`" + name.replace("`", "``") + "`"


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="kpic-spark.") as work:
        engine = Spark(work)
        protocol.serve(engine)
        engine.spark.stop()
