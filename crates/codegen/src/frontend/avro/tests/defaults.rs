//! Defaults of fields.

use super::*;

fn with_default(schema: &str, default: &str) -> String {
    format!(
        r#"{{"type":"record","name":"R","fields":[
            {{"name":"f","type":{schema},"default":{default}}}]}}"#
    )
}

const POINT: &str = r#"{"type":"record","name":"Point","fields":[
    {"name":"x","type":"int"},{"name":"y","type":"int","default":0}]}"#;

#[test]
fn defaults_match_their_type() {
    for (schema, default) in [
        (r#""null""#, "null"),
        (r#""boolean""#, "true"),
        (r#""int""#, "-2147483648"),
        (r#""long""#, "9223372036854775807"),
        (r#""float""#, "1"),
        (r#""double""#, "1.1"),
        (r#""bytes""#, r#""\u00FF""#),
        (r#""string""#, r#""foo""#),
        (r#"{"type":"string","logicalType":"uuid"}"#, r#""14F49508-0000-4000-8000-000000000000""#),
        (r#"{"type":"int","logicalType":"date"}"#, "0"),
        (r#"{"type":"long","logicalType":"timestamp-micros"}"#, "0"),
        (r#"{"type":"bytes","logicalType":"decimal","precision":3}"#, r#""\u0001""#),
        (POINT, r#"{"x":1}"#),
        (POINT, r#"{"x":1,"y":2}"#),
        (r#"{"type":"enum","name":"E","symbols":["FOO"]}"#, r#""FOO""#),
        (r#"{"type":"array","items":"int"}"#, "[1]"),
        (r#"{"type":"map","values":"int"}"#, r#"{"a":1}"#),
        (r#"{"type":"fixed","name":"F","size":1}"#, r#""\u00ff""#),
        (
            r#"{"type":"fixed","name":"F","size":2,"logicalType":"decimal","precision":4}"#,
            r#""ab""#,
        ),
        (r#"["null","string"]"#, "null"),
        (r#"["null","string"]"#, r#""null""#),
        (r#"["string","null"]"#, "null"),
    ] {
        model(&with_default(schema, default));
    }
}

#[test]
fn defaults_of_another_type_are_refused() {
    for (schema, default, found) in [
        (r#""null""#, "0", "must be null, found 0"),
        (r#""boolean""#, "0", "a boolean, found 0"),
        (r#""int""#, "2147483648", "an int, found 2147483648"),
        (r#""int""#, "1.5", "an int, found 1.5"),
        (r#""long""#, "9223372036854775808", "a long"),
        (r#""long""#, r#""1""#, "a long, found \"1\""),
        (r#""double""#, r#""1""#, "a number"),
        (r#""float""#, "1e39", "fits a float"),
        (r#"{"type":"string","logicalType":"uuid"}"#, r#""""#, "a UUID"),
        (
            r#"{"type":"string","logicalType":"uuid"}"#,
            r#""14F49508-0000-4000-8000-00000000000g""#,
            "a UUID",
        ),
        (r#""bytes""#, r#""\u0100""#, "up to U+00FF"),
        (r#""string""#, "null", "a string, found null"),
        (r#"{"type":"int","logicalType":"date"}"#, r#""2020-01-01""#, "an int"),
        (POINT, "[]", "an object, found an array"),
        (POINT, "{}", "lacks the field `x`"),
        (r#"{"type":"enum","name":"E","symbols":["FOO"]}"#, r#""BAR""#, "one of the symbols"),
        (r#"{"type":"array","items":"int"}"#, "{}", "an array"),
        (r#"{"type":"map","values":"int"}"#, "[]", "an object"),
        (r#"{"type":"fixed","name":"F","size":2}"#, r#""a""#, "2 code points"),
        (
            r#"{"type":"fixed","name":"F","size":12,"logicalType":"duration"}"#,
            "0",
            "12 code points",
        ),
        (r#"["null","string"]"#, "7", "a string, found 7"),
        (r#"["null","string"]"#, r#"{"string":"wrapped"}"#, "a string, found an object"),
        (r#"["null","int","string"]"#, "1.5", "any branch of the union"),
        (r#"["int","string"]"#, r#"{"string":"wrapped"}"#, "any branch of the union"),
    ] {
        assert_problem(&with_default(schema, default), "/fields/0/default", found, "not wrapped");
    }
}

#[test]
fn pointers_lead_to_the_invalid_part() {
    for (schema, default, pointer) in [
        (POINT, r#"{"x":1,"y":"2"}"#, "/y"),
        (r#"{"type":"array","items":"int"}"#, "[1,null]", "/1"),
        (r#"{"type":"map","values":"int"}"#, r#"{"a/b":null}"#, "/a~1b"),
    ] {
        let (place, _) = problems(&with_default(schema, default)).remove(0);
        assert_eq!(place, format!("/fields/0/default{pointer}"));
    }
}

#[test]
fn defaults_may_have_a_recursive_type() {
    let list = |default| {
        format!(
            r#"{{"type":"record","name":"List","fields":[
                {{"name":"next","type":["null","List"],"default":{default}}},
                {{"name":"value","type":"int"}}]}}"#
        )
    };
    model(&list(r#"{"value":1,"next":{"value":2,"next":null}}"#));
    // The inner record would need the default that contains it.
    assert_problem(
        &list(r#"{"value":1,"next":{"value":2}}"#),
        "/fields/0/default",
        "contains itself",
        "write the default in full",
    );
    assert_problem(
        &list(r#"{"next":null}"#),
        "/fields/0/default",
        "lacks the field `value`",
        "not wrapped",
    );
}

/// Returns the default of the first field of the root.
fn encoded(text: &str) -> String {
    let model = model(text);
    let Shape::Record(record) = model.root() else { panic!("{text}") };
    record.fields[0].default.clone().unwrap_or_else(|| panic!("{text}"))
}

#[test]
fn defaults_are_stored_in_the_json_encoding() {
    for (schema, default, expected) in [
        (r#""long""#, "9007199254740993", "9007199254740993"),
        (r#""double""#, "1.10", "1.10"),
        (r#""string""#, r#""\u00e9\"""#, r#""é\"""#),
        (POINT, r#"{"x":1,"z":3}"#, r#"{"x":1,"y":0}"#),
        (POINT, r#"{"y":2,"x":1}"#, r#"{"x":1,"y":2}"#),
        (r#"["null","string"]"#, "null", "null"),
        (r#"["null","string"]"#, r#""a""#, r#""a""#),
        (r#"["int","null","double"]"#, "1", r#"{"int":1}"#),
        (r#"["int","null","double"]"#, "1.5", r#"{"double":1.5}"#),
        (r#"["int","null","double"]"#, "null", "null"),
        (r#"["bytes","string"]"#, r#""a""#, r#"{"bytes":"a"}"#),
        (r#"{"type":"array","items":["null","int"]}"#, "[null,1]", r#"[null,{"int":1}]"#),
        (
            r#"{"type":"map","values":{"type":"map","values":["string"]}}"#,
            r#"{"a":{"b":"c"}}"#,
            r#"{"a":{"b":{"string":"c"}}}"#,
        ),
        (
            r#"{"type":"record","name":"n.A","fields":[
                {"name":"o","type":["null","int"],"default":null},
                {"name":"p","type":["int","null"],"default":7},
                {"name":"u","type":["n.A","null","int"],"default":null}]}"#,
            r#"{"u":{"o":1,"p":null}}"#,
            r#"{"o":null,"p":{"int":7},"u":{"n.A":{"o":{"int":1},"p":null,"u":null}}}"#,
        ),
    ] {
        assert_eq!(encoded(&with_default(schema, default)), expected, "{schema} {default}");
    }
}

#[test]
fn fields_without_default_are_required() {
    let model = model(&with_default(POINT, r#"{"x":1}"#));
    let required = |assertions: &[Assertion]| match &assertions[2] {
        Assertion::Required(names) => names.clone(),
        other => panic!("{other:?}"),
    };
    assert_eq!(required(&model.root_rule().assertions), Vec::<String>::new());
    assert_eq!(required(&model.field_rule().assertions), ["x"]);
    let defaults: Vec<_> =
        model.record("Point").fields.iter().map(|field| field.default.as_deref()).collect();
    assert_eq!(defaults, [None, Some("0")]);
}

#[test]
fn endless_defaults_are_refused() {
    assert_problem(
        r#"{"type":"record","name":"R","fields":[{"name":"r","type":"R","default":{}}]}"#,
        "/fields/0/default",
        "the default of `r` contains itself",
        "write the default in full",
    );
    // Each record contains the next one twice.
    let mut inner = r#""int""#.to_owned();
    for level in 0..30 {
        inner = format!(
            r#"{{"type":"record","name":"R{level}","fields":[
                {{"name":"a","type":{inner},"default":{0}}},
                {{"name":"b","type":{1},"default":{0}}}]}}"#,
            if level == 0 { "0" } else { "{}" },
            if level == 0 { r#""int""#.to_owned() } else { format!("\"R{}\"", level - 1) },
        );
    }
    let found = problems(&inner);
    assert!(found.iter().all(|(_, found)| found.contains("larger than 65536 bytes")), "{found:?}");
    assert!(!found.is_empty());
}

#[test]
fn nested_defaults_are_checked_in_linear_time() {
    // Every record matches every level but the innermost. Without a cache the number of attempts
    // would be the number of branches to the power of the depth.
    let names = ["A", "B", "C", "D", "E", "F", "G", "H"];
    let branches: Vec<_> = names
        .iter()
        .map(|name| {
            format!(
                r#"{{"type":"record","name":"{name}","fields":[{{"name":"n","type":["null",{}]}}]}}"#,
                names
                    .iter()
                    .take_while(|other| *other <= name)
                    .map(|other| format!("{other:?}"))
                    .collect::<Vec<_>>()
                    .join(",")
            )
        })
        .collect();
    let mut default = "7".to_owned();
    for _ in 0..100 {
        default = format!(r#"{{"n":{default}}}"#);
    }
    let schema = format!("[{}]", branches.join(","));
    assert_problem(
        &with_default(&schema, &default),
        "/fields/0/default",
        "any branch of the union",
        "not wrapped",
    );
}
