//! Decoding messages as events of the built-in families and of a service's own contracts.

use super::any_event::AnyEvent;
use super::early::by_first_members;
use super::head::MessageHead;
use super::recognise::Verdict;
use crate::avro::{self, DatumError, Framing};
use crate::envelope::{Layer, Unwrapped, unwrap};
use crate::{Decoder, Event, Rejection};
use std::fmt;

/// Decodes messages as the events that they are, those of a service's own contracts among them.
///
/// `E` is the service's enum of all events that it takes.
///
/// ```
/// # #[cfg(feature = "pismo-core")] {
/// use migration_events::{AnyEvent, Event, dispatch::Dispatcher, pismo};
/// # mod acme {
/// #     // Stands in for a type generated from a contract of the service's own.
/// #     pub use migration_events::dispatch::Unknown as MeterMoved;
/// # }
///
/// enum Incoming {
///     Meter(acme::MeterMoved),
///     Published(AnyEvent),
/// }
///
/// impl From<AnyEvent> for Incoming {
///     fn from(event: AnyEvent) -> Self {
///         Self::Published(event)
///     }
/// }
///
/// let dispatcher = Dispatcher::<Incoming>::new()
///     .register_if(|head| head.string("kind").as_deref() == Some("meter"), Incoming::Meter);
///
/// assert!(matches!(dispatcher.from_json(br#"{"kind": "meter"}"#)?, Incoming::Meter(_)));
/// assert!(matches!(dispatcher.from_json(br#"{"kind": "none"}"#)?, Incoming::Published(AnyEvent::Unknown(_))));
/// # }
/// # Ok::<(), migration_events::Rejection>(())
/// ```
pub struct Dispatcher<E> {
    decoder: Decoder,
    messages: Vec<MessageRoute<E>>,
    datums: Vec<DatumRoute<E>>,
    resolved: Vec<Box<DecodeResolved<E>>>,
}

struct MessageRoute<E> {
    recognises: Box<dyn Fn(&MessageHead<'_>) -> bool + Send + Sync>,
    decode: Box<DecodeMessage<E>>,
}

struct DatumRoute<E> {
    framing: Framing,
    decode: Box<DecodeDatum<E>>,
}

type DecodeMessage<E> = dyn Fn(&Decoder, &MessageHead<'_>) -> Result<E, Rejection> + Send + Sync;
type DecodeDatum<E> = dyn Fn(&[u8]) -> Result<E, DatumError> + Send + Sync;
/// `None` for a datum of another type.
type DecodeResolved<E> =
    dyn Fn(Framing, &[u8]) -> Result<Option<E>, MessageRejection> + Send + Sync;

/// The rejection of a message that breaks the contract, or the Avro schema, of its event.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum MessageRejection {
    /// JSON text.
    #[error(transparent)]
    Json(#[from] Rejection),
    /// An Avro datum.
    #[error(transparent)]
    Avro(#[from] DatumError),
    /// An Avro datum whose schema could not be looked up or resolved.
    #[cfg(feature = "avro")]
    #[error(transparent)]
    Resolver(crate::avro::ResolverError<super::store_error::StoreError>),
}

impl<E: From<AnyEvent>> Dispatcher<E> {
    /// A dispatcher that knows the built-in families, with the limits of [`Decoder::new`].
    #[must_use]
    pub fn new() -> Self {
        Self {
            decoder: Decoder::new(),
            messages: Vec::new(),
            datums: Vec::new(),
            resolved: Vec::new(),
        }
    }

    /// Decodes within these limits, and as strictly.
    #[must_use]
    pub fn with_decoder(self, decoder: Decoder) -> Self {
        Self { decoder, ..self }
    }

    /// Takes messages that [name](MessageHead::names) the contract of `T`: their payload is decoded as `T`.
    ///
    /// The routes of a service are tried before the built-in families, in the order of registration.
    #[must_use]
    pub fn register<T: Event + 'static>(
        self,
        into: impl Fn(T) -> E + Send + Sync + 'static,
    ) -> Self {
        let recognises = |head: &MessageHead<'_>| head.names(T::CONTRACT);
        self.route(recognises, move |decoder, head| {
            decoder.decode(head.payload().as_bytes()).map(&into)
        })
    }

    /// Takes messages that `recognises` accepts: the whole message, with its envelope if it has one, is
    /// decoded as `T`. It gets to see every JSON message, broken ones too.
    #[must_use]
    pub fn register_if<T: Event + 'static>(
        self,
        recognises: impl Fn(&MessageHead<'_>) -> bool + Send + Sync + 'static,
        into: impl Fn(T) -> E + Send + Sync + 'static,
    ) -> Self {
        self.route(recognises, move |decoder, head| {
            decoder.decode(head.message().as_bytes()).map(&into)
        })
    }

    /// Takes Avro messages in the wire format of a schema registry whose schema has this id there. The
    /// schema must be the one of `T`; where it may be another version, `register_resolved` looks it up (feature
    /// `avro`).
    #[must_use]
    pub fn register_schema_id<T: avro::Datum + 'static>(
        self,
        id: u32,
        into: impl Fn(T) -> E + Send + Sync + 'static,
    ) -> Self {
        self.datum_route(Framing::Confluent { id }, into)
    }

    /// Takes Avro messages in the single-object encoding that have the fingerprint of the schema of `T`.
    #[must_use]
    pub fn register_avro<T: avro::AvroContract + 'static>(
        self,
        into: impl Fn(T) -> E + Send + Sync + 'static,
    ) -> Self {
        self.datum_route(Framing::SingleObject { fingerprint: T::SCHEMA.rabin }, into)
    }

