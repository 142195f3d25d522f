//! A published contract whose writers are older or newer.

use super::{bytes, text};
use migration_events::Event;
use migration_events::avro::container::{Codec, Reader, Writer};
use migration_events::avro::{
    AvroContract, MemoryStore, Resolution, ResolveError, Resolver, ResolverError, UnresolvableKind,
    confluent,
};
use migration_events::boost::AccountMigrationEvent;
use serde_json::{Value, json};

const PACKAGE: &str = "uk.co.boostpower.support.kafka.messages";

fn event(name: &str, rest: &str) -> AccountMigrationEvent {
    let text = format!(
        r#"{{"event": {{"{PACKAGE}.{name}": {{
            "metadata": {{"eventId": "e-1", "traceToken": "t-1", "createdAt": 1525478400000}},
            "enrollmentId": "123", "accountId": "2222222", {rest}}}}}}}"#
    );
    AccountMigrationEvent::from_json(text.as_bytes()).unwrap_or_else(|error| panic!("{error}"))
}

/// The sample's date is 337,000 years out.
fn completed() -> AccountMigrationEvent {
    let rest = r#""effectiveEnrollmentDate": 123123123, "completedAt": 1525478400000"#;
    event("AccountMigrationCompletedEvent", rest)
}

/// The schema, with its branches changed.
fn writer(change: impl FnOnce(&mut Vec<Value>)) -> String {
    let mut schema: Value = serde_json::from_str(AccountMigrationEvent::SCHEMA.json).unwrap();
    change(schema["fields"][0]["type"].as_array_mut().unwrap());
    schema.to_string()
}

fn place(branches: &[Value], name: &str) -> usize {
    branches.iter().position(|branch| branch["name"].as_str().unwrap().ends_with(name)).unwrap()
}

#[test]
fn its_own_schema_is_read_as_it_is() {
    let resolution =
        Resolution::<AccountMigrationEvent>::new(AccountMigrationEvent::SCHEMA.json).unwrap();
    assert!(resolution.is_identity());
    assert_eq!(resolution.decode(&completed().to_avro()), Ok(completed()));
    // With documentation, as it was published.
    let published = include_str!("../../../../schemas/boost/account_migration_event.avsc");
    assert!(Resolution::<AccountMigrationEvent>::new(published).is_ok());
}

#[test]
fn trap_12_reordered_branches_are_not_confused() {
    let mut index = 0;
    let schema = writer(|branches| {
        // The metadata are defined in the first branch, which stays where it is.
        branches[1..].reverse();
        branches.insert(
            1,
            json!({"type": "record", "name": format!("{PACKAGE}.Paused"), "fields": []}),
        );
        index = place(branches, "AccountMigrationCompletedEvent");
    });
    let resolution = Resolution::<AccountMigrationEvent>::new(schema.as_str()).unwrap();
    let mut datum = completed().to_avro();
    datum[0] = 2 * index as u8;
    assert_eq!(resolution.decode(&datum), Ok(completed()));
    let error = resolution.decode(&[2]).unwrap_err();
    assert_eq!(
        error.to_string(),
        "not resolvable to the schema of the reader: at byte 1: \
         /event/uk.co.boostpower.support.kafka.messages.Paused: \
         no branch of the reader's union for uk.co.boostpower.support.kafka.messages.Paused",
    );
}

#[test]
fn trap_17_older_event_is_recognised_by_id() {
    let older = writer(|branches| {
        let place = place(branches, "AccountMigrationScheduledEvent");
        let fields = branches[place]["fields"].as_array_mut().unwrap();
        fields.retain(|field| field["name"] != "enrollmentId" && field["name"] != "scheduledAt");
        fields.push(json!({"name": "msn", "type": "string"}));
    });
    let index = {
        let schema: Value = serde_json::from_str(&older).unwrap();
        place(schema["fields"][0]["type"].as_array().unwrap(), "AccountMigrationScheduledEvent")
    };
    let store = MemoryStore::new();
    store.insert(3, older);
    store.insert(4, AccountMigrationEvent::SCHEMA.json);
    let resolver = Resolver::new(store);

    // What did not change is read from either topic.
    for id in [3, 4] {
        let message = confluent::encode(id, &completed());
        assert_eq!(resolver.decode_confluent(&message), Ok(completed()), "{id}");
        assert_eq!(resolver.decode_framed(&message), Ok(completed()), "{id}");
    }
    let metadata = bytes(&[&text("e-1"), &text("t-1"), &0_i64]);
    let datum = [vec![2 * index as u8], metadata, vec![0; 40]].concat();
    let message = [confluent::encode(3, &()), datum].concat();
    let error = resolver.decode_confluent::<AccountMigrationEvent>(&message).unwrap_err();
    let ResolverError::Resolve { error: ResolveError::Unresolvable(error), .. } = error else {
        panic!("{error}");
    };
    assert_eq!(error.kind(), &UnresolvableKind::MissingField);
    assert!(error.pointer().ends_with("AccountMigrationScheduledEvent/enrollmentId"), "{error}");
}

#[test]
fn trap_13_far_dates_survive_container_files() {
    let mut writer = Writer::builder(Vec::new()).codec(Codec::Deflate).build().unwrap();
    for _ in 0..100 {
        writer.append(&completed()).unwrap();
    }
    let file = writer.into_inner().unwrap();
    let reader = Reader::<_, AccountMigrationEvent>::new(&file[..]).unwrap();
    let events: Vec<_> = reader.map(Result::unwrap).collect();
    assert_eq!(events, vec![completed(); 100]);
}
