//! JSON that keeps what other trees lose: repeated keys, the order of members and the text of numbers.

mod compare;
mod edit;
mod read;
mod write;

use std::collections::{HashMap, HashSet};

pub use edit::Edit;
pub use read::Document;
pub use write::Style;

/// A JSON value.
///
/// `==` compares numbers by their text and objects regardless of the order of members; where the order
/// counts, compare [`Json::to_text`].
#[derive(Debug, Clone)]
pub enum Json {
    /// `null`.
    Null,
    /// `true` or `false`.
    Boolean(bool),
    /// A number, as its text.
    Number(String),
    /// A string.
    String(String),
    /// An array.
    Array(Vec<Json>),
    /// An object, its members in order; a key may occur twice.
    Object(Vec<(String, Json)>),
}

/// Reads a text that must be JSON; `serde_json` decides what that is, not the library under test.
///
/// # Panics
/// The text is not JSON.
#[must_use]
#[track_caller]
pub fn parse(text: &str) -> Json {
    try_parse(text).unwrap_or_else(|NotJson| panic!("not JSON: {text}"))
}

/// Reads a text, which may not be JSON.
///
/// # Errors
/// The text is not JSON, or nests deeper than [`Document::DEEPEST`] levels.
pub fn try_parse(text: &str) -> Result<Json, NotJson> {
    match Document::parse(text.as_bytes()) {
        Document::Json(value) => Ok(value),
        Document::TooDeep | Document::Broken => Err(NotJson),
    }
}

/// A text is not JSON, or nests too deep.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotJson;

impl Json {
    /// Returns the nesting depth of arrays and objects.
    #[must_use]
    pub fn depth(&self) -> usize {
        match self {
            Json::Array(items) => 1 + items.iter().map(Json::depth).max().unwrap_or(0),
            Json::Object(members) => {
                1 + members.iter().map(|(_, value)| value.depth()).max().unwrap_or(0)
            }
            _ => 0,
        }
    }

