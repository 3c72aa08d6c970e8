"""DataFusion in process, as a worker: a JSON object a line in, one out (see worker.rs)."""

import datetime
import json
import re
import sys

# This file has the engine's name, and must not be taken for it.
sys.path = sys.path[1:]

import pyarrow
import pyarrow.csv
from datafusion import SessionContext

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

engine = SessionContext()


def name(text):
    return '"' + text.replace('"', '""') + '"'


def kind_of(declared):
    decimal = re.fullmatch(r"DECIMAL\((\d+),\s*(\d+)\)", declared)
    return pyarrow.decimal128(*map(int, decimal.groups())) if decimal else TYPES[declared]


def load(table, columns, csv):
    kinds = {column: kind_of(declared) for column, declared in columns}
    read = pyarrow.csv.read_csv(
        csv,
        read_options=pyarrow.csv.ReadOptions(column_names=list(kinds)),
        parse_options=pyarrow.csv.ParseOptions(newlines_in_values=True, ignore_empty_lines=False),
        # NULL is nothing, an empty text is two quotes.
        convert_options=pyarrow.csv.ConvertOptions(
            column_types=kinds, null_values=[""], strings_can_be_null=True, quoted_strings_can_be_null=False
        ),
    )
    for schema in table[:-1]:
        engine.sql(f"CREATE SCHEMA IF NOT EXISTS {name(schema)}").collect()
    engine.register_record_batches("kpic loaded", [read.to_batches() or [pyarrow.RecordBatch.from_pylist([], read.schema)]])
    path = ".".join(name(part) for part in table)
    engine.sql(f'CREATE TABLE {path} AS SELECT * FROM "kpic loaded"').collect()
    engine.deregister_table("kpic loaded")


def shown(value):
    """A value as DuckDB shows it as a text."""
    match value:
        case None:
            return None
        case bool():
            return "true" if value else "false"
        case datetime.datetime():
            text = value.strftime("%Y-%m-%d %H:%M:%S")
            fraction = f".{value.microsecond:06}".rstrip("0").rstrip(".")
            return text + fraction + ("" if value.tzinfo is None else "+00")
        case float():
            return repr(value)
        case _:
            return str(value)


def told(column):
    """The values of a column; times to the microsecond, instants in UTC."""
    kind = column.type
    if pyarrow.types.is_timestamp(kind):
        column = column.cast(pyarrow.timestamp("us", kind.tz and "UTC"), safe=False)
    if pyarrow.types.is_decimal(kind):
        return [None if value is None else f"{value:f}" for value in column.to_pylist()]
    return [shown(value) for value in column.to_pylist()]


def ask(sql):
    found = engine.sql(sql)
    columns, rows = [field.name for field in found.schema()], []
    for batch in found.collect():
        rows.extend(map(list, zip(*map(told, batch.columns))))
    return {"columns": columns, "rows": rows}


def answer(request):
    global engine
    match request["do"]:
        case "new":
            engine = SessionContext()
        case "load":
            load(request["table"], request["columns"], request["csv"])
        case "ask":
            return ask(request["sql"])
        case "keywords":
            # It has no list of them.
            return {"words": []}
        case other:
            raise ValueError(f"unknown: {other}")
    return {}


for line in sys.stdin:
    try:
        said = answer(json.loads(line))
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # A panic of the engine, too, is told to the one who asks.
        said = {"error": f"{type(error).__name__}: {error}"}
    print(json.dumps(said), flush=True)
