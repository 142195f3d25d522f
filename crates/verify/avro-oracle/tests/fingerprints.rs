//! The constants of generated types against what apache-avro computes from the schemas.

use apache_avro::Schema;
use apache_avro::rabin::Rabin;
use md5::Md5;
use migration_events_avro_oracle::codecs;
use serde_json::Value;
use sha2::Sha256;

/// The attributes that have no place in a canonical form (“\[STRIP\] Keep only attributes that are relevant to
/// parsing data, which are: type, name, fields, symbols, items, values, size”), of those in the corpus.
///
/// apache-avro leaves `precision`, `scale` and `order` in. It also leaves the braces where it has taken a
/// logical type out, against “\[PRIMITIVES\] Convert primitive schemas to their simple form (e.g., `int`
/// instead of `{"type":"int"}`)”. fastavro agrees with the specification.
const IRRELEVANT: &[&str] = &["logicalType", "precision", "scale", "order"];

/// The schema without those, as apache-avro understands it.
fn stripped(text: &str) -> Schema {
    let schema = without(IRRELEVANT, serde_json::from_str(text).expect("a schema is JSON"));
    Schema::parse(&schema).expect("a schema")
}

/// The schema without some attributes, wherever they stand.
fn without(attributes: &[&str], schema: Value) -> Value {
    match schema {
        Value::Object(members) => members
            .into_iter()
            .filter(|(key, _)| !attributes.contains(&key.as_str()))
            .map(|(key, value)| (key, without(attributes, value)))
            .collect(),
        Value::Array(items) => items.into_iter().map(|item| without(attributes, item)).collect(),
        other => other,
    }
}

#[test]
fn the_canonical_form_is_apache_avros() {
    for codec in codecs() {
        let expected = stripped(codec.text).canonical_form();
        assert_eq!(codec.schema.canonical_form, expected, "{}", codec.name);
    }
}

#[test]
fn apache_avro_strips_less_than_the_specification_says() {
    for codec in codecs() {
        let theirs = Schema::parse_str(codec.text).expect(codec.name).canonical_form();
        let left_over = [
            r#"{"type":"int"}"#,
            r#"{"type":"long"}"#,
            r#"{"type":"string"}"#,
            r#"{"type":"bytes"}"#,
            r#""precision":"#,
            r#""order":"#,
        ];
        let has_left_over = left_over.iter().any(|text| theirs.contains(text));
        assert_eq!(codec.schema.canonical_form != theirs, has_left_over, "{}", codec.name);
    }
}

#[test]
fn the_fingerprints_are_apache_avros() {
    for codec in codecs() {
        let (constants, schema) = (codec.schema, stripped(codec.text));
        let rabin = schema.fingerprint::<Rabin>().bytes;
        assert_eq!(constants.rabin.to_le_bytes(), *rabin, "{}", codec.name);
        assert_eq!(constants.md5, *schema.fingerprint::<Md5>().bytes, "{}", codec.name);
        assert_eq!(constants.sha256, *schema.fingerprint::<Sha256>().bytes, "{}", codec.name);
    }
}

#[test]
fn types_have_the_schema_of_their_file() {
    for codec in codecs() {
        let constant = Schema::parse_str(codec.schema.json)
            .unwrap_or_else(|error| panic!("{}: {error}", codec.name));
        let file = Schema::parse_str(codec.text).expect(codec.name);
        // Equality of schemas is that of their canonical forms.
        assert_eq!(constant, file, "{}", codec.name);
        let value = |text: &str| without(&["doc"], serde_json::from_str(text).expect(codec.name));
        assert_eq!(value(codec.schema.json), value(codec.text), "{}", codec.name);
    }
}
