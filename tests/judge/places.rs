//! Members among each other: the place of one, and what it and those before it make up.

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// 1 for the highest number; for the lowest of a KPI that is better when lower.
    Rank,
    /// The share of the total, the highest first.
    CumulativeShare,
}

impl Place {
    pub fn word(self) -> &'static str {
        match self {
            Place::Rank => "rank",
            Place::CumulativeShare => "cumulative_share",
        }
    }

    /// That of a member with this number, among those of all, its own included. Equal numbers share
    /// a place.
    pub fn of(self, own: f64, all: &[f64], is_better_lower: bool) -> Option<f64> {
        match self {
            Place::Rank => {
                let is_before = |other: &&f64| if is_better_lower { **other < own } else { **other > own };
                Some(1.0 + all.iter().filter(is_before).count() as f64)
            }
            Place::CumulativeShare => {
                let total: f64 = all.iter().sum();
                // Shares of losses, and of nothing, are none.
                if total == 0.0 || all.iter().any(|number| *number < 0.0) {
                    return None;
                }
                Some(all.iter().filter(|number| **number >= own).sum::<f64>() / total)
            }
        }
    }
}
