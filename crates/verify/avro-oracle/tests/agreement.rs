//! Random values of every schema: the same bytes, and the same JSON, as others make of them.

use apache_avro::{Schema, types::Value};
use migration_events_avro_oracle::{
    Codec, Dice, Peer, Values, blocks, codecs, json, same_json, same_value, value_count,
};
use std::collections::BTreeSet;
use std::fs;

/// Calls `check` for random values of every schema.
fn each(values: u64, check: impl Fn(&Codec, &Peer<'_>, &Value, u64)) {
    for codec in codecs() {
        let schema =
            Schema::parse_str(codec.text).unwrap_or_else(|e| panic!("{}: {e}", codec.name));
        let peer = Peer::new(&schema);
        let mut random = Values::new(&schema, peer.names(), 2);
        for number in 0..value_count(values) {
            check(codec, &peer, &random.value(), number);
        }
    }
}

#[test]
fn the_corpus_has_every_schema_file() {
    let stem = |entry: fs::DirEntry| {
        entry.path().file_stem().expect("a name").to_str().expect("UTF-8").to_owned()
    };
    let files: BTreeSet<String> = fs::read_dir("corpus")
        .expect("a folder")
        .map(|entry| stem(entry.expect("a file")))
        .collect();
    let tested: BTreeSet<String> = codecs().map(|codec| codec.name.to_owned()).collect();
    assert!(files.len() >= 25, "{}", files.len());
    assert_eq!(files.difference(&tested).collect::<Vec<_>>(), Vec::<&String>::new());
}

#[test]
fn both_codecs_write_and_read_equal_bytes() {
    each(200, |codec, peer, value, number| {
        let place = format!("{} {number}", codec.name);
        let theirs = peer.encode(value).unwrap_or_else(|error| panic!("{place}: {error}"));
        // Read by us, written by us.
        let ours = (codec.binary)(&theirs).unwrap_or_else(|error| panic!("{place}: {error}"));
        assert_eq!(ours, theirs, "{place}");
        // Written by us from JSON, which apache-avro had no part in, read by apache-avro.
        let text = json::encode(value, peer.schema(), peer.names());
        let ours =
            (codec.from_json)(&text).unwrap_or_else(|error| panic!("{place}: {error}\n{text}"));
        assert_eq!(ours, theirs, "{place}");
        let read = peer.decode(&ours).unwrap_or_else(|error| panic!("{place}: {error}"));
        assert!(read.is_some_and(|read| same_value(&read, value)), "{place}");
    });
}

#[test]
fn datums_have_the_specified_json_encoding() {
    each(200, |codec, peer, value, number| {
        let place = format!("{} {number}", codec.name);
        let datum = peer.encode(value).unwrap_or_else(|error| panic!("{place}: {error}"));
        let ours = (codec.to_json)(&datum).unwrap_or_else(|error| panic!("{place}: {error}"));
        let expected = json::encode(value, peer.schema(), peer.names());
        assert!(same_json(&ours, &expected), "{place}\n{ours}\n{expected}");
        let again =
            (codec.from_json)(&ours).unwrap_or_else(|error| panic!("{place}: {error}\n{ours}"));
        assert_eq!(again, datum, "{place}");
    });
}

#[test]
fn a_datum_survives_the_single_object_encoding() {
    each(20, |codec, peer, value, number| {
        let place = format!("{} {number}", codec.name);
        let datum = peer.encode(value).unwrap_or_else(|error| panic!("{place}: {error}"));
        let again =
            (codec.single_object)(&datum).unwrap_or_else(|error| panic!("{place}: {error}"));
        assert_eq!(again, datum, "{place}");
    });
}

#[test]
fn block_structure_does_not_change_values() {
    let mut sized = 0;
    for codec in codecs() {
        let schema = Schema::parse_str(codec.text).expect(codec.name);
        let peer = Peer::new(&schema);
        let (mut random, mut dice) = (Values::new(&schema, peer.names(), 3), Dice::seeded(4));
        for number in 0..value_count(50) {
            let place = format!("{} {number}", codec.name);
            let value = random.value();
            let in_blocks = blocks::encode(&value, &schema, peer.names(), &mut dice);
            let whole = peer.encode(&value).unwrap_or_else(|error| panic!("{place}: {error}"));
            sized += usize::from(in_blocks != whole);
            let ours =
                (codec.binary)(&in_blocks).unwrap_or_else(|error| panic!("{place}: {error}"));
            assert_eq!(ours, whole, "{place}");
        }
    }
    assert!(sized > 100, "{sized} datums differ from those in one block");
}
