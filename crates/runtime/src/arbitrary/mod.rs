//! Random events: all that a contract allows, and only that (feature `proptest`).
//!
//! Every generated type implements [`Arbitrary`](proptest::arbitrary::Arbitrary), so that a service tests
//! its handlers with events that it would not have thought of:
//!
//! ```
//! use migration_events::{Event, pismo::CustomerIncoming};
//! use proptest::prelude::*;
//!
//! proptest!(|(event: CustomerIncoming)| {
//!     let written = event.to_json();
//!     prop_assert_eq!(CustomerIncoming::from_json(written.as_bytes()).unwrap(), event);
//! });
//! ```
//!
//! [`messages`] generates events as text, members in any order and numbers in any notation:
//!
//! ```
//! use migration_events::{AnyEvent, pismo::AccrualIncoming};
//! use migration_events_runtime::arbitrary::messages;
//! use proptest::prelude::*;
//!
//! proptest!(|(message in messages::<AccrualIncoming>())| {
//!     prop_assert!(matches!(AnyEvent::from_json(message.as_bytes()), Ok(AnyEvent::AccrualIncoming(_))));
//! });
//! ```
//!
//! # What is generated
//!
//! The values are made from the assertions of the contract: every branch, optional properties present and
//! absent, `null` where it is legal, properties that the contract does not name where it allows them,
//! numbers at and next to every bound, dates and times at the ends of what RFC 3339 can say, and text that
//! breaks naive writers, parsers and escapers. An assertion that cannot be met by construction (`not`, `if`,
//! `uniqueItems`, …) is met by trying again. Shrinking takes members and items away and makes scalars
//! simpler, as long as the contract allows the result.
//!
//! A contract that few or no values satisfy ends in the rejection of the test case.

mod applied;
mod dice;
mod number;
mod object;
mod pattern;
mod shrink;
mod strategy;
mod text;
mod tree;
mod value;

pub use strategy::{Messages, Values, messages, values};
