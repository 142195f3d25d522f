//! Random files with random broken blocks, as streams: the events of every intact block are found, and
//! every broken block is reported once.

use super::{MARKER, Reading, file, frames, reading};
use migration_events::avro::container::{Codec, ErrorKind, Reader};
use migration_events::avro::{Cursor, Datum, to_datum};
use migration_events::stream::{ContainerEvents, Error};
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::io::{self, Read};

/// Damage to a block.
#[derive(Debug, Clone)]
enum Way {
    /// It ends early, in the marker at the latest.
    CutOff,
    /// Bytes in the middle are missing.
    Removed,
    /// There are more bytes in the middle.
    Inserted(Vec<u8>),
    /// Its marker is another one.
    Marker,
    /// It has another number of bytes than it says.
    Length(i64),
    /// It has another number of datums than it says.
    Count(i64),
    /// It begins with no number.
    NoNumber,
    /// In its place there is something else.
    Garbage(Vec<u8>),
}

fn ways() -> impl Strategy<Value = Way> {
    let bytes = || prop::collection::vec(any::<u8>(), 1..100);
    prop_oneof![
        Just(Way::CutOff),
        Just(Way::Removed),
        bytes().prop_map(Way::Inserted),
        Just(Way::Marker),
        prop_oneof![0_i64..5_000, any::<i64>()].prop_map(Way::Length),
        prop_oneof![0_i64..100, any::<i64>()].prop_map(Way::Count),
        Just(Way::NoNumber),
        bytes().prop_map(Way::Garbage),
    ]
}

/// A block of readings, with its marker.
struct Block {
    count: i64,
    datums: Vec<u8>,
}

impl Block {
    /// So many readings from a number on.
    fn new(codec: Codec, first: i64, count: i64) -> Self {
        use migration_events::avro::container::Writer;
        let builder = Writer::builder(Vec::new()).codec(codec).block_len(1 << 20).marker(MARKER);
        let mut writer = builder.build().unwrap();
        (first..first + count).for_each(|number| writer.append(&reading(number)).unwrap());
        let file = writer.into_inner().unwrap();
        let [start, end] = frames(&file)[..] else { panic!("not one block") };
        let block = &file[start..end - MARKER.len()];
        // Behind the numbers of its datums and bytes.
        let numbers = |len: usize| [to_datum(&count), to_datum(&(len as i64))].concat();
        let head = (2..=4).find(|head| block.starts_with(&numbers(block.len() - head))).unwrap();
        Self { count, datums: block[head..].to_vec() }
    }

    fn bytes(&self) -> Vec<u8> {
        let len = self.datums.len() as i64;
        [&to_datum(&self.count)[..], &to_datum(&len), &self.datums, &MARKER].concat()
    }

    fn broken(&self, way: &Way, at: usize) -> Vec<u8> {
        let mut bytes = self.bytes();
        let len = self.datums.len();
        let head = bytes.len() - MARKER.len() - len;
        let place = head + at % len;
        match way {
            Way::CutOff => bytes.truncate(1 + at % (bytes.len() - 1)),
            Way::Removed => drop(bytes.drain(place..place + 1 + at / 7 % (head + len - place))),
            Way::Inserted(more) => drop(bytes.splice(place..place, more.iter().copied())),
            Way::Marker => bytes[head + len + at % MARKER.len()] ^= 1 + (at % 255) as u8,
            Way::Length(other) => {
                let other = if *other == len as i64 { -1 } else { *other };
                let head = [to_datum(&self.count), to_datum(&other)].concat();
                bytes = [&head, &self.datums[..], &MARKER].concat();
            }
            Way::Count(other) => {
                let other = if *other == self.count { -1 } else { *other };
                let head = [to_datum(&other), to_datum(&(len as i64))].concat();
                bytes = [&head, &self.datums[..], &MARKER].concat();
            }
            Way::NoNumber => bytes[..2].fill(0xff),
            Way::Garbage(garbage) => {
                bytes.clone_from(garbage);
                // Otherwise the last byte would be part of the number after it.
                bytes[garbage.len() - 1] &= 0x7f;
            }
        }
        bytes
    }
}

/// The end of a block by its own length, marker included.
fn claimed_end(block: &[u8]) -> Option<u64> {
    let mut cursor = Cursor::new(block);
    let _count = i64::read(&mut cursor).ok()?;
    let len = u64::try_from(i64::read(&mut cursor).ok()?).ok()?;
    len.checked_add((cursor.position() + MARKER.len()) as u64)
}

/// Returns whether a block, without its marker, has exactly as many datums as it claims.
fn has_its_count(block: &[u8]) -> bool {
    let mut cursor = Cursor::new(block);
    let (count, _len) = (i64::read(&mut cursor), i64::read(&mut cursor));
    count.is_ok_and(|count| (0..count).all(|_| Reading::read(&mut cursor).is_ok()))
        && cursor.end().is_ok()
}

#[derive(Debug, Clone)]
struct Part {
    count: i64,
    broken: Option<(Way, usize)>,
}

fn parts() -> impl Strategy<Value = Vec<Part>> {
    let part = (5_i64..60, prop::option::weighted(0.4, (ways(), any::<usize>())));
    prop::collection::vec(part.prop_map(|(count, broken)| Part { count, broken }), 1..12)
}

