"""SQLite in this process, for the tests; `scripts/engine sqlite` starts it.

A schema is an attached database. SQLite has no types of its own for days and times, which are
texts here, none for truth, which is 1 and 0, and keeps decimals as doubles.
"""

import apsw
import apsw.ext

import protocol


class Sqlite:
    def about(self):
        return {"version": f"SQLite {apsw.sqlite_lib_version()}"}

    def new(self):
        self.database = apsw.Connection(":memory:")
        self.schemas = set()

    def load(self, table, columns, csv):
        if len(table) == 2 and table[0] not in self.schemas:
            self.database.execute(f"attach ':memory:' as {quoted(table[0])}")
            self.schemas.add(table[0])
        name = ".".join(quoted(part) for part in table)
        described = ", ".join(f"{quoted(column)} {declared(ty)}" for column, ty in columns)
        self.database.execute(f"create table {name} ({described})")
        readers = [reader(ty) for _, ty in columns]
        rows = [[None if v is None else read(v) for read, v in zip(readers, row)] for row in protocol.read_csv(csv)]
        places = ", ".join("?" for _ in columns)
        with self.database:
            self.database.executemany(f"insert into {name} values ({places})", rows)
        self.database.execute("analyze")

    def ask(self, sql):
        described = apsw.ext.query_info(self.database, sql).description
        rows = [[protocol.shown(value) for value in row] for row in self.database.execute(sql)]
        return {"columns": [column[0] for column in described], "rows": rows}

    def keywords(self):
        return {"words": sorted(word.lower() for word in apsw.keywords)}


def quoted(name):
    return '"' + name.replace('"', '""') + '"'


def declared(ty):
    """The type that somebody who knows SQLite would declare."""
    if ty.startswith("DECIMAL"):
        return ty
    return {
        "VARCHAR": "TEXT",
        "DATE": "TEXT",
        "TIME": "TEXT",
        "TIMESTAMP": "TEXT",
        "TIMESTAMP_S": "TEXT",
        "TIMESTAMP_MS": "TEXT",
        "TIMESTAMP WITH TIME ZONE": "TEXT",
        "FLOAT": "REAL",
        "DOUBLE": "REAL",
        "BOOLEAN": "BOOLEAN",
    }.get(ty, "INTEGER")


def reader(ty):
    """What makes a value of the text in a file."""
    if ty in ("FLOAT", "DOUBLE") or ty.startswith("DECIMAL"):
        return float
    if ty == "BOOLEAN":
        return lambda text: int(text == "true")
    if ty == "TIMESTAMP WITH TIME ZONE":
        return without_offset
    if declared(ty) == "INTEGER":
        return int
    return str


def without_offset(text):
    """An instant is the text of its UTC time."""
    if not text.endswith("+00"):
        raise ValueError(f"{text} is not in UTC")
    return text[: -len("+00")]


if __name__ == "__main__":
    engine = Sqlite()
    engine.new()
    protocol.serve(engine)
