//! The annotations `x-outcome` and `x-answers` at the root of a contract.

use crate::error::Problem;
use crate::model::{Choice, DefinitionId, Field, Model, Outcome, Record, Shape, Type};
use crate::near::near;
use crate::tree::{Tree, escape};

const OUTCOME: &str = "x-outcome";
const ANSWERS: &str = "x-answers";

const FORM: &str = "write `{\"code\": …, \"message\": …, \"migration\": …, \"status\": {\"member\": …, \
                    \"success\": …, \"failure\": …}}`, where members are named; `\"entity\": …` and \
                    `\"operation\": {\"member\": …, \"created\": …, \"updated\": …}` are optional";
const ANSWERS_FORM: &str = "list the names of the contracts that are answered, such as \
                            `[\"migration/customer_incoming\"]`";

/// Reads the annotations of the schema at `place`, whose shape is `root`; `None` if it has none.
///
/// # Errors
/// Everything in the annotations that does not fit the contract.
pub(crate) fn read(
    file: &str,
    place: &str,
    schema: &Tree,
    root: DefinitionId,
    model: &Model,
) -> Result<Option<Outcome>, Vec<Problem>> {
    let (outcome, answers) = (schema.get(OUTCOME), schema.get(ANSWERS));
    let Some(annotation) = outcome else {
        return match answers {
            None => Ok(None),
            Some(_) => Err(vec![Problem::new(
                file,
                format!("{place}/{ANSWERS}"),
                format!("`{ANSWERS}` without `{OUTCOME}`"),
                format!("add `{OUTCOME}`: only an outcome answers another event"),
            )]),
        };
    };
    let record = match &model[root].shape {
        Shape::Record(record) => Some(record),
        _ => None,
    };
    let mut reader =
        Annotation { file, place: format!("{place}/{OUTCOME}"), model, problems: Vec::new() };
    let outcome = reader.outcome(annotation, record);
    let answers = answers.map(|list| {
        reader.place = format!("{place}/{ANSWERS}");
        reader.answers(list)
    });
    match outcome {
        Some(outcome) if reader.problems.is_empty() => {
            Ok(Some(Outcome { answers: answers.unwrap_or_default(), ..outcome }))
        }
        _ => Err(reader.problems),
    }
}

/// A problem for each annotation of the schema at `place`, which is not the root of a contract.
pub(crate) fn misplaced(file: &str, place: &str, schema: &Tree) -> Vec<Problem> {
    let found = [OUTCOME, ANSWERS].into_iter().filter(|key| schema.get(key).is_some());
    found
        .map(|key| {
            Problem::new(
                file,
                format!("{place}/{key}"),
                format!("`{key}` stands at the root of a contract"),
                "move it to the root, or remove it: nothing reads it here",
            )
        })
        .collect()
}

/// A problem for every contract that an outcome answers and that is not in the model.
pub(crate) fn unanswerable(model: &Model) -> Vec<Problem> {
    let mut problems = Vec::new();
    for contract in &model.contracts {
        let answers = contract.outcome.iter().flat_map(|outcome| &outcome.answers).enumerate();
        for (index, name) in answers {
            if model.contracts.iter().any(|other| other.name == *name) {
                continue;
            }
            let names = || model.contracts.iter().map(|other| other.name.as_str());
            let mut known = near(name, names());
            if known.is_empty() {
                known = names().filter(|known| *known != contract.name).collect();
            }
            let place = &model[contract.root].pointer;
            problems.push(Problem::new(
                &contract.file,
                format!("{place}/{ANSWERS}/{index}"),
                format!("no contract of this family is called {name:?}"),
                format!("name a contract of the family: {}", known.join(", ")),
            ));
        }
    }
    problems
}

/// A value of `operation` for a failure.
const FAILED: &str = "failed";

/// The presence of a member that its part asks for.
#[derive(Clone, Copy)]
enum Presence {
    /// Required or optional.
    Any,
    /// Optional, since some outcomes leave it out.
    Optional,
}

/// An annotation while it is read.
struct Annotation<'a> {
    file: &'a str,
    place: String,
    model: &'a Model,
    problems: Vec<Problem>,
}

