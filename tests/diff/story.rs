//! `kpic diff` in repositories: whatever state they are in, it says what changed or what is missing.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::place::{Place, Said, kpic};

const SHOP: &str = "source orders {
  table shop.orders
  key order_id
  time ordered_at in UTC
  dimension channel
  measure orders = count()
  measure gross = sum(amount)
}
kpi revenue = gross
kpi aov = revenue / orders
";

pub fn git(folder: &Path, arguments: &[&str]) {
    let output = Command::new("git")
        .args(["-c", "user.name=n", "-c", "user.email=n@example.org", "-c", "commit.gpgsign=false"])
        .args(["-c", "protocol.file.allow=always", "-c", "init.defaultBranch=main"])
        .args(arguments)
        .current_dir(folder)
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .output()
        .expect("git starts");
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
}

pub fn commit(folder: &Path, message: &str) {
    git(folder, &["add", "-A"]);
    git(folder, &["commit", "-q", "-m", message]);
}

/// A project, committed.
fn committed() -> Place {
    let place = Place::new(&[("kpic.yaml", "name: shop\n"), ("shop.kpi", SHOP)]);
    git(place.path(), &["init", "-q"]);
    commit(place.path(), "one");
    place
}

/// The same with this in place of that.
pub fn edit(folder: &Path, file: &str, old: &str, new: &str) {
    let path = folder.join(file);
    let text = fs::read_to_string(&path).expect("the file is there");
    assert!(text.contains(old), "{file} has {old}");
    fs::write(path, text.replacen(old, new, 1)).expect("it can be written");
}

pub fn says(said: &Said, code: i32, parts: &[&str]) {
    assert_eq!(said.code, Some(code), "{}{}", said.out, said.err);
    for part in parts {
        assert!(said.out.contains(part) || said.err.contains(part), "{part}\n{}{}", said.out, said.err);
    }
}

#[test]
fn what_is_not_committed_is_compared_with_the_last_commit() {
    let place = committed();
    says(&place.kpic(&["diff"]), 0, &["HEAD → the files here: nothing changed in meaning"]);
    edit(place.path(), "shop.kpi", "sum(amount)", "sum(amount) where channel <> 'test'");
    place.write("new.kpi", b"kpi orders\n").expect("it can be written");
    let said = place.kpic(&["diff"]);
    assert_eq!(
        said.out,
        "HEAD → the files here: 2 KPIs and 1 more change values, 1 KPI is compatible, 1 other definition is cosmetic

Changes values
  measure gross of orders  (shop.kpi:7:3)
    sum(amount) → sum(amount) where channel <> 'test'
    reaches KPIs aov, revenue
  KPI revenue: since measure gross of orders changed
  KPI aov: since KPI revenue, since measure gross of orders changed

Compatible
  KPI orders: new
    + formula: the measure orders

Cosmetic
  source orders
"
    );
    assert_eq!((said.code, said.err.as_str()), (Some(0), ""));
}

#[test]
fn a_pull_request_sees_what_matters_first_and_unfolds_the_rest() {
    let place = committed();
    edit(place.path(), "shop.kpi", "kpi aov", "kpi order_value");
    edit(place.path(), "shop.kpi", "kpi revenue = gross", "kpi revenue = gross { owner \"a|b <i>@x\" }");
    let said = place.kpic(&["diff", "--format", "markdown", "--fail-on", "breaking"]);
    assert_eq!(
        said.out,
        "<!-- kpic diff -->
### KPIs: 1 KPI breaks, 1 KPI is compatible

`HEAD` → `the files here`

| | what | how | reaches |
|:--|:--|:--|:--|
| **Breaks** | `KPI aov` | renamed to order\\_value, the same meaning |  |

<details><summary>Breaks (1)</summary>

- **`KPI aov`**: renamed to order\\_value, the same meaning — `shop.kpi:10:1`

</details>

<details><summary>Compatible (1)</summary>

- **`KPI revenue`** — `shop.kpi:9:1`
  - owner: `\"a|b <i>@x\"` new

</details>
"
    );
    assert_eq!(said.code, Some(1));
}

#[test]
fn json_has_everything() {
    let place = committed();
    edit(place.path(), "shop.kpi", "revenue / orders", "orders / revenue");
    let said = place.kpic(&["diff", "--format", "json"]);
    let told: serde_json::Value = serde_json::from_str(&said.out).expect("an object");
    assert_eq!(told["class"], "values");
    assert_eq!(told["before"]["revision"], "HEAD");
    let change = &told["changes"][0];
    assert_eq!((&change["kind"], &change["id"]), (&"KPI".into(), &"aov".into()));
    assert_eq!(change["differs"][0]["before"], "revenue / orders");
    assert_eq!(change["differs"][0]["after"], "orders / revenue");
    assert_eq!(change["at"], "shop.kpi:10:1");
}

