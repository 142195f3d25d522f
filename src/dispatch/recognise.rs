//! Telling events apart by the names of a few members.

use crate::Contract;
use crate::envelope::{Layer, Unwrapped};
use crate::json::{Kind, Reader, balanced};
use std::borrow::Cow;
use std::ops::Range;

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

/// What a message says of itself before it is decoded.
///
/// Made from the outermost members only. It also exists for a message that breaks off, as far as that can
/// be read.
#[derive(Debug)]
pub struct Head<'m> {
    unwrapped: &'m Unwrapped<'m>,
    root: Members<'m>,
}

impl<'m> Head<'m> {
    pub(super) fn of(unwrapped: &'m Unwrapped<'m>) -> Self {
        Self { unwrapped, root: Members::of(unwrapped.message()) }
    }

    /// What is around the event, from the outside in.
    #[must_use]
    pub fn layers(&self) -> &[Layer] {
        self.unwrapped.layers()
    }

    /// The event, with the envelope of Pismo if it has one.
    #[must_use]
    pub fn message(&self) -> &'m str {
        self.unwrapped.message()
    }

    /// The event without the envelope of Pismo.
    #[must_use]
    pub fn payload(&self) -> &'m str {
        self.unwrapped.payload()
    }

    /// The `detail-type` of EventBridge.
    #[must_use]
    pub fn detail_type(&self) -> Option<&str> {
        self.unwrapped.detail_type()
    }

    /// The string that is an outermost member of the [`message`](Self::message), such as `event_type` or
    /// `type`.
    #[must_use]
    pub fn string(&self, member: &str) -> Option<Cow<'m, str>> {
        self.root.string(member)
    }

    /// Whether the [`message`](Self::message) has such an outermost member.
    #[must_use]
    pub fn has(&self, member: &str) -> bool {
        self.root.has(member)
    }

    /// Whether the message names a contract: in `event_type`, with hyphens for underscores and with or
    /// without a version, or in the CloudEvents `type` or the `detail-type` of EventBridge, literally.
    ///
    /// A contract `migration/meter_moved` is named by `meter_moved` in the domain `migration`.
    #[must_use]
    pub fn names(&self, contract: &Contract) -> bool {
        let (domain, name) = contract.name.rsplit_once('/').unwrap_or(("", contract.name));
        if let Some(event_type) = self.string("event_type") {
            let said = self.string("domain");
            return is_spelling(&event_type, name)
                && (domain.is_empty() || said.is_none_or(|said| said == domain));
        }
        self.string("type").is_some_and(|said| said == name) || self.detail_type() == Some(name)
    }

    pub(super) fn known(&self) -> Option<Known> {
        #[cfg(feature = "pismo")]
        if self.has("event_type") {
            return self.enveloped();
        }
        #[cfg(feature = "specsavers")]
        if self.string("type").as_deref() == Some("com.specsavers.customer.created") {
            return Some(Known::CustomerCreated);
        }
        // The type of another event.
        if self.has("specversion") {
            return None;
        }
        #[cfg(feature = "boost")]
        {
            const NAMESPACE: &str = "uk.co.boostpower.support.kafka.messages.";
            let event = self.root.inside("event");
            if event.names().any(|name| name.starts_with(NAMESPACE)) {
                return Some(Known::AccountMigration);
            }
        }
        #[cfg(feature = "pismo")]
        return self.bare();
        #[cfg(not(feature = "pismo"))]
        None
    }
}

