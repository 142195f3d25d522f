//! Comparison of values in schemas.

use crate::frontend::json_schema::View;
use crate::tree::{Number, Tree};
use std::cmp::Ordering;
use std::collections::HashSet;

/// Returns a canonical text, which is the same for all spellings of a value.
pub(super) fn canonical(tree: &Tree) -> String {
    match tree {
        Tree::Number(number) => {
            let (negative, digits, exponent) = number.normalized();
            format!("{}{digits}e{exponent}", if negative { "-" } else { "" })
        }
        Tree::Array(items) => {
            let items: Vec<_> = items.iter().map(canonical).collect();
            format!("[{}]", items.join(","))
        }
        Tree::Object(members) => {
            let mut members: Vec<_> = members
                .iter()
                .map(|(key, value)| format!("{}:{}", Tree::String(key.clone()), canonical(value)))
                .collect();
            members.sort();
            format!("{{{}}}", members.join(","))
        }
        other => other.to_string(),
    }
}

/// Compares two numbers exactly.
pub(super) fn compare(left: &Number, right: &Number) -> Ordering {
    let (left, right) = (left.normalized(), right.normalized());
    let sign = |(negative, digits, _): &(bool, String, i64)| match (digits.is_empty(), negative) {
        (true, _) => 0,
        (false, true) => -1,
        (false, false) => 1,
    };
    let magnitude = |(_, digits, exponent): &(bool, String, i64)| {
        i64::try_from(digits.len()).unwrap_or(i64::MAX).saturating_add(*exponent)
    };
    sign(&left).cmp(&sign(&right)).then_with(|| {
        // Digits have no leading or trailing zeros, so that their texts compare like fractions.
        let order = magnitude(&left).cmp(&magnitude(&right)).then_with(|| left.1.cmp(&right.1));
        if left.0 { order.reverse() } else { order }
    })
}

/// Returns the values that `enum` and `const` allow, in the order of the schema, or `None` without both.
pub(super) fn allowed<'d>(view: &View<'d>) -> Option<Vec<(String, &'d Tree)>> {
    let lists = view.keyword("enum").into_iter().map(|(_, list)| {
        list.items().unwrap_or_default().iter().map(|value| (canonical(value), value)).collect()
    });
    let single =
        view.keyword("const").into_iter().map(|(_, value)| vec![(canonical(value), value)]);
    lists.chain(single).reduce(|mut left: Vec<_>, right| {
        let right: HashSet<_> = right.into_iter().map(|(value, _)| value).collect();
        left.retain(|(value, _)| right.contains(value));
        left
    })
}

#[cfg(test)]
mod tests {
    use super::{canonical, compare};
    use crate::tree::Tree;

    #[test]
    fn numbers_compare_by_value() {
        let ordered =
            ["-1e3", "-12", "-1.5", "-0.01", "0", "1e-9", "0.3", "1.5", "2", "10.0", "1e30"];
        for (i, left) in ordered.iter().enumerate() {
            for (j, right) in ordered.iter().enumerate() {
                let (Ok(Tree::Number(a)), Ok(Tree::Number(b))) =
                    (Tree::parse(left), Tree::parse(right))
                else {
                    panic!("{left} and {right} are numbers");
                };
                assert_eq!(compare(&a, &b), i.cmp(&j), "{left} {right}");
            }
        }
        let same =
            |a, b| canonical(&Tree::parse(a).unwrap()) == canonical(&Tree::parse(b).unwrap());
        assert!(same(r#"{"a": 10, "b": [1e2]}"#, r#"{"b": [100.0], "a": 1.0e1}"#));
        assert!(!same("[1, 2]", "[2, 1]"));
    }
}
