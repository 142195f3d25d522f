//! Objects: declared and undeclared properties, and dependencies.

use super::{Pair, READERS, WRITERS, Walker, value};
use crate::evolution::change::Breaks;
use crate::frontend::json_schema::{Document, View};
use crate::model::JsonType;
use crate::tree::{Tree, escape};
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// Keywords that make it depend on the value which properties and items are evaluated.
const CHOOSING: [&str; 7] =
    ["anyOf", "oneOf", "if", "not", "dependentSchemas", "dependencies", "contains"];

impl<'d> Walker<'d> {
    pub(super) fn object(&mut self, pair: &Pair<'d>) {
        if !pair.common.contains(&JsonType::Object) {
            return;
        }
        self.required(pair);
        self.properties(pair);
        self.patterns(pair);
        self.others(pair);
        self.below(pair, "propertyNames");
        self.dependencies(pair);
        self.unevaluated(pair, "unevaluatedProperties");
    }

    fn required(&mut self, pair: &Pair<'d>) {
        let (old, new) = (pair.old.required(), pair.new.required());
        let (in_old, in_new): (HashSet<_>, HashSet<_>) =
            (old.iter().collect(), new.iter().collect());
        for name in new.iter().filter(|name| !in_old.contains(name)) {
            let what = format!("the property `{name}` became required");
            let why = "their data may lack it";
            self.note(&pair.old, &pair.new, "required", what, WRITERS, why);
        }
        for name in old.iter().filter(|name| !in_new.contains(name)) {
            let what = format!("the property `{name}` is no longer required");
            let why = "the old version rejects data without it";
            self.note(&pair.old, &pair.new, "required", what, READERS, why);
        }
    }

    fn properties(&mut self, pair: &Pair<'d>) {
        let (old, new) = (pair.old.properties(), pair.new.properties());
        let names = |list: &[(String, Vec<String>)]| -> HashSet<String> {
            list.iter().map(|(name, _)| name.clone()).collect()
        };
        let (in_old, in_new) = (names(&old), names(&new));
        for (name, _) in &old {
            if in_new.contains(name) {
                let of_old = self.property(self.old, &pair.old, name);
                let of_new = self.property(self.new, &pair.new, name);
                self.compare(&of_old, &of_new);
            } else {
                self.one_sided(pair, name, false);
            }
        }
        for (name, _) in new.iter().filter(|(name, _)| !in_old.contains(name)) {
            self.one_sided(pair, name, true);
        }
    }

    /// Compares a property that only one version declares.
    fn one_sided(&mut self, pair: &Pair<'d>, name: &str, added: bool) {
        let of_old = self.property(self.old, &pair.old, name);
        let of_new = self.property(self.new, &pair.new, name);
        let (Some(old), Some(new)) = (self.view(self.old, &of_old), self.view(self.new, &of_new))
        else {
            return;
        };
        let what = format!("the property `{name}` was {}", if added { "added" } else { "removed" });
        let (other, own) = if added { (&old, &new) } else { (&new, &old) };
        let (who, undeclared) = if added { (READERS, WRITERS) } else { (WRITERS, READERS) };
        let has_patterns = [&pair.old, &pair.new]
            .into_iter()
            .any(|view| !view.keyword("patternProperties").is_empty());
        let (breaks, why, undeclared) = if has_patterns {
            let why = "it is not compared whether `patternProperties` match the name";
            (Breaks::BOTH, why, Breaks::NONE)
        } else if other.never && own.never {
            return;
        } else if other.never {
            let why = if added {
                "the old version rejects undeclared properties"
            } else {
                "the new version rejects undeclared properties"
            };
            (who, why, Breaks::NONE)
        } else if other.parts.is_empty() {
            let why = match (added, own.never) {
                (true, true) => "the new version forbids it, and the old one does not declare it",
                (false, true) => "the old version forbids it, and the new one does not declare it",
                (true, false) => "the old version allows undeclared properties",
                (false, false) => "the new version allows undeclared properties",
            };
            // The schema may allow everything that undeclared properties may be.
            let is_same = self.verdict(&of_old, &of_new).is_same();
            (Breaks::NONE, why, if is_same { Breaks::NONE } else { undeclared })
        } else {
            self.compare(&of_old, &of_new);
            let why = "its schema is compared with that of undeclared properties";
            (Breaks::NONE, why, Breaks::NONE)
        };
        let at = |view: &View<'d>, document: &Document<'d>| {
            let own = view.origins.first()?;
            let (file, pointer) = document.split(own);
            (file == document.file).then(|| pointer.to_owned())
        };
        self.note(&pair.old, &pair.new, "", what, breaks, why);
        if let Some(change) = self.changes.last_mut() {
            change.undeclared = undeclared;
            change.undecided = has_patterns;
            change.gone = !added;
            if added {
                change.pointer_new = at(&new, self.new).or(change.pointer_new.take());
            } else {
                change.pointer_old = at(&old, self.old).or(change.pointer_old.take());
            }
        }
    }

