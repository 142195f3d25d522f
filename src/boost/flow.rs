//! The documented life of a migration, as a state machine.

mod error;
mod standing;
mod stored;
#[macro_use]
mod table;
mod tracker;

pub use error::{FlowError, OutOfOrder};
pub use standing::{Applied, SecondCurrentFlow, Standing};
pub use table::{State, Step};
pub use tracker::Tracker;

use super::{AccountMigrationEvent, MigrationStep};
use crate::avro::TimestampMillis;
use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use stored::Inconsistent;

/// One migration of one account: the steps that have happened, and what may come next.
///
#[doc = concat!("```mermaid\n", mermaid!(), "```")]
///
/// These are the paths that the contract documents (the `doc` of `AccountMigrationEvent`), and no
/// others: cancelled comes before T2, so not after validated; a rollback follows completed.
///
/// ```
/// use migration_events::{Event, boost::{AccountMigrationEvent, Flow, Progress, State}};
/// # fn event(record: &str, id: &str, fields: &str) -> Result<AccountMigrationEvent, migration_events::Rejection> {
/// #     let name = format!("uk.co.boostpower.support.kafka.messages.{record}");
/// #     AccountMigrationEvent::from_json(format!(r#"{{"event": {{"{name}": {{
/// #         "metadata": {{"eventId": "{id}", "traceToken": "t-1", "createdAt": 1525478400000}},
/// #         "enrollmentId": "123", "accountId": "2222222", "effectiveEnrollmentDate": 17656,
/// #         {fields}}}}}}}"#).as_bytes())
/// # }
/// # let at = 1_525_478_400_000_i64;
/// # let scheduled = event("AccountMigrationScheduledEvent", "e-1",
/// #     &format!(r#""mpan": "1", "supplyStartDate": 17000, "scheduledAt": {at}"#))?;
/// # let retrieved = event("BalanceRetrievedMigrationEvent", "e-2",
/// #     &format!(r#""mpan": "1", "retrievedAt": {at}"#))?;
/// # let completed = event("AccountMigrationCompletedEvent", "e-4", &format!(r#""completedAt": {at}"#))?;
/// let mut flow = Flow::begin(&scheduled)?;
/// assert_eq!(flow.apply(&retrieved)?, Progress::Advanced(State::BalanceRetrieved));
/// assert_eq!(flow.apply(&scheduled)?, Progress::Redelivered);
///
/// let error = flow.apply(&completed).unwrap_err();
/// assert_eq!(error.to_string(), "completed before validated; expected validated or cancelled");
/// assert_eq!(flow.state(), State::BalanceRetrieved);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Re-delivery
///
/// An event is identified by its step and its `eventId`, which the contract calls globally unique. The
/// same event again is [`Progress::Redelivered`], however many steps have happened since. The same
/// step in an event with *another* id is another event: somebody has sent the step twice, which
/// nobody would notice if it passed as a re-delivery. It is an error
/// with [`OutOfOrder::is_repeated`]; a service whose producers are known to do so can ignore it.
///
/// # Stored form
///
/// ```json
/// {"enrollment_id": "123", "account_id": "2222222", "state": "balance_retrieved", "steps": [
///     {"step": "scheduled", "event_id": "e-1", "at": 1525478400000},
///     {"step": "balance_retrieved", "event_id": "e-2", "at": 1525478400000}]}
/// ```
///
/// `at` is in milliseconds since the Unix epoch. Reading fails when the steps are in no legal order,
/// or do not lead to `state`; unknown members are ignored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "StoredFlow")]
pub struct Flow {
    enrollment_id: String,
    account_id: String,
    state: State,
    /// At least one, and as many as the longest path at most.
    steps: Vec<Passed>,
}

/// A step that has happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Passed {
    step: Step,
    #[serde(deserialize_with = "stored::id")]
    event_id: String,
    #[serde(with = "stored::millis")]
    at: TimestampMillis,
}

/// Effect of an event. Later versions may add variants.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Progress {
    /// The flow is now in this state.
    Advanced(State),
    /// A new flow has replaced the previous flow of the account, which was in this state. Only a
    /// [`Tracker`] says so.
    Restarted {
        /// The state of the previous flow; [open](State::is_open) unless it had come to an end.
        superseded: State,
    },
    /// The event was seen before; nothing has changed.
    Redelivered,
}

impl Flow {
    /// The states as a Mermaid diagram: the text that is in the documentation of this type.
    pub const MERMAID: &str = mermaid!();

    /// Begins a flow with its first event.
    ///
    /// # Errors
    ///
    /// [`OutOfOrder`] when the event is not scheduled: `completed before validated; expected
    /// scheduled`.
    pub fn begin(event: &AccountMigrationEvent) -> Result<Self, OutOfOrder> {
        let event = &event.event;
        let step = event.step();
        let state = table::next(None, step).ok_or(OutOfOrder::new(step, None))?;
        Ok(Self {
            enrollment_id: event.enrollment_id().to_owned(),
            account_id: event.account_id().to_owned(),
            state,
            steps: vec![Passed::from(event)],
        })
    }

