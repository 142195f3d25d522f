//! An outcome event that a service makes one by hand.

use crate::{PaymentMoved, Status};
use migration_events_runtime::outcome::{Ended, Report};
use migration_events_runtime::{Outcome, Timestamp};

/// The generator does not take it for an outcome, since it has to say when the payment was moved.
impl Outcome for PaymentMoved {
    type Migration = String;
    type Entity = Timestamp;

    fn assemble(report: Report<String, Timestamp>) -> Self {
        let Report { code, message, migration, ended, .. } = report;
        let (status, at) = match ended {
            Ended::Created(at) | Ended::Updated(at) => (Status::Success, Some(at)),
            Ended::Failed => (Status::Fail, None),
        };
        Self {
            code,
            message,
            migration,
            status,
            at,
            extra: migration_events_runtime::json::Map::new(),
        }
    }
}
