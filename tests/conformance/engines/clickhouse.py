"""ClickHouse in process, as a worker: a JSON object a line in, one out (see worker.rs).

Tables are made as people make them: a column is Nullable only where a value is missing,
days are of type Date and times of type DateTime where these types hold them. No setting
is made for a query: what a query needs, it says itself.
"""

import json
import re
import sys
import tempfile

from chdb import session

TYPES = {
    "VARCHAR": "String",
    "BOOLEAN": "Bool",
    "TINYINT": "Int8",
    "SMALLINT": "Int16",
    "INTEGER": "Int32",
    "BIGINT": "Int64",
    "HUGEINT": "Int128",
    "UTINYINT": "UInt8",
    "USMALLINT": "UInt16",
    "UINTEGER": "UInt32",
    "UBIGINT": "UInt64",
    "FLOAT": "Float32",
    "DOUBLE": "Float64",
    "DATE": "Date32",
    "TIMESTAMP": "DateTime64(6)",
    "TIMESTAMP_S": "DateTime64(6)",
    "TIMESTAMP_MS": "DateTime64(6)",
    "TIMESTAMP WITH TIME ZONE": "DateTime64(6, 'UTC')",
}
ESCAPES = {"t": "\t", "n": "\n", "r": "\r", "0": "\0", "b": "\b", "f": "\f", "a": "\a", "v": "\v"}

LOADED = "kpic_loaded"

engine = session.Session()
databases = set()


def quoted(text, quote):
    return quote + text.replace("\\", "\\\\").replace(quote, "\\" + quote) + quote


def name(text):
    return quoted(text, '"')


def unescaped(field):
    """A field of tab-separated text."""
    if "\\" not in field:
        return field
    out, rest = [], iter(field)
    for char in rest:
        if char == "\\":
            char = next(rest)
            char = ESCAPES.get(char, char)
        out.append(char)
    return "".join(out)


def shown(field, kind):
    """A value as DuckDB shows it as a text."""
    if field == "\\N":
        return None
    if kind.startswith("Nullable("):
        kind = kind[len("Nullable(") : -1]
    text = unescaped(field)
    if kind.startswith("DateTime64") and "." in text:
        text = text.rstrip("0").rstrip(".")
    return text


def ask(sql):
    answer = engine.query(sql, "TabSeparatedWithNamesAndTypes").bytes().decode()
    lines = answer.split("\n")[:-1]
    if not lines:
        return {"columns": [], "rows": []}
    columns = [unescaped(column) for column in lines[0].split("\t")]
    kinds = [unescaped(kind) for kind in lines[1].split("\t")]
    rows = [[shown(field, kind) for field, kind in zip(line.split("\t"), kinds)] for line in lines[2:]]
    return {"columns": columns, "rows": rows}


def new():
    for database in sorted(databases):
        engine.query(f"DROP DATABASE {name(database)}")
    databases.clear()
    for (table,) in ask("SELECT name FROM system.tables WHERE database = currentDatabase()")["rows"]:
        engine.query(f"DROP TABLE {name(table)}")


def kind_of(column, declared):
    """The type that a person gives a column with these values."""
    kind = TYPES.get(declared) or (declared.replace("DECIMAL", "Decimal") if declared.startswith("DECIMAL") else None)
    if kind is None:
        raise ValueError(f"no type of ClickHouse is known for {declared}")
    narrow = {
        "Date32": ("Date", f"min({column}) >= toDate32('1970-01-01') AND max({column}) <= toDate32('2149-06-06')"),
        "DateTime64(6)": (
            "DateTime",
            f"min({column}) >= toDateTime64('1970-01-01 00:00:00', 6) "
            f"AND max({column}) < toDateTime64('2106-01-01 00:00:00', 6) "
            f"AND countIf({column} <> date_trunc('second', {column})) = 0",
        ),
    }
    (short, fits) = narrow.get(kind, (kind, "1"))
    [[missing, holds]] = ask(f"SELECT count() - count({column}), {fits} FROM {LOADED}")["rows"]
    kind = short if holds == "1" else kind
    return kind if missing == "0" else f"Nullable({kind})"


def tab_separated(csv):
    """The rows of a CSV file, in which NULL is nothing and an empty text is two quotes."""
    with open(csv, newline="") as file:
        text = file.read()
    out = []
    for value, end in re.findall(r'("(?:[^"]|"")*"|)(,|\r?\n|$)', text):
        if value:
            value = value[1:-1].replace('""', '"').replace("\\", "\\\\").replace("\t", "\\t")
            value = value.replace("\n", "\\n").replace("\r", "\\r").replace("\0", "\\0")
        elif end:
            value = "\\N"
        out.append(value + ("\t" if end == "," else "\n" if end else ""))
    return "".join(out)


def load(table, columns, csv):
    if len(table) > 1 and table[0] not in databases:
        engine.query(f"CREATE DATABASE IF NOT EXISTS {name(table[0])}")
        databases.add(table[0])
    path = ".".join(name(part) for part in table)
    texts = ", ".join(f"{name(column)} Nullable(String)" for column, _ in columns)
    values = ", ".join(
        f"parseDateTime64BestEffortOrNull({name(column)}, 6, 'UTC')"
        if TYPES.get(kind, "").endswith("'UTC')")
        else f"CAST({name(column)} AS Nullable({TYPES.get(kind, kind)}))"
        for column, kind in columns
    )
    wide = ", ".join(f"{name(column)} Nullable({TYPES.get(kind, kind)})" for column, kind in columns)
    engine.query(f"CREATE TABLE {LOADED} ({wide}) ENGINE = Memory")
    with tempfile.NamedTemporaryFile("w", suffix=".tsv", newline="") as file:
        file.write(tab_separated(csv))
        file.flush()
        rows = f"file({quoted(file.name, chr(39))}, TabSeparated, {quoted(texts, chr(39))})"
        engine.query(f"INSERT INTO {LOADED} SELECT {values} FROM {rows}")
    made = ", ".join(f"{name(column)} {kind_of(name(column), kind)}" for column, kind in columns)
    engine.query(f"CREATE TABLE {path} ({made}) ENGINE = MergeTree ORDER BY tuple()")
    engine.query(f"INSERT INTO {path} SELECT * FROM {LOADED}")
    engine.query(f"DROP TABLE {LOADED}")


def keywords():
    rows = ask("SELECT keyword FROM system.keywords")["rows"]
    return sorted({word for (phrase,) in rows for word in phrase.lower().split()})


def answer(request):
    match request["do"]:
        case "new":
            new()
        case "load":
            load(request["table"], request["columns"], request["csv"])
        case "ask":
            return ask(request["sql"])
        case "keywords":
            return {"words": keywords()}
        case other:
            raise ValueError(f"unknown: {other}")
    return {}


for line in sys.stdin:
    try:
        said = answer(json.loads(line))
    except Exception as error:  # The one who asks is told, and asks on.
        said = {"error": str(error)}
    print(json.dumps(said), flush=True)
