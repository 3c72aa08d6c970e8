"""GoogleSQL's analyzer and reference implementation, as the package zetasql carries them.

The analyzer knows what BigQuery has, and no more: PRODUCT_EXTERNAL, and the features below.
What it refuses BigQuery refuses; that the reference implementation computes a query is no
proof that BigQuery's planner takes it.
"""

import collections
import collections.abc
import ctypes
import datetime
import decimal
import importlib.metadata
import os
import re
import sys

# The engine writes to the standard output of its process, which is that of the answers.
sys.stdout = os.fdopen(os.dup(1), "w", encoding="utf-8")
os.dup2(2, 1)

from wasmtime import Engine, Module  # noqa: E402
from zetasql.core import wasm_client  # noqa: E402
from zetasql.core.exceptions import ServerError  # noqa: E402
from zetasql.wasi import get_wasm_path  # noqa: E402
from zetasql.wasi._pb2.zetasql.local_service import local_service_pb2 as service  # noqa: E402
from zetasql.wasi._pb2.zetasql.public import options_pb2, type_pb2  # noqa: E402

import protocol  # noqa: E402

# What the language reference of BigQuery describes.
FEATURES = """
    ANALYTIC_FUNCTIONS TABLESAMPLE GROUP_BY_ROLLUP GROUPING_SETS GROUPING_BUILTIN GROUP_BY_ALL
    NUMERIC_TYPE BIGNUMERIC_TYPE DECIMAL_ALIAS PARAMETERIZED_TYPES DISABLE_FLOAT32
    CIVIL_TIME DATE_TIME_CONSTRUCTORS DATE_ARITHMETICS EXTENDED_DATE_TIME_SIGNATURES WEEK_WITH_WEEKDAY
    INTERVAL_TYPE JSON_TYPE JSON_VALUE_EXTRACTION_FUNCTIONS GEOGRAPHY NAMED_ARGUMENTS
    WITH_ON_SUBQUERY SELECT_STAR_EXCEPT_REPLACE ORDER_BY_IN_AGGREGATE LIMIT_IN_AGGREGATE
    HAVING_IN_AGGREGATE NULL_HANDLING_MODIFIER_IN_ANALYTIC NULL_HANDLING_MODIFIER_IN_AGGREGATE
    FOR_SYSTEM_TIME_AS_OF SAFE_FUNCTION_CALL ARRAY_EQUALITY NULLS_FIRST_LAST_IN_ORDER_BY
    ALLOW_DASHES_IN_TABLE_NAME WITH_RECURSIVE ADDITIONAL_STRING_FUNCTIONS PIVOT UNPIVOT
    IS_DISTINCT FORMAT_IN_CAST QUALIFY LIKE_ANY_SOME_ALL ROUND_WITH_ROUNDING_MODE
    RANGE_TYPE CBRT_FUNCTIONS
""".split()

# Words that may be reserved: which are, the engine says.
WORDS = """
    a abort absolute access action add admin after aggregate all allocate alter analyse analyze and anti any
    apply archive are array as asc asof assert assert_rows_modified asymmetric at attribute authorization
    begin between bigint binary both by call cascade case cast catalog change check clone cluster coalesce
    collate collation column columns comment commit connection constraint contains convert copy corresponding
    count create cross cube current current_date current_row cursor data database date datetime day deallocate
    declare default define delete desc describe descriptor deterministic distinct div do domain drop dual each
    element else elseif end enum escape except exception exclude execute exists explain export external extract
    false fetch filter fields fill first following for foreign format from full function generate geography
    glob grant graph group grouping groups having hour hash hidden if ignore ilike immediate immutable import
    in include index inner inout input insert instead intersect interval into invoker is isnull isolation join
    json key label language last lateral left level like limit load local lookup loop macro map match materialized
    max merge message metadata min minus minute model module month natural new no not nothing null nullif nulls
    numeric of offset on only open option options or order ordinal out outer over overlaps overwrite partition
    percent pivot policies policy positional pragma preceding primary private privilege procedure project proto
    public qualify quarter raise range read recursive references regexp reject relational release rename repeat
    repeatable replace replica respect restrict return returning returns returns revoke right rlike rollback rollup row
    rows run safe sample schema search second security select semi sequence session set sets show signed similar
    simple some source sql stable start static store stored strict struct sum symmetric system system_time table
    tablesample target temp temporary text then time timestamp timestamp_sub to trailing transaction transform
    treat trigger trim true truncate type unbounded undrop union unique unknown unnest unpivot until update upsert
    user using value values varchar view views volatile week weight when where while window with within without
    work write xor year zone
""".split()

