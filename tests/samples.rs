//! The published samples decode and come back, by every way in and out of the typed value.
#![cfg(all(feature = "pismo-core", feature = "boost", feature = "specsavers"))]

mod common;

use common::contracts;
use common::json::{self, Json};
use migration_events::Event;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::fmt::Debug;

/// The demands of a test on a type: it is an event and an ordinary serde type.
trait Ordinary: Event + Serialize + DeserializeOwned + Debug + Clone + PartialEq {}

impl<T: Event + Serialize + DeserializeOwned + Debug + Clone + PartialEq> Ordinary for T {}

/// One module of tests for each kind of message.
macro_rules! samples {
    ($($name:ident: $event:ty;)*) => {$(
        mod $name {
            const NAME: &str = stringify!($name);

            #[test]
            fn comes_back_token_by_token() {
                super::comes_back_token_by_token::<$event>(NAME);
            }

            #[test]
            fn keeps_every_token_through_serde_json() {
                super::keeps_every_token_through_serde_json::<$event>(NAME);
            }

            #[test]
            fn goes_through_a_tree_of_values() {
                super::goes_through_a_tree_of_values::<$event>(NAME);
            }

            #[test]
            fn goes_through_a_struct_that_flattens_it() {
                super::goes_through_a_struct_that_flattens_it::<$event>(NAME);
            }

            #[test]
            fn goes_through_tagged_and_untagged_enums() {
                super::goes_through_tagged_and_untagged_enums::<$event>(NAME);
            }

            #[test]
            fn goes_through_cbor() {
                super::goes_through_cbor::<$event>(NAME);
            }
        }
    )*};
}

samples! {
    accrual_incoming: migration_events::pismo::AccrualIncoming;
    customer_incoming: migration_events::pismo::CustomerIncoming;
    customer_outgoing: migration_events::pismo::CustomerOutgoing;
    recurring_charge_plan_incoming: migration_events::pismo::RecurringChargePlanIncoming;
    account_migration_event: migration_events::boost::AccountMigrationEvent;
    customer_created: migration_events::specsavers::CustomerCreated;
    // No payload of these is published: they carry the envelope and any data.
    customer_updated: migration_events::specsavers::CustomerUpdated;
    customer_wallet_updated: migration_events::specsavers::CustomerWalletUpdated;
    password_reset: migration_events::specsavers::PasswordReset;
    otp_code: migration_events::specsavers::OtpCode;
}

fn comes_back_token_by_token<T: Ordinary>(name: &str) {
    let sample = contracts::sample(name);
    // The tokens of the file itself, which an edit of the tree might have changed.
    for text in texts(&sample) {
        let event = common::assert_lossless::<T>(&text);
        event.check().unwrap();
        let written = event.to_json();
        assert!(!written.contains('\n'), "{written}");
        assert_eq!(common::accepted::<T>(&written), event);
        assert_eq!(common::accepted::<T>(&written).to_json(), written);
    }
}

fn keeps_every_token_through_serde_json<T: Ordinary>(name: &str) {
    let sample = contracts::sample(name);
    for text in texts(&sample) {
        let from_slice: T = serde_json::from_slice(text.as_bytes()).unwrap();
        let from_reader: T = serde_json::from_reader(text.as_bytes()).unwrap();
        assert_eq!(from_slice, common::accepted(&text));
        assert_eq!(from_reader, from_slice);
        let written = String::from_utf8(serde_json::to_vec(&from_slice).unwrap()).unwrap();
        assert_eq!(json::parse(&written), sample);
        let written = serde_json::to_string_pretty(&from_reader).unwrap();
        assert_eq!(json::parse(&written), sample);

        // As a member and as an item, where serde_json is in the middle of its own text.
        let many: Vec<Option<T>> = serde_json::from_str(&format!("[null, {text}]")).unwrap();
        let written = json::parse(&serde_json::to_string(&many).unwrap());
        assert_eq!(written.at("/1"), Some(&sample));
    }
}

fn goes_through_a_tree_of_values<T: Ordinary>(name: &str) {
    let sample = contracts::sample(name);
    let tree: Value = serde_json::from_str(&sample.to_text()).unwrap();
    let event: T = serde_json::from_value(tree.clone()).unwrap();
    // Not `==` of events: the tree has sorted the keys, and open objects are equal by their text.
    assert!(json::parse(&event.to_json()).is_equivalent_to(&sample));
    assert_eq!(T::deserialize(&tree).unwrap(), event);
    assert_written(&event, &sample.to_text());
    // What the tree has lost, the event has not.
    let direct: T = common::accepted(&sample.to_text());
    assert_eq!(json::parse(&direct.to_json()), sample);
}

