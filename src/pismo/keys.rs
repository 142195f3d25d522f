//! The keys of the events of the groups: the identifiers of the migration, the same for an event and its outcome.

#![allow(unused_imports, unused_macros, dead_code, reason = "not every group is enabled")]

use super::answers::text;
use super::identity::{SYSTEM, contract_name};
use crate::identity::{IdempotencyKey, Identified, MigrationKey};
use crate::json::{Map, RawJson};
use crate::{Event, Timestamp};
use std::borrow::Cow;

/// The identifiers of a migration.
struct Ids<'e> {
    id: Cow<'e, str>,
    version: Version<'e>,
}

/// The version of a record, as the contract types it.
enum Version<'e> {
    Absent,
    Instant(&'e Timestamp),
    /// A text without a published format.
    Text(Cow<'e, str>),
}

impl<'e> Ids<'e> {
    fn new(id: &'e str, version: impl Into<Version<'e>>) -> Option<Self> {
        Some(Self { id: Cow::Borrowed(id), version: version.into() })
    }

    /// The identifiers among the members that a contract does not name.
    fn of(members: &Map<RawJson>) -> Option<Self> {
        Some(Self { id: Cow::Owned(text(members, "id")?), version: Version::of(members) })
    }

    fn migration(self, record: &'static str) -> MigrationKey<'e> {
        let mut key = MigrationKey::new(SYSTEM, record, self.id);
        key.version = match self.version {
            Version::Absent => None,
            Version::Instant(instant) => Some(Cow::Borrowed(instant)),
            Version::Text(text) => Timestamp::parse(&text).ok().map(Cow::Owned),
        };
        key
    }

    fn event<T: Event>(&self, rest: &[&str]) -> IdempotencyKey {
        let parsed;
        let (instant, text) = match &self.version {
            Version::Absent => (None, ""),
            Version::Instant(instant) => (Some(*instant), ""),
            Version::Text(text) => {
                parsed = Timestamp::parse(text).ok();
                // A text that is not an instant is compared as it is.
                (parsed.as_ref(), if parsed.is_some() { "" } else { &**text })
            }
        };
        let first = [SYSTEM, contract_name::<T>(), &self.id, text];
        let key = IdempotencyKey::new(first.into_iter().chain(rest.iter().copied()));
        match instant {
            Some(instant) => key.with_version(instant),
            None => key,
        }
    }
}

impl Version<'_> {
    /// The version among the members that a contract does not name.
    fn of(members: &Map<RawJson>) -> Self {
        text(members, "version_date").map_or(Self::Absent, |text| Self::Text(text.into()))
    }
}

impl<'e> From<&'e Timestamp> for Version<'e> {
    fn from(instant: &'e Timestamp) -> Self {
        Self::Instant(instant)
    }
}

impl<'e> From<&'e Option<Timestamp>> for Version<'e> {
    fn from(instant: &'e Option<Timestamp>) -> Self {
        instant.as_ref().map_or(Self::Absent, Self::Instant)
    }
}

impl<'e> From<&'e String> for Version<'e> {
    fn from(text: &'e String) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl<'e> From<&'e Option<String>> for Version<'e> {
    fn from(text: &'e Option<String>) -> Self {
        text.as_ref().map_or(Self::Absent, Self::from)
    }
}

impl From<()> for Version<'_> {
    fn from((): ()) -> Self {
        Self::Absent
    }
}

/// One event: its feature, the record that is migrated, the identifiers, and what else distinguishes one event
/// about a version of the record from another.
macro_rules! identified {
    ($($feature:literal $type:ident as $record:literal = |$event:ident| $ids:expr, [$($rest:expr),*] $(, $cid:expr)?;)+) => {$(
        #[cfg(feature = $feature)]
        const _: () = {
            use super::$type;

            fn ids($event: &$type) -> Option<Ids<'_>> {
                $ids
            }

            impl Identified for $type {
                fn migration_key(&self) -> Option<MigrationKey<'_>> {
                    ids(self).map(|ids| ids.migration($record))
                }

                fn correlation_id(&self) -> Option<Cow<'_, str>> {
                    identified!(@cid self, $event $(, $cid)?)
                }

                fn idempotency_key(&self) -> Option<IdempotencyKey> {
                    let $event = self;
                    ids($event).map(|ids| ids.event::<Self>(&[$($rest),*]))
                }
            }
        };
    )+};
    (@cid $self:ident, $event:ident) => { None };
    (@cid $self:ident, $event:ident, $cid:expr) => {{
        let $event = $self;
        Some(Cow::Owned($cid))
    }};
}

