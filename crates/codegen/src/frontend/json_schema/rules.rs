//! Translation of schemas to rules, keyword by keyword.

mod values;

use super::bounds::Bounds;
use super::dialect::Dialect;
use super::document::Document;
use super::known::Known;
use super::language;
use super::scope::MARK;
use crate::cycles;
use crate::error::Problem;
use crate::model::{Assertion, JsonType, Model, Representation, Rule, RuleId};
use crate::options::Draft;
use crate::stack::MAX_LEVELS;
use crate::tree::{Tree, escape};
use std::collections::BTreeSet;

/// Translates the schemas of a document to rules, each place once.
pub(crate) struct Rules<'d> {
    document: &'d Document<'d>,
    pub(super) known: Known,
    /// True if every numeric `type` is restricted to the range of its Rust type. Otherwise
    /// [`Rules::restrict_representation`] adds the restriction where a type is generated.
    restrict_everywhere: bool,
    /// Number of schemas on the way to the current one.
    level: usize,
    pub(crate) problems: Vec<Problem>,
}

impl<'d> Rules<'d> {
    pub(crate) fn new(document: &'d Document<'d>) -> Self {
        let (known, problems) = (Known::default(), Vec::new());
        Self { document, known, restrict_everywhere: false, level: 0, problems }
    }

    /// Continues with the schemas that other documents have met.
    pub(crate) fn knowing(self, known: &mut Known) -> Self {
        Self { known: std::mem::take(known), ..self }
    }

    /// Returns the schemas that this and other documents have met.
    pub(crate) fn into_known(self) -> Known {
        self.known
    }

    /// Returns rules for a document from which no types are made: every numeric `type` is restricted to
    /// the range of its Rust type.
    fn with_representations(document: &'d Document<'d>) -> Self {
        Self { restrict_everywhere: true, ..Self::new(document) }
    }

    /// Returns the rule of the same place in the published document, or `rule` itself if the deviations
    /// change only annotations.
    ///
    /// A published keyword that cannot be translated is omitted: its deviation exists for that reason,
    /// and decoding checks the patched document in any case.
    pub(crate) fn published(
        document: &Document<'_>,
        published: &Tree,
        pointer: &str,
        rule: RuleId,
        model: &mut Model,
    ) -> RuleId {
        let document = document.published(published).filter(|it| it.find(pointer).is_some());
        let Some(document) = document else { return rule };
        let first = model.rules.len();
        let published_rule = Rules::with_representations(&document).rule(pointer, model);
        if cycles::check(model, document.file, first).is_err() {
            model.rules.truncate(first);
            return rule;
        }
        published_rule
    }

    /// Restricts the numbers at `place` to the range of the Rust type that they are decoded to. Returns
    /// the rule if this added the restriction, and `None` if it exists or no numeric `type` is present.
    pub(super) fn restrict_representation(
        &mut self,
        place: &str,
        representation: Representation,
        model: &mut Model,
    ) -> Option<RuleId> {
        let id = self.rule(place, model);
        let assertions = &mut model.rules[id.0].assertions;
        let known = assertions.iter().any(|known| matches!(known, Assertion::Representation(_)));
        let index = assertions.iter().position(|assertion| {
            matches!(assertion, Assertion::Types(types)
                if types.contains(&JsonType::Integer) || types.contains(&JsonType::Number))
        });
        let index = index.filter(|_| !known)?;
        assertions.insert(index + 1, Assertion::Representation(representation));
        Some(id)
    }

    /// Returns the places of the schemas that have a rule and are in this document, or in a dynamic scope.
    pub(crate) fn places(&self) -> impl Iterator<Item = &str> {
        let after = |start: String| {
            let from = self.known.rules.range(start.clone()..).map(|(place, _)| place.as_str());
            from.take_while(move |place| place.starts_with(&start))
        };
        after(self.document.absolute("")).chain(after(MARK.to_string()))
    }

