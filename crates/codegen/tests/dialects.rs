//! Drafts of JSON Schema: their keywords, their metaschemas, and references that depend on the way to them.

use migration_events_codegen::{
    Draft, Error, Formats, Options, Reference, Source, generate, generate_with,
};

fn source(text: &str) -> Source {
    Source { file: "order.json".into(), text: text.into(), patch: None }
}

fn code(text: &str) -> String {
    generate(&[source(text)], &Options::new("acme")).unwrap()
}

fn error(text: &str) -> Error {
    generate(&[source(text)], &Options::new("acme")).unwrap_err()
}

#[test]
fn draft_04_reads_exclusive_limits_as_flags() {
    let rust = code(
        r#"{"$schema": "http://json-schema.org/draft-04/schema", "id": "http://acme.example/order-2.json",
            "type": "object", "properties": {
                "weight": {"type": "number", "minimum": 0, "exclusiveMinimum": true},
                "share": {"type": "number", "maximum": 1, "exclusiveMaximum": false}}}"#,
    );
    assert!(
        rust.contains("exclusiveMinimum: \"0\"") || rust.contains("exclusiveMinimum: 0"),
        "{rust}"
    );
    assert!(!rust.contains("exclusiveMaximum"), "{rust}");
    assert!(rust.contains("version 2"), "{rust}");
    let error = error(
        r#"{"$schema": "http://json-schema.org/draft-04/schema#", "type": "object", "properties": {
            "weight": {"type": "number", "exclusiveMinimum": 0}}}"#,
    );
    assert_eq!(error.problems()[0].pointer, "/properties/weight/exclusiveMinimum");
}

#[cfg(feature = "evolution")]
#[test]
fn draft_04_flags_count_in_comparisons() {
    use migration_events_codegen::evolution::compare;

    let version = |flag: bool| {
        source(&format!(
            r#"{{"$schema": "http://json-schema.org/draft-04/schema#", "type": "number", "minimum": 0,
                "exclusiveMinimum": {flag}}}"#
        ))
    };
    let evolution = compare(&version(false), &version(true)).unwrap().to_string();
    assert!(evolution.contains("exclusiveMinimum"), "{evolution}");
    assert!(compare(&version(true), &version(true)).unwrap().changes().is_empty());
}

#[test]
fn draft_04_resolves_references_against_id() {
    let rust = code(
        r##"{"$schema": "https://json-schema.org/draft-04/schema#", "id": "http://acme.example/a.json",
            "type": "object", "properties": {"line": {"$ref": "http://acme.example/lines.json#first"}},
            "definitions": {"line": {"id": "lines.json", "definitions": {
                "one": {"id": "#first", "type": "object", "properties": {"sku": {"type": "string"}}}}}}}"##,
    );
    assert!(rust.contains("pub sku: Option<String>"), "{rust}");
}

