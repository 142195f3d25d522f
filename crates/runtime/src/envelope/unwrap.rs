//! Removal of the wrappers of message services, recognised by the names of a few members.

use crate::json::{JsonType, Reader, Stop, Syntax, SyntaxError};
use crate::{Event, Rejection};
use std::borrow::Cow;
use std::collections::HashSet;
use std::ops::Range;

/// A member that each wrapper of a message service must have; no wrapper is without one of them.
#[doc(hidden)]
pub const WRAPPER_MARKS: [&str; 2] = ["TopicArn", "detail-type"];

/// The maximum number of wrappers removed; the content of the last is left as it is.
const MAX_LAYERS: usize = 8;

/// Something around an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Layer {
    /// A notification of Amazon SNS, see [`Sns`](super::Sns).
    Sns,
    /// An event of Amazon EventBridge, see [`EventBridge`](super::EventBridge).
    EventBridge,
    /// The envelope of Pismo, see `pismo::Envelope`.
    Pismo,
}

impl Layer {
    /// The member that carries the content.
    #[must_use]
    pub const fn member(self) -> &'static str {
        match self {
            Self::Sns => "Message",
            Self::EventBridge => "detail",
            Self::Pismo => "data",
        }
    }
}

/// Where the event is in a message that may be wrapped; made by [`unwrap`].
#[derive(Clone)]
pub struct Unwrapped<'m> {
    /// The message, or the text of the innermost string that has escapes.
    text: Cow<'m, str>,
    message: Range<usize>,
    payload: Range<usize>,
    layers: Vec<Layer>,
    event_type: Option<Box<str>>,
    detail_type: Option<Box<str>>,
}

/// Finds the event in a message by what wraps it, whichever way round and up to eight deep.
///
/// Only the members of the wrappers are read: their grammar is checked, that none occurs twice, and the
/// names that distinguish them: `Type`, `Message` and `TopicArn` for SNS, `detail-type`, `source`
/// and `detail` for EventBridge, `event_type` and `data` for Pismo. An object with an `event_type` is an
/// envelope and no wrapper, and a notification is not an event of EventBridge: the order of the members does
/// not count. What is inside is found by its
/// brackets and not looked into, nor is anything copied, unless SNS holds it in an escaped form. A
/// message without a wrapper, or with a broken one, is its own event; decoding it reports the problem.
///
/// # Errors
/// The message is not UTF-8.
///
/// ```
/// use migration_events::envelope::{Layer, unwrap};
///
/// let message = r#"{"Type": "Notification", "TopicArn": "arn", "MessageId": "1", "Message":
///     "{\"detail-type\":\"t\",\"source\":\"s\",\"detail\":{\"event_type\":\"customer_incoming\",\"data\":{}}}"}"#;
/// let unwrapped = unwrap(message.as_bytes())?;
/// assert_eq!(unwrapped.layers(), [Layer::Sns, Layer::EventBridge, Layer::Pismo]);
/// assert_eq!(unwrapped.message(), r#"{"event_type":"customer_incoming","data":{}}"#);
/// assert_eq!(unwrapped.payload(), "{}");
/// assert_eq!(unwrapped.event_type(), Some("customer_incoming"));
/// # Ok::<(), migration_events::json::SyntaxError>(())
/// ```
pub fn unwrap(message: &[u8]) -> Result<Unwrapped<'_>, SyntaxError> {
    let text = str::from_utf8(message).map_err(|error| SyntaxError {
        offset: error.valid_up_to(),
        kind: Stop::Syntax(Syntax::NotUtf8),
    })?;
    let mut unwrapped = Unwrapped::whole(text);
    while unwrapped.further() {}
    Ok(unwrapped)
}

