"""Trino's grammar, and DuckDB in its place; `scripts/engine trino` starts it.

No server of Trino runs here. A text is read by the grammar of Trino's own parser (release 422), as a whole,
and its functions must be among those of Trino's documentation that kpic may use. Only then DuckDB computes the
rows, with functions of Trino's names and few words said otherwise, found in the parse tree.
"""

import duckdb
from antlr4 import CommonTokenStream, InputStream, ParseTreeWalker
from antlr4.atn.PredictionMode import PredictionMode
from antlr4.error.ErrorListener import ErrorListener
from trino_query_parser.SqlBaseLexer import SqlBaseLexer
from trino_query_parser.SqlBaseListener import SqlBaseListener
from trino_query_parser.SqlBaseParser import SqlBaseParser

import protocol
import standin

# From Trino's documentation, "Functions and operators"; its pages: aggregate, array, bitwise, comparison,
# conditional, date and time, mathematical, string, window functions.
FUNCTIONS = set(
    """
    bitwise_or_agg bool_or corr count max min regr_slope stddev_samp sum
    array_max array_min filter sequence
    bitwise_and
    greatest least
    coalesce nullif
    date_add date_diff date_trunc day day_of_week hour minute month quarter second week with_timezone year
    abs ceil exp floor ln mod power round sqrt
    length lower replace reverse starts_with strpos substring upper
    lead rank row_number
    """.split()
)

# What DuckDB lacks, or takes for something else. `date_add` is asked of days alone.
TAUGHT = """
    create macro array_max(list) as list_max(list);
    create macro array_min(list) as list_min(list);
    create macro bitwise_and(a, b) as a & b;
    create macro day_of_week(moment) as isodow(moment);
    create macro sequence(a, b) as generate_series(a, b), (a, b, step) as generate_series(a, b, step);
    create macro sequence_of_days(a, b, step) as cast(generate_series(a, b, step) as date[]);
    create macro with_timezone(moment, zone) as timezone(zone, moment);
    create macro date_add(unit, count, day) as cast(
        cast(day as date) + case unit
            when 'day' then to_days(cast(count as integer))
            when 'month' then to_months(cast(count as integer))
            when 'year' then to_years(cast(count as integer))
        end as date);
"""

# A name of a function that DuckDB has under another one; a macro takes no FILTER.
RENAMED = {"bitwise_or_agg": "bit_or"}

UPPER = {ord(small): ord(small.upper()) for small in "abcdefghijklmnopqrstuvwxyz"}


class Refuses(ErrorListener):
    def syntaxError(self, recognizer, symbol, line, column, message, error):
        raise SyntaxError(f"Trino's grammar: line {line}, column {column}: {message[:200]}")


def parsed(sql):
    """The tree of one statement; Trino, too, tries the quick way before the thorough one."""
    text = InputStream(sql.translate(UPPER))
    for mode in (PredictionMode.SLL, PredictionMode.LL):
        text.seek(0)
        tokens = CommonTokenStream(SqlBaseLexer(text))
        parser = SqlBaseParser(tokens)
        parser._interp.predictionMode = mode
        parser.removeErrorListeners()
        parser.addErrorListener(Refuses())
        try:
            return parser.singleStatement(), tokens
        except SyntaxError:
            if mode == PredictionMode.LL:
                raise


class Translation(SqlBaseListener):
    """What is said otherwise to DuckDB: tokens by their place."""

    def __init__(self, sql, reserved):
        self.sql, self.reserved = sql, reserved
        self.instead, self.before, self.behind = {}, {}, {}

    def own(self, token):
        return self.sql[token.start : token.stop + 1]

    def enterFunctionCall(self, call):
        name = call.qualifiedName().start
        word = self.own(name).lower()
        if word not in FUNCTIONS:
            raise SyntaxError(f"{word} is not among the functions of Trino that kpic may use")
        if word in RENAMED:
            self.instead[name.tokenIndex] = RENAMED[word]
        if word == "sequence" and call.expression(0).start.text.upper() == "DATE":
            self.instead[name.tokenIndex] = "sequence_of_days"
        if word == "corr":
            # Trino gives NULL where one number does not vary.
            self.before[call.start.tokenIndex] = "nullif("
            self.behind[call.stop.tokenIndex] = ", cast('nan' as double))"
        # Its name is no column.
        self.instead.setdefault(name.tokenIndex, self.own(name))

    def enterDateTimeType(self, kind):
        # TIMESTAMP(6) is DuckDB's TIMESTAMP.
        if kind.precision is not None:
            open_ = kind.precision.start.tokenIndex - 1
            for place in range(open_, open_ + 3):
                self.instead[place] = ""

    def enterTypeConstructor(self, made):
        # The text says whether it has a zone.
        text = self.own(made.string().start)
        if self.own(made.start).lower() == "timestamp" and text[-2:-1].isalpha():
            self.instead[made.start.tokenIndex] = "TIMESTAMPTZ"

    def enterUnquotedIdentifier(self, name):
        # A word that is free in Trino, and not in DuckDB.
        word = self.own(name.start)
        if word.lower() in self.reserved and not isinstance(name.parentCtx, SqlBaseParser.TypeConstructorContext):
            if not isinstance(name.parentCtx.parentCtx, (SqlBaseParser.GenericTypeContext, SqlBaseParser.FunctionCallContext)):
                self.instead.setdefault(name.start.tokenIndex, standin.quoted(word))

    def enterInterval(self, interval):
        # A sign stands within the quotes.
        if interval.sign is not None:
            self.instead[interval.sign.tokenIndex] = ""
            text = self.own(interval.string().start)
            self.instead[interval.string().start.tokenIndex] = "'" + interval.sign.text + text[1:]

    def text(self, tokens):
        parts = []
        for token in tokens.tokens[:-1]:
            place = token.tokenIndex
            parts.append(self.before.get(place, ""))
            parts.append(self.instead.get(place, self.own(token)))
            parts.append(self.behind.get(place, ""))
        return "".join(parts)


class Trino:
    def about(self):
        return {"version": f"grammar of Trino 422, DuckDB {duckdb.__version__}"}

    def new(self):
        self.database = standin.opened(TAUGHT)
        kinds = ["reserved", "column_name", "type_function"]
        self.reserved = standin.reserved(self.database, kinds) - {"date", "timestamp"}

    def load(self, table, columns, csv):
        standin.load(self.database, table, columns, csv)

    def ask(self, sql):
        sql = sql.rstrip().removesuffix(";")
        tree, tokens = parsed(sql)
        translation = Translation(sql, self.reserved)
        ParseTreeWalker().walk(translation, tree)
        text = translation.text(tokens)
        if tree.start.type in (SqlBaseParser.CREATE, SqlBaseParser.DROP):
            self.database.execute(text)
            return {"columns": [], "rows": []}
        return standin.answered(self.database, text)

    def keywords(self):
        return {"words": sorted(word.strip("'").lower() for word in SqlBaseLexer.literalNames if word[1:2].isalpha())}


if __name__ == "__main__":
    engine = Trino()
    engine.new()
    protocol.serve(engine)
