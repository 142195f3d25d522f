//! The verdict of an independent validator, in the terms of the generated code.
//!
//! Apart from names, five differences are meant:
//!
//! | | generated code | the oracle |
//! |---|---|---|
//! | integers beyond 64 bits | `range` | accepted |
//! | more digits than a decimal holds | `precision` | accepted |
//! | unions | what is wrong in the branch, if the JSON type of the value, or properties with fixed values, leave only one | `anyOf`, `oneOf` |
//! | a union of which no branch fits | also the violations of the nearest branch, or the property that selects one | `anyOf`, `oneOf` |
//! | `.` in a pattern | no line terminator of ECMA-262 | anything but `\n` |
//!
//! The first two are left out of the comparison; the third is undone by looking into the oracle's
//! branches. What the fourth adds must be among the oracle's violations of some branch. No message of these tests
//! meets the fifth.

use events::Rejection;
use jsonschema::error::ValidationErrorKind;
use jsonschema::{Draft, ValidationError, Validator};
use migration_events_support::oracle;
use serde_json::Value;
use std::collections::BTreeSet;

/// Pointers into the message, each with the keyword that is broken there.
pub(crate) type Violations = BTreeSet<(String, String)>;

/// The violations of a message.
#[derive(Default)]
pub(crate) struct Verdict {
    pub(crate) violations: Violations,
    /// Those of the branches of unions of which none fits.
    pub(crate) of_branches: Violations,
}

pub(crate) struct Oracle(Validator);

impl Oracle {
    pub(crate) fn new(schema: &Value) -> Self {
        let mut schema = schema.clone();
        let dialect = schema.as_object_mut().and_then(|schema| schema.remove("$schema"));
        let draft = match dialect.as_ref().and_then(Value::as_str) {
            Some(uri) if uri.contains("2019-09") => Draft::Draft201909,
            Some(uri) if uri.contains("2020-12") => Draft::Draft202012,
            _ => Draft::Draft7,
        };
        Self(oracle::compiled(&schema, draft))
    }

    pub(crate) fn verdict(&self, message: &str) -> Verdict {
        let message: Value = serde_json::from_str(message).expect("messages of tests are JSON");
        let mut verdict = Verdict::default();
        for error in self.0.iter_errors(&message) {
            add(&error, &mut verdict);
        }
        verdict
    }
}

/// The violations of a rejection, and whether others were left out because the oracle does not know
/// them.
pub(crate) fn ours(rejection: &Rejection) -> (Violations, bool) {
    assert_eq!(rejection.omitted(), 0, "messages of tests have few violations");
    let (beyond, known): (Vec<_>, Vec<_>) = rejection
        .violations()
        .iter()
        .map(|violation| {
            let place = violation.instance_pointer();
            let around = place.rsplit_once('/').map_or("", |(around, _)| around);
            // Other names, and the whole array or object for what nothing speaks of.
            let within = |keyword: &str| violation.schema_pointer().contains(keyword);
            let (place, keyword) = match violation.kind().name() {
                _ if within("/unevaluatedProperties/") => (around, "unevaluatedProperties"),
                _ if within("/unevaluatedItems/") => (around, "unevaluatedItems"),
                "dependencies" | "dependentRequired" => (place, "required"),
                "minContains" | "maxContains" => (place, "contains"),
                "unevaluatedItems" => (around, "unevaluatedItems"),
                "false" if violation.schema_pointer().ends_with("/additionalItems") => {
                    (around, "additionalItems")
                }
                keyword => (place, keyword),
            };
            (place.to_owned(), keyword.to_owned())
        })
        .partition(|(_, keyword)| matches!(keyword.as_str(), "range" | "precision"));
    (known.into_iter().collect(), !beyond.is_empty())
}

/// The violations of each branch of a union of which none fits.
fn branches<'e>(error: &'e ValidationError<'_>) -> &'e [Vec<ValidationError<'static>>] {
    match error.kind() {
        ValidationErrorKind::AnyOf { context } | ValidationErrorKind::OneOfNotValid { context } => {
            context.as_slice()
        }
        _ => &[],
    }
}

impl Verdict {
    /// Returns the violations of a rejection that nothing explains.
    pub(crate) fn surplus(&self, ours: &Violations) -> Violations {
        let is_known = |(place, keyword): &(String, String)| {
            let of_a_branch =
                |keyword: &str| self.of_branches.contains(&(place.clone(), keyword.to_owned()));
            match keyword.as_str() {
                "discriminator" => of_a_branch("const") || of_a_branch("enum"),
                keyword => of_a_branch(keyword),
            }
        };
        let more = ours.difference(&self.violations).filter(|one| !is_known(one));
        more.cloned().collect()
    }
}

fn add(error: &ValidationError<'_>, verdict: &mut Verdict) {
    let place = error.instance_path().as_str();
    let branches = branches(error);
    let may_be_meant = |branch: &&Vec<ValidationError<'static>>| {
        !branch.iter().any(|inner| {
            let at = inner.instance_path().as_str();
            let of_a_property =
                at.rsplit_once('/').is_some_and(|(around, _)| around == place) && at != place;
            match inner.kind().keyword() {
                "type" => at == place,
                // A property with a fixed value distinguishes the branches.
                "const" | "enum" => of_a_property,
                _ => false,
            }
        })
    };
    let meant: Vec<_> = if branches.len() == 1 {
        branches.iter().collect()
    } else {
        branches.iter().filter(may_be_meant).collect()
    };
    if let [only] = meant.as_slice() {
        for inner in *only {
            add(inner, verdict);
        }
        return;
    }
    for inner in branches.iter().flatten() {
        add_inside(inner, &mut verdict.of_branches);
    }
    verdict.violations.insert((place.to_owned(), keyword(error)));
}

fn add_inside(error: &ValidationError<'_>, of_branches: &mut Violations) {
    of_branches.insert((error.instance_path().as_str().to_owned(), keyword(error)));
    for inner in branches(error).iter().flatten() {
        add_inside(inner, of_branches);
    }
}

fn keyword(error: &ValidationError<'_>) -> String {
    let keyword = match error.kind().keyword() {
        // Its name for `additionalProperties` of an object without `properties`.
        "falseSchema" if error.schema_path().as_str().ends_with("/additionalProperties") => {
            "additionalProperties"
        }
        "falseSchema" => "false",
        keyword => keyword,
    };
    keyword.to_owned()
}
