//! The flows of many accounts.

use super::standing::{Applied, SecondCurrentFlow, Standing};
use super::stored::Inconsistent;
use super::table::Step;
use super::{Flow, FlowError, Progress};
use crate::boost::AccountMigrationEvent;
use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize, Serializer};
use std::collections::BTreeMap;

/// The flows of many accounts: takes every event of a topic, and lists the migrations that are open.
///
/// An account has one *current* flow. A scheduled event with a new flow id begins another, which replaces
/// the current one in any state: the contract says so of the scheduled event, without a condition. The
/// documented life of a migration has this step after cancelled and rolled back only. In other cases,
/// [`Progress::Restarted`] holds the state of the replaced flow, so that a service can look into it.
///
/// The flow that was replaced is *superseded*. It is kept to recognise late re-deliveries of its events, and
/// accepts no others: [`FlowError::Superseded`]. The same error is returned for a scheduled event of an
/// unknown flow that happened before the one of the current flow (`scheduledAt`): it is late, perhaps of a
/// flow that was forgotten, and must not replace a newer flow.
///
/// Flows are kept until [`forget_ended`](Self::forget_ended) or [`remove`](Self::remove) drops them. A service
/// that keeps each flow in a row of its own [inserts](Self::insert) the rows that an event may need, and
/// [stores](Self::advance) those that it changed.
///
/// ```
/// use migration_events::{Event, boost::{AccountMigrationEvent, Progress, State, Tracker}};
/// # fn scheduled(flow: &str, at: i64) -> Result<AccountMigrationEvent, migration_events::Rejection> {
/// #     let record = format!(r#"{{"metadata": {{"eventId": "e-{flow}", "traceToken": "t-1",
/// #         "createdAt": {at}}}, "enrollmentId": "{flow}", "accountId": "2222222", "mpan": "1",
/// #         "supplyStartDate": 17000, "effectiveEnrollmentDate": 17656, "scheduledAt": {at}}}"#);
/// #     let name = "uk.co.boostpower.support.kafka.messages.AccountMigrationScheduledEvent";
/// #     AccountMigrationEvent::from_json(format!(r#"{{"event": {{"{name}": {record}}}}}"#).as_bytes())
/// # }
/// let first = scheduled("1", 1_525_478_400_000)?; // 2018-05-05T00:00:00Z
/// let again = scheduled("2", 1_525_564_800_000)?; // a day later
///
/// let mut tracker = Tracker::new();
/// assert_eq!(tracker.apply(&first)?, Progress::Advanced(State::Scheduled));
/// assert_eq!(tracker.apply(&again)?, Progress::Restarted { superseded: State::Scheduled });
/// assert_eq!(tracker.apply(&first)?, Progress::Redelivered);
///
/// let now = "2018-05-06T06:00:00Z".parse()?;
/// let (flow, open_for) = tracker.open(now).next().unwrap();
/// assert_eq!((flow.enrollment_id(), open_for.num_hours()), ("2", 6));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Stored form
///
/// `{"current": […], "superseded": […]}`, both lists of [`Flow`]s, which are written in the order of
/// their ids and read in any. Reading fails when two flows have one id, and when two current flows
/// belong to one account.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(try_from = "StoredTracker")]
pub struct Tracker {
    /// By flow id.
    flows: BTreeMap<String, Flow>,
    /// Flow id by account. A flow that is not in here is superseded.
    current: BTreeMap<String, String>,
}

impl Tracker {
    /// A tracker without flows.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes the next event, of any account.
    ///
    /// # Errors
    ///
    /// As [`advance`](Self::advance).
    pub fn apply(&mut self, event: &AccountMigrationEvent) -> Result<Progress, FlowError> {
        self.advance(event).map(|applied| applied.progress)
    }

