//! The outermost members of a message, by which a service recognises contracts of its own.

use super::recognise::{self, Verdict};
use crate::envelope::{Layer, Unwrapped};
use crate::json::Reader;
use crate::{Contract, spelling};
use std::borrow::Cow;
use std::ops::Range;

/// The outermost members of a message that is not decoded yet.
///
/// Of a message that breaks off it holds what can be read.
#[derive(Debug)]
pub struct MessageHead<'m> {
    unwrapped: &'m Unwrapped<'m>,
    root: Members<'m>,
}

impl<'m> MessageHead<'m> {
    pub(super) fn of(unwrapped: &'m Unwrapped<'m>) -> Self {
        Self { unwrapped, root: Members::of(unwrapped.message()) }
    }

    /// The layers around the event, from the outside in.
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

    /// Returns whether the [`message`](Self::message) has such an outermost member.
    #[must_use]
    pub fn has(&self, member: &str) -> bool {
        self.root.has(member)
    }

    /// Returns whether the message names a contract: in `event_type`, with hyphens for underscores and with or
    /// without a version, or in the CloudEvents `type` or the `detail-type` of EventBridge, literally.
    ///
    /// A contract `migration/meter_moved` is named by `meter_moved` in the domain `migration`.
    #[must_use]
    pub fn names(&self, contract: &Contract) -> bool {
        if let Some(event_type) = self.string("event_type") {
            return spelling::names(&event_type, self.string("domain").as_deref(), contract);
        }
        let (_, name) = spelling::domain_and_name(contract);
        self.string("type").is_some_and(|said| said == name) || self.detail_type() == Some(name)
    }

    /// The event of a built-in family that the message is.
    pub(super) fn verdict(&self) -> Verdict {
        recognise::by_all_members(self.unwrapped.message())
    }
}

/// The members of an object and where their values are, as far as the text can be read.
#[derive(Debug)]
struct Members<'t> {
    text: &'t str,
    list: Vec<(Cow<'t, str>, Range<usize>)>,
}

impl<'t> Members<'t> {
    /// The members of `text`; none if it is not an object.
    fn of(text: &'t str) -> Self {
        let mut members = Self { text, list: Vec::new() };
        let mut reader = Reader::new(text);
        let mut first = true;
        if reader.begin_object().is_err() {
            return members;
        }
        while let Ok(Some(key)) = reader.next_key(&mut first)
            && reader.peek().is_ok()
        {
            let start = reader.position();
            let is_whole = reader.skip_unchecked().is_ok();
            // A value that breaks off goes on to the end of the text.
            let end = if is_whole { reader.position() } else { text.len() };
            members.list.push((key, start..end));
            if !is_whole {
                break;
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
}
