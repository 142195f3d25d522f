//! The events of the service: what is legal decodes and comes back, what is not is named, and every
//! connection is answered.

use events::json::External;
use events::{Event, Rejection, avro};
use pretend_service::Register;
use pretend_service::brook::{
    ConnectionIncoming, ConnectionOutgoing, LeakFound, LevelMeasured, LevelMeasuredHeaders,
    Operation, PumpMoved, PumpStarted, ReadingTaken, Site, Status, ValveChanged, ValveState,
    connection_outgoing, orders_address, plant_site_level_address,
};
use std::collections::HashSet;

const CONNECTION: &str = r#"{"migration":{"id":"m-1","version_date":"2026-01-01T00:00:00.120Z"},"msn":"123456789012","firmware":"2.1.0","address":{"postcode":"AB1 2CD","fn":null,"type":"HOME"},"debt":0.00,"notes":["a",1,true],"new":[1.50]}"#;

fn violations<T: Event>(message: &str) -> Vec<String> {
    let rejection: Rejection = T::from_json(message.as_bytes()).map(|_| ()).expect_err(message);
    rejection.violations().iter().map(ToString::to_string).collect()
}

fn comes_back<T: Event>(message: &str) -> T {
    let event = T::from_json(message.as_bytes()).unwrap_or_else(|rejection| panic!("{rejection}"));
    assert_eq!(event.to_json(), message);
    event
}

