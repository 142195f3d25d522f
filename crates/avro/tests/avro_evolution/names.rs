//! Namespaces, references, and what a name does not say.

use super::{bytes, reader, refused, resolved, text};
use migration_events::avro::{Resolution, ResolveError, SchemaText};

reader!(
    Outer,
    r#"{"type": "record", "name": "a.b.Outer", "fields": [
        {"name": "one", "type": {"type": "record", "name": "Inner", "fields": [
            {"name": "x", "type": "long"}]}},
        {"name": "two", "type": "Inner"},
        {"name": "three", "type": "a.b.Inner"}]}"#
);

#[test]
fn names_resolve_in_their_enclosing_namespace() {
    let writer = r#"{"type": "record", "name": "Outer", "namespace": "a.b", "fields": [
        {"name": "two", "type": {"type": "record", "name": "a.b.Inner", "fields": [
            {"name": "x", "type": "int"}]}},
        {"name": "three", "type": "Inner"},
        {"name": "one", "type": "a.b.Inner"}]}"#;
    let datum = bytes(&[&2, &3, &1]);
    assert_eq!(resolved::<Outer>(writer, &datum), Ok(bytes(&[&1_i64, &2_i64, &3_i64])));
}

#[test]
fn a_name_matches_across_namespaces() {
    let writer = r#"{"type": "record", "name": "Outer", "fields": [
        {"name": "one", "type": {"type": "record", "name": "c.Inner", "fields": [
            {"name": "x", "type": "int"}]}},
        {"name": "two", "type": {"type": "record", "name": "d.Inner", "fields": [
            {"name": "y", "type": "int"}, {"name": "x", "type": "long"}]}},
        {"name": "three", "type": "c.Inner"}]}"#;
    let datum = bytes(&[&1, &7, &2_i64, &3]);
    assert_eq!(resolved::<Outer>(writer, &datum), Ok(bytes(&[&1_i64, &2_i64, &3_i64])));
}

#[test]
fn references_define_the_names_of_a_schema() {
    let writer = r#"{"type": "record", "name": "a.b.Outer", "fields": [
        {"name": "one", "type": "Inner"},
        {"name": "two", "type": "Inner"},
        {"name": "three", "type": "a.b.Inner"}]}"#;
    let inner =
        r#"{"type": "record", "name": "a.b.Inner", "fields": [{"name": "x", "type": "c.Count"}]}"#;
    let count = r#"{"type": "record", "name": "c.Count", "fields": []}"#;
    let Err(ResolveError::Schema(error)) = Resolution::<Outer>::new(writer) else {
        panic!("Inner is not defined");
    };
    assert!(error.to_string().contains("Inner"), "{error}");

    let with_references = SchemaText::from(writer).with_references([count, inner]);
    let Err(ResolveError::Unresolvable(refused)) = Resolution::<Outer>::new(with_references) else {
        panic!("a record is no long");
    };
    assert_eq!(refused.to_string(), "/one/x: written as c.Count, read as long");

    let inner =
        r#"{"type": "record", "name": "a.b.Inner", "fields": [{"name": "x", "type": "int"}]}"#;
    let with_references = SchemaText::from(writer).with_references([inner]);
    let resolution = Resolution::<Outer>::new(with_references).unwrap();
    let outer = resolution.decode(&bytes(&[&1, &2, &3])).unwrap();
    assert_eq!(outer.0, bytes(&[&1_i64, &2_i64, &3_i64]));
}

#[test]
fn nested_references_are_followed_to_a_limit() {
    let chain = |len: usize| {
        let reference = |level: usize| {
            let inner = if level == 0 { "int".to_owned() } else { format!("R{}", level - 1) };
            format!(
                r#"{{"type": "record", "name": "R{level}", "fields": [{{"name": "r", "type": "{inner}"}}]}}"#
            )
        };
        let root = format!(
            r#"{{"type": "record", "name": "Z", "fields": [{{"name": "r", "type": "R{len}"}}]}}"#
        );
        SchemaText::from(root).with_references((0..=len).map(reference))
    };
    assert!(Resolution::<Small>::new(chain(60)).unwrap().decode(&[2]).is_ok());
    let error = Resolution::<Small>::new(chain(1000)).unwrap_err();
    assert_eq!(error.to_string(), "not an Avro schema: nested too deeply");
    // One that refers to itself is recursive, as any other.
    let itself =
        r#"{"type": "record", "name": "R", "fields": [{"name": "r", "type": ["null", "R"]}]}"#;
    let root = r#"{"type": "record", "name": "Z", "fields": [{"name": "r", "type": "R"}]}"#;
    let text = SchemaText::from(root).with_references([itself]);
    assert!(Resolution::<Small>::new(text).unwrap().decode(&[2, 2, 0]).is_ok());
}

