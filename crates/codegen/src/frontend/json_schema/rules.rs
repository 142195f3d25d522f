//! Keyword by keyword, what a schema asserts.

use super::dialect::Dialect;
use super::document::Document;
use crate::error::Problem;
use crate::model::{Assertion, Format, JsonType, Model, Representation, Rule, RuleId};
use crate::tree::{Tree, escape};
use std::collections::{BTreeMap, BTreeSet};

/// Assertions of JSON Schema that generated code does not check.
const UNSUPPORTED: &[&str] = &[
    "not",
    "if",
    "then",
    "else",
    "dependencies",
    "dependentRequired",
    "dependentSchemas",
    "contains",
    "minContains",
    "maxContains",
    "uniqueItems",
    "propertyNames",
    "patternProperties",
    "multipleOf",
    "unevaluatedProperties",
    "unevaluatedItems",
    "prefixItems",
    "$recursiveRef",
    "$dynamicRef",
    "discriminator",
];

/// Translates the schemas of a document into rules, each place once.
pub(crate) struct Rules<'d> {
    document: &'d Document<'d>,
    known: BTreeMap<String, RuleId>,
    pub(crate) problems: Vec<Problem>,
}

impl<'d> Rules<'d> {
    pub(crate) fn new(document: &'d Document<'d>) -> Self {
        Self { document, known: BTreeMap::new(), problems: Vec::new() }
    }

    /// The rule of the schema at `pointer`.
    pub(crate) fn rule(&mut self, pointer: &str, model: &mut Model) -> RuleId {
        if let Some(known) = self.known.get(pointer) {
            return *known;
        }
        // Known before it is complete: a schema may contain a reference to itself.
        let rule = Rule { has_keywords: true, pointer: pointer.to_owned(), assertions: Vec::new() };
        let id = model.rule(rule);
        self.known.insert(pointer.to_owned(), id);
        let assertions = match self.document.at(pointer) {
            Tree::Bool(true) => Vec::new(),
            Tree::Bool(false) => vec![Assertion::Never],
            Tree::Object(members) => self.assertions(pointer, members, model),
            other => {
                self.problem(
                    pointer,
                    format!("{} where a schema belongs", other.describe()),
                    "write an object or a boolean",
                );
                Vec::new()
            }
        };
        model.rules[id.0].assertions = assertions;
        id
    }

    fn assertions(
        &mut self,
        pointer: &str,
        members: &'d [(String, Tree)],
        model: &mut Model,
    ) -> Vec<Assertion> {
        let mut assertions = Vec::new();
        if members.iter().any(|(key, _)| key == "$ref") {
            match self.document.resolve(pointer) {
                Ok(target) => assertions.push(Assertion::Reference(self.rule(&target, model))),
                Err(problem) => self.problems.push(problem),
            }
            if self.document.dialect == Dialect::Draft07 {
                return assertions;
            }
        }
        for (keyword, value) in members {
            let place = format!("{pointer}/{}", escape(keyword));
            self.keyword(keyword, value, &place, model, &mut assertions);
        }
        assertions
    }

    fn keyword(
        &mut self,
        keyword: &str,
        value: &'d Tree,
        place: &str,
        model: &mut Model,
        assertions: &mut Vec<Assertion>,
    ) {
        let assertion = match keyword {
            "type" => {
                let Some(types) = self.types(value, place) else { return };
                let representation = if types.contains(&JsonType::Number) {
                    Some(Representation::Decimal)
                } else if types.contains(&JsonType::Integer) {
                    Some(Representation::Integer64)
                } else {
                    None
                };
                assertions.push(Assertion::Types(types));
                assertions.extend(representation.map(Assertion::Representation));
                return;
            }
            "enum" => self.scalars(value, place).map(Assertion::Enum),
            "const" => self
                .scalars(&Tree::Array(vec![value.clone()]), place)
                .and_then(|mut options| options.pop())
                .map(Assertion::Const),
            "pattern" => self.pattern(value, place).map(Assertion::Pattern),
            "minLength" => self.count(value, place).map(Assertion::MinLength),
            "maxLength" => self.count(value, place).map(Assertion::MaxLength),
            "minItems" => self.count(value, place).map(Assertion::MinItems),
            "maxItems" => self.count(value, place).map(Assertion::MaxItems),
            "minProperties" => self.count(value, place).map(Assertion::MinProperties),
            "maxProperties" => self.count(value, place).map(Assertion::MaxProperties),
            "minimum" => self.number(value, place).map(Assertion::Minimum),
            "maximum" => self.number(value, place).map(Assertion::Maximum),
            "exclusiveMinimum" => self.number(value, place).map(Assertion::ExclusiveMinimum),
            "exclusiveMaximum" => self.number(value, place).map(Assertion::ExclusiveMaximum),
            "format" => self.format(value, place).map(Assertion::Format),
            "required" => self.names(value, place).map(Assertion::Required),
            "properties" => self.properties(value, place, model).map(Assertion::Properties),
            "additionalProperties" => match value {
                Tree::Bool(true) => return,
                _ => Some(Assertion::AdditionalProperties(self.rule(place, model))),
            },
            "items" => match value {
                Tree::Array(_) => {
                    self.problem(
                        place,
                        "a list of schemas, one for each position",
                        "give `items` one schema; tuples are not supported",
                    );
                    None
                }
                _ => Some(Assertion::Items(self.rule(place, model))),
            },
            // Beside `items` that are no list it means nothing (draft-07, validation 6.4.2).
            "additionalItems" => None,
            "allOf" => self.branches(value, place, model).map(Assertion::AllOf),
            "anyOf" => self.branches(value, place, model).map(Assertion::AnyOf),
            "oneOf" => self.branches(value, place, model).map(Assertion::OneOf),
            "nullable" => {
                self.problem(
                    place,
                    "`nullable`, which JSON Schema does not know",
                    "write `\"type\": [\"…\", \"null\"]`",
                );
                None
            }
            unsupported if UNSUPPORTED.contains(&unsupported) => {
                self.problem(
                    place,
                    format!("the keyword `{unsupported}`, which generated code cannot check"),
                    "remove it in a patch file beside the contract, with the reason, and check it in the service",
                );
                None
            }
            // All other keywords are annotations (draft-07, core 6.4).
            _ => None,
        };
        assertions.extend(assertion);
    }

