//! Names and namespaces in a document.

use super::*;

/// The example of the specification, section “Names”.
const EXAMPLE: &str = r#"{
  "type": "record", "name": "Example", "fields": [
    {"name": "inheritNull", "type": {"type": "enum", "name": "Simple", "symbols": ["a", "b"]}},
    {"name": "explicitNamespace",
     "type": {"type": "fixed", "name": "Simple", "namespace": "explicit", "size": 12}},
    {"name": "fullName", "type": {
      "type": "record", "name": "a.full.Name", "namespace": "ignored", "fields": [
        {"name": "inheritNamespace",
         "type": {"type": "enum", "name": "Understanding", "symbols": ["d", "e"]}}]}},
    {"name": "all", "type": ["Simple", "explicit.Simple", "a.full.Name", "a.full.Understanding"]}
  ]
}"#;

#[test]
fn full_names_follow_the_example_of_the_specification() {
    let model = model(EXAMPLE);
    let all = &model.record("Example").fields[3].slot;
    let names: Vec<_> =
        model.union(all).branches.iter().map(|branch| branch.full_name.as_str()).collect();
    assert_eq!(names, ["Simple", "explicit.Simple", "a.full.Name", "a.full.Understanding"]);
}

#[test]
fn references_use_the_enclosing_namespace() {
    let model = model(
        r#"{"type":"record","name":"R","namespace":"outer","fields":[
            {"name":"a","type":{"type":"record","name":"Same","fields":[]}},
            {"name":"b","type":{"type":"record","name":"inner.Holder","fields":[
                {"name":"c","type":{"type":"record","name":"Same","fields":[]}},
                {"name":"d","type":["Same","outer.Same"]}]}},
            {"name":"e","type":["Same","inner.Same"]}]}"#,
    );
    let names = |slot: &Slot| -> Vec<_> {
        model.union(slot).branches.iter().map(|branch| branch.full_name.clone()).collect()
    };
    assert_eq!(names(&model.record("Holder").fields[1].slot), ["inner.Same", "outer.Same"]);
    assert_eq!(names(&model.record("R").fields[2].slot), ["outer.Same", "inner.Same"]);
}

#[test]
fn references_share_type_and_rule_of_their_definition() {
    let model = model(
        r#"{"type":"record","name":"n.R","fields":[
            {"name":"a","type":{"type":"fixed","name":"F","size":2}},
            {"name":"b","type":"F"},
            {"name":"c","type":{"type":"n.F"}}]}"#,
    );
    let [a, b, c] = model.record("R").fields.as_slice() else { panic!() };
    assert_eq!((&a.slot, &a.slot), (&b.slot, &c.slot));
    let Assertion::Properties(rules) = &model.root_rule().assertions[1] else { panic!() };
    assert_eq!(model[rules[1].1].assertions, [Assertion::Reference(rules[0].1)]);
    assert_eq!(model[rules[1].1].pointer, "/fields/1/type");
    assert_eq!(model[rules[2].1].pointer, "/fields/2/type");
}

#[test]
fn the_empty_namespace_is_inherited() {
    let model = model(
        r#"{"type":"record","name":"n.R","fields":[
            {"name":"a","type":{"type":"record","name":"A","namespace":"","fields":[
                {"name":"b","type":{"type":"record","name":"B","fields":[
                    {"name":"u","type":["A","B","n.R"]}]}}]}}]}"#,
    );
    let union = model.union(&model.record("B").fields[0].slot);
    let names: Vec<_> = union.branches.iter().map(|branch| branch.full_name.as_str()).collect();
    assert_eq!(names, ["A", "B", "n.R"]);
}