    fn route(
        mut self,
        recognises: impl Fn(&MessageHead<'_>) -> bool + Send + Sync + 'static,
        decode: impl Fn(&Decoder, &MessageHead<'_>) -> Result<E, Rejection> + Send + Sync + 'static,
    ) -> Self {
        let (recognises, decode) = (Box::new(recognises), Box::new(decode));
        self.messages.push(MessageRoute { recognises, decode });
        self
    }

    fn datum_route<T: avro::Datum + 'static>(
        mut self,
        framing: Framing,
        into: impl Fn(T) -> E + Send + Sync + 'static,
    ) -> Self {
        let decode = Box::new(move |datum: &[u8]| avro::from_datum(datum).map(&into));
        self.datums.push(DatumRoute { framing, decode });
        self
    }

    #[cfg(feature = "avro")]
    pub(super) fn route_resolved(
        mut self,
        decode: impl Fn(Framing, &[u8]) -> Result<Option<E>, MessageRejection> + Send + Sync + 'static,
    ) -> Self {
        self.resolved.push(Box::new(decode));
        self
    }

    /// Recognises which event a JSON message is, and decodes it.
    ///
    /// # Errors
    /// As [`AnyEvent::from_json`].
    pub fn from_json(&self, message: &[u8]) -> Result<E, Rejection> {
        // What is too long is not looked at.
        if !self.decoder.takes(message) {
            return self.decoder.decode(message).map(AnyEvent::Unknown).map(E::from);
        }
        let text = match str::from_utf8(message) {
            Ok(text) => text,
            Err(error) => return self.not_utf8(message, error.valid_up_to()),
        };
        let mut unwrapped = Unwrapped::whole(text);
        let mut tried = None;
        loop {
            // A contract of the service's own may be recognised by anything in the message.
            if self.messages.is_empty()
                && tried.is_none()
                && let Some(recognition) = by_first_members(unwrapped.message())
            {
                let verdict = Verdict::Event(recognition);
                let message = unwrapped.message().as_bytes();
                let decoded = AnyEvent::decode(verdict, message, &self.decoder);
                if decoded.as_ref().is_ok_and(|event| !event.has_further_sign()) {
                    return decoded.map(E::from);
                }
                tried = Some((verdict, wrappers(&unwrapped), decoded));
            }
            if !unwrapped.further() {
                break;
            }
        }
        let head = MessageHead::of(&unwrapped);
        if let Some(route) = self.messages.iter().find(|route| (route.recognises)(&head)) {
            return (route.decode)(&self.decoder, &head);
        }
        let verdict = head.verdict();
        let decoded = match tried {
            Some((hasty, within, decoded))
                if hasty == verdict && within == wrappers(&unwrapped) =>
            {
                decoded
            }
            _ => AnyEvent::decode(verdict, head.message().as_bytes(), &self.decoder),
        };
        decoded.map(E::from)
    }

    /// Rejects a message by the contract that it names in what can be read of it.
    #[cold]
    fn not_utf8(&self, message: &[u8], readable: usize) -> Result<E, Rejection> {
        let verdict = match unwrap(&message[..readable]) {
            Ok(part) => MessageHead::of(&part).verdict(),
            Err(_) => Verdict::Unknown,
        };
        AnyEvent::decode(verdict, message, &self.decoder).map(E::from)
    }

    /// Recognises which event a message is, JSON text or a framed Avro datum, and decodes it.
    ///
    /// # Errors
    /// As [`AnyEvent::from_bytes`].
    pub fn from_bytes(&self, message: &[u8]) -> Result<E, MessageRejection> {
        // No JSON text begins with the first byte of a framing.
        let Some((framing, datum)) = Framing::split(message) else {
            return Ok(self.from_json(message)?);
        };
        if let Some(route) = self.datums.iter().find(|route| route.framing == framing) {
            return Ok((route.decode)(datum)?);
        }
        let event = AnyEvent::decode_datum(framing, datum)?;
        if matches!(event, AnyEvent::UnknownDatum(_)) {
            for decode in &self.resolved {
                if let Some(event) = decode(framing, datum)? {
                    return Ok(event);
                }
            }
        }
        Ok(event.into())
    }
}

/// Number of wrappers of message services that were removed.
fn wrappers(unwrapped: &Unwrapped<'_>) -> usize {
    unwrapped.layers().iter().filter(|layer| **layer != Layer::Pismo).count()
}

impl AnyEvent {
    /// Recognises which event a JSON message is, and decodes it.
    ///
    /// # Errors
    /// The message is the event of a contract that it breaks, or no JSON text; as
    /// [`Event::from_json`]. Pointers are those of the event, without what SNS and EventBridge put around
    /// it.
    pub fn from_json(message: &[u8]) -> Result<Self, Rejection> {
        Dispatcher::<Self>::new().from_json(message)
    }

