//! One datum, decoded and encoded by four codecs.

use std::hint::black_box;

use apache_avro::reader::datum::GenericDatumReader;
use apache_avro::types::Value;
use apache_avro::writer::datum::GenericDatumWriter;
use migration_events::json::at_pointer;
use migration_events::{Event, boost};
use serde_avro_fast::ser::SerializerConfig;

use crate::{handwritten, serde_structs};

const DUMP: &str = include_str!("../../../../../schemas/boost/samples/kafka_dump.json");
const SCHEMA: &str = include_str!("../../../../../schemas/boost/account_migration_event.avsc");

/// Does its work a given number of times.
pub(crate) type Repeat = Box<dyn Fn(u64)>;

/// One job done by this product and by a peer.
pub(crate) struct Case {
    pub(crate) group: &'static str,
    pub(crate) name: &'static str,
    /// The upper bound of the ratio, if there is one.
    pub(crate) at_most: Option<f64>,
    pub(crate) ours: Repeat,
    pub(crate) peer: Repeat,
}

/// All cases, those of a group side by side. All codecs have read and written the same.
pub(crate) fn all() -> Vec<Case> {
    let message = at_pointer(DUMP, "/0/messages/0").expect("the dump holds a message");
    let event = boost::AccountMigrationEvent::from_json(message.as_bytes())
        .unwrap_or_else(|rejection| panic!("{rejection}"));
    let datum = event.to_avro();
    let by_hand = assert_handwritten(&event, &datum);
    let fast_schema: &serde_avro_fast::Schema = leak(SCHEMA.parse().expect("a schema"));
    let structs = assert_serde_avro_fast(&event, &datum, fast_schema);
    let apache_schema: &apache_avro::Schema =
        leak(apache_avro::Schema::parse_str(SCHEMA).expect("a schema"));
    let reader = GenericDatumReader::builder(apache_schema).build().expect("a reader");
    let writer = GenericDatumWriter::builder(apache_schema).build().expect("a writer");
    let tree = assert_apache_avro(&event, &datum, &reader, &writer);

    let (datum, event): (&[u8], &_) = (leak(datum), leak(event));
    let decode = |name, at_most, peer| Case {
        group: "decode",
        name,
        at_most,
        ours: repeat(move || boost::AccountMigrationEvent::from_avro(black_box(datum))),
        peer,
    };
    let encode = |name, at_most, peer| Case {
        group: "encode",
        name,
        at_most,
        ours: repeat(move || black_box(event).to_avro()),
        peer,
    };
    vec![
        decode("handwritten", Some(1.5), repeat(move || handwritten::decode(black_box(datum)))),
        decode(
            "serde_avro_fast",
            Some(1.0),
            repeat(move || {
                let datum = black_box(datum);
                serde_avro_fast::from_datum_slice::<Structs>(datum, fast_schema)
            }),
        ),
        #[expect(deprecated, reason = "the function that its documentation began with for years")]
        decode(
            "apache-avro",
            Some(1.0 / 15.0),
            repeat(move || {
                apache_avro::from_avro_datum(apache_schema, &mut black_box(datum), None)
            }),
        ),
        // The same tree, but the names of the schema are looked up once.
        decode(
            "apache-avro, prepared",
            None,
            repeat(move || reader.read_value(&mut black_box(datum))),
        ),
        encode("handwritten", Some(1.5), repeat(move || handwritten::encode(black_box(&by_hand)))),
        encode("serde_avro_fast", Some(1.0), {
            // What can be kept from one datum to the next is.
            let config = std::cell::RefCell::new(SerializerConfig::new(fast_schema));
            repeat(move || {
                let out = Vec::with_capacity(128);
                serde_avro_fast::to_datum(black_box(&structs), out, &mut config.borrow_mut())
            })
        }),
        encode(
            "apache-avro, prepared",
            Some(1.0 / 15.0),
            repeat(move || {
                let mut out = Vec::with_capacity(128);
                writer.write_value_ref(&mut out, black_box(&tree)).map(|_| out)
            }),
        ),
    ]
}

type Structs = serde_structs::AccountMigrationEvent;

fn assert_handwritten(ours: &boost::AccountMigrationEvent, datum: &[u8]) -> handwritten::Event {
    let event = handwritten::decode(datum).expect("the handwritten decoder reads the sample");
    let (boost::MigrationStep::Completed(ours), handwritten::Event::Completed(theirs)) =
        (&ours.event, &event)
    else {
        panic!("the sample is a completed migration");
    };
    assert_eq!(ours.metadata.event_id, theirs.metadata.event_id);
    assert_eq!(ours.metadata.trace_token, theirs.metadata.trace_token);
    assert_eq!(ours.metadata.created_at.get(), theirs.metadata.created_at);
    assert_eq!(ours.enrollment_id, theirs.enrollment_id);
    assert_eq!(ours.account_id, theirs.account_id);
    assert_eq!(ours.effective_enrollment_date.get(), theirs.effective_enrollment_date);
    assert_eq!(ours.completed_at.get(), theirs.at);
    assert_eq!(handwritten::encode(&event), datum);
    for len in 0..datum.len() {
        assert!(handwritten::decode(&datum[..len]).is_err());
    }
    event
}

fn assert_serde_avro_fast(
    ours: &boost::AccountMigrationEvent,
    datum: &[u8],
    schema: &serde_avro_fast::Schema,
) -> Structs {
    let structs: Structs =
        serde_avro_fast::from_datum_slice(datum, schema).expect("serde_avro_fast reads the sample");
    let json = serde_json::to_value(&structs).expect("structs are JSON");
    assert_eq!(json, serde_json::from_str::<serde_json::Value>(&ours.to_json()).expect("JSON"));
    let written = serde_avro_fast::to_datum_vec(&structs, &mut SerializerConfig::new(schema));
    assert_eq!(written.expect("serde_avro_fast writes the sample"), datum);
    structs
}

fn assert_apache_avro(
    ours: &boost::AccountMigrationEvent,
    datum: &[u8],
    reader: &GenericDatumReader<'_>,
    writer: &GenericDatumWriter<'_>,
) -> Value {
    let tree = reader.read_value(&mut &*datum).expect("apache-avro reads the sample");
    let json = serde_json::Value::try_from(tree.clone()).expect("a tree is JSON");
    // Its JSON is not Avro's JSON encoding: a union's value stands unwrapped.
    let ours: serde_json::Value = serde_json::from_str(&ours.to_json()).expect("JSON");
    let wrapped = ours["event"].as_object().expect("a wrapped value");
    assert_eq!(Some(&json["event"]), wrapped.values().next());
    let mut written = Vec::new();
    writer.write_value_ref(&mut written, &tree).expect("apache-avro writes the sample");
    assert_eq!(written, datum);
    tree
}

fn repeat<T>(work: impl Fn() -> T + 'static) -> Repeat {
    Box::new(move |times| {
        for _ in 0..times {
            black_box(work());
        }
    })
}

/// The process ends with the benchmark.
fn leak<T>(value: T) -> &'static T {
    Box::leak(Box::new(value))
}
