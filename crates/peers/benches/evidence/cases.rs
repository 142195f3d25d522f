//! What is measured, and against whom.

use std::cell::RefCell;
use std::hint::black_box;

use apache_avro::reader::datum::GenericDatumReader;
use apache_avro::writer::datum::GenericDatumWriter;
use migration_events::{Event, boost, pismo, specsavers};
use migration_events_peers::avro::{APACHE, FAST};
use migration_events_peers::generated as typify;
use migration_events_peers::peers::validator;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_avro_fast::ser::SerializerConfig;
use serde_json::Value;

use crate::peer;

const ACCRUAL: &str = include_str!("../../../../schemas/pismo/samples/accrual_incoming-1.json");
const CUSTOMER_IN: &str =
    include_str!("../../../../schemas/pismo/samples/customer_incoming-1.json");
const CUSTOMER_OUT: &str =
    include_str!("../../../../schemas/pismo/samples/customer_outgoing-1.json");
const PLAN: &str =
    include_str!("../../../../schemas/pismo/samples/recurring_charge_plan_incoming-1.json");
const CUSTOMER_CREATED: &str =
    include_str!("../../../../schemas/specsavers/samples/customer_created.json");

/// Does its work as often as it is told.
pub(crate) type Repeat = Box<dyn Fn(u64)>;

/// One job done by this crate and by a peer.
pub(crate) struct Case {
    pub(crate) group: &'static str,
    pub(crate) name: String,
    pub(crate) against: &'static str,
    pub(crate) ours: Repeat,
    pub(crate) peer: Repeat,
}

const BY_HAND: &str = "structs by hand";
const VALIDATED: &str = "Value + jsonschema + structs";
const TYPIFY: &str = "typify";

/// All cases, those of a group side by side.
pub(crate) fn all() -> Vec<Case> {
    let mut cases = Vec::new();
    for encodes in [false, true] {
        samples(&mut cases, encodes);
    }
    for count in [1, 10, 100, 1_000, 10_000] {
        for encodes in [false, true] {
            let name = format!("{count} accruals");
            accrual(&mut cases, "accrual_incoming", &name, &accruals(count), encodes);
        }
    }
    rejects(&mut cases);
    avro(&mut cases);
    cases.sort_by_key(|case| {
        ["decode", "encode", "reject", "avro"].iter().position(|it| *it == case.group)
    });
    cases
}

fn samples(cases: &mut Vec<Case>, encodes: bool) {
    use typify::{
        typify_plain_customer_created as created, typify_plain_customer_incoming as incoming,
        typify_plain_customer_outgoing as outgoing,
        typify_plain_recurring_charge_plan_incoming as plan,
    };
    accrual(cases, "accrual_incoming", "accrual_incoming", ACCRUAL, encodes);
    sides::<pismo::CustomerIncoming, peer::pismo::CustomerIncoming, incoming::TypifyRoot>(
        cases,
        "customer_incoming",
        "customer_incoming",
        [CUSTOMER_IN; 2],
        encodes,
    );
    sides::<pismo::CustomerOutgoing, peer::pismo::CustomerOutgoing, outgoing::TypifyRoot>(
        cases,
        "customer_outgoing",
        "customer_outgoing",
        [CUSTOMER_OUT; 2],
        encodes,
    );
    // The contract wants a text where its sample has an integer, which is what structs by hand follow.
    let published = PLAN.replace("\"number_of_cycles\": 12", "\"number_of_cycles\": \"12\"");
    assert_ne!(published, PLAN);
    let both = [PLAN, published.as_str()];
    sides::<
        pismo::RecurringChargePlanIncoming,
        peer::pismo::RecurringChargePlanIncoming,
        plan::TypifyRoot,
    >(cases, "recurring_charge_plan_incoming", "recurring_charge_plan", both, encodes);
    sides::<specsavers::CustomerCreated, peer::specsavers::CustomerCreated, created::TypifyRoot>(
        cases,
        "customer_created",
        "customer_created",
        [CUSTOMER_CREATED; 2],
        encodes,
    );
}

fn accrual(cases: &mut Vec<Case>, contract: &'static str, name: &str, text: &str, encodes: bool) {
    type Typify = typify::typify_plain_accrual_incoming::TypifyRoot;
    sides::<pismo::AccrualIncoming, peer::pismo::AccrualIncoming, Typify>(
        cases, contract, name, [text; 2], encodes,
    );
}

