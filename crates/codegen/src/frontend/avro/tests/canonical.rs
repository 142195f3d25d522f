//! Canonical forms and fingerprints, compared with `apache-avro`.

use super::*;
use crate::model::AvroSchema;
use apache_avro::Schema;
use apache_avro::rabin::Rabin;

fn schema(text: &str) -> AvroSchema {
    model(text).contracts.remove(0).avro.unwrap_or_else(|| panic!("{text}"))
}

/// Applies to a canonical form of `apache-avro` two rules of the specification that it does not follow:
///
/// * `order`, `precision` and `scale` are not stripped, against “[STRIP] Keep only attributes that are
///   relevant to parsing data, which are: `type`, `name`, `fields`, `symbols`, `items`, `values`,
///   `size`. Strip all others”.
/// * A primitive with a logical type remains an object, against “[PRIMITIVES] Convert primitive schemas
///   to their simple form (e.g., `int` instead of `{"type":"int"}`)”.
///
/// The reference implementation in Java follows both rules.
fn reduced(canonical_form: &str) -> String {
    let stripped = [r#","order":"descending""#, r#","precision":4"#, r#","scale":2"#]
        .iter()
        .fold(canonical_form.to_owned(), |form, attribute| form.replace(attribute, ""));
    ["int", "long", "string", "bytes"].iter().fold(stripped, |form, name| {
        form.replace(&format!(r#"{{"type":"{name}"}}"#), &format!("{name:?}"))
    })
}

/// Returns schemas that together use every rule of the canonical form.
fn schemas() -> Vec<String> {
    let mut schemas: Vec<String> = [
        include_str!(concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../../schemas/boost/account_migration_event.avsc"
        )),
        // Names: dotted, inherited, overridden, and none.
        r#"{"type":"record","name":"a.b.R","namespace":"ignored","fields":[
            {"name":"s","type":{"type":"record","name":"S","fields":[
                {"name":"back","type":["null","R","a.b.S"]},
                {"name":"e","type":{"type":"enum","name":"c.E","symbols":["X","Y"]}}]}},
            {"name":"t","type":{"type":"record","name":"T","namespace":"d","fields":[
                {"name":"f","type":{"type":"fixed","name":"F","size":3}},
                {"name":"g","type":["F","a.b.S","c.E"]}]}},
            {"name":"u","type":["S","d.T","d.F"]}]}"#,
        r#"{"type":"record","name":"R","namespace":"","fields":[
            {"name":"n","type":{"type":"record","name":"N","namespace":"x.y","fields":[
                {"name":"i","type":["null","N"]}]}},
            {"name":"r","type":["null","R","x.y.N"]}]}"#,
        // Attributes that are stripped, in every order.
        r#"{"fields":[{"default":"d","order":"descending","doc":"D","aliases":["g"],"type":"string",
            "name":"f","x-rust-name":"h"},{"type":{"symbols":["A"],"default":"A","doc":"\u00e9 \"x\"",
            "aliases":["B"],"name":"E","type":"enum"},"name":"e"}],
            "aliases":["Old","o.Old"],"doc":"line\nline","name":"R","type":"record","namespace":"n",
            "unknown":{"doc":[1,2]}}"#,
        // The escapes of names are those of any string.
        r#"{"type":"record","name":"\u0052","fields":[{"name":"\u0066","type":"\u0069nt"}]}"#,
        // Unions at the root.
        r#"[{"type":"record","name":"A","namespace":"n","fields":[]},
            {"type":"record","name":"B","fields":[{"name":"a","type":["null","n.A"]}]}]"#,
    ]
    .map(str::to_owned)
    .into();
    // Types of a field.
    for ty in [
        r#""null""#,
        r#"{"type":"string"}"#,
        r#"{"type":"bytes","doc":"x"}"#,
        r#"{"type":"array","items":{"type":"long","doc":"x"},"default":[]}"#,
        r#"{"type":"map","values":{"type":"array","items":["null",{"type":"double"}]}}"#,
        r#"{"type":"R"}"#,
        r#"["null",{"type":"R"}]"#,
        r#"{"type":"fixed","name":"F","size":16}"#,
        r#"["int"]"#,
    ] {
        schemas.push(field_of(ty));
    }
    schemas
}

