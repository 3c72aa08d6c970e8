//! Rows that are not cut to periods but meet them: stocks, and windows whose bounds
//! lie within a day.
//!
//! A subscription counts at the end of March if it started before and had not ended:
//! it meets every month that it lives through. A stock level counts on the day of the
//! last snapshot of the month.

use jiff::ToSpan;

use super::{Agg, Body, Expr, GroupBy, OfGroup, PERIOD, Select, aggregate, named};
use crate::diagnostic::{Code, Diagnostic};
use crate::lower::columns::key_column;
use crate::lower::scan::{Scan, When};
use crate::lower::time::{self, Time};
use crate::lower::versions;
use crate::lower::windows::{self, END, START};
use crate::plan::{Fill, Interval, Moment, Step, time_of};
use crate::resolve::resolved::{Aggregate, Axis, AxisKind, Balance, Existence, Grain, Placed, Snapshot};
use crate::resolve::scalar;
use crate::sql::{Item, Join, JoinKind, Literal, Operator};

/// How many days a period's mean is over.
const DAYS: &str = "days";
/// When the snapshot was taken that a period reads.
const TAKEN: &str = "taken";

/// How rows meet the asked periods.
pub struct Meeting {
    /// Rows that come and go, added up by day, in place of rows that meet instants.
    pub flows: Option<Flows>,
    pub joins: Vec<Join>,
    /// The period that a row counts in.
    pub period: Expr,
    pub mean: Option<Mean>,
    /// A CTE of the periods of which something is known, if that depends on the data.
    pub known_by: Option<String>,
    /// The instant at which a row is read, and how it is written.
    instant: Option<(Expr, AxisKind)>,
    /// The day of a row, and where the window ends that it is in.
    pub ages: Option<(Expr, Expr)>,
}

/// A stock's rows as what comes in and what goes out.
pub struct Flows {
    pub comes: Expr,
    /// When a row goes, and which rows do while something is read; `None`: none ever does.
    pub goes: Option<(Expr, Expr)>,
    /// Which rows are looked at.
    pub counts: Vec<Expr>,
}

/// Of a mean over days.
#[derive(Clone)]
pub struct Mean {
    /// Tells the period's days apart.
    pub day: Expr,
    pub days: Expr,
}

/// An instant at which a stock is read, for a period.
struct Boundary {
    period: Moment,
    /// From when on a snapshot stands for this instant.
    start: Moment,
    end: Moment,
    /// How many instants the period has.
    days: usize,
}

/// More instants than this, and rows that come and go are added up once.
const FEW: usize = 2;

impl Meeting {
    /// Rows that are cut to steps all the same.
    fn of_steps() -> Meeting {
        let period = Expr::column(PERIOD);
        Meeting {
            flows: None,
            joins: Vec::new(),
            period,
            mean: None,
            known_by: None,
            instant: None,
            ages: None,
        }
    }

    /// Rows beside the periods of a relation.
    fn of(alias: &str) -> Meeting {
        Meeting { period: Expr::of(alias, PERIOD), ..Meeting::of_steps() }
    }

    pub fn joins(&self) -> Vec<Join> {
        self.joins.clone()
    }
}

impl OfGroup<'_, '_> {
    /// How this group's rows meet periods; `None`: they are cut to steps of time.
    pub(super) fn meeting(&mut self) -> Result<Option<Meeting>, Diagnostic> {
        if !self.group.meets_periods() {
            return Ok(None);
        }
        match &self.group.placed {
            Placed::At(_) => Ok(Some(self.in_windows())),
            Placed::Exists(Existence::Interval { from, until }) => self.while_active(from, until).map(Some),
            Placed::Exists(Existence::Snapshot(snapshot)) => self.in_snapshots(snapshot).map(Some),
            Placed::Exists(Existence::Timeless) => self.always().map(Some),
        }
    }

    /// Looks up what depends on the instants that rows have met.
    pub(super) fn look_up_late(&mut self) -> Result<(), Diagnostic> {
        let Some((column, kind)) = self.meets.as_ref().and_then(|meets| meets.instant.clone()) else {
            return self.scan.late().map_or(Ok(()), |lookup| Err(versions::without_time(lookup)));
        };
        let calendar = &self.lowering.plan.calendar;
        let instant = Time { kind: &kind, column, calendar, low: None, high: None };
        let joins = self.scan.at_instant(&self.lowering.tables(self.group), &self.group.source, instant)?;
        if let Some(meets) = &mut self.meets {
            meets.joins.extend(joins);
        }
        Ok(())
    }

