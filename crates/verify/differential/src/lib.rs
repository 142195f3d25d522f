//! Compares the decoders of `migration-events` with an independent implementation.
//!
//! The generated decoders and the tables they explain rejections with come from the same contract
//! through the same generator, so a mistake there could hide itself. The `jsonschema` crate reads the
//! same contract and knows nothing of the generator: it is the oracle. Documents are generated from
//! the contracts ([`generate`]), broken ([`mutate`]) and put to both ([`compare`]).
//!
//! Both must accept or both must reject; a rejection must name exactly the places that the oracle
//! names, in the message and in the contract. Where that is not so on purpose, [`DISAGREEMENTS`] says
//! why and what is expected instead. Everything else is a bug of one of the two.

#![forbid(unsafe_code)]

pub mod case;
pub mod compare;
pub mod contracts;
pub mod disagreements;
pub mod generate;
pub mod mutate;
pub mod oracle;
pub mod places;
pub mod shrink;

pub use case::Case;
pub use compare::{Failure, Outcome, check};
pub use contracts::{CONTRACTS, Contract};
pub use disagreements::DISAGREEMENTS;
pub use migration_events_support::{Dice, Json, json};