#[test]
fn canonical_forms_and_fingerprints_match_apache_avro() {
    for text in schemas() {
        let ours = schema(&text);
        let theirs = Schema::parse_str(&text).unwrap_or_else(|error| panic!("{text}: {error}"));
        assert_eq!(ours.canonical_form, reduced(&theirs.canonical_form()), "{text}");
        // The form has no logical types, so `apache-avro` follows all rules.
        let again = Schema::parse_str(&ours.canonical_form).expect("it is a schema");
        assert_eq!(ours.canonical_form, again.canonical_form(), "{text}");
        let rabin = again.fingerprint::<Rabin>().bytes;
        assert_eq!(ours.rabin.to_le_bytes(), *rabin, "{text}");
    }
}

#[test]
fn canonical_forms_have_no_logical_types() {
    for (ty, canonical) in [
        (r#"{"type":"int","logicalType":"date"}"#, r#""int""#),
        (r#"{"type":"long","logicalType":"timestamp-millis"}"#, r#""long""#),
        (r#"{"type":"string","logicalType":"uuid"}"#, r#""string""#),
        (r#"{"type":"bytes","logicalType":"decimal","precision":4,"scale":2}"#, r#""bytes""#),
        (r#"{"type":"int","logicalType":"unknown"}"#, r#""int""#),
        (
            r#"{"type":"fixed","name":"F","size":12,"logicalType":"duration"}"#,
            r#"{"name":"F","type":"fixed","size":12}"#,
        ),
    ] {
        let text = field_of(ty);
        let form = format!(
            r#"{{"name":"R","type":"record","fields":[{{"name":"f","type":{canonical}}}]}}"#
        );
        assert_eq!(schema(&text).canonical_form, form);
        let theirs = Schema::parse_str(&text).map(|schema| schema.canonical_form());
        assert_eq!(theirs.ok().map(|theirs| reduced(&theirs)), Some(form), "{text}");
    }
}

#[test]
fn canonical_forms_follow_the_specification() {
    let text = r#"{ "type": "record", "doc": "d", "name": "R", "namespace": "n", "fields": [
        {"name": "f", "type": {"type": "string"}, "default": ""},
        {"name": "x", "type": {"size": 5.0, "type": "fixed", "name": "F"}} ]}"#;
    assert_eq!(
        schema(text).canonical_form,
        r#"{"name":"n.R","type":"record","fields":[{"name":"f","type":"string"},{"name":"x","type":{"name":"n.F","type":"fixed","size":5}}]}"#
    );
}

#[test]
fn schema_text_omits_only_documentation_and_annotations() {
    let text = r#"{"type":"record","name":"R","doc":"d","x-rust-name":"S","aliases":["A"],"fields":[
        {"name":"doc","doc":"d","x-rust-name":"t","order":"ignore","type":{"type":"record",
            "name":"D","doc":"d","fields":[{"name":"doc","type":"string","doc":"d"},
            {"name":"n","type":"long"}]},"default":{"doc":"kept","n":9007199254740993}},
        {"name":"d","type":["null",{"type":"bytes","logicalType":"decimal","precision":4,
            "x-rust-variant":"V"}],"default":null},
        {"name":"e","type":{"type":"array","items":{"type":"double","doc":"d"}},
            "default":[1e2,123456789.12345678901234567890]}]}"#;
    assert_eq!(
        schema(text).json,
        concat!(
            r#"{"type":"record","name":"R","aliases":["A"],"fields":["#,
            r#"{"name":"doc","order":"ignore","type":{"type":"record","name":"D","fields":["#,
            r#"{"name":"doc","type":"string"},{"name":"n","type":"long"}]},"#,
            r#""default":{"doc":"kept","n":9007199254740993}},"#,
            r#"{"name":"d","type":["null",{"type":"bytes","logicalType":"decimal","precision":4}],"#,
            r#""default":null},"#,
            r#"{"name":"e","type":{"type":"array","items":{"type":"double"}},"#,
            r#""default":[1e2,123456789.12345678901234567890]}]}"#,
        )
    );
    // The text describes the same schema.
    assert_eq!(schema(&schema(text).json).canonical_form, schema(text).canonical_form);
}