/// Reads an event that SNS or EventBridge may have wrapped, whichever way round.
///
/// An event of Pismo in its envelope is a `pismo::Envelope<T>`, or a `T` when the service has taken the
/// envelope off before.
///
/// # Errors
/// As [`Event::from_json`]; pointers are those of the event, without its wrappers.
///
/// ```
/// use migration_events::{envelope, specsavers::CustomerCreated};
///
/// let message = br#"{"detail-type": "customer", "source": "integration",
///     "detail": {"type": "com.specsavers.customer.created", "market": "GB"}}"#;
/// let created: CustomerCreated = envelope::from_json(message)?;
/// assert_eq!(created.market.as_deref(), Some("GB"));
/// # Ok::<(), migration_events::Rejection>(())
/// ```
pub fn from_json<T: Event>(message: &[u8]) -> Result<T, Rejection> {
    match unwrap(message) {
        Ok(unwrapped) => T::from_json(unwrapped.message().as_bytes()),
        Err(_) => T::from_json(message),
    }
}

impl<'m> Unwrapped<'m> {
    /// The event without the wrappers of message services; with the envelope of Pismo, if it has one.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.text[self.message.clone()]
    }

    /// The event without the envelope of Pismo too.
    #[must_use]
    pub fn payload(&self) -> &str {
        &self.text[self.payload.clone()]
    }

    /// Where [`message`](Self::message) begins in the message that was unwrapped, in bytes; `None` if it
    /// stands there in an escaped form.
    #[must_use]
    pub fn offset(&self) -> Option<usize> {
        matches!(self.text, Cow::Borrowed(_)).then_some(self.message.start)
    }

    /// Where [`payload`](Self::payload) begins in the message that was unwrapped, in bytes; `None` if it
    /// stands there in an escaped form.
    #[must_use]
    pub fn payload_offset(&self) -> Option<usize> {
        matches!(self.text, Cow::Borrowed(_)).then_some(self.payload.start)
    }

    /// The layers around the payload, from the outside in.
    #[must_use]
    pub fn layers(&self) -> &[Layer] {
        &self.layers
    }

    /// The payload's place as a JSON pointer (RFC 6901); it goes on from the string of an SNS
    /// notification into its text.
    #[must_use]
    pub fn pointer(&self) -> String {
        self.layers.iter().flat_map(|layer| ["/", layer.member()]).collect()
    }

    /// The `event_type` of the Pismo envelope.
    #[must_use]
    pub fn event_type(&self) -> Option<&str> {
        self.event_type.as_deref()
    }

    /// The `detail-type` of the innermost EventBridge event.
    #[must_use]
    pub fn detail_type(&self) -> Option<&str> {
        self.detail_type.as_deref()
    }

    /// The payload, free of the wrappers; borrowed from the message where it stands there as it is.
    #[must_use]
    pub fn into_payload(self) -> Cow<'m, str> {
        match self.text {
            Cow::Borrowed(text) => Cow::Borrowed(&text[self.payload]),
            Cow::Owned(mut text) => {
                text.truncate(self.payload.end);
                Cow::Owned(text.split_off(self.payload.start))
            }
        }
    }

    /// A message as it came.
    #[doc(hidden)]
    #[must_use]
    pub fn whole(text: &'m str) -> Self {
        Self {
            text: Cow::Borrowed(text),
            message: 0..text.len(),
            payload: 0..text.len(),
            layers: Vec::new(),
            event_type: None,
            detail_type: None,
        }
    }

    /// Removes one layer. Returns whether there may be another one inside of it.
    #[doc(hidden)]
    pub fn further(&mut self) -> bool {
        self.layers.len() < MAX_LAYERS && self.step().is_some()
    }

    /// Removes one layer; `None` when there is none, or none inside of it.
    fn step(&mut self) -> Option<()> {
        let text = self.payload();
        let seen = Seen::of(text)?;
        let (layer, inside) = seen.layer()?;
        verify(text, &inside)?;
        let start = self.payload.start;
        let mut place = start + inside.start..start + inside.end;
        match layer {
            Layer::Sns => match Reader::new(&text[inside]).string().ok()? {
                Cow::Borrowed(_) => place = place.start + 1..place.end - 1,
                Cow::Owned(inner) => {
                    place = 0..inner.len();
                    self.text = Cow::Owned(inner);
                }
            },
            Layer::EventBridge => self.detail_type = seen.detail_type.map(|name| (*name).into()),
            Layer::Pismo => self.event_type = seen.event_type.map(|name| (*name).into()),
        }
        if layer != Layer::Pismo {
            self.message = place.clone();
        }
        self.payload = place;
        self.layers.push(layer);
        // What is in the envelope is the event, whatever it looks like.
        (layer != Layer::Pismo).then_some(())
    }
}

