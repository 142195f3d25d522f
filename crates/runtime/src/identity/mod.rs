//! Which migration an event is about, and whether it was seen before.
//!
//! Events are delivered at least once, re-sent in part, and in no promised order. What a consumer needs
//! against that is here:
//!
//! * [`Identified`] identifies every event in three ways: the [`MigrationKey`] of the migrated record, the
//!   correlation id of the transaction, and the [`IdempotencyKey`] that is the same for each delivery of
//!   one event and for nothing else.
//! * [`Deduplicate`] remembers idempotency keys, so that an event is handled once; a service implements it
//!   within the transactions of its database. [`Window`] is one in memory, bounded in number and bytes, with
//!   methods that are not asynchronous.
//! * [`Freshness`] orders the versions of one migration: newer wins, equal is the same, older is stale;
//!   [`Latest`] remembers the newest of each, bounded in number.
//!
//! ```
//! use migration_events::Event;
//! use migration_events::identity::{Claim, Freshness, Identified, Latest, Window};
//! use migration_events::pismo::CustomerIncoming;
//! use std::time::Instant;
//!
//! let mut window = Window::new(100_000);
//! let mut latest = Latest::new(100_000);
//!
//! # let message = include_bytes!("../../../../schemas/pismo/samples/customer_incoming-1.json");
//! let event = CustomerIncoming::from_json(message)?;
//! let delivery = event.idempotency_key().expect("an event of Pismo has one");
//! let migration = event.migration_key().expect("an event of Pismo has one");
//!
//! if let Claim::Granted(lease) = window.claim(&delivery, Instant::now()) {
//!     if latest.freshness(&migration) == Freshness::Newer {
//!         // … migrate …
//!         latest.record(&migration);
//!     }
//!     window.complete(&lease, Some(b"the answer"))?;
//! }
//!
//! let again = window.claim(&delivery, Instant::now());
//! assert_eq!(again, Claim::Completed(Some(b"the answer".as_slice().into())));
//! assert_eq!(latest.freshness(&migration), Freshness::Same);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod carriers;
mod claim;
mod deduplicate;
mod identified;
mod key;
mod migration_key;
mod order;
mod queue;
mod text;
mod window;

pub use claim::{Answer, Claim, Lease, LeaseError, LostLease};
pub use deduplicate::Deduplicate;
pub use identified::Identified;
pub use key::IdempotencyKey;
pub use migration_key::MigrationKey;
pub use order::{Freshness, Latest};
pub use window::Window;
