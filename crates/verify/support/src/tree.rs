//! JSON that keeps what other trees lose: repeated keys and the text of numbers.

mod read;
mod write;

use std::collections::{HashMap, HashSet};

pub use read::Document;
pub use write::Style;

/// A JSON value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Tree {
    /// `null`
    Null,
    /// `true` or `false`
    Boolean(bool),
    /// A number, as its text.
    Number(String),
    /// A string.
    String(String),
    /// An array.
    Array(Vec<Tree>),
    /// An object, its members in order; a key may occur twice.
    Object(Vec<(String, Tree)>),
}

impl Tree {
    /// The value of a JSON text that is part of this program.
    ///
    /// # Panics
    /// When the text is not JSON.
    #[must_use]
    pub fn of(text: &str) -> Self {
        match Document::parse(text.as_bytes()) {
            Document::Json(tree) => tree,
            other => panic!("{other:?}"),
        }
    }

    /// Returns the nesting depth of arrays and objects.
    #[must_use]
    pub fn depth(&self) -> usize {
        match self {
            Tree::Array(items) => 1 + items.iter().map(Tree::depth).max().unwrap_or(0),
            Tree::Object(members) => {
                1 + members.iter().map(|(_, value)| value.depth()).max().unwrap_or(0)
            }
            _ => 0,
        }
    }

    /// Returns whether an object in the tree repeats a key.
    #[must_use]
    pub fn repeats_keys(&self) -> bool {
        match self {
            Tree::Array(items) => items.iter().any(Tree::repeats_keys),
            Tree::Object(members) => {
                let mut keys = HashSet::new();
                members.iter().any(|(key, value)| !keys.insert(key) || value.repeats_keys())
            }
            _ => false,
        }
    }

    /// Trees without repeated keys that, taken together, hold every member of this one.
    ///
    /// Each occurrence of a repeated key is in one of them at least. `None` if it takes more than
    /// `limit` trees.
    #[must_use]
    pub fn readings(&self, limit: usize) -> Option<Vec<Tree>> {
        // Zipped and not multiplied: what a schema says of one member does not depend on others.
        let zip = |lists: Vec<Vec<Tree>>, make: &dyn Fn(Vec<Tree>) -> Tree| {
            let count = lists.iter().map(Vec::len).max().unwrap_or(1);
            let nth = |n: usize| lists.iter().map(|list| list[n % list.len()].clone()).collect();
            (count <= limit).then(|| (0..count).map(|n| make(nth(n))).collect())
        };
        match self {
            Tree::Array(items) => {
                let lists: Option<_> = items.iter().map(|item| item.readings(limit)).collect();
                zip(lists?, &Tree::Array)
            }
            Tree::Object(members) => {
                let (mut keys, mut lists, mut places) = (Vec::new(), Vec::new(), HashMap::new());
                for (key, value) in members {
                    let place = *places.entry(key).or_insert(keys.len());
                    if place == keys.len() {
                        keys.push(key.clone());
                        lists.push(Vec::new());
                    }
                    lists[place].extend(value.readings(limit)?);
                }
                zip(lists, &|values| Tree::Object(keys.iter().cloned().zip(values).collect()))
            }
            scalar => Some(vec![scalar.clone()]),
        }
    }

    /// Calls `visit` with every value and its pointer, parents first, in the order of the text.
    pub fn visit<'t>(&'t self, visit: &mut impl FnMut(&str, &'t Tree)) {
        self.visit_from(&mut String::new(), visit);
    }

