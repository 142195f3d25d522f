//! Specsavers: `migratedCustomerInfo` names the migrations, `source` and `id` the event.

use super::{
    CloudEvent, CustomerCreated, CustomerUpdated, CustomerWalletUpdated, MigratedCustomerInfo,
    OtpCode, PasswordReset,
};
use crate::identity::{IdempotencyKey, Identified, MigrationKey};
use std::borrow::Cow;

/// An entry without a system or an id does not say what was migrated.
fn migration(info: &MigratedCustomerInfo) -> Option<MigrationKey<'_>> {
    let key = MigrationKey::new(info.system.as_deref()?, "customer", info.id.as_deref()?);
    Some(match info.last_modified_at.as_ref().or(info.created_at.as_ref()) {
        Some(version) => key.with_version(version),
        None => key,
    })
}

fn event(event: &impl CloudEvent) -> Option<IdempotencyKey> {
    let source = event.source().unwrap_or_default();
    Some(IdempotencyKey::new(["specsavers", &source, event.id()?]))
}

/// One migration for each system that the customer's record came from.
impl Identified for CustomerCreated {
    fn migration_key(&self) -> Option<MigrationKey<'_>> {
        self.migrated_from().iter().find_map(migration)
    }

    fn migration_keys(&self) -> Vec<MigrationKey<'_>> {
        self.migrated_from().iter().filter_map(migration).collect()
    }

    fn correlation_id(&self) -> Option<Cow<'_, str>> {
        CloudEvent::correlation_id(self)
    }

    fn idempotency_key(&self) -> Option<IdempotencyKey> {
        event(self)
    }
}

macro_rules! without_migration {
    ($($type:ident),*) => {
        $(
            /// Its data is not published, so it does not say what was migrated.
            impl Identified for $type {
                fn migration_key(&self) -> Option<MigrationKey<'_>> {
                    None
                }

                fn correlation_id(&self) -> Option<Cow<'_, str>> {
                    CloudEvent::correlation_id(self)
                }

                fn idempotency_key(&self) -> Option<IdempotencyKey> {
                    event(self)
                }
            }
        )*
    };
}

without_migration!(CustomerUpdated, CustomerWalletUpdated, PasswordReset, OtpCode);
