//! Frontend for OpenAPI 3.0 and 3.1: a document is a library of the types under `components/schemas`.
//!
//! None of them is an event. The schemas are translated to JSON Schema, in the documents that they refer
//! to as well, and then read by that frontend: those of 3.0 to draft-07, and those of 3.1, which are JSON
//! Schema already, for their discriminators alone.

mod components;
mod discriminator;
mod translation;
mod v30;
mod version;

use super::json_schema::{Document, Known, Registry, Rules, Types};
use super::kind::is_openapi;
use crate::error::Problem;
use crate::model::Model;
use crate::tree::Tree;
use components::places;
use std::collections::BTreeMap;
use translation::{Translated, translated};

/// Returns the OpenAPI documents of a run, and the schema files that they refer to, with their schemas in JSON
/// Schema, so that contracts of other formats can refer to these.
pub(crate) fn in_json_schema(documents: &Registry<'_>) -> BTreeMap<String, Tree> {
    let mut all = BTreeMap::new();
    for (file, root) in documents.documents().filter(|(_, root)| is_openapi(root)) {
        // Problems are reported when the document itself is read, or where its schemas are used.
        let Ok(version) = version::of(file, root) else { continue };
        let Ok(plain) = Document::openapi(file, root, documents) else { continue };
        for (name, tree) in translated(&plain, version, &places(root)).documents {
            all.entry(name).or_insert(tree);
        }
    }
    all
}

/// A document whose schemas are in JSON Schema.
#[cfg(feature = "evolution")]
pub(crate) struct Schemas {
    /// The changed documents by name.
    pub(crate) documents: BTreeMap<String, Tree>,
    /// The places of the schemas.
    pub(crate) places: Vec<String>,
    moved: super::moved::Moved,
}

#[cfg(feature = "evolution")]
impl Schemas {
    /// Returns the component schemas of a document that [`read`] accepts.
    pub(crate) fn of(
        file: &str,
        document: &Tree,
        others: &Registry<'_>,
    ) -> Result<Self, Vec<Problem>> {
        let version = version::of(file, document).map_err(|problem| vec![problem])?;
        let plain = Document::openapi(file, document, others)?;
        let places = places(document);
        let Translated { documents, moved, .. } = translated(&plain, version, &places);
        Ok(Self { documents, places, moved })
    }

    /// Returns the pointer at which a part of the translated document was written, or `None` if that is in
    /// another document.
    pub(crate) fn written(&self, document: &Document<'_>, place: &str) -> Option<String> {
        let origin = self.moved.origin(document, place);
        let (file, pointer) = document.split(origin.as_deref().unwrap_or(place));
        (file == document.file).then(|| pointer.to_owned())
    }
}

/// Adds the types of `document` to `model`. `others` are the documents that it may refer to.
pub(crate) fn read(
    file: &str,
    document: &Tree,
    others: &Registry<'_>,
    known: &mut Known,
    model: &mut Model,
) -> Result<(), Vec<Problem>> {
    let version = version::of(file, document).map_err(|problem| vec![problem])?;
    let plain = Document::openapi(file, document, others)?;
    let places = places(document);
    if places.is_empty() {
        let help = "define schemas under `components/schemas`: each of them becomes a type";
        return Err(vec![plain.problem("", "the document defines no schemas", help)]);
    }
    let Translated { documents, mut moved, mut problems } = translated(&plain, version, &places);
    let changed = others.with(&documents);
    let others = changed.as_ref().unwrap_or(others);
    moved.add("/$schema".to_owned(), "/jsonSchemaDialect".to_owned());
    let root = documents.get(file).unwrap_or(document);
    let result = Document::openapi(file, root, others).map(|document| {
        let mut rules = Rules::new(&document).knowing(known);
        for place in &places {
            rules.rule(place, model);
        }
        problems.append(&mut rules.problems);
        if !problems.is_empty() {
            return;
        }
        let mut types = Types::new(&document, &mut rules);
        for place in &places {
            types.definition(place, model);
        }
        problems.append(&mut types.problems);
        problems.append(&mut rules.problems);
        *known = rules.into_known();
    });
    problems.extend(result.err().into_iter().flatten());
    if problems.is_empty() {
        return Ok(());
    }
    Err(problems.into_iter().map(|problem| moved.back(&plain, problem)).collect())
}
