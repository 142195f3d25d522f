//! Boost: `enrollmentId` names the migration, `eventId` the event.

use super::{AccountMigrationEvent, MigrationStep};
use crate::identity::{IdempotencyKey, Identified, MigrationKey};
use std::borrow::Cow;

const SYSTEM: &str = "boost";

/// A migration that starts again has another `enrollmentId`, so there is no version.
impl Identified for MigrationStep {
    fn migration_key(&self) -> Option<MigrationKey<'_>> {
        let key = MigrationKey::new(SYSTEM, "account", self.enrollment_id());
        Some(key.with_account(self.account_id()))
    }

    fn correlation_id(&self) -> Option<Cow<'_, str>> {
        Some(Cow::Borrowed(&self.metadata().trace_token))
    }

    /// No form of `eventId` is published, so the key has the step as well, to distinguish events.
    fn idempotency_key(&self) -> Option<IdempotencyKey> {
        let step = match self {
            Self::Cancelled(_) => "Cancelled",
            Self::Completed(_) => "Completed",
            Self::RollBackInitiated(_) => "RollBackInitiated",
            Self::RolledBack(_) => "RolledBack",
            Self::Scheduled(_) => "Scheduled",
            Self::Validated(_) => "Validated",
            Self::BalanceRetrieved(_) => "BalanceRetrieved",
        };
        Some(IdempotencyKey::new([SYSTEM, self.account_id(), step, &self.metadata().event_id]))
    }
}

impl Identified for AccountMigrationEvent {
    fn migration_key(&self) -> Option<MigrationKey<'_>> {
        self.event.migration_key()
    }

    fn correlation_id(&self) -> Option<Cow<'_, str>> {
        self.event.correlation_id()
    }

    fn idempotency_key(&self) -> Option<IdempotencyKey> {
        self.event.idempotency_key()
    }
}
