//! Events and addresses that AsyncAPI describes.

use events::{Event, Rejection};
use migration_events_cases::asyncapi::{
    OrderCancelled, OrderChanged, OrderPlaced, ParcelLost, Region, SentBack, answers_address,
    audit_address, heartbeat_address, orders_address, orders_address2,
};

const ORDER: &[u8] = br#"{"id":"o-1","lines":[{"sku":"ABC-1","amount":2.50}],"gift":true}"#;

#[test]
fn a_channel_has_a_function_for_its_address() {
    assert_eq!(orders_address(Region::Eu, "o-1"), "shop/EU/orders/o-1");
    // `Orders` beside `orders`; one parameter in two places, named by a keyword.
    assert_eq!(orders_address2("x"), "shop/x/x/all");
    assert_eq!(heartbeat_address(), "heartbeat");
    assert_eq!(audit_address(), "audit");
}

#[test]
fn equal_sets_of_values_share_one_type() {
    assert_eq!(Region::VALUES, [Region::Us, Region::Eu]);
}

#[test]
fn messages_with_a_shared_payload_are_separate_events() -> Result<(), Rejection> {
    let placed = OrderPlaced::from_json(ORDER)?;
    let changed = OrderChanged::from_json(ORDER)?;
    assert_eq!(placed.lines, changed.lines);
    assert_eq!(placed.to_json().as_bytes(), ORDER);
    assert_eq!(OrderPlaced::CONTRACT.name, "OrderPlaced");
    assert_eq!(OrderPlaced::CONTRACT.version, Some("1.2.0"));
    assert_eq!(OrderPlaced::CONTRACT.correlation_id, Some("$message.header#/trace"));
    assert_eq!(OrderChanged::CONTRACT.correlation_id, None);
    Ok(())
}

#[test]
fn rules_of_shared_payloads_hold_at_every_level() {
    let rejection =
        OrderChanged::from_json(br#"{"replaces":{"id":"o-2","lines":[]}}"#).unwrap_err();
    assert_eq!(
        rejection.to_string(),
        "asyncapi OrderChanged v1.2.0 rejected: 4 violations: \
         /replaces/lines: fewer than 1 item (minItems); \
         (root): missing property \"id\" (required); \
         (root): missing property \"lines\" (required); \
         (root): fewer properties than 2 (minProperties)",
    );
}

#[test]
fn parts_of_inline_payloads_are_named_after_messages() -> Result<(), Rejection> {
    let text = r#"{"orderId":"o-1","region":"EU","reason":null}"#;
    let cancelled = OrderCancelled::from_json(text.as_bytes())?;
    assert_eq!(cancelled.region, Some(Region::Eu));
    assert_eq!(cancelled.reason, Some(None));
    assert_eq!(cancelled.to_json(), text);
    Ok(())
}

#[test]
fn messages_of_other_documents_are_events() -> Result<(), Rejection> {
    let text = br#"{"parcel":{"code":"P1"}}"#;
    assert_eq!(SentBack::from_json(text)?.parcel, ParcelLost::from_json(text)?.parcel);
    for correlation_id in [SentBack::CONTRACT.correlation_id, ParcelLost::CONTRACT.correlation_id] {
        assert_eq!(correlation_id, Some("$message.header#/parcelTrace"));
    }
    let rejection = SentBack::from_json(br#"{"parcel":{"code":"P"}}"#).unwrap_err();
    assert_eq!(
        rejection.to_string(),
        "asyncapi sentBack v2.0.0 rejected: 1 violation: \
         /parcel/code: shorter than 2 characters (minLength)",
    );
    assert_eq!(answers_address(), "answers");
    Ok(())
}
