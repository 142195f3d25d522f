//! Pismo (core banking): the events of domain `migration`, published as JSON Schema.
//!
//! | event | what it says | unknown properties |
//! |---|---|---|
//! | [`CustomerIncoming`] | migrate this customer | kept everywhere |
//! | [`CustomerOutgoing`] | the customer's migration succeeded or failed | rejected everywhere |
//! | [`AccrualIncoming`] | migrate this accrual | kept at the root, in `entity` and in `metadata` |
//! | [`RecurringChargePlanIncoming`] | migrate this recurring charge plan | kept at the root and in `entity` |
//!
//! Delivery is at least once and in no promised order. A migration is identified by `migration.id`;
//! the same id with a newer `version_date` is an update.
//!
//! Everything in this module is generated from `schemas/pismo`, apart from what answers a customer
//! migration ([`CustomerOutgoing::succeeded`], [`CustomerOutgoing::failed`]) and the readings of
//! loosely specified fields ([`accrual_incoming::Flag::sends_to_balance`],
//! [`recurring_charge_plan_incoming::Cycles::count`]).

mod delivered;
mod envelope;
mod identity;
mod outcome;
mod readings;

pub use crate::generated::pismo::*;
pub use delivered::Delivered;
pub use envelope::{Envelope, EventType, SchemaVersion};
