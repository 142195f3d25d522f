//! The documents of a run, by their URIs.

use super::dialect::Dialects;
use super::index::Index;
use crate::options::{Lints, Options};
use crate::tree::Tree;
use std::collections::{BTreeMap, BTreeSet};

/// The documents that references may lead to, and how they are read.
///
/// A place in one of them is written as the name of the document, `#` and a JSON pointer.
#[derive(Debug, Default)]
pub(crate) struct Registry<'d> {
    documents: BTreeMap<&'d str, &'d Tree>,
    places: BTreeMap<String, String>,
    indices: BTreeMap<&'d str, Index>,
    /// The dynamic anchors of several schemas to which a dynamic reference leads.
    ambiguous: BTreeSet<String>,
    pub(super) dialects: Dialects,
    pub(super) lints: Lints,
}

impl<'d> Registry<'d> {
    /// Returns the registry of documents, each with its name, which is a file name or a URI. Of several
    /// with the same name the first is kept.
    pub(crate) fn of(
        options: &Options,
        documents: impl IntoIterator<Item = (&'d str, &'d Tree)>,
    ) -> Self {
        let mut registry = Self { lints: options.lints.clone(), ..Self::default() };
        let mut order = Vec::new();
        for (name, root) in documents {
            // Such a name would be ambiguous with a pointer.
            let is_legal = !name.starts_with('/') && !name.contains('#') && !name.is_empty();
            if is_legal && !registry.documents.contains_key(name) {
                registry.documents.insert(name, root);
                order.push((name, root));
            }
        }
        registry.dialects = Dialects::of_run(options.dialects.clone(), order.iter().copied());
        for (name, root) in &order {
            registry.places.insert((*name).to_owned(), format!("{name}#"));
            registry.indices.insert(name, Index::of(name, root, &registry.dialects));
        }
        let mut anchors: BTreeMap<&str, usize> = BTreeMap::new();
        let mut referenced = BTreeSet::new();
        for (name, index) in
            order.iter().filter_map(|(name, _)| Some((name, registry.indices.get(name)?)))
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
        registry
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
        self.indices.get(name)
    }

    /// Returns the dynamic anchors whose schema depends on the way by which a reference to them was
    /// reached.
    pub(super) fn ambiguous_anchors(&self) -> &BTreeSet<String> {
        &self.ambiguous
    }
}
