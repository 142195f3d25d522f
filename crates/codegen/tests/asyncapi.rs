//! What the messages and channels of AsyncAPI documents become, in either version.

use migration_events_codegen::{Error, Options, Source, generate};

const V2: &str = r##"{
    "asyncapi": "2.6.0",
    "info": {"title": "Meters", "version": "4.2.0"},
    "channels": {
        "meter/{region}/moved": {
            "parameters": {"region": {"$ref": "#/components/parameters/region"}},
            "subscribe": {"message": {"$ref": "#/components/messages/meterMoved"}},
            "publish": {"operationId": "answerMove", "message": {"oneOf": [
                {"$ref": "#/components/messages/moveFailed"},
                {"messageId": "moveDone", "payload": {"type": "object", "properties": {"at": {"type": "string"}}}},
                {"name": "MoveDelayed", "payload": {"type": "object", "properties": {"until": {"type": "string"}}}},
                {"payload": {"type": "object", "properties": {"what": {"type": "string"}}}}
            ]}}
        },
        "tariff-changed": {
            "publish": {"message": {"payload": {"type": "object", "properties": {"tariff": {"type": "string"}}}}}
        }
    },
    "components": {
        "parameters": {"region": {"description": "Where.", "schema": {"$ref": "#/components/schemas/region"}}},
        "schemas": {
            "region": {"type": "string", "enum": ["NORTH", "SOUTH"]},
            "headers": {"type": "object", "required": ["trace"], "properties": {"trace": {"type": "string"}}}
        },
        "messageTraits": {
            "traced": {
                "headers": {"$ref": "#/components/schemas/headers"},
                "correlationId": {"location": "$message.header#/trace"}
            }
        },
        "messages": {
            "meterMoved": {
                "summary": "A meter is somewhere else",
                "traits": [{"$ref": "#/components/messageTraits/traced"}],
                "schemaFormat": "application/schema+json;version=draft-07",
                "payload": {"type": "object", "required": ["region"], "properties": {"region": {"$ref": "#/components/schemas/region"}}}
            },
            "moveFailed": {
                "schemaFormat": "application/vnd.apache.avro+json;version=1.9.0",
                "payload": {"type": "record", "name": "MoveFailed", "namespace": "acme", "fields": [{"name": "why", "type": "string"}]}
            }
        }
    }
}"##;

fn run(file: &str, text: &str) -> Result<String, Error> {
    let source = Source { file: file.into(), text: text.into(), patch: None };
    generate(&[source], &Options::new("acme"))
}

#[track_caller]
fn contains(rust: &str, parts: &[&str]) {
    for part in parts {
        assert!(rust.contains(part), "{part} in\n{rust}");
    }
}

#[test]
fn every_message_of_version_2_is_an_event() {
    let rust = run("meters.json", V2).unwrap();
    contains(
        &rust,
        &[
            "/// A meter is somewhere else",
            "pub struct MeterMoved ",
            "pub struct MoveFailed ",
            "pub struct MoveDone ",
            "pub struct MoveDelayed ",
            "pub struct AnswerMove4 ",
            "pub struct TariffChangedPublish ",
            // Values of a parameter and of a schema are one type.
            "pub enum Region ",
            "\"meterMoved\",",
            "Contract `meterMoved`, version 4.2.0",
            "\"$message.header#/trace\"",
            // The headers of a message have a type.
            "pub struct Headers ",
            "pub trace: ::std::string::String",
            // The address takes the values of its parameters.
            "region: Region",
        ],
    );
    assert_eq!(rust.matches("pub enum Region ").count(), 1);
    assert!(rust.contains("impl ::migration_events_runtime::avro::Datum for MoveFailed"));
}

