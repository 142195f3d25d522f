//! Reading, with the help of `serde_json`, which judges what is JSON.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use super::Json;

/// Classification of a message, as `serde_json` reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Document {
    /// JSON text.
    Json(Json),
    /// JSON text that nests deeper than [`Document::DEEPEST`].
    TooDeep,
    /// Not JSON text.
    Broken,
}

impl Document {
    /// Levels of arrays and objects that are looked into.
    pub const DEEPEST: usize = 256;

    /// Reads a message.
    #[must_use]
    pub fn parse(message: &[u8]) -> Self {
        // `serde_json` checks the grammar of what is raw, except for lone surrogates in strings, and
        // these are found when the strings are read.
        match serde_json::from_slice::<&RawValue>(message).map(|raw| read(raw.get(), 0)) {
            Ok(Ok(tree)) => Self::Json(tree),
            Ok(Err(TooDeep(true))) => Self::TooDeep,
            _ => Self::Broken,
        }
    }
}

/// A text was not read: it is too deep if true, otherwise not JSON.
struct TooDeep(bool);

impl From<serde_json::Error> for TooDeep {
    fn from(_: serde_json::Error) -> Self {
        Self(false)
    }
}

fn read(text: &str, depth: usize) -> Result<Json, TooDeep> {
    let first = text.bytes().next().unwrap_or_default();
    if matches!(first, b'{' | b'[') && depth == Document::DEEPEST {
        return Err(TooDeep(true));
    }
    Ok(match first {
        b'{' => Json::Object(
            serde_json::from_str::<Members<'_>>(text)?
                .0
                .into_iter()
                .map(|(key, raw)| Ok((key, read(raw.get(), depth + 1)?)))
                .collect::<Result<_, TooDeep>>()?,
        ),
        b'[' => Json::Array(
            serde_json::from_str::<Items<'_>>(text)?
                .0
                .into_iter()
                .map(|raw| read(raw.get(), depth + 1))
                .collect::<Result<_, _>>()?,
        ),
        b'"' => Json::String(serde_json::from_str(text)?),
        b'n' => Json::Null,
        b't' | b'f' => Json::Boolean(first == b't'),
        _ => Json::Number(text.to_owned()),
    })
}

struct Members<'a>(Vec<(String, &'a RawValue)>);
struct Items<'a>(Vec<&'a RawValue>);

impl<'de: 'a, 'a> Deserialize<'de> for Members<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Collect;
        impl<'de> Visitor<'de> for Collect {
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
        deserializer.deserialize_map(Collect)
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Items<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Collect;
        impl<'de> Visitor<'de> for Collect {
            type Value = Items<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an array")
            }
            fn visit_seq<A: SeqAccess<'de>>(
                self,
                mut sequence: A,
            ) -> Result<Self::Value, A::Error> {
                let mut items = Vec::new();
                while let Some(item) = sequence.next_element()? {
                    items.push(item);
                }
                Ok(Items(items))
            }
        }
        deserializer.deserialize_seq(Collect)
    }
}