identified! {
    "pismo-accounts" AccountOutgoing as "account" = |event| Ids::new(&event.migration.id, &event.migration.version_date), [event.status.as_str(), &event.code];
    "pismo-accounts" AccountOverlimitOutgoing as "account_overlimit" = |event| Ids::new(&event.migration.id, &event.migration.version_date), [event.status.as_str(), event.operation.as_str(), &event.code];
    "pismo-accruals" AccrualOutgoing as "accrual" = |event| Ids::new(&event.migration.id, &event.migration.version_date), [event.status.as_str(), &event.code];
    "pismo-authorizations" AuthorizationIncoming as "authorization" = |event| Ids::new(&event.entity.migration.id, &event.entity.migration.version_date), [];
    "pismo-authorizations" AuthorizationOutgoing as "authorization" = |event| Ids::new(&event.migration.id, &event.migration.version_date), [event.status.as_str(), event.operation.as_ref().map_or("", |operation| operation.as_str()), &event.code];
    "pismo-authorizations" OnUsAuthorizationIncoming as "on_us_authorization" = |event| Ids::of(&event.entity.migration.extra), [];
    "pismo-authorizations" OnUsAuthorizationOutgoing as "on_us_authorization" = |event| Ids::new(&event.migration.id, &event.migration.version_date), [event.status.as_str(), &event.code];
    "pismo-balances" BalanceControlIncoming as "balance_control" = |event| Ids::new(&event.entity.migration.id, &event.entity.migration.version_date), [];
    "pismo-balances" BalanceControlOutgoing as "balance_control" = |event| Ids::new(&event.migration.id, &event.migration.version_date), [event.status.as_str(), event.operation.as_ref().map_or("", |operation| operation.as_str()), event.code.as_deref().unwrap_or_default()];
    "pismo-cards" CardIncoming as "card" = |event| event.entity.migration.as_ref().and_then(|migration| Ids::new(migration.id.as_deref()?, &migration.version_date)), [], event.entity.cid.to_string();
    "pismo-cards" CardOutgoing as "card" = |event| Ids::new(&event.migration.id, &event.migration.version_date), [event.status.as_str(), event.operation.as_ref().map_or("", |operation| operation.as_str()), &event.code];
    "pismo-cards" PciCardOutgoing as "pci_card" = |event| Ids::new(&event.migration.id, &event.migration.version_date), [event.status.as_str(), event.operation.as_ref().map_or("", |operation| operation.as_str()), &event.code];
    "pismo-cards" TokenIncoming as "token" = |event| event.entity.migration.as_ref().and_then(|migration| Ids::new(migration.id.as_deref()?, &migration.version_date)), [];
    "pismo-cards" TokenOutgoing as "token" = |event| Ids::new(&event.migration.id, &event.migration.version_date), [event.status.as_str(), event.operation.as_str(), &event.code];
    "pismo-charges" FeeModelAccountIncoming as "fee_model_account" = |event| Ids::new(&event.entity.migration.id, ()), [];
    "pismo-charges" FeeModelAccountOutgoing as "fee_model_account" = |event| Ids::new(&event.migration.id, ()), [event.status.as_str(), event.operation.as_ref().map_or("", |operation| operation.as_str()), &event.code];
    "pismo-charges" RecurringChargeLinkOutgoing as "recurring_charge_link" = |event| Ids::new(&event.migration.id, ()), [event.status.as_str(), event.operation.as_str(), &event.code];
    "pismo-charges" RecurringChargePlanOutgoing as "recurring_charge_plan" = |event| Ids::new(&event.migration.id, &event.migration.version_date), [event.status.as_str(), event.operation.as_str(), &event.code];
    "pismo-go-live" AccountGoLiveOutgoing as "account_go_live" = |event| Ids::new(&event.migration.id, &event.migration.version_date), [event.status.as_str(), event.operation.as_ref().map_or("", |operation| operation.as_str()), &event.code];
    "pismo-go-live" AccountPreGoLiveOutgoing as "account_pre_go_live" = |event| Ids::new(&event.migration.id, ()), [event.status.as_str(), event.operation.as_ref().map_or("", |operation| operation.as_str()), &event.code];
    "pismo-go-live" GoLiveOutgoing as "go_live" = |event| Ids::new(&event.migration.id, &event.migration.version_date), [event.status.as_str(), &event.code];
    "pismo-go-live" PciCardGoLiveOutgoing as "pci_card_go_live" = |event| Ids::new(&event.migration.id, &event.migration.version_date), [event.status.as_str(), event.operation.as_ref().map_or("", |operation| operation.as_str()), &event.code];
    "pismo-go-live" PreGoLiveOutgoing as "pre_go_live" = |event| Ids::new(&event.migration.id, &event.migration.version_date), [event.status.as_str(), &event.code];
    "pismo-merchants" MerchantIncoming as "merchant" = |event| event.entity.migration.as_ref().and_then(|migration| Ids::new(migration.id.as_deref()?, &migration.version_date)), [];
    "pismo-merchants" MerchantOutgoing as "merchant" = |event| Ids::new(&event.migration.id, &event.migration.version_date), [event.status.as_str(), event.operation.as_str(), &event.code];
    "pismo-merchants" MerchantTransactionIncoming as "merchant_transaction" = |event| nested(event), [];
    "pismo-merchants" MerchantTransactionOutgoing as "merchant_transaction" = |event| Ids::new(&event.migration.id, &event.migration.version_date), [event.status.as_str(), event.operation.as_str(), &event.code];
    "pismo-statements" StatementIncoming as "statement" = |event| event.entity.as_ref().and_then(|entity| statement(&entity.migration)), [];
    "pismo-statements" StatementOutgoing as "statement" = |event| Ids::new(&event.migration.id, &event.migration.version_date), [event.status.as_str(), event.code.as_deref().unwrap_or_default()];
    "pismo-transactions" InstantPaymentOutgoing as "transaction" = |event| event.migration.as_ref().and_then(|migration| Ids::new(&migration.id, &migration.version_date)), [event.status.as_ref().map_or("", |status| status.as_str()), event.operation.as_ref().map_or("", |operation| operation.as_str())];
    "pismo-transactions" PaymentAgreementIncoming as "payment_agreement" = |event| Ids::new(&event.entity.migration.id, &event.entity.migration.version_date), [];
    "pismo-transactions" PaymentAgreementsOutgoing as "payment_agreement" = |event| Ids::new(&event.migration.id, &event.migration.version_date), [event.status.as_str(), event.operation.as_str(), &event.code];
    "pismo-transactions" PreScheduledTransactionIncoming as "pre_scheduled_transaction" = |event| Ids::new(&event.entity.migration.id, &event.entity.migration.version_date), [];
    "pismo-transactions" PreScheduledTransactionOutgoing as "pre_scheduled_transaction" = |event| event.migration.as_ref().and_then(|migration| Ids::new(&migration.id, &migration.version_date)), [event.status.as_str(), event.operation.as_ref().map_or("", |operation| operation.as_str()), &event.code];
    "pismo-transactions" TransactionIncoming as "transaction" = |event| event.entity.migration.id.as_deref().and_then(|id| Ids::new(id, &event.entity.migration.version_date)), [];
    "pismo-transactions" TransactionOutgoing as "transaction" = |event| Ids::new(&event.migration.id, &event.migration.version_date), [event.status.as_str(), event.code.as_deref().unwrap_or_default()];
}

