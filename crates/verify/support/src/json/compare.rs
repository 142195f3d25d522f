//! Equality, which ignores the order of members.

use super::Json;
use crate::number::same_value;

impl Json {
    /// Returns true if both are the same, numbers compared by their exact value.
    #[must_use]
    pub fn is_equivalent_to(&self, other: &Self) -> bool {
        self.is_same(other, &same_value)
    }

    fn is_same(&self, other: &Self, numbers: &impl Fn(&str, &str) -> bool) -> bool {
        match (self, other) {
            (Json::Null, Json::Null) => true,
            (Json::Boolean(left), Json::Boolean(right)) => left == right,
            (Json::Number(left), Json::Number(right)) => numbers(left, right),
            (Json::String(left), Json::String(right)) => left == right,
            (Json::Array(left), Json::Array(right)) => {
                left.len() == right.len()
                    && left.iter().zip(right).all(|(left, right)| left.is_same(right, numbers))
            }
            (Json::Object(left), Json::Object(right)) => {
                // Sorted, so that each occurrence of a repeated key has its own counterpart.
                let (left, right) = (by_key(left), by_key(right));
                left.len() == right.len()
                    && left.iter().zip(right).all(|((name, value), (key, other))| {
                        name == key && value.is_same(other, numbers)
                    })
            }
            _ => false,
        }
    }
}

impl PartialEq for Json {
    fn eq(&self, other: &Self) -> bool {
        self.is_same(other, &|left, right| left == right)
    }
}

impl Eq for Json {}

/// The members sorted by key; those of the same key stay in order.
fn by_key(members: &[(String, Json)]) -> Vec<&(String, Json)> {
    let mut sorted: Vec<_> = members.iter().collect();
    sorted.sort_by_key(|(key, _)| key);
    sorted
}

#[cfg(test)]
mod tests {
    use super::super::parse;

    #[test]
    fn objects_are_equal_regardless_of_order() {
        assert_eq!(parse(r#"{"a":1,"b":{"c":2,"d":3}}"#), parse(r#"{"b":{"d":3,"c":2},"a":1}"#));
        assert_ne!(parse(r#"{"a":1}"#), parse(r#"{"a":1,"b":1}"#));
        assert_ne!(parse(r#"{"a":1.0}"#), parse(r#"{"a":1}"#));
        assert!(parse(r#"{"a":1.0}"#).is_equivalent_to(&parse(r#"{"a":1}"#)));
    }

    #[test]
    fn a_repeated_key_hides_no_other() {
        assert_ne!(parse(r#"{"a":1,"a":1}"#), parse(r#"{"a":1,"b":2}"#));
        assert_ne!(parse(r#"{"a":1,"a":1,"b":2}"#), parse(r#"{"a":1,"b":2,"b":2}"#));
        assert_ne!(parse(r#"{"a":1,"a":2}"#), parse(r#"{"a":1,"a":3}"#));
    }
}
