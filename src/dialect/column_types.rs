//! What databases call the types of columns in their catalogs.
//!
//! One table for all of them: a word that two databases use for two things is told apart by the
//! database, or means nothing here.

use crate::sql::Type;

/// A column's type as a catalog says it.
#[derive(Debug, Clone, Copy, Default)]
pub struct TypeWords<'a> {
    /// `data_type`: `numeric`, `NUMBER`, `Nullable(Decimal(12, 2))`
    pub word: &'a str,
    /// Where there is one, the column with the whole type: `decimal(12,2)`, `tinyint(1)`.
    pub full: Option<&'a str>,
    pub precision: Option<&'a str>,
    pub scale: Option<&'a str>,
}

/// A type of the language, and whether the words themselves say that there may be NULL.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Told {
    /// `None`: lists, documents, times of day and whatever else no expression takes.
    pub ty: Option<Type>,
    pub nullable: Option<bool>,
}

/// What the words of a database's catalog mean; `database` is the name of its dialect.
pub fn column_type(words: TypeWords<'_>, database: &str) -> Told {
    let whole = words.full.unwrap_or(words.word).trim().to_lowercase();
    let (inner, nullable) = unwrapped(&whole);
    let (name, arguments) = taken_apart(inner);
    let size = size(&arguments).or_else(|| {
        let number = |text: Option<&str>| text.and_then(|text| text.trim().parse::<u8>().ok());
        Some((number(words.precision)?, number(words.scale)?))
    });
    Told { ty: of(&name, &arguments, size, database), nullable: nullable.then_some(true) }
}

/// `nullable(lowcardinality(x))` without what is around it.
fn unwrapped(whole: &str) -> (&str, bool) {
    let (mut inner, mut nullable) = (whole, false);
    loop {
        let within =
            |word: &str| Some(inner.strip_prefix(word)?.strip_prefix('(')?.strip_suffix(')')?.trim());
        match (within("nullable"), within("lowcardinality")) {
            (Some(within), _) => (inner, nullable) = (within, true),
            (_, Some(within)) => inner = within,
            (None, None) => return (inner, nullable),
        }
    }
}

/// `timestamp(3) with time zone` as `timestamp with time zone` and `3`.
fn taken_apart(whole: &str) -> (String, String) {
    let Some((before, rest)) = whole.split_once('(') else { return (words(whole), String::new()) };
    // Of what is nested the name alone matters.
    let (arguments, after) = rest.rsplit_once(')').unwrap_or((rest, ""));
    (words(&format!("{before} {after}")), arguments.to_owned())
}

fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// `12, 2` or `12`.
fn size(arguments: &str) -> Option<(u8, u8)> {
    let mut numbers = arguments.split(',').map(|number| number.trim().parse::<u8>());
    match (numbers.next()?, numbers.next()) {
        (Ok(precision), None) => Some((precision, 0)),
        (Ok(precision), Some(Ok(scale))) => Some((precision, scale)),
        _ => None,
    }
}

