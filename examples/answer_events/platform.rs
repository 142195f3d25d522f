//! Stands in for the platform that customers are migrated to.

use migration_events::Timestamp;
use migration_events::identity::Freshness;
use migration_events::outcome::{Failure, Success};
use migration_events::pismo::customer_incoming::Migration;
use migration_events::pismo::customer_outgoing::Entity;
use std::borrow::Cow;
use std::collections::HashMap;

/// The accounts that were made, by migration id.
#[derive(Default)]
pub(crate) struct Platform {
    accounts: HashMap<String, Account>,
}

struct Account {
    first_version: Timestamp,
    version: Timestamp,
    entity: Entity,
}

/// Why the platform does not take a customer.
///
/// The code is this example's own: no list of codes is published.
#[derive(Debug)]
pub(crate) enum Refusal {
    /// A newer version of the customer is there.
    Stale,
}

impl Failure for Refusal {
    fn code(&self) -> Cow<'_, str> {
        match self {
            Self::Stale => "EXAMPLE-STALE".into(),
        }
    }

    fn message(&self) -> Cow<'_, str> {
        match self {
            Self::Stale => "a newer version of the customer was registered".into(),
        }
    }
}

impl Platform {
    /// Registers a customer, or a newer version of one.
    ///
    /// The version that made an account is reported as a creation whenever it comes: the sender may
    /// have missed the first answer.
    pub(crate) fn register(&mut self, migration: &Migration) -> Result<Success<Entity>, Refusal> {
        let version = &migration.version_date;
        let number = i64::try_from(self.accounts.len()).unwrap_or(i64::MAX - 9_000);
        let account = self.accounts.entry(migration.id.clone()).or_insert_with(|| Account {
            first_version: version.clone(),
            version: version.clone(),
            entity: Entity { account_id: 9_000 + number, customer_id: 1_000 + number },
        });
        match Freshness::of(version, &account.version) {
            Freshness::Stale => return Err(Refusal::Stale),
            Freshness::Same => {}
            Freshness::Newer => account.version = version.clone(),
        }
        let entity = account.entity.clone();
        Ok(if account.first_version == *version {
            Success::created("MIGR-0001", "customer registered", entity)
        } else {
            Success::updated("MIGR-0001", "customer updated", entity)
        })
    }
}
