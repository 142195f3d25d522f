//! The names in a schema.

use super::{is_inner, is_named, name_of};
use crate::frontend::avro::names::FullName;
use crate::frontend::avro::nesting::{MAX_DEPTH, is_deeper_than};
use crate::frontend::avro::primitive::Primitive;
use crate::tree::Tree;
use std::collections::BTreeSet;

/// Adds the full names that a schema defines, and those that it refers to. A schema that is too deep, which is
/// refused when it is read, has none.
pub(crate) fn names(
    schema: &Tree,
    defined: &mut BTreeSet<String>,
    referred: &mut BTreeSet<String>,
) {
    if !is_deeper_than(MAX_DEPTH, schema) {
        visit(schema, "", defined, referred);
    }
}

fn visit(
    schema: &Tree,
    namespace: &str,
    defined: &mut BTreeSet<String>,
    referred: &mut BTreeSet<String>,
) {
    let mut refer = |name: &str| {
        if Primitive::named(name).is_none() {
            referred.insert(FullName::refer(name, namespace).to_string());
        }
    };
    if let Some(name) = schema.text() {
        return refer(name);
    }
    for branch in schema.items().unwrap_or_default() {
        visit(branch, namespace, defined, referred);
    }
    let kind = schema.get("type").and_then(Tree::text).unwrap_or_default();
    if !matches!(kind, "" | "array" | "map") && !is_named(kind) {
        return visit(&Tree::String(kind.to_owned()), namespace, defined, referred);
    }
    let name = name_of(schema, namespace);
    let namespace = name.as_ref().map_or(namespace, |name| &name.namespace);
    defined.extend(name.as_ref().map(ToString::to_string));
    for (key, value) in schema.members().unwrap_or_default() {
        // A name may stand for the schema of items and values.
        if is_inner(kind, key, value) {
            visit(value, namespace, defined, referred);
        }
    }
    for field in schema.get("fields").and_then(Tree::items).unwrap_or_default() {
        if let Some(ty) = field.get("type") {
            visit(ty, namespace, defined, referred);
        }
    }
}
