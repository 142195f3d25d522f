//! Roots other than records.

use super::*;
use crate::model::AvroType;

#[test]
fn enums_are_events() {
    let model = model(r#"{"type":"enum","name":"n.E","symbols":["A"]}"#);
    let contract = &model.contracts[0];
    assert_eq!(contract.name, "n.E");
    assert!(matches!(model.root(), Shape::Enum(_)));
    assert_eq!(model.definitions.len(), 1);
}

#[test]
fn unions_of_any_branches_are_events() {
    let model = model(r#"[{"type":"enum","name":"n.E","symbols":["A"]},"int"]"#);
    let Shape::Union(union) = model.root() else { panic!() };
    let names: Vec<_> = union.branches.iter().map(|branch| &*branch.full_name).collect();
    assert_eq!(names, ["n.E", "int"]);
}

#[test]
fn other_roots_are_types_around_their_value() {
    let array = Type::Array(Box::new(Slot::of(Type::Integer32)));
    for (schema, name, hint, ty) in [
        (r#""string""#, "events", "events", Type::Text),
        (r#"{"type":"string"}"#, "events", "events", Type::Text),
        (r#""null""#, "events", "events", Type::Null),
        (r#"["null"]"#, "events", "events", Type::Avro(AvroType::NullUnion)),
        (r#"{"type":"array","items":"int"}"#, "events", "events", array),
        (r#"{"type":"fixed","name":"n.F","size":1}"#, "n.F", "F", Type::Avro(AvroType::Fixed(1))),
    ] {
        let model = model(schema);
        let contract = &model.contracts[0];
        let root = &model[contract.root];
        assert_eq!((&*contract.name, &*root.hint), (name, hint), "{schema}");
        assert_eq!(root.shape, Shape::Newtype(Slot::of(ty)), "{schema}");
        assert_eq!(root.full_name.as_deref(), (name == "n.F").then_some("n.F"));
        assert_eq!((contract.rule, &*root.pointer), (root.rule, ""));
    }
}

#[test]
fn nullable_roots_hold_an_optional_union() {
    let model = model(r#"["null",{"type":"record","name":"R","fields":[]}]"#);
    let Shape::Newtype(slot) = model.root() else { panic!() };
    assert!(slot.nullable);
    let union = model.union(slot);
    assert_eq!(union.tag, crate::model::Tag::FullName { null_index: Some(0) });
    let Type::Definition(id) = slot.ty else { panic!() };
    assert_eq!(
        (&*model[id].hint, model[id].parent),
        ("events_value", Some(model.contracts[0].root))
    );
}

#[test]
fn unions_inside_roots_are_named_by_part() {
    for (schema, hint) in [
        (r#"{"type":"array","items":["int","string"]}"#, "events_item"),
        (r#"{"type":"map","values":["int","string"]}"#, "events_value"),
    ] {
        let model = model(schema);
        assert_eq!((&*model.definitions[0].hint, model.definitions.len()), (hint, 2));
    }
}

#[test]
fn newtypes_have_their_own_names_and_documentation() {
    let model = model(r#"{"type":"map","values":"long","x-rust-name":"Totals","doc":"By day."}"#);
    let root = &model[model.contracts[0].root];
    assert_eq!(root.explicit_name.as_deref(), Some("Totals"));
    assert_eq!(root.docs.description.as_deref(), Some("By day."));
}

#[test]
fn shared_enums_are_types_without_an_event() {
    let tree = Tree::parse(r#"{"type":"enum","name":"n.E","symbols":["A"]}"#).unwrap();
    assert!(super::super::is_shared(&tree));
    let mut model = Model::default();
    super::super::share(FILE, "", &tree, &Collection::default(), &mut model).unwrap();
    assert_eq!((model.definitions.len(), model.contracts.len()), (1, 0));
    let broken = Tree::parse(r#"{"type":"enum","name":"n.E","symbols":["A","A"]}"#).unwrap();
    let mut model = Model::default();
    assert!(super::super::share(FILE, "", &broken, &Collection::default(), &mut model).is_err());
    assert_eq!(model, Model::default());
}
