//! The places where the published contracts contradict themselves, their samples or what a reader
//! expects: one test for each, numbered.
#![cfg(any(feature = "boost", feature = "pismo-core", feature = "specsavers"))]

mod common;

#[cfg(feature = "boost")]
#[path = "traps/boost.rs"]
mod boost;
#[cfg(feature = "pismo-core")]
#[path = "traps/pismo.rs"]
mod pismo;
#[cfg(feature = "pismo-core")]
#[path = "traps/pismo_outcome.rs"]
mod pismo_outcome;
#[cfg(feature = "specsavers")]
#[path = "traps/specsavers.rs"]
mod specsavers;
