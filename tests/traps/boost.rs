//! Details of the Boost contract that readers get wrong: Avro in its JSON encoding.

use crate::common::contracts::{file, sample};
use crate::common::{accepted, assert_lossless, assert_rejected, json, places};
use migration_events::Event as _;
use migration_events::boost::{AccountMigrationEvent, Dump, MigrationStep};
use migration_events::json::RawJson;
use migration_events::validate::ViolationKind;
use serde_json::Value;

const NAMESPACE: &str = "uk.co.boostpower.support.kafka.messages";
const METADATA: &str = r#"{"eventId":"e-1","traceToken":"t-1","createdAt":1525478400000}"#;

/// The branches as the contract has them: full name and fields.
fn branches() -> Vec<(String, Vec<Value>)> {
    let schema: Value = serde_json::from_str(&file("boost/account_migration_event.avsc")).unwrap();
    let branches = schema["fields"][0]["type"].as_array().unwrap();
    let branch = |branch: &Value| {
        let name = format!("{NAMESPACE}.{}", branch["name"].as_str().unwrap());
        (name, branch["fields"].as_array().unwrap().clone())
    };
    branches.iter().map(branch).collect()
}

/// A record with a value of each field.
fn record(fields: &[Value], enrollment: &str) -> String {
    let members: Vec<_> = fields
        .iter()
        .map(|field| {
            let value = match field["name"].as_str().unwrap() {
                "metadata" => METADATA.to_owned(),
                "enrollmentId" => json::quoted(enrollment),
                _ if field["type"] == "string" => r#""2222222""#.to_owned(),
                _ if field["type"]["type"] == "int" => "17656".to_owned(),
                _ => "1525478400000".to_owned(),
            };
            format!("{}:{value}", field["name"])
        })
        .collect();
    format!("{{{}}}", members.join(","))
}