#[cfg(feature = "pismo")]
impl Head<'_> {
    fn enveloped(&self) -> Option<Known> {
        use crate::{Event, pismo};
        let contracts: [(&Contract, _); 4] = [
            (pismo::CustomerIncoming::CONTRACT, Known::CustomerIncoming),
            (pismo::CustomerOutgoing::CONTRACT, Known::CustomerOutgoing),
            (pismo::AccrualIncoming::CONTRACT, Known::AccrualIncoming),
            (pismo::RecurringChargePlanIncoming::CONTRACT, Known::RecurringChargePlanIncoming),
        ];
        contracts.into_iter().find(|(contract, _)| self.names(contract)).map(|(_, known)| known)
    }

    /// A payload without envelope shows what it is by its properties.
    fn bare(&self) -> Option<Known> {
        let outgoing = ["status", "code", "migration"];
        if outgoing.iter().filter(|name| self.has(name)).count() >= 2 {
            return Some(Known::CustomerOutgoing);
        }
        let entity = self.root.inside("entity");
        let any = |names: &[&str]| names.iter().any(|name| entity.has(name));
        // `customer_incoming` comes last: it is open everywhere, so an accrual that lacks one property
        // would pass as a customer if that property alone told them apart.
        if any(&["accruals", "accounting_date", "authorization_type"]) {
            Some(Known::AccrualIncoming)
        } else if any(&["installment_amount", "processing_code", "number_of_cycles"]) {
            Some(Known::RecurringChargePlanIncoming)
        } else if entity.has("migration") {
            Some(Known::CustomerIncoming)
        } else {
            None
        }
    }
}

/// Whether an event type is this name, perhaps with a version behind a hyphen.
fn is_spelling(event_type: &str, name: &str) -> bool {
    let without_version = match event_type.rsplit_once('-') {
        Some((before, version))
            if !version.is_empty() && version.bytes().all(|byte| byte.is_ascii_digit()) =>
        {
            before
        }
        _ => event_type,
    };
    let same = |byte: u8| if byte == b'-' { b'_' } else { byte };
    without_version.bytes().map(same).eq(name.bytes().map(same))
}

/// The members of an object and where their values are, as far as the text can be read.
#[derive(Debug)]
struct Members<'t> {
    text: &'t str,
    list: Vec<(Cow<'t, str>, Range<usize>)>,
}

impl<'t> Members<'t> {
    /// Of a text that is no object: none.
    fn of(text: &'t str) -> Self {
        let mut members = Self { text, list: Vec::new() };
        let mut reader = Reader::new(text);
        let mut first = true;
        if reader.begin_object().is_err() {
            return members;
        }
        while let Ok(Some(key)) = reader.next_key(&mut first)
            && let Ok(kind) = reader.peek()
        {
            let start = reader.position();
            let end = match kind {
                Kind::Object | Kind::Array => balanced(text, start),
                _ => reader.skip().ok().map(|_| reader.position()),
            };
            // A value that breaks off goes on to the end of the text.
            members.list.push((key, start..end.unwrap_or(text.len())));
            match end {
                Some(end) => reader.jump(end),
                None => break,
            }
        }
        members
    }

    fn names(&self) -> impl Iterator<Item = &str> {
        self.list.iter().map(|(key, _)| &**key)
    }

    fn has(&self, name: &str) -> bool {
        self.names().any(|key| key == name)
    }

    fn place(&self, name: &str) -> Option<Range<usize>> {
        self.list.iter().find(|(key, _)| key == name).map(|(_, place)| place.clone())
    }

    fn string(&self, name: &str) -> Option<Cow<'t, str>> {
        Reader::new(&self.text[self.place(name)?]).string().ok()
    }

    /// The members of a member.
    #[cfg(any(feature = "boost", feature = "pismo"))]
    fn inside(&self, name: &str) -> Members<'t> {
        Members::of(self.place(name).map_or("", |place| &self.text[place]))
    }
}

#[cfg(test)]
mod tests {
    use super::is_spelling;

    #[test]
    fn an_event_type_has_four_spellings_and_any_version() {
        for spelling in ["meter_moved", "meter-moved", "meter_moved-1", "meter-moved-27"] {
            assert!(is_spelling(spelling, "meter_moved"), "{spelling}");
        }
        for other in ["meter_moved_1", "meter_moved-", "meter_moved-x", "meter", "Meter_moved", ""]
        {
            assert!(!is_spelling(other, "meter_moved"), "{other}");
        }
    }
}