/// This crate against each peer: the first text for structs by hand, the second for who follows the
/// contract to the letter.
fn sides<E, P, T>(
    cases: &mut Vec<Case>,
    contract: &'static str,
    name: &str,
    [sample, published]: [&str; 2],
    encodes: bool,
) where
    E: Event + 'static,
    P: DeserializeOwned + Serialize + 'static,
    T: DeserializeOwned + Serialize + 'static,
{
    let group = if encodes { "encode" } else { "decode" };
    let mut push = |against, text: &str, peer: Repeat| {
        let event = E::from_json(text.as_bytes()).unwrap_or_else(|it| panic!("{it}"));
        let text = text.as_bytes().to_vec();
        let ours = if encodes {
            repeat(move || black_box(&event).to_json())
        } else {
            repeat(move || E::from_json(black_box(&text)))
        };
        cases.push(Case { group, name: name.into(), against, ours, peer });
    };
    push(BY_HAND, sample, serde::<P>(sample, encodes));
    push(TYPIFY, published, serde::<T>(published, encodes));
    let value: Value = serde_json::from_str(published).expect("JSON");
    assert!(validator(contract).is_valid(&value));
    let text = published.as_bytes().to_vec();
    if encodes {
        push("Value", published, repeat(move || black_box(&value).to_string()));
    } else if serde_json::from_value::<P>(value).is_ok() {
        push(VALIDATED, published, repeat(move || validated::<P>(contract, black_box(&text))));
    } else {
        // Structs by hand do not take the plan as published; typify's do.
        assert!(validated::<T>(contract, &text).is_some());
        push(VALIDATED, published, repeat(move || validated::<T>(contract, black_box(&text))));
    }
}

fn serde<P: DeserializeOwned + Serialize + 'static>(text: &str, encodes: bool) -> Repeat {
    let value: P = serde_json::from_str(text).expect("the peer accepts its input");
    let text = text.as_bytes().to_vec();
    if encodes {
        repeat(move || serde_json::to_string(black_box(&value)).ok())
    } else {
        repeat(move || serde_json::from_slice::<P>(black_box(&text)))
    }
}

/// What a service does that wants to be sure: a tree, its verdict, then the struct.
fn validated<P: DeserializeOwned>(contract: &str, text: &[u8]) -> Option<P> {
    let value: Value = serde_json::from_slice(text).ok()?;
    if !validator(contract).is_valid(&value) {
        return None;
    }
    serde_json::from_value(value).ok()
}

fn rejects(cases: &mut Vec<Case>) {
    let broken = ACCRUAL
        .replace("4588d1ec-", "4588d1ec")
        .replace("\"PLATFORM\"", "\"OTHER\"")
        .replace("14.7", "\"14.7\"");
    let many = accruals(1_000).replace("14.7", "\"14.7\"");
    for (name, text) in [("3 violations", broken), ("250 of 1000 accruals", many)] {
        let ours = pismo::AccrualIncoming::from_json(text.as_bytes()).expect_err("it is broken");
        let found = complaints(text.as_bytes());
        // Both name the same number of places, unless ours stops listing them.
        assert_eq!(found.len(), ours.violations().len() + ours.omitted());
        let (a, b) = (text.clone().into_bytes(), text.into_bytes());
        cases.push(Case {
            group: "reject",
            name: name.into(),
            against: "Value + iter_errors",
            ours: repeat(move || {
                let rejection = pismo::AccrualIncoming::from_json(black_box(&a)).err();
                rejection.map(|it| it.to_string())
            }),
            peer: repeat(move || complaints(black_box(&b))),
        });
    }
}

/// Place and text of each violation.
fn complaints(text: &[u8]) -> Vec<(String, String)> {
    let value: Value = serde_json::from_slice(text).expect("JSON");
    validator("accrual_incoming")
        .iter_errors(&value)
        .map(|error| (error.instance_path().to_string(), error.to_string()))
        .collect()
}

fn avro(cases: &mut Vec<Case>) {
    type Structs = peer::boost::AccountMigrationEvent;
    let dump = include_str!("../../../../schemas/boost/samples/kafka_dump.json");
    let message = migration_events::json::at_pointer(dump, "/0/messages/0").expect("a message");
    let event = boost::AccountMigrationEvent::from_json(message.as_bytes());
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

fn repeat<T>(work: impl Fn() -> T + 'static) -> Repeat {
    Box::new(move |times| {
        for _ in 0..times {
            black_box(work());
        }
    })
}

/// The published accrual event with `count` accruals: its own, over and over.
fn accruals(count: usize) -> String {
    let (head, rest) = ACCRUAL.split_once("\"accruals\": [").expect("accruals");
    let (items, tail) = rest.split_once(']').expect("an end of the accruals");
    let items = items.split_inclusive('}').filter(|item| item.contains('{'));
    let items: Vec<&str> = items.map(|item| item.trim_start_matches(',')).collect();
    let items: Vec<&str> = items.into_iter().cycle().take(count).collect();
    format!("{head}\"accruals\": [{}\n    ]{tail}", items.join(","))
}
