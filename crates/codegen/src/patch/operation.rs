//! One operation of JSON Patch (RFC 6902), applied to a [`Tree`]: the order of members and the digits of numbers
//! stay as they are.

use crate::tree::{Tree, index, unescape};

/// Applies one operation. The document may be changed in part where an error is returned.
///
/// # Errors
/// A sentence about the problem: the operation is malformed, or does not fit the document.
pub(super) fn apply(document: &mut Tree, operation: &Tree) -> Result<(), String> {
    let member = |name| operation.get(name).ok_or_else(|| format!("missing member {name:?}"));
    let pointer = |name| {
        let text =
            member(name)?.text().ok_or_else(|| format!("the member {name:?} is not a string"))?;
        check_pointer(text).map(|()| text)
    };
    let path = pointer("path")?;
    match member("op")?.text() {
        Some("add") => add(document, path, member("value")?.clone()),
        Some("remove") => remove(document, path).map(drop),
        Some("replace") => {
            let value = member("value")?.clone();
            *document.at_mut(path).ok_or_else(|| missing(path))? = value;
            Ok(())
        }
        Some("move") => {
            let from = pointer("from")?;
            let is_inside = path.strip_prefix(from).is_some_and(|rest| rest.starts_with('/'));
            if is_inside {
                return Err(format!("cannot move {from:?} into itself"));
            }
            let value = remove(document, from)?;
            add(document, path, value)
        }
        Some("copy") => {
            let from = pointer("from")?;
            let value = document.at(from).ok_or_else(|| missing(from))?.clone();
            add(document, path, value)
        }
        Some("test") => {
            let found = document.at(path).ok_or_else(|| missing(path))?;
            if is_equal(found, member("value")?) {
                Ok(())
            } else {
                Err(format!("the value at {path:?} is another one"))
            }
        }
        _ => Err("the member \"op\" is not an operation of RFC 6902".into()),
    }
}

/// RFC 6901 §3: empty, or tokens that each follow a slash; `~` stands only in `~0` and `~1`.
fn check_pointer(pointer: &str) -> Result<(), String> {
    let is_escaped = pointer.split('~').skip(1).all(|rest| rest.starts_with(['0', '1']));
    if (pointer.is_empty() || pointer.starts_with('/')) && is_escaped {
        Ok(())
    } else {
        Err(format!("{pointer:?} is not a JSON pointer"))
    }
}

fn missing(pointer: &str) -> String {
    format!("the contract has no value at {pointer:?}")
}

/// The pointer of the parent, and the last token.
fn split(pointer: &str) -> Option<(&str, String)> {
    pointer.rsplit_once('/').map(|(parent, token)| (parent, unescape(token)))
}

fn add(document: &mut Tree, pointer: &str, value: Tree) -> Result<(), String> {
    let Some((parent, token)) = split(pointer) else {
        *document = value;
        return Ok(());
    };
    match document.at_mut(parent) {
        Some(Tree::Object(members)) => match members.iter_mut().find(|(name, _)| *name == token) {
            Some((_, member)) => *member = value,
            None => members.push((token, value)),
        },
        Some(Tree::Array(items)) => {
            let end = items.len();
            let index = if token == "-" { Some(end) } else { index(&token) };
            let index = index.filter(|index| *index <= end).ok_or_else(|| missing(pointer))?;
            items.insert(index, value);
        }
        _ => return Err(missing(parent)),
    }
    Ok(())
}

fn remove(document: &mut Tree, pointer: &str) -> Result<Tree, String> {
    let Some((parent, token)) = split(pointer) else {
        return Err("the whole contract cannot be removed".into());
    };
    match document.at_mut(parent) {
        Some(Tree::Object(members)) => {
            let place = members.iter().position(|(name, _)| *name == token);
            place.map(|place| members.remove(place).1).ok_or_else(|| missing(pointer))
        }
        Some(Tree::Array(items)) => {
            let place = index(&token).filter(|index| *index < items.len());
            place.map(|place| items.remove(place)).ok_or_else(|| missing(pointer))
        }
        _ => Err(missing(parent)),
    }
}

