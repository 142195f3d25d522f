//! Comparison of other generators and codecs on the contracts of `migration-events`.
//!
//! `build.rs` runs typify and rsgen-avro on the same contract files; validators, apache-avro and structs
//! written by hand stand beside them. The same messages go through all of them: what comes out is a
//! [`table`]. No cell of it is written by hand.

#![forbid(unsafe_code)]

pub mod avro;
mod avro_rows;
mod breadth;
pub mod codec;
mod corpus;
mod correlation;
mod documentation;
pub mod figures;
pub mod generated;
pub mod peers;
mod rows;
#[allow(dead_code, reason = "shared with the benchmarks of the library")]
#[path = "../../../../benches/peer/mod.rs"]
pub(crate) mod structs;
pub mod table;
mod verdict;

pub(crate) use migration_events_support::json;
