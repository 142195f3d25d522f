//! Values of types that generated code does not know.

use super::{Decode, Encode, RawJson, Reader, Stop, bridge};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::ops::Deref;
use std::{fmt, hash};

/// A value of a type of another crate, for which a schema names that type (`x-rust-type`).
///
/// It is read and written by `serde`, and keeps the JSON text that it was read from: it writes that text
/// back, even if the type prints it in another way. Equality, order and hash are those of the
/// value.
///
/// ```
/// use migration_events::json::{Encode, External};
/// use std::net::Ipv4Addr;
///
/// let address: External<Ipv4Addr> = serde_json::from_str("\"10.0.0.1\"")?;
/// assert!(address.is_private());
///
/// let mut text = String::new();
/// External::new(Ipv4Addr::LOCALHOST)?.encode(&mut text);
/// assert_eq!(text, "\"127.0.0.1\"");
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone)]
pub struct External<T> {
    value: T,
    text: RawJson,
}

impl<T> External<T> {
    /// Takes a value that has a JSON text.
    ///
    /// # Errors
    /// The type cannot be written as JSON: a map with keys that are not strings, or an error of its own
    /// `Serialize`.
    pub fn new(value: T) -> serde_json::Result<Self>
    where
        T: Serialize,
    {
        let text = serde_json::to_string(&value)?;
        let text =
            RawJson::parse(&text).map_err(<serde_json::Error as serde::ser::Error>::custom)?;
        Ok(Self { value, text })
    }

    /// The value alone.
    #[must_use]
    pub fn into_inner(self) -> T {
        self.value
    }

    /// The JSON text that it was read from, or that was made of it.
    #[must_use]
    pub fn text(&self) -> &RawJson {
        &self.text
    }
}

/// A value that the type refuses is a mismatch at the end of the value.
impl<T: DeserializeOwned> Decode for External<T> {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, Stop> {
        let text = RawJson::decode(reader)?;
        let value = text.deserialize_into().map_err(|_| Stop::Mismatch)?;
        Ok(Self { value, text })
    }
}

impl<T> Encode for External<T> {
    fn encode(&self, out: &mut String) {
        self.text.encode(out);
    }
}

impl<T> serde::Serialize for External<T> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        bridge::serialize(self, serializer)
    }
}

impl<'de, T: DeserializeOwned> serde::Deserialize<'de> for External<T> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        bridge::deserialize(deserializer, bridge::explain::<Self>)
    }
}

impl<T> Deref for External<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T> AsRef<T> for External<T> {
    fn as_ref(&self) -> &T {
        &self.value
    }
}

impl<T: fmt::Debug> fmt::Debug for External<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.value.fmt(f)
    }
}

impl<T: PartialEq> PartialEq for External<T> {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

impl<T: Eq> Eq for External<T> {}

impl<T: PartialOrd> PartialOrd for External<T> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        self.value.partial_cmp(&other.value)
    }
}

impl<T: Ord> Ord for External<T> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.value.cmp(&other.value)
    }
}

impl<T: hash::Hash> hash::Hash for External<T> {
    fn hash<H: hash::Hasher>(&self, state: &mut H) {
        self.value.hash(state);
    }
}

#[cfg(test)]
mod tests {
    use super::External;
    use crate::json::Encode;
    use std::collections::BTreeMap;
    use std::net::IpAddr;

    #[test]
    fn a_value_is_written_as_it_came() {
        let text = r#"{ "b" : "::0001", "a" : "1.2.3.4" }"#;
        let read: External<BTreeMap<String, IpAddr>> = serde_json::from_str(text).unwrap();
        assert_eq!(read["b"], "::1".parse::<IpAddr>().unwrap());
        let mut written = String::new();
        read.encode(&mut written);
        assert_eq!(written, r#"{"b":"::0001","a":"1.2.3.4"}"#);
        assert_eq!(serde_json::to_string(&read).unwrap(), written);
        let made = External::new(read.clone().into_inner()).unwrap();
        assert_eq!(made, read);
        assert_eq!(made.text().as_str(), r#"{"a":"1.2.3.4","b":"::1"}"#);
    }

    #[test]
    fn errors_contain_neither_value_nor_text() {
        let error = serde_json::from_str::<External<IpAddr>>("\"secret\"").unwrap_err();
        assert!(!error.to_string().contains("secret"), "{error}");
        assert!(External::new(BTreeMap::from([(vec![1], 2)])).is_err());
    }
}
