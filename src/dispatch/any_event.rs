//! Any event of the built-in families.

use super::Dispatcher;
use super::dispatcher::Rejected;
use super::early::Told;
#[cfg(any(feature = "boost", feature = "pismo", feature = "specsavers"))]
use super::known::Known;
use crate::avro::Framing;
use crate::identity::{IdempotencyKey, Identified, MigrationKey};
use crate::json::{Decode, Encode, RawJson, Reader, Stop};
use crate::validate::schema::Schema;
use crate::{Contract, Decoder, Described, Event, Rejection};
use std::borrow::Cow;

#[cfg(feature = "boost")]
use crate::boost;
#[cfg(feature = "pismo")]
use crate::pismo;
#[cfg(feature = "specsavers")]
use crate::specsavers;

/// A message as the event that it is.
///
/// Later versions may add events.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum AnyEvent {
    /// A customer to be migrated.
    #[cfg(feature = "pismo")]
    CustomerIncoming(Box<Delivered<pismo::CustomerIncoming>>),
    /// How the migration of a customer ended.
    #[cfg(feature = "pismo")]
    CustomerOutgoing(Box<Delivered<pismo::CustomerOutgoing>>),
    /// An accrual to be migrated.
    #[cfg(feature = "pismo")]
    AccrualIncoming(Box<Delivered<pismo::AccrualIncoming>>),
    /// A recurring charge plan to be migrated.
    #[cfg(feature = "pismo")]
    RecurringChargePlanIncoming(Box<Delivered<pismo::RecurringChargePlanIncoming>>),
    /// A step in the migration of an account.
    #[cfg(feature = "boost")]
    AccountMigration(Box<boost::AccountMigrationEvent>),
    /// A customer was created.
    #[cfg(feature = "specsavers")]
    CustomerCreated(Box<specsavers::CustomerCreated>),
    /// Any other JSON text.
    Unknown(Unknown),
    /// Any other Avro datum.
    UnknownDatum(UnknownDatum),
}

/// An event of Pismo as it came: in its envelope, or without.
///
/// Derefs to the event.
#[cfg(feature = "pismo")]
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(clippy::large_enum_variant, reason = "`AnyEvent` holds it in a box")]
pub enum Delivered<T> {
    /// The event alone.
    Bare(T),
    /// The event in its envelope.
    Enveloped(pismo::Envelope<T>),
}

/// A JSON text that follows no known contract.
///
/// It is an [`Event`] that may hold anything, so that it can be written back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unknown {
    /// All of it, without what SNS and EventBridge put around it.
    pub message: RawJson,
}

/// An Avro datum of a schema that is not known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownDatum {
    /// What names the schema.
    pub framing: Framing,
    /// The datum.
    pub datum: Vec<u8>,
}

impl AnyEvent {
    /// Tells which event a JSON message is, and decodes it.
    ///
    /// # Errors
    /// The message is the event of a contract that it breaks, or no JSON text; as
    /// [`Event::from_json`]. Pointers are those of the event, without what SNS and EventBridge put around
    /// it.
    pub fn from_json(message: &[u8]) -> Result<Self, Rejection> {
        Dispatcher::<Self>::new().from_json(message)
    }

    /// Tells which event a message is, JSON text or a framed Avro datum, and decodes it.
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
    /// # Ok::<(), migration_events::dispatch::Rejected>(())
    /// ```
    pub fn from_bytes(message: &[u8]) -> Result<Self, Rejected> {
        Dispatcher::<Self>::new().from_bytes(message)
    }

