//! Recognising events by their first members.
//!
//! Most messages show what they are before their payload begins. What their first members show is what all of
//! them show, unless a further member is a sign of another event: the decoder has read them all, so the members
//! that it kept beside those of the contract are looked at afterwards. A message with such a member, and one
//! that is rejected, is recognised by all its members.

use super::recognise::{Recognition, Seen, Verdict};
use super::signs::{OUTCOME, ROWS, Sign};
use crate::envelope::WRAPPER_MARKS;
use crate::json::{Map, RawJson, Reader};

/// Recognises a message by its first members; `None` if that takes all of them: it may be wrapped, unknown
/// or broken.
pub(super) fn by_first_members(message: &str) -> Option<Recognition> {
    let mut seen = Seen::hasty();
    let mut reader = Reader::new(message);
    reader.begin_object().ok()?;
    let mut first = true;
    while let Some(key) = reader.next_key(&mut first).ok()? {
        if WRAPPER_MARKS.contains(&&*key) {
            return None;
        }
        seen.member(&key, &mut reader).ok()?;
        if let Some(recognition) = seen.so_far() {
            return Some(recognition);
        }
        // Two shapes, or the reader is within a member.
        if seen.has_shape() {
            return None;
        }
    }
    match seen.verdict() {
        Verdict::Event(recognition) => Some(recognition),
        Verdict::Unknown | Verdict::Ambiguous(..) => None,
    }
}

/// The members of an event that its contract does not name.
#[derive(Default)]
pub(super) struct Leftover<'e> {
    /// Those of the message.
    outermost: Option<&'e Map<RawJson>>,
    /// Those of its `entity`.
    entity: Option<&'e Map<RawJson>>,
}

impl Leftover<'_> {
    /// Returns whether one of them may make the event another one.
    pub(super) fn has_sign(&self) -> bool {
        let any = |members: Option<&Map<RawJson>>, is_sign: fn(&str) -> bool| {
            members.is_some_and(|members| members.iter().any(|(name, _)| is_sign(name)))
        };
        any(self.outermost, is_outermost_sign) || any(self.entity, is_entity_sign)
    }
}

/// An event of the table. The patterns name every field: a contract that keeps further members one day does
/// not compile until they are listed.
pub(super) trait Recognised {
    fn leftover(&self) -> Leftover<'_>;
}

#[cfg(feature = "pismo-core")]
impl<T: Recognised> Recognised for crate::pismo::Delivered<T> {
    fn leftover(&self) -> Leftover<'_> {
        match self {
            Self::Bare(event) => event.leftover(),
            // Nothing is stronger than the names in an envelope.
            Self::Enveloped(_) => Leftover::default(),
        }
    }
}

#[cfg(feature = "pismo-core")]
impl Recognised for crate::pismo::CustomerIncoming {
    fn leftover(&self) -> Leftover<'_> {
        Leftover { outermost: Some(&self.extra), entity: Some(&self.entity.extra) }
    }
}

#[cfg(feature = "pismo-core")]
impl Recognised for crate::pismo::AccrualIncoming {
    fn leftover(&self) -> Leftover<'_> {
        Leftover { outermost: Some(&self.extra), entity: Some(&self.entity.extra) }
    }
}

#[cfg(feature = "pismo-core")]
impl Recognised for crate::pismo::RecurringChargePlanIncoming {
    fn leftover(&self) -> Leftover<'_> {
        Leftover { outermost: Some(&self.extra), entity: Some(&self.entity.extra) }
    }
}

#[cfg(feature = "pismo-core")]
impl Recognised for crate::pismo::CustomerOutgoing {
    fn leftover(&self) -> Leftover<'_> {
        let Self { code: _, message: _, migration: _, status: _, entity, operation: _ } = self;
        if let Some(crate::pismo::customer_outgoing::Entity { account_id: _, customer_id: _ }) =
            entity
        {}
        Leftover::default()
    }
}

/// Events of a group of Pismo that keep further members of the message and of its `entity`.
#[allow(unused_macros, reason = "not every group is enabled")]
macro_rules! requests {
    ($($feature:literal: $($event:ident),+;)+) => {$($(
        #[cfg(feature = $feature)]
        impl Recognised for crate::pismo::$event {
            fn leftover(&self) -> Leftover<'_> {
                Leftover { outermost: Some(&self.extra), entity: Some(&self.entity.extra) }
            }
        }
    )+)+};
}