    /// Takes the next event, of any account, and returns the flows that it changed.
    ///
    /// An event needs the flow with its `enrollmentId` and the current one of its `accountId`; a tracker of these
    /// two does what one of all flows does:
    ///
    /// ```
    /// use migration_events::boost::{AccountMigrationEvent, Flow, FlowError, Standing, Tracker};
    /// use std::collections::BTreeMap;
    ///
    /// /// Stands in for a table with the columns id, account, standing and flow.
    /// type Table = BTreeMap<String, (String, Standing, Flow)>;
    ///
    /// fn take(table: &mut Table, event: &AccountMigrationEvent) -> Result<(), Box<dyn std::error::Error>> {
    ///     let (id, account) = (event.event.enrollment_id(), event.event.account_id());
    ///     let mut tracker = Tracker::new();
    ///     for (known, (owner, standing, flow)) in &*table {
    ///         if known == id || owner == account && *standing == Standing::Current {
    ///             tracker.insert(flow.clone(), *standing)?;
    ///         }
    ///     }
    ///     for (flow, standing) in tracker.advance(event)?.changed() {
    ///         let row = (flow.account_id().to_owned(), standing, flow.clone());
    ///         table.insert(flow.enrollment_id().to_owned(), row);
    ///     }
    ///     Ok(())
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// Those of [`Flow::apply`] but [`FlowError::OtherFlow`]; an event of an unknown flow must be
    /// scheduled, else it is [`FlowError::OutOfOrder`]. [`FlowError::Superseded`] for a new event of
    /// a flow that has been replaced. The tracker is unchanged then.
    pub fn advance(&mut self, event: &AccountMigrationEvent) -> Result<Applied<'_>, FlowError> {
        let (id, account) = (event.event.enrollment_id(), event.event.account_id());
        let superseded = self.is_superseded(id);
        if let Some(flow) = self.flows.get_mut(id) {
            if superseded && flow.account_id == account && !flow.has_seen(&event.event) {
                return Err(FlowError::Superseded { step: event.event.step() });
            }
            let progress = flow.apply(event)?;
            let is_changed = progress != Progress::Redelivered;
            let flow = self.flows.get(id).filter(|_| is_changed);
            return Ok(Applied { progress, flow, superseded: None });
        }

