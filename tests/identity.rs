//! Names of migrations and events, deduplication, order of versions.
#![cfg(all(feature = "pismo-core", feature = "boost", feature = "specsavers"))]

mod common;
#[path = "identity/keys.rs"]
mod keys;
#[path = "identity/model.rs"]
mod model;
#[path = "identity/transactions.rs"]
mod transactions;
#[path = "identity/window.rs"]
mod window;

use common::contracts::sample;
use migration_events::envelope::{EventBridge, Sns};
use migration_events::identity::{Freshness, IdempotencyKey, Identified, Latest, MigrationKey};
use migration_events::pismo::{
    AccrualIncoming, CustomerIncoming, CustomerOutgoing, Envelope, RecurringChargePlanIncoming,
};
use migration_events::specsavers::{CustomerCreated, OtpCode};
use migration_events::{Event, Timestamp, boost};
use proptest::prelude::*;
use proptest::test_runner::Config;

fn read<T: Event>(message: &str) -> T {
    T::from_json(message.as_bytes()).unwrap()
}

fn names(event: &impl Identified) -> (Option<String>, Option<String>, Option<String>) {
    (
        event.migration_key().map(|key| key.to_string()),
        event.correlation_id().map(|id| id.into_owned()),
        event.idempotency_key().map(|key| key.to_string()),
    )
}

fn some(text: &str) -> Option<String> {
    Some(text.to_owned())
}

#[test]
fn events_of_pismo_are_named_by_their_migration() {
    let incoming = r#"{"entity": {"migration":
        {"id": "m/1", "account_id": "a", "version_date": "2023-10-03T17:25:45.000+02:00"}}}"#;
    assert_eq!(
        names(&read::<CustomerIncoming>(incoming)),
        (
            some("pismo//a/customer/m%2F1@2023-10-03T15:25:45Z"),
            None,
            some("pismo/customer_incoming//a/m%2F1@2023-10-03T15:25:45Z"),
        ),
    );
    let accrual: AccrualIncoming = read(&sample("accrual_incoming").to_text());
    let (key, correlation, delivery) = names(&accrual);
    let owner = format!("{}/{}", accrual.entity.org_id, accrual.entity.migration.account_id);
    assert!(key.is_some_and(|key| key.starts_with(&format!("pismo/{owner}/accrual/"))));
    let delivery = delivery.unwrap();
    assert!(delivery.starts_with(&format!("pismo/accrual_incoming/{owner}/")), "{delivery}");
    assert_eq!(accrual.organisation().as_deref(), Some(&*accrual.entity.org_id));
    assert_eq!(correlation, Some(accrual.entity.cid.to_string()));
    let plan: RecurringChargePlanIncoming =
        read(&sample("recurring_charge_plan_incoming").to_text());
    let key = names(&plan).0;
    assert!(key.is_some_and(|key| key.starts_with("pismo///recurring_charge_plan/")));
}

#[test]
fn outcomes_have_the_key_of_their_event() {
    let incoming: CustomerIncoming = read(&sample("customer_incoming").to_text());
    let migration = || incoming.entity.migration.clone();
    let failed = CustomerOutgoing::failed("A-1", "no account", migration());
    let entity =
        migration_events::pismo::customer_outgoing::Entity { account_id: 1, customer_id: 2 };
    let created = CustomerOutgoing::succeeded("A-0", "done", migration()).created(entity.clone());
    let updated = CustomerOutgoing::succeeded("A-0", "done", migration()).updated(entity);
    for outcome in [&failed, &created, &updated] {
        assert_eq!(outcome.migration_key(), incoming.migration_key());
        assert_ne!(outcome.idempotency_key(), incoming.idempotency_key());
    }
    // Tried again: another outcome of the same version.
    let keys = [&failed, &created, &updated].map(|outcome| outcome.idempotency_key().unwrap());
    assert!(keys[0] != keys[1] && keys[1] != keys[2] && keys[0] != keys[2], "{keys:?}");
    assert_eq!(failed.clone().idempotency_key().as_ref(), Some(&keys[0]));
}

