//! Recognising events by their members, in the order in which they come.
//!
//! Most messages show what they are before their payload begins: the first sign decides. A message whose
//! first members show nothing is read as a whole, after what message services put around it is removed.

use crate::json::{JsonType, Reader, Stop};
use crate::{Contract, Event, spelling};
use std::borrow::Cow;

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
}

/// An event that was recognised.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Recognition {
    pub(super) kind: EventKind,
    /// True if it is in the envelope of Pismo.
    pub(super) is_enveloped: bool,
}

struct Row {
    kind: EventKind,
    contract: &'static Contract,
    signs: &'static [Sign],
}

macro_rules! event_kinds {
    ($(
        $feature:literal $family:ident {
            $(
                $(#[$doc:meta])+
                $variant:ident = $delivery:ident $event:ident
                    by [$($sign:expr),+] $(answered by $outcome:ident)?;
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

        static ROWS: &[Row] = &[
            $($(
                #[cfg(feature = $feature)]
                Row {
                    kind: EventKind::$variant,
                    contract: <crate::$family::$event as Event>::CONTRACT,
                    signs: &[$($sign),+],
                },
            )*)*
        ];

        $(
            #[cfg(feature = $feature)]
            const _: () = every_contract_needs_a_row_in_events_rs(
                crate::$family::CONTRACTS,
                &[
                    $(<crate::$family::$event as Event>::CONTRACT,)*
                    $(<crate::$family::$signless as Event>::CONTRACT,)*
                ],
            );

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

fn find(shows: impl Fn(&Row, &Sign) -> bool) -> Option<EventKind> {
    let row = ROWS.iter().find(|row| row.signs.iter().any(|sign| shows(row, sign)))?;
    Some(row.kind)
}

/// Recognises a message by its first members; `None` if that takes all of them: it may be wrapped, unknown
/// or broken.
pub(super) fn by_first_members(message: &str) -> Option<Recognition> {
    let mut seen = Seen::default();
    let mut reader = Reader::new(message);
    reader.begin_object().ok()?;
    let mut first = true;
    while let Some(key) = reader.next_key(&mut first).ok()? {
        // Members of what message services put around events.
        if matches!(&*key, "Message" | "TopicArn" | "detail-type" | "detail") {
            return None;
        }
        if let Some(recognition) = seen.member(&key, &mut reader).ok()? {
            return Some(recognition);
        }
    }
    // An envelope without `domain` is looked at as a whole.
    seen.event_type.is_none().then(|| seen.otherwise()).flatten()
}

/// Recognises a message by all its members, as far as they can be read.
pub(super) fn by_all_members(message: &str) -> Option<Recognition> {
    let mut seen = Seen::default();
    let mut reader = Reader::new(message);
    reader.begin_object().ok()?;
    let mut first = true;
    while let Ok(Some(key)) = reader.next_key(&mut first) {
        match seen.member(&key, &mut reader) {
            Ok(Some(recognition)) => return Some(recognition),
            Ok(None) => {}
            Err(_) => break,
        }
    }
    seen.otherwise()
}

/// The findings in the members before this one.
#[derive(Default)]
struct Seen<'m> {
    event_type: Option<Cow<'m, str>>,
    domain: Option<Cow<'m, str>>,
    /// True if an `event_type` or a `domain` is not a string: then the envelope announces no event.
    is_broken_envelope: bool,
    is_cloud_event: bool,
    /// The event that it is unless another sign follows.
    otherwise: Option<EventKind>,
    /// By row, how many of its [`Sign::TwoMembersOf`] have come.
    counts: [u8; ROWS.len()],
}

impl<'m> Seen<'m> {
    /// Reads a member of the message and returns the event, if that is decided now.
    fn member(&mut self, name: &str, reader: &mut Reader<'m>) -> Result<Option<Recognition>, Stop> {
        let bare = |kind| Recognition { kind, is_enveloped: false };
        let is_envelope = self.event_type.is_some() || self.is_broken_envelope;
        match (name, reader.peek()?) {
            ("event_type", JsonType::String) if self.event_type.is_none() => {
                self.event_type = Some(reader.string()?);
                return Ok(self.envelope());
            }
            ("domain", JsonType::String) if self.domain.is_none() => {
                self.domain = Some(reader.string()?);
                return Ok(self.envelope());
            }
            ("event_type", _) => self.is_broken_envelope = true,
            ("type", JsonType::String) if !is_envelope => {
                let name = reader.string()?;
                let kind =
                    find(|_, sign| matches!(sign, Sign::CloudEventType(own) if name == *own));
                return Ok(kind.map(bare));
            }
            // Another event, in an envelope or of CloudEvents.
            _ if is_envelope || self.is_cloud_event => {}
            ("specversion", _) => self.is_cloud_event = true,
            ("event", JsonType::Object) => return Ok(branch_of_event(reader)?.map(bare)),
            ("entity", JsonType::Object) => return Ok(self.entity(reader)?.map(bare)),
            _ => {
                if let Some(kind) = self.second_member(name) {
                    return Ok(Some(bare(kind)));
                }
            }
        }
        reader.skip_unchecked()?;
        Ok(None)
    }

    /// The event that the envelope announces, once its name and its domain are known.
    fn envelope(&self) -> Option<Recognition> {
        let (event_type, domain) = (self.event_type.as_deref()?, self.domain.as_deref()?);
        announced(event_type, Some(domain))
    }

    /// The event that all members leave, none of which has decided.
    fn otherwise(&self) -> Option<Recognition> {
        if self.is_broken_envelope || self.is_cloud_event {
            return None;
        }
        match &self.event_type {
            Some(event_type) => announced(event_type, self.domain.as_deref()),
            None => self.otherwise.map(|kind| Recognition { kind, is_enveloped: false }),
        }
    }

    fn entity(&mut self, reader: &mut Reader<'m>) -> Result<Option<EventKind>, Stop> {
        names_in(reader, |name| {
            let weaker =
                find(|_, sign| matches!(sign, Sign::EntityMemberUnlessOther(own) if name == *own));
            self.otherwise = weaker.or(self.otherwise);
            find(|_, sign| matches!(sign, Sign::EntityMember(own) if own.contains(&name)))
        })
    }

    fn second_member(&mut self, name: &str) -> Option<EventKind> {
        for (row, count) in ROWS.iter().zip(&mut self.counts) {
            let is_one =
                |sign: &Sign| matches!(sign, Sign::TwoMembersOf(own) if own.contains(&name));
            if row.signs.iter().any(is_one) {
                *count += 1;
                if *count == 2 {
                    return Some(row.kind);
                }
            }
        }
        None
    }
}

fn announced(event_type: &str, domain: Option<&str>) -> Option<Recognition> {
    let kind = find(|row, sign| {
        matches!(sign, Sign::EventType) && spelling::names(event_type, domain, row.contract)
    });
    kind.map(|kind| Recognition { kind, is_enveloped: true })
}

fn branch_of_event(reader: &mut Reader<'_>) -> Result<Option<EventKind>, Stop> {
    names_in(reader, |name| {
        find(|_, sign| matches!(sign, Sign::BranchOfEvent(start) if name.starts_with(start)))
    })
}

/// Reads the names in an object, up to the first that decides, or to its end.
fn names_in(
    reader: &mut Reader<'_>,
    mut decide: impl FnMut(&str) -> Option<EventKind>,
) -> Result<Option<EventKind>, Stop> {
    reader.begin_object()?;
    let mut first = true;
    while let Some(name) = reader.next_key(&mut first)? {
        if let Some(kind) = decide(&name) {
            return Ok(Some(kind));
        }
        reader.skip_unchecked()?;
    }
    Ok(None)
}

#[cfg(all(test, feature = "pismo", feature = "boost", feature = "specsavers"))]
mod tests {
    use super::{EventKind, Recognition, by_all_members, by_first_members};
    use crate::json::{Decode, Encode, Reader};
    use crate::json::{Map, RawJson, at_pointer};

    /// The same object with its members the other way round.
    fn reversed(message: &str) -> String {
        let members = Map::<RawJson>::decode(&mut Reader::new(message)).unwrap();
        let mut reversed = Map::<RawJson>::new();
        for (key, value) in members.iter().rev() {
            reversed.insert(key, value.clone());
        }
        let mut out = String::new();
        reversed.encode(&mut out);
        out
    }

    #[test]
    fn first_members_and_all_members_agree() {
        let dump = include_str!("../../schemas/boost/samples/kafka_dump.json");
        let samples = [
            include_str!("../../schemas/pismo/samples/accrual_incoming-1.json"),
            include_str!("../../schemas/pismo/samples/customer_incoming-1.json"),
            include_str!("../../schemas/pismo/samples/customer_outgoing-1.json"),
            include_str!("../../schemas/pismo/samples/recurring_charge_plan_incoming-1.json"),
            include_str!("../../schemas/specsavers/samples/customer_created.json"),
            at_pointer(dump, "/0/messages/0").unwrap(),
        ];
        for sample in samples {
            let first = by_first_members(sample);
            assert!(first.is_some(), "{sample}");
            assert_eq!(first, by_all_members(sample));
            assert_eq!(by_first_members(&reversed(sample)), first);
            for name in ["customer_incoming", "customer-outgoing-1", "accrual_incoming-7"] {
                let envelope =
                    format!(r#"{{"domain":"migration","event_type":"{name}","data":{sample}}}"#);
                let first = by_first_members(&envelope);
                assert!(first.is_some_and(|first| first.is_enveloped), "{envelope}");
                assert_eq!(first, by_all_members(&envelope));
                assert_eq!(by_first_members(&reversed(&envelope)), first);
            }
        }
    }

    #[test]
    fn falls_back_to_all_members_without_early_signs() {
        for message in [
            "",
            "[]",
            "{}",
            r#"{"event_type": "customer_incoming", "data": {"entity": {"migration": {}}}}"#,
            r#"{"event_type": "other", "domain": "migration", "status": "", "code": ""}"#,
            r#"{"event_type": 1, "status": "", "code": ""}"#,
            r#"{"specversion": "1.0", "type": "other", "status": "", "code": ""}"#,
            r#"{"detail-type": "", "source": "", "detail": {"status": "", "code": ""}}"#,
            r#"{"entity": {"migration": {}"#,
        ] {
            assert_eq!(by_first_members(message), None, "{message}");
        }
    }

    /// Every order of a few members.
    fn orders<'m>(members: &[&'m str]) -> Vec<Vec<&'m str>> {
        if members.is_empty() {
            return vec![Vec::new()];
        }
        let mut all = Vec::new();
        for (index, member) in members.iter().enumerate() {
            let mut rest = members.to_vec();
            rest.remove(index);
            all.extend(orders(&rest).into_iter().map(|order| [&[*member], &order[..]].concat()));
        }
        all
    }

    #[test]
    fn both_recognitions_agree_in_every_order() {
        const DOMAIN: &str = r#""domain": "migration""#;
        const DATA: &str = r#""data": {"entity": {"migration": {}}}"#;
        let outcome = [r#""status": "x""#, r#""code": "x""#, r#""migration": {}"#];
        type Case<'c> = (&'c [&'c str], Option<(EventKind, bool)>);
        let messages: [Case<'_>; 8] = [
            (
                &[r#""event_type": "customer-incoming-1""#, DOMAIN, DATA, r#""cid": "7""#],
                Some((EventKind::CustomerIncoming, true)),
            ),
            (
                &[r#""event_type": "accrual_incoming""#, DATA, r#""cid": "7""#],
                Some((EventKind::AccrualIncoming, true)),
            ),
            (&[r#""event_type": "other""#, DOMAIN, DATA], None),
            (&outcome, Some((EventKind::CustomerOutgoing, false))),
            (
                &[r#""entity": {"migration": {}, "accruals": []}"#, r#""x": 1"#],
                Some((EventKind::AccrualIncoming, false)),
            ),
            (
                &[r#""entity": {"migration": {}}"#, r#""x": 1"#, r#""status": 1"#],
                Some((EventKind::CustomerIncoming, false)),
            ),
            (
                &[
                    r#""type": "com.specsavers.customer.created""#,
                    r#""specversion": "1.0""#,
                    r#""data": {}"#,
                ],
                Some((EventKind::CustomerCreated, false)),
            ),
            (
                &[r#""event": {"uk.co.boostpower.support.kafka.messages.X": {}}"#, r#""x": 1"#],
                Some((EventKind::AccountMigration, false)),
            ),
        ];
        for (members, expected) in messages {
            let expected = expected.map(|(kind, is_enveloped)| Recognition { kind, is_enveloped });
            for order in orders(members) {
                let message = format!("{{{}}}", order.join(", "));
                assert_eq!(by_all_members(&message), expected, "{message}");
                let first = by_first_members(&message);
                assert!(first.is_none() || first == expected, "{message}");
            }
        }
    }

    #[test]
    fn both_recognitions_agree_on_mixed_signs() {
        let members = [
            r#""event_type": "customer_incoming""#,
            r#""domain": "migration""#,
            r#""status": "x""#,
            r#""code": "x""#,
            r#""entity": {"migration": {}, "processing_code": 1}"#,
            r#""type": "com.specsavers.customer.created""#,
        ];
        for order in orders(&members) {
            let message = format!("{{{}}}", order.join(", "));
            let first = by_first_members(&message);
            assert!(first.is_some(), "{message}");
            assert_eq!(first, by_all_members(&message), "{message}");
        }
    }
}
