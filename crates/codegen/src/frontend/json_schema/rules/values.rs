//! Values of keywords, and the problems of values that a keyword does not allow.

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
                    Tree::Array(items) if items.is_empty() => {
                        "the list of types is empty".to_owned()
                    }
                    _ => format!("unknown type {value}"),
                },
                "name one or more of null, boolean, integer, number, string, array, object",
            );
            return None;
        }
        types
    }

    pub(super) fn pattern(&mut self, value: &Tree, place: &str) -> Option<String> {
        let Some(text) = value.text() else {
            self.expected(place, value, "a regular expression");
            return None;
        };
        self.is_pattern(text, place).then(|| text.to_owned())
    }

    pub(super) fn is_pattern(&mut self, text: &str, place: &str) -> bool {
        let matcher = crate::pattern::matcher(text);
        if let Err((error, help)) = &matcher {
            self.problem(place, format!("cannot match the pattern {text:?}: {error}"), *help);
        }
        matcher.is_ok()
    }

    pub(super) fn divisor(&mut self, value: &Tree, place: &str) -> Option<String> {
        let text = self.number(value, place)?;
        let mantissa = text.split(['e', 'E']).next().unwrap_or_default().replace('.', "");
        let digits = mantissa.trim_matches('0');
        if text.starts_with('-') || digits.is_empty() {
            self.expected(place, value, "a number greater than zero");
            return None;
        }
        // Remainders are computed with 128 bits, so the divisor may have 64.
        if digits.parse::<u64>().is_err() {
            let message = "the divisor has more than 19 digits";
            self.problem(place, message, "write a divisor with fewer digits");
            return None;
        }
        Some(text)
    }

    /// Translates `dependencies`: a list of names or a schema for each property (draft-07, validation
    /// 6.5.7).
    pub(super) fn dependencies(
        &mut self,
        value: &'d Tree,
        place: &str,
        model: &mut Model,
        assertions: &mut Vec<Assertion>,
    ) {
        let expected = "a list of names or a schema for each property";
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
            self.expected(place, value, &format!("an object with {expected}"));
        }
        members
    }

    pub(super) fn count(&mut self, value: &Tree, place: &str) -> Option<u64> {
        let count = value.count();
        if count.is_none() {
            self.expected(place, value, "an integer of zero or more");
        }
        count
    }

    pub(super) fn number(&mut self, value: &Tree, place: &str) -> Option<String> {
        match value {
            Tree::Number(number) => Some(number.to_string()),
            other => {
                self.expected(place, other, "a number");
                None
            }
        }
    }

    /// Returns the format of a `format` keyword. An unknown format is an annotation (draft-07,
    /// validation 7.2).
    pub(super) fn format(&mut self, value: &Tree, place: &str) -> Option<Format> {
        if value.text().is_none() {
            self.expected(place, value, "the name of a format");
        }
        value.text().and_then(Format::named)
    }

    pub(super) fn names(&mut self, value: &Tree, place: &str) -> Option<Vec<String>> {
        let names: Option<Vec<_>> = value
            .items()
            .and_then(|items| items.iter().map(|name| name.text().map(str::to_owned)).collect());
        if names.is_none() {
            self.expected(place, value, "a list of property names");
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

    /// Returns the rules of a list of schemas.
    pub(super) fn each(
        &mut self,
        value: &Tree,
        place: &str,
        model: &mut Model,
    ) -> Option<Vec<RuleId>> {
        let Some(items) = value.items() else {
            self.expected(place, value, "a list of schemas");
            return None;
        };
        let places = (0..items.len()).map(|index| format!("{place}/{index}"));
        Some(places.map(|place| self.rule(&place, model)).collect())
    }

    /// Returns the items of a list that must not be empty.
    pub(super) fn list<'t>(
        &mut self,
        value: &'t Tree,
        place: &str,
        help: &str,
    ) -> Option<&'t [Tree]> {
        let message = match value {
            Tree::Array(items) if !items.is_empty() => return Some(items),
            Tree::Array(_) => "the list is empty".to_owned(),
            other => format!("expected a list, found {}", other.describe()),
        };
        self.problem(place, message, help);
        None
    }

    /// Reports a value of the wrong kind.
    pub(super) fn expected(&mut self, place: &str, found: &Tree, expected: &str) {
        let message = format!("expected {expected}, found {}", found.describe());
        self.problem(place, message, format!("write {expected}"));
    }

    pub(super) fn problem(
        &mut self,
        place: &str,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.problems.push(self.document.problem(place, message, help));
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
    /// Returns the type of a JSON Schema name.
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