/// A service's own message around an event.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Received<T> {
    offset: u64,
    #[serde(flatten)]
    event: T,
}

fn goes_through_a_struct_that_flattens_it<T: Ordinary>(name: &str) {
    let sample = contracts::sample(name);
    let event: T = common::accepted(&sample.to_text());
    let text = sample.plus("", r#""offset":18446744073709551615"#);
    let received: Received<T> = serde_json::from_str(&text).unwrap();
    assert_eq!(received, Received { offset: u64::MAX, event });
    assert_written(&received, &text);
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
enum Untagged<T> {
    Number(u64),
    Event(T),
    Other(Value),
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "topic", content = "message")]
enum Tagged<T> {
    Migration(T),
}

fn goes_through_tagged_and_untagged_enums<T: Ordinary>(name: &str) {
    let text = contracts::sample(name).to_text();
    let event: T = common::accepted(&text);

    let untagged: Untagged<T> = serde_json::from_str(&text).unwrap();
    assert_written(&untagged, &text);
    assert_eq!(untagged, Untagged::Event(event.clone()));
    // What the contract forbids leaves the choice to the next variant.
    let other: Untagged<T> = serde_json::from_str("[1]").unwrap();
    assert_eq!(other, Untagged::Other(serde_json::json!([1])));

    for text in [
        format!(r#"{{"topic":"Migration","message":{text}}}"#),
        format!(r#"{{"message":{text},"topic":"Migration"}}"#),
    ] {
        let tagged: Tagged<T> = serde_json::from_str(&text).unwrap();
        assert_written(&tagged, &text);
        assert_eq!(tagged, Tagged::Migration(event.clone()));
    }
}

/// Asserts that both the text and the tree that `serde_json` makes of a value hold the numbers of `text`.
#[track_caller]
fn assert_written(value: &impl Serialize, text: &str) {
    let expected = json::parse(text);
    let tree = serde_json::to_value(value).unwrap().to_string();
    for written in [serde_json::to_string(value).unwrap(), tree] {
        assert!(json::parse(&written).is_equivalent_to(&expected), "{written}");
    }
}

fn goes_through_cbor<T: Ordinary>(name: &str) {
    let text = contracts::sample(name).to_text();
    let event: T = common::accepted(&text);
    let mut bytes = Vec::new();
    ciborium::into_writer(&event, &mut bytes).unwrap();
    let back: T = ciborium::from_reader(bytes.as_slice()).unwrap();
    assert_eq!(back, event);
    // `==` compares timestamps as instants, this their text.
    assert!(json::parse(&back.to_json()).is_equivalent_to(&json::parse(&text)));
}

/// The contracts of `pismo-core`.
const CORE: &[&str] = &[
    "migration/accrual_incoming",
    "migration/customer_incoming",
    "migration/customer_outgoing",
    "migration/recurring_charge_plan_incoming",
];

#[test]
fn every_contract_is_tested() {
    use migration_events::{boost, pismo, specsavers};

    let tested: Vec<_> = contracts::all().iter().map(|contract| contract.full_name).collect();
    for known in [pismo::CONTRACTS, boost::CONTRACTS, specsavers::CONTRACTS].concat() {
        // `pismo_events` has the other ones.
        if known.family == "pismo" && !CORE.contains(&known.name) {
            continue;
        }
        assert!(tested.contains(&known.name), "{} is not in tests/common/contracts.rs", known.name);
    }
}

#[test]
fn published_samples_are_read_unchanged() {
    use migration_events::{boost, pismo, specsavers};

    fn check<T: Event>(path: &str) {
        common::assert_lossless::<T>(&contracts::file(path));
    }

    check::<pismo::AccrualIncoming>("pismo/samples/accrual_incoming-1.json");
    check::<pismo::CustomerIncoming>("pismo/samples/customer_incoming-1.json");
    check::<pismo::CustomerOutgoing>("pismo/samples/customer_outgoing-1.json");
    check::<pismo::RecurringChargePlanIncoming>(
        "pismo/samples/recurring_charge_plan_incoming-1.json",
    );
    check::<specsavers::CustomerCreated>("specsavers/samples/customer_created.json");
    let dump = contracts::file("boost/samples/kafka_dump.json");
    let dump = boost::Dump::from_json(dump.as_bytes()).unwrap();
    assert_eq!(dump.messages().filter(|message| message.event.is_ok()).count(), 1);
}

#[test]
fn unknown_properties_keep_order_and_spelling() {
    use migration_events::pismo;

    let sample = contracts::sample("accrual_incoming");
    let unknown = r#""z":1e+02,"a\u0062":{"y":[0.10,-0.0,1E400],"x":"\u00e9\/"},"":null"#;
    let event: pismo::AccrualIncoming = common::accepted(&sample.plus("", unknown));
    assert_eq!(event.extra.keys().collect::<Vec<_>>(), ["z", "ab", ""]);
    assert_eq!(event.extra["z"].as_str(), "1e+02");
    assert_eq!(event.extra["ab"].as_str(), r#"{"y":[0.10,-0.0,1E400],"x":"\u00e9\/"}"#);
    assert!(
        event
            .to_json()
            .ends_with(r#","z":1e+02,"ab":{"y":[0.10,-0.0,1E400],"x":"\u00e9\/"},"":null}"#)
    );
    let inner: pismo::AccrualIncoming = common::accepted(&sample.plus("/entity", unknown));
    assert_eq!(inner.entity.extra.len(), 3);
    let inner: pismo::AccrualIncoming = common::accepted(&sample.plus("/entity/metadata", unknown));
    assert_eq!(inner.entity.metadata.get("z"), Some("1e+02"));
}

/// `serde_json` hands out raw text as a map with a key of its own. A message that holds this key
/// must not pass for what its value spells.
#[test]
fn private_keys_of_serde_json_are_kept() {
    use migration_events::pismo::CustomerIncoming;
    use migration_events::specsavers::OtpCode;

    let smuggled = json::quoted(&contracts::sample("customer_incoming").to_text());
    for key in ["$serde_json::private::RawValue", "$serde_json::private::Number"] {
        let text = format!(r#"{{"{key}":{smuggled}}}"#);
        // Not parsed: what `serde_json` makes a tree of is what the value spells.
        let mut tree = serde_json::Map::new();
        tree.insert(key.to_owned(), Value::from(contracts::sample("customer_incoming").to_text()));
        assert!(CustomerIncoming::from_json(text.as_bytes()).is_err());
        assert!(serde_json::from_str::<CustomerIncoming>(&text).is_err());
        assert!(serde_json::from_value::<CustomerIncoming>(tree.into()).is_err());
        let with_offset = format!(r#"{{"{key}":{smuggled},"offset":1}}"#);
        assert!(serde_json::from_str::<Received<CustomerIncoming>>(&with_offset).is_err());
        let untagged = serde_json::from_str::<Untagged<CustomerIncoming>>(&text);
        assert!(!matches!(untagged, Ok(Untagged::Event(_))), "{untagged:?}");
        let mut bytes = Vec::new();
        ciborium::into_writer(&std::collections::BTreeMap::from([(key, &smuggled)]), &mut bytes)
            .unwrap();
        assert!(ciborium::from_reader::<CustomerIncoming, _>(bytes.as_slice()).is_err());

        // Where unknown properties are kept, it is kept.
        let open: OtpCode = common::assert_lossless(&text);
        assert_eq!(open.extra.keys().collect::<Vec<_>>(), [key]);
        let received: Received<OtpCode> = serde_json::from_str(&with_offset).unwrap();
        assert_eq!(received.event, open);
    }
}

#[test]
fn a_dump_round_trips_with_its_messages() {
    use migration_events::boost;

    let text = contracts::file("boost/samples/kafka_dump.json");
    let dump = boost::Dump::from_json(text.as_bytes()).unwrap();
    assert_eq!(json::parse(&dump.to_json()), json::parse(&text));
    let mut count = 0;
    for (message, source) in dump.messages().zip(&dump.partitions[0].messages) {
        assert_eq!((message.partition, message.index), (0, count));
        let event = message.event.unwrap();
        assert_eq!(json::parse(&event.to_json()), json::parse(source.as_str()));
        count += 1;
    }
    assert_eq!(count, 1);
}

/// A sample with and without white space.
fn texts(sample: &Json) -> [String; 2] {
    let compact = sample.to_text();
    let spaced = compact.replace('{', " {\n\t").replace("\":", "\" : ").replace('}', "\r\n} ");
    assert_eq!(json::parse(&spaced), *sample);
    [compact, spaced]
}