INTEGERS = {"TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER"}
TYPES = {
    "VARCHAR": "STRING",
    "BOOLEAN": "BOOL",
    "HUGEINT": "BIGNUMERIC",
    "UBIGINT": "NUMERIC",
    "FLOAT": "FLOAT64",
    "DOUBLE": "FLOAT64",
    "DATE": "DATE",
    "TIME": "TIME",
    "TIMESTAMP": "DATETIME",
    "TIMESTAMP_S": "DATETIME",
    "TIMESTAMP_MS": "DATETIME",
    "TIMESTAMP WITH TIME ZONE": "TIMESTAMP",
}
KINDS = {
    "STRING": type_pb2.TYPE_STRING,
    "BOOL": type_pb2.TYPE_BOOL,
    "INT64": type_pb2.TYPE_INT64,
    "FLOAT64": type_pb2.TYPE_DOUBLE,
    "NUMERIC": type_pb2.TYPE_NUMERIC,
    "BIGNUMERIC": type_pb2.TYPE_BIGNUMERIC,
    "DATE": type_pb2.TYPE_DATE,
    "TIME": type_pb2.TYPE_TIME,
    "DATETIME": type_pb2.TYPE_DATETIME,
    "TIMESTAMP": type_pb2.TYPE_TIMESTAMP,
}
RAW = "kpic_raw"
EPOCH = datetime.datetime(1970, 1, 1)


class Client(wasm_client.WasmClient):
    """The package's own, which copies byte by byte and compiles the engine at each start."""

    def __init__(self):
        path = get_wasm_path()
        kept = os.path.join(os.environ["KPIC_ENGINE_CACHE"], "zetasql.compiled")
        from_file = Module.from_file
        if not os.path.exists(kept):
            made = f"{kept}.{os.getpid()}"
            with open(made, "wb") as file:
                file.write(Module.from_file(Engine(wasm_config()), path).serialize())
            os.rename(made, kept)
        Module.from_file = classmethod(lambda cls, engine, _: Module.deserialize_file(engine, kept))
        try:
            super().__init__(path)
        finally:
            Module.from_file = from_file

    def write_bytes(self, ptr, data):
        ctypes.memmove(self.address() + ptr, data, len(data))

    def read_bytes(self, ptr, size):
        return ctypes.string_at(self.address() + ptr, size)

    def address(self):
        return ctypes.addressof(self.memory.data_ptr().contents)


def wasm_config():
    config = wasm_client.Config()
    try:
        config.shared_memory = True
    except AttributeError:
        pass
    return config