#[test]
fn an_envelope_names_transaction_and_organisation() {
    let data = sample("customer_incoming").to_text();
    let message = |id: &str| {
        format!(
            r#"{{"event_id":"{id}","schema_version":1,"domain":"migration","event_type":"customer_incoming",
                "org_id":"TN-1","cid":"c-1","data":{data}}}"#
        )
    };
    let envelope: Envelope<CustomerIncoming> =
        read(&message("D7D8AB2C-4a1b-4a3c-9c3b-6c8e6f9f0a11"));
    let (migration, correlation, delivery) = names(&envelope);
    assert_eq!((migration, delivery), (names(&envelope.data).0, names(&envelope.data).2));
    assert_eq!(correlation, some("c-1"));
    assert_eq!(envelope.organisation().as_deref(), Some("TN-1"));
    assert_eq!(envelope.data.organisation(), None);
    // Of data that is not read only the envelope knows. A UUID in another letter case is the same UUID.
    let upper: Envelope = read(&message("D7D8AB2C-4a1b-4a3c-9c3b-6c8e6f9f0a11"));
    let key = some("pismo/event/d7d8ab2c-4a1b-4a3c-9c3b-6c8e6f9f0a11");
    assert_eq!(names(&upper), (None, some("c-1"), key));
}

#[test]
fn boost_events_are_identified_by_flow_and_step() {
    let text = |step: &str, at: &str| {
        format!(
            r#"{{"event":{{"uk.co.boostpower.support.kafka.messages.AccountMigration{step}Event":{{
                "metadata":{{"eventId":"e 1","traceToken":"t-1","createdAt":1525478400000}},
                "enrollmentId":"123","accountId":"2222222","effectiveEnrollmentDate":17656,
                "{at}":1525478400000}}}}}}"#
        )
    };
    let completed: boost::AccountMigrationEvent = read(&text("Completed", "completedAt"));
    assert_eq!(
        names(&completed),
        (some("boost//2222222/account/123"), some("t-1"), some("boost/2222222/Completed/e%201")),
    );
    let validated: boost::AccountMigrationEvent = read(&text("Validated", "validatedAt"));
    assert_eq!(validated.migration_key(), completed.migration_key());
    assert_ne!(validated.idempotency_key(), completed.idempotency_key());
}

#[test]
fn a_customer_may_have_several_migrations() {
    let created: CustomerCreated = read(
        r#"{"type":"com.specsavers.customer.created","id":"e-1","source":"/shop","correlationid":"c",
            "data":{"customer":{"migratedCustomerInfo":[{"system":"A"},{"id":"1"},
                {"system":"A","id":"1","createdAt":"2019-03-04T05:06:07Z"},
                {"system":"B","id":"1","createdAt":"2019-03-04T05:06:07Z","lastModifiedAt":"2024-04-30T23:59:59.5Z"},
                {"system":"C","id":"9"}]}}}"#,
    );
    let keys: Vec<_> = created.migration_keys().iter().map(ToString::to_string).collect();
    assert_eq!(
        keys,
        [
            "A///customer/1@2019-03-04T05:06:07Z",
            "B///customer/1@2024-04-30T23:59:59.500Z",
            "C///customer/9"
        ],
    );
    assert_eq!(names(&created), (some(&keys[0]), some("c"), some("specsavers/%2Fshop/e-1")));

    let code: OtpCode = read(r#"{"detail":{"correlationid":"d"}}"#);
    assert_eq!(names(&code), (None, some("d"), None));
}