proptest! {
    #[test]
    fn intact_blocks_are_read_and_broken_ones_reported(
        mut parts in parts(),
        codec in prop::sample::select(super::codecs()),
    ) {
        // Two broken blocks in a row may be one: the first may have lost the marker between them.
        for index in 1..parts.len() {
            if parts[index - 1].broken.is_some() {
                parts[index].broken = None;
            }
        }
        let mut bytes = file(codec, &[]);
        let (mut number, mut expected, mut broken) = (0, Vec::new(), Vec::new());
        for part in &parts {
            let block = Block::new(codec, number, part.count);
            let offset = bytes.len() as u64;
            match &part.broken {
                None => {
                    bytes.extend(block.bytes());
                    let places = (0..part.count).map(|item| (offset, item as u64));
                    expected.extend(places.zip(number..));
                }
                Some((way, at)) => {
                    bytes.extend(block.broken(way, *at));
                    broken.push(offset..bytes.len() as u64);
                }
            }
            number += part.count;
        }
        let ends = frames(&bytes);
        for range in &broken {
            // Skips cases in which, by chance, it and the next block look like one: its length ends at the
            // next marker, or it claims as many datums as both have together.
            let claimed = claimed_end(&bytes[range.start as usize..])
                .and_then(|end| end.checked_add(range.start));
            let own = claimed.is_some_and(|end| end <= range.end);
            prop_assume!(own || claimed.is_none_or(|end| !ends.contains(&(end as usize))));
            let next = ends.iter().find(|end| **end as u64 > range.end);
            let both = next.map_or(&[][..], |end| &bytes[range.start as usize..end - MARKER.len()]);
            prop_assume!(codec != Codec::Null || own || !has_its_count(both));
        }
        let (mut found, mut reported) = (BTreeMap::new(), vec![0; broken.len()]);
        for item in ContainerEvents::<_, Reading>::new(&bytes[..]) {
            match item {
                Ok(decoded) => {
                    let place = (decoded.offset, decoded.item.unwrap());
                    prop_assert!(found.insert(place, decoded.event).is_none());
                }
                Err(error) => {
                    let place = broken.iter().position(|range| range.contains(&error.offset()));
                    let place = place.ok_or_else(|| TestCaseError::fail(format!("{error:?}")))?;
                    reported[place] += 1;
                }
            }
        }
        for (place, number) in expected {
            prop_assert_eq!(found.get(&place), Some(&reading(number)), "{:?}", place);
        }
        prop_assert_eq!(reported, vec![1; broken.len()], "{:?}", broken);
    }
}

/// Returns at most this number of bytes at a time.
struct Parts<'b>(&'b [u8], usize);

impl Read for Parts<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let len = buffer.len().min(self.1);
        self.0.read(&mut buffer[..len])
    }
}

proptest! {
    #[test]
    fn size_of_reads_does_not_change_items(
        pieces in prop::collection::vec(
            prop_oneof![
                prop::collection::vec(any::<u8>(), 0..60),
                Just(MARKER.to_vec()),
                Just(MARKER[..9].to_vec()),
                (1_i64..9).prop_map(|count| Block::new(Codec::Null, 0, count).bytes()),
                (1_i64..9).prop_map(|count| Block::new(Codec::Deflate, 0, count).bytes()),
                (10_000_usize..40_000).prop_map(|len| vec![0x55; len]),
            ],
            0..12,
        ),
        codec in prop::sample::select(super::codecs()),
        len in 500_usize..5_000,
    ) {
        let bytes = [file(codec, &[]), pieces.concat()].concat();
        let read = |len| {
            let items = ContainerEvents::<_, Reading>::new(Parts(&bytes, len));
            items.take(bytes.len()).map(|item| format!("{item:?}")).collect::<Vec<_>>()
        };
        let whole = read(usize::MAX);
        prop_assert!(whole.len() < bytes.len());
        prop_assert_eq!(read(len), whole);
    }
}

#[test]
fn other_formats_are_one_error() {
    let found: Vec<_> = ContainerEvents::<_, Reading>::new(&b"{\"meter\": 1}"[..]).collect();
    let [Err(Error::Container(error))] = &found[..] else { panic!("{found:?}") };
    assert!(matches!(error.kind(), ErrorKind::Magic));
}

#[test]
fn a_reader_error_is_the_last_item() {
    struct Failing;
    impl Read for Failing {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::ErrorKind::ConnectionReset.into())
        }
    }
    let file = file(Codec::Null, &super::readings(30));
    for len in [3, frames(&file)[0], frames(&file)[1], frames(&file)[1] + 5] {
        let found: Vec<_> =
            ContainerEvents::<_, Reading>::new(file[..len].chain(Failing)).collect();
        let Some((Err(Error::Io { error, .. }), before)) = found.split_last() else {
            panic!("{len}: {found:?}")
        };
        assert_eq!(error.kind(), io::ErrorKind::ConnectionReset);
        assert!(before.iter().all(Result::is_ok));
    }
}

#[test]
fn header_is_known_after_first_event() {
    let file = file(Codec::Deflate, &super::readings(30));
    let mut events = ContainerEvents::<_, Reading>::new(&file[..]);
    assert!(events.reader().is_none());
    let first = events.next().unwrap().unwrap();
    assert_eq!((first.offset, first.event), (frames(&file)[0] as u64, reading(0)));
    assert_eq!(events.reader().map(Reader::codec), Some(Codec::Deflate));
    assert_eq!(events.by_ref().count(), 29);
    assert!(events.reader().is_none());

    let small = Reader::builder(&file[..]).max_block_len(10);
    let found: Vec<_> = ContainerEvents::<_, Reading>::with(small).collect();
    assert_eq!(found.len(), frames(&file).len() - 1);
    assert!(found.iter().all(Result::is_err));
}