    /// The contract that the event follows; of an unknown one, one that allows anything.
    #[must_use]
    pub fn contract(&self) -> &'static Contract {
        match self {
            #[cfg(feature = "pismo")]
            Self::CustomerIncoming(_) => pismo::CustomerIncoming::CONTRACT,
            #[cfg(feature = "pismo")]
            Self::CustomerOutgoing(_) => pismo::CustomerOutgoing::CONTRACT,
            #[cfg(feature = "pismo")]
            Self::AccrualIncoming(_) => pismo::AccrualIncoming::CONTRACT,
            #[cfg(feature = "pismo")]
            Self::RecurringChargePlanIncoming(_) => pismo::RecurringChargePlanIncoming::CONTRACT,
            #[cfg(feature = "boost")]
            Self::AccountMigration(_) => boost::AccountMigrationEvent::CONTRACT,
            #[cfg(feature = "specsavers")]
            Self::CustomerCreated(_) => specsavers::CustomerCreated::CONTRACT,
            Self::Unknown(_) | Self::UnknownDatum(_) => Unknown::CONTRACT,
        }
    }

    /// Decodes a message that was told, or one that is unknown.
    pub(super) fn decode(
        told: Option<Told>,
        message: &[u8],
        decoder: &Decoder,
    ) -> Result<Self, Rejection> {
        let Some(told) = told else {
            return decoder.decode(message).map(Self::Unknown);
        };
        match told.known {
            #[cfg(feature = "pismo")]
            Known::CustomerIncoming => {
                delivered(told.is_enveloped, message, decoder).map(Self::CustomerIncoming)
            }
            #[cfg(feature = "pismo")]
            Known::CustomerOutgoing => {
                delivered(told.is_enveloped, message, decoder).map(Self::CustomerOutgoing)
            }
            #[cfg(feature = "pismo")]
            Known::AccrualIncoming => {
                delivered(told.is_enveloped, message, decoder).map(Self::AccrualIncoming)
            }
            #[cfg(feature = "pismo")]
            Known::RecurringChargePlanIncoming => delivered(told.is_enveloped, message, decoder)
                .map(Self::RecurringChargePlanIncoming),
            #[cfg(feature = "boost")]
            Known::AccountMigration => {
                decoder.decode(message).map(|event| Self::AccountMigration(Box::new(event)))
            }
            #[cfg(feature = "specsavers")]
            Known::CustomerCreated => {
                decoder.decode(message).map(|event| Self::CustomerCreated(Box::new(event)))
            }
        }
    }

    pub(super) fn decode_datum(framing: Framing, datum: &[u8]) -> Result<Self, Rejected> {
        #[cfg(feature = "boost")]
        {
            let fingerprint =
                <boost::AccountMigrationEvent as crate::avro::Described>::SCHEMA.rabin;
            if framing == (Framing::SingleObject { fingerprint }) {
                let event = boost::AccountMigrationEvent::from_avro(datum)?;
                return Ok(Self::AccountMigration(Box::new(event)));
            }
        }
        Ok(Self::UnknownDatum(UnknownDatum { framing, datum: datum.to_vec() }))
    }

    fn identified(&self) -> Option<&dyn Identified> {
        match self {
            #[cfg(feature = "pismo")]
            Self::CustomerIncoming(event) => Some(&**event),
            #[cfg(feature = "pismo")]
            Self::CustomerOutgoing(event) => Some(&**event),
            #[cfg(feature = "pismo")]
            Self::AccrualIncoming(event) => Some(&**event),
            #[cfg(feature = "pismo")]
            Self::RecurringChargePlanIncoming(event) => Some(&**event),
            #[cfg(feature = "boost")]
            Self::AccountMigration(event) => Some(&**event),
            #[cfg(feature = "specsavers")]
            Self::CustomerCreated(event) => Some(&**event),
            Self::Unknown(_) | Self::UnknownDatum(_) => None,
        }
    }
}

/// Reads an event of Pismo: with its envelope, or alone.
#[cfg(feature = "pismo")]
fn delivered<T: Event>(
    is_enveloped: bool,
    message: &[u8],
    decoder: &Decoder,
) -> Result<Box<Delivered<T>>, Rejection> {
    let delivered = if is_enveloped {
        Delivered::Enveloped(decoder.decode(message)?)
    } else {
        Delivered::Bare(decoder.decode(message)?)
    };
    Ok(Box::new(delivered))
}

/// What is not known says nothing of itself.
impl Identified for AnyEvent {
    fn migration_key(&self) -> Option<MigrationKey<'_>> {
        self.identified()?.migration_key()
    }

    fn migration_keys(&self) -> Vec<MigrationKey<'_>> {
        self.identified().map(Identified::migration_keys).unwrap_or_default()
    }

    fn correlation_id(&self) -> Option<Cow<'_, str>> {
        self.identified()?.correlation_id()
    }

    fn idempotency_key(&self) -> Option<IdempotencyKey> {
        self.identified()?.idempotency_key()
    }
}

#[cfg(feature = "pismo")]
impl<T> Delivered<T> {
    /// The envelope, if there was one.
    #[must_use]
    pub fn envelope(&self) -> Option<&pismo::Envelope<T>> {
        match self {
            Self::Bare(_) => None,
            Self::Enveloped(envelope) => Some(envelope),
        }
    }

    /// The event alone.
    #[must_use]
    pub fn into_event(self) -> T {
        match self {
            Self::Bare(event) => event,
            Self::Enveloped(envelope) => envelope.data,
        }
    }
}

#[cfg(feature = "pismo")]
impl<T> std::ops::Deref for Delivered<T> {
    type Target = T;

    fn deref(&self) -> &T {
        match self {
            Self::Bare(event) => event,
            Self::Enveloped(envelope) => &envelope.data,
        }
    }
}

#[cfg(feature = "pismo")]
impl<T: Identified> Identified for Delivered<T> {
    fn migration_key(&self) -> Option<MigrationKey<'_>> {
        match self {
            Self::Bare(event) => event.migration_key(),
            Self::Enveloped(envelope) => envelope.migration_key(),
        }
    }

    fn migration_keys(&self) -> Vec<MigrationKey<'_>> {
        match self {
            Self::Bare(event) => event.migration_keys(),
            Self::Enveloped(envelope) => envelope.migration_keys(),
        }
    }

    fn correlation_id(&self) -> Option<Cow<'_, str>> {
        match self {
            Self::Bare(event) => event.correlation_id(),
            Self::Enveloped(envelope) => envelope.correlation_id(),
        }
    }

    fn idempotency_key(&self) -> Option<IdempotencyKey> {
        match self {
            Self::Bare(event) => event.idempotency_key(),
            Self::Enveloped(envelope) => envelope.idempotency_key(),
        }
    }
}

impl Decode for Unknown {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, Stop> {
        RawJson::decode(reader).map(|message| Self { message })
    }
}

impl Encode for Unknown {
    fn encode(&self, out: &mut String) {
        self.message.encode(out);
    }
}

impl Described for Unknown {
    const SCHEMA: &'static Schema = &Schema { has_keywords: false, pointer: "", assertions: &[] };
}

impl Event for Unknown {
    const CONTRACT: &'static Contract = &Contract::__new("any", "event", None, "", None);
    const PUBLISHED: &'static Schema = <Self as Described>::SCHEMA;
}
