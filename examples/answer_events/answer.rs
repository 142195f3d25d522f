//! Answers a customer migration with its outcome.

use migration_events::json::{Decode, Reader, Stop, SyntaxError, at_pointer};
use migration_events::pismo::{CustomerOutgoing, customer_incoming, customer_outgoing};
use migration_events::validate::Kind;
use migration_events::{Rejection, Timestamp, Violation};
use std::collections::HashMap;
use std::fmt;

/// Why an event was not accepted.
pub(crate) enum Refusal {
    /// Its payload breaks the contract.
    Payload(Rejection),
    /// The envelope around its payload is no JSON text.
    Envelope(SyntaxError),
}

/// Stands in for the platform that customers are migrated to.
#[derive(Default)]
pub(crate) struct Platform {
    /// By migration id.
    accounts: HashMap<String, Account>,
}

struct Account {
    first_version: Timestamp,
    account_id: i64,
    customer_id: i64,
}

impl Platform {
    /// Registers a customer and reports it.
    ///
    /// Events are delivered at least once: the version that created an account is answered the
    /// same way whenever it comes. Another version of the same migration is an update.
    pub(crate) fn register(
        &mut self,
        migration: &customer_incoming::Migration,
    ) -> CustomerOutgoing {
        let number = i64::try_from(self.accounts.len()).unwrap_or(i64::MAX - 9_000);
        let account = self.accounts.entry(migration.id.clone()).or_insert_with(|| Account {
            first_version: migration.version_date.clone(),
            account_id: 9_000 + number,
            customer_id: 1_000 + number,
        });
        let entity = customer_outgoing::Entity {
            account_id: account.account_id,
            customer_id: account.customer_id,
        };
        if account.first_version == migration.version_date {
            CustomerOutgoing::succeeded("MIGR-0001", "customer registered", migration)
                .created(entity)
        } else {
            CustomerOutgoing::succeeded("MIGR-0001", "customer updated", migration).updated(entity)
        }
    }
}

/// Reports a customer that was not accepted, if it can be told which one it was.
///
/// The code is this example's own: no list of codes is published.
pub(crate) fn refuse(refusal: &Refusal, payload: &str) -> Option<CustomerOutgoing> {
    let migration = identifiers(refusal, payload)?;
    Some(CustomerOutgoing::failed("EXAMPLE-REJECTED", refusal.to_string(), migration))
}

/// The migration identifiers of a payload that was not accepted, or breaks off after them.
fn identifiers(refusal: &Refusal, payload: &str) -> Option<customer_incoming::Migration> {
    let ambiguous = match refusal {
        Refusal::Payload(rejection) => rejection.violations().iter().any(repeats_identifiers),
        // Perhaps there are two payloads.
        Refusal::Envelope(error) => error.kind == Stop::Duplicate,
    };
    if ambiguous {
        return None;
    }
    let migration = at_pointer(payload, "/entity/migration")?;
    customer_incoming::Migration::decode(&mut Reader::new(migration)).ok()
}

/// Whether a repeated key leaves open which migration is meant.
fn repeats_identifiers(violation: &Violation) -> bool {
    let Kind::DuplicateKey { key } = violation.kind() else { return false };
    match violation.instance_pointer() {
        "" => **key == *"entity",
        "/entity" => **key == *"migration",
        pointer => pointer == "/entity/migration",
    }
}

/// What the sender is told: places and rules, no values.
impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rejection = match self {
            Refusal::Envelope(_) => return f.write_str("rejected: the envelope cannot be read"),
            Refusal::Payload(rejection) => rejection,
        };
        let count = rejection.violations().len() + rejection.omitted();
        let plural = if count == 1 { "" } else { "s" };
        write!(f, "rejected: {count} violation{plural}")?;
        for (index, violation) in rejection.violations().iter().enumerate() {
            let separator = if index == 0 { " at" } else { "," };
            let pointer = match violation.instance_pointer() {
                "" => "(root)",
                pointer => pointer,
            };
            write!(f, "{separator} {pointer} ({})", violation.kind().name())?;
        }
        Ok(())
    }
}
