//! Requests to the shop: kpic's SQL for them, and SQL written by hand.

use std::fs;
use std::path::{Path, PathBuf};

use kpic::diagnostic::Sink;
use kpic::dialect::Dialect;
use kpic::lower::{self, SqlTexts};
use kpic::plan;
use kpic::resolve::resolved::{Grain, PeriodKind};
use kpic::resolve::{self, Catalog, Resolved};
use kpic::source::FileId;
use kpic::syntax::ast::ProjectFile;
use kpic::syntax::dsl;
use kpic::{dialect, model};
use minijinja::{Environment, context};

pub const TWENTY: &[&str] = &[
    "sessions",
    "pageviews",
    "bounces",
    "visitors",
    "orders",
    "revenue",
    "buyers",
    "items",
    "bounce_rate",
    "pages_per_session",
    "time_per_session",
    "new_share",
    "conversion_rate",
    "orders_per_session",
    "average_order_value",
    "items_per_order",
    "margin",
    "promo_share",
    "revenue_per_visitor",
    "revenue_per_buyer",
];
pub const SEGMENTS: &[&str] = &["mobile", "desktop", "organic", "paid", "mobile_paid"];
/// The same in SQL.
const CONDITIONS: [&str; 5] = [
    "device = 'mobile'",
    "device = 'desktop'",
    "channel = 'organic'",
    "channel = 'paid'",
    "device = 'mobile' AND channel = 'paid'",
];
const YEARS: [i16; 2] = [2025, 2026];

/// What is asked, over all facts.
pub struct Request {
    pub folder: &'static str,
    pub kpis: &'static [&'static str],
    pub by: &'static [&'static str],
    pub segments: &'static [&'static str],
    pub grain: Grain,
}

/// Another way to the same answer.
pub struct Rival {
    pub name: String,
    pub sql: String,
}

impl Request {
    pub fn title(&self) -> String {
        let mut title = match self.kpis.len() {
            1 => format!("{} by {}", self.kpis[0], self.grain.word()),
            count => format!("{count} KPIs by {}", self.grain.word()),
        };
        self.by.iter().for_each(|dimension| title += &format!(", {dimension}"));
        if !self.segments.is_empty() {
            title += &format!(", in {} segments", self.segments.len());
        }
        title
    }

    /// The columns that every answer has: keys, then KPIs.
    pub fn columns(&self) -> Vec<&'static str> {
        let segment: &[&str] = if self.segments.is_empty() { &[] } else { &["segment"] };
        [&["period_start"], self.by, segment, self.kpis].concat()
    }

    /// The SQL written by hand, by the names of its files.
    pub fn rivals(&self) -> Vec<Rival> {
        let home = home();
        let mut templates = Environment::new();
        for folder in [&home, &home.join(self.folder)] {
            for (name, text) in texts(folder, &home) {
                templates.add_template_owned(name, text).expect("a template can be read");
            }
        }
        let own = texts(&home.join(self.folder), &home);
        let sql = own.into_iter().filter(|(name, _)| name.ends_with(".sql"));
        let rival = |(name, text): (String, String)| {
            let way = text.lines().next().unwrap_or_default().trim_start_matches("-- ").to_string();
            let template = templates.get_template(&name).expect("it was just added");
            let sql = template.render(context! { months => months(), segments => segments() });
            Rival { name: way, sql: sql.unwrap_or_else(|error| panic!("{name}: {error:#}")) }
        };
        sql.map(rival).collect()
    }
}

fn home() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/warehouse")
}

/// The files of a folder by their paths from `home`, in order.
fn texts(folder: &Path, home: &Path) -> Vec<(String, String)> {
    let entries = fs::read_dir(folder).expect("the folder is part of the repository");
    let mut texts: Vec<(String, String)> = entries
        .map(|entry| entry.expect("a folder can be read").path())
        .filter(|path| path.extension().is_some_and(|end| end == "sql" || end == "part"))
        .map(|path| {
            let name = path.strip_prefix(home).expect("it lies beneath").to_string_lossy().into_owned();
            (name, fs::read_to_string(&path).expect("it is text"))
        })
        .collect();
    texts.sort();
    texts
}

fn months() -> Vec<minijinja::Value> {
    let all = YEARS.iter().flat_map(|year| (1..=12).map(move |month| (*year, month)));
    let month = |(year, month): (i16, i16)| {
        let (next_year, next) = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
        context! {
            start => format!("{year}-{month:02}-01"),
            end => format!("{next_year}-{next:02}-01"),
            number => i32::from(year) * 12 + i32::from(month) - 1,
        }
    };
    all.map(month).collect()
}

fn segments() -> Vec<minijinja::Value> {
    let all = SEGMENTS.iter().zip(CONDITIONS).enumerate();
    all.map(|(i, (name, condition))| context! { name => *name, condition => condition, bit => 1 << i })
        .collect()
}

/// The shop's definitions, and the dialect that requests to it are compiled for.
pub struct Shop {
    resolved: Resolved,
    dialect: &'static dyn Dialect,
}

impl Shop {
    /// As an environment says it that knows the order of the rows, or one that does not.
    pub fn new(ordered: bool) -> Shop {
        let mut sink = Sink::new();
        let files = [dsl::parse(FileId(0), include_str!("shop.kpi"), &mut sink)];
        let settings = ProjectFile::default();
        let model = model::build(&files, &settings, &mut sink);
        let mut resolved = resolve::resolve(&model, &Catalog::default(), &mut sink);
        assert!(sink.is_empty(), "{:#?}", sink.into_sorted());
        for (source, time) in [("sessions", "started_at"), ("orders", "ordered_at")] {
            resolved.sources[source].ordered_by = ordered.then(|| time.into());
        }
        Shop { resolved, dialect: dialect::EMBEDDED }
    }

    #[allow(dead_code, reason = "one benchmark speaks others")]
    pub fn speaking(self, dialect: &'static dyn Dialect) -> Shop {
        Shop { dialect, ..self }
    }

    /// kpic's SQL for a request.
    pub fn sql(&self, request: &Request) -> String {
        self.text(request, request.kpis, request.segments)
    }

    /// kpic's SQL for each KPI and segment by itself.
    pub fn single(&self, request: &Request) -> Vec<String> {
        let segments: Vec<&[&str]> = match request.segments {
            [] => vec![&[]],
            all => all.chunks(1).collect(),
        };
        let kpis = request.kpis.chunks(1);
        kpis.flat_map(|kpi| segments.iter().map(|segment| self.text(request, kpi, segment))).collect()
    }

    /// kpic's SQL for some of a request's KPIs and segments.
    pub fn text(&self, request: &Request, kpis: &[&str], segments: &[&str]) -> String {
        let names = |list: &[&str]| list.iter().map(|name| (*name).to_string()).collect::<Vec<_>>();
        let request = plan::Request {
            kpis: names(kpis),
            by: if request.by.is_empty() { Vec::new() } else { vec![names(request.by)] },
            grain: Some(request.grain),
            segments: names(segments),
            from: Some(PeriodKind::Year(YEARS[0])),
            to: Some(PeriodKind::Year(YEARS[1])),
            ..plan::Request::default()
        };
        let plan = plan::plan(&self.resolved, &request).expect("the request is sound");
        let query = lower::lower(&self.resolved, &plan, &SqlTexts::new(), self.dialect.capabilities())
            .expect("every source has a table");
        dialect::print(&query, self.dialect).expect("the dialect says it all")
    }
}
