"""Microsoft's parser of Transact-SQL, ScriptDom, and DuckDB in its place; `scripts/engine tsql` starts it.

No server of SQL Server runs here. The parser is a library inside the wheel `mssql-cli` (whose licence is BSD's),
which mono runs: it takes a text as a whole or refuses it, and functions must be among those of the documentation
that kpic may use. Only then DuckDB computes the rows, with functions of these names and words said otherwise.
"""

import base64
import importlib.util
import os
import pathlib
import re
import shutil
import subprocess
import tempfile

import duckdb

import protocol
import standin

# From the documentation of Transact-SQL functions; its pages: aggregate, analytic, conversion, date and time, logical,
# mathematical, ranking, string functions. CAST, COALESCE, CONVERT, LEFT, NULLIF and RIGHT are words of the grammar.
FUNCTIONS = set(
    """
    AVG COUNT COUNT_BIG MAX MIN STDEV SUM
    LEAD
    DATEADD DATEDIFF DATEDIFF_BIG DATEPART SWITCHOFFSET TODATETIMEOFFSET
    ABS CEILING EXP FLOOR LOG POWER ROUND SQRT
    RANK ROW_NUMBER
    CHARINDEX CONCAT LEN LOWER REPLACE SUBSTRING TRIM UPPER
    """.split()
)

LIBRARY = "Microsoft.SqlServer.TransactSql.ScriptDom.dll"
# What the library needs to be compiled against; a part of Debian's mono-devel.
FACADE = "/usr/lib/mono/4.5/Facades/netstandard.dll"


def program():
    """Where the parser's program is, compiled once."""
    here = pathlib.Path(__file__).with_name("tsql.cs")
    folder = pathlib.Path(os.environ["KPIC_ENGINE_CACHE"]) / f"parser-{here.stat().st_size}-{int(here.stat().st_mtime)}"
    if not (folder / "parser.exe").exists():
        package = pathlib.Path(importlib.util.find_spec("mssqlcli").origin).parent
        made = tempfile.mkdtemp(dir=folder.parent)
        shutil.copy(package / "mssqltoolsservice" / "bin" / LIBRARY, made)
        command = ["mcs", f"-out:{made}/parser.exe", f"-r:{FACADE}", f"-r:{made}/{LIBRARY}", here]
        subprocess.run(command, check=True, stdin=subprocess.DEVNULL, stdout=2)
        try:
            os.rename(made, folder)
        except OSError:
            # Another run was quicker.
            shutil.rmtree(made)
    return folder / "parser.exe"


# What DuckDB lacks, or takes for something else. A day that is moved comes as its midnight.
TAUGHT = """
    create macro charindex(part, whole) as case when part = '' then 0 else strpos(whole, part) end;
    create macro dateadd(unit, count, moment) as moment + case unit
        when 'second' then to_seconds(count)
        when 'minute' then to_minutes(count)
        when 'hour' then to_hours(count)
        when 'day' then to_days(cast(count as integer))
        when 'week' then to_days(cast(count * 7 as integer))
        when 'month' then to_months(cast(count as integer))
        when 'quarter' then to_months(cast(count * 3 as integer))
        when 'year' then to_years(cast(count as integer))
    end;
    create macro datediff_big(unit, first, last) as epoch_us(last) - epoch_us(first);
    create macro len(value) as length(rtrim(value, ' '));
    create macro log(value) as ln(value);
    create macro switchoffset(moment, "offset") as timezone('UTC', moment);
    create macro todatetimeoffset(moment, "offset") as timezone('UTC', moment);
"""

TOKEN = re.compile(
    r"""
    (?P<comment>--[^\n]*) | N?(?P<text>'(?:[^']|'')*') | \[(?P<name>(?:[^\]]|\]\])*)\] | "(?:[^"]|"")*"
    | (?P<word>[A-Za-z_@][\w@]*) | \d+(?:\.\d*)? | \s+ | <> | [<>]= | .
    """,
    re.VERBOSE | re.DOTALL,
)

