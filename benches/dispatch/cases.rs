//! The cases: each sample without envelope, in its envelope, and in what AWS puts around both.

use migration_events::envelope::EventBridge;
use migration_events::json::{RawJson, at_pointer};
use migration_events::{AnyEvent, Event, boost, pismo, specsavers};
use std::hint::black_box;

const ACCRUAL: &str = include_str!("../../schemas/pismo/samples/accrual_incoming-1.json");
const CUSTOMER: &str = include_str!("../../schemas/pismo/samples/customer_incoming-1.json");
const OUTCOME: &str = include_str!("../../schemas/pismo/samples/customer_outgoing-1.json");
const PLAN: &str =
    include_str!("../../schemas/pismo/samples/recurring_charge_plan_incoming-1.json");
const DUMP: &str = include_str!("../../schemas/boost/samples/kafka_dump.json");
const CREATED: &str = include_str!("../../schemas/specsavers/samples/customer_created.json");

/// Does its work a given number of times.
pub(crate) type Repeat = Box<dyn Fn(u64)>;

/// One job done in two ways.
pub(crate) struct Case {
    pub(crate) name: String,
    pub(crate) bytes: usize,
    pub(crate) ours: Repeat,
    pub(crate) peer: Repeat,
}

pub(crate) fn all() -> Vec<Case> {
    let message = at_pointer(DUMP, "/0/messages/0").expect("the dump holds a message");
    let mut cases = Vec::new();
    pismo::<pismo::AccrualIncoming>("accrual_incoming", ACCRUAL, &mut cases);
    pismo::<pismo::CustomerIncoming>("customer_incoming", CUSTOMER, &mut cases);
    pismo::<pismo::CustomerOutgoing>("customer_outgoing", OUTCOME, &mut cases);
    pismo::<pismo::RecurringChargePlanIncoming>("recurring_charge_plan_incoming", PLAN, &mut cases);
    cases.push(case::<boost::AccountMigrationEvent>("account_migration_event", minified(message)));
    cases.push(case::<specsavers::CustomerCreated>("customer_created", minified(CREATED)));
    cases
}

fn minified(sample: &str) -> String {
    RawJson::parse(sample).expect("the sample is JSON").to_string()
}

/// The sample alone, in its envelope, and in an event of EventBridge.
fn pismo<T: Event + 'static>(name: &str, sample: &str, cases: &mut Vec<Case>) {
    let data = minified(sample);
    let envelope = format!(
        r#"{{"event_id":"6513270e-269e-4d37-b2a7-4de452e6b438","schema_version":1,"domain":"migration","event_type":"{name}-1","org_id":"TN-c642ca23-4ea8-4218-a00d-8331a496253c","cid":"9be4bcfc-49b6-4a08-b2e6-cc3ababced20","timestamp":"2019-07-20T19:03:00.000Z","data":{data}}}"#
    );
    let bridge = format!(
        r#"{{"version":"0","id":"1","detail-type":"migration","source":"pismo","account":"1","time":"2019-07-20T19:03:00Z","region":"eu-west-1","resources":[],"detail":{envelope}}}"#
    );
    cases.push(case::<T>(name, data));
    cases.push(case::<pismo::Envelope<T>>(&format!("{name}, enveloped"), envelope));
    cases.push(case::<EventBridge<pismo::Envelope<T>>>(&format!("{name}, EventBridge"), bridge));
}

/// Telling and decoding, against decoding what is known beforehand.
fn case<T: Event + 'static>(name: &str, message: String) -> Case {
    assert!(!matches!(AnyEvent::from_json(message.as_bytes()), Ok(AnyEvent::Unknown(_)) | Err(_)));
    assert!(T::from_json(message.as_bytes()).is_ok());
    let (ours, peer) = (message.clone(), message.clone());
    Case {
        name: name.to_owned(),
        bytes: message.len(),
        ours: Box::new(move |times| {
            for _ in 0..times {
                drop(black_box(AnyEvent::from_json(black_box(ours.as_bytes()))));
            }
        }),
        peer: Box::new(move |times| {
            for _ in 0..times {
                // Boxed like the variants of `AnyEvent`.
                drop(black_box(T::from_json(black_box(peer.as_bytes())).map(Box::new)));
            }
        }),
    }
}
