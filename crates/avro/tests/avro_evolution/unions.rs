//! Branches: added, removed, reordered, of the same shape.

use super::{bytes, reader, refused, refused_datum, resolved, text};
use migration_events::avro::{Resolution, UnresolvableKind, to_datum};

reader!(Several, r#"["null", "string", "long", {"type": "array", "items": "double"}]"#);
reader!(Text, r#""string""#);
reader!(Optional, r#"["null", "double"]"#);

#[test]
fn branches_are_matched_by_type_in_any_order() {
    let writer = r#"["long", {"type": "array", "items": "int"}, "string", "null"]"#;
    assert_eq!(
        resolved::<Several>(writer, &bytes(&[&0_i64, &7_i64])),
        Ok(bytes(&[&2_i64, &7_i64]))
    );
    let datum = bytes(&[&1_i64, &vec![7]]);
    assert_eq!(resolved::<Several>(writer, &datum), Ok(bytes(&[&3_i64, &vec![7.0]])));
    assert_eq!(resolved::<Several>(writer, &[6]), Ok(vec![0]));
}

#[test]
fn types_and_branches_resolve_to_each_other() {
    let datum = to_datum(&text("s"));
    assert_eq!(resolved::<Several>(r#""string""#, &datum), Ok(bytes(&[&1_i64, &text("s")])));
    assert_eq!(resolved::<Optional>(r#""int""#, &[2]), Ok(bytes(&[&1_i64, &1.0])));
    let writer = r#"["null", "string"]"#;
    assert_eq!(resolved::<Text>(writer, &bytes(&[&1_i64, &text("s")])), Ok(datum));
    let refused = refused_datum::<Text>(writer, &[0]);
    assert_eq!(refused.to_string(), "at byte 1: (root): written as null, read as string");
}

#[test]
fn a_same_type_branch_is_preferred_to_promotion() {
    reader!(Numbers, r#"["float", "double", "long", "int"]"#);
    assert_eq!(resolved::<Numbers>(r#""int""#, &[2]), Ok(bytes(&[&3_i64, &1_i64])));
    assert_eq!(resolved::<Numbers>(r#"["long"]"#, &[0, 2]), Ok(bytes(&[&2_i64, &1_i64])));
    reader!(Wider, r#"["double", "float"]"#);
    assert_eq!(resolved::<Wider>(r#""long""#, &[2]), Ok(bytes(&[&0_i64, &1.0])));
}

#[test]
fn an_unresolvable_branch_matters_only_if_used() {
    let writer = r#"["null", "boolean", "string"]"#;
    assert_eq!(resolved::<Several>(writer, &[0]), Ok(vec![0]));
    let refused = refused_datum::<Several>(writer, &[2, 1]);
    assert_eq!(refused.kind(), &UnresolvableKind::Branch { written: "boolean".into() });
    assert_eq!((refused.pointer(), refused.offset()), ("/boolean", Some(1)));
    assert_eq!(
        refused.to_string(),
        "at byte 1: /boolean: no branch of the reader's union for boolean",
    );
}

#[test]
fn a_union_without_resolvable_branch_is_refused() {
    assert_eq!(refused::<Several>(r#"["boolean", "float"]"#).pointer(), "/boolean");
    refused::<Text>(r#"["null", "int"]"#);
    refused::<Several>(r#""boolean""#);
}

// Events of the same shape, as they are in a contract whose branches differ in their name only.
reader!(
    Event,
    r#"{"type": "record", "name": "m.Event", "fields": [{"name": "event", "type": [
        {"type": "record", "name": "m.Validated", "fields": [{"name": "at", "type": "long"}]},
        {"type": "record", "name": "m.Completed", "fields": [{"name": "at", "type": "long"}]},
        {"type": "record", "name": "m.RolledBack", "fields": [{"name": "at", "type": "long"}]}]}]}"#
);

#[test]
fn branches_of_the_same_shape_are_never_confused() {
    // One branch more, in another order, and a field more, so that nothing is read as it is.
    let writer = r#"{"type": "record", "name": "m.Event", "fields": [
        {"name": "source", "type": "string"},
        {"name": "event", "type": [
        {"type": "record", "name": "m.RolledBack", "fields": [{"name": "at", "type": "long"}]},
        {"type": "record", "name": "m.Paused", "fields": [{"name": "at", "type": "long"}]},
        {"type": "record", "name": "m.Completed", "fields": [{"name": "at", "type": "long"}]},
        {"type": "record", "name": "m.Validated", "fields": [{"name": "at", "type": "long"}]}]}]}"#;
    for (written, read) in [(0_i64, 2_i64), (2, 1), (3, 0)] {
        let datum = bytes(&[&text("s"), &written, &7_i64]);
        assert_eq!(resolved::<Event>(writer, &datum), Ok(bytes(&[&read, &7_i64])), "{written}");
    }
    let refused = refused_datum::<Event>(writer, &bytes(&[&text("s"), &1_i64, &7_i64]));
    assert_eq!(
        refused.to_string(),
        "at byte 3: /event/m.Paused: no branch of the reader's union for m.Paused",
    );
}

#[test]
fn more_branches_read_the_older_writer() {
    let older = r#"{"type": "record", "name": "m.Event", "fields": [{"name": "event", "type": [
        {"type": "record", "name": "m.Completed", "fields": [{"name": "at", "type": "int"}]}]}]}"#;
    assert_eq!(resolved::<Event>(older, &[0, 14]), Ok(bytes(&[&1_i64, &7_i64])));
    let single = r#"{"type": "record", "name": "m.Event", "fields": [{"name": "event", "type":
        {"type": "record", "name": "m.RolledBack", "fields": [{"name": "at", "type": "long"}]}}]}"#;
    assert_eq!(resolved::<Event>(single, &[14]), Ok(bytes(&[&2_i64, &7_i64])));
}

#[test]
fn full_names_decide_between_namespaces() {
    reader!(
        Twins,
        r#"[{"type": "record", "name": "a.Event", "fields": []},
            {"type": "record", "name": "b.Event", "fields": []}]"#
    );
    let event = |namespace: &str| {
        format!(r#"{{"type": "record", "name": "{namespace}.Event", "fields": []}}"#)
    };
    assert_eq!(resolved::<Twins>(&event("b"), &[]), Ok(vec![2]));
    assert_eq!(resolved::<Twins>(&event("a"), &[]), Ok(vec![0]));
    // The first one that matches.
    assert_eq!(resolved::<Twins>(&event("c"), &[]), Ok(vec![0]));
}

#[test]
fn a_missing_field_in_a_branch_is_named() {
    let writer = r#"{"type": "record", "name": "m.Event", "fields": [{"name": "event", "type": [
        {"type": "record", "name": "m.Completed", "fields": [{"name": "since", "type": "long"}]},
        {"type": "record", "name": "m.Validated", "fields": [{"name": "at", "type": "long"}]}]}]}"#;
    assert_eq!(resolved::<Event>(writer, &[2, 14]), Ok(vec![0, 14]));
    let refused = refused_datum::<Event>(writer, &[0, 14]);
    assert_eq!(refused.pointer(), "/event/m.Completed/at");
    assert_eq!(refused.kind(), &UnresolvableKind::MissingField);
}

#[test]
fn the_same_union_is_read_as_it_is() {
    let writer = r#"["null", "string", "long", {"type": "array", "items": "double"}]"#;
    assert!(Resolution::<Several>::new(writer).unwrap().is_identity());
    let fewer = r#"["null", "string", "long"]"#;
    assert!(!Resolution::<Several>::new(fewer).unwrap().is_identity());
}

reader!(
    Node,
    r#"{"type": "record", "name": "a.Node", "fields": [
        {"name": "value", "type": "double"},
        {"name": "next", "type": ["null", "Node"], "default": null}]}"#
);

#[test]
fn a_recursive_union_is_resolved_at_every_level() {
    let writer = r#"{"type": "record", "name": "a.Node", "fields": [
        {"name": "next", "type": ["Node", "null"]}, {"name": "value", "type": "int"}]}"#;
    let datum = bytes(&[&0_i64, &0_i64, &1_i64, &3, &2, &1]);
    let expected = bytes(&[&1.0, &1_i64, &2.0, &1_i64, &3.0, &0_i64]);
    assert_eq!(resolved::<Node>(writer, &datum), Ok(expected));
    assert!(
        Resolution::<Node>::new(
            r#"{"type": "record", "name": "a.Node", "fields": [
            {"name": "value", "type": "double"}, {"name": "next", "type": ["null", "Node"]}]}"#
        )
        .unwrap()
        .is_identity()
    );
}
