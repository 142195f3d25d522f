//! Data that are none of the writer's schema: an error with offset and path, in bounded memory.

use super::{bytes, reader, text};
use migration_events::avro::{
    Cursor, DatumError, DatumErrorKind, Resolution, ResolveError, to_datum,
};

// Another order of the fields, so that nothing is read as it is.
const WRITER: &str = r#"{"type": "record", "name": "a.Event", "fields": [
    {"name": "dropped", "type": {"type": "array", "items": "string"}},
    {"name": "flag", "type": "boolean"},
    {"name": "kind", "type": {"type": "enum", "name": "Kind", "symbols": ["A", "B"]}},
    {"name": "amount", "type": ["null", "int"]},
    {"name": "tags", "type": {"type": "map", "values": "string"}},
    {"name": "id", "type": "string"}]}"#;
reader!(
    Event,
    r#"{"type": "record", "name": "a.Event", "fields": [
        {"name": "id", "type": "string"},
        {"name": "amount", "type": ["null", "long"]},
        {"name": "tags", "type": {"type": "map", "values": "string"}},
        {"name": "kind", "type": {"type": "enum", "name": "Kind", "symbols": ["B", "A", "C"]}},
        {"name": "flag", "type": "boolean"}]}"#
);

fn datum() -> Vec<u8> {
    let tags = bytes(&[&1_i64, &text("k"), &text("v"), &0_i64]);
    [bytes(&[&vec![text("d")]]), vec![1, 2, 2, 8], tags, to_datum(&text("id"))].concat()
}

fn error(bytes: &[u8]) -> DatumError {
    match Resolution::<Event>::new(WRITER).unwrap().decode(bytes) {
        Err(ResolveError::Datum(error)) => error,
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_datum_itself_is_read() {
    let tags = bytes(&[&1_i64, &text("k"), &text("v"), &0_i64]);
    let expected = [to_datum(&text("id")), vec![2, 8], tags, vec![0, 1]].concat();
    let event = Resolution::<Event>::new(WRITER).unwrap().decode(&datum()).unwrap();
    assert_eq!(event.0, expected);
}

#[test]
fn a_datum_cut_anywhere_is_an_error() {
    let datum = datum();
    for len in 0..datum.len() {
        let error = error(&datum[..len]);
        assert_eq!(error.kind(), DatumErrorKind::UnexpectedEnd, "{len}");
        assert!(error.offset() <= len, "{len}");
    }
}

#[test]
fn bytes_behind_a_datum_are_an_error() {
    let error = error(&[datum(), vec![0, 0]].concat());
    assert_eq!(error.kind(), DatumErrorKind::TrailingBytes { count: 2 });
    assert_eq!(error.offset(), datum().len());
}

#[test]
fn broken_values_have_byte_and_path() {
    let datum = datum();
    for (place, replacement, kind, offset, pointer) in [
        (0, &[0x80; 11][..], DatumErrorKind::Integer { bits: 64 }, 0, "/dropped"),
        (1, &[0x01], DatumErrorKind::NegativeLength, 1, "/dropped/0"),
        (1, &[0x7e], DatumErrorKind::UnexpectedEnd, 1, "/dropped/0"),
        (2, &[0xff], DatumErrorKind::Utf8, 1, "/dropped/0"),
        (4, &[2], DatumErrorKind::Boolean, 4, "/flag"),
        (5, &[4], DatumErrorKind::Symbol, 5, "/kind"),
        (5, &[1], DatumErrorKind::Symbol, 5, "/kind"),
        (6, &[4], DatumErrorKind::Branch, 6, "/amount"),
        (6, &[1], DatumErrorKind::Branch, 6, "/amount"),
        (7, &[0x80; 6], DatumErrorKind::Integer { bits: 32 }, 7, "/amount/int"),
        (10, &[0xff], DatumErrorKind::Utf8, 9, "/tags/0"),
        (12, &[0xff], DatumErrorKind::Utf8, 11, "/tags/0"),
        (15, &[0xc3, 0x28], DatumErrorKind::Utf8, 14, "/id"),
    ] {
        let mut bytes = datum.clone();
        let end = (place + replacement.len()).min(bytes.len());
        bytes.splice(place..end, replacement.iter().copied());
        let error = error(&bytes);
        assert_eq!((error.kind(), error.offset()), (kind, offset), "{place}: {error}");
        assert_eq!(error.pointer(), pointer, "{place}");
    }
}

#[test]
fn repeated_map_keys_are_an_error() {
    let tags = bytes(&[&2_i64, &text("k"), &text("v"), &text("k"), &text("w"), &0_i64]);
    let bytes = [vec![0, 1, 2, 0], tags, to_datum(&text("id"))].concat();
    let error = error(&bytes);
    assert_eq!((error.kind(), error.offset()), (DatumErrorKind::RepeatedKey, 9));
    assert_eq!(error.pointer(), "/tags/1");
}

#[test]
fn errors_show_no_value_of_a_datum() {
    let secret = to_datum(&text("4111-1111"));
    let tags = bytes(&[&2_i64, &text("4111-1111"), &text("v"), &text("4111-1111"), &text("w")]);
    for bytes in [[vec![2], secret.clone(), vec![9]].concat(), [vec![0, 1, 2, 0], tags].concat()] {
        let error = Resolution::<Event>::new(WRITER).unwrap().decode(&bytes).unwrap_err();
        assert!(!format!("{error} {error:?}").contains("4111"), "{error:?}");
    }
}

#[test]
fn lengths_that_nothing_follows_ask_for_no_memory() {
    reader!(Arrays, r#"{"type": "array", "items": "double"}"#);
    for writer in
        ["int", "long", "float"].map(|items| format!(r#"{{"type": "array", "items": "{items}"}}"#))
    {
        let resolution = Resolution::<Arrays>::new(writer.as_str()).unwrap();
        for count in [i64::MAX, i64::MIN, -1, 1 << 40] {
            let error = resolution.decode(&bytes(&[&count, &0_i64])).unwrap_err();
            assert!(matches!(error, ResolveError::Datum(_)), "{count}: {error}");
        }
    }
}

#[test]
fn zero_byte_items_are_counted_and_limited() {
    reader!(
        Filled,
        r#"{"type": "array", "items": {"type": "record", "name": "R", "fields": [
            {"name": "f", "type": "string", "default": "a default of some bytes"}]}}"#
    );
    let writer = r#"{"type": "array", "items": {"type": "record", "name": "R", "fields": []}}"#;
    let resolution = Resolution::<Filled>::new(writer).unwrap();
    let datum = |count: i64| bytes(&[&count, &0_i64]);
    assert_eq!(resolution.decode(&datum(3)).unwrap().0.len(), 1 + 3 * 24 + 1);

    let kind = |error: ResolveError| match error {
        ResolveError::Datum(error) => error.kind(),
        other => panic!("{other}"),
    };
    let most = i64::from(Cursor::MAX_EMPTY_ITEMS);
    assert_eq!(resolution.decode(&datum(most)).unwrap().0.len(), 4 + (most as usize) * 24 + 1);
    let error = resolution.decode(&datum(most + 10)).unwrap_err();
    assert_eq!(kind(error), DatumErrorKind::EmptyItems);
    let error = resolution.with_max_len(1000).decode(&datum(most)).unwrap_err();
    assert_eq!(kind(error), DatumErrorKind::ResolvedLength { limit: 1000 });
}

reader!(
    Node,
    r#"{"type": "record", "name": "a.Node", "fields": [
        {"name": "value", "type": "long", "default": 0},
        {"name": "next", "type": ["null", "Node"]}]}"#
);
const NODE: &str = r#"{"type": "record", "name": "a.Node", "fields": [{"name": "next", "type": ["null", "Node"]}]}"#;

