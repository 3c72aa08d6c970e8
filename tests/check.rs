//! `kpic check --changed`, `--fix` and `--watch`.

#[path = "harness/git.rs"]
mod git;
#[path = "harness/place.rs"]
mod place;

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::time::{Duration, Instant};

use git::{commit, git};
use place::{Place, kpic};
use serde_json::Value;

fn read(place: &Place, name: &str) -> String {
    fs::read_to_string(place.path().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn edit(place: &Place, name: &str, from: &str, to: &str) {
    let text = read(place, name);
    assert!(text.contains(from), "{name} has no {from}");
    place.write(name, text.replacen(from, to, 1).as_bytes()).expect("written");
}

// ----------------------------------------------------------------- changed

const PROJECT: &str = "lints:\n  no_owner: warn\n  unused: off\n  redefined: off\n";
const SOURCES: &str = "\
param long = 24 hours

source orders {
  table shop.orders
  key order_id
  time ordered_at in UTC
  rows where status <> 'test'
  join customer: customers on customer_id
  column amount : decimal(12,2) in EUR
  column cost : decimal(12,2) in EUR
  dimension channel
  dimension tier = customer.tier
  measure revenue = sum(amount)
  measure costs = sum(cost)
  measure orders = count()
  measure quick = count() where handled_in < $long
  column handled_in : decimal in hours
}

source customers {
  table shop.customers
  key customer_id
  column tier : text
}

source visits {
  table shop.visits
  key visit_id
  time seen_at in UTC
  column amount : decimal(12,2) in EUR
  measure visits = count()
  measure spend = sum(amount)
}

source returns {
  sql 'queries/returns.sql'
  key return_id
  time returned_at in UTC
  measure returns = count()
}

segment web where channel = 'web'
";
const KPIS: &str = "\
kpi revenue \"Revenue\"
kpi costs
kpi margin = revenue - costs
kpi aov = revenue / orders
kpi by_tier = revenue where tier = 'gold' { unit EUR }
kpi online = orders where web
kpi quick
kpi visits { better higher }
kpi cost_per_visit = spend / visits
";
const MORE: &str = "\
kpi returns
targets budget from 'plans/2026.csv'
";

/// A committed project in which each KPI has a finding: it has no owner.
fn committed() -> Place {
    let place = Place::new(&[
        ("kpic.yaml", PROJECT),
        ("sources.kpi", SOURCES),
        ("kpis.kpi", KPIS),
        ("more.kpi", MORE),
        ("queries/returns.sql", "select * from shop.returns\n"),
        ("plans/2026.csv", "kpi,period,target\nvisits,2026-01,100\n"),
    ]);
    git(place.path(), &["init", "-q"]);
    commit(place.path());
    place
}

/// The KPIs whose missing owner is told, in the order of their names, and other findings.
fn told(place: &Place, arguments: &[&str]) -> Vec<String> {
    let said = place.kpic(&[&["check", "--format", "json"], arguments].concat());
    let found: Vec<Value> = serde_json::from_str(&said.out).unwrap_or_else(|_| panic!("{}", said.err));
    let text = |finding: &Value| {
        let message = finding["message"].as_str().unwrap_or_default();
        match finding["lint"].as_str() {
            Some("no_owner") => message.split('`').nth(1).unwrap_or_default().to_string(),
            _ => format!("{} {message}", finding["code"].as_str().unwrap_or_default()),
        }
    };
    let mut all: Vec<String> = found.iter().map(text).collect();
    all.sort();
    all
}

/// The KPIs of which `kpic diff` says that their meaning differs.
fn in_meaning(place: &Place) -> Vec<String> {
    let said = place.kpic(&["diff", "--format", "json"]);
    let all: Value = serde_json::from_str(&said.out).unwrap_or_else(|_| panic!("{}", said.err));
    let changes = all["changes"].as_array().expect("changes").iter();
    let changes = changes.filter(|change| change["kind"] == "KPI" && change["class"] != "cosmetic");
    changes.filter_map(|change| change["id"].as_str().map(String::from)).collect()
}

const ALL: &str = "aov by_tier cost_per_visit costs margin online quick returns revenue visits";

#[test]
fn only_what_differs_and_what_depends_on_it_is_told() {
    let base = committed();
    assert_eq!(told(&base, &[]).join(" "), ALL);
    assert_eq!(told(&base, &["--changed"]), Vec::<String>::new());
    let of_orders = "aov by_tier costs margin online quick revenue";
    for (what, file, from, to, expected) in [
        ("a comment", "sources.kpi", "source orders", "# All of them.\nsource orders", ""),
        (
            "another layout",
            "kpis.kpi",
            "kpi aov = revenue / orders",
            "kpi aov =\n  revenue   /\n  orders",
            "",
        ),
        (
            "a measure",
            "sources.kpi",
            "sum(amount)\n  measure costs",
            "max(amount)\n  measure costs",
            "aov by_tier margin revenue",
        ),
        (
            "a column",
            "sources.kpi",
            "column amount : decimal(12,2) in EUR\n  column cost",
            "column amount : decimal(12,4) in EUR\n  column cost",
            "aov by_tier margin revenue",
        ),
        (
            "a column of the same name",
            "sources.kpi",
            "column amount : decimal(12,2) in EUR\n  measure",
            "column amount : decimal(12,4) in EUR\n  measure",
            "cost_per_visit",
        ),
        ("the rows of a source", "sources.kpi", "status <> 'test'", "status <> 'trial'", of_orders),
        (
            "the key of a source that is joined",
            "sources.kpi",
            "key customer_id\n  column",
            "key id\n  column",
            "by_tier",
        ),
        ("a column behind a join", "sources.kpi", "column tier : text", "column tier : text pii", "by_tier"),
        ("a dimension", "sources.kpi", "dimension channel", "dimension channel = lower(channel)", "online"),
        ("a segment", "sources.kpi", "channel = 'web'", "channel = 'app'", "online"),
        ("a parameter", "sources.kpi", "24 hours", "12 hours", "quick"),
        ("a label", "kpis.kpi", "\"Revenue\"", "\"Turnover\"", "aov by_tier margin revenue"),
        ("a KPI", "kpis.kpi", "spend / visits", "visits / spend", "cost_per_visit"),
        ("a KPI that is gone", "kpis.kpi", "kpi costs\n", "", "margin"),
        ("a query", "queries/returns.sql", "select *", "select distinct *", "returns"),
        ("a sheet", "plans/2026.csv", "100", "200", "cost_per_visit visits"),
        ("the project", "kpic.yaml", "unused: off", "unused: warn", ALL),
        (
            "a name that is gone",
            "sources.kpi",
            "  measure spend = sum(amount)\n",
            "",
            "K0201 there is no measure or KPI `spend`",
        ),
    ] {
        let place = committed();
        edit(&place, file, from, to);
        let all = told(&place, &[]);
        let changed = told(&place, &["--changed"]);
        let changed: Vec<&String> =
            changed.iter().filter(|finding| expected.starts_with('K') || !finding.starts_with('K')).collect();
        let changed: Vec<&str> = changed.into_iter().map(String::as_str).collect();
        assert!(changed.iter().all(|finding| all.iter().any(|one| one == finding)), "{what}");
        for kpi in in_meaning(&place) {
            let is_told = !ALL.contains(&kpi) || !all.contains(&kpi) || changed.contains(&kpi.as_str());
            assert!(is_told, "{what}: `kpic diff` says that {kpi} differs");
        }
        match expected.starts_with('K') {
            true => assert!(changed.contains(&expected), "{what}: {changed:?}"),
            false => assert_eq!(changed.join(" "), expected, "{what}"),
        }
    }
}

/// A list of a dimension's values holds for the sources that have none.
#[test]
fn accepted_values_concern_every_source_with_the_dimension() {
    let place = Place::new(&[
        ("kpic.yaml", ""),
        (
            "orders.kpi",
            "source orders {\n  table shop.orders\n  key order_id\n  time day\n  column day : date\n  dimension channel\n}\n",
        ),
        (
            "visits.kpi",
            "source visits {\n  table shop.visits\n  key visit_id\n  time day\n  column day : date\n  dimension channel\n  \
             measure visits = count() where channel = 'wbe'\n}\nkpi visits\n",
        ),
    ]);
    git(place.path(), &["init", "-q"]);
    commit(place.path());
    edit(&place, "orders.kpi", "dimension channel", "dimension channel one of 'web', 'shop'");
    let found = ["K0756 'wbe' is no value of `channel`"];
    assert_eq!(told(&place, &["--changed"]), found);
    // In the list of the column beneath, too; and where the list is what has gone.
    edit(
        &place,
        "orders.kpi",
        "dimension channel one of 'web', 'shop'",
        "column channel : text one of 'web'\n  dimension channel",
    );
    assert_eq!(told(&place, &["--changed"]), found);
    commit(place.path());
    assert_eq!(told(&place, &["--changed"]), Vec::<String>::new());
    edit(&place, "visits.kpi", "'wbe'", "'web'");
    edit(&place, "orders.kpi", "one of 'web'", "one of 'app'");
    assert_eq!(told(&place, &["--changed"]), ["K0756 'web' is no value of `channel`"]);
}

#[test]
fn another_schema_lock_concerns_all() {
    let place = committed();
    place.write("kpic.lock.yaml", b"version: 1\ntables: {}\n").expect("written");
    assert_eq!(told(&place, &["--changed"]), told(&place, &[]));
    commit(place.path());
    assert_eq!(told(&place, &["--changed"]), Vec::<String>::new());
    fs::remove_file(place.path().join("kpic.lock.yaml")).expect("there");
    assert_eq!(told(&place, &["--changed"]), told(&place, &[]));
}

#[test]
fn definitions_that_move_or_change_their_spelling_are_the_same() {
    let place = committed();
    let kpis = read(&place, "kpis.kpi");
    let (first, rest) = kpis.split_at(kpis.find("kpi aov").expect("there"));
    place.write("first.kpi", first.as_bytes()).expect("written");
    place.write("kpis.kpi", rest.as_bytes()).expect("written");
    assert_eq!(told(&place, &["--changed"]), Vec::<String>::new());
    assert_eq!(place.kpic(&["convert", "--write", "sources.kpi"]).code, Some(0));
    fs::remove_file(place.path().join("sources.kpi")).expect("there");
    assert_eq!(told(&place, &["--changed"]), Vec::<String>::new());
    edit(&place, "first.kpi", "kpi costs", "kpi costs \"Costs\"");
    assert_eq!(told(&place, &["--changed"]).join(" "), "costs margin");
}

#[test]
fn new_files_and_earlier_revisions_count() {
    let place = committed();
    place.write("new.kpi", b"kpi cost_share = costs / revenue\n").expect("written");
    assert_eq!(told(&place, &["--changed"]).join(" "), "cost_share");
    commit(place.path());
    assert_eq!(told(&place, &["--changed"]), Vec::<String>::new());
    assert_eq!(told(&place, &["--changed", "HEAD~1"]).join(" "), "cost_share");
    edit(&place, "new.kpi", "costs / revenue", "costs / revenu");
    let said = place.kpic(&["check", "--changed", "HEAD~1"]);
    assert_eq!(said.code, Some(1));
    assert_eq!(said.err, "1 error in what differs from `HEAD~1`: 1 definition, and 0 that depend on them\n");
    // What is wrong and was so before does not fail.
    commit(place.path());
    let said = place.kpic(&["check", "--changed"]);
    assert_eq!((said.code, said.out.as_str()), (Some(0), ""));
    assert_eq!(
        said.err,
        "no findings in what differs from `HEAD`: 0 definitions, and 0 that depend on them\n"
    );
    assert_eq!(place.kpic(&["check"]).code, Some(1));
}

#[test]
fn a_text_that_cannot_be_read_is_told() {
    let place = committed();
    edit(&place, "kpis.kpi", "kpi costs", "kpi = costs");
    let told = told(&place, &["--changed"]);
    assert!(told.iter().any(|finding| finding.starts_with("K0101 ")), "{told:?}");
}

#[test]
fn branches_worktrees_shallow_clones_and_folders_below_a_repository() {
    let place = committed();
    git(place.path(), &["branch", "-M", "main"]);
    git(place.path(), &["checkout", "-q", "-b", "feature"]);
    edit(&place, "kpis.kpi", "spend / visits", "visits / spend");
    commit(place.path());
    git(place.path(), &["checkout", "-q", "main"]);
    edit(&place, "kpis.kpi", "kpi aov = revenue / orders", "kpi aov = orders / revenue");
    commit(place.path());
    git(place.path(), &["checkout", "-q", "feature"]);
    assert_eq!(told(&place, &["--changed", "main"]).join(" "), "aov cost_per_visit");
    assert_eq!(told(&place, &["--changed", "main..."]).join(" "), "cost_per_visit");

    let other = Place::new(&[]);
    let tree = other.path().join("tree");
    git(place.path(), &["worktree", "add", "-q", &tree.display().to_string(), "main"]);
    let said = kpic(&tree, &["check", "--changed", "HEAD~1", "--format", "json"]);
    assert!(said.out.contains("`aov`") && !said.out.contains("`margin`"), "{}{}", said.out, said.err);

    let clone = other.path().join("clone");
    let from = format!("file://{}", place.path().display());
    git(other.path(), &["clone", "-q", "--depth", "1", &from, "clone"]);
    assert_eq!(kpic(&clone, &["check", "--changed"]).code, Some(0));
    let said = kpic(&clone, &["check", "--changed", "HEAD~1"]);
    assert_eq!(said.code, Some(2));
    assert!(said.err.contains("shallow"), "{}", said.err);

    let above = Place::new(&[("teams/shop/kpic.yaml", PROJECT), ("other/x.kpi", "kpi x = y\n")]);
    above.write("teams/shop/all.kpi", SOURCES.replace("queries/", "").as_bytes()).expect("written");
    above.write("teams/shop/returns.sql", b"select 1 as return_id, now() as returned_at\n").expect("written");
    above.write("teams/shop/k.kpi", b"kpi revenue\nkpi visits\n").expect("written");
    git(above.path(), &["init", "-q"]);
    commit(above.path());
    above.write("other/x.kpi", b"kpi x = z\n").expect("written");
    assert_eq!(told(&above, &["--changed", "HEAD", "teams/shop"]), Vec::<String>::new());
    edit(&above, "teams/shop/k.kpi", "kpi visits", "kpi visits \"V\"");
    assert_eq!(told(&above, &["--changed", "HEAD", "teams/shop"]).join(" "), "visits");
}

#[test]
fn with_a_pack_only_what_is_the_projects_own_differs() {
    let place = Place::new(&[
        ("kpic.yaml", "packs: [commerce]\nlints:\n  no_owner: warn\n"),
        ("shop.kpi", "source orders {\n  table shop.orders\n}\nkpi twice = aov * 2\nkpi half = aov / 2\n"),
    ]);
    git(place.path(), &["init", "-q"]);
    commit(place.path());
    assert_eq!(told(&place, &["--changed"]), Vec::<String>::new());
    edit(&place, "shop.kpi", "kpi twice", "kpi thrice");
    assert_eq!(told(&place, &["--changed"]), ["thrice"]);
    // What the project says of a pack's number touches who names that, as a driver, say.
    edit(&place, "shop.kpi", "kpi half", "kpi aov { label fr \"Panier\" }\nkpi half");
    assert_eq!(
        told(&place, &["--changed"]).join(" "),
        "aov discount_rate half repeat_order_rate revenue thrice"
    );
}

#[test]
fn what_is_no_revision_is_misuse() {
    let nowhere = Place::new(&[("kpic.yaml", "")]);
    let empty = Place::new(&[("kpic.yaml", "")]);
    git(empty.path(), &["init", "-q"]);
    let place = committed();
    for (place, revision, fact) in [
        (&nowhere, "HEAD", "in no git repository"),
        (&empty, "HEAD", "no commit yet"),
        (&place, "", "is no revision"),
        (&place, "--output=hacked", "is no revision"),
        (&place, "-", "is no revision"),
        (&place, "a\nb", "is no revision"),
        (&place, "\u{1b}[2J", "is no revision"),
        (&place, "nowhere", "no revision `nowhere`"),
        (&place, "HEAD:kpis.kpi", "no revision `HEAD:kpis.kpi`"),
        (&place, "HEAD^{tree}", "no revision `HEAD^{tree}`"),
        (&place, "$(touch hacked)", "no revision"),
        (&place, "HEAD..HEAD", "ends with a revision"),
    ] {
        let said = place.kpic(&["check", &format!("--changed={revision}")]);
        assert_eq!((said.code, said.out.as_str()), (Some(2), ""), "{revision:?}: {}", said.err);
        assert!(said.err.contains(fact) && said.err.contains(" help: "), "{revision:?}: {}", said.err);
        assert!(!said.err.contains('\u{1b}'), "{revision:?}");
    }
    assert!(!place.path().join("hacked").exists());
}

#[test]
fn without_git_it_says_so() {
    let place = committed();
    let output = Command::new(env!("CARGO_BIN_EXE_kpic"))
        .args(["check", "--changed"])
        .current_dir(place.path())
        .env("PATH", "/nowhere")
        .output()
        .expect("kpic starts");
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains("git is not installed"), "{said}");
}

// --------------------------------------------------------------------- fix

const MISSPELT: &str = "\
source orders {
  table shop.orders
  key order_id
  time ordered_at in UTC
  column amount : decimal(12,2) in EUR
  measure revenue = sum(amuont)
  measure orders = count()
}
kpi aov = revenu/ordrs { beter higher }
kpi same = revenue==orders
kpi   fine   =   orders
";

