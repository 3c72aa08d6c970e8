//! What is said, in one table a language.
//!
//! A phrase has places, `{0}` and `{1}`, for what it is said of. Every language has every
//! phrase: a table that lacks one does not compile.

mod english;
mod french;

pub use english::ENGLISH;
pub use french::FRENCH;

macro_rules! phrases {
    ($($name:ident),* $(,)?) => {
        /// The phrases of one language.
        #[derive(Debug)]
        pub struct Phrases {
            $(pub $name: &'static str,)*
            /// Of each grain, as `Grain` lists them: alone, and `of the month`.
            pub grains: [(&'static str, &'static str); 10],
            /// Of each unit of time, milliseconds to years: one, and several.
            pub units: [(&'static str, &'static str); 9],
            /// January to December: `March 2026`, and `from March 2026`.
            pub months: [(&'static str, &'static str); 12],
        }

        impl Phrases {
            /// Every phrase with its name.
            pub fn all(&self) -> Vec<(&'static str, &'static str)> {
                vec![$((stringify!($name), self.$name)),*]
            }
        }
    };
}

phrases! {
    // Lists and nesting.
    group, comma, and, or, nor, semicolon,
    // Arithmetic.
    plus, minus, times, divided, opposite,
    // Conditions.
    equal, not_equal, same_time, other_time, less, at_most, more, at_least,
    earlier, not_later, later, not_earlier, one_of, none_of, between, not_between,
    starts, not_starts, ends, not_ends, contains, not_contains, like, not_like,
    empty, not_empty, holds, fails, not, when, otherwise,
    // Values.
    nothing, yes, no, quoted, day, first_of_month,
    // Functions of one row.
    abs, round, round_to, floor, ceil, sqrt, ln, exp, power, modulo, greatest, least, coalesce, null_if,
    lower, upper, trim, length, substring, substring_from, replace, concat, bit_and,
    to_text, to_integer, to_decimal, to_float, to_boolean, to_date_type, to_timestamp, to_instant, to_duration,
    year_of, quarter_of, month_of, week_of, day_of, weekday_of, hour_of, minute_of, second_of,
    elapsed, moved_on, moved_back, in_zone,
    // Numbers in time.
    restricted, in_segment, of_all, of_all_slices, before, period_before, taken_whole,
    rolling, to_date, cumulative, decayed, slope, zscore, at_start, at_end, mean_of_days, time_share,
    // Numbers of members.
    count_members, count_members_having, over_members, having, members_of,
    sum, mean, least_of, most_of, median, percentile, deviation, correlation, slope_over,
    rank_high, rank_low, cumulative_share,
    // Tools.
    step, each_step_count, each_step_rate, step_time, retained, per_entrant,
    on_day, within, from_day, by_age, attainment,
    // Versions.
    version, version_from, version_until, version_between,
    // Measures and their rows.
    count, count_distinct, in_unit, rows_where, source, table, file, query, no_table, kept,
    time, is_day, read_in, is_instant, join_key, join_first, join_last, join_nth,
    join_after, join_before, join_within, join_where, join_versions,
    exists_from, exists_until_next, exists_on_day, carried, exists_always,
    read_opening, read_closing, read_mean, read_always,
    funnel, funnel_within, funnel_step, funnel_step_where, cohort, segment, bands, band, band_rest,
    // Targets.
    at_least_value, at_most_value, within_value, from_to, more_than_before, less_than_before, each,
    since_month, since_day, until_month, until_day, for_part, is_member, the_segment,
    status_below, status_above, status_below_share, status_above_share, at_risk, off_track,
    // A page.
    formula, in_words, is_measure, earlier_version, unit, better, better_higher, better_lower, better_range,
    label, also_called, by, accepted, segments, grains_taken, settled, waits, without_rows, shown_as, compact, decimals,
    objective, stage, owner, action, interpretation, tags, drivers, pair_with, leads_to, prefer, vanity,
    vanity_said, version_named, benchmark, benchmark_of, effective, target, status, serves, on_dashboards,
    asserted_in, defined_at, not_available, needs, needs_table, needs_table_with, needs_column, needs_columns,
    kpi_part, measure_part, stock_part, funnel_part, cohort_part, segment_part, bands_part,
    baseline, deadline, rationale, parent, parent_of, headline, called, assertion, begins, ends_with, stays,
    concerns,
    percent, ratio, counted, score, score_of, duration,
}

/// A phrase with its places filled.
pub fn fill(phrase: &str, parts: &[&str]) -> String {
    let mut out = String::with_capacity(phrase.len());
    let mut rest = phrase;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let Some((place, behind)) = after.split_once('}') else { break };
        let part = place.parse::<usize>().ok().and_then(|place| parts.get(place));
        out.push_str(part.copied().unwrap_or_default());
        rest = behind;
    }
    out.push_str(rest);
    out
}