    /// Returns the rule of the schema at `place`.
    pub(crate) fn rule(&mut self, place: &str, model: &mut Model) -> RuleId {
        let place = self.document.absolute(place);
        let pointer = place.as_str();
        if let Some(known) = self.known.rules.get(pointer) {
            return *known;
        }
        // Registered before it is complete, since a schema may refer to itself.
        let place = self.document.unscoped(pointer);
        let rule = Rule { has_keywords: true, pointer: place, assertions: Vec::new() };
        let id = model.rule(rule);
        self.known.rules.insert(pointer.to_owned(), id);
        if self.level == MAX_LEVELS {
            let message =
                format!("a way of references leads through more than {MAX_LEVELS} schemas");
            self.problem(pointer, message, "let definitions refer to each other in shorter chains");
            return id;
        }
        self.level += 1;
        let assertions = match self.document.at(pointer) {
            Tree::Bool(true) => Vec::new(),
            Tree::Bool(false) => {
                self.problems.extend(self.document.lint(pointer, model));
                vec![Assertion::Never]
            }
            Tree::Object(members) => self.assertions(pointer, members, model),
            other => {
                self.problem(
                    pointer,
                    format!("expected a schema, found {}", other.describe()),
                    "write an object or a boolean",
                );
                Vec::new()
            }
        };
        self.level -= 1;
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
        let dialect = self.document.dialect(pointer);
        self.problems.extend(self.document.lint_metaschema(pointer, model));
        for keyword in self.document.references(pointer) {
            match self.document.follow(pointer, keyword) {
                Ok(target) => assertions.push(Assertion::Reference(self.rule(&target, model))),
                Err(problem) => self.problems.push(problem),
            }
            if !dialect.siblings_apply() {
                return assertions;
            }
        }
        self.problems.extend(self.document.lint(pointer, model));
        self.problems.extend(self.document.undeclared(pointer));
        for (keyword, value) in members.iter().filter(|(keyword, _)| dialect.has(keyword)) {
            let place = Keyword { at: format!("{pointer}/{}", escape(keyword)), dialect, members };
            self.keyword(keyword, value, &place, model, &mut assertions);
        }
        assertions
    }

    fn keyword(
        &mut self,
        keyword: &str,
        value: &'d Tree,
        at: &Keyword<'d>,
        model: &mut Model,
        assertions: &mut Vec<Assertion>,
    ) {
        let place = at.at.as_str();
        let assertion = match keyword {
            "type" => {
                let Some(types) = self.types(value, place) else { return };
                let around = self.document.unscoped(place.strip_suffix("/type").unwrap_or(place));
                let is_restricted =
                    self.restrict_everywhere && !model.any_numbers.contains(&around);
                let representation = is_restricted.then(|| at.representation(&types)).flatten();
                assertions.push(Assertion::Types(types));
                assertions.extend(representation.map(Assertion::Representation));
                return;
            }
            "enum" => self
                .list(value, place, "list at least one value")
                .map(|options| Assertion::Enum(options.iter().map(Tree::to_string).collect())),
            "const" => Some(Assertion::Const(value.to_string())),
            "pattern" => self.pattern(value, place).map(Assertion::Pattern),
            "minLength" => self.count(value, place).map(Assertion::MinLength),
            "maxLength" => self.count(value, place).map(Assertion::MaxLength),
            "minItems" => self.count(value, place).map(Assertion::MinItems),
            "maxItems" => self.count(value, place).map(Assertion::MaxItems),
            "minProperties" => self.count(value, place).map(Assertion::MinProperties),
            "maxProperties" => self.count(value, place).map(Assertion::MaxProperties),
            "minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum" => {
                self.limit(keyword, value, at)
            }
            "format" => self.format(value, place).map(Assertion::Format),
            "required" => self.names(value, place).map(Assertion::Required),
            "properties" => self.properties(value, place, model).map(Assertion::Properties),
            "patternProperties" => {
                self.pattern_properties(value, place, model).map(Assertion::PatternProperties)
            }
            "additionalProperties" => match value {
                // In later dialects it also marks the properties as evaluated.
                Tree::Bool(true) if !at.dialect.siblings_apply() => return,
                _ => Some(Assertion::AdditionalProperties(self.rule(place, model))),
            },
            "unevaluatedProperties" => {
                Some(Assertion::UnevaluatedProperties(self.rule(place, model)))
            }
            "propertyNames" => Some(Assertion::PropertyNames(self.rule(place, model))),
            "dependencies" => {
                self.dependencies(value, place, model, assertions);
                None
            }
            "dependentRequired" => {
                let members = self.members(value, place, "a list of names for each property");
                let entries = members.unwrap_or_default().iter().filter_map(|(name, names)| {
                    let place = format!("{place}/{}", escape(name));
                    Some((name.clone(), self.names(names, &place)?))
                });
                Some(Assertion::DependentRequired(entries.collect()))
            }
            "dependentSchemas" => {
                self.properties(value, place, model).map(Assertion::DependentSchemas)
            }
            "items" => match value {
                Tree::Array(_) if at.dialect.draft == Draft::Draft202012 => {
                    self.problem(
                        place,
                        "in 2020-12, `items` cannot be a list of schemas",
                        "write `prefixItems`",
                    );
                    None
                }
                Tree::Array(_) => self.each(value, place, model).map(Assertion::PrefixItems),
                _ => Some(Assertion::Items(self.rule(place, model))),
            },
            "prefixItems" => self.each(value, place, model).map(Assertion::PrefixItems),
            "additionalItems" => match at.sibling("items") {
                Some(Tree::Array(_)) => Some(Assertion::Items(self.rule(place, model))),
                // Ignored unless `items` is a list (draft-07, validation 6.4.2).
                _ => None,
            },
            "unevaluatedItems" => Some(Assertion::UnevaluatedItems(self.rule(place, model))),
            "contains" => {
                let rule = self.rule(place, model);
                let limit = |keyword| at.sibling(keyword).and_then(Tree::count);
                let (min, max) = (limit("minContains"), limit("maxContains"));
                let evaluates = at.dialect.draft == Draft::Draft202012;
                Some(Assertion::Contains { rule, min, max, evaluates })
            }
            // Translated with `contains`.
            "minContains" | "maxContains" => {
                self.count(value, place);
                None
            }
            "uniqueItems" => match value {
                Tree::Bool(unique) => unique.then_some(Assertion::UniqueItems),
                other => {
                    self.expected(place, other, "true or false");
                    None
                }
            },
            "multipleOf" => self.divisor(value, place).map(Assertion::MultipleOf),
            "not" => Some(Assertion::Not(self.rule(place, model))),
            "if" => {
                let condition = self.rule(place, model);
                let around = place.strip_suffix("if").unwrap_or_default();
                let mut branch = |keyword: &str| {
                    at.sibling(keyword)?;
                    Some(self.rule(&format!("{around}{keyword}"), model))
                };
                let (then, otherwise) = (branch("then"), branch("else"));
                (then.is_some() || otherwise.is_some() || at.dialect.siblings_apply())
                    .then_some(Assertion::If { condition, then, otherwise })
            }
            // Translated with `if`.
            "then" | "else" => None,
            "allOf" => self.branches(value, place, model).map(Assertion::AllOf),
            "anyOf" => self.branches(value, place, model).map(Assertion::AnyOf),
            "oneOf" => self.branches(value, place, model).map(Assertion::OneOf),
            "nullable" => {
                self.problem(
                    place,
                    "JSON Schema has no keyword `nullable`",
                    "write `\"type\": [\"…\", \"null\"]`",
                );
                None
            }
            language::KEYWORD => {
                self.problem(
                    place,
                    "a schema with a `schemaFormat` cannot be a part of another schema",
                    "define it under `components/schemas` and refer to it, or write the inner schema alone",
                );
                None
            }
            // All other keywords are annotations (draft-07, core 6.4).
            _ => None,
        };
        assertions.extend(assertion);
    }
}

