//! The stages' own data structures, readable.

/// A debug text without what only the compiler needs: places and comments are
/// left out, and a value with its place becomes the value.
pub fn readable(debug: &str) -> String {
    let lines: Vec<&str> = debug.lines().collect();
    let mut out = String::new();
    for node in nodes(&lines) {
        node.simple().write(&mut out, 0);
    }
    out
}

/// A line and what is indented below it, up to the line that closes it.
struct Node<'a> {
    head: String,
    inner: Vec<Node<'a>>,
    close: &'a str,
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

fn nodes<'a>(lines: &[&'a str]) -> Vec<Node<'a>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        let deeper = lines[at + 1..].iter().take_while(|l| indent(l) > indent(line)).count();
        let inner = nodes(&lines[at + 1..at + 1 + deeper]);
        let close = if deeper > 0 { lines.get(at + 1 + deeper).map_or("", |l| l.trim()) } else { "" };
        found.push(Node { head: line.trim().to_string(), inner, close });
        at += 1 + deeper + usize::from(deeper > 0);
    }
    found
}

impl Node<'_> {
    /// `span: Span {`, `comments: Comments {`, or a bare one in a list.
    fn is_place(&self) -> bool {
        let value = self.head.rsplit(": ").next().unwrap_or_default();
        matches!(value, "Span {" | "Comments {" | "FileId(")
    }

    fn simple(mut self) -> Self {
        self.inner = self.inner.into_iter().filter(|n| !n.is_place()).map(Node::simple).collect();
        let spanned = self.head.strip_suffix("Spanned {").map(String::from);
        match (spanned, self.inner.len()) {
            (Some(name), 1) if self.inner[0].head.starts_with("value: ") => {
                let mut value = self.inner.remove(0);
                value.head.replace_range(..7, &name);
                value
            }
            _ => self,
        }
    }

    fn write(&self, out: &mut String, depth: usize) {
        let line = |out: &mut String, text: &str| {
            out.push_str(&"  ".repeat(depth));
            out.push_str(text);
            out.push('\n');
        };
        if self.inner.is_empty() && !self.close.is_empty() {
            // All of it was left out.
            return line(out, &format!("{}{}", self.head, self.close));
        }
        line(out, &self.head);
        self.inner.iter().for_each(|node| node.write(out, depth + 1));
        if !self.close.is_empty() {
            line(out, self.close);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::readable;

    #[test]
    fn places_go_and_values_stay() {
        let debug = "\
File {
    items: [
        Param(
            Param {
                name: Spanned {
                    value: \"a\",
                    span: Span {
                        file: FileId(
                            0,
                        ),
                        start: 1,
                        end: 2,
                    },
                },
                comments: Comments {
                    above: [],
                },
            },
        ),
    ],
}";
        let expected = "\
File {
  items: [
    Param(
      Param {
        name: \"a\",
      },
    ),
  ],
}
";
        assert_eq!(readable(debug), expected);
    }
}
