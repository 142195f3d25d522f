//! Keys: whose event it is, one for each version of a record, of bounded length.

use super::{read, sample_of};
use migration_events::identity::{Freshness, IdempotencyKey, Identified, Latest, MigrationKey};
use migration_events::pismo::{CustomerIncoming, CustomerOutgoing};
use migration_events::{AnyEvent, Timestamp};
use std::collections::HashSet;

const SPELLINGS: [&str; 6] = [
    "2023-10-03T17:25:45Z",
    "2023-10-03T17:25:45+00:00",
    "2023-10-03T19:25:45.000+02:00",
    "2023-10-03T17:25:45-00:00",
    "2023-10-03T17:25:45z",
    "2023-10-03t17:25:45.000000000Z",
];

fn customer(from: &str, to: &str) -> AnyEvent {
    let sample = sample_of("customer_incoming");
    assert!(sample.contains(from));
    AnyEvent::from_json(sample.replacen(from, to, 1).as_bytes()).unwrap()
}

#[test]
fn spellings_of_an_instant_share_one_key() {
    let keys: HashSet<_> = SPELLINGS
        .iter()
        .map(|version| customer(SPELLINGS[0], version))
        .map(|event| (event.idempotency_key().unwrap(), event.migration_key().unwrap().to_string()))
        .collect();
    assert_eq!(keys.len(), 1, "{keys:?}");
    let (key, _) = keys.into_iter().next().unwrap();
    assert_eq!(key.event(), "pismo/customer_incoming//a7c3f/31a2d");
    assert_eq!(key.version(), Some(SPELLINGS[0]));

    let answers: HashSet<_> = SPELLINGS
        .iter()
        .map(|version| {
            let sample = sample_of("customer_incoming").replacen(SPELLINGS[0], version, 1);
            let broken = sample.replacen("\"Mario Bros\"", "7", 1);
            let rejection = AnyEvent::from_json(broken.as_bytes()).unwrap_err();
            let answer = AnyEvent::answer_rejected("A-1", &rejection, broken.as_bytes()).unwrap();
            // The text of the version is the sender's.
            assert_eq!(answer.migration.version_date.to_string(), *version);
            (answer.idempotency_key().unwrap(), answer.message)
        })
        .collect();
    assert_eq!(answers.len(), 1, "{answers:?}");
}

#[test]
fn accounts_and_versions_have_keys_of_their_own() {
    let events = [
        customer("a7c3f", "a7c3f"),
        customer("a7c3f", "acct-2"),
        customer("31a2d", "31a2e"),
        customer("17:25:45Z", "17:25:45.001Z"),
    ];
    let keys: HashSet<_> = events.iter().map(|event| event.idempotency_key().unwrap()).collect();
    assert_eq!(keys.len(), events.len(), "{keys:?}");
    let records: HashSet<_> =
        events.iter().map(|event| event.migration_key().unwrap().record_key()).collect();
    assert_eq!(records.len(), events.len() - 1, "{records:?}");
}

#[test]
fn organisations_are_kept_apart_on_request() {
    let event = customer("a7c3f", "a7c3f");
    let key = event.idempotency_key().unwrap();
    let [one, other] = ["TN-1", "TN/2"].map(|organisation| key.within(organisation));
    assert_eq!(one.as_str(), format!("TN-1/{key}"));
    assert_eq!(other.event(), "TN%2F2/pismo/customer_incoming//a7c3f/31a2d");
    assert_eq!(other.version(), key.version());

    // A record of one is known; another has a migration of the same id.
    let enveloped = |organisation: &str, version: &str| {
        let data = sample_of("customer_incoming").replacen(SPELLINGS[0], version, 1);
        let message = format!(
            r#"{{"event_id":"d7d8ab2c-4a1b-4a3c-9c3b-6c8e6f9f0a11","schema_version":1,"domain":"migration",
                "event_type":"customer_incoming","org_id":"{organisation}","cid":"c","data":{data}}}"#
        );
        AnyEvent::from_json(message.as_bytes()).unwrap()
    };
    let known = enveloped("TN-1", "2023-10-04T00:00:00Z");
    let other = enveloped("TN-2", SPELLINGS[0]);
    let mut latest = Latest::new(10);
    latest.record(&known.migration_key_within("TN-1").unwrap());
    assert_eq!(latest.freshness(&other.migration_key_within("TN-1").unwrap()), Freshness::Newer);
    assert_eq!(latest.freshness(&event.migration_key_within("TN-1").unwrap()), Freshness::Stale);
    let own = enveloped("TN-1", SPELLINGS[0]).idempotency_key_within("TN-9");
    assert_eq!(own, event.idempotency_key_within("TN-1"));
    assert_ne!(own, other.idempotency_key_within("TN-1"));
}

#[test]
fn long_keys_are_hashed_and_distinct() {
    let long = "x".repeat(4 << 20);
    let parts = [
        ["a", &long, "b"],
        ["a", &long[1..], "b"],
        ["a", &long, "c"],
        ["a", "b", &long],
        [&long, "a", "b"],
        ["a", &"/".repeat(60), "b"],
        ["a", &"/".repeat(61), "b"],
    ];
    let keys: HashSet<_> = parts.iter().map(|parts| IdempotencyKey::new(*parts)).collect();
    assert_eq!(keys.len(), parts.len());
    let version = Timestamp::parse("2023-10-03T17:25:45.123456789+01:00").unwrap();
    for key in keys {
        let [near, far] = ["TN-1", &long].map(|organisation| key.within(organisation));
        assert_ne!(near, far);
        for key in [key, near, far] {
            assert!(key.as_str().contains('#') && key.as_str().is_ascii(), "{key}");
            assert!(key.with_version(&version).as_str().len() <= IdempotencyKey::MAX_BYTES);
        }
    }
    let readable = IdempotencyKey::new(["pismo", "event", &long]);
    assert!(readable.as_str().starts_with("pismo/event/#"), "{readable}");
    // What only looks like a hash is another part.
    let hash = readable.as_str().rsplit('/').next().unwrap();
    assert_ne!(IdempotencyKey::new(["pismo", "event", hash]), readable);

    let record = |id: &str| MigrationKey::new("pismo", "customer", id).record_key();
    assert!(record(&long).len() < 160 && record(&long) != record(&long[1..]));
}

#[test]
fn outcomes_of_one_version_differ_by_their_end() {
    let incoming: CustomerIncoming = read(&sample_of("customer_incoming"));
    let key = |version: &str| {
        let mut migration = incoming.entity.migration.clone();
        migration.version_date = Timestamp::parse(version).unwrap();
        migration_events::Outcome::failed("A-1", "no account", migration)
    };
    let keys: HashSet<_> = SPELLINGS
        .map(|version| -> CustomerOutgoing { key(version) })
        .iter()
        .map(|outcome| outcome.idempotency_key().unwrap())
        .collect();
    assert_eq!(keys.len(), 1);
    let text = keys.into_iter().next().unwrap();
    assert_eq!(text.event(), "pismo/customer_outgoing//a7c3f/31a2d/FAIL//A-1");
}
