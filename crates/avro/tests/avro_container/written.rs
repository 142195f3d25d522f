//! Files of the writer, read back.

use super::{MARKER, Reading, SCHEMA, codecs, file, items, read, reading, readings};
use migration_events::avro::container::{Codec, ErrorKind, Reader, Writer};
use std::io::{self, Read, Write};

#[test]
fn what_is_written_is_read_with_every_codec() {
    for codec in codecs() {
        for count in [0, 1, 2, 500] {
            let readings = readings(count);
            let file = file(codec, &readings);
            assert_eq!(read(&file).unwrap(), readings, "{codec:?}");
            assert_eq!(Reader::<_, Reading>::new(&file[..]).unwrap().codec(), codec);
        }
    }
}

#[test]
fn headers_carry_schema_codec_and_metadata() {
    let builder = Writer::<_, Reading>::builder(Vec::new()).codec(Codec::Deflate);
    let builder = builder.metadata("a", "once").metadata("b", vec![0xff]).metadata("a", "twice");
    let file = builder.build().unwrap().into_inner().unwrap();
    assert!(file.starts_with(b"Obj\x01"));
    let reader = Reader::<_, Reading>::new(&file[..]).unwrap();
    assert_eq!(reader.writer_schema(), SCHEMA);
    let metadata: Vec<_> = reader.all_metadata().collect();
    let expected = [
        ("avro.schema", SCHEMA.as_bytes()),
        ("avro.codec", b"deflate"),
        ("b", &[0xff]),
        ("a", b"twice"),
    ];
    assert_eq!(metadata, expected);
    assert_eq!(reader.metadata("a"), Some(&b"twice"[..]));
    assert_eq!(reader.metadata("c"), None);
}

#[test]
fn keys_that_the_specification_keeps_are_refused() {
    let builder = Writer::<_, Reading>::builder(Vec::new()).metadata("avro.other", "x");
    assert!(matches!(builder.build().unwrap_err().kind(), ErrorKind::ReservedKey));
}

#[test]
fn files_differ_only_in_their_marker() {
    let one = file(Codec::Deflate, &readings(20));
    assert_eq!(one, file(Codec::Deflate, &readings(20)));
    let random = |_| Writer::<_, Reading>::new(Vec::new()).unwrap().into_inner().unwrap();
    let [one, other] = [0, 1].map(random);
    assert_ne!(one, other);
    assert_ne!(one[one.len() - 16..], MARKER);
}

#[test]
fn flush_ends_a_block_unless_empty() {
    let mut writer = Writer::builder(Vec::new()).marker(MARKER).build().unwrap();
    writer.flush().unwrap();
    for number in 0..3 {
        writer.append(&reading(number)).unwrap();
        writer.flush().unwrap();
        writer.flush().unwrap();
    }
    let file = writer.into_inner().unwrap();
    assert_eq!(super::frames(&file).len(), 1 + 3);
    assert_eq!(read(&file).unwrap(), readings(3));
}

#[test]
fn each_datum_has_its_place() {
    let file = file(Codec::Null, &readings(25));
    let frames = super::frames(&file);
    let mut expected_item = 0;
    for (index, (position, item)) in items(&file).into_iter().enumerate() {
        assert_eq!(item.unwrap(), reading(index as i64));
        if position.item == 0 {
            expected_item = 0;
        }
        assert_eq!(position.item, expected_item);
        expected_item += 1;
        assert!(frames.contains(&(position.block as usize)));
        // Without compression, a datum is at its position, after two lengths of one or two bytes.
        let start = position.block as usize + position.start;
        let datum = migration_events::avro::to_datum(&reading(index as i64));
        assert!((2..=4).any(|head| file[start + head..].starts_with(&datum)), "{index}");
    }
}

/// Returns one byte at a time, and is interrupted before each.
struct Slow<'a>(&'a [u8], bool);

impl Read for Slow<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.1 = !self.1;
        if self.1 {
            return Err(io::ErrorKind::Interrupted.into());
        }
        let len = buffer.len().min(1);
        self.0.read(&mut buffer[..len])
    }
}

#[test]
fn slow_interrupted_readers_are_read_to_the_end() {
    let file = file(Codec::Deflate, &readings(50));
    let reader = Reader::<_, Reading>::new(Slow(&file, false)).unwrap();
    assert_eq!(reader.map(Result::unwrap).collect::<Vec<_>>(), readings(50));
}

/// Fails after a number of bytes.
struct Failing<T>(T, usize);

impl<T: Read> Read for Failing<T> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let len = buffer.len().min(self.1);
        self.1 -= len;
        if len == 0 {
            Err(io::ErrorKind::ConnectionReset.into())
        } else {
            self.0.read(&mut buffer[..len])
        }
    }
}

impl<T: Write> Write for Failing<T> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let len = bytes.len().min(self.1);
        self.1 -= len;
        if len == 0 { Err(io::ErrorKind::StorageFull.into()) } else { self.0.write(&bytes[..len]) }
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

#[test]
fn a_reader_error_ends_the_file() {
    let file = file(Codec::Null, &readings(50));
    let frames = super::frames(&file);
    for len in [0, 3, 50, frames[0], frames[1], frames[2] + 5] {
        let reader = match Reader::<_, Reading>::new(Failing(&file[..], len)) {
            Ok(reader) => reader,
            Err(error) => {
                assert!(len < frames[0]);
                let kind = error.into_io().map(|error| error.kind());
                assert_eq!(kind, Some(io::ErrorKind::ConnectionReset));
                continue;
            }
        };
        let items: Vec<_> = reader.collect();
        let errors = items.iter().filter(|item| item.is_err()).count();
        assert_eq!(errors, 1, "{len}");
        assert!(items.last().unwrap().is_err());
    }
}

#[test]
fn a_writer_error_has_its_block_offset() {
    let error = Writer::<_, Reading>::new(Failing(io::sink(), 10)).unwrap_err();
    assert_eq!(error.offset(), 0);
    let mut writer = Writer::builder(Failing(io::sink(), 400)).block_len(50).build().unwrap();
    let error = readings(100).iter().find_map(|reading| writer.append(reading).err()).unwrap();
    assert!(error.offset() > 200);
    assert_eq!(error.into_io().unwrap().kind(), io::ErrorKind::StorageFull);
}

#[test]
fn readers_and_writers_can_cross_threads() {
    fn assert_send<T: Send>() {}
    assert_send::<Reader<io::Stdin, Reading>>();
    assert_send::<Writer<io::Stdout, Reading>>();
    fn assert_error<T: std::error::Error + Send + Sync + 'static>() {}
    assert_error::<migration_events::avro::container::Error>();
}
