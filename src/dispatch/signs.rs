//! The signs by which messages show their events, as the table lists them.

use crate::{Contract, Event, spelling};

/// A sign by which a message shows its event.
pub(super) enum Sign {
    /// The `event_type` of the envelope names the contract, in any spelling and version, and its `domain`
    /// is that of the contract, if there is one.
    #[allow(dead_code, reason = "not every family has such events")]
    EventType,
    /// The CloudEvents `type` is this one.
    #[allow(dead_code, reason = "not every family has such events")]
    CloudEventType(&'static str),
    /// A member of the object `event` has a name that begins so: the full name of a branch of an Avro union.
    #[allow(dead_code, reason = "not every family has such events")]
    BranchOfEvent(&'static str),
    /// The object `entity` has one of these members.
    #[allow(dead_code, reason = "not every family has such events")]
    EntityMember(&'static [&'static str]),
    /// The object `entity` has this member, and the message no sign of another event.
    #[allow(dead_code, reason = "not every family has such events")]
    EntityMemberUnlessOther(&'static str),
    /// The message has two of these members.
    #[allow(dead_code, reason = "not every family has such events")]
    TwoMembersOf(&'static [&'static str]),
    /// The object `entity` has one of these members, which is stronger than the signs above.
    #[allow(dead_code, reason = "not every family has such events")]
    EntityMemberFirst(&'static [&'static str]),
    /// The object `migration` in `entity` has this member, and the message no sign of another event but the weakest.
    #[allow(dead_code, reason = "not every family has such events")]
    MemberOfEntityMigration(&'static str),
    /// The message is an [outcome](OUTCOME), and its `entity` has all of these members. Nothing by shape is stronger.
    #[allow(dead_code, reason = "not every family has such events")]
    OutcomeEntity(&'static [&'static str]),
    /// The message is an [outcome](OUTCOME), and its `migration` has this member, which is as strong.
    #[allow(dead_code, reason = "not every family has such events")]
    MemberOfOutcomeMigration(&'static str),
}

/// Members of which an outcome of Pismo has two.
pub(super) const OUTCOME: &[&str] = &["status", "code", "migration"];

/// A row of the table.
pub(super) struct Row {
    pub(super) kind: EventKind,
    pub(super) contract: &'static Contract,
    pub(super) signs: &'static [Sign],
}

/// The signs of a row: those that it lists, after the name that an envelope carries.
macro_rules! signs {
    (Enveloped $($sign:expr),*) => { &[Sign::EventType, $($sign),*] };
    ($delivery:ident $($sign:expr),*) => { &[$($sign),*] };
}

macro_rules! event_kinds {
    ($(
        $feature:literal $family:ident {
            $(
                $(#[$doc:meta])+
                $variant:ident = $delivery:ident $event:ident
                    by [$($sign:expr),*] $(answered by $outcome:ident)?;
            )*
            without signs [$($signless:ident),*]
        }
    )*) => {
        /// The events of the built-in families.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(super) enum EventKind {
            $($(
                #[cfg(feature = $feature)]
                $variant,
            )*)*
        }

        pub(super) const ROWS: &[Row] = &[
            $($(
                #[cfg(feature = $feature)]
                Row {
                    kind: EventKind::$variant,
                    contract: <crate::$family::$event as Event>::CONTRACT,
                    signs: signs!($delivery $($sign),*),
                },
            )*)*
        ];

        /// The contracts of all rows.
        #[allow(dead_code, reason = "read when this is compiled")]
        const LISTED: &[&Contract] = &[
            $(
                $(
                    #[cfg(feature = $feature)]
                    <crate::$family::$event as Event>::CONTRACT,
                )*
                $(
                    #[cfg(feature = $feature)]
                    <crate::$family::$signless as Event>::CONTRACT,
                )*
            )*
        ];

        $(
            #[cfg(feature = $feature)]
            const _: () =
                every_contract_needs_a_row_in_events_rs(crate::$family::CONTRACTS, LISTED);

            $($(
                #[cfg(feature = $feature)]
                const _: () = assert!(
                    is_among(
                        <crate::$family::$event as Event>::CONTRACT,
                        <crate::$family::$outcome as crate::Outcome>::ANSWERS,
                    ),
                    "a row in events.rs names an outcome whose `x-answers` does not name the event",
                );
            )?)*
        )*
    };
}

events!(event_kinds);

/// Fails the build with the name of a contract that is in no row.
#[allow(dead_code, reason = "without families there is nothing to check")]
const fn every_contract_needs_a_row_in_events_rs(all: &[&Contract], rows: &[&Contract]) {
    let mut index = 0;
    while index < all.len() {
        if !is_among(all[index], rows) {
            panic!("{}", all[index].name);
        }
        index += 1;
    }
}

#[allow(dead_code, reason = "without families there is nothing to check")]
const fn is_among(contract: &Contract, list: &[&Contract]) -> bool {
    let mut index = 0;
    while index < list.len() {
        let other = list[index];
        if is_same(contract.name, other.name) && is_same(contract.file, other.file) {
            return true;
        }
        index += 1;
    }
    false
}

const fn is_same(left: &str, right: &str) -> bool {
    let (left, right) = (left.as_bytes(), right.as_bytes());
    let mut index = 0;
    while index < left.len() && index < right.len() && left[index] == right[index] {
        index += 1;
    }
    index == left.len() && index == right.len()
}

impl EventKind {
    /// The contract of the event.
    pub(super) fn contract(self) -> &'static Contract {
        ROWS[self as usize].contract
    }
}

/// The events that a message claims to be: a set, so that the order of the signs does not count.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Claims(u64);

const _: () = assert!(ROWS.len() <= u64::BITS as usize, "a set holds every row");

impl Claims {
    /// The events with a sign that `shows` finds.
    pub(super) fn of(shows: impl Fn(&Row, &Sign) -> bool) -> Self {
        let mut claims = Self::default();
        for row in ROWS.iter().filter(|row| row.signs.iter().any(|sign| shows(row, sign))) {
            claims.add(row.kind);
        }
        claims
    }

    /// The events that an envelope names.
    pub(super) fn announced(event_type: &str, domain: Option<&str>) -> Self {
        let (name, _) = spelling::split(event_type);
        Self::of(|row, sign| {
            matches!(sign, Sign::EventType)
                && spelling::names_without_version(name, domain, row.contract)
        })
    }

    pub(super) fn add(&mut self, kind: EventKind) {
        self.0 |= 1 << kind as u32;
    }

    pub(super) fn join(&mut self, other: Self) {
        self.0 |= other.0;
    }

    pub(super) const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The event, if there is only one.
    pub(super) fn only(self) -> Option<EventKind> {
        let is_one = self.0.count_ones() == 1;
        is_one.then(|| ROWS[self.0.trailing_zeros() as usize].kind)
    }

    /// The events, in the order of the table.
    pub(super) fn kinds(self) -> impl Iterator<Item = EventKind> {
        let is_claimed = move |kind: &EventKind| self.0 & 1 << *kind as u32 != 0;
        ROWS.iter().map(|row| row.kind).filter(is_claimed)
    }
}