#[test]
fn names_of_complex_types_may_be_reused() {
    let model = model(
        r#"{"type":"record","name":"record","fields":[
            {"name":"self","type":["null","record"]},
            {"name":"array","type":{"type":"enum","name":"array","symbols":["map"]}},
            {"name":"again","type":"array"}]}"#,
    );
    let record = model.record("record");
    let optional = record.fields[0].optional.as_ref().map(|optional| optional.full_name.as_str());
    assert_eq!(optional, Some("record"));
    assert_eq!(record.fields[1].slot, record.fields[2].slot);
}

#[test]
fn undefined_names_come_with_suggestions() {
    for (reference, found, help) in [
        ("Missing", "`n.Missing` is not defined", "define the type here"),
        ("other.R", "`other.R` is not defined", "did you mean `n.R`?"),
        ("String", "`n.String` is not defined", "did you mean the primitive type `string`?"),
        ("n.string", "`n.string` is not defined", "did you mean the primitive type `string`?"),
    ] {
        let schema = format!(
            r#"{{"type":"record","name":"n.R","fields":[{{"name":"f","type":{reference:?}}}]}}"#
        );
        assert_problem(&schema, "/fields/0/type", found, help);
    }
}

#[test]
fn names_must_be_defined_before_use() {
    assert_problem(
        r#"{"type":"record","name":"R","fields":[
            {"name":"f","type":"Later"},
            {"name":"g","type":{"type":"fixed","name":"Later","size":1}}]}"#,
        "/fields/0/type",
        "`Later` is not defined before this place",
        r#"move the definition at "/fields/1/type" to its first use"#,
    );
}

#[test]
fn names_without_namespace_are_unreachable_inside_one() {
    assert_problem(
        r#"{"type":"record","name":"R","fields":[
            {"name":"f","type":{"type":"record","name":"n.N","fields":[
                {"name":"g","type":["null","R"]}]}}]}"#,
        "/fields/0/type/fields/0/type/1",
        "`n.R` is not defined",
        "give `R` a namespace",
    );
}

#[test]
fn names_must_not_be_redefined() {
    assert_problem(
        r#"{"type":"record","name":"n.R","fields":[
            {"name":"f","type":{"type":"fixed","name":"F","size":1}},
            {"name":"g","type":{"type":"enum","name":"n.F","symbols":["A"]}}]}"#,
        "/fields/1/type/name",
        r#"`n.F` is already defined at "/fields/0/type""#,
        "another name",
    );
    let twice = r#"{"type":"record","name":"R","fields":[
        {"name":"f","type":{"type":"record","name":"R","fields":[]}}]}"#;
    assert_eq!(problems(twice).len(), 1);
}

#[test]
fn invalid_names_are_reported_at_their_attribute() {
    for (name, attribute) in [
        (r#""name":"a-b""#, "/name"),
        (r#""name":"""#, "/name"),
        (r#""name":"n..R""#, "/name"),
        (r#""name":".R""#, "/name"),
        (r#""name":"long""#, "/name"),
        (r#""name":"n.long""#, "/name"),
        (r#""name":7"#, "/name"),
        (r#""name":"R","namespace":"a-b""#, "/namespace"),
        (r#""name":null"#, ""),
        (r#""no_name":"R""#, ""),
    ] {
        let schema = format!(r#"{{"type":"record",{name},"fields":[]}}"#);
        assert_eq!(problems(&schema)[0].0, attribute, "{schema}");
    }
}

#[test]
fn aliases_must_be_names() {
    let record =
        |aliases| format!(r#"{{"type":"record","name":"R","aliases":{aliases},"fields":[]}}"#);
    model(&record(r#"["A","n.A"]"#));
    assert_eq!(problems(&record(r#""A""#))[0].0, "/aliases");
    assert_eq!(problems(&record(r#"["A",7,"a-b","n..A"]"#)).len(), 3);
    let field = r#"{"type":"record","name":"R","fields":[
        {"name":"f","type":"int","aliases":["ok","n.dotted"]}]}"#;
    assert_problem(field, "/fields/0/aliases/1", "invalid alias \"n.dotted\"", "letters");
}