fn of(name: &str, arguments: &str, size: Option<(u8, u8)>, database: &str) -> Option<Type> {
    let name = name.trim_end_matches(" zerofill").trim_end_matches(" unsigned").trim_end_matches(" signed");
    Some(match name {
        "text" | "varchar" | "character varying" | "char" | "character" | "bpchar" | "nchar" | "nvarchar"
        | "ntext" | "string" | "tinytext" | "mediumtext" | "longtext" | "clob" | "uuid"
        | "uniqueidentifier" | "enum" | "enum8" | "enum16" | "fixedstring" | "name" | "citext" | "utf8" => {
            Type::Text
        }
        // The one that has no other type for what is true or false.
        "tinyint" if arguments == "1" => Type::Boolean,
        "int" | "integer" | "int2" | "int4" | "int8" | "int16" | "int32" | "int64" | "int128" | "int256"
        | "tinyint" | "smallint" | "mediumint" | "bigint" | "hugeint" | "byteint" | "short" | "byte"
        | "long" | "utinyint" | "usmallint" | "uinteger" | "ubigint" | "uhugeint" | "uint8" | "uint16"
        | "uint32" | "uint64" | "uint128" | "uint256" | "bignum" => Type::Integer,
        // Whole numbers are this, too, where there is no other type for them.
        "number" if matches!(size, Some((_, 0))) => Type::Integer,
        "decimal" | "numeric" | "number" | "dec" | "bignumeric" | "bigdecimal" => Type::Decimal(size),
        "decimal32" | "decimal64" | "decimal128" | "decimal256" => {
            let digits = match name {
                "decimal32" => 9,
                "decimal64" => 18,
                "decimal128" => 38,
                _ => 76,
            };
            Type::Decimal(arguments.trim().parse().ok().map(|scale| (digits, scale)))
        }
        // Written as the locale has it.
        "money" if database == "postgres" => return None,
        "money" => Type::Decimal(Some((19, 4))),
        "smallmoney" => Type::Decimal(Some((10, 4))),
        "float" | "float4" | "float8" | "float32" | "float64" | "double" | "double precision" | "real" => {
            Type::Double
        }
        "boolean" | "bool" => Type::Boolean,
        "bit" if database != "postgres" && matches!(arguments, "" | "1") => Type::Boolean,
        "date" | "date32" => Type::Date,
        "timestamp with time zone"
        | "timestamp with local time zone"
        | "timestamptz"
        | "timestamp_tz"
        | "timestamp_ltz"
        | "datetimeoffset" => Type::Instant,
        "timestamp" => return bare_timestamp(database),
        // Seconds since 1970, shown in a zone that the server or the column has.
        "datetime" | "datetime64" if database == "clickhouse" => return None,
        "timestamp without time zone"
        | "timestamp_ntz"
        | "timestamp_s"
        | "timestamp_ms"
        | "timestamp_ns"
        | "datetime"
        | "datetime2"
        | "smalldatetime"
        | "datetime64" => Type::Timestamp,
        _ => return None,
    })
}

/// The word that means most things.
fn bare_timestamp(database: &str) -> Option<Type> {
    match database {
        "bigquery" | "spark" | "databricks" => Some(Type::Instant),
        // The number of a row's version.
        "tsql" => None,
        _ => Some(Type::Timestamp),
    }
}

/// The database whose catalog has these columns, by those that no other has.
pub fn database_of(columns: &[String]) -> Option<&'static str> {
    let has = |name: &str| columns.iter().any(|column| column == name);
    if has("clustering_ordinal_position") || has("is_partitioning_column") {
        Some("bigquery")
    } else if has("full_data_type") {
        Some("databricks")
    } else {
        None
    }
}