    fn balance(&self) -> Balance {
        let reading = &self.lowering.plan.readings[self.group.readings[0]];
        reading.when.balance.unwrap_or(Balance::Closing)
    }

    fn in_windows(&mut self) -> Meeting {
        let (time, reading) = (self.time(), self.group.readings[0]);
        if self.reads_own(reading) {
            let period = time.period(self.lowering.plan.grain);
            return Meeting { period, ..Meeting::of_steps() };
        }
        let (windows, at) = match self.group.step {
            Step::Row => (self.lowering.windows(reading, &|at| time.bound(at)), time.column),
            Step::Period | Step::Day => {
                let grain = self.inner_grain();
                let at = time.period(grain);
                (self.lowering.windows(reading, &|at| time::start(grain, at)), at)
            }
        };
        let alias = self.scan.fresh("w");
        let on = windows.hold(&at, &alias);
        let joins = vec![inner_join(&windows.cte, &alias, Some(on))];
        let ages = Some((at, Expr::of(alias.clone(), END)));
        Meeting { joins, ages, ..Meeting::of(&alias) }
    }

    // ---------------------------------------------------------------- intervals

    /// What came in before the instant and had not gone before it.
    fn while_active(&mut self, from: &Axis, until: &Axis) -> Result<Meeting, Diagnostic> {
        let (from, until) = (self.axis(from), self.axis(until));
        let grain = self.cut();
        let boundaries = self.boundaries(0)?;
        if let Some(flows) = self.flows(&from, &until, &boundaries) {
            return Ok(Meeting { flows: Some(flows), ..Meeting::of_steps() });
        }
        let alike = from.kind == until.kind;
        if !alike && boundaries.iter().any(|b| !self.lowering.plan.calendar.starts_period(grain, b.end)) {
            let message = format!(
                "`{}` exists from and until times of two kinds, and reading it within a day is not supported yet",
                self.group.source
            );
            let stock = &self.lowering.plan.leaves[self.group.leaves[0]];
            return Err(Diagnostic { span: Some(stock.span), ..Diagnostic::general(Code::NotYet, message) }
                .because("a date and a timestamp can be compared by their days alone")
                .help("give both columns the same type, or write `settled` in days"));
        }
        // Of one kind the columns themselves are compared, else the days they lie in.
        let kind = if alike { from.kind.clone() } else { written(grain) };
        let (a, b, bound): (Expr, Expr, Box<dyn Fn(Moment) -> Literal>) = if alike {
            (from.column.clone(), until.column.clone(), Box::new(move |at| from.bound(at)))
        } else {
            (from.period(grain), until.period(grain), Box::new(move |at| time::start(grain, at)))
        };
        let cte = self.instants(&boundaries, false, &*bound);
        let alias = self.scan.fresh("w");
        let at = || Expr::of(alias.clone(), END);
        let instant = Some((at(), kind));
        let came = Expr::binary(Operator::Less, a, at());
        let open = Expr::IsNull { value: b.clone().boxed(), negated: false };
        let stays = Expr::Or(vec![open, Expr::binary(Operator::GreaterEqual, b, at())]);
        let joins = vec![inner_join(&cte, &alias, Some(Expr::And(vec![came, stays])))];
        let mean = self.mean_over(&alias);
        Ok(Meeting { joins, mean, instant, ..Meeting::of(&alias) })
    }