#[test]
fn wrappers_supply_identifiers_of_anonymous_events() {
    let inside = r#"{"id":"e-1","correlationid":"c"}"#;
    let bridge = |detail: &str| {
        format!(r#"{{"id":"b-1","detail-type":"t","source":"s","detail":{detail}}}"#)
    };
    let wrapped: EventBridge<OtpCode> = read(&bridge(inside));
    assert_eq!(names(&wrapped), names(&wrapped.detail));
    let anonymous: EventBridge<OtpCode> = read(&bridge("{}"));
    assert_eq!(names(&anonymous), (None, None, some("aws/events/b-1")));
    let sns: Sns =
        read(r#"{"Type":"Notification","MessageId":"n-1","TopicArn":"arn:x","Message":"hi"}"#);
    assert_eq!(names(&sns), (None, None, some("aws/sns/arn:x/n-1")));
}

fn key(name: impl ToString) -> IdempotencyKey {
    IdempotencyKey::new(["test", &name.to_string()])
}

fn sample_of(contract: &str) -> String {
    sample(contract).to_text()
}

fn version(text: &str) -> Timestamp {
    Timestamp::parse(text).unwrap()
}

#[test]
fn versions_are_newer_same_or_stale() {
    let mut latest = Latest::new(10);
    let record = MigrationKey::new("pismo", "customer", "m-1");
    let (v1, v2) = (version("2023-01-01T00:00:00Z"), version("2023-01-02T00:00:00.000Z"));
    let v2_elsewhere = version("2023-01-02T01:00:00+01:00");
    let of = |version| record.clone().with_version(version);
    assert_eq!(latest.freshness(&of(&v1)), Freshness::Newer);
    assert_eq!(latest.record(&of(&v1)), Freshness::Newer);
    assert_eq!(latest.record(&of(&v1)), Freshness::Same);
    assert_eq!(latest.record(&of(&v2)), Freshness::Newer);
    assert_eq!(latest.record(&of(&v2_elsewhere)), Freshness::Same);
    assert_eq!(latest.record(&of(&v1)), Freshness::Stale);
    assert_eq!(latest.freshness(&of(&v2)), Freshness::Same);
    // The same id of another record is another migration.
    let other = MigrationKey::new("pismo", "accrual", "m-1").with_version(&v1);
    assert_eq!(latest.freshness(&other), Freshness::Newer);
    // Without versions there is only seen and not seen.
    let flow = MigrationKey::new("boost", "account", "1");
    assert_eq!(latest.record(&flow), Freshness::Newer);
    assert_eq!(latest.record(&flow), Freshness::Same);
    assert_eq!(latest.record(&record), Freshness::Stale);
}

#[test]
fn oldest_records_are_forgotten_first() {
    let mut latest = Latest::new(2);
    let v = version("2023-01-01T00:00:00Z");
    let key = |id: &'static str| MigrationKey::new("s", "r", id).with_version(&v);
    for id in ["a", "b", "a", "c"] {
        latest.record(&key(id));
    }
    assert_eq!(latest.len(), 2);
    assert_eq!(latest.freshness(&key("a")), Freshness::Same);
    assert_eq!(latest.freshness(&key("b")), Freshness::Newer);
}

#[test]
fn versions_beyond_rfc_3339_have_a_text() {
    let first = version("0000-01-01T00:00:00+01:00");
    let key = MigrationKey::new("s", "r", "1").with_version(&first);
    assert_eq!(key.to_string(), "s///r/1@-0001-12-31T23:00:00+00:00");
}

proptest! {
    #![proptest_config(Config { failure_persistence: None, ..Config::default() })]

    #[test]
    fn keys_are_equal_when_their_texts_are(
        (a, b) in (any::<[String; 3]>(), any::<[String; 3]>()),
        (day, fraction, hours) in (1..4_u8, "(\\.[01]{1,10})?", 0..3_u8),
        (other_day, other_fraction, other_hours) in (1..4_u8, "(\\.[01]{1,10})?", 0..3_u8),
        same: bool,
    ) {
        let v = version(&format!("2023-01-0{day}T0{hours}:00:00{fraction}+0{hours}:00"));
        let w = version(&format!("2023-01-0{other_day}T0{other_hours}:00:00{other_fraction}+0{other_hours}:00"));
        let b = if same { &a } else { &b };
        let left = MigrationKey::new(&a[0], &a[1], &a[2]).with_version(&v);
        let right = MigrationKey::new(&b[0], &b[1], &b[2]).with_version(&w);
        prop_assert_eq!(left == right, left.to_string() == right.to_string());
        prop_assert_eq!(left.record_key() == right.record_key(), &a == b);
        prop_assert_eq!(left.clone().into_owned(), left);
        let keys = [&a, b].map(|parts| IdempotencyKey::new(parts.iter().map(String::as_str)));
        prop_assert_eq!(keys[0] == keys[1], &a == b);
        prop_assert!(keys[0].as_str().is_ascii());
        prop_assert!(keys[0].as_str().len() <= IdempotencyKey::MAX_BYTES);
    }
}
