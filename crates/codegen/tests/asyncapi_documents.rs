//! AsyncAPI documents that are split over files, and schemas that declare their language.

use migration_events_codegen::{Options, Reference, Source, generate_with};

fn run(document: &str, references: &[(&str, &str)]) -> Result<String, String> {
    let source = Source { file: "api.json".into(), text: document.into(), patch: None };
    let references: Vec<Reference> = references
        .iter()
        .map(|(uri, text)| Reference { uri: (*uri).into(), text: (*text).into() })
        .collect();
    generate_with(&[source], &references, &Options::new("acme")).map_err(|error| error.to_string())
}

#[track_caller]
fn rust(document: &str, references: &[(&str, &str)]) -> String {
    run(document, references).unwrap_or_else(|error| panic!("{error}"))
}

#[track_caller]
fn error(document: &str, references: &[(&str, &str)]) -> String {
    run(document, references).expect_err("no error")
}

#[track_caller]
fn contains(text: &str, parts: &[&str]) {
    for part in parts {
        assert!(text.contains(part), "{part} in\n{text}");
    }
}

/// Returns a document of version 3 with these channels and components.
fn v3(channels: &str, components: &str) -> String {
    format!(
        r#"{{"asyncapi": "3.0.0", "info": {{"title": "t", "version": "1.0.0"}},
            "channels": {{{channels}}}, "components": {{{components}}}}}"#
    )
}

