"""sqlglot's grammar of Amazon Redshift, and PostgreSQL in its place; `scripts/engine redshift` starts it.

Nobody but its vendor has the database. A text must be one statement of sqlglot's grammar, which takes more than
Redshift does: what its documentation says that it lacks is refused here, and so are functions that are not among those
that kpic may use. Only then PostgreSQL, from which Redshift comes, computes the rows, with functions of its names.
"""

import atexit
import pathlib
import subprocess

import psycopg
import sqlglot
from sqlglot import exp
from sqlglot.dialects.redshift import Redshift as Grammar
from sqlglot.tokens import TokenType

import protocol

# From the documentation, "SQL functions reference", without those that run on the leader node alone; its chapters:
# aggregate, bit-wise aggregate, conditional, conversion, date and time, math, string, window functions.
FUNCTIONS = set(
    """
    bit_or bool_or count max min percentile_cont stddev_samp sum
    coalesce greatest least nullif
    cast
    convert_timezone date_trunc dateadd datediff extract
    abs ceil exp floor ln mod power round sqrt
    chr length lower replace reverse strpos substring trim upper
    lead rank row_number
    """.split()
)
# Words of the grammar that a parenthesis may follow, and types with a size.
GRAMMAR = set("all and as between by case else from in join like not on or over select then when where".split())
SIZED = {"group", "numeric", "varchar"}

# "Reserved words" of the documentation.
RESERVED = """
    aes128 aes256 all allowoverwrite analyse analyze and any array as asc authorization az64 backup between binary
    blanksasnull both bytedict bzip2 case cast check collate column constraint create credentials cross current_date
    current_time current_timestamp current_user current_user_id default deferrable deflate defrag delta delta32k
    desc disable distinct do else emptyasnull enable encode encrypt encryption end except explicit false for foreign
    freeze from full globaldict256 globaldict64k grant group gzip having identity ignore ilike in initially inner
    intersect interval into is isnull join leading left like limit localtime localtimestamp lun luns lzo lzop minus
    mostly16 mostly32 mostly8 natural new not notnull null nulls off offline offset oid old on only open or order
    outer overlaps parallel partition percent permissions pivot placing primary raw readratio recover references
    rejectlog resort respect restore right select session_user similar snapshot some sysdate system table tag tdes
    text255 text32k then timestamp to top trailing true truncatecolumns union unique unnest unpivot user using
    verbose wallet when where with without
""".split()

# What PostgreSQL lacks. A DATE is taken for its midnight.
TAUGHT = """
    create schema taught;
    create function taught.dateadd(unit text, count bigint, moment timestamp) returns timestamp language sql immutable
        return moment + case unit when 'quarter' then count * 3 else count end
            * cast('1 ' || case unit when 'quarter' then 'month' else unit end as interval);
    create function taught.datediff(unit text, first timestamp, last timestamp) returns bigint language sql immutable
        return case unit
            when 'day' then cast(last as date) - cast(first as date)
            when 'microsecond' then cast(extract(epoch from last - first) * 1000000 as bigint)
        end;
    create function taught.convert_timezone(from_zone text, to_zone text, moment timestamp) returns timestamp
        language sql immutable return moment at time zone from_zone at time zone to_zone;
"""
# As a session of Redshift is: a backslash escapes.
SESSION = """
    set search_path = public, pg_catalog, taught;
    set standard_conforming_strings = off;
    set escape_string_warning = off;
    set TimeZone = 'America/St_Johns';
    set DateStyle = 'ISO';
"""

BOOL = 16
LONGEST = 63

TYPES = {
    "VARCHAR": "varchar(65535)",
    "TINYINT": "smallint",
    "UTINYINT": "smallint",
    "USMALLINT": "integer",
    "UINTEGER": "bigint",
    "HUGEINT": "numeric(38, 0)",
    "UBIGINT": "numeric(20, 0)",
    "FLOAT": "real",
    "DOUBLE": "double precision",
    "TIMESTAMP_S": "timestamp",
    "TIMESTAMP_MS": "timestamp",
    "TIMESTAMP WITH TIME ZONE": "timestamptz",
}


# Words that sqlglot has of other databases, and of statements that no query is.
OTHERS = set("ALTER DESCRIBE DROP GLOB INSERT REVOKE ROLLBACK".split())


class Tokens(Grammar.Tokenizer):
    KEYWORDS = {word: kind for word, kind in Grammar.Tokenizer.KEYWORDS.items() if word not in OTHERS}


