//! A view of all schemas that apply to one value, with references followed and `allOf` merged.

use super::definitions::is_named;
use super::document::Document;
use super::keywords::ASSERTING;
use crate::error::Problem;
use crate::model::{Docs, JsonType};
use crate::tree::{Tree, escape};
use std::collections::{BTreeSet, HashMap};

/// The schemas that apply to one value together.
pub(crate) struct View<'d> {
    /// The places for which the view was made.
    pub(crate) origins: Vec<String>,
    /// The place that names the shape. If the view is a single reference, this is its target.
    pub(crate) home: String,
    /// True if `home` was reached by reference, so that its own name is better than that of the property.
    pub(crate) referred: bool,
    /// The places whose keywords apply, including targets of references and branches of `allOf`.
    pub(crate) parts: Vec<String>,
    /// True if a part is the schema `false`.
    pub(crate) never: bool,
    /// The places whose references are being followed.
    following: Vec<String>,
    /// The allowed types, or `None` if no part restricts them.
    pub(crate) types: Option<BTreeSet<JsonType>>,
    pub(crate) docs: Docs,
    /// True if the schema around this one restricts the types further.
    is_narrowed: bool,
    document: &'d Document<'d>,
}

impl<'d> View<'d> {
    pub(crate) fn of(document: &'d Document<'d>, origins: &[String]) -> Result<Self, Problem> {
        let origins: Vec<String> = origins.iter().map(|at| document.absolute(at)).collect();
        let mut view = View {
            origins: origins.clone(),
            home: origins.first().cloned().unwrap_or_default(),
            referred: false,
            parts: Vec::new(),
            never: false,
            following: Vec::new(),
            types: None,
            docs: Docs::default(),
            is_narrowed: false,
            document,
        };
        for origin in &origins {
            view.add(origin)?;
        }
        if let [only] = origins.as_slice() {
            if let Some(target) = referred(document, only)? {
                view.referred = target != *only;
                view.home = target;
            }
            let pointer = document.split(&view.home).1;
            view.referred |= !pointer.is_empty() && is_named(pointer);
        }
        for part in [&origins, std::slice::from_ref(&view.home), &view.parts].concat() {
            view.docs.complete(document.docs(&part));
        }
        // A place that refers to a deprecated schema is not deprecated itself.
        let is_deprecated = |place: &String| document.is_deprecated(place);
        view.docs.is_deprecated = view.origins.iter().any(is_deprecated);
        Ok(view)
    }

    /// Returns the documentation of the type: of the schema that defines it, not of a place that refers to
    /// it.
    pub(super) fn definition_docs(&self) -> Docs {
        if !self.referred {
            return self.docs.clone();
        }
        let mut docs = self.document.docs(&self.home);
        for part in self.parts.iter().filter(|part| !self.origins.contains(part)) {
            docs.complete(self.document.docs(part));
        }
        docs
    }

    fn add(&mut self, pointer: &str) -> Result<(), Problem> {
        if self.parts.iter().chain(&self.following).any(|part| part == pointer) {
            return Ok(());
        }
        let tree = self.document.at(pointer);
        self.never |= *tree == Tree::Bool(false);
        for keyword in self.document.references(pointer) {
            let target = self.document.follow(pointer, keyword)?;
            self.following.push(pointer.to_owned());
            self.add(&target)?;
            self.following.pop();
            if !self.document.dialect(pointer).siblings_apply() {
                return Ok(());
            }
        }
        self.parts.push(pointer.to_owned());
        if let Some(value) = self.document.keyword(pointer, "type") {
            let names = value.items().map_or_else(|| vec![value], |items| items.iter().collect());
            let types: BTreeSet<_> =
                names.into_iter().filter_map(|name| JsonType::named(name.text()?)).collect();
            self.types = Some(match self.types.take() {
                None => types,
                Some(others) => both(&others, &types),
            });
        }
        let branches = self.document.keyword(pointer, "allOf");
        let branches = branches.and_then(Tree::items).unwrap_or_default();
        for index in 0..branches.len() {
            self.add(&format!("{pointer}/allOf/{index}"))?;
        }
        Ok(())
    }

    /// Returns the view of the values that also have one of these types, as the schema around this one
    /// demands.
    pub(super) fn narrowed(mut self, types: Option<&BTreeSet<JsonType>>) -> Self {
        let Some(outer) = types else { return self };
        let types = self.types.as_ref().map_or_else(|| outer.clone(), |own| both(own, outer));
        if self.types.as_ref() != Some(&types) {
            // A type for fewer values than the definition has.
            (self.referred, self.is_narrowed) = (false, true);
            self.types = Some(types);
        }
        self
    }

