"""A stand-in for Snowflake in this process, for the tests; `scripts/engine snow` starts it.

Nobody but its vendor has the database. `fakesnow` takes its SQL apart with sqlglot and asks DuckDB,
so what it gives says that the text means what it should, and not that the vendor takes it:
tests/snowflake.rs has the functions that its reference names.
"""

from importlib.metadata import version

import duckdb
import fakesnow
import snowflake.connector

import protocol


class Snowflake:
    def about(self):
        return {"version": f"fakesnow {version('fakesnow')} over DuckDB {duckdb.__version__}"}

    def new(self):
        if getattr(self, "patch", None):
            self.patch.__exit__(None, None, None)
        self.patch = fakesnow.patch()
        self.patch.__enter__()
        self.connection = snowflake.connector.connect(database="KPIC", schema="PUBLIC")
        self.cursor = self.connection.cursor()

    def load(self, table, columns, csv):
        name = ".".join(quoted(part) for part in table)
        if len(table) == 2:
            self.cursor.execute(f"create schema if not exists {quoted(table[0])}")
        described = ", ".join(f"{quoted(column)} {declared(ty)}" for column, ty in columns)
        self.cursor.execute(f"create table {name} ({described})")
        rows = protocol.read_csv(csv)
        for start in range(0, len(rows), 500):
            values = ", ".join(
                "(" + ", ".join("NULL" if v is None else literal(v) for v in row) + ")" for row in rows[start : start + 500]
            )
            casts = ", ".join(f"cast(column{i + 1} as {declared(ty)})" for i, (_, ty) in enumerate(columns))
            self.cursor.execute(f"insert into {name} select {casts} from values {values}")

    def ask(self, sql):
        asked = self.cursor.execute(sql)
        # A name without quotes is the one in capitals.
        columns = [name if f'"{name}"' in sql else name.lower() for name in (c.name for c in asked.description or [])]
        return {"columns": columns, "rows": [[protocol.shown(value) for value in row] for row in asked.fetchall()]}

    def keywords(self):
        return {"words": []}


def plain(name):
    return name.replace("_", "a").isalnum() and name.isascii() and name == name.lower() and not name[0].isdigit()


def quoted(name):
    """As the dialect writes it: a plain name is the one in capitals."""
    name = name.upper() if plain(name) else name
    return '"' + name.replace('"', '""') + '"'


def literal(text):
    return "'" + text.replace("\\", "\\\\").replace("'", "''") + "'"


def declared(ty):
    return {
        "TIMESTAMP": "TIMESTAMP_NTZ",
        "TIMESTAMP_S": "TIMESTAMP_NTZ",
        "TIMESTAMP_MS": "TIMESTAMP_NTZ",
        "TIMESTAMP WITH TIME ZONE": "TIMESTAMP_TZ",
        "HUGEINT": "NUMBER(38, 0)",
        "UBIGINT": "NUMBER(20, 0)",
        "UINTEGER": "BIGINT",
        "USMALLINT": "INTEGER",
        "UTINYINT": "SMALLINT",
        "TINYINT": "SMALLINT",
    }.get(ty, ty)


if __name__ == "__main__":
    engine = Snowflake()
    engine.new()
    protocol.serve(engine)
