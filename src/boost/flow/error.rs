//! Events that a flow does not take.

use super::table::{self, State, Step};
use std::fmt;

/// An event that does not fit the flow or tracker that it was applied to, which it leaves unchanged.
///
/// It holds no id and no other value of the event. Later versions may add variants.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum FlowError {
    /// The documented life of a flow has no such step at this point.
    #[error(transparent)]
    OutOfOrder(OutOfOrder),
    /// The event has another flow id (`enrollmentId`) than the flow.
    #[error("{step} of another flow")]
    OtherFlow {
        /// The step that was reported.
        step: Step,
    },
    /// The event has the flow id, but not the account (`accountId`) of the flow.
    #[error("{step} of another account than the flow's")]
    OtherAccount {
        /// The step that was reported.
        step: Step,
    },
    /// A newer flow of the account has taken the place of the flow. Only a
    /// [`Tracker`](super::Tracker) knows.
    #[error("{step} of a flow that a newer flow of the account has replaced")]
    Superseded {
        /// The step that was reported.
        step: Step,
    },
}

/// A step that the documented life of a flow does not have at this point.
///
/// [`Display`](fmt::Display) explains it, with what was expected instead:
///
/// | the step | reads |
/// |---|---|
/// | comes too early | `completed before validated; expected validated or cancelled` |
/// | comes too late | `cancelled after validated; expected completed` |
/// | has happened, in an event with another id | `validated again in another event; expected completed` |
/// | comes after the end | `validated after cancelled; expected scheduled with a new flow id` |
///
/// ```
/// use migration_events::boost::{Dump, Flow, Step};
///
/// let dump = Dump::from_json(include_bytes!("../../../schemas/boost/samples/kafka_dump.json"))?;
/// let completed = dump.messages().next().unwrap().event?;
/// let error = Flow::begin(&completed).unwrap_err();
/// assert_eq!(error.to_string(), "completed before validated; expected scheduled");
/// assert!(error.expected().eq([Step::Scheduled]));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OutOfOrder {
    step: Step,
    state: Option<State>,
    repeated: bool,
}

impl OutOfOrder {
    pub(super) fn new(step: Step, state: Option<State>) -> Self {
        Self { step, state, repeated: false }
    }

    pub(super) fn repeated(step: Step, state: State) -> Self {
        Self { step, state: Some(state), repeated: true }
    }

    /// The step that was reported.
    #[must_use]
    pub fn step(&self) -> Step {
        self.step
    }

    /// The state of the flow; `None` when it has not begun.
    #[must_use]
    pub fn state(&self) -> Option<State> {
        self.state
    }

    /// Returns whether the step has happened already, reported by an event with another id.
    #[must_use]
    pub fn is_repeated(&self) -> bool {
        self.repeated
    }

    /// The steps that would have been in order; none after cancelled and rolled back.
    pub fn expected(&self) -> impl Iterator<Item = Step> {
        table::expected(self.state)
    }
}

impl fmt::Display for OutOfOrder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.step)?;
        match (self.step.missing_before(self.state), self.state) {
            _ if self.repeated => f.write_str(" again in another event")?,
            (Some(missing), _) => write!(f, " before {missing}")?,
            (None, Some(state)) => write!(f, " after {state}")?,
            (None, None) => {}
        }
        let mut expected = self.expected();
        match expected.next() {
            Some(step) => write!(f, "; expected {step}")?,
            None => f.write_str("; expected scheduled with a new flow id")?,
        }
        expected.try_for_each(|step| write!(f, " or {step}"))
    }
}

impl std::error::Error for OutOfOrder {}

impl From<OutOfOrder> for FlowError {
    fn from(error: OutOfOrder) -> Self {
        Self::OutOfOrder(error)
    }
}
