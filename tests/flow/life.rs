//! One flow: order, explanation, re-delivery, diagram, durations.

use super::{AT, all_flows, documented, event, event_of, flow, state};
use chrono::{DateTime, TimeDelta, Utc};
use migration_events::boost::{Flow, FlowError, OutOfOrder, Progress, State, Step};
use proptest::prelude::*;

fn out_of_order(result: Result<Progress, FlowError>) -> OutOfOrder {
    match result.unwrap_err() {
        FlowError::OutOfOrder(error) => error,
        other => panic!("{other:?}"),
    }
}

/// The verdict on a step in a flow that has passed these.
fn explained(steps: &[Step], step: Step) -> String {
    flow(steps).apply(&event_of(step, "f-1", "2222222", "e-other", AT)).unwrap_err().to_string()
}

#[test]
fn only_documented_steps_are_taken() {
    for (steps, before) in all_flows() {
        for step in Step::VALUES.into_iter().filter(|step| !steps.contains(step)) {
            let mut after = before.clone();
            let result = after.apply(&event(step));
            if documented(&steps).contains(&step) {
                assert_eq!(result, Ok(Progress::Advanced(state(step))), "{steps:?} {step}");
                assert_eq!(after.state(), state(step));
                assert!(
                    after.steps().map(|(step, _)| step).eq([steps.clone(), vec![step]].concat())
                );
            } else {
                let error = out_of_order(result);
                assert!(error.expected().eq(documented(&steps)), "{error}");
                assert_eq!((error.step(), error.state()), (step, Some(before.state())));
                assert!(!error.is_repeated());
                assert_eq!(after, before);
            }
        }
    }
}

#[test]
fn a_flow_begins_with_scheduled() {
    assert_eq!(documented(&[]), [Step::Scheduled]);
    for step in Step::VALUES.into_iter().filter(|step| *step != Step::Scheduled) {
        let error = Flow::begin(&event(step)).unwrap_err();
        assert!(error.expected().eq([Step::Scheduled]));
        assert_eq!((error.step(), error.state()), (step, None));
    }
    let begun = flow(&[Step::Scheduled]);
    assert_eq!((begun.enrollment_id(), begun.account_id()), ("f-1", "2222222"));
    assert_eq!(begun.state(), State::Scheduled);
}

#[test]
fn illegal_steps_name_the_expected_ones() {
    use Step::{
        BalanceRetrieved, Cancelled, Completed, RollBackInitiated, RolledBack, Scheduled, Validated,
    };
    let validated = [Scheduled, BalanceRetrieved, Validated];
    let completed = [Scheduled, BalanceRetrieved, Validated, Completed];
    for (steps, step, explanation) in [
        (&validated[..2], Completed, "completed before validated; expected validated or cancelled"),
        (
            &validated[..1],
            Validated,
            "validated before balance retrieved; expected balance retrieved or cancelled",
        ),
        (
            &validated[..1],
            RolledBack,
            "rolled back before rollback initiated; expected balance retrieved or cancelled",
        ),
        (&validated, RollBackInitiated, "rollback initiated before completed; expected completed"),
        (&validated, Cancelled, "cancelled after validated; expected completed"),
        (&completed, Cancelled, "cancelled after completed; expected rollback initiated"),
        (&validated, Validated, "validated again in another event; expected completed"),
        (
            &[Scheduled, Cancelled],
            BalanceRetrieved,
            "balance retrieved after cancelled; expected scheduled with a new flow id",
        ),
        (
            &[Scheduled, Cancelled],
            Scheduled,
            "scheduled again in another event; expected scheduled with a new flow id",
        ),
    ] {
        assert_eq!(explained(steps, step), explanation);
    }
    let error = Flow::begin(&event(Completed)).unwrap_err();
    assert_eq!(error.to_string(), "completed before validated; expected scheduled");
}

#[test]
fn late_repetitions_are_redeliveries() {
    for (steps, before) in all_flows() {
        for step in &steps {
            let mut after = before.clone();
            assert_eq!(after.apply(&event(*step)), Ok(Progress::Redelivered), "{steps:?} {step}");
            assert_eq!(after, before);
        }
    }
}

#[test]
fn a_repeated_step_has_its_own_error() {
    for (steps, before) in all_flows() {
        for step in &steps {
            let mut after = before.clone();
            let error = out_of_order(after.apply(&event_of(*step, "f-1", "2222222", "e-2", AT)));
            assert!(error.is_repeated());
            assert_eq!(after, before);
        }
    }
}

#[test]
fn another_step_with_a_known_id_is_kept() {
    let mut flow = Flow::begin(&event_of(Step::Scheduled, "f", "a", "same", AT)).unwrap();
    let retrieved = event_of(Step::BalanceRetrieved, "f", "a", "same", AT);
    assert_eq!(flow.apply(&retrieved), Ok(Progress::Advanced(State::BalanceRetrieved)));
    assert_eq!(flow.apply(&retrieved), Ok(Progress::Redelivered));
}

