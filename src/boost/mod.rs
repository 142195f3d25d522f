//! Boost / OVO (energy): account migration events, published as Avro.
//!
//! Every message is an [`AccountMigrationEvent`], whose one field is a union of seven records:
//! [`MigrationStep`]. On the topic it is an Avro datum after the header of a schema registry
//! ([`avro::confluent`](crate::avro::confluent)): [`from_avro`](AccountMigrationEvent::from_avro),
//! [`to_avro`](AccountMigrationEvent::to_avro). As an [`Event`](crate::Event) of this crate it is read
//! and written in the Avro JSON encoding, in which a union's value is wrapped in an object named by the
//! branch; that is also what a topic [`Dump`] holds.
//!
//! | step | record | emitted by |
//! |---|---|---|
//! | `Scheduled` | [`AccountMigrationScheduledEvent`] | Migration Service |
//! | `BalanceRetrieved` | [`BalanceRetrievedMigrationEvent`] | Migration Service |
//! | `Validated` | [`AccountMigrationValidatedEvent`] | Balance Service |
//! | `Completed` | [`AccountMigrationCompletedEvent`] | SMILE |
//! | `Cancelled` | [`AccountMigrationCancelledEvent`] | Migration Service |
//! | `RollBackInitiated` | [`AccountMigrationRollBackInitiatedEvent`] | Migration Service |
//! | `RolledBack` | [`AccountMigrationRolledBackEvent`] | SMILE |
//!
//! ```
//! use migration_events::{Event, boost};
//!
//! let message = br#"{"event": {"uk.co.boostpower.support.kafka.messages.AccountMigrationCompletedEvent": {
//!     "metadata": {"eventId": "e-1", "traceToken": "t-1", "createdAt": 1525478400000},
//!     "enrollmentId": "123", "accountId": "2222222",
//!     "effectiveEnrollmentDate": 17656, "completedAt": 1525478400000}}}"#;
//! let event = boost::AccountMigrationEvent::from_json(message)?.event;
//! assert_eq!(event.enrollment_id(), "123");
//! if let boost::MigrationStep::Completed(completed) = event {
//!     assert_eq!(completed.effective_enrollment_date.to_string(), "2018-05-05");
//! }
//! # Ok::<(), migration_events::Rejection>(())
//! ```
//!
//! The events of one migration form a [`Flow`], which takes them in the documented order, re-delivered
//! or not, and explains a step that does not belong there. A [`Tracker`] keeps the flows of many
//! accounts and says which are open.

mod dump;
mod flow;
mod identity;

pub use crate::generated::boost::*;
pub use dump::{Dump, DumpError, Message, Partition};
pub use flow::{
    Applied, Flow, FlowError, OutOfOrder, Progress, SecondCurrentFlow, Standing, State, Step,
    Tracker,
};

macro_rules! common {
    ($(#[$doc:meta])* $method:ident -> $ty:ty = $field:ident) => {
        $(#[$doc])*
        #[must_use]
        pub fn $method(&self) -> &$ty {
            match self {
                Self::Cancelled(event) => &event.$field,
                Self::Completed(event) => &event.$field,
                Self::RollBackInitiated(event) => &event.$field,
                Self::RolledBack(event) => &event.$field,
                Self::Scheduled(event) => &event.$field,
                Self::Validated(event) => &event.$field,
                Self::BalanceRetrieved(event) => &event.$field,
            }
        }
    };
}

impl MigrationStep {
    common! {
        /// Id, trace token and creation time, which every branch carries.
        metadata -> EventMetadata = metadata
    }
    common! {
        /// The flow that the event belongs to; a restarted migration has a new one.
        enrollment_id -> str = enrollment_id
    }
    common! {
        /// The customer's account.
        account_id -> str = account_id
    }
}
