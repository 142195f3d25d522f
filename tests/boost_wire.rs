//! The published Boost message in binary, in the JSON encoding and in both framings.
#![cfg(feature = "boost")]

use migration_events::avro::{AvroContract, DatumErrorKind, confluent, single_object};
use migration_events::boost::{AccountMigrationEvent, MigrationStep};
use migration_events::json::{RawJson, at_pointer};
use migration_events::{Event, boost};
use migration_events_support::json;

const DUMP: &str = include_str!("../schemas/boost/samples/kafka_dump.json");

/// The sample as a datum, put together by hand.
const DATUM: &[u8] = b"\x02\
    \x3c14f49508-1328-4083-8613-queued\
    \x488115ef8a-71c8-4814-aea4-0b7984eae263\
    \x80\x80\xc9\xd9\xe5\x58\
    \x06123\
    \x0e2222222\
    \xe6\xd6\xb5\x75\
    \x80\x80\xc9\xd9\xe5\x58";

/// The message of the dump, without its whitespace.
fn message() -> RawJson {
    let message = at_pointer(DUMP, "/0/messages/0").expect("the dump holds a message");
    RawJson::parse(message).expect("the message is JSON")
}

fn sample() -> AccountMigrationEvent {
    let event = AccountMigrationEvent::from_json(message().as_str().as_bytes());
    event.unwrap_or_else(|rejection| panic!("{rejection}"))
}

fn completed(event: &AccountMigrationEvent) -> &boost::AccountMigrationCompletedEvent {
    match &event.event {
        MigrationStep::Completed(completed) => completed,
        other => panic!("the sample is a completed migration, not {other:?}"),
    }
}

#[test]
fn the_sample_is_the_specified_datum() {
    assert_eq!(sample().to_avro(), DATUM);
    assert_eq!(AccountMigrationEvent::from_avro(DATUM), Ok(sample()));
}

#[test]
fn the_year_339069_survives_every_encoding() {
    let event = sample();
    let framed = confluent::encode(7, &event);
    let (id, datum) = confluent::split(&framed).expect("the registry's frame");
    assert_eq!(id, 7);
    let single = single_object::encode(&event);
    let ways = [
        AccountMigrationEvent::from_avro(&event.to_avro()).expect("binary"),
        AccountMigrationEvent::from_json(event.to_json().as_bytes()).expect("JSON encoding"),
        AccountMigrationEvent::from_avro(datum).expect("the registry's frame"),
        single_object::decode(&single).expect("single-object encoding"),
    ];
    for came_back in ways {
        assert_eq!(came_back, event);
        let date = completed(&came_back).effective_enrollment_date;
        assert_eq!((date.get(), date.to_chrono()), (123_123_123, None));
        assert_eq!(completed(&came_back).metadata.event_id, "14f49508-1328-4083-8613-queued");
        assert_eq!(came_back.to_json(), event.to_json());
        assert_eq!(came_back.to_avro(), DATUM);
    }
}

#[test]
fn json_and_binary_encoding_hold_the_same() {
    let from_binary = AccountMigrationEvent::from_avro(DATUM).expect("a datum").to_json();
    assert_eq!(json::parse(&from_binary), json::parse(message().as_str()));
}

#[test]
fn frames_are_header_and_datum() {
    let event = sample();
    let framed = confluent::encode(0x0102_0304, &event);
    assert_eq!(framed, [&[0, 1, 2, 3, 4], DATUM].concat());

    let fingerprint = <AccountMigrationEvent as AvroContract>::SCHEMA.rabin;
    let single = single_object::encode(&event);
    assert_eq!(single, [&[0xc3, 0x01], &fingerprint.to_le_bytes()[..], DATUM].concat());
}

