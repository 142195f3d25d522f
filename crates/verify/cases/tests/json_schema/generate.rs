//! Messages that come close to a contract: those written by hand with parts exchanged.

use crate::contract::Contract;
use migration_events_support::places::{insert, pointers, remove, replace};
use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::{Map, Value, json};

/// One change of a message.
#[derive(Debug, Clone)]
enum Change {
    /// Another value in some place.
    Replace(Index, Value),
    /// Without some member or item.
    Remove(Index),
    /// One more member or item in some object or array.
    Insert(Index, String, Value),
}

/// Messages for a contract, some of them valid.
pub(crate) fn messages(contract: &Contract) -> impl Strategy<Value = Value> + use<> {
    let (pool, keys) = (Pool::of(contract), keys(&contract.schema));
    let bases: Vec<Value> = contract.valid.iter().filter_map(|text| parse(text)).collect();
    let values = values(pool.values, keys.clone());
    let change = prop_oneof![
        (any::<Index>(), values.clone()).prop_map(|(place, value)| Change::Replace(place, value)),
        any::<Index>().prop_map(Change::Remove),
        (any::<Index>(), select(keys), values.clone())
            .prop_map(|(place, key, value)| Change::Insert(place, key, value)),
    ];
    let base = prop_oneof![
        3 => select(bases),
        // Any properties of the root, each with a value that may have been meant for another one.
        3 => prop::collection::vec((select(pool.properties), values.clone()), 0..4)
            .prop_map(|members| Value::Object(members.into_iter().collect())),
        1 => values,
    ];
    (base, prop::collection::vec(change, 0..4)).prop_map(|(mut message, changes)| {
        for change in changes {
            apply(&mut message, change);
        }
        message
    })
}

/// Values of a contract's own, whole and in parts, and values that any contract may trip over.
struct Pool {
    values: Vec<Value>,
    properties: Vec<String>,
}

impl Pool {
    fn of(contract: &Contract) -> Self {
        let mut values = vec![
            json!(null),
            json!(true),
            json!(false),
            json!(0),
            json!(-0.0),
            json!(1),
            json!(-1),
            json!(2),
            json!(1.0),
            json!(0.5),
            json!(-1.5),
            json!(10),
            json!(100),
            json!(1e15),
            json!(""),
            json!(" "),
            json!("0"),
            json!("a"),
            json!("ab"),
            json!("abcdef"),
            json!("null"),
            json!("ä"),
            json!("🎉"),
            json!("2020-02-29"),
            json!("2021-02-29"),
            json!("2020-02-29T12:00:00Z"),
            json!("14f49508-0000-4000-8000-000000000000"),
            json!("14f49508000040008000000000000000"),
            json!([]),
            json!({}),
        ];
        for text in contract.valid.iter().chain(&contract.invalid) {
            parts(&parse(text).unwrap_or_default(), &mut values);
        }
        literals(&contract.schema, &mut values);
        let mut distinct: Vec<Value> = Vec::new();
        for value in values {
            if !distinct.contains(&value) {
                distinct.push(value);
            }
        }
        let described = contract.schema.get("properties").and_then(Value::as_object);
        let properties = described.map_or_else(
            || keys(&contract.schema),
            |properties| properties.keys().cloned().collect(),
        );
        Self { values: distinct, properties }
    }
}

/// Values of the pool, alone or combined.
fn values(pool: Vec<Value>, keys: Vec<String>) -> impl Strategy<Value = Value> + Clone {
    select(pool).prop_recursive(2, 8, 3, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3).prop_map(Value::Array),
            prop::collection::vec((select(keys.clone()), inner), 0..3)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

fn apply(message: &mut Value, change: Change) {
    let places = pointers(message);
    let at = |place: &Index| place.get(&places).as_str();
    match change {
        Change::Replace(place, value) => replace(message, at(&place), value),
        Change::Remove(place) => remove(message, at(&place)),
        Change::Insert(place, key, value) => insert(message, at(&place), key, value),
    }
}

/// A value and everything inside, but for the message as a whole.
fn parts(value: &Value, found: &mut Vec<Value>) {
    let inside: Vec<&Value> = match value {
        Value::Object(members) => members.values().collect(),
        Value::Array(items) => items.iter().collect(),
        _ => Vec::new(),
    };
    for part in inside {
        found.push(part.clone());
        parts(part, found);
    }
}

/// The scalars that a schema names: limits, constants, options.
fn literals(schema: &Value, found: &mut Vec<Value>) {
    match schema {
        Value::Object(members) => members.values().for_each(|value| literals(value, found)),
        Value::Array(items) => items.iter().for_each(|value| literals(value, found)),
        // Beyond the range of what is held exactly the oracle and the generated code differ.
        Value::Number(number) if number.as_f64().is_some_and(|number| number.abs() > 1e15) => {}
        scalar => found.push(scalar.clone()),
    }
}

/// The names of properties anywhere in a schema, and one that is in none.
fn keys(schema: &Value) -> Vec<String> {
    fn collect(schema: &Value, keys: &mut Vec<String>) {
        let Value::Object(members) = schema else {
            schema.as_array().into_iter().flatten().for_each(|item| collect(item, keys));
            return;
        };
        let properties = members.get("properties").and_then(Value::as_object);
        keys.extend(properties.into_iter().flat_map(Map::keys).cloned());
        let required = members.get("required").and_then(Value::as_array).into_iter().flatten();
        keys.extend(required.filter_map(Value::as_str).map(str::to_owned));
        members.values().for_each(|value| collect(value, keys));
    }
    let mut keys = vec!["unknown".to_owned()];
    collect(schema, &mut keys);
    keys.sort();
    keys.dedup();
    keys
}

fn parse(text: &str) -> Option<Value> {
    serde_json::from_str(text).ok()
}