class BigQuery:
    def __init__(self):
        self.client = Client()
        self.tables = {}
        self.catalog = None

    def about(self):
        return {"version": f"GoogleSQL's reference implementation (zetasql {importlib.metadata.version('zetasql')})"}

    def new(self):
        self.forget()
        self.tables = {}

    def options(self, request):
        language = request.options.language_options
        language.product_mode = options_pb2.PRODUCT_EXTERNAL
        language.name_resolution_mode = options_pb2.NAME_RESOLUTION_DEFAULT
        features = [getattr(options_pb2, f"FEATURE_{name}") for name in FEATURES]
        language.enabled_language_features.extend(features)
        # As BigQuery has it.
        language.reserved_keywords.append("QUALIFY")
        request.options.default_timezone = "UTC"
        builtin = request.simple_catalog.builtin_function_options.language_options
        builtin.CopyFrom(language)

    def query(self, sql):
        request = service.EvaluateQueryRequest(sql=sql)
        self.options(request)
        request.ClearField("simple_catalog")
        request.registered_catalog_id = self.known()
        return self.evaluated(request)

    def evaluated(self, request):
        return self.client.call_grpc_func(
            "ZetaSqlLocalService_EvaluateQuery", request, service.EvaluateQueryResponse
        )

    def known(self):
        """The engine's number for the tables, whose rows it gets once, for all queries to come."""
        if self.catalog is None:
            request = service.RegisterCatalogRequest()
            self.options(holder := service.EvaluateQueryRequest())
            request.simple_catalog.CopyFrom(holder.simple_catalog)
            for path, (columns, rows) in self.tables.items():
                with_table(request, ".".join(path), columns, rows)
            self.catalog = self.client.call_grpc_func(
                "ZetaSqlLocalService_RegisterCatalog", request, service.RegisterResponse
            ).registered_id
        return self.catalog

    def forget(self):
        if self.catalog is not None:
            request = service.UnregisterRequest(registered_id=self.catalog)
            self.client.call_grpc_func("ZetaSqlLocalService_UnregisterCatalog", request)
            self.catalog = None

    def with_flat_names(self, sql):
        """Tables of a dataset under one name each, for the engine's rows belong to no dataset.

        Where they stand is what the engine's own parser says, in bytes.
        """
        if not any(len(path) > 1 for path in self.tables):
            return sql
        parsed = self.parsed(sql)
        text = sql.encode()
        known = {tuple(part.lower() for part in path): path for path in self.tables}
        found = []
        for table in nodes(parsed.parsed_statement, "ASTTablePathExpressionProto"):
            names = [name.id_string for name in table.path_expr.names]
            path = known.get(tuple(name.lower() for name in names))
            if path and len(path) > 1:
                found.append((place(table.path_expr), path, names[-1], table.HasField("alias")))
        for (start, end), path, own_name, has_alias in sorted(found, reverse=True):
            name = quoted(".".join(path)) + ("" if has_alias else f" AS {quoted(own_name)}")
            text = text[:start] + name.encode() + text[end:]
        return text.decode()

    def parsed(self, sql):
        request = service.ParseRequest(sql_statement=sql)
        options = service.EvaluateQueryRequest()
        self.options(options)
        request.options.CopyFrom(options.options.language_options)
        return self.client.call_grpc_func("ZetaSqlLocalService_Parse", request, service.ParseResponse)

    def keep(self, statement):
        """The parser takes the statement; the rows of its query stand in for the view or table."""
        parsed = self.parsed(statement).parsed_statement
        (query,) = nodes(parsed, "ASTQueryProto", inside=False)
        start, end = place(query)
        sql = statement.encode()[start:end].decode()
        answer = self.query(self.with_flat_names(sql))
        names = {kind: name for name, kind in KINDS.items()}
        columns = [(column.name, names[column.type.type_kind]) for column in answer.prepared.columns]
        path = next(nodes(parsed, "ASTPathExpressionProto"))
        self.tables[tuple(name.id_string for name in path.names)] = (columns, answer.content.table_data)
        self.forget()
        return {"columns": [], "rows": []}

    def load(self, table, columns, csv):
        columns = [(name, type_name(ty)) for name, ty in columns]
        rows = service.TableData()
        for values in protocol.read_csv(csv):
            row = rows.row.add()
            for value in values:
                cell = row.cell.add()
                if value is not None:
                    cell.string_value = value
        raw = [(f"c{i}", "STRING") for i in range(len(columns))]
        casts = ", ".join(f"CAST(c{i} AS {ty}) AS c{i}" for i, (_, ty) in enumerate(columns))
        request = service.EvaluateQueryRequest(sql=f"SELECT {casts} FROM {RAW}")
        self.options(request)
        with_table(request, RAW, raw, rows)
        self.tables[tuple(table)] = (columns, self.evaluated(request).content.table_data)
        self.forget()

    def ask(self, sql):
        if sql.startswith("CREATE "):
            return self.keep(sql)
        answer = self.query(self.with_flat_names(sql))
        rows = [[protocol.shown(value(cell)) for cell in row.cell] for row in answer.content.table_data.row]
        return {"columns": [column.name for column in answer.prepared.columns], "rows": rows}

    def keywords(self):
        return {"words": [word for word in WORDS if self.is_word(word)]}

    def is_word(self, word):
        try:
            self.query(f"WITH {word} AS (SELECT 1 AS {word}) SELECT {word}.{word} FROM {word}")
            return False
        except ServerError:
            return True


