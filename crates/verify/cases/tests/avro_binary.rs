//! Avro types in the binary encoding.

use events::Event as _;
use events::avro::{AvroContract, Datum, DatumErrorKind, Union as _, from_datum, to_datum};
use migration_events_cases::avro::{
    Defaults, Everything, Falling, Items, Middle, Node, Order, Rising, Several, Twins,
};

/// A node that holds `depth` others, one inside the other.
fn nodes(depth: usize) -> Node {
    let leaf = Node {
        value: 0.5,
        next: None,
        children: Vec::new(),
        by_name: events::json::Map::new(),
        either: None,
    };
    (0..depth).fold(leaf.clone(), |inner, _| Node { next: Some(Box::new(inner)), ..leaf.clone() })
}

#[test]
fn branches_and_symbols_keep_their_published_index() {
    let order = Order {
        up: Rising::One,
        down: Falling::One,
        again: Rising::Three,
        middle: Some(Middle::String("a".into())),
        last: Some(-1),
        items: vec![Some(Items::String("b".into())), None],
        only: migration_events_cases::avro::Only::Rising(Rising::Two),
    };
    let datum = [
        0, 4, 4, // symbols: 0, 2, 2
        4, 2, b'a', // branch 2, since null is branch 1
        0, 1, // branch 0
        4, 0, 2, b'b', 2, 0, // two items: branch 0, branch 1, which is null; the end
        0, 2, // branch 0, symbol 1
    ];
    assert_eq!(order.to_avro(), datum);
    assert_eq!(Order::from_avro(&datum), Ok(order));
    assert_eq!((Middle::NULL, Items::NULL, Several::NULL), (Some(1), Some(1), Some(0)));
    assert_eq!((Twins::NULL, Twins::NAME), (None, "union"));
    assert_eq!((Order::NAME, Rising::NAME), ("Order", "Rising"));
    assert_eq!(Everything::NAME, "com.example.cases.Everything");
}

#[test]
fn an_unknown_index_is_an_error_with_place() {
    let kind = |datum: &[u8]| Order::from_avro(datum).unwrap_err();
    for (datum, pointer, expected) in [
        (&[6][..], "/up", DatumErrorKind::Symbol),
        (&[1], "/up", DatumErrorKind::Symbol),
        (&[0, 0, 0, 6], "/middle", DatumErrorKind::Branch),
        (&[0, 0, 0, 2, 4], "/last", DatumErrorKind::Branch),
        (&[0, 0, 0, 2, 0], "/last/int", DatumErrorKind::UnexpectedEnd),
        (&[0, 0, 0, 4, 2], "/middle/string", DatumErrorKind::UnexpectedEnd),
        (&[0, 0, 0, 2, 2, 0, 2], "/only", DatumErrorKind::Branch),
    ] {
        let error = kind(datum);
        assert_eq!((error.pointer().as_str(), error.kind()), (pointer, expected), "{datum:?}");
    }
    // A union without null has no branch beyond its own.
    assert_eq!(Twins::from_avro(&[6]).unwrap_err().kind(), DatumErrorKind::Branch);
}

#[test]
fn a_union_may_be_the_root() {
    let twins = from_datum::<Twins>(&[4, 2, b'r']).unwrap();
    assert_eq!(to_datum(&twins), [4, 2, b'r']);
    assert_eq!(twins.to_avro(), [4, 2, b'r']);
    assert_eq!(events::Event::to_json(&twins), r#"{"right.Opened":{"id":"r"}}"#);
    assert_eq!(<Twins as AvroContract>::SCHEMA.name, "twins");
}

#[test]
fn depth_limits_of_both_encodings_agree() {
    // Lists, which are two levels each, and trees of arrays and maps.
    let tree = |depth| {
        (0..depth).fold(nodes(0), |inner, level| match level % 2 {
            0 => Node { children: vec![inner], ..nodes(0) },
            _ => Node { by_name: [("k".to_owned(), inner)].into_iter().collect(), ..nodes(0) },
        })
    };
    for depth in (0..10).chain(55..70) {
        for node in [nodes(depth), tree(depth)] {
            let from_avro = Node::from_avro(&node.to_avro());
            let from_json = Node::from_json(node.to_json().as_bytes());
            assert_eq!(from_avro.is_ok(), from_json.is_ok(), "{depth}");
            assert_eq!(from_avro.is_ok(), depth < 63, "{depth}");
        }
    }
    let error = Node::from_avro(&nodes(100).to_avro()).unwrap_err();
    assert_eq!(error.kind(), DatumErrorKind::Depth { limit: 127 });
    let mut cursor = events::avro::Cursor::with_depth(&[], 0);
    assert!(Node::read(&mut cursor).is_err());
    let datum = nodes(100).to_avro();
    // Two levels for each list, that of its array, and the outermost record.
    let limited = |depth| Node::read(&mut events::avro::Cursor::with_depth(&datum, depth));
    assert_eq!(limited(202), Ok(nodes(100)));
    assert_eq!(limited(201).unwrap_err().kind(), DatumErrorKind::Depth { limit: 201 });
}

#[test]
fn a_schema_is_known_by_its_constants() {
    let schema = <Defaults as AvroContract>::SCHEMA;
    assert_eq!(schema.name, "com.example.defaults.Defaults");
    assert!(schema.json.contains(r#""default":9007199254740993"#), "{}", schema.json);
    assert!(schema.json.contains(r#""default":1e2"#), "{}", schema.json);
    assert!(schema.json.contains(r#""default":{"x":4,"doc":null}"#), "{}", schema.json);
    assert!(!schema.json.contains("of every kind"), "{}", schema.json);
    assert!(!schema.canonical_form.contains("default\":"), "{}", schema.canonical_form);
    assert_ne!(schema.rabin, <Twins as AvroContract>::SCHEMA.rabin);
}