/// Returns a document with one message.
fn message(message: &str, components: &str) -> String {
    v3(
        &format!(r#""moves": {{"address": "moves", "messages": {{"moved": {message}}}}}"#),
        components,
    )
}

const PAYLOAD: &str =
    r#"{"type": "object", "required": ["meter"], "properties": {"meter": {"type": "integer"}}}"#;
const AVRO: &str = r#"{"type": "record", "name": "Moved", "namespace": "acme", "fields": [{"name": "meter", "type": "string"}]}"#;

#[test]
fn schemas_are_read_in_their_language_everywhere() {
    let json = |schema: &str| {
        format!(
            r#"{{"schemaFormat": "application/schema+json;version=draft-07", "schema": {schema}}}"#
        )
    };
    let trace = r#"{"type": "object", "required": ["trace"], "properties": {"trace": {"type": "integer"}}}"#;
    let components =
        format!(r#""schemas": {{"Body": {}, "Head": {}}}"#, json(PAYLOAD), json(trace));
    for (case, parts) in [
        (
            r##"{"headers": {"$ref": "#/components/schemas/Head"}, "payload": {"$ref": "#/components/schemas/Body"}}"##.to_owned(),
            &["pub struct Moved ", "pub meter: i64,", "pub struct Head ", "pub trace: i64,"][..],
        ),
        (
            format!(r#"{{"headers": {}, "payload": {{"type": "object"}}}}"#, json(trace)),
            &["pub struct MovedHeaders ", "pub trace: i64,"],
        ),
        (
            r##"{"payload": {"type": "object", "properties": {"body": {"$ref": "#/components/schemas/Body"}}}}"##.to_owned(),
            &["pub body: Option<Body>,", "pub meter: i64,"],
        ),
        (
            format!(r#"{{"payload": {}}}"#, json(r##"{"$ref": "#/components/schemas/Body"}"##)),
            &["pub struct Moved ", "pub meter: i64,"],
        ),
    ] {
        contains(&rust(&message(&case, &components), &[]), parts);
    }
}

#[test]
fn avro_components_keep_their_codec() {
    let components = format!(
        r#""schemas": {{"Move": {{"schemaFormat": "application/vnd.apache.avro;version=1.9.0", "schema": {AVRO}}}}}"#
    );
    let payload = r##"{"payload": {"$ref": "#/components/schemas/Move"}}"##;
    contains(&rust(&message(payload, &components), &[]), &["avro_record! {\n    \"acme.Moved\";"]);

    let property = r##"{"payload": {"type": "object", "properties": {"move": {"$ref": "#/components/schemas/Move"}}}}"##;
    contains(
        &error(&message(property, &components), &[]),
        &[
            "a JSON schema cannot refer to an Avro schema",
            "= at: /components/schemas/Move/schemaFormat",
        ],
    );
    let headers = format!(
        r#"{{"headers": {{"schemaFormat": "application/vnd.apache.avro", "schema": {AVRO}}}}}"#
    );
    contains(
        &error(&message(&headers, ""), &[]),
        &["headers cannot be described by an Avro schema"],
    );
}

#[test]
fn schema_formats_in_other_places_are_refused() {
    let format = r#""schemaFormat": "application/schema+json;version=draft-07""#;
    let nested = format!(
        r#"{{"payload": {{"properties": {{"body": {{{format}, "schema": {PAYLOAD}}}}}}}}}"#
    );
    contains(
        &error(&message(&nested, ""), &[]),
        &["a schema with a `schemaFormat` cannot be a part of another schema"],
    );
    let beside = format!(r#"{{{format}, "payload": {PAYLOAD}}}"#);
    contains(
        &error(&message(&beside, ""), &[]),
        &["in AsyncAPI 3, a message has no `schemaFormat`"],
    );
    let unknown = r#"{"headers": {"schemaFormat": "application/vnd.oai.openapi;version=3.0.0", "schema": {}}}"#;
    contains(&error(&message(unknown, ""), &[]), &["unsupported payload format"]);
}

#[test]
fn schema_format_selects_the_dialect() {
    let payload = r#"{"payload": {
        "schemaFormat": "application/schema+json;version=2020-12",
        "schema": {"type": "array", "prefixItems": [{"type": "string"}], "items": false, "minItems": 1}
    }}"#;
    contains(&rust(&message(payload, ""), &[]), &["(String,)"]);
    let old = message(&payload.replace("2020-12", "draft-07"), "");
    contains(&error(&old, &[]), &["draft-07 has no keyword `prefixItems`"]);
}

#[test]
fn messages_channels_and_schemas_stand_in_other_documents() {
    let common = format!(
        r##"{{"m": {{"payload": {{"$ref": "#/s"}}, "headers": {{"$ref": "#/h"}}}}, "s": {PAYLOAD},
            "h": {{"type": "object", "properties": {{"trace": {{"type": "integer"}}}}}},
            "c": {{"address": "moves", "messages": {{"moved": {{"$ref": "#/m"}}}}}}}}"##
    );
    let by_message = message(r#"{"$ref": "./common.json#/m"}"#, "");
    let by_channel = v3(r#""moves": {"$ref": "common.json#/c"}"#, "");
    let v2 = r#"{"asyncapi": "2.6.0", "channels": {"moves": {"publish": {"message": {"oneOf": [
        {"$ref": "common.json#/m"}
    ]}}}}}"#;
    for name in ["common.json", "./common.json"] {
        for document in [&by_message, &by_channel] {
            let rust = rust(document, &[(name, &common)]);
            contains(
                &rust,
                &[
                    "pub struct Moved ",
                    "pub meter: i64,",
                    "pub trace: Option<i64>,",
                    "moves_address() => \"moves\"",
                ],
            );
        }
        contains(&rust(v2, &[(name, &common)]), &["pub struct M ", "pub meter: i64,"]);
        let alternatives = r#"{"asyncapi": "2.6.0", "channels": {"moves": {"publish": {"message": {"$ref": "common.json#/any"}}}}}"#;
        let any = common.replace(r#""m":"#, r##""any": {"oneOf": [{"$ref": "#/m"}]}, "m":"##);
        contains(&rust(alternatives, &[(name, &any)]), &["pub struct M ", "pub meter: i64,"]);
        let whole = v2.replace("common.json#/m", "messages/meter_moved-2.json");
        let file = format!(r#"{{"payload": {PAYLOAD}}}"#);
        contains(
            &rust(&whole, &[("messages/meter_moved-2.json", &file)]),
            &["pub struct MeterMoved "],
        );
    }
}

#[test]
fn problems_in_other_documents_are_located_there() {
    let document = message(r#"{"$ref": "common.json#/m"}"#, "");
    let common = "{\n  \"m\": {\n    \"payload\": {\"type\": \"strin\"}\n  }\n}";
    contains(
        &error(&document, &[("common.json", common)]),
        &["unknown type \"strin\"", "--> common.json:3:25"],
    );
    let common = "{\n  \"m\": {\"payload\": {\"schemaFormat\": \"text/plain\", \"schema\": {}}}\n}";
    contains(&error(&document, &[("common.json", common)]), &["--> common.json:2:37"]);
    let avro = r#"{"payload": {"schemaFormat": "application/vnd.apache.avro", "schema": {"$ref": "./moved.avsc"}}}"#;
    let broken =
        "{\"type\": \"record\", \"name\": \"Moved\",\n \"fields\": [{\"name\": \"meter\"}]}";
    contains(&error(&message(avro, ""), &[("moved.avsc", broken)]), &["--> moved.avsc:2:13"]);
}

#[test]
fn avro_files_are_payloads() {
    for reference in ["./moved.avsc", "moved.avsc"] {
        let payload = format!(
            r#"{{"payload": {{"schemaFormat": "application/vnd.apache.avro", "schema": {{"$ref": "{reference}"}}}}}}"#
        );
        let rust = rust(&message(&payload, ""), &[("moved.avsc", AVRO)]);
        contains(&rust, &["avro_record! {\n    \"acme.Moved\";", "pub meter: String,"]);
    }
    let undeclared = message(r#"{"payload": {"$ref": "./moved.avsc"}}"#, "");
    contains(
        &error(&undeclared, &[("moved.avsc", AVRO)]),
        &["an Avro payload without its `schemaFormat`", "--> api.json:"],
    );
}

#[test]
fn references_inside_avro_schemas_are_followed() {
    let document = |field: &str| {
        format!(
            r##"{{"asyncapi": "2.6.0", "channels": {{"moves": {{"publish": {{"message": {{
                "schemaFormat": "application/vnd.apache.avro;version=1.9.0",
                "payload": {{"type": "record", "name": "Moved", "namespace": "acme", "fields": [
                    {{"name": "from", "type": {{"$ref": "#/components/schemas/Place"}}}},
                    {{"name": "to", "type": ["null", {{"$ref": "#/components/schemas/Place"}}]}}
                ]}}
            }}}}}}}},
            "components": {{"schemas": {{"Place": {{"type": "record", "name": "Place", "fields": [
                {{"name": "street", "type": "{field}"}},
                {{"name": "within", "type": ["null", {{"$ref": "#/components/schemas/Place"}}]}}
            ]}}}}}}}}"##
        )
    };
    let rust = rust(&document("string"), &[]);
    contains(
        &rust,
        &["pub from: Place,", "pub to: Option<Place>,", "pub within: Option<Box<Place>>,"],
    );
    assert_eq!(rust.matches("pub struct Place ").count(), 1);
    contains(&error(&document("strin"), &[]), &["= at: /components/schemas/Place/fields/0/type"]);
}

