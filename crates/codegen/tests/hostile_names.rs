//! Unusual and colliding names: valid code or an error with a place, independent of the order of files.

mod blocks;

use migration_events_codegen::{Options, Source, generate};
use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use serde_json::json;
use std::collections::BTreeSet;

const HOSTILE: &[&str] = &[
    "",
    " ",
    "💥",
    "fn",
    "Self",
    "self",
    "super",
    "crate",
    "gen",
    "async",
    "union",
    "_",
    "__",
    "0",
    "1e5",
    "007",
    "+",
    "-",
    "<=>",
    "a+b",
    "a-b",
    "a_b",
    "aB",
    "ab",
    "AB",
    "Ab",
    "a.b",
    "a/b",
    "a~1b",
    "%2F",
    "#",
    "\"",
    "\\",
    "`",
    "\n",
    "\u{0}",
    "\u{202e}abc",
    "a\u{200b}b",
    "\u{feff}",
    "אבג",
    "ﷺ",
    "ß",
    "ﬁ",
    "İ",
    "ǅ",
    "a\u{301}",
    "á",
    "𝔞",
    "Ⅷ",
    "r#type",
    "extra",
    "build",
    "builder",
    "decode",
    "reader",
    "Option",
    "Vec",
    "String",
    "str",
    "bool",
    "i64",
    "schema",
    "Other",
    "Debug",
    "first",
    "rest",
    "out",
    "object",
    "value",
    "new",
];

fn source(file: &str, text: String) -> Source {
    Source { file: file.into(), text, patch: None }
}

/// Checks that the code parses and has no duplicate names, and returns all names.
fn check(sources: &[Source]) -> Result<BTreeSet<String>, TestCaseError> {
    let rust = match generate(sources, &Options::new("acme")) {
        Ok(rust) => rust,
        Err(error) => {
            for problem in error.problems() {
                prop_assert!(problem.position.is_some() && !problem.help.is_empty(), "{problem}");
                prop_assert!(!problem.message.contains("mistake of the generator"), "{problem}");
            }
            return Ok(BTreeSet::new());
        }
    };
    let file = syn::parse_file(&rust).map_err(|error| TestCaseError::fail(error.to_string()))?;
    let mut names = BTreeSet::new();
    collect("", &file.items, &mut names)?;
    Ok(names)
}

fn collect(
    path: &str,
    items: &[syn::Item],
    names: &mut BTreeSet<String>,
) -> Result<(), TestCaseError> {
    let mut add = |name: String| {
        prop_assert!(names.insert(name.clone()), "{name} twice");
        Ok(())
    };
    for item in items {
        match item {
            syn::Item::Struct(item) => {
                add(format!("{path}{}", item.ident))?;
                for field in item.fields.iter().filter_map(|field| field.ident.as_ref()) {
                    add(format!("{path}{}.{field}", item.ident))?;
                }
            }
            syn::Item::Enum(item) => {
                add(format!("{path}{}", item.ident))?;
                for variant in &item.variants {
                    add(format!("{path}{}::{}", item.ident, variant.ident))?;
                }
            }
            syn::Item::Macro(block) => {
                blocks::names(block)
                    .into_iter()
                    .try_for_each(|name| add(format!("{path}{name}")))?;
            }
            syn::Item::Static(item) => add(format!("{path}{}", item.ident))?,
            syn::Item::Mod(item) => add(format!("{path}mod {}", item.ident))?,
            _ => {}
        }
    }
    for item in items {
        if let syn::Item::Mod(inner) = item {
            let items = inner.content.as_ref().map_or(&[][..], |(_, items)| items);
            collect(&format!("{path}{}::", inner.ident), items, names)?;
        }
    }
    Ok(())
}

