//! Avro object container files.

use super::{COUNT, Case};
use migration_events::avro::container::{Codec, Writer};
use migration_events::boost::{AccountMigrationEvent, Dump};
use migration_events::stream::ContainerEvents;
use std::hint::black_box;

const DUMP: &[u8] = include_bytes!("../../schemas/boost/samples/kafka_dump.json");

pub(super) fn container(name: &str, codec: Codec) -> Case {
    let dump = Dump::from_json(DUMP).expect("the sample is a dump");
    let event = dump.messages().next().and_then(|message| message.event.ok());
    let event = event.expect("the sample has a message");
    let mut writer = Writer::builder(Vec::new()).codec(codec).build().expect("memory is written");
    for _ in 0..COUNT {
        writer.append(&event).expect("memory is written");
    }
    let file = writer.into_inner().expect("memory is written");
    let datum = event.to_avro();
    Case {
        name: name.into(),
        bytes: datum.len() * COUNT,
        is_bound: false,
        ours: Box::new(move |times| {
            for _ in 0..times {
                let events = ContainerEvents::<_, AccountMigrationEvent>::new(black_box(&file[..]));
                assert_eq!(events.filter(|decoded| black_box(decoded).is_ok()).count(), COUNT);
            }
        }),
        peer: Box::new(move |times| {
            for _ in 0..times {
                for _ in 0..COUNT {
                    let event = AccountMigrationEvent::from_avro(black_box(&datum[..]));
                    assert!(black_box(event).is_ok());
                }
            }
        }),
    }
}
