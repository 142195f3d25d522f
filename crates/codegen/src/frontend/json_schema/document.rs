//! Documents that contain JSON schemas: their places, dialects and base URIs.

use super::dialect::Dialect;
use super::index::{self, Index};
use super::language;
use super::registry::{Registry, document_key};
use super::roots;
use super::scope::{Place, Scopes};
use super::uri;
use crate::error::Problem;
use crate::frontend::outcome;
use crate::model::{DefinitionId, Docs, Model, Outcome};
use crate::tree::Tree;
use std::cell::{OnceCell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// A document that contains JSON schemas, and the documents that it may refer to.
///
/// A place in the document is written as a JSON pointer, and a place in another document as the name of
/// that document, `#` and a pointer.
pub(crate) struct Document<'d> {
    pub(crate) file: &'d str,
    /// The file name as it stands in places.
    pub(super) name: String,
    pub(crate) root: &'d Tree,
    dialect: Dialect,
    /// True for a document of many schemas whose types all belong to the family.
    is_catalogue: bool,
    /// True if something below the root declares a dialect.
    is_mixed: bool,
    /// True if the document is read although it is not a schema. Then its root is not linted.
    pub(super) is_impostor: bool,
    pub(super) others: &'d Registry<'d>,
    pub(super) index: Rc<Index>,
    pub(super) scopes: Rc<Scopes>,
    /// The sentences of each place, since many types and fields refer to the same.
    pub(super) known_notes: RefCell<BTreeMap<String, Vec<String>>>,
    /// True if the document is the published one but for annotations; unknown until an event asks it.
    is_published: OnceCell<bool>,
}

impl<'d> Document<'d> {
    /// Returns a document whose root is a JSON schema.
    pub(crate) fn json_schema(
        file: &'d str,
        root: &'d Tree,
        others: &'d Registry<'d>,
    ) -> Result<Self, Vec<Problem>> {
        let dialect = others.dialects.declared(root).map_err(|undeclared| {
            let (message, help) = undeclared.problem();
            vec![Problem::new(file, "/$schema", message, help)]
        })?;
        let dialect = dialect.unwrap_or(others.dialects.default());
        Ok(Self::of_dialect(file, root, dialect, others))
    }

    fn of_dialect(
        file: &'d str,
        root: &'d Tree,
        dialect: Dialect,
        others: &'d Registry<'d>,
    ) -> Self {
        Self {
            file,
            name: document_key(file).into_owned(),
            root,
            dialect,
            is_catalogue: false,
            is_mixed: declares_inside(root),
            is_impostor: false,
            others,
            index: others.index_of(file, root),
            scopes: Rc::clone(&others.scopes),
            known_notes: RefCell::default(),
            is_published: OnceCell::new(),
        }
    }

    /// Returns an OpenAPI document whose schemas are JSON schemas of the dialect that its root declares.
    pub(crate) fn openapi(
        file: &'d str,
        root: &'d Tree,
        others: &'d Registry<'d>,
    ) -> Result<Self, Vec<Problem>> {
        Ok(Self { is_catalogue: true, ..Self::json_schema(file, root, others)? })
    }

    /// Returns an AsyncAPI document. Its schemas are draft-07 with additional annotations.
    pub(crate) fn asyncapi(file: &'d str, root: &'d Tree, others: &'d Registry<'d>) -> Self {
        let dialect = others.dialects.of_asyncapi();
        Self { is_catalogue: true, ..Self::of_dialect(file, root, dialect, others) }
    }

