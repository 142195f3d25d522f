//! Values of typed events that remember how they were written.

pub(crate) mod avro;
pub(crate) mod date;
pub(crate) mod timestamp;
pub(crate) mod uuid;