    /// Returns the places of all schemas for a property.
    fn property(&self, document: &'d Document<'d>, view: &View<'d>, name: &str) -> Vec<String> {
        let mut places = Vec::new();
        let mut is_evaluated = false;
        for part in &view.parts {
            if document
                .keyword(part, "properties")
                .and_then(|properties| properties.get(name))
                .is_some()
            {
                places.push(format!("{part}/properties/{}", escape(name)));
                is_evaluated = true;
            } else if document.keyword(part, "additionalProperties").is_some() {
                places.push(format!("{part}/additionalProperties"));
                is_evaluated = true;
            }
        }
        if !is_evaluated {
            places.extend(unevaluated_places(view, "unevaluatedProperties"));
        }
        places.retain(|place| !is_anything(document.at(place)));
        places
    }

    /// Compares `patternProperties`.
    fn patterns(&mut self, pair: &Pair<'d>) {
        let of = |view: &View<'d>| {
            let mut patterns: Vec<(String, Vec<String>)> = Vec::new();
            for (place, value) in view.keyword("patternProperties") {
                for (pattern, _) in value.members().unwrap_or_default() {
                    let place = format!("{place}/{}", escape(pattern));
                    match patterns.iter_mut().find(|(other, _)| other == pattern) {
                        Some((_, places)) => places.push(place),
                        None => patterns.push((pattern.clone(), vec![place])),
                    }
                }
            }
            patterns
        };
        let (old, new) = (of(&pair.old), of(&pair.new));
        let names = |list: &[(String, Vec<String>)]| {
            list.iter().map(|(pattern, _)| pattern.clone()).collect::<BTreeSet<_>>()
        };
        if names(&old) != names(&new) {
            let what = "the patterns of `patternProperties` changed";
            let why = "it is not compared which names both patterns match";
            self.guess(&pair.old, &pair.new, "patternProperties", what, why);
        }
        for (pattern, of_old) in &old {
            if let Some((_, of_new)) = new.iter().find(|(other, _)| other == pattern) {
                self.compare(of_old, of_new);
            }
        }
    }

    /// Compares the schemas of undeclared properties.
    fn others(&mut self, pair: &Pair<'d>) {
        let of_old = others(self.old, &pair.old);
        let of_new = others(self.new, &pair.new);
        let (Some(old), Some(new)) = (self.view(self.old, &of_old), self.view(self.new, &of_new))
        else {
            return;
        };
        let keyword = if [&pair.old, &pair.new]
            .iter()
            .any(|view| !view.keyword("additionalProperties").is_empty())
        {
            "additionalProperties"
        } else {
            "unevaluatedProperties"
        };
        match (old.never, new.never) {
            (true, true) => {}
            (false, false) => self.compare(&of_old, &of_new),
            (true, false) => {
                let what = "undeclared properties are now allowed";
                let why = "the old version rejects undeclared properties";
                self.note(&pair.old, &pair.new, keyword, what, READERS, why);
            }
            (false, true) => {
                let what = "undeclared properties are no longer allowed";
                let why = "the new version rejects undeclared properties";
                self.note(&pair.old, &pair.new, keyword, what, WRITERS, why);
            }
        }
    }

    /// Compares `dependencies`, `dependentRequired` and `dependentSchemas`.
    fn dependencies(&mut self, pair: &Pair<'d>) {
        for keyword in ["dependencies", "dependentRequired", "dependentSchemas"] {
            let mut all: BTreeMap<&str, [Dependency<'d>; 2]> = BTreeMap::new();
            for (index, view) in [&pair.old, &pair.new].into_iter().enumerate() {
                for (name, dependency) in dependencies(view, keyword) {
                    all.entry(name).or_default()[index] = dependency;
                }
            }
            for (name, [old, new]) in &all {
                let mut breaks = Breaks {
                    readers: !old.required.is_subset(&new.required),
                    writers: !new.required.is_subset(&old.required),
                };
                match (old.schemas.is_empty(), new.schemas.is_empty()) {
                    (true, true) => {}
                    (false, false) => self.compare(&old.schemas, &new.schemas),
                    (true, false) => breaks.writers = true,
                    (false, true) => breaks.readers = true,
                }
                if !breaks.is_none() {
                    let what = format!("`{keyword}` of `{name}` changed");
                    let why = "the requirements beside the property differ";
                    self.note(&pair.old, &pair.new, keyword, what, breaks, why);
                }
            }
        }
    }

    /// Compares `unevaluatedProperties` or `unevaluatedItems` where it depends on the value, or on a part of
    /// the schema, which members it applies to. Any change is then reported as breaking.
    pub(super) fn unevaluated(&mut self, pair: &Pair<'d>, keyword: &str) {
        let closes = |view: &View<'d>| {
            let values = view.keyword(keyword);
            !applies_to_rest(view, keyword) && values.iter().any(|(_, value)| !is_anything(value))
        };
        if !closes(&pair.old) && !closes(&pair.new) {
            return;
        }
        // All keywords of the schema contribute to the result, so whole texts are compared.
        let text = |view: &View<'d>, document: &'d Document<'d>| -> Vec<_> {
            let parts = view.parts.iter();
            parts
                .map(|part| (document.dialect(part), value::canonical(document.at(part))))
                .collect()
        };
        let (old, new) = (text(&pair.old, self.old), text(&pair.new, self.new));
        // `$ref`, `$dynamicRef` or `$recursiveRef`
        let refers = old.iter().chain(&new).any(|(_, text)| text.contains("ef\""));
        if old != new || refers && !self.has_same_documents() {
            let what = format!("a schema with `{keyword}` changed");
            let why = "the evaluated members depend on the value, which is not compared";
            self.guess(&pair.old, &pair.new, keyword, what, why);
        }
    }

    /// Compares a keyword whose value is a schema.
    fn below(&mut self, pair: &Pair<'d>, keyword: &str) {
        let places = |view: &View<'d>| -> Vec<String> {
            view.keyword(keyword).into_iter().map(|(place, _)| place).collect()
        };
        self.compare(&places(&pair.old), &places(&pair.new));
    }
}

