//! JSON as tests compare and edit it: numbers are their text, order of members means nothing.

use crate::number::same_value;
use crate::tree::{Document, Tree};

/// A JSON value; [`Tree`] is its counterpart that minds the order of members. `==` compares numbers by text and objects regardless of order.
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

/// A change of the value at a pointer.
#[derive(Debug)]
pub enum Edit<'a> {
    /// Put this text in its place.
    Replace(&'a str),
    /// Leave the member out.
    Remove,
    /// Write this text before the closing brace of the object.
    Append(&'a str),
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
        Document::Json(tree) => Ok(tree.into()),
        Document::TooDeep | Document::Broken => Err(NotJson),
    }
}

/// A text is not JSON, or nests too deep.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotJson;

impl From<Tree> for Json {
    fn from(tree: Tree) -> Self {
        match tree {
            Tree::Null => Json::Null,
            Tree::Boolean(value) => Json::Boolean(value),
            Tree::Number(text) => Json::Number(text),
            Tree::String(text) => Json::String(text),
            Tree::Array(items) => Json::Array(items.into_iter().map(Json::from).collect()),
            Tree::Object(members) => {
                Json::Object(members.into_iter().map(|(key, value)| (key, value.into())).collect())
            }
        }
    }
}

impl Json {
    /// Returns true if both are the same, numbers compared by their exact value.
    #[must_use]
    pub fn is_equivalent_to(&self, other: &Self) -> bool {
        self.is_same(other, &same_value)
    }

    fn is_same(&self, other: &Self, numbers: &impl Fn(&str, &str) -> bool) -> bool {
        match (self, other) {
            (Json::Null, Json::Null) => true,
            (Json::Boolean(left), Json::Boolean(right)) => left == right,
            (Json::Number(left), Json::Number(right)) => numbers(left, right),
            (Json::String(left), Json::String(right)) => left == right,
            (Json::Array(left), Json::Array(right)) => {
                left.len() == right.len()
                    && left.iter().zip(right).all(|(left, right)| left.is_same(right, numbers))
            }
            (Json::Object(left), Json::Object(right)) => {
                // Sorted, so that each occurrence of a repeated key has its own counterpart.
                let (left, right) = (by_key(left), by_key(right));
                left.len() == right.len()
                    && left.iter().zip(right).all(|((name, value), (key, other))| {
                        name == key && value.is_same(other, numbers)
                    })
            }
            _ => false,
        }
    }

    /// The value at an RFC 6901 pointer.
    #[must_use]
    pub fn at(&self, pointer: &str) -> Option<&Self> {
        pointer.split('/').skip(1).try_fold(self, |value, token| match value {
            Json::Array(items) => items.get(token.parse::<usize>().ok()?),
            Json::Object(members) => {
                let key = token.replace("~1", "/").replace("~0", "~");
                members.iter().find(|(name, _)| *name == key).map(|(_, value)| value)
            }
            _ => None,
        })
    }

    /// Every value in it with its pointer, itself first.
    #[must_use]
    pub fn places(&self) -> Vec<(String, &Self)> {
        let mut places = vec![(String::new(), self)];
        let mut next = 0;
        while let Some((pointer, value)) = places.get(next).cloned() {
            match value {
                Json::Array(items) => {
                    let items = items.iter().enumerate();
                    places.extend(items.map(|(index, item)| (format!("{pointer}/{index}"), item)));
                }
                Json::Object(members) => {
                    let members = members.iter();
                    places.extend(members.map(|(key, value)| (child(&pointer, key), value)));
                }
                _ => {}
            }
            next += 1;
        }
        places
    }

    /// The value as compact text.
    #[must_use]
    pub fn to_text(&self) -> String {
        let mut out = String::new();
        self.write("", &|_| None, &mut out);
        out
    }

