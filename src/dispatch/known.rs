//! The events of the built-in families, and what tells them.

#[cfg(feature = "pismo")]
use super::spelling::is_spelling;

/// The events of the built-in families.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Known {
    #[cfg(feature = "pismo")]
    CustomerIncoming,
    #[cfg(feature = "pismo")]
    CustomerOutgoing,
    #[cfg(feature = "pismo")]
    AccrualIncoming,
    #[cfg(feature = "pismo")]
    RecurringChargePlanIncoming,
    #[cfg(feature = "boost")]
    AccountMigration,
    #[cfg(feature = "specsavers")]
    CustomerCreated,
}

#[cfg(feature = "pismo")]
impl Known {
    /// The event that an envelope announces; one without `domain` is of any.
    pub(super) fn by_event_type(event_type: &str, domain: Option<&str>) -> Option<Self> {
        use crate::{Contract, Event, pismo};
        let contracts: [(&Contract, _); 4] = [
            (pismo::CustomerIncoming::CONTRACT, Self::CustomerIncoming),
            (pismo::CustomerOutgoing::CONTRACT, Self::CustomerOutgoing),
            (pismo::AccrualIncoming::CONTRACT, Self::AccrualIncoming),
            (pismo::RecurringChargePlanIncoming::CONTRACT, Self::RecurringChargePlanIncoming),
        ];
        let announced = |contract: &Contract| is_spelling(event_type, domain, contract);
        contracts.into_iter().find(|(contract, _)| announced(contract)).map(|(_, known)| known)
    }

    /// Two of these at its root tell an outcome that has no envelope.
    pub(super) const OUTCOME: [&str; 3] = ["status", "code", "migration"];

    /// The event that has a property in its `entity` which no other has. A customer is told by `migration`
    /// there and none of these: its contract is open everywhere, so an accrual that lacks one property
    /// would pass as a customer.
    pub(super) fn by_property(name: &str) -> Option<Self> {
        match name {
            "accruals" | "accounting_date" | "authorization_type" => Some(Self::AccrualIncoming),
            "installment_amount" | "processing_code" | "number_of_cycles" => {
                Some(Self::RecurringChargePlanIncoming)
            }
            _ => None,
        }
    }
}

#[cfg(feature = "boost")]
impl Known {
    /// The event that has such a branch of the union `event`, in the JSON encoding.
    pub(super) fn by_branch(full_name: &str) -> Option<Self> {
        full_name
            .starts_with("uk.co.boostpower.support.kafka.messages.")
            .then_some(Self::AccountMigration)
    }
}

#[cfg(feature = "specsavers")]
impl Known {
    /// The event with this CloudEvents `type`.
    pub(super) fn by_type(name: &str) -> Option<Self> {
        (name == "com.specsavers.customer.created").then_some(Self::CustomerCreated)
    }
}
