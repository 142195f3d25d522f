//! Renamed items, additional derives and attributes: applied exactly, or an error with a remedy.

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
fn items_are_renamed_by_path_and_by_place() {
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
            "pub unit: Option<super::UnitCode>,",
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
fn unknown_selectors_come_with_suggestions() {
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
        r##"error: no type, field or variant is called "Metre"
 --> rename("Metre", "Device")
  = help: did you mean `Meter`?

error: no type, field or variant is called "Meter::ids"
 --> rename("Meter::ids", "key")
  = help: did you mean `Meter::id`?

error: no type, field or variant is defined at "meter.json#/definitions/unit"
 --> rename("meter.json#/definitions/unit", "Unit")
  = help: did you mean `meter-1.json#/definitions/unit`?

error: no type, field or variant is defined at "#/definitions/units"
 --> rename("#/definitions/units", "Unit")
  = help: did you mean `#/definitions/unit`?"##
    );
    let error =
        run(options().derive("Metter", "::acme::Trait").attribute("Zebra", "#[x]")).unwrap_err();
    contains(&error, &["did you mean `Meter`?", "name an existing one, such as `"]);
}

#[test]
fn unusable_names_are_errors() {
    for (of, name, found) in [
        ("Meter", "device", "invalid name"),
        ("Meter", "Dev_ice", "invalid name"),
        ("Meter", "Self", "invalid name"),
        ("Meter", "Dev ice", "invalid name"),
        ("Meter", "", "invalid name"),
        ("Meter", "D<T>", "invalid name"),
        ("Meter::id", "Id", "invalid name"),
        ("Meter::id", "self", "invalid name"),
        ("Meter::id", "r#id", "invalid name"),
        ("Meter::id", "💥", "invalid name"),
        ("Place::A", "a", "invalid name"),
        ("Meter", "Moved", "is already taken"),
        ("Meter::id", "readings", "is already taken"),
        ("Place::A", "B", "is already taken"),
        ("Meter", "Unit", "is already taken"),
    ] {
        let error = run(options().rename(of, name)).expect_err(name);
        contains(&error, &[found, &format!("rename({of:?}, {name:?})")]);
    }
    let twice = run(options().rename("Meter", "A").rename("#", "B")).unwrap_err();
    contains(&twice, &["matches several items", "meter-1.json#", "moved.avsc#"]);
    let twice = run(options().rename("Meter", "A").rename("meter-1.json#", "B")).unwrap_err();
    contains(&twice, &["is renamed twice"]);
    let same = run(options().rename("Meter", "Moved").rename("Moved", "Moved")).unwrap_err();
    contains(&same, &["is already taken"]);
    // Two types may exchange their names.
    run(options().rename("Meter", "Moved").rename("Moved", "Meter")).unwrap();
}

#[test]
fn traits_and_attributes_are_added() {
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
        // The map of undeclared properties does not implement `Hash`.
        "#[derive(Debug, Clone, PartialEq, Eq)] #[derive(::schemars::JsonSchema)] #[non_exhaustive] \
         #[must_use] #[cfg_attr(test, allow(dead_code))]"
    );
    assert_eq!(
        before("pub struct Reading "),
        // Its fields may all be absent, so it has a default already.
        "#[derive(Debug, Clone, PartialEq, Eq, Default)] #[derive(::schemars::JsonSchema, Hash, \
         PartialOrd)] #[cfg_attr(test, allow(dead_code))]"
    );
    assert_eq!(
        before("pub enum Place "),
        "#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)] \
         #[derive(::schemars::JsonSchema)] #[cfg_attr(test, allow(dead_code))]"
    );
    // The floating point number inside does not implement `Hash`.
    assert!(!before("pub struct Moved ").contains("Hash"));
}

#[test]
fn impossible_traits_and_attributes_are_errors() {
    for (of, path, found) in [
        ("Meter", "not a path", "is not the path of a macro"),
        ("Meter", "Trait<T>", "is not the path of a macro"),
        ("Meter", "", "is not the path of a macro"),
        ("Meter", "Hash", "the type cannot implement `Hash`"),
        ("Meter", "::core::marker::Copy", "the type cannot implement `Copy`"),
        ("Moved", "Eq", "the type cannot implement `Eq`"),
        ("Place", "Default", "the type cannot implement `Default`"),
        ("meter::Reading", "Ord", "`Ord` requires `PartialOrd`"),
        ("Meter::id", "Hash", "is not a type"),
    ] {
        let error = run(options().derive(of, path)).expect_err(path);
        contains(&error, &[found, &format!("derive({of:?}, {path:?})")]);
    }
    for (text, found) in [
        ("non_exhaustive", "is not an attribute"),
        ("#[", "is not an attribute"),
        ("#![allow(dead_code)]", "is not an attribute"),
        ("", "is not an attribute"),
        ("#[a] struct X;", "is not an attribute"),
        ("#[derive(Hash)]", "`derive` is not allowed among attributes"),
        ("#[cfg(unix)]", "`cfg` is not allowed on a type"),
    ] {
        let error = run(options().attribute("Meter", text)).expect_err(text);
        contains(&error, &[found]);
    }
}