#[test]
fn later_keywords_are_known_by_draft() {
    for (draft, keyword, schema) in [
        ("draft-04", "const", r#"{"const": 1}"#),
        ("draft-04", "contains", r#"{"contains": {}}"#),
        ("draft-04", "propertyNames", r#"{"propertyNames": {"maxLength": 3}}"#),
        ("draft-06", "if", r#"{"if": {"type": "string"}, "else": {"minimum": 1}}"#),
        ("draft-07", "dependentRequired", r#"{"dependentRequired": {"a": ["b"]}}"#),
        ("2019-09", "prefixItems", r#"{"prefixItems": [true]}"#),
        ("2020-12", "additionalItems", r#"{"additionalItems": false}"#),
    ] {
        let uri = match draft {
            "2019-09" | "2020-12" => format!("https://json-schema.org/draft/{draft}/schema"),
            _ => format!("http://json-schema.org/{draft}/schema#"),
        };
        let text =
            format!(r#"{{"$schema": "{uri}", "type": "object", "properties": {{"a": {schema}}}}}"#);
        let error = error(&text).to_string();
        assert!(error.contains(&format!("{draft} has no keyword `{keyword}`")), "{error}");
    }
    code(
        r#"{"$schema": "http://json-schema.org/draft-06/schema#", "type": "object", "required": ["n"],
            "properties": {"n": {"const": 1}}, "propertyNames": {"maxLength": 8}}"#,
    );
}

#[test]
fn unknown_dialects_are_named_with_the_way_out() {
    let text =
        r#"{"$schema": "https://acme.example/meta#", "type": "object", "properties": {"n": {}}}"#;
    let error = error(text).to_string();
    assert!(error.contains("unknown dialect \"https://acme.example/meta#\""), "{error}");
    assert!(error.contains("`dialect(\"https://acme.example/meta#\", Draft::…)`"), "{error}");
    let options = Options::new("acme").dialect("https://acme.example/meta", Draft::Draft07);
    assert!(generate(&[source(text)], &options).is_ok());
    let own = r#"{"$schema": "https://json-schema.org/draft/2020-12/schema", "$vocabulary": {
        "https://json-schema.org/draft/2020-12/vocab/core": true,
        "https://json-schema.org/draft/2020-12/vocab/applicator": true}}"#;
    let own = Reference { uri: "https://acme.example/meta".into(), text: own.into() };
    assert!(generate_with(&[source(text)], &[own], &Options::new("acme")).is_ok());
    let strange = r#"{"$schema": "https://json-schema.org/draft/2020-12/schema", "$vocabulary": {
        "https://acme.example/vocab/money": true}}"#;
    let strange = Reference { uri: "https://acme.example/meta".into(), text: strange.into() };
    let error = generate_with(&[source(text)], &[strange], &Options::new("acme")).unwrap_err();
    assert!(error.to_string().contains("https://acme.example/vocab/money"), "{error}");
}

#[test]
fn embedded_and_referenced_dialects_must_be_known() {
    let error = error(
        r##"{"type": "object", "properties": {"n": {"$ref": "#/definitions/n"}}, "definitions": {
            "n": {"$id": "n.json", "$schema": "https://acme.example/meta", "type": "string"}}}"##,
    );
    assert_eq!(error.problems()[0].pointer, "/definitions/n/$schema");
}

#[test]
fn formats_are_asserted_as_the_draft_says() {
    let text = |schema: &str| {
        format!(
            r#"{{"$schema": "{schema}", "type": "object", "properties": {{
                "at": {{"type": "string", "format": "date-time"}}}}}}"#
        )
    };
    let draft_07 = text("http://json-schema.org/draft-07/schema#");
    let later = text("https://json-schema.org/draft/2020-12/schema");
    assert!(code(&draft_07).contains("Timestamp"));
    let rust = code(&later);
    assert!(rust.contains("pub at: Option<String>"), "{rust}");
    assert!(rust.contains("The format `date-time` is an annotation"), "{rust}");
    let asserted = Options::new("acme").formats(Formats::Asserted);
    assert!(generate(&[source(&later)], &asserted).unwrap().contains("Timestamp"));
    let annotated = Options::new("acme").formats(Formats::Annotated);
    assert!(!generate(&[source(&draft_07)], &annotated).unwrap().contains("Timestamp"));
}

#[test]
fn dynamic_references_with_one_target_are_plain() {
    let rust = code(
        r##"{"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object", "properties": {
            "unit": {"$dynamicRef": "#unit"}}, "$defs": {
            "unit": {"$dynamicAnchor": "unit", "type": "object", "required": ["code"],
                "properties": {"code": {"type": "string"}}}}}"##,
    );
    assert!(rust.contains("pub unit: Option<Unit>"), "{rust}");
    assert!(rust.contains("pub code: String"), "{rust}");
}

