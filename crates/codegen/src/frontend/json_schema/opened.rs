//! Schemas that allow values beyond those that they list, for contracts that grow.

use super::subschemas::Subschemas;
use crate::tree::{Tree, escape};
use std::collections::BTreeSet;

/// The keywords inside of which a schema is a condition, or a value is data; and the parts of an AsyncAPI document
/// whose values belong to addresses.
const KEPT: &[&str] =
    &["const", "default", "enum", "example", "examples", "if", "not", "parameters", "servers"];

/// Returns the document in which each enum of texts allows other texts, and each union other values: everywhere,
/// or in the schemas at some places. Adds the places that were opened to `found`.
pub(crate) fn opened(
    root: &Tree,
    is_wanted: &impl Fn(&str) -> bool,
    found: &mut BTreeSet<String>,
) -> Tree {
    schema(root, "", is_wanted, found)
}

fn schema(
    tree: &Tree,
    pointer: &str,
    is_wanted: &impl Fn(&str) -> bool,
    found: &mut BTreeSet<String>,
) -> Tree {
    let mut inside = |key: &str, value: &Tree| {
        schema(value, &format!("{pointer}/{}", escape(key)), is_wanted, found)
    };
    let members = match tree {
        Tree::Array(items) => {
            let items = items.iter().enumerate();
            return Tree::Array(
                items.map(|(index, item)| inside(&index.to_string(), item)).collect(),
            );
        }
        Tree::Object(members) => members,
        other => return other.clone(),
    };
    let mut open: Vec<(String, Tree)> = Vec::with_capacity(members.len());
    for (key, value) in members {
        let value = match value {
            _ if KEPT.contains(&key.as_str()) || key.starts_with("x-") => value.clone(),
            // The names in a map are not keywords.
            Tree::Object(named) if Subschemas::of(key) == Some(Subschemas::Map) => Tree::Object(
                named
                    .iter()
                    .map(|(name, value)| {
                        let place = format!("{pointer}/{}/{}", escape(key), escape(name));
                        (name.clone(), schema(value, &place, is_wanted, found))
                    })
                    .collect(),
            ),
            value => {
                let place = format!("{pointer}/{}", escape(key));
                schema(value, &place, is_wanted, found)
            }
        };
        open.push((key.clone(), value));
    }
    if is_wanted(pointer) && (open_enum(&mut open) | open_union(&mut open)) {
        found.insert(pointer.to_owned());
    }
    Tree::Object(open)
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
