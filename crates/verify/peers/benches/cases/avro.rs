//! The Avro binary encoding.

use std::cell::RefCell;
use std::hint::black_box;

use apache_avro::reader::datum::GenericDatumReader;
use apache_avro::writer::datum::GenericDatumWriter;
use migration_events::{Event, boost};
use migration_events_peers::avro::{APACHE, FAST};
use serde_avro_fast::ser::SerializerConfig;

use super::{Case, DUMP, message};
use crate::peer;
use crate::workload::repeat;

pub(super) fn add(cases: &mut Vec<Case>) {
    type Structs = peer::boost::AccountMigrationEvent;
    let event = boost::AccountMigrationEvent::from_json(message(DUMP).as_bytes());
    let event: &'static _ = Box::leak(Box::new(event.unwrap_or_else(|it| panic!("{it}"))));
    let datum: &'static [u8] = Box::leak(event.to_avro().into_boxed_slice());
    let structs: Structs = serde_avro_fast::from_datum_slice(datum, &FAST).expect("a datum");
    let config = RefCell::new(SerializerConfig::new(&FAST));
    let written = serde_avro_fast::to_datum_vec(&structs, &mut config.borrow_mut());
    assert_eq!(written.expect("a datum"), datum);
    let reader = GenericDatumReader::builder(&APACHE).build().expect("a reader");
    let writer = GenericDatumWriter::builder(&APACHE).build().expect("a writer");
    let tree = reader.read_value(&mut &*datum).expect("a datum");
    assert_eq!(writer.write_value_to_vec(tree.clone()).expect("a datum"), datum);
    let mut push = |name: &str, against, encodes: bool, peer| {
        let ours = if encodes {
            repeat(move || black_box(event).to_avro())
        } else {
            repeat(move || boost::AccountMigrationEvent::from_avro(black_box(datum)))
        };
        cases.push(Case { group: "avro", name: name.into(), against, ours, peer });
    };
    let fast = move || serde_avro_fast::from_datum_slice::<Structs>(black_box(datum), &FAST);
    push("decode", "serde_avro_fast", false, repeat(fast));
    push("decode", "apache-avro", false, repeat(move || reader.read_value(&mut black_box(datum))));
    let fast = move || {
        let out = Vec::with_capacity(128);
        serde_avro_fast::to_datum(black_box(&structs), out, &mut config.borrow_mut())
    };
    push("encode", "serde_avro_fast", true, repeat(fast));
    let apache = move || {
        let mut out = Vec::with_capacity(128);
        writer.write_value_ref(&mut out, black_box(&tree)).map(|_| out)
    };
    push("encode", "apache-avro", true, repeat(apache));
}
