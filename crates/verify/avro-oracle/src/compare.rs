//! Equality of what was decoded by different readers.

use apache_avro::types::Value;
use serde_json::Value as Json;

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

/// Returns whether two texts hold the same JSON: numbers of the same value in whatever notation, `-0.0` apart
/// from `0.0`, members in whatever order.
#[must_use]
pub fn same_json(a: &Json, b: &Json) -> bool {
    match (a, b) {
        (Json::Number(a), Json::Number(b)) => match (a.as_i64(), b.as_i64()) {
            (Some(a), Some(b)) => a == b,
            _ => a.as_f64().map(f64::to_bits) == b.as_f64().map(f64::to_bits),
        },
        (Json::Array(a), Json::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same_json(a, b))
        }
        (Json::Object(a), Json::Object(b)) => {
            let is_in_b = |(key, a)| b.get(key).is_some_and(|b| same_json(a, b));
            a.len() == b.len() && a.iter().all(is_in_b)
        }
        (a, b) => a == b,
    }
}