#[test]
fn what_is_mended_is_in_canonical_form() {
    let place =
        Place::new(&[("kpic.yaml", ""), ("shop.kpi", MISSPELT), ("other.kpi", "kpi   y   =   orders\n")]);
    let said = place.kpic(&["check", "--fix"]);
    let mended = read(&place, "shop.kpi");
    for wanted in [
        "kpi aov = revenue / orders {\n  better higher\n}",
        "kpi same = revenue = orders",
        "kpi fine = orders",
    ] {
        assert!(mended.contains(wanted), "{mended}");
    }
    assert!(said.err.contains("fixed shop.kpi:9:11: `revenue` for `revenu` (K0201)"), "{}", said.err);
    assert!(said.err.contains("replacements in 1 file\n"), "{}", said.err);
    // Money is compared with a number: that nobody can mend by rote.
    assert_eq!(said.code, Some(1));
    // The same as fmt; a file without anything to mend is not written.
    place.write("shop.kpi", mended.as_bytes()).expect("written");
    assert_eq!(place.kpic(&["fmt", "--check", "shop.kpi"]).code, Some(0));
    assert_eq!(read(&place, "other.kpi"), "kpi   y   =   orders\n");
    let again = place.kpic(&["check", "--fix"]);
    assert!(!again.err.contains("fixed"), "{}", again.err);
    assert_eq!(read(&place, "shop.kpi"), mended);
}

