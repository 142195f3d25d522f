//! Proves the Avro codecs of migration-events against two others.
//!
//! Each schema of `corpus/`, and Boost's, has generated types, and a [`Codec`] through which tests reach
//! them without knowing them. [`Values`] makes random values of a schema, as apache-avro holds them;
//! [`Peer`] is apache-avro's own codec; [`json::encode`] writes the JSON encoding, which apache-avro lacks,
//! from such values. Where the two codecs disagree on purpose, [`disagreements`] says why. The program of
//! this package exchanges files with fastavro, also of the schemas in [`BEYOND`], which apache-avro cannot
//! read.

#![forbid(unsafe_code)]

pub mod beyond;
pub mod blocks;
mod codec;
mod compare;
pub mod corpus;
pub mod disagreements;
pub mod exchange;
pub mod json;
mod peer;
mod values;

pub use codec::{Codec, Datum, InFile};
pub use compare::{same_json, same_value};
pub use corpus::{BEYOND, BOOST, CORPUS};
pub use migration_events_support::Dice;
pub use peer::{Peer, resolve};
pub use values::Values;

/// The schemas that are compared: [`CORPUS`] and [`BOOST`].
pub fn codecs() -> impl Iterator<Item = &'static Codec> {
    CORPUS.iter().chain([&BOOST])
}

/// Returns the number of values for each schema: as many as CI has time for, or the environment variable
/// `AVRO_ORACLE_VALUES`.
#[must_use]
pub fn value_count(default: u64) -> u64 {
    std::env::var("AVRO_ORACLE_VALUES").ok().and_then(|text| text.parse().ok()).unwrap_or(default)
}
