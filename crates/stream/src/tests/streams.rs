//! Random streams of samples, intact and broken: every intact one is found where it is.

use super::{Item, split_with};
use crate::{Decoded, Error, Events, Fault, Layout, Splitter, Taken};
use migration_events::dispatch::Unknown;
use migration_events_runtime::json::{RawJson, Reader};
use proptest::prelude::*;

const SAMPLES: [&str; 5] = [
    include_str!("../../../../schemas/pismo/samples/customer_incoming-1.json"),
    include_str!("../../../../schemas/pismo/samples/customer_outgoing-1.json"),
    include_str!("../../../../schemas/pismo/samples/accrual_incoming-1.json"),
    include_str!("../../../../schemas/pismo/samples/recurring_charge_plan_incoming-1.json"),
    include_str!("../../../../schemas/specsavers/samples/customer_created.json"),
];

/// The samples as they are and on one line, and in envelopes.
fn events() -> Vec<String> {
    let mut events = Vec::new();
    for sample in SAMPLES {
        let line = RawJson::parse(sample).unwrap().to_string();
        events.push(format!(
            r#"{{"event_id":"6bf46c69-7d2c-4f82-aeea-cbe226e87555","schema_version":1,"data":{line}}}"#
        ));
        events.push(sample.trim().to_owned());
        events.push(line);
    }
    events
}

