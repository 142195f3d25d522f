//! The schema that a type hands out accepts what its contract accepts, and rejects what it rejects.

use migration_events::arbitrary::messages;
use migration_events::{Event, boost, pismo, specsavers};
use migration_events_support::places::{pointers, remove, replace};
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::{Config, TestRunner};
use schemars::JsonSchema;
use serde_json::Value;
use std::cell::Cell;
use std::fmt::Debug;

/// Compares on messages of the contract, and on such with one member or item taken out or exchanged.
fn agrees<T: Event + JsonSchema + Debug>() {
    let schema = schemars::schema_for!(T);
    let validator =
        jsonschema::options().should_validate_formats(true).build(schema.as_value()).unwrap();
    let changed = (messages::<T>(), any::<Index>(), any::<Option<u8>>());
    // A runner counts the cases of all that it runs: a second property would have none.
    let runner =
        || TestRunner::new(Config { failure_persistence: None, ..Config::with_cases(300) });
    runner()
        .run(&messages::<T>(), |message| {
            let value: Value = serde_json::from_str(&message).unwrap();
            prop_assert!(validator.is_valid(&value), "{}", message);
            Ok(())
        })
        .unwrap();
    let (valid, invalid) = (Cell::new(0), Cell::new(0));
    runner()
        .run(&changed, |(message, place, change)| {
            let mut value: Value = serde_json::from_str(&message).unwrap();
            apply(&mut value, place, change);
            let text = value.to_string();
            let is_valid = validator.is_valid(&value);
            // The tree rounds numbers, perhaps to one beyond what is held exactly, of which no schema speaks.
            let ours = T::from_json(text.as_bytes()).map_or_else(
                |rejection| {
                    let mut kinds = rejection.violations().iter().map(|it| it.kind().name());
                    kinds.all(|kind| matches!(kind, "range" | "precision"))
                },
                |_| true,
            );
            prop_assert_eq!(ours, is_valid, "{}", text);
            let count = if is_valid { &valid } else { &invalid };
            count.set(count.get() + 1);
            Ok(())
        })
        .unwrap();
    assert!(valid.get() > 10 && invalid.get() > 10, "{valid:?} valid, {invalid:?} invalid");
}

fn apply(value: &mut Value, place: Index, change: Option<u8>) {
    let pointers = pointers(value);
    let pointer = place.get(&pointers);
    match change {
        None => remove(value, pointer),
        Some(number) => {
            let others =
                [Value::Null, true.into(), 7.into(), "other".into(), Value::Array(Vec::new())];
            replace(value, pointer, others[usize::from(number) % others.len()].clone());
        }
    }
}

#[test]
fn schemas_of_pismo() {
    agrees::<pismo::CustomerIncoming>();
    agrees::<pismo::CustomerOutgoing>();
    agrees::<pismo::AccrualIncoming>();
    agrees::<pismo::RecurringChargePlanIncoming>();
}

#[test]
fn schemas_of_specsavers() {
    agrees::<specsavers::CustomerCreated>();
}

#[test]
fn schemas_of_boost() {
    agrees::<boost::AccountMigrationEvent>();
}
