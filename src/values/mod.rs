//! Values of typed events that remember how they were written.

pub mod avro;
pub(crate) mod date;
pub(crate) mod timestamp;
pub(crate) mod uuid;
