//! Pismo: `migration.id` and `version_date`, and whose they are.

use super::{
    AccrualIncoming, CustomerIncoming, CustomerOutgoing, Envelope, RecurringChargePlanIncoming,
};
use crate::identity::{IdempotencyKey, Identified, MigrationKey};
use crate::spelling::domain_and_name;
use crate::{Event, Timestamp};
use std::borrow::Cow;

pub(super) const SYSTEM: &str = "pismo";

/// The identifiers of a migration, as far as the contract of an event has them; the others are empty.
#[derive(Clone, Copy, Default)]
struct Ids<'a> {
    organisation: &'a str,
    account: &'a str,
    id: &'a str,
}

impl<'a> Ids<'a> {
    fn migration<T: Event>(self, version_date: &'a Timestamp) -> MigrationKey<'a> {
        let name = contract_name::<T>();
        let record = name.strip_suffix("_incoming").or_else(|| name.strip_suffix("_outgoing"));
        MigrationKey::new(SYSTEM, record.unwrap_or(name), self.id)
            .with_organisation(self.organisation)
            .with_account(self.account)
            .with_version(version_date)
    }

    /// The key of the event about this version, distinguished from others about it by `rest`.
    fn event<T: Event, const N: usize>(
        self,
        rest: [&str; N],
        version_date: &Timestamp,
    ) -> IdempotencyKey {
        let Self { organisation, account, id } = self;
        let contract = contract_name::<T>();
        let first = [SYSTEM, contract, organisation, account, id];
        IdempotencyKey::new(first.into_iter().chain(rest)).with_version(version_date)
    }
}

pub(super) fn contract_name<T: Event>() -> &'static str {
    domain_and_name(T::CONTRACT).1
}

fn customer(event: &CustomerIncoming) -> Ids<'_> {
    let migration = &event.entity.migration;
    Ids { account: &migration.account_id, id: &migration.id, ..Ids::default() }
}

fn accrual(event: &AccrualIncoming) -> Ids<'_> {
    let migration = &event.entity.migration;
    Ids { organisation: &event.entity.org_id, account: &migration.account_id, id: &migration.id }
}

fn plan(event: &RecurringChargePlanIncoming) -> Ids<'_> {
    Ids { id: &event.entity.migration.id, ..Ids::default() }
}

fn outcome(event: &CustomerOutgoing) -> Ids<'_> {
    let migration = &event.migration;
    Ids { account: &migration.account_id, id: &migration.id, ..Ids::default() }
}

macro_rules! incoming {
    ($type:ident, $ids:ident, $correlation:expr) => {
        impl Identified for $type {
            fn migration_key(&self) -> Option<MigrationKey<'_>> {
                Some($ids(self).migration::<Self>(&self.entity.migration.version_date))
            }

            fn organisation(&self) -> Option<Cow<'_, str>> {
                Some($ids(self).organisation).filter(|id| !id.is_empty()).map(Cow::Borrowed)
            }

            fn correlation_id(&self) -> Option<Cow<'_, str>> {
                let correlation: fn(&Self) -> Option<Cow<'_, str>> = $correlation;
                correlation(self)
            }

            fn idempotency_key(&self) -> Option<IdempotencyKey> {
                let version = &self.entity.migration.version_date;
                Some($ids(self).event::<Self, 0>([], version))
            }
        }
    };
}

incoming!(CustomerIncoming, customer, |_| None);
incoming!(AccrualIncoming, accrual, |event| Some(Cow::Owned(event.entity.cid.to_string())));
incoming!(RecurringChargePlanIncoming, plan, |_| None);

/// The migration is the one that is answered.
impl Identified for CustomerOutgoing {
    fn migration_key(&self) -> Option<MigrationKey<'_>> {
        Some(outcome(self).migration::<Self>(&self.migration.version_date))
    }

    fn correlation_id(&self) -> Option<Cow<'_, str>> {
        None
    }

    /// A migration that failed and was tried again has two outcomes, which differ only in these values.
    fn idempotency_key(&self) -> Option<IdempotencyKey> {
        let operation = self.operation.map_or("", |operation| operation.as_str());
        let rest = [self.status.as_str(), operation, &self.code];
        Some(outcome(self).event::<Self, 3>(rest, &self.migration.version_date))
    }
}

/// The names of the event, and the correlation id of the envelope.
impl<T: Identified> Identified for Envelope<T> {
    fn migration_key(&self) -> Option<MigrationKey<'_>> {
        self.data.migration_key()
    }

    fn migration_keys(&self) -> Vec<MigrationKey<'_>> {
        self.data.migration_keys()
    }

    fn organisation(&self) -> Option<Cow<'_, str>> {
        self.data.organisation().or(Some(Cow::Borrowed(&self.org_id)))
    }

    fn correlation_id(&self) -> Option<Cow<'_, str>> {
        Some(Cow::Borrowed(&self.cid))
    }

    /// That of the event. Where it has none, the `event_id`, in lower case, since UUIDs are compared by value.
    fn idempotency_key(&self) -> Option<IdempotencyKey> {
        let own = || {
            let mut buffer = uuid::Uuid::encode_buffer();
            let id = self.event_id.hyphenated().encode_lower(&mut buffer);
            IdempotencyKey::new([SYSTEM, "event", id])
        };
        Some(self.data.idempotency_key().unwrap_or_else(own))
    }
}
