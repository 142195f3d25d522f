//! Envelopes and wrappers: what is accepted, what is rejected and where, what is found inside.
#![cfg(all(feature = "pismo-core", feature = "specsavers"))]

mod common;

use common::json::{Json, parse};
use common::{assert_lossless, assert_rejected, places};
use migration_events::envelope::{EventBridge, Layer, Sns, from_json, unwrap};
use migration_events::json::RawJson;
use migration_events::pismo::{
    AccrualIncoming, CustomerIncoming, CustomerOutgoing, Envelope, EventType,
    RecurringChargePlanIncoming, SchemaVersion,
};
use migration_events::specsavers::{CustomerCreated, CustomerUpdated};
use migration_events::validate::ViolationKind;
use migration_events::{Decoder, Event, Rejection};

/// An envelope around the sample of an outcome.
fn outcome() -> Json {
    let data = include_str!("../schemas/pismo/samples/customer_outgoing-1.json");
    parse(&format!(
        r#"{{"event_id":"d7d8ab2c-4a1b-4a3c-9c3b-6c8e6f9f0a11","schema_version":1,"domain":"migration",
            "event_type":"customer_outgoing","org_id":"TN-c642ca23-4ea8-4218-a00d-8331a496253c",
            "cid":"d23f0824-128b-4f33-8c5c-7fd0a6a3a450","timestamp":"2019-07-20T19:03:00.000Z",
            "data":{data}}}"#
    ))
}

fn rejection<T: Event>(message: &str) -> Rejection {
    match T::from_json(message.as_bytes()) {
        Ok(_) => panic!("accepted: {message}"),
        Err(rejection) => rejection,
    }
}

type Outcome = Envelope<CustomerOutgoing>;

#[test]
fn event_types_are_kept_in_any_spelling() {
    for spelling in
        ["customer_outgoing", "customer-outgoing", "customer_outgoing-1", "customer-outgoing-1"]
    {
        let message = outcome().with("/event_type", &format!("{spelling:?}"));
        let envelope: Outcome = assert_lossless(&message);
        assert_eq!(envelope.event_type.as_str(), spelling);
        let raw: Envelope = assert_lossless(&message);
        assert_eq!(raw.decode::<CustomerOutgoing>().unwrap(), envelope);
    }
    assert_eq!(EventType::of(CustomerOutgoing::CONTRACT).as_str(), "customer_outgoing");
    assert_eq!(EventType::from("a-b-12").name(), "a-b");
    assert_eq!(EventType::from("a-b-").version(), None);
    assert_eq!(EventType::from("").name(), "");
}

#[test]
fn schema_versions_are_integers_or_strings() {
    for version in ["1", "\"1\"", "\"1.0\""] {
        assert_lossless::<Outcome>(&outcome().with("/schema_version", version));
    }
    let text = outcome().with("/schema_version", "1.0");
    let envelope: Outcome = common::accepted(&text);
    assert_eq!(envelope.schema_version, SchemaVersion::Integer(1));
    let envelope: Envelope = assert_lossless(&outcome().with("/schema_version", "\"2023-b\""));
    assert_eq!(envelope.schema_version, SchemaVersion::Text("2023-b".into()));
    for (version, kind) in [
        ("2", "version"),
        ("-1", "version"),
        ("\"2\"", "version"),
        ("\"\"", "version"),
        ("\"one\"", "version"),
        ("\"1e0\"", "version"),
        ("2.0", "version"),
        ("1.5", "type"),
        ("true", "type"),
        ("null", "type"),
        ("[1]", "type"),
    ] {
        let message = outcome().with("/schema_version", version);
        assert_rejected::<Outcome>(&message, vec![("/schema_version", kind)]);
    }
    let message = outcome().with("/schema_version", "99999999999999999999");
    assert_rejected::<Envelope>(&message, vec![("/schema_version", "range")]);
}

#[test]
fn a_contradicting_event_type_is_rejected_by_name() {
    let rejection = rejection::<Outcome>(&outcome().with("/event_type", "\"accrual-incoming-1\""));
    let [violation] = rejection.violations() else { panic!("{rejection}") };
    assert_eq!(
        *violation.kind(),
        ViolationKind::EventType {
            asked: CustomerOutgoing::CONTRACT,
            announced: Some(AccrualIncoming::CONTRACT)
        },
    );
    assert_eq!(
        rejection.to_string(),
        "pismo migration/customer_outgoing v1 rejected: 1 violation: /event_type: announces \
         \"migration/accrual_incoming\", read as \"migration/customer_outgoing\" (eventType)",
    );

    // What no contract names is the sender's own text, and is not repeated.
    let message = outcome().with("/event_type", "\"secret\"");
    let rejection = self::rejection::<Outcome>(&message);
    assert!(!format!("{rejection} {rejection:?}").contains("secret"));
    assert_eq!(
        rejection.violations()[0].kind().to_string(),
        "announces another event than \"migration/customer_outgoing\"",
    );
    assert_eq!(rejection.violations()[0].value_in(message.as_bytes()), Some("\"secret\""));
    let offset = rejection.violations()[0].offset_in(message.as_bytes()).unwrap();
    assert!(message[offset..].starts_with("\"secret\""));

    let raw: Envelope = Envelope::from_json(message.as_bytes()).unwrap();
    let rejection = raw.decode::<CustomerOutgoing>().unwrap_err();
    assert_eq!(places(&rejection), [("/event_type".into(), "eventType")]);
}

