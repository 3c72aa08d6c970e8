//! Asks a PostgreSQL what its tables look like.

use std::time::Duration;

use postgres::config::{Host, SslMode};
use postgres::{Client, Config, NoTls, SimpleQueryMessage};

use super::rows::{Rows, Value};

/// An open connection that writes nothing.
pub struct Connection {
    client: Client,
}

impl std::fmt::Debug for Connection {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Connection").finish_non_exhaustive()
    }
}

/// A column as the database describes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Described {
    pub name: String,
    /// `numeric(12,2)`, `timestamp with time zone`
    pub ty: String,
    /// `None`: nobody says, of a view and of a query.
    pub nullable: Option<bool>,
}

/// Why there is no answer; never with a part of the connection's text, which holds a password.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refused {
    /// The text of the connection is none.
    NotUnderstood,
    /// It would go over a network for everybody to read.
    Unencrypted,
    /// No connection to such a database is known.
    UnknownDatabase,
    /// The database's own words.
    Database(String),
}

impl Connection {
    /// How the text of a connection is written.
    pub const EXAMPLE: &str = "postgresql://USER:PASSWORD@HOST/DATABASE";

    /// Connects to a database that speaks a dialect.
    ///
    /// # Errors
    /// A text that is no connection; a database that is not there or lets nobody in.
    pub fn open(dialect: &str, text: &str) -> Result<Connection, Refused> {
        if dialect != "postgres" {
            return Err(Refused::UnknownDatabase);
        }
        let mut config: Config = text.trim().parse().map_err(|_| Refused::NotUnderstood)?;
        if config.get_ssl_mode() == SslMode::Require || !(is_local(&config) || says_disable(text)) {
            return Err(Refused::Unencrypted);
        }
        config.ssl_mode(SslMode::Disable).application_name("kpic");
        if config.get_connect_timeout().is_none() {
            config.connect_timeout(Duration::from_secs(10));
        }
        let mut client = config.connect(NoTls).map_err(|error| words(&error))?;
        // Days as the language has them, whatever the server is used to.
        let settings = "SET default_transaction_read_only = on; SET DateStyle = 'ISO, YMD'";
        client.batch_execute(settings).map_err(|error| words(&error))?;
        Ok(Connection { client })
    }

    /// The columns of a table, by its one or two names (of three, the first is the database's);
    /// `None`: it is not there.
    ///
    /// # Errors
    /// The database's words.
    pub fn columns(&mut self, parts: &[String]) -> Result<Option<Vec<Described>>, Refused> {
        let own = match parts {
            [database, _, _] => self
                .client
                .query_one("SELECT current_database()::text", &[])
                .map(|row| row.get::<_, String>(0) == *database),
            _ => Ok(true),
        };
        if !own.map_err(|error| words(&error))? {
            return Ok(None);
        }
        let name = parts[parts.len().saturating_sub(2)..].iter().map(|part| super::identifier(part));
        let name = name.collect::<Vec<_>>().join(".");
        let found = self.client.query_one("SELECT pg_catalog.to_regclass($1)::oid", &[&name]);
        let Some(table) = found.map_err(|error| words(&error))?.get::<_, Option<u32>>(0) else {
            return Ok(None);
        };
        let rows = self.client.query(COLUMNS, &[&table]).map_err(|error| words(&error))?;
        let column =
            |row: &postgres::Row| Described { name: row.get(0), ty: row.get(1), nullable: row.get(2) };
        Ok(Some(rows.iter().map(column).collect()))
    }

    /// The columns that a query would give; it is not run.
    ///
    /// # Errors
    /// The database's words.
    pub fn describe(&mut self, sql: &str) -> Result<Vec<Described>, Refused> {
        let statement = self.client.prepare(sql).map_err(|error| words(&error))?;
        let column = |column: &postgres::Column| Described {
            name: column.name().to_owned(),
            ty: column.type_().name().to_owned(),
            nullable: None,
        };
        Ok(statement.columns().iter().map(column).collect())
    }

