use super::*;
use crate::json::Map;
use proptest::prelude::*;
use std::fmt::Debug;

fn kind<T: Datum + Debug>(datum: &[u8]) -> DatumErrorKind {
    from_datum::<T>(datum).unwrap_err().kind()
}

#[test]
fn integers_are_zig_zag_of_minimal_length() {
    for (value, datum) in [
        (0, &[0x00][..]),
        (-1, &[0x01]),
        (1, &[0x02]),
        (-64, &[0x7f]),
        (64, &[0x80, 0x01]),
        (i64::from(i32::MAX), &[0xfe, 0xff, 0xff, 0xff, 0x0f]),
        (i64::from(i32::MIN), &[0xff, 0xff, 0xff, 0xff, 0x0f]),
        (i64::MAX, &[0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01]),
        (i64::MIN, &[0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01]),
    ] {
        assert_eq!(to_datum(&value), datum, "{value}");
        assert_eq!(from_datum::<i64>(datum), Ok(value));
        if let Ok(value) = i32::try_from(value) {
            assert_eq!(to_datum(&value), datum);
            assert_eq!(from_datum::<i32>(datum), Ok(value));
        }
    }
}

#[test]
fn integers_longer_than_their_type_are_refused() {
    let long = DatumErrorKind::Integer { bits: 64 };
    let int = DatumErrorKind::Integer { bits: 32 };
    assert_eq!(kind::<i64>(&[0x80; 10]), long);
    assert_eq!(kind::<i64>(&[[0xff; 9].as_slice(), &[0x02]].concat()), long);
    assert_eq!(kind::<i64>(&[[0x80; 10].as_slice(), &[0x00]].concat()), long);
    assert_eq!(kind::<i32>(&[0x80; 5]), int);
    assert_eq!(kind::<i32>(&to_datum(&(i64::from(i32::MAX) + 1))), int);
    assert_eq!(kind::<i32>(&to_datum(&(i64::from(i32::MIN) - 1))), int);
    // Zeros at the end say nothing; a reader that takes no more bytes than needed would be stricter
    // than the specification.
    assert_eq!(from_datum::<i64>(&[0x82, 0x80, 0x00]), Ok(1));
}

#[test]
fn integers_read_alike_near_the_end() {
    let lengths = (0..64).flat_map(|bits| {
        [1_i64 << bits, (1_i64 << bits).wrapping_sub(1), (1_i64 << bits).wrapping_neg()]
    });
    for value in lengths.chain([i64::MIN, i64::MAX]) {
        for bytes_after in 0..10 {
            let datum = [to_datum(&value), vec![0xff; bytes_after]].concat();
            let mut cursor = Cursor::new(&datum);
            assert_eq!(cursor.long(), Ok(value), "{bytes_after}");
            assert_eq!(cursor.remaining().len(), bytes_after);
            let mut cursor = Cursor::new(&datum);
            assert_eq!(cursor.int().ok(), i32::try_from(value).ok(), "{value} {bytes_after}");
        }
    }
    for padding in 0..4 {
        // Zeros that say nothing, up to the five bytes of an int, and one more.
        let padded = [&[0x82][..], &vec![0x80; padding], &[0x00], &[0xff; 8]].concat();
        assert_eq!(Cursor::new(&padded).int(), Ok(1), "{padding}");
        let kind = Cursor::new(&[&[0x82, 0x80, 0x80, 0x80][..], &padded].concat()).int();
        assert_eq!(kind.map_err(|error| error.kind()), Err(DatumErrorKind::Integer { bits: 32 }));
    }
}

#[test]
fn truncated_values_are_refused_at_their_start() {
    assert_eq!(kind::<i64>(&[]), DatumErrorKind::UnexpectedEnd);
    assert_eq!(kind::<i64>(&[0x80; 9]), DatumErrorKind::UnexpectedEnd);
    assert_eq!(kind::<i32>(&[0x80; 4]), DatumErrorKind::UnexpectedEnd);
    assert_eq!(kind::<bool>(&[]), DatumErrorKind::UnexpectedEnd);
    assert_eq!(kind::<f32>(&[0; 3]), DatumErrorKind::UnexpectedEnd);
    assert_eq!(kind::<f64>(&[0; 7]), DatumErrorKind::UnexpectedEnd);
    assert_eq!(kind::<Fixed<2>>(&[0]), DatumErrorKind::UnexpectedEnd);
    let error = from_datum::<Vec<String>>(&[0x02, 0x06, b'a', b'b']).unwrap_err();
    assert_eq!((error.kind(), error.offset()), (DatumErrorKind::UnexpectedEnd, 1));
}

