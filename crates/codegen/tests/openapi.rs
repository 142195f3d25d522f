//! OpenAPI documents: libraries of types.

use migration_events_codegen::{Options, Reference, Source, generate_with};

fn run(file: &str, document: &str, references: &[(&str, &str)]) -> Result<String, String> {
    let source = Source { file: file.into(), text: document.into(), patch: None };
    let references: Vec<Reference> = references
        .iter()
        .map(|(uri, text)| Reference { uri: (*uri).into(), text: (*text).into() })
        .collect();
    generate_with(&[source], &references, &Options::new("acme")).map_err(|error| error.to_string())
}

fn document(version: &str, schemas: &str) -> String {
    format!(
        r#"{{"openapi": "{version}", "info": {{"title": "Meters", "version": "1"}}, "paths": {{}},
            "components": {{"schemas": {{{schemas}}}}}}}"#
    )
}

#[track_caller]
fn rust(version: &str, schemas: &str) -> String {
    run("api.json", &document(version, schemas), &[]).unwrap_or_else(|error| panic!("{error}"))
}

#[track_caller]
fn error(version: &str, schemas: &str) -> String {
    run("api.json", &document(version, schemas), &[]).expect_err("no error")
}

#[track_caller]
fn contains(text: &str, parts: &[&str]) {
    for part in parts {
        assert!(text.contains(part), "{part} in\n{text}");
    }
}

#[test]
fn every_component_schema_is_a_type() {
    let schemas = r##"
        "Meter": {"type": "object", "required": ["serial"], "properties": {
            "serial": {"$ref": "#/components/schemas/Serial"}, "kind": {"$ref": "#/components/schemas/Kind"},
            "site": {"type": "object", "properties": {"street": {"type": "string"}}}
        }},
        "Serial": {"type": "string", "maxLength": 9},
        "Kind": {"type": "string", "enum": ["GAS", "WATER"]},
        "Count": {"type": "integer"},
        "Unused": {"type": "object", "properties": {"x": {"type": "boolean"}}}"##;
    for version in ["3.0.0", "3.0.3", "3.1.0"] {
        let rust = rust(version, schemas);
        contains(
            &rust,
            &[
                "pub struct Meter ",
                "pub serial: Serial,",
                "pub struct Serial(",
                "pub enum Kind ",
                "pub struct Unused ",
                "pub struct Site ",
                "Count",
            ],
        );
        assert!(!rust.contains(", published schema::"), "no event:\n{rust}");
    }
}

