//! What a source text names: the paths of its `use` lines, expressions, types and macros,
//! each written out from the crate's root.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use syn::visit::{self, Visit};

/// A path as its segments: `["crate", "sql", "Query"]`, `["std", "fs"]`.
pub type Named = Vec<String>;

/// Every path that the text of a module names. `module` is the module's own path:
/// `["resolve", "rows"]`.
pub fn paths(module: &[&str], text: &str) -> Vec<Named> {
    let mut reader = Reader { module: module.iter().map(|m| (*m).to_string()).collect(), paths: Vec::new() };
    reader.visit_file(&syn::parse_file(text).expect("the compiler reads it, too"));
    reader.paths
}

struct Reader {
    module: Vec<String>,
    paths: Vec<Named>,
}

impl Reader {
    /// `super::x` and `self::x` from the root; what begins otherwise as it is.
    fn found(&mut self, mut path: Named) {
        let mut from = self.module.clone();
        let mut relative = false;
        while let Some(first) = path.first() {
            match first.as_str() {
                "super" => drop(from.pop()),
                "self" => {}
                _ => break,
            }
            relative = true;
            path.remove(0);
        }
        if relative {
            path = std::iter::once("crate".to_string()).chain(from).chain(path).collect();
        } else if path.first().is_some_and(|first| first == "kpic") {
            path[0] = "crate".to_string();
        }
        self.paths.push(path);
    }

    fn tree(&mut self, before: &[String], tree: &syn::UseTree) {
        let with = |name: &syn::Ident| [before, &[name.to_string()]].concat();
        match tree {
            syn::UseTree::Path(path) => self.tree(&with(&path.ident), &path.tree),
            syn::UseTree::Group(group) => group.items.iter().for_each(|item| self.tree(before, item)),
            syn::UseTree::Name(name) if name.ident == "self" => self.found(before.to_vec()),
            syn::UseTree::Name(name) => self.found(with(&name.ident)),
            syn::UseTree::Rename(rename) if rename.ident == "self" => self.found(before.to_vec()),
            syn::UseTree::Rename(rename) => self.found(with(&rename.ident)),
            syn::UseTree::Glob(_) => self.found([before, &["*".to_string()]].concat()),
        }
    }

    /// The paths among the tokens of a macro, which have no syntax yet.
    fn tokens(&mut self, tokens: TokenStream) {
        let mut path = Named::new();
        let mut colons = 0;
        for token in tokens {
            match token {
                TokenTree::Punct(p) if p.as_char() == ':' => {
                    colons += 1;
                    continue;
                }
                TokenTree::Ident(name) if colons == 2 && !path.is_empty() => path.push(name.to_string()),
                TokenTree::Ident(name) => {
                    self.found(std::mem::replace(&mut path, vec![name.to_string()]));
                }
                TokenTree::Group(group) => {
                    // `crate::{a, b}`, the one place where a path goes on in a group.
                    if colons == 2 && group.delimiter() == Delimiter::Brace {
                        for each in words(group.stream()) {
                            self.found([path.as_slice(), &[each]].concat());
                        }
                    }
                    self.tokens(group.stream());
                    self.found(std::mem::take(&mut path));
                }
                TokenTree::Punct(_) | TokenTree::Literal(_) => self.found(std::mem::take(&mut path)),
            }
            colons = 0;
        }
        self.found(path);
    }
}

impl<'a> Visit<'a> for Reader {
    fn visit_item_use(&mut self, item: &'a syn::ItemUse) {
        self.tree(&[], &item.tree);
    }

    fn visit_item_mod(&mut self, item: &'a syn::ItemMod) {
        self.module.push(item.ident.to_string());
        visit::visit_item_mod(self, item);
        self.module.pop();
    }

    fn visit_path(&mut self, path: &'a syn::Path) {
        self.found(path.segments.iter().map(|s| s.ident.to_string()).collect());
        visit::visit_path(self, path);
    }

    fn visit_expr_method_call(&mut self, call: &'a syn::ExprMethodCall) {
        self.found(vec![".".into(), call.method.to_string()]);
        visit::visit_expr_method_call(self, call);
    }

    fn visit_macro(&mut self, called: &'a syn::Macro) {
        visit::visit_macro(self, called);
        self.found(vec![format!("{}!", called.path.segments.last().expect("a macro has a name").ident)]);
        self.tokens(called.tokens.clone());
    }
}

fn words(tokens: TokenStream) -> impl Iterator<Item = String> {
    tokens.into_iter().filter_map(|token| match token {
        TokenTree::Ident(word) => Some(word.to_string()),
        TokenTree::Group(_) | TokenTree::Punct(_) | TokenTree::Literal(_) => None,
    })
}

/// The names and literals of a text's code: comments, documentation and `cfg` left out.
pub fn code_words(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    collect(text.parse().expect("the compiler reads it, too"), &mut found);
    found
}

fn collect(tokens: TokenStream, found: &mut Vec<String>) {
    let mut before = [None, None];
    for token in tokens {
        match &token {
            TokenTree::Group(group) if !(is_attribute(&before) && says_nothing(group.stream())) => {
                collect(group.stream(), found);
            }
            TokenTree::Group(_) | TokenTree::Punct(_) => {}
            TokenTree::Ident(name) => found.push(name.to_string()),
            TokenTree::Literal(literal) => found.push(literal.to_string()),
        }
        before = [before[1].take(), Some(token)];
    }
}

/// After `#` or `#!`.
fn is_attribute(before: &[Option<TokenTree>; 2]) -> bool {
    let mark =
        |token: &Option<TokenTree>, sign| matches!(token, Some(TokenTree::Punct(p)) if p.as_char() == sign);
    mark(&before[1], '#') || (mark(&before[0], '#') && mark(&before[1], '!'))
}

fn says_nothing(attribute: TokenStream) -> bool {
    words(attribute).next().is_some_and(|name| matches!(name.as_str(), "doc" | "cfg" | "cfg_attr"))
}
