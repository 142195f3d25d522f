//! Every contract is either compiled to valid Rust or refused with problems.

mod blocks;

use migration_events_codegen::{Options, Source, generate};
use migration_events_support::places::{insert, pointers, remove, replace};
use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// One change of a contract.
#[derive(Debug, Clone)]
enum Change {
    Replace(Index, Value),
    Remove(Index),
    Insert(Index, String, Value),
    /// Copies a value from another place of the contract.
    Copy(Index, Index),
    /// Inserts a reference to another place of the contract.
    Refer(Index, Index),
}

fn changes() -> impl Strategy<Value = Vec<Change>> {
    let change = prop_oneof![
        (any::<Index>(), value()).prop_map(|(place, value)| Change::Replace(place, value)),
        any::<Index>().prop_map(Change::Remove),
        (any::<Index>(), keyword(), value())
            .prop_map(|(place, key, value)| Change::Insert(place, key, value)),
        (any::<Index>(), any::<Index>()).prop_map(|(place, other)| Change::Copy(place, other)),
        (any::<Index>(), any::<Index>()).prop_map(|(place, other)| Change::Refer(place, other)),
    ];
    prop::collection::vec(change, 1..5)
}

fn keyword() -> impl Strategy<Value = String> {
    const KNOWN: &[&str] = &[
        "$anchor",
        "$defs",
        "$id",
        "$ref",
        "$schema",
        "additionalItems",
        "additionalProperties",
        "allOf",
        "anyOf",
        "const",
        "contains",
        "default",
        "definitions",
        "dependencies",
        "dependentRequired",
        "dependentSchemas",
        "description",
        "else",
        "enum",
        "examples",
        "exclusiveMaximum",
        "exclusiveMinimum",
        "format",
        "if",
        "items",
        "maxItems",
        "maxLength",
        "maxProperties",
        "maximum",
        "minItems",
        "minLength",
        "minProperties",
        "minimum",
        "multipleOf",
        "not",
        "oneOf",
        "pattern",
        "patternProperties",
        "prefixItems",
        "properties",
        "propertyNames",
        "required",
        "then",
        "title",
        "type",
        "unevaluatedItems",
        "unevaluatedProperties",
        "uniqueItems",
        "x-known-values",
        "x-rust-field",
        "x-rust-name",
        "x-rust-variant",
        "aliases",
        "doc",
        "fields",
        "logicalType",
        "name",
        "namespace",
        "precision",
        "scale",
        "size",
        "symbols",
        "values",
        "address",
        "correlationId",
        "location",
        "messages",
        "parameters",
        "payload",
    ];
    prop_oneof![9 => select(KNOWN).prop_map(str::to_owned), 1 => ".{0,4}"]
}

fn value() -> impl Strategy<Value = Value> {
    let leaves = vec![
        json!(null),
        json!(true),
        json!(false),
        json!(0),
        json!(-1),
        json!(2.0),
        json!(1.5),
        json!(u64::MAX),
        json!(1e300),
        json!(""),
        json!("string"),
        json!("object"),
        json!("array"),
        json!("null"),
        json!("integer"),
        json!("number"),
        json!("boolean"),
        json!("record"),
        json!("date"),
        json!("uuid"),
        json!("^[a-z]+$"),
        json!("(?=a)"),
        json!("["),
        json!("#"),
        json!("#/properties"),
        json!("#a"),
        json!("other.json#/definitions/a"),
        json!("http://example.com/a/b.json"),
        json!("https://json-schema.org/draft/2019-09/schema"),
        json!("https://json-schema.org/draft/2020-12/schema"),
        json!("Self"),
        json!("type"),
        json!("1st"),
        json!("{a}/{a"),
        json!("\u{202e}\n\r`"),
        json!("$message.payload#/a"),
        json!([]),
        json!({}),
    ];
    let leaf = prop_oneof![9 => select(leaves), 1 => ".{0,6}".prop_map(Value::from)];
    leaf.prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::Array),
            prop::collection::btree_map(keyword(), inner, 0..4)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

fn apply(contract: &mut Value, change: Change) {
    let places = pointers(contract);
    let at = |place: &Index| place.get(&places).as_str();
    match change {
        Change::Replace(place, value) => replace(contract, at(&place), value),
        Change::Remove(place) => remove(contract, at(&place)),
        Change::Insert(place, key, value) => insert(contract, at(&place), key, value),
        Change::Copy(place, other) => {
            let value = contract.pointer(at(&other)).cloned().unwrap_or_default();
            replace(contract, at(&place), value);
        }
        Change::Refer(place, other) => {
            let reference = json!({"$ref": format!("#{}", at(&other))});
            replace(contract, at(&place), reference);
        }
    }
}

