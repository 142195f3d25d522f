//! The values of keywords: what each must be, and what is wrong with it otherwise.

use super::Rules;
use crate::model::{Assertion, Format, JsonType, Model, RuleId};
use crate::tree::{Tree, escape};
use std::collections::BTreeSet;

impl<'d> Rules<'d> {
    pub(super) fn types(&mut self, value: &Tree, place: &str) -> Option<BTreeSet<JsonType>> {
        let names: Vec<&Tree> = match value {
            Tree::Array(items) => items.iter().collect(),
            one => vec![one],
        };
        let types: Option<BTreeSet<_>> =
            names.iter().map(|name| name.text().and_then(JsonType::named)).collect();
        if types.as_ref().is_none_or(BTreeSet::is_empty) {
            self.problem(
                place,
                match value {
                    Tree::Array(items) if items.is_empty() => "a list of no types".to_owned(),
                    _ => format!("{value}, which is no type"),
                },
                "name one or more of null, boolean, integer, number, string, array, object",
            );
            return None;
        }
        types
    }

    pub(super) fn pattern(&mut self, value: &Tree, place: &str) -> Option<String> {
        let Some(text) = value.text() else {
            self.instead(place, value, "a regular expression");
            return None;
        };
        self.is_pattern(text, place).then(|| text.to_owned())
    }

    pub(super) fn is_pattern(&mut self, text: &str, place: &str) -> bool {
        let checked = crate::pattern::check(text);
        if let Err(error) = &checked {
            self.problem(place, format!("the pattern {text:?}: {error}"), crate::pattern::HELP);
        }
        checked.is_ok()
    }

    pub(super) fn divisor(&mut self, value: &Tree, place: &str) -> Option<String> {
        let text = self.number(value, place)?;
        let mantissa = text.split(['e', 'E']).next().unwrap_or_default().replace('.', "");
        let digits = mantissa.trim_matches('0');
        if text.starts_with('-') || digits.is_empty() {
            self.instead(place, value, "a number greater than zero");
            return None;
        }
        // Remainders are computed with twice as many bits.
        if digits.parse::<u64>().is_err() {
            self.problem(place, "a divisor of more than 19 digits", "write one with fewer digits");
            return None;
        }
        Some(text)
    }

    /// `dependencies`: a list of names or a schema for each property (draft-07, validation 6.5.7).
    pub(super) fn dependencies(
        &mut self,
        value: &'d Tree,
        place: &str,
        model: &mut Model,
        assertions: &mut Vec<Assertion>,
    ) {
        let expected = "names or a schema for each property";
        let (mut names, mut schemas) = (Vec::new(), Vec::new());
        for (name, dependency) in self.members(value, place, expected).unwrap_or_default() {
            let place = format!("{place}/{}", escape(name));
            match dependency {
                Tree::Array(_) => {
                    names.extend(self.names(dependency, &place).map(|list| (name.clone(), list)));
                }
                _ => schemas.push((name.clone(), self.rule(&place, model))),
            }
        }
        assertions.extend((!names.is_empty()).then_some(Assertion::Dependencies(names)));
        assertions.extend((!schemas.is_empty()).then_some(Assertion::DependentSchemas(schemas)));
    }

    pub(super) fn members(
        &mut self,
        value: &'d Tree,
        place: &str,
        expected: &str,
    ) -> Option<&'d [(String, Tree)]> {
        let members = value.members();
        if members.is_none() {
            self.instead(place, value, &format!("an object with {expected}"));
        }
        members
    }

    pub(super) fn count(&mut self, value: &Tree, place: &str) -> Option<u64> {
        let count = value.count();
        if count.is_none() {
            self.instead(place, value, "an integer of zero or more");
        }
        count
    }

    pub(super) fn number(&mut self, value: &Tree, place: &str) -> Option<String> {
        match value {
            Tree::Number(number) => Some(number.to_string()),
            other => {
                self.instead(place, other, "a number");
                None
            }
        }
    }

    /// A format that is not known is an annotation, as all of them are to begin with (draft-07,
    /// validation 7.2).
    pub(super) fn format(&mut self, value: &Tree, place: &str) -> Option<Format> {
        if value.text().is_none() {
            self.instead(place, value, "the name of a format");
        }
        value.text().and_then(Format::named)
    }

    pub(super) fn names(&mut self, value: &Tree, place: &str) -> Option<Vec<String>> {
        let names: Option<Vec<_>> = value
            .items()
            .and_then(|items| items.iter().map(|name| name.text().map(str::to_owned)).collect());
        if names.is_none() {
            self.instead(place, value, "a list of the names of properties");
        }
        names
    }

    pub(super) fn properties(
        &mut self,
        value: &'d Tree,
        place: &str,
        model: &mut Model,
    ) -> Option<Vec<(String, RuleId)>> {
        let members = self.members(value, place, "a schema for each property")?;
        let rules = members.iter().map(|(name, _)| {
            (name.clone(), self.rule(&format!("{place}/{}", escape(name)), model))
        });
        Some(rules.collect())
    }

    pub(super) fn branches(
        &mut self,
        value: &Tree,
        place: &str,
        model: &mut Model,
    ) -> Option<Vec<RuleId>> {
        self.list(value, place, "list one or more schemas")?;
        self.each(value, place, model)
    }

    /// The rules of a list of schemas.
    pub(super) fn each(
        &mut self,
        value: &Tree,
        place: &str,
        model: &mut Model,
    ) -> Option<Vec<RuleId>> {
        let Some(items) = value.items() else {
            self.instead(place, value, "a list of schemas");
            return None;
        };
        let places = (0..items.len()).map(|index| format!("{place}/{index}"));
        Some(places.map(|place| self.rule(&place, model)).collect())
    }

    /// The items of a list that must not be empty.
    pub(super) fn list<'t>(
        &mut self,
        value: &'t Tree,
        place: &str,
        help: &str,
    ) -> Option<&'t [Tree]> {
        let found = match value {
            Tree::Array(items) if !items.is_empty() => return Some(items),
            Tree::Array(_) => "an empty list".to_owned(),
            other => format!("{} instead of a list", other.describe()),
        };
        self.problem(place, found, help);
        None
    }

    pub(super) fn instead(&mut self, place: &str, found: &Tree, expected: &str) {
        let found = format!("{} instead of {expected}", found.describe());
        self.problem(place, found, format!("write {expected}"));
    }

    pub(super) fn problem(
        &mut self,
        place: &str,
        found: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.problems.push(self.document.problem(place, found, help));
    }

    pub(super) fn pattern_properties(
        &mut self,
        value: &'d Tree,
        place: &str,
        model: &mut Model,
    ) -> Option<Vec<(String, RuleId)>> {
        let rules = self.properties(value, place, model)?;
        let legal = rules.iter().filter(|(pattern, _)| self.is_pattern(pattern, place)).count();
        (legal == rules.len()).then_some(rules)
    }
}

impl JsonType {
    /// The type that JSON Schema calls so.
    pub(crate) fn named(name: &str) -> Option<Self> {
        Some(match name {
            "null" => JsonType::Null,
            "boolean" => JsonType::Boolean,
            "integer" => JsonType::Integer,
            "number" => JsonType::Number,
            "string" => JsonType::String,
            "array" => JsonType::Array,
            "object" => JsonType::Object,
            _ => return None,
        })
    }
}
