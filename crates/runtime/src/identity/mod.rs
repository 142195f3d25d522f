//! Which migration an event is about, and whether it was seen before.
//!
//! Events are delivered at least once, re-sent in part, and in no promised order. What a consumer needs
//! against that is here:
//!
//! * [`Identified`] identifies every event in three ways: the [`MigrationKey`] of the migrated record, the
//!   correlation id of the transaction, and the [`IdempotencyKey`] that is the same for each delivery of
//!   one event and for nothing else.
//! * [`Deduplicate`] remembers idempotency keys, so that an event is handled once; [`Window`] does so in
//!   memory, bounded in number, bytes and time. A service implements the same trait with a database.
//! * [`Freshness`] orders the versions of one migration: newer wins, equal is the same, older is stale;
//!   [`Latest`] remembers the newest of each, bounded in number.
//!
//! ```
//! # #[cfg(feature = "pismo")] {
//! use chrono::{DateTime, TimeDelta};
//! use migration_events::Event;
//! use migration_events::identity::{Claim, Deduplicate, Freshness, Identified, Latest, Window};
//! use migration_events::pismo::CustomerIncoming;
//!
//! let mut window = Window::new(100_000, TimeDelta::hours(24));
//! let mut latest = Latest::new(100_000);
//! let now = DateTime::from_timestamp(1_700_000_000, 0).unwrap(); // the service's clock
//!
//! # let message = include_bytes!("../../../../schemas/pismo/samples/customer_incoming-1.json");
//! let event = CustomerIncoming::from_json(message)?;
//! let delivery = event.idempotency_key().expect("an event of Pismo has one");
//! let migration = event.migration_key().expect("an event of Pismo has one");
//!
//! let Ok(claim) = window.claim(&delivery, now);
//! if claim == Claim::Granted {
//!     if latest.freshness(&migration) == Freshness::Newer {
//!         // … migrate …
//!         latest.record(&migration);
//!     }
//!     let Ok(()) = window.complete(&delivery, now);
//! }
//!
//! let Ok(again) = window.claim(&delivery, now);
//! assert_eq!(again, Claim::Completed);
//! assert_eq!(latest.freshness(&migration), Freshness::Same);
//! # }
//! # Ok::<(), migration_events::Rejection>(())
//! ```

mod carriers;
mod dedup;
mod key;
mod order;
mod queue;

pub use dedup::{Claim, Deduplicate, Window};
pub use key::{IdempotencyKey, Identified, MigrationKey};
pub use order::{Freshness, Latest};