    fn types(&mut self, value: &Tree, place: &str) -> Option<BTreeSet<JsonType>> {
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

    fn scalars(&mut self, value: &Tree, place: &str) -> Option<Vec<String>> {
        let options = self.list(value, place, "list at least one value")?;
        if options.iter().any(|option| matches!(option, Tree::Array(_) | Tree::Object(_))) {
            self.problem(
                place,
                "an array or an object among the allowed values",
                "allow strings, numbers, booleans or null",
            );
            return None;
        }
        Some(options.iter().map(Tree::to_string).collect())
    }

    fn pattern(&mut self, value: &Tree, place: &str) -> Option<String> {
        let Some(text) = value.text() else {
            self.instead(place, value, "a regular expression");
            return None;
        };
        if let Err(error) = crate::pattern::check(text) {
            self.problem(place, format!("the pattern {text:?}: {error}"), crate::pattern::HELP);
            return None;
        }
        Some(text.to_owned())
    }

    fn count(&mut self, value: &Tree, place: &str) -> Option<u64> {
        let count = value.count();
        if count.is_none() {
            self.instead(place, value, "an integer of zero or more");
        }
        count
    }

    fn number(&mut self, value: &Tree, place: &str) -> Option<String> {
        match value {
            Tree::Number(number) => Some(number.to_string()),
            other => {
                self.instead(place, other, "a number");
                None
            }
        }
    }

    fn format(&mut self, value: &Tree, place: &str) -> Option<Format> {
        let format = value.text().and_then(Format::named);
        if format.is_none() {
            self.problem(
                place,
                format!("the format {}", value.describe()),
                "use one of date-time, date, time, uuid, email, hostname, ipv4, ipv6, uri, \
                 uri-reference and regex, or remove it in a patch file beside the contract",
            );
        }
        format
    }

    fn names(&mut self, value: &Tree, place: &str) -> Option<Vec<String>> {
        let names: Option<Vec<_>> = value
            .items()
            .and_then(|items| items.iter().map(|name| name.text().map(str::to_owned)).collect());
        if names.is_none() {
            self.instead(place, value, "a list of the names of properties");
        }
        names
    }

    fn properties(
        &mut self,
        value: &Tree,
        place: &str,
        model: &mut Model,
    ) -> Option<Vec<(String, RuleId)>> {
        let Some(members) = value.members() else {
            self.instead(place, value, "an object with a schema for each property");
            return None;
        };
        let rules = members.iter().map(|(name, _)| {
            (name.clone(), self.rule(&format!("{place}/{}", escape(name)), model))
        });
        Some(rules.collect())
    }

    fn branches(&mut self, value: &Tree, place: &str, model: &mut Model) -> Option<Vec<RuleId>> {
        let items = self.list(value, place, "list one or more schemas")?;
        let places = (0..items.len()).map(|index| format!("{place}/{index}"));
        Some(places.map(|place| self.rule(&place, model)).collect())
    }

    /// The items of a list that must not be empty.
    fn list<'t>(&mut self, value: &'t Tree, place: &str, help: &str) -> Option<&'t [Tree]> {
        let found = match value {
            Tree::Array(items) if !items.is_empty() => return Some(items),
            Tree::Array(_) => "an empty list".to_owned(),
            other => format!("{} instead of a list", other.describe()),
        };
        self.problem(place, found, help);
        None
    }

    fn instead(&mut self, place: &str, found: &Tree, expected: &str) {
        let found = format!("{} instead of {expected}", found.describe());
        self.problem(place, found, format!("write {expected}"));
    }

    fn problem(&mut self, place: &str, found: impl Into<String>, help: impl Into<String>) {
        self.problems.push(self.document.problem(place, found, help));
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

    /// What JSON Schema calls it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            JsonType::Null => "null",
            JsonType::Boolean => "boolean",
            JsonType::Integer => "integer",
            JsonType::Number => "number",
            JsonType::String => "string",
            JsonType::Array => "array",
            JsonType::Object => "object",
        }
    }
}