    /// Returns the identifier of the root.
    pub(super) fn id(&self) -> Option<&'d str> {
        index::own_id(self.root, self.dialect.draft)
    }

    /// Returns the value at a place that is known to exist.
    pub(crate) fn at(&self, place: &str) -> &'d Tree {
        self.find(place).unwrap_or(&Tree::Null)
    }

    /// Returns the value of a keyword of the schema at a place, if its dialect has the keyword.
    pub(crate) fn keyword(&self, place: &str, keyword: &str) -> Option<&'d Tree> {
        let value = self.at(place).get(keyword)?;
        self.dialect(place).has(keyword).then_some(value)
    }

    /// Returns the problem of a schema that declares an unknown dialect, unless it is the root of this
    /// document.
    pub(super) fn undeclared(&self, place: &str) -> Option<Problem> {
        let schema = self.at(place);
        let undeclared = self.others.dialects.declared(schema).err()?;
        let (file, pointer) = self.split(place);
        let is_resource = pointer.is_empty()
            || index::own_id(schema, self.dialect(place).draft).is_some()
            || self.root_of(file).is_some_and(|root| roots::is_root(root, pointer));
        let (message, help) = undeclared.problem();
        is_resource.then(|| self.problem(format!("{place}/$schema"), message, help))
    }

    pub(crate) fn find(&self, place: &str) -> Option<&'d Tree> {
        let (file, pointer) = self.split(place);
        self.root_of(file)?.at(pointer)
    }

    /// Returns the root of the document with this name, which may be this one.
    pub(super) fn root_of(&self, file: &str) -> Option<&'d Tree> {
        if file == self.file { Some(self.root) } else { self.others.document(file) }
    }

    pub(super) fn index_of(&self, file: &str) -> Option<&Index> {
        if file == self.file { Some(&self.index) } else { self.others.index(file) }
    }

    /// Returns the annotation `x-outcome` of the schema of an event, or of the schema that it refers to.
    pub(crate) fn outcome(
        &self,
        place: &str,
        root: DefinitionId,
        model: &Model,
    ) -> Result<Option<Outcome>, Vec<Problem>> {
        let here = outcome::read(self.file, self.split(place).1, self.at(place), root, model)?;
        if here.is_some() {
            return Ok(here);
        }
        let home = self.resolve(place).map_err(|problem| vec![problem])?;
        let (file, pointer) = self.split(&home);
        outcome::read(file, pointer, self.at(&home), root, model)
    }

    /// Splits a place into file and pointer.
    pub(crate) fn split<'p>(&self, place: &'p str) -> (&'p str, &'p str)
    where
        'd: 'p,
    {
        let place = Place::of(place);
        let file = place.file.filter(|file| *file != self.name);
        (file.unwrap_or(self.file), place.pointer)
    }

    /// Returns a place with the name of its document, as it is the same for all documents.
    pub(crate) fn absolute(&self, place: &str) -> String {
        match Place::of(place).file {
            Some(_) => place.to_owned(),
            None => format!("{}#{place}", self.name),
        }
    }

    /// Returns whether a place is the root of this document.
    pub(super) fn is_root(&self, place: &str) -> bool {
        self.split(place) == (self.file, "")
    }

    /// Returns whether all types of the document at a place belong to the family.
    pub(super) fn is_catalogue(&self, place: &str) -> bool {
        let (file, _) = self.split(place);
        if file == self.file {
            return self.is_catalogue;
        }
        let root = self.others.document(file);
        root.is_some_and(|root| root.get("asyncapi").or(root.get("openapi")).is_some())
    }

    /// Returns the document with this name, which a place contains.
    pub(crate) fn document(&self, name: &str) -> &'d Tree {
        self.root_of(name).unwrap_or(&Tree::Null)
    }

    /// Returns the documents of the run by name, among them this one unless it is changed.
    #[cfg(feature = "evolution")]
    pub(crate) fn others(&self) -> impl Iterator<Item = (&str, &'d Tree)> {
        self.others.documents()
    }

    /// Returns the place of a problem.
    pub(crate) fn place_of(&self, problem: &Problem) -> String {
        let Problem { file, pointer, .. } = problem;
        if file == self.file { self.absolute(pointer) } else { format!("{file}#{pointer}") }
    }

    /// Returns a place without its dynamic scope.
    pub(super) fn unscoped(&self, place: &str) -> String {
        let Place { file, pointer, .. } = Place::of(place);
        format!("{}#{pointer}", file.unwrap_or(&self.name))
    }

    /// Returns the dialect of the schema at a place.
    pub(crate) fn dialect(&self, place: &str) -> Dialect {
        let (file, pointer) = self.split(place);
        if file == self.file && !self.is_mixed {
            return self.dialect;
        }
        self.around(file, pointer).last().map_or(self.dialect, |around| around.dialect)
    }

    /// Returns the values on the path from the root of a document to a pointer, including both ends.
    pub(super) fn around<'s>(
        &'s self,
        file: &'s str,
        pointer: &'s str,
    ) -> impl Iterator<Item = Around> + use<'d, 's> {
        let dialects = &self.others.dialects;
        let mut dialect = self.dialect;
        let mut base = uri::normal(file);
        let mut resource = String::new();
        let root = self.root_of(file);
        let path = root.map(|root| schemas_around(root, pointer)).into_iter().flatten();
        path.map(move |(pointer, schema)| {
            // A document without `$schema` inherits the dialect of the document that refers to it.
            dialect = match pointer.as_str() {
                "" if file != self.file => dialects.of(schema, dialect),
                "" => self.dialect,
                _ => {
                    let is_root = || root.is_some_and(|root| roots::is_root(root, &pointer));
                    index::inner_dialect(schema, dialect, dialects, is_root)
                }
            };
            // A fragment alone is an anchor and does not change the base URI.
            if let Some(id) = index::own_id(schema, dialect.draft).filter(|id| !id.starts_with('#'))
            {
                base = uri::without_fragment(&uri::resolve(&base, id)).to_owned();
                resource.clone_from(&pointer);
            }
            Around { dialect, base: base.clone(), resource: resource.clone() }
        })
    }

    pub(crate) fn problem(
        &self,
        place: impl Into<String>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Problem {
        let place = place.into();
        let (file, pointer) = self.split(&place);
        Problem::new(file, pointer, message, help)
    }

    /// Returns whether the schema at a place is deprecated, in whatever dialect: it is an annotation.
    pub(super) fn is_deprecated(&self, place: &str) -> bool {
        self.at(place).get("deprecated") == Some(&Tree::Bool(true))
    }

    pub(crate) fn docs(&self, pointer: &str) -> Docs {
        let tree = self.at(pointer);
        let text = |key| tree.get(key).and_then(Tree::text).map(str::to_owned);
        let examples = tree.get("examples").and_then(Tree::items).unwrap_or_default();
        Docs {
            title: text("title"),
            description: text("description"),
            examples: examples.iter().map(Tree::to_string).collect(),
            notes: self.notes(pointer),
            is_deprecated: self.is_deprecated(pointer),
        }
    }

    /// Returns a problem for each annotation of an outcome at one of `places` that is not read: the schemas of
    /// events are at `roots`.
    pub(crate) fn misplaced_outcomes<'p>(
        &self,
        places: impl Iterator<Item = &'p str>,
        roots: &[&str],
    ) -> Vec<Problem> {
        let homes = roots.iter().filter_map(|root| self.resolve(root).ok());
        let read: BTreeSet<String> =
            homes.chain(roots.iter().map(|root| self.absolute(root))).collect();
        // Other documents have roots of their own, which this one does not know.
        let here =
            places.filter(|place| self.split(place).0 == self.file && !read.contains(*place));
        here.flat_map(|place| outcome::misplaced(self.file, self.split(place).1, self.at(place)))
            .collect()
    }

    /// Returns the document as published; `None` if the deviations change only annotations.
    pub(crate) fn published<'p>(&self, published: &'p Tree) -> Option<Document<'p>>
    where
        'd: 'p,
    {
        let is_same = *self.is_published.get_or_init(|| {
            published == self.root
                || without_annotations(published) == without_annotations(self.root)
        });
        if is_same {
            return None;
        }
        Some(Document {
            root: published,
            is_published: OnceCell::new(),
            name: self.name.clone(),
            index: self.others.index_of(self.file, published),
            scopes: Rc::default(),
            known_notes: RefCell::default(),
            ..*self
        })
    }
}

