//! The JSON contracts through the types that typify generates: a third oracle beside the `jsonschema` crate
//! and apache-avro, and the only one that has values.
//!
//! A message is decoded and written by both. Both must accept or both must reject it, and what they write must
//! be the same JSON value, down to the text of each number. Where that is not so on purpose,
//! [`DIFFERENCES`] says why; everything else is a bug of one of the two.

#![forbid(unsafe_code)]
#![deny(missing_docs)]

pub mod compare;
pub mod declared;
pub mod differences;

use migration_events_differential::{CONTRACTS, Contract};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::sync::LazyLock;

pub use compare::compare;
pub use declared::Declared;
pub use differences::{DIFFERENCES, Difference};

/// The output of typify, unchanged.
#[allow(
    dead_code,
    missing_docs,
    unreachable_pub,
    unused_qualifications,
    clippy::all,
    clippy::pedantic,
    rustdoc::all,
    reason = "typify has the say"
)]
#[rustfmt::skip]
mod theirs {
    include!(concat!(env!("OUT_DIR"), "/theirs.rs"));
}

/// A contract, and what typify's type makes of a message.
pub struct Pair {
    /// The contract with our decoders.
    pub contract: &'static Contract,
    /// Decodes a message into typify's type and writes it back.
    pub theirs: Rewrite,
    /// The places that the contract declares.
    pub declared: Declared,
}

/// Decodes a message and writes it back; otherwise, the error as text.
pub type Rewrite = fn(&[u8]) -> Result<String, String>;

/// Every contract that is JSON text under a JSON Schema.
pub static PAIRS: LazyLock<Vec<Pair>> = LazyLock::new(|| {
    let pair = |contract: &'static Contract| Pair {
        contract,
        theirs: theirs_of(contract.name),
        declared: Declared::of(&contract.patched.schema),
    };
    CONTRACTS.iter().map(pair).collect()
});

/// The pair with the name of a contract.
///
/// # Panics
/// When there is none.
#[must_use]
pub fn named(name: &str) -> &'static Pair {
    PAIRS.iter().find(|pair| pair.contract.name == name).expect("a contract of this name")
}

fn theirs_of(name: &str) -> Rewrite {
    match name {
        "accrual_incoming" => rewrite::<theirs::accrual_incoming::Root>,
        "customer_incoming" => rewrite::<theirs::customer_incoming::Root>,
        "customer_outgoing" => rewrite::<theirs::customer_outgoing::Root>,
        "recurring_charge_plan_incoming" => rewrite::<theirs::recurring_charge_plan_incoming::Root>,
        "CustomerCreated" => rewrite::<theirs::customer_events::CustomerCreated>,
        "CustomerUpdated" => rewrite::<theirs::customer_events::CustomerUpdated>,
        "CustomerWalletUpdated" => rewrite::<theirs::customer_events::CustomerWalletUpdated>,
        "PasswordReset" => rewrite::<theirs::customer_events::PasswordReset>,
        "OtpCode" => rewrite::<theirs::customer_events::OtpCode>,
        other => panic!("{other} is not generated with typify"),
    }
}

fn rewrite<T: DeserializeOwned + Serialize>(message: &[u8]) -> Result<String, String> {
    let value: T = serde_json::from_slice(message).map_err(|error| error.to_string())?;
    serde_json::to_string(&value).map_err(|error| error.to_string())
}