#[test]
fn dynamic_references_lead_to_the_outermost_anchor() {
    let list = Reference {
        uri: "https://acme.example/list".into(),
        text: r##"{"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": "https://acme.example/list",
            "type": "object", "required": ["members"],
            "properties": {"members": {"type": "array", "items": {"$dynamicRef": "#member"}}},
            "$defs": {"any": {"$dynamicAnchor": "member"}}}"##
            .into(),
    };
    let rust = generate_with(
        &[source(
            r##"{"$schema": "https://json-schema.org/draft/2020-12/schema",
                "$id": "https://acme.example/order", "type": "object", "properties": {
                "names": {"$ref": "#/$defs/names"}, "ages": {"$ref": "#/$defs/ages"},
                "rest": {"$ref": "https://acme.example/list"}}, "$defs": {
                "names": {"$id": "names", "$ref": "list", "$defs": {
                    "name": {"$dynamicAnchor": "member", "type": "string"}}},
                "ages": {"$id": "ages", "$ref": "https://acme.example/list", "$defs": {
                    "age": {"$dynamicAnchor": "member", "type": "integer"}}}}}"##,
        )],
        &[list],
        &Options::new("acme"),
    )
    .unwrap();
    for field in ["pub members: Vec<String>", "pub members: Vec<i64>"] {
        assert!(rust.contains(field), "{field}\n{rust}");
    }
}

#[test]
fn recursive_references_lead_to_the_outermost_anchor() {
    let tree = Reference {
        uri: "https://acme.example/tree".into(),
        text: r##"{"$schema": "https://json-schema.org/draft/2019-09/schema", "$id": "https://acme.example/tree",
            "$recursiveAnchor": true, "type": "object", "properties": {
            "label": {"type": "string"}, "below": {"type": "array", "items": {"$recursiveRef": "#"}}}}"##
            .into(),
    };
    let own = r#"{"$schema": "https://json-schema.org/draft/2019-09/schema",
        "$id": "https://acme.example/strict", "$recursiveAnchor": true, "$ref": "tree",
        "unevaluatedProperties": false}"#;
    let rust = generate_with(&[source(own)], &[tree], &Options::new("acme")).unwrap();
    assert!(rust.contains("pub below: Option<Vec<Strict>>"), "{rust}");
}

#[test]
fn dynamic_scopes_are_limited() {
    // Each step enters one of two resources that bind its anchor differently.
    let steps = 12;
    let schema = |step: usize, side: &str| {
        let next =
            ["a", "b"].map(|side| format!(r##""{side}": {{"$ref": "{side}{}"}}"##, step + 1));
        format!(
            r##""{side}{step}": {{"$id": "{side}{step}", "type": "object", "properties": {{{}}},
                "$defs": {{"own": {{"$dynamicAnchor": "n{step}", "title": "{side}"}}}}}}"##,
            next.join(", ")
        )
    };
    let mut schemas: Vec<String> =
        (0..steps).flat_map(|step| ["a", "b"].map(|side| schema(step, side))).collect();
    let uses: Vec<String> =
        (0..steps).map(|step| format!(r##""u{step}": {{"$dynamicRef": "#n{step}"}}"##)).collect();
    let anchors: Vec<String> =
        (0..steps).map(|step| format!(r##""d{step}": {{"$dynamicAnchor": "n{step}"}}"##)).collect();
    for side in ["a", "b"] {
        schemas.push(format!(
            r##""{side}{steps}": {{"$id": "{side}{steps}", "type": "object", "properties": {{{}}},
                "$defs": {{{}}}}}"##,
            uses.join(", "),
            anchors.join(", ")
        ));
    }
    let text = format!(
        r##"{{"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": "https://acme.example/order",
            "type": "object", "properties": {{"a": {{"$ref": "a0"}}, "b": {{"$ref": "b0"}}}}, "$defs": {{{}}}}}"##,
        schemas.join(", ")
    );
    let error = error(&text).to_string();
    assert!(error.contains("too many meanings"), "{error}");
}