#[test]
fn two_revisions_are_compared_whatever_lies_here() {
    let place = committed();
    git(place.path(), &["tag", "v1"]);
    edit(place.path(), "shop.kpi", "revenue / orders", "orders / revenue");
    commit(place.path(), "two");
    git(place.path(), &["tag", "v2"]);
    place.write("shop.kpi", b"kpi").expect("it can be written");
    says(&place.kpic(&["diff", "v1..v2"]), 0, &["v1 → v2: 1 KPI changes values", "KPI aov"]);
    says(&place.kpic(&["diff", "v2..v1"]), 0, &["orders / revenue → revenue / orders"]);
    says(&place.kpic(&["diff", "v1.."]), 0, &["v1 → HEAD: 1 KPI changes values"]);
    says(&place.kpic(&["diff", "HEAD~1..v1"]), 0, &["nothing changed in meaning"]);
    says(&place.kpic(&["diff", "v1..v2", "--fail-on", "breaking"]), 0, &["changes values"]);
    says(&place.kpic(&["diff", "v1..v2", "--fail-on", "values"]), 1, &["changes values"]);
}

#[test]
fn what_a_branch_brings_is_compared_with_where_it_began() {
    let place = committed();
    git(place.path(), &["checkout", "-q", "-b", "feature"]);
    place.write("more.kpi", b"kpi orders\n").expect("it can be written");
    commit(place.path(), "feature");
    git(place.path(), &["checkout", "-q", "main"]);
    edit(place.path(), "shop.kpi", "revenue / orders", "orders / revenue");
    commit(place.path(), "main goes on");
    says(
        &place.kpic(&["diff", "main..feature"]),
        0,
        &["orders / revenue → revenue / orders", "KPI orders: new"],
    );
    let said = place.kpic(&["diff", "main...feature"]);
    says(&said, 0, &["main...feature → feature: 1 KPI is compatible", "KPI orders: new"]);
    assert!(!said.out.contains("aov"), "{}", said.out);
}

#[test]
fn a_shallow_clone_and_a_worktree_know_what_they_have() {
    let place = committed();
    edit(place.path(), "shop.kpi", "revenue / orders", "orders / revenue");
    commit(place.path(), "two");
    let other = tempfile::tempdir().expect("a folder can be made");
    let from = format!("file://{}", place.path().display());
    git(other.path(), &["clone", "-q", "--depth", "1", &from, "clone"]);
    let clone = other.path().join("clone");
    edit(&clone, "shop.kpi", "kpi aov", "kpi order_value");
    says(&kpic(&clone, &["diff"]), 0, &["renamed to order_value"]);
    says(&kpic(&clone, &["diff", "HEAD~1"]), 2, &["knows no revision `HEAD~1`", "shallow"]);
    // A branch that only the remote has is known by its name.
    git(&clone, &["checkout", "-q", "--detach"]);
    git(&clone, &["branch", "-q", "-D", "main"]);
    says(&kpic(&clone, &["diff", "main"]), 0, &["main → the files here", "renamed to order_value"]);

    let tree = other.path().join("tree");
    git(place.path(), &["worktree", "add", "-q", "--detach", tree.to_str().expect("UTF-8"), "HEAD~1"]);
    says(&kpic(&tree, &["diff"]), 0, &["nothing changed in meaning"]);
    says(&kpic(&tree, &["diff", "main"]), 0, &["orders / revenue → revenue / orders"]);
}

#[test]
fn a_project_in_a_folder_of_a_repository_is_compared_by_itself() {
    let place = Place::new(&[
        ("a/b/kpic.yaml", "name: b\n"),
        ("a/b/kpis/shop.kpi", SHOP),
        ("a/b/inner/kpic.yaml", "name: inner\n"),
        ("a/b/inner/shop.kpi", SHOP),
        ("a/b/.hidden/x.kpi", "kpi"),
        ("other/shop.kpi", "kpi"),
    ]);
    git(place.path(), &["init", "-q"]);
    commit(place.path(), "one");
    edit(place.path(), "a/b/kpis/shop.kpi", "kpi aov", "kpi order_value");
    edit(place.path(), "a/b/inner/shop.kpi", "kpi revenue", "kpi sales");
    for folder in ["a/b", "a/b/kpis"] {
        let said = kpic(&place.path().join(folder), &["diff"]);
        says(&said, 0, &["1 KPI breaks", "renamed to order_value"]);
        assert!(!said.out.contains("sales"), "{}", said.out);
    }
    commit(place.path(), "two");
    for folder in ["a/b", "a/b/kpis"] {
        let said = kpic(&place.path().join(folder), &["diff", "HEAD~1..HEAD"]);
        says(&said, 0, &["1 KPI breaks", "renamed to order_value"]);
    }
    says(&kpic(place.path(), &["diff", "HEAD~1..HEAD"]), 2, &["neither `HEAD~1` nor `HEAD` has a kpic.yaml"]);
}