#[test]
fn nothing_is_mended_without_being_asked() {
    let place = Place::new(&[("kpic.yaml", ""), ("shop.kpi", MISSPELT)]);
    place.kpic(&["check"]);
    assert_eq!(read(&place, "shop.kpi"), MISSPELT);
}

#[test]
fn yaml_stays_yaml_and_only_what_differs_is_mended_where_that_is_asked() {
    let yaml =
        "kpis:\n  aov:\n    # What an order is worth.\n    value: 'revenu / orders'\n    better: hihger\n";
    let sound = MISSPELT.split("kpi aov").next().expect("the source").replace("amuont", "amount");
    let place = Place::new(&[
        ("kpic.yaml", ""),
        ("shop.kpi", &sound),
        ("a.kpi.yaml", yaml),
        ("b.kpi", "kpi b = ordrs\n"),
    ]);
    git(place.path(), &["init", "-q"]);
    commit(place.path());
    edit(&place, "b.kpi", "kpi b", "kpi b \"B\"");
    let said = place.kpic(&["check", "--fix", "--changed"]);
    assert_eq!(said.code, Some(0), "{}{}", said.out, said.err);
    assert_eq!(
        (read(&place, "a.kpi.yaml").as_str(), read(&place, "b.kpi").as_str()),
        (yaml, "kpi b \"B\" = orders\n")
    );
    let said = place.kpic(&["check", "--fix"]);
    assert_eq!(said.code, Some(0), "{}{}", said.out, said.err);
    let mended = read(&place, "a.kpi.yaml");
    assert!(mended.contains("# What an order is worth.") && mended.contains("revenue / orders"), "{mended}");
    assert_eq!(place.kpic(&["fmt", "--check"]).code, Some(0));
}