/// Returns the places of the schemas for undeclared properties.
fn others<'d>(document: &'d Document<'d>, view: &View<'d>) -> Vec<String> {
    let mut places: Vec<String> =
        view.keyword("additionalProperties").into_iter().map(|(place, _)| place).collect();
    if places.is_empty() {
        places = unevaluated_places(view, "unevaluatedProperties");
    }
    places.retain(|place| !is_anything(document.at(place)));
    places
}

/// Returns the places of an `unevaluated…` keyword, or none if its effect depends on the value or on a part of
/// the schema.
pub(super) fn unevaluated_places(view: &View<'_>, keyword: &str) -> Vec<String> {
    if !applies_to_rest(view, keyword) {
        return Vec::new();
    }
    view.keyword(keyword).into_iter().map(|(place, _)| place).collect()
}

/// Returns whether an `unevaluated…` keyword applies to all members that no part of the view declares: it stands
/// in the outermost schema, and nothing there depends on the value.
fn applies_to_rest(view: &View<'_>, keyword: &str) -> bool {
    let is_outermost = |(place, _): &(String, &Tree)| {
        let part = place.rsplit_once('/').map_or("", |(part, _)| part);
        view.origins.len() == 1 && (part == view.home || view.origins[0] == part)
    };
    view.keyword(keyword).iter().all(is_outermost)
        && CHOOSING.iter().all(|keyword| view.keyword(keyword).is_empty())
}

/// The requirements beside a property.
#[derive(Default)]
struct Dependency<'d> {
    required: BTreeSet<&'d str>,
    schemas: Vec<String>,
}

/// Returns the requirements of all parts by property.
fn dependencies<'d>(view: &View<'d>, keyword: &str) -> BTreeMap<&'d str, Dependency<'d>> {
    let mut found: BTreeMap<&str, Dependency<'_>> = BTreeMap::new();
    for (place, value) in view.keyword(keyword) {
        for (name, value) in value.members().unwrap_or_default() {
            let dependency = found.entry(name).or_default();
            match value.items() {
                Some(names) => dependency.required.extend(names.iter().filter_map(Tree::text)),
                None => dependency.schemas.push(format!("{place}/{}", escape(name))),
            }
        }
    }
    found
}

/// Returns whether a schema is `true` or `{}`.
pub(super) fn is_anything(tree: &Tree) -> bool {
    *tree == Tree::Bool(true) || tree.members().is_some_and(<[_]>::is_empty)
}
