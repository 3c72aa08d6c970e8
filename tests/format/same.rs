//! What has to be the same after printing and reading; fuzzing asks it, too.

use kpic::syntax::ast::*;

/// Items by kind and properties that repeat together, as YAML orders them.
pub fn grouped(file: &File) -> Vec<Item> {
    let kind = |item: &Item| match item {
        Item::Param(_) => 0,
        Item::Source(_) => 1,
        Item::Segment(_) => 2,
        Item::Segmentation(_) => 3,
        Item::Funnel(_) => 4,
        Item::Cohort(_) => 5,
        Item::Attribution(_) => 6,
        Item::Experiment(_) => 7,
        Item::Kpi(_) => 8,
        Item::Test(_) => 9,
        Item::Targets(_) => 10,
        Item::Objective(_) => 11,
        Item::Dashboard(_) => 12,
        Item::Event(_) => 13,
        Item::Assertion(_) => 14,
    };
    let mut items = file.items.clone();
    items.sort_by_key(kind);
    for item in &mut items {
        if let Item::Kpi(kpi) = item {
            let kinds: Vec<_> = kpi.properties.iter().map(|p| std::mem::discriminant(&p.value)).collect();
            let first =
                |p: &Property<KpiProperty>| kinds.iter().position(|k| *k == std::mem::discriminant(&p.value));
            kpi.properties.sort_by_key(first);
        }
    }
    items
}

/// Every comment of a file, sorted.
pub fn comments(file: &File) -> Vec<String> {
    let mut found = vec![&file.head, &file.trailing];
    for item in &file.items {
        found.push(&item.header().comments);
        found.extend(item.header().allows.iter().map(|p| &p.comments));
        match item {
            Item::Source(source) => of_source(source, &mut found),
            Item::Kpi(kpi) => found.extend(kpi.properties.iter().map(|p| &p.comments)),
            Item::Segmentation(item) => found.extend(item.segments.iter().map(|s| &s.header.comments)),
            Item::Funnel(funnel) => found.extend(funnel.steps.iter().map(|s| &s.header.comments)),
            Item::Experiment(item) => found.extend(item.control.iter().map(|c| &c.comments)),
            Item::Test(test) => of_test(test, &mut found),
            Item::Objective(objective) => of_objective(objective, &mut found),
            Item::Dashboard(dashboard) => of_dashboard(dashboard, &mut found),
            Item::Param(_)
            | Item::Segment(_)
            | Item::Cohort(_)
            | Item::Attribution(_)
            | Item::Targets(_)
            | Item::Event(_)
            | Item::Assertion(_) => {}
        }
    }
    let all =
        |c: &Comments| c.above.iter().chain(&c.behind).chain(&c.inside_end).cloned().collect::<Vec<_>>();
    let mut texts: Vec<String> = found.into_iter().flat_map(all).collect();
    texts.sort();
    texts
}

fn of_test<'a>(test: &'a Test, found: &mut Vec<&'a Comments>) {
    found.extend(test.given.iter().map(|p| &p.comments));
    found.extend(test.when.iter().map(|p| &p.comments));
    found.extend(test.then.iter().map(|p| &p.comments));
    found.extend(test.invariants.iter().map(|p| &p.comments));
    let tables = test.given.iter().map(|p| &p.value.table).chain(test.then.iter().map(|p| &p.value.table));
    found.extend(tables.flat_map(|table| &table.rows).map(|row| &row.comments));
}

fn of_source<'a>(source: &'a Source, found: &mut Vec<&'a Comments>) {
    found.extend(source.relation.iter().map(|p| &p.comments));
    found.extend(source.key.iter().map(|p| &p.comments));
    found.extend(source.times.iter().map(|p| &p.comments));
    found.extend(source.active.iter().chain(&source.valid).map(|p| &p.comments));
    found.extend(source.snapshot.iter().map(|p| &p.comments));
    found.extend(source.since.iter().map(|p| &p.comments));
    found.extend(source.rows.iter().map(|p| &p.comments));
    found.extend(source.joins.iter().map(|d| &d.header.comments));
    found.extend(source.columns.iter().map(|d| &d.header.comments));
    found.extend(source.dimensions.iter().map(|d| &d.header.comments));
    found.extend(source.stocks.iter().chain(&source.measures).map(|d| &d.header.comments));
}

fn of_objective<'a>(objective: &'a Objective, found: &mut Vec<&'a Comments>) {
    found.extend(objective.headline.iter().map(|p| &p.comments));
    found.extend(objective.kpis.iter().map(|p| &p.comments));
    found.extend(objective.baseline.iter().chain(&objective.target).map(|p| &p.comments));
    found.extend(objective.deadline.iter().map(|p| &p.comments));
    found.extend(objective.rationale.iter().chain(&objective.owner).map(|p| &p.comments));
    found.extend(objective.stage.iter().chain(&objective.parent).map(|p| &p.comments));
}

fn of_dashboard<'a>(dashboard: &'a Dashboard, found: &mut Vec<&'a Comments>) {
    found.extend(dashboard.headline.iter().map(|p| &p.comments));
    found.extend(dashboard.kpis.iter().map(|p| &p.comments));
    found.extend(dashboard.by.iter().map(|p| &p.comments));
    found.extend(dashboard.grain.iter().map(|p| &p.comments));
    found.extend(dashboard.owner.iter().map(|p| &p.comments));
}
