//! Any `serde` source into a [`Decode`] type.

use std::cell::Cell;
use std::fmt;
use std::marker::PhantomData;
use std::sync::OnceLock;

use serde::de::{self, Deserialize, DeserializeSeed, Deserializer, Visitor};
use serde_json::value::RawValue;

use super::transcode::{Key, Transcode, is_key};
use crate::json::Decode;
use crate::json::whole::parse;

/// Reads a `T` from any self-describing `serde` source.
///
/// `explain` makes the message of the error from the JSON text that was not a `T`; [`explain`] is the
/// one for types that have nothing better.
///
/// # Errors
///
/// Those of the source, and one with the message from `explain` when its content is not a `T`. Byte
/// strings, numbers that are not finite, and map keys other than strings and integers have no place in
/// JSON and are errors.
pub fn deserialize<'de, T, D>(deserializer: D, explain: fn(&str) -> String) -> Result<T, D::Error>
where
    T: Decode,
    D: Deserializer<'de>,
{
    // Asked for a newtype of this name, serde_json hands out the raw text of the value. Every other
    // source sees a newtype whose content is then asked for as it is.
    let target = Target { explain, value: PhantomData };
    deserializer.deserialize_newtype_struct(raw_value_token(), target)
}

/// Reports where and why `text` is not a `T`.
///
/// ```
/// use migration_events::json::bridge::explain;
///
/// assert_eq!(explain::<Vec<bool>>("[true,1]"), "not a value of the expected type at byte 6");
/// ```
#[must_use]
pub fn explain<T: Decode>(text: &str) -> String {
    match parse::<T>(text) {
        Ok(_) => "no problem found".into(),
        Err(error) => error.to_string(),
    }
}

/// Decodes the input of `deserialize`.
struct Target<T> {
    explain: fn(&str) -> String,
    value: PhantomData<T>,
}

impl<T: Decode> Target<T> {
    fn finish<E: de::Error>(&self, text: &str) -> Result<T, E> {
        parse(text).map_err(|_| E::custom((self.explain)(text)))
    }

    fn transcoded<E: de::Error>(
        &self,
        transcode: impl FnOnce(Transcode<'_>) -> Result<(), E>,
    ) -> Result<T, E> {
        let mut text = String::new();
        transcode(Transcode::new(&mut text))?;
        self.finish(&text)
    }
}

macro_rules! transcode {
    ($($method:ident($($value:ident: $type:ty)?))*) => {
        $(fn $method<E: de::Error>(self $(, $value: $type)?) -> Result<T, E> {
            self.transcoded(|transcode| transcode.$method($($value)?))
        })*
    };
}

impl<'de, T: Decode> Visitor<'de> for Target<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    transcode! {
        visit_bool(value: bool)
        visit_i64(value: i64)
        visit_i128(value: i128)
        visit_u64(value: u64)
        visit_u128(value: u128)
        visit_f32(value: f32)
        visit_f64(value: f64)
        visit_char(value: char)
        visit_str(value: &str)
        visit_unit()
        visit_none()
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        self.transcoded(|transcode| transcode.deserialize(deserializer))
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        self.transcoded(|transcode| transcode.deserialize(deserializer))
    }

    fn visit_seq<A: de::SeqAccess<'de>>(self, items: A) -> Result<T, A::Error> {
        self.transcoded(|transcode| transcode.visit_seq(items))
    }

    fn visit_map<A: de::MapAccess<'de>>(self, mut members: A) -> Result<T, A::Error> {
        let mut text = String::from("{");
        let first = members.next_key_seed(Key(&mut text))?;
        if first.is_some() && is_key(&text[1..], raw_value_token()) {
            return members.next_value_seed(Raw(self));
        }
        Transcode::new(&mut text).rest_of_map(first, members)?;
        self.finish(&text)
    }
}

/// Takes a string for JSON text.
struct Raw<T>(Target<T>);

impl<'de, T: Decode> DeserializeSeed<'de> for Raw<T> {
    type Value = T;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<T: Decode> Visitor<'_> for Raw<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON text")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<T, E> {
        self.0.finish(text)
    }
}

/// The name under which serde_json hands out raw text.
///
/// The constant is not public, so it is taken from a type that uses it.
fn raw_value_token() -> &'static str {
    static TOKEN: OnceLock<&str> = OnceLock::new();
    TOKEN.get_or_init(|| {
        let name = Cell::new("");
        // An error by design: the probe records the name and returns no value.
        let probed = Box::<RawValue>::deserialize(Probe(&name));
        debug_assert!(probed.is_err());
        name.get()
    })
}

/// Learns the name of the newtype it is asked for.
struct Probe<'a>(&'a Cell<&'static str>);

impl<'de> Deserializer<'de> for Probe<'_> {
    type Error = de::value::Error;

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Self::Error> {
        self.0.set(name);
        self.deserialize_any(visitor)
    }

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Self::Error> {
        Err(de::Error::custom("no value"))
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit
        unit_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

/// Reads a value that is a string in every `serde` source, those that do not describe themselves among
/// them. `refusal` makes the message of an error; it gets JSON text, or nothing.
pub(crate) fn deserialize_str<'de, T, D>(
    deserializer: D,
    parse: fn(&str) -> Option<T>,
    refusal: fn(&str) -> String,
) -> Result<T, D::Error>
where
    T: Decode,
    D: Deserializer<'de>,
{
    if deserializer.is_human_readable() {
        return deserialize(deserializer, refusal);
    }
    // The error of the source would show a value of another type.
    deserializer.deserialize_str(Parse(parse)).map_err(|_| de::Error::custom(refusal("")))
}

struct Parse<T>(fn(&str) -> Option<T>);

impl<T> Visitor<'_> for Parse<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<T, E> {
        (self.0)(text).ok_or_else(|| E::custom("not legal"))
    }
}
