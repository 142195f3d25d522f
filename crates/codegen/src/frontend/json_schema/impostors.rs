//! Documents that are taken for schemas: sample messages, answers of registries, other kinds of contracts.

use super::document::Document;
use super::keywords::ASSERTING;
use super::lints::Finding;
use crate::error::Problem;
use crate::model::{Assertion, JsonType, Model, RuleId};
use crate::options::Lint;
use crate::tree::Tree;
use std::collections::HashSet;

impl Document<'_> {
    /// Returns a finding if the document is not a schema.
    pub(super) fn impostor(&self) -> Option<Finding> {
        let root = self.root;
        let text = |key: &str| root.get(key).and_then(Tree::text);
        let has = |keys: &[&str]| keys.iter().any(|key| root.get(key).is_some());
        let (place, what, help) =
            if text("schema").is_some() && has(&["subject", "version", "id", "schemaType"]) {
                let help = "save the text of its member `schema` as the contract";
                ("/schema", "the answer of a schema registry", help)
            } else if self.is_sample() {
                let help = "write a schema: `\"type\"`, `\"properties\"`, …";
                ("", "a sample: it has no keyword of JSON Schema", help)
            } else {
                return None;
            };
        Some(Finding::of(
            Lint::NotASchema,
            place,
            format!("the document is not a schema but {what}"),
            help,
            format!("Its contract is not a schema but {what}."),
        ))
    }

    /// Returns whether the document is an object without any keyword of a schema.
    fn is_sample(&self) -> bool {
        let members = self.root.members().unwrap_or_default();
        let is_keyword = |(key, value): &(String, Tree)| match key.as_str() {
            "type" => match value {
                Tree::String(name) => JsonType::named(name).is_some(),
                _ => true,
            },
            "$schema" | "$id" | "$ref" | "$dynamicRef" | "$recursiveRef" | "$defs"
            | "definitions" | "allOf" => true,
            key => ASSERTING.contains(&key) || key.starts_with("x-"),
        };
        !members.is_empty()
            && !members.iter().any(is_keyword)
            && members.iter().any(|(key, _)| !is_annotation(key))
            && !self.has_misspelt_keywords()
    }

    /// Reports the schema of an event that accepts every value, as [`Document::lint`] does.
    pub(crate) fn lint_event(
        &self,
        place: &str,
        rule: RuleId,
        model: &mut Model,
    ) -> Option<Problem> {
        let finding = self.asserts_nothing(place, rule, model)?;
        self.report(finding, model)
    }

    /// Returns a sentence for the documentation of an event that accepts every value.
    pub(crate) fn event_note(&self, place: &str, rule: RuleId, model: &Model) -> Option<String> {
        Some(self.asserts_nothing(place, rule, model)?.note().to_owned())
    }

    /// Returns a finding if the schema of an event accepts every value.
    pub(super) fn asserts_nothing(
        &self,
        place: &str,
        rule: RuleId,
        model: &Model,
    ) -> Option<Finding> {
        // A document with definitions is a library.
        let has_definitions =
            |tree: &Tree| ["$defs", "definitions"].iter().any(|key| tree.get(key).is_some());
        if asserts(rule, model, &mut HashSet::new()) || has_definitions(self.at(place)) {
            return None;
        }
        Some(Finding::of(
            Lint::AssertsNothing,
            place,
            "the schema of the event accepts every value".to_owned(),
            "describe the event with `\"type\"` and `\"properties\"`",
            "Its contract accepts every value.".to_owned(),
        ))
    }
}

/// Returns whether a keyword says nothing about values, in schemas and in samples.
fn is_annotation(keyword: &str) -> bool {
    matches!(
        keyword,
        "title" | "description" | "default" | "examples" | "$comment" | "$anchor" | "deprecated"
    )
}

/// Returns whether a rule asserts something, itself or through its references.
fn asserts(rule: RuleId, model: &Model, seen: &mut HashSet<RuleId>) -> bool {
    seen.insert(rule)
        && model[rule].assertions.iter().any(|assertion| match assertion {
            Assertion::Reference(inner) => asserts(*inner, model, seen),
            Assertion::AllOf(rules) => rules.iter().any(|inner| asserts(*inner, model, seen)),
            _ => true,
        })
}
