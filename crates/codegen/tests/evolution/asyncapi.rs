//! Comparison of AsyncAPI documents.

use super::compared;
use migration_events_codegen::evolution::{self, Breaks, Evolution};
use migration_events_codegen::{Options, Reference, Source};

const NONE: Breaks = Breaks { readers: false, writers: false };
const READERS: Breaks = Breaks { readers: true, writers: false };
const WRITERS: Breaks = Breaks { readers: false, writers: true };
const BOTH: Breaks = Breaks { readers: true, writers: true };

/// A document of version 3 with one channel, one operation and two messages.
pub(super) const V3: &str = r##"{"asyncapi": "3.0.0", "info": {"title": "Meters", "version": "1.0.0"},
    "channels": {
        "moves": {"address": "moves/{region}", "parameters": {"region": {"enum": ["north", "south"]}},
            "messages": {"moved": {"$ref": "#/components/messages/moved"}, "lost": {"$ref": "#/components/messages/lost"}}},
        "audit": {"address": "audit", "messages": {"lost": {"$ref": "#/components/messages/lost"}}}},
    "operations": {"onMove": {"action": "receive", "channel": {"$ref": "#/channels/moves"}}},
    "components": {
        "messages": {
            "moved": {"contentType": "application/json", "correlationId": {"location": "$message.header#/id"},
                "headers": {"type": "object", "required": ["id"], "properties": {"id": {"type": "string"}}},
                "payload": {"$ref": "#/components/schemas/Moved"}},
            "lost": {"payload": {"schemaFormat": "application/vnd.apache.avro;version=1.9.0", "schema":
                {"type": "record", "name": "Lost", "fields": [{"name": "meter", "type": {"$ref": "#/components/schemas/Meter/schema"}}]}}},
            "spare": {"payload": {"type": "string"}}},
        "schemas": {
            "Moved": {"type": "object", "properties": {"meter": {"type": "integer"}}},
            "Meter": {"schemaFormat": "application/vnd.apache.avro;version=1.9.0", "schema":
                {"type": "enum", "name": "Meter", "symbols": ["GAS", "POWER"]}}}}}"##;

/// The same in version 2, as far as it is there.
pub(super) const V2: &str = r##"{"asyncapi": "2.6.0", "info": {"title": "Meters", "version": "1.0.0"},
    "channels": {
        "moves/{region}": {"parameters": {"region": {"schema": {"type": "string", "enum": ["north", "south"]}}},
            "publish": {"message": {"oneOf": [{"$ref": "#/components/messages/moved"}, {"$ref": "#/components/messages/lost"}]}}},
        "audit": {"subscribe": {"message": {"$ref": "#/components/messages/lost"}}}},
    "components": {
        "messages": {
            "moved": {"contentType": "application/json",
                "traits": [{"$ref": "#/components/messageTraits/traced"}],
                "payload": {"$ref": "#/components/schemas/Moved"}},
            "lost": {"schemaFormat": "application/vnd.apache.avro;version=1.9.0", "payload":
                {"type": "record", "name": "Lost", "fields": [{"name": "meter", "type": "string"}]}}},
        "messageTraits": {"traced": {"headers": {"type": "object", "required": ["id"], "properties": {"id": {"type": "string"}}}}},
        "schemas": {"Moved": {"type": "object", "properties": {"meter": {"type": "integer"}}}}}}"##;

/// Compares a document with the same one after replacing parts of its text.
#[track_caller]
fn edited(text: &str, edits: &[(&str, &str)]) -> Evolution {
    let new = edits.iter().fold(text.to_owned(), |text, (from, to)| {
        assert!(text.contains(from), "{from}");
        text.replacen(from, to, 1)
    });
    compared(text, &new, ".json")
}

