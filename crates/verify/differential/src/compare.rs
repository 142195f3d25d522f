//! One message, put to the product and to the oracle.

use std::collections::{BTreeSet, HashMap};
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};

use migration_events::validate::Strictness;
use migration_events::{Decoder, Rejection, Violation};
use serde_json::Value;

use crate::contracts::{Accepted, Contract, Side};
use crate::disagreements::{DISAGREEMENTS, Disagreement, Evidence, Expectation};
use crate::generate::{CANARY, NUMERIC_CANARY};
use crate::oracle::Complaint;
use crate::places;
use migration_events_support::json::{Document, Json, push_token, try_parse};
use migration_events_support::number;

/// Outcome of a message about which both agree.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outcome {
    /// It is JSON text.
    pub json: bool,
    /// It follows the contract with its deviations.
    pub patched: bool,
    /// It follows the contract as published.
    pub published: bool,
    /// Names of the [`DISAGREEMENTS`] that it is about.
    pub disagreements: BTreeSet<&'static str>,
}

/// A message that the product handles wrongly.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// Name of the contract.
    pub contract: &'static str,
    /// Description of the disagreement.
    pub what: String,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.contract, self.what)
    }
}

/// Puts a message to the product and to the oracle.
///
/// # Errors
/// The two disagree, or the product breaks a promise of its own.
pub fn check(contract: &Contract, message: &[u8]) -> Result<Outcome, Failure> {
    check_with(contract, message, &DISAGREEMENTS.iter().collect::<Vec<_>>())
}

/// As [`check`], with these disagreements only.
///
/// # Errors
/// As [`check`].
pub fn check_with(
    contract: &Contract,
    message: &[u8],
    disagreements: &[&Disagreement],
) -> Result<Outcome, Failure> {
    let document = Document::parse(message);
    let check = Check { contract, message, disagreements, document: &document };
    catch_unwind(AssertUnwindSafe(|| check.run()))
        .unwrap_or_else(|_| Err("panic".to_owned()))
        .map_err(|what| Failure { contract: contract.name, what })
}

struct Check<'a> {
    contract: &'a Contract,
    message: &'a [u8],
    disagreements: &'a [&'a Disagreement],
    document: &'a Document,
}

