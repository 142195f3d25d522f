//! Tests of the frontend: texts of schemas in, model or problems out.

mod canonical;
mod collection;
mod contract;
mod defaults;
mod errors;
mod names;
mod robustness;
mod roots;
mod types;
mod unions;

use super::Collection;
use crate::error::Problem;
use crate::model::{Assertion, Model, Record, Rule, RuleId, Shape, Slot, Type, Union};
use crate::tree::Tree;

const FILE: &str = "events.avsc";

/// Reads a contract that refers to no other one.
fn read(
    file: &str,
    published: &Tree,
    document: &Tree,
    model: &mut Model,
) -> Result<(), Vec<Problem>> {
    super::read(file, published, document, &Collection::default(), model)
}

fn parse(text: &str) -> Result<Model, Vec<Problem>> {
    let tree = Tree::parse(text).expect("the test's schema is JSON");
    let mut model = Model::default();
    read(FILE, &tree, &tree, &mut model).map(|()| model)
}

#[track_caller]
fn model(text: &str) -> Model {
    parse(text).unwrap_or_else(|problems| panic!("{text}: {problems:#?}"))
}

/// Returns a record `R` with the field `f` of this type.
fn field_of(schema: &str) -> String {
    format!(r#"{{"type":"record","name":"R","fields":[{{"name":"f","type":{schema}}}]}}"#)
}

/// Returns pointer and message of each problem of a schema.
#[track_caller]
fn problems(text: &str) -> Vec<(String, String)> {
    let problems = parse(text).expect_err(text);
    for problem in &problems {
        assert_eq!(problem.file, FILE);
        assert!(!problem.message.is_empty() && !problem.help.is_empty(), "{problem}");
    }
    problems.into_iter().map(|problem| (problem.pointer, problem.message)).collect()
}

/// Asserts that a schema has a single problem whose message and help contain the given parts.
#[track_caller]
fn assert_problem(text: &str, pointer: &str, message: &str, help: &str) {
    let problems = parse(text).expect_err(text);
    let [problem] = problems.as_slice() else { panic!("{text}: {problems:#?}") };
    assert_eq!(problem.pointer, pointer, "{problem}");
    assert!(problem.message.contains(message), "{problem}");
    assert!(problem.help.contains(help), "{problem}");
}

impl Model {
    fn root(&self) -> &Shape {
        &self[self.contracts[0].root].shape
    }

    /// Returns the record with this name.
    fn record(&self, hint: &str) -> &Record {
        let mut named = self.definitions.iter().filter(|definition| definition.hint == hint);
        match named.find_map(|definition| match &definition.shape {
            Shape::Record(record) => Some(record),
            _ => None,
        }) {
            Some(record) => record,
            None => panic!("no record {hint}"),
        }
    }

    /// Returns the slot of the first field of the root.
    fn slot(&self) -> &Slot {
        match self.root() {
            Shape::Record(record) => &record.fields[0].slot,
            other => panic!("{other:?}"),
        }
    }

    /// Returns the shape of a slot whose type is a definition.
    fn shape(&self, slot: &Slot) -> &Shape {
        match slot.ty {
            Type::Definition(id) => &self[id].shape,
            ref other => panic!("{other:?}"),
        }
    }

    fn union(&self, slot: &Slot) -> &Union {
        match self.shape(slot) {
            Shape::Union(union) => union,
            other => panic!("{other:?}"),
        }
    }

    fn root_rule(&self) -> &Rule {
        &self[self.contracts[0].rule]
    }

    /// Returns the rule of the first field of the root.
    fn field_rule(&self) -> &Rule {
        match &self.root_rule().assertions[1] {
            Assertion::Properties(properties) => &self[properties[0].1],
            other => panic!("{other:?}"),
        }
    }

    /// Writes all rules reachable from one. Recursion stops at a rule that is being written.
    fn written(&self, id: RuleId) -> String {
        fn write(model: &Model, id: RuleId, open: &mut Vec<RuleId>) -> String {
            if open.contains(&id) {
                return format!("^{}", model[id].pointer);
            }
            open.push(id);
            let rule = &model[id];
            let inner: Vec<_> = rule
                .assertions
                .iter()
                .map(|assertion| match assertion {
                    Assertion::Items(id) => format!("items {}", write(model, *id, open)),
                    Assertion::AdditionalProperties(id) => {
                        format!("others {}", write(model, *id, open))
                    }
                    Assertion::Reference(id) => format!("is {}", write(model, *id, open)),
                    Assertion::Properties(list) => {
                        let list = list
                            .iter()
                            .map(|(name, id)| format!("{name} {}", write(model, *id, open)));
                        format!("fields[{}]", list.collect::<Vec<_>>().join(", "))
                    }
                    Assertion::Union { branches, nullable } => {
                        let list = branches
                            .iter()
                            .map(|(name, id)| format!("{name} {}", write(model, *id, open)));
                        let null = if *nullable { "?" } else { "" };
                        format!("union{null}[{}]", list.collect::<Vec<_>>().join(", "))
                    }
                    other => format!("{other:?}"),
                })
                .collect();
            open.pop();
            format!("{}({})", rule.pointer, inner.join("; "))
        }
        write(self, id, &mut Vec::new())
    }
}
