//! The `serde` data model, written as JSON text.

use std::fmt::{self, Write as _};
use std::sync::OnceLock;

use serde::de::{self, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use crate::json::{Reader, Stop, writer};

/// Appends the value it is given as JSON text.
pub(super) struct Transcode<'o> {
    out: &'o mut String,
    depth: usize,
}

impl<'o> Transcode<'o> {
    pub(super) fn new(out: &'o mut String) -> Self {
        Self { out, depth: Reader::DEFAULT_DEPTH + 1 }
    }

    /// One level further down. Refuses the same values as the reader of the text.
    fn nested<E: de::Error>(&mut self) -> Result<Transcode<'_>, E> {
        if self.depth == 0 {
            return Err(E::custom(Stop::Depth));
        }
        Ok(Transcode { out: self.out, depth: self.depth - 1 })
    }

    /// Writes the members of a map of which the brace and, if there is one, the first key are written.
    pub(super) fn rest_of_map<'de, A: MapAccess<'de>>(
        mut self,
        mut key: Option<()>,
        mut members: A,
    ) -> Result<(), A::Error> {
        while key.is_some() {
            members.next_value_seed(self.nested()?)?;
            let end = self.out.len();
            self.out.push(',');
            key = members.next_key_seed(Key(self.out))?;
            if key.is_none() {
                self.out.truncate(end);
            }
        }
        self.out.push('}');
        Ok(())
    }

    fn number<E>(self, number: impl fmt::Display) -> Result<(), E> {
        let written = write!(self.out, "{number}");
        debug_assert!(written.is_ok(), "a String takes any text");
        Ok(())
    }
}

impl<'de> DeserializeSeed<'de> for Transcode<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Transcode<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value that JSON can hold")
    }

    fn visit_bool<E>(self, value: bool) -> Result<(), E> {
        self.out.push_str(if value { "true" } else { "false" });
        Ok(())
    }

    fn visit_i64<E>(self, value: i64) -> Result<(), E> {
        self.number(value)
    }

    fn visit_i128<E>(self, value: i128) -> Result<(), E> {
        self.number(value)
    }

    fn visit_u64<E>(self, value: u64) -> Result<(), E> {
        self.number(value)
    }

    fn visit_u128<E>(self, value: u128) -> Result<(), E> {
        self.number(value)
    }

    // Not by way of `f64`, in which the nearest number to 0.1 has other digits.
    fn visit_f32<E: de::Error>(self, value: f32) -> Result<(), E> {
        if !value.is_finite() {
            return Err(E::custom(NOT_FINITE));
        }
        self.number(format_args!("{value:?}"))
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<(), E> {
        if !value.is_finite() {
            return Err(E::custom(NOT_FINITE));
        }
        self.number(format_args!("{value:?}"))
    }

    fn visit_char<E>(self, value: char) -> Result<(), E> {
        writer::string(value.encode_utf8(&mut [0; 4]), self.out);
        Ok(())
    }

    fn visit_str<E>(self, value: &str) -> Result<(), E> {
        writer::string(value, self.out);
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        self.out.push_str("null");
        Ok(())
    }

    fn visit_none<E: de::Error>(self) -> Result<(), E> {
        self.visit_unit()
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        self.deserialize(deserializer)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        self.deserialize(deserializer)
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut items: A) -> Result<(), A::Error> {
        self.out.push('[');
        let mut end = self.out.len();
        while items.next_element_seed(self.nested()?)?.is_some() {
            end = self.out.len();
            self.out.push(',');
        }
        self.out.truncate(end);
        self.out.push(']');
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<(), A::Error> {
        let start = self.out.len();
        self.out.push('{');
        let first = members.next_key_seed(Key(self.out))?;
        if first.is_some()
            && let Some(token) = number_token()
            && is_key(&self.out[start + 1..], token)
        {
            self.out.truncate(start);
            members.next_value_seed(Number(self.out))?;
            return match members.next_key::<IgnoredAny>()? {
                None => Ok(()),
                Some(_) => Err(de::Error::custom("not a number")),
            };
        }
        self.rest_of_map(first, members)
    }
}

const NOT_FINITE: &str = "not a finite number";

/// Appends a map key as JSON text, with its colon.
pub(super) struct Key<'o>(pub(super) &'o mut String);

impl Key<'_> {
    fn write<E>(self, key: &str) -> Result<(), E> {
        writer::string(key, self.0);
        self.0.push(':');
        Ok(())
    }
}

impl<'de> DeserializeSeed<'de> for Key<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Key<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string or an integer as key of a map")
    }

    fn visit_i64<E>(self, key: i64) -> Result<(), E> {
        self.write(&key.to_string())
    }

    fn visit_i128<E>(self, key: i128) -> Result<(), E> {
        self.write(&key.to_string())
    }

    fn visit_u64<E>(self, key: u64) -> Result<(), E> {
        self.write(&key.to_string())
    }

    fn visit_u128<E>(self, key: u128) -> Result<(), E> {
        self.write(&key.to_string())
    }

    fn visit_char<E>(self, key: char) -> Result<(), E> {
        self.write(key.encode_utf8(&mut [0; 4]))
    }

    fn visit_str<E>(self, key: &str) -> Result<(), E> {
        self.write(key)
    }

    fn visit_bool<E: de::Error>(self, _: bool) -> Result<(), E> {
        Err(E::custom(NO_KEY))
    }

    fn visit_f64<E: de::Error>(self, _: f64) -> Result<(), E> {
        Err(E::custom(NO_KEY))
    }

    fn visit_bytes<E: de::Error>(self, _: &[u8]) -> Result<(), E> {
        Err(E::custom(NO_KEY))
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        self.deserialize(deserializer)
    }
}

// What serde would say by default shows the key.
const NO_KEY: &str = "key of a map is neither a string nor an integer";

/// Returns whether `written`, a key with its colon, is the key `name`, which needs no escapes.
pub(super) fn is_key(written: &str, name: &str) -> bool {
    written.strip_prefix('"').and_then(|rest| rest.strip_suffix("\":")) == Some(name)
}

/// Appends the text of a number that comes as a string.
struct Number<'o>(&'o mut String);

impl<'de> DeserializeSeed<'de> for Number<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for Number<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the text of a number")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<(), E> {
        let mut reader = Reader::new(text);
        match reader.number().and_then(|number| reader.end().map(|()| number)) {
            Ok(number) => {
                self.0.push_str(number);
                Ok(())
            }
            Err(_) => Err(E::custom("not a number")),
        }
    }
}

/// The only key of the map as which serde_json hands out a number when its feature
/// `arbitrary_precision` is on somewhere in the build; `None` when it is off.
fn number_token() -> Option<&'static str> {
    static TOKEN: OnceLock<Option<String>> = OnceLock::new();
    TOKEN.get_or_init(|| serde_json::from_str::<NumberKey>("0.5").ok()?.0).as_deref()
}

/// The first key, if a value is a map.
struct NumberKey(Option<String>);

impl<'de> de::Deserialize<'de> for NumberKey {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct FirstKey;

        impl<'de> Visitor<'de> for FirstKey {
            type Value = NumberKey;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a number")
            }

            fn visit_f64<E>(self, _: f64) -> Result<NumberKey, E> {
                Ok(NumberKey(None))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<NumberKey, A::Error> {
                let key = map.next_key()?;
                map.next_value::<IgnoredAny>()?;
                Ok(NumberKey(key))
            }
        }

        deserializer.deserialize_any(FirstKey)
    }
}
