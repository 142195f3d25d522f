//! Documents that contain JSON schemas: their places, dialects and base URIs.

use super::dialect::Dialect;
use super::index::{self, Index};
use super::registry::Registry;
use super::rules::Rules;
use super::scope::{Place, Scopes};
use super::uri;
use crate::cycles;
use crate::error::Problem;
use crate::frontend::outcome;
use crate::model::{DefinitionId, Docs, Model, Outcome, RuleId};
use crate::tree::Tree;
use std::cell::RefCell;
use std::collections::BTreeMap;

/// A document that contains JSON schemas, and the documents that it may refer to.
///
/// A place in the document is written as a JSON pointer, and a place in another document as the name of
/// that document, `#` and a pointer.
pub(crate) struct Document<'d> {
    pub(crate) file: &'d str,
    pub(crate) root: &'d Tree,
    dialect: Dialect,
    /// True if a schema below the root declares a dialect.
    is_mixed: bool,
    /// True if the document is read although it is not a schema. Then its root is not linted.
    pub(super) is_impostor: bool,
    pub(super) others: &'d Registry<'d>,
    pub(super) index: Index,
    pub(super) scopes: Scopes,
    /// The sentences of each place, since many types and fields refer to the same.
    pub(super) known_notes: RefCell<BTreeMap<String, Vec<String>>>,
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
        Ok(Self {
            file,
            root,
            dialect,
            is_mixed: declares_inside(root),
            is_impostor: false,
            others,
            index: Index::of(file, root, &others.dialects),
            scopes: Scopes::default(),
            known_notes: RefCell::default(),
        })
    }

    /// Returns an AsyncAPI document. Its schemas are draft-07 with additional annotations.
    pub(crate) fn asyncapi(file: &'d str, root: &'d Tree, others: &'d Registry<'d>) -> Self {
        let places = BTreeMap::from([(file.to_owned(), String::new())]);
        Self {
            file,
            root,
            dialect: others.dialects.of_asyncapi(),
            is_mixed: declares_inside(root),
            is_impostor: false,
            others,
            index: Index { places, ..Index::default() },
            scopes: Scopes::default(),
            known_notes: RefCell::default(),
        }
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
        let is_resource = self.split(place).1.is_empty()
            || index::own_id(schema, self.dialect(place).draft).is_some();
        let (message, help) = undeclared.problem();
        is_resource.then(|| self.problem(format!("{place}/$schema"), message, help))
    }

    pub(super) fn find(&self, place: &str) -> Option<&'d Tree> {
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
        let here = outcome::read(self.file, place, self.at(place), root, model)?;
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
        (place.file.unwrap_or(self.file), place.pointer)
    }

    /// Returns a place without its dynamic scope.
    pub(super) fn unscoped(&self, place: &str) -> String {
        match Place::of(place) {
            Place { file: Some(file), pointer, .. } if file != self.file => {
                format!("{file}#{pointer}")
            }
            Place { pointer, .. } => pointer.to_owned(),
        }
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
        let mut base = file.to_owned();
        let mut resource = String::new();
        let root = self.root_of(file);
        let path = root.map(|root| schemas_around(root, pointer)).into_iter().flatten();
        path.map(move |(pointer, schema)| {
            // A document without `$schema` inherits the dialect of the document that refers to it.
            dialect = match pointer.as_str() {
                "" if file != self.file => dialects.of(schema, dialect),
                "" => self.dialect,
                _ => index::inner_dialect(schema, dialect, dialects),
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

    pub(crate) fn docs(&self, pointer: &str) -> Docs {
        let tree = self.at(pointer);
        let text = |key| tree.get(key).and_then(Tree::text).map(str::to_owned);
        let examples = tree.get("examples").and_then(Tree::items).unwrap_or_default();
        Docs {
            title: text("title"),
            description: text("description"),
            examples: examples.iter().map(Tree::to_string).collect(),
            notes: self.notes(pointer),
        }
    }

    /// Returns the rule of the same place in the published document, or `rule` itself if the deviations
    /// change only annotations.
    ///
    /// A published keyword that cannot be translated is omitted: its deviation exists for that reason,
    /// and decoding checks the patched document in any case.
    pub(crate) fn published_rule(
        &self,
        published: &Tree,
        pointer: &str,
        rule: RuleId,
        model: &mut Model,
    ) -> RuleId {
        let same = without_annotations(published) == without_annotations(self.root);
        if same || published.at(pointer).is_none() {
            return rule;
        }
        let published = Document {
            root: published,
            index: Index::of(self.file, published, &self.others.dialects),
            scopes: Scopes::default(),
            known_notes: RefCell::default(),
            ..*self
        };
        let first = model.rules.len();
        let published_rule = Rules::with_representations(&published).rule(pointer, model);
        if cycles::check(model, self.file, first).is_err() {
            model.rules.truncate(first);
            return rule;
        }
        published_rule
    }
}

/// Returns whether anything below the root declares a dialect.
fn declares_inside(root: &Tree) -> bool {
    let declares = |inner: &Tree| inner.get("$schema").is_some() || declares_inside(inner);
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
