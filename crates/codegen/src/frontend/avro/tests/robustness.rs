//! Broken schemas neither panic nor leave the model inconsistent.

use super::*;
use proptest::prelude::*;
use proptest::sample::Index;

/// Schemas that together use every attribute.
const SEEDS: [&str; 3] = [
    include_str!(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../schemas/boost/account_migration_event.avsc"
    )),
    r#"{"type":"record","name":"n.R","namespace":"m","doc":"d","aliases":["A"],"fields":[
        {"name":"a","type":{"type":"enum","name":"E","symbols":["X","Y"],"default":"X"}},
        {"name":"b","type":{"type":"fixed","name":"F","size":12,"logicalType":"duration"}},
        {"name":"c","type":["null","R","E","n.F",{"type":"array","items":["null","int"]}],
         "default":null,"order":"ignore","aliases":["cc"]},
        {"name":"d","type":{"type":"map","values":{"type":"bytes","logicalType":"decimal",
            "precision":4,"scale":2}},"default":{"k":"\u0001"}},
        {"name":"e","type":{"type":"array","items":"R"},
         "default":[{"a":"X","b":"abcdefghijkl","d":{},"e":[]}]}]}"#,
    r#"[{"type":"record","name":"A","fields":[{"name":"f","type":["null","A"],"default":null}]},
        {"type":"record","name":"B","namespace":"n","fields":[
            {"name":"g","type":{"type":"record","name":"C","x-rust-name":"D","fields":[]}}]},
        {"type":"record","name":"n.E","x-rust-variant":"V","fields":[]}]"#,
];

/// Returns every place of a tree.
fn places(tree: &Tree) -> Vec<String> {
    let mut places = vec![String::new()];
    let items = tree.items().unwrap_or_default().iter().enumerate();
    let items = items.map(|(index, item)| (index.to_string(), item));
    let members = tree.members().unwrap_or_default().iter();
    let members = members.map(|(key, value)| (crate::tree::escape(key), value));
    for (token, inner) in items.chain(members) {
        places.extend(self::places(inner).into_iter().map(|place| format!("/{token}{place}")));
    }
    places
}

/// Returns the tree with another value at a place, or without the place.
fn replace(tree: &Tree, place: &str, with: Option<&Tree>) -> Option<Tree> {
    let Some(rest) = place.strip_prefix('/') else { return with.cloned() };
    let (token, rest) = rest.find('/').map_or((rest, ""), |slash| rest.split_at(slash));
    Some(match tree {
        Tree::Array(items) => Tree::Array(
            items
                .iter()
                .enumerate()
                .filter_map(|(index, item)| {
                    if index.to_string() == token {
                        replace(item, rest, with)
                    } else {
                        Some(item.clone())
                    }
                })
                .collect(),
        ),
        Tree::Object(members) => Tree::Object(
            members
                .iter()
                .filter_map(|(key, value)| {
                    let value = if crate::tree::escape(key) == token {
                        replace(value, rest, with)?
                    } else {
                        value.clone()
                    };
                    Some((key.clone(), value))
                })
                .collect(),
        ),
        other => other.clone(),
    })
}

/// Reads a schema and checks the invariants of the result.
fn check(tree: &Tree) {
    let mut model = Model::default();
    match read(FILE, tree, tree, &mut model) {
        Ok(()) => {
            for rule in &model.rules {
                assert!(tree.at(&rule.pointer).is_some(), "{rule:?}");
                assert!(!rule.assertions.is_empty(), "{rule:?}");
            }
            for definition in &model.definitions {
                assert!(tree.at(&definition.pointer).is_some(), "{definition:?}");
                assert_eq!(model[definition.rule].pointer, definition.pointer);
                assert!(!definition.hint.is_empty());
            }
            // Panics if an id is out of bounds.
            model.written(model.contracts[0].rule);
            assert!(!matches!(model.root(), Shape::Text(_) | Shape::Literals(_)));
        }
        Err(problems) => {
            assert!(!problems.is_empty());
            assert_eq!(model, Model::default());
            for problem in problems {
                assert!(tree.at(&problem.pointer).is_some(), "{problem}");
                assert!(!problem.message.is_empty() && !problem.help.is_empty(), "{problem}");
            }
        }
    }
}

#[test]
fn seeds_are_valid_schemas() {
    for seed in SEEDS {
        model(seed);
        check(&Tree::parse(seed).unwrap());
    }
}

#[test]
fn single_changes_are_handled() {
    for seed in SEEDS {
        let tree = Tree::parse(seed).unwrap();
        let others = [r#""n.R""#, r#""""#, "[]", "{}", "-1", "null", r#"["null"]"#, r#""int""#];
        for place in places(&tree) {
            if let Some(without) = replace(&tree, &place, None) {
                check(&without);
            }
            for other in others {
                let other = Tree::parse(other).unwrap();
                check(&replace(&tree, &place, Some(&other)).unwrap());
            }
        }
    }
}

proptest! {
    #[test]
    fn exchanged_parts_are_handled(
        seed in 0..SEEDS.len(),
        exchanges in prop::collection::vec((any::<Index>(), any::<Index>(), any::<bool>()), 1..8),
    ) {
        let mut tree = Tree::parse(SEEDS[seed]).unwrap();
        for (from, to, remove) in exchanges {
            let places = places(&tree);
            let part = tree.at(&places[from.index(places.len())]).cloned();
            let place = &places[to.index(places.len())];
            match replace(&tree, place, part.as_ref().filter(|_| !remove)) {
                // Parts can be copied into themselves. Larger schemas test nothing new.
                Some(changed) if self::places(&changed).len() < 2000 => tree = changed,
                _ => break,
            }
        }
        check(&tree);
    }

    #[test]
    fn changed_bytes_are_handled(
        seed in 1..SEEDS.len(),
        changes in prop::collection::vec((any::<Index>(), any::<u8>()), 1..4),
    ) {
        let mut bytes = SEEDS[seed].as_bytes().to_vec();
        for (index, byte) in changes {
            let index = index.index(bytes.len());
            bytes[index] = byte;
        }
        if let Ok(tree) = Tree::parse(&String::from_utf8_lossy(&bytes)) {
            check(&tree);
        }
    }
}
