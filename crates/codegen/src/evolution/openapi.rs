//! Comparison of the component schemas of two OpenAPI documents, by their names.

use super::change::{Breaks, Change};
use super::json_schema::{Walker, check};
use super::version::Version;
use crate::Options;
use crate::error::Error;
use crate::frontend::json_schema::{Document, Registry};
use crate::frontend::openapi::Schemas;
use crate::tree::unescape;
use std::collections::HashSet;

/// Compares two versions.
pub(super) fn compare(
    old: &Version<'_>,
    new: &Version<'_>,
    options: &Options,
) -> Result<Vec<Change>, Error> {
    let [old_registry, new_registry] = [old, new].map(|version| version.registry(options));
    let of_old = Side::of(old, &old_registry)?;
    let of_new = Side::of(new, &new_registry)?;
    let (old_translated, new_translated) = (
        old_registry.with(&of_old.schemas.documents),
        new_registry.with(&of_new.schemas.documents),
    );
    let old_document = of_old.document(old_translated.as_ref().unwrap_or(&old_registry))?;
    let new_document = of_new.document(new_translated.as_ref().unwrap_or(&new_registry))?;
    let mut walker = Walker::new(&old_document, &new_document);
    let mut changes = Vec::new();
    let places =
        |side: &Side<'_>| -> HashSet<String> { side.schemas.places.iter().cloned().collect() };
    let (in_old, in_new) = (places(&of_old), places(&of_new));
    for place in &of_old.schemas.places {
        if in_new.contains(place) {
            let place = std::slice::from_ref(place);
            changes.extend(walker.between(place, place));
        } else {
            let what = format!("the schema `{}` was removed", name(place));
            let why = "the paths that use it are not compared";
            let mut change = Change::new((Some(place.clone()), None), what, Breaks::BOTH, why);
            (change.gone, change.undecided) = (true, true);
            changes.push(change);
        }
    }
    for place in of_new.schemas.places.iter().filter(|place| !in_old.contains(*place)) {
        let what = format!("the schema `{}` was added", name(place));
        let why = "nothing of the old version uses it";
        changes.push(Change::new((None, Some(place.clone())), what, Breaks::NONE, why));
    }
    walker.finish().map_err(|problems| new.located(problems))?;
    for change in &mut changes {
        let written = |side: &Side<'_>, document: &Document<'_>, pointer: Option<String>| {
            pointer.and_then(|pointer| side.schemas.written(document, &pointer))
        };
        change.pointer_old = written(&of_old, &old_document, change.pointer_old.take());
        change.pointer_new = written(&of_new, &new_document, change.pointer_new.take());
    }
    Ok(changes)
}

/// Returns the name of the component schema at a place.
fn name(place: &str) -> String {
    unescape(place.rsplit('/').next().unwrap_or_default())
}

/// A version whose schemas are translated.
struct Side<'v> {
    version: &'v Version<'v>,
    schemas: Schemas,
}

impl<'v> Side<'v> {
    fn of(version: &'v Version<'v>, registry: &Registry<'_>) -> Result<Self, Error> {
        let (file, tree) = (version.name(), &version.file.tree);
        let schemas = Schemas::of(file, tree, registry);
        Ok(Self { version, schemas: schemas.map_err(|problems| version.located(problems))? })
    }

    /// Returns the translated document after checking that all its keywords are valid.
    fn document<'d>(&'d self, registry: &'d Registry<'d>) -> Result<Document<'d>, Error> {
        let file = self.version.name();
        let root = self.schemas.documents.get(file).unwrap_or(&self.version.file.tree);
        let document = Document::openapi(file, root, registry);
        let checked = document.and_then(|it| check(&it, &self.schemas.places).map(|()| it));
        checked.map_err(|problems| self.version.located(problems))
    }
}