// The schema of today, and an older one that has the same full name: other topics hold it.
reader!(
    Scheduled,
    r#"{"type": "record", "name": "messages.AccountMigrationScheduledEvent", "fields": [
        {"name": "accountId", "type": "string"},
        {"name": "enrollmentId", "type": "string"},
        {"name": "scheduledAt", "type": {"type": "long", "logicalType": "timestamp-millis"}}]}"#
);
const OLDER: &str = r#"{"type": "record", "name": "messages.AccountMigrationScheduledEvent", "fields": [
    {"name": "accountId", "type": "string"},
    {"name": "msn", "type": "string"}]}"#;

#[test]
fn trap_17_an_older_record_is_not_confused() {
    let refused = refused::<Scheduled>(OLDER);
    assert_eq!(
        refused.to_string(),
        "/enrollmentId: no such field in the schema of the writer, and no default",
    );
}

reader!(
    Migrating,
    r#"{"type": "record", "name": "messages.AccountMigrationScheduledEvent", "fields": [
        {"name": "accountId", "type": "string"},
        {"name": "enrollmentId", "type": ["null", "string"], "default": null},
        {"name": "msn", "type": ["null", "string"], "default": null}]}"#
);

#[test]
fn trap_17_defaults_read_an_older_record() {
    let datum = bytes(&[&text("A-1"), &text("E-1")]);
    let expected = bytes(&[&text("A-1"), &0_i64, &1_i64, &text("E-1")]);
    assert_eq!(resolved::<Migrating>(OLDER, &datum), Ok(expected));
}

#[test]
fn invalid_schemas_fail_before_any_datum() {
    let deep = "[".repeat(100_000);
    let arrays = r#"{"type":"array","items":"#.repeat(120) + r#""int""# + &"}".repeat(120);
    for text in ["", "{", "1", r#""no.such.Type""#, r#"{"type": "record"}"#, &deep] {
        let error = Resolution::<Outer>::new(text).unwrap_err();
        assert!(matches!(error, ResolveError::Schema(_)), "{text}: {error}");
    }
    // As deep as JSON may be.
    assert!(matches!(
        Resolution::<Outer>::new(arrays.as_str()),
        Err(ResolveError::Unresolvable(_))
    ));
}

reader!(
    Small,
    r#"{"type": "record", "name": "Z", "fields": [{"name": "a", "type": "string", "default": ""}]}"#
);

#[test]
fn a_name_that_is_defined_twice_is_refused() {
    // What a parser that lets it pass makes of it never ends: each one is the default of the other.
    let writer = r#"{"type": "record", "name": "Z", "fields": [
        {"name": "first", "type": {"type": "record", "name": "A", "fields": []}},
        {"name": "second", "type": {"type": "record", "name": "B", "fields": [
            {"name": "a", "type": "A", "default": {}}]}},
        {"name": "third", "type": {"type": "record", "name": "A", "fields": [
            {"name": "b", "type": "B", "default": {}}]}},
        {"name": "fourth", "type": "A", "default": {}}]}"#;
    let error = Resolution::<Small>::new(writer).unwrap_err();
    assert_eq!(error.to_string(), "not an Avro schema: a name is defined twice");
}

#[test]
fn defaults_of_the_writer_are_ignored() {
    // Applied, the last one would be 2^40 records.
    let mut fields = vec![
        r#"{"name": "f0", "type": {"type": "record", "name": "R0", "fields": []}}"#.to_owned(),
    ];
    for level in 1..=40 {
        let inner = level - 1;
        fields.push(format!(
            r#"{{"name": "f{level}", "default": {{}}, "type": {{"type": "record", "name": "R{level}", "fields": [
                {{"name": "l", "type": "R{inner}", "default": {{}}}},
                {{"name": "r", "type": "R{inner}", "default": {{}}}}]}}}}"#
        ));
    }
    let writer = format!(r#"{{"type": "record", "name": "Z", "fields": [{}]}}"#, fields.join(","));
    let resolution = Resolution::<Small>::new(writer.as_str()).unwrap();
    // A datum of it has no bytes and as many records: they are not walked.
    assert!(resolution.decode(&[]).is_ok());
}