    /// Takes the next event.
    ///
    /// Order is the order of arrival: the instants in the events come from the clocks of three
    /// services and are not compared.
    ///
    /// # Errors
    ///
    /// [`FlowError::OtherFlow`] and [`FlowError::OtherAccount`] for an event that is not of this
    /// flow, [`FlowError::OutOfOrder`] for a step that may not come here. The flow is
    /// unchanged then.
    pub fn apply(&mut self, event: &AccountMigrationEvent) -> Result<Progress, FlowError> {
        let event = &event.event;
        let step = event.step();
        if event.enrollment_id() != self.enrollment_id {
            return Err(FlowError::OtherFlow { step });
        }
        if event.account_id() != self.account_id {
            return Err(FlowError::OtherAccount { step });
        }
        if self.has_seen(event) {
            return Ok(Progress::Redelivered);
        }
        if self.happened_at(step).is_some() {
            return Err(OutOfOrder::repeated(step, self.state).into());
        }
        let state =
            table::next(Some(self.state), step).ok_or(OutOfOrder::new(step, Some(self.state)))?;
        self.steps.push(Passed::from(event));
        self.state = state;
        Ok(Progress::Advanced(state))
    }

    /// The flow's id (`enrollmentId`).
    #[must_use]
    pub fn enrollment_id(&self) -> &str {
        &self.enrollment_id
    }

    /// The customer's account (`accountId`).
    #[must_use]
    pub fn account_id(&self) -> &str {
        &self.account_id
    }

    /// The state of the flow.
    #[must_use]
    pub fn state(&self) -> State {
        self.state
    }

    /// The steps that have happened, in order, each with its instant.
    pub fn steps(&self) -> impl Iterator<Item = (Step, TimestampMillis)> {
        self.steps.iter().map(|passed| (passed.step, passed.at))
    }

    /// When a step happened, by the event that reported it; `None` if it has not.
    #[must_use]
    pub fn happened_at(&self, step: Step) -> Option<TimestampMillis> {
        self.steps().find_map(|(passed, at)| (passed == step).then_some(at))
    }

    /// When the last step happened, which led to the [`state`](Self::state).
    #[must_use]
    pub fn since(&self) -> TimestampMillis {
        self.steps.last().map_or_else(TimestampMillis::default, |passed| passed.at)
    }

    /// Time that the flow has been in its [`state`](Self::state) at the given instant, in whole
    /// milliseconds.
    ///
    /// Negative when the last step lies after that instant. An event's timestamp can be any 64-bit
    /// number: a time that a [`TimeDelta`] cannot hold becomes [`TimeDelta::MAX`] or [`TimeDelta::MIN`].
    #[must_use]
    pub fn in_state_for(&self, at: DateTime<Utc>) -> TimeDelta {
        elapsed(self.since(), at)
    }

    /// Time that the flow has been open at the given instant, in whole milliseconds: since it was
    /// scheduled, or, when it is being rolled back, since that was initiated. `None` when it is not
    /// [open](State::is_open).
    ///
    /// Negative, or at the limits of [`TimeDelta`], as [`in_state_for`](Self::in_state_for).
    #[must_use]
    pub fn open_for(&self, at: DateTime<Utc>) -> Option<TimeDelta> {
        let since = match self.state {
            State::RollBackInitiated => self.since(),
            state if state.is_open() => self.began_at(),
            _ => return None,
        };
        Some(elapsed(since, at))
    }

    fn began_at(&self) -> TimestampMillis {
        self.steps.first().map_or_else(TimestampMillis::default, |passed| passed.at)
    }

    fn has_seen(&self, event: &MigrationStep) -> bool {
        let (step, id) = (event.step(), &event.metadata().event_id);
        self.steps.iter().any(|passed| passed.step == step && passed.event_id == *id)
    }
}

#[derive(Deserialize)]
#[serde(rename = "Flow")]
struct StoredFlow {
    #[serde(deserialize_with = "stored::id")]
    enrollment_id: String,
    #[serde(deserialize_with = "stored::id")]
    account_id: String,
    state: State,
    steps: Vec<Passed>,
}

impl TryFrom<StoredFlow> for Flow {
    type Error = Inconsistent;

    fn try_from(stored: StoredFlow) -> Result<Self, Inconsistent> {
        let StoredFlow { enrollment_id, account_id, state, steps } = stored;
        let mut reached = None;
        for passed in &steps {
            reached = Some(table::next(reached, passed.step).ok_or(Inconsistent::Steps)?);
        }
        if reached != Some(state) {
            return Err(Inconsistent::State);
        }
        Ok(Self { enrollment_id, account_id, state, steps })
    }
}

impl From<&MigrationStep> for Passed {
    fn from(event: &MigrationStep) -> Self {
        let event_id = event.metadata().event_id.clone();
        Self { step: event.step(), event_id, at: event.happened_at() }
    }
}

fn elapsed(since: TimestampMillis, at: DateTime<Utc>) -> TimeDelta {
    let millis = at.timestamp_millis().saturating_sub(since.get());
    // Only the least 64-bit number is out of its range.
    TimeDelta::try_milliseconds(millis).unwrap_or(TimeDelta::MIN)
}
