//! Values of Avro's logical types, as wide as they are on the wire.

mod bytes;
mod decimal;
mod duration;
mod null;
mod time;
mod uuid;

pub use bytes::{Bytes, Fixed};
pub use decimal::{Decimal, FixedDecimal};
pub use duration::Duration;
pub use null::NullUnion;
pub use time::{
    Date, LocalTimestampMicros, LocalTimestampMillis, LocalTimestampNanos, TimeMicros, TimeMillis,
    TimestampMicros, TimestampMillis, TimestampNanos,
};
pub use uuid::FixedUuid;

/// A value for which the Avro type has no exact representation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no exact representation in the Avro type")]
pub struct Inexact;
