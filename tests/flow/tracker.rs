//! The flows of many accounts.

use super::{AT, event_of};
use chrono::{DateTime, TimeDelta, Utc};
use migration_events::boost::{
    AccountMigrationEvent, Flow, FlowError, Progress, State, Step, Tracker,
};
use proptest::prelude::*;

const DAY: i64 = 86_400_000;

/// An event a number of days after the first one.
fn day(day: i64, step: Step, flow: &str, account: &str) -> AccountMigrationEvent {
    event_of(step, flow, account, &format!("e-{step}"), AT + day * DAY)
}

fn instant(day: i64) -> DateTime<Utc> {
    DateTime::from_timestamp_millis(AT + day * DAY).unwrap()
}

fn tracker(events: &[AccountMigrationEvent]) -> Tracker {
    let mut tracker = Tracker::new();
    for event in events {
        tracker.apply(event).unwrap();
    }
    tracker
}

#[test]
fn open_flows_are_listed_with_their_age() {
    let tracker = tracker(&[
        day(0, Step::Scheduled, "f-1", "b"),
        day(1, Step::Scheduled, "f-2", "a"),
        day(2, Step::Scheduled, "f-3", "c"),
        day(3, Step::Cancelled, "f-3", "c"),
        day(3, Step::BalanceRetrieved, "f-1", "b"),
    ]);
    let open: Vec<_> = tracker.open(instant(4)).map(|(flow, at)| (flow.account_id(), at)).collect();
    assert_eq!(open, [("a", TimeDelta::days(3)), ("b", TimeDelta::days(4))]);
    assert_eq!(tracker.current("b").map(Flow::state), Some(State::BalanceRetrieved));
    assert_eq!(tracker.flow("f-3").map(Flow::account_id), Some("c"));
    assert!(tracker.flow("f-4").is_none() && tracker.current("d").is_none());
}

#[test]
fn a_new_flow_replaces_one_in_any_state() {
    use Step::{
        BalanceRetrieved, Cancelled, Completed, RollBackInitiated, RolledBack, Scheduled, Validated,
    };
    let path = [Scheduled, BalanceRetrieved, Validated, Completed, RollBackInitiated, RolledBack];
    let events: Vec<_> = path.iter().map(|step| day(0, *step, "f-1", "a")).collect();
    let mut befores: Vec<Tracker> = (1..=path.len()).map(|end| tracker(&events[..end])).collect();
    befores.push(tracker(&[events[0].clone(), day(0, Cancelled, "f-1", "a")]));
    for mut tracker in befores {
        let superseded = tracker.current("a").unwrap().state();
        let progress = tracker.apply(&day(1, Scheduled, "f-2", "a"));
        assert_eq!(progress, Ok(Progress::Restarted { superseded }));
        assert_eq!(tracker.current("a").map(Flow::enrollment_id), Some("f-2"));
        assert!(tracker.is_superseded("f-1") && !tracker.is_superseded("f-2"));
        assert_eq!(tracker.flow("f-1").map(Flow::state), Some(superseded));
        assert_eq!(tracker.open(instant(1)).count(), 1);
    }
}

#[test]
fn a_superseded_flow_takes_redeliveries_and_nothing_else() {
    let before = tracker(&[
        day(0, Step::Scheduled, "f-1", "a"),
        day(1, Step::BalanceRetrieved, "f-1", "a"),
        day(2, Step::Scheduled, "f-2", "a"),
    ]);
    let mut after = before.clone();
    for step in Step::VALUES {
        let result = after.apply(&day(1, step, "f-1", "a"));
        match step {
            Step::Scheduled | Step::BalanceRetrieved => {
                assert_eq!(result, Ok(Progress::Redelivered));
            }
            _ => assert_eq!(result, Err(FlowError::Superseded { step })),
        }
        let of_another = after.apply(&day(1, step, "f-1", "b"));
        assert_eq!(of_another, Err(FlowError::OtherAccount { step }));
        assert_eq!(after, before);
    }
    assert_eq!(
        FlowError::Superseded { step: Step::Cancelled }.to_string(),
        "cancelled of a flow that a newer flow of the account has replaced"
    );
}

#[test]
fn unknown_flows_begin_with_scheduled_after_the_current() {
    let before = tracker(&[day(5, Step::Scheduled, "f-2", "a")]);
    let mut after = before.clone();
    let error = after.apply(&day(6, Step::Completed, "f-3", "a")).unwrap_err();
    assert_eq!(error.to_string(), "completed before validated; expected scheduled");
    let late = after.apply(&day(4, Step::Scheduled, "f-1", "a"));
    assert_eq!(late, Err(FlowError::Superseded { step: Step::Scheduled }));
    assert_eq!(after, before);
    let at_once = after.apply(&day(5, Step::Scheduled, "f-3", "a"));
    assert_eq!(at_once, Ok(Progress::Restarted { superseded: State::Scheduled }));
}