/// Returns the published contracts and those made for tests, with their deviations.
fn families() -> Vec<Vec<Source>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders = ["../../schemas/pismo", "../../schemas/boost", "../../schemas/specsavers"];
    let cases = ["json", "avro", "asyncapi", "openapi"]
        .map(|name| format!("../verify/cases/schemas/{name}"));
    let folders = folders.map(str::to_owned).into_iter().chain(cases);
    folders.map(|folder| sources(&root.join(folder))).collect()
}

fn sources(folder: &Path) -> Vec<Source> {
    let entries =
        fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    let name = |path: &Path| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let is_read = |name: &str| cfg!(feature = "backtracking") || !name.contains("backtrack");
    // Of Pismo the contracts that are compiled by default; its others have no further shapes.
    let pismo = ["accrual_incoming-1", "customer_", "recurring_charge_plan_incoming-1"];
    let is_pismo = folder.ends_with("schemas/pismo");
    let is_taken = |name: &str| !is_pismo || pismo.iter().any(|start| name.starts_with(start));
    let is_contract = |path: &&PathBuf| {
        let name = name(path);
        path.is_file() && !name.ends_with(".patch.json") && is_read(&name) && is_taken(&name)
    };
    let source = |path: &PathBuf| {
        let patch = path.with_extension("patch.json");
        let patch = fs::read_to_string(&patch).ok().map(|text| (name(&patch), text));
        Source { file: name(path), text: fs::read_to_string(path).expect("UTF-8"), patch }
    };
    let sources: Vec<Source> = paths.iter().filter(is_contract).map(source).collect();
    assert!(!sources.is_empty(), "no contract in {}", folder.display());
    sources
}

fn options() -> Options {
    Options::new("acme")
}

/// Checks that the result is valid Rust or an error, and deterministic.
fn check(sources: &[Source]) -> Result<(), TestCaseError> {
    let result = generate(sources, &options());
    prop_assert_eq!(&generate(sources, &options()), &result);
    match result {
        Ok(rust) => {
            let parsed = syn::parse_file(&rust);
            prop_assert!(parsed.is_ok(), "{:?}\n{rust}", parsed.err());
        }
        Err(error) => {
            prop_assert!(!error.problems().is_empty());
            let internal = error.to_string().contains("mistake of the generator");
            prop_assert!(!internal, "{error}");
        }
    }
    Ok(())
}

/// Runs a quarter of the default number of cases, since each case compiles a whole contract twice.
fn config() -> ProptestConfig {
    let default = ProptestConfig::default();
    ProptestConfig { cases: default.cases.div_ceil(4), failure_persistence: None, ..default }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn changed_contracts_compile_or_fail(
        source in select(families().concat()),
        changes in changes(),
        with_patch: bool,
    ) {
        let mut contract: Value = serde_json::from_str(&source.text).expect("contracts are JSON");
        for change in changes {
            apply(&mut contract, change);
        }
        let patch = source.patch.filter(|_| with_patch);
        check(&[Source { file: source.file, text: contract.to_string(), patch }])?;
    }

    #[test]
    fn changed_texts_compile_or_fail(
        source in select(families().concat()),
        edits in prop::collection::vec((any::<Index>(), 0..4_usize, ".{0,3}"), 1..4),
    ) {
        let mut text: Vec<char> = source.text.chars().collect();
        for (place, removed, added) in edits {
            let start = place.index(text.len() + 1);
            let end = text.len().min(start + removed);
            text.splice(start..end, added.chars());
        }
        check(&[Source { text: text.into_iter().collect(), ..source }])?;
    }
}

#[test]
fn names_do_not_depend_on_contract_order() {
    let mut families = families();
    families.push(families.concat());
    for sources in families {
        let mut reversed = sources.clone();
        reversed.reverse();
        assert_eq!(names(&reversed), names(&sources));
    }
}

/// Returns the names of types, fields, variants and functions.
fn names(sources: &[Source]) -> BTreeSet<String> {
    let rust =
        generate(sources, &options()).expect("the contracts of this repository are compiled");
    let file = syn::parse_file(&rust).expect("what is generated is Rust");
    let mut names = BTreeSet::new();
    collect("", &file.items, &mut names);
    names
}