/// In double quotes of YAML a quote of a text is one that ends the value: that fix does not fit.
#[test]
fn a_replacement_that_could_not_be_read_is_left() {
    let sound = MISSPELT.split("kpi aov").next().expect("the source").replace("amuont", "amount");
    let yaml = "kpis:\n  a:\n    value: 'orders where channel = 1'\n    unit: \"1\"\n";
    let text =
        sound.replace("  measure orders", "  column channel : text\n  dimension channel\n  measure orders");
    let place = Place::new(&[("kpic.yaml", ""), ("shop.kpi", &text), ("a.kpi.yaml", yaml)]);
    let said = place.kpic(&["check", "--fix"]);
    assert_eq!((said.code, read(&place, "a.kpi.yaml").as_str()), (Some(1), yaml));
    assert!(said.out.contains("help: write the text in quotes: `'1'`"), "{}", said.out);
    let left = "1 replacement left: the text would not be read, or not be mended by it\n";
    assert!(said.err.starts_with(left), "{}", said.err);
    // Without YAML's quotes the same replacement is made.
    place
        .write(
            "a.kpi.yaml",
            yaml.replace("'orders where channel = 1'", "orders where channel = 1").as_bytes(),
        )
        .expect("written");
    place.kpic(&["check", "--fix"]);
    assert!(read(&place, "a.kpi.yaml").contains("value: orders where channel = '1'\n"));
}