/// Changes of parts other than schemas, each with the pointers into both versions.
#[test]
fn channels_operations_and_messages_are_compared() {
    let audit = r##""audit": {"address": "audit", "messages": {"lost": {"$ref": "#/components/messages/lost"}}}},"##;
    let operation = r##""operations": {"onMove": {"action": "receive", "channel": {"$ref": "#/channels/moves"}}},"##;
    let spare = r#""spare": {"payload""#;
    type Case<'c> = (&'c str, &'c str, Breaks, &'c str, Option<&'c str>, Option<&'c str>);
    let cases: &[Case<'_>] = &[
        (
            audit,
            r##""audit": {"address": "audit", "messages": {"lost": {"$ref": "#/components/messages/lost"}}},
                "more": {"address": "more", "messages": {"spare": {"$ref": "#/components/messages/spare"}}}},"##,
            NONE,
            "the channel `more` was added",
            None,
            Some("/channels/more"),
        ),
        (
            &format!(",\n        {audit}"),
            "},",
            BOTH,
            "the channel `audit` was removed",
            Some("/channels/audit"),
            None,
        ),
        (
            r#""audit": {"#,
            r#""log": {"#,
            NONE,
            "the channel `audit` was renamed to `log`",
            Some("/channels/audit"),
            Some("/channels/log"),
        ),
        (
            r#""address": "audit""#,
            r#""address": "audits""#,
            BOTH,
            "the address of `audit` became \"audits\", was \"audit\"",
            Some("/channels/audit/address"),
            Some("/channels/audit/address"),
        ),
        (
            r#"{"enum": ["north", "south"]}"#,
            r#"{"enum": ["north", "south", "west"]}"#,
            READERS,
            "`enum` gained \"west\"",
            Some("/channels/moves/parameters/region/enum"),
            Some("/channels/moves/parameters/region/enum"),
        ),
        (
            r##""messages": {"lost": {"$ref": "#/components/messages/lost"}}"##,
            r##""messages": {"lost": {"$ref": "#/components/messages/lost"}, "spare": {"$ref": "#/components/messages/spare"}}"##,
            READERS,
            "the channel `audit` now has the message `spare`",
            Some("/channels/audit"),
            Some("/channels/audit"),
        ),
        (
            r##""lost": {"$ref": "#/components/messages/lost"}}},"##,
            r##""gone": {"payload": {"type": "string"}}}},"##,
            BOTH,
            "the channel `moves` no longer has the message `lost`",
            Some("/channels/moves"),
            Some("/channels/moves"),
        ),
        (
            operation,
            "",
            WRITERS,
            "the operation `onMove` was removed",
            Some("/operations/onMove"),
            None,
        ),
        (
            r#""action": "receive""#,
            r#""action": "send""#,
            BOTH,
            "the direction of the operation `onMove` changed",
            Some("/operations/onMove"),
            Some("/operations/onMove"),
        ),
        (
            r##""channel": {"$ref": "#/channels/moves"}"##,
            r##""channel": {"$ref": "#/channels/audit"}"##,
            BOTH,
            "the channel of the operation `onMove` changed",
            Some("/operations/onMove"),
            Some("/operations/onMove"),
        ),
        (
            r##""channel": {"$ref": "#/channels/moves"}"##,
            r##""channel": {"$ref": "#/channels/moves"}, "messages": [{"$ref": "#/channels/moves/messages/moved"}]"##,
            WRITERS,
            "the operation `onMove` no longer has the message `lost`",
            Some("/operations/onMove"),
            Some("/operations/onMove"),
        ),
        (
            spare,
            r#""rest": {"payload""#,
            NONE,
            "the message `spare` was removed",
            Some("/components/messages/spare"),
            None,
        ),
        (
            r#""contentType": "application/json""#,
            r#""contentType": "application/cbor""#,
            BOTH,
            "the content type of `moved` became \"application/cbor\", was \"application/json\"",
            Some("/components/messages/moved"),
            Some("/components/messages/moved"),
        ),
        (
            r#""$message.header#/id""#,
            r#""$message.header#/trace""#,
            BOTH,
            "the location of the correlation id of `moved` became $message.header#/trace, was",
            Some("/components/messages/moved"),
            Some("/components/messages/moved"),
        ),
        (
            r#""payload": {"type": "string"}"#,
            r#""summary": "Nothing.""#,
            BOTH,
            "the payload of `spare` was removed",
            Some("/components/messages/spare/payload"),
            None,
        ),
        (
            r#""payload": {"type": "string"}"#,
            r#""payload": {"schemaFormat": "application/vnd.apache.avro;version=1.9.0", "schema": "string"}"#,
            BOTH,
            "the payload of `spare` is in another schema language",
            Some("/components/messages/spare/payload"),
            Some("/components/messages/spare/payload/schema"),
        ),
    ];
    for (from, to, breaks, what, old, new) in cases {
        let evolution = edited(V3, &[(from, to)]);
        assert_eq!(evolution.breaks(), *breaks, "{what}\n{evolution}");
        let first = &evolution.changes()[0];
        assert!(first.what.starts_with(what), "{what}\n{evolution}");
        let pointers = (first.pointer_old.as_deref(), first.pointer_new.as_deref());
        assert_eq!(pointers, (*old, *new), "{what}\n{evolution}");
        assert!(first.position.is_some(), "{what}");
    }
}

