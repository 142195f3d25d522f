//! The documents of a run, by their URIs.

use super::dialect::Dialect;
use super::uri;
use crate::tree::{Tree, escape};
use std::collections::BTreeMap;

/// The documents that references may lead to.
///
/// A place in one of them is written as the name of the document, `#` and a JSON pointer.
#[derive(Debug, Default)]
pub(crate) struct Registry<'d> {
    documents: BTreeMap<&'d str, &'d Tree>,
    places: BTreeMap<String, String>,
}

impl<'d> Registry<'d> {
    /// Adds a document under its name, which is a file name or a URI.
    pub(crate) fn add(&mut self, name: &'d str, root: &'d Tree) {
        // Such a name would be ambiguous with a pointer.
        if name.starts_with('/') || name.contains('#') || name.is_empty() {
            return;
        }
        self.documents.entry(name).or_insert(root);
        for (uri, pointer) in identities(name, root) {
            self.places.entry(uri).or_insert_with(|| format!("{name}#{pointer}"));
        }
    }

    /// Returns the registry in which `changed` documents replace those of the same name.
    pub(crate) fn with<'c>(
        &self,
        changed: impl IntoIterator<Item = (&'c str, &'c Tree)>,
    ) -> Registry<'c>
    where
        'd: 'c,
    {
        let mut registry = Registry::default();
        for (name, root) in changed {
            registry.add(name, root);
        }
        for (name, root) in self.documents() {
            registry.add(name, root);
        }
        registry
    }

    /// Returns all documents by name.
    pub(crate) fn documents(&self) -> impl Iterator<Item = (&'d str, &'d Tree)> {
        self.documents.iter().map(|(name, root)| (*name, *root))
    }

    /// Returns the names and URIs of all documents.
    pub(super) fn uris(&self) -> impl Iterator<Item = &str> {
        self.places.keys().map(String::as_str).filter(|uri| !uri.contains('#'))
    }

    /// Returns the document with this name.
    pub(super) fn document(&self, name: &str) -> Option<&'d Tree> {
        self.documents.get(name).copied()
    }

    /// Returns the place of a URI that has no fragment or an anchor as its fragment.
    pub(super) fn place(&self, uri: &str) -> Option<&str> {
        self.places.get(uri).map(String::as_str)
    }
}

/// The place of named schemas in an AsyncAPI or OpenAPI document.
const COMPONENTS: &str = "/components/schemas";

/// Returns the URIs of a document and of the schemas inside it, with their pointers.
pub(super) fn identities(name: &str, root: &Tree) -> BTreeMap<String, String> {
    let name = uri::normal(name);
    let mut found = BTreeMap::from([(name.clone(), String::new())]);
    let dialect = Dialect::of(root).ok().flatten().unwrap_or(Dialect::Draft07);
    collect(root, String::new(), &name, dialect, &mut found);
    // The schemas of an AsyncAPI or OpenAPI document.
    for (key, schema) in root.at(COMPONENTS).and_then(Tree::members).unwrap_or_default() {
        collect(schema, format!("{COMPONENTS}/{}", escape(key)), &name, dialect, &mut found);
    }
    found
}

fn collect(
    schema: &Tree,
    pointer: String,
    base: &str,
    dialect: Dialect,
    found: &mut BTreeMap<String, String>,
) {
    let Some(members) = schema.members() else { return };
    let id = own_id(schema, dialect);
    let dialect = match (id, Dialect::of(schema)) {
        (Some(_), Ok(Some(other))) => other,
        _ => dialect,
    };
    let mut base = base.to_owned();
    if let Some(id) = id {
        let uri = uri::resolve(&base, id);
        let (resource, name) = uri.split_once('#').unwrap_or((&uri, ""));
        if !id.starts_with('#') {
            found.entry(resource.to_owned()).or_insert_with(|| pointer.clone());
            base = resource.to_owned();
        }
        // In draft-07 a fragment in `$id` is an anchor, unless it is a pointer.
        if !name.is_empty() && !name.starts_with('/') {
            found.entry(format!("{base}#{name}")).or_insert_with(|| pointer.clone());
        }
    }
    if dialect != Dialect::Draft07 {
        for keyword in ["$anchor", "$dynamicAnchor"] {
            if let Some(name) = schema.get(keyword).and_then(Tree::text) {
                found.entry(format!("{base}#{name}")).or_insert_with(|| pointer.clone());
            }
        }
    }
    for (keyword, value) in members {
        let place = format!("{pointer}/{}", escape(keyword));
        let inner = |key: &str| format!("{place}/{}", escape(key));
        match (Subschemas::of(keyword), value) {
            (Some(Subschemas::Schema), Tree::Array(items))
            | (Some(Subschemas::List), Tree::Array(items)) => {
                for (index, item) in items.iter().enumerate() {
                    collect(item, inner(&index.to_string()), &base, dialect, found);
                }
            }
            (Some(Subschemas::Schema), _) => collect(value, place, &base, dialect, found),
            (Some(Subschemas::Map), Tree::Object(members)) => {
                for (key, member) in members {
                    collect(member, inner(key), &base, dialect, found);
                }
            }
            _ => {}
        }
    }
}

/// Returns the `$id` of a schema. Draft-07 ignores it beside a reference (core 8.3).
pub(super) fn own_id(schema: &Tree, dialect: Dialect) -> Option<&str> {
    let id = schema.get("$id")?.text()?;
    let ignored = dialect == Dialect::Draft07 && schema.get("$ref").is_some();
    (!ignored).then_some(id)
}

/// The form in which a keyword contains schemas.
enum Subschemas {
    Schema,
    List,
    Map,
}

impl Subschemas {
    fn of(keyword: &str) -> Option<Self> {
        Some(match keyword {
            "items"
            | "additionalItems"
            | "unevaluatedItems"
            | "contains"
            | "additionalProperties"
            | "unevaluatedProperties"
            | "propertyNames"
            | "not"
            | "if"
            | "then"
            | "else"
            | "contentSchema" => Subschemas::Schema,
            "allOf" | "anyOf" | "oneOf" | "prefixItems" => Subschemas::List,
            "definitions" | "$defs" | "properties" | "patternProperties" | "dependencies"
            | "dependentSchemas" => Subschemas::Map,
            _ => return None,
        })
    }
}
