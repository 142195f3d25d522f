//! Schemas that apache-avro cannot read: ours are checked against data put together by hand, and by
//! fastavro (see `fastavro/check.py`).

use apache_avro::{Schema, reader::datum::GenericDatumReader};
use migration_events_avro_oracle::BEYOND;
use migration_events_avro_oracle::beyond::SAMPLES;

#[test]
fn datums_have_the_bytes_of_the_specification() {
    for codec in BEYOND {
        assert!(SAMPLES.iter().any(|sample| sample.schema == codec.name), "{}", codec.name);
    }
    for sample in SAMPLES {
        let codec = BEYOND.iter().find(|codec| codec.name == sample.schema).expect("a schema");
        let datum = (codec.from_json)(sample.json).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(datum, sample.datum, "{}", sample.json);
        assert_eq!((codec.binary)(&datum).as_deref(), Ok(sample.datum));
        assert_eq!((codec.to_json)(&datum).as_deref(), Ok(sample.json));
        for len in 0..datum.len() {
            assert!((codec.binary)(&datum[..len]).is_err(), "{} {len}", sample.json);
        }
    }
}

#[test]
fn apache_avro_still_cannot_read_them() {
    for codec in BEYOND {
        let is_readable = Schema::parse_str(codec.text)
            .is_ok_and(|schema| GenericDatumReader::builder(&schema).build().is_ok());
        assert!(!is_readable, "{} can move to the corpus", codec.name);
    }
}
