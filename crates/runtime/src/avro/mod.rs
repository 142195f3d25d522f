//! Avro: values of logical types, the binary encoding, and the framings of a datum on the wire.
//!
//! Generated types read and write the [binary encoding] directly: `from_avro` and `to_avro` of every
//! record, or [`Datum::read`] from a [`Cursor`] and [`Datum::write`] to a buffer where one datum is
//! part of something larger. No tree of values is built, and no schema is needed at run time.
//!
//! ```
//! use migration_events::{avro, boost};
//!
//! let metadata = boost::EventMetadata {
//!     event_id: "14f49508".into(),
//!     trace_token: "8115ef8a".into(),
//!     created_at: avro::TimestampMillis::new(1_525_478_400_000),
//! };
//! let datum: Vec<u8> = metadata.to_avro();
//! assert_eq!(datum.len(), 9 + 9 + 6);
//! assert_eq!(boost::EventMetadata::from_avro(&datum)?, metadata);
//!
//! let error = boost::EventMetadata::from_avro(&datum[..12]).unwrap_err();
//! assert_eq!(error.pointer(), "/traceToken");
//! assert_eq!(
//!     error.to_string(),
//!     "com.ovoenergy.kafka.common.event.EventMetadata rejected at byte 9: /traceToken: the datum ends before the value",
//! );
//! # Ok::<(), migration_events::avro::DatumError>(())
//! ```
//!
//! # On the wire
//!
//! A message carries more than the datum, since a reader must know the writer's schema:
//!
//! * [`confluent`]: a zero byte and the id of the schema in a registry,
//! * [`single_object`]: two marker bytes and the fingerprint of the schema.
//!
//! # Other writers
//!
//! With the feature `avro`, data of another writer's schema become the types of this one:
//! a `Resolution` is how one schema is read as a type, a `Resolver` looks up the schemas that messages
//! name in a `SchemaStore`, and `container` reads and writes object container files.
//!
//! # Values
//!
//! Avro puts no bounds on a date beyond those of its `int`, and `chrono` holds far fewer days than that.
//! The logical types hold whatever is in a datum; turning one into a type of `chrono` or `rust_decimal`
//! is a second step, which can fail. In JSON they are what Avro's [JSON encoding] has: numbers, and
//! strings of one character per byte.
//!
//! ```
//! use migration_events::avro::Date;
//!
//! let enrolled = Date::new(19_479);
//! assert_eq!(enrolled.to_string(), "2023-05-02");
//! assert!(enrolled.to_chrono().is_some());
//!
//! let far = Date::new(123_123_123);
//! assert_eq!(far.to_string(), "123123123 days since 1970-01-01");
//! assert!(far.to_chrono().is_none());
//! ```
//!
//! [binary encoding]: https://avro.apache.org/docs/1.12.0/specification/#binary-encoding
//! [JSON encoding]: https://avro.apache.org/docs/1.12.0/specification/#json-encoding

mod blocks;
pub mod confluent;
mod cursor;
pub(crate) mod datum;
pub(crate) mod error;
mod framing;
mod impls;
mod schema;
pub mod single_object;

pub use crate::values::avro::{
    Bytes, Date, Decimal, Duration, Fixed, FixedDecimal, FixedUuid, Inexact, LocalTimestampMicros,
    LocalTimestampMillis, LocalTimestampNanos, NullUnion, TimeMicros, TimeMillis, TimestampMicros,
    TimestampMillis, TimestampNanos,
};
pub use cursor::Cursor;
pub use datum::{Datum, Union, from_datum, to_datum, write_index, write_nullable};
pub use error::{DatumError, DatumErrorKind};
pub use framing::Framing;
pub use schema::{AvroContract, AvroSchema};

#[cfg(test)]
mod tests;