#[test]
fn only_ended_flows_are_forgotten() {
    let mut tracker = tracker(&[
        day(0, Step::Scheduled, "open", "a"),
        day(0, Step::Scheduled, "cancelled", "b"),
        day(2, Step::Cancelled, "cancelled", "b"),
        day(0, Step::Scheduled, "superseded", "c"),
        day(1, Step::Scheduled, "newer", "c"),
    ]);
    let ids = |tracker: &Tracker| -> Vec<String> {
        tracker.flows().map(|flow| flow.enrollment_id().to_owned()).collect()
    };
    assert_eq!(tracker.forget_ended(instant(0)), 0);
    assert_eq!(tracker.forget_ended(instant(2)), 1);
    assert_eq!(ids(&tracker), ["cancelled", "newer", "open"]);
    assert_eq!(tracker.forget_ended(DateTime::<Utc>::MAX_UTC), 1);
    assert_eq!(ids(&tracker), ["newer", "open"]);
    assert!(tracker.current("b").is_none());
    // What was superseded is known to be older than what took its place, forgotten or not.
    let late = tracker.apply(&day(0, Step::Scheduled, "superseded", "c"));
    assert_eq!(late, Err(FlowError::Superseded { step: Step::Scheduled }));

    assert_eq!(tracker.remove("open").map(|flow| flow.state()), Some(State::Scheduled));
    assert!(tracker.remove("open").is_none() && tracker.current("a").is_none());
    assert_eq!(tracker.open(instant(3)).count(), 1);
}

#[test]
fn removing_a_superseded_flow_keeps_the_current() {
    let mut tracker =
        tracker(&[day(0, Step::Scheduled, "f-1", "a"), day(1, Step::Scheduled, "f-2", "a")]);
    assert!(tracker.remove("f-1").is_some());
    assert_eq!(tracker.current("a").map(Flow::enrollment_id), Some("f-2"));
}

#[test]
fn removing_the_newer_flow_keeps_the_older_superseded() {
    let mut tracker =
        tracker(&[day(0, Step::Scheduled, "f-1", "a"), day(1, Step::Scheduled, "f-2", "a")]);
    tracker.remove("f-2");
    assert!(tracker.is_superseded("f-1"));
    assert_eq!(tracker.open(instant(2)).count(), 0);
    let stored = serde_json::to_string(&tracker).unwrap();
    assert_eq!(serde_json::from_str::<Tracker>(&stored).unwrap(), tracker);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..<_>::default() })]

    #[test]
    fn any_events_leave_a_tracker_consistent(
        events in prop::collection::vec(
            (prop::sample::select(Step::VALUES.to_vec()), 0..5_u8, 0..3_u8, 0..2_u8, 0..4_i64),
            0..60,
        ),
        forget in 0..80_usize,
    ) {
        let mut tracker = Tracker::new();
        for (number, (step, flow, account, id, at)) in events.into_iter().enumerate() {
            let (flow, account) = (format!("f-{flow}"), format!("a-{account}"));
            let event = event_of(step, &flow, &account, &format!("e-{id}"), AT + at * DAY);

            let before = tracker.clone();
            let result = tracker.apply(&event);
            let known = before.flow(&flow);
            match result {
                Ok(Progress::Advanced(state)) => {
                    prop_assert_eq!(tracker.flow(&flow).map(Flow::state), Some(state));
                    prop_assert!(!before.is_superseded(&flow));
                }
                Ok(Progress::Restarted { superseded }) => {
                    let replaced = before.current(&account).unwrap();
                    prop_assert_eq!(replaced.state(), superseded);
                    prop_assert!(tracker.is_superseded(replaced.enrollment_id()));
                    prop_assert!(known.is_none() && step == Step::Scheduled);
                }
                _ => prop_assert_eq!(&tracker, &before),
            }
            if result.is_ok() {
                prop_assert_eq!(tracker.apply(&event), Ok(Progress::Redelivered));
            }
            // A flow of a tracker does what a flow on its own does, unless it is superseded.
            if let (Some(known), false) = (known, before.is_superseded(&flow)) {
                let mut alone = known.clone();
                prop_assert_eq!(alone.apply(&event), result);
                prop_assert_eq!(tracker.flow(&flow), Some(&alone));
            }

            if number == forget {
                let known = tracker.flows().count();
                let forgotten = tracker.forget_ended(instant(2));
                prop_assert_eq!(tracker.flows().count(), known - forgotten);
                prop_assert_eq!(tracker.forget_ended(instant(2)), 0);
            }
            for (flow, _) in tracker.open(instant(4)) {
                prop_assert!(flow.state().is_open());
                prop_assert!(!tracker.is_superseded(flow.enrollment_id()));
                prop_assert_eq!(tracker.current(flow.account_id()), Some(flow));
            }
            let text = serde_json::to_string(&tracker).unwrap();
            prop_assert_eq!(&serde_json::from_str::<Tracker>(&text).unwrap(), &tracker);
        }
    }
}
