//! Messages become the events that they are, whatever carries them.

#[cfg(feature = "avro")]
#[path = "dispatch/resolved.rs"]
mod resolved;
#[path = "dispatch/verdict.rs"]
mod verdict;

use migration_events::avro::{AvroContract as _, Framing, confluent, single_object};
use migration_events::dispatch::{Delivered, Dispatcher, MessageHead, MessageRejection};
use migration_events::envelope::Layer;
use migration_events::identity::Identified;
use migration_events::validate::ViolationKind;
use migration_events::{AnyEvent, Decoder, Event, boost, pismo, specsavers};
use migration_events_support::json::parse;
use migration_events_support::{Dice, Document, damage};
use proptest::prelude::*;

const OUTCOME: &str = include_str!("../schemas/pismo/samples/customer_outgoing-1.json");
const CUSTOMER: &str = include_str!("../schemas/pismo/samples/customer_incoming-1.json");
const ACCRUAL: &str = include_str!("../schemas/pismo/samples/accrual_incoming-1.json");
const PLAN: &str = include_str!("../schemas/pismo/samples/recurring_charge_plan_incoming-1.json");
const CREATED: &str = include_str!("../schemas/specsavers/samples/customer_created.json");

fn any(message: &str) -> AnyEvent {
    AnyEvent::from_json(message.as_bytes()).unwrap()
}

fn envelope(event_type: &str, version: &str, data: &str) -> String {
    format!(
        r#"{{"data": {data}, "event_id": "d7d8ab2c-4a1b-4a3c-9c3b-6c8e6f9f0a11", "cid": "c-1",
            "schema_version": {version}, "domain": "migration", "org_id": "TN-1",
            "event_type": "{event_type}"}}"#
    )
}

