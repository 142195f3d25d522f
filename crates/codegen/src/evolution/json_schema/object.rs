//! Objects: declared and undeclared properties, and dependencies.

use super::{Pair, READERS, WRITERS, Walker, value};
use crate::evolution::change::Breaks;
use crate::frontend::json_schema::{Document, View};
use crate::model::JsonType;
use crate::tree::{Tree, escape};
use std::collections::BTreeSet;

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
        for name in new.iter().filter(|name| !old.contains(name)) {
            let what = format!("the property `{name}` became required");
            let why = "their data may lack it";
            self.note(&pair.old, &pair.new, "required", what, WRITERS, why);
        }
        for name in old.iter().filter(|name| !new.contains(name)) {
            let what = format!("the property `{name}` is no longer required");
            let why = "the old version rejects data without it";
            self.note(&pair.old, &pair.new, "required", what, READERS, why);
        }
    }

    fn properties(&mut self, pair: &Pair<'d>) {
        let (old, new) = (pair.old.properties(), pair.new.properties());
        let has = |list: &[(String, Vec<String>)], name: &str| list.iter().any(|(n, _)| n == name);
        for (name, _) in &old {
            if has(&new, name) {
                let of_old = self.property(self.old, &pair.old, name);
                let of_new = self.property(self.new, &pair.new, name);
                self.compare(&of_old, &of_new);
            } else {
                self.one_sided(pair, name, false);
            }
        }
        for (name, _) in new.iter().filter(|(name, _)| !has(&old, name)) {
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
            (Breaks::NONE, why, undeclared)
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
            self.note(&pair.old, &pair.new, "patternProperties", what, Breaks::BOTH, why);
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
            let (old, new) = (pair.old.keyword(keyword), pair.new.keyword(keyword));
            let ([_] | [], [_] | []) = (old.as_slice(), new.as_slice()) else {
                self.set(pair, keyword, "combinations of several are not compared");
                continue;
            };
            let members = |list: &[(String, &'d Tree)]| {
                list.first().and_then(|(_, value)| value.members()).unwrap_or_default()
            };
            let (of_old, of_new) = (members(&old), members(&new));
            let mut names: Vec<_> = of_old.iter().chain(of_new).map(|(name, _)| name).collect();
            names.sort();
            names.dedup();
            for name in names {
                let get = |list: &[(String, Tree)]| {
                    list.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone())
                };
                let breaks = match (get(of_old), get(of_new)) {
                    (None, Some(_)) => WRITERS,
                    (Some(_), None) => READERS,
                    (Some(Tree::Array(old)), Some(Tree::Array(new))) => {
                        let beyond = |from: &[Tree], others: &[Tree]| {
                            from.iter().any(|name| !others.contains(name))
                        };
                        Breaks { readers: beyond(&old, &new), writers: beyond(&new, &old) }
                    }
                    (Some(Tree::Array(_)), _) | (_, Some(Tree::Array(_))) => Breaks::BOTH,
                    _ => {
                        let place = |list: &[(String, &'d Tree)]| {
                            list.iter().map(|(p, _)| format!("{p}/{}", escape(name))).collect()
                        };
                        let (old, new): (Vec<_>, Vec<_>) = (place(&old), place(&new));
                        self.compare(&old, &new);
                        continue;
                    }
                };
                if !breaks.is_none() {
                    let what = format!("`{keyword}` of `{name}` changed");
                    let why = "the requirements beside the property differ";
                    self.note(&pair.old, &pair.new, keyword, what, breaks, why);
                }
            }
        }
    }

    /// Compares `unevaluatedProperties` or `unevaluatedItems` beside keywords that choose between schemas.
    /// Any change is then reported as breaking.
    pub(super) fn unevaluated(&mut self, pair: &Pair<'d>, keyword: &str) {
        let closes = |view: &View<'d>| {
            let values = view.keyword(keyword);
            let chooses = CHOOSING.iter().any(|keyword| !view.keyword(keyword).is_empty());
            chooses && values.iter().any(|(_, value)| !is_anything(value))
        };
        if !closes(&pair.old) && !closes(&pair.new) {
            return;
        }
        // All keywords of the schema contribute to the result, so whole texts are compared.
        let text = |view: &View<'d>, document: &'d Document<'d>| -> Vec<String> {
            view.parts.iter().map(|part| value::canonical(document.at(part))).collect()
        };
        let (old, new) = (text(&pair.old, self.old), text(&pair.new, self.new));
        let refers = old.iter().chain(&new).any(|text| text.contains("\"$ref\""));
        if old != new
            || refers && value::canonical(self.old.root) != value::canonical(self.new.root)
        {
            let what = format!("a schema with `{keyword}` changed");
            let why = "the evaluated members depend on the value, which is not compared";
            self.note(&pair.old, &pair.new, keyword, what, Breaks::BOTH, why);
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

/// Returns the places of an `unevaluated…` keyword, or none if its effect depends on the value.
pub(super) fn unevaluated_places(view: &View<'_>, keyword: &str) -> Vec<String> {
    if CHOOSING.iter().any(|keyword| !view.keyword(keyword).is_empty()) {
        return Vec::new();
    }
    view.keyword(keyword).into_iter().map(|(place, _)| place).collect()
}

/// Returns whether a schema is `true` or `{}`.
pub(super) fn is_anything(tree: &Tree) -> bool {
    *tree == Tree::Bool(true) || tree.members().is_some_and(<[_]>::is_empty)
}
