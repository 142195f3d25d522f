//! Every generated type yields all that its contract allows, and only that.

use migration_events::arbitrary::{messages, values};
use migration_events::{Event, boost, pismo, specsavers};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, TestRunner};
use std::collections::BTreeSet;
use std::fmt::Debug;

fn round_trip<T: Event + Debug + PartialEq>() {
    let mut runner = TestRunner::new(Config::with_cases(200));
    runner
        .run(&values::<T>(), |event| {
            let text = event.to_json();
            prop_assert_eq!(event.violations().len(), 0);
            let decoded = T::from_json(text.as_bytes());
            prop_assert_eq!(decoded.as_ref().ok(), Some(&event), "{}", text);
            prop_assert_eq!(decoded.unwrap().to_json(), text);
            Ok(())
        })
        .unwrap();
    runner
        .run(&messages::<T>(), |message| {
            let event = T::from_json(message.as_bytes()).unwrap();
            let keep = serde_json::from_str::<serde_json::Value>(&message).unwrap();
            let kept = serde_json::from_str::<serde_json::Value>(&event.to_json()).unwrap();
            prop_assert_eq!(keys(&keep), keys(&kept), "{}", message);
            Ok(())
        })
        .unwrap();
}

/// Every pointer in a value.
fn keys(value: &serde_json::Value) -> BTreeSet<String> {
    fn collect(value: &serde_json::Value, at: String, found: &mut BTreeSet<String>) {
        match value {
            serde_json::Value::Object(members) => {
                members
                    .iter()
                    .for_each(|(key, value)| collect(value, format!("{at}/{key}"), found));
            }
            serde_json::Value::Array(items) => {
                items.iter().enumerate().for_each(|(index, value)| {
                    collect(value, format!("{at}/{index}"), found);
                });
            }
            _ => {}
        }
        found.insert(at);
    }
    let mut found = BTreeSet::new();
    collect(value, String::new(), &mut found);
    found
}

#[test]
fn events_of_pismo() {
    round_trip::<pismo::CustomerIncoming>();
    round_trip::<pismo::CustomerOutgoing>();
    round_trip::<pismo::AccrualIncoming>();
    round_trip::<pismo::RecurringChargePlanIncoming>();
}

#[test]
fn events_of_specsavers() {
    round_trip::<specsavers::CustomerCreated>();
    round_trip::<specsavers::CustomerUpdated>();
}

#[test]
fn events_of_boost_in_both_encodings() {
    round_trip::<boost::AccountMigrationEvent>();
    proptest!(|(event: boost::AccountMigrationEvent)| {
        let datum = event.to_avro();
        prop_assert_eq!(boost::AccountMigrationEvent::from_avro(&datum).unwrap(), event);
    });
}

/// `count` random events.
fn sample<T: Event + Debug>(count: usize) -> Vec<T> {
    let mut runner = TestRunner::deterministic();
    let any = values::<T>();
    (0..count).map(|_| any.new_tree(&mut runner).unwrap().current()).collect()
}

#[test]
fn the_whole_space_is_covered() {
    let events = sample::<pismo::CustomerOutgoing>(300);
    for status in pismo::Status::VALUES {
        assert!(events.iter().any(|event| event.status == *status));
    }
    let operations: BTreeSet<_> =
        events.iter().map(|event| format!("{:?}", event.operation)).collect();
    assert_eq!(operations.len(), pismo::Operation::VALUES.len() + 1, "{operations:?}");
    for is_present in [true, false] {
        assert!(events.iter().any(|event| event.entity.is_some() == is_present));
        assert!(events.iter().any(|event| event.code.is_empty() == is_present));
        assert!(events.iter().any(|event| event.message.is_ascii() == is_present));
    }

    let events = sample::<pismo::AccrualIncoming>(300);
    assert!(events.iter().any(|event| !event.extra.is_empty()));
    let accruals = || events.iter().flat_map(|event| &event.entity.accruals);
    assert!(accruals().any(|accrual| accrual.amount.is_sign_negative()));
    assert!(accruals().any(|accrual| accrual.amount.scale() > 20));
    assert!(accruals().any(|accrual| accrual.amount.to_string().len() > 25));
    for r#type in pismo::AccrualType::VALUES {
        assert!(accruals().any(|accrual| accrual.r#type == *r#type));
    }
    let versions = || events.iter().map(|event| event.entity.migration.version_date.to_string());
    assert!(versions().any(|version| version.starts_with("0000-")));
    assert!(versions().any(|version| version.starts_with("9999-")));
    assert!(versions().any(|version| version.contains(":60")));
    assert!(versions().any(|version| version.ends_with('z')));

    let events = sample::<boost::AccountMigrationEvent>(300);
    let steps: BTreeSet<_> = events.iter().map(|event| event.event.step().as_str()).collect();
    assert_eq!(steps.len(), boost::Step::VALUES.len());
}

#[test]
fn a_failure_is_shrunk_to_what_matters() {
    let mut runner = TestRunner::new(Config { failure_persistence: None, ..Config::default() });
    let found = runner.run(&any::<pismo::AccrualIncoming>(), |event| {
        prop_assert!(event.entity.accruals.len() < 2);
        Ok(())
    });
    let Err(proptest::test_runner::TestError::Fail(_, event)) = found else { panic!("{found:?}") };
    assert_eq!(event.entity.accruals.len(), 2);
    assert!(event.extra.is_empty());

    assert!(event.entity.accruals.iter().all(|accrual| accrual.amount.is_zero()));
}
