//! What must be known first, and what needs itself.

/// Definitions by index: those without a cycle, each after all it needs, and
/// the cycles, each as a path whose last needs its first.
#[derive(Debug, Default)]
pub struct Order {
    pub sorted: Vec<usize>,
    pub cycles: Vec<Vec<usize>>,
}

#[derive(Clone, Copy, PartialEq)]
enum Mark {
    New,
    Open,
    Done,
}

/// Sorts `needs.len()` definitions. Works with a list instead of recursion:
/// chains may be long. What needs a cycle without being part of it is sorted.
pub fn order(needs: &[Vec<usize>]) -> Order {
    let mut marks = vec![Mark::New; needs.len()];
    let mut in_cycle = vec![false; needs.len()];
    let mut order = Order::default();
    // Each definition on the path from a root, and how many of its needs were seen.
    let mut path: Vec<(usize, usize)> = Vec::new();
    for root in 0..needs.len() {
        if marks[root] != Mark::New {
            continue;
        }
        marks[root] = Mark::Open;
        path.push((root, 0));
        while let Some((node, seen)) = path.last_mut() {
            let Some(&next) = needs[*node].get(*seen) else {
                marks[*node] = Mark::Done;
                if !in_cycle[*node] {
                    order.sorted.push(*node);
                }
                path.pop();
                continue;
            };
            *seen += 1;
            match marks[next] {
                Mark::Done => {}
                Mark::New => {
                    marks[next] = Mark::Open;
                    path.push((next, 0));
                }
                Mark::Open if in_cycle[next] && in_cycle[*node] => {}
                Mark::Open => {
                    let start = path.iter().rposition(|(n, _)| *n == next).unwrap_or(0);
                    let cycle: Vec<usize> = path[start..].iter().map(|(n, _)| *n).collect();
                    cycle.iter().for_each(|n| in_cycle[*n] = true);
                    order.cycles.push(cycle);
                }
            }
        }
    }
    order
}

/// `a → b → a`, its middle left out where it is long.
pub fn shown(names: &[&str]) -> String {
    const MOST: usize = 40;
    let mut parts: Vec<String> = names.iter().take(MOST).map(|n| format!("`{n}`")).collect();
    if names.len() > MOST {
        parts.push(format!("… {} more …", names.len() - MOST));
    }
    parts.extend(names.first().map(|n| format!("`{n}`")));
    parts.join(" → ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_needed_comes_first() {
        let found = order(&[vec![1, 2], vec![2], vec![]]);
        assert_eq!((found.sorted, found.cycles), (vec![2, 1, 0], vec![]));
    }

    #[test]
    fn a_cycle_is_shown_once_and_left_out() {
        let found = order(&[vec![1], vec![2], vec![1], vec![3], vec![]]);
        assert_eq!(found.cycles, vec![vec![1, 2], vec![3]]);
        assert_eq!(found.sorted, vec![0, 4]);
    }

    #[test]
    fn a_long_chain_does_not_overflow() {
        let n = 200_000;
        let needs: Vec<_> = (0..n).map(|i| if i + 1 < n { vec![i + 1] } else { vec![] }).collect();
        assert_eq!(order(&needs).sorted.len(), n);
    }
}
