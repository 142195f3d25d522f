//! Names, traits and attributes that the caller gives: met exactly, or an error that says what to write.

use migration_events_codegen::{Options, Source, generate};

const METER: &str = r##"{
    "type": "object",
    "required": ["id", "readings"],
    "properties": {
        "id": {"type": "string"},
        "kind": {"enum": ["GAS", "POWER", ""]},
        "value": {"type": ["string", "boolean"], "maxLength": 4},
        "readings": {"type": "array", "items": {
            "type": "object",
            "additionalProperties": false,
            "properties": {"amount": {"type": "number"}, "of": {"$ref": "#/definitions/unit"}}
        }}
    },
    "definitions": {"unit": {"type": "string", "maxLength": 3}}
}"##;
const AVRO: &str = r#"{"type": "record", "name": "Moved", "namespace": "acme", "fields": [
    {"name": "from", "type": {"type": "enum", "name": "Place", "symbols": ["A", "B"]}},
    {"name": "ratio", "type": "double"},
    {"name": "what", "type": ["null", "long", "string"]}
]}"#;

fn run(options: Options) -> Result<String, String> {
    let source =
        |file: &str, text: &str| Source { file: file.into(), text: text.into(), patch: None };
    let sources = [source("meter-1.json", METER), source("moved.avsc", AVRO)];
    generate(&sources, &options).map_err(|error| error.to_string())
}

fn options() -> Options {
    Options::new("acme")
}

#[track_caller]
fn contains(rust: &str, parts: &[&str]) {
    for part in parts {
        assert!(rust.contains(part), "{part} in\n{rust}");
    }
}

#[test]
fn types_fields_and_variants_are_renamed_by_path_and_by_place() {
    let rust = run(options()
        .rename("Meter", "Device")
        .rename("meter::Reading", "Entry")
        .rename("meter::Reading::of", "unit")
        .rename("Meter::id", "type")
        .rename("MeterKind::Empty", "Unknown")
        .rename("#/properties/kind/enum/0", "NaturalGas")
        .rename("meter-1.json#/definitions/unit", "UnitCode")
        .rename("moved.avsc#/fields/1", "share")
        .rename("Place::A", "Attic")
        .rename("Moved", "HasMoved"));
    let rust = rust.unwrap_or_else(|error| panic!("{error}"));
    contains(
        &rust,
        &[
            "pub struct Device ",
            "pub mod device ",
            "pub struct Entry ",
            "pub unit: Option<UnitCode>,",
            "pub r#type: String,",
            "\"\" => Unknown;",
            "\"GAS\" => NaturalGas;",
            "pub share: f64",
            "\"A\" => Attic;",
            "pub struct HasMoved ",
            "Device, DeviceBuilder, ",
        ],
    );
}

#[test]
fn a_wish_that_means_nothing_names_what_was_meant() {
    let error = run(options()
        .rename("Metre", "Device")
        .rename("Meter::ids", "key")
        .rename("meter.json#/definitions/unit", "Unit")
        .rename("#/definitions/units", "Unit")
        .derive("Device", "::acme::Trait")
        .attribute("Zebra", "#[non_exhaustive]"))
    .unwrap_err();
    assert_eq!(
        error,
        r##"error: "Metre", which no type, field or variant is called
 --> rename("Metre", "Device")
  = help: did you mean `Meter`?

error: "Meter::ids", which no type, field or variant is called
 --> rename("Meter::ids", "key")
  = help: did you mean `Meter::id`?

error: "meter.json#/definitions/unit", where no contract has a type, field or variant
 --> rename("meter.json#/definitions/unit", "Unit")
  = help: did you mean `meter-1.json#/definitions/unit`?

error: "#/definitions/units", where no contract has a type, field or variant
 --> rename("#/definitions/units", "Unit")
  = help: did you mean `#/definitions/unit`?"##
    );
    let error =
        run(options().derive("Metter", "::acme::Trait").attribute("Zebra", "#[x]")).unwrap_err();
    contains(&error, &["did you mean `Meter`?", "name one that is there, such as `"]);
}

