//! Places in a [`serde_json::Value`], for tests that change one at random.

use serde_json::Value;

/// The pointers of all values in a value, its own first.
#[must_use]
pub fn pointers(value: &Value) -> Vec<String> {
    let mut found = Vec::new();
    collect(value, String::new(), &mut found);
    found
}

fn collect(value: &Value, pointer: String, found: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            found.push(pointer.clone());
            for (key, value) in members {
                collect(value, crate::json::child(&pointer, key), found);
            }
        }
        Value::Array(items) => {
            found.push(pointer.clone());
            for (index, item) in items.iter().enumerate() {
                collect(item, format!("{pointer}/{index}"), found);
            }
        }
        _ => found.push(pointer),
    }
}

/// Puts a value in the place of another one.
pub fn replace(value: &mut Value, pointer: &str, with: Value) {
    if let Some(place) = value.pointer_mut(pointer) {
        *place = with;
    }
}

/// Removes the member at `pointer`; where an item is, the last item of its array.
pub fn remove(value: &mut Value, pointer: &str) {
    let Some((parent, token)) = pointer.rsplit_once('/') else { return };
    match value.pointer_mut(parent) {
        Some(Value::Object(members)) => {
            members.remove(&token.replace("~1", "/").replace("~0", "~"));
        }
        Some(Value::Array(items)) => drop(items.pop()),
        _ => {}
    }
}

/// Puts one more member into an object, or one more item into an array.
pub fn insert(value: &mut Value, pointer: &str, key: String, member: Value) {
    match value.pointer_mut(pointer) {
        Some(Value::Object(members)) => drop(members.insert(key, member)),
        Some(Value::Array(items)) => items.push(member),
        _ => {}
    }
}