    /// Balances as sums of what came in less what went out: for counts and exact sums at
    /// many instants, all of them starts of days.
    fn flows(&self, from: &Time<'_>, until: &Time<'_>, boundaries: &[Boundary]) -> Option<Flows> {
        let plan = self.lowering.plan;
        let by_day = plan.grain != Grain::Hour && self.balance() != Balance::Mean;
        let reading = &plan.readings[self.group.readings[0]];
        let midnights = !reading.may_end_within_days(&plan.calendar)
            && boundaries.iter().all(|b| plan.calendar.starts_period(Grain::Day, b.end));
        let ends = || boundaries.iter().map(|boundary| boundary.end);
        // Where as-of is chosen later, something is known of another one.
        let (count, none) = match plan.range.as_of_is_chosen() {
            true => (reading.read().count(), Some(Moment::FIRST)),
            false => (boundaries.len(), None),
        };
        let (first, last) = (ends().min().or(none)?, ends().max().or(none)?);
        if !self.group.bands.is_empty()
            || self.scan.is_late()
            || count <= FEW
            || !by_day
            || !midnights
            || !self.group.leaves.iter().all(|leaf| self.adds_up(*leaf))
        {
            return None;
        }
        let (comes, goes) = (from.period(Grain::Day), until.period(Grain::Day));
        let day = |at: Moment| Expr::Literal(time::start(Grain::Day, at));
        let less = |a: &Expr, b: Expr| Expr::binary(Operator::Less, a.clone(), b);
        let mut counts = vec![less(&comes, day(last))];
        let has_gone = less(&goes, day(last));
        if plan.scope.is_total() {
            // What goes at once or has never come takes away what it brings: nobody need ask for it.
            let later = Expr::binary(Operator::Greater, goes.clone(), comes.clone());
            let goes = Expr::Case { whens: vec![(later, goes)], otherwise: Some(comes.clone().boxed()) };
            return Some(Flows { comes, goes: Some((goes, has_gone)), counts });
        }
        // A member occurs with the rows that are there at some instant.
        let never = || Expr::Literal(Literal::Boolean(false));
        let at_once = Expr::binary(Operator::LessEqual, goes.clone(), comes.clone());
        counts.push(Expr::Case {
            whens: vec![(at_once, never()), (less(&goes, day(first)), never())],
            otherwise: Some(Expr::Literal(Literal::Boolean(true)).boxed()),
        });
        Some(Flows { comes, goes: Some((goes, has_gone)), counts })
    }

    /// Whether a stock is what came less what went: a count, or a sum whose digits are exact
    /// and of which nobody asks whether it has rows.
    fn adds_up(&self, leaf: usize) -> bool {
        let plan = self.lowering.plan;
        let filled = || plan.cells.iter().all(|cell| cell.leaf != leaf || cell.fill == Fill::Zero);
        match (&plan.leaves[leaf].aggregate, plan.leaves[leaf].ty) {
            (Aggregate::Count, _) => true,
            (Aggregate::Sum(_), scalar::Type::Integer | scalar::Type::Decimal(_)) => filled(),
            _ => false,
        }
    }

    fn always(&mut self) -> Result<Meeting, Diagnostic> {
        let grain = self.cut();
        // Every day is like the others, unless versions are looked up.
        let differ = self.scan.is_late();
        let boundaries = if differ { self.boundaries(0)? } else { self.closing(0)? };
        let cte = self.instants(&boundaries, false, &|at| time::start(grain, at));
        let alias = self.scan.fresh("w");
        let joins = vec![Join { kind: JoinKind::Cross, from: named(&cte, &alias), on: None }];
        Ok(Meeting {
            joins,
            mean: self.mean_over(&alias).filter(|_| differ),
            instant: Some((Expr::of(alias.clone(), END), written(grain))),
            ..Meeting::of(&alias)
        })
    }

    fn mean_over(&self, alias: &str) -> Option<Mean> {
        (self.balance() == Balance::Mean)
            .then(|| Mean { day: Expr::of(alias, END), days: Expr::of(alias, DAYS) })
    }

    // ---------------------------------------------------------------- snapshots

    /// The rows of the snapshot that stands for each instant.
    fn in_snapshots(&mut self, snapshot: &Snapshot) -> Result<Meeting, Diagnostic> {
        let grain = self.cut();
        let boundaries = self.boundaries(snapshot.carry)?;
        let ever = snapshot.sparse.is_some();
        let instants = self.instants(&boundaries, !ever, &|at| time::start(grain, at));
        let taken = self.taken(snapshot, &instants)?;
        let known_by = self.known_by(&taken, ever);
        let alias = self.scan.fresh("d");
        let mut on = vec![Expr::equal(self.axis(&snapshot.day).column, Expr::of(alias.clone(), TAKEN))];
        for (index, key) in snapshot.sparse.iter().flatten().enumerate() {
            let last = Expr::of(alias.clone(), key_column(index));
            on.push(Expr::NullSafeEqual(self.scan.value(key).boxed(), last.boxed()));
        }
        let mut joins = vec![inner_join(&taken, &alias, Expr::all(on))];
        let mean = (self.balance() == Balance::Mean).then(|| {
            let days = self.scan.fresh("n");
            let same = Expr::equal(Expr::of(days.clone(), PERIOD), Expr::of(alias.clone(), PERIOD));
            joins.push(inner_join(&known_by, &days, Some(same)));
            Mean { day: Expr::of(alias.clone(), END), days: Expr::of(days, DAYS) }
        });
        let instant = Some((Expr::of(alias.clone(), END), written(grain)));
        Ok(Meeting { joins, mean, known_by: Some(known_by), instant, ..Meeting::of(&alias) })
    }