class Redshift:
    def __init__(self):
        script = pathlib.Path(__file__).parents[3] / "scripts" / "postgres"
        # It stops when its input ends.
        self.server = subprocess.Popen([script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        atexit.register(self.stop)
        self.client = psycopg.connect(self.server.stdout.readline().strip(), autocommit=True)
        self.run(TAUGHT)
        self.run(SESSION)
        # Words that are free in Redshift, and not in PostgreSQL.
        words = self.run("select word from pg_get_keywords() where catcode in ('R', 'T')")[1]
        self.reserved = {word for (word,) in words} - set(RESERVED)

    def stop(self):
        self.server.stdin.close()
        self.server.wait(30)

    def about(self):
        (version,) = self.run("show server_version")[1][0]
        return {"version": f"sqlglot's grammar {sqlglot.__version__}, PostgreSQL {version.split('.')[0]}"}

    def new(self):
        if self.client.info.transaction_status != psycopg.pq.TransactionStatus.IDLE:
            self.run("rollback")
        own = "select nspname from pg_namespace where nspname !~ '^(pg_|information_schema$|taught$)'"
        for (name,) in self.run(own)[1]:
            self.run(f"drop schema {quoted(name)} cascade")
        self.run("create schema public")

    def load(self, table, columns, csv):
        if len(table) == 2:
            self.run(f"create schema if not exists {quoted(small(table[0]))}")
        name = ".".join(quoted(small(part)) for part in table)
        described = ", ".join(f"{quoted(small(column))} {TYPES.get(ty, ty)}" for column, ty in columns)
        self.run(f"create table {name} ({described})")
        with open(csv, "rb") as file, self.client.cursor() as cursor:
            with cursor.copy(f"copy {name} from stdin (format csv)") as copy:
                copy.write(file.read())
        self.run(f"analyze {name}")

    def ask(self, sql):
        text, names = self.taken(sql.rstrip().removesuffix(";"))
        columns, rows = self.run(text)
        return {"columns": [names.get(column, column) for column in columns], "rows": rows}

    def keywords(self):
        return {"words": RESERVED}

    def run(self, text):
        """Columns and rows of texts."""
        with self.client.cursor() as cursor:
            cursor.execute(text, prepare=False)
            given = cursor.pgresult
            if cursor.description is None:
                return [], []
            kinds = [given.ftype(column) for column in range(given.nfields)]
            rows = [
                [shown(kind, given.get_value(row, column)) for column, kind in enumerate(kinds)]
                for row in range(given.ntuples)
            ]
            return [column.name for column in cursor.description], rows

    def taken(self, sql):
        """The text as PostgreSQL takes it, if Redshift would; and names that were too long for it."""
        tokens = Tokens(dialect="redshift").tokenize(sql)
        allowed(tokens)
        words = [token.text.lower() for token in tokens]
        if words[0] in ("begin", "commit", "drop"):
            return sql, {}
        parts, at, names = [], 0, {}
        for place, token in enumerate(tokens):
            own = sql[token.start : token.end + 1]
            said = own
            if token.token_type == TokenType.IDENTIFIER:
                said = quoted(self.short(small(token.text), names))
            elif place > 1 and words[place - 1] == "(" and words[place - 2] in ("dateadd", "datediff"):
                said = f"'{own}'"
            elif own[0].isalpha() or own[0] == "_":
                said = quoted(own) if words[place] in self.reserved else self.short(own, names)
            parts += [sql[at : token.start], said]
            at = token.end + 1
        text = "".join(parts) + sql[at:]
        understood(text)
        return without_qualify(text), names

    def short(self, name, names):
        """A name that PostgreSQL would cut is another one there."""
        if len(name.encode()) <= LONGEST:
            return name
        short = f"long_name_{abs(hash(name))}"
        names[short] = name
        return short


def allowed(tokens):
    """Nothing is called that is not among the functions."""
    for word, behind in zip(tokens, tokens[1:]):
        is_text = word.token_type in (TokenType.IDENTIFIER, TokenType.STRING)
        if behind.token_type != TokenType.L_PAREN or is_text or not word.text[:1].isalpha():
            continue
        name = word.text.lower()
        if name not in FUNCTIONS and name not in GRAMMAR and name not in SIZED:
            raise SyntaxError(f"{name} is not among the functions of Redshift that kpic may use")


def understood(text):
    """One statement of the grammar, with nothing in it that Redshift's documentation does not have."""
    tokens = Tokens(dialect="redshift").tokenize(text)
    statements = Grammar().parser(error_level=sqlglot.ErrorLevel.RAISE).parse(tokens, text)
    if len(statements) != 1 or isinstance(statements[0], exp.Command):
        raise SyntaxError(f"{len(statements)} statements, or one that is not understood")
    for node in statements[0].walk():
        reason = lacked(node)
        if reason:
            raise SyntaxError(f"{reason}: {node.sql('redshift')[:200]}")


def without_qualify(text):
    """PostgreSQL has no QUALIFY: the condition is a column of a subquery, where its windows are known."""
    tokens = Tokens(dialect="redshift").tokenize(text)
    kinds = [token.token_type for token in tokens]
    if TokenType.QUALIFY not in kinds:
        return text
    here, depth = kinds.index(TokenType.QUALIFY), depths(kinds)
    own = [place for place in range(len(tokens)) if depth[place] == depth[here]]
    start = max(place for place in own if place < here and kinds[place] == TokenType.SELECT)
    behind = min(place for place in own if place > start and kinds[place] == TokenType.FROM)
    ends = [place for place in range(here, len(tokens)) if depth[place] < depth[here]]
    ends += [place for place in own if place > here and kinds[place] in (TokenType.UNION, TokenType.ORDER_BY)]
    if kinds[start + 1] == TokenType.DISTINCT:
        raise SyntaxError("what is distinct among rows that QUALIFY chooses is not tried")
    commas = [place for place in own if start < place < behind and kinds[place] == TokenType.COMMA]
    last = [text[tokens[place - 1].start : tokens[place - 1].end + 1] for place in [*commas, behind]]
    names = "*" if "*" in last else ", ".join(last)
    stop = tokens[min(ends)].start if ends else len(text)
    items = text[tokens[start].end + 1 : tokens[behind].start]
    rows = text[tokens[behind].start : tokens[here].start]
    asked = text[tokens[here].end + 1 : stop]
    inner = f"SELECT {items}, {asked.rstrip()} AS kpic_qualifies {rows}"
    outer = f"SELECT {names} FROM ({inner}) AS kpic_rows WHERE kpic_qualifies\n"
    return without_qualify(text[: tokens[start].start] + outer + text[stop:])


def depths(kinds):
    """In how many parentheses each token stands; they themselves stand outside."""
    depth, found = 0, []
    for kind in kinds:
        depth -= kind == TokenType.R_PAREN
        found.append(depth)
        depth += kind == TokenType.L_PAREN
    return found


def lacked(node):
    if isinstance(node, exp.Filter):
        return "an aggregate has no FILTER"
    if isinstance(node, exp.Values):
        return "VALUES stands in INSERT alone"
    if isinstance(node, (exp.NullSafeEQ, exp.NullSafeNEQ)):
        return "there is no IS DISTINCT FROM"
    if isinstance(node, exp.Is) and isinstance(node.expression, exp.Boolean):
        return "IS TRUE stands in WHERE alone"
    if isinstance(node, (exp.Lateral, exp.Unnest, exp.Array, exp.ILike, exp.Escape)):
        return "kpic has no need of it"
    if isinstance(node, exp.Distinct) and len(node.expressions) > 1:
        return "a distinct count is of one value"
    if isinstance(node, exp.With) and (node.recursive or any(cte.args.get("materialized") is not None for cte in node.expressions)):
        return "WITH has neither RECURSIVE without columns nor MATERIALIZED"
    if isinstance(node, exp.TableAlias) and node.columns:
        return "columns are not named behind an alias"
    if isinstance(node, exp.Subquery) and not isinstance(node.parent, (exp.From, exp.Join)):
        return "a subquery among values may be too much for it"
    if isinstance(node, exp.Window):
        return window(node)
    if isinstance(node, exp.Select) and node.args.get("qualify"):
        if not any(part.find(exp.Window) for part in [*node.expressions, node.args["qualify"]]):
            return "QUALIFY wants a window"
        others = any(node.args.get(clause) for clause in ("where", "group", "having"))
        if not others and not all(relation.this.alias for relation in [node.args["from_"], *node.args.get("joins", [])]):
            return "QUALIFY directly behind FROM wants an alias there"
    if isinstance(node, exp.Select):
        # "failed to find conversion function from unknown to text"
        for item in node.expressions:
            value = item.unalias()
            if isinstance(value, exp.Null) or (isinstance(value, exp.Literal) and value.is_string):
                return "a text or NULL has no type for the query around it"
    return None


def window(node):
    frame, order = node.args.get("spec"), node.args.get("order")
    ranks = (exp.RowNumber, exp.Rank, exp.Lead)
    if frame is not None and frame.args.get("kind") != "ROWS":
        return "a window's frame is made of ROWS"
    if isinstance(node.this, ranks):
        return "it has no frame" if frame is not None else None
    if (frame is None) != (order is None):
        return "an aggregate over an ordered window has a frame"
    return None


def small(name):
    """Letters of ASCII have no capitals in names."""
    return "".join(c.lower() if c.isascii() else c for c in name)


def quoted(name):
    return '"' + name.replace('"', '""') + '"'


def shown(kind, value):
    if value is None:
        return None
    text = value.decode()
    if kind == BOOL:
        return {"t": "true", "f": "false"}[text]
    return text


if __name__ == "__main__":
    engine = Redshift()
    engine.new()
    protocol.serve(engine)