#[test]
fn endless_avro_references_are_refused() {
    let payload = r##"{"payload": {"schemaFormat": "application/vnd.apache.avro", "schema": {
        "type": "record", "name": "R", "fields": [{"name": "f", "type": {"$ref": "#/components/schemas/L0"}}]
    }}}"##;
    let list =
        r##""schemas": {"L0": {"type": "array", "items": {"$ref": "#/components/schemas/L0"}}}"##;
    contains(&error(&message(payload, list), &[]), &["the reference leads back to itself"]);
    // Each level refers to the next one twice.
    let level = |index: usize| {
        let next = format!(r##"{{"$ref": "#/components/schemas/L{}"}}"##, index + 1);
        format!(
            r#""L{index}": [{{"type": "array", "items": {next}}}, {{"type": "map", "values": {next}}}]"#
        )
    };
    let levels: Vec<String> = (0..40).map(level).collect();
    let levels = format!(r#""schemas": {{{}, "L40": "int"}}"#, levels.join(","));
    contains(
        &error(&message(payload, &levels), &[]),
        &["too large or too deep with its references"],
    );
}

#[test]
fn traits_of_other_documents_keep_their_references() {
    let common = r##"{
        "messageTraits": {"traced": {"headers": {"$ref": "#/h"}, "correlationId": {"location": "$message.header#/trace"}}},
        "h": {"type": "object", "properties": {"trace": {"type": "integer"}}},
        "m": {"traits": [{"$ref": "#/messageTraits/traced"}], "payload": {"type": "object"}}
    }"##;
    for own in [
        r#"{"traits": [{"$ref": "./common.json#/messageTraits/traced"}], "payload": {"type": "object"}}"#,
        r#"{"$ref": "common.json#/m"}"#,
    ] {
        let rust = rust(&message(own, ""), &[("common.json", common)]);
        contains(&rust, &["pub trace: Option<i64>,", "\"$message.header#/trace\""]);
        let broken = common.replace("integer", "intege");
        contains(&error(&message(own, ""), &[("common.json", &broken)]), &["--> common.json:3:66"]);
    }
    // Headers of the message and of the trait are one schema, which is located in the message.
    let own = "{\"traits\": [{\"$ref\": \"common.json#/both\"}], \"payload\": {},\n\"headers\": {\"type\": \"object\"}}";
    let both = common.replace(
        r#""m":"#,
        r#""both": {"headers": {"properties": {"x": {"type": "strin"}}}}, "m":"#,
    );
    contains(
        &error(&message(own, ""), &[("common.json", &both)]),
        &["--> api.json:3:1\n", "= at: /channels/moves/messages/moved/headers/properties/x/type"],
    );
    // A problem in a copied part is located in its trait.
    let broken = common.replace("$message.header", "$header");
    let own = r#"{"$ref": "common.json#/m"}"#;
    contains(&error(&message(own, ""), &[("common.json", &broken)]), &["--> common.json:2:96"]);
}

