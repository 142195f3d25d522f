//! Comparison of pairs of versions of an Avro schema, checked against apache-avro in both directions.

use super::compared;
use apache_avro::Schema;
use apache_avro::schema_compatibility::{Compatibility, SchemaCompatibility};
use migration_events_codegen::evolution::Breaks;

const NONE: Breaks = Breaks { readers: false, writers: false };
const READERS: Breaks = Breaks { readers: true, writers: false };
const WRITERS: Breaks = Breaks { readers: false, writers: true };
const BOTH: Breaks = Breaks { readers: true, writers: true };

/// Returns a record with the field `f` of the given type besides `id`.
fn record(ty: &str) -> String {
    format!(
        r#"{{"type":"record","name":"R","fields":[{{"name":"id","type":"long"}},{{"name":"f","type":{ty}}}]}}"#
    )
}

/// Returns a record with the given fields after `id`.
fn fields(fields: &str) -> String {
    format!(r#"{{"type":"record","name":"R","fields":[{{"name":"id","type":"long"}}{fields}]}}"#)
}

/// Types of a field in two versions, the groups that the change breaks, and the start of its description.
const TYPES: &[(&str, &str, Breaks, &str)] = &[
    (r#""string""#, r#""string""#, NONE, ""),
    (r#""int""#, r#""long""#, READERS, "the type became `long`, was `int`"),
    (r#""int""#, r#""double""#, READERS, "the type became `double`, was `int`"),
    (r#""long""#, r#""float""#, READERS, "the type became `float`, was `long`"),
    (r#""double""#, r#""float""#, WRITERS, "the type became `float`, was `double`"),
    (r#""string""#, r#""bytes""#, NONE, "the type became `bytes`, was `string`"),
    (r#""string""#, r#""int""#, BOTH, "the type became `int`, was `string`"),
    (
        r#""string""#,
        r#"{"type":"array","items":"string"}"#,
        BOTH,
        "the type became an array, was `string`",
    ),
    (
        r#"{"type":"array","items":"int"}"#,
        r#"{"type":"array","items":"long"}"#,
        READERS,
        "the type became `long`, was `int`",
    ),
    (
        r#"{"type":"map","values":"string"}"#,
        r#"{"type":"map","values":"int"}"#,
        BOTH,
        "the type became `int`, was `string`",
    ),
    (r#""string""#, r#"["null","string"]"#, READERS, "`null` became a branch"),
    (r#"["null","string"]"#, r#""string""#, WRITERS, "`null` is no longer a branch"),
    (r#"["null","string"]"#, r#"["string","null"]"#, NONE, ""),
    (r#"["null","string"]"#, r#"["null","string","int"]"#, READERS, "`int` became a branch"),
    (
        r#"["null","string","int"]"#,
        r#"["null","string","long"]"#,
        READERS,
        "`long` became a branch",
    ),
    (r#""int""#, r#"["null","long"]"#, READERS, "`null` became a branch"),
    (
        r#"{"type":"enum","name":"E","symbols":["A"]}"#,
        r#"{"type":"enum","name":"E","symbols":["A","B"]}"#,
        READERS,
        "the symbol `B` was added",
    ),
    (
        r#"{"type":"enum","name":"E","symbols":["A","B"]}"#,
        r#"{"type":"enum","name":"E","symbols":["A"]}"#,
        WRITERS,
        "the symbol `B` was removed",
    ),
    (
        r#"{"type":"enum","name":"E","symbols":["A"],"default":"A"}"#,
        r#"{"type":"enum","name":"E","symbols":["A","B"],"default":"A"}"#,
        NONE,
        "the symbol `B` was added",
    ),
    (
        r#"{"type":"enum","name":"E","symbols":["A","B"]}"#,
        r#"{"type":"enum","name":"E","symbols":["B","A"]}"#,
        NONE,
        "",
    ),
    (
        r#"{"type":"enum","name":"E","symbols":["A"]}"#,
        r#"{"type":"enum","name":"F","symbols":["A"]}"#,
        BOTH,
        "the type became the enum `F`, was the enum `E`",
    ),
    (
        r#"{"type":"enum","name":"a.E","symbols":["A"]}"#,
        r#"{"type":"enum","name":"b.E","symbols":["A"]}"#,
        NONE,
        "the type became the enum `b.E`, was the enum `a.E`",
    ),
    (
        r#"{"type":"fixed","name":"X","size":4}"#,
        r#"{"type":"fixed","name":"X","size":8}"#,
        BOTH,
        "the size became 8, was 4",
    ),
    (
        r#"{"type":"bytes","logicalType":"decimal","precision":9,"scale":2}"#,
        r#"{"type":"bytes","logicalType":"decimal","precision":9,"scale":3}"#,
        BOTH,
        "the type became `bytes` (decimal of precision 9 and scale 3)",
    ),
    (
        r#"{"type":"bytes","logicalType":"decimal","precision":9,"scale":2}"#,
        r#"{"type":"bytes","logicalType":"decimal","precision":12,"scale":2}"#,
        BOTH,
        "the type became `bytes` (decimal of precision 12",
    ),
    (
        r#""long""#,
        r#"{"type":"long","logicalType":"timestamp-millis"}"#,
        NONE,
        "the type became `long` (timestamp-millis), was `long`",
    ),
    (
        r#"{"type":"record","name":"S","fields":[{"name":"a","type":"int"}]}"#,
        r#"{"type":"record","name":"S","fields":[{"name":"a","type":"int"},{"name":"b","type":"int"}]}"#,
        WRITERS,
        "the field `b` was added without a default",
    ),
    (
        r#"["null",{"type":"record","name":"S","fields":[]}]"#,
        r#"["null",{"type":"record","name":"S","fields":[{"name":"b","type":"int"}]}]"#,
        WRITERS,
        "the field `b` was added without a default",
    ),
    (r#"["null","R"]"#, r#"["null","R"]"#, NONE, ""),
    (
        r#"{"type":"array","items":"R"}"#,
        r#"{"type":"array","items":["null","R"]}"#,
        READERS,
        "`null` became a branch",
    ),
];

/// Further fields of a record in two versions, as in [`TYPES`].
const FIELDS: &[(&str, &str, Breaks, &str)] = &[
    ("", r#",{"name":"a","type":"int"}"#, WRITERS, "the field `a` was added without a default"),
    (
        "",
        r#",{"name":"a","type":"int","default":0}"#,
        NONE,
        "the field `a` was added with a default",
    ),
    (r#",{"name":"a","type":"int"}"#, "", READERS, "the field `a` was removed without a default"),
    (
        r#",{"name":"a","type":"int","default":0}"#,
        "",
        NONE,
        "the field `a` was removed with a default",
    ),
    (
        r#",{"name":"a","type":"int"}"#,
        r#",{"name":"b","type":"int"}"#,
        BOTH,
        "the field `b` was added without a default",
    ),
    (
        r#",{"name":"a","type":"int"}"#,
        r#",{"name":"b","aliases":["a"],"type":"int"}"#,
        READERS,
        "the field `a` was renamed to `b`",
    ),
    (
        r#",{"name":"a","type":"int","default":1}"#,
        r#",{"name":"b","aliases":["a"],"type":"int"}"#,
        NONE,
        "the field `a` was renamed to `b`",
    ),
    (
        r#",{"name":"a","type":"int","default":1}"#,
        r#",{"name":"a","type":"int","default":2}"#,
        NONE,
        "the default of the field `a` changed",
    ),
    (
        r#",{"name":"a","type":"int"},{"name":"b","type":"int"}"#,
        r#",{"name":"b","type":"int"},{"name":"a","type":"int"}"#,
        NONE,
        "",
    ),
];

/// Changes that apache-avro judges differently, with its verdict as the fourth member.
const DEVIATIONS: &[(&str, &str, Breaks, Breaks, &str)] = &[
    // By the specification a reader's type also matches by its aliases. apache-avro supports aliases of
    // fields only.
    (
        r#"{"type":"enum","name":"E","symbols":["A"]}"#,
        r#"{"type":"enum","name":"F","aliases":["E"],"symbols":["A"]}"#,
        READERS,
        BOTH,
        "the type became the enum `F`, was the enum `E`",
    ),
    // By the specification the value resolves by its type, but it would be wrong by a factor of 1000.
    (
        r#"{"type":"long","logicalType":"timestamp-millis"}"#,
        r#"{"type":"long","logicalType":"timestamp-micros"}"#,
        BOTH,
        NONE,
        "the type became `long` (timestamp-micros)",
    ),
    // Not every string is a UUID, and a reader of UUIDs rejects other strings.
    (
        r#""string""#,
        r#"{"type":"string","logicalType":"uuid"}"#,
        WRITERS,
        NONE,
        "the type became `string` (uuid)",
    ),
    // The `int` counts days, the `long` counts milliseconds.
    (
        r#"{"type":"int","logicalType":"date"}"#,
        r#"{"type":"long","logicalType":"timestamp-millis"}"#,
        BOTH,
        READERS,
        "the type became `long` (timestamp-millis)",
    ),
];

/// Returns the verdict of apache-avro. Partial compatibility breaks for some datum.
fn oracle(old: &str, new: &str) -> Breaks {
    let (old, new) = (Schema::parse_str(old).unwrap(), Schema::parse_str(new).unwrap());
    let breaks = |writer: &Schema, reader: &Schema| {
        !matches!(SchemaCompatibility::can_read(writer, reader), Ok(Compatibility::Full))
    };
    Breaks { readers: breaks(&new, &old), writers: breaks(&old, &new) }
}

fn check(old: &str, new: &str, breaks: Breaks, what: &str) {
    let evolution = compared(old, new, ".avsc");
    assert_eq!(evolution.breaks(), breaks, "{old} → {new}\n{evolution}");
    let is_said = evolution.changes().iter().any(|change| change.what.starts_with(what));
    assert!(is_said || what.is_empty() && evolution.changes().is_empty(), "{what}\n{evolution}");
    let back = compared(new, old, ".avsc").breaks();
    let mirrored = Breaks { readers: breaks.writers, writers: breaks.readers };
    // An alias works in one direction only.
    if !new.contains("aliases") {
        assert_eq!(back, mirrored, "{new} → {old}");
    }
}

#[test]
fn changed_types_resolve_as_in_apache_avro() {
    for (old, new, breaks, what) in TYPES {
        let (old, new) = (record(old), record(new));
        check(&old, &new, *breaks, what);
        assert_eq!(oracle(&old, &new), *breaks, "{old} → {new}");
    }
}

#[test]
fn changed_fields_resolve_as_in_apache_avro() {
    for (old, new, breaks, what) in FIELDS {
        let (old, new) = (fields(old), fields(new));
        check(&old, &new, *breaks, what);
        assert_eq!(oracle(&old, &new), *breaks, "{old} → {new}");
    }
}

#[test]
fn type_pairs_resolve_as_in_apache_avro() {
    let mut types: Vec<_> = TYPES.iter().flat_map(|(old, new, ..)| [*old, *new]).collect();
    types.sort_unstable();
    types.dedup();
    for old in &types {
        for new in &types {
            let (old, new) = (record(old), record(new));
            let ours = compared(&old, &new, ".avsc");
            let (breaks, theirs) = (ours.breaks(), oracle(&old, &new));
            if [&old, &new].iter().any(|schema| schema.contains("logicalType")) {
                // apache-avro does not compare logical types: see `DEVIATIONS`.
                let is_stricter =
                    breaks.readers >= theirs.readers && breaks.writers >= theirs.writers;
                assert!(is_stricter, "{old} → {new}\n{ours}");
            } else {
                assert_eq!(breaks, theirs, "{old} → {new}\n{ours}");
            }
        }
    }
}

#[test]
fn deviations_from_apache_avro_are_as_listed() {
    for (old, new, breaks, theirs, what) in DEVIATIONS {
        let (old, new) = (record(old), record(new));
        check(&old, &new, *breaks, what);
        assert_eq!(oracle(&old, &new), *theirs, "{old} → {new}");
    }
}

#[test]
fn added_branches_of_an_event_are_named() {
    let event = |branches: &[&str]| {
        let records: Vec<_> = branches
            .iter()
            .map(|name| format!(r#"{{"type":"record","name":"{name}","fields":[{{"name":"id","type":"string"}}]}}"#))
            .collect();
        format!("[{}]", records.join(","))
    };
    let evolution = compared(&event(&["Moved"]), &event(&["Moved", "Cancelled"]), ".avsc");
    assert_eq!(
        evolution.to_string(),
        "breaking: the record `Cancelled` became a branch\n --> new.avsc:1:76\n  = at: /1\n  \
         = breaks: readers on the old version\n  = why: the old version cannot read its values",
    );
}

#[test]
fn forms_of_the_same_schema_do_not_differ() {
    let record = r#"{"type":"record","name":"R","fields":[{"name":"f","type":["null"]}]}"#;
    for same in [
        r#"{"type":"error","name":"R","fields":[{"name":"f","type":["null"]}]}"#,
        r#"{"type":{"type":"record","name":"R","doc":null,"fields":[{"name":"f","type":{"type":["null"]}}]}}"#,
        "// A comment.\n{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"f\",\"type\":[\"null\"]}]}",
    ] {
        let evolution = compared(record, same, ".avsc");
        assert!(evolution.changes().is_empty(), "{same}\n{evolution}");
    }
    let answer = |schema: &str| format!(r#"{{"schema": {}}}"#, serde_json::Value::from(schema));
    let (old, new) = (answer("\"int\""), answer("\"long\""));
    assert_eq!(compared(&old, &new, ".json").breaks(), READERS);
}
