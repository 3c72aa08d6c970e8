"""ClickHouse in process.

Tables are made as people make them: a column is Nullable only where a value is missing,
days are of type Date and times of type DateTime where these types hold them. No setting
is made for a query: what a query needs, it says itself.
"""

import re
import tempfile

from chdb import session

import protocol

INSTANT = "DateTime64(6, 'UTC')"
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
    "TIMESTAMP WITH TIME ZONE": INSTANT,
}
# What people take where it holds all values.
NARROW = {
    "Date32": ("Date", "min({}) >= toDate32('1970-01-01') AND max({}) <= toDate32('2149-06-06')"),
    "DateTime64(6)": (
        "DateTime",
        "min({}) >= toDateTime64('1970-01-01 00:00:00', 6) AND max({}) < toDateTime64('2106-01-01 00:00:00', 6) "
        "AND countIf({} <> date_trunc('second', {})) = 0",
    ),
}
ESCAPES = {"\\": "\\", "\t": "t", "\n": "n", "\r": "r", "\0": "0", "\b": "b", "\f": "f"}
MEANT = {letter: char for char, letter in ESCAPES.items()}
LOADED = "kpic_loaded"


class ClickHouse:
    def __init__(self):
        self.session = session.Session()
        self.databases = set()

    def about(self):
        [[version]] = self.rows("SELECT version()")
        return {"version": f"ClickHouse {version}"}

    def new(self):
        for database in sorted(self.databases):
            self.run(f"DROP DATABASE {name(database)}")
        self.databases.clear()
        for (table,) in self.rows("SELECT name FROM system.tables WHERE database = currentDatabase()"):
            self.run(f"DROP TABLE {name(table)}")

    def load(self, table, columns, csv):
        for database in table[:-1]:
            self.run(f"CREATE DATABASE IF NOT EXISTS {name(database)}")
            self.databases.add(database)
        path = ".".join(map(name, table))
        kinds = [(name(column), kind(declared)) for column, declared in columns]
        wide = ", ".join(f"{column} Nullable({kind})" for column, kind in kinds)
        texts = ", ".join(f"{column} Nullable(String)" for column, _ in kinds)
        values = ", ".join(
            f"parseDateTime64BestEffortOrNull({column}, 6, 'UTC')"
            if kind == INSTANT
            else f"CAST({column} AS Nullable({kind}))"
            for column, kind in kinds
        )
        self.run(f"CREATE TABLE {LOADED} ({wide}) ENGINE = Memory")
        with tempfile.NamedTemporaryFile("w", suffix=".tsv", newline="", encoding="utf-8") as file:
            for row in protocol.read_csv(csv):
                file.write("\t".join(map(escaped, row)) + "\n")
            file.flush()
            self.run(f"INSERT INTO {LOADED} SELECT {values} FROM file({text(file.name)}, TabSeparated, {text(texts)})")
        made = ", ".join(f"{column} {self.narrow(column, kind)}" for column, kind in kinds)
        self.run(f"CREATE TABLE {path} ({made}) ENGINE = MergeTree ORDER BY tuple()")
        self.run(f"INSERT INTO {path} SELECT * FROM {LOADED}")
        self.run(f"DROP TABLE {LOADED}")

    def narrow(self, column, kind):
        """The type that people give a column with these values."""
        short, fits = NARROW.get(kind, (kind, "1"))
        fits = fits.replace("{}", column)
        [[missing, fits]] = self.rows(f"SELECT count() - count({column}), {fits} FROM {LOADED}")
        kind = short if fits == "1" else kind
        return kind if missing == "0" else f"Nullable({kind})"

    def ask(self, sql):
        lines = self.run(sql).split("\n")[:-1]
        if not lines:
            return {"columns": [], "rows": []}
        columns = [unescaped(column) for column in lines[0].split("\t")]
        kinds = [unescaped(kind) for kind in lines[1].split("\t")]
        rows = [[shown(field, kind) for field, kind in zip(line.split("\t"), kinds)] for line in lines[2:]]
        return {"columns": columns, "rows": rows}

    def rows(self, sql):
        return self.ask(sql)["rows"]

    def run(self, sql):
        try:
            return self.session.query(sql, "TabSeparatedWithNamesAndTypes").bytes().decode()
        except Exception:
            # What a query wrote before it failed stands before the next one's rows.
            self.session.query("SELECT 1", "Null")
            raise

    def keywords(self):
        phrases = self.rows("SELECT keyword FROM system.keywords")
        return {"words": sorted({word for (phrase,) in phrases for word in phrase.lower().split()})}


def kind(declared):
    if declared.startswith("DECIMAL"):
        return declared.replace("DECIMAL", "Decimal")
    return TYPES[declared]


def name(value):
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def text(value):
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"


def escaped(value):
    """A field of tab-separated text."""
    if value is None:
        return "\\N"
    return "".join("\\" + ESCAPES[char] if char in ESCAPES else char for char in value)


def unescaped(field):
    return re.sub(r"\\(.)", lambda found: MEANT.get(found[1], found[1]), field)


def shown(field, kind):
    """A value as DuckDB casts it to a text."""
    if field == "\\N":
        return None
    value = unescaped(field)
    if "DateTime64" in kind and "." in value:
        return value.rstrip("0").rstrip(".")
    return value


protocol.serve(ClickHouse())