fn event_bridge(detail: &str) -> String {
    format!(r#"{{"id": "1", "detail-type": "t", "source": "s", "detail": {detail}}}"#)
}

fn sns(message: &str) -> String {
    let text = serde_json::Value::from(message).to_string();
    format!(r#"{{"Type": "Notification", "MessageId": "1", "TopicArn": "a", "Message": {text}}}"#)
}

fn migration() -> boost::AccountMigrationEvent {
    let dump = include_bytes!("../schemas/boost/samples/kafka_dump.json");
    boost::Dump::from_json(dump).unwrap().messages().next().unwrap().event.unwrap()
}

#[test]
fn samples_without_envelope_are_recognised() {
    assert!(matches!(any(CUSTOMER), AnyEvent::CustomerIncoming(_)));
    assert!(matches!(any(OUTCOME), AnyEvent::CustomerOutgoing(_)));
    assert!(matches!(any(ACCRUAL), AnyEvent::AccrualIncoming(_)));
    assert!(matches!(any(PLAN), AnyEvent::RecurringChargePlanIncoming(_)));
    assert!(matches!(any(CREATED), AnyEvent::CustomerCreated(_)));
    assert_eq!(any(&migration().to_json()), AnyEvent::AccountMigration(migration().into()));
}

#[test]
fn an_envelope_announces_its_event_in_every_spelling() {
    for (name, data) in [
        ("customer_incoming", CUSTOMER),
        ("customer_outgoing", OUTCOME),
        ("accrual_incoming", ACCRUAL),
        ("recurring_charge_plan_incoming", PLAN),
    ] {
        let hyphens = name.replace('_', "-");
        for event_type in [name, &hyphens, &format!("{name}-1"), &format!("{hyphens}-1")] {
            let event = any(&envelope(event_type, "1", data));
            assert_eq!(event.contract().name, format!("migration/{name}"));
            assert!(event.idempotency_key().is_some());
            assert_eq!(event.correlation_id().as_deref(), Some("c-1"));
        }
    }
}

#[test]
fn the_envelope_stays_with_the_event() {
    let AnyEvent::CustomerOutgoing(delivered) =
        any(&envelope("customer-outgoing", r#""1""#, OUTCOME))
    else {
        panic!("an outcome");
    };
    assert_eq!(delivered.envelope().unwrap().org_id, "TN-1");
    assert_eq!(delivered.code, "MIGR-0001");
    assert!(matches!(*delivered, Delivered::Enveloped(_)));
    assert_eq!(
        delivered.into_event(),
        pismo::CustomerOutgoing::from_json(OUTCOME.as_bytes()).unwrap()
    );
}

#[test]
fn unknown_versions_are_violations() {
    for (event_type, version, pointer) in
        [("customer_outgoing", "2", "/schema_version"), ("customer_outgoing-2", "1", "/event_type")]
    {
        let message = envelope(event_type, version, OUTCOME);
        let rejection = AnyEvent::from_json(message.as_bytes()).unwrap_err();
        assert_eq!(rejection.violations().len(), 1, "{rejection}");
        let violation = &rejection.violations()[0];
        assert_eq!(violation.instance_pointer(), pointer);
        assert_eq!(*violation.kind(), ViolationKind::Version { known: "1" });
        let offset = violation.offset_in(message.as_bytes()).unwrap();
        let value = violation.value_in(message.as_bytes()).unwrap();
        assert!(message[offset..].starts_with(value));
    }
}

#[test]
fn data_that_contradicts_the_event_type_is_rejected() {
    let message = envelope("customer_outgoing", "1", ACCRUAL);
    let rejection = AnyEvent::from_json(message.as_bytes()).unwrap_err();
    assert_eq!(rejection.contract().name, "migration/customer_outgoing");
    assert!(rejection.violations().iter().all(|one| one.instance_pointer().starts_with("/data")));
}

#[test]
fn events_of_other_domains_are_kept_as_unknown() {
    let other_domain =
        envelope("customer_outgoing", "1", OUTCOME).replace("migration\"", "sales\"");
    for message in [
        other_domain.as_str(),
        &envelope("customer-creation-1", "1", "{}"),
        r#"{"type": "com.specsavers.customer.deleted", "specversion": "1.0", "data": {}}"#,
        r#"{"specversion": "1.0", "type": "x", "entity": {"migration": {}}}"#,
        r#"{"x": 1.50, "": [null]}"#,
        "[1, 2.0]",
        "7",
    ] {
        let AnyEvent::Unknown(unknown) = any(message) else { panic!("{message}") };
        assert_eq!(parse(unknown.message.as_str()).to_text(), parse(message).to_text());
        assert!(AnyEvent::Unknown(unknown).idempotency_key().is_none());
    }
    let AnyEvent::Unknown(unknown) = any(r#"{"x": 1.50}"#) else { panic!() };
    assert_eq!(unknown.to_json(), r#"{"x":1.50}"#);
}

#[test]
fn wrappers_are_looked_through() {
    for wrapped in [
        event_bridge(CREATED),
        sns(CREATED),
        sns(&event_bridge(CREATED)),
        event_bridge(&sns(CREATED)),
    ] {
        assert_eq!(any(&wrapped), any(CREATED));
    }
    let enveloped = envelope("customer_outgoing", "1", OUTCOME);
    assert_eq!(any(&sns(&event_bridge(&enveloped))), any(&enveloped));
}

#[test]
fn truncated_messages_are_recognised_by_remaining_members() {
    let message = envelope("customer_outgoing", "1", OUTCOME);
    // The event type is the last member.
    let cut = message.trim_end_matches('}');
    let rejection = AnyEvent::from_json(cut.as_bytes()).unwrap_err();
    assert_eq!(rejection.contract(), pismo::CustomerOutgoing::CONTRACT);
    assert!(matches!(rejection.violations()[0].kind(), ViolationKind::Syntax { .. }));

    for text in ["", "{", "\u{feff}", "nonsense", r#"{"x": "#] {
        let rejection = AnyEvent::from_json(text.as_bytes()).unwrap_err();
        assert_eq!(rejection.contract().to_string(), "any event");
        assert_eq!(rejection.violations().len(), 1);
    }
    let rejection = AnyEvent::from_json(b"{\"x\": \"\xff\"}").unwrap_err();
    assert_eq!(rejection.violations()[0].to_string(), "(root): not UTF-8 at byte 7 (syntax)");
}

#[test]
fn a_framed_datum_is_recognised_by_its_fingerprint() {
    let event = migration();
    let message = single_object::encode(&event);
    assert_eq!(
        AnyEvent::from_bytes(&message).unwrap(),
        AnyEvent::AccountMigration(event.clone().into())
    );

    let cut = &message[..message.len() - 1];
    assert!(matches!(AnyEvent::from_bytes(cut), Err(MessageRejection::Avro(_))));

    let mut other = message.clone();
    other[2] ^= 1;
    let fingerprint = boost::AccountMigrationEvent::SCHEMA.rabin ^ 1;
    let AnyEvent::UnknownDatum(unknown) = AnyEvent::from_bytes(&other).unwrap() else { panic!() };
    assert_eq!(unknown.framing, Framing::SingleObject { fingerprint });
    assert_eq!(unknown.datum, event.to_avro());

    assert_eq!(AnyEvent::from_bytes(CREATED.as_bytes()).unwrap(), any(CREATED));
}

#[test]
fn schema_ids_mean_registered_events() {
    let message = confluent::encode(7, &migration());
    let AnyEvent::UnknownDatum(unknown) = AnyEvent::from_bytes(&message).unwrap() else { panic!() };
    assert_eq!(unknown.framing, Framing::Confluent { id: 7 });

    let dispatcher = Dispatcher::<AnyEvent>::new().register_schema_id(7, |event| {
        AnyEvent::AccountMigration(Box::<boost::AccountMigrationEvent>::new(event))
    });
    assert!(matches!(dispatcher.from_bytes(&message).unwrap(), AnyEvent::AccountMigration(_)));
    let other = confluent::encode(8, &migration());
    assert!(matches!(dispatcher.from_bytes(&other).unwrap(), AnyEvent::UnknownDatum(_)));
}

#[derive(Debug, PartialEq)]
enum Own {
    Outcome(pismo::CustomerOutgoing),
    Otp(specsavers::OtpCode),
    Published(AnyEvent),
}

impl From<AnyEvent> for Own {
    fn from(event: AnyEvent) -> Self {
        Self::Published(event)
    }
}

#[test]
fn contracts_of_a_service_come_first() {
    let dispatcher = Dispatcher::<Own>::new()
        .register(Own::Outcome)
        .register_if(|head| head.string("type").as_deref() == Some("otp"), Own::Otp);
    let read = |message: &str| dispatcher.from_json(message.as_bytes()).unwrap();

    let outcome = pismo::CustomerOutgoing::from_json(OUTCOME.as_bytes()).unwrap();
    let message = envelope("customer-outgoing-1", "1", OUTCOME);
    assert_eq!(read(&message), Own::Outcome(outcome.clone()));
    assert_eq!(read(&sns(&message)), Own::Outcome(outcome));
    // Without an envelope nothing names the contract.
    assert!(matches!(read(OUTCOME), Own::Published(AnyEvent::CustomerOutgoing(_))));
    assert!(matches!(read(r#"{"type": "otp", "id": "1"}"#), Own::Otp(_)));
    assert!(dispatcher.from_json(br#"{"type": "otp", "id": 1}"#).is_err());
    assert!(matches!(read(CREATED), Own::Published(AnyEvent::CustomerCreated(_))));
}

#[test]
fn message_head_lists_layers_and_members() {
    fn looks(head: &MessageHead<'_>) -> bool {
        assert_eq!(head.layers(), [Layer::EventBridge, Layer::Pismo]);
        assert_eq!(head.detail_type(), Some("t"));
        assert_eq!(head.string("domain").as_deref(), Some("migration"));
        assert_eq!(head.string("data"), None);
        assert!(head.has("cid") && !head.has("id"));
        assert_eq!(head.payload(), "{}");
        assert!(head.message().starts_with(r#"{"data": {}"#));
        true
    }
    let dispatcher = Dispatcher::<AnyEvent>::new().register_if(looks, AnyEvent::Unknown);
    let message = event_bridge(&envelope("customer_outgoing", "1", "{}"));
    assert!(matches!(dispatcher.from_json(message.as_bytes()), Ok(AnyEvent::Unknown(_))));
}

#[test]
fn the_limits_are_those_of_the_decoder() {
    let dispatcher = Dispatcher::<AnyEvent>::new().with_decoder(Decoder::new().max_bytes(16));
    let rejection = dispatcher.from_json(OUTCOME.as_bytes()).unwrap_err();
    assert_eq!(*rejection.violations()[0].kind(), ViolationKind::Size { limit: 16 });

    let strict = Dispatcher::<AnyEvent>::new().with_decoder(Decoder::new().strict());
    assert!(AnyEvent::from_json(PLAN.as_bytes()).is_ok());
    assert!(strict.from_json(PLAN.as_bytes()).is_err());
}

proptest! {
    #[test]
    fn a_sample_cut_anywhere_is_rejected(
        sample in prop::sample::select(vec![OUTCOME, CUSTOMER, ACCRUAL, PLAN, CREATED]),
        cut: prop::sample::Index,
    ) {
        let text = sample.trim_end();
        let cut = &text.as_bytes()[..cut.index(text.len())];
        prop_assert!(AnyEvent::from_json(cut).is_err());
        let wrapped = event_bridge(&String::from_utf8_lossy(cut));
        prop_assert!(AnyEvent::from_json(wrapped.as_bytes()).is_err());
    }

    #[test]
    fn damaged_messages_are_events_or_errors(
        sample in prop::sample::select(vec![OUTCOME, CUSTOMER, ACCRUAL, PLAN, CREATED]),
        layers in 0..3_usize,
        seed: u64,
    ) {
        let mut message = sample.to_owned();
        for layer in 0..layers {
            message = if layer == 0 { event_bridge(&message) } else { sns(&message) };
        }
        let mut bytes = message.into_bytes();
        damage(&mut bytes, &mut Dice::seeded(seed));
        // Text that another reader takes for JSON is an event or a rejection with a reason, never broken.
        let result = AnyEvent::from_bytes(&bytes);
        let is_json = matches!(Document::parse(&bytes), Document::Json(_));
        prop_assert!(is_json || result.is_err(), "{}", String::from_utf8_lossy(&bytes));
    }
}

#[test]
fn damaged_datums_are_events_or_errors() {
    let event = migration();
    let registered = Framing::Confluent { id: 7 };
    let dispatcher = Dispatcher::<AnyEvent>::new()
        .register_schema_id(7, |event| AnyEvent::AccountMigration(Box::new(event)));
    for datum in [single_object::encode(&event), confluent::encode(7, &event)] {
        let (mut events, mut errors) = (0, 0);
        for seed in 0..1_000 {
            let mut bytes = datum.clone();
            damage(&mut bytes, &mut Dice::seeded(seed));
            match dispatcher.from_bytes(&bytes) {
                Ok(AnyEvent::AccountMigration(event)) => {
                    events += 1;
                    assert!(event.check().is_ok(), "{seed}");
                }
                // The framing itself is damaged.
                Ok(AnyEvent::UnknownDatum(unknown)) => {
                    assert_ne!(unknown.framing, registered, "{seed}")
                }
                Ok(other) => panic!("{seed}: {other:?}"),
                Err(_) => errors += 1,
            }
        }
        assert!(events > 50 && errors > 50, "{events} events, {errors} errors");
    }
}
