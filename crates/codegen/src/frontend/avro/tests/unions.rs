//! Unions in records and at the root.

use super::*;
use crate::model::AvroType;
use crate::model::{Optional, Scope, Tag};

fn null_index(union: &Union) -> Option<usize> {
    match union.tag {
        Tag::FullName { null_index } => null_index,
        _ => panic!(),
    }
}

#[test]
fn optional_fields_become_nullable() {
    for (schema, index) in [(r#"["null","string"]"#, 0), (r#"["string","null"]"#, 1)] {
        let model = model(&field_of(schema));
        let slot = model.slot();
        assert!(slot.nullable);
        assert_eq!(*slot, Slot { nullable: true, ..Slot::of(Type::Text) });
        let optional = model.record("R").fields[0].optional.as_ref();
        let expected = Optional { full_name: "string".into(), null_index: index };
        assert_eq!(optional, Some(&expected), "the index is the wire format");
        assert_eq!(model.definitions.len(), 1);
        let [Assertion::Union { branches, nullable: true }] =
            model.field_rule().assertions.as_slice()
        else {
            panic!()
        };
        assert_eq!(branches[0].0, "string");
        assert_eq!(model[branches[0].1].pointer, format!("/fields/0/type/{}", 1 - index));
    }
}

#[test]
fn optional_items_and_values_stay_unions() {
    for (schema, index) in [
        (r#"{"type":"array","items":["null","string"]}"#, 0),
        (r#"{"type":"map","values":["string","null"]}"#, 1),
    ] {
        let model = model(&field_of(schema));
        let (Type::Array(inner) | Type::Map(inner)) = &model.slot().ty else { panic!() };
        assert!(inner.nullable);
        assert_eq!(null_index(model.union(inner)), Some(index));
        assert_eq!(model.record("R").fields[0].optional, None);
    }
}

#[test]
fn optional_fields_may_refer_to_their_own_record() {
    let model = model(&field_of(r#"["null",{"type":"R","x-rust-variant":"Ignored"}]"#));
    let root = model.contracts[0].root;
    let slot = Slot { nullable: true, ..Slot::of(Type::Definition(root)) };
    assert_eq!(*model.slot(), slot);
    assert_problem(
        &field_of(r#"["null",{"type":"R","x-rust-variant":7}]"#),
        "/fields/0/type/1/x-rust-variant",
        "must be a string",
        "write a string",
    );
}

#[test]
fn unions_of_one_branch_stay_unions() {
    let model = model(&field_of(r#"["long"]"#));
    assert!(!model.slot().nullable);
    assert_eq!(model.union(model.slot()).branches.len(), 1);
    assert_eq!(null_index(model.union(model.slot())), None);
}

#[test]
fn branches_keep_their_order_and_full_names() {
    let model = model(&field_of(
        r#"["int",{"type":"bytes","logicalType":"decimal","precision":3},"null",
            {"type":"array","items":"int"},{"type":"map","values":"int"},
            {"type":"record","name":"n.A","doc":"An A.","x-rust-variant":"First","fields":[]},
            {"type":"enum","name":"n.E","symbols":["X"]},
            {"type":"fixed","name":"m.A","size":1},
            {"type":"string","x-rust-variant":"Second"}]"#,
    ));
    let union = model.union(model.slot());
    assert_eq!(null_index(union), Some(2));
    let names: Vec<_> = union
        .branches
        .iter()
        .map(|branch| (branch.full_name.as_str(), branch.hint.as_str()))
        .collect();
    assert_eq!(
        names,
        [
            ("int", "int"),
            ("bytes", "bytes"),
            ("array", "array"),
            ("map", "map"),
            ("n.A", "A"),
            ("n.E", "E"),
            ("m.A", "A"),
            ("string", "string"),
        ]
    );
    let record = &union.branches[4];
    assert_eq!(record.explicit_name.as_deref(), Some("First"));
    assert_eq!(record.docs.description.as_deref(), Some("An A."));
    assert_eq!(union.branches[7].explicit_name.as_deref(), Some("Second"));
    assert!(union.branches.iter().all(|branch| !branch.slot.nullable));
}

#[test]
fn unions_are_named_after_their_field() {
    let model = model(
        r#"{"type":"record","name":"R","fields":[
            {"name":"lines","type":{"type":"array","items":["int","string"]}},
            {"name":"more","type":["null",{"type":"array","items":["int","string"]},
                {"type":"map","values":["null","int"]}]}]}"#,
    );
    let root = model.contracts[0].root;
    let unions: Vec<_> = model
        .definitions
        .iter()
        .filter(|definition| matches!(definition.shape, Shape::Union(_)))
        .collect();
    let names: Vec<_> = unions.iter().map(|union| union.hint.as_str()).collect();
    assert_eq!(names, ["lines", "more", "more_item", "more_value"]);
    assert_eq!((unions[0].parent, unions[1].parent), (Some(root), Some(root)));
    let more = unions[2].parent.map(|id| model[id].hint.as_str());
    assert_eq!(more, Some("more"));
    assert!(unions.iter().all(|union| union.scope == Scope::Family));
    assert_eq!(unions[0].pointer, "/fields/0/type/items");
}

#[test]
fn root_unions_are_named_after_the_file() {
    let model = model(
        r#"[{"type":"record","name":"n.A","fields":[
                {"name":"b","type":{"type":"record","name":"B","fields":[]}}]},
            {"type":"record","name":"n.C","fields":[]},
            "n.B"]"#,
    );
    let contract = &model.contracts[0];
    let root = &model[contract.root];
    assert_eq!((contract.name.as_str(), root.hint.as_str()), ("events", "events"));
    assert_eq!((root.parent, root.pointer.as_str()), (None, ""));
    let Shape::Union(union) = &root.shape else { panic!() };
    let names: Vec<_> = union.branches.iter().map(|branch| branch.full_name.as_str()).collect();
    assert_eq!(names, ["n.A", "n.C", "n.B"]);
    let Assertion::Union { branches, nullable: false } = &model.root_rule().assertions[0] else {
        panic!()
    };
    assert_eq!(model[branches[2].1].pointer, "/2");
}

#[test]
fn unions_must_not_directly_contain_unions() {
    assert_problem(
        &field_of(r#"["int",["string","null"]]"#),
        "/fields/0/type/1",
        "must not directly contain another union",
        "list the inner branches",
    );
    model(&field_of(r#"["int",{"type":"array","items":["string","null"]}]"#));
}

#[test]
fn branches_of_a_union_must_differ() {
    for (second, name) in [
        (r#""int",{"type":"int","logicalType":"date"}"#, "int"),
        (r#""null","null""#, "null"),
        (r#"{"type":"array","items":"int"},{"type":"array","items":"long"}"#, "array"),
        (r#"{"type":"map","values":"int"},{"type":"map","values":"long"}"#, "map"),
        (r#"{"type":"fixed","name":"n.F","size":1},"n.F""#, "n.F"),
    ] {
        assert_problem(
            &field_of(&format!("[{second}]")),
            "/fields/0/type/1",
            &format!("already has a branch `{name}`"),
            "different names",
        );
    }
}

#[test]
fn unions_need_a_branch() {
    assert_problem(
        &field_of("[]"),
        "/fields/0/type",
        "the union has no branch",
        "list its branches",
    );
}

#[test]
fn unions_of_null_alone_are_values() {
    for schema in [r#"["null"]"#, r#"[{"type":"null"}]"#] {
        let model = model(&field_of(schema));
        assert_eq!(*model.slot(), Slot::of(Type::Avro(AvroType::NullUnion)), "{schema}");
        assert_eq!(model.definitions.len(), 1);
    }
    let default =
        r#"{"type":"record","name":"R","fields":[{"name":"f","type":["null"],"default":null}]}"#;
    let Shape::Record(record) = &model(default).definitions[0].shape else { panic!() };
    assert_eq!(record.fields[0].default.as_deref(), Some("null"));
    let wrong = default.replace(r#""default":null"#, r#""default":0"#);
    assert_problem(&wrong, "/fields/0/default", "the default must be null", "field's type");
}
