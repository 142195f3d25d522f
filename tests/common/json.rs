//! JSON as tests compare and edit it: numbers are their text, order of members means nothing.

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::fmt;

/// A JSON value. `==` compares numbers by text and objects regardless of order.
#[derive(Debug, Clone)]
pub(crate) enum Json {
    Null,
    Boolean(bool),
    Number(String),
    String(String),
    Array(Vec<Json>),
    Object(Vec<(String, Json)>),
}

/// What to do with the value at a pointer.
pub(crate) enum Edit<'a> {
    /// Put this text in its place.
    Replace(&'a str),
    /// Leave the member out.
    Remove,
    /// Write this text before the closing brace of the object.
    Append(&'a str),
}

/// Reads a text that must be JSON; `serde_json` decides what that is, not the library under test.
#[track_caller]
pub(crate) fn parse(text: &str) -> Json {
    match try_parse(text) {
        Ok(json) => json,
        Err(error) => panic!("{error}: {text}"),
    }
}

pub(crate) fn try_parse(text: &str) -> serde_json::Result<Json> {
    let text = text.trim_matches([' ', '\n', '\r', '\t']);
    Ok(match text.as_bytes().first() {
        Some(b'{') => {
            let Members(members) = serde_json::from_str(text)?;
            let members =
                members.into_iter().map(|(key, value)| Ok((key, try_parse(value.get())?)));
            Json::Object(members.collect::<serde_json::Result<_>>()?)
        }
        Some(b'[') => {
            let items: Vec<&RawValue> = serde_json::from_str(text)?;
            Json::Array(items.iter().map(|item| try_parse(item.get())).collect::<Result<_, _>>()?)
        }
        Some(b'"') => Json::String(serde_json::from_str(text)?),
        Some(b't' | b'f') => Json::Boolean(serde_json::from_str(text)?),
        Some(b'n') => serde_json::from_str(text).map(|()| Json::Null)?,
        _ => Json::Number(serde_json::from_str::<&RawValue>(text)?.get().to_owned()),
    })
}

impl Json {
    /// Whether both are the same, numbers compared by their exact value.
    pub(crate) fn is_equivalent_to(&self, other: &Self) -> bool {
        self.is_same(other, &|left, right| magnitude(left) == magnitude(right))
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
                let find = |key: &str| right.iter().find(|(name, _)| name == key);
                left.len() == right.len()
                    && left.iter().all(|(key, value)| {
                        find(key).is_some_and(|(_, other)| value.is_same(other, numbers))
                    })
            }
            _ => false,
        }
    }

    /// The value at an RFC 6901 pointer.
    pub(crate) fn at(&self, pointer: &str) -> Option<&Self> {
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
    pub(crate) fn places(&self) -> Vec<(String, &Self)> {
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

    pub(crate) fn to_text(&self) -> String {
        let mut out = String::new();
        self.write("", &|_| None, &mut out);
        out
    }

    /// The text with one value edited.
    #[track_caller]
    pub(crate) fn edited(&self, pointer: &str, edit: Edit<'_>) -> String {
        assert!(self.at(pointer).is_some(), "nothing at {pointer}");
        let mut out = String::new();
        self.write("", &|place| (place == pointer).then_some(&edit), &mut out);
        out
    }

    /// The text with another value at `pointer`.
    #[track_caller]
    pub(crate) fn with(&self, pointer: &str, text: &str) -> String {
        self.edited(pointer, Edit::Replace(text))
    }

    /// The text without the member at `pointer`.
    #[track_caller]
    pub(crate) fn without(&self, pointer: &str) -> String {
        self.edited(pointer, Edit::Remove)
    }

    /// The text with one more member, such as `"x":1`, in the object at `pointer`.
    #[track_caller]
    pub(crate) fn plus(&self, pointer: &str, member: &str) -> String {
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
pub(crate) fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// The pointer of a member.
pub(crate) fn child(pointer: &str, key: &str) -> String {
    format!("{pointer}/{}", key.replace('~', "~0").replace('/', "~1"))
}

fn separate(out: &mut String, opened_by: char) {
    if !out.ends_with(opened_by) {
        out.push(',');
    }
}

/// Sign, digits without outer zeros, and exponent of `0.digits`; equal for equal numbers.
fn magnitude(text: &str) -> (bool, String, i128) {
    let (negative, text) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let (integer, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let all = format!("{integer}{fraction}");
    let digits = all.trim_start_matches('0');
    if digits.is_empty() {
        return (false, String::new(), 0);
    }
    let exponent: i128 = exponent.parse().expect("exponents of tests fit");
    let point = integer.len() as i128 - (all.len() - digits.len()) as i128;
    (negative, digits.trim_end_matches('0').to_owned(), exponent + point)
}

/// The members of an object, repeated ones included.
struct Members<'a>(Vec<(String, &'a RawValue)>);

impl<'de: 'a, 'a> Deserialize<'de> for Members<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct All;

        impl<'de> Visitor<'de> for All {
            type Value = Members<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(Members(members))
            }
        }

        deserializer.deserialize_map(All)
    }
}
