//! Schemas that describe objects without naming a `type`, which an option makes schemas of objects.

use super::rewrite::{Position, rewritten};
use crate::tree::Tree;
use std::collections::BTreeSet;

/// Keywords that describe the members of objects, and say nothing about other values.
pub(super) const DESCRIBING: &[&str] =
    &["properties", "required", "additionalProperties", "patternProperties"];

/// The annotation of a schema that this option made one of objects.
pub(super) const OBJECT: &str = "x-object-by-option";

/// Returns the document in which schemas that describe objects without naming a `type` allow objects alone:
/// everywhere, or at some places. Adds the places that were changed to `found`.
pub(crate) fn objects(
    root: &Tree,
    is_wanted: &impl Fn(&str) -> bool,
    found: &mut BTreeSet<String>,
) -> Tree {
    rewritten(root, &mut |pointer, members, position| {
        if position != Position::Value || !is_wanted(pointer) {
            return;
        }
        let schema = Tree::Object(std::mem::take(members));
        let is_untyped = describes_objects(&schema) && !names_type(&schema);
        if let Tree::Object(own) = schema {
            *members = own;
        }
        if is_untyped {
            members.push(("type".to_owned(), Tree::String("object".into())));
            members.push((OBJECT.to_owned(), Tree::Bool(true)));
            found.insert(pointer.to_owned());
        }
    })
}

/// Returns whether a schema, or a part of it, describes the members of objects.
pub(super) fn describes_objects(schema: &Tree) -> bool {
    let describes = |keyword: &str| match (keyword, schema.get(keyword)) {
        ("properties" | "patternProperties", Some(Tree::Object(members))) => !members.is_empty(),
        ("required", Some(Tree::Array(names))) => !names.is_empty(),
        ("additionalProperties", Some(Tree::Bool(allowed))) => !allowed,
        ("additionalProperties", Some(Tree::Object(members))) => !members.is_empty(),
        _ => false,
    };
    DESCRIBING.iter().any(|keyword| describes(keyword))
        || parts(schema).iter().any(describes_objects)
}

/// Returns whether a schema, or a part of it, says of which type a value is, or refers to a schema that may.
pub(super) fn names_type(schema: &Tree) -> bool {
    ["type", "enum", "const", "$ref", "$dynamicRef", "$recursiveRef", "x-rust-type"]
        .iter()
        .any(|keyword| schema.get(keyword).is_some())
        || parts(schema).iter().any(names_type)
}

fn parts(schema: &Tree) -> &[Tree] {
    schema.get("allOf").and_then(Tree::items).unwrap_or_default()
}
