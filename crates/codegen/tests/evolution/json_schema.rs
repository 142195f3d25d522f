//! Comparison of pairs of versions, checked with instances against an independent validator.

use super::compared;
use migration_events_codegen::evolution::Breaks;
use serde_json::Value;

struct Case {
    old: &'static str,
    new: &'static str,
    breaks: Breaks,
    /// Start of the first change.
    what: &'static str,
    /// Instances, with one that demonstrates each break in the decided cases.
    instances: &'static [&'static str],
}

const NONE: Breaks = Breaks { readers: false, writers: false };
const READERS: Breaks = Breaks { readers: true, writers: false };
const WRITERS: Breaks = Breaks { readers: false, writers: true };
const BOTH: Breaks = Breaks { readers: true, writers: true };

const fn case(
    old: &'static str,
    new: &'static str,
    breaks: Breaks,
    what: &'static str,
    instances: &'static [&'static str],
) -> Case {
    Case { old, new, breaks, what, instances }
}

/// Changes that the comparison decides. An instance demonstrates each break.
const DECIDED: &[Case] = &[
    case(
        r#"{"type":"string"}"#,
        r#"{"type":"string","title":"a","description":"b","examples":["c"]}"#,
        NONE,
        "",
        &["\"a\"", "1"],
    ),
    case(
        r#"{"type":"string"}"#,
        r#"{"type":"string","default":"a"}"#,
        NONE,
        "`default` changed",
        &["\"a\"", "1"],
    ),
    case(
        r#"{"type":"string"}"#,
        r#"{"type":["string","null"]}"#,
        READERS,
        "`null` is now allowed",
        &["null", "\"a\"", "1"],
    ),
    case(
        r#"{"type":["string","null"]}"#,
        r#"{"type":"string"}"#,
        WRITERS,
        "`null` is no longer allowed",
        &["null", "\"a\""],
    ),
    case(
        r#"{"type":"integer"}"#,
        r#"{"type":"number"}"#,
        READERS,
        "the type became number, was integer",
        &["1", "1.5"],
    ),
    case(
        r#"{"type":"number"}"#,
        r#"{"type":"integer"}"#,
        WRITERS,
        "the type became integer, was number",
        &["1", "1.5"],
    ),
    case(
        r#"{"type":"string"}"#,
        r#"{"type":"integer"}"#,
        BOTH,
        "the type became integer, was string",
        &["1", "\"1\""],
    ),
    case("{}", r#"{"type":"string"}"#, WRITERS, "the type became string, was any", &["1", "\"1\""]),
    case(
        r#"{"type":["string","integer"],"minimum":0}"#,
        r#"{"type":"string"}"#,
        WRITERS,
        "the type became string",
        &["1", "-1", "\"1\""],
    ),
    case(
        r#"{"enum":["A"]}"#,
        r#"{"enum":["A","B"]}"#,
        READERS,
        "`enum` gained \"B\"",
        &["\"A\"", "\"B\""],
    ),
    case(
        r#"{"enum":["A","B"]}"#,
        r#"{"enum":["B"]}"#,
        WRITERS,
        "`enum` lost \"A\"",
        &["\"A\"", "\"B\""],
    ),
    case(r#"{"const":1}"#, r#"{"const":2}"#, BOTH, "`const` gained 2 and lost 1", &["1", "2"]),
    case(r#"{"const":1}"#, r#"{"const":1.0}"#, NONE, "", &["1", "1.0", "2"]),
    case(
        r#"{"const":"a"}"#,
        r#"{"enum":["a","b"]}"#,
        READERS,
        "`enum` gained \"b\"",
        &["\"a\"", "\"b\""],
    ),
    case(
        r#"{"type":"string"}"#,
        r#"{"type":"string","enum":["a"]}"#,
        WRITERS,
        "`enum` was added",
        &["\"a\"", "\"b\""],
    ),
    case(
        r#"{"type":"string","enum":["a"]}"#,
        r#"{"type":"string"}"#,
        READERS,
        "`enum` was removed",
        &["\"a\"", "\"b\""],
    ),
    case(
        r#"{"minLength":1}"#,
        r#"{"minLength":2}"#,
        WRITERS,
        "`minLength` became 2, was 1",
        &["\"a\"", "\"ab\""],
    ),
    case(
        r#"{"maxLength":1}"#,
        r#"{"maxLength":2}"#,
        READERS,
        "`maxLength` became 2, was 1",
        &["\"a\"", "\"ab\""],
    ),
    case(r#"{"maxLength":1}"#, "{}", READERS, "`maxLength` 1 was removed", &["\"a\"", "\"ab\""]),
    case(r#"{"minLength":0}"#, "{}", NONE, "", &["\"\"", "\"ab\""]),
    case(
        r#"{"minimum":0}"#,
        r#"{"minimum":-1.5}"#,
        READERS,
        "`minimum` became -1.5, was 0",
        &["0", "-1", "-2"],
    ),
    case(
        r#"{"minimum":0}"#,
        r#"{"exclusiveMinimum":0}"#,
        WRITERS,
        "`exclusiveMinimum` became 0, was `minimum` 0",
        &["0", "1", "-1"],
    ),
    case(r#"{"maximum":100}"#, r#"{"maximum":1e2}"#, NONE, "", &["100", "101"]),
    case(
        r#"{"maximum":100}"#,
        r#"{"maximum":99.5}"#,
        WRITERS,
        "`maximum` became 99.5, was 100",
        &["100", "99"],
    ),
    case(
        r#"{}"#,
        r#"{"pattern":"^a"}"#,
        WRITERS,
        "`pattern` \"^a\" was added",
        &["\"a\"", "\"b\""],
    ),
    case(
        r#"{"pattern":"^a"}"#,
        r#"{}"#,
        READERS,
        "`pattern` \"^a\" was removed",
        &["\"a\"", "\"b\""],
    ),
    case(
        r#"{"type":"string"}"#,
        r#"{"type":"string","format":"date"}"#,
        WRITERS,
        "`format` \"date\" was added",
        &["\"a\"", "\"2020-01-01\""],
    ),
    case(r#"{"type":"string"}"#, r#"{"type":"string","format":"colour"}"#, NONE, "", &["\"a\""]),
    case(
        r#"{"type":"string","format":"date"}"#,
        r#"{"type":"string","format":"date-time"}"#,
        BOTH,
        "`format` became",
        &["\"2020-01-01T00:00:00Z\"", "\"2020-01-01\""],
    ),
    case(
        r#"{"required":["a"]}"#,
        r#"{"required":["b"]}"#,
        BOTH,
        "the property `b` became required",
        &[r#"{"a":1}"#, r#"{"b":1}"#],
    ),
    case(
        r#"{"properties":{"a":{"type":"string"}},"additionalProperties":false}"#,
        r#"{"properties":{"a":{"type":"string"},"b":{}},"additionalProperties":false}"#,
        READERS,
        "the property `b` was added",
        &[r#"{"a":"x"}"#, r#"{"b":1}"#],
    ),
    case(
        r#"{"properties":{"a":{},"b":{}},"additionalProperties":false}"#,
        r#"{"properties":{"a":{}},"additionalProperties":false}"#,
        WRITERS,
        "the property `b` was removed",
        &[r#"{"a":1}"#, r#"{"b":1}"#],
    ),
    case(
        r#"{"properties":{"a":{"type":"string"}}}"#,
        r#"{"properties":{"a":{"type":"string"},"b":{"type":"string"}}}"#,
        NONE,
        "the property `b` was added",
        &[r#"{"a":"x"}"#, r#"{"b":"x"}"#],
    ),
    case(
        r#"{"additionalProperties":false}"#,
        r#"{}"#,
        READERS,
        "undeclared properties are now allowed",
        &["{}", r#"{"b":1}"#],
    ),
    case(
        r#"{}"#,
        r#"{"additionalProperties":false}"#,
        WRITERS,
        "undeclared properties are no longer allowed",
        &["{}", r#"{"b":1}"#],
    ),
    case(
        r#"{"additionalProperties":{"type":"string"}}"#,
        r#"{"properties":{"b":{"type":"integer"}},"additionalProperties":{"type":"string"}}"#,
        BOTH,
        "the type became integer, was string",
        &[r#"{"b":"x"}"#, r#"{"b":1}"#],
    ),
    case(
        r#"{"additionalProperties":{"type":"string"}}"#,
        r#"{"additionalProperties":{"type":["string","null"]}}"#,
        READERS,
        "`null` is now allowed",
        &[r#"{"b":"x"}"#, r#"{"b":null}"#],
    ),
    case(
        r#"{"$schema":"https://json-schema.org/draft/2019-09/schema","properties":{"a":{}},"unevaluatedProperties":false}"#,
        r#"{"$schema":"https://json-schema.org/draft/2019-09/schema","properties":{"a":{},"b":{}},"unevaluatedProperties":false}"#,
        READERS,
        "the property `b` was added",
        &[r#"{"a":1}"#, r#"{"b":1}"#],
    ),
    case(
        r#"{"propertyNames":{"maxLength":1}}"#,
        r#"{"propertyNames":{"maxLength":2}}"#,
        READERS,
        "`maxLength` became 2",
        &[r#"{"a":1}"#, r#"{"ab":1}"#],
    ),
    case(
        r#"{"patternProperties":{"^a":{"type":"string"}}}"#,
        r#"{"patternProperties":{"^a":{"type":["string","null"]}}}"#,
        READERS,
        "`null` is now allowed",
        &[r#"{"a":"x"}"#, r#"{"a":null}"#],
    ),
    case(
        r#"{"dependencies":{"a":["b"]}}"#,
        r#"{"dependencies":{"a":["b","c"]}}"#,
        WRITERS,
        "`dependencies` of `a` changed",
        &[r#"{"a":1,"b":1}"#, r#"{"a":1,"b":1,"c":1}"#],
    ),
    case(
        r#"{"minProperties":1}"#,
        r#"{}"#,
        READERS,
        "`minProperties` 1 was removed",
        &["{}", r#"{"a":1}"#],
    ),
    case(
        r#"{"items":{"type":"string"}}"#,
        r#"{"items":{"type":"integer"}}"#,
        BOTH,
        "the type became integer",
        &[r#"["a"]"#, "[1]", "[]"],
    ),
    case(
        r#"{"items":[{"type":"string"}],"additionalItems":false}"#,
        r#"{"items":[{"type":"string"},{}],"additionalItems":false}"#,
        READERS,
        "more than 1 items are now allowed",
        &[r#"["a"]"#, r#"["a",1]"#],
    ),
    case(
        r#"{"$schema":"https://json-schema.org/draft/2020-12/schema","prefixItems":[{"type":"string"}],"items":{"type":"integer"}}"#,
        r#"{"$schema":"https://json-schema.org/draft/2020-12/schema","prefixItems":[{"type":"string"}],"items":{"type":"number"}}"#,
        READERS,
        "the type became number",
        &[r#"["a",1]"#, r#"["a",1.5]"#],
    ),
    case(
        r#"{"uniqueItems":true}"#,
        r#"{"uniqueItems":false}"#,
        READERS,
        "items need no longer be unique",
        &["[1,1]", "[1]"],
    ),
    case(
        r#"{"type":"array"}"#,
        r#"{"type":"array","contains":{"const":1}}"#,
        WRITERS,
        "`contains` was added",
        &["[]", "[1]"],
    ),
    case(
        r#"{"type":"string"}"#,
        r#"{"anyOf":[{"type":"string"},{"type":"null"}]}"#,
        READERS,
        "the branch 1 (null) was added",
        &["null", "\"a\""],
    ),
    case(
        r#"{"oneOf":[{"type":"string"},{"type":"null"}]}"#,
        r#"{"oneOf":[{"type":"null"},{"type":"string"}]}"#,
        NONE,
        "",
        &["null", "\"a\"", "1"],
    ),
    case(
        r#"{"oneOf":[{"type":"string"},{"type":"null"}]}"#,
        r#"{"oneOf":[{"type":"string","maxLength":1},{"type":"null"}]}"#,
        WRITERS,
        "`maxLength` 1 was added",
        &["null", "\"ab\""],
    ),
    case(
        r#"{"anyOf":[{"type":"string"},{"type":"integer"}]}"#,
        r#"{"anyOf":[{"type":"string"}]}"#,
        WRITERS,
        "the branch 1 (integer) was removed",
        &["1", "\"ab\""],
    ),
    case(
        r#"{"anyOf":[{"type":"string"},{"type":"integer"}]}"#,
        r#"{"anyOf":[{"type":"string"},{"type":"number"}]}"#,
        READERS,
        "the branch 1 (number) was added",
        &["1", "1.5"],
    ),
    case(
        r#"{"allOf":[{"type":"string"},{"minLength":1}]}"#,
        r#"{"type":"string","minLength":1}"#,
        NONE,
        "",
        &["\"\"", "\"a\""],
    ),
    case(
        r##"{"properties":{"a":{"$ref":"#/definitions/a"}},"definitions":{"a":{"type":"string"}}}"##,
        r##"{"properties":{"a":{"$ref":"#/definitions/b"}},"definitions":{"b":{"type":"string"}}}"##,
        NONE,
        "",
        &[r#"{"a":1}"#, r#"{"a":"x"}"#],
    ),
    case(
        r##"{"properties":{"a":{"$ref":"#/definitions/a"}},"definitions":{"a":{"type":"string"}}}"##,
        r##"{"properties":{"a":{"$ref":"#/definitions/a"}},"definitions":{"a":{"type":["string","null"]}}}"##,
        READERS,
        "`null` is now allowed",
        &[r#"{"a":null}"#, r#"{"a":"x"}"#],
    ),
    case(
        r##"{"properties":{"next":{"$ref":"#"},"v":{"type":"integer"}}}"##,
        r##"{"properties":{"next":{"$ref":"#"},"v":{"type":"number"}}}"##,
        READERS,
        "the type became number",
        &[r#"{"next":{"v":1.5}}"#, r#"{"next":{"v":1}}"#],
    ),
    case(
        r#"{"not":{"type":"string"}}"#,
        r#"{"not":{"type":["string","null"]}}"#,
        WRITERS,
        "`not` changed",
        &["null", "1", "\"a\""],
    ),
    case(
        r##"{"not":{"$ref":"#/definitions/a"},"definitions":{"a":{"minLength":1}}}"##,
        r##"{"not":{"$ref":"#/definitions/a"},"definitions":{"a":{"minLength":2}}}"##,
        READERS,
        "`not` changed",
        &["\"\"", "\"a\"", "\"ab\""],
    ),
    case(
        r#"{"if":{"type":"string"},"then":{"minLength":1}}"#,
        r#"{"if":{"type":"string"},"then":{"minLength":2}}"#,
        WRITERS,
        "`minLength` became 2",
        &["\"a\"", "\"ab\"", "1"],
    ),
    case(
        r#"{"properties":{"a":false}}"#,
        r#"{"properties":{"a":true}}"#,
        READERS,
        "values are now allowed",
        &["{}", r#"{"a":1}"#],
    ),
];

/// Changes that the comparison does not decide and reports as breaking.
const UNDECIDED: &[Case] = &[
    case(
        r#"{"pattern":"^a"}"#,
        r#"{"pattern":"^b"}"#,
        BOTH,
        "`pattern` became \"^b\", was \"^a\"",
        &["\"a\"", "\"b\""],
    ),
    case(
        r#"{"if":{"type":"string"},"then":{"minLength":1}}"#,
        r#"{"if":{"type":"integer"},"then":{"minimum":1}}"#,
        BOTH,
        "the condition of `if` changed",
        &["\"\"", "0"],
    ),
    case(
        r#"{"pattern":"^a"}"#,
        r#"{"pattern":"^a.*"}"#,
        BOTH,
        "`pattern` became",
        &["\"a\"", "\"b\""],
    ),
    case(
        r#"{"oneOf":[{"minimum":1},{"maximum":5}]}"#,
        r#"{"oneOf":[{"minimum":0},{"maximum":5}]}"#,
        BOTH,
        "the branches of `oneOf` changed",
        &["0", "1", "9"],
    ),
    case(
        r#"{"contains":{"const":1}}"#,
        r#"{"contains":{"const":2}}"#,
        BOTH,
        "`contains` changed",
        &["[1]", "[2]"],
    ),
    case(
        r#"{"patternProperties":{"^a":{}},"additionalProperties":false}"#,
        r#"{"patternProperties":{"a":{}},"additionalProperties":false}"#,
        BOTH,
        "the patterns of `patternProperties` changed",
        &[r#"{"ba":1}"#],
    ),
    case(
        r#"{"multipleOf":2}"#,
        r#"{"multipleOf":4}"#,
        BOTH,
        "`multipleOf` became 4, was 2",
        &["2", "4"],
    ),
];

/// Validates each instance with an independent validator that asserts formats.
fn accepted(schema: &str, instances: &[&str]) -> Vec<bool> {
    let schema: Value = serde_json::from_str(schema).unwrap();
    let draft = if schema.get("$schema").is_some() {
        jsonschema::options()
    } else {
        jsonschema::options().with_draft(jsonschema::Draft::Draft7)
    };
    let validator = draft.should_validate_formats(true).build(&schema).unwrap();
    let instance = |text: &&str| serde_json::from_str::<Value>(text).unwrap();
    instances.iter().map(|text| validator.is_valid(&instance(text))).collect()
}

fn check(case: &Case, is_decided: bool) {
    let Case { old, new, breaks, what, instances } = case;
    let evolution = compared(old, new, ".json");
    assert_eq!(evolution.breaks(), *breaks, "{old} → {new}\n{evolution}");
    let first = evolution.changes().first().map_or("", |change| &change.what);
    let is_undecided = evolution.changes().iter().any(|change| change.undecided);
    assert_eq!(is_undecided, !is_decided, "{old} → {new}\n{evolution}");
    assert!(
        first.starts_with(what) && what.is_empty() == first.is_empty(),
        "{old} → {new}\n{evolution}"
    );
    let (of_old, of_new) = (accepted(old, instances), accepted(new, instances));
    let shows =
        |accepts: &[bool], rejects: &[bool]| accepts.iter().zip(rejects).any(|(a, r)| *a && !r);
    let shown = Breaks { readers: shows(&of_new, &of_old), writers: shows(&of_old, &of_new) };
    if is_decided {
        assert_eq!(shown, *breaks, "{old} → {new} by the instances {instances:?}\n{evolution}");
    } else {
        assert!(
            breaks.readers >= shown.readers && breaks.writers >= shown.writers,
            "{old} → {new}"
        );
    }
}

#[test]
fn decided_breaks_agree_with_a_validator() {
    DECIDED.iter().for_each(|case| check(case, true));
}

#[test]
fn undecided_changes_are_never_compatible() {
    UNDECIDED.iter().for_each(|case| check(case, false));
}

#[test]
fn reversed_changes_break_the_other_group() {
    for Case { old, new, breaks, .. } in DECIDED {
        let back = compared(new, old, ".json");
        let mirrored = Breaks { readers: breaks.writers, writers: breaks.readers };
        assert_eq!(back.breaks(), mirrored, "{new} → {old}\n{back}");
        assert!(compared(old, old, ".json").changes().is_empty(), "{old}");
    }
}

#[test]
fn undeclared_properties_count_only_when_asked() {
    let old = r#"{"properties":{}}"#;
    let new = r#"{"properties":{"a":{"type":"string"}}}"#;
    assert!(compared(old, new, ".json").breaks().is_none());
    let assuming = |old, new| compared(old, new, ".json").assuming_undeclared_properties();
    assert_eq!(assuming(old, new).breaks(), WRITERS);
    assert_eq!(assuming(new, old).breaks(), READERS);
    assert_eq!(accepted(old, &[r#"{"a":1}"#]), [true]);
    assert_eq!(accepted(new, &[r#"{"a":1}"#]), [false]);
}

#[test]
fn recursive_schemas_with_many_branches_terminate() {
    let branches: Vec<_> = (0..12)
        .map(|i| format!(r##"{{"type":"object","required":["k"],"properties":{{"k":{{"const":{i}}},"n":{{"$ref":"#"}}}}}}"##))
        .collect();
    let schema = |extra: &str| format!(r#"{{"oneOf":[{}{extra}]}}"#, branches.join(","));
    assert!(compared(&schema(""), &schema(""), ".json").changes().is_empty());
    let evolution = compared(&schema(""), &schema(r#",{"type":"null"}"#), ".json");
    assert!(evolution.breaks().readers, "{evolution}");
}
