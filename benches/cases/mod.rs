//! The cases: each published sample, and one sample grown to 10,000 items.

use std::hint::black_box;

use migration_events::json::{RawJson, at_pointer};
use migration_events::{Event, boost, pismo, specsavers};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::peer;
use crate::workload::{ACCRUAL, Repeat, accruals, repeat};

const CUSTOMER_IN: &str = include_str!("../../schemas/pismo/samples/customer_incoming-1.json");
const CUSTOMER_OUT: &str = include_str!("../../schemas/pismo/samples/customer_outgoing-1.json");
const PLAN: &str =
    include_str!("../../schemas/pismo/samples/recurring_charge_plan_incoming-1.json");
const DUMP: &str = include_str!("../../schemas/boost/samples/kafka_dump.json");
const CUSTOMER_CREATED: &str =
    include_str!("../../schemas/specsavers/samples/customer_created.json");

/// One job done in two ways.
pub(crate) struct Case {
    pub(crate) group: &'static str,
    pub(crate) name: String,
    pub(crate) bytes: usize,
    pub(crate) ours: Repeat,
    pub(crate) peer: Repeat,
}

/// All cases, those of a group side by side. Both ways have accepted every input.
pub(crate) fn all() -> Vec<Case> {
    let message = at_pointer(DUMP, "/0/messages/0").expect("the dump holds a message");
    let samples: [Sample; 6] = [
        sample::<pismo::AccrualIncoming, peer::pismo::AccrualIncoming>("accrual_incoming", ACCRUAL),
        sample::<pismo::CustomerIncoming, peer::pismo::CustomerIncoming>(
            "customer_incoming",
            CUSTOMER_IN,
        ),
        sample::<pismo::CustomerOutgoing, peer::pismo::CustomerOutgoing>(
            "customer_outgoing",
            CUSTOMER_OUT,
        ),
        sample::<pismo::RecurringChargePlanIncoming, peer::pismo::RecurringChargePlanIncoming>(
            "recurring_charge_plan",
            PLAN,
        ),
        sample::<boost::AccountMigrationEvent, peer::boost::AccountMigrationEvent>(
            "account_migration_event",
            message,
        ),
        sample::<specsavers::CustomerCreated, peer::specsavers::CustomerCreated>(
            "customer_created",
            CUSTOMER_CREATED,
        ),
    ];
    let sizes = [1, 10, 100, 1_000, 10_000].map(|count| {
        let name = if count == 1 { "1 accrual".into() } else { format!("{count} accruals") };
        sample::<pismo::AccrualIncoming, peer::pismo::AccrualIncoming>(&name, &accruals(count))
    });
    let mut cases = Vec::new();
    for (groups, inputs) in [
        (["decode", "decode minified", "encode"], samples.as_slice()),
        (["decode, by size", "decode minified, by size", "encode, by size"], sizes.as_slice()),
    ] {
        for (index, group) in groups.into_iter().enumerate() {
            cases.extend(inputs.iter().map(|input| input(group, index)));
        }
    }
    cases
}

/// Makes the case of a group: as published, minified, encoded.
type Sample = Box<dyn Fn(&'static str, usize) -> Case>;

fn sample<E, P>(name: &str, published: &str) -> Sample
where
    E: Event + 'static,
    P: DeserializeOwned + Serialize + 'static,
{
    let minified = RawJson::parse(published).expect("the sample is JSON").as_str().to_owned();
    assert_accepted::<E, P>(published);
    assert_accepted::<E, P>(&minified);
    let (name, published) = (name.to_owned(), published.to_owned());
    Box::new(move |group, index| match index {
        0 => decoding::<E, P>(group, &name, &published),
        1 => decoding::<E, P>(group, &name, &minified),
        _ => encoding::<E, P>(group, &name, &minified),
    })
}

/// Decoded here means accepted; ours is lossless besides.
fn assert_accepted<E: Event, P: DeserializeOwned + Serialize>(text: &str) {
    let value = |text: &str| serde_json::from_str::<serde_json::Value>(text).expect("JSON");
    let ours = E::from_json(text.as_bytes()).unwrap_or_else(|rejection| panic!("{rejection}"));
    assert_eq!(value(&ours.to_json()), value(text));
    let peer: P = serde_json::from_str(text).expect("the peer accepts the sample");
    let rewritten = serde_json::to_string(&peer).expect("the peer writes what it has read");
    assert!(E::from_json(rewritten.as_bytes()).is_ok());
}

fn decoding<E, P>(group: &'static str, name: &str, text: &str) -> Case
where
    E: Event + 'static,
    P: DeserializeOwned + 'static,
{
    let (ours, peer) = (text.as_bytes().to_vec(), text.as_bytes().to_vec());
    Case {
        group,
        name: name.into(),
        bytes: text.len(),
        ours: repeat(move || E::from_json(black_box(&ours))),
        peer: repeat(move || serde_json::from_slice::<P>(black_box(&peer))),
    }
}

fn encoding<E, P>(group: &'static str, name: &str, text: &str) -> Case
where
    E: Event + 'static,
    P: DeserializeOwned + Serialize + 'static,
{
    let ours = E::from_json(text.as_bytes()).unwrap_or_else(|rejection| panic!("{rejection}"));
    let peer: P = serde_json::from_str(text).expect("the peer accepts the sample");
    Case {
        group,
        name: name.into(),
        bytes: text.len(),
        ours: repeat(move || black_box(&ours).to_json()),
        peer: repeat(move || serde_json::to_string(black_box(&peer)).ok()),
    }
}