impl<'d> Rules<'d> {
    /// Translates a limit of numbers. In draft-04 `exclusiveMinimum` and `exclusiveMaximum` are flags that
    /// change the limit beside them (validation 5.1.2 and 5.1.3).
    fn limit(&mut self, keyword: &str, value: &Tree, at: &Keyword<'d>) -> Option<Assertion> {
        let place = at.at.as_str();
        let (flag, exclusive): (_, fn(String) -> Assertion) = match keyword {
            "minimum" | "exclusiveMinimum" => ("exclusiveMinimum", Assertion::ExclusiveMinimum),
            _ => ("exclusiveMaximum", Assertion::ExclusiveMaximum),
        };
        let has_flags = at.dialect.draft == Draft::Draft04;
        if keyword != flag {
            let is_exclusive = has_flags && at.sibling(flag) == Some(&Tree::Bool(true));
            return self.number(value, place).map(match keyword {
                _ if is_exclusive => exclusive,
                "minimum" => Assertion::Minimum,
                _ => Assertion::Maximum,
            });
        }
        if !has_flags {
            if matches!(value, Tree::Bool(_)) {
                let message = format!("expected a number, found {}", value.describe());
                let help =
                    "write the limit as a number, or declare draft-04, in which it is a flag";
                self.problem(place, message, help);
                return None;
            }
            return self.number(value, place).map(exclusive);
        }
        if !matches!(value, Tree::Bool(_)) {
            self.expected(place, value, "true or false");
        }
        None
    }
}

/// A keyword in its schema, with the keywords beside it.
struct Keyword<'d> {
    at: String,
    dialect: Dialect,
    members: &'d [(String, Tree)],
}

impl<'d> Keyword<'d> {
    /// Returns the value of another keyword of the same schema, if the dialect has it.
    fn sibling(&self, keyword: &str) -> Option<&'d Tree> {
        let member = self.members.iter().find(|(name, _)| name == keyword);
        member.map(|(_, value)| value).filter(|_| self.dialect.has(keyword))
    }

    /// Returns the type that holds the numbers of these types, unless the bounds beside go beyond it.
    fn representation(&self, types: &BTreeSet<JsonType>) -> Option<Representation> {
        let mut bounds = Bounds::default();
        bounds.add(|keyword| self.sibling(keyword));
        if types.contains(&JsonType::Number) {
            return (!bounds.exceed_decimal()).then_some(Representation::Decimal);
        }
        let is_unsigned = self.sibling("minimum").is_some_and(is_not_negative);
        let representation = match is_unsigned {
            true => Representation::Unsigned64,
            false => Representation::Integer64,
        };
        let is_held = types.contains(&JsonType::Integer) && !bounds.exceed_integer(is_unsigned);
        is_held.then_some(representation)
    }
}

/// Returns whether a limit is a number that is not negative.
pub(super) fn is_not_negative(limit: &Tree) -> bool {
    matches!(limit, Tree::Number(number) if !number.normalized().0)
}
