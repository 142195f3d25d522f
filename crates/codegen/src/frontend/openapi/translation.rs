//! Translation of the schemas of OpenAPI documents to JSON Schema.

use super::super::json_schema::{Document, Subschemas};
use super::super::moved::Moved;
use super::discriminator;
use super::v30;
use super::version::{Version, supported};
use crate::error::Problem;
use crate::tree::{Tree, escape};
use std::collections::{BTreeMap, BTreeSet};

/// Documents whose schemas are translated.
#[derive(Debug, Default)]
pub(super) struct Translated {
    /// The changed documents by name.
    pub(super) documents: BTreeMap<String, Tree>,
    pub(super) moved: Moved,
    pub(super) problems: Vec<Problem>,
}

/// Translates the schemas at `places`, and all that they refer to. `version` is that of `document`.
pub(super) fn translated(
    document: &Document<'_>,
    version: Version,
    places: &[String],
) -> Translated {
    let mut translation = Translation {
        document,
        version,
        seen: BTreeSet::new(),
        // In the form of references, so that no schema is translated twice.
        open: places.iter().rev().map(|place| document.absolute(place)).collect(),
        result: Translated::default(),
    };
    let mut schemas = Vec::new();
    while let Some(place) = translation.open.pop() {
        if translation.seen.contains(&place) {
            continue;
        }
        let (file, pointer) = document.split(&place);
        let Some(version) = translation.version_of(file) else { continue };
        let tree = translation.schema(&place, version);
        schemas.push((file.to_owned(), pointer.to_owned(), tree, version));
    }
    let mut result = translation.result;
    // A schema inside another one is translated before it or as its part, to the same tree.
    for (file, pointer, tree, version) in schemas {
        let plain = document.document(&file);
        let root = result.documents.entry(file).or_insert_with(|| declared(plain, version));
        if let Some(schema) = root.at_mut(&pointer) {
            *schema = tree;
        }
    }
    result
}

/// Returns a document that declares the dialect of its schemas, if it is an OpenAPI document. Other
/// documents have the dialect of those that refer to them.
fn declared(document: &Tree, version: Version) -> Tree {
    match document {
        Tree::Object(members) if document.get("openapi").is_some() => {
            let dialect = ("$schema".to_owned(), version.dialect(document));
            let others = members.iter().filter(|(key, _)| key != "$schema").cloned();
            Tree::Object(std::iter::once(dialect).chain(others).collect())
        }
        other => other.clone(),
    }
}

struct Translation<'t, 'd> {
    document: &'t Document<'d>,
    version: Version,
    /// The places of translated schemas.
    seen: BTreeSet<String>,
    /// The places of schemas to translate.
    open: Vec<String>,
    result: Translated,
}

impl Translation<'_, '_> {
    /// Returns the version of the schemas in a file, or `None` if they are JSON Schema by declaration.
    fn version_of(&self, file: &str) -> Option<Version> {
        let root = self.document.document(file);
        if file == self.document.file {
            return Some(self.version);
        }
        match root.get("openapi") {
            Some(version) => supported(version),
            None if root.get("$schema").is_some() || root.get("asyncapi").is_some() => None,
            None => Some(self.version),
        }
    }

    /// Returns the schema at `place` in JSON Schema.
    fn schema(&mut self, place: &str, version: Version) -> Tree {
        self.seen.insert(place.to_owned());
        let schema = self.document.at(place);
        let Tree::Object(members) = schema else { return schema.clone() };
        if schema.get("$ref").is_some() {
            // An unresolved reference is reported when the translated schema is read.
            self.open.extend(self.document.dereference(place).ok());
            if version != Version::V31 {
                return schema.clone();
            }
        }
        let members = members.iter().map(|(key, value)| {
            let at = format!("{place}/{}", escape(key));
            (key.clone(), self.keyword(key, value, &at, version))
        });
        let members = with_examples(members.collect());
        let Translated { moved, problems, .. } = &mut self.result;
        let members = discriminator::explicit(self.document, place, members, moved, problems);
        match version {
            Version::V30 { nullable_needs_type } => {
                v30::translated(self.document, place, members, nullable_needs_type, moved, problems)
            }
            Version::V31 => Tree::Object(members),
        }
    }

    /// Returns the value of a keyword with the schemas in it translated.
    fn keyword(&mut self, key: &str, value: &Tree, at: &str, version: Version) -> Tree {
        // No version of OpenAPI has `dependencies`.
        let form = Subschemas::of(key).filter(|_| key != "dependencies");
        match (form, value) {
            (Some(Subschemas::Map), Tree::Object(members)) => {
                let members = members.iter().map(|(name, _)| {
                    (name.clone(), self.schema(&format!("{at}/{}", escape(name)), version))
                });
                Tree::Object(members.collect())
            }
            (Some(Subschemas::List), Tree::Array(items)) => {
                let items =
                    (0..items.len()).map(|index| self.schema(&format!("{at}/{index}"), version));
                Tree::Array(items.collect())
            }
            (Some(Subschemas::Schema), _) => self.schema(at, version),
            (_, other) => other.clone(),
        }
    }
}

/// Returns the members of a schema in which `example` is a list of examples, unless it has both.
fn with_examples(mut members: Vec<(String, Tree)>) -> Vec<(String, Tree)> {
    let has_list = members.iter().any(|(key, _)| key == "examples");
    for (key, value) in members.iter_mut().filter(|(key, _)| key == "example" && !has_list) {
        key.push('s');
        *value = Tree::Array(vec![value.clone()]);
    }
    members
}