TYPES = {
    "BIT": "TINYINT",
    "DATETIME2": "TIMESTAMP",
    "DATETIMEOFFSET": "TIMESTAMPTZ",
    "FLOAT": "DOUBLE",
    "NVARCHAR": "VARCHAR",
}
SPELT = {"COUNT_BIG": "count", "STDEV": "stddev_samp", "DATEDIFF": "date_diff", "DATEPART": "date_part"}
# Words of both grammars; any other word that DuckDB reserves is a name.
GRAMMAR = set(
    """
    ALL ALTER AND AS ASC BETWEEN BY CASE CAST COLLATE CREATE CROSS DESC DISTINCT ELSE END EXISTS FROM FULL GROUP GROUPING HAVING IN INNER INTERSECT
    INTO IS JOIN LEFT LIKE NOT NULL ON OR ORDER OUTER OVER PARTITION RIGHT SELECT SETS THEN UNION VALUES WHEN WHERE WITH
    """.split()
)
# Types whose size DuckDB needs not, or does not take.
SIZED = {"DATETIME2", "DATETIMEOFFSET", "NVARCHAR"}
# A part of a time is a word before its comma, and texts in DuckDB.
PARTS = {"DATEADD", "DATEDIFF", "DATEDIFF_BIG", "DATEPART"}


# Which argument of these, counted from 0, may be the 0 from which days count.
FIRST_DAYS = {("DATEADD", 2), ("DATEDIFF", 1)}


def translated(sql, reserved):
    """DuckDB's words for a text that the parser took, token by token."""
    tokens = [match for match in TOKEN.finditer(sql) if match["comment"] is None and not match.group().isspace()]
    said, calls, sizes = [], [["", 0]], set()
    for place, token in enumerate(tokens):
        if place in sizes:
            continue
        text = token.group()
        word = (token["word"] or "").upper()
        call, argument = calls[-1]
        before = tokens[place - 1].group().upper() if place else ""
        after = tokens[place + 1].group() if place + 1 < len(tokens) else ""
        beside = [tokens[near]["text"] for near in (place - 1, place + 1) if 0 <= near < len(tokens)]
        if text == "(":
            calls.append([before, 0])
        elif text == ")":
            calls.pop()
        elif text == ",":
            calls[-1][1] += 1
        if token["name"] is not None:
            text = standin.quoted(token["name"].replace("]]", "]"))
        elif token["text"] is not None:
            text = token["text"]
        elif call in PARTS and argument == 0 and text not in "(),":
            text = {"ISO_WEEK": "'week'"}.get(word, f"'{word.lower()}'")
        elif text == "0" and (call, argument) in FIRST_DAYS:
            text = "DATE '1900-01-01'"
        elif text == "+" and any(beside):
            text = "||"
        elif word in SPELT and after == "(":
            text = SPELT[word]
        elif word in TYPES and call == "CAST" and before == "AS":
            text = TYPES[word]
            if word in SIZED and after == "(":
                sizes.update({place + 1, place + 2, place + 3})
        elif word.lower() in reserved and (word not in GRAMMAR or (word == "CAST" and after != "(")):
            text = standin.quoted(text)
        # A point stands between names without blanks.
        said.append(text if text == "." or said[-1:] == ["."] else f" {text}")
    return "".join(said)


class TSql:
    def __init__(self):
        self.parser = subprocess.Popen(
            ["mono", program()], stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
        )

    def about(self):
        return {"version": f"ScriptDom's grammar of SQL Server 2019, DuckDB {duckdb.__version__}"}

    def new(self):
        self.database = standin.opened(TAUGHT)
        self.database.execute("set integer_division = true")
        self.database.execute("set default_null_order = 'nulls_first_on_asc_last_on_desc'")
        self.reserved = standin.reserved(self.database, ["reserved", "type_function"])

    def load(self, table, columns, csv):
        # A truth is a number.
        standin.load(self.database, table, columns, csv, lambda ty: "TINYINT" if ty == "BOOLEAN" else ty)

    def ask(self, sql):
        self.taken(sql)
        sql = translated(sql.rstrip().removesuffix(";"), self.reserved)
        if sql.split()[0].upper() == "CREATE":
            self.database.execute(sql.replace(" ALTER ", " REPLACE ", 1))
            return {"columns": [], "rows": []}
        return standin.answered(self.database, sql)

    def taken(self, sql):
        self.parser.stdin.write(base64.b64encode(sql.encode()).decode() + "\n")
        self.parser.stdin.flush()
        said = self.parser.stdout.readline().rstrip("\n")
        if not said.startswith("+"):
            raise SyntaxError(said[1:] or "the parser ended")
        strange = {name for name in said[1:].split(",") if name} - FUNCTIONS
        if strange:
            raise SyntaxError(f"not among the functions that kpic may use: {', '.join(sorted(strange))}")

    def keywords(self):
        # It does not list them.
        return {"words": []}


if __name__ == "__main__":
    engine = TSql()
    engine.new()
    protocol.serve(engine)
