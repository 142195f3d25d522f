//! One example of each listed disagreement, with the reason that the list has for it.

use apache_avro::{Schema, types::Value};
use migration_events::avro::Cursor;
use migration_events_avro_oracle::disagreements::{Reason, Theirs, reason};
use migration_events_avro_oracle::{Codec, Peer, codecs};

fn codec(name: &str) -> &'static Codec {
    codecs().find(|codec| codec.name == name).unwrap_or_else(|| panic!("no schema {name}"))
}

fn long(value: i64) -> Vec<u8> {
    migration_events::avro::to_datum(&value)
}

/// Asserts that we refuse a datum for a reason and apache-avro accepts it; returns its value.
#[track_caller]
fn only_they_accept(schema: &str, datum: &[u8], expected: Reason) -> Value {
    let (found, theirs) = results(schema, datum, false);
    assert_eq!(found, Some(expected));
    theirs.expect("apache-avro accepts it").expect("apache-avro reads all of it")
}

#[track_caller]
fn results(schema: &str, datum: &[u8], is_accepted: bool) -> (Option<Reason>, Theirs) {
    let codec = codec(schema);
    let schema = Schema::parse_str(codec.text).expect("a schema");
    let peer = Peer::new(&schema);
    let (ours, theirs) = ((codec.binary)(datum), peer.decode(datum));
    assert_eq!(ours.is_ok(), is_accepted, "{ours:?}");
    (reason(&peer, datum, &ours, &theirs), theirs)
}

fn field<'v>(record: &'v Value, name: &str) -> &'v Value {
    let Value::Record(fields) = record else { panic!("no record: {record:?}") };
    &fields.iter().find(|(field, _)| field == name).expect("a field").1
}

#[test]
fn apache_avro_drops_bits_beyond_64() {
    // 2⁶⁴ + 2, if it could be written.
    let datum = [0x82, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x02];
    let value = only_they_accept("one_long", &datum, Reason::IntegerBeyondItsType);
    assert_eq!(field(&value, "value"), &Value::Long(1));
}

#[test]
fn apache_avro_reads_overlong_ints() {
    let datum = [0x82, 0x80, 0x80, 0x80, 0x80, 0x00, 0x00];
    let value = only_they_accept("recursion_map", &datum, Reason::IntegerBeyondItsType);
    assert_eq!(field(&value, "size"), &Value::Int(1));
}

#[test]
fn apache_avro_ignores_the_size_of_a_block() {
    // A tree with one child of two bytes: its block says one byte, five, and less than none.
    for size in [0x02, 0x0a, 0x01] {
        let datum = [0x00, 0x01, size, 0x00, 0x00, 0x00];
        let value = only_they_accept("recursion_tree", &datum, Reason::BlockSize);
        assert!(matches!(field(&value, "children"), Value::Array(items) if items.len() == 1));
    }
}

#[test]
fn apache_avro_keeps_the_last_repeated_key() {
    let datum = b"\x00\x04\x02a\x02\x02x\x02a\x02\x02y\x00";
    let value = only_they_accept("recursion_map", datum, Reason::RepeatedKey);
    let Value::Map(entries) = field(&value, "entries") else { panic!("no map: {value:?}") };
    assert_eq!(entries["a"], Value::Union(1, Box::new(Value::Bytes(b"y".to_vec()))));
}

#[test]
fn apache_avro_reads_null_from_cut_datums() {
    let value = only_they_accept("recursion_list", &[0x0e], Reason::NothingThere);
    assert_eq!(field(&value, "next"), &Value::Union(0, Box::new(Value::Null)));
    // A string of four characters, of which one is there.
    let value = only_they_accept("root_union", b"\x00\x08a", Reason::NothingThere);
    let Value::Union(0, opened) = value else { panic!("{value:?}") };
    assert_eq!(field(&opened, "id"), &Value::Null);
}

#[test]
fn apache_avro_reads_other_forms_of_uuids() {
    for text in [
        "14f49508000040008000000000000000",
        "{14f49508-0000-4000-8000-000000000000}",
        "urn:uuid:14f49508-0000-4000-8000-000000000000",
    ] {
        let datum = [&long(text.len() as i64), text.as_bytes(), &[0; 16], &[0; 3]].concat();
        only_they_accept("uuids", &datum, Reason::UuidForm);
    }
}

#[test]
fn zero_byte_items_are_limited_per_datum() {
    let half = long(i64::from(Cursor::MAX_EMPTY_ITEMS / 2) + 1);
    // No `nested`, `nulls`, `empty_records`, and none of the rest.
    let datum = [&[0][..], &half, &[0], &half, &[0], &[0; 4]].concat();
    only_they_accept("arrays", &datum, Reason::EmptyItems);
}

#[test]
fn recursion_has_a_limit() {
    let levels = |count| [[0x00, 0x02].repeat(count), vec![0x00, 0x00]].concat();
    let compare = move || {
        // A record and the branch around the next one are two levels.
        let nodes = Cursor::DEFAULT_DEPTH.div_ceil(2);
        only_they_accept("recursion_list", &levels(nodes), Reason::Depth);
        let (reason, theirs) = results("recursion_list", &levels(nodes - 1), true);
        assert!(reason.is_none() && theirs.is_ok());
    };
    // That of a test is too small for apache-avro to come so far.
    let thread = std::thread::Builder::new().stack_size(64 << 20).spawn(compare);
    thread.expect("a thread").join().expect("no panic");
}

#[test]
fn bytes_of_big_decimals_are_not_checked() {
    let (found, theirs) = results("big_decimals", &[0x00, 0x00], true);
    assert_eq!((found, theirs.is_err()), (Some(Reason::BigDecimalForm), true));
}

#[test]
fn apache_avro_loses_the_case_of_uuids() {
    let text = "14F49508-ABCD-4000-8000-000000000000";
    let datum = |text: &str| [&long(36), text.as_bytes(), &[0; 16], &[0; 3]].concat();
    let (datum, lower) = (datum(text), datum(&text.to_lowercase()));
    assert_eq!((codec("uuids").binary)(&datum).as_ref(), Ok(&datum));
    let schema = Schema::parse_str(codec("uuids").text).expect("a schema");
    let peer = Peer::new(&schema);
    let value = peer.decode(&datum).expect("apache-avro reads it").expect("all of it");
    assert_eq!(peer.encode(&value).expect("apache-avro writes it"), lower);
}

#[test]
fn apache_avro_cannot_write_an_empty_decimal() {
    let fixed = [0; 1 + 8 + 16 + 33];
    let datum = [&[0; 4][..], &fixed, &[0, 0]].concat();
    assert_eq!((codec("decimals").binary)(&datum).as_ref(), Ok(&datum));
    let schema = Schema::parse_str(codec("decimals").text).expect("a schema");
    let peer = Peer::new(&schema);
    let value = peer.decode(&datum).expect("apache-avro reads it").expect("all of it");
    assert!(peer.encode(&value).is_err());
}
