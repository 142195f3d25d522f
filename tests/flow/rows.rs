//! Flows that a service keeps one by one.

use super::{AT, event_of};
use chrono::DateTime;
use migration_events::boost::{
    AccountMigrationEvent, Flow, Progress, SecondCurrentFlow, Standing, Step, Tracker,
};
use proptest::prelude::*;
use std::collections::BTreeMap;

/// A table of flows; a row holds the stored form of one.
#[derive(Debug, Default, PartialEq)]
struct Table(BTreeMap<String, Row>);

#[derive(Debug, Clone, PartialEq)]
struct Row {
    account: String,
    standing: String,
    flow: String,
}

impl Table {
    /// The rows that an event may need: its flow, and the current one of its account.
    fn select(&self, event: &AccountMigrationEvent) -> Tracker {
        let mut tracker = Tracker::new();
        for (id, row) in &self.0 {
            let standing = serde_json::from_str(&row.standing).unwrap();
            let is_own = id == event.event.enrollment_id();
            if is_own || row.account == event.event.account_id() && standing == Standing::Current {
                let flow = serde_json::from_str(&row.flow).unwrap();
                assert_eq!(tracker.insert(flow, standing), Ok(None));
            }
        }
        tracker
    }

    fn upsert(&mut self, flow: &Flow, standing: Standing) {
        let row = Row {
            account: flow.account_id().to_owned(),
            standing: serde_json::to_string(&standing).unwrap(),
            flow: serde_json::to_string(flow).unwrap(),
        };
        self.0.insert(flow.enrollment_id().to_owned(), row);
        let current = self.0.values().filter(|row| row.standing == "\"current\"");
        let accounts: Vec<_> = current.map(|row| &row.account).collect();
        let mut unique = accounts.clone();
        unique.sort();
        unique.dedup();
        assert_eq!(unique.len(), accounts.len(), "one current flow of an account at any time");
    }
}

fn rows_of(tracker: &Tracker) -> Table {
    let mut table = Table::default();
    for flow in tracker.flows() {
        table.upsert(flow, tracker.standing(flow.enrollment_id()).unwrap());
    }
    table
}

fn scheduled(flow: &str, account: &str) -> AccountMigrationEvent {
    event_of(Step::Scheduled, flow, account, "e-1", AT)
}

#[test]
fn changes_name_what_is_to_be_stored() {
    let changed = |tracker: &mut Tracker, event: &AccountMigrationEvent| {
        let applied = tracker.advance(event).unwrap();
        let changed =
            applied.changed().map(|(flow, standing)| (flow.enrollment_id().to_owned(), standing));
        (applied.progress, changed.collect::<Vec<_>>())
    };
    let mut tracker = Tracker::new();
    let (first, second) = (scheduled("f-1", "a"), scheduled("f-2", "a"));
    let (_, begun) = changed(&mut tracker, &first);
    assert_eq!(begun, [("f-1".to_owned(), Standing::Current)]);
    assert_eq!(changed(&mut tracker, &first), (Progress::Redelivered, vec![]));
    let (_, restarted) = changed(&mut tracker, &second);
    let expected =
        [("f-1".to_owned(), Standing::Superseded), ("f-2".to_owned(), Standing::Current)];
    assert_eq!(restarted, expected);
    assert_eq!(tracker.standing("f-1"), Some(Standing::Superseded));
    assert_eq!(tracker.standing("f-3"), None);
}

#[test]
fn an_account_has_one_current_flow() {
    let mut tracker = Tracker::new();
    let flow = |id: &str, account: &str| Flow::begin(&scheduled(id, account)).unwrap();
    assert_eq!(tracker.insert(flow("f-1", "a"), Standing::Current), Ok(None));
    let before = tracker.clone();
    assert_eq!(tracker.insert(flow("f-2", "a"), Standing::Current), Err(SecondCurrentFlow));
    assert_eq!(tracker, before);
    assert_eq!(tracker.insert(flow("f-2", "a"), Standing::Superseded), Ok(None));
    assert_eq!(tracker.insert(flow("f-1", "a"), Standing::Current), Ok(Some(flow("f-1", "a"))));
    // With another standing, or another account, nothing of the row before is left.
    assert!(tracker.insert(flow("f-1", "a"), Standing::Superseded).unwrap().is_some());
    assert!(tracker.current("a").is_none());
    assert!(tracker.insert(flow("f-1", "b"), Standing::Current).unwrap().is_some());
    assert_eq!(tracker.current("b"), tracker.flow("f-1"));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..<_>::default() })]

    #[test]
    fn single_rows_do_what_all_flows_do(
        events in prop::collection::vec(
            (prop::sample::select(Step::VALUES.to_vec()), 0..5_u8, 0..3_u8, 0..2_u8, 0..4_i64),
            0..60,
        ),
    ) {
        let (mut all, mut table) = (Tracker::new(), Table::default());
        for (step, flow, account, id, day) in events {
            let at = AT + day * 86_400_000;
            let (flow, account) = (format!("f-{flow}"), format!("a-{account}"));
            let event = event_of(step, &flow, &account, &format!("e-{id}"), at);
            let mut tracker = table.select(&event);
            let progress = tracker.advance(&event).map(|applied| {
                for (flow, standing) in applied.changed() {
                    table.upsert(flow, standing);
                }
                applied.progress
            });
            prop_assert_eq!(progress, all.apply(&event));
            prop_assert_eq!(&table, &rows_of(&all));
        }
        let (before, end) = (all.clone(), DateTime::from_timestamp_millis(AT + 1).unwrap());
        for flow in all.take_ended(end) {
            prop_assert_eq!(before.flow(flow.enrollment_id()), Some(&flow));
            prop_assert!(all.flow(flow.enrollment_id()).is_none());
        }
    }
}
