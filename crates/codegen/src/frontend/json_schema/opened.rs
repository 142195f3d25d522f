//! Schemas that allow values beyond those that they list, for contracts that grow.

use super::rewrite::{Position, rewritten};
use crate::tree::Tree;
use std::collections::BTreeSet;

/// The annotation of a schema that this option opened.
pub(super) const OPENED: &str = "x-opened-by-option";

/// Returns the document in which each enum of texts allows other texts, and each union other values: everywhere,
/// or in the schemas at some places. Adds the places that were opened to `found`.
pub(crate) fn opened(
    root: &Tree,
    is_wanted: &impl Fn(&str) -> bool,
    found: &mut BTreeSet<String>,
) -> Tree {
    rewritten(root, &mut |pointer, members, position| {
        let is_kept = position == Position::Condition || !is_wanted(pointer);
        if !is_kept && (open_enum(members) | open_union(members)) {
            members.push((OPENED.to_owned(), Tree::Bool(true)));
            found.insert(pointer.to_owned());
        }
    })
}

/// Makes the values of an enum of several texts known values.
fn open_enum(members: &mut Vec<(String, Tree)>) -> bool {
    let Some(index) = members.iter().position(|(key, _)| key == "enum") else { return false };
    let values = members[index].1.items().unwrap_or_default();
    let texts: Vec<Tree> = values.iter().filter(|value| value.text().is_some()).cloned().collect();
    let nulls = values.iter().filter(|value| **value == Tree::Null).count();
    // A single value says which branch of a union a schema is.
    if texts.len() < 2 || texts.len() + nulls != values.len() {
        return false;
    }
    members[index] = ("x-known-values".to_owned(), Tree::Array(texts));
    if !members.iter().any(|(key, _)| key == "type") {
        let text = Tree::String("string".into());
        let types = match nulls {
            0 => text,
            _ => Tree::Array(vec![text, Tree::String("null".into())]),
        };
        members.push(("type".to_owned(), types));
    }
    true
}

/// Adds a branch that accepts any value to a union of several branches.
fn open_union(members: &mut [(String, Tree)]) -> bool {
    let is_union = |key: &str| matches!(key, "anyOf" | "oneOf");
    let mut unions = members.iter_mut().filter(|(key, _)| is_union(key));
    let (Some((key, Tree::Array(branches))), None) = (unions.next(), unions.next()) else {
        return false;
    };
    let is_null = |branch: &&Tree| branch.get("type").and_then(Tree::text) == Some("null");
    if branches.len() - branches.iter().filter(is_null).count() < 2 {
        return false;
    }
    // The open branch accepts what another accepts, too.
    *key = "anyOf".to_owned();
    branches.push(Tree::Object(Vec::new()));
    true
}