/// Returns whether anything below the root declares a dialect.
fn declares_inside(root: &Tree) -> bool {
    let keywords = ["$schema", language::KEYWORD];
    let declares = |inner: &Tree| {
        keywords.iter().any(|keyword| inner.get(keyword).is_some()) || declares_inside(inner)
    };
    match root {
        Tree::Object(members) => members.iter().any(|(_, member)| declares(member)),
        Tree::Array(items) => items.iter().any(declares),
        _ => false,
    }
}

/// A value on the path to a schema.
pub(super) struct Around {
    dialect: Dialect,
    /// The base URI of the value.
    pub(super) base: String,
    /// The pointer of the schema resource around it.
    pub(super) resource: String,
}

/// Returns the values on the path from the root to a pointer, including both ends.
fn schemas_around<'d>(root: &'d Tree, pointer: &str) -> impl Iterator<Item = (String, &'d Tree)> {
    let ends = pointer.match_indices('/').map(|(index, _)| index).chain([pointer.len()]);
    let mut ends: Vec<usize> = ends.collect();
    ends.dedup();
    let pointers: Vec<String> = ends.into_iter().map(|end| pointer[..end].to_owned()).collect();
    pointers.into_iter().filter_map(move |pointer| root.at(&pointer).map(|tree| (pointer, tree)))
}

/// Returns the tree without `x-` annotations.
fn without_annotations(tree: &Tree) -> Tree {
    match tree {
        Tree::Object(members) => Tree::Object(
            members
                .iter()
                .filter(|(key, _)| !key.starts_with("x-"))
                .map(|(key, value)| (key.clone(), without_annotations(value)))
                .collect(),
        ),
        Tree::Array(items) => Tree::Array(items.iter().map(without_annotations).collect()),
        other => other.clone(),
    }
}
