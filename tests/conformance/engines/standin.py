"""DuckDB in the place of a database that does not run here: what such workers share."""

import duckdb

# Nothing of a file is guessed.
AS_WRITTEN = """auto_detect = false, header = false, delim = ',', quote = '"', escape = '"', allow_quoted_nulls = false,
    parallel = false"""


def opened(taught):
    """An empty database that knows these macros."""
    database = duckdb.connect(":memory:")
    # Whoever asks is in a zone that no case is about.
    database.execute("set TimeZone = 'America/St_Johns'")
    database.execute(taught)
    return database


def load(database, table, columns, csv, kept=lambda ty: ty):
    """Makes a table of a file; `kept` says which type stands for one of DuckDB's."""
    if len(table) == 2:
        database.execute(f"create schema if not exists {quoted(table[0])}")
    name = ".".join(quoted(part) for part in table)
    types = ", ".join(f"{text(column)}: {text(ty)}" for column, ty in columns)
    values = ", ".join(f"cast({quoted(column)} as {kept(ty)}) as {quoted(column)}" for column, ty in columns)
    rows = f"read_csv({text(csv)}, {AS_WRITTEN}, columns = {{{types}}})"
    database.execute(f"create table {name} as select {values} from {rows}")


def reserved(database, categories):
    """Words that no name may be, unless it is quoted."""
    of = ", ".join(text(category) for category in categories)
    words = database.execute(f"select keyword_name from duckdb_keywords() where keyword_category in ({of})")
    return {word for (word,) in words.fetchall()}


def answered(database, sql):
    """What a query gives, as texts."""
    found = database.execute(f"select columns(*)::varchar from ({sql}\n)")
    return {"columns": [column[0] for column in found.description], "rows": found.fetchall()}


def quoted(name):
    return '"' + name.replace('"', '""') + '"'


def text(value):
    return "'" + value.replace("'", "''") + "'"
