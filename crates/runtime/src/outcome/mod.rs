//! Answering a migration: it succeeded, or it failed and why.
//!
//! An outcome event repeats the identifiers of the migration that it answers. The sensible shapes are
//! one expression, the senseless ones (a failure with an entity, a creation without one) do not
//! compile:
//!
//! ```
//! use migration_events::{Event, pismo};
//!
//! # let message = include_bytes!("../../../../schemas/pismo/samples/customer_incoming-1.json");
//! let incoming = pismo::CustomerIncoming::from_json(message)?;
//! let migration = incoming.entity.migration;
//! let entity = pismo::customer_outgoing::Entity { account_id: 9999, customer_id: 1234 };
//!
//! let created = pismo::CustomerOutgoing::succeeded("MIGR-0001", "registered", &migration).created(entity);
//! let failed = pismo::CustomerOutgoing::failed("ACME-12", "no such account", &migration);
//! assert_eq!(created.status, pismo::Status::Success);
//! assert_eq!(failed.status, pismo::Status::Fail);
//! # Ok::<(), migration_events::Rejection>(())
//! ```
//!
//! # From errors
//!
//! A handler returns its result, or an error of the service's own; `?` ends in a failed outcome:
//!
//! ```
//! use migration_events::{Outcome, outcome::{Failure, Success}, pismo};
//! use pismo::customer_outgoing::Entity;
//! use std::borrow::Cow;
//!
//! #[derive(Debug)]
//! enum Error {
//!     NoSuchAccount,
//! }
//!
//! impl Failure for Error {
//!     fn code(&self) -> Cow<'_, str> {
//!         "ACME-12".into()
//!     }
//!     fn message(&self) -> Cow<'_, str> {
//!         "no such account".into()
//!     }
//! }
//!
//! fn account(id: &str) -> Result<i64, Error> {
//!     id.parse().map_err(|_| Error::NoSuchAccount)
//! }
//!
//! fn handle(event: &pismo::CustomerIncoming) -> Result<Success<Entity>, Error> {
//!     let account_id = account(&event.entity.migration.account_id)?;
//!     Ok(Success::created("MIGR-0001", "registered", Entity { account_id, customer_id: 1234 }))
//! }
//!
//! # use migration_events::Event;
//! # let message = include_bytes!("../../../../schemas/pismo/samples/customer_incoming-1.json");
//! let event = pismo::CustomerIncoming::from_json(message)?;
//! let outcome = pismo::CustomerOutgoing::from_result(handle(&event), &event.entity.migration);
//! assert_eq!(outcome.status, pismo::Status::Fail);
//! assert_eq!(outcome.code, "ACME-12");
//! # Ok::<(), migration_events::Rejection>(())
//! ```
//!
//! # From rejections
//!
//! A message that breaks its contract can be answered as well, as long as its identifiers can be read:
//!
//! ```
//! use migration_events::{Event, Outcome, pismo};
//!
//! let message = br#"{"entity": {"migration":
//!     {"id": "m-1", "account_id": "a-1", "version_date": "2021-08-11T11:25:00.000Z"}, "email": 7}}"#;
//! let rejection = pismo::CustomerIncoming::from_json(message).unwrap_err();
//! let outcome = pismo::CustomerOutgoing::rejected::<pismo::CustomerIncoming>("ACME-1", &rejection, message);
//! assert_eq!(outcome.unwrap().message, "rejected: 1 violation at /entity/email (type)");
//! ```

mod rejected;
mod report;

pub use rejected::Answerable;
#[doc(hidden)]
pub use rejected::readable;
pub use report::{Ended, Failure, Outcome, Report, Succeeded, Success};
