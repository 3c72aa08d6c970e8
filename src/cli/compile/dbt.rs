//! What dbt is told of models beside their SQL: columns, words and tests. It renders words, too.

use kpic::dialect;
use kpic::plan::{Plan, Role, STATUSES};
use kpic::resolve::Resolved;
use kpic::resolve::resolved::{Kpi, UnitName};
use serde_json::{Value, json};

/// The file beside the models.
pub const FILE: &str = "_kpic.yml";

/// A model's entry.
pub fn model(resolved: &Resolved, plan: &Plan) -> Value {
    let name = plan.outputs.first().map_or("", |output| output.kpi.as_str());
    let scope = &plan.scope;
    let slicings: Vec<String> = scope.slicings.iter().map(|slicing| scope.name(slicing)).collect();
    let segments: Vec<&str> = scope.segments.iter().map(|segment| segment.id.as_str()).collect();
    let mut columns = vec![
        column(
            "period_start",
            &format!("The first day of the {}", plan.grain.word()),
            vec![json!("not_null")],
        ),
        column("slicing", "What the row is sliced by", one_of(json!(slicings))),
        column("segment", "The segment that the row is restricted to", one_of(json!(segments))),
    ];
    for dimension in &scope.dimensions {
        let label = resolved.dimensions.get(&dimension.id).and_then(|info| info.label.as_deref());
        columns.push(column(&dimension.id, label.unwrap_or(""), Vec::new()));
    }
    for output in &plan.outputs {
        let tests = if output.role == Role::Status { one_of(json!(STATUSES)) } else { Vec::new() };
        let label = output.label.as_deref().unwrap_or(&output.kpi);
        let said = match output.role {
            Role::Value => label.to_string(),
            role => format!("{label}: {}", role.word().replace('_', " ")),
        };
        columns.push(column(&output.column(), &said, tests));
    }
    let kpi = resolved.kpis.get(name);
    let mut entry = json!({ "name": name });
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
            meta[name] = json!(fact);
        }
    }
    meta
}

fn column(name: &str, description: &str, tests: Vec<Value>) -> Value {
    let mut column = json!({ "name": name });
    if !description.is_empty() {
        column["description"] = json!(dialect::verbatim(description));
    }
    if !tests.is_empty() {
        column["data_tests"] = json!(tests);
    }
    column
}

fn one_of(values: Value) -> Vec<Value> {
    vec![json!("not_null"), json!({ "accepted_values": { "values": values } })]
}

/// The file of these models.
pub fn properties(models: Vec<Value>) -> String {
    let file = json!({ "version": 2, "models": models });
    serde_yaml::to_string(&file).expect("texts, lists and maps are YAML")
}
