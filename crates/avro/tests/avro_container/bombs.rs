//! Blocks that claim, or expand to, more than they have.

use super::{MARKER, Reading, codecs, file, frames, reading, readings};
use apache_avro::DeflateSettings;
use migration_events::avro::container::{Codec, ErrorKind, Reader};
use migration_events::avro::to_datum;
use std::io::Read;

/// Compresses a block as other writers do.
fn compress(codec: Codec, block: &mut Vec<u8>) {
    let peer = match codec.name() {
        "null" => apache_avro::Codec::Null,
        "deflate" => apache_avro::Codec::Deflate(DeflateSettings::default()),
        #[cfg(feature = "bzip2")]
        "bzip2" => apache_avro::Codec::Bzip2(apache_avro::Bzip2Settings::default()),
        #[cfg(feature = "snappy")]
        "snappy" => apache_avro::Codec::Snappy,
        #[cfg(feature = "xz")]
        "xz" => {
            let options = lzma_rust2::XzOptions::with_preset(9);
            let mut writer = lzma_rust2::XzWriter::new(Vec::new(), options).unwrap();
            std::io::Write::write_all(&mut writer, block).unwrap();
            *block = writer.finish().unwrap();
            return;
        }
        #[cfg(feature = "zstandard")]
        "zstandard" => apache_avro::Codec::Zstandard(apache_avro::ZstandardSettings::default()),
        other => panic!("{other}"),
    };
    peer.compress(block).unwrap();
}

/// An intact block, one that expands to `len` zeros, an intact block.
fn bomb(codec: Codec, len: usize) -> (Vec<u8>, usize) {
    let mut bytes = file(codec, &[reading(0)]);
    let mut block = vec![0; len];
    compress(codec, &mut block);
    bytes.extend([to_datum(&1_i64), to_datum(&(block.len() as i64)), block].concat());
    bytes.extend(MARKER);
    let next = file(codec, &[reading(1)]);
    bytes.extend(&next[frames(&next)[0]..]);
    let size = bytes.len();
    (bytes, size)
}

#[test]
fn only_the_oversized_block_is_lost() {
    const LIMIT: usize = 1 << 19;
    for codec in codecs() {
        let (file, size) = bomb(codec, 8 << 20);
        if codec != Codec::Null {
            assert!(size < 1 << 19, "{codec:?}: {size}");
        }
        let reader = Reader::<_, Reading>::builder(&file[..]).max_block_len(LIMIT).build().unwrap();
        let items: Vec<_> = reader.collect();
        assert_eq!(items.len(), 3);
        assert_eq!(items[0].as_ref().unwrap(), &reading(0));
        let error = items[1].as_ref().unwrap_err();
        assert!(matches!(error.kind(), ErrorKind::BlockLength { limit: LIMIT }), "{codec:?}");
        assert_eq!(items[2].as_ref().unwrap(), &reading(1));
    }
}

#[test]
fn the_limit_itself_is_allowed() {
    for codec in codecs() {
        let (file, _) = bomb(codec, 4096);
        let at = |limit| {
            let reader = Reader::<_, Reading>::builder(&file[..]).max_block_len(limit).build();
            let kinds = reader.unwrap().filter_map(Result::err);
            kinds.filter(|error| matches!(error.kind(), ErrorKind::BlockLength { .. })).count()
        };
        assert_eq!((at(4096), at(4095)), (0, 1), "{codec:?}");
    }
}

#[test]
fn a_block_that_is_no_compressed_one_is_lost_and_the_next_one_is_read() {
    for codec in codecs().into_iter().filter(|codec| *codec != Codec::Null) {
        for garbage in [&[][..], &[0xff; 3], &[0xff; 100], &[0x80; 9], &[0, 0, 0, 0, 0]] {
            let mut bytes = file(codec, &[reading(0)]);
            bytes.extend([to_datum(&1_i64), to_datum(&(garbage.len() as i64))].concat());
            bytes.extend([garbage, &MARKER].concat());
            let next = file(codec, &[reading(1)]);
            bytes.extend(&next[frames(&next)[0]..]);
            let items: Vec<_> = Reader::<_, Reading>::new(&bytes[..]).unwrap().collect();
            assert_eq!(items.len(), 3, "{codec:?} {garbage:?}");
            assert!(items[1].is_err());
            assert_eq!(items[2].as_ref().unwrap(), &reading(1));
        }
    }
}