fn message(branch: &str, record: &str) -> String {
    format!(r#"{{"event":{{"{branch}":{record}}}}}"#)
}

/// A message of the branch whose name holds `step`.
fn step(step: &str, enrollment: &str) -> AccountMigrationEvent {
    let branches = branches();
    let (name, fields) = branches.iter().find(|(name, _)| name.contains(step)).unwrap();
    assert_lossless(&message(name, &record(fields, enrollment)))
}

#[test]
fn branches_of_equal_shape_stay_distinct() {
    let branches = branches();
    assert_eq!(branches.len(), 7);
    for (name, fields) in &branches {
        let own = record(fields, "123");
        let event: AccountMigrationEvent = assert_lossless(&message(name, &own));
        // The metadata record is defined in the first branch and only named in the others.
        assert_eq!(event.event.metadata().event_id, "e-1");
        assert_eq!(event.event.metadata().created_at.get(), 1_525_478_400_000);
        event.check().unwrap();
        for (other, other_fields) in &branches {
            let confused = message(other, &own);
            if other == name {
                continue;
            }
            assert_ne!(fields, other_fields);
            let rejection = AccountMigrationEvent::from_json(confused.as_bytes()).unwrap_err();
            for (pointer, kind) in places(&rejection) {
                assert_eq!(pointer, format!("/event/{other}"));
                assert!(matches!(kind, "required" | "additionalProperties"), "{kind}");
            }
        }
    }
    // Text after a message is an error.
    let whole = sample("account_migration_event").to_text();
    for more in ["{}", "0", ",", "}", "\0"] {
        assert_rejected::<AccountMigrationEvent>(&format!("{whole}{more}"), vec![("", "syntax")]);
    }
}

#[test]
fn far_dates_and_event_ids_survive() {
    let event: AccountMigrationEvent =
        assert_lossless(&sample("account_migration_event").to_text());
    let MigrationStep::Completed(completed) = &event.event else { panic!("{event:?}") };
    // In the year 339,069.
    assert_eq!(completed.effective_enrollment_date.get(), 123_123_123);
    assert_eq!(completed.effective_enrollment_date.to_chrono(), None);
    assert_eq!(completed.metadata.event_id, "14f49508-1328-4083-8613-queued");
    assert_eq!(completed.completed_at.to_string(), "2018-05-05T00:00:00Z");

    let pointer =
        format!("/event/{NAMESPACE}.AccountMigrationCompletedEvent/effectiveEnrollmentDate");
    let sample = sample("account_migration_event");
    for days in ["-2147483648", "2147483647", "0", "-1"] {
        let event: AccountMigrationEvent = assert_lossless(&sample.with(&pointer, days));
        let MigrationStep::Completed(completed) = event.event else { panic!() };
        assert_eq!(completed.effective_enrollment_date.get().to_string(), days);
    }
    for days in ["2147483648", "-2147483649", "1e99"] {
        let message = sample.with(&pointer, days);
        assert_rejected::<AccountMigrationEvent>(&message, vec![(&pointer, "range")]);
    }
}

#[test]
fn dumps_wrap_messages_by_branch_name() {
    let text = file("boost/samples/kafka_dump.json");
    let dump = Dump::from_json(text.as_bytes()).unwrap();
    let [partition] = dump.partitions.as_slice() else { panic!("one partition") };
    assert_eq!((partition.topic.as_str(), partition.partition), ("migration-all-1", 0));
    assert_eq!(partition.key.as_str(), "null");
    let schema = json::parse(partition.schema.as_str());
    let named = |name: &str| Some(json::Json::String(name.into())).as_ref() == schema.at("/name");
    assert!(named("AccountMigrationEvent"));
    let events: Vec<_> = dump.messages().map(|message| message.event.unwrap()).collect();
    let [AccountMigrationEvent { event: MigrationStep::Completed(event) }] = events.as_slice()
    else {
        panic!("{events:?}")
    };
    assert_eq!((event.account_id.as_str(), event.enrollment_id.as_str()), ("2222222", "123"));

    // Partitions are read until the first gap; members after it are kept.
    let partition = |number: usize, messages: &str| {
        format!(
            r#""{number}":{{"schema":{{}},"topic":"t","partition":{number},"key":null,"messages":[{messages}]}}"#
        )
    };
    let message = sample("account_migration_event").to_text();
    let gap = format!(
        "{{{},{},{}}}",
        partition(3, &message),
        partition(0, &message),
        // A broken message affects no other.
        partition(1, &format!("{{}},{message}")),
    );
    let dump = Dump::from_json(gap.as_bytes()).unwrap();
    assert_eq!(dump.partitions.len(), 2);
    assert_eq!(dump.extra.keys().collect::<Vec<_>>(), ["3"]);
    assert_eq!(json::parse(&dump.to_json()), json::parse(&gap));
    let read: Vec<_> = dump
        .messages()
        .map(|message| (message.partition, message.index, message.event.is_ok()))
        .collect();
    assert_eq!(read, [(0, 0, true), (1, 0, false), (1, 1, true)]);
    let starts_late = format!("{{{}}}", partition(1, &message));
    for no_dump in ["", "[]", "{}", r#"{"0":{}}"#, r#"{"0":[]}"#, &starts_late, &gap[1..]] {
        assert!(Dump::from_json(no_dump.as_bytes()).is_err(), "{no_dump}");
    }

    // The value of a union is an object with one member, named by a full name; nothing else is.
    let record = record(&branches()[1].1, "123");
    let unions = [
        record.clone(),
        "{}".to_owned(),
        "null".to_owned(),
        format!(r#"[{record}]"#),
        json::quoted("AccountMigrationCompletedEvent"),
    ];
    for union in unions {
        let text = format!(r#"{{"event":{union}}}"#);
        assert_rejected::<AccountMigrationEvent>(&text, vec![("/event", "union")]);
    }
    let short = format!(r#"{{"event":{{"AccountMigrationCompletedEvent":{record}}}}}"#);
    assert_rejected::<AccountMigrationEvent>(&short, vec![("/event", "union")]);
    let all = branches();
    let [(first, fields), (second, others), ..] = all.as_slice() else { panic!("seven") };
    let two = format!(
        r#"{{"event":{{"{first}":{},"{second}":{}}}}}"#,
        self::record(fields, "1"),
        self::record(others, "1"),
    );
    assert_rejected::<AccountMigrationEvent>(&two, vec![("/event", "union")]);
}

#[test]
fn branches_keep_order_and_framed_datums_are_binary() {
    // On the wire a branch is its index: every list of branches is in the contract's order.
    let rejection = AccountMigrationEvent::from_json(br#"{"event":{}}"#).unwrap_err();
    let [violation] = rejection.violations() else { panic!("{rejection}") };
    let ViolationKind::Union { branches: listed } = violation.kind() else { panic!("{rejection}") };
    let names: Vec<_> = branches().into_iter().map(|(name, _)| name).collect();
    assert_eq!(listed.to_vec(), names);

    // Magic byte, schema id, branch 4: it says so, rather than guess.
    let framed = b"\0\0\0\0\x07\x08\x06e-1\x06t-1\x80\xf0\xe2\xa7\xe7\x58";
    let rejection = AccountMigrationEvent::from_json(framed).unwrap_err();
    assert_eq!(places(&rejection), [(String::new(), "syntax")]);
}

#[test]
fn steps_have_flow_and_account() {
    let happy = ["Scheduled", "BalanceRetrieved", "Validated", "Completed"];
    let rollback = ["RollBackInitiated", "RolledBack"];
    let cancelled = ["Cancelled"];
    let steps: Vec<_> = happy.iter().chain(&rollback).chain(&cancelled).collect();
    assert_eq!(steps.len(), branches().len());
    let mut seen = Vec::new();
    for name in steps {
        let event = step(name, "flow-1");
        assert_eq!(event.event.enrollment_id(), "flow-1");
        assert_eq!(event.event.account_id(), "2222222");
        // The same event twice is the same event.
        assert_eq!(step(name, "flow-1"), event);
        assert!(!seen.contains(&event), "{name}");
        seen.push(event);
    }
    assert!(matches!(seen[0].event, MigrationStep::Scheduled(_)));
    assert!(matches!(seen[1].event, MigrationStep::BalanceRetrieved(_)));
    assert!(matches!(seen[2].event, MigrationStep::Validated(_)));
    assert!(matches!(seen[3].event, MigrationStep::Completed(_)));
    assert!(matches!(seen[4].event, MigrationStep::RollBackInitiated(_)));
    assert!(matches!(seen[5].event, MigrationStep::RolledBack(_)));
    assert!(matches!(seen[6].event, MigrationStep::Cancelled(_)));
    // A new scheduled event begins a new flow of the same account.
    let again = step("Scheduled", "flow-2");
    assert_ne!(again, seen[0]);
    assert_eq!(again.event.account_id(), seen[0].event.account_id());
}

#[test]
fn older_records_are_other_records() {
    let name = format!("{NAMESPACE}.AccountMigrationScheduledEvent");
    let place = format!("/event/{name}");
    let older = format!(
        r#"{{"metadata":{METADATA},"accountId":"2222222","mpan":"m","msn":"s","supplyStartDate":1,"effectiveEnrollmentDate":2}}"#
    );
    let older = message(&name, &older);
    let rejection = AccountMigrationEvent::from_json(older.as_bytes()).unwrap_err();
    let (mut missing, mut unknown) = (Vec::new(), Vec::new());
    for violation in rejection.violations() {
        assert_eq!(violation.instance_pointer(), place);
        match violation.kind() {
            ViolationKind::Required { property } => missing.push(*property),
            ViolationKind::AdditionalProperties { unexpected } => unknown.push(&**unexpected),
            _ => panic!("{rejection}"),
        }
    }
    assert_eq!((missing, unknown), (vec!["enrollmentId", "scheduledAt"], vec!["msn"]));

    // In a dump the writer's schema stands beside it, and the message stays as it came.
    let dump = format!(
        r#"{{"0":{{"schema":{{}},"topic":"t","partition":0,"key":null,"messages":[{older}]}}}}"#
    );
    let dump = Dump::from_json(dump.as_bytes()).unwrap();
    assert!(dump.messages().all(|message| message.event == Err(rejection.clone())));
    let kept: Vec<_> = dump.partitions[0].messages.iter().map(RawJson::as_str).collect();
    assert_eq!(kept, [older.as_str()]);
    let current: AccountMigrationEvent = accepted(&message(&name, &record(&branches()[4].1, "1")));
    assert!(matches!(current.event, MigrationStep::Scheduled(_)));
}
