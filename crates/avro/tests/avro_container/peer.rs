//! apache-avro reads what is written, and the other way around.

use super::{Reading, SCHEMA, codecs, file, read, readings};
use apache_avro::types::Value;
use apache_avro::{Reader, Schema, Writer};

fn value(reading: &Reading) -> Value {
    let note = match &reading.note {
        None => Value::Union(0, Box::new(Value::Null)),
        Some(note) => Value::Union(1, Box::new(Value::String(note.clone()))),
    };
    Value::Record(vec![
        ("meter".into(), Value::String(reading.meter.clone())),
        ("value".into(), Value::Long(reading.value)),
        ("note".into(), note),
    ])
}

#[test]
fn apache_avro_reads_what_is_written() {
    // It is built without xz, which would be a C library.
    for codec in codecs().into_iter().filter(|codec| codec.name() != "xz") {
        let readings = readings(100);
        let bytes = file(codec, &readings);
        let values: Vec<_> = Reader::new(&bytes[..]).unwrap().map(Result::unwrap).collect();
        assert_eq!(values, readings.iter().map(value).collect::<Vec<_>>(), "{codec:?}");
    }
}

#[test]
fn what_apache_avro_writes_is_read() {
    let schema = Schema::parse_str(SCHEMA).unwrap();
    let codecs = [
        apache_avro::Codec::Null,
        apache_avro::Codec::Deflate(apache_avro::DeflateSettings::default()),
        #[cfg(feature = "bzip2")]
        apache_avro::Codec::Bzip2(apache_avro::Bzip2Settings::default()),
        #[cfg(feature = "snappy")]
        apache_avro::Codec::Snappy,
        #[cfg(feature = "zstandard")]
        apache_avro::Codec::Zstandard(apache_avro::ZstandardSettings::default()),
    ];
    for codec in codecs {
        let builder =
            Writer::builder().schema(&schema).writer(Vec::new()).codec(codec).block_size(200);
        let mut writer = builder.build().unwrap();
        let readings = readings(100);
        for reading in &readings {
            writer.append_value(value(reading)).unwrap();
        }
        let bytes = writer.into_inner().unwrap();
        assert_eq!(read(&bytes).unwrap(), readings, "{codec:?}");
    }
}

/// The block of one reading, as `lzma` of Python compresses it.
#[cfg(feature = "xz")]
#[test]
fn xz_of_another_implementation_is_read() {
    #[rustfmt::skip]
    const BLOCK: &[u8] = &[
        253, 55, 122, 88, 90, 0, 0, 4, 230, 214, 180, 70, 2, 0, 33, 1, 22, 0, 0, 0, 116, 47,
        229, 163, 1, 0, 5, 6, 69, 45, 49, 2, 0, 0, 0, 0, 167, 147, 191, 18, 100, 88, 157, 89,
        0, 1, 30, 6, 193, 47, 164, 29, 31, 182, 243, 125, 1, 0, 0, 0, 0, 4, 89, 90,
    ];
    let mut bytes = file(super::Codec::Xz, &[]);
    bytes.extend([vec![2], migration_events::avro::to_datum(&(BLOCK.len() as i64))].concat());
    bytes.extend([BLOCK, &super::MARKER].concat());
    assert_eq!(read(&bytes).unwrap(), [super::reading(1)]);
}
