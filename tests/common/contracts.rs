//! The contracts whose families are enabled, with a valid message each.

use super::json::{self, Json};
use migration_events::{Event, Rejection};
use std::fs;

/// A contract, so that a test can go through all of them.
pub(crate) struct Contract {
    pub(crate) name: &'static str,
    /// The name that the generated contract has.
    pub(crate) full_name: &'static str,
    /// Its file below `schemas`.
    pub(crate) file: String,
    /// Decodes a message and writes it back.
    pub(crate) rewrite: fn(&[u8]) -> Result<String, Rejection>,
    /// The published sample; for messages whose payload is not published, one that has its shape.
    pub(crate) sample: Json,
}

/// Every contract of the enabled families.
#[allow(clippy::vec_init_then_push, reason = "which ones are pushed depends on the features")]
pub(crate) fn all() -> Vec<Contract> {
    let mut all = Vec::new();
    #[cfg(feature = "pismo-core")]
    {
        use migration_events::pismo;
        all.push(contract::<pismo::AccrualIncoming>("accrual_incoming"));
        all.push(contract::<pismo::CustomerIncoming>("customer_incoming"));
        all.push(contract::<pismo::CustomerOutgoing>("customer_outgoing"));
        all.push(contract::<pismo::RecurringChargePlanIncoming>("recurring_charge_plan_incoming"));
    }
    #[cfg(feature = "boost")]
    all.push(contract::<migration_events::boost::AccountMigrationEvent>("account_migration_event"));
    #[cfg(feature = "specsavers")]
    {
        use migration_events::specsavers;
        all.push(contract::<specsavers::CustomerCreated>("customer_created"));
        all.push(contract::<specsavers::CustomerUpdated>("customer_updated"));
        all.push(contract::<specsavers::CustomerWalletUpdated>("customer_wallet_updated"));
        all.push(contract::<specsavers::PasswordReset>("password_reset"));
        all.push(contract::<specsavers::OtpCode>("otp_code"));
    }
    all
}

/// A valid message of a contract.
pub(crate) fn sample(contract: &str) -> Json {
    match contract {
        "account_migration_event" => {
            let dump = json::parse(&file("boost/samples/kafka_dump.json"));
            dump.at("/0/messages/0").expect("the dump has a message").clone()
        }
        "customer_created"
        | "customer_updated"
        | "customer_wallet_updated"
        | "password_reset"
        | "otp_code" => json::parse(&file("specsavers/samples/customer_created.json")),
        "accrual_incoming"
        | "customer_incoming"
        | "customer_outgoing"
        | "recurring_charge_plan_incoming" => {
            json::parse(&file(&format!("pismo/samples/{contract}-1.json")))
        }
        group => json::parse(&file(&format!("pismo/samples/groups/{group}-1.json"))),
    }
}

/// The text of a file below `schemas`.
pub(crate) fn file(path: &str) -> String {
    read(&format!("schemas/{path}"))
}

/// The text of a file of the package.
#[track_caller]
pub(crate) fn read(path: &str) -> String {
    let path = format!("{}/{path}", env!("CARGO_MANIFEST_DIR"));
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn contract<T: Event>(name: &'static str) -> Contract {
    let file = format!("{}/{}", T::CONTRACT.family, T::CONTRACT.file);
    let full_name = T::CONTRACT.name;
    Contract { name, full_name, file, rewrite: rewrite::<T>, sample: sample(name) }
}

fn rewrite<T: Event>(message: &[u8]) -> Result<String, Rejection> {
    let event = T::from_json(message)?;
    if let Err(rejection) = event.check() {
        panic!("what was decoded does not pass its own check: {rejection}");
    }
    Ok(event.to_json())
}