#[derive(Debug, Clone, Copy)]
enum Way {
    Cut,
    Lacks(&'static [u8]),
    Extra(&'static [u8]),
    Garbage,
    Noise(&'static [u8]),
    Large,
}

const WAYS: [Way; 17] = [
    Way::Cut,
    Way::Lacks(b"}"),
    Way::Lacks(b"]"),
    Way::Lacks(b"\""),
    Way::Lacks(b":"),
    Way::Lacks(b","),
    Way::Extra(b"}"),
    Way::Extra(b"]"),
    Way::Garbage,
    Way::Noise(b"\0"),
    Way::Noise(b"\xff"),
    Way::Noise(b"\xf0\x9f"),
    Way::Noise(b"\n"),
    Way::Noise(b"nil"),
    Way::Noise(b"}{"),
    Way::Noise(b"\\"),
    Way::Large,
];

const LIMIT: usize = 10_000;

/// Returns the bytes in the place of an event, or between two.
fn break_event(event: &str, way: Way, at: usize, garbage: &[u8]) -> Vec<u8> {
    let mut bytes = event.as_bytes().to_vec();
    let somewhere = 1 + at % (bytes.len() - 1);
    let nth = |sign: u8| {
        let places: Vec<usize> = (0..bytes.len()).filter(|place| bytes[*place] == sign).collect();
        (!places.is_empty()).then(|| places[at % places.len()])
    };
    match way {
        Way::Cut => bytes.truncate(somewhere),
        Way::Lacks(sign) => match nth(sign[0]) {
            Some(place) => drop(bytes.remove(place)),
            None => bytes.truncate(somewhere),
        },
        Way::Extra(sign) => {
            let place = nth(sign[0]).unwrap_or(bytes.len() - 1);
            bytes.insert(place, sign[0]);
        }
        Way::Garbage => bytes = garbage.to_vec(),
        Way::Noise(noise) => drop(bytes.splice(somewhere..somewhere, noise.iter().copied())),
        Way::Large => {
            let large = format!("{{\"large\":\"{}\",", "x".repeat(LIMIT));
            bytes.splice(..1, large.into_bytes());
        }
    }
    bytes
}

/// In an envelope that is cut off before its payload, an event looks like that payload.
fn is_cut_before_payload(broken: &[u8]) -> bool {
    let broken = broken.trim_ascii_end();
    broken.ends_with(b"\"data\":") || broken.ends_with(b"\"data\"")
}

/// Behind an event, that looks like its next member: then a bracket before was one too many.
fn begins_like_a_member(broken: &[u8]) -> bool {
    let rest = broken.trim_ascii_start();
    rest.strip_prefix(b",").unwrap_or(rest).trim_ascii_start().starts_with(b"\"")
        && rest.contains(&b':')
}

/// Cut off behind an item of a list: in an array, what follows is legal as the next item, and if that is
/// too large to be kept, nothing says for long that it is none.
fn ends_in_a_list(broken: &[u8]) -> bool {
    let (mut open, mut in_string, mut escaped) = (Vec::new(), false, false);
    for &byte in broken {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            b'{' | b'[' if !in_string => open.push(byte),
            b'}' | b']' if !in_string => drop(open.pop()),
            _ => {}
        }
    }
    !in_string && open.last() == Some(&b'[')
}

#[derive(Debug, Clone)]
struct Part {
    event: usize,
    broken: Option<(Way, usize, Vec<u8>)>,
}

fn parts() -> impl Strategy<Value = Vec<Part>> {
    let broken = (
        prop::sample::select(WAYS.to_vec()),
        any::<usize>(),
        prop::collection::vec(
            prop_oneof![any::<u8>(), prop::sample::select(&b"ab{}[]\",: \n"[..])],
            0..40,
        ),
    );
    let part = (0..SAMPLES.len() * 3, prop::option::weighted(0.4, broken))
        .prop_map(|(event, broken)| Part { event, broken });
    prop::collection::vec(part, 1..12)
}

fn check(
    parts: &[Part],
    separator: &str,
    layout: Layout,
    sizes: &[usize],
) -> Result<(), TestCaseError> {
    let events = events();
    let (mut stream, mut intact) = (Vec::new(), Vec::new());
    if layout == Layout::Array {
        stream.push(b'[');
    }
    let mut ambiguous = false;
    // In a list that was cut off: what an event that is too large takes with it, up to the next problem.
    let (mut in_list, mut swallowed) = (false, false);
    for (index, part) in parts.iter().enumerate() {
        if index > 0 {
            stream.extend_from_slice(separator.as_bytes());
        }
        let event = &events[part.event];
        match &part.broken {
            None => {
                if !ambiguous && !swallowed {
                    intact.push((stream.len() as u64, event.clone()));
                }
                stream.extend_from_slice(event.as_bytes());
                (ambiguous, in_list) = (false, false);
            }
            Some((way, at, garbage)) => {
                let bytes = break_event(event, *way, *at, garbage);
                ambiguous = is_cut_before_payload(&bytes);
                swallowed = in_list && matches!(way, Way::Large);
                in_list = layout == Layout::Array && ends_in_a_list(&bytes);
                if begins_like_a_member(&bytes) && index > 0 && parts[index - 1].broken.is_none() {
                    intact.pop();
                }
                stream.extend_from_slice(&bytes);
            }
        }
    }
    if layout == Layout::Array {
        stream.push(b']');
    }
    let mut splitter = Splitter::new().layout(layout).max_bytes(LIMIT);
    for event in &events {
        splitter = splitter.example(event.as_bytes());
    }
    let items: Vec<Item> = split_with(splitter.clone(), &stream, sizes);
    prop_assert_eq!(&in_one_pass(Events::with(splitter.clone(), &stream[..])), &items);
    prop_assert_eq!(typed(Events::with(splitter, &stream[..])), places(&items));
    for (offset, text) in &intact {
        let found = items
            .iter()
            .filter(|item| matches!(item, Ok(piece) if piece.0 == *offset && piece.1 == *text));
        prop_assert_eq!(
            found.count(),
            1,
            "{} in {}\n{:?}",
            offset,
            String::from_utf8_lossy(&stream),
            super::shown(&items)
        );
    }
    let mut end = 0;
    for item in &items {
        let (offset, len) = match item {
            Ok((offset, text)) => (*offset, text.len() as u64),
            Err(fault) => (fault.offset, fault.len),
        };
        let between = &stream[end as usize..offset as usize];
        prop_assert!(is_between(between, layout), "skipped in silence: {:?}", between);
        end = offset + len;
    }
    prop_assert!(is_between(&stream[end as usize..], layout));
    Ok(())
}

/// The same, taken by a function that finds the end of an event itself.
fn in_one_pass(mut events: Events<&[u8]>) -> Vec<Item> {
    let mut items = Vec::new();
    while let Some(taken) = events.next_with(|text| {
        let mut reader = Reader::new(text);
        let event = reader.skip().ok()?.to_owned();
        Some((event, reader.position()))
    }) {
        items.push(match taken {
            Ok(Taken::Value { offset, value, .. }) => Ok((offset, value)),
            Ok(Taken::Piece(piece)) => Ok((piece.offset, piece.text.to_owned())),
            Err(Error::Fault(fault)) => Err(fault),
            Err(error) => panic!("{error}"),
        });
    }
    items
}

/// Where typed events are, accepted and rejected ones, and what is reported.
fn typed(events: Events<&[u8]>) -> Vec<Result<(u64, usize), Fault>> {
    let place = |event: Result<Decoded<Unknown>, Error>| match event {
        Ok(Decoded { offset, len, .. }) | Err(Error::Rejected { offset, len, .. }) => {
            Ok((offset, len))
        }
        Err(Error::Fault(fault)) => Err(fault),
        Err(error) => panic!("{error}"),
    };
    events.decode().map(place).collect()
}

fn places(items: &[Item]) -> Vec<Result<(u64, usize), Fault>> {
    let items = items.iter().cloned();
    items.map(|item| item.map(|(offset, text)| (offset, text.len()))).collect()
}

/// Returns whether none of these bytes needs to be reported.
fn is_between(bytes: &[u8], layout: Layout) -> bool {
    let signs: &[u8] = if layout == Layout::Array { b" \t\r\n,[]" } else { b" \t\r\n" };
    bytes.iter().all(|byte| signs.contains(byte))
}

/// As many cases as `PROPTEST_CASES` asks for, and not fewer than these.
fn config() -> ProptestConfig {
    let config = ProptestConfig::default();
    ProptestConfig { cases: config.cases.max(400), ..config }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn every_intact_event_between_broken_ones_is_found(
        parts in parts(),
        separator in prop::sample::select(vec!["", "\n", " ", "\r\n\r\n"]),
        sizes in prop::collection::vec(1_usize..2000, 1..4),
    ) {
        check(&parts, separator, Layout::Concatenated, &sizes)?;
    }

    #[test]
    fn arrays_yield_every_intact_event_between_broken_ones(
        parts in parts(),
        separator in prop::sample::select(vec![",", ",\n", " , "]),
        sizes in prop::collection::vec(1_usize..2000, 1..4),
    ) {
        check(&parts, separator, Layout::Array, &sizes)?;
    }
}
