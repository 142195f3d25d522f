//! Pismo: `migration.id` and `version_date`, and the `event_id` of the envelope.

use super::{
    AccrualIncoming, CustomerIncoming, CustomerOutgoing, Envelope, RecurringChargePlanIncoming,
};
use crate::identity::{IdempotencyKey, Identified, MigrationKey};
use crate::spelling::domain_and_name;
use crate::{Event, Timestamp};
use std::borrow::Cow;

const SYSTEM: &str = "pismo";

fn migration<'a, T: Event>(id: &'a str, version_date: &'a Timestamp) -> MigrationKey<'a> {
    let name = contract_name::<T>();
    let record = name.strip_suffix("_incoming").or_else(|| name.strip_suffix("_outgoing"));
    MigrationKey::new(SYSTEM, record.unwrap_or(name), id).with_version(version_date)
}

fn contract_name<T: Event>() -> &'static str {
    domain_and_name(T::CONTRACT).1
}

macro_rules! incoming {
    ($type:ident, $correlation:expr) => {
        impl Identified for $type {
            fn migration_key(&self) -> Option<MigrationKey<'_>> {
                let key = &self.entity.migration;
                Some(migration::<Self>(&key.id, &key.version_date))
            }

            fn correlation_id(&self) -> Option<Cow<'_, str>> {
                let correlation: fn(&Self) -> Option<Cow<'_, str>> = $correlation;
                correlation(self)
            }

            fn idempotency_key(&self) -> Option<IdempotencyKey> {
                let key = &self.entity.migration;
                let version = key.version_date.to_string();
                Some(IdempotencyKey::new([SYSTEM, contract_name::<Self>(), &key.id, &version]))
            }
        }
    };
}

incoming!(CustomerIncoming, |_| None);
incoming!(AccrualIncoming, |event| Some(Cow::Owned(event.entity.cid.to_string())));
incoming!(RecurringChargePlanIncoming, |_| None);

/// The migration is the one that is answered.
impl Identified for CustomerOutgoing {
    fn migration_key(&self) -> Option<MigrationKey<'_>> {
        Some(migration::<Self>(&self.migration.id, &self.migration.version_date))
    }

    fn correlation_id(&self) -> Option<Cow<'_, str>> {
        None
    }

    /// A migration that failed and was tried again has two outcomes, which differ only in these values.
    fn idempotency_key(&self) -> Option<IdempotencyKey> {
        let version = self.migration.version_date.to_string();
        Some(IdempotencyKey::new([
            SYSTEM,
            contract_name::<Self>(),
            &self.migration.id,
            &version,
            self.status.as_str(),
            self.operation.map_or("", |operation| operation.as_str()),
            &self.code,
        ]))
    }
}

/// The migration of the event; correlation id and idempotency key are those of the envelope.
impl<T: Identified> Identified for Envelope<T> {
    fn migration_key(&self) -> Option<MigrationKey<'_>> {
        self.data.migration_key()
    }

    fn migration_keys(&self) -> Vec<MigrationKey<'_>> {
        self.data.migration_keys()
    }

    fn correlation_id(&self) -> Option<Cow<'_, str>> {
        Some(Cow::Borrowed(&self.cid))
    }

    /// In lower case, since UUIDs are compared by value.
    fn idempotency_key(&self) -> Option<IdempotencyKey> {
        let mut buffer = uuid::Uuid::encode_buffer();
        let id = self.event_id.hyphenated().encode_lower(&mut buffer);
        Some(IdempotencyKey::new([SYSTEM, "event", id]))
    }
}
