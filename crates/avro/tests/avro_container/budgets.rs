//! Limits of the cost of one file, whatever its blocks claim.

use super::{MARKER, Reading, SCHEMA, codecs, file, frames, reading, readings};
use migration_events::avro::container::{Budget, Codec, Error, ErrorKind, Reader, ReaderBuilder};
use migration_events::avro::{Resolution, to_datum};

/// A block without compression, of which the length may be wrong.
fn block(count: i64, len: usize, bytes: &[u8]) -> Vec<u8> {
    [to_datum(&count), to_datum(&(len as i64)), bytes.to_vec(), MARKER.to_vec()].concat()
}

/// A file of another schema: one of `Reading` with a field `junk` at its end.
fn foreign(junk: &str) -> Vec<u8> {
    let field = format!(r#""default":null}},{{"name":"junk","type":{junk}}}]}}"#);
    let schema = SCHEMA.replace(r#""default":null}]}"#, &field);
    assert_ne!(schema, SCHEMA);
    let mut header = b"Obj\x01\x04".to_vec();
    for (key, value) in [("avro.schema", schema.as_str()), ("avro.codec", "null")] {
        header.extend([to_datum(&key.to_owned()), to_datum(&value.to_owned())].concat());
    }
    header.push(0);
    header.extend(MARKER);
    header
}

fn exhausted(error: &Error) -> Option<(Budget, u64)> {
    match error.kind() {
        ErrorKind::Budget { budget, limit } => Some((*budget, *limit)),
        _ => None,
    }
}

/// The number of items, and the budget that ended them.
fn ended(builder: ReaderBuilder<&[u8], Reading>) -> (usize, Option<(Budget, u64)>) {
    let items: Vec<_> = builder.build().unwrap().collect();
    let is_last =
        |item: &&Result<Reading, Error>| item.as_ref().is_err_and(|e| exhausted(e).is_some());
    assert!(items.iter().filter(is_last).count() <= 1, "it is the last item");
    let budget = items.last().and_then(|item| item.as_ref().err()).and_then(exhausted);
    (items.len(), budget)
}

/// Records, each of which holds the one before twice: 2^n of them, and not a byte.
fn doubled(levels: usize) -> String {
    (1..levels).fold(r#"{"type":"record","name":"R0","fields":[]}"#.to_owned(), |inner, level| {
        format!(
            r#"{{"type":"record","name":"R{level}","fields":[{{"name":"a","type":{inner}}},{{"name":"b","type":"R{}"}}]}}"#,
            level - 1
        )
    })
}

#[test]
fn plans_that_read_nothing_are_not_walked() {
    // 2^23 values of each datum would take long, and are more than a datum may have.
    let mut bytes = foreign(&doubled(24));
    let datum = to_datum(&reading(0));
    for _ in 0..3 {
        bytes.extend(block(1, datum.len(), &datum));
    }
    assert_eq!(ended(Reader::builder(&bytes[..])), (3, None));
    // So are those of arrays; their items are counted.
    let mut bytes = foreign(&format!(r#"{{"type":"array","items":{}}}"#, doubled(24)));
    let datum = [datum, to_datum(&1_000_i64), vec![0]].concat();
    bytes.extend(block(3, 3 * datum.len(), &datum.repeat(3)));
    assert_eq!(ended(Reader::builder(&bytes[..])), (3, None));
    let limited = Reader::builder(&bytes[..]).max_empty_values(2_000);
    assert_eq!(ended(limited), (3, Some((Budget::EmptyValues, 2_000))));
}

#[test]
fn values_without_bytes_have_a_budget_per_file() {
    let mut bytes = foreign(r#"{"type":"array","items":"null"}"#);
    let datum = [to_datum(&reading(0)), to_datum(&500_000_i64), vec![0]].concat();
    for _ in 0..5 {
        bytes.extend(block(1, datum.len(), &datum));
    }
    let default = Reader::<&[u8], Reading>::DEFAULT_EMPTY_VALUES;
    assert_eq!(ended(Reader::builder(&bytes[..])), (3, Some((Budget::EmptyValues, default))));
    let (items, budget) = ended(Reader::builder(&bytes[..]).max_empty_values(u64::MAX));
    assert_eq!((items, budget), (5, None));
    let text = Reader::<_, Reading>::new(&bytes[..]).unwrap().find_map(Result::err).unwrap();
    assert_eq!(
        text.kind().to_string(),
        "more than 1048576 values without bytes in one file: `ReaderBuilder::max_empty_values` allows more"
    );
}

#[test]
fn decompressed_bytes_have_a_budget_per_file() {
    for codec in codecs().into_iter().filter(|codec| *codec != Codec::Null) {
        let bytes = file(codec, &readings(1_000));
        let whole: usize = readings(1_000).iter().map(|reading| to_datum(reading).len()).sum();
        let exact = Reader::builder(&bytes[..]).max_inflated_len(whole as u64);
        assert_eq!(ended(exact), (1_000, None), "{codec:?}");
        let limit = whole as u64 / 2;
        let (items, budget) = ended(Reader::builder(&bytes[..]).max_inflated_len(limit));
        assert_eq!(budget, Some((Budget::InflatedBytes, limit)), "{codec:?}");
        assert!((400..600).contains(&items), "{codec:?}: {items}");
    }
    // A file that is not compressed has no bytes but its own.
    let bytes = file(Codec::Null, &readings(100));
    assert_eq!(ended(Reader::builder(&bytes[..]).max_inflated_len(0)), (100, None));
}

#[test]
fn resolved_bytes_have_a_budget_per_file() {
    let mut bytes = foreign(r#""null""#);
    let datum = to_datum(&reading(1));
    bytes.extend(block(100, 100 * datum.len(), &datum.repeat(100)));
    let (items, budget) =
        ended(Reader::builder(&bytes[..]).max_inflated_len(50 * datum.len() as u64));
    assert_eq!((items, budget), (51, Some((Budget::InflatedBytes, 50 * datum.len() as u64))));
    assert!(Resolution::<Reading>::new(SCHEMA).unwrap().is_identity());
}

#[test]
fn searching_for_blocks_has_a_budget_per_file() {
    // Blocks that decompress to much more than they have, each with a false length.
    let large = vec![0; 1 << 20];
    let compressed = miniz_oxide::deflate::compress_to_vec(&large, 9);
    let mut bytes = file(Codec::Deflate, &[]);
    for _ in 0..20 {
        bytes.extend(block(1, compressed.len() + 3, &compressed));
    }
    let search = |limit| ended(Reader::builder(&bytes[..]).max_search_len(limit));
    assert_eq!(search(5 << 20), (3, Some((Budget::SearchedBytes, 5 << 20))));
    assert_eq!(search(100 << 10), (1, Some((Budget::SearchedBytes, 100 << 10))));
    assert_eq!(search(u64::MAX), (20, None));
    // Common damage does not come near it.
    let mut bytes = file(Codec::Deflate, &readings(2_000));
    for frame in frames(&bytes).into_iter().rev().skip(1).step_by(2) {
        bytes[frame + 1] ^= 2;
    }
    let (_, budget) = ended(Reader::builder(&bytes[..]));
    assert_eq!(budget, None);
}

#[test]
fn frames_with_false_lengths_are_not_decoded() {
    // Each claims half of the file; what follows is not a block, so none of them is looked at.
    let mut bytes = file(Codec::Null, &[]);
    let half = 1 << 19;
    while bytes.len() < half {
        bytes.extend(block(1, half - 64, &[0xff; 3]));
    }
    let frames = frames(&bytes).len() - 1;
    bytes.resize(2 * half, 0xff);
    // Not even one byte is read once more for each byte of the file. The last item is the rest.
    let (items, budget) = ended(Reader::builder(&bytes[..]).max_search_len(0));
    assert_eq!((items, budget), (frames + 1, None));
}