requests! {
    "pismo-authorizations": AuthorizationIncoming, OnUsAuthorizationIncoming;
    "pismo-balances": BalanceControlIncoming;
    "pismo-cards": CardIncoming, TokenIncoming;
    "pismo-charges": FeeModelAccountIncoming, RecurringChargeLinkIncoming;
    "pismo-merchants": MerchantIncoming, MerchantTransactionIncoming;
    "pismo-transactions": PaymentAgreementIncoming, PreScheduledTransactionIncoming, TransactionIncoming;
}

#[cfg(feature = "pismo-statements")]
impl Recognised for crate::pismo::StatementIncoming {
    fn leftover(&self) -> Leftover<'_> {
        let entity = self.entity.as_ref().map(|entity| &entity.extra);
        Leftover { outermost: Some(&self.extra), entity }
    }
}

/// Outcomes of a group of Pismo: their first members are those of any outcome, so that all members were looked at.
macro_rules! outcomes {
    ($($feature:literal: $($event:ident),+;)+) => {$($(
        #[cfg(feature = $feature)]
        impl Recognised for crate::pismo::$event {
            fn leftover(&self) -> Leftover<'_> {
                Leftover::default()
            }
        }
    )+)+};
}

outcomes! {
    "pismo-accounts": AccountOutgoing, AccountOverlimitOutgoing;
    "pismo-accruals": AccrualOutgoing;
    "pismo-authorizations": AuthorizationOutgoing, OnUsAuthorizationOutgoing;
    "pismo-balances": BalanceControlOutgoing;
    "pismo-cards": CardOutgoing, PciCardOutgoing, TokenOutgoing;
    "pismo-charges": FeeModelAccountOutgoing, RecurringChargeLinkOutgoing, RecurringChargePlanOutgoing;
    "pismo-go-live": AccountGoLiveOutgoing, AccountPreGoLiveOutgoing, GoLiveOutgoing, PciCardGoLiveOutgoing, PreGoLiveOutgoing;
    "pismo-merchants": MerchantOutgoing, MerchantTransactionOutgoing;
    "pismo-statements": StatementOutgoing;
    "pismo-transactions": InstantPaymentOutgoing, PaymentAgreementsOutgoing, PreScheduledTransactionOutgoing, TransactionOutgoing;
}

#[cfg(feature = "boost")]
impl Recognised for crate::boost::AccountMigrationEvent {
    fn leftover(&self) -> Leftover<'_> {
        let Self { event: _ } = self;
        Leftover::default()
    }
}

#[cfg(feature = "specsavers")]
impl Recognised for crate::specsavers::CustomerCreated {
    fn leftover(&self) -> Leftover<'_> {
        Leftover { outermost: Some(&self.extra), entity: None }
    }
}

fn is_outermost_sign(name: &str) -> bool {
    let is_sign = |sign: &Sign| match sign {
        Sign::EventType => name == "event_type",
        Sign::CloudEventType(_) => matches!(name, "type" | "specversion"),
        Sign::BranchOfEvent(_) => name == "event",
        Sign::EntityMember(_)
        | Sign::EntityMemberUnlessOther(_)
        | Sign::EntityMemberFirst(_)
        | Sign::MemberOfEntityMigration(_) => name == "entity",
        Sign::TwoMembersOf(own) => own.contains(&name),
        Sign::OutcomeEntity(_) | Sign::MemberOfOutcomeMigration(_) => OUTCOME.contains(&name),
    };
    WRAPPER_MARKS.contains(&name) || ROWS.iter().any(|row| row.signs.iter().any(is_sign))
}

fn is_entity_sign(name: &str) -> bool {
    let is_sign = |sign: &Sign| matches!(sign, Sign::EntityMember(own) | Sign::EntityMemberFirst(own) if own.contains(&name));
    ROWS.iter().any(|row| row.signs.iter().any(is_sign))
}

#[cfg(all(test, feature = "pismo-core", feature = "boost", feature = "specsavers"))]
mod tests;