fn collect(module: &str, items: &[syn::Item], names: &mut BTreeSet<String>) {
    for item in items {
        match item {
            syn::Item::Mod(inner) if inner.ident != "schema" => {
                let items = inner.content.as_ref().map_or(&[][..], |(_, items)| items);
                collect(&format!("{module}{}::", inner.ident), items, names);
            }
            syn::Item::Struct(item) => {
                let fields = item.fields.iter().filter_map(|field| field.ident.as_ref());
                names.extend(fields.map(|field| format!("{module}{}.{field}", item.ident)));
                names.insert(format!("{module}{}", item.ident));
            }
            syn::Item::Enum(item) => {
                let variants = item.variants.iter().map(|variant| &variant.ident);
                names.extend(variants.map(|variant| format!("{module}{}::{variant}", item.ident)));
                names.insert(format!("{module}{}", item.ident));
            }
            syn::Item::Macro(block) => {
                names.extend(blocks::names(block).iter().map(|name| format!("{module}{name}")));
            }
            _ => {}
        }
    }
}

#[test]
fn shared_schemas_are_not_expanded() {
    // Each level uses the next one twice: expanded, the last one would occur 2⁶⁰ times.
    let mut definitions = serde_json::Map::new();
    for level in 0..60 {
        let next = json!({"$ref": format!("#/definitions/d{}", level + 1)});
        let twice = json!({"allOf": [next, next], "properties": {"a": next, "b": next}});
        definitions.insert(format!("d{level}"), twice);
    }
    definitions
        .insert("d60".into(), json!({"type": "object", "properties": {"c": {"type": "integer"}}}));
    let contract = json!({"$ref": "#/definitions/d0", "definitions": definitions});
    let source = Source { file: "shared.json".into(), text: contract.to_string(), patch: None };
    let rust = generate(&[source], &options()).expect("the schema is valid");
    assert!(rust.len() < 2_000_000, "{}", rust.len());
}

#[test]
fn nested_unions_are_derived_once_per_place() {
    // Neither types nor a property distinguish the branches, so each level derives every branch.
    let mut schema = json!({"type": "object", "required": ["end"]});
    for level in 0..14 {
        let other = json!({"type": "object", "required": [format!("other_{level}")]});
        schema = json!({"oneOf": [
            {"type": "object", "required": ["next"], "properties": {"next": schema}},
            other,
        ]});
    }
    let mut definitions = serde_json::Map::new();
    for level in 0..60 {
        let next = |name| json!({"$ref": format!("#/definitions/{name}{}", level + 1)});
        for name in ["a", "b"] {
            let union = json!({"anyOf": [next("a"), next("b")]});
            definitions.insert(format!("{name}{level}"), union);
        }
    }
    for (name, ty) in [("a60", "string"), ("b60", "integer")] {
        definitions.insert(name.into(), json!({"type": ty}));
    }
    let properties = json!({"deep": schema, "shared": {"$ref": "#/definitions/a0"}});
    let contract = json!({"type": "object", "properties": properties, "definitions": definitions});
    let source = Source { file: "unions.json".into(), text: contract.to_string(), patch: None };
    let rust = generate(&[source], &options()).expect("the schema is valid");
    assert!(rust.len() < 2_000_000, "{}", rust.len());
}

#[test]
fn unsatisfiable_objects_are_checked_as_a_whole() {
    let text = r#"{"type": "object", "required": ["a"], "properties": {"b": {}}, "additionalProperties": false}"#;
    let source = Source { file: "impossible.json".into(), text: text.into(), patch: None };
    let rust =
        generate(&[source], &options()).expect("the schema is valid, though nothing satisfies it");
    assert!(rust.contains("schema::IMPOSSIBLE, verify schema::IMPOSSIBLE;"), "{rust}");
}

#[test]
fn long_ways_of_references_are_read_or_refused() {
    let chain = |length: usize| {
        let definition = |index: usize| {
            let next = format!("#/definitions/d{}", (index + 1) % length);
            (format!("d{index}"), json!({"type": "object", "properties": {"next": {"$ref": next}}}))
        };
        let definitions: serde_json::Map<_, _> = (0..length).map(definition).collect();
        let text = json!({"$ref": "#/definitions/d0", "definitions": definitions}).to_string();
        let source = Source { file: "chain.json".into(), text, patch: None };
        generate(&[source], &Options::new("chain"))
    };
    assert!(chain(300).is_ok());
    let error = chain(1_010).unwrap_err().to_string();
    assert!(error.contains("leads through more than 2000 schemas"), "{error}");
}