#[test]
fn datums_of_no_bytes_are_counted() {
    #[derive(Debug)]
    struct Nothing;
    impl migration_events::avro::Datum for Nothing {
        const NAME: &'static str = "null";
        fn read(
            _: &mut migration_events::avro::Cursor<'_>,
        ) -> Result<Self, migration_events::avro::DatumError> {
            Ok(Self)
        }
        fn write(&self, _: &mut Vec<u8>) {}
    }
    impl migration_events::avro::AvroContract for Nothing {
        const SCHEMA: &'static migration_events::avro::AvroSchema =
            &migration_events::avro::AvroSchema::__new(
                "null",
                r#""null""#,
                "",
                0,
                [0; 16],
                [0; 32],
            );
    }
    let mut file = {
        use migration_events::avro::container::Writer;
        Writer::<_, Nothing>::builder(Vec::new())
            .marker(MARKER)
            .build()
            .unwrap()
            .into_inner()
            .unwrap()
    };
    file.extend([to_datum(&i64::MAX), vec![0], MARKER.to_vec()].concat());
    let mut reader = Reader::<_, Nothing>::new(&file[..]).unwrap();
    let intact = reader.by_ref().take_while(Result::is_ok).count();
    assert_eq!(intact, migration_events::avro::Cursor::MAX_EMPTY_ITEMS as usize);
    assert!(reader.next().is_none());
}

#[test]
fn frames_that_claim_the_limit_stay_cheap() {
    let cost = |frames: usize| {
        let mut bytes = file(Codec::Null, &[]);
        for _ in 0..frames {
            bytes.extend([to_datum(&1_i64), to_datum(&(32_i64 << 20)), MARKER.to_vec()].concat());
        }
        let mut reader = Counting { bytes: &bytes, calls: 0 };
        let info = allocation_counter::measure(|| {
            let errors = Reader::<_, Reading>::new(&mut reader).unwrap().count();
            assert_eq!(errors, frames);
        });
        // Allocating per frame is the cost of its error; reading must not begin anew for each.
        (reader.calls, info.bytes_total, bytes.len())
    };
    let (few, many) = (cost(2_000), cost(20_000));
    for (calls, allocated, len) in [few, many] {
        assert!(calls <= 2 + len / 1_000, "{calls} calls for {len} bytes");
        assert!(allocated < 200 * len as u64, "{allocated} bytes allocated for {len}");
    }
    // Ten times the frames are about ten times the cost.
    assert!(many.1 < 15 * few.1, "{few:?} {many:?}");
}

/// Counts how often it is read from.
struct Counting<'b> {
    bytes: &'b [u8],
    calls: usize,
}

impl Read for Counting<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        self.calls += 1;
        self.bytes.read(buffer)
    }
}

/// Repeats the blocks of a file.
struct Endless {
    head: Vec<u8>,
    blocks: Vec<u8>,
    read: usize,
    len: usize,
}

impl Read for Endless {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let rest = match self.read.checked_sub(self.head.len()) {
            None => &self.head[self.read..],
            Some(read) if self.read < self.len => &self.blocks[read % self.blocks.len()..],
            Some(_) => &[],
        };
        let len = rest.len().min(buffer.len());
        buffer[..len].copy_from_slice(&rest[..len]);
        self.read += len;
        Ok(len)
    }
}

#[test]
fn long_files_are_read_block_by_block() {
    let file = file(Codec::Deflate, &readings(100));
    let head = frames(&file)[0];
    let (head, blocks) = (file[..head].to_vec(), file[head..].to_vec());
    // 64 files long; that it needs no more memory shows in `container::input`, whose window is limited.
    let len = head.len() + 64 * blocks.len();
    let endless = Endless { head, blocks, read: 0, len };
    let reader = Reader::<_, Reading>::new(endless).unwrap();
    assert_eq!(reader.map(Result::unwrap).count(), 6400);
}

/// A block that needs a dictionary of 4 GiB, as it says.
#[cfg(feature = "xz")]
#[test]
fn an_xz_dictionary_beyond_the_limit_is_not_made() {
    #[rustfmt::skip]
    const BLOCK: &[u8] = &[
        253, 55, 122, 88, 90, 0, 0, 4, 230, 214, 180, 70, 2, 0, 33, 1, 40, 0, 0, 0, 230, 160,
        17, 179, 1, 0, 5, 6, 69, 45, 49, 2, 0, 0, 0, 0, 167, 147, 191, 18, 100, 88, 157, 89,
        0, 1, 30, 6, 193, 47, 164, 29, 31, 182, 243, 125, 1, 0, 0, 0, 0, 4, 89, 90,
    ];
    let mut bytes = file(Codec::Xz, &[]);
    bytes.extend([vec![2], to_datum(&(BLOCK.len() as i64))].concat());
    bytes.extend([BLOCK, &MARKER].concat());
    let next = file(Codec::Xz, &[reading(1)]);
    bytes.extend(&next[frames(&next)[0]..]);
    let items: Vec<_> = Reader::<_, Reading>::new(&bytes[..]).unwrap().collect();
    assert!(matches!(items[0].as_ref().unwrap_err().kind(), ErrorKind::Compression));
    assert_eq!(items[1].as_ref().unwrap(), &reading(1));
}