    fn visit_from<'t>(&'t self, pointer: &mut String, visit: &mut impl FnMut(&str, &'t Tree)) {
        visit(pointer, self);
        let length = pointer.len();
        match self {
            Tree::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    push_token(pointer, &index.to_string());
                    item.visit_from(pointer, visit);
                    pointer.truncate(length);
                }
            }
            Tree::Object(members) => {
                for (key, value) in members {
                    push_token(pointer, key);
                    value.visit_from(pointer, visit);
                    pointer.truncate(length);
                }
            }
            _ => {}
        }
    }

    /// The value at an RFC 6901 pointer.
    #[must_use]
    pub fn at(&self, pointer: &str) -> Option<&Tree> {
        let Some(pointer) = pointer.strip_prefix('/') else {
            return pointer.is_empty().then_some(self);
        };
        let (token, rest) = match pointer.find('/') {
            Some(end) => pointer.split_at(end),
            None => (pointer, ""),
        };
        match self {
            Tree::Array(items) => items.get(token.parse::<usize>().ok()?)?.at(rest),
            Tree::Object(members) => {
                let key = token.replace("~1", "/").replace("~0", "~");
                members.iter().find(|(name, _)| *name == key)?.1.at(rest)
            }
            _ => None,
        }
    }

    /// Returns whether any value in the tree satisfies `wanted`.
    pub fn any(&self, wanted: &impl Fn(&Tree) -> bool) -> bool {
        wanted(self)
            || match self {
                Tree::Array(items) => items.iter().any(|item| item.any(wanted)),
                Tree::Object(members) => members.iter().any(|(_, value)| value.any(wanted)),
                _ => false,
            }
    }

    /// Returns whether a key in the tree contains `part`.
    #[must_use]
    pub fn has_key_containing(&self, part: &str) -> bool {
        match self {
            Tree::Array(items) => items.iter().any(|item| item.has_key_containing(part)),
            Tree::Object(members) => members
                .iter()
                .any(|(key, value)| key.contains(part) || value.has_key_containing(part)),
            _ => false,
        }
    }

    /// Returns the number of values in the tree, itself included.
    #[must_use]
    pub fn count(&self) -> usize {
        1 + match self {
            Tree::Array(items) => items.iter().map(Tree::count).sum(),
            Tree::Object(members) => members.iter().map(|(_, value)| value.count()).sum(),
            _ => 0,
        }
    }

    /// The value with this index in the order of [`visit`](Self::visit).
    pub fn nth_mut(&mut self, index: usize) -> Option<&mut Tree> {
        fn find<'t>(tree: &'t mut Tree, index: &mut usize) -> Option<&'t mut Tree> {
            if *index == 0 {
                return Some(tree);
            }
            *index -= 1;
            match tree {
                Tree::Array(items) => items.iter_mut().find_map(|item| find(item, index)),
                Tree::Object(members) => {
                    members.iter_mut().find_map(|(_, value)| find(value, index))
                }
                _ => None,
            }
        }
        find(self, &mut { index })
    }

    /// Returns whether this is an array or an object.
    #[must_use]
    pub fn is_container(&self) -> bool {
        matches!(self, Tree::Array(_) | Tree::Object(_))
    }
}

impl From<&serde_json::Value> for Tree {
    fn from(value: &serde_json::Value) -> Self {
        Tree::of(&value.to_string())
    }
}

/// Appends a token to an RFC 6901 pointer.
pub fn push_token(pointer: &mut String, token: &str) {
    pointer.push('/');
    if token.contains(['~', '/']) {
        pointer.push_str(&token.replace('~', "~0").replace('/', "~1"));
    } else {
        pointer.push_str(token);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Dice;

    #[test]
    fn every_style_keeps_repeated_keys_and_numbers() {
        let text = r#"{"a":1.20e+1,"b":[{"a":-0,"a":null}],"\u0000/\"😀":"\\\n","a":true}"#;
        let tree = Tree::of(text);
        assert!(tree.repeats_keys());
        assert_eq!(tree.depth(), 3);
        assert_eq!(tree.text(), text);
        for style in [Style::Spaced, Style::Escaped] {
            for seed in 0..50 {
                let text = tree.written(style, &mut Dice::seeded(seed));
                assert_eq!(Tree::of(&text), tree, "{text}");
            }
        }
    }

    #[test]
    fn what_is_no_json_is_broken() {
        for text in [&br#"{"a":1,}"#[..], br#""\ud800""#, b"01", b"", b"\xff", b"1 2", b"\"\x01\""]
        {
            assert_eq!(Document::parse(text), Document::Broken, "{text:?}");
        }
        let deep = "[".repeat(300) + &"]".repeat(300);
        assert_eq!(Document::parse(deep.as_bytes()), Document::TooDeep);
        assert!(matches!(Document::parse(b" 1e999 "), Document::Json(Tree::Number(_))));
    }

    #[test]
    fn readings_cover_every_occurrence_of_a_key() {
        let tree = Tree::of(r#"{"a":1,"b":[{"c":1,"c":2}],"a":{"d":1,"d":2}}"#);
        let readings: Vec<_> = tree.readings(9).unwrap().iter().map(Tree::text).collect();
        assert_eq!(
            readings,
            [
                r#"{"a":1,"b":[{"c":1}]}"#,
                r#"{"a":{"d":1},"b":[{"c":2}]}"#,
                r#"{"a":{"d":2},"b":[{"c":1}]}"#
            ],
        );
        assert_eq!(tree.readings(2), None);
    }
}
