//! Equality of what was decoded by different readers.

use apache_avro::types::Value;
use migration_events_support::json::{Json, parse};

/// Returns whether two values are the same, bit by bit: not-a-number is the same as itself, zero is not the
/// same as its negative.
#[must_use]
pub fn same_value(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Float(a), Value::Float(b)) => a.to_bits() == b.to_bits(),
        (Value::Double(a), Value::Double(b)) => a.to_bits() == b.to_bits(),
        (Value::Union(i, a), Value::Union(j, b)) => i == j && same_value(a, b),
        (Value::Array(a), Value::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same_value(a, b))
        }
        (Value::Map(a), Value::Map(b)) => {
            let is_in_b = |(key, a)| b.get(key).is_some_and(|b| same_value(a, b));
            a.len() == b.len() && a.iter().all(is_in_b)
        }
        (Value::Record(a), Value::Record(b)) => {
            let same_field =
                |((i, a), (j, b)): (&(String, Value), &(String, Value))| i == j && same_value(a, b);
            a.len() == b.len() && a.iter().zip(b).all(same_field)
        }
        (a, b) => a == b,
    }
}

/// Returns true if two texts hold the same JSON: numbers of the same value in whatever notation, `-0.0`
/// apart from `0.0`, members in whatever order, none of them twice.
///
/// # Panics
/// A text is not JSON.
#[must_use]
pub fn same_json(a: &str, b: &str) -> bool {
    let (a, b) = (parse(a), parse(b));
    !a.repeats_keys() && !b.repeats_keys() && same(&a, &b)
}

fn same(a: &Json, b: &Json) -> bool {
    match (a, b) {
        (Json::Number(a), Json::Number(b)) => match (a.parse::<i64>(), b.parse::<i64>()) {
            (Ok(a), Ok(b)) => a == b,
            _ => {
                let bits = |text: &str| text.parse().map(f64::to_bits).ok();
                bits(a).is_some() && bits(a) == bits(b)
            }
        },
        (Json::Array(a), Json::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b))
        }
        (Json::Object(a), Json::Object(b)) => {
            let find = |key: &str| b.iter().find(|(name, _)| name == key);
            let is_in_b = |(key, a): &(String, Json)| find(key).is_some_and(|(_, b)| same(a, b));
            a.len() == b.len() && a.iter().all(is_in_b)
        }
        (a, b) => a == b,
    }
}
