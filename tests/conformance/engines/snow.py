"""sqlglot's grammar of Snowflake, and DuckDB in its place; `scripts/engine snow` starts it.

Nobody but its vendor has the database. A text must be one statement of sqlglot's grammar, which takes more than
Snowflake does, and its functions must be among those of the vendor's SQL reference that kpic may use. Only then
DuckDB computes the rows of the same tree in its own words.
"""

import duckdb
import sqlglot
from sqlglot import exp
from sqlglot.dialects.snowflake import Snowflake as Grammar
from sqlglot.tokens import TokenType

import protocol
import standin

# From docs.snowflake.com, "SQL function reference"; its pages: aggregate, bitwise, conditional expression, conversion,
# date & time, numeric, string & binary, table, window functions.
FUNCTIONS = set(
    """
    bitor_agg boolor_agg corr count count_if max min percentile_cont regr_slope stddev_samp sum
    bitand
    coalesce greatest greatest_ignore_nulls least least_ignore_nulls nullif
    cast
    convert_timezone date_trunc dateadd datediff dayofweekiso extract weekiso
    abs ceil exp floor ln mod power round sqrt
    concat contains endswith length lower replace startswith substr trim upper
    generator
    lead rank row_number
    """.split()
)
# Words of the grammar that a parenthesis may follow, and types with a size.
GRAMMAR = set("all and as between by case else from in join like not on or over select table then when where with within".split())
SIZED = {"group", "number", "varchar"}

# "Reserved & limited keywords" of the reference.
RESERVED = """
    account all alter and any as between by case cast check column connect connection constraint create cross current
    current_date current_time current_timestamp current_user database delete distinct drop else exists false following for
    from full grant group gscluster having ilike in increment inner insert intersect into is issue join lateral left like
    localtime localtimestamp minus natural not null of on or order organization qualify regexp revoke right rlike row rows
    sample schema select set some start table tablesample then to trigger true try_cast union unique update using values
    view when whenever where with
""".split()

# What is kept of a day by these, and of times of day otherwise.
DAYS = {"DAY", "WEEK", "MONTH", "QUARTER", "YEAR"}


class Tokens(Grammar.Tokenizer):
    # Words that sqlglot has of other databases.
    KEYWORDS = {word: kind for word, kind in Grammar.Tokenizer.KEYWORDS.items() if word not in ("GLOB", "NOTNULL", "RETURNING")}


class Snowflake:
    def about(self):
        return {"version": f"sqlglot's grammar {sqlglot.__version__}, DuckDB {duckdb.__version__}"}

    def new(self):
        self.database = standin.opened("")

    def load(self, table, columns, csv):
        standin.load(self.database, table, columns, csv)

    def ask(self, sql):
        tree = parsed(sql)
        # A comment between these signs hides no quotes from DuckDB.
        text = translated(tree).sql("duckdb", comments=False, unsupported_level=sqlglot.ErrorLevel.RAISE)
        if isinstance(tree, exp.Create):
            self.database.execute(text)
            return {"columns": [], "rows": []}
        return standin.answered(self.database, text)

    def keywords(self):
        return {"words": RESERVED}


def parsed(sql):
    """The tree of one statement, all of whose functions are known."""
    tokens = Tokens(dialect="snowflake").tokenize(sql)
    for word, behind in zip(tokens, tokens[1:]):
        is_quoted = word.token_type in (TokenType.IDENTIFIER, TokenType.STRING)
        if behind.token_type != TokenType.L_PAREN or is_quoted or not word.text[0].isalpha():
            continue
        name = word.text.lower()
        if name not in FUNCTIONS and name not in GRAMMAR and name not in SIZED:
            raise SyntaxError(f"{name} is not among the functions of Snowflake that kpic may use")
    trees = Grammar().parser(error_level=sqlglot.ErrorLevel.RAISE).parse(tokens, sql)
    if len(trees) != 1 or isinstance(trees[0], exp.Command):
        raise SyntaxError(f"{len(trees)} statements, or one that is not understood")
    for select in trees[0].find_all(exp.Select):
        asked = select.args.get("qualify")
        if asked and not any(part.find(exp.Window) for part in [*select.expressions, asked]):
            raise SyntaxError("QUALIFY wants a window among what is selected or asked")
    return trees[0]


def translated(tree):
    """What DuckDB would take for something else is said otherwise."""
    # The innermost first.
    for node in reversed(list(tree.walk())):
        if isinstance(node, exp.Identifier) and not node.args.get("quoted"):
            # A name without quotes is the one in capitals, and no word of DuckDB.
            node.set("this", node.name.upper())
            node.set("quoted", True)
        elif isinstance(node, exp.Cast) and node.to.this == exp.DataType.Type.TIMESTAMPTZ and node.this.is_string:
            # An offset stands without a blank.
            node.set("this", exp.Literal.string(node.this.name.replace(" +", "+")))
        elif isinstance(node, (exp.DateAdd, exp.TimestampTrunc, exp.DateTrunc)) and is_day(node):
            node.replace(exp.cast(node.copy(), "date"))
        elif isinstance(node, exp.DateAdd):
            # It becomes a sum, which binds less.
            node.replace(exp.paren(node))
    return tree


def is_day(node):
    """Whether a value is a DATE: what is cut or moved by days of one is one, too."""
    if isinstance(node, exp.Paren):
        return is_day(node.this)
    if isinstance(node, exp.Cast):
        return node.to.this == exp.DataType.Type.DATE
    if isinstance(node, (exp.DateAdd, exp.TimestampTrunc, exp.DateTrunc)):
        unit = node.args.get("unit")
        return unit is not None and unit.name.upper() in DAYS and is_day(node.this)
    return isinstance(node, exp.Date)


if __name__ == "__main__":
    engine = Snowflake()
    engine.new()
    protocol.serve(engine)
