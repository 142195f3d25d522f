//! Problems of invalid schemas.

use super::*;

#[test]
fn other_json_types_are_not_schemas() {
    for (value, found) in [("7", "7"), ("null", "null"), ("true", "true")] {
        assert_problem(
            &field_of(value),
            "/fields/0/type",
            &format!("expected a schema, found {found}"),
            "an object with a `type`",
        );
    }
}

#[test]
fn schema_objects_need_a_type_name() {
    assert_problem(&field_of("{}"), "/fields/0/type", "has no `type`", "add a `type`");
    let reference = field_of(r##"{"$ref":"#/components/schemas/Place"}"##);
    assert_problem(&reference, "/fields/0/type/$ref", "has no `$ref`", "by its full name");
    let wrapped = field_of(r#"{"type":7}"#);
    assert_problem(&wrapped, "/fields/0/type/type", "must be a name or a schema", "name of a type");
}

#[test]
fn arrays_and_maps_need_an_inner_schema() {
    assert_problem(
        &field_of(r#"{"type":"array"}"#),
        "/fields/0/type",
        "no `items`",
        "the schema of its items",
    );
    assert_problem(
        &field_of(r#"{"type":"map","items":"int"}"#),
        "/fields/0/type",
        "no `values`",
        "the schema of its values",
    );
}

#[test]
fn records_need_a_list_of_fields() {
    assert_problem(r#"{"type":"record","name":"R"}"#, "", "`fields` is missing", "add an array");
    assert_problem(
        r#"{"type":"record","name":"R","fields":{}}"#,
        "/fields",
        "must be an array, found an object",
        "write an array",
    );
}

#[test]
fn fields_need_a_unique_name_and_a_type() {
    for (field, pointer, found) in [
        (r#""f""#, "/fields/1", "a field must be an object"),
        (r#"{"type":"int"}"#, "/fields/1", "`name` is missing"),
        (r#"{"name":7,"type":"int"}"#, "/fields/1/name", "must be a string, found 7"),
        (r#"{"name":"n.f","type":"int"}"#, "/fields/1/name", "invalid name \"n.f\""),
        (r#"{"name":"first","type":"int"}"#, "/fields/1/name", "already has a field `first`"),
        (r#"{"name":"f"}"#, "/fields/1", "no `type`"),
        (r#"{"name":"f","type":"int","order":"up"}"#, "/fields/1/order", "invalid `order`: \"up\""),
        (r#"{"name":"f","type":"int","doc":7}"#, "/fields/1/doc", "must be a string"),
        (r#"{"name":"f","type":"int","x-rust-name":[]}"#, "/fields/1/x-rust-name", "an array"),
    ] {
        let schema = format!(
            r#"{{"type":"record","name":"R","fields":[{{"name":"first","type":"int"}},{field}]}}"#
        );
        assert_problem(&schema, pointer, found, "");
    }
}

#[test]
fn enum_symbols_are_unique_names() {
    for (attributes, pointer, found) in [
        (r#""size":1"#, "", "`symbols` is missing"),
        (r#""symbols":"A""#, "/symbols", "must be an array"),
        (r#""symbols":[]"#, "/symbols", "no symbols"),
        (r#""symbols":["A","A"]"#, "/symbols/1", "`A` is repeated"),
        (r#""symbols":["A","a-b"]"#, "/symbols/1", "invalid symbol \"a-b\""),
        (r#""symbols":["A",7]"#, "/symbols/1", "must be a string, found 7"),
        (r#""symbols":["A"],"default":"B""#, "/default", "\"B\" is not one of the symbols"),
        (r#""symbols":["A"],"default":0"#, "/default", "0 is not one of the symbols"),
        (r#""symbols":["A"],"doc":0"#, "/doc", "must be a string"),
    ] {
        let schema = field_of(&format!(r#"{{"type":"enum","name":"E",{attributes}}}"#));
        assert_problem(&schema, &format!("/fields/0/type{pointer}"), found, "");
    }
}

#[test]
fn fixed_needs_a_valid_size() {
    for (attributes, pointer, found) in [
        (r#""bytes":1"#, "", "`size` is missing"),
        (r#""size":-1"#, "/size", "invalid size of a fixed: -1"),
        (r#""size":1.5"#, "/size", "invalid size of a fixed: 1.5"),
        (r#""size":"16""#, "/size", "invalid size of a fixed: \"16\""),
        (r#""size":2147483648"#, "/size", "invalid size of a fixed: 2147483648"),
    ] {
        let schema = field_of(&format!(r#"{{"type":"fixed","name":"F",{attributes}}}"#));
        assert_problem(&schema, &format!("/fields/0/type{pointer}"), found, "bytes");
    }
    model(&field_of(r#"{"type":"fixed","name":"F","size":0}"#));
}

#[test]
fn variant_names_are_strings() {
    assert_problem(
        &field_of(r#"["null",{"type":"string","x-rust-variant":7}]"#),
        "/fields/0/type/1/x-rust-variant",
        "must be a string, found 7",
        "write a string",
    );
}

#[test]
fn problems_follow_the_order_of_the_document() {
    let found = problems(
        r#"{"type":"record","name":"bad name","fields":[
            {"name":"a","type":"Missing"},
            {"name":"b","type":["int","int",[]]},
            {"name":"c","type":{"type":"record","name":"Inner","fields":[{"name":"1"}]}},
            {"name":"d","type":"Inner","default":{}},
            {"name":"e","type":"int","default":"1"}]}"#,
    );
    let pointers: Vec<_> = found.iter().map(|(pointer, _)| pointer.as_str()).collect();
    assert_eq!(
        pointers,
        [
            "/name",
            "/fields/0/type",
            "/fields/1/type/1",
            "/fields/1/type/2",
            "/fields/2/type/fields/0/name",
            "/fields/2/type/fields/0",
            "/fields/4/default",
        ]
    );
}

#[test]
fn invalid_definitions_cause_no_problems_in_references() {
    let fixed = r#"{"type":"record","name":"R","fields":[
        {"name":"f","type":{"type":"fixed","name":"F"}},
        {"name":"g","type":["null","F"],"default":"x"}]}"#;
    assert_problem(fixed, "/fields/0/type", "`size` is missing", "bytes");
    let symbols = r#"{"type":"record","name":"R","fields":[
        {"name":"f","type":{"type":"enum","name":"E","symbols":["a-b"],"default":"a-b"}},
        {"name":"g","type":["null","E"],"default":"a-b"}]}"#;
    assert_problem(symbols, "/fields/0/type/symbols/0", "invalid symbol", "letters");
}

#[test]
fn problems_leave_the_model_unchanged() {
    let good = Tree::parse(&field_of(r#"["null","string"]"#)).unwrap();
    let bad = Tree::parse(&field_of(r#"["null","string",7]"#)).unwrap();
    let mut model = Model::default();
    read(FILE, &good, &good, &mut model).unwrap();
    let before = model.clone();
    assert!(read(FILE, &good, &bad, &mut model).is_err());
    assert!(read(FILE, &bad, &bad, &mut model).is_err());
    assert_eq!(model, before);
}

#[test]
fn nesting_is_limited() {
    let nested = |levels| {
        let mut tree = Tree::String("int".into());
        for _ in 0..levels {
            let members = [("type", Tree::String("array".into())), ("items", tree)];
            tree = Tree::Object(members.map(|(key, value)| (key.to_owned(), value)).into());
        }
        let field =
            Tree::Object(vec![("name".into(), Tree::String("f".into())), ("type".into(), tree)]);
        Tree::Object(vec![
            ("type".into(), Tree::String("record".into())),
            ("name".into(), Tree::String("R".into())),
            ("fields".into(), Tree::Array(vec![field])),
        ])
    };
    let mut model = Model::default();
    let deep = nested(124);
    read(FILE, &deep, &deep, &mut model).unwrap();
    let deeper = nested(125);
    let problems = read(FILE, &deep, &deeper, &mut model).unwrap_err();
    assert!(problems[0].message.contains("deeper than 128"), "{problems:?}");
}