    /// When the snapshot was taken that stands for each instant: the last of the whole
    /// source, never one a slice; of a sparse one, each key's last.
    fn taken(&mut self, snapshot: &Snapshot, instants: &str) -> Result<String, Diagnostic> {
        let (resolved, group) = (self.lowering.resolved, self.group);
        let rows = resolved.sources.get(&group.source).and_then(|source| source.rows.as_ref());
        let day = time_of(&snapshot.day);
        let keys = snapshot.sparse.as_deref().unwrap_or_default();
        let read = std::iter::once(&day).chain(rows).chain(keys);
        let mut scan = Scan::reading(&self.lowering.tables(self.group), &group.source, read, When::Never)?;
        let alias = scan.fresh("w");
        let at = Time::on(&scan, &snapshot.day, &self.lowering.plan.calendar).period(self.cut());
        let mut on = vec![Expr::binary(Operator::Less, at.clone(), Expr::of(alias.clone(), END))];
        if snapshot.sparse.is_none() {
            on.insert(0, Expr::binary(Operator::GreaterEqual, at, Expr::of(alias.clone(), START)));
        }
        let mut keyed = vec![Expr::of(alias.clone(), PERIOD).alias(PERIOD)];
        if self.balance() == Balance::Mean || self.scan.is_late() {
            keyed.push(Expr::of(alias.clone(), END).alias(END));
        }
        keyed.extend(keys.iter().enumerate().map(|(index, key)| scan.value(key).alias(key_column(index))));
        let group_by = GroupBy::Keys(keyed.iter().map(super::item_expr).collect());
        let last = aggregate(Agg::Max, vec![scan.column(&snapshot.day.column)], None);
        let mut joins = scan.joins.clone();
        joins.push(inner_join(instants, &alias, Expr::all(on)));
        let select = Select {
            items: [keyed, vec![last.alias(TAKEN)]].concat(),
            from: Some(scan.from.clone()),
            joins,
            filter: rows.map(|rows| scan.condition(rows)),
            group_by,
            ..Select::default()
        };
        let comment = match snapshot.sparse {
            None => format!("{}: the snapshot that stands for each instant", group.source),
            Some(_) => format!("{}: each key's last row before each instant", group.source),
        };
        let name =
            format!("{}_{}", group.source, if snapshot.sparse.is_none() { "snapshots" } else { "last" });
        Ok(self.lowering.cte(&name, comment, Body::Select(Box::new(select))))
    }

    /// The periods that have a snapshot, and how many of their days have one.
    fn known_by(&mut self, taken: &str, ever: bool) -> String {
        let is_mean = self.balance() == Balance::Mean;
        if !ever && !is_mean {
            return taken.to_string();
        }
        let mut items: Vec<Item> = vec![Expr::of("t", PERIOD).alias(PERIOD)];
        let group_by = GroupBy::Keys(vec![Expr::of("t", PERIOD)]);
        if is_mean {
            items.push(aggregate(Agg::CountDistinct, vec![Expr::of("t", END)], None).alias(DAYS));
        }
        let select = Select { items, from: Some(named(taken, "t")), group_by, ..Select::default() };
        let comment = format!("{}: the periods that have a snapshot", self.group.source);
        let name = format!("{}_known", self.group.source);
        self.lowering.cte(&name, comment, Body::Select(Box::new(select)))
    }

    // ----------------------------------------------------------------- instants

    /// The step in which instants are written.
    fn cut(&self) -> Grain {
        if self.lowering.plan.grain == Grain::Hour { Grain::Hour } else { Grain::Day }
    }

