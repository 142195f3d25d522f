//! Object container files.

mod bombs;
mod broken;
mod budgets;
mod depth;
mod evolution;
mod peer;
mod streams;
mod written;

use migration_events::avro::container::{Codec, Error, Position, Reader, Writer};
use migration_events::avro::{AvroContract, AvroSchema, Cursor, Datum, DatumError};

/// A record as the generator writes it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Reading {
    pub(crate) meter: String,
    pub(crate) value: i64,
    pub(crate) note: Option<String>,
}

impl Datum for Reading {
    const NAME: &'static str = "energy.Reading";

    fn read(cursor: &mut Cursor<'_>) -> Result<Self, DatumError> {
        Ok(Self {
            meter: cursor.field("meter")?,
            value: cursor.field("value")?,
            note: cursor.nullable_field("note", "string", 0)?,
        })
    }

    fn write(&self, out: &mut Vec<u8>) {
        self.meter.write(out);
        self.value.write(out);
        migration_events::avro::write_nullable(&self.note, 0, out);
    }
}

pub(crate) const SCHEMA: &str = r#"{"type":"record","name":"energy.Reading","fields":[{"name":"meter","type":"string"},{"name":"value","type":"long"},{"name":"note","type":["null","string"],"default":null}]}"#;

impl AvroContract for Reading {
    const SCHEMA: &'static AvroSchema =
        &AvroSchema::__new("energy.Reading", SCHEMA, SCHEMA, 0, [0; 16], [0; 32]);
}

pub(crate) const MARKER: [u8; 16] = *b"sync marker 0001";

pub(crate) fn codecs() -> Vec<Codec> {
    vec![
        Codec::Null,
        Codec::Deflate,
        #[cfg(feature = "bzip2")]
        Codec::Bzip2,
        #[cfg(feature = "snappy")]
        Codec::Snappy,
        #[cfg(feature = "xz")]
        Codec::Xz,
        #[cfg(feature = "zstandard")]
        Codec::Zstandard,
    ]
}

pub(crate) fn reading(number: i64) -> Reading {
    let note = (number % 3 == 0).then(|| format!("note {number}"));
    Reading { meter: format!("E-{number}"), value: number, note }
}

pub(crate) fn readings(count: i64) -> Vec<Reading> {
    (0..count).map(reading).collect()
}

/// Blocks of about ten datums.
pub(crate) fn file(codec: Codec, readings: &[Reading]) -> Vec<u8> {
    let builder = Writer::builder(Vec::new()).codec(codec).block_len(100).marker(MARKER);
    let mut writer = builder.build().unwrap();
    readings.iter().for_each(|reading| writer.append(reading).unwrap());
    writer.into_inner().unwrap()
}

pub(crate) fn read(file: &[u8]) -> Result<Vec<Reading>, Error> {
    Reader::new(file)?.collect()
}

/// The result for each item, with its place.
pub(crate) fn items(file: &[u8]) -> Vec<(Position, Result<Reading, Error>)> {
    let mut reader = Reader::new(file).unwrap();
    let mut items = Vec::new();
    while let Some(item) = reader.next() {
        items.push((reader.position(), item));
        assert!(items.len() < 100_000, "a file of no end");
    }
    assert!(reader.next().is_none());
    items
}

/// Where the blocks of a file begin, and where it ends.
pub(crate) fn frames(file: &[u8]) -> Vec<usize> {
    let marks = file.windows(MARKER.len()).enumerate().filter(|(_, window)| *window == MARKER);
    marks.map(|(place, _)| place + MARKER.len()).collect()
}
