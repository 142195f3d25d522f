//! The seeds of the Avro targets: the event of the published sample as a datum, in every
//! framing, in files of every codec, and with its schema. The argument is the folder of the corpora.

use migration_events::avro::container::{Codec, Writer};
use migration_events::avro::{AvroContract, confluent, single_object};
use migration_events::boost::{AccountMigrationEvent, Dump};
use std::io::Result;
use std::path::PathBuf;

fn main() -> Result<()> {
    let folder = PathBuf::from(std::env::args_os().nth(1).expect("the folder of the corpora"));
    let write = |target: &str, name: &str, bytes: &[u8]| {
        let folder = folder.join(target);
        std::fs::create_dir_all(&folder)?;
        std::fs::write(folder.join(name), bytes)
    };
    let text = include_bytes!("../../schemas/boost/samples/kafka_dump.json");
    let dump = Dump::from_json(text).expect("the sample is a dump");
    let events: Vec<_> = dump.messages().filter_map(|message| message.event.ok()).collect();
    let event = events.first().expect("the sample has an event");
    let datum = event.to_avro();
    let schema = AccountMigrationEvent::SCHEMA.json;

    write("avro_datum", "sample", &datum)?;
    write("avro_framed", "single-object", &single_object::encode(event))?;
    for id in 0..3 {
        write("avro_framed", &format!("confluent-{id}"), &confluent::encode(id, event))?;
    }
    write("avro_resolve", "sample", &[schema.as_bytes(), b"\n", &datum].concat())?;
    write("kafka_dump", "sample", text)?;

    // In the order of the target, which chooses the codec by its first byte.
    let codecs =
        [Codec::Null, Codec::Deflate, Codec::Snappy, Codec::Zstandard, Codec::Bzip2, Codec::Xz];
    for (choice, codec) in (0_u8..).zip(codecs) {
        let file = |count: usize| {
            let builder = Writer::builder(Vec::new()).codec(codec).marker([0; 16]).block_len(300);
            let mut writer = builder.build().expect("a buffer takes everything");
            (0..count).for_each(|_| writer.append(event).expect("a buffer takes everything"));
            writer.into_inner().expect("a buffer takes everything")
        };
        let (header, file) = (file(0).len(), file(5));
        write(
            "avro_container",
            &format!("blocks-{}", codec.name()),
            &[&[choice], &file[header..]].concat(),
        )?;
        write("avro_container", &format!("file-{}", codec.name()), &[&[0xff], &file[..]].concat())?;
    }
    Ok(())
}