        let flow = Flow::begin(event)?;
        let current = self.current.get(account).and_then(|id| self.flows.get(id));
        let progress = match current {
            Some(current) if flow.began_at() < current.began_at() => {
                return Err(FlowError::Superseded { step: Step::Scheduled });
            }
            Some(current) => Progress::Restarted { superseded: current.state },
            None => Progress::Advanced(flow.state),
        };
        let before = self.current.insert(account.to_owned(), id.to_owned());
        self.flows.insert(id.to_owned(), flow);
        let superseded = before.and_then(|before| self.flows.get(&before));
        Ok(Applied { progress, flow: self.flows.get(id), superseded })
    }

    /// Puts a flow in, as it was stored, and returns the one with its id that was there.
    ///
    /// # Errors
    /// Another flow is the current one of the account; nothing is changed.
    pub fn insert(
        &mut self,
        flow: Flow,
        standing: Standing,
    ) -> Result<Option<Flow>, SecondCurrentFlow> {
        let current = self.current.get(&flow.account_id);
        if standing == Standing::Current && current.is_some_and(|id| *id != flow.enrollment_id) {
            return Err(SecondCurrentFlow);
        }
        let before = self.remove(&flow.enrollment_id);
        if standing == Standing::Current {
            self.current.insert(flow.account_id.clone(), flow.enrollment_id.clone());
        }
        self.flows.insert(flow.enrollment_id.clone(), flow);
        Ok(before)
    }

    /// The standing of a flow; `None` if it is not known.
    #[must_use]
    pub fn standing(&self, enrollment_id: &str) -> Option<Standing> {
        self.flow(enrollment_id)?;
        let is_superseded = self.is_superseded(enrollment_id);
        Some(if is_superseded { Standing::Superseded } else { Standing::Current })
    }

    /// The flow with that id (`enrollmentId`), current or superseded.
    #[must_use]
    pub fn flow(&self, enrollment_id: &str) -> Option<&Flow> {
        self.flows.get(enrollment_id)
    }

    /// The current flow of an account.
    #[must_use]
    pub fn current(&self, account_id: &str) -> Option<&Flow> {
        self.flow(self.current.get(account_id)?)
    }

    /// Returns whether the flow is known, and a newer one of its account has taken its place.
    #[must_use]
    pub fn is_superseded(&self, enrollment_id: &str) -> bool {
        let account = self.flow(enrollment_id).map(Flow::account_id);
        account.is_some_and(|account| {
            self.current.get(account).map(String::as_str) != Some(enrollment_id)
        })
    }

    /// All flows, current and superseded, in the order of their ids.
    pub fn flows(&self) -> impl Iterator<Item = &Flow> {
        self.flows.values()
    }

    /// The current flows that are open, in the order of their accounts, and for how long at the
    /// given instant (see [`Flow::open_for`]).
    pub fn open(&self, at: DateTime<Utc>) -> impl Iterator<Item = (&Flow, TimeDelta)> {
        let current = self.current.values().filter_map(|id| self.flows.get(id));
        current.filter_map(move |flow| Some((flow, flow.open_for(at)?)))
    }

    /// Forgets flows that are not open, or superseded, and whose last step happened before the
    /// given instant; returns how many.
    ///
    /// A forgotten flow is unknown again: its re-delivered events are errors, or, if the account has
    /// no newer flow, begin it again; the rollback of a forgotten completed flow is out of order.
    /// So choose an instant before the oldest message of the topic, and before the oldest migration that may
    /// still be rolled back.
    pub fn forget_ended(&mut self, before: DateTime<Utc>) -> usize {
        self.take_ended(before).len()
    }

    /// Takes out the flows that [`forget_ended`](Self::forget_ended) forgets, in the order of their ids.
    pub fn take_ended(&mut self, before: DateTime<Utc>) -> Vec<Flow> {
        let before = before.timestamp_millis();
        let is_ended = |flow: &Flow| {
            let is_open = flow.state.is_open() && !self.is_superseded(&flow.enrollment_id);
            flow.since().get() < before && !is_open
        };
        let ended = self.flows.values().filter(|flow| is_ended(flow));
        let ids: Vec<_> = ended.map(|flow| flow.enrollment_id.clone()).collect();
        ids.iter().filter_map(|id| self.remove(id)).collect()
    }

    /// Forgets one flow, in any state. If it was the current flow of its account, the account has none then.
    pub fn remove(&mut self, enrollment_id: &str) -> Option<Flow> {
        let flow = self.flows.remove(enrollment_id)?;
        if self.current.get(&flow.account_id).is_some_and(|id| id == enrollment_id) {
            self.current.remove(&flow.account_id);
        }
        Some(flow)
    }
}

#[derive(Deserialize)]
#[serde(rename = "Tracker")]
struct StoredTracker {
    current: Vec<Flow>,
    superseded: Vec<Flow>,
}

#[derive(Serialize)]
#[serde(rename = "Tracker")]
struct Borrowed<'a> {
    current: Vec<&'a Flow>,
    superseded: Vec<&'a Flow>,
}

impl Serialize for Tracker {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (superseded, current) =
            self.flows.values().partition(|flow| self.is_superseded(&flow.enrollment_id));
        Borrowed { current, superseded }.serialize(serializer)
    }
}

impl TryFrom<StoredTracker> for Tracker {
    type Error = Inconsistent;

    fn try_from(stored: StoredTracker) -> Result<Self, Inconsistent> {
        let mut tracker = Self::new();
        for flow in &stored.current {
            let id = flow.enrollment_id.clone();
            if tracker.current.insert(flow.account_id.clone(), id).is_some() {
                return Err(Inconsistent::SameAccount);
            }
        }
        for flow in stored.current.into_iter().chain(stored.superseded) {
            if tracker.flows.insert(flow.enrollment_id.clone(), flow).is_some() {
                return Err(Inconsistent::SameFlow);
            }
        }
        Ok(tracker)
    }
}