/// Returns contracts that use the names in every possible place.
fn contracts(names: &[String]) -> Vec<Source> {
    let object = json!({"type": "object", "properties": {"a": {"type": "string"}}});
    let each = |value: serde_json::Value| -> serde_json::Map<String, serde_json::Value> {
        names.iter().map(|name| (name.clone(), value.clone())).collect()
    };
    let properties =
        json!({"type": "object", "required": names, "properties": each(object.clone())});
    let values = json!({"type": "object", "properties": {
        "of": {"enum": names},
        "known": {"type": "string", "x-known-values": names},
        "mixed": {"enum": names.iter().map(|name| json!(name)).chain([json!(1)]).collect::<Vec<_>>()},
    }});
    let pointer = |name: &str| name.replace('~', "~0").replace('/', "~1").replace('%', "%25");
    let references: serde_json::Map<String, serde_json::Value> = (0..)
        .zip(names)
        .map(|(index, name): (usize, _)| {
            (format!("p{index}"), json!({"$ref": format!("#/definitions/{}", pointer(name))}))
        })
        .collect();
    let definitions =
        json!({"type": "object", "properties": references, "definitions": each(object.clone())});
    let explicit: serde_json::Map<String, serde_json::Value> = (0..)
        .zip(names)
        .map(|(index, name): (usize, _)| {
            let mut schema = object.clone();
            schema["x-rust-name"] = json!(name);
            schema["x-rust-field"] = json!(name);
            (format!("q{index}"), schema)
        })
        .collect();
    let explicit = json!({"type": "object", "properties": explicit});
    let asyncapi = json!({
        "asyncapi": "3.0.0",
        "info": {"title": "t", "version": "1"},
        "channels": names.iter().map(|name| (name.clone(), json!({"address": "a"}))).collect::<serde_json::Map<_, _>>(),
        "components": {"messages": each(json!({"payload": object.clone()}))},
    });
    let mut sources: Vec<Source> = [
        ("properties.json", properties),
        ("values.json", values),
        ("definitions.json", definitions),
        ("explicit.json", explicit),
        ("messages.json", asyncapi),
    ]
    .into_iter()
    .map(|(file, contract)| source(file, contract.to_string()))
    .collect();
    sources.extend(names.iter().map(|name| source(&format!("{name}.json"), object.to_string())));
    sources
}

#[test]
fn hostile_names_compile_or_fail_with_a_place() {
    let names: Vec<String> = HOSTILE.iter().map(|name| (*name).to_owned()).collect();
    for source in contracts(&names) {
        let file = source.file.clone();
        let result = check(&[source]);
        assert!(result.is_ok(), "{file:?}: {result:?}");
    }
    for name in names {
        let result = check(&contracts(std::slice::from_ref(&name)));
        assert!(result.is_ok(), "{name:?}: {result:?}");
    }
}

#[test]
fn properties_of_any_name_become_fields() {
    let names: Vec<String> = HOSTILE.iter().map(|name| (*name).to_owned()).collect();
    let properties = contracts(&names).swap_remove(0);
    let found = check(&[properties]).unwrap();
    let fields = found.iter().filter(|name| name.starts_with("Properties.")).count();
    assert_eq!(fields, HOSTILE.len() + 1, "{found:?}");
}

