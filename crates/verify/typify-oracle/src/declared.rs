//! The members that a contract declares, to distinguish a lost member from an unknown one.

use serde_json::Value;
use std::collections::BTreeSet;

/// The pointers of all declared members; an item of an array is `*`.
#[derive(Debug, Clone, Default)]
pub struct Declared(BTreeSet<String>);

impl Declared {
    /// The members that a schema without circles declares.
    #[must_use]
    pub fn of(schema: &Value) -> Self {
        let mut declared = Self::default();
        declared.collect(schema, schema, "");
        declared
    }

    /// Returns whether the contract declares the member at this pointer.
    #[must_use]
    pub fn contains(&self, place: &str) -> bool {
        self.0.contains(place)
    }

    fn collect(&mut self, root: &Value, schema: &Value, place: &str) {
        if let Some(target) = schema["$ref"].as_str().and_then(|it| it.strip_prefix('#')) {
            self.collect(root, root.pointer(target).expect("a reference that leads"), place);
        }
        for (key, member) in schema["properties"].as_object().into_iter().flatten() {
            let place = format!("{place}/{key}");
            self.collect(root, member, &place);
            self.0.insert(place);
        }
        if schema["items"].is_object() {
            self.collect(root, &schema["items"], &format!("{place}/*"));
        }
        for keyword in ["allOf", "anyOf", "oneOf"] {
            for branch in schema[keyword].as_array().into_iter().flatten() {
                self.collect(root, branch, place);
            }
        }
    }
}