#[test]
fn a_name_that_cannot_be_used_is_an_error() {
    for (of, name, found) in [
        ("Meter", "device", "which is no name for it"),
        ("Meter", "Dev_ice", "which is no name for it"),
        ("Meter", "Self", "which is no name for it"),
        ("Meter", "Dev ice", "which is no name for it"),
        ("Meter", "", "which is no name for it"),
        ("Meter", "D<T>", "which is no name for it"),
        ("Meter::id", "Id", "which is no name for it"),
        ("Meter::id", "self", "which is no name for it"),
        ("Meter::id", "r#id", "which is no name for it"),
        ("Meter::id", "💥", "which is no name for it"),
        ("Place::A", "a", "which is no name for it"),
        ("Meter", "Moved", "which something else beside it has"),
        ("Meter::id", "readings", "which something else beside it has"),
        ("Place::A", "B", "which something else beside it has"),
        ("meter::Reading", "Unit", "which something else beside it has"),
    ] {
        let error = run(options().rename(of, name)).expect_err(name);
        contains(&error, &[found, &format!("rename({of:?}, {name:?})")]);
    }
    let twice = run(options().rename("Meter", "A").rename("#", "B")).unwrap_err();
    contains(&twice, &["which means several places", "meter-1.json#", "moved.avsc#"]);
    let twice = run(options().rename("Meter", "A").rename("meter-1.json#", "B")).unwrap_err();
    contains(&twice, &["a second name for"]);
    let same = run(options().rename("Meter", "Moved").rename("Moved", "Moved")).unwrap_err();
    contains(&same, &["which something else beside it has"]);
    // Names may be exchanged.
    run(options().rename("Meter", "Moved").rename("Moved", "Meter")).unwrap();
}

#[test]
fn traits_and_attributes_are_added_where_they_can_be() {
    let rust = run(options()
        .derive("*", "::schemars::JsonSchema")
        .derive("*", "Hash")
        .derive("*", "Copy")
        .derive("*", "serde::Serialize")
        .derive("meter::Reading", "Default")
        .derive("meter::Reading", "PartialOrd")
        .attribute("Meter", "#[non_exhaustive] #[must_use]")
        .attribute("*", "#[cfg_attr(test, allow(dead_code))]"))
    .unwrap();
    let before = |name: &str| {
        let at = rust.find(name).unwrap_or_else(|| panic!("{name} in\n{rust}"));
        let start = rust[..at].rfind("#[derive(Debug").expect("every type derives it");
        rust[start..at].split_whitespace().collect::<Vec<_>>().join(" ")
    };
    assert_eq!(
        before("pub struct Meter "),
        // Its map of further properties cannot be hashed.
        "#[derive(Debug, Clone, PartialEq, Eq)] #[derive(::schemars::JsonSchema)] #[non_exhaustive] \
         #[must_use] #[cfg_attr(test, allow(dead_code))]"
    );
    assert_eq!(
        before("pub struct Reading "),
        "#[derive(Debug, Clone, PartialEq, Eq)] #[derive(::schemars::JsonSchema, Hash, Default, \
         PartialOrd)] #[cfg_attr(test, allow(dead_code))]"
    );
    assert_eq!(
        before("pub enum Place "),
        "#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)] \
         #[derive(::schemars::JsonSchema)] #[cfg_attr(test, allow(dead_code))]"
    );
    // The floating point number inside has no hash.
    assert!(!before("pub struct Moved ").contains("Hash"));
}

#[test]
fn traits_and_attributes_that_cannot_be_are_errors() {
    for (of, path, found) in [
        ("Meter", "not a path", "which is no path of a macro"),
        ("Meter", "Trait<T>", "which is no path of a macro"),
        ("Meter", "", "which is no path of a macro"),
        ("Meter", "Hash", "`Hash` for a type that cannot have it"),
        ("Meter", "::core::marker::Copy", "`Copy` for a type that cannot have it"),
        ("Moved", "Eq", "`Eq` for a type that cannot have it"),
        ("Place", "Default", "`Default` for a type that cannot have it"),
        ("meter::Reading", "Ord", "`Ord` without `PartialOrd`"),
        ("Meter::id", "Hash", "which is no type"),
    ] {
        let error = run(options().derive(of, path)).expect_err(path);
        contains(&error, &[found, &format!("derive({of:?}, {path:?})")]);
    }
    for (text, found) in [
        ("non_exhaustive", "which is no attribute"),
        ("#[", "which is no attribute"),
        ("#![allow(dead_code)]", "which is no attribute"),
        ("", "which is no attribute"),
        ("#[a] struct X;", "which is no attribute"),
        ("#[derive(Hash)]", "a derive among attributes"),
        ("#[cfg(unix)]", "a condition for a type"),
    ] {
        let error = run(options().attribute("Meter", text)).expect_err(text);
        contains(&error, &[found]);
    }
}
