//! Changes to the schemas of a document, whatever kind of document it is.

use super::describing::{describes_objects, names_type};
use super::subschemas::Subschemas;
use crate::tree::{Tree, escape};

/// The keywords inside of which a value is data; and the parts of an AsyncAPI document whose values belong to
/// addresses.
const DATA: &[&str] =
    &["const", "default", "enum", "example", "examples", "mapping", "parameters", "servers"];

/// The relation of a schema to the value that it describes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Position {
    /// It describes the value alone.
    Value,
    /// Another schema describes the value as well.
    Part,
    /// It is a condition, or inside of one: what it rejects may be valid.
    Condition,
}

/// Returns the document in which `change` was applied to the members of each object that may be a schema, the
/// inner ones first.
pub(super) fn rewritten(
    root: &Tree,
    change: &mut impl FnMut(&str, &mut Vec<(String, Tree)>, Position),
) -> Tree {
    schema(root, "", Position::Value, change)
}

fn schema(
    tree: &Tree,
    pointer: &str,
    position: Position,
    change: &mut impl FnMut(&str, &mut Vec<(String, Tree)>, Position),
) -> Tree {
    let members = match tree {
        Tree::Array(items) => {
            let items = items.iter().enumerate();
            let items = items
                .map(|(index, item)| schema(item, &format!("{pointer}/{index}"), position, change));
            return Tree::Array(items.collect());
        }
        Tree::Object(members) => members,
        other => return other.clone(),
    };
    let mut changed: Vec<(String, Tree)> = Vec::with_capacity(members.len());
    for (key, value) in members {
        let place = format!("{pointer}/{}", escape(key));
        let inside = below(tree, key, position);
        let value = match value {
            _ if DATA.contains(&key.as_str()) || key.starts_with("x-") => value.clone(),
            // The names in a map are not keywords.
            Tree::Object(named) if is_map(pointer, key) => {
                let named = named.iter().map(|(name, value)| {
                    let place = format!("{place}/{}", escape(name));
                    (name.clone(), schema(value, &place, inside, change))
                });
                Tree::Object(named.collect())
            }
            value => schema(value, &place, inside, change),
        };
        changed.push((key.clone(), value));
    }
    change(pointer, &mut changed, position);
    Tree::Object(changed)
}

/// Returns whether the keys of a member are names: of schemas, or of the components of a document.
fn is_map(pointer: &str, key: &str) -> bool {
    Subschemas::of(key) == Some(Subschemas::Map) || pointer == "/components"
}

/// Returns the position of the schemas in a keyword of the schema at a position.
fn below(around: &Tree, keyword: &str, position: Position) -> Position {
    match keyword {
        _ if position == Position::Condition => Position::Condition,
        "if" | "not" | "contains" | "propertyNames" => Position::Condition,
        "allOf" | "then" | "else" | "dependencies" | "dependentSchemas" => Position::Part,
        // A branch describes the value alone if nothing beside it says what the value is.
        "anyOf" | "oneOf" => {
            let is_part =
                position == Position::Part || names_type(around) || describes_objects(around);
            if is_part { Position::Part } else { Position::Value }
        }
        _ => Position::Value,
    }
}
