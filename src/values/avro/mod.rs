//! Values of Avro's logical types, as wide as they are on the wire.
//!
//! Avro puts no bounds on a date beyond those of its `int`, and `chrono` holds far fewer days than that.
//! These types hold whatever is in a datum; turning one into a type of `chrono` or `rust_decimal` is a
//! second step, which can fail. In JSON they are what Avro's [JSON encoding] has: numbers, and strings
//! of one character per byte.
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
//! [JSON encoding]: https://avro.apache.org/docs/1.12.0/specification/#json-encoding

mod bytes;
mod decimal;
mod duration;
mod time;

pub use bytes::{Bytes, Fixed};
pub use decimal::{Decimal, FixedDecimal};
pub use duration::Duration;
pub use time::{
    Date, LocalTimestampMicros, LocalTimestampMillis, LocalTimestampNanos, TimeMicros, TimeMillis,
    TimestampMicros, TimestampMillis, TimestampNanos,
};

/// A value for which the Avro type has no exact representation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no exact representation in the Avro type")]
pub struct Inexact;
