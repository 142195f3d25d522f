//! An ordered tree of JSON values.
//!
//! Contracts are parsed into this tree instead of `serde_json::Value`: members keep their order, which
//! becomes the order of fields, repeated keys are errors, and numbers keep their digits.

use serde::de::{self, MapAccess, SeqAccess, Visitor};
use std::fmt;

mod number;

pub(crate) use number::Number;

/// A JSON value whose objects keep the order of their members.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Tree {
    /// `null`
    Null,
    /// `true`, `false`
    Bool(bool),
    /// A number.
    Number(Number),
    /// A string.
    String(String),
    /// An array.
    Array(Vec<Tree>),
    /// An object, with its members in the order of the text.
    Object(Vec<(String, Tree)>),
}

impl Tree {
    /// Compares values as JSON Schema does: numbers by value, objects without order (draft-07 Core §4.2.3).
    #[must_use]
    pub(crate) fn equals(&self, other: &Self) -> bool {
        match (self, other) {
            (Tree::Number(a), Tree::Number(b)) => a.normalized() == b.normalized(),
            (Tree::Array(a), Tree::Array(b)) => {
                a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.equals(b))
            }
            (Tree::Object(a), Tree::Object(b)) => {
                let is_in = |(key, value): &(String, Tree)| {
                    other.get(key).is_some_and(|member| value.equals(member))
                };
                a.len() == b.len() && a.iter().all(is_in)
            }
            _ => self == other,
        }
    }

    /// Parses JSON text.
    ///
    /// # Errors
    /// Fails if the text is not valid JSON, is nested deeper than 128 levels, or repeats a key in an
    /// object.
    pub(crate) fn parse(text: &str) -> serde_json::Result<Self> {
        let mut tree: Self = serde_json::from_str(text)?;
        tree.restore(&mut number::texts(text));
        Ok(tree)
    }

    /// Sets the spelling of each number to the next one of `texts`.
    fn restore<'t>(&mut self, texts: &mut impl Iterator<Item = &'t str>) {
        match self {
            Tree::Number(number) => {
                if let Some(text) = texts.next() {
                    number.spell(text);
                }
            }
            Tree::Array(items) => items.iter_mut().for_each(|item| item.restore(texts)),
            Tree::Object(members) => {
                members.iter_mut().for_each(|(_, value)| value.restore(texts));
            }
            Tree::Null | Tree::Bool(_) | Tree::String(_) => {}
        }
    }

    /// Returns a member of an object by its key.
    #[must_use]
    pub(crate) fn get(&self, key: &str) -> Option<&Tree> {
        self.members()?.iter().find(|(name, _)| name == key).map(|(_, value)| value)
    }

    /// Returns the members of an object, in the order of the text.
    #[must_use]
    pub(crate) fn members(&self) -> Option<&[(String, Tree)]> {
        match self {
            Tree::Object(members) => Some(members),
            _ => None,
        }
    }

    /// Returns the items of an array.
    #[must_use]
    pub(crate) fn items(&self) -> Option<&[Tree]> {
        match self {
            Tree::Array(items) => Some(items),
            _ => None,
        }
    }

    /// Returns the text of a string.
    #[must_use]
    pub(crate) fn text(&self) -> Option<&str> {
        match self {
            Tree::String(text) => Some(text),
            _ => None,
        }
    }

    /// Returns a non-negative integer, including spellings such as `5.0`.
    #[must_use]
    pub(crate) fn count(&self) -> Option<u64> {
        /// The largest integer up to which `f64` represents every integer exactly.
        const EXACT: f64 = (1_u64 << 53) as f64;
        let Tree::Number(number) = self else { return None };
        let whole =
            || number.value().as_f64().filter(|n| n.fract() == 0.0 && (0.0..=EXACT).contains(n));
        number.value().as_u64().or_else(|| whole().map(|whole| whole as u64))
    }

    /// Returns the value at an RFC 6901 pointer.
    #[must_use]
    pub(crate) fn at(&self, pointer: &str) -> Option<&Tree> {
        pointer.split('/').skip(1).try_fold(self, |tree, token| {
            let token = unescape(token);
            match tree {
                Tree::Object(_) => tree.get(&token),
                Tree::Array(items) => items.get(index(&token)?),
                _ => None,
            }
        })
    }

    /// Returns the value at an RFC 6901 pointer, mutably.
    #[must_use]
    pub(crate) fn at_mut(&mut self, pointer: &str) -> Option<&mut Tree> {
        pointer.split('/').skip(1).try_fold(self, |tree, token| {
            let token = unescape(token);
            match tree {
                Tree::Object(members) => {
                    members.iter_mut().find(|(name, _)| *name == token).map(|(_, value)| value)
                }
                Tree::Array(items) => items.get_mut(index(&token)?),
                _ => None,
            }
        })
    }

    /// Returns a noun phrase for the value, for messages.
    #[must_use]
    pub(crate) fn describe(&self) -> String {
        match self {
            Tree::Null => "null".into(),
            Tree::Bool(value) => value.to_string(),
            Tree::Number(number) => number.to_string(),
            Tree::String(text) => format!("{text:?}"),
            Tree::Array(_) => "an array".into(),
            Tree::Object(_) => "an object".into(),
        }
    }
}