    pub(super) fn axis<'t>(&self, axis: &'t Axis) -> Time<'t>
    where
        Self: 't,
    {
        Time::on(&self.scan, axis, &self.lowering.plan.calendar)
    }

    /// The instants at which the stock is read: of a mean, the end of each day.
    fn boundaries(&self, carry: u32) -> Result<Vec<Boundary>, Diagnostic> {
        let closing = self.closing(carry)?;
        if self.balance() != Balance::Mean {
            return Ok(closing);
        }
        let calendar = &self.lowering.plan.calendar;
        let mut all = Vec::new();
        for (period, interval) in self.known() {
            let Some(low) = interval.low else { continue };
            let mut day = low.local.date();
            let from = all.len();
            loop {
                let end = calendar.day(day.tomorrow().map_err(|_| beyond())?)?;
                if end > interval.high {
                    break;
                }
                let start = calendar.day(carried(day, carry))?;
                all.push(Boundary { period, start, end, days: 0 });
                day = end.local.date();
            }
            let days = all.len() - from;
            all[from..].iter_mut().for_each(|boundary| boundary.days = days);
        }
        Ok(all)
    }

    fn closing(&self, carry: u32) -> Result<Vec<Boundary>, Diagnostic> {
        let calendar = &self.lowering.plan.calendar;
        let boundary = |(period, interval): (Moment, &Interval)| {
            let low = interval.low.unwrap_or(interval.start);
            let last = interval.high.local.date().yesterday().map_err(|_| beyond())?;
            let start = if carry == 0 { low } else { calendar.day(carried(last, carry))?.min(low) };
            Ok(Boundary { period, start, end: interval.high, days: 1 })
        };
        self.known().map(boundary).collect()
    }

    fn known(&self) -> impl Iterator<Item = (Moment, &Interval)> {
        let plan = self.lowering.plan;
        let reading = &plan.readings[self.group.readings[0]];
        plan.range.starts.iter().copied().zip(&reading.each).filter(|(_, i)| i.is_known && !i.is_empty())
    }

    /// The CTE of instants.
    fn instants(
        &mut self,
        boundaries: &[Boundary],
        start: bool,
        bound: &dyn Fn(Moment) -> Literal,
    ) -> String {
        let plan = self.lowering.plan;
        let is_mean = self.balance() == Balance::Mean;
        let row = |b: &Boundary| {
            let mut row = vec![Expr::Literal(time::start(plan.grain, b.period))];
            row.extend(start.then(|| Expr::Literal(bound(b.start))));
            row.push(Expr::Literal(bound(b.end)));
            row.extend(is_mean.then(|| Expr::number(b.days)));
            row
        };
        let mut columns = vec![PERIOD.to_string()];
        columns.extend(start.then(|| START.to_string()));
        columns.push(END.into());
        columns.extend(is_mean.then(|| DAYS.to_string()));
        let rows: Vec<Vec<Expr>> = boundaries.iter().map(row).collect();
        let none = Boundary { period: plan.range.end, start: plan.range.end, end: plan.range.end, days: 0 };
        let body = windows::values(columns, rows, || row(&none));
        let words = windows::name(&plan.readings[self.group.readings[0]]);
        let comment = match self.balance() {
            Balance::Opening => "the instant at which each period starts",
            Balance::Closing => "the instant at which each period ends",
            Balance::Mean => "the ends of each period's days",
        };
        self.lowering.shared_by(Some(self.group.readings[0]), &words.replace(' ', "_"), comment, body)
    }
}

/// How instants are written in a step of time.
fn written(grain: Grain) -> AxisKind {
    match grain {
        Grain::Hour => AxisKind::Timestamp { zone: "UTC".into() },
        _ => AxisKind::Date,
    }
}

fn inner_join(cte: &str, alias: &str, on: Option<Expr>) -> Join {
    Join { kind: JoinKind::Inner, from: named(cte, alias), on }
}

/// The first day whose snapshot stands for a day's.
fn carried(day: jiff::civil::Date, carry: u32) -> jiff::civil::Date {
    day.checked_sub(i64::from(carry).days()).unwrap_or(jiff::civil::Date::MIN)
}

fn beyond() -> Diagnostic {
    Diagnostic::general(Code::BadRange, "the range reaches beyond the years 1 to 9999")
}
