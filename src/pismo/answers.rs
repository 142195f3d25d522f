//! Identifiers of the events of the groups, as their outcomes repeat them.

#![allow(unused_imports, unused_macros, dead_code, reason = "not every group is enabled")]

use crate::json::{Map, RawJson};
use crate::outcome::Answerable;
use crate::{InvalidTimestamp, Timestamp};
use std::borrow::Cow;

/// Identifiers that an outcome cannot repeat: its contract asks for more than that of the event.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Unrepeatable {
    /// The event has no such identifier, or it is not a string.
    #[error("`migration.{0}` is missing")]
    Missing(&'static str),
    /// The version is not an instant as RFC 3339 writes it.
    #[error("`migration.version_date`: {0}")]
    Version(#[from] InvalidTimestamp),
}

fn required<'m>(member: &'m Option<String>, name: &'static str) -> Result<&'m str, Unrepeatable> {
    member.as_deref().ok_or(Unrepeatable::Missing(name))
}

/// An outcome whose identifiers are always among those of the event.
macro_rules! repeated {
    ($feature:literal $incoming:ident => $outgoing:ident { $($field:ident: $value:expr),* }, |$migration:ident|) => {
        #[cfg(feature = $feature)]
        impl From<&super::$incoming::Migration> for super::$outgoing::Migration {
            fn from($migration: &super::$incoming::Migration) -> Self {
                Self { $($field: $value),* }
            }
        }

        #[cfg(feature = $feature)]
        impl From<super::$incoming::Migration> for super::$outgoing::Migration {
            fn from(migration: super::$incoming::Migration) -> Self {
                Self::from(&migration)
            }
        }
    };
}

/// An event with its identifiers in `entity.migration`.
macro_rules! answerable {
    ($($feature:literal $event:ident: $module:ident;)+) => {$(
        #[cfg(feature = $feature)]
        impl Answerable for super::$event {
            type Migration = super::$module::Migration;

            fn migration_pointer() -> Cow<'static, str> {
                "/entity/migration".into()
            }
        }
    )+};
}

repeated!("pismo-accruals" accrual_incoming => accrual_outgoing {
    id: migration.id.clone(),
    version_date: migration.version_date.clone()
}, |migration|);

repeated!("pismo-authorizations" authorization_incoming => authorization_outgoing {
    id: migration.id.clone(),
    version_date: migration.version_date.clone()
}, |migration|);

repeated!("pismo-charges" fee_model_account_incoming => fee_model_account_outgoing {
    id: migration.id.clone(),
    account_ids: migration.account_ids.clone()
}, |migration|);

// The outcome's contract has the version as a text.
repeated!("pismo-charges" recurring_charge_plan_incoming => recurring_charge_plan_outgoing {
    id: migration.id.clone(),
    version_date: Some(migration.version_date.to_string()),
    extra: Map::new()
}, |migration|);

// The version is not among the published properties of the event, but in its example.
repeated!("pismo-statements" statement_incoming => statement_outgoing {
    id: migration.id.clone(),
    version_date: migration.extra.get("version_date").and_then(|raw| RawJson::read(raw).ok()),
    extra: Map::new()
}, |migration|);

repeated!("pismo-transactions" payment_agreement_incoming => payment_agreements_outgoing {
    id: migration.id.clone(),
    version_date: migration.version_date.clone(),
    extra: Map::new()
}, |migration|);

answerable! {
    "pismo-authorizations" AuthorizationIncoming: authorization_incoming;
    "pismo-charges" FeeModelAccountIncoming: fee_model_account_incoming;
    "pismo-statements" StatementIncoming: statement_incoming;
    "pismo-transactions" PaymentAgreementIncoming: payment_agreement_incoming;
}

/// Each link is answered on its own.
#[cfg(feature = "pismo-charges")]
impl From<&super::recurring_charge_link_incoming::Link>
    for super::recurring_charge_link_outgoing::Migration
{
    fn from(link: &super::recurring_charge_link_incoming::Link) -> Self {
        Self { id: link.migration_id.clone(), extra: Map::new() }
    }
}

#[cfg(feature = "pismo-balances")]
impl TryFrom<&super::balance_control_incoming::Migration>
    for super::balance_control_outgoing::Migration
{
    type Error = Unrepeatable;

    fn try_from(
        migration: &super::balance_control_incoming::Migration,
    ) -> Result<Self, Unrepeatable> {
        Ok(Self {
            id: migration.id.clone(),
            version_date: Some(Timestamp::parse(&migration.version_date)?),
            account_id: Some(migration.account_id.clone()),
            extra: Map::new(),
        })
    }
}

#[cfg(feature = "pismo-cards")]
impl TryFrom<&super::card_incoming::Migration> for super::card_outgoing::Migration {
    type Error = Unrepeatable;

    fn try_from(migration: &super::card_incoming::Migration) -> Result<Self, Unrepeatable> {
        Ok(Self {
            id: required(&migration.id, "id")?.to_owned(),
            version_date: Timestamp::parse(required(&migration.version_date, "version_date")?)?,
            phase_id: text(&migration.extra, "phase_id"),
        })
    }
}

#[cfg(feature = "pismo-cards")]
impl TryFrom<&super::token_incoming::Migration> for super::token_outgoing::Migration {
    type Error = Unrepeatable;

    fn try_from(migration: &super::token_incoming::Migration) -> Result<Self, Unrepeatable> {
        Ok(Self {
            id: required(&migration.id, "id")?.to_owned(),
            status: None,
            version_date: Timestamp::parse(required(&migration.version_date, "version_date")?)?,
            phase_id: text(&migration.extra, "phase_id"),
            card_id: text(&migration.extra, "card_id").ok_or(Unrepeatable::Missing("card_id"))?,
            extra: Map::new(),
        })
    }
}

#[cfg(feature = "pismo-merchants")]
impl TryFrom<&super::merchant_incoming::Migration> for super::merchant_outgoing::Migration {
    type Error = Unrepeatable;

    fn try_from(migration: &super::merchant_incoming::Migration) -> Result<Self, Unrepeatable> {
        Ok(Self {
            id: required(&migration.id, "id")?.to_owned(),
            version_date: required(&migration.version_date, "version_date")?.to_owned(),
            extra: Map::new(),
        })
    }
}

#[cfg(feature = "pismo-transactions")]
impl TryFrom<&super::pre_scheduled_transaction_incoming::Migration>
    for super::pre_scheduled_transaction_outgoing::Migration
{
    type Error = Unrepeatable;

    fn try_from(
        migration: &super::pre_scheduled_transaction_incoming::Migration,
    ) -> Result<Self, Unrepeatable> {
        Ok(Self {
            id: migration.id.clone(),
            version_date: Timestamp::parse(&migration.version_date)?,
        })
    }
}

#[cfg(feature = "pismo-transactions")]
impl TryFrom<&super::transaction_incoming::Migration> for super::transaction_outgoing::Migration {
    type Error = Unrepeatable;

    fn try_from(migration: &super::transaction_incoming::Migration) -> Result<Self, Unrepeatable> {
        let version = migration.version_date.as_deref().map(Timestamp::parse).transpose()?;
        Ok(Self {
            id: required(&migration.id, "id")?.to_owned(),
            version_date: version,
            extra: Map::new(),
        })
    }
}

/// A text among the members that a contract does not name.
pub(super) fn text(members: &Map<RawJson>, name: &str) -> Option<String> {
    members.get(name).and_then(|raw| RawJson::read(raw).ok())
}
