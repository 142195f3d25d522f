//! The fingerprint of a schema in the single-object encoding.

use super::error::InvalidSchema;
use super::text::SchemaText;
use serde_json::Value;

/// The CRC-64-AVRO fingerprint of a schema.
///
/// The canonical form of apache-avro keeps `order`, `precision` and `scale`, which [STRIP] removes, and
/// writes `{"type": "int"}` where there was a logical type, which [PRIMITIVES] makes `"int"`. Other
/// implementations do as the specification says, so the fingerprint is that of the form put right.
pub(crate) fn fingerprint(schema: &SchemaText) -> Result<u64, InvalidSchema> {
    let (schema, names) = schema.parse_renamed()?;
    let mut form = serde_json::from_str(&schema.canonical_form())
        .map_err(|error| InvalidSchema::new(format!("no canonical form: {error}")))?;
    canonical(&mut form);
    let schema = apache_avro::Schema::parse(&form).map_err(InvalidSchema::from_parser)?;
    // It puts the attributes in their order.
    let form = schema.canonical_form();
    Ok(rabin(if names.is_empty() { form } else { names.restore(&form) }.as_bytes()))
}

/// CRC-64-AVRO (Avro specification, “Schema Fingerprints”).
fn rabin(bytes: &[u8]) -> u64 {
    const EMPTY: u64 = 0xc15d_213a_a4d7_a795;
    bytes.iter().fold(EMPTY, |fingerprint, byte| {
        let mut rest = (fingerprint ^ u64::from(*byte)) & 0xff;
        for _ in 0..8 {
            rest = (rest >> 1) ^ (EMPTY & (rest & 1).wrapping_neg());
        }
        (fingerprint >> 8) ^ rest
    })
}

/// Removes what [STRIP] and [PRIMITIVES] do. The nesting is bounded: the schema was parsed before.
fn canonical(form: &mut Value) {
    match form {
        Value::Array(schemas) => schemas.iter_mut().for_each(canonical),
        Value::Object(members) => {
            for attribute in ["order", "precision", "scale", "logicalType"] {
                members.remove(attribute);
            }
            members.values_mut().for_each(canonical);
            if let (1, Some(Value::String(name))) = (members.len(), members.get("type")) {
                *form = Value::String(name.clone());
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::{SchemaText, fingerprint, rabin};
    use migration_events::boost::AccountMigrationEvent;
    use migration_events_runtime::avro::AvroContract;

    #[test]
    fn fingerprints_are_those_of_the_canonical_form() {
        let schema = AccountMigrationEvent::SCHEMA;
        assert_eq!(fingerprint(&SchemaText::from(schema.json)), Ok(schema.rabin));
        assert_eq!(fingerprint(&SchemaText::from(schema.canonical_form)), Ok(schema.rabin));
        let decimal = r#"{"type": "record", "name": "A", "fields": [{"name": "b", "order": "ignore",
            "type": {"type": "bytes", "logicalType": "decimal", "precision": 4, "scale": 2}}]}"#;
        let plain =
            r#"{"type": "record", "name": "A", "fields": [{"name": "b", "type": "bytes"}]}"#;
        let fingerprint = |text| fingerprint(&SchemaText::from(text)).unwrap();
        assert_eq!(fingerprint(decimal), fingerprint(plain));
        assert_eq!(fingerprint(plain), rabin(plain_form().as_bytes()));
    }

    fn plain_form() -> &'static str {
        r#"{"name":"A","type":"record","fields":[{"name":"b","type":"bytes"}]}"#
    }

    #[test]
    fn names_beyond_the_grammar_count_as_written() {
        let text = r#"{"type": "record", "name": "A", "namespace": "n$", "fields": [
            {"name": "b-c", "type": ["null", "A"]}]}"#;
        let form =
            r#"{"name":"n$.A","type":"record","fields":[{"name":"b-c","type":["null","n$.A"]}]}"#;
        assert_eq!(fingerprint(&SchemaText::from(text)), Ok(rabin(form.as_bytes())));
    }
}
