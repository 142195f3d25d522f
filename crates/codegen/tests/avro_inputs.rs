//! The forms in which Avro schemas come: several files, protocols, comments, answers of a registry.

use migration_events_codegen::{Config, Options, Reference, Source, generate, generate_with};

fn source(file: &str, text: &str) -> Source {
    Source { file: file.into(), text: text.into(), patch: None }
}

fn rust(sources: &[Source]) -> String {
    generate(sources, &Options::new("acme")).unwrap_or_else(|error| panic!("{error}"))
}

fn error(sources: &[Source]) -> String {
    match generate(sources, &Options::new("acme")) {
        Ok(_) => panic!("no error"),
        Err(error) => error.to_string(),
    }
}

const TRIP: &str = r#"{"type": "record", "name": "bus.Trip", "fields": [
    {"name": "from", "type": "stops.Stop"}, {"name": "to", "type": "stops.Stop"}]}"#;
const STOP: &str = r#"{"type": "record", "name": "stops.Stop", "fields": [
    {"name": "code", "type": "string"}]}"#;

#[test]
fn types_of_other_files_are_one_type() {
    let (trip, stop) = (source("trip.avsc", TRIP), source("stop.avsc", STOP));
    let rust = rust(&[trip.clone(), stop.clone()]);
    assert_eq!(rust.matches("pub struct Stop ").count(), 1, "{rust}");
    assert!(rust.contains("pub from: Stop,") && rust.contains("pub to: Stop,"), "{rust}");
    // The schema that a reader needs has both.
    assert!(rust.contains(r#"{"type":"record","name":"Stop","fields":"#), "{rust}");
    let other = self::rust(&[stop, trip]);
    let types = |rust: &str| {
        let lines = rust.lines().filter(|line| line.starts_with("pub "));
        let mut lines: Vec<String> = lines.map(str::to_owned).collect();
        lines.sort();
        lines
    };
    assert_eq!(types(&rust), types(&other));
}

#[test]
fn references_define_types_without_an_event() {
    let stop = Reference { uri: "stops.Stop".into(), text: STOP.into() };
    let rust = generate_with(&[source("trip.avsc", TRIP)], &[stop], &Options::new("acme")).unwrap();
    assert!(rust.contains("pub struct Stop "), "{rust}");
    assert!(!rust.contains(r#"Stop => "stops.Stop""#), "{rust}");
}

#[test]
fn references_have_all_forms_of_inputs() {
    let schema = serde_json::Value::from(STOP);
    let protocol = r#"{"protocol": "P", "namespace": "stops", "types": [{"type": "record", "name": "Stop",
        "fields": [{"name": "code", "type": "string"}]}]}"#;
    for (uri, text) in [
        ("stop.json", format!(r#"{{"schema": {schema}}}"#)),
        ("stop.avpr", protocol.to_owned()),
        ("stop.avsc", format!("// A stop.\n{STOP}")),
    ] {
        let stop = Reference { uri: uri.into(), text };
        let options = Options::new("acme").avro_comments(true);
        let rust = generate_with(&[source("trip.avsc", TRIP)], &[stop], &options);
        assert!(rust.unwrap_or_else(|error| panic!("{error}")).contains("pub struct Stop "));
    }
}

#[test]
fn different_definitions_are_an_error() {
    let other = STOP.replace("\"string\"", "\"int\"");
    let error = error(&[source("a.avsc", STOP), source("b.avsc", &other)]);
    assert!(error.contains("`stops.Stop` is defined differently at a.avsc#"), "{error}");
    assert!(error.contains(" --> b.avsc:1:1"), "{error}");
}

#[test]
fn messages_of_a_document_share_their_types() {
    let message = |schema: &str| {
        format!(
            r#"{{"payload": {{"schemaFormat": "application/vnd.apache.avro;version=1.9.0", "schema": {schema}}}}}"#
        )
    };
    let whole = r#"{"type": "record", "name": "A", "namespace": "n", "fields": [{"name": "at", "type":
        {"type": "record", "name": "Place", "fields": [{"name": "s", "type": "string"}]}}]}"#;
    let named = r#"{"type": "record", "name": "B", "namespace": "n", "fields": [{"name": "at", "type": "n.Place"}]}"#;
    let (b, a) = (message(named), message(whole));
    let document = format!(
        r#"{{"asyncapi": "3.0.0", "info": {{"title": "t", "version": "1"}},
            "channels": {{"c": {{"address": "c", "messages": {{"b": {b}, "a": {a}}}}}}}}}"#
    );
    let rust = rust(&[source("api.json", &document)]);
    assert_eq!(rust.matches("pub struct Place ").count(), 1, "{rust}");
    assert!(rust.contains("pub struct A ") && rust.contains("pub struct B "), "{rust}");
}

#[test]
fn enums_beside_events_are_shared() {
    let state = r#"{"type": "enum", "name": "State", "symbols": ["NEW", "DONE"]}"#;
    let order =
        r#"{"type": "record", "name": "Order", "fields": [{"name": "state", "type": "State"}]}"#;
    let digest = r#"{"type": "fixed", "name": "Digest", "size": 16}"#;
    let sources =
        [source("state.avsc", state), source("order.avsc", order), source("digest.avsc", digest)];
    let rust = rust(&sources);
    assert_eq!(rust.matches("pub enum State ").count(), 1, "{rust}");
    assert!(!rust.contains("State => \"State\"") && !rust.contains("Digest"), "{rust}");
    // Alone it is an event.
    let alone = self::rust(&sources[..1]);
    assert!(alone.contains("State => \"State\""), "{alone}");
    assert!(alone.contains("on_bytes! { State }"), "{alone}");
    let alone = self::rust(&sources[2..]);
    assert!(alone.contains("pub struct Digest(") && alone.contains("newtype_datum!"), "{alone}");
}

