//! The life of a migration flow, against the paths that the contract documents.
#![cfg(feature = "boost")]

#[path = "flow/life.rs"]
mod life;
#[path = "flow/rows.rs"]
mod rows;
#[path = "flow/sequences.rs"]
mod sequences;
#[path = "flow/stored.rs"]
mod stored;
#[path = "flow/tracker.rs"]
mod tracker;

use migration_events::Event as _;
use migration_events::boost::{AccountMigrationEvent, Flow, State, Step};

/// The paths of the `doc` of `AccountMigrationEvent`, written down once more.
const PATHS: [&[Step]; 4] = [
    &[Step::Scheduled, Step::BalanceRetrieved, Step::Validated, Step::Completed],
    &[Step::Scheduled, Step::Cancelled],
    &[Step::Scheduled, Step::BalanceRetrieved, Step::Cancelled],
    &[
        Step::Scheduled,
        Step::BalanceRetrieved,
        Step::Validated,
        Step::Completed,
        Step::RollBackInitiated,
        Step::RolledBack,
    ],
];

/// The steps with which a documented path goes on after `passed`.
fn documented(passed: &[Step]) -> Vec<Step> {
    let goes_on = |step: &Step| {
        PATHS.iter().any(|path| path.starts_with(passed) && path.get(passed.len()) == Some(step))
    };
    Step::VALUES.into_iter().filter(goes_on).collect()
}

/// The state that is named like the step.
fn state(step: Step) -> State {
    State::VALUES.into_iter().find(|state| state.as_str() == step.as_str()).unwrap()
}

const AT: i64 = 1_525_478_400_000; // 2018-05-05T00:00:00Z

/// An event of the flow `f-1` of account 2222222; each step has an id of its own.
fn event(step: Step) -> AccountMigrationEvent {
    event_of(step, "f-1", "2222222", &format!("e-{step}"), AT)
}

fn event_of(step: Step, flow: &str, account: &str, id: &str, at: i64) -> AccountMigrationEvent {
    let (record, fields) = match step {
        Step::Scheduled => (
            "AccountMigrationScheduledEvent",
            r#""mpan": "1", "supplyStartDate": 17000, "scheduledAt""#,
        ),
        Step::BalanceRetrieved => {
            ("BalanceRetrievedMigrationEvent", r#""mpan": "1", "retrievedAt""#)
        }
        Step::Validated => ("AccountMigrationValidatedEvent", r#""validatedAt""#),
        Step::Completed => ("AccountMigrationCompletedEvent", r#""completedAt""#),
        Step::Cancelled => ("AccountMigrationCancelledEvent", r#""mpan": "1", "cancelledAt""#),
        Step::RollBackInitiated => {
            ("AccountMigrationRollBackInitiatedEvent", r#""rollBackInitiatedAt""#)
        }
        Step::RolledBack => ("AccountMigrationRolledBackEvent", r#""rolledBackAt""#),
    };
    let message = format!(
        r#"{{"event": {{"uk.co.boostpower.support.kafka.messages.{record}": {{
            "metadata": {{"eventId": "{id}", "traceToken": "t", "createdAt": 0}},
            "enrollmentId": "{flow}", "accountId": "{account}",
            "effectiveEnrollmentDate": 17656, {fields}: {at}}}}}}}"#
    );
    AccountMigrationEvent::from_json(message.as_bytes()).unwrap()
}

/// A flow that has passed these steps.
fn flow(steps: &[Step]) -> Flow {
    let mut flow = Flow::begin(&event(steps[0])).unwrap();
    for step in &steps[1..] {
        flow.apply(&event(*step)).unwrap();
    }
    flow
}

/// Every flow that is on a documented path, one for each beginning of a path.
fn all_flows() -> Vec<(Vec<Step>, Flow)> {
    let mut beginnings: Vec<Vec<Step>> =
        PATHS.iter().flat_map(|path| (1..=path.len()).map(|end| path[..end].to_vec())).collect();
    beginnings.sort_by_key(|steps| format!("{steps:?}"));
    beginnings.dedup();
    assert_eq!(beginnings.len(), 8);
    beginnings.into_iter().map(|steps| (steps.clone(), flow(&steps))).collect()
}
