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
fn a_default_is_a_value_of_its_type() {
    for (schema, default) in [
        (r#""null""#, "null"),
        (r#""boolean""#, "true"),
        (r#""int""#, "-2147483648"),
        (r#""long""#, "9223372036854775807"),
        (r#""float""#, "1"),
        (r#""double""#, "1.1"),
        (r#""bytes""#, r#""\u00FF""#),
        (r#""string""#, r#""foo""#),
        (r#"{"type":"string","logicalType":"uuid"}"#, r#""""#),
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
fn a_default_of_another_type_is_a_problem() {
    for (schema, default, found) in [
        (r#""null""#, "0", "should be null, not 0"),
        (r#""boolean""#, "0", "a boolean, not 0"),
        (r#""int""#, "2147483648", "an int, not 2147483648"),
        (r#""int""#, "1.5", "an int, not 1.5"),
        (r#""long""#, "9223372036854775808", "a long"),
        (r#""long""#, r#""1""#, "a long, not \"1\""),
        (r#""double""#, r#""1""#, "a number"),
        (r#""bytes""#, r#""\u0100""#, "up to U+00FF"),
        (r#""string""#, "null", "a string, not null"),
        (r#"{"type":"int","logicalType":"date"}"#, r#""2020-01-01""#, "an int"),
        (POINT, "[]", "an object, not an array"),
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
        (r#"["null","string"]"#, "7", "any branch of the union"),
        (r#"["null","string"]"#, r#"{"string":"wrapped"}"#, "any branch of the union"),
    ] {
        assert_problem(&with_default(schema, default), "/fields/0/default", found, "not wrapped");
    }
}

#[test]
fn the_pointer_leads_to_the_part_at_fault() {
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
fn a_default_may_be_of_a_type_that_is_not_complete_yet() {
    let list = |default| {
        format!(
            r#"{{"type":"record","name":"List","fields":[
                {{"name":"next","type":["null","List"],"default":{default}}},
                {{"name":"value","type":"int"}}]}}"#
        )
    };
    model(&list(r#"{"value":1,"next":{"value":2}}"#));
    assert_problem(
        &list(r#"{"next":null}"#),
        "/fields/0/default",
        "any branch of the union",
        "not wrapped",
    );
}

#[test]
fn a_default_that_fits_no_branch_at_any_depth_is_found_soon() {
    // Every record fits every level but the innermost: without memory of what was tried, the
    // number of tries is the number of branches to the power of the depth.
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