#[test]
fn both_versions_of_one_document_give_the_same_types() {
    let v3 = r##"{
        "asyncapi": "3.0.0",
        "info": {"title": "Meters", "version": "4.2.0"},
        "channels": {"c": {"address": "moved", "messages": {
            "meterMoved": {"$ref": "#/components/messages/meterMoved"},
            "moveFailed": {"$ref": "#/components/messages/moveFailed"}
        }}},
        "components": {
            "messageTraits": {"traced": {"headers": HEADERS, "summary": "Not this one"}},
            "messages": {
                "meterMoved": {
                    "summary": "A meter is somewhere else", "traits": [{"$ref": "#/components/messageTraits/traced"}],
                    "payload": PAYLOAD
                },
                "moveFailed": {"payload": {"schemaFormat": "application/vnd.apache.avro;version=1.9.0", "schema": AVRO}}
            }
        }
    }"##;
    let v2 = r##"{
        "asyncapi": "2.6.0",
        "info": {"title": "Meters", "version": "4.2.0"},
        "channels": {"moved": {"publish": {"message": {"oneOf": [
            {"$ref": "#/components/messages/meterMoved"}, {"$ref": "#/components/messages/moveFailed"}
        ]}}}},
        "components": {
            "messageTraits": {"traced": {"headers": HEADERS, "summary": "A meter is somewhere else"}},
            "messages": {
                "meterMoved": {
                    "summary": "Not this one", "traits": [{"$ref": "#/components/messageTraits/traced"}],
                    "payload": PAYLOAD
                },
                "moveFailed": {"schemaFormat": "application/vnd.apache.avro;version=1.9.0", "payload": AVRO}
            }
        }
    }"##;
    let fill = |text: &str| {
        text.replace("HEADERS", r#"{"type": "object", "properties": {"trace": {"type": "string"}}}"#)
            .replace("PAYLOAD", r#"{"type": "object", "properties": {"id": {"type": "string", "maxLength": 9}}}"#)
            .replace("AVRO", r#"{"type": "record", "name": "MoveFailed", "fields": [{"name": "why", "type": "string"}]}"#)
    };
    // The places of the Avro schema differ.
    let types = |text: &str| {
        let rust = run("meters.json", &fill(text)).unwrap();
        let is_place = |line: &&str| line.contains("/payload") || line.contains("pub mod channels");
        let lines: Vec<&str> = rust.lines().filter(|line| !is_place(line)).collect();
        let end = lines.iter().position(|line| line.contains("mod schema")).unwrap_or(lines.len());
        lines[..end].join("\n")
    };
    let (two, three) = (types(v2), types(v3));
    contains(&two, &["/// A meter is somewhere else", "pub struct MeterMovedHeaders "]);
    for line in three
        .lines()
        .filter(|line| line.trim_start().starts_with("pub ") && !line.contains("_address"))
    {
        assert!(two.contains(line), "{line} in\n{two}");
    }
    assert!(!two.contains("Not this one") && !three.contains("Not this one"));
}

#[cfg(feature = "yaml")]
#[test]
fn a_document_in_yaml_is_the_same_document() {
    let yaml = r##"
asyncapi: 2.6.0
info: {title: Meters, version: 4.2.0}
channels:
  moved:
    publish:
      message:
        name: meterMoved
        payload:
          type: object
          properties:
            id: {type: string, maxLength: 9}
            # No exponent and no octal number.
            limit: {type: number, maximum: 10.50}
"##;
    let json = r##"{
        "asyncapi": "2.6.0", "info": {"title": "Meters", "version": "4.2.0"},
        "channels": {"moved": {"publish": {"message": {"name": "meterMoved", "payload": {"type": "object", "properties": {
            "id": {"type": "string", "maxLength": 9}, "limit": {"type": "number", "maximum": 10.50}
        }}}}}}
    }"##;
    let rust = run("a.yaml", yaml).unwrap();
    assert_eq!(rust.replace("a.yaml", "a.json"), run("a.json", json).unwrap());
    contains(&rust, &["\"10.50\""]);
    let error = run("a.yaml", &yaml.replace("maxLength: 9", "maxLength: -9")).unwrap_err();
    assert_eq!(
        error.to_string(),
        "error: -9 instead of an integer of zero or more
  --> a.yaml:12:43
   |
12 |             id: {type: string, maxLength: -9}
   |                                           ^^
   |
   = at: /channels/moved/publish/message/payload/properties/id/maxLength
   = help: write an integer of zero or more"
    );
}