#[test]
fn keys_are_types_around_their_value() {
    let rust = rust(&[source("meter_key.avsc", "\"string\"")]);
    assert!(rust.contains("pub struct MeterKey(") && rust.contains("pub String"), "{rust}");
    assert!(rust.contains(r#"MeterKey => "meter_key", file "meter_key.avsc""#), "{rust}");
    assert!(rust.contains("newtype_datum! { MeterKey, String; }"), "{rust}");
}

#[test]
fn protocols_bring_their_types() {
    let protocol = r#"{"protocol": "Fleet", "namespace": "bus", "types": [
        {"type": "enum", "name": "Fuel", "symbols": ["DIESEL", "POWER"]},
        {"type": "record", "name": "Bus", "fields": [{"name": "fuel", "type": "Fuel"}]},
        {"type": "error", "name": "faults.Broken", "fields": [{"name": "bus", "type": "bus.Bus"}]}],
        "messages": {"ping": {"request": [], "response": "null"}}}"#;
    let rust = rust(&[source("fleet.avpr", protocol)]);
    for part in ["pub struct Bus ", "pub enum Fuel ", "pub struct Broken ", "\"bus.Bus\""] {
        assert!(rust.contains(part), "{part}: {rust}");
    }
    let broken = protocol.replace("\"Fuel\"}]}", "\"Oil\"}]}");
    let error = error(&[source("fleet.avpr", &broken)]);
    assert!(
        error.contains("`bus.Oil` is not defined") && error.contains("fleet.avpr:3:"),
        "{error}"
    );
    let error = self::error(&[source("fleet.avpr", r#"{"protocol": "Fleet", "messages": {}}"#)]);
    assert!(error.contains("the protocol defines no types"), "{error}");
}

#[test]
fn idl_is_refused_with_the_way_out() {
    let error = error(&[source("fleet.avdl", "protocol Fleet { record Bus { int seats; } }")]);
    assert!(error.contains("Avro IDL is not read"), "{error}");
    assert!(error.contains("avro-tools idl fleet.avdl fleet.avpr"), "{error}");
}

#[test]
fn folders_pass_over_converted_idl_only() {
    let folder = std::env::temp_dir().join(format!("codegen-avdl-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("fleet.avdl"), "protocol Fleet {}").unwrap();
    let config = Config::new("acme").folder(&folder);
    assert!(config.generate().unwrap_err().to_string().contains("Avro IDL is not read"));
    let protocol =
        r#"{"protocol": "Fleet", "types": [{"type": "record", "name": "Bus", "fields": []}]}"#;
    std::fs::write(folder.join("fleet.avpr"), protocol).unwrap();
    assert!(config.generate().unwrap().contains("pub struct Bus "));
    std::fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn comments_are_named_and_can_be_allowed() {
    let text = "/* A bus. */\n{\"type\": \"record\", // by name\n \"name\": \"Bus\", \"fields\": [{\"name\": \"n\"}]}";
    let commented = source("bus.avsc", text);
    let error = error(std::slice::from_ref(&commented));
    assert!(error.contains("comments are not JSON") && error.contains("bus.avsc:1:1"), "{error}");
    assert!(error.contains("Options::avro_comments"), "{error}");
    let options = Options::new("acme").avro_comments(true);
    let error = generate(&[commented], &options).unwrap_err().to_string();
    assert!(error.contains("the field has no `type`") && error.contains("bus.avsc:3:"), "{error}");
}

#[test]
fn answers_of_a_registry_are_schemas() {
    let answer = |schema: &str, kind: &str| {
        let schema = serde_json::Value::from(schema);
        format!(r#"{{"subject": "stops-value", "version": 3, "id": 7{kind}, "schema": {schema}}}"#)
    };
    for kind in ["", r#", "schemaType": "AVRO""#] {
        let rust = rust(&[source("stop.json", &answer(STOP, kind)), source("trip.avsc", TRIP)]);
        assert!(rust.contains("pub struct Stop "), "{rust}");
    }
    let key = rust(&[source("stop_key.json", &answer("\"long\"", ""))]);
    assert!(key.contains("pub struct StopKey("), "{key}");
    let json = answer(
        r#"{"type": "object", "properties": {"a": {"type": "string"}}}"#,
        r#", "schemaType": "JSON""#,
    );
    assert!(rust(&[source("stop.json", &json)]).contains("pub struct Stop "));
    let other =
        error(&[source("stop.json", &answer("message M {}", r#", "schemaType": "PROTOBUF""#))]);
    assert!(other.contains("unsupported schema type \"PROTOBUF\""), "{other}");
    let broken = error(&[source("stop.json", &answer(r#"{"type": "record", "name": "A"}"#, ""))]);
    assert!(
        broken.contains("`fields` is missing") && broken.contains("stop.json#/schema:1:1"),
        "{broken}"
    );
}
