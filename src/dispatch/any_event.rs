//! Any event of the built-in families.

use super::early::{Leftover, Recognised};
use super::recognise::Verdict;
use super::signs::EventKind;
use crate::avro::{DatumError, Framing};
use crate::identity::{IdempotencyKey, Identified, MigrationKey};
use crate::json::{Decode, Encode, RawJson, Reader, Stop};
use crate::validate::schema::Schema;
use crate::{Contract, Decoder, Described, Event, Rejection};
use std::borrow::Cow;

#[cfg(feature = "boost")]
use crate::boost;
#[cfg(feature = "pismo-core")]
use crate::pismo;
#[cfg(feature = "specsavers")]
use crate::specsavers;

/// The type that a row of the table holds.
macro_rules! payload {
    (Enveloped $event:ty) => { pismo::Delivered<$event> };
    ($delivery:ident $event:ty) => { $event };
}

/// Decodes an event as a row of the table says that it is delivered.
macro_rules! decode {
    (Enveloped $recognition:ident, $message:ident, $decoder:ident) => {
        pismo::Delivered::decode($recognition.is_enveloped, $message, $decoder)
    };
    ($delivery:ident $recognition:ident, $message:ident, $decoder:ident) => {
        $decoder.decode($message)
    };
}

/// Decodes a datum, if a row of the table is delivered as Avro and the fingerprint is that of its schema.
macro_rules! decode_datum {
    (Avro $event:ty, $variant:ident, $framing:ident, $datum:ident) => {
        let fingerprint = <$event as crate::avro::AvroContract>::SCHEMA.rabin;
        if $framing == (Framing::SingleObject { fingerprint }) {
            return Ok(Self::$variant(Box::new(<$event>::from_avro($datum)?)));
        }
    };
    ($delivery:ident $event:ty, $variant:ident, $framing:ident, $datum:ident) => {};
}

macro_rules! any_event {
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
        /// A message as the event that it is.
        ///
        /// Later versions may add events.
        #[derive(Debug, Clone, PartialEq)]
        #[non_exhaustive]
        pub enum AnyEvent {
            $($(
                $(#[$doc])+
                #[cfg(feature = $feature)]
                $variant(Box<payload!($delivery $family::$event)>),
            )*)*
            /// Any other JSON text.
            Unknown(Unknown),
            /// Any other Avro datum.
            UnknownDatum(UnknownDatum),
        }

        impl AnyEvent {
            /// The contract that the event follows; of an unknown one, one that allows anything.
            #[must_use]
            pub fn contract(&self) -> &'static Contract {
                match self {
                    $($(
                        #[cfg(feature = $feature)]
                        Self::$variant(_) => <$family::$event as Event>::CONTRACT,
                    )*)*
                    Self::Unknown(_) | Self::UnknownDatum(_) => Unknown::CONTRACT,
                }
            }

            /// Decodes a message as the event that it is, or as an unknown one.
            pub(super) fn decode(
                verdict: Verdict,
                message: &[u8],
                decoder: &Decoder,
            ) -> Result<Self, Rejection> {
                let recognition = match verdict {
                    Verdict::Event(recognition) => recognition,
                    Verdict::Unknown => return decoder.decode(message).map(Self::Unknown),
                    Verdict::Ambiguous(one, other) => {
                        let _: Unknown = decoder.decode(message)?;
                        return Err(decoder.ambiguous(
                            Unknown::CONTRACT,
                            one.contract(),
                            other.contract(),
                        ));
                    }
                };
                match recognition.kind {
                    $($(
                        #[cfg(feature = $feature)]
                        EventKind::$variant => decode!($delivery recognition, message, decoder)
                            .map(|event| Self::$variant(Box::new(event))),
                    )*)*
                }
            }

            /// Decodes an Avro datum whose framing names the schema.
            pub(super) fn decode_datum(
                framing: Framing,
                datum: &[u8],
            ) -> Result<Self, DatumError> {
                $($(
                    #[cfg(feature = $feature)]
                    {
                        decode_datum!($delivery $family::$event, $variant, framing, datum);
                    }
                )*)*
                Ok(Self::UnknownDatum(UnknownDatum { framing, datum: datum.to_vec() }))
            }

            /// Returns whether a member beside those of the contract may make it another event.
            pub(super) fn has_further_sign(&self) -> bool {
                match self {
                    $($(
                        #[cfg(feature = $feature)]
                        Self::$variant(event) => event.leftover().has_sign(),
                    )*)*
                    Self::Unknown(_) | Self::UnknownDatum(_) => Leftover::default().has_sign(),
                }
            }

            fn identified(&self) -> Option<&dyn Identified> {
                match self {
                    $($(
                        #[cfg(feature = $feature)]
                        Self::$variant(event) => Some(&**event),
                    )*)*
                    Self::Unknown(_) | Self::UnknownDatum(_) => None,
                }
            }
        }
    };
}

events!(any_event);

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
    /// The framing, which names the schema.
    pub framing: Framing,
    /// The datum.
    pub datum: Vec<u8>,
}

/// An unknown message has no keys.
impl Identified for AnyEvent {
    fn migration_key(&self) -> Option<MigrationKey<'_>> {
        self.identified()?.migration_key()
    }

    fn migration_keys(&self) -> Vec<MigrationKey<'_>> {
        self.identified().map(Identified::migration_keys).unwrap_or_default()
    }

    fn organisation(&self) -> Option<Cow<'_, str>> {
        self.identified()?.organisation()
    }

    fn correlation_id(&self) -> Option<Cow<'_, str>> {
        self.identified()?.correlation_id()
    }

    fn idempotency_key(&self) -> Option<IdempotencyKey> {
        self.identified()?.idempotency_key()
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