#[test]
fn a_recursion_bomb_stops_at_the_codec_depth() {
    let resolution = Resolution::<Node>::new(NODE).unwrap();
    let list = |len: usize| [vec![2; len - 1], vec![0]].concat();
    // A record and the branch around the next one are two levels.
    let nodes = Cursor::DEFAULT_DEPTH.div_ceil(2);
    assert_eq!(resolution.decode(&list(nodes)).unwrap().0.len(), 2 * nodes);
    assert!(resolution.decode(&list(nodes + 1)).is_err());
    let deeper = resolution.clone().with_max_depth(2 * nodes + 2);
    assert_eq!(deeper.decode(&list(nodes + 1)).unwrap().0.len(), 2 * nodes + 2);
    let error = resolution.decode(&vec![2; 1 << 20]).unwrap_err();
    let ResolveError::Datum(error) = error else { panic!("{error}") };
    assert_eq!(error.kind(), DatumErrorKind::Depth { limit: Cursor::DEFAULT_DEPTH });
}

#[test]
fn a_recursion_bomb_does_not_overflow_the_stack() {
    // In a thread with as little stack as a test has, in a debug build.
    for (items, step) in [
        (r#"{"type": "array", "items": "T"}"#, &[2_u8][..]),
        (r#"{"type": "map", "values": "T"}"#, &[2, 0]),
        (
            r#"["null", {"type": "array", "items": ["null", {"type": "map", "values": "T"}]}]"#,
            &[2, 2, 2, 2, 0],
        ),
    ] {
        reader!(Small, r#"{"type": "record", "name": "T", "fields": []}"#);
        let writer = format!(
            r#"{{"type": "record", "name": "T", "fields": [{{"name": "t", "type": {items}}}]}}"#
        );
        let resolution = Resolution::<Small>::new(writer.as_str()).unwrap();
        let error = resolution.decode(&step.repeat(1 << 16)).unwrap_err();
        let ResolveError::Datum(error) = error else { panic!("{error}") };
        assert!(matches!(error.kind(), DatumErrorKind::Depth { .. }), "{error}");
    }
}
