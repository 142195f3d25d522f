//! Outcomes that answer rejected messages.
#![cfg(feature = "pismo-core")]

use migration_events::pismo::{CustomerIncoming, CustomerOutgoing};
use migration_events::{Decoder, Event, Outcome};

const IDENTIFIERS: &str =
    r#"{"id": "m-1", "account_id": "a-1", "version_date": "2021-08-11T11:25:00.120Z"}"#;

fn rejected(message: &str) -> Option<CustomerOutgoing> {
    let rejection = CustomerIncoming::from_json(message.as_bytes()).unwrap_err();
    CustomerOutgoing::rejected::<CustomerIncoming>("X-1", &rejection, message.as_bytes())
}

#[test]
fn rejected_messages_are_answered_with_their_identifiers() {
    let outcome = rejected(&format!(
        r#"{{"entity": {{"email": 7, "migration": {IDENTIFIERS}, "is_active": 1}}}}"#
    ));
    let outcome = outcome.unwrap();
    assert_eq!(outcome.migration.id, "m-1");
    assert_eq!(outcome.migration.version_date.to_string(), "2021-08-11T11:25:00.120Z");
    assert_eq!(outcome.entity, None);
    assert!(outcome.message.starts_with("rejected: "), "{}", outcome.message);
    assert!(outcome.message.contains("/entity/email (type)"), "{}", outcome.message);
    assert!(!outcome.message.contains("m-1"), "{}", outcome.message);
    outcome.check().unwrap();
}

#[test]
fn a_message_cut_after_its_identifiers_is_answered() {
    let outcome = rejected(&format!(r#"{{"entity": {{"migration": {IDENTIFIERS}, "na"#));
    assert_eq!(outcome.unwrap().migration.account_id, "a-1");
    assert_eq!(rejected(r#"{"entity": {"migration": {"id": "m-1", "acc"#), None);
}

#[test]
fn invalid_utf_8_after_identifiers_is_answered() {
    let (before, after) =
        (format!(r#"{{"entity": {{"migration": {IDENTIFIERS}, "na"#), r#"me": 1}}"#);
    let message = [before.as_bytes(), b"\xff", after.as_bytes()].concat();
    let rejection = CustomerIncoming::from_json(&message).unwrap_err();
    let outcome = CustomerOutgoing::rejected::<CustomerIncoming>("X-1", &rejection, &message);
    assert_eq!(outcome.unwrap().migration.id, "m-1");
}

#[test]
fn identifiers_that_break_the_contract_are_not_repeated() {
    assert_eq!(rejected(r#"{"entity": {"migration": {"id": "m-1"}}}"#), None);
    assert_eq!(rejected(r#"{"entity": {}}"#), None);
    assert_eq!(rejected("[]"), None);
    assert_eq!(rejected("\u{0}"), None);
}

#[test]
fn repeated_keys_make_the_migration_ambiguous() {
    let one = format!(r#"{{"migration": {IDENTIFIERS}}}"#);
    assert_eq!(rejected(&format!(r#"{{"entity": {one}, "entity": {one}}}"#)), None);
    let two = format!(r#""migration": {IDENTIFIERS}, "migration": {IDENTIFIERS}"#);
    assert_eq!(rejected(&format!(r#"{{"entity": {{{two}}}}}"#)), None);
    let within = IDENTIFIERS.replace("\"id\":", "\"id\": \"m-2\", \"id\":");
    assert_eq!(rejected(&format!(r#"{{"entity": {{"migration": {within}}}}}"#)), None);
    // Elsewhere it says nothing about the migration.
    let outcome = rejected(&format!(
        r#"{{"file_name": null, "file_name": "f", "entity": {{"migration": {IDENTIFIERS}}}}}"#
    ));
    assert_eq!(outcome.unwrap().migration.id, "m-1");
}

#[test]
fn repeated_keys_elsewhere_hide_no_identifiers() {
    for broken in [
        r#""x": {"a": 1, "a": 2}"#,
        r#""x": [[{"a": 1, "a": 2}], {"entity": 1, "entity": 2}]"#,
        r#""x": 1, "x": 2"#,
        r#""file_name": 7"#,
    ] {
        let entity = format!(r#""entity": {{"email": 7, "migration": {IDENTIFIERS}}}"#);
        for message in [format!("{{{broken}, {entity}}}"), format!("{{{entity}, {broken}}}")] {
            let rejection = CustomerIncoming::from_json(message.as_bytes()).unwrap_err();
            let outcome = rejected(&message);
            assert_eq!(outcome.map(|outcome| outcome.migration.id).as_deref(), Some("m-1"));
            let email = rejection
                .violations()
                .iter()
                .find(|violation| violation.instance_pointer() == "/entity/email");
            assert_eq!(email.unwrap().value_in(message.as_bytes()), Some("7"));
            let at = email.unwrap().offset_in(message.as_bytes()).unwrap();
            assert!(message[at..].starts_with("7, \"migration\""));
        }
    }
    // Spelt with escapes, it is the same key.
    let twice = format!(
        r#"{{"entity": {{"migration": {IDENTIFIERS}}}, "x": 1, "\u0065ntity": {{"migration": {{}}}}}}"#
    );
    assert_eq!(rejected(&twice), None);
}

#[test]
fn identifiers_after_syntax_errors_are_not_answered() {
    let entity = format!(r#""entity": {{"migration": {IDENTIFIERS}}}"#);
    assert_eq!(rejected(&format!(r#"{{"x": [1 2], {entity}}}"#)), None);
    assert_eq!(rejected(&format!(r#"{{"x": {{"a": "b" "}}, {entity}, "y": {{"c": "}}}}"#)), None);
    let before = rejected(&format!(r#"{{{entity}, "x": [1 2]}}"#));
    assert_eq!(before.unwrap().migration.id, "m-1");
}

#[test]
fn long_keys_make_short_answers() {
    let key = "é".repeat(4 << 20);
    let message =
        format!(r#"{{"{key}": {{"a": 1, "a": 2}}, "entity": {{"migration": {IDENTIFIERS}}}}}"#);
    let outcome = rejected(&message).unwrap();
    assert!(outcome.message.len() < 512, "{} bytes", outcome.message.len());
    assert!(outcome.message.contains("é… (duplicateKey)"), "{}", outcome.message);
}

#[test]
fn unread_identifiers_are_not_answered() {
    let message =
        format!(r#"{{"entity": {{"email": 7, "migration": {IDENTIFIERS}, "is_active": 1}}}}"#);
    let answer = |decoder: Decoder, message: &str| {
        let rejection = decoder.decode::<CustomerIncoming>(message.as_bytes()).unwrap_err();
        CustomerOutgoing::rejected::<CustomerIncoming>("X-1", &rejection, message.as_bytes())
    };
    assert_eq!(answer(Decoder::new().max_bytes(8), &message), None);
    let decoder = Decoder::new().max_depth(6);
    let deep = r#""x": [[[[[["}", 1]]]]]]"#;
    let before = message.replacen('{', &format!("{{{deep}, "), 1);
    assert_eq!(answer(decoder, &before), None);
    let after = format!("{}, {deep}}}", &message[..message.len() - 1]);
    assert_eq!(answer(decoder, &after).unwrap().migration.id, "m-1");
    // The walk did not see it.
    let twice = format!("{}, \"entity\": {{}}}}", &after[..after.len() - 1]);
    assert_eq!(answer(decoder, &twice), None);
    // All of it was read, although not everything is listed.
    let outcome = answer(Decoder::new().max_violations(1), &message).unwrap();
    assert!(outcome.message.starts_with("rejected: 2 violations at "), "{}", outcome.message);
}