#[test]
fn events_of_other_flows_are_errors_without_ids() {
    let before = flow(&[Step::Scheduled]);
    for step in Step::VALUES {
        let id = format!("e-{step}");
        for (other, expected, text) in [
            (
                event_of(step, "f-2", "2222222", &id, AT),
                FlowError::OtherFlow { step },
                format!("{step} of another flow"),
            ),
            (
                event_of(step, "f-1", "3333333", &id, AT),
                FlowError::OtherAccount { step },
                format!("{step} of another account than the flow's"),
            ),
        ] {
            let mut after = before.clone();
            let error = after.apply(&other).unwrap_err();
            assert_eq!((error, error.to_string()), (expected, text));
            assert!(!format!("{error:?}").contains(['1', '2', '3']));
            assert_eq!(after, before);
        }
    }
}

#[test]
fn errors_can_be_sent_between_threads() {
    fn is_error<E: std::error::Error + Send + Sync + 'static>() {}
    is_error::<FlowError>();
    is_error::<OutOfOrder>();
}

#[test]
fn the_diagram_has_exactly_the_transitions() {
    let mut lines = Flow::MERMAID.lines();
    assert_eq!(lines.next(), Some("stateDiagram-v2"));
    let mut drawn: Vec<&str> = lines.map(|line| line.strip_prefix("    ").unwrap()).collect();

    let mut observed = Vec::new();
    for step in Step::VALUES {
        if let Ok(flow) = Flow::begin(&event(step)) {
            observed.push(format!("[*] --> {:?}: {step}", flow.state()));
        }
    }
    for (_, before) in all_flows() {
        for step in Step::VALUES {
            let mut after = before.clone();
            if let Ok(Progress::Advanced(to)) = after.apply(&event(step)) {
                observed.push(format!("{:?} --> {to:?}: {step}", before.state()));
            }
        }
        if !before.state().is_open() {
            observed.push(format!("{:?} --> [*]", before.state()));
        }
    }
    drawn.sort_unstable();
    observed.sort_unstable();
    // Cancelled is reached on two paths.
    observed.dedup();
    assert_eq!(drawn, observed);
}

#[test]
fn flows_are_open_until_an_end_state() {
    for (steps, flow) in all_flows() {
        let ended =
            matches!(steps.last(), Some(Step::Completed | Step::Cancelled | Step::RolledBack));
        assert_eq!(flow.state().is_open(), !ended);
        assert_eq!(flow.open_for(DateTime::<Utc>::UNIX_EPOCH).is_none(), ended);
        assert!(flow.state().expected().eq(documented(&steps)));
    }
}

#[test]
fn each_step_keeps_its_instant() {
    use Step::{BalanceRetrieved, Completed, RollBackInitiated, Scheduled, Validated};
    let at = |step, at| event_of(step, "f", "a", "e", at);
    let mut flow = Flow::begin(&at(Scheduled, 1_000)).unwrap();
    let now = DateTime::from_timestamp_millis(10_000).unwrap();
    assert_eq!(flow.open_for(now), Some(TimeDelta::seconds(9)));
    flow.apply(&at(BalanceRetrieved, 3_000)).unwrap();
    assert_eq!(flow.open_for(now), Some(TimeDelta::seconds(9)));
    assert_eq!(flow.in_state_for(now), TimeDelta::seconds(7));
    // Clocks of other services: neither order nor sign is checked.
    flow.apply(&at(Validated, 12_000)).unwrap();
    assert_eq!(flow.in_state_for(now), TimeDelta::seconds(-2));
    flow.apply(&at(Completed, 4_000)).unwrap();
    assert_eq!(flow.open_for(now), None);
    assert_eq!(flow.in_state_for(now), TimeDelta::seconds(6));
    flow.apply(&at(RollBackInitiated, 8_000)).unwrap();
    assert_eq!(flow.open_for(now), Some(TimeDelta::seconds(2)));
    assert_eq!(flow.happened_at(Validated).map(|at| at.get()), Some(12_000));
    assert_eq!(flow.happened_at(Step::RolledBack), None);
    assert_eq!(flow.since().get(), 8_000);
}

#[test]
fn steps_are_read_from_events() {
    for step in Step::VALUES {
        let event = event_of(step, "f", "a", "e", 7).event;
        assert_eq!((event.step(), event.happened_at().get()), (step, 7));
        assert_eq!(event.metadata().created_at.get(), 0);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..<_>::default() })]

    #[test]
    fn durations_are_exact_or_at_the_limit(
        since in prop_oneof![any::<i64>(), Just(i64::MIN), Just(i64::MAX), -1_000..1_000_i64],
        now in prop_oneof![
            (DateTime::<Utc>::MIN_UTC.timestamp_millis()..DateTime::<Utc>::MAX_UTC.timestamp_millis())
                .prop_map(|at| DateTime::from_timestamp_millis(at).unwrap()),
            Just(DateTime::<Utc>::MIN_UTC),
            Just(DateTime::<Utc>::MAX_UTC),
            Just(DateTime::<Utc>::UNIX_EPOCH),
        ],
    ) {
        let flow = Flow::begin(&event_of(Step::Scheduled, "f", "a", "e", since)).unwrap();
        let exact = i128::from(now.timestamp_millis()) - i128::from(since);
        let limits = i128::from(-i64::MAX)..=i128::from(i64::MAX);
        let open_for = flow.open_for(now).unwrap();
        prop_assert_eq!(
            i128::from(open_for.num_milliseconds()),
            exact.clamp(*limits.start(), *limits.end())
        );
        prop_assert_eq!(flow.in_state_for(now), open_for);
    }
}
