//! Schemas that describe objects, and schemas that name the type of their values.

use crate::tree::Tree;

/// Keywords that describe the members of objects, and say nothing about other values.
pub(super) const DESCRIBING: &[&str] =
    &["properties", "required", "additionalProperties", "patternProperties"];

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
