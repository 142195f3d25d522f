//! Pairs of versions of every draft, judged by the comparison, by the canonical forms of the `jsonschema` crate
//! (`covers`), and by instances.
//!
//! The comparison must not call compatible what one of the others refutes. Where it calls breaking what neither
//! refutes, the pair lists the reason.

use super::compared;
use jsonschema::Draft;
use jsonschema::canonical::{self, Containment};
use migration_events_codegen::evolution::Breaks;
use serde_json::{Value, json};

const NONE: Breaks = Breaks { readers: false, writers: false };
const READERS: Breaks = Breaks { readers: true, writers: false };
const WRITERS: Breaks = Breaks { readers: false, writers: true };
const BOTH: Breaks = Breaks { readers: true, writers: true };

struct Pair {
    draft: Draft,
    old: &'static str,
    new: &'static str,
    /// The groups that break for sure.
    breaks: Breaks,
    /// Values that only one version accepts.
    instances: &'static [&'static str],
    /// The groups that are called broken in addition, and the reason.
    guess: (Breaks, &'static str),
}

const SURE: (Breaks, &str) = (NONE, "");

const D4: Draft = Draft::Draft4;
const D6: Draft = Draft::Draft6;
const D7: Draft = Draft::Draft7;
const D19: Draft = Draft::Draft201909;
const D20: Draft = Draft::Draft202012;

const fn pair(
    draft: Draft,
    old: &'static str,
    new: &'static str,
    breaks: Breaks,
    instances: &'static [&'static str],
    guess: (Breaks, &'static str),
) -> Pair {
    Pair { draft, old, new, breaks, instances, guess }
}

const PATTERNS: &str = "two patterns are not compared";
const CONDITIONS: &str = "different conditions are not compared";
const DIVISORS: &str = "two divisors are not compared";
const EVALUATED: &str = "members that are evaluated depending on the value are not compared";
const KEYWORDS: &str = "keywords are compared one by one, not in their combination";
const OVERLAP: &str = "overlapping branches of `oneOf` are not compared";
const INTEGERS: &str = "bounds are compared as those of numbers";

