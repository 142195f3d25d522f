//! The cases: streams of samples, in several layouts.

#[cfg(all(feature = "avro", feature = "boost"))]
mod avro;

#[cfg(all(feature = "avro", feature = "boost"))]
use migration_events::avro::container::Codec;
use migration_events::json::RawJson;
use migration_events::pismo::{AccrualIncoming, CustomerIncoming};
use migration_events::stream::{Events, Layout, Splitter};
use migration_events::{Decoder, Event};
use std::hint::black_box;
use std::sync::Arc;

const CUSTOMER: &str = include_str!("../../schemas/pismo/samples/customer_incoming-1.json");
const ACCRUAL: &str = include_str!("../../schemas/pismo/samples/accrual_incoming-1.json");

/// More than the caches next to a core hold.
const COUNT: usize = 10_000;

/// Does its work a given number of times.
pub(crate) type Repeat = Box<dyn Fn(u64)>;

/// One job done in two ways.
pub(crate) struct Case {
    pub(crate) name: String,
    pub(crate) bytes: usize,
    /// The bar applies.
    pub(crate) is_bound: bool,
    pub(crate) ours: Repeat,
    pub(crate) peer: Repeat,
}

pub(crate) fn all() -> Vec<Case> {
    let customers = events(CUSTOMER, "31a2d");
    let accruals = events(ACCRUAL, "0000002484919082021-12-14");
    let pretty = events_as(CUSTOMER.trim(), "31a2d");
    #[allow(unused_mut, reason = "there are more with the feature `avro`")]
    let mut cases = vec![
        decoding::<CustomerIncoming>("customer_incoming, concatenated", &customers, ["", "", ""]),
        decoding::<CustomerIncoming>("customer_incoming, lines", &customers, ["", "\n", "\n"]),
        decoding::<CustomerIncoming>("customer_incoming, array", &customers, ["[", ",", "]"]),
        decoding::<CustomerIncoming>("customer_incoming, indented", &pretty, ["", "", ""]),
        decoding::<AccrualIncoming>("accrual_incoming, concatenated", &accruals, ["", "", ""]),
        pieces::<CustomerIncoming>("customer_incoming, piece by piece", &customers),
        pieces::<AccrualIncoming>("accrual_incoming, piece by piece", &accruals),
    ];
    #[cfg(all(feature = "avro", feature = "boost"))]
    cases.extend([
        avro::container("account migration, container file", Codec::Null),
        avro::container("account migration, deflated container file", Codec::Deflate),
    ]);
    cases
}

fn events(sample: &str, id: &str) -> Vec<String> {
    let line = RawJson::parse(sample).expect("the sample is JSON").to_string();
    events_as(&line, id)
}

fn events_as(text: &str, id: &str) -> Vec<String> {
    (0..COUNT).map(|number| text.replacen(id, &format!("{number:08}"), 1)).collect()
}

/// The stream, and where in it the events are.
type Input = Arc<(Vec<u8>, Vec<std::ops::Range<usize>>)>;

fn input(events: &[String], [before, between, behind]: [&str; 3]) -> Input {
    let (mut stream, mut places) = (before.as_bytes().to_vec(), Vec::new());
    for (index, event) in events.iter().enumerate() {
        if index > 0 {
            stream.extend_from_slice(between.as_bytes());
        }
        places.push(stream.len()..stream.len() + event.len());
        stream.extend_from_slice(event.as_bytes());
    }
    stream.extend_from_slice(behind.as_bytes());
    Arc::new((stream, places))
}

fn decoding<T: Event + 'static>(name: &str, events: &[String], around: [&str; 3]) -> Case {
    case::<T>(name, true, input(events, around), |stream| {
        Events::new(stream).decode::<T>().filter(|decoded| black_box(decoded).is_ok()).count()
    })
}

/// As a service does that looks at a text before it decodes it.
fn pieces<T: Event + 'static>(name: &str, events: &[String]) -> Case {
    case::<T>(name, false, input(events, ["", "", ""]), |stream| {
        let splitter = Splitter::new().layout(Layout::Concatenated);
        let (mut pieces, mut count) = (Events::with(splitter, stream), 0);
        while let Some(Ok(piece)) = pieces.next_piece() {
            count += usize::from(black_box(T::from_json(piece.text.as_bytes())).is_ok());
        }
        count
    })
}

fn case<T: Event + 'static>(
    name: &str,
    is_bound: bool,
    input: Input,
    read: fn(&[u8]) -> usize,
) -> Case {
    let ours = Arc::clone(&input);
    Case {
        name: name.into(),
        bytes: input.0.len(),
        is_bound,
        ours: Box::new(move |times| {
            for _ in 0..times {
                assert_eq!(read(black_box(&ours.0)), COUNT);
            }
        }),
        peer: Box::new(move |times| {
            let decoder = Decoder::new();
            for _ in 0..times {
                let (stream, places) = black_box(&*input);
                let decode = |place: &std::ops::Range<usize>| {
                    black_box(decoder.decode::<T>(&stream[place.clone()])).is_ok()
                };
                assert_eq!(places.iter().filter(|place| decode(place)).count(), COUNT);
            }
        }),
    }
}