impl<'a> Annotation<'a> {
    fn problem(&mut self, at: &str, found: impl Into<String>, help: impl Into<String>) {
        self.problems.push(Problem::new(self.file, format!("{}{at}", self.place), found, help));
    }

    fn outcome(&mut self, annotation: &Tree, record: Option<&Record>) -> Option<Outcome> {
        const PARTS: [&str; 6] = ["code", "message", "migration", "status", "operation", "entity"];
        self.object(annotation, "", &PARTS)?;
        let Some(record) = record else {
            let help = "annotate a contract whose root is an object with `properties`";
            self.problem("", "the contract is not an object with known members", help);
            return None;
        };
        // `null` says that the contract has no such member.
        let code = match annotation.get("code") {
            Some(Tree::Null) => Some(None),
            _ => self.text_member(annotation, "code", record).map(Some),
        };
        let message = self.text_member(annotation, "message", record);
        let migration = self.member(annotation, "", "migration", record, Presence::Any);
        let status =
            self.choice(annotation, "status", ["success", "failure"], None, record, Presence::Any);
        let is_given = |part: &str| annotation.get(part).is_some();
        let operation = is_given("operation").then(|| {
            let keys = ["created", "updated"];
            let fails = annotation.get("operation").is_some_and(|part| part.get(FAILED).is_some());
            let presence = if fails { Presence::Any } else { Presence::Optional };
            self.choice(annotation, "operation", keys, Some(FAILED), record, presence)
        });
        let entity = is_given("entity")
            .then(|| self.member(annotation, "", "entity", record, Presence::Optional));
        let (operation, failed_operation) = match operation {
            Some(choice) => choice.map(|(choice, failed)| (Some(choice), failed))?,
            None => (None, None),
        };
        let outcome = Outcome {
            code: code?.map(|field| field.name.clone()),
            message: message?.name.clone(),
            migration: migration?.name.clone(),
            status: status?.0,
            operation,
            failed_operation,
            entity: match entity {
                Some(field) => Some(field?.name.clone()),
                None => None,
            },
            answers: Vec::new(),
        };
        self.check_members(&outcome, record);
        Some(outcome)
    }

    /// Each member plays one part, and every required member plays one.
    fn check_members(&mut self, outcome: &Outcome, record: &Record) {
        let parts = outcome.members();
        for (index, part) in parts.iter().enumerate() {
            if parts[..index].contains(part) {
                let help = "name another member for each part";
                self.problem("", format!("the member `{part}` plays two parts"), help);
            }
        }
        for field in &record.fields {
            if !may_be_absent(field) && !parts.contains(&&*field.name) {
                self.problem(
                    "",
                    format!(
                        "the contract requires `{}`, which no part of the outcome fills",
                        field.name
                    ),
                    format!("remove `{OUTCOME}`, and implement `Outcome` by hand"),
                );
            }
        }
    }