    /// The tables and views that there are, with their schemas.
    ///
    /// # Errors
    /// The database's words.
    pub fn tables(&mut self) -> Result<Vec<String>, Refused> {
        let rows = self.client.query(TABLES, &[]).map_err(|error| words(&error))?;
        Ok(rows.iter().map(|row| row.get(0)).collect())
    }

    /// The rows of a query, each value a text.
    ///
    /// # Errors
    /// The database's words.
    pub fn query(&mut self, sql: &str) -> Result<Rows, Refused> {
        let mut found = Rows::default();
        for message in self.client.simple_query(sql).map_err(|error| words(&error))? {
            let SimpleQueryMessage::Row(row) = message else { continue };
            found.columns = row.columns().iter().map(|column| column.name().to_owned()).collect();
            let value = |at| row.get(at).map_or(Value::Null, |text| Value::Text(text.to_owned()));
            found.rows.push((0..row.len()).map(value).collect());
        }
        Ok(found)
    }
}

/// A domain is what it is made of, an enumeration a text; only a table says what may be NULL.
const COLUMNS: &str = "
SELECT a.attname::text,
       CASE t.typtype
         WHEN 'd' THEN pg_catalog.format_type(t.typbasetype, t.typtypmod)
         WHEN 'e' THEN 'text'
         ELSE pg_catalog.format_type(a.atttypid, a.atttypmod)
       END,
       CASE WHEN c.relkind IN ('r', 'p') THEN NOT (a.attnotnull OR t.typnotnull) END
FROM pg_catalog.pg_attribute AS a
JOIN pg_catalog.pg_class AS c ON c.oid = a.attrelid
JOIN pg_catalog.pg_type AS t ON t.oid = a.atttypid
WHERE a.attrelid = $1 AND a.attnum > 0 AND NOT a.attisdropped
ORDER BY a.attnum";

const TABLES: &str = "
SELECT n.nspname || '.' || c.relname
FROM pg_catalog.pg_class AS c JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND n.nspname NOT IN ('pg_catalog', 'information_schema')
ORDER BY 1 LIMIT 10000";

/// A socket, or this machine's own address.
fn is_local(config: &Config) -> bool {
    let own = |host: &Host| match host {
        #[cfg(unix)]
        Host::Unix(_) => true,
        Host::Tcp(name) => matches!(name.as_str(), "localhost" | "127.0.0.1" | "::1"),
    };
    config.get_hosts().iter().all(own) && config.get_hostaddrs().iter().all(std::net::IpAddr::is_loopback)
}

/// Whether somebody wrote that no encryption is wanted, which is another thing than saying nothing.
fn says_disable(text: &str) -> bool {
    let spaceless: String = text.chars().filter(|c| !c.is_whitespace() && *c != '\'').collect();
    spaceless.contains("sslmode=disable")
}

fn words(error: &postgres::Error) -> Refused {
    let said = match error.as_db_error() {
        Some(error) => error.message().to_owned(),
        None => {
            let cause = std::error::Error::source(error).map(|cause| format!(": {cause}"));
            format!(
                "{error}{}",
                cause.filter(|cause| !error.to_string().ends_with(cause.as_str())).unwrap_or_default()
            )
        }
    };
    Refused::Database(said)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_sent_in_the_open_unless_somebody_says_so() {
        let open = |text: &str| Connection::open("postgres", text).map(|_| ()).expect_err("it is refused");
        assert_eq!(open("postgresql://reader:secret@db.example.org/shop"), Refused::Unencrypted);
        assert_eq!(open("host=db.example.org user=reader sslmode=require"), Refused::Unencrypted);
        assert_eq!(open("host=localhost sslmode=require"), Refused::Unencrypted);
        assert_eq!(open("not a connection"), Refused::NotUnderstood);
        assert_eq!(
            Connection::open("bigquery", "x").map(|_| ()).expect_err("none is known"),
            Refused::UnknownDatabase
        );
    }

    #[test]
    fn a_refusal_never_has_the_password() {
        let refused = Connection::open("postgres", "host=/nowhere user=reader password=secret-word");
        let said = format!("{:?}", refused.map(|_| ()).expect_err("nobody is there"));
        assert!(!said.contains("secret-word"), "{said}");
    }
}
