//! Answering the migration of a customer.

use super::customer_outgoing::Migration;
use super::{
    AccrualIncoming, CustomerIncoming, Envelope, RecurringChargePlanIncoming, accrual_incoming,
    customer_incoming, recurring_charge_plan_incoming,
};
use crate::json::RawJson;
use crate::outcome::Answerable;
use std::borrow::Cow;

impl Answerable for CustomerIncoming {
    type Migration = customer_incoming::Migration;

    fn migration_pointer() -> Cow<'static, str> {
        "/entity/migration".into()
    }
}

impl Answerable for AccrualIncoming {
    type Migration = accrual_incoming::Migration;

    fn migration_pointer() -> Cow<'static, str> {
        "/entity/migration".into()
    }
}

impl Answerable for RecurringChargePlanIncoming {
    type Migration = recurring_charge_plan_incoming::Migration;

    fn migration_pointer() -> Cow<'static, str> {
        "/entity/migration".into()
    }
}

impl<T: Answerable> Answerable for Envelope<T> {
    type Migration = T::Migration;

    fn migration_pointer() -> Cow<'static, str> {
        format!("/data{}", T::migration_pointer()).into()
    }
}

/// The identifiers as an outcome repeats them; a `phase_id` that came along goes with them.
impl From<customer_incoming::Migration> for Migration {
    fn from(incoming: customer_incoming::Migration) -> Self {
        let phase_id = incoming.extra.get("phase_id").and_then(|phase| RawJson::read(phase).ok());
        Self {
            id: incoming.id,
            version_date: incoming.version_date,
            phase_id,
            account_id: incoming.account_id,
        }
    }
}

/// As the conversion from the owned identifiers.
impl From<&customer_incoming::Migration> for Migration {
    fn from(incoming: &customer_incoming::Migration) -> Self {
        incoming.clone().into()
    }
}
