//! SQL as a dbt model: what dbt renders before a database reads it.

/// How dbt names a table: one of a schema is a `source`, one without is another model.
pub fn relation(path: &[String]) -> String {
    let quoted: Vec<_> = path.iter().map(|part| quoted(part)).collect();
    match quoted.as_slice() {
        [.., schema, table] => format!("{{{{ source({schema}, {table}) }}}}"),
        [model] => format!("{{{{ ref({model}) }}}}"),
        [] => String::new(),
    }
}

/// A text literal with a variable of the dbt project in it.
pub fn variable(name: &str, default: &str) -> String {
    format!("'{{{{ var({}, {}) }}}}'", quoted(&format!("kpic_{name}")), quoted(default))
}

/// A text of Jinja.
fn quoted(text: &str) -> String {
    let mut out = String::from("'");
    for c in text.chars() {
        match c {
            '\\' | '\'' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            other => out.push(other),
        }
    }
    out.push('\'');
    out
}

/// SQL that Jinja gives back as it was: signs that it would read are texts of its own.
pub fn verbatim(sql: &str) -> String {
    let mut out = String::with_capacity(sql.len());
    let mut rest = sql;
    while let Some(at) = rest.find(['{', '}', '#', '%']) {
        let (before, sign) = rest.split_at(at);
        out.push_str(before);
        let pair = ["{{", "}}", "{%", "%}", "{#", "#}"].into_iter().find(|pair| sign.starts_with(pair));
        match pair {
            Some(pair) => {
                out.push_str(&format!("{{{{ '{pair}' }}}}"));
                rest = &sign[pair.len()..];
            }
            None => {
                out.push_str(&sign[..1]);
                rest = &sign[1..];
            }
        }
    }
    out + rest
}
