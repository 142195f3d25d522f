//! An [`Encode`] type into any `serde` sink.

use std::any::type_name;
use std::cell::Cell;

use serde::ser::{Error as _, Serialize, SerializeMap as _, SerializeSeq as _, Serializer};
use serde_json::value::RawValue;

use crate::json::{Encode, JsonType, Reader};

/// Writes `value` to any `serde` sink.
///
/// An object becomes a map, an array a sequence, `null` a unit. Numbers keep every digit where the sink
/// is `serde_json`; elsewhere a number written without fraction and exponent becomes an `i64` or
/// `u64` if it fits, any other an `f64`.
///
/// # Errors
///
/// Those of the sink; when `value` is nested deeper than [`Reader::DEFAULT_DEPTH`]; when a number is
/// beyond `f64` in a sink that takes nothing wider.
pub fn serialize<T, S>(value: &T, serializer: S) -> Result<S::Ok, S::Error>
where
    T: Encode + ?Sized,
    S: Serializer,
{
    let mut text = String::new();
    value.encode(&mut text);
    Value::new(Reader::new(&text)).serialize(serializer)
}

/// The value that a reader is about to read.
struct Value<'a> {
    start: Reader<'a>,
    /// Where it ends, once it has been serialized.
    end: Cell<Option<Reader<'a>>>,
}

impl<'a> Value<'a> {
    fn new(start: Reader<'a>) -> Self {
        Self { start, end: Cell::new(None) }
    }

    /// The reader after this value; reads it if the sink has not asked for it.
    fn into_end<E: serde::ser::Error>(self) -> Result<Reader<'a>, E> {
        let Self { mut start, end } = self;
        match end.take() {
            Some(end) => Ok(end),
            None => start.skip().map(|_| start).map_err(E::custom),
        }
    }
}

impl Serialize for Value<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut reader = self.start.clone();
        let kind = reader.peek().map_err(S::Error::custom)?;
        let done = match kind {
            JsonType::Null => {
                reader.null().map_err(S::Error::custom)?;
                serializer.serialize_unit()?
            }
            JsonType::Boolean => {
                let value = reader.boolean().map_err(S::Error::custom)?;
                serializer.serialize_bool(value)?
            }
            JsonType::Number => {
                let text = reader.number().map_err(S::Error::custom)?;
                number(text, serializer)?
            }
            JsonType::String => {
                let text = reader.string().map_err(S::Error::custom)?;
                serializer.serialize_str(&text)?
            }
            JsonType::Array => {
                reader.begin_array().map_err(S::Error::custom)?;
                let mut items = serializer.serialize_seq(None)?;
                let mut first = true;
                while reader.next_item(&mut first).map_err(S::Error::custom)? {
                    let item = Value::new(reader);
                    items.serialize_element(&item)?;
                    reader = item.into_end()?;
                }
                items.end()?
            }
            JsonType::Object => {
                reader.begin_object().map_err(S::Error::custom)?;
                let mut members = serializer.serialize_map(None)?;
                let mut first = true;
                while let Some(key) = reader.next_key(&mut first).map_err(S::Error::custom)? {
                    let value = Value::new(reader);
                    members.serialize_entry(&*key, &value)?;
                    reader = value.into_end()?;
                }
                members.end()?
            }
        };
        self.end.set(Some(reader));
        Ok(done)
    }
}

fn number<S: Serializer>(text: &str, serializer: S) -> Result<S::Ok, S::Error> {
    // `-0` is an integer, but `i64` has no such value.
    if text != "-0" {
        if let Ok(value) = text.parse() {
            return serializer.serialize_i64(value);
        }
        if let Ok(value) = text.parse() {
            return serializer.serialize_u64(value);
        }
    }
    if takes_raw_text::<S>()
        && let Ok(raw) = serde_json::from_str::<&RawValue>(text)
    {
        return raw.serialize(serializer);
    }
    match text.parse::<f64>() {
        Ok(value) if value.is_finite() => serializer.serialize_f64(value),
        _ => Err(S::Error::custom("number is out of range")),
    }
}

/// Returns whether a `RawValue` passes through `S` into `serde_json` as raw text.
///
/// Without specialization, type names are what is left to look at. A serializer of `serde_json` has its
/// error; so have the wrappers that other crates put around one. Those of serde itself, for `flatten`
/// and tagged enums, would take a `RawValue` for a struct; they have no place for a bare number anyway.
/// The names are not promised to be stable: should they change, digits beyond `f64` are what is lost,
/// and the tests of this module fail.
fn takes_raw_text<S: Serializer>() -> bool {
    let sink = type_name::<S>().trim_start_matches("&mut ");
    type_name::<S::Error>() == type_name::<serde_json::Error>()
        && !sink.starts_with("serde::")
        && !sink.starts_with("serde_core::")
        && !sink.starts_with("serde_json::ser::MapKeySerializer")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_over_values_that_the_sink_ignores() {
        let mut reader = Reader::new(r#" {"a":[1]} 2"#);
        let left_out = Value::new(reader.clone());
        reader = left_out.into_end::<serde_json::Error>().unwrap();
        assert_eq!(reader.number(), Ok("2"));

        let twice = Value::new(Reader::new("[1] 2"));
        assert_eq!(serde_json::to_string(&(&twice, &twice)).unwrap(), "[[1],[1]]");
        assert_eq!(twice.into_end::<serde_json::Error>().unwrap().number(), Ok("2"));
    }
}
