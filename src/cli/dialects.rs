//! `kpic dialects`

use clap::{Args, ValueEnum};
use comfy_table::{ContentArrangement, Table, presets};
use kpic::dialect::{self, CONSTRUCTS, Support};
use serde_json::{Map, Value, json};

use super::{Outcome, Stop, output};

#[derive(Debug, Args)]
pub struct Arguments {
    /// How the table is shown
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
enum Format {
    #[default]
    Table,
    Markdown,
    /// An object for each construct
    Json,
}

/// Shows what each dialect can say.
///
/// # Errors
/// A result that cannot be written.
pub fn dialects(arguments: &Arguments) -> Result<Outcome, Stop> {
    let text = match arguments.format {
        Format::Table => table(presets::UTF8_FULL_CONDENSED),
        Format::Markdown => table(presets::ASCII_MARKDOWN),
        Format::Json => json(),
    };
    output::result(&text)?;
    Ok(Outcome::Done)
}

fn table(preset: comfy_table::TableStyle) -> String {
    let mut table = Table::new();
    table.load_style(preset).set_content_arrangement(ContentArrangement::Disabled);
    table.set_header(std::iter::once("").chain(dialect::names()));
    let mut refused = Vec::new();
    for construct in &CONSTRUCTS {
        let mut cells = vec![construct.name.to_string()];
        for dialect in dialect::ALL {
            cells.push(match construct.on(dialect) {
                Support::Native => "yes".to_string(),
                Support::Rewritten => "rewritten".to_string(),
                Support::Refused(missing) => {
                    let note = format!("{}: {}", missing.what, missing.why);
                    let place = refused.iter().position(|other| *other == note).unwrap_or(refused.len());
                    if place == refused.len() {
                        refused.push(note);
                    }
                    format!("no ({})", place + 1)
                }
            });
        }
        table.add_row(cells);
    }
    let mut text = format!(
        "{table}\n\nyes: in words of its own; rewritten: from what the database has; no: compiling is refused\n"
    );
    for (number, note) in refused.iter().enumerate() {
        text += &format!("({}) {note}\n", number + 1);
    }
    text
}

fn json() -> String {
    let rows = CONSTRUCTS.iter().map(|construct| {
        let on = dialect::ALL.into_iter().map(|dialect| {
            let support = match construct.on(dialect) {
                Support::Native => json!({ "support": "native" }),
                Support::Rewritten => json!({ "support": "rewritten" }),
                Support::Refused(missing) => {
                    json!({ "support": "refused", "what": missing.what, "why": missing.why, "help": missing.help })
                }
            };
            (dialect.name().to_string(), support)
        });
        json!({ "construct": construct.name, "dialects": on.collect::<Map<String, Value>>() })
    });
    let rows: Vec<Value> = rows.collect();
    serde_json::to_string_pretty(&rows).expect("texts and lists are JSON") + "\n"
}