const PAIRS: &[Pair] = &[
    // Numbers.
    pair(
        D4,
        r#"{"minimum": 0}"#,
        r#"{"minimum": 0, "exclusiveMinimum": true}"#,
        WRITERS,
        &["0"],
        SURE,
    ),
    pair(
        D4,
        r#"{"maximum": 5, "exclusiveMaximum": true}"#,
        r#"{"maximum": 5, "exclusiveMaximum": false}"#,
        READERS,
        &["5"],
        SURE,
    ),
    pair(D6, r#"{"exclusiveMinimum": 0}"#, r#"{"minimum": 0}"#, READERS, &["0"], SURE),
    pair(D7, r#"{"multipleOf": 2}"#, r#"{"multipleOf": 4}"#, WRITERS, &["2"], (READERS, DIVISORS)),
    pair(
        D7,
        r#"{"type": "integer"}"#,
        r#"{"type": "number", "multipleOf": 1}"#,
        NONE,
        &[],
        (BOTH, KEYWORDS),
    ),
    pair(
        D7,
        r#"{"type": "integer", "minimum": 1}"#,
        r#"{"type": "integer", "exclusiveMinimum": 0}"#,
        NONE,
        &[],
        (READERS, INTEGERS),
    ),
    pair(
        D7,
        r#"{"type": "integer", "minimum": 0, "maximum": 1}"#,
        r#"{"enum": [0, 1]}"#,
        NONE,
        &[],
        (BOTH, KEYWORDS),
    ),
    // Strings.
    pair(
        D7,
        r#"{"pattern": "^a"}"#,
        r#"{"pattern": "^(a|b)"}"#,
        READERS,
        &["\"b\""],
        (WRITERS, PATTERNS),
    ),
    pair(
        D6,
        r#"{"maxLength": 3}"#,
        r#"{"maxLength": 3, "format": "ipv4"}"#,
        WRITERS,
        &["\"a\""],
        SURE,
    ),
    pair(
        D19,
        r#"{"type": "string", "format": "date"}"#,
        r#"{"type": "string"}"#,
        READERS,
        &["\"a\""],
        SURE,
    ),
    pair(
        D20,
        r#"{"format": "date-time"}"#,
        r#"{"format": "date"}"#,
        BOTH,
        &["\"2024-01-31\"", "\"2024-01-31T00:00:00Z\""],
        SURE,
    ),
    // References.
    pair(
        D7,
        r##"{"$ref": "#/definitions/x", "maxLength": 1, "definitions": {"x": {"type": "string"}}}"##,
        r##"{"$ref": "#/definitions/x", "maxLength": 9, "definitions": {"x": {"type": "string"}}}"##,
        NONE,
        &[],
        SURE,
    ),
    pair(
        D19,
        r##"{"$ref": "#/$defs/x", "maxLength": 1, "$defs": {"x": {"type": "string"}}}"##,
        r##"{"$ref": "#/$defs/x", "maxLength": 9, "$defs": {"x": {"type": "string"}}}"##,
        READERS,
        &["\"ab\""],
        SURE,
    ),
    pair(
        D20,
        r##"{"properties": {"next": {"$ref": "#"}}, "additionalProperties": false}"##,
        r##"{"properties": {"next": {"$ref": "#"}, "v": {"type": "null"}}, "additionalProperties": false}"##,
        READERS,
        &[r#"{"next": {"v": null}}"#],
        SURE,
    ),
    pair(
        D7,
        r##"{"not": {"allOf": [{"$ref": "#/definitions/x"}]}, "definitions": {"x": {"const": 1}}}"##,
        r##"{"not": {"allOf": [{"$ref": "#/definitions/x"}]}, "definitions": {"x": {"const": 2}}}"##,
        BOTH,
        &["1", "2"],
        SURE,
    ),
    pair(
        D7,
        r##"{"allOf": [{"not": {"$ref": "#/definitions/x"}}, {"not": {"type": "null"}}], "definitions": {"x": {"const": 1}}}"##,
        r##"{"allOf": [{"not": {"$ref": "#/definitions/x"}}, {"not": {"type": "null"}}], "definitions": {"x": {"const": 2}}}"##,
        BOTH,
        &["1", "2"],
        SURE,
    ),
    pair(
        D7,
        r##"{"allOf": [{"dependencies": {"a": {"$ref": "#/definitions/x"}}}, {"dependencies": {"b": ["a"]}}],
            "definitions": {"x": {"required": ["c"]}}}"##,
        r##"{"allOf": [{"dependencies": {"a": {"$ref": "#/definitions/x"}}}, {"dependencies": {"b": ["a"]}}],
            "definitions": {"x": {}}}"##,
        READERS,
        &[r#"{"a": 1}"#],
        SURE,
    ),
    // Dynamic references.
    pair(
        D20,
        r##"{"$dynamicAnchor": "node", "properties": {"v": {"type": "integer"}, "next": {"$dynamicRef": "#node"}}}"##,
        r##"{"$dynamicAnchor": "node", "properties": {"v": {"type": "number"}, "next": {"$dynamicRef": "#node"}}}"##,
        READERS,
        &[r#"{"next": {"v": 1.5}}"#],
        SURE,
    ),
    pair(
        D19,
        r##"{"$recursiveAnchor": true, "properties": {"v": {"type": "integer"}, "next": {"$recursiveRef": "#"}}}"##,
        r##"{"$recursiveAnchor": true, "properties": {"v": {"type": "number"}, "next": {"$recursiveRef": "#"}}}"##,
        READERS,
        &[r#"{"next": {"v": 1.5}}"#],
        SURE,
    ),
    pair(
        D20,
        r##"{"$dynamicAnchor": "n", "anyOf": [{"properties": {"a": {"$dynamicRef": "#n"}}}, {"type": "null"}],
            "unevaluatedProperties": false}"##,
        r##"{"$dynamicAnchor": "n", "anyOf": [{"properties": {"a": {"$dynamicRef": "#n"}, "b": {}}}, {"type": "null"}],
            "unevaluatedProperties": false}"##,
        READERS,
        &[r#"{"b": 1}"#],
        (WRITERS, EVALUATED),
    ),
    // Members that no keyword evaluates.
    pair(
        D19,
        r#"{"allOf": [{"additionalProperties": {"type": "string"}}, {"unevaluatedProperties": false}]}"#,
        r#"{"allOf": [{"additionalProperties": {"type": "string"}}, {}]}"#,
        READERS,
        &[r#"{"a": "b"}"#],
        (WRITERS, EVALUATED),
    ),
    pair(
        D20,
        r#"{"allOf": [{"prefixItems": [{}]}, {"unevaluatedItems": false}]}"#,
        r#"{"allOf": [{"prefixItems": [{}]}]}"#,
        READERS,
        &["[1]"],
        (WRITERS, EVALUATED),
    ),
    pair(
        D20,
        r#"{"prefixItems": [{"type": "string"}], "unevaluatedItems": false}"#,
        r#"{"prefixItems": [{"type": "string"}, {}], "unevaluatedItems": false}"#,
        READERS,
        &[r#"["a", 1]"#],
        SURE,
    ),
    pair(
        D20,
        r##"{"$ref": "#/$defs/x", "unevaluatedProperties": false, "$defs": {"x": {"properties": {"a": {}}}}}"##,
        r##"{"$ref": "#/$defs/x", "unevaluatedProperties": false, "$defs": {"x": {"properties": {"a": {}, "b": {}}}}}"##,
        READERS,
        &[r#"{"b": 1}"#],
        SURE,
    ),
    pair(
        D19,
        r##"{"if": {"required": ["k"]}, "then": {"$ref": "#/$defs/x"}, "unevaluatedProperties": false,
            "properties": {"k": {}}, "$defs": {"x": {"properties": {"a": {}}}}}"##,
        r##"{"if": {"required": ["k"]}, "then": {"$ref": "#/$defs/x"}, "unevaluatedProperties": false,
            "properties": {"k": {}}, "$defs": {"x": {"properties": {"a": {}, "b": {}}}}}"##,
        READERS,
        &[r#"{"k": 1, "b": 1}"#],
        (WRITERS, EVALUATED),
    ),
    // Conditions.
    pair(
        D7,
        r#"{"allOf": [{"if": {"type": "string"}, "then": {"minLength": 1}}, {"if": {"type": "array"}, "then": {"minItems": 1}}]}"#,
        r#"{"allOf": [{"if": {"type": "array"}, "then": {"minItems": 1}}, {"if": {"type": "string"}, "then": {"minLength": 2}}]}"#,
        WRITERS,
        &["\"a\""],
        SURE,
    ),
    pair(
        D7,
        r#"{"allOf": [{"if": {"type": "string"}, "then": {"minLength": 3}}, {"then": {"maxLength": 3}}]}"#,
        r#"{"allOf": [{"if": {"type": "string"}, "then": {"minLength": 3}}, {"then": {"maxLength": 2}}]}"#,
        NONE,
        &[],
        SURE,
    ),
    pair(
        D7,
        r#"{"if": {"minimum": 5}, "then": {"multipleOf": 5}}"#,
        r#"{"if": {"minimum": 6}, "then": {"multipleOf": 5}}"#,
        READERS,
        &["5.5"],
        (WRITERS, CONDITIONS),
    ),
    pair(
        D7,
        r#"{"not": {"minLength": 1}}"#,
        r#"{"not": {"minLength": 2}}"#,
        READERS,
        &["\"a\""],
        SURE,
    ),
    // Branches.
    pair(
        D7,
        r#"{"type": ["string", "null"]}"#,
        r#"{"anyOf": [{"type": "string"}, {"type": "null"}]}"#,
        NONE,
        &[],
        (WRITERS, KEYWORDS),
    ),
    pair(
        D7,
        r#"{"oneOf": [{"minimum": 1}, {"maximum": 5}]}"#,
        r#"{"oneOf": [{"maximum": 5}, {"minimum": 1}, {"type": "string"}]}"#,
        NONE,
        &[],
        (BOTH, OVERLAP),
    ),
    pair(
        D7,
        r#"{"anyOf": [{"enum": ["a"]}, {"enum": ["b"]}]}"#,
        r#"{"enum": ["a", "b"]}"#,
        NONE,
        &[],
        (READERS, KEYWORDS),
    ),
    pair(
        D20,
        r#"{"oneOf": [{"type": "object", "required": ["a"], "properties": {"a": {"const": 1}}}, {"type": "null"}]}"#,
        r#"{"oneOf": [{"type": "object", "required": ["a"], "properties": {"a": {"const": 1}, "b": {"type": "null"}}}, {"type": "null"}]}"#,
        WRITERS,
        &[r#"{"a": 1, "b": 2}"#],
        SURE,
    ),
    // Arrays.
    pair(
        D6,
        r#"{"items": [{"type": "string"}], "additionalItems": {"type": "integer"}}"#,
        r#"{"items": [{"type": "string"}], "additionalItems": {"type": "number"}}"#,
        READERS,
        &[r#"["a", 1.5]"#],
        SURE,
    ),
    pair(D4, r#"{"additionalItems": false}"#, r#"{"additionalItems": true}"#, NONE, &[], SURE),
    pair(D20, r#"{"contains": {"const": 1}, "minContains": 0}"#, r#"{}"#, NONE, &[], SURE),
    pair(
        D19,
        r#"{"contains": {"const": 1}, "maxContains": 2}"#,
        r#"{"contains": {"const": 1}, "maxContains": 3}"#,
        READERS,
        &["[1, 1, 1]"],
        (WRITERS, CONDITIONS),
    ),
    // Objects.
    pair(
        D7,
        r#"{"properties": {"a": {}}}"#,
        r#"{"properties": {"a": {}, "b": true, "c": {"description": "Anything."}}}"#,
        NONE,
        &[],
        SURE,
    ),
    pair(
        D7,
        r#"{"patternProperties": {"^a": {"type": "string"}}}"#,
        r#"{"patternProperties": {"^ab": {"type": "string"}}}"#,
        READERS,
        &[r#"{"ac": 1}"#],
        (WRITERS, PATTERNS),
    ),
    pair(
        D19,
        r#"{"dependentRequired": {"a": ["b"]}}"#,
        r#"{"dependentSchemas": {"a": {"required": ["b"]}}}"#,
        NONE,
        &[],
        (BOTH, KEYWORDS),
    ),
    pair(
        D7,
        r#"{"required": ["a"], "minProperties": 1}"#,
        r#"{"required": ["a"]}"#,
        NONE,
        &[],
        (READERS, KEYWORDS),
    ),
    pair(
        D6,
        r#"{"propertyNames": {"enum": ["a", "b"]}}"#,
        r#"{"propertyNames": {"enum": ["a"]}}"#,
        WRITERS,
        &[r#"{"b": 1}"#],
        SURE,
    ),
    // Values.
    pair(D7, r#"{"enum": ["a"]}"#, r#"{"type": "string", "enum": ["a", 1]}"#, NONE, &[], SURE),
    pair(D7, r#"{"const": 1}"#, r#"{"enum": [1.0]}"#, NONE, &[], SURE),
    pair(
        D7,
        r#"{"enum": ["a", "bb"]}"#,
        r#"{"enum": ["a", "bb"], "maxLength": 2}"#,
        NONE,
        &[],
        (WRITERS, KEYWORDS),
    ),
    pair(D7, r#"{"type": "string", "const": 1}"#, "false", NONE, &[], (WRITERS, KEYWORDS)),
];

fn uri(draft: Draft) -> &'static str {
    match draft {
        Draft::Draft4 => "http://json-schema.org/draft-04/schema#",
        Draft::Draft6 => "http://json-schema.org/draft-06/schema#",
        Draft::Draft7 => "http://json-schema.org/draft-07/schema#",
        Draft::Draft201909 => "https://json-schema.org/draft/2019-09/schema",
        _ => "https://json-schema.org/draft/2020-12/schema",
    }
}

/// Returns a schema that declares its draft.
fn declared(draft: Draft, text: &str) -> Value {
    let mut schema: Value = serde_json::from_str(text).unwrap();
    if let Value::Object(members) = &mut schema {
        members.insert("$schema".into(), json!(uri(draft)));
    }
    schema
}

/// Returns whether `outer` accepts every value that `inner` accepts, if the canonical forms say so.
fn covers(draft: Draft, outer: &Value, inner: &Value) -> Option<bool> {
    let form = |schema: &Value| {
        let options = canonical::options().with_draft(draft).should_validate_formats(true);
        options.canonicalize(schema).ok()
    };
    match form(outer)?.covers(&form(inner)?).ok()? {
        Containment::Yes => Some(true),
        Containment::No => Some(false),
        Containment::Unknown => None,
    }
}

#[test]
fn verdicts_agree_with_canonical_forms_and_instances() {
    let (mut decided, mut wrong) = (0, Vec::new());
    for Pair { draft, old, new, breaks, instances, guess } in PAIRS {
        let evolution = compared(
            &declared(*draft, old).to_string(),
            &declared(*draft, new).to_string(),
            ".json",
        );
        let evolution = evolution.assuming_undeclared_properties();
        let title = format!("{draft:?} {old} → {new}\n{evolution}");
        let [of_old, of_new] = [old, new].map(|text| declared(*draft, text));
        let [by_old, by_new] = [&of_old, &of_new].map(|schema| {
            let options = jsonschema::options().with_draft(*draft).should_validate_formats(true);
            options.build(schema).unwrap()
        });
        let shown = |from: &jsonschema::Validator, to: &jsonschema::Validator| {
            let mut values = instances.iter().map(|text| serde_json::from_str(text).unwrap());
            values.any(|value: Value| from.is_valid(&value) && !to.is_valid(&value))
        };
        for (name, is_sure, is_guessed, is_called, is_shown, is_covered) in [
            (
                "writers",
                breaks.writers,
                guess.0.writers,
                evolution.breaks().writers,
                shown(&by_old, &by_new),
                covers(*draft, &of_new, &of_old),
            ),
            (
                "readers",
                breaks.readers,
                guess.0.readers,
                evolution.breaks().readers,
                shown(&by_new, &by_old),
                covers(*draft, &of_old, &of_new),
            ),
        ] {
            decided += usize::from(is_covered.is_some());
            for (is_wrong, by) in [
                (is_called != (is_sure || is_guessed), "the comparison"),
                (is_shown != is_sure, "the instances"),
                (is_covered == Some(is_sure), "the canonical forms"),
                (is_sure && is_guessed, "the list, twice"),
            ] {
                if is_wrong {
                    wrong.push(format!("{name} by {by}: {title}"));
                }
            }
        }
        if guess.1.is_empty() != (guess.0 == NONE) {
            wrong.push(format!("a reason without a guess: {title}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
    assert!(decided > PAIRS.len(), "the canonical forms decide {decided} directions");
}

#[test]
fn versions_are_read_in_their_own_drafts() {
    let reference = r##"{"$ref": "#/definitions/x", "maxLength": 1, "definitions": {"x": {"type": "string"}}}"##;
    for (old, new, breaks) in [
        (
            (D4, r#"{"minimum": 0, "exclusiveMinimum": true}"#),
            (D7, r#"{"exclusiveMinimum": 0}"#),
            NONE,
        ),
        (
            (D7, r#"{"items": [{"type": "string"}], "additionalItems": false}"#),
            (D20, r#"{"prefixItems": [{"type": "string"}], "items": false}"#),
            NONE,
        ),
        // Keywords beside a reference count from 2019-09 on.
        ((D7, reference), (D19, reference), WRITERS),
        ((D20, r#"{"enum": ["a"]}"#), (D6, r#"{"const": "a"}"#), NONE),
    ] {
        let text = |(draft, text): (Draft, &str)| declared(draft, text).to_string();
        let evolution = compared(&text(old), &text(new), ".json");
        let evolution = evolution.assuming_undeclared_properties();
        assert_eq!(evolution.breaks(), breaks, "{} → {}\n{evolution}", old.1, new.1);
    }
}
