//! Carriers of an event: envelopes and the wrappers of message services.
//!
//! | type | carries its event in | written by |
//! |---|---|---|
//! | `pismo::Envelope` | `data` | Pismo, around every event |
//! | [`EventBridge`] | `detail` | Amazon EventBridge |
//! | [`Sns`] | `Message`, as text within a string | Amazon SNS |
//!
//! The events of the Specsavers family are envelopes themselves. Each type here is an
//! [`Event`]: it is read in one pass together with the event that it carries, rejected
//! with every violation of both, and written back with nothing lost.
//!
//! ```
//! use migration_events::{Event, envelope::EventBridge, specsavers::CustomerCreated};
//!
//! let wrapped = EventBridge::<CustomerCreated>::from_json(br#"{
//!     "version": "0", "id": "17793124", "detail-type": "customer", "source": "integration",
//!     "account": "111122223333", "time": "2024-05-01T09:30:00Z", "region": "eu-west-1", "resources": [],
//!     "detail": {"type": "com.specsavers.customer.created", "correlationid": "0b6a2a3e"}
//! }"#)?;
//! assert_eq!(wrapped.detail.correlationid.as_deref(), Some("0b6a2a3e"));
//! # Ok::<(), migration_events::Rejection>(())
//! ```
//!
//! # When the wrapping is not known
//!
//! [`from_json`] reads an event through whatever SNS and EventBridge put around it, [`unwrap`] finds
//! the text of the event without reading it:
//!
//! ```
//! use migration_events::envelope::{Layer, unwrap};
//!
//! let message = br#"{"detail-type": "customer", "source": "integration", "detail": {"id": "7"}}"#;
//! let unwrapped = unwrap(message)?;
//! assert_eq!(unwrapped.message(), r#"{"id": "7"}"#);
//! assert_eq!(unwrapped.offset(), Some(63));
//! assert_eq!(unwrapped.layers(), [Layer::EventBridge]);
//! # Ok::<(), migration_events::json::SyntaxError>(())
//! ```

mod event_bridge;
mod sns;
mod unwrap;

pub use event_bridge::EventBridge;
pub use sns::{Embedded, Sns};
#[doc(hidden)]
pub use unwrap::WRAPPER_MARKS;
pub use unwrap::{Layer, Unwrapped, from_json, unwrap};

use crate::json::{Decode, Encode, RawJson};
use crate::validate::schema::{Assertion, Format, Schema, Types};
use crate::{Contract, Event};

/// A type that can be carried: every [`Event`], and [`RawJson`] for a payload left unparsed.
pub trait Payload: Decode + Encode {
    /// The assertions about it.
    const RULES: PayloadRules;
}

/// The assertions about a [`Payload`].
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct PayloadRules {
    /// The contract that it follows, if it is an event.
    pub contract: Option<&'static Contract>,
    /// The assertions, deviations included.
    pub schema: &'static Schema,
    /// The assertions exactly as published.
    pub published: &'static Schema,
}

impl<T: Event> Payload for T {
    const RULES: PayloadRules =
        PayloadRules { contract: Some(T::CONTRACT), schema: T::SCHEMA, published: T::PUBLISHED };
}

/// Any JSON value.
impl Payload for RawJson {
    const RULES: PayloadRules =
        PayloadRules { contract: None, schema: ANYTHING, published: ANYTHING };
}

/// Any value. Wrappers have no file of a contract to point into, hence no pointer here and below.
const ANYTHING: &Schema = &Schema { has_keywords: false, pointer: "", assertions: &[] };

/// A string.
#[doc(hidden)]
pub const STRING: &Schema = &Schema {
    has_keywords: false,
    pointer: "",
    assertions: &[Assertion::Types(Types(Types::STRING))],
};

/// A string that is a UUID.
#[doc(hidden)]
pub const UUID: &Schema = &Schema {
    has_keywords: false,
    pointer: "",
    assertions: &[Assertion::Types(Types(Types::STRING)), Assertion::Format(Format::Uuid)],
};

/// A string that is a date-time.
#[doc(hidden)]
pub const DATE_TIME: &Schema = &Schema {
    has_keywords: false,
    pointer: "",
    assertions: &[Assertion::Types(Types(Types::STRING)), Assertion::Format(Format::DateTime)],
};

/// `Event`, and the traits around it, of a type that carries a `T`. `$table` is a macro that makes the
/// schema of the whole from the one of its payload.
#[doc(hidden)]
#[macro_export]
macro_rules! __carrier {
    ($type:ident<$bound:ident>, $rules:ident, $contract:ident, $table:ident) => {
        impl<T: $bound> $crate::Described for $type<T> {
            const SCHEMA: &'static $crate::validate::schema::Schema = $table!(T::$rules.schema);
        }

        impl<T: $bound> $crate::Event for $type<T> {
            const CONTRACT: &'static $crate::Contract = match T::$rules.contract {
                Some(contract) => contract,
                None => &$contract,
            };
            const PUBLISHED: &'static $crate::validate::schema::Schema =
                $table!(T::$rules.published);
        }

        impl<T: $bound> $crate::__private::serde::Serialize for $type<T> {
            fn serialize<S: $crate::__private::serde::Serializer>(
                &self,
                serializer: S,
            ) -> Result<S::Ok, S::Error> {
                $crate::__private::serialize(self, serializer)
            }
        }

        impl<'de, T: $bound> $crate::__private::serde::Deserialize<'de> for $type<T> {
            fn deserialize<D: $crate::__private::serde::Deserializer<'de>>(
                source: D,
            ) -> Result<Self, D::Error> {
                $crate::__private::deserialize(source)
            }
        }
    };
}
#[doc(hidden)]
pub use __carrier as carrier;