#[test]
fn wrong_references_suggest_similar_names() {
    let components = r#""messages": {"moveFailed": {"payload": {}}}"#;
    contains(
        &error(&message(r##"{"$ref": "#/components/messages/moveFaild"}"##, components), &[]),
        &["unresolved reference", "did you mean `#/components/messages/moveFailed`?"],
    );
    contains(
        &error(&message(r##"{"$ref": "./comon.json#/m"}"##, ""), &[("common.json", "{}")]),
        &[
            "unknown document in the reference \"./comon.json#/m\"",
            "did you mean `common.json#/m`?",
        ],
    );
    contains(
        &error(&message(r##"{"$ref": "./elsewhere.json#/m"}"##, ""), &[]),
        &["under the name `elsewhere.json`"],
    );
}

#[test]
fn messages_without_payload_are_not_events() {
    let head = r#"{"type": "object", "properties": {"trace": {"type": "integer"}}}"#;
    let channels = format!(
        r#""moves": {{"address": "moves", "messages": {{
            "ping": {{"summary": "Nothing."}}, "probe": {{"headers": {head}}}, "moved": {{"payload": {PAYLOAD}}}
        }}}}"#
    );
    let rust = rust(&v3(&channels, ""), &[]);
    contains(&rust, &["pub struct Moved ", "pub struct ProbeHeaders "]);
    assert_eq!(rust.matches(", published schema::").count(), 1, "{rust}");
    assert!(!rust.contains("Ping"), "{rust}");
}

#[test]
fn channels_without_address_have_no_function() {
    for address in [r#""address": null, "#, ""] {
        let channels = format!(
            r#""replies": {{{address}"messages": {{"moved": {{"payload": {PAYLOAD}}}}}}},
               "moves": {{"address": "moves"}}"#
        );
        let rust = rust(&v3(&channels, ""), &[]);
        contains(&rust, &["pub struct Moved ", "moves_address"]);
        assert!(!rust.contains("replies_address"), "{rust}");
    }
}

#[test]
fn equal_message_names_take_their_channel() {
    let m = format!(r#"{{"moved": {{"payload": {PAYLOAD}}}}}"#);
    let channels = format!(
        r#""meters": {{"address": "a", "messages": {m}}}, "gas-tariffs": {{"address": "b", "messages": {m}}}"#
    );
    let rust_v3 = rust(&v3(&channels, &format!(r#""messages": {m}"#)), &[]);
    contains(
        &rust_v3,
        &[
            "pub struct MetersMoved ",
            "pub struct GasTariffsMoved ",
            "pub struct Moved ",
            "=> \"gas_tariffs_moved\", version",
        ],
    );
    let named =
        |name: &str| format!(r#"{{"message": {{"name": "{name}", "payload": {PAYLOAD}}}}}"#);
    let v2 = format!(
        r#"{{"asyncapi": "2.0.0", "channels": {{
            "meters": {{"publish": {0}, "subscribe": {0}}}, "tariffs": {{"publish": {0}, "subscribe": {1}}}
        }}}}"#,
        named("moved"),
        named("other"),
    );
    contains(
        &rust(&v2, &[]),
        &[
            "pub struct MetersPublishMoved ",
            "pub struct MetersSubscribeMoved ",
            "pub struct TariffsMoved ",
            "pub struct Other ",
        ],
    );
}

#[test]
fn only_published_versions_are_accepted() {
    let document = |version: &str| {
        message(&format!(r#"{{"payload": {PAYLOAD}}}"#), "").replace("\"3.0.0\"", version)
    };
    let v2 = |version: &str| {
        format!(
            r#"{{"asyncapi": "{version}", "channels": {{"c": {{"publish": {{"message": {{"payload": {PAYLOAD}}}}}}}}}}}"#
        )
    };
    for minor in 0..=6 {
        rust(&v2(&format!("2.{minor}.0")), &[]);
    }
    for version in ["\"3.0.0\"", "\"3.1.0\""] {
        rust(&document(version), &[]);
    }
    for version in ["\"1.2.0\"", "\"2.7.0\"", "\"3.2.0\"", "\"4.0.0\"", "\"3.0\"", "3.0", "null"] {
        let error = error(&document(version), &[]);
        contains(&error, &["unsupported AsyncAPI version", "3.0.0 or 3.1.0"]);
    }
}

#[test]
fn documents_of_shared_components_need_no_messages() {
    let common = v3("", &format!(r#""schemas": {{"Body": {PAYLOAD}}}"#));
    let api = message(r#"{"payload": {"$ref": "common.json#/components/schemas/Body"}}"#, "");
    let sources = [("api.json", api), ("common.json", common)];
    let sources = sources.map(|(file, text)| Source { file: file.into(), text, patch: None });
    let rust = generate_with(&sources, &[], &Options::new("acme")).unwrap();
    contains(&rust, &["pub struct Moved ", "pub meter: i64,"]);
}

#[test]
fn missing_channels_are_reported_before_missing_messages() {
    let api = v3(r#""moves": {"$ref": "./channels.json#/moves"}"#, "");
    let error = error(&api, &[]);
    contains(&error, &["unknown document in the reference \"./channels.json#/moves\""]);
    assert!(!error.contains("no messages"), "{error}");
}

#[test]
fn parts_in_the_same_folder_are_not_contracts() {
    let parts = format!(r#"{{"m": {{"payload": {PAYLOAD}}}}}"#);
    let api = message(r#"{"$ref": "./parts.json#/m"}"#, "");
    let sources = |api: &str| {
        [("api.json", api), ("parts.json", &parts)].map(|(file, text)| Source {
            file: file.into(),
            text: text.into(),
            patch: None,
        })
    };
    let rust = generate_with(&sources(&api), &[], &Options::new("acme")).unwrap();
    assert_eq!(rust.matches(", published schema::").count(), 1, "{rust}");
    // A document to which nothing refers is taken for a contract.
    let alone = generate_with(&sources(r#"{"type": "object"}"#), &[], &Options::new("acme"));
    contains(&alone.unwrap_err().to_string(), &["not a schema", "--> parts.json"]);
}

#[test]
fn every_component_schema_is_a_type() {
    let components = format!(
        r##""schemas": {{
            "Unused": {{"type": "object", "properties": {{"site": {{"$ref": "#/components/schemas/Site"}}}}}},
            "Site": {{"type": "string", "maxLength": 9}},
            "Kind": {{"schemaFormat": "application/schema+json;version=2020-12", "schema": {{"enum": ["GAS", "POWER"]}}}},
            "Body": {PAYLOAD},
            "Record": {{"schemaFormat": "application/vnd.apache.avro;version=1.9.0", "schema": {AVRO}}},
            "Other": {{"schemaFormat": "application/raml+yaml;version=1.0", "schema": {{}}}}
        }}"##
    );
    let code =
        rust(&message(r##"{"payload": {"$ref": "#/components/schemas/Body"}}"##, &components), &[]);
    contains(
        &code,
        &["pub struct Moved ", "pub struct Unused ", "pub struct Site(String);", "pub enum Kind "],
    );
    // The schema of an event is the event, and schemas of other languages are left to their tools.
    for name in [" Body ", " Record ", " Other "] {
        assert!(!code.contains(name), "{name} in\n{code}");
    }
    contains(
        &error(&v3("", r#""schemas": {"Site": {"minLength": -1}}"#), &[]),
        &["= at: /components/schemas/Site/minLength"],
    );
}

#[test]
fn parts_of_avro_payloads_are_no_json_schemas() {
    let document = r##"{"asyncapi": "2.6.0", "info": {"title": "t", "version": "1.0.0"},
        "channels": {"moves": {"publish": {"message": {"name": "moved",
            "schemaFormat": "application/vnd.apache.avro;version=1.9.0",
            "payload": {"type": "record", "name": "Moved", "fields": [
                {"name": "tags", "type": {"$ref": "#/components/schemas/Tags"}}]}}}}},
        "components": {"schemas": {"Tags": {"type": "array", "items": "string"}}}}"##;
    contains(&rust(document, &[]), &["pub tags: Vec<String>,"]);
}

#[test]
fn payloads_declare_their_dialect_without_an_identifier() {
    let document = |schema: &str| {
        let tuple =
            format!(r#"{{{schema} "prefixItems": [{{"type": "string"}}], "type": "array"}}"#);
        let payload = r##"{"type": "object", "properties": {"pair": {"$ref": "#/components/schemas/Pair"}}}"##;
        message(
            &format!(r#"{{"headers": {tuple}, "payload": {payload}}}"#),
            &format!(r#""schemas": {{"Pair": {tuple}}}"#),
        )
    };
    // Draft-07, which AsyncAPI assumes, does not know the keyword.
    let undeclared = run(&document(""), &[]);
    let declared =
        rust(&document(r#""$schema": "https://json-schema.org/draft/2020-12/schema","#), &[]);
    contains(
        &declared,
        &["API_PAIR \"/components/schemas/Pair\" {prefixItems: [0 {string}], array}"],
    );
    assert!(!undeclared.unwrap_or_default().contains("prefixItems"));
    contains(
        &error(&document(r#""$schema": "https://acme.example/meta","#), &[]),
        &[
            "unknown dialect \"https://acme.example/meta\"",
            "= at: /components/schemas/Pair/$schema",
            "= at: /channels/moves/messages/moved/headers/$schema",
        ],
    );
    // Only the root of a schema declares one.
    let inner = format!(
        r#"{{"payload": {{"properties": {{"a": {}}}}}}}"#,
        r#"{"$schema": "https://acme.example/meta"}"#
    );
    rust(&message(&inner, ""), &[]);
}
