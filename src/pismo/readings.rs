//! Meanings of loosely specified fields.

use super::accrual_incoming::Flag;
use super::recurring_charge_plan_incoming::{Cycles, Entity};
use crate::json::RawJson;
use std::borrow::Cow;

impl Flag {
    /// Returns whether the accrual is to be sent to balance: `true` and `"1"` mean yes, `false` and `"0"`
    /// no.
    ///
    /// `None`: the text is valid, since the contract's pattern asks only for a 0 or a 1 somewhere
    /// in it, but answers neither.
    ///
    /// ```
    /// use migration_events::pismo::accrual_incoming::{Flag, FlagText};
    ///
    /// assert_eq!(Flag::Boolean(true).sends_to_balance(), Some(true));
    /// assert_eq!(Flag::Text(FlagText::new("0")?).sends_to_balance(), Some(false));
    /// assert_eq!(Flag::Text(FlagText::new("x1y")?).sends_to_balance(), None);
    /// assert!(FlagText::new("yes").is_err());
    /// # Ok::<(), migration_events::validate::ViolationKind>(())
    /// ```
    #[must_use]
    pub fn sends_to_balance(&self) -> Option<bool> {
        match self {
            Flag::Boolean(answer) => Some(*answer),
            Flag::Text(text) => match text.as_str() {
                "1" => Some(true),
                "0" => Some(false),
                _ => None,
            },
        }
    }
}

impl Cycles {
    /// The number of cycles, whether it was sent as a number or as digits in a string; `None` if
    /// the string is not a number.
    ///
    /// ```
    /// use migration_events::pismo::recurring_charge_plan_incoming::Cycles;
    ///
    /// assert_eq!(Cycles::Integer(12).count(), Some(12));
    /// assert_eq!(Cycles::Text("12".into()).count(), Some(12));
    /// assert_eq!(Cycles::Text("a dozen".into()).count(), None);
    /// ```
    #[must_use]
    pub fn count(&self) -> Option<i64> {
        match self {
            Cycles::Integer(count) => Some(*count),
            Cycles::Text(text) => text.parse().ok(),
        }
    }
}

impl Entity {
    /// The number of cycles that the discount applies to, under its name in the contract
    /// (`first_cycles_to_discount`) or in the published sample (`first_cycle_to_discount`, an unknown
    /// property by the contract).
    ///
    /// ```
    /// use migration_events::{Event, pismo};
    ///
    /// let sample = include_bytes!("../../schemas/pismo/samples/recurring_charge_plan_incoming-1.json");
    /// let plan = pismo::RecurringChargePlanIncoming::from_json(sample)?;
    /// let cycles = plan.entity.cycles_to_discount();
    /// assert_eq!(cycles.and_then(|cycles| cycles.count()), Some(1));
    /// # Ok::<(), migration_events::Rejection>(())
    /// ```
    #[must_use]
    pub fn cycles_to_discount(&self) -> Option<Cow<'_, Cycles>> {
        let misspelt =
            || self.extra.get("first_cycle_to_discount").and_then(|raw| RawJson::read(raw).ok());
        match &self.first_cycles_to_discount {
            Some(cycles) => Some(Cow::Borrowed(cycles)),
            None => misspelt().map(Cow::Owned),
        }
    }
}