#[test]
fn a_project_that_begins_is_all_new() {
    let place = Place::new(&[("readme", "x")]);
    git(place.path(), &["init", "-q"]);
    commit(place.path(), "one");
    place.write("kpic.yaml", b"name: shop\n").expect("it can be written");
    place.write("shop.kpi", SHOP.as_bytes()).expect("it can be written");
    let said = place.kpic(&["diff", "--fail-on", "values"]);
    says(&said, 0, &["HEAD has no project here", "KPI revenue: new"]);
    commit(place.path(), "two");
    says(&place.kpic(&["diff", "HEAD~1..HEAD"]), 0, &["HEAD~1 has no project here", "KPI aov: new"]);
    says(&place.kpic(&["diff", "HEAD..HEAD~1"]), 0, &["HEAD~1 has no project here", "KPI aov: removed"]);
}

#[test]
fn queries_sheets_and_links_are_those_of_the_revision() {
    let shop =
        "source orders { sql 'q/orders.sql' key order_id time ordered_at in UTC measure gross = sum(amount) }
kpi revenue = gross { unit EUR }
targets plan from 'plan.csv'
targets budget from table finance.budget
";
    let place = Place::new(&[
        ("kpic.yaml", "name: shop\n"),
        ("real.txt", shop),
        ("q/orders.sql", "select * from a\n"),
        ("plan.csv", "kpi,period,target\nrevenue,2026-01,100\n"),
        ("kpic.targets/finance.budget.csv", "kpi,each,period,target\nrevenue,month,2026-02-01,70\n"),
    ]);
    let made = Command::new("ln").args(["-s", "real.txt", "shop.kpi"]).current_dir(place.path()).status();
    assert!(made.is_ok_and(|status| status.success()), "a link can be made");
    git(place.path(), &["init", "-q"]);
    commit(place.path(), "one");
    says(&place.kpic(&["diff"]), 0, &["nothing changed in meaning"]);
    place.write("q/orders.sql", b"-- all\nSELECT *\nFROM a").expect("it can be written");
    says(&place.kpic(&["diff"]), 0, &["nothing changed in meaning"]);
    place.write("q/orders.sql", b"select * from b").expect("it can be written");
    place.write("plan.csv", b"kpi,period,target\nrevenue,2026-01,120\n").expect("it can be written");
    let budget = b"kpi,each,period,target\nrevenue,month,2026-02-01,80\n";
    place.write("kpic.targets/finance.budget.csv", budget).expect("it can be written");
    says(
        &place.kpic(&["diff"]),
        0,
        &[
            "its query selects other rows",
            "KPI revenue: since measure gross of orders, since source orders changed",
            "100",
            "120",
            "70 each month",
            "80 each month",
        ],
    );
    // A sheet that was not committed is none of the revision.
    fs::remove_file(place.path().join("kpic.targets/finance.budget.csv")).expect("it was there");
    commit(place.path(), "without it");
    place.write("kpic.targets/finance.budget.csv", budget).expect("it can be written");
    says(&place.kpic(&["diff"]), 0, &["1 error in HEAD"]);
}

#[test]
fn errors_of_either_state_are_told_and_the_rest_is_compared() {
    let place = committed();
    edit(place.path(), "shop.kpi", "revenue / orders", "revenue / orderz");
    commit(place.path(), "broken");
    edit(place.path(), "shop.kpi", "revenue / orderz", "revenue / orders");
    edit(place.path(), "shop.kpi", "sum(amount)", "max(amount)");
    let said = place.kpic(&["diff"]);
    let parts = [
        "1 error in HEAD: what has errors is not compared",
        "KPI revenue: since measure gross of orders changed",
        "KPI aov: had errors before, so nothing can be compared",
    ];
    says(&said, 0, &parts);
    // What is wrong now is a finding, as for `kpic check`.
    let said = place.kpic(&["diff", "HEAD~1..HEAD"]);
    says(&said, 1, &["1 error in HEAD", "KPI aov: has errors now"]);
}