// ------------------------------------------------------------------- watch

/// A running `kpic check --watch`, and what it says.
struct Watching {
    child: Child,
    lines: Receiver<String>,
}

impl Drop for Watching {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

const PATIENCE: Duration = Duration::from_secs(20);

impl Watching {
    fn start(place: &Place) -> Watching {
        let mut child = Command::new("sh")
            .args(["-c", "exec \"$0\" check --watch 2>&1", env!("CARGO_BIN_EXE_kpic")])
            .current_dir(place.path())
            .env("NO_COLOR", "1")
            .stdout(Stdio::piped())
            .spawn()
            .expect("it starts");
        let out = BufReader::new(child.stdout.take().expect("it is piped"));
        let (tell, lines) = mpsc::channel();
        std::thread::spawn(move || {
            for line in out.lines().map_while(Result::ok) {
                if tell.send(line).is_err() {
                    break;
                }
            }
        });
        Watching { child, lines }
    }

    /// What one check says.
    fn said(&self) -> String {
        let mut said = String::new();
        let until = Instant::now() + PATIENCE;
        while let Ok(line) = self.lines.recv_timeout(until.saturating_duration_since(Instant::now())) {
            if line == "watching for changes; Ctrl-C ends" {
                return said;
            }
            said += &line;
            said.push('\n');
        }
        panic!("it says no more than:\n{said}");
    }