#[test]
fn a_datum_that_is_cut_anywhere_is_refused() {
    for len in 0..DATUM.len() {
        let error = AccountMigrationEvent::from_avro(&DATUM[..len]).unwrap_err();
        assert_eq!(error.kind(), DatumErrorKind::UnexpectedEnd, "{len}: {error}");
        assert!(error.offset() <= len, "{len}: {error}");
    }
    let single = single_object::encode(&sample());
    for len in 0..single.len() {
        let cut = single_object::decode::<AccountMigrationEvent>(&single[..len]);
        assert!(cut.is_err(), "{len}");
    }
    let framed = confluent::encode(7, &sample());
    for len in 0..framed.len() {
        let datum = confluent::split(&framed[..len]);
        let cut = datum.ok().and_then(|(_, datum)| AccountMigrationEvent::from_avro(datum).ok());
        assert_eq!(cut, None, "{len}");
    }
}

#[test]
fn bytes_after_a_datum_are_refused() {
    for count in [1, 2, 100] {
        let longer = [DATUM, &vec![0; count]].concat();
        let error = AccountMigrationEvent::from_avro(&longer).unwrap_err();
        assert_eq!(error.kind(), DatumErrorKind::TrailingBytes { count });
        assert_eq!(error.offset(), DATUM.len());
    }
}

#[test]
fn changed_datums_are_refused_or_kept() {
    let mut refused = 0;
    for index in 0..DATUM.len() {
        for change in 1..=u8::MAX {
            let mut datum = DATUM.to_vec();
            datum[index] ^= change;
            match AccountMigrationEvent::from_avro(&datum) {
                Ok(event) => {
                    let written = event.to_avro();
                    assert_eq!(AccountMigrationEvent::from_avro(&written), Ok(event));
                    // A changed byte can pad an integer with zeros; nothing else has two forms.
                    assert!(written == datum || written.len() < datum.len(), "{index} {change}");
                }
                Err(error) => {
                    refused += 1;
                    assert!(error.offset() <= datum.len());
                }
            }
        }
    }
    assert!(refused > 0);
}

#[test]
fn branches_of_one_shape_are_not_confused() {
    // Completed, RollBackInitiated, RolledBack and Validated differ in the name of one field.
    for branch in [1_u8, 2, 3, 5] {
        let datum = [&[branch << 1], &DATUM[1..]].concat();
        let event = AccountMigrationEvent::from_avro(&datum).expect("a datum of that branch");
        let is_right = matches!(
            (&event.event, branch),
            (MigrationStep::Completed(_), 1)
                | (MigrationStep::RollBackInitiated(_), 2)
                | (MigrationStep::RolledBack(_), 3)
                | (MigrationStep::Validated(_), 5)
        );
        assert!(is_right, "{branch}");
        assert_eq!(event.to_avro(), datum);
        let json = event.to_json();
        assert_eq!(AccountMigrationEvent::from_json(json.as_bytes()).expect(&json), event);
    }
    for branch in [7_u8, 63] {
        let datum = [&[branch << 1], &DATUM[1..]].concat();
        let error = AccountMigrationEvent::from_avro(&datum).unwrap_err();
        assert_eq!((error.kind(), error.offset()), (DatumErrorKind::Branch, 0));
    }
}

#[test]
fn an_error_names_the_place_and_no_value() {
    let error = AccountMigrationEvent::from_avro(&DATUM[..40]).unwrap_err();
    let pointer = "/event/uk.co.boostpower.support.kafka.messages.AccountMigrationCompletedEvent\
        /metadata/traceToken";
    assert_eq!(error.pointer(), pointer);
    for text in [error.to_string(), format!("{error:?}")] {
        assert!(!text.contains("8115ef8a") && !text.contains("14f49508"), "{text}");
    }
}

#[test]
fn other_schemas_are_refused_before_decoding() {
    let mut single = single_object::encode(&sample());
    single[2] ^= 1;
    let error = single_object::decode::<AccountMigrationEvent>(&single).unwrap_err();
    assert!(matches!(error, single_object::Error::OtherSchema { .. }), "{error}");
}
