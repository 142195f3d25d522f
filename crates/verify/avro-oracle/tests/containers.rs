//! Container files: apache-avro reads ours, and we read apache-avro's.

use apache_avro::types::Value;
use apache_avro::{Codec as ApacheCodec, DeflateSettings, Reader, Schema, Writer};
use migration_events::avro::container;
use migration_events_avro_oracle::{Peer, Values, codecs, same_value, value_count};

#[test]
fn container_files_are_read_both_ways() {
    for codec in codecs() {
        let schema = Schema::parse_str(codec.text).expect(codec.name);
        let peer = Peer::new(&schema);
        let mut random = Values::new(&schema, peer.names(), 8);
        let values: Vec<Value> = (0..value_count(20)).map(|_| random.value()).collect();
        let datums: Vec<Vec<u8>> =
            values.iter().map(|value| peer.encode(value).expect(codec.name)).collect();
        for (ours, theirs) in [
            (container::Codec::Null, ApacheCodec::Null),
            (container::Codec::Deflate, ApacheCodec::Deflate(DeflateSettings::default())),
        ] {
            let place = format!("{} {}", codec.name, ours.name());
            let file =
                (codec.to_container)(&datums, ours).unwrap_or_else(|e| panic!("{place}: {e}"));
            let read: Vec<Value> = Reader::new(file.as_slice())
                .and_then(Iterator::collect)
                .unwrap_or_else(|error| panic!("{place}: {error}"));
            assert_eq!(read.len(), values.len(), "{place}");
            assert!(read.iter().zip(&values).all(|(a, b)| same_value(a, b)), "{place}");

            let mut writer = Writer::with_codec(&schema, Vec::new(), theirs).expect("a writer");
            for value in &values {
                writer.append_value_ref(value).unwrap_or_else(|error| panic!("{place}: {error}"));
            }
            let file = writer.into_inner().expect("a file in memory");
            let read = (codec.from_container)(&file).unwrap_or_else(|e| panic!("{place}: {e}"));
            assert_eq!(read, datums, "{place}");
        }
    }
}
