//! The schemas of a document by their URIs and anchors.

use super::dialect::{Dialect, Dialects};
use super::subschemas::subschemas;
use super::uri;
use super::{language, roots};
use crate::options::Draft;
use crate::tree::{Tree, escape};
use std::collections::{BTreeMap, BTreeSet};

/// Where the URIs and anchors of a document lead to, as pointers into it.
#[derive(Debug, Clone, Default)]
pub(super) struct Index {
    /// The schemas by URI, without fragment or with an anchor as the fragment.
    pub(super) places: BTreeMap<String, String>,
    /// The dynamic anchors of each schema resource, by the pointer of the resource. The anchor of
    /// `$recursiveAnchor` is called [`RECURSIVE`].
    pub(super) dynamic: BTreeMap<String, BTreeMap<String, String>>,
    /// The anchors to which dynamic references lead.
    pub(super) dynamic_references: BTreeSet<String>,
}

/// The place of named schemas in an AsyncAPI or OpenAPI document.
const COMPONENTS: &str = "/components/schemas";

/// The name of the dynamic anchor that `$recursiveAnchor` stands for. No `$dynamicAnchor` has it.
pub(super) const RECURSIVE: &str = "";

impl Index {
    pub(super) fn of(name: &str, root: &Tree, dialects: &Dialects) -> Self {
        let (mut index, name) = (Self::default(), &uri::normal(name));
        index.places.insert(name.clone(), String::new());
        let at_root = Place { pointer: String::new(), base: name, resource: "", is_root: false };
        let dialect = dialects.of(root, dialects.default());
        index.collect(root, &at_root, dialect, dialects);
        // The schemas of an AsyncAPI or OpenAPI document.
        for (key, schema) in root.at(COMPONENTS).and_then(Tree::members).unwrap_or_default() {
            let pointer = format!("{COMPONENTS}/{}", escape(key));
            let is_root = roots::is_root(root, &pointer);
            index.collect(schema, &Place { pointer, is_root, ..at_root }, dialect, dialects);
        }
        if root.get("$schema").is_none() {
            // Such a document has the dialect of the one that refers to it.
            for draft in [Draft::Draft202012, Draft::Draft07, Draft::Draft04] {
                index.collect(root, &at_root, dialect.with_draft(draft), dialects);
            }
        }
        index
    }

    fn collect(&mut self, schema: &Tree, at: &Place<'_>, outer: Dialect, dialects: &Dialects) {
        if schema.members().is_none() {
            return;
        }
        let (pointer, mut base, mut resource) = (&at.pointer, at.base.to_owned(), at.resource);
        let dialect = inner_dialect(schema, outer, dialects, || at.is_root);
        if let Some(id) = own_id(schema, dialect.draft) {
            let uri = uri::resolve(&base, id);
            let (target, name) = uri.split_once('#').unwrap_or((&uri, ""));
            if !id.starts_with('#') {
                self.places.entry(target.to_owned()).or_insert_with(|| pointer.clone());
                base = target.to_owned();
                resource = pointer;
            }
            // Up to draft-07 a fragment in the identifier is an anchor, unless it is a pointer.
            if !name.is_empty() && !name.starts_with('/') {
                self.anchor(&base, name, pointer);
            }
        }
        let text = |keyword| schema.get(keyword).and_then(Tree::text);
        if dialect.siblings_apply() {
            for name in ["$anchor", "$dynamicAnchor"].into_iter().filter_map(text) {
                self.anchor(&base, name, pointer);
            }
        }
        match dialect.draft {
            Draft::Draft201909 => {
                if schema.get("$recursiveAnchor") == Some(&Tree::Bool(true)) && pointer == resource
                {
                    self.dynamic_anchor(resource, RECURSIVE, pointer);
                }
                if schema.get("$recursiveRef").is_some() {
                    self.dynamic_references.insert(RECURSIVE.to_owned());
                }
            }
            Draft::Draft202012 => {
                if let Some(name) = text("$dynamicAnchor") {
                    self.dynamic_anchor(resource, name, pointer);
                }
                if let Some((_, name)) = text("$dynamicRef").and_then(|uri| uri.split_once('#')) {
                    self.dynamic_references.insert(name.to_owned());
                }
            }
            _ => {}
        }
        for (below, inner) in subschemas(schema) {
            let pointer = format!("{pointer}{below}");
            let at = Place { pointer, base: &base, resource, is_root: false };
            self.collect(inner, &at, dialect, dialects);
        }
    }

    fn anchor(&mut self, base: &str, name: &str, pointer: &str) {
        self.places.entry(format!("{base}#{name}")).or_insert_with(|| pointer.to_owned());
    }

    fn dynamic_anchor(&mut self, resource: &str, name: &str, pointer: &str) {
        let anchors = self.dynamic.entry(resource.to_owned()).or_default();
        anchors.entry(name.to_owned()).or_insert_with(|| pointer.to_owned());
    }
}

/// A schema on the way through a document.
struct Place<'p> {
    pointer: String,
    /// The base URI around the schema.
    base: &'p str,
    /// The pointer of the schema resource around the schema.
    resource: &'p str,
    /// True if another language embeds the schema.
    is_root: bool,
}

/// Returns the dialect of a schema inside one of the dialect `outer`. `is_root` is whether another language
/// embeds the schema.
pub(super) fn inner_dialect(
    schema: &Tree,
    outer: Dialect,
    dialects: &Dialects,
    is_root: impl Fn() -> bool,
) -> Dialect {
    if schema.get("$schema").is_none() {
        return language::draft(schema).map_or(outer, |draft| dialects.of_draft(draft));
    }
    let inner = dialects.of(schema, outer);
    // Only the root of a schema resource declares a dialect.
    if own_id(schema, inner.draft).is_some() || is_root() { inner } else { outer }
}

/// Returns the identifier of a schema. Up to draft-07 it is ignored beside a reference (core 8.3).
pub(super) fn own_id(schema: &Tree, draft: Draft) -> Option<&str> {
    let keyword = if draft == Draft::Draft04 { "id" } else { "$id" };
    let id = schema.get(keyword)?.text()?;
    let is_ignored = draft < Draft::Draft201909 && schema.get("$ref").is_some();
    (!is_ignored).then_some(id)
}