def with_table(request, name, columns, rows):
    table = request.simple_catalog.table.add(name=name)
    for column, kind in columns:
        table.column.add(name=column).type.type_kind = KINDS[kind]
    request.table_content[name].table_data.CopyFrom(rows)


def nodes(message, kind, inside=True):
    """Every message of this kind within another, in order; those inside of such a one, too, if asked for."""
    waiting = collections.deque([message])
    while waiting:
        message = waiting.popleft()
        if message.DESCRIPTOR.name == kind:
            yield message
            if not inside:
                continue
        for field, value in message.ListFields():
            if field.message_type is not None:
                waiting.extend(value if isinstance(value, collections.abc.Iterable) else [value])


def place(node):
    """Where the parser found a node: the innermost of its parents has it."""
    while node.DESCRIPTOR.name != "ASTNodeProto":
        node = node.parent
    return node.parse_location_range.start, node.parse_location_range.end


def quoted(name):
    escaped = name.replace("\\", "\\\\").replace("`", "\\`").replace("\n", "\\n").replace("\r", "\\r")
    return f"`{escaped}`"


def type_name(duckdb):
    if duckdb in INTEGERS:
        return "INT64"
    decimal_size = re.fullmatch(r"DECIMAL\((\d+),(\d+)\)", duckdb)
    if decimal_size:
        digits, scale = map(int, decimal_size.groups())
        return "NUMERIC" if scale <= 9 and digits - scale <= 29 else "BIGNUMERIC"
    return TYPES[duckdb]


def value(cell):
    """What a cell holds, as Python has it."""
    field = cell.WhichOneof("value")
    if field is None:
        return None
    held = getattr(cell, field)
    match field:
        case "date_value":
            return (EPOCH + datetime.timedelta(days=held)).date()
        case "timestamp_value":
            moment = EPOCH + datetime.timedelta(seconds=held.seconds, microseconds=held.nanos // 1000)
            return moment.replace(tzinfo=datetime.timezone.utc)
        case "datetime_value":
            bits = held.bit_field_datetime_seconds
            day = (bits >> 26, bits >> 22 & 15, bits >> 17 & 31)
            return datetime.datetime(*day, bits >> 12 & 31, bits >> 6 & 63, bits & 63, held.nanos // 1000)
        case "numeric_value":
            return number(held, 9)
        case "bignumeric_value":
            return number(held, 38)
        case "bool_value" | "double_value" | "string_value" | "int64_value":
            return held
    raise ValueError(f"no text is known for {field}")


def number(digits, scale):
    """An exact number without the zeros at its end, which say nothing of its column."""
    with decimal.localcontext(prec=100):
        exact = decimal.Decimal(int.from_bytes(digits, "little", signed=True)).scaleb(-scale)
        return exact.to_integral_value() if exact == exact.to_integral_value() else exact.normalize()


if __name__ == "__main__":
    protocol.serve(BigQuery())