#[test]
fn nesting_and_recursion_terminate() {
    let nest =
        |open: &str, close: &str| format!("{}{{}}{}", open.repeat(1_000), close.repeat(1_000));
    let endless = [
        json!({"$ref": "#"}),
        json!({"allOf": [{"$ref": "#"}]}),
        json!({"type": "array", "items": {"$ref": "#"}}),
        json!({"anyOf": [{"$ref": "#"}, {"type": "null"}]}),
        json!({"properties": {"a": {"$ref": "#/properties/b"}, "b": {"$ref": "#/properties/a"}}, "type": "object"}),
        json!({"type": "object", "additionalProperties": {"$ref": "#"}}),
        json!({"not": {"$ref": "#"}, "type": "object"}),
        json!({"type": "object", "properties": {"a": {"$ref": "#/properties/a"}}}),
    ];
    let texts = endless.iter().map(ToString::to_string).chain([
        nest(r#"{"type":"object","properties":{"a":"#, "}}"),
        nest(r#"{"allOf":["#, "]}"),
        "[".repeat(1_000),
        r#"{"a":"#.repeat(100_000),
    ]);
    for text in texts {
        for file in ["a.json", "a.avsc"] {
            let result = check(&[source(file, text.clone())]);
            assert!(result.is_ok(), "{result:?} {}", &text[..text.len().min(200)]);
        }
    }
    let avro = r#"{"type":"record","name":"A","fields":[{"name":"a","type":"A"}]}"#;
    let result = check(&[source("a.avsc", avro.to_owned())]);
    assert!(result.is_ok(), "{result:?}");
}

/// Returns contracts whose names collide in every way.
fn meeting() -> Vec<Source> {
    let event = |extra: &str| {
        format!(
            r#"{{"type": "object", "properties": {{{extra}
            "status": {{"enum": ["A", "B"]}}, "kind": {{"enum": ["{extra_len}", "C"]}},
            "entity": {{"type": "object", "properties": {{"code": {{"type": "string", "maxLength": 3}}}}}}}}}}"#,
            extra_len = extra.len(),
        )
    };
    let named = r#"{"type": "object", "x-rust-name": "Event", "properties": {"a": {}}}"#;
    let avro = |namespace: &str| {
        format!(
            r#"{{"type": "record", "name": "Event", "namespace": "{namespace}", "fields": [
            {{"name": "status", "type": {{"type": "enum", "name": "Status", "symbols": ["B", "A"]}}}}]}}"#
        )
    };
    let mut sources: Vec<Source> = [
        ("event.json", ""),
        ("event-1.json", r#""b": {},"#),
        ("event-2.json", r#""cc": {},"#),
        ("Event.json", r#""ddd": {},"#),
        ("x/event.json", r#""eeee": {},"#),
        ("y/event-1.json", r#""fffff": {},"#),
        ("e-vent.json", r#""gggggg": {},"#),
        ("status.json", r#""hhhhhhh": {},"#),
    ]
    .into_iter()
    .map(|(file, extra)| source(file, event(extra)))
    .collect();
    sources.push(source("named.json", named.to_owned()));
    sources.push(source("other_named.json", named.to_owned()));
    sources.push(source("a.avsc", avro("acme")));
    sources.push(source("b.avsc", avro("acme.more")));
    sources
}

/// Returns the type of each contract with the file that its documentation names.
fn types(sources: &[Source]) -> BTreeSet<(String, String)> {
    let rust = generate(sources, &Options::new("acme")).unwrap_or_else(|error| panic!("{error}"));
    let lines: Vec<&str> = rust.lines().collect();
    let mut types = BTreeSet::new();
    for (number, line) in lines.iter().enumerate() {
        let Some(file) = line.trim().strip_prefix("/// Contract ") else { continue };
        let item = lines[number..].iter().find(|line| line.trim_start().starts_with("pub "));
        types.insert((file.to_owned(), item.expect("a type").trim().to_owned()));
    }
    assert_eq!(types.len(), sources.len());
    types
}

/// Runs a fixed number of cases, independent of the environment, since each case is slow.
fn run<S: Strategy>(
    cases: u32,
    strategy: &S,
    test: impl Fn(S::Value) -> Result<(), TestCaseError>,
) {
    let config = ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() };
    TestRunner::new(config).run(strategy, test).unwrap_or_else(|error| panic!("{error}"));
}

#[test]
fn colliding_names_do_not_depend_on_file_order() {
    let (expected, names) = (types(&meeting()), check(&meeting()).unwrap());
    run(8, &Just(meeting()).prop_shuffle(), |shuffled| {
        prop_assert_eq!(&types(&shuffled), &expected);
        prop_assert_eq!(&check(&shuffled)?, &names);
        Ok(())
    });
}

#[test]
fn arbitrary_names_compile_or_fail_with_a_place() {
    let name = "\\PC{0,6}|[a-cA-C_ .-]{0,4}";
    run(32, &prop::collection::btree_set(name, 1..8), |names| {
        let names: Vec<String> = names.into_iter().collect();
        contracts(&names).into_iter().try_for_each(|source| check(&[source]).map(drop))
    });
}

#[test]
fn equal_event_names_are_qualified_by_contract() {
    let object = r#"{"type": "object", "properties": {"a": {}}}"#.to_owned();
    let sources =
        ["x/moved-1.json", "y/moved-1.json", "y/moved-2.json", "done-1.json", "done-2.json"]
            .map(|file| source(file, object.clone()));
    let names = check(&sources).unwrap();
    for name in ["XMoved", "YMovedV1", "YMovedV2", "DoneV1", "DoneV2"] {
        assert!(names.contains(name), "{name} in {names:?}");
    }
}

#[test]
fn duplicate_file_names_are_an_error() {
    let object = r#"{"type": "object", "properties": {"a": {}}}"#.to_owned();
    let error = generate(
        &[source("a.json", object.clone()), source("a.json", object)],
        &Options::new("acme"),
    )
    .unwrap_err();
    let message = "the file name \"a.json\" is already used by a.json";
    assert!(error.to_string().contains(message), "{error}");
}
