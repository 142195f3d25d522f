//! The texts of a schema: its JSON for other readers, and the Parsing Canonical Form (Avro
//! specification, “Parsing Canonical Form for Schemas”), which identifies it.
//!
//! The document has already been read without problems, so missing parts need no error handling.

use super::fingerprint;
use super::names::FullName;
use super::nesting::unwrapped;
use super::primitive::Primitive;
use crate::model::AvroSchema;
use crate::tree::Tree;

/// Returns the texts and fingerprints of a document.
pub(super) fn schema(document: &Tree) -> AvroSchema {
    let canonical_form = canonical(document, "").to_string();
    AvroSchema {
        json: without_annotations(document).to_string(),
        rabin: fingerprint::rabin(canonical_form.as_bytes()),
        md5: fingerprint::md5(canonical_form.as_bytes()),
        sha256: fingerprint::sha256(canonical_form.as_bytes()),
        canonical_form,
    }
}

/// Converts a schema to canonical form. `namespace` is that of the enclosing definition.
fn canonical(schema: &Tree, namespace: &str) -> Tree {
    match schema {
        // [FULLNAMES]
        Tree::String(name) if Primitive::named(name).is_none() => {
            Tree::String(FullName::refer(name, namespace).to_string())
        }
        Tree::Array(branches) => {
            Tree::Array(branches.iter().map(|branch| canonical(branch, namespace)).collect())
        }
        Tree::Object(_) => object(schema, namespace),
        other => other.clone(),
    }
}

fn object(schema: &Tree, namespace: &str) -> Tree {
    let ty = match schema.get("type") {
        Some(inner @ (Tree::Object(_) | Tree::Array(_))) => return canonical(inner, namespace),
        ty => kind(ty.and_then(Tree::text).unwrap_or_default()),
    };
    let inner = |attribute| schema.get(attribute).map(|inner| canonical(inner, namespace));
    match ty {
        "array" => members([("type", text(ty)), ("items", inner("items"))]),
        "map" => members([("type", text(ty)), ("values", inner("values"))]),
        "record" | "enum" | "fixed" => {
            let name = schema.get("name").and_then(Tree::text).unwrap_or_default();
            let own = schema.get("namespace").and_then(Tree::text);
            let full_name = FullName::define(name, own, namespace).ok();
            let within = full_name.as_ref().map_or(namespace, |name| name.namespace.as_str());
            let name = full_name.as_ref().map(|name| Tree::String(name.to_string()));
            let fields = schema.get("fields").and_then(Tree::items).filter(|_| ty == "record");
            let fields =
                fields.map(|fields| Tree::Array(fields.iter().map(|f| field(f, within)).collect()));
            let symbols = schema.get("symbols").filter(|_| ty == "enum").cloned();
            let size = schema.get("size").filter(|_| ty == "fixed").and_then(Tree::count);
            let size = size.map(|size| Tree::Number(serde_json::Number::from(size).into()));
            // [ORDER]
            members([
                ("name", name),
                ("type", text(ty)),
                ("fields", fields),
                ("symbols", symbols),
                ("size", size),
            ])
        }
        // [PRIMITIVES], and references that are wrapped in an object.
        name => canonical(&Tree::String(name.to_owned()), namespace),
    }
}

/// Returns the type of a schema object. An `error` differs from a record in its use only.
fn kind(ty: &str) -> &str {
    if ty == "error" { "record" } else { ty }
}

fn field(field: &Tree, namespace: &str) -> Tree {
    let ty = field.get("type").map(|ty| canonical(ty, namespace));
    members([("name", field.get("name").cloned()), ("type", ty)])
}

fn text(text: &str) -> Option<Tree> {
    Some(Tree::String(text.to_owned()))
}

/// Returns an object of the members that have a value.
fn members<const N: usize>(members: [(&str, Option<Tree>); N]) -> Tree {
    let members = members.into_iter();
    Tree::Object(members.filter_map(|(key, value)| Some((key.to_owned(), value?))).collect())
}

/// Returns a schema without documentation, `x-rust-` annotations and attributes that are null.
fn without_annotations(schema: &Tree) -> Tree {
    match unwrapped(schema) {
        Tree::Array(branches) => Tree::Array(branches.iter().map(without_annotations).collect()),
        schema @ Tree::Object(_) => kept_members(schema, |key, value| match (key, value) {
            ("type", Tree::String(ty)) => Tree::String(kind(ty).to_owned()),
            ("items" | "values", inner) => without_annotations(inner),
            ("fields", Tree::Array(fields)) => {
                let field = |field| {
                    // Defaults are kept unchanged, since they contain data.
                    kept_members(field, |key, value| match key {
                        "type" => without_annotations(value),
                        _ => value.clone(),
                    })
                };
                Tree::Array(fields.iter().map(field).collect())
            }
            _ => value.clone(),
        }),
        other => other.clone(),
    }
}

/// Returns the members of a schema or a field that other readers need.
fn kept_members(tree: &Tree, kept: impl Fn(&str, &Tree) -> Tree) -> Tree {
    let is_needed = |key: &str, value: &Tree| {
        let is_for_generator =
            key.starts_with("x-rust-") || matches!(key, "doc" | "x-outcome" | "x-answers");
        let is_absent = *value == Tree::Null && matches!(key, "namespace" | "aliases");
        !is_for_generator && !is_absent
    };
    let members = tree.members().unwrap_or_default().iter();
    let members = members.filter(|(key, value)| is_needed(key, value));
    Tree::Object(members.map(|(key, value)| (key.clone(), kept(key, value))).collect())
}
