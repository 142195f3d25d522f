//! The `jsonschema` crate as an oracle for contracts.

use jsonschema::{Draft, Validator};
use serde_json::Value;

/// Compiles a schema of a draft: formats are asserted, `uuid` among them, which draft-07 does not know.
///
/// # Panics
/// The schema is not one of the draft.
#[must_use]
#[track_caller]
pub fn compiled(schema: &Value, draft: Draft) -> Validator {
    let options = jsonschema::options().with_draft(draft).should_validate_formats(true);
    let validator = options.with_format("uuid", is_hyphenated_uuid).build(schema);
    validator.unwrap_or_else(|error| panic!("{error}: {schema}"))
}

/// Removes `$schema` and `$id`: the draft is passed to the oracle, and the identifiers inside of a contract are
/// fragments that no reference uses.
pub fn forget_identifiers(schema: &mut Value) {
    match schema {
        Value::Array(items) => items.iter_mut().for_each(forget_identifiers),
        Value::Object(members) => {
            members
                .retain(|key, value| !(matches!(&**key, "$schema" | "$id") && value.is_string()));
            members.values_mut().for_each(forget_identifiers);
        }
        _ => {}
    }
}

/// RFC 9562 §4: 36 characters, hyphens in four places, hexadecimal digits in all others.
fn is_hyphenated_uuid(text: &str) -> bool {
    text.len() == 36
        && text.bytes().enumerate().all(|(index, byte)| match index {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_hyphenated_form_is_a_uuid() {
        let id = "F81D4FAE-7dec-11d0-a765-00a0c91e6bf6";
        assert!(is_hyphenated_uuid(id));
        let others = [
            format!("urn:uuid:{id}"),
            format!("{{{id}}}"),
            id.replace('-', ""),
            id.replace('F', "G"),
        ];
        for text in others {
            assert!(!is_hyphenated_uuid(&text), "{text}");
        }
    }

    #[test]
    fn identifiers_are_forgotten_and_properties_of_their_name_kept() {
        let text = r##"{"$id": "a", "properties": {"$id": {"$id": "#b", "const": 1}}}"##;
        let mut schema: Value = serde_json::from_str(text).unwrap();
        forget_identifiers(&mut schema);
        assert_eq!(schema.to_string(), r#"{"properties":{"$id":{"const":1}}}"#);
        assert!(!compiled(&schema, Draft::Draft7).is_valid(&serde_json::json!({"$id": 2})));
    }
}