/// Whether a name in any case of letters means the same column there.
pub fn any_case(database: &str) -> bool {
    !matches!(database, "duckdb" | "postgres" | "clickhouse" | "datafusion")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(word: &str, database: &str) -> Option<Type> {
        column_type(TypeWords { word, ..TypeWords::default() }, database).ty
    }

    #[test]
    fn words_of_every_catalog() {
        let decimal = |precision, scale| Some(Type::Decimal(Some((precision, scale))));
        let table: &[(&str, &str, Option<Type>)] = &[
            ("postgres", "numeric(12,2)", decimal(12, 2)),
            ("postgres", "numeric", Some(Type::Decimal(None))),
            ("postgres", "character varying(20)", Some(Type::Text)),
            ("postgres", "timestamp without time zone", Some(Type::Timestamp)),
            ("postgres", "timestamp(3) without time zone", Some(Type::Timestamp)),
            ("postgres", "timestamp with time zone", Some(Type::Instant)),
            ("postgres", "double precision", Some(Type::Double)),
            ("postgres", "money", None),
            ("postgres", "integer[]", None),
            ("postgres", "time without time zone", None),
            ("postgres", "bit(1)", None),
            ("redshift", "character varying", Some(Type::Text)),
            ("redshift", "super", None),
            ("mysql", "bigint unsigned", Some(Type::Integer)),
            ("mysql", "int(10) unsigned zerofill", Some(Type::Integer)),
            ("mysql", "tinyint(1)", Some(Type::Boolean)),
            ("mysql", "tinyint(4)", Some(Type::Integer)),
            ("mysql", "enum('a','b')", Some(Type::Text)),
            ("mysql", "datetime(6)", Some(Type::Timestamp)),
            ("snowflake", "TIMESTAMP_NTZ", Some(Type::Timestamp)),
            ("snowflake", "TIMESTAMP_LTZ(9)", Some(Type::Instant)),
            ("snowflake", "VARIANT", None),
            ("bigquery", "INT64", Some(Type::Integer)),
            ("bigquery", "NUMERIC(10, 2)", decimal(10, 2)),
            ("bigquery", "TIMESTAMP", Some(Type::Instant)),
            ("bigquery", "DATETIME", Some(Type::Timestamp)),
            ("bigquery", "ARRAY<STRING>", None),
            ("bigquery", "STRUCT<a INT64>", None),
            ("databricks", "LONG", Some(Type::Integer)),
            ("databricks", "TIMESTAMP", Some(Type::Instant)),
            ("databricks", "TIMESTAMP_NTZ", Some(Type::Timestamp)),
            ("databricks", "array<int>", None),
            ("tsql", "datetimeoffset", Some(Type::Instant)),
            ("tsql", "timestamp", None),
            ("tsql", "bit", Some(Type::Boolean)),
            ("tsql", "nvarchar(max)", Some(Type::Text)),
            ("tsql", "money", decimal(19, 4)),
            ("trino", "timestamp(3) with time zone", Some(Type::Instant)),
            ("trino", "timestamp(6)", Some(Type::Timestamp)),
            ("trino", "decimal(12,2)", decimal(12, 2)),
            ("trino", "row(a integer)", None),
            ("clickhouse", "LowCardinality(Nullable(String))", Some(Type::Text)),
            ("clickhouse", "Nullable(Decimal(12, 2))", decimal(12, 2)),
            ("clickhouse", "Decimal64(4)", decimal(18, 4)),
            ("clickhouse", "DateTime64(3, 'UTC')", None),
            ("clickhouse", "UInt64", Some(Type::Integer)),
            ("clickhouse", "Array(Nullable(String))", None),
            ("duckdb", "TIMESTAMP WITH TIME ZONE", Some(Type::Instant)),
            ("duckdb", "DECIMAL(18,3)", decimal(18, 3)),
            ("duckdb", "", None),
            ("duckdb", "((((", None),
        ];
        for (database, word, wanted) in table {
            assert_eq!(told(word, database), *wanted, "{database}: {word}");
        }
    }

    #[test]
    fn sizes_stand_in_columns_of_their_own() {
        let words = |word, precision, scale| TypeWords {
            word,
            precision: Some(precision),
            scale: Some(scale),
            full: None,
        };
        let ty = |words, database| column_type(words, database).ty;
        assert_eq!(ty(words("NUMBER", "38", "0"), "snowflake"), Some(Type::Integer));
        assert_eq!(ty(words("NUMBER", "12", "2"), "snowflake"), Some(Type::Decimal(Some((12, 2)))));
        assert_eq!(ty(words("numeric", "12", "2"), "postgres"), Some(Type::Decimal(Some((12, 2)))));
        assert_eq!(ty(words("numeric", "", ""), "postgres"), Some(Type::Decimal(None)));
        // More digits than kpic counts in.
        assert_eq!(ty(words("numeric", "1000", "2"), "postgres"), Some(Type::Decimal(None)));
        assert_eq!(ty(words("int", "10", "0"), "tsql"), Some(Type::Integer));
    }

    #[test]
    fn one_catalog_says_in_the_type_that_there_may_be_null() {
        let told = column_type(TypeWords { word: "Nullable(String)", ..TypeWords::default() }, "clickhouse");
        assert_eq!(told, Told { ty: Some(Type::Text), nullable: Some(true) });
    }
}