    /// Recognises which event a message is, JSON text or a framed Avro datum, and decodes it.
    ///
    /// # Errors
    /// As [`from_json`](Self::from_json); a datum of a known schema is none of it.
    ///
    /// ```
    /// # #[cfg(feature = "boost")] {
    /// use migration_events::{AnyEvent, avro::single_object, boost};
    ///
    /// # let text = include_bytes!("../../schemas/boost/samples/kafka_dump.json");
    /// # let event = boost::Dump::from_json(text).unwrap().messages().next().unwrap().event.unwrap();
    /// let message = single_object::encode(&event);
    /// assert_eq!(AnyEvent::from_bytes(&message)?, AnyEvent::AccountMigration(event.into()));
    /// # }
    /// # Ok::<(), migration_events::dispatch::MessageRejection>(())
    /// ```
    pub fn from_bytes(message: &[u8]) -> Result<Self, MessageRejection> {
        Dispatcher::<Self>::new().from_bytes(message)
    }
}

impl<E: From<AnyEvent>> Default for Dispatcher<E> {
    fn default() -> Self {
        Self::new()
    }
}

impl<E> fmt::Debug for Dispatcher<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Dispatcher")
            .field("decoder", &self.decoder)
            .field("own_contracts", &(self.messages.len() + self.datums.len()))
            .finish_non_exhaustive()
    }
}
