//! Messages whose event is not known beforehand: recognised, then decoded.
//!
//! ```
//! # #[cfg(feature = "pismo-core")] {
//! use migration_events::{AnyEvent, identity::Identified};
//!
//! # let message = br#"{"event_id": "d7d8ab2c-4a1b-4a3c-9c3b-6c8e6f9f0a11", "schema_version": 1,
//! #     "domain": "migration", "event_type": "customer-outgoing-1", "org_id": "TN-3ab1", "cid": "c-1",
//! #     "data": {"code": "MIGR-0001", "message": "approved", "status": "SUCCESS",
//! #         "migration": {"id": "m-1", "account_id": "a-1", "version_date": "2021-08-11T11:25:00Z"}}}"#;
//! match AnyEvent::from_json(message)? {
//!     AnyEvent::CustomerOutgoing(outcome) => {
//!         assert_eq!(outcome.status, migration_events::pismo::Status::Success);
//!         assert_eq!(outcome.envelope().unwrap().event_type.as_str(), "customer-outgoing-1");
//!     }
//!     AnyEvent::Unknown(unknown) => println!("skipped, {} bytes", unknown.message.as_str().len()),
//!     other => println!("{}: {:?}", other.contract(), other.correlation_id()),
//! }
//! # }
//! # Ok::<(), migration_events::Rejection>(())
//! ```
//!
//! # How a message is recognised
//!
//! The wrappers of SNS and EventBridge are [removed](crate::envelope::unwrap) first.
//!
//! | family | recognised by |
//! |---|---|
//! | Pismo, in its envelope | `event_type` in any of its spellings, `domain`; a version that is not known is a violation |
//! | Specsavers | the CloudEvents `type` |
//! | Boost, Avro JSON encoding | the full name of the branch |
//! | Pismo, without envelope | the names of a few properties |
//! | Boost, Avro binary | the fingerprint of the [single-object encoding](crate::avro::single_object), or a schema id that the service has registered |
//!
//! All members of a message decide, in whatever order they come:
//!
//! 1. A message with an `event_type` is the event that this names, and unknown if that is none of these.
//! 2. Otherwise, one with a `type` of the table, or with a `specversion`, is the event that `type` names.
//! 3. Otherwise its properties decide. `entity.migration` alone means a customer, but any other sign is stronger, and those of
//!    the groups of Pismo are stronger than those of its core. An outcome is a customer's unless its `entity` or
//!    `migration` shows another one.
//! 4. Signs of two events, of which none is stronger by these rules, are a violation
//!    ([`Ambiguous`](crate::validate::ViolationKind::Ambiguous)).
//!
//! Any other message is [`Unknown`], which keeps all of it, and is not an error. Nothing is parsed twice:
//! the names are found by skipping over values, mostly before the payload, and the decoder of the event that was
//! found does the rest.
//!
//! # Events of a service's own
//!
//! A [`Dispatcher`] takes contracts of a service's own as well, and returns the service's own enum. With the feature
//! `avro`, it resolves Avro messages of other versions of a schema.

#[macro_use]
mod events;

#[cfg(feature = "pismo-core")]
mod answer;
#[cfg_attr(
    not(any(feature = "boost", feature = "pismo-core", feature = "specsavers")),
    allow(unused, unreachable_code, reason = "without a family the table is empty")
)]
mod any_event;
mod dispatcher;
#[cfg_attr(
    not(any(feature = "boost", feature = "pismo-core", feature = "specsavers")),
    allow(unused, unreachable_code, reason = "without a family the table is empty")
)]
mod early;
mod head;
#[cfg_attr(
    not(any(feature = "boost", feature = "pismo-core", feature = "specsavers")),
    allow(unused, unreachable_code, reason = "without a family the table is empty")
)]
mod recognise;
#[cfg(feature = "avro")]
#[cfg_attr(not(feature = "boost"), allow(unused, reason = "no family is delivered as Avro"))]
mod resolved;
#[cfg_attr(
    not(any(feature = "boost", feature = "pismo-core", feature = "specsavers")),
    allow(unused, unreachable_code, reason = "without a family the table is empty")
)]
mod signs;
#[cfg(feature = "avro")]
mod store_error;

#[cfg(feature = "pismo-core")]
pub use crate::pismo::Delivered;
pub use any_event::{AnyEvent, Unknown, UnknownDatum};
pub use dispatcher::{Dispatcher, MessageRejection};
pub use head::MessageHead;
#[cfg(feature = "avro")]
pub use store_error::StoreError;