    fn is_silent(&self, so_long: Duration) -> bool {
        self.lines.recv_timeout(so_long).is_err()
    }
}

#[cfg(unix)]
#[test]
fn watching_checks_again_when_files_change() {
    let place =
        Place::new(&[("kpic.yaml", "lints: {unused: off}\n"), ("sources.kpi", SOURCES), ("kpis.kpi", KPIS)]);
    place.write("queries/returns.sql", b"select 1 as return_id, now() as returned_at\n").expect("written");
    let watching = Watching::start(&place);
    assert!(watching.said().contains("9 KPIs, 4 sources: no findings"));
    assert!(watching.is_silent(Duration::from_millis(400)), "reading is no change");
    edit(&place, "kpis.kpi", "spend / visits", "spent / visits");
    assert!(watching.said().contains("there is no measure or KPI `spent`"));
    // As editors save: beside it, then in its place.
    place.write(".kpis.kpi.swp", KPIS.as_bytes()).expect("written");
    fs::rename(place.path().join(".kpis.kpi.swp"), place.path().join("kpis.kpi")).expect("renamed");
    assert!(watching.said().contains("no findings"));
    // And moved away before that.
    fs::rename(place.path().join("kpis.kpi"), place.path().join("kpis.kpi~")).expect("renamed");
    place.write("kpis.kpi", KPIS.replace("kpi costs", "kpi costz").as_bytes()).expect("written");
    assert!(watching.said().contains("`costz`"));
    fs::remove_file(place.path().join("kpis.kpi")).expect("removed");
    fs::rename(place.path().join("kpis.kpi~"), place.path().join("kpis.kpi")).expect("renamed");
    assert!(watching.said().contains("9 KPIs"));
    // A folder that is new, and then a file in it.
    fs::create_dir(place.path().join("more")).expect("made");
    watching.said();
    place.write("more/x.kpi", b"kpi x = nothing\n").expect("written");
    assert!(watching.said().contains("more/x.kpi:1:9"));
    fs::remove_dir_all(place.path().join("more")).expect("removed");
    assert!(watching.said().contains("9 KPIs"));
    // A query, and the project file.
    place.write("queries/returns.sql", b"select 1; select 2\n").expect("written");
    assert!(watching.said().contains("K0803"));
    place.write("queries/returns.sql", b"select 1 as return_id, now() as returned_at\n").expect("written");
    assert!(watching.said().contains("no findings"));
    place.write("kpic.yaml", b"lints: {unused: off, no_owner: warn}\n").expect("written");
    assert!(watching.said().contains("no_owner"));
    fs::rename(place.path().join("kpic.yaml"), place.path().join("away")).expect("renamed");
    assert!(watching.said().contains("no kpic.yaml"));
    fs::rename(place.path().join("away"), place.path().join("kpic.yaml")).expect("renamed");
    assert!(watching.said().contains("no_owner"));
    // What is no definition is no matter.
    place.write("notes.txt", b"hello\n").expect("written");
    assert!(watching.is_silent(Duration::from_millis(600)));
}

#[cfg(target_os = "linux")]
#[test]
fn watching_sleeps_and_ends_on_ctrl_c() {
    let place = Place::new(&[("kpic.yaml", ""), ("a.kpi", "kpi x = y\n")]);
    let mut watching = Watching::start(&place);
    watching.said();
    let pid = watching.child.id();
    let ticks = || -> u64 {
        let stat = fs::read_to_string(format!("/proc/{pid}/stat")).expect("it runs");
        let fields: Vec<&str> = stat.rsplit(')').next().expect("fields").split_whitespace().collect();
        fields[11].parse::<u64>().expect("user") + fields[12].parse::<u64>().expect("system")
    };
    let before = ticks();
    std::thread::sleep(Duration::from_secs(2));
    assert!(ticks() - before <= 1, "it is busy while nothing changes");
    Command::new("kill").args(["-INT", &pid.to_string()]).status().expect("kill starts");
    let began = Instant::now();
    let status = watching.child.wait().expect("it ends");
    assert_eq!(status.code(), Some(130));
    assert!(began.elapsed() < Duration::from_secs(5));
}

#[cfg(target_os = "linux")]
#[test]
fn only_a_terminal_is_cleared() {
    let place = Place::new(&[("kpic.yaml", "")]);
    let watching = Watching::start(&place);
    assert!(!watching.said().contains('\u{1b}'));
    // `script` gives it a terminal.
    let command = format!("timeout -s INT 3 '{}' check --watch", env!("CARGO_BIN_EXE_kpic"));
    let output =
        Command::new("script").args(["-qec", &command, "/dev/null"]).current_dir(place.path()).output();
    let said = output.expect("script, of util-linux, starts").stdout;
    let said = String::from_utf8_lossy(&said).into_owned();
    assert!(said.starts_with("\u{1b}[2J\u{1b}[3J\u{1b}[H"), "{said:?}");
    assert!(said.contains("0 KPIs, 0 sources"), "{said:?}");
}

#[test]
fn watching_begins_with_a_project() {
    let place = Place::new(&[]);
    let said = place.kpic(&["check", "--watch"]);
    assert_eq!(said.code, Some(2));
    assert!(said.err.contains("no kpic.yaml"), "{}", said.err);
    assert_eq!(kpic(Path::new("."), &["check", "--watch", "--fix"]).code, Some(2));
}
