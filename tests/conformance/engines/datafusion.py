"""DataFusion in process."""

import importlib
import os
import re
import sys

import pyarrow
import pyarrow.csv

import protocol

# This file has the engine's name, and must not be taken for it.
here, sys.path = sys.path[0], sys.path[1:]
SessionContext = importlib.import_module("datafusion").SessionContext
sys.path.insert(0, here)

TYPES = {
    "VARCHAR": pyarrow.string(),
    "BOOLEAN": pyarrow.bool_(),
    "TINYINT": pyarrow.int8(),
    "SMALLINT": pyarrow.int16(),
    "INTEGER": pyarrow.int32(),
    "BIGINT": pyarrow.int64(),
    "HUGEINT": pyarrow.decimal128(38, 0),
    "UTINYINT": pyarrow.uint8(),
    "USMALLINT": pyarrow.uint16(),
    "UINTEGER": pyarrow.uint32(),
    "UBIGINT": pyarrow.uint64(),
    "FLOAT": pyarrow.float32(),
    "DOUBLE": pyarrow.float64(),
    "DATE": pyarrow.date32(),
    "TIME": pyarrow.time64("us"),
    "TIMESTAMP": pyarrow.timestamp("us"),
    "TIMESTAMP_S": pyarrow.timestamp("us"),
    "TIMESTAMP_MS": pyarrow.timestamp("us"),
    "TIMESTAMP WITH TIME ZONE": pyarrow.timestamp("us", "UTC"),
}


class DataFusion:
    def about(self):
        [[version]] = self.ask("SELECT version()")["rows"]
        return {"version": version.removeprefix("Apache ").split(",")[0]}

    def __init__(self):
        self.new()

    def new(self):
        self.context = SessionContext()

    def load(self, table, columns, csv):
        kinds = {column: kind(declared) for column, declared in columns}
        batches = rows(csv, kinds) if os.path.getsize(csv) else []
        batches = batches or [pyarrow.RecordBatch.from_pylist([], pyarrow.schema(list(kinds.items())))]
        for schema in table[:-1]:
            self.ask(f"CREATE SCHEMA IF NOT EXISTS {name(schema)}")
        self.context.register_record_batches("kpic loaded", [batches])
        path = ".".join(map(name, table))
        self.ask(f'CREATE TABLE {path} AS SELECT * FROM "kpic loaded"')
        self.context.deregister_table("kpic loaded")

    def ask(self, sql):
        try:
            found = self.context.sql(sql)
            columns, rows = [field.name for field in found.schema()], []
            for batch in found.collect():
                rows.extend(map(list, zip(*map(told, batch.columns))))
        except (KeyboardInterrupt, SystemExit):
            raise
        except BaseException as error:  # A panic of the engine, too, is told to the one who asks.
            raise RuntimeError(f"{type(error).__name__}: {error}") from None
        return {"columns": columns, "rows": rows}

    def keywords(self):
        """It has no list of them."""
        return {"words": []}


def rows(csv, kinds):
    read = pyarrow.csv.read_csv(
        csv,
        read_options=pyarrow.csv.ReadOptions(column_names=list(kinds)),
        parse_options=pyarrow.csv.ParseOptions(newlines_in_values=True, ignore_empty_lines=False),
        # NULL is nothing, an empty text is two quotes.
        convert_options=pyarrow.csv.ConvertOptions(
            column_types=kinds, null_values=[""], strings_can_be_null=True, quoted_strings_can_be_null=False
        ),
    )
    return read.to_batches()


def name(value):
    return '"' + value.replace('"', '""') + '"'


def kind(declared):
    decimal = re.fullmatch(r"DECIMAL\((\d+),\s*(\d+)\)", declared)
    return pyarrow.decimal128(*map(int, decimal.groups())) if decimal else TYPES[declared]


def told(column):
    """The values of a column; times to the microsecond, instants in UTC."""
    if pyarrow.types.is_timestamp(column.type):
        column = column.cast(pyarrow.timestamp("us", column.type.tz and "UTC"), safe=False)
    return [protocol.shown(value) for value in column.to_pylist()]


protocol.serve(DataFusion())