    /// Returns whether an object in the tree repeats a key.
    #[must_use]
    pub fn repeats_keys(&self) -> bool {
        match self {
            Json::Array(items) => items.iter().any(Json::repeats_keys),
            Json::Object(members) => {
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
    pub fn readings(&self, limit: usize) -> Option<Vec<Json>> {
        // Zipped and not multiplied: what a schema says of one member does not depend on others.
        let zip = |lists: Vec<Vec<Json>>, make: &dyn Fn(Vec<Json>) -> Json| {
            let count = lists.iter().map(Vec::len).max().unwrap_or(1);
            let nth = |n: usize| lists.iter().map(|list| list[n % list.len()].clone()).collect();
            (count <= limit).then(|| (0..count).map(|n| make(nth(n))).collect())
        };
        match self {
            Json::Array(items) => {
                let lists: Option<_> = items.iter().map(|item| item.readings(limit)).collect();
                zip(lists?, &Json::Array)
            }
            Json::Object(members) => {
                let (mut keys, mut lists, mut places) = (Vec::new(), Vec::new(), HashMap::new());
                for (key, value) in members {
                    let place = *places.entry(key).or_insert(keys.len());
                    if place == keys.len() {
                        keys.push(key.clone());
                        lists.push(Vec::new());
                    }
                    lists[place].extend(value.readings(limit)?);
                }
                zip(lists, &|values| Json::Object(keys.iter().cloned().zip(values).collect()))
            }
            scalar => Some(vec![scalar.clone()]),
        }
    }

    /// Calls `visit` with every value and its pointer, parents first, in the order of the text.
    pub fn visit<'t>(&'t self, visit: &mut impl FnMut(&str, &'t Json)) {
        self.visit_from(&mut String::new(), visit);
    }

    fn visit_from<'t>(&'t self, pointer: &mut String, visit: &mut impl FnMut(&str, &'t Json)) {
        visit(pointer, self);
        let length = pointer.len();
        match self {
            Json::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    push_token(pointer, &index.to_string());
                    item.visit_from(pointer, visit);
                    pointer.truncate(length);
                }
            }
            Json::Object(members) => {
                for (key, value) in members {
                    push_token(pointer, key);
                    value.visit_from(pointer, visit);
                    pointer.truncate(length);
                }
            }
            _ => {}
        }
    }

    /// Every value in it with its pointer, parents first, in the order of the text.
    #[must_use]
    pub fn places(&self) -> Vec<(String, &Self)> {
        let mut places = Vec::new();
        self.visit(&mut |pointer, value| places.push((pointer.to_owned(), value)));
        places
    }

    /// The value at an RFC 6901 pointer.
    #[must_use]
    pub fn at(&self, pointer: &str) -> Option<&Self> {
        if !pointer.is_empty() && !pointer.starts_with('/') {
            return None;
        }
        pointer.split('/').skip(1).try_fold(self, |value, token| match value {
            Json::Array(items) => items.get(token.parse::<usize>().ok()?),
            Json::Object(members) => {
                let key = token.replace("~1", "/").replace("~0", "~");
                members.iter().find(|(name, _)| *name == key).map(|(_, value)| value)
            }
            _ => None,
        })
    }

    /// Returns whether any value in the tree satisfies `wanted`.
    pub fn any(&self, wanted: &impl Fn(&Json) -> bool) -> bool {
        wanted(self)
            || match self {
                Json::Array(items) => items.iter().any(|item| item.any(wanted)),
                Json::Object(members) => members.iter().any(|(_, value)| value.any(wanted)),
                _ => false,
            }
    }

    /// Returns whether a key in the tree contains `part`.
    #[must_use]
    pub fn has_key_containing(&self, part: &str) -> bool {
        match self {
            Json::Array(items) => items.iter().any(|item| item.has_key_containing(part)),
            Json::Object(members) => members
                .iter()
                .any(|(key, value)| key.contains(part) || value.has_key_containing(part)),
            _ => false,
        }
    }

    /// Returns the number of values in the tree, itself included.
    #[must_use]
    pub fn count(&self) -> usize {
        1 + match self {
            Json::Array(items) => items.iter().map(Json::count).sum(),
            Json::Object(members) => members.iter().map(|(_, value)| value.count()).sum(),
            _ => 0,
        }
    }

    /// The value with this index in the order of [`visit`](Self::visit).
    pub fn nth_mut(&mut self, index: usize) -> Option<&mut Json> {
        fn find<'t>(tree: &'t mut Json, index: &mut usize) -> Option<&'t mut Json> {
            if *index == 0 {
                return Some(tree);
            }
            *index -= 1;
            match tree {
                Json::Array(items) => items.iter_mut().find_map(|item| find(item, index)),
                Json::Object(members) => {
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
        matches!(self, Json::Array(_) | Json::Object(_))
    }
}

impl From<&serde_json::Value> for Json {
    fn from(value: &serde_json::Value) -> Self {
        parse(&value.to_string())
    }
}

/// A string as JSON text.
#[must_use]
pub fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// The pointer of a member.
#[must_use]
pub fn child(pointer: &str, key: &str) -> String {
    format!("{pointer}/{}", key.replace('~', "~0").replace('/', "~1"))
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
        let value = parse(text);
        assert!(value.repeats_keys());
        assert_eq!(value.depth(), 3);
        assert_eq!(value.to_text(), text);
        for style in [Style::Spaced, Style::Escaped] {
            for seed in 0..50 {
                let text = value.written(style, &mut Dice::seeded(seed));
                assert_eq!(parse(&text).to_text(), value.to_text(), "{text}");
            }
        }
    }

    #[test]
    fn text_that_is_not_json_is_broken() {
        for text in [&br#"{"a":1,}"#[..], br#""\ud800""#, b"01", b"", b"\xff", b"1 2", b"\"\x01\""]
        {
            assert_eq!(Document::parse(text), Document::Broken, "{text:?}");
        }
        let deep = "[".repeat(300) + &"]".repeat(300);
        assert_eq!(Document::parse(deep.as_bytes()), Document::TooDeep);
        assert!(matches!(Document::parse(b" 1e999 "), Document::Json(Json::Number(_))));
    }

    #[test]
    fn readings_cover_every_occurrence_of_a_key() {
        let value = parse(r#"{"a":1,"b":[{"c":1,"c":2}],"a":{"d":1,"d":2}}"#);
        let readings: Vec<_> = value.readings(9).unwrap().iter().map(Json::to_text).collect();
        assert_eq!(
            readings,
            [
                r#"{"a":1,"b":[{"c":1}]}"#,
                r#"{"a":{"d":1},"b":[{"c":2}]}"#,
                r#"{"a":{"d":2},"b":[{"c":1}]}"#
            ],
        );
        assert_eq!(value.readings(2), None);
    }
}