#[test]
fn schemas_of_messages_are_compared() {
    for (from, to, breaks, what, pointer) in [
        (
            r#""meter": {"type": "integer"}"#,
            r#""meter": {"type": "number"}"#,
            READERS,
            "the type became number, was integer",
            "/components/schemas/Moved/properties/meter/type",
        ),
        (
            r#""required": ["id"]"#,
            r#""required": ["id", "trace"]"#,
            WRITERS,
            "the property `trace` became required",
            "/components/messages/moved/headers/required",
        ),
        (
            r#""headers": {"type": "object", "required": ["id"], "properties": {"id": {"type": "string"}}},"#,
            "",
            READERS,
            "the property `id` is no longer required",
            "/components/messages/moved/headers/required",
        ),
        (
            r#"["GAS", "POWER"]"#,
            r#"["GAS", "POWER", "HEAT"]"#,
            READERS,
            "the symbol `HEAT` was added",
            "/components/schemas/Meter/schema",
        ),
    ] {
        let evolution = edited(V3, &[(from, to)]);
        assert_eq!(evolution.breaks(), breaks, "{what}\n{evolution}");
        let change = evolution.changes().iter().find(|change| change.what == what);
        let change = change.unwrap_or_else(|| panic!("{what}\n{evolution}"));
        assert_eq!(change.pointer_old.as_deref(), Some(pointer), "{evolution}");
    }
}

#[test]
fn problems_in_traits_are_located_in_source() {
    let evolution = edited(V2, &[(r#""required": ["id"]"#, r#""required": ["id", "trace"]"#)]);
    assert_eq!(evolution.breaks(), WRITERS, "{evolution}");
    let pointer = evolution.changes()[0].pointer_new.as_deref();
    assert_eq!(pointer, Some("/components/messageTraits/traced/headers/required"), "{evolution}");
}

#[test]
fn version_2_operations_belong_to_channels() {
    let evolution = edited(V2, &[(r#"audit": {"subscribe""#, r#"audit": {"publish""#)]);
    let what: Vec<_> = evolution.changes().iter().map(|change| change.what.as_str()).collect();
    let expected = [
        "the operation `subscribe` of `audit` was removed",
        "the operation `publish` of `audit` was added",
    ];
    assert_eq!((what.as_slice(), evolution.breaks()), (&expected[..], READERS), "{evolution}");
}

#[test]
fn documents_of_both_versions_are_comparable() {
    // The addresses are the keys of version 2.
    let evolution = compared(V2, V3, ".json");
    let what: Vec<_> = evolution.changes().iter().map(|change| change.what.as_str()).collect();
    let expected = [
        "the operation `subscribe` of `audit` was removed",
        "the type became the enum `Meter`, was `string`",
        "the location of the correlation id of `moved` became $message.header#/id, was not declared",
        "the message `spare` was added",
    ];
    for expected in expected {
        assert!(what.contains(&expected), "{expected}\n{evolution}");
    }
    assert_eq!(evolution.changes().len(), 4, "{evolution}");
    for text in [V2, V3] {
        assert!(compared(text, text, ".json").changes().is_empty());
    }
}

#[test]
fn messages_in_other_documents_are_followed() {
    let document = |version: &str| {
        Source {
        file: format!("meters-{version}.json"),
        text: r##"{"asyncapi": "3.0.0", "info": {"title": "Meters", "version": "1.0.0"},
            "channels": {"moves": {"address": "moves", "messages": {"moved": {"$ref": "messages.json#/moved"}}}}}"##
            .into(),
        patch: None,
    }
    };
    let messages = |schema: &str| {
        let text = format!(r#"{{"moved": {{"payload": {schema}}}}}"#);
        [Reference { uri: "messages.json".into(), text }]
    };
    let (old, new) = (messages(r#"{"type": "integer"}"#), messages(r#"{"type": "number"}"#));
    let options = Options::new("acme");
    let compare = |old: &[Reference], new: &[Reference]| {
        let versions = (&document("1"), &document("2"));
        evolution::compare_with_references((versions.0, old), (versions.1, new), &options)
    };
    let evolution = compare(&old, &new).unwrap();
    assert_eq!(evolution.breaks(), READERS, "{evolution}");
    // The place is in the other document.
    assert_eq!(evolution.changes()[0].pointer_new, None);
    let wrong = messages(r#"{"type": "text"}"#);
    let error = compare(&old, &wrong).unwrap_err().to_string();
    assert!(error.contains("messages.json:1:32"), "{error}");
}