impl Check<'_> {
    fn run(&self) -> Result<Outcome, String> {
        let mut names = BTreeSet::new();
        let patched = self.expectation(&self.contract.patched, &mut names);
        let published = if self.contract.patched.file == self.contract.published.file {
            patched.clone()
        } else {
            self.expectation(&self.contract.published, &mut names)
        };
        // What the published contract allows is decoded with the deviations, too.
        let strict = if published.accepts() { &patched } else { &published };
        let accepted = self.judge(&self.contract.patched, &patched, "from_json")?;
        let accepted_strictly = self.judge(&self.contract.published, strict, "from_json_strict")?;
        if let (Some(accepted), Document::Json(tree)) = (&accepted, self.document) {
            self.round_trip(tree, accepted)?;
        }
        if accepted_strictly.is_some() && accepted != accepted_strictly {
            return Err("strict decoding gives another event".into());
        }
        Ok(Outcome {
            json: matches!(self.document, Document::Json(_)),
            patched: accepted.is_some(),
            published: accepted_strictly.is_some(),
            disagreements: names,
        })
    }

    fn expectation(&self, side: &Side, names: &mut BTreeSet<&'static str>) -> Expectation {
        let mut expected = Expectation::default();
        if let Document::Json(tree) = self.document {
            expected.oracle = side.oracle.complaints(tree);
        }
        let evidence = Evidence { side, message: self.message, document: self.document };
        for disagreement in self.disagreements {
            if (disagreement.apply)(&evidence, &mut expected) {
                names.insert(disagreement.name);
            }
        }
        expected
    }

    fn judge(
        &self,
        side: &Side,
        expected: &Expectation,
        method: &str,
    ) -> Result<Option<Accepted>, String> {
        let readable = matches!(self.document, Document::Json(_));
        match (side.decode)(self.message) {
            Ok(_) if !readable => Err(format!("{method} accepts what is no JSON")),
            Ok(accepted) if expected.accepts() => Ok(Some(accepted)),
            Ok(_) => Err(format!("{method} accepts in spite of{}", list(expected.complaints()))),
            Err(rejection) => {
                let found = self.complaints(side, rejection, method)?;
                let (missing, surplus) = if readable || !expected.accepts() {
                    (expected.missing_from(&found), expected.surplus_in(&found))
                } else {
                    // Only the product names the reason why it cannot be read.
                    let stops = |one: &Complaint| matches!(&*one.keyword, "syntax" | "depth");
                    let why = found.iter().any(stops);
                    (Vec::new(), if why { Vec::new() } else { found.iter().collect() })
                };
                if !missing.is_empty() {
                    Err(format!("{method} does not find{}", list(missing)))
                } else if !surplus.is_empty() {
                    Err(format!("{method} finds{}", list(surplus)))
                } else if found.is_empty() {
                    Err(format!("{method} rejects without a violation"))
                } else {
                    Ok(None)
                }
            }
        }
    }

    /// The complaints of a rejection, after checking that it reveals no value.
    fn complaints(
        &self,
        side: &Side,
        rejection: Rejection,
        method: &str,
    ) -> Result<BTreeSet<Complaint>, String> {
        let rejection = if rejection.omitted() == 0 {
            rejection
        } else {
            self.whole(side, &rejection).ok_or(format!("{method} miscounts what it leaves out"))?
        };
        self.shows_no_value(&rejection, method)?;
        for violation in rejection.violations() {
            let pointer = violation.schema_pointer();
            if self.file(&rejection).pointer(pointer).is_none() {
                return Err(format!("{method} points to {pointer}, which the contract lacks"));
            }
            self.finds_value(violation, method)?;
        }
        Ok(rejection.violations().iter().map(Complaint::from).collect())
    }

    /// Checks that the value of a violation can be looked up.
    fn finds_value(&self, violation: &Violation, method: &str) -> Result<(), String> {
        let Document::Json(tree) = self.document else { return Ok(()) };
        // The value cannot be read, or its pointer leads to several.
        if tree.depth() > Decoder::DEFAULT_MAX_DEPTH || tree.repeats_keys() {
            return Ok(());
        }
        let pointer = violation.instance_pointer();
        let value = violation.value_in(self.message);
        let value = value.and_then(|text| try_parse(text).ok()).map(|value| value.to_text());
        if value.is_some() && value == tree.at(pointer).map(Json::to_text) {
            Ok(())
        } else {
            Err(format!("{method} finds no value at {pointer}"))
        }
    }

    /// The file that a rejection points into.
    fn file(&self, rejection: &Rejection) -> &Value {
        match rejection.strictness() {
            Strictness::Published => &self.contract.published.file,
            _ => &self.contract.patched.file,
        }
    }

    /// The same rejection without a limit, if it has the violations of `cut`, in the same order.
    fn whole(&self, side: &Side, cut: &Rejection) -> Option<Rejection> {
        let whole = (side.explain)(self.message).err()?;
        let mut rest = whole.violations().iter();
        let among = cut.violations().iter().all(|listed| rest.any(|one| one == listed));
        let total = cut.violations().len() + cut.omitted();
        (among && whole.omitted() == 0 && total == whole.violations().len()).then_some(whole)
    }

    fn shows_no_value(&self, rejection: &Rejection, method: &str) -> Result<(), String> {
        // A broken text may have turned values into keys, and keys are shown.
        let Document::Json(tree) = self.document else { return Ok(()) };
        for shown in [rejection.to_string(), format!("{rejection:?}")] {
            for canary in [CANARY, NUMERIC_CANARY] {
                if shown.contains(canary) && !tree.has_key_containing(canary) {
                    return Err(format!("{method} shows a value: {shown}"));
                }
            }
        }
        Ok(())
    }

    /// Checks that an accepted message is written back token by token.
    fn round_trip(&self, tree: &Json, accepted: &Accepted) -> Result<(), String> {
        if let Err(rejection) = &accepted.check {
            return Err(format!("check finds {rejection:?} in what was decoded"));
        }
        let Document::Json(written) = Document::parse(accepted.text.as_bytes()) else {
            return Err(format!("to_json writes no JSON: {}", accepted.text));
        };
        let by_value = self.numbers_without_text(tree);
        if !same(tree, &written, &mut String::new(), &by_value) {
            return Err(format!("to_json writes something else: {}", accepted.text));
        }
        let again = (self.contract.patched.decode)(accepted.text.as_bytes());
        if again.as_ref() != Ok(accepted) {
            return Err(format!("what to_json writes is read otherwise: {again:?}"));
        }
        Ok(())
    }

    /// Pointers of the numbers that keep their value, but perhaps not their text.
    fn numbers_without_text(&self, tree: &Json) -> BTreeSet<String> {
        let mut by_value = BTreeSet::new();
        if !tree.any(&|value| matches!(value, Json::Number(_))) {
            return by_value;
        }
        places::visit(&self.contract.patched.schema, tree, &mut |pointer, value, schemas| {
            if let Json::Number(text) = value {
                let named = |name| {
                    let has = |schema: &places::Applied<'_>| {
                        places::types(schema.schema).is_some_and(|types| types.contains(&name))
                    };
                    schemas.iter().any(has)
                };
                // An integer has no text of its own, and a decimal has no exponent.
                let exponent = text.contains(['e', 'E']);
                if named("integer") || named("number") && exponent {
                    by_value.insert(pointer.to_owned());
                }
            }
        });
        by_value
    }
}

fn list<'c>(complaints: impl IntoIterator<Item = &'c Complaint>) -> String {
    complaints.into_iter().map(|complaint| format!("\n  {complaint}")).collect()
}

/// Returns whether two trees hold the same tokens; the order of members does not count, and of the numbers at
/// `by_value` only the value does.
fn same(read: &Json, written: &Json, at: &mut String, by_value: &BTreeSet<String>) -> bool {
    let length = at.len();
    match (read, written) {
        (Json::Number(read), Json::Number(written)) if by_value.contains(at) => {
            number::same_value(read, written)
        }
        (Json::Array(read), Json::Array(written)) => {
            read.len() == written.len()
                && read.iter().zip(written).enumerate().all(|(index, (read, written))| {
                    push_token(at, &index.to_string());
                    let same = same(read, written, at, by_value);
                    at.truncate(length);
                    same
                })
        }
        (Json::Object(read), Json::Object(written)) => {
            let by_key: HashMap<_, _> = written.iter().map(|(key, value)| (key, value)).collect();
            read.len() == written.len()
                && read.iter().all(|(key, read)| {
                    push_token(at, key);
                    let same =
                        by_key.get(key).is_some_and(|written| same(read, written, at, by_value));
                    at.truncate(length);
                    same
                })
        }
        (read, written) => read == written,
    }
}
