//! Every code's page has the four sections that `kpic explain` promises.

use kpic::diagnostic::Code;

const SECTIONS: [&str; 4] = ["What it does", "Why it is bad", "Example", "Use instead"];

/// The `##` sections of a page: title and text.
fn sections(page: &str) -> Vec<(&str, &str)> {
    page.split("\n## ").skip(1).filter_map(|part| part.split_once('\n')).collect()
}

/// What stands behind the opening fence of each code block.
fn languages(text: &str) -> Vec<&str> {
    text.lines().filter_map(|line| line.strip_prefix("```")).step_by(2).collect()
}

#[test]
fn every_page_has_its_title_and_four_sections() {
    for code in Code::ALL {
        let page = code.page();
        assert!(page.starts_with(&format!("# {code}: {}\n", code.title())), "{code}: the title");
        let found = sections(page);
        let titles: Vec<&str> = found.iter().map(|(title, _)| *title).collect();
        assert_eq!(titles, SECTIONS, "{code}");
        for (title, text) in found {
            assert!(text.trim().len() > 30, "{code}: \"{title}\" says nothing");
        }
    }
}

#[test]
fn example_and_use_instead_show_definitions_or_commands() {
    for code in Code::ALL {
        for (title, text) in sections(code.page()).into_iter().skip(2) {
            let shown = languages(text);
            assert!(!shown.is_empty(), "{code}: \"{title}\" shows nothing");
            for language in shown {
                assert!(["kpi", "yaml", "shell"].contains(&language), "{code}: ```{language}");
            }
        }
    }
}
