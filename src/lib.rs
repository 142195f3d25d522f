//! Typed, validated, lossless migration events.
#![forbid(unsafe_code)]
#![deny(missing_docs)]

// Generated code writes absolute paths, in this crate as in any other.
extern crate self as migration_events;

mod event;
mod generated;
pub mod json;
pub mod validate;
mod values;

#[cfg(feature = "boost")]
pub mod boost;
#[cfg(feature = "pismo")]
pub mod pismo;
#[cfg(feature = "specsavers")]
pub mod specsavers;

#[doc(hidden)]
pub mod __private;

pub use event::{Contract, Described, Event};
pub use validate::{Invalid, Rejection, Violation};
pub use values::avro;
pub use values::timestamp::{InvalidTimestamp, Timestamp};
pub use values::uuid::{InvalidUuid, Uuid};
