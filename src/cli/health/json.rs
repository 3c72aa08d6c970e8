//! What data is like, for programs.

use serde_json::{Map, Value, json};

use super::examine::{Counted, Examined, Sample};

/// One source.
pub fn of(examined: &Examined) -> Value {
    let newest: Map<String, Value> =
        examined.newest.iter().map(|(column, at)| (column.clone(), json!(at))).collect();
    let joins: Vec<Value> = examined
        .joins
        .iter()
        .map(|join| {
            json!({
                "name": join.name,
                "source": join.to,
                "on": join.on,
                "without": join.without,
                "unmatched": counted(&join.unmatched),
            })
        })
        .collect();
    let accepted: Map<String, Value> =
        examined.unaccepted.iter().map(|(name, others)| (name.clone(), counted(others))).collect();
    json!({
        "source": examined.source,
        "rows": examined.rows,
        "newest": newest,
        "key": examined.key.as_ref().map(|key| json!({
            "columns": key.columns,
            "versions": key.of_versions,
            "repeated": counted(&key.repeated),
        })),
        "joins": joins,
        "backward": examined.backward.as_ref().map(counted),
        "not_accepted": accepted,
    })
}

/// A count with its sample: null where there is none, or where it would tell of persons.
fn counted(counted: &Counted) -> Value {
    let sample = match &counted.sample {
        Sample::Nothing | Sample::Personal => Value::Null,
        Sample::Keys(keys) => keys.iter().map(|key| json!({"key": key.values, "rows": key.rows})).collect(),
    };
    json!({
        "count": counted.count,
        "sample": sample,
        "personal": matches!(counted.sample, Sample::Personal),
    })
}