#[test]
fn negative_or_huge_lengths_allocate_nothing() {
    assert_eq!(kind::<String>(&[0x01]), DatumErrorKind::NegativeLength);
    assert_eq!(kind::<Bytes>(&to_datum(&i64::MIN)), DatumErrorKind::NegativeLength);
    assert_eq!(kind::<String>(&to_datum(&i64::MAX)), DatumErrorKind::UnexpectedEnd);
    assert_eq!(kind::<Vec<f64>>(&to_datum(&i64::MAX)), DatumErrorKind::UnexpectedEnd);
    assert_eq!(kind::<Map<f64>>(&to_datum(&i64::MAX)), DatumErrorKind::UnexpectedEnd);
}

#[test]
fn checks_booleans_and_utf_8_strings() {
    assert_eq!(from_datum(&[1]), Ok(true));
    assert_eq!(kind::<bool>(&[2]), DatumErrorKind::Boolean);
    let error = from_datum::<String>(&[0x04, 0xc3, 0x28]).unwrap_err();
    assert_eq!(error.kind(), DatumErrorKind::Utf8);
    assert_eq!(error.to_string(), "string rejected at byte 0: (root): not UTF-8");
}

#[test]
fn uuids_keep_their_letter_case() {
    let text = "F81D4FAE-7dec-11d0-a765-00a0c91e6bf6".to_owned();
    let datum = to_datum(&text);
    let uuid: crate::Uuid = from_datum(&datum).unwrap();
    assert_eq!(to_datum(&uuid), datum);
    assert_eq!(kind::<crate::Uuid>(&to_datum(&"F81D4FAE".to_owned())), DatumErrorKind::Uuid);
}

#[test]
fn blocks_add_up_and_may_say_their_size() {
    // Two items; one item in a block of one byte; the end.
    let datum = [0x04, 0x02, 0x04, 0x01, 0x02, 0x06, 0x00];
    assert_eq!(from_datum::<Vec<i64>>(&datum), Ok(vec![1, 2, 3]));
    assert_eq!(to_datum(&vec![1_i64, 2, 3]), [0x06, 0x02, 0x04, 0x06, 0x00]);
    assert_eq!(to_datum(&Vec::<i64>::new()), [0x00]);

    let map: Map<i64> = from_datum(&[0x01, 0x06, 0x02, b'k', 0x08, 0x00]).unwrap();
    assert_eq!(map.get("k"), Some(&4));
    assert_eq!(to_datum(&map), [0x02, 0x02, b'k', 0x08, 0x00]);
}

#[test]
fn refuses_blocks_of_the_wrong_size() {
    assert_eq!(kind::<Vec<i64>>(&[0x01, 0x04, 0x06, 0x00, 0x00]), DatumErrorKind::BlockSize);
    assert_eq!(kind::<Vec<i64>>(&[0x03, 0x02, 0x06, 0x06, 0x00]), DatumErrorKind::BlockSize);
    assert_eq!(kind::<Vec<i64>>(&[0x01, 0x01, 0x06, 0x00]), DatumErrorKind::NegativeLength);
    assert_eq!(kind::<Vec<i64>>(&[0x01, 0x7e, 0x06, 0x00]), DatumErrorKind::UnexpectedEnd);
    // The least count there is has no positive counterpart.
    let datum = [to_datum(&i64::MIN), to_datum(&0_i64)].concat();
    assert_eq!(kind::<Vec<i64>>(&datum), DatumErrorKind::UnexpectedEnd);
}

#[test]
fn items_that_take_no_bytes_are_counted() {
    let count = i64::from(Cursor::MAX_EMPTY_ITEMS);
    let datum = |count: i64| [to_datum(&count), vec![0]].concat();
    assert_eq!(from_datum::<Vec<()>>(&datum(count)).map(|items| items.len() as i64), Ok(count));
    assert_eq!(kind::<Vec<()>>(&datum(count + 1)), DatumErrorKind::EmptyItems);
    assert_eq!(kind::<Vec<Fixed<0>>>(&datum(i64::MAX)), DatumErrorKind::EmptyItems);
}

#[test]
fn a_repeated_key_is_refused_and_not_shown() {
    let error = from_datum::<Map<bool>>(&[0x04, 0x02, b'k', 1, 0x02, b'k', 0, 0x00]).unwrap_err();
    assert_eq!(error.kind(), DatumErrorKind::RepeatedKey);
    assert_eq!((error.offset(), error.pointer()), (4, "/1".to_owned()));
    assert_eq!(error.to_string(), "map rejected at byte 4: /1: a repeated key of the map");
}