    /// The text with one value edited.
    ///
    /// # Panics
    /// Nothing is at `pointer`.
    #[must_use]
    #[track_caller]
    pub fn edited(&self, pointer: &str, edit: Edit<'_>) -> String {
        assert!(self.at(pointer).is_some(), "nothing at {pointer}");
        let mut out = String::new();
        self.write("", &|place| (place == pointer).then_some(&edit), &mut out);
        out
    }

    /// The text with another value at `pointer`.
    ///
    /// # Panics
    /// Nothing is at `pointer`.
    #[must_use]
    #[track_caller]
    pub fn with(&self, pointer: &str, text: &str) -> String {
        self.edited(pointer, Edit::Replace(text))
    }

    /// The text without the member at `pointer`.
    ///
    /// # Panics
    /// Nothing is at `pointer`.
    #[must_use]
    #[track_caller]
    pub fn without(&self, pointer: &str) -> String {
        self.edited(pointer, Edit::Remove)
    }

    /// The text with one more member, such as `"x":1`, in the object at `pointer`.
    ///
    /// # Panics
    /// Nothing is at `pointer`.
    #[must_use]
    #[track_caller]
    pub fn plus(&self, pointer: &str, member: &str) -> String {
        self.edited(pointer, Edit::Append(member))
    }

    fn write<'e, 'a: 'e>(
        &self,
        pointer: &str,
        edit: &impl Fn(&str) -> Option<&'e Edit<'a>>,
        out: &mut String,
    ) {
        let edited = edit(pointer);
        if let Some(Edit::Replace(text)) = edited {
            out.push_str(text);
            return;
        }
        match self {
            Json::Null => out.push_str("null"),
            Json::Boolean(value) => out.push_str(if *value { "true" } else { "false" }),
            Json::Number(text) => out.push_str(text),
            Json::String(text) => out.push_str(&quoted(text)),
            Json::Array(items) => {
                out.push('[');
                for (index, item) in items.iter().enumerate() {
                    separate(out, '[');
                    item.write(&format!("{pointer}/{index}"), edit, out);
                }
                out.push(']');
            }
            Json::Object(members) => {
                out.push('{');
                for (key, value) in members {
                    let pointer = child(pointer, key);
                    if matches!(edit(&pointer), Some(Edit::Remove)) {
                        continue;
                    }
                    separate(out, '{');
                    out.push_str(&quoted(key));
                    out.push(':');
                    value.write(&pointer, edit, out);
                }
                if let Some(Edit::Append(member)) = edited {
                    separate(out, '{');
                    out.push_str(member);
                }
                out.push('}');
            }
        }
    }
}

impl PartialEq for Json {
    fn eq(&self, other: &Self) -> bool {
        self.is_same(other, &|left, right| left == right)
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

/// The members sorted by key; those of the same key stay in order.
fn by_key(members: &[(String, Json)]) -> Vec<&(String, Json)> {
    let mut sorted: Vec<_> = members.iter().collect();
    sorted.sort_by_key(|(key, _)| key);
    sorted
}

fn separate(out: &mut String, opened_by: char) {
    if !out.ends_with(opened_by) {
        out.push(',');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn objects_are_equal_regardless_of_order() {
        assert_eq!(parse(r#"{"a":1,"b":{"c":2,"d":3}}"#), parse(r#"{"b":{"d":3,"c":2},"a":1}"#));
        assert_ne!(parse(r#"{"a":1}"#), parse(r#"{"a":1,"b":1}"#));
        assert_ne!(parse(r#"{"a":1.0}"#), parse(r#"{"a":1}"#));
        assert!(parse(r#"{"a":1.0}"#).is_equivalent_to(&parse(r#"{"a":1}"#)));
    }

    #[test]
    fn a_repeated_key_hides_no_other() {
        assert_ne!(parse(r#"{"a":1,"a":1}"#), parse(r#"{"a":1,"b":2}"#));
        assert_ne!(parse(r#"{"a":1,"a":1,"b":2}"#), parse(r#"{"a":1,"b":2,"b":2}"#));
        assert_ne!(parse(r#"{"a":1,"a":2}"#), parse(r#"{"a":1,"a":3}"#));
    }
}
