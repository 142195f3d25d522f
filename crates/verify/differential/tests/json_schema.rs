//! The schema that a type hands out accepts what its contract accepts, and rejects what it rejects.

use migration_events::arbitrary::messages;
use migration_events::{Event, boost, pismo, specsavers};
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::{Config, TestRunner};
use schemars::JsonSchema;
use serde_json::Value;
use std::fmt::Debug;

/// Compares on messages of the contract, and on such with one member or item taken out or exchanged.
fn agrees<T: Event + JsonSchema + Debug>() {
    let schema = schemars::schema_for!(T);
    let validator =
        jsonschema::options().should_validate_formats(true).build(schema.as_value()).unwrap();
    let changed = (messages::<T>(), any::<Index>(), any::<Option<u8>>());
    let mut runner =
        TestRunner::new(Config { failure_persistence: None, ..Config::with_cases(300) });
    runner
        .run(&messages::<T>(), |message| {
            let value: Value = serde_json::from_str(&message).unwrap();
            prop_assert!(validator.is_valid(&value), "{}", message);
            Ok(())
        })
        .unwrap();
    runner
        .run(&changed, |(message, place, change)| {
            let mut value: Value = serde_json::from_str(&message).unwrap();
            apply(&mut value, place, change);
            let text = value.to_string();
            prop_assert_eq!(
                T::from_json(text.as_bytes()).is_ok(),
                validator.is_valid(&value),
                "{}",
                text
            );
            Ok(())
        })
        .unwrap();
}

fn apply(value: &mut Value, place: Index, change: Option<u8>) {
    let mut pointers = Vec::new();
    collect(value, String::new(), &mut pointers);
    let pointer = place.get(&pointers).clone();
    match change {
        None => {
            let Some((parent, name)) = pointer.rsplit_once('/') else { return };
            match value.pointer_mut(parent) {
                Some(Value::Object(members)) => {
                    members.remove(&name.replace("~1", "/").replace("~0", "~"));
                }
                Some(Value::Array(items)) => drop(items.pop()),
                _ => {}
            }
        }
        Some(number) => {
            let others =
                [Value::Null, true.into(), 7.into(), "other".into(), Value::Array(Vec::new())];
            if let Some(found) = value.pointer_mut(&pointer) {
                *found = others[usize::from(number) % others.len()].clone();
            }
        }
    }
}

fn collect(value: &Value, at: String, found: &mut Vec<String>) {
    match value {
        Value::Object(members) => members.iter().for_each(|(key, value)| {
            let token = key.replace('~', "~0").replace('/', "~1");
            collect(value, format!("{at}/{token}"), found);
        }),
        Value::Array(items) => {
            let items = items.iter().enumerate();
            items.for_each(|(index, value)| collect(value, format!("{at}/{index}"), found));
        }
        _ => {}
    }
    found.push(at);
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
