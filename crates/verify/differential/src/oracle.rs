//! Verdicts of the `jsonschema` crate on documents.

use std::collections::BTreeSet;
use std::fmt;

use jsonschema::error::ValidationErrorKind;
use jsonschema::{Draft, ValidationError, Validator};
use migration_events::Violation;
use migration_events::validate::ViolationKind;
use serde_json::{Map, Number, Value};

use crate::Json;
use migration_events_support::{number, oracle};

/// One problem: its place in the document, its place in the contract, and its kind.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Complaint {
    /// RFC 6901 pointer into the document.
    pub instance: String,
    /// RFC 6901 pointer to the keyword in the contract; empty if no keyword is broken.
    pub schema: String,
    /// The keyword, or the product's name of a problem that no keyword covers.
    pub keyword: String,
    /// The property that is missing, unknown or repeated.
    pub property: String,
}

impl fmt::Display for Complaint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { instance, schema, keyword, property } = self;
        write!(f, "{instance:?}: {keyword} {property:?} by {schema:?}")
    }
}

/// A complaint as the oracle makes it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Raw {
    /// The complaint.
    pub complaint: Complaint,
    /// Under `anyOf` and `oneOf`: the problems of each branch.
    pub branches: Vec<Vec<Raw>>,
}

/// A compiled schema.
#[derive(Clone)]
pub struct Oracle(Validator);

impl Oracle {
    /// Compiles a schema; asserts formats, `uuid` among them whatever the draft.
    pub(crate) fn new(schema: &Value, draft: Draft) -> Self {
        let mut schema = schema.clone();
        oracle::forget_identifiers(&mut schema);
        Self(oracle::compiled(&schema, draft))
    }

    /// Everything that is wrong with a document without repeated keys.
    #[must_use]
    pub fn complaints(&self, tree: &Json) -> BTreeSet<Raw> {
        let value = normalised(tree);
        self.0.iter_errors(&value).flat_map(|error| raw(&error)).collect()
    }
}

/// The document as the oracle can hold it.
///
/// Numbers are the one thing that a `serde_json` tree changes: `1e400` is none, `1.0` followed by 20
/// zeros and a one is read as an integer. No contract compares numbers, so all that counts is whether
/// one is an integer, and each number becomes a plain one that is of the same kind.
fn normalised(tree: &Json) -> Value {
    match tree {
        Json::Null => Value::Null,
        Json::Boolean(value) => Value::Bool(*value),
        Json::String(text) => Value::String(text.clone()),
        Json::Array(items) => Value::Array(items.iter().map(normalised).collect()),
        Json::Object(members) => Value::Object(
            members
                .iter()
                .map(|(key, value)| (key.clone(), normalised(value)))
                .collect::<Map<_, _>>(),
        ),
        Json::Number(text) if number::is_integer(text) => {
            Value::Number(number::small_integer(text).unwrap_or(i64::MAX).into())
        }
        Json::Number(_) => Number::from_f64(0.5).map_or(Value::Null, Value::Number),
    }
}

fn raw(error: &ValidationError<'_>) -> Vec<Raw> {
    let complaint = |property: &str| Complaint {
        instance: error.instance_path().as_str().to_owned(),
        schema: error.schema_path().as_str().to_owned(),
        keyword: error.kind().keyword().to_owned(),
        property: property.to_owned(),
    };
    let one = |property: &str| vec![Raw { complaint: complaint(property), branches: Vec::new() }];
    match error.kind() {
        ValidationErrorKind::Required { property } => one(property.as_str().unwrap_or_default()),
        ValidationErrorKind::AdditionalProperties { unexpected } => {
            unexpected.iter().flat_map(|property| one(property)).collect()
        }
        ValidationErrorKind::AnyOf { context }
        | ValidationErrorKind::OneOfNotValid { context }
        | ValidationErrorKind::OneOfMultipleValid { context } => {
            let branches =
                context.iter().map(|errors| errors.iter().flat_map(raw).collect()).collect();
            vec![Raw { complaint: complaint(""), branches }]
        }
        _ => one(""),
    }
}

impl From<&Violation> for Complaint {
    fn from(violation: &Violation) -> Self {
        let property = match violation.kind() {
            ViolationKind::Required { property } => property,
            ViolationKind::AdditionalProperties { unexpected } => &**unexpected,
            ViolationKind::DuplicateKey { key } => key,
            _ => "",
        };
        Self {
            instance: violation.instance_pointer().to_owned(),
            schema: violation.schema_pointer().to_owned(),
            keyword: violation.kind().name().to_owned(),
            property: property.to_owned(),
        }
    }
}