#[test]
fn a_connection_comes_back_as_it_was_sent() {
    let event: ConnectionIncoming = comes_back(CONNECTION);
    // The deviation allows two characters more than the contract.
    assert_eq!(event.serial_number.as_str(), "123456789012");
    assert_eq!(event.debt.flatten().unwrap().to_string(), "0.00");
    assert_eq!(event.address.r#fn, Some(None));
    let strict = ConnectionIncoming::from_json_strict(CONNECTION.as_bytes()).unwrap_err();
    assert_eq!(strict.violations().len(), 1);
}

#[test]
fn foreign_types_accept_what_their_schema_allows() {
    let event: ConnectionIncoming = comes_back(CONNECTION);
    assert_eq!(event.firmware.as_deref(), Some(&semver::Version::new(2, 1, 0)));
    let made = External::new(semver::Version::new(2, 1, 0)).unwrap();
    assert_eq!(event.firmware, Some(made));
    // The schema has its say first, and the type afterwards.
    let long = CONNECTION.replace("2.1.0", "2.1.0-aaaaaaaaaaaaaaaaaaaa");
    assert_eq!(
        violations::<ConnectionIncoming>(&long),
        ["/firmware: longer than 20 characters (maxLength)"]
    );
    assert_eq!(
        violations::<ConnectionIncoming>(&CONNECTION.replace("2.1.0", "two")),
        ["/firmware: not a value of the type that stands for the schema (external)"]
    );
    let nested = format!(
        r#"{},"parent":{}}}"#,
        &CONNECTION[..CONNECTION.len() - 1],
        CONNECTION.replace("2.1.0", "x")
    );
    assert_eq!(
        violations::<ConnectionIncoming>(&nested),
        ["/parent/firmware: not a value of the type that stands for the schema (external)"]
    );
    // All refusals are named, beside other violations.
    let several =
        nested.replacen("2.1.0", "two", 1).replacen(r#""msn":""#, r#""msn":"aaaaaaaaaaaaaaaa"#, 1);
    let found = violations::<ConnectionIncoming>(&several);
    let refused = found.iter().filter(|violation| violation.ends_with("(external)"));
    assert_eq!((found.len(), refused.count()), (3, 2), "{found:?}");
}

#[test]
fn every_connection_is_answered() {
    let mut register = Register::default();
    let mut answer = |message: &str| register.answer(message.as_bytes()).unwrap();
    let created = answer(CONNECTION);
    assert_eq!((created.status, created.operation), (Status::Success, Some(Operation::Creation)));
    assert_eq!(answer(CONNECTION).operation, Some(Operation::Update));
    let owing = answer(&CONNECTION.replace("0.00", "0.01"));
    assert_eq!((owing.status, owing.code.as_str()), (Status::Fail, "BROOK-1"));
    assert_eq!(answer(&CONNECTION.replace("2.1.0", "1.9.9")).message, "the meter is too old");
    // The answer repeats what it answers, to the letter.
    let text = owing.to_json();
    assert!(
        text.contains(r#""migration":{"id":"m-1","version_date":"2026-01-01T00:00:00.120Z"}"#),
        "{text}"
    );
    comes_back::<ConnectionOutgoing>(&text);
    assert!(register.answer(b"{}").is_err());
}

#[test]
fn what_breaks_a_contract_is_named() {
    let broken = CONNECTION.replace("HOME", "SHED").replace("123456789012", "1234567890123");
    assert_eq!(
        violations::<ConnectionIncoming>(&broken),
        [
            "/msn: longer than 12 characters (maxLength)",
            "/address/type: not one of \"HOME\", \"SITE\" (enum)",
        ]
    );
}

#[test]
fn a_schema_of_2020_12_is_checked_in_full() {
    let reading: ReadingTaken = comes_back(
        r#"{"at":"2026-01-01T00:00:00Z","span":[1,2],"amount":{"litres":0.125},"source":"METER"}"#,
    );
    assert_eq!(reading.span, (1, 2));
    for (message, keyword) in [
        (
            r#"{"at":"2026-01-01T00:00:00Z","span":[1,2],"amount":{"litres":0.125}}"#,
            "dependentRequired",
        ),
        (r#"{"at":"2026-01-01T00:00:00Z","span":[1,2,3]}"#, "false"),
        (
            r#"{"at":"2026-01-01T00:00:00Z","span":[1,2],"amount":{"litres":0.1255},"source":"METER"}"#,
            "multipleOf",
        ),
        (
            r#"{"at":"2026-01-01T00:00:00Z","span":[1,2],"amount":{"litres":1,"x":1},"source":"METER"}"#,
            "unevaluatedProperties",
        ),
    ] {
        let found = violations::<ReadingTaken>(message).join(" ");
        assert!(found.contains(keyword), "{found}");
    }
}

#[test]
fn an_avro_event_goes_through_both_encodings() {
    let message = r#"{"pump":"123e4567-e89b-12d3-a456-426614174000","movedAt":1767225600000,"flow":1.5,"previous":{"string":"x"},"kind":"BOOSTER","parts":[{"long":5},{"com.example.brook.Part":{"code":"ÿ"}}]}"#;
    let event: PumpMoved = comes_back(message);
    let datum = avro::to_datum(&event);
    assert_eq!(avro::from_datum::<PumpMoved>(&datum).unwrap(), event);
    assert!(avro::from_datum::<PumpMoved>(&datum[1..]).is_err());
}

#[test]
fn messages_of_both_versions_of_asyncapi_are_events() {
    let level: LevelMeasured = comes_back(r#"{"level":99.50,"site":"SOUTH"}"#);
    assert_eq!(plant_site_level_address(level.site.unwrap()), "plant/SOUTH/level");
    assert_eq!(violations::<LevelMeasured>(r#"{"level":100.01}"#).len(), 1);
    assert_eq!(LevelMeasured::CONTRACT.correlation_id, Some("$message.header#/trace-id"));
    let headers: LevelMeasuredHeaders = serde_json::from_str(r#"{"trace-id":"t"}"#).unwrap();
    assert_eq!(headers.trace_id, "t");

    let leak: LeakFound = comes_back(r#"{"litres":7}"#);
    assert_eq!(avro::to_datum(&leak), [14]);

    comes_back::<PumpStarted>(r#"{"pump":"p-1","by":"SOMEONE"}"#);
    assert_eq!(orders_address(Site::North), "plant/NORTH/orders");
}

#[test]
fn a_schema_in_yaml_is_a_schema() {
    let valve: ValveChanged =
        comes_back(r#"{"valve":3,"state":"OPN","before":"SHUT","since":"1987"}"#);
    assert_eq!((valve.state, valve.before), (ValveState::Open, Some(ValveState::Shut)));
    assert_eq!(violations::<ValveChanged>(r#"{"valve":0,"state":"AJAR"}"#).len(), 2);
    assert!(
        ValveChanged::from_json_strict(br#"{"valve":3,"state":"OPN","since":"1987"}"#).is_err()
    );
}

#[test]
fn further_traits_are_there() {
    let entity = connection_outgoing::Entity { connection: 1 };
    assert!(HashSet::from([entity.clone()]).contains(&entity));
    // `Copy` is derived where it can be, which is where it is anyway.
    let (state, again) = (ValveState::Open, ValveState::Open);
    assert_eq!(state, again);
}