#[test]
fn nullable_adds_null_to_the_type() {
    let schemas = |nullable: &str| {
        format!(
            r##""Meter": {{"type": "object", "required": ["a", "b", "c", "d"], "properties": {{
                "a": {{"type": "string", {nullable}}},
                "b": {{"allOf": [{{"$ref": "#/components/schemas/Site"}}], {nullable}}},
                "c": {{"oneOf": [{{"$ref": "#/components/schemas/Site"}}], {nullable}}},
                "d": {{"type": "string", "enum": ["X", "Y"], {nullable}}}
            }}}},
            "Site": {{"type": "object", "properties": {{"street": {{"type": "string"}}}}}}"##
        )
    };
    let early = rust("3.0.1", &schemas(r#""nullable": true"#));
    contains(
        &early,
        &[
            "pub a: Option<String>,",
            "pub b: Option<Site>,",
            "pub c: Option<Site>,",
            "pub d: Option<D>,",
        ],
    );
    // From 3.0.3 it takes effect beside `type` alone, and does not extend `enum`.
    let late = rust("3.0.3", &schemas(r#""nullable": true"#));
    contains(&late, &["pub a: Option<String>,", "pub b: Site,", "pub c: Site,"]);
    let off = rust("3.0.1", &schemas(r#""nullable": false"#));
    contains(&off, &["pub a: String,", "pub b: Site,", "pub c: Site,", "pub d: D,"]);
    contains(
        &error("3.0.1", &schemas(r#""nullable": "yes""#)),
        &["expected true or false, found \"yes\""],
    );
    contains(&error("3.1.0", &schemas(r#""nullable": true"#)), &["no keyword `nullable`"]);
}

#[test]
fn exclusive_limits_are_flags_in_version_3_0() {
    let level = |limits: &str| {
        format!(
            r#""Level": {{"type": "object", "properties": {{"level": {{"type": "number", {limits}}}}}}}"#
        )
    };
    let rust_30 = rust(
        "3.0.3",
        &level(
            r#""minimum": 1.5, "exclusiveMinimum": true, "maximum": 9, "exclusiveMaximum": false"#,
        ),
    );
    let rust_31 = rust("3.1.0", &level(r#""exclusiveMinimum": 1.5, "maximum": 9"#));
    let rows = |rust: &str| {
        rust.lines().filter(|line| line.contains("1.5")).map(str::to_owned).collect::<Vec<_>>()
    };
    assert!(!rows(&rust_30).is_empty());
    assert_eq!(rows(&rust_30), rows(&rust_31));
    contains(
        &error("3.0.3", &level(r#""exclusiveMinimum": 1.5"#)),
        &["expected true or false, found 1.5"],
    );
    contains(
        &error("3.1.0", &level(r#""minimum": 1, "exclusiveMinimum": true"#)),
        &["expected a number, found true"],
    );
}

#[test]
fn siblings_of_references_depend_on_the_version() {
    let schemas = r##""A": {"type": "object", "properties": {"b": {"$ref": "#/components/schemas/B", "maxLength": 2}}},
        "B": {"type": "string", "maxLength": 7}"##;
    contains(&rust("3.0.3", schemas), &["pub b: Option<B>,"]);
    assert!(!rust("3.1.0", schemas).contains("pub b: Option<B>,"));
}

#[test]
fn nullable_components_are_one_type() {
    let schemas = r##""A": {"type": "object", "nullable": true, "properties": {"x": {"type": "string"}}},
        "B": {"type": "object", "required": ["a"], "properties": {"a": {"$ref": "#/components/schemas/A"}}}"##;
    let rust = rust("3.0.3", schemas);
    contains(&rust, &["pub struct A ", "pub a: Option<A>,"]);
    assert!(!rust.contains("pub struct A2"), "{rust}");
}

#[test]
fn single_references_in_all_of_keep_types() {
    let schemas = r##""A": {"type": "object", "properties": {"b": {"allOf": [{"$ref": "#/components/schemas/B"}], "description": "Where.", "readOnly": true}}},
        "B": {"type": "object", "properties": {"street": {"type": "string"}}}"##;
    contains(&rust("3.0.3", schemas), &["pub b: Option<B>,", "/// Where."]);
}

#[test]
fn annotations_have_no_effect_on_values() {
    let schemas = r#""A": {"type": "object", "example": {"b": "x"}, "xml": {"name": "a"}, "externalDocs": {"url": "https://acme.example"},
        "deprecated": true, "properties": {"b": {"type": "string", "readOnly": true, "writeOnly": false, "format": "int32", "example": "forty", "xml": {}}}}"#;
    for version in ["3.0.3", "3.1.0"] {
        contains(
            &rust(version, schemas),
            &["pub struct A ", "pub b: Option<String>,", "\"forty\""],
        );
    }
}

const MOVES: &str = r##"
    "Move": {"oneOf": [{"$ref": "#/components/schemas/Planned"}, {"$ref": "#/components/schemas/Done"}], "discriminator": DISCRIMINATOR},
    "Planned": {"type": "object", "required": ["kind"], "properties": {"kind": {"type": "string"}, "at": {"type": "string"}}},
    "Done": {"type": "object", "properties": {"kind": {"type": "string"}, "by": {"type": "string"}}}"##;

#[test]
fn discriminators_select_the_branch_of_a_union() {
    let schemas = |discriminator: &str| MOVES.replace("DISCRIMINATOR", discriminator);
    for version in ["3.0.3", "3.1.0"] {
        let implicit = rust(version, &schemas(r#"{"propertyName": "kind"}"#));
        contains(
            &implicit,
            &[
                "pub enum Move ",
                "Planned(Planned),",
                "Done(Done),",
                "\"Planned\" => Planned from Planned;",
                "\"Done\" => Done from Done;",
            ],
        );
        let mapping = r##"{"propertyName": "kind", "mapping": {"plan": "Planned", "done": "#/components/schemas/Done", "finished": "Done"}}"##;
        let mapped = rust(version, &schemas(mapping));
        contains(
            &mapped,
            &[
                "Plan(Planned),",
                "\"plan\" => Plan from Planned;",
                "\"done\" => Done;",
                "\"finished\" => Finished;",
            ],
        );
    }
}

#[test]
fn mistakes_in_discriminators_are_located() {
    let error =
        |discriminator: &str| error("3.0.3", &MOVES.replace("DISCRIMINATOR", discriminator));
    contains(
        &error("{}"),
        &["a discriminator has no `propertyName`", "= at: /components/schemas/Move/discriminator"],
    );
    contains(
        &error(r#"{"propertyName": "kind", "mapping": {"p": "Planed"}}"#),
        &[
            "\"Planed\" is not a branch of `oneOf`",
            "did you mean `Planned`?",
            "= at: /components/schemas/Move/discriminator/mapping/p",
        ],
    );
    contains(
        &error(r#"{"propertyName": "kind", "mapping": {"Done": "Planned"}}"#),
        &["the value \"Done\" selects two branches"],
    );
    let inline = MOVES
        .replace("DISCRIMINATOR", r#"{"propertyName": "kind"}"#)
        .replace(r##"{"$ref": "#/components/schemas/Done"}"##, r#"{"type": "object"}"#);
    contains(
        &self::error("3.0.3", &inline),
        &["a branch beside `discriminator` is not a reference", "/components/schemas/Move/oneOf/1"],
    );
    let broken = MOVES
        .replace(
            "DISCRIMINATOR",
            r#"{"propertyName": "kind", "mapping": {"a": "Planned", "b": "Planned"}}"#,
        )
        .replace("#/components/schemas/Done\"", "#/components/schemas/Dome\"");
    contains(
        &self::error("3.0.3", &broken),
        &[
            "unresolved reference \"#/components/schemas/Dome\"",
            "= at: /components/schemas/Move/oneOf/1/$ref",
            "did you mean `#/components/schemas/Done`?",
        ],
    );
}

#[test]
fn a_discriminator_without_union_is_an_annotation() {
    let schemas = r##""Pet": {"type": "object", "required": ["kind"], "discriminator": {"propertyName": "kind"}, "properties": {"kind": {"type": "string"}}},
        "Cat": {"allOf": [{"$ref": "#/components/schemas/Pet"}, {"type": "object", "properties": {"lives": {"type": "integer"}}}]}"##;
    contains(
        &rust("3.0.3", schemas),
        &["pub struct Pet ", "pub struct Cat ", "pub lives: Option<i64>,"],
    );
}

#[test]
fn keywords_of_other_dialects_are_refused() {
    for (schema, found) in [
        (r#"{"const": 1}"#, "OpenAPI 3.0 has no keyword `const`"),
        (r#"{"type": ["string", "null"]}"#, "in OpenAPI 3.0, `type` cannot be a list"),
        (r#"{"type": "null"}"#, "OpenAPI 3.0 has no type \"null\""),
        (
            r#"{"type": "array", "items": [{"type": "string"}]}"#,
            "in OpenAPI 3.0, `items` cannot be a list",
        ),
    ] {
        contains(&error("3.0.3", &format!(r#""A": {schema}"#)), &[found, "OpenAPI 3.1"]);
    }
    rust(
        "3.1.0",
        r#""A": {"type": ["string", "null"]}, "B": {"type": "array", "prefixItems": [{"const": 1}]}"#,
    );
}

#[test]
fn schema_files_have_the_dialect_of_their_document() {
    let api = document("3.0.1", r##""Meter": {"$ref": "./schemas/meter.json#/Meter"}"##);
    let meter = r#"{"Meter": {"type": "object", "properties": {"site": {"type": "string", "nullable": true}}}}"#;
    let rust = run("api.json", &api, &[("schemas/meter.json", meter)]).unwrap();
    contains(&rust, &["pub struct Meter", "pub site: Option<Option<String>>,"]);
    let broken = meter.replace("true", "1");
    let error = run("api.json", &api, &[("schemas/meter.json", &broken)]).unwrap_err();
    contains(&error, &["--> schemas/meter.json:1:84", "expected true or false, found 1"]);
}

#[test]
fn components_name_the_schemas_of_other_files() {
    let api = document(
        "3.0.1",
        r##""Animal": {"$ref": "schemas/pet.json"}, "Owner": {"$ref": "./schemas/people.json#/person"},
            "Any": {"oneOf": [{"$ref": "schemas/pet.json"}, {"$ref": "./schemas/people.json#/person"}],
                "discriminator": {"propertyName": "t", "mapping": {"pet": "schemas/pet.json", "own": "./schemas/people.json#/person"}}}"##,
    );
    let pet = r##"{"type": "object", "properties": {"owner": {"$ref": "people.json#/person"}, "any": {"$ref": "../api.json#/components/schemas/Any"}}}"##;
    let people = r#"{"person": {"type": "object", "properties": {"age": {"type": "integer"}}}}"#;
    let references = [("schemas/pet.json", pet), ("schemas/people.json", people)];
    let rust = run("api.json", &api, &references).unwrap();
    contains(
        &rust,
        &[
            "pub struct Animal ",
            "pub struct Owner ",
            "pub owner: Option<Owner>,",
            "pub any: Option<Any>,",
            "Pet(Box<Animal>),",
            "Own(Owner),",
        ],
    );
    assert!(!rust.contains("pub struct Pet") && !rust.contains("Owner2"), "{rust}");
}

#[test]
fn json_schema_dialect_selects_the_dialect() {
    let api = |dialect: &str| {
        document("3.1.0", r#""A": {"type": "array", "items": [{"type": "string"}]}"#)
            .replace(r#""paths""#, &format!(r#""jsonSchemaDialect": "{dialect}", "paths""#))
    };
    run("api.json", &api("https://json-schema.org/draft/2019-09/schema"), &[]).unwrap();
    for dialect in [
        "https://spec.openapis.org/oas/3.1/dialect/base",
        "https://json-schema.org/draft/2020-12/schema",
    ] {
        let error = run("api.json", &api(dialect), &[]).unwrap_err();
        contains(&error, &["in 2020-12, `items` cannot be a list"]);
    }
    let error = run("api.json", &api("https://acme.example/dialect"), &[]).unwrap_err();
    contains(&error, &["\"https://acme.example/dialect\"", "= at: /jsonSchemaDialect"]);
}

#[test]
fn other_versions_are_refused_by_name() {
    let swagger = r#"{"swagger": "2.0", "definitions": {"A": {"type": "object"}}}"#;
    contains(
        &run("api.json", swagger, &[]).unwrap_err(),
        &["unsupported Swagger version \"2.0\"", "OpenAPI 3.0 or 3.1", "--> api.json:1:13"],
    );
    for version in ["2.0.0", "3.2.0", "4.0.0", "3"] {
        contains(
            &run("api.json", &document(version, r#""A": {}"#), &[]).unwrap_err(),
            &[&format!("unsupported OpenAPI version \"{version}\"")],
        );
    }
    contains(
        &run("api.json", &document("3.0.3", ""), &[]).unwrap_err(),
        &["the document defines no schemas"],
    );
}

#[test]
fn other_contracts_refer_to_openapi_schemas() {
    let schemas = MOVES.replace("DISCRIMINATOR", r#"{"propertyName": "kind"}"#);
    let nullable = r#", "Site": {"type": "object", "required": ["a"], "properties": {"a": {"type": "string", "nullable": true}}}"#;
    let api = document("3.0.3", &format!("{schemas}{nullable}"));
    let contract = r#"{"type": "object", "properties": {
        "move": {"$ref": "api.json#/components/schemas/Move"}, "site": {"$ref": "./api.json#/components/schemas/Site"}
    }}"#;
    let message = r#"{"asyncapi": "3.0.0", "channels": {"c": {"messages": {"moved": {"payload": {"$ref": "api.json#/components/schemas/Move"}}}}}}"#;
    let rust = run("order.json", contract, &[("api.json", &api)]).unwrap();
    contains(&rust, &["\"Planned\" => Planned from Planned;", "pub a: Option<String>,"]);
    let rust = run("events.json", message, &[("api.json", &api)]).unwrap();
    contains(&rust, &["pub enum Moved ", "\"Planned\" => Planned from Planned;"]);
    let api = document(
        "3.1.0",
        r##""A": {"$ref": "#/components/schemas/B", "maxLength": 2}, "B": {"type": "string"}"##,
    );
    let contract =
        r#"{"type": "object", "properties": {"a": {"$ref": "api.json#/components/schemas/A"}}}"#;
    contains(&run("order.json", contract, &[("api.json", &api)]).unwrap(), &["maxLength: 2"]);
}
