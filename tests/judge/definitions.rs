//! A world's project in the language.

use super::measure::Source;
use super::world::World;

/// What every source has: a customer and the dimensions.
const SHARED: &str = "  join customer: customers on customer_id
  column customer_id : integer
  dimension channel
  dimension device
  dimension buyer = customer_id
";

const CUSTOMERS: &str = "source customers {
  table customers
  key customer_id
  column customer_id : integer
  dimension country
}
";

impl World {
    /// The project, a file.
    pub fn definitions(&self) -> String {
        let segments: String = (self.segments.iter().enumerate())
            .map(|(i, condition)| format!("segment s{i} where {}\n", condition.text(false)))
            .collect();
        [self.sales_source(), self.visits_source(), CUSTOMERS.into(), segments, self.kpi_items()].concat()
    }

    fn sales_source(&self) -> String {
        let kept = self.kept.as_ref().map(|c| format!("  rows where {}\n", c.text(true)));
        let since = self.since.map(|n| format!("  since {}\n", self.day(n)));
        format!(
            "source sales {{\n  table sales\n  key id\n  time at in UTC\n{}{}{SHARED}  column at : timestamp\n  \
             column shipped_on : date\n  column amount : decimal(10,2)\n  column items : integer\n{}}}\n",
            kept.unwrap_or_default(),
            since.unwrap_or_default(),
            self.measures_of(Source::Sales),
        )
    }

    fn visits_source(&self) -> String {
        format!(
            "source visits {{\n  table visits\n  key id\n  time day\n{SHARED}  column day : date\n{}}}\n",
            self.measures_of(Source::Visits)
        )
    }

    fn measures_of(&self, source: Source) -> String {
        let own = self.measures.iter().enumerate().filter(|(_, m)| m.axis.source() == source);
        own.map(|(i, m)| format!("  measure m{i} = {}\n", m.text())).collect()
    }

    fn kpi_items(&self) -> String {
        let items = self.kpis.iter().enumerate().map(|(i, kpi)| {
            let settled = kpi.settled.map(|by| format!(" {{ settled {} }}", by.text()));
            format!("kpi k{i} = {}{}\n", kpi.formula.text(), settled.unwrap_or_default())
        });
        items.collect()
    }
}
