//! The state of the comparison, and the versions as it reads them.

use super::super::avro;
use super::super::change::{Breaks, Change};
use super::super::json_schema::Walker;
use super::super::version::Version;
use crate::error::{Error, Problem};
use crate::frontend::asyncapi::{
    self, Others,
    outline::{Outline, Whole},
};
use crate::frontend::avro::Collection;
use crate::frontend::json_schema::{Document, Known, Registry};
use crate::model::Model;
use crate::tree::Tree;
use crate::{Options, cycles};
use std::collections::HashMap;

pub(super) const READERS: Breaks = Breaks { readers: true, writers: false };
pub(super) const WRITERS: Breaks = Breaks { readers: false, writers: true };

/// The name of a document that describes headers without a schema.
pub(super) const ANY_HEADERS: &str = "urn:migration-events:any-headers";

/// A version with its traits merged, and the schemas that it refers to in JSON Schema.
pub(super) struct Side<'s> {
    pub(super) document: &'s Document<'s>,
    pub(super) outline: Outline,
    whole: &'s Whole,
    avro_types: &'s Collection,
}

/// Calls `then` with a valid version.
pub(super) fn with_side<T>(
    version: &Version<'_>,
    options: &Options,
    then: impl FnOnce(Side<'_>) -> Result<T, Error>,
) -> Result<T, Error> {
    let (file, tree) = (version.name(), &version.file.tree);
    let located = |problems: Vec<Problem>| version.located(problems);
    let registry = version.registry(options);
    let translated = Version::translated(&registry);
    let changed = registry.with(&translated);
    let registry = changed.as_ref().unwrap_or(&registry);
    let avro_types = version.avro_types().map_err(located)?;
    check(file, tree, registry, &avro_types).map_err(located)?;
    let mut whole = Whole::of(file, tree, registry).map_err(located)?;
    let any = [("type".to_owned(), Tree::String("object".to_owned()))];
    whole.documents.insert(ANY_HEADERS.to_owned(), Tree::Object(any.into()));
    let documents = std::mem::take(&mut whole.documents);
    let changed = registry.with(&documents);
    let registry = changed.as_ref().unwrap_or(registry);
    let document = Document::asyncapi(file, documents.get(file).unwrap_or(tree), registry);
    let outline = whole.outline(&document).map_err(located)?;
    then(Side { document: &document, outline, whole: &whole, avro_types: &avro_types })
}

/// Checks that the generator accepts a document.
fn check(
    file: &str,
    tree: &Tree,
    registry: &Registry<'_>,
    avro_types: &Collection,
) -> Result<(), Vec<Problem>> {
    let others = Others { documents: registry, avro_types };
    let mut model = Model::default();
    asyncapi::read(file, tree, tree, &others, &mut Known::default(), &mut model)?;
    cycles::check(&model, file, 0)
}

/// The state of the comparison.
pub(super) struct Comparison<'c> {
    pub(super) old: &'c Side<'c>,
    pub(super) new: &'c Side<'c>,
    walker: Walker<'c>,
    changes: Vec<Change>,
}

impl<'c> Comparison<'c> {
    pub(super) fn of(old: &'c Side<'c>, new: &'c Side<'c>) -> Self {
        let walker = Walker::new(old.document, new.document);
        Self { old, new, walker, changes: Vec::new() }
    }

    /// Returns the recorded changes.
    pub(super) fn finish(self) -> Result<Vec<Change>, Vec<Problem>> {
        self.walker.finish().map(|()| self.changes)
    }

    /// Records a change at places of the old and the new version. A place in one version only was added or
    /// removed.
    pub(super) fn note(
        &mut self,
        (old, new): (Option<&str>, Option<&str>),
        what: impl Into<String>,
        breaks: Breaks,
        why: &str,
    ) {
        let gone = new.is_none();
        let written = |side: &Side<'_>, place: Option<&str>| {
            place.and_then(|place| side.whole.written(side.document, place))
        };
        let pointers = (written(self.old, old), written(self.new, new));
        let mut change = Change::new(pointers, what, breaks, why);
        change.gone = gone;
        self.changes.push(change);
    }

    /// Records a change that is not decided.
    pub(super) fn guess(
        &mut self,
        places: (Option<&str>, Option<&str>),
        what: impl Into<String>,
        why: &str,
    ) {
        self.note(places, what, Breaks::BOTH, why);
        if let Some(change) = self.changes.last_mut() {
            change.undecided = true;
        }
    }

    /// Records the changes between two JSON schemas.
    pub(super) fn schemas(&mut self, old: &str, new: &str) {
        let changes = self.walker.between(&[old.to_owned()], &[new.to_owned()]);
        self.extend(changes);
    }

    /// Records the changes between two Avro schemas at places of the documents.
    pub(super) fn avro_schemas(
        &mut self,
        (old, of_old): (&str, &Tree),
        (new, of_new): (&str, &Tree),
    ) {
        let root = |side: &Side<'_>, place: &str, schema: &Tree| {
            let (file, pointer) = side.document.split(place);
            avro::Root::valid(file, pointer, schema, side.avro_types)
        };
        let [is_old_here, is_new_here] = [(self.old, old), (self.new, new)]
            .map(|(side, place)| side.document.split(place).0 == side.document.file);
        let changes = avro::between(&root(self.old, old, of_old), &root(self.new, new, of_new));
        let changes = changes.into_iter().map(|mut change| {
            change.pointer_old = change.pointer_old.filter(|_| is_old_here);
            change.pointer_new = change.pointer_new.filter(|_| is_new_here);
            change
        });
        let changes = changes.collect();
        self.extend(changes);
    }

    /// Adds changes of schemas, with the places at which copied parts were written.
    fn extend(&mut self, changes: Vec<Change>) {
        let written = |side: &Side<'_>, pointer: Option<String>| {
            pointer.and_then(|pointer| side.whole.written(side.document, &pointer))
        };
        for mut change in changes {
            change.pointer_old = written(self.old, change.pointer_old.take());
            change.pointer_new = written(self.new, change.pointer_new.take());
            self.changes.push(change);
        }
    }
}

/// Returns the indices of items by their names.
pub(super) fn by_name<'i, T>(
    items: &'i [T],
    name: impl Fn(&'i T) -> &'i str,
) -> HashMap<&'i str, usize> {
    items.iter().enumerate().map(|(index, item)| (name(item), index)).collect()
}
