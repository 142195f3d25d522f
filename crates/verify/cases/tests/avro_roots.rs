//! Avro types of several files, roots other than records, and the types that belong to them.

use events::avro::{AvroContract, DatumErrorKind, Decimal, FixedUuid, NullUnion};
use events::{Event, Uuid};
use migration_events_cases::avro::{
    Depot, MaybeReceipt, MaybeReceiptValue, Place, PlaceKind, Places, PlacesItem, Receipt, Refused,
    Ring, Shipment, ShipmentKey, Stage,
};

fn place() -> Place {
    Place { town: "Ulm".into(), kind: PlaceKind::Array(vec!["yard".into()]) }
}

/// Decodes what was encoded, in both encodings.
fn comes_back<T: Event + AvroContract + PartialEq + std::fmt::Debug>(event: &T, json: &str) {
    assert_eq!(event.to_json(), json);
    assert_eq!(T::from_json(json.as_bytes()).as_ref(), Ok(event));
    let datum = events::avro::to_datum(event);
    assert_eq!(events::avro::from_datum::<T>(&datum).as_ref(), Ok(event));
}

#[test]
fn types_of_other_files_are_shared() {
    let id: Uuid = "00000000-0000-4000-8000-000000000041".parse().unwrap();
    let shipment = Shipment {
        id: FixedUuid::from(id),
        sender: place(),
        receiver: None,
        state: Stage::Sent,
        reserved: NullUnion,
        weight: "99.5".parse::<events::rust_decimal::Decimal>().unwrap().try_into().unwrap(),
    };
    assert_eq!(shipment.id.to_uuid(), id);
    let json = "{\"id\":\"\\u0000\\u0000\\u0000\\u0000\\u0000\\u0000@\\u0000\u{80}\\u0000\\u0000\\u0000\
                \\u0000\\u0000\\u0000A\",\"sender\":{\"town\":\"Ulm\",\"kind\":{\"array\":[\"yard\"]}},\
                \"receiver\":null,\"state\":\"SENT\",\"reserved\":null,\"weight\":\"\\u0003ã\"}";
    comes_back(&shipment, json);
    // The union of null has the byte of its index.
    let datum = shipment.to_avro();
    assert_eq!(&datum[datum.len() - 6..], [0, 2, 0, 4, 0x03, 0xe3]);
    comes_back(&Depot { place: place() }, r#"{"place":{"town":"Ulm","kind":{"array":["yard"]}}}"#);
    // A schema stands alone, whatever files it is made of.
    assert!(Shipment::SCHEMA.canonical_form.contains(r#"{"name":"com.example.places.Place""#));
}

#[test]
fn absent_fields_of_null_unions_take_their_default() {
    let json = r#"{"id":"0123456789abcdef","sender":{"town":"Ulm","kind":{"string":"yard"}},
        "state":"PACKED","weight":""}"#;
    let shipment = Shipment::from_json(json.as_bytes()).unwrap();
    assert_eq!((shipment.reserved, shipment.receiver), (NullUnion, None));
    let wrong = json.replace(r#""state""#, r#""reserved":0,"state""#);
    let rejection = Shipment::from_json(wrong.as_bytes()).unwrap_err();
    assert!(rejection.to_string().contains("/reserved: expected null"), "{rejection}");
}

#[test]
fn decimals_beyond_their_precision_are_not_made() {
    let number = |text: &str| text.parse::<events::rust_decimal::Decimal>().unwrap();
    let mut shipment = Shipment::from_json(
        br#"{"id":"0123456789abcdef","sender":{"town":"","kind":{"string":""}},"state":"SENT","weight":""}"#,
    )
    .unwrap();
    shipment.weight = number("999.9").try_into().unwrap();
    assert!(shipment.weight.is_precise());
    let weight = Decimal::<1, 4>::try_from(number("1000"));
    assert_eq!(weight, Err(events::avro::Inexact));
}

#[test]
fn roots_without_a_name_are_types_around_their_value() {
    let key = ShipmentKey("14F49508-0000-4000-8000-000000000000".parse().unwrap());
    comes_back(&key, r#""14F49508-0000-4000-8000-000000000000""#);
    assert_eq!(ShipmentKey::SCHEMA.name, "shipment_key");
    assert_eq!(key.to_avro()[0], 72);
    let error = ShipmentKey::from_avro(b"\x02a").unwrap_err();
    assert_eq!(error.kind(), DatumErrorKind::Uuid);
    assert!(ShipmentKey::from_json(b"\"a\"").is_err());

    comes_back(
        &Places(vec![None, Some(PlacesItem::Place(place()))]),
        r#"[null,{"com.example.places.Place":{"town":"Ulm","kind":{"array":["yard"]}}}]"#,
    );
}

#[test]
fn roots_that_may_be_null_hold_an_option() {
    comes_back(&MaybeReceipt(None), "null");
    assert_eq!(MaybeReceipt(None).to_avro(), [0]);
    let receipt = MaybeReceipt(Some(MaybeReceiptValue::Receipt(Receipt { by: "A".into() })));
    comes_back(&receipt, r#"{"com.example.shipping.Receipt":{"by":"A"}}"#);
    assert_eq!(receipt.to_avro(), [2, 2, b'A']);
    assert_eq!(MaybeReceipt::from_avro(&[4]).unwrap_err().kind(), DatumErrorKind::Branch);
}

#[test]
fn types_of_protocols_are_events() {
    let ring = Ring { last: Some(Refused { why: "busy".into() }) };
    comes_back(&ring, r#"{"last":{"com.example.calls.Refused":{"why":"busy"}}}"#);
    assert_eq!(Refused::SCHEMA.name, "com.example.calls.Refused");
}
