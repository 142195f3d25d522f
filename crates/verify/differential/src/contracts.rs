//! The contracts, each with its decoders and its oracles.

use std::sync::LazyLock;

use jsonschema::Draft;
use migration_events::{Decoder, Event, Rejection, pismo, specsavers};
use serde_json::{Value, json};

use crate::mutate::Words;
use crate::oracle::Oracle;

/// A contract with its decoders and its oracles.
#[derive(Clone)]
pub struct Contract {
    /// Its name, such as `accrual_incoming` or `CustomerCreated`.
    pub name: &'static str,
    /// The contract with its deviations, and the decoding that accepts these.
    pub patched: Side,
    /// The contract as published, and strict decoding.
    pub published: Side,
    /// Its words, for mutations.
    pub words: Words,
}

/// One of the two ways to decode a contract's messages.
#[derive(Clone)]
pub struct Side {
    /// The contract's file, to which schema pointers lead.
    pub file: Value,
    /// The schema, self-contained; its pointers are those of the file.
    pub schema: Value,
    /// The schema, compiled by the oracle.
    pub oracle: Oracle,
    /// Decodes within the default limits.
    pub decode: Decode,
    /// As `decode`, and lists all violations.
    pub explain: Decode,
}

/// A message that was accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accepted {
    /// The event as JSON.
    pub text: String,
    /// The result of checking the event.
    pub check: Result<(), Rejection>,
}

/// Every contract that is JSON text under a JSON Schema.
pub static CONTRACTS: LazyLock<Vec<Contract>> = LazyLock::new(|| {
    macro_rules! file {
        ($path:literal) => {
            parse(include_str!(concat!("../../../../schemas/", $path)))
        };
    }
    let unchanged = json!([]);
    let events = || file!("specsavers/customer_events-0.1.0.json");
    vec![
        contract::<pismo::CustomerIncoming>(
            "customer_incoming",
            file!("pismo/customer_incoming-1.json"),
            &file!("pismo/customer_incoming-1.patch.json"),
        ),
        contract::<pismo::CustomerOutgoing>(
            "customer_outgoing",
            file!("pismo/customer_outgoing-1.json"),
            &unchanged,
        ),
        contract::<pismo::AccrualIncoming>(
            "accrual_incoming",
            file!("pismo/accrual_incoming-1.json"),
            &unchanged,
        ),
        contract::<pismo::RecurringChargePlanIncoming>(
            "recurring_charge_plan_incoming",
            file!("pismo/recurring_charge_plan_incoming-1.json"),
            &file!("pismo/recurring_charge_plan_incoming-1.patch.json"),
        ),
        contract::<specsavers::CustomerCreated>("CustomerCreated", events(), &unchanged),
        contract::<specsavers::CustomerUpdated>("CustomerUpdated", events(), &unchanged),
        contract::<specsavers::CustomerWalletUpdated>(
            "CustomerWalletUpdated",
            events(),
            &unchanged,
        ),
        contract::<specsavers::PasswordReset>("PasswordReset", events(), &unchanged),
        contract::<specsavers::OtpCode>("OtpCode", events(), &unchanged),
    ]
});

fn contract<T: Event>(name: &'static str, published: Value, patch: &Value) -> Contract {
    let mut patched = published.clone();
    let patch: json_patch::Patch =
        serde_json::from_value(patch.clone()).expect("a JSON Patch beside the contract");
    json_patch::patch(&mut patched, &patch).expect("a patch that fits the contract");
    Contract {
        name,
        words: Words::of(&patched),
        patched: Side::new(name, patched, lenient::<T>, lenient_explained::<T>),
        published: Side::new(name, published, strict::<T>, strict_explained::<T>),
    }
}

/// Decodes a message.
pub type Decode = fn(&[u8]) -> Result<Accepted, Rejection>;

impl Side {
    fn new(name: &str, file: Value, decode: Decode, explain: Decode) -> Self {
        let schema = self_contained(name, &file);
        let draft = match file["$schema"].as_str() {
            Some(dialect) if dialect.contains("2019-09") => Draft::Draft201909,
            _ => Draft::Draft7,
        };
        let oracle = Oracle::new(&schema, draft);
        Self { file, schema, oracle, decode, explain }
    }
}

/// The schema of a contract: the file itself, or the payload of an AsyncAPI message with all that
/// it refers to at the same pointers.
fn self_contained(name: &str, file: &Value) -> Value {
    if file.get("asyncapi").is_none() {
        return file.clone();
    }
    let reference = format!("#/components/schemas/{name}");
    json!({ "$ref": reference, "components": file["components"] })
}

fn parse(text: &str) -> Value {
    serde_json::from_str(text).expect("a contract that is JSON")
}

const EXPLAIN: Decoder = Decoder::new().max_violations(usize::MAX);

fn accepted<T: Event>(event: T) -> Accepted {
    Accepted { text: event.to_json(), check: event.check() }
}

fn lenient<T: Event>(message: &[u8]) -> Result<Accepted, Rejection> {
    T::from_json(message).map(accepted)
}

fn strict<T: Event>(message: &[u8]) -> Result<Accepted, Rejection> {
    T::from_json_strict(message).map(accepted)
}

fn lenient_explained<T: Event>(message: &[u8]) -> Result<Accepted, Rejection> {
    EXPLAIN.decode::<T>(message).map(accepted)
}

fn strict_explained<T: Event>(message: &[u8]) -> Result<Accepted, Rejection> {
    EXPLAIN.strict().decode::<T>(message).map(accepted)
}

/// The contract with this name.
#[must_use]
pub fn named(name: &str) -> Option<&'static Contract> {
    CONTRACTS.iter().find(|contract| contract.name == name)
}
