//! Pismo (core banking): the events of domain `migration`, published as JSON Schema.
//!
//! | event | what it says | unknown properties |
//! |---|---|---|
//! | [`CustomerIncoming`] | migrate this customer | kept everywhere |
//! | [`CustomerOutgoing`] | the customer's migration succeeded or failed | rejected everywhere |
//! | [`AccrualIncoming`] | migrate this accrual | kept at the root, in `entity` and in `metadata` |
//! | [`RecurringChargePlanIncoming`] | migrate this recurring charge plan | kept at the root and in `entity` |
//!
//! The other events of the domain are compiled with the feature of their group:
//!
//! | feature | events |
//! |---|---|
//! | `pismo-accounts` | outcomes of accounts and of their overlimit |
//! | `pismo-accruals` | outcomes of accruals |
//! | `pismo-authorizations` | authorizations, off-us and on-us, and their outcomes |
//! | `pismo-balances` | balance controls and their outcomes |
//! | `pismo-cards` | cards and tokens and their outcomes; outcomes of protected card data |
//! | `pismo-charges` | fee models and links to recurring charge plans and their outcomes; outcomes of plans |
//! | `pismo-go-live` | outcomes of go-live and pre-go-live |
//! | `pismo-merchants` | merchants and their transactions and their outcomes |
//! | `pismo-statements` | statements and their outcomes |
//! | `pismo-transactions` | transactions, payment agreements and pre-scheduled transactions and their outcomes; outcomes of instant payments |
//!
//! Their contracts are known to different degrees, which the documentation of each event says: what is not known is left
//! open. [`order`] has the order in which records migrate.
//!
//! Without its envelope, an outcome is recognised by its `entity` or `migration`; one that shows nothing of its own
//! is taken for a customer's. Read such messages as the type that they are.
//!
//! Delivery is at least once and in no promised order. A migration is identified by `migration.id`;
//! the same id with a newer `version_date` is an update.
//!
//! Everything in this module is generated from `schemas/pismo`, apart from what answers a customer
//! migration ([`CustomerOutgoing::succeeded`], [`CustomerOutgoing::failed`]) and the readings of
//! loosely specified fields ([`accrual_incoming::Flag::sends_to_balance`],
//! [`recurring_charge_plan_incoming::Cycles::count`]).

mod answers;
mod delivered;
mod envelope;
mod identity;
mod keys;
pub mod order;
mod outcome;
mod readings;

pub use crate::generated::pismo::*;
pub use answers::Unrepeatable;
pub use delivered::Delivered;
pub use envelope::{Envelope, EventType, SchemaVersion};
