//! Published data-migration contracts as typed, validated, lossless Rust.
//!
//! ```
//! # #[cfg(feature = "pismo-core")] {
//! use migration_events::{Event, pismo};
//!
//! # let message = include_bytes!("../schemas/pismo/samples/customer_outgoing-1.json");
//! let outcome = pismo::CustomerOutgoing::from_json(message)?;
//! if outcome.status == pismo::Status::Fail {
//!     println!("{} failed: {}", outcome.migration.id, outcome.code);
//! }
//! # }
//! # Ok::<(), migration_events::Rejection>(())
//! ```
//!
//! # Overview
//!
//! * The families [`pismo`], [`boost`] and [`specsavers`] hold one type for each event, generated
//!   from the published contract, and small helpers beside them.
//! * [`Event`] reads and writes a whole message: [`from_json`](Event::from_json),
//!   [`from_json_strict`](Event::from_json_strict), [`to_json`](Event::to_json), and
//!   [`check`](Event::check) for what a service assembled itself.
//! * [`AnyEvent`] recognises the event in a message, also inside envelopes and notifications; [`dispatch`]
//!   does so for contracts of a service's own as well.
//! * [`Outcome`] reports how a migration ended, from a handler's result or a rejected message.
//! * [`identity`] is for at-least-once delivery: keys of every event, deduplication, order of versions.
//! * [`stream`] reads events one at a time from files and connections, broken ones among them.
//! * A [`Decoder`] sets limits: bytes, depth, violations.
//! * A [`Rejection`] lists every [`Violation`]: its place in the message, its place in the contract, its
//!   kind. It never shows a value.
//! * [`Timestamp`], [`Uuid`] and the newtypes in [`avro`] remember what was on the wire.
//! * [`avro`] also holds the binary encoding and the framings around it; Avro types have `from_avro`
//!   and `to_avro` beside `from_json` and `to_json`.
//! * [`json`] holds raw JSON values, maps that keep their order, and the reader and writer that
//!   generated code is made of.
//!
//! Every record has a builder, which takes text and plain values ([`builder`]) and reports all that is missing or
//! invalid at once:
//!
//! ```
//! # #[cfg(feature = "pismo-core")] {
//! use migration_events::pismo::customer_outgoing::Migration;
//!
//! let migration = Migration::builder()
//!     .id("31a2d")
//!     .account_id("a7c3f")
//!     .version_date("2023-10-03T17:25:45Z")
//!     .build()?;
//! assert_eq!(migration.phase_id, None);
//!
//! let invalid = Migration::builder().id("31a2d").version_date("yesterday").build().unwrap_err();
//! assert_eq!(
//!     invalid.to_string(),
//!     r#"2 violations: /version_date: not an RFC 3339 date-time (format); (root): missing property "account_id" (required)"#,
//! );
//! # }
//! # Ok::<(), migration_events::Invalid>(())
//! ```
//!
//! # serde
//!
//! Every type implements `Serialize` and `Deserialize`, so it can stand in a service's own types:
//!
//! ```
//! # #[cfg(feature = "pismo-core")] {
//! use migration_events::pismo;
//! use serde::{Deserialize, Serialize};
//!
//! #[derive(Serialize, Deserialize)]
//! struct Delivery {
//!     attempt: u32,
//!     data: pismo::CustomerOutgoing,
//! }
//! # let sample = include_str!("../schemas/pismo/samples/customer_outgoing-1.json");
//! # let text = format!(r#"{{"attempt":1,"data":{sample}}}"#);
//! let delivery: Delivery = serde_json::from_str(&text)?;
//! assert_eq!(delivery.data.migration.version_date.to_string(), "2021-08-11T11:25:00.000Z");
//! # }
//! # Ok::<(), serde_json::Error>(())
//! ```
//!
//! An error that comes through serde lists every violation as well. Its pointers begin at the place of the type.
//!
//! # Features
//!
//! | feature | default | what it adds |
//! |---|---|---|
//! | `pismo-core`, `boost`, `specsavers` | yes | the types of the family, generated when the crate is built; of Pismo the customers, and the accruals and recurring charge plans to be migrated |
//! | `pismo` | no | every event of Pismo's domain `migration`; [`pismo`](mod@pismo) lists the features of single groups |
//! | `stream` | yes | events of files and connections |
//! | `gzip` | no | compressed streams |
//! | `async` | no | events of asynchronous streams of bytes |
//! | `avro` | no | container files, data of other writers, schema stores; the binary encoding needs no feature |
//! | `avro-snappy`, `avro-zstandard` | no | further codecs of container files |
//! | `cloudevents` | no | Specsavers events to and from `cloudevents::Event` |
//! | `proptest` | no | `Arbitrary` for every generated type: all that its contract allows, and only that |
//! | `schemars` | no | `JsonSchema` for every generated type: its contract |
//! | `regex` | no | patterns beyond a set of characters |
//! | `format-email`, `format-hostname`, `format-regex`, `format-uri` | no | the formats `email`; `hostname`; `regex`; `uri`, `uri-reference` (`date-time`, `date`, `time`, `uuid`, `ipv4` and `ipv6` need none) |
//!
//! A service with contracts of its own depends on `migration-events-runtime` and, to build, on
//! `migration-events-codegen`, instead of this crate.

#![cfg_attr(docsrs, feature(doc_cfg))]
#![forbid(unsafe_code)]
#![deny(missing_docs)]

pub mod avro;
pub mod dispatch;
mod generated;
mod spelling;
#[cfg(feature = "stream")]
pub mod stream;

#[cfg(feature = "boost")]
pub mod boost;
#[cfg(feature = "pismo-core")]
pub mod pismo;
#[cfg(feature = "specsavers")]
pub mod specsavers;

pub use dispatch::AnyEvent;
#[doc(hidden)]
pub use migration_events_runtime::__private;
#[cfg(feature = "proptest")]
pub use migration_events_runtime::arbitrary;
#[cfg(feature = "schemars")]
pub use migration_events_runtime::json_schema;
pub use migration_events_runtime::{
    Contract, Decoder, Described, Event, Invalid, InvalidTimestamp, InvalidUuid, Outcome,
    Rejection, Timestamp, Uuid, Violation, builder, envelope, identity, json, outcome, validate,
};
pub use migration_events_runtime::{chrono, rust_decimal, uuid};