#[test]
fn names_that_are_none_are_refused() {
    let place = committed();
    for (name, reason) in [
        ("--output=x", "begins with `-`"),
        ("-h..HEAD", "begins with `-`"),
        ("HEAD..--all", "begins with `-`"),
        ("a\u{1b}[2Jb", "control characters"),
        ("a\nb", "control characters"),
        ("", "it is empty"),
        ("a..b..c", "more than two revisions"),
    ] {
        let said = place.kpic(&["diff", name]);
        says(&said, 2, &[reason]);
        assert!(!said.err.contains('\u{1b}'), "{:?}", said.err);
    }
    for name in
        ["nowhere", "HEAD:shop.kpi", "^HEAD", "HEAD^{tree}", ":/nothing", "$(touch x)", "`x`", "a b;c"]
    {
        says(&place.kpic(&["diff", name]), 2, &["knows no revision"]);
    }
    assert!(!place.path().join("x").exists());
}

#[test]
fn without_repository_commit_or_git_it_says_so() {
    let place = Place::new(&[("kpic.yaml", "name: shop\n"), ("shop.kpi", SHOP)]);
    says(&place.kpic(&["diff"]), 2, &["lies in no git repository", "git init"]);
    git(place.path(), &["init", "-q"]);
    says(&place.kpic(&["diff"]), 2, &["the repository has no commit yet"]);
    let empty = tempfile::tempdir().expect("a folder can be made");
    let output = Command::new(env!("CARGO_BIN_EXE_kpic"))
        .arg("diff")
        .current_dir(place.path())
        .env("PATH", empty.path())
        .output()
        .expect("kpic starts");
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("git is not installed"));
    let nowhere = Place::new(&[]);
    says(&nowhere.kpic(&["diff"]), 2, &["no kpic.yaml in this folder"]);
}

#[test]
fn a_hook_sees_the_repository_from_its_own_folder() {
    let place = committed();
    fs::create_dir(place.path().join("deep")).expect("a folder can be made");
    let output = Command::new(env!("CARGO_BIN_EXE_kpic"))
        .arg("diff")
        .current_dir(place.path())
        .env("GIT_DIR", ".git")
        .output()
        .expect("kpic starts");
    assert!(String::from_utf8_lossy(&output.stdout).contains("nothing changed"), "{output:?}");
}

/// What both states' locks say of a table is known of it.
#[test]
fn with_a_lock_of_both_states_the_columns_are_known() {
    let place = committed();
    let lock = |amount: &str| {
        format!(
            "version: 1\ntables:\n  shop.orders:\n    columns:\n      amount: {amount} null\n      channel: text null\n      \
             order_id: integer not null\n      ordered_at: timestamp not null\n"
        )
    };
    let declared = "  key order_id\n  column amount : integer\n";
    edit(place.path(), "shop.kpi", "  key order_id\n", declared);
    commit(place.path(), "declared");
    // Without a lock nobody knows what the column is by itself.
    edit(place.path(), "shop.kpi", declared, "  key order_id\n");
    says(&place.kpic(&["diff"]), 0, &["2 KPIs and 1 more change values"]);
    edit(place.path(), "shop.kpi", "  key order_id\n", declared);
    place.write("kpic.lock.yaml", lock("integer").as_bytes()).expect("it can be written");
    says(&place.kpic(&["diff"]), 0, &["nothing changed in meaning"]);
    // In one state alone a lock tells nothing.
    edit(place.path(), "shop.kpi", declared, "  key order_id\n");
    says(&place.kpic(&["diff"]), 0, &["2 KPIs and 1 more change values"]);
    edit(place.path(), "shop.kpi", "  key order_id\n", declared);
    commit(place.path(), "locked");
    edit(place.path(), "shop.kpi", declared, "  key order_id\n");
    let said = place.kpic(&["diff"]);
    says(&said, 0, &["HEAD → the files here: "]);
    assert!(!said.out.contains("change values") && !said.out.contains("break"), "{}", said.out);
    // What is not in the table breaks who reads it.
    edit(place.path(), "shop.kpi", "sum(amount)", "sum(amuont)");
    let said = place.kpic(&["diff", "--fail-on", "breaking"]);
    says(&said, 1, &["KPI revenue", "K0207", "did you mean `amount`?"]);
    assert!(said.out.contains("break"), "{}", said.out);
    // Of a table that looks otherwise now, no more is known than the definitions say.
    place.write("kpic.lock.yaml", lock("decimal(12, 2)").as_bytes()).expect("it can be written");
    edit(place.path(), "shop.kpi", "sum(amuont)", "sum(amount)");
    says(&place.kpic(&["diff"]), 0, &["2 KPIs and 1 more change values"]);
}