#[test]
fn unknown_versions_in_event_types_are_rejected() {
    for version in ["customer_outgoing-2", "customer-outgoing-0", "customer_outgoing-11"] {
        let message = outcome().with("/event_type", &format!("{version:?}"));
        assert_rejected::<Outcome>(&message, vec![("/event_type", "version")]);
    }
    for other in ["customer_outgoing-1-1", "customer_outgoing_1", "Customer_outgoing", ""] {
        let message = outcome().with("/event_type", &format!("{other:?}"));
        assert_rejected::<Outcome>(&message, vec![("/event_type", "eventType")]);
    }
}

#[test]
fn each_required_member_is_missed_and_no_other() {
    let sample = outcome();
    for name in ["event_id", "schema_version", "domain", "event_type", "org_id", "cid", "data"] {
        let message = sample.without(&format!("/{name}"));
        assert_rejected::<Outcome>(&message, vec![("", "required")]);
        assert_rejected::<Envelope>(&message, vec![("", "required")]);
    }
    assert_lossless::<Outcome>(&sample.without("/timestamp"));
    assert_lossless::<Outcome>(&sample.plus("", r#""x":{"amount":1.50},"":null"#));
}

#[test]
fn violations_of_envelope_and_event_are_listed_together() {
    let message = parse(&outcome().with("/event_id", "\"e-1\""));
    let message = parse(&message.with("/timestamp", "\"yesterday\""));
    let message = parse(&message.with("/cid", "7"));
    let message = parse(&message.with("/data/status", "\"DONE\""));
    let message = message.plus("/data", r#""x":1"#);
    assert_rejected::<Outcome>(
        &message,
        vec![
            ("/event_id", "format"),
            ("/timestamp", "format"),
            ("/cid", "type"),
            ("/data/status", "enum"),
            ("/data", "additionalProperties"),
        ],
    );
    // Where the event's contract says so; an envelope has no file.
    let rejection = rejection::<Outcome>(&message);
    for violation in rejection.violations() {
        let of_the_event = violation.instance_pointer().starts_with("/data");
        assert_eq!(violation.schema_pointer().is_empty(), !of_the_event, "{violation}");
    }
}

#[test]
fn repeated_keys_are_violations_at_every_level() {
    for (member, pointer) in [
        (r#""event_id":"d7d8ab2c-4a1b-4a3c-9c3b-6c8e6f9f0a11""#, ""),
        (r#""data":{}"#, ""),
        (r#""x":1,"x":1"#, ""),
    ] {
        let message = outcome().plus("", member);
        let found = places(&rejection::<Outcome>(&message));
        assert!(found.contains(&(pointer.to_owned(), "duplicateKey")), "{found:?}");
        let found = places(&rejection::<Envelope>(&message));
        assert_eq!(found, [(pointer.to_owned(), "duplicateKey")]);
    }
    let message = outcome().plus("/data/migration", r#""id":"other""#);
    assert_rejected::<Outcome>(&message, vec![("/data/migration", "duplicateKey")]);
}

#[test]
fn strict_decoding_reaches_the_event_inside() {
    let plan = include_str!("../schemas/pismo/samples/recurring_charge_plan_incoming-1.json");
    let message = parse(&outcome().with("/data", plan));
    let message = message.with("/event_type", "\"recurring-charge-plan-incoming-1\"");
    type Plan = Envelope<RecurringChargePlanIncoming>;
    assert_lossless::<Plan>(&message);
    let rejection = Plan::from_json_strict(message.as_bytes()).unwrap_err();
    assert_eq!(places(&rejection), [("/data/entity/number_of_cycles".into(), "type")]);
    assert!(Outcome::from_json_strict(outcome().to_text().as_bytes()).is_ok());
}

#[test]
fn limits_hold_for_the_whole() {
    let nested = format!("{}{}", "[".repeat(126), "]".repeat(126));
    let message = outcome().with("/data", &nested);
    assert_lossless::<Envelope>(&message);
    let deeper = outcome().with("/data", &format!("[{nested}]"));
    assert_eq!(rejection::<Envelope>(&deeper).violations()[0].kind().name(), "depth");

    // A text within a string goes as deep as its notification still may.
    let text = |levels: usize| {
        let message = format!("{}{}", "[".repeat(levels), "]".repeat(levels));
        format!(r#"{{"Type":"Notification","MessageId":"1","TopicArn":"a","Message":"{message}"}}"#)
    };
    assert!(Sns::<RawJson>::from_json(text(126).as_bytes()).is_ok());
    let found = places(&rejection::<Sns<RawJson>>(&text(127)));
    assert_eq!(found.iter().map(|(_, kind)| *kind).collect::<Vec<_>>(), ["depth"]);
    let shallow = Decoder::new().max_depth(10);
    assert!(shallow.decode::<Sns<RawJson>>(text(9).as_bytes()).is_ok());
    assert!(shallow.decode::<Sns<RawJson>>(text(10).as_bytes()).is_err());
    let deep = Decoder::new().max_depth(250);
    assert!(deep.decode::<Sns<RawJson>>(text(249).as_bytes()).is_ok());
}

const NOTIFICATION: &str = r#"{"Type":"Notification","MessageId":"22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324",
    "TopicArn":"arn:aws:sns:eu-west-1:111122223333:events","Subject":null,"Message":MESSAGE,
    "Timestamp":"2024-05-02T00:54:06.655Z","SignatureVersion":"1","Signature":"EXAMPLEw6JRN==",
    "SigningCertURL":"https://sns.example.com/cert.pem","UnsubscribeURL":"https://sns.example.com/u",
    "MessageAttributes":{"kind":{"Type":"String","Value":"x"}}}"#;

fn notification(message: &str) -> String {
    NOTIFICATION.replace("MESSAGE", &common::json::quoted(message))
}

#[test]
fn a_notification_rejects_what_its_message_breaks() {
    let created = common::contracts::sample("customer_created").to_text();
    let wrapped: Sns<CustomerCreated> = assert_lossless(&notification(
        &CustomerCreated::from_json(created.as_bytes()).unwrap().to_json(),
    ));
    assert_eq!(wrapped.subject, Some(None));
    assert_eq!(wrapped.extra.len(), 5);

    let broken = notification(r#"{"type":"other","env":7,"id":"a","id":"b"}"#);
    assert_rejected::<Sns<CustomerCreated>>(
        &broken,
        vec![
            ("/Message/type", "const"),
            ("/Message/env", "type"),
            ("/Message/env", "enum"),
            ("/Message", "duplicateKey"),
        ],
    );
    // Text that stops being JSON does not hide violations after it.
    let message = notification("{\"env\": 7, ").replace("2024-05-02T00:54:06.655Z", "today");
    let found = places(&rejection::<Sns<CustomerUpdated>>(&message));
    let expected = [
        ("/Message", "syntax"),
        ("/Message/env", "enum"),
        ("/Message/env", "type"),
        ("/Timestamp", "format"),
    ];
    assert_eq!(found, expected.map(|(pointer, kind)| (pointer.to_owned(), kind)));
    for violation in rejection::<Sns<CustomerUpdated>>(&message).violations() {
        let offset = violation.offset_in(message.as_bytes()).unwrap();
        let place = &message[offset..];
        assert!(place.starts_with(r#""{\"env"#) || place.starts_with(r#""today"#), "{violation}");
    }
    assert_rejected::<Sns>(
        r#"{"Type":"SubscriptionConfirmation","MessageId":"1","TopicArn":"a","Message":{}}"#,
        vec![("/Type", "const"), ("/Message", "type")],
    );
    assert_rejected::<Sns>("{}", vec![("", "required"); 4]);
}

#[test]
fn text_notifications_keep_their_signed_content() {
    let text = "{ \"id\" : \"\u{e9}\\u00e9\" }\n";
    let plain: Sns = assert_lossless(&notification(text));
    assert_eq!(plain.message, text);
    let decoded = plain.decode::<CustomerUpdated>().unwrap();
    assert_eq!(decoded.message.id.as_deref(), Some("\u{e9}\u{e9}"));
}

#[test]
fn event_bridge_rejects_what_breaks_it() {
    assert_rejected::<EventBridge>(
        r#"{"version":0,"time":"now","resources":["a",1],"detail-type":null}"#,
        vec![
            ("/version", "type"),
            ("/time", "format"),
            ("/resources/1", "type"),
            ("/detail-type", "type"),
            ("", "required"),
            ("", "required"),
        ],
    );
}

#[test]
fn wrappers_of_events_are_unwrapped() {
    let envelope = outcome().to_text();
    let bridge = format!(r#"{{"detail-type":"m","source":"s","detail":{envelope},"id":"1"}}"#);
    let message = notification(&bridge);
    assert_eq!(from_json::<Outcome>(message.as_bytes()), Outcome::from_json(envelope.as_bytes()));
    assert_eq!(from_json::<Outcome>(envelope.as_bytes()), Outcome::from_json(envelope.as_bytes()));
    let unwrapped = unwrap(message.as_bytes()).unwrap();
    assert_eq!(unwrapped.layers(), [Layer::Sns, Layer::EventBridge, Layer::Pismo]);
    assert_eq!(unwrapped.pointer(), "/Message/detail/data");
    assert_eq!(unwrapped.message(), envelope);
    assert_eq!((unwrapped.offset(), unwrapped.payload_offset()), (None, None));
    assert_eq!(unwrapped.detail_type(), Some("m"));

    let unwrapped = unwrap(bridge.as_bytes()).unwrap();
    let at = unwrapped.payload_offset().unwrap();
    assert_eq!(&bridge[at..at + unwrapped.payload().len()], unwrapped.payload());
    assert!(CustomerOutgoing::from_json(unwrapped.payload().as_bytes()).is_ok());
    // Nothing of the payload was copied.
    assert!(matches!(unwrapped.into_payload(), std::borrow::Cow::Borrowed(_)));
}

#[test]
fn other_messages_are_not_unwrapped() {
    for message in [
        "",
        "null",
        "[]",
        "{",
        r#"{"detail":{}}"#,
        r#"{"detail-type":"t","detail":{}}"#,
        r#"{"detail-type":"t","source":1,"detail":{}}"#,
        r#"{"detail-type":"t","source":"s","detail":"{}"}"#,
        r#"{"detail-type":"t","source":"s","detail":{}"#,
        r#"{"detail-type":"t","source":"s","detail":{}} {}"#,
        // Broken wrappers: two parsers could disagree about what they carry.
        r#"{"detail-type":"t","source":"s","detail":{},"detail":{"a":1}}"#,
        r#"{"detail-type":"t","source":"s","detail":{},"x":1,"x":2}"#,
        r#"{"detail-type":"t","source":"s","detail":{},"resources":[}]}"#,
        r#"{"Type":"Notification","Message":"{}"}"#,
        r#"{"Type":"SubscriptionConfirmation","TopicArn":"a","Message":"{}"}"#,
        r#"{"data":{},"type":"com.specsavers.customer.created","specversion":"1.0"}"#,
        r#"{"event_type":"customer_incoming"}"#,
    ] {
        let unwrapped = unwrap(message.as_bytes()).unwrap();
        assert_eq!((unwrapped.payload(), unwrapped.layers()), (message, &[][..]));
        assert_eq!(unwrapped.offset(), Some(0));
    }
    // The payload may be broken: decoding it reports that best.
    let message = br#"{"detail-type":"t","source":"s","detail":{"id":1,"id":2,}}"#;
    let unwrapped = unwrap(message).unwrap();
    assert_eq!(unwrapped.payload(), r#"{"id":1,"id":2,}"#);
    assert_eq!(unwrap(b"{\"a\":\"\xff\"}").unwrap_err().offset, 6);
    assert!(from_json::<CustomerIncoming>(b"\xff").is_err());
}

#[test]
fn wrappers_are_looked_through_up_to_eight_deep() {
    let mut message = String::from("{}");
    for _ in 0..9 {
        message = format!(r#"{{"detail-type":"t","source":"s","detail":{message}}}"#);
    }
    let unwrapped = unwrap(message.as_bytes()).unwrap();
    assert_eq!(unwrapped.layers().len(), 8);
    assert_eq!(unwrapped.payload(), r#"{"detail-type":"t","source":"s","detail":{}}"#);
    let deep = format!(r#"{{"detail":{}1"#, r#"{"detail":"#.repeat(100_000));
    assert_eq!(unwrap(deep.as_bytes()).unwrap().layers(), []);
}

#[test]
fn debug_of_what_was_unwrapped_shows_no_value() {
    let unwrapped = unwrap(br#"{"detail-type":"t","source":"s","detail":{"a":"secret"}}"#).unwrap();
    assert!(!format!("{unwrapped:?}").contains("secret"), "{unwrapped:?}");
}

#[test]
fn wrappers_are_serde_types() {
    let message = outcome().to_text();
    let envelope: Outcome = serde_json::from_str(&message).unwrap();
    assert_eq!(parse(&serde_json::to_string(&envelope).unwrap()), parse(&message));
    let error = serde_json::from_str::<Envelope<CustomerIncoming>>(&message).unwrap_err();
    assert!(error.to_string().contains("/event_type: announces"), "{error}");
}