/// The version of a statement is known from an example only.
#[cfg(feature = "pismo-statements")]
fn statement(migration: &super::statement_incoming::Migration) -> Option<Ids<'_>> {
    Some(Ids { id: Cow::Borrowed(&migration.id), version: Version::of(&migration.extra) })
}

/// The identifiers of a merchant's transaction: beside its properties, or beside those of an `entity` in the entity.
#[cfg(feature = "pismo-merchants")]
fn nested(event: &super::MerchantTransactionIncoming) -> Option<Ids<'_>> {
    let object = |members: &Map<RawJson>, name: &str| -> Option<Map<RawJson>> {
        members.get(name).and_then(|raw| RawJson::read(raw).ok())
    };
    let members = &event.entity.extra;
    let migration = object(members, "migration")
        .or_else(|| object(&object(members, "entity")?, "migration"))?;
    Ids::of(&migration)
}

/// Each link is a migration of its own.
#[cfg(feature = "pismo-charges")]
impl Identified for super::RecurringChargeLinkIncoming {
    /// The migration of the only link; several have [several](Self::migration_keys).
    fn migration_key(&self) -> Option<MigrationKey<'_>> {
        let mut keys = self.migration_keys().into_iter();
        keys.next().filter(|_| keys.next().is_none())
    }

    fn migration_keys(&self) -> Vec<MigrationKey<'_>> {
        let links = self.entity.links.iter();
        let ids = links.filter_map(|link| Ids::new(&link.migration_id, &link.migration_version));
        ids.map(|ids| ids.migration("recurring_charge_link")).collect()
    }

    fn correlation_id(&self) -> Option<Cow<'_, str>> {
        None
    }

    /// That of all links together, in their order.
    fn idempotency_key(&self) -> Option<IdempotencyKey> {
        let versions: Vec<String> =
            self.entity.links.iter().map(|link| link.migration_version.to_string()).collect();
        let links = self.entity.links.iter().zip(&versions);
        let links = links.flat_map(|(link, version)| [&*link.migration_id, version.as_str()]);
        let first = [SYSTEM, contract_name::<Self>(), &self.entity.migration.account_id];
        let parts: Vec<&str> = first.into_iter().chain(links).collect();
        Some(IdempotencyKey::new(parts))
    }
}
