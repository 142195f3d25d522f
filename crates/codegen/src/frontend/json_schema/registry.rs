//! The documents of a run, by their URIs.

use super::dialect::Dialects;
use super::index::Index;
use super::metaschemas;
use super::scope::Scopes;
use super::uri;
use crate::options::{DialectChoices, Lints, Options};
use crate::tree::Tree;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// The documents that references may lead to, and how they are read.
///
/// A place in one of them is written as the name of the document, `#` and a JSON pointer.
#[derive(Debug, Default)]
pub(crate) struct Registry<'d> {
    documents: BTreeMap<String, &'d Tree>,
    places: BTreeMap<String, String>,
    indices: BTreeMap<String, Rc<Index>>,
    /// The dynamic anchors of several schemas to which a dynamic reference leads.
    ambiguous: BTreeSet<String>,
    pub(super) dialects: Dialects,
    pub(super) lints: Lints,
    /// The dynamic scopes that were met.
    pub(super) scopes: Rc<Scopes>,
    choices: DialectChoices,
}

impl<'d> Registry<'d> {
    /// Returns the registry of documents, each with its name, which is a file name or a URI. Of several
    /// with the same name the first is kept.
    pub(crate) fn of(
        options: &Options,
        documents: impl IntoIterator<Item = (&'d str, &'d Tree)>,
    ) -> Self {
        let (lints, choices) = (options.lints.clone(), options.dialects.clone());
        Self { lints, choices, ..Self::default() }.filled(documents)
    }

    /// Returns the registry in which `changed` documents replace those of the same name, or `None` if there
    /// are none.
    pub(crate) fn with<'c>(&'c self, changed: &'c BTreeMap<String, Tree>) -> Option<Registry<'c>> {
        if changed.is_empty() {
            return None;
        }
        let changed = changed.iter().map(|(name, root)| (name.as_str(), root));
        let kept = self.documents.iter().map(|(name, root)| (name.as_str(), *root));
        let (lints, choices) = (self.lints.clone(), self.choices.clone());
        let scopes = Rc::clone(&self.scopes);
        let empty = Registry { lints, choices, scopes, ..Registry::default() };
        Some(empty.filled(changed.chain(kept)))
    }

    fn filled<'n>(mut self, documents: impl IntoIterator<Item = (&'n str, &'d Tree)>) -> Self {
        let registry = &mut self;
        let mut order = Vec::new();
        for (name, root) in documents {
            let key = document_key(name).into_owned();
            if !registry.documents.contains_key(&key) {
                registry.documents.insert(key.clone(), root);
                order.push((name, key, root));
            }
        }
        let named = order.iter().map(|(name, _, root)| (*name, *root));
        registry.dialects = Dialects::of_run(registry.choices.clone(), named);
        for (name, key, root) in &order {
            registry.places.insert(uri::normal(name), format!("{key}#"));
            let index = Index::of(name, root, &registry.dialects);
            registry.indices.insert(key.clone(), Rc::new(index));
        }
        for uris in metaschemas::uris() {
            // Either spelling leads to the document, whichever it has.
            let known = uris.iter().find_map(|uri| registry.places.get(uri)).cloned();
            for uri in uris {
                if known.is_none() {
                    let root = metaschemas::missing();
                    let index = Index::of(&uri, root, &registry.dialects);
                    registry.indices.insert(uri.clone(), Rc::new(index));
                    registry.documents.insert(uri.clone(), root);
                }
                let place = known.clone().unwrap_or_else(|| format!("{uri}#"));
                registry.places.entry(uri).or_insert(place);
            }
        }
        let mut anchors: BTreeMap<&str, usize> = BTreeMap::new();
        let mut referenced = BTreeSet::new();
        for (name, index) in
            order.iter().filter_map(|(_, key, _)| Some((key, registry.indices.get(key)?)))
        {
            for (uri, pointer) in &index.places {
                registry.places.entry(uri.clone()).or_insert_with(|| format!("{name}#{pointer}"));
            }
            for name in index.dynamic.values().flat_map(BTreeMap::keys) {
                *anchors.entry(name).or_default() += 1;
            }
            referenced.extend(&index.dynamic_references);
        }
        let ambiguous = anchors.into_iter().filter(|(_, count)| *count > 1).map(|(name, _)| name);
        registry.ambiguous =
            ambiguous.map(str::to_owned).filter(|name| referenced.contains(name)).collect();
        self
    }

    /// Returns the choices of dialects and formats.
    pub(super) fn choices(&self) -> &DialectChoices {
        &self.choices
    }

    /// Returns all documents by name.
    pub(crate) fn documents(&self) -> impl Iterator<Item = (&str, &'d Tree)> {
        self.documents.iter().map(|(name, root)| (name.as_str(), *root))
    }

    /// Returns the document with this name.
    pub(super) fn document(&self, name: &str) -> Option<&'d Tree> {
        self.documents.get(name).copied()
    }

    /// Returns the place of a URI that has no fragment or an anchor as its fragment.
    pub(super) fn place(&self, uri: &str) -> Option<&str> {
        self.places.get(uri).map(String::as_str)
    }

    /// Returns the URIs with and without anchors that lead to a place.
    pub(super) fn uris(&self) -> impl Iterator<Item = &str> {
        self.places.keys().map(String::as_str)
    }

    /// Returns the index of the document with this name.
    pub(super) fn index(&self, name: &str) -> Option<&Index> {
        self.indices.get(name).map(Rc::as_ref)
    }

    /// Returns the index of a document that may be another one than that of the same name.
    pub(super) fn index_of(&self, name: &str, root: &Tree) -> Rc<Index> {
        let key = document_key(name);
        match (self.documents.get(&*key), self.indices.get(&*key)) {
            (Some(known), Some(index)) if std::ptr::eq(*known, root) => Rc::clone(index),
            _ => Rc::new(Index::of(name, root, &self.dialects)),
        }
    }

    /// Returns the dynamic anchors whose schema depends on the way by which a reference to them was
    /// reached.
    pub(super) fn ambiguous_anchors(&self) -> &BTreeSet<String> {
        &self.ambiguous
    }
}

/// Returns the name of a document in places, in which `#` ends it and a leading `/` begins a pointer.
pub(super) fn document_key(name: &str) -> Cow<'_, str> {
    match name.starts_with('/') || name.contains('#') {
        true => Cow::Owned(format!("file:{}", name.replace('#', "%23"))),
        false => Cow::Borrowed(name),
    }
}