impl fmt::Display for Tree {
    /// Writes compact JSON text.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let list = |f: &mut fmt::Formatter<'_>, items: &mut dyn Iterator<Item = String>| {
            for (index, item) in items.enumerate() {
                if index > 0 {
                    f.write_str(",")?;
                }
                f.write_str(&item)?;
            }
            Ok(())
        };
        match self {
            Tree::Null => f.write_str("null"),
            Tree::Bool(value) => write!(f, "{value}"),
            Tree::Number(number) => write!(f, "{number}"),
            Tree::String(text) => write!(f, "{}", serde_json::Value::from(text.as_str())),
            Tree::Array(items) => {
                f.write_str("[")?;
                list(f, &mut items.iter().map(Tree::to_string))?;
                f.write_str("]")
            }
            Tree::Object(members) => {
                f.write_str("{")?;
                list(
                    f,
                    &mut members.iter().map(|(key, value)| {
                        format!("{}:{value}", serde_json::Value::from(key.as_str()))
                    }),
                )?;
                f.write_str("}")
            }
        }
    }
}

/// Escapes one token of an RFC 6901 pointer.
#[must_use]
pub(crate) fn escape(token: &str) -> String {
    token.replace('~', "~0").replace('/', "~1")
}

/// One token of an RFC 6901 pointer as the name that it stands for.
#[must_use]
pub(crate) fn unescape(token: &str) -> String {
    token.replace("~1", "/").replace("~0", "~")
}

/// The index that a token of an RFC 6901 pointer stands for (§4): decimal digits without leading zeros.
#[must_use]
pub(crate) fn index(token: &str) -> Option<usize> {
    let is_plain = token.bytes().all(|byte| byte.is_ascii_digit())
        && (token.len() == 1 || !token.starts_with('0'));
    is_plain.then(|| token.parse().ok())?
}

impl<'de> de::Deserialize<'de> for Tree {
    fn deserialize<D: de::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TreeVisitor)
    }
}

struct TreeVisitor;

impl<'de> Visitor<'de> for TreeVisitor {
    type Value = Tree;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }
    fn visit_unit<E>(self) -> Result<Tree, E> {
        Ok(Tree::Null)
    }
    fn visit_bool<E>(self, value: bool) -> Result<Tree, E> {
        Ok(Tree::Bool(value))
    }
    fn visit_i64<E>(self, value: i64) -> Result<Tree, E> {
        Ok(Tree::Number(serde_json::Number::from(value).into()))
    }
    fn visit_u64<E>(self, value: u64) -> Result<Tree, E> {
        Ok(Tree::Number(serde_json::Number::from(value).into()))
    }
    fn visit_f64<E: de::Error>(self, value: f64) -> Result<Tree, E> {
        serde_json::Number::from_f64(value)
            .map(|number| Tree::Number(number.into()))
            .ok_or_else(|| E::custom("number out of range"))
    }
    fn visit_str<E>(self, text: &str) -> Result<Tree, E> {
        Ok(Tree::String(text.into()))
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Tree, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Tree::Array(list))
    }
    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Tree, A::Error> {
        let mut members = Vec::new();
        let mut seen = std::collections::HashSet::new();
        while let Some((key, value)) = entries.next_entry::<String, Tree>()? {
            if !seen.insert(key.clone()) {
                return Err(de::Error::custom(format!("duplicate key {key:?}")));
            }
            members.push((key, value));
        }
        Ok(number(&members).unwrap_or(Tree::Object(members)))
    }
}

/// Recognises the object that `serde_json` passes for a number if some crate of the build enables its
/// feature `arbitrary_precision`.
fn number(members: &[(String, Tree)]) -> Option<Tree> {
    match members {
        [(key, Tree::String(text))] if key == "$serde_json::private::Number" => {
            text.parse::<serde_json::Number>().ok().map(|number| Tree::Number(number.into()))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::Tree;

    #[test]
    fn arbitrary_precision_numbers_are_recognised() {
        let tree = Tree::parse(r#"{"$serde_json::private::Number": "0.05"}"#).unwrap();
        assert!(matches!(tree, Tree::Number(_)), "{tree:?}");
        let tree = Tree::parse(r#"{"$serde_json::private::Number": "none"}"#).unwrap();
        assert!(matches!(tree, Tree::Object(_)), "{tree:?}");
    }
}