    /// Returns whether any value is allowed.
    pub(super) fn is_open(&self) -> bool {
        self.types.is_none() && !self.never && self.lacks(ASSERTING)
    }

    /// Returns the key that identifies the view: the referenced schema, or the places.
    pub(super) fn key(&self) -> Vec<String> {
        if self.referred {
            return vec![self.home.clone()];
        }
        let mut key = self.origins.clone();
        if self.is_narrowed {
            // No place begins like this.
            key.push(format!("\u{2}{:?}", self.types));
        }
        key
    }

    /// Returns the values of a keyword in all parts, with their places.
    pub(crate) fn keyword(&self, keyword: &str) -> Vec<(String, &'d Tree)> {
        self.parts
            .iter()
            .filter_map(|part| {
                let value = self.document.keyword(part, keyword)?;
                Some((format!("{part}/{}", escape(keyword)), value))
            })
            .collect()
    }

    /// Returns another keyword of the schema whose keyword is at `place`.
    #[cfg(feature = "evolution")]
    pub(crate) fn sibling(&self, place: &str, keyword: &str) -> Option<&'d Tree> {
        let (schema, _) = place.rsplit_once('/')?;
        self.document.keyword(schema, keyword)
    }

    /// Returns the single value of a keyword, or `Err` if several parts have one.
    pub(super) fn single(&self, keyword: &str) -> Result<Option<&'d Tree>, ()> {
        match self.keyword(keyword).as_slice() {
            [] => Ok(None),
            [(_, value)] => Ok(Some(value)),
            _ => Err(()),
        }
    }

    /// Returns the text of an `x-…` annotation at the place of use or the target of a reference.
    pub(super) fn annotation(&self, name: &str) -> Option<&'d str> {
        self.origins
            .iter()
            .chain([&self.home])
            .chain(&self.parts)
            .find_map(|place| self.document.at(place).get(name)?.text())
    }

    /// Returns whether no part has any of these keywords.
    pub(super) fn lacks(&self, keywords: &[&str]) -> bool {
        keywords.iter().all(|keyword| self.keyword(keyword).is_empty())
    }

    /// Returns the properties in published order, each with all places that describe it.
    pub(crate) fn properties(&self) -> Vec<(String, Vec<String>)> {
        let mut order: Vec<(String, Vec<String>)> = Vec::new();
        let mut index = HashMap::new();
        for (place, value) in self.keyword("properties") {
            for (name, _) in value.members().unwrap_or_default() {
                let at = *index.entry(name.clone()).or_insert_with(|| {
                    order.push((name.clone(), Vec::new()));
                    order.len() - 1
                });
                order[at].1.push(format!("{place}/{}", escape(name)));
            }
        }
        order
    }

    /// Returns the names of the required properties, in published order.
    pub(crate) fn required(&self) -> Vec<String> {
        let mut names = Vec::new();
        for (_, value) in self.keyword("required") {
            for name in value.items().unwrap_or_default().iter().filter_map(Tree::text) {
                if !names.iter().any(|known| known == name) {
                    names.push(name.to_owned());
                }
            }
        }
        names
    }
}

/// Returns the target of the schema at a place if it is nothing but a reference, or the place itself if it is
/// none. With an asserting sibling it is more than a reference.
pub(crate) fn referred(document: &Document<'_>, place: &str) -> Result<Option<String>, Problem> {
    let target = document.resolve(place)?;
    let is_alone =
        !document.dialect(place).siblings_apply() || !asserts_beside_reference(document, place);
    Ok(is_alone.then_some(target))
}

/// Returns whether a keyword beside a reference asserts something.
fn asserts_beside_reference(document: &Document<'_>, place: &str) -> bool {
    let members = document.at(place).members().unwrap_or_default();
    let references = document.references(place).count();
    let asserts = members.iter().any(|(keyword, _)| {
        matches!(keyword.as_str(), "type" | "allOf") || ASSERTING.contains(&keyword.as_str())
    });
    references > 1 || (references == 1 && asserts)
}

/// Returns the intersection of two sets of types, in which `Number` includes `Integer`.
fn both(left: &BTreeSet<JsonType>, right: &BTreeSet<JsonType>) -> BTreeSet<JsonType> {
    let mut both: BTreeSet<_> = left & right;
    for (one, other) in [(left, right), (right, left)] {
        if one.contains(&JsonType::Number) && other.contains(&JsonType::Integer) {
            both.insert(JsonType::Integer);
        }
    }
    both
}
