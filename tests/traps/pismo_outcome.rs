//! Details of the Pismo contracts that readers get wrong: outcomes.

use crate::common::contracts::{file, sample};
use crate::common::{accepted, assert_lossless, assert_rejected, json};
use migration_events::pismo::customer_outgoing::{Entity, Migration};
use migration_events::pismo::{CustomerIncoming, CustomerOutgoing, Operation, Status};
use migration_events::{Event, Timestamp};
use serde_json::Value;

#[test]
fn properties_of_outcomes_have_own_documentation() {
    fn collect(schema: &Value, texts: &mut Vec<(String, String)>) {
        let Some(properties) = schema["properties"].as_object() else { return };
        for (name, property) in properties {
            for keyword in ["title", "description"] {
                if let Some(text) = property[keyword].as_str() {
                    texts.push((text.to_lowercase(), name.clone()));
                }
            }
            collect(property, texts);
            collect(&property["items"], texts);
        }
    }

    let contract: Value = serde_json::from_str(&file("pismo/customer_outgoing-1.json")).unwrap();
    let mut found = Vec::new();
    collect(&contract, &mut found);
    assert!(found.len() >= 12, "{found:?}");
    for (text, name) in &found {
        let same = found.iter().filter(|(other, _)| other == text).count();
        assert_eq!(same, 1, "{name} shares its text: {text}");
    }
    // The published title of this one is another property's.
    let account = &contract["properties"]["migration"]["properties"]["account_id"];
    let text = format!("{} {}", account["title"], account["description"]).to_lowercase();
    assert!(text.contains("account"), "{text}");
}

#[test]
fn outcomes_are_built_strictly_and_read_leniently() {
    let migration = || Migration {
        id: "m-1".into(),
        version_date: Timestamp::parse("2021-08-11T11:25:00.000Z").unwrap(),
        phase_id: None,
        account_id: "a-1".into(),
    };
    let entity = || Entity { account_id: 9999, customer_id: 1234 };

    let created =
        CustomerOutgoing::succeeded("MIGR-0001", "registered", migration()).created(entity());
    assert_eq!(created.status, Status::Success);
    assert_eq!(created.operation, Some(Operation::Creation));
    assert_eq!(created.entity, Some(entity()));
    let updated =
        CustomerOutgoing::succeeded("MIGR-0001", "changed", migration()).updated(entity());
    assert_eq!(updated.status, Status::Success);
    assert_eq!(updated.operation, Some(Operation::Update));
    assert_eq!(updated.entity, Some(entity()));
    let failed = CustomerOutgoing::failed("MIGR-0404", "unknown", migration());
    assert_eq!(failed.status, Status::Fail);
    assert_eq!((failed.operation, &failed.entity), (None, &None));
    for outcome in [created, updated, failed] {
        outcome.check().unwrap();
        assert_eq!(accepted::<CustomerOutgoing>(&outcome.to_json()), outcome);
        CustomerOutgoing::from_json_strict(outcome.to_json().as_bytes()).unwrap();
    }

    // The schema allows a success without an entity and a failure with one.
    let sample = sample("customer_outgoing");
    let success: CustomerOutgoing = assert_lossless(&sample.without("/entity"));
    assert_eq!((success.status, success.entity), (Status::Success, None));
    let fail: CustomerOutgoing = assert_lossless(&sample.with("/status", r#""FAIL""#));
    assert_eq!(fail.status, Status::Fail);
    assert_eq!((fail.entity, fail.operation), (Some(entity()), Some(Operation::Update)));
    assert_lossless::<CustomerOutgoing>(&sample.without("/operation"));
    for (pointer, text) in [("/status", r#""success""#), ("/operation", r#""DELETION""#)] {
        let message = sample.with(pointer, text);
        assert_rejected::<CustomerOutgoing>(&message, vec![(pointer, "enum")]);
    }

    // Closed at every level.
    for object in ["", "/migration", "/entity"] {
        let message = sample.plus(object, r#""more":1"#);
        assert_rejected::<CustomerOutgoing>(&message, vec![(object, "additionalProperties")]);
    }
}

#[test]
fn outcomes_repeat_the_identifiers_of_their_event() {
    let incoming = sample("customer_incoming").plus("/entity/migration", r#""phase_id":"p-7""#);
    let incoming: CustomerIncoming = accepted(&incoming);
    let outcome = CustomerOutgoing::succeeded("MIGR-0001", "ok", incoming.entity.migration.clone())
        .created(Entity { account_id: 1, customer_id: 2 });
    outcome.check().unwrap();
    let (incoming, outcome) = (json::parse(&incoming.to_json()), json::parse(&outcome.to_json()));
    for name in ["id", "account_id", "version_date", "phase_id"] {
        let repeated = outcome.at(&format!("/migration/{name}"));
        assert_eq!(repeated, incoming.at(&format!("/entity/migration/{name}")), "{name}");
    }
}

#[test]
fn unknown_codes_are_kept() {
    let sample = sample("customer_outgoing");
    for code in ["MIGR-0001", "MIGR-9999", "migr", "", "ÜX\n"] {
        let outcome: CustomerOutgoing = assert_lossless(&sample.with("/code", &json::quoted(code)));
        assert_eq!(outcome.code, code);
        outcome.check().unwrap();
    }
    assert_rejected::<CustomerOutgoing>(&sample.with("/code", "1"), vec![("/code", "type")]);
}
