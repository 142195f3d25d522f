//! The codecs of JSON messages.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use jsonschema::error::ValidationErrorKind;
use jsonschema::{Draft, ValidationError, Validator};
use migration_events::{boost, pismo, specsavers};
use migration_events_support::oracle;
use serde_json::Value;

use crate::codec::{self, Complaint, Refusal, Rewrite};
use crate::generated;
use crate::structs;

/// One column of the table.
#[derive(Debug)]
pub struct Peer {
    /// Heading.
    pub name: &'static str,
    /// The codec of a contract, or why there is none.
    pub codec: fn(&str) -> Result<Rewrite, &'static str>,
}

/// Said of a contract that is not meant for a peer.
pub const NOT_ITS_FORMAT: &str = "–";

/// This project first.
pub const PEERS: [Peer; 6] = [
    Peer { name: "this crate", codec: ours },
    Peer { name: "serde structs by hand", codec: by_hand },
    Peer { name: "typify", codec: |contract| typify("typify_plain", contract) },
    Peer { name: "typify, `Decimal`", codec: |contract| typify("typify_decimal", contract) },
    Peer { name: "typify, `Number`", codec: |contract| typify("typify_number", contract) },
    Peer { name: "`Value` + jsonschema", codec: value },
];

fn ours(contract: &str) -> Result<Rewrite, &'static str> {
    Ok(match contract {
        "accrual_incoming" => codec::ours::<pismo::AccrualIncoming>,
        "customer_incoming" => codec::ours::<pismo::CustomerIncoming>,
        "customer_outgoing" => codec::ours::<pismo::CustomerOutgoing>,
        "recurring_charge_plan_incoming" => codec::ours::<pismo::RecurringChargePlanIncoming>,
        "customer_created" => codec::ours::<specsavers::CustomerCreated>,
        "account_migration_event" => codec::ours::<boost::AccountMigrationEvent>,
        _ => return generated::codec("breadth_ours", contract),
    })
}

fn by_hand(contract: &str) -> Result<Rewrite, &'static str> {
    Ok(match contract {
        "accrual_incoming" => codec::serde::<structs::pismo::AccrualIncoming>,
        "customer_incoming" => codec::serde::<structs::pismo::CustomerIncoming>,
        "customer_outgoing" => codec::serde::<structs::pismo::CustomerOutgoing>,
        "recurring_charge_plan_incoming" => {
            codec::serde::<structs::pismo::RecurringChargePlanIncoming>
        }
        "customer_created" => codec::serde::<structs::specsavers::CustomerCreated>,
        "account_migration_event" => codec::serde::<structs::boost::AccountMigrationEvent>,
        _ => return Err(NOT_ITS_FORMAT),
    })
}

fn typify(setting: &str, contract: &str) -> Result<Rewrite, &'static str> {
    if contract == "account_migration_event" {
        return Err(NOT_ITS_FORMAT);
    }
    match generated::codec(setting, contract) {
        Err("no such codec") if setting == "typify_plain" => {
            generated::codec("breadth_typify", contract)
        }
        Err("no such codec") => Err(NOT_ITS_FORMAT),
        known => known,
    }
}

fn value(contract: &str) -> Result<Rewrite, &'static str> {
    /// A function pointer holds no contract, so each contract has a function.
    macro_rules! one_of {
        ($($name:literal)*) => {
            match contract {
                $($name => Ok(|message| validated($name, message)),)*
                _ => Err(NOT_ITS_FORMAT),
            }
        };
    }
    one_of! {
        "accrual_incoming" "customer_incoming" "customer_outgoing"
        "recurring_charge_plan_incoming" "customer_created"
    }
}

fn validated(contract: &str, message: &str) -> Result<String, Refusal> {
    let value: Value = serde_json::from_str(message).map_err(|error| Refusal::unplaced(&error))?;
    complaints(validator(contract), &value).map(|()| value.to_string())
}

/// Everything that a validator says of a value.
pub(crate) fn complaints(validator: &Validator, value: &Value) -> Result<(), Refusal> {
    let (mut complaints, mut text) = (Vec::new(), String::new());
    for error in validator.iter_errors(value) {
        text = format!("{text}{error}\n");
        flatten(&error, &mut complaints);
    }
    if complaints.is_empty() { Ok(()) } else { Err(Refusal { complaints, text }) }
}

/// Looks through `anyOf`, to the credit of the validator, which says more than its text.
fn flatten(error: &ValidationError<'_>, complaints: &mut Vec<Complaint>) {
    let instance = error.instance_path().as_str();
    let mut push = |keyword: &str| {
        complaints.push(Complaint { place: Some((instance.to_owned(), keyword.to_owned())) });
    };
    match error.kind() {
        ValidationErrorKind::AdditionalProperties { unexpected } => {
            unexpected.iter().for_each(|_| push("additionalProperties"));
        }
        ValidationErrorKind::AnyOf { context } => {
            context.iter().flatten().for_each(|inner| flatten(inner, complaints));
        }
        kind => push(kind.keyword()),
    }
}

/// The validator of a contract: formats asserted, `uuid` among them, which draft-07 does not know.
#[must_use]
pub fn validator(contract: &str) -> &'static Validator {
    static ALL: LazyLock<BTreeMap<&str, Validator>> = LazyLock::new(|| {
        let schemas = generated::SCHEMAS.iter();
        schemas.map(|(name, text)| (*name, compiled(text))).collect()
    });
    &ALL[contract]
}

/// The dialect of a schema, draft-07 if it names none of the others.
pub(crate) fn dialect(schema: &Value) -> (Draft, &'static str) {
    let name = schema["$schema"].as_str().unwrap_or_default();
    let others = [
        (Draft::Draft4, "draft-04"),
        (Draft::Draft6, "draft-06"),
        (Draft::Draft201909, "2019-09"),
        (Draft::Draft202012, "2020-12"),
    ];
    let named = others.into_iter().find(|(_, dialect)| name.contains(dialect));
    named.unwrap_or((Draft::Draft7, "draft-07"))
}

pub(crate) fn compiled(schema: &str) -> Validator {
    let mut schema: Value = serde_json::from_str(schema).expect("a schema");
    // Fragments that identify nothing (trap 1) would be taken for identifiers.
    let (draft, _) = dialect(&schema);
    oracle::forget_identifiers(&mut schema);
    oracle::compiled(&schema, draft)
}
