//! Types, logical types and their rules.

use super::*;
use crate::model::{AvroType, Docs, Enum, Format, JsonType, Representation, Rest, Scope};

fn slot_of(schema: &str) -> Slot {
    model(&field_of(schema)).slot().clone()
}

fn assertions_of(schema: &str) -> Vec<Assertion> {
    model(&field_of(schema)).field_rule().assertions.clone()
}

fn types<const N: usize>(types: [JsonType; N]) -> Assertion {
    Assertion::Types(types.into())
}

#[test]
fn primitives_may_be_names_or_objects() {
    for (name, ty) in [
        ("null", Type::Null),
        ("boolean", Type::Boolean),
        ("int", Type::Integer32),
        ("long", Type::Integer),
        ("float", Type::Float),
        ("double", Type::Double),
        ("bytes", Type::Avro(AvroType::Bytes)),
        ("string", Type::Text),
    ] {
        let by_name = model(&field_of(&format!("{name:?}")));
        assert_eq!(*by_name.slot(), Slot::of(ty), "{name}");
        assert_eq!(by_name.field_rule().pointer, "/fields/0/type", "{name}");
        let mut as_object = model(&field_of(&format!(r#"{{"type":{name:?}}}"#)));
        let text = |model: &mut Model| {
            let avro = model.contracts[0].avro.as_mut();
            avro.map(|schema| std::mem::take(&mut schema.json))
        };
        let mut by_name = by_name;
        assert_ne!(text(&mut as_object), text(&mut by_name), "{name}");
        assert_eq!(as_object, by_name, "{name}");
    }
}

#[test]
fn primitive_rules_describe_the_json_encoding() {
    let integer = |representation| {
        vec![types([JsonType::Integer]), Assertion::Representation(representation)]
    };
    let float = |representation| {
        vec![
            types([JsonType::Number, JsonType::String]),
            Assertion::Representation(representation),
            Assertion::Format(Format::AvroFloat),
        ]
    };
    for (name, expected) in [
        ("null", vec![types([JsonType::Null])]),
        ("boolean", vec![types([JsonType::Boolean])]),
        ("int", integer(Representation::Integer32)),
        ("long", integer(Representation::Integer64)),
        ("float", float(Representation::Float)),
        ("double", float(Representation::Double)),
        ("bytes", vec![types([JsonType::String]), Assertion::Format(Format::AvroBytes)]),
        ("string", vec![types([JsonType::String])]),
    ] {
        assert_eq!(assertions_of(&format!("{name:?}")), expected, "{name}");
    }
}

#[test]
fn logical_types_refine_their_underlying_type() {
    for (schema, ty) in [
        (r#"{"type":"int","logicalType":"date"}"#, AvroType::Date),
        (r#"{"type":"int","logicalType":"time-millis"}"#, AvroType::TimeMillis),
        (r#"{"type":"long","logicalType":"time-micros"}"#, AvroType::TimeMicros),
        (r#"{"type":"long","logicalType":"timestamp-millis"}"#, AvroType::TimestampMillis),
        (r#"{"type":"long","logicalType":"timestamp-micros"}"#, AvroType::TimestampMicros),
        (r#"{"type":"long","logicalType":"timestamp-nanos"}"#, AvroType::TimestampNanos),
        (
            r#"{"type":"long","logicalType":"local-timestamp-millis"}"#,
            AvroType::LocalTimestampMillis,
        ),
        (
            r#"{"type":"long","logicalType":"local-timestamp-micros"}"#,
            AvroType::LocalTimestampMicros,
        ),
        (r#"{"type":"long","logicalType":"local-timestamp-nanos"}"#, AvroType::LocalTimestampNanos),
        (r#"{"type":"fixed","name":"F","size":12,"logicalType":"duration"}"#, AvroType::Duration),
        (
            r#"{"type":"bytes","logicalType":"decimal","precision":4,"scale":2}"#,
            AvroType::Decimal { scale: 2, precision: 4 },
        ),
        (
            r#"{"type":"bytes","logicalType":"decimal","precision":4}"#,
            AvroType::Decimal { scale: 0, precision: 4 },
        ),
        (
            r#"{"type":"fixed","name":"F","size":4,"logicalType":"decimal","precision":9,"scale":9}"#,
            AvroType::FixedDecimal { size: 4, scale: 9, precision: 9 },
        ),
        (r#"{"type":"fixed","name":"F","size":16,"logicalType":"uuid"}"#, AvroType::FixedUuid),
        (r#"{"type":"fixed","name":"F","size":15,"logicalType":"uuid"}"#, AvroType::Fixed(15)),
    ] {
        assert_eq!(slot_of(schema), Slot::of(Type::Avro(ty)), "{schema}");
    }
    assert_eq!(slot_of(r#"{"type":"string","logicalType":"uuid"}"#), Slot::of(Type::Uuid));
}

#[test]
fn only_the_logical_type_uuid_changes_rules() {
    let date = assertions_of(r#"{"type":"int","logicalType":"date"}"#);
    assert_eq!(date, assertions_of(r#""int""#));
    let decimal = r#"{"type":"bytes","logicalType":"decimal","precision":4,"scale":2}"#;
    assert_eq!(assertions_of(decimal), assertions_of(r#""bytes""#));
    let duration = r#"{"type":"fixed","name":"F","size":12,"logicalType":"duration"}"#;
    assert_eq!(assertions_of(duration)[1], Assertion::Format(Format::AvroFixed(12)));
    let uuid = assertions_of(r#"{"type":"string","logicalType":"uuid"}"#);
    assert_eq!(uuid, [types([JsonType::String]), Assertion::Format(Format::Uuid)]);
}

#[test]
fn invalid_logical_types_are_ignored() {
    for (schema, ty) in [
        (r#"{"type":"string","logicalType":"colour"}"#, Type::Text),
        (r#"{"type":"string","logicalType":7}"#, Type::Text),
        (r#"{"type":"string","logicalType":"date"}"#, Type::Text),
        (r#"{"type":"long","logicalType":"date"}"#, Type::Integer),
        (r#"{"type":"int","logicalType":"timestamp-millis"}"#, Type::Integer32),
        (r#"{"type":"bytes","logicalType":"uuid"}"#, Type::Avro(AvroType::Bytes)),
    ] {
        assert_eq!(slot_of(schema), Slot::of(ty), "{schema}");
    }
    for attributes in [
        r#""scale":2"#,
        r#""precision":0"#,
        r#""precision":-1"#,
        r#""precision":2.5"#,
        r#""precision":"4""#,
        r#""precision":2,"scale":3"#,
        r#""precision":2,"scale":-1"#,
        r#""precision":2,"scale":null"#,
        r#""precision":99999999999,"scale":99999999999"#,
    ] {
        let schema = format!(r#"{{"type":"bytes","logicalType":"decimal",{attributes}}}"#);
        assert_eq!(slot_of(&schema), Slot::of(Type::Avro(AvroType::Bytes)), "{schema}");
    }
    for attributes in [
        r#""size":11,"logicalType":"duration""#,
        r#""size":4,"logicalType":"decimal","precision":10"#,
        r#""size":0,"logicalType":"decimal","precision":1"#,
        r#""size":15,"logicalType":"uuid""#,
    ] {
        let schema = format!(r#"{{"type":"fixed","name":"F",{attributes}}}"#);
        let slot = slot_of(&schema);
        assert!(matches!(slot.ty, Type::Avro(AvroType::Fixed(_))), "{schema}: {slot:?}");
    }
}

#[test]
fn fixed_types_need_no_definition() {
    let model = model(&field_of(r#"{"type":"fixed","name":"Md5","size":16}"#));
    assert_eq!(*model.slot(), Slot::of(Type::Avro(AvroType::Fixed(16))));
    assert_eq!(
        model.field_rule().assertions,
        [types([JsonType::String]), Assertion::Format(Format::AvroFixed(16))]
    );
    assert_eq!(model.definitions.len(), 1);
}

#[test]
fn enums_keep_the_order_of_symbols() {
    let model = model(&field_of(
        r#"{"type":"enum","name":"a.Suit","doc":"Of cards.","symbols":["SPADES","HEARTS"],
            "default":"HEARTS","x-rust-name":"Colour"}"#,
    ));
    let Type::Definition(id) = model.slot().ty else { panic!() };
    let suit = &model[id];
    assert_eq!(suit.hint, "Suit");
    assert_eq!(suit.explicit_name.as_deref(), Some("Colour"));
    assert_eq!(suit.scope, Scope::Family);
    assert_eq!(suit.parent, Some(model.contracts[0].root));
    assert_eq!(suit.docs.description.as_deref(), Some("Of cards."));
    assert_eq!((suit.file.as_str(), suit.pointer.as_str()), (FILE, "/fields/0/type"));
    let values = vec!["SPADES".to_owned(), "HEARTS".to_owned()];
    assert_eq!(suit.shape, Shape::Enum(Enum { values, open: false }));
    let texts = vec![r#""SPADES""#.to_owned(), r#""HEARTS""#.to_owned()];
    assert_eq!(model[suit.rule].assertions, [types([JsonType::String]), Assertion::Enum(texts)]);
}

#[test]
fn arrays_and_maps_nest() {
    let model = model(&field_of(
        r#"{"type":"array","items":{"type":"map","values":{"type":"long"}},"default":[]}"#,
    ));
    let map = Type::Map(Box::new(Slot::of(Type::Integer)));
    assert_eq!(*model.slot(), Slot::of(Type::Array(Box::new(Slot::of(map)))));
    let array = model.field_rule();
    let [array_type, Assertion::Items(map)] = array.assertions.as_slice() else { panic!() };
    let map = &model[*map];
    let [map_type, Assertion::AdditionalProperties(long)] = map.assertions.as_slice() else {
        panic!()
    };
    assert_eq!(*array_type, types([JsonType::Array]));
    assert_eq!(*map_type, types([JsonType::Object]));
    assert_eq!(map.pointer, "/fields/0/type/items");
    assert_eq!(model[*long].pointer, "/fields/0/type/items/values");
}

#[test]
fn records_are_closed_and_require_their_fields() {
    let model = model(
        r#"{"type":"record","name":"com.acme.Moved","doc":"It moved.","x-rust-name":"Move",
            "aliases":["Gone","other.Gone"],"fields":[
            {"name":"id","type":"string","doc":"Which one.","order":"descending"},
            {"name":"at","type":"long","default":0,"aliases":["when"],"x-rust-name":"moved_at"}]}"#,
    );
    let contract = &model.contracts[0];
    let root = &model[contract.root];
    assert_eq!(contract.name, "com.acme.Moved");
    assert_eq!((root.hint.as_str(), root.explicit_name.as_deref()), ("Moved", Some("Move")));
    assert_eq!(root.docs.description.as_deref(), Some("It moved."));
    assert_eq!((root.parent, root.scope), (None, Scope::Family));
    assert_eq!(root.rule, contract.rule);

    let record = model.record("Moved");
    assert_eq!(record.rest, Rest::Closed);
    let [id, at] = record.fields.as_slice() else { panic!() };
    assert_eq!((id.name.as_str(), id.required), ("id", true));
    assert_eq!(id.docs, Docs { description: Some("Which one.".into()), ..Docs::default() });
    assert_eq!((at.required, at.explicit_name.as_deref()), (true, Some("moved_at")));
    assert_eq!((id.default.as_deref(), at.default.as_deref()), (None, Some("0")));

    let rule = &model[root.rule];
    let [
        object,
        Assertion::Properties(properties),
        required,
        Assertion::AdditionalProperties(other),
    ] = rule.assertions.as_slice()
    else {
        panic!("{rule:?}")
    };
    assert_eq!(*object, types([JsonType::Object]));
    assert_eq!(*required, Assertion::Required(vec!["id".into()]));
    let places: Vec<_> = properties
        .iter()
        .map(|(name, rule)| (name.as_str(), model[*rule].pointer.as_str()))
        .collect();
    assert_eq!(places, [("id", "/fields/0/type"), ("at", "/fields/1/type")]);
    assert_eq!(
        model[*other],
        Rule { has_keywords: false, pointer: String::new(), assertions: vec![Assertion::Never] }
    );
}

#[test]
fn records_may_contain_themselves() {
    let model = model(
        r#"{"type":"record","name":"List","fields":[
            {"name":"next","type":["null","List"]},
            {"name":"others","type":{"type":"array","items":"List"}}]}"#,
    );
    let root = model.contracts[0].root;
    assert_eq!(model.slot().ty, Type::Definition(root));
    assert_eq!(
        model.written(model.contracts[0].rule),
        "(Types({Object}); fields[\
         next /fields/0/type(union?[List /fields/0/type/1(is ^)]), \
         others /fields/1/type(Types({Array}); items /fields/1/type/items(is ^))]; \
         Required([\"next\", \"others\"]); others (Never))"
    );
}

#[test]
fn unknown_attributes_are_ignored() {
    let schema = r#"{"type":"string","avro.java.string":"String","default":7,"items":false}"#;
    assert_eq!(slot_of(schema), Slot::of(Type::Text));
    // A logical type beside the type of a field, a common mistake, is an unknown attribute.
    let field = r#"{"type":"record","name":"R","fields":[
        {"name":"f","type":"long","logicalType":"timestamp-millis"}]}"#;
    assert_eq!(*model(field).slot(), Slot::of(Type::Integer));
}
