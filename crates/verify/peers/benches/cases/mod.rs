//! The cases, and the peers that they are measured against.

mod avro;
mod growth;
mod reject;
mod stream;

use std::hint::black_box;

use migration_events::json::at_pointer;
use migration_events::{Event, boost, pismo, specsavers};
use migration_events_peers::generated as typify;
use migration_events_peers::peers::validator;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::peer;
use crate::workload::{ACCRUAL, Repeat, accruals, repeat};

const CUSTOMER_IN: &str =
    include_str!("../../../../../schemas/pismo/samples/customer_incoming-1.json");
const CUSTOMER_OUT: &str =
    include_str!("../../../../../schemas/pismo/samples/customer_outgoing-1.json");
const PLAN: &str =
    include_str!("../../../../../schemas/pismo/samples/recurring_charge_plan_incoming-1.json");
const CUSTOMER_CREATED: &str =
    include_str!("../../../../../schemas/specsavers/samples/customer_created.json");
const DUMP: &str = include_str!("../../../../../schemas/boost/samples/kafka_dump.json");

/// The groups, in the order of the report.
const GROUPS: [&str; 6] = ["decode", "encode", "reject", "avro", "stream", "growth"];

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
            let plural = if count == 1 { "" } else { "s" };
            let name = format!("{count} accrual{plural}");
            accrual(&mut cases, "accrual_incoming", &name, &accruals(count), encodes);
        }
    }
    reject::add(&mut cases);
    avro::add(&mut cases);
    stream::add(&mut cases);
    growth::add(&mut cases);
    cases.sort_by_key(|case| GROUPS.iter().position(|group| *group == case.group));
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
    let published = plan_as_published();
    let both = [PLAN, published.as_str()];
    sides::<
        pismo::RecurringChargePlanIncoming,
        peer::pismo::RecurringChargePlanIncoming,
        plan::TypifyRoot,
    >(cases, "recurring_charge_plan_incoming", "recurring_charge_plan", both, encodes);
    let name = "account_migration_event";
    side::<boost::AccountMigrationEvent>(cases, name, BY_HAND, message(DUMP), encodes, {
        serde::<peer::boost::AccountMigrationEvent>(message(DUMP), encodes)
    });
    sides::<specsavers::CustomerCreated, peer::specsavers::CustomerCreated, created::TypifyRoot>(
        cases,
        "customer_created",
        "customer_created",
        [CUSTOMER_CREATED; 2],
        encodes,
    );
}

/// The contract wants a text where its sample has an integer, which is what structs by hand follow.
fn plan_as_published() -> String {
    let published = PLAN.replace("\"number_of_cycles\": 12", "\"number_of_cycles\": \"12\"");
    assert_ne!(published, PLAN);
    published
}

/// The first message of a topic dump.
fn message(dump: &str) -> &str {
    at_pointer(dump, "/0/messages/0").expect("a message")
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
    let mut push = |against, text: &str, peer| side::<E>(cases, name, against, text, encodes, peer);
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

fn side<E: Event + 'static>(
    cases: &mut Vec<Case>,
    name: &str,
    against: &'static str,
    text: &str,
    encodes: bool,
    peer: Repeat,
) {
    let event = E::from_json(text.as_bytes()).unwrap_or_else(|it| panic!("{it}"));
    let text = text.as_bytes().to_vec();
    let (group, ours) = if encodes {
        ("encode", repeat(move || black_box(&event).to_json()))
    } else {
        ("decode", repeat(move || E::from_json(black_box(&text))))
    };
    cases.push(Case { group, name: name.into(), against, ours, peer });
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

/// The way of a careful service: a tree, its verdict, then the struct.
fn validated<P: DeserializeOwned>(contract: &str, text: &[u8]) -> Option<P> {
    let value: Value = serde_json::from_slice(text).ok()?;
    if !validator(contract).is_valid(&value) {
        return None;
    }
    serde_json::from_value(value).ok()
}
