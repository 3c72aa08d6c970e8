//! What dbt is told of models beside their SQL: columns, words and tests. It renders words, too.

use kpic::dialect::{self, Dialect};
use kpic::plan::{Plan, Role, STATUSES};
use kpic::resolve::Resolved;
use kpic::resolve::resolved::{Kpi, UnitName};
use kpic::value::Literal;
use serde_json::{Value, json};

/// The file beside the models.
pub const FILE: &str = "_kpic.yml";

/// The entry of the model in a file.
pub fn model(file: &str, resolved: &Resolved, plan: &Plan, dialect: &dyn Dialect) -> Value {
    let scope = &plan.scope;
    let slicings = scope.slicings.iter().map(|slicing| scope.name(slicing));
    let segments = scope.segments.iter().map(|segment| segment.id.clone());
    let column = |name: &str, said: &str, tests| column(name, said, tests, dialect);
    let one_of = |names: Vec<String>| {
        let names: Vec<Literal> = names.into_iter().map(Literal::Text).collect();
        vec![json!("not_null"), accepted(&names, dialect)]
    };
    let mut columns = vec![
        column(
            "period_start",
            &format!("The first day of the {}", plan.grain.word()),
            vec![json!("not_null")],
        ),
        column("slicing", "What the row is sliced by", one_of(slicings.collect())),
        column("segment", "The segment that the row is restricted to", one_of(segments.collect())),
    ];
    for dimension in &scope.dimensions {
        let info = resolved.dimensions.get(&dimension.id);
        let label = info.and_then(|info| info.label.as_deref());
        // Beside named members stand those of the others together.
        let list = info.and_then(|info| info.accepted.as_deref()).filter(|_| plan.named.is_none());
        let tests = list.map(|list| accepted(&list.values, dialect)).into_iter().collect();
        columns.push(column(&dimension.id, label.unwrap_or(""), tests));
    }
    for output in &plan.outputs {
        let tests = match output.role {
            Role::Status => one_of(STATUSES.map(str::to_owned).to_vec()),
            _ => Vec::new(),
        };
        let label = output.label.as_deref().unwrap_or(&output.kpi);
        let said = match output.role {
            Role::Value => label.to_string(),
            role => format!("{label}: {}", role.word().replace('_', " ")),
        };
        columns.push(column(&output.column(), &said, tests));
    }
    let name = plan.outputs.first().map_or(file, |output| output.kpi.as_str());
    let kpi = resolved.kpis.get(name);
    let mut entry = json!({ "name": file });
    let label = kpi.and_then(|kpi| kpi.label.as_deref()).unwrap_or(name);
    entry["description"] = json!(dialect::verbatim(label));
    entry["config"] = json!({ "meta": { "kpic": kpi.map(meta) } });
    entry["columns"] = json!(columns);
    entry
}

/// What a catalog can show of a KPI.
fn meta(kpi: &Kpi) -> Value {
    let mut meta = json!({});
    let facts = [
        ("unit", kpi.unit.as_ref().map(UnitName::word)),
        ("owner", kpi.owner().map(str::to_owned)),
        ("objective", kpi.objective().map(str::to_string)),
        ("stage", kpi.stage().map(str::to_string)),
    ];
    for (name, fact) in facts {
        if let Some(fact) = fact {
            meta[name] = json!(dialect::verbatim(&fact));
        }
    }
    meta
}

fn column(name: &str, description: &str, tests: Vec<Value>, dialect: &dyn Dialect) -> Value {
    let (name, is_quoted) = dialect::between_quotes(dialect, name);
    let mut column = json!({ "name": dialect::verbatim(&name) });
    if is_quoted {
        column["quote"] = json!(true);
    }
    if !description.is_empty() {
        column["description"] = json!(dialect::verbatim(description));
    }
    if !tests.is_empty() {
        column["data_tests"] = json!(tests);
    }
    column
}

/// The values that a column may have beside NULL: rows of another slicing have no member.
fn accepted(list: &[Literal], dialect: &dyn Dialect) -> Value {
    let is_plain = |text: &str| text.chars().all(|c| c.is_alphanumeric() || " _-.,".contains(c));
    // dbt's own quotes escape nothing.
    let quotes = list.iter().all(|value| match value {
        Literal::Text(text) | Literal::Date(text) => is_plain(text),
        _ => false,
    });
    let text = |value: &Literal| match value {
        Literal::Text(text) if quotes => text.clone(),
        Literal::Text(text) => dialect.text(text),
        Literal::Boolean(value) => value.to_string(),
        Literal::Number(text) | Literal::Date(text) | Literal::Timestamp(text) | Literal::Instant(text) => {
            text.clone()
        }
        Literal::Null(_) | Literal::Interval(_) => "null".to_string(),
    };
    let values: Vec<String> = list.iter().map(|value| dialect::verbatim(&text(value))).collect();
    match quotes {
        true => json!({ "accepted_values": { "values": values } }),
        false => json!({ "accepted_values": { "values": values, "quote": false } }),
    }
}

/// The file of these models.
pub fn properties(models: Vec<Value>) -> String {
    let file = json!({ "version": 2, "models": models });
    serde_yaml::to_string(&file).expect("texts, lists and maps are YAML")
}