/// RFC 6902 §4.6: numbers by value, objects without order.
fn is_equal(left: &Tree, right: &Tree) -> bool {
    match (left, right) {
        (Tree::Number(left), Tree::Number(right)) => left.plain() == right.plain(),
        (Tree::Array(left), Tree::Array(right)) => {
            left.len() == right.len()
                && left.iter().zip(right).all(|(left, right)| is_equal(left, right))
        }
        (Tree::Object(left), Tree::Object(_)) => {
            right.members().is_some_and(|members| members.len() == left.len())
                && left.iter().all(|(name, value)| {
                    right.get(name).is_some_and(|other| is_equal(value, other))
                })
        }
        _ => left == right,
    }
}

#[cfg(test)]
mod tests {
    use super::apply;
    use crate::tree::Tree;
    use proptest::prelude::*;
    use serde_json::{Value, json};

    fn tree(value: &Value) -> Tree {
        Tree::parse(&value.to_string()).unwrap()
    }

    fn value_of(tree: &Tree) -> Value {
        serde_json::from_str(&tree.to_string()).unwrap()
    }

    /// The result of the crate `json-patch`, an independent implementation.
    fn expected(document: &Value, operation: &Value) -> Option<Value> {
        let mut document = document.clone();
        let operation = serde_json::from_value(operation.clone()).ok()?;
        json_patch::patch(&mut document, &[operation]).ok().map(|()| document)
    }

    fn documents() -> impl Strategy<Value = Value> {
        let scalar = prop_oneof![
            Just(json!(null)),
            Just(json!(true)),
            (0..3_i32).prop_map(|number| json!(number)),
            "[ab/~]{0,2}".prop_map(Value::from),
        ];
        scalar.prop_recursive(3, 24, 4, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
                prop::collection::btree_map("[ab/~01]{0,2}", inner, 0..4)
                    .prop_map(|members| members.into_iter().collect::<Value>()),
            ]
        })
    }

    /// A pointer to somewhere in the document, or beside it.
    fn pointer(document: &Value, steps: &[prop::sample::Index], last: &str) -> String {
        let mut pointer = String::new();
        let mut at = document;
        for step in steps {
            let token = match at {
                Value::Object(members) if !members.is_empty() => {
                    let names: Vec<_> = members.keys().collect();
                    step.get(&names).replace('~', "~0").replace('/', "~1")
                }
                Value::Array(items) if !items.is_empty() => step.index(items.len()).to_string(),
                _ => break,
            };
            pointer = format!("{pointer}/{token}");
            at = document.pointer(&pointer).unwrap();
        }
        format!("{pointer}{last}")
    }

    proptest! {
        #[test]
        fn agrees_with_an_independent_implementation(
            document in documents(),
            value in documents(),
            steps in prop::collection::vec(any::<prop::sample::Index>(), 0..4),
            from in prop::collection::vec(any::<prop::sample::Index>(), 0..4),
            last in prop::sample::select(vec!["", "", "/a", "/-", "/1", "/01", "/~1", "/~2"]),
            op in prop::sample::select(vec!["add", "remove", "replace", "move", "copy", "test"]),
        ) {
            let path = pointer(&document, &steps, last);
            let from = pointer(&document, &from, "");
            let operation = json!({"op": op, "path": path, "from": from, "value": value});
            let mut patched = tree(&document);
            let applied = apply(&mut patched, &tree(&operation));
            match expected(&document, &operation) {
                Some(expected) => {
                    prop_assert!(applied.is_ok(), "{operation} {document}: {applied:?}");
                    prop_assert_eq!(value_of(&patched), expected);
                }
                // json-patch refuses to replace a whole document by nothing, as we do.
                None => prop_assert!(applied.is_err(), "{operation} {document}"),
            }
        }
    }

    #[test]
    fn order_and_digits_stay() {
        let mut document = Tree::parse(r#"{"b": 1.50, "a": {"z": 1e2}}"#).unwrap();
        let operation = Tree::parse(r#"{"op": "add", "path": "/a/c", "value": 0.10}"#).unwrap();
        apply(&mut document, &operation).unwrap();
        assert_eq!(document.to_string(), r#"{"b":1.50,"a":{"z":1e2,"c":0.10}}"#);
    }
}