// Shows the position of the event, not its content.
impl std::fmt::Debug for Unwrapped<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Unwrapped")
            .field("layers", &self.layers)
            .field("offset", &self.offset())
            .field("payload_offset", &self.payload_offset())
            .finish_non_exhaustive()
    }
}

/// The members of an object by which wrappers are recognised.
#[derive(Default)]
struct Seen<'t> {
    kind: Option<Cow<'t, str>>,
    message: Option<Range<usize>>,
    topic_arn: Option<Cow<'t, str>>,
    detail_type: Option<Cow<'t, str>>,
    source: Option<Cow<'t, str>>,
    detail: Option<Range<usize>>,
    event_type: Option<Cow<'t, str>>,
    data: Option<Range<usize>>,
}

impl<'t> Seen<'t> {
    /// `None` when the text is not an object, or breaks off.
    fn of(text: &'t str) -> Option<Self> {
        let mut seen = Self::default();
        let mut reader = Reader::new(text);
        reader.begin_object().ok()?;
        let mut first = true;
        while let Some(key) = reader.next_key(&mut first).ok()? {
            let kind = reader.peek().ok()?;
            let start = reader.position();
            match kind {
                JsonType::String => {
                    let string = reader.string().ok()?;
                    match &*key {
                        "Type" => seen.kind = Some(string),
                        "TopicArn" => seen.topic_arn = Some(string),
                        "Message" => seen.message = Some(start..reader.position()),
                        "detail-type" => seen.detail_type = Some(string),
                        "source" => seen.source = Some(string),
                        "event_type" => seen.event_type = Some(string),
                        _ => {}
                    }
                }
                JsonType::Object | JsonType::Array => {
                    reader.skip_unchecked().ok()?;
                    let end = reader.position();
                    match &*key {
                        "detail" if kind == JsonType::Object => seen.detail = Some(start..end),
                        "data" if kind == JsonType::Object => seen.data = Some(start..end),
                        _ => {}
                    }
                }
                _ => drop(reader.skip().ok()?),
            }
        }
        reader.end().ok().map(|()| seen)
    }

    /// Classifies the object and returns the range of the text inside of it.
    fn layer(&self) -> Option<(Layer, Range<usize>)> {
        // The envelope names its event, whatever is beside it.
        if self.event_type.is_some() {
            return self.data.clone().map(|data| (Layer::Pismo, data));
        }
        if self.kind.as_deref() == Some("Notification") && self.topic_arn.is_some() {
            return self.message.clone().map(|message| (Layer::Sns, message));
        }
        if self.detail_type.is_some() && self.source.is_some() {
            return self.detail.clone().map(|detail| (Layer::EventBridge, detail));
        }
        None
    }
}

/// Checks a wrapper, apart from its content: it is legal, and no key occurs twice.
fn verify(text: &str, inside: &Range<usize>) -> Option<()> {
    let mut reader = Reader::new(text);
    let mut keys = HashSet::new();
    reader.begin_object().ok()?;
    let mut first = true;
    while let Some(key) = reader.next_key(&mut first).ok()? {
        keys.insert(key).then_some(())?;
        reader.peek().ok()?;
        if reader.position() == inside.start {
            reader.jump(inside.end);
        } else {
            reader.skip().ok()?;
        }
    }
    Some(())
}
