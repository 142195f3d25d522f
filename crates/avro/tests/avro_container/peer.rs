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
    for codec in codecs() {
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