    fn text_member<'r>(
        &mut self,
        annotation: &Tree,
        part: &str,
        record: &'r Record,
    ) -> Option<&'r Field> {
        let field = self.member(annotation, "", part, record, Presence::Any)?;
        if field.slot.ty == Type::Text {
            return Some(field);
        }
        let found = format!("the member `{}` is not a plain string", field.name);
        self.problem(&format!("/{part}"), found, "name a member of type string");
        None
    }

    fn choice(
        &mut self,
        annotation: &Tree,
        part: &str,
        keys: [&str; 2],
        third: Option<&str>,
        record: &Record,
        presence: Presence,
    ) -> Option<(Choice, Option<String>)> {
        let at = format!("/{part}");
        let Some(choice) = annotation.get(part) else {
            self.problem("", format!("`{OUTCOME}` without `{part}`"), FORM);
            return None;
        };
        let parts: Vec<&str> = ["member"].into_iter().chain(keys).chain(third).collect();
        self.object(choice, &at, &parts)?;
        let field = self.member(choice, &at, "member", record, presence)?;
        let known = match field.slot.ty {
            Type::Definition(id) => match &self.model[id].shape {
                Shape::Enum(values) => Some(&values.values),
                _ => None,
            },
            _ => None,
        };
        let Some(known) = known else {
            let found = format!("the member `{}` is not an enum of strings", field.name);
            self.problem(&format!("{at}/member"), found, "name a member whose values are listed");
            return None;
        };
        let mut value = |key: &str| {
            let value = self.text(choice, &at, key)?;
            if known.contains(value) {
                return Some(value.clone());
            }
            let found = format!("{value:?} is not a value of `{}`", field.name);
            self.problem(
                &format!("{at}/{key}"),
                found,
                format!("write one of {}", known.join(", ")),
            );
            None
        };
        let mut values = keys.map(&mut value);
        let third = third.filter(|key| choice.get(key).is_some()).map(value);
        if values[0].is_some() && values[0] == values[1] {
            let found = format!("`{}` and `{}` are the same value", keys[0], keys[1]);
            self.problem(&at, found, "give each its own value");
            return None;
        }
        let values = [values[0].take()?, values[1].take()?];
        let third = match third {
            Some(value) => Some(value?),
            None => None,
        };
        Some((Choice { member: field.name.clone(), values }, third))
    }

    /// The field that `key` names.
    fn member<'r>(
        &mut self,
        object: &Tree,
        at: &str,
        key: &str,
        record: &'r Record,
        presence: Presence,
    ) -> Option<&'r Field> {
        let name = self.text(object, at, key)?;
        let place = format!("{at}/{key}");
        let Some(field) = record.fields.iter().find(|field| field.name == *name) else {
            let known: Vec<&str> = record.fields.iter().map(|field| &*field.name).collect();
            let help = format!("name one of {}", known.join(", "));
            self.problem(&place, format!("the contract has no member {name:?}"), help);
            return None;
        };
        let (fits, wanted) = match presence {
            Presence::Any => {
                (is_always_there(field) || is_absent_or_there(field), "must never be null")
            }
            Presence::Optional => {
                (is_absent_or_there(field), "must be optional and, when it is there, never null")
            }
        };
        if !fits {
            self.problem(
                &place,
                format!("the member `{name}` {wanted} to play this part"),
                if at == "/operation" {
                    "add `\"failed\": …`, the value for a failure, or name another member"
                } else {
                    "name another member, or correct the contract by a deviation"
                },
            );
            return None;
        }
        Some(field)
    }

    fn text<'t>(&mut self, object: &'t Tree, at: &str, key: &str) -> Option<&'t String> {
        match object.get(key) {
            Some(Tree::String(text)) => return Some(text),
            Some(other) => {
                let found = format!("{} instead of a string", other.describe());
                self.problem(&format!("{at}/{key}"), found, FORM);
            }
            None => self.problem(at, format!("`{OUTCOME}{at}` without `{key}`"), FORM),
        }
        None
    }

    /// Checks that a value is an object of known members.
    fn object(&mut self, tree: &Tree, at: &str, known: &[&str]) -> Option<()> {
        let Some(members) = tree.members() else {
            self.problem(at, format!("{} instead of an object", tree.describe()), FORM);
            return None;
        };
        for (key, _) in members {
            if !known.contains(&&**key) {
                let found = format!("the unknown member {key:?} in `{OUTCOME}{at}`");
                self.problem(&format!("{at}/{}", escape(key)), found, FORM);
            }
        }
        Some(())
    }

    fn answers(&mut self, list: &Tree) -> Vec<String> {
        let Some(items) = list.items().filter(|items| !items.is_empty()) else {
            let found = match list {
                Tree::Array(_) => "an empty list".to_owned(),
                other => format!("{} instead of a list", other.describe()),
            };
            self.problem("", found, ANSWERS_FORM);
            return Vec::new();
        };
        let mut names = Vec::new();
        for (index, item) in items.iter().enumerate() {
            match item {
                Tree::String(name) => names.push(name.clone()),
                other => {
                    let found = format!("{} instead of a name", other.describe());
                    self.problem(&format!("/{index}"), found, ANSWERS_FORM);
                }
            }
        }
        names
    }
}

fn may_be_absent(field: &Field) -> bool {
    !field.required || field.optional.is_some()
}

fn is_always_there(field: &Field) -> bool {
    !may_be_absent(field) && !field.slot.nullable
}

/// Returns whether the field's type is an `Option` of what the contract describes.
fn is_absent_or_there(field: &Field) -> bool {
    field.optional.is_some() || !field.required && !field.slot.nullable
}