#[test]
fn endless_nesting_by_name_is_refused() {
    let mut fields = vec![
        r#"{"name": "f0", "type": {"type": "record", "name": "R0", "fields": [{"name": "b", "type": "boolean"}]}}"#.to_owned(),
    ];
    for level in 1..=10_000 {
        let inner = level - 1;
        fields.push(format!(
            r#"{{"name": "f{level}", "type": {{"type": "record", "name": "R{level}", "fields": [
                {{"name": "i", "type": "R{inner}"}}]}}}}"#
        ));
    }
    let writer = format!(r#"{{"type": "record", "name": "Z", "fields": [{}]}}"#, fields.join(","));
    let resolution = Resolution::<Small>::new(writer.as_str()).unwrap();
    let error = resolution.decode(&[0; 10_001]).unwrap_err();
    assert!(error.to_string().ends_with("nested deeper than 127 levels"), "{error}");
}

reader!(
    Booking,
    r#"{"type": "record", "name": "travel.Booking", "fields": [
        {"name": "seat", "type": "int"},
        {"name": "first_name", "type": "string", "default": "unknown"},
        {"name": "state", "type": {"type": "enum", "name": "State", "symbols": ["OPEN", "OTHER"],
            "default": "OTHER"}, "default": "OPEN"}]}"#
);

#[test]
fn names_beyond_the_grammar_do_not_lose_a_datum() {
    let defaults = bytes(&[&5, &"unknown".to_owned(), &0]);
    for writer in [
        r#"{"type": "record", "name": "Booking", "namespace": "com.travel.Outer$", "fields": [
            {"name": "seat", "type": "int"}]}"#,
        r#"{"type": "record", "name": "Booking", "namespace": "db-7.public", "fields": [
            {"name": "seat", "type": "int"}]}"#,
        r#"{"type": "record", "name": ".b.Booking", "fields": [{"name": "seat", "type": "int"}]}"#,
        r#"{"type": "error", "name": "Booking", "doc": null, "fields": [{"name": "seat", "type": "int"}]}"#,
    ] {
        assert_eq!(resolved::<Booking>(writer, &bytes(&[&5])).as_ref(), Ok(&defaults), "{writer}");
    }
}

#[test]
fn names_beyond_the_grammar_match_no_name_by_chance() {
    // A field and a symbol that look alike are other ones; both copies of `Part$` are the same type.
    let writer = r#"{"type": "record", "name": "Booking", "namespace": "a$", "fields": [
        {"name": "first-name", "type": "string"},
        {"name": "1000", "type": {"type": "record", "name": "Part$", "fields": [
            {"name": "x", "type": "long"}]}},
        {"name": "part", "type": ["null", "a$.Part$"]},
        {"name": "seat", "type": "int"},
        {"name": "state", "type": {"type": "enum", "name": "State", "symbols": ["O-PEN", "OPEN"]}}]}"#;
    let written = bytes(&[&"Ada".to_owned(), &7_i64, &1_i64, &8_i64, &5, &0]);
    let expected = bytes(&[&5, &"unknown".to_owned(), &1]);
    assert_eq!(resolved::<Booking>(writer, &written), Ok(expected));
}

#[test]
fn references_may_have_such_names() {
    let writer = r#"{"type": "record", "name": "Booking", "namespace": "a$", "fields": [
        {"name": "extra", "type": "Part"}, {"name": "again", "type": "a$.Part"},
        {"name": "seat", "type": "int"}]}"#;
    let part =
        r#"{"type": "record", "name": "a$.Part", "fields": [{"name": "x", "type": "long"}]}"#;
    let resolution =
        Resolution::<Booking>::new(SchemaText::from(writer).with_references([part])).unwrap();
    let booking = resolution.decode(&bytes(&[&7_i64, &8_i64, &5])).unwrap();
    assert_eq!(booking.0, bytes(&[&5, &"unknown".to_owned(), &0]));
}