/// A list of integers, each in a record of its own.
#[derive(Debug, PartialEq)]
struct Node {
    value: i64,
    next: Option<Box<Node>>,
}

impl Datum for Node {
    const NAME: &'static str = "test.Node";

    fn read(cursor: &mut Cursor<'_>) -> Result<Self, DatumError> {
        cursor.nested(|cursor| {
            let value = cursor.field("value")?;
            let next = cursor.nullable_field("next", Self::NAME, 0)?;
            Ok(Self { value, next })
        })
    }

    fn write(&self, out: &mut Vec<u8>) {
        self.value.write(out);
        write_nullable(&self.next, 0, out);
    }
}

fn list(len: usize) -> Node {
    (1..len).fold(Node { value: 0, next: None }, |next, _| Node {
        value: 0,
        next: Some(Box::new(next)),
    })
}

#[test]
fn values_have_a_depth_limit() {
    let limit = Cursor::DEFAULT_DEPTH;
    // A record and the branch around the next one: 127 levels, which end with a record.
    let deepest = list(limit.div_ceil(2));
    assert_eq!(from_datum::<Node>(&to_datum(&deepest)), Ok(deepest));
    let bomb = to_datum(&list(limit.div_ceil(2) + 1));
    assert_eq!(kind::<Node>(&bomb), DatumErrorKind::Depth { limit });
    assert!(Node::read(&mut Cursor::with_depth(&bomb, limit + 2)).is_ok());
    // What never ends is refused as soon as it is too deep.
    assert_eq!(kind::<Node>(&[0x00, 0x02].repeat(1 << 20)), DatumErrorKind::Depth { limit });
}

#[test]
fn arrays_and_maps_are_levels() {
    let datum = to_datum(&vec![vec![7_i64], vec![8]]);
    let read = |depth| Vec::<Vec<i64>>::read(&mut Cursor::with_depth(&datum, depth));
    assert_eq!(read(2), Ok(vec![vec![7], vec![8]]));
    assert_eq!(read(1).unwrap_err().kind(), DatumErrorKind::Depth { limit: 1 });
    assert_eq!(read(1).unwrap_err().pointer(), "/0");
}

#[test]
fn refuses_a_branch_index_at_its_own_byte() {
    let error = from_datum::<Node>(&[0x06, 0x04]).unwrap_err();
    assert_eq!((error.kind(), error.offset()), (DatumErrorKind::Branch, 1));
    assert_eq!(error.pointer(), "/next");
    let error = from_datum::<Node>(&[0x06, 0x02, 0x08, 0x01]).unwrap_err();
    assert_eq!((error.kind(), error.offset()), (DatumErrorKind::Branch, 3));
    assert_eq!(error.pointer(), "/next/test.Node/next");
}

#[test]
fn errors_are_small_and_can_cross_threads() {
    fn assert_error<T: std::error::Error + Send + Sync + 'static>() {}
    assert_error::<DatumError>();
    assert_eq!(size_of::<DatumError>(), size_of::<usize>());
}

#[test]
fn floating_point_numbers_keep_every_bit() {
    for bits in [0, 1 << 63, 0x7ff0_0000_0000_0001, f64::NAN.to_bits(), u64::MAX] {
        let datum = to_datum(&f64::from_bits(bits));
        assert_eq!(from_datum::<f64>(&datum).map(f64::to_bits), Ok(bits));
    }
}

proptest! {
    #[test]
    fn written_text_is_read_back(
        ints: Vec<i32>,
        longs: Vec<i64>,
        texts: Vec<String>,
        bytes: Vec<u8>,
        flags: Vec<bool>,
    ) {
        fn round_trip<T: Datum + PartialEq + Debug>(value: T) {
            assert_eq!(from_datum::<T>(&to_datum(&value)), Ok(value));
        }
        let map: Map<i64> = texts.iter().cloned().zip(longs.iter().copied()).collect();
        round_trip(map);
        round_trip(ints);
        round_trip(longs);
        round_trip(texts);
        round_trip(flags);
        round_trip(Bytes::from(bytes));
    }

    #[test]
    fn no_bytes_panic(bytes: Vec<u8>) {
        let _ = from_datum::<Vec<Map<Bytes>>>(&bytes);
        let _ = from_datum::<Vec<Node>>(&bytes);
        let _ = from_datum::<Map<Vec<f32>>>(&bytes);
    }
}
