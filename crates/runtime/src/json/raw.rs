//! JSON values that stay text.

use std::borrow::Cow;
use std::fmt;

pub use super::whole::SyntaxError;

use super::compact::compact;
use super::whole::parse;
use super::{Decode, Encode, JsonType, Reader, Stop, bridge};

/// Any JSON value, kept as text.
///
/// The text has no white space between its tokens; the tokens are exactly those that were read, so
/// every digit of a number and every escape of a string survives. It is legal JSON in which no object
/// repeats a key. Equality is that of the text.
///
/// ```
/// use migration_events::json::{JsonType, RawJson};
///
/// let value = RawJson::parse(r#" [14.70, "\u0041"] "#)?;
/// assert_eq!(value.as_str(), r#"[14.70,"\u0041"]"#);
/// assert_eq!(value.json_type(), JsonType::Array);
/// # Ok::<(), migration_events::json::SyntaxError>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct RawJson(Box<str>);

impl RawJson {
    /// Checks and keeps a JSON text.
    ///
    /// # Errors
    ///
    /// When `text` is not one JSON value, repeats a key, or is nested too deep.
    pub fn parse(text: &str) -> Result<Self, SyntaxError> {
        parse(text)
    }

    /// The value `null`.
    #[must_use]
    pub fn null() -> Self {
        Self("null".into())
    }

    /// A string.
    ///
    /// ```
    /// use migration_events::json::RawJson;
    ///
    /// assert_eq!(RawJson::string("say \"hi\"").as_str(), r#""say \"hi\"""#);
    /// ```
    #[must_use]
    pub fn string(text: &str) -> Self {
        let mut json = String::with_capacity(text.len() + 2);
        text.encode(&mut json);
        Self(json.into())
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The type of the value.
    #[must_use]
    pub fn json_type(&self) -> JsonType {
        Reader::new(&self.0).peek().unwrap_or(JsonType::Null)
    }

    /// Reads the text as a type of this crate; nothing is lost on the way.
    ///
    /// # Errors
    ///
    /// When the value is not one of `T`.
    ///
    /// ```
    /// use migration_events::Timestamp;
    /// use migration_events::json::{RawJson, Stop};
    ///
    /// let value = RawJson::parse(r#""2023-05-02T14:03:27.120Z""#)?;
    /// assert_eq!(value.read::<Timestamp>()?.to_string(), "2023-05-02T14:03:27.120Z");
    /// assert_eq!(value.read::<bool>().unwrap_err().kind, Stop::Mismatch);
    /// # Ok::<(), migration_events::json::SyntaxError>(())
    /// ```
    pub fn read<T: Decode>(&self) -> Result<T, SyntaxError> {
        parse(&self.0)
    }

    /// Reads the text as any type that `serde` knows, borrowing from it where `T` does.
    ///
    /// # Errors
    ///
    /// Those of `serde_json`. Their message may show a value of the text.
    ///
    /// ```
    /// use migration_events::json::RawJson;
    ///
    /// let value = RawJson::parse("[1, 2]")?;
    /// assert_eq!(value.deserialize_into::<(u8, u8)>().ok(), Some((1, 2)));
    /// # Ok::<(), migration_events::json::SyntaxError>(())
    /// ```
    pub fn deserialize_into<'a, T: serde::Deserialize<'a>>(&'a self) -> serde_json::Result<T> {
        serde_json::from_str(&self.0)
    }

    /// The same text as an object, if it is one.
    #[must_use]
    pub fn into_object(self) -> Option<RawObject> {
        (self.json_type() == JsonType::Object).then_some(RawObject(self.0))
    }
}

/// A JSON object, kept as text.
///
/// The promises of [`RawJson`] about its text hold here too. Looking up a key reads the text from its
/// start: meant for objects that are passed on, or looked into once or twice.
///
/// ```
/// use migration_events::json::RawObject;
///
/// let object = RawObject::parse(r#"{"amount": 14.70, "\u0074ags": ["a", "b"]}"#)?;
/// assert_eq!(object.get("amount"), Some("14.70"));
/// assert_eq!(object.get("tags"), Some(r#"["a","b"]"#));
/// assert_eq!(object.get("none"), None);
/// # Ok::<(), migration_events::json::SyntaxError>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct RawObject(Box<str>);

impl RawObject {
    /// Checks and keeps the text of a JSON object.
    ///
    /// # Errors
    ///
    /// When `text` is not one JSON object, repeats a key, or is nested too deep.
    pub fn parse(text: &str) -> Result<Self, SyntaxError> {
        parse(text)
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The text of the value of `key`.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&str> {
        self.iter().find_map(|(name, value)| (name == key).then_some(value))
    }

    /// The members in order: their keys, and their values as text.
    #[must_use]
    pub fn iter(&self) -> Members<'_> {
        // The text has already passed the depth limit of its reader.
        let mut reader = Reader::with_depth(&self.0, usize::MAX);
        let opened = reader.begin_object();
        debug_assert_eq!(opened, Ok(()), "the text is an object");
        Members { reader, first: true }
    }

    /// Reads the text as a type of this crate; nothing is lost on the way.
    ///
    /// # Errors
    ///
    /// When the object is not a value of `T`.
    pub fn read<T: Decode>(&self) -> Result<T, SyntaxError> {
        parse(&self.0)
    }

    /// Reads the text as any type that `serde` knows, borrowing from it where `T` does.
    ///
    /// # Errors
    ///
    /// Those of `serde_json`. Their message may show a value of the text.
    pub fn deserialize_into<'a, T: serde::Deserialize<'a>>(&'a self) -> serde_json::Result<T> {
        serde_json::from_str(&self.0)
    }
}

/// Members of a [`RawObject`], see [`RawObject::iter`].
#[derive(Debug, Clone)]
pub struct Members<'a> {
    reader: Reader<'a>,
    first: bool,
}

impl<'a> Iterator for Members<'a> {
    type Item = (Cow<'a, str>, &'a str);

    fn next(&mut self) -> Option<Self::Item> {
        // The text is known to be legal: an error can only be that it was read to its end before.
        let key = self.reader.next_key(&mut self.first).ok()??;
        Some((key, self.reader.skip().ok()?))
    }
}

impl std::iter::FusedIterator for Members<'_> {}

impl<'a> IntoIterator for &'a RawObject {
    type Item = (Cow<'a, str>, &'a str);
    type IntoIter = Members<'a>;

    fn into_iter(self) -> Members<'a> {
        self.iter()
    }
}

/// An object without members.
impl Default for RawObject {
    fn default() -> Self {
        Self("{}".into())
    }
}

impl From<RawObject> for RawJson {
    fn from(object: RawObject) -> Self {
        Self(object.0)
    }
}

impl Decode for RawJson {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, Stop> {
        compact(reader).map(Self)
    }
}

impl Decode for RawObject {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, Stop> {
        match reader.peek()? {
            JsonType::Object => compact(reader).map(Self),
            _ => Err(Stop::Mismatch),
        }
    }
}

macro_rules! raw {
    ($type:ident) => {
        impl Encode for $type {
            #[inline]
            fn encode(&self, out: &mut String) {
                out.push_str(&self.0);
            }
        }

        /// The text.
        impl fmt::Display for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.0)
            }
        }

        impl fmt::Debug for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($type), "({})"), self.0)
            }
        }

        bridge::serde!($type);
    };
}

raw!(RawJson);
raw!(RawObject);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::{Map, Syntax};

    #[test]
    fn only_white_space_between_tokens_goes() {
        let text = "\t{ \"a b\" : [ 1e+02 , -0.0 ,\r\n \"\\u0020 \\\" \" ] , \"c\" : { } , \n \"\\\" d\" : [ [ ] , 0 ] }\n";
        let compacted = r#"{"a b":[1e+02,-0.0,"\u0020 \" "],"c":{},"\" d":[[],0]}"#;
        assert_eq!(RawJson::parse(text).unwrap().as_str(), compacted);
        assert_eq!(RawObject::parse(text).unwrap().as_str(), compacted);
        assert_eq!(RawJson::parse(compacted).unwrap().to_string(), compacted);
        assert_eq!(RawJson::parse(" \" x \" ").unwrap().as_str(), "\" x \"");
        assert_eq!(RawJson::parse(" 1 ").unwrap().as_str(), "1");
    }

    #[test]
    fn raw_objects_accept_only_objects() {
        let error = RawObject::parse(" [1]").unwrap_err();
        assert_eq!((error.kind, error.offset), (Stop::Mismatch, 1));
        let error = RawObject::parse("{} {").unwrap_err();
        assert_eq!(error.kind, Stop::Syntax(Syntax::TrailingCharacters));
        assert_eq!(error.offset, 3);
        assert_eq!(RawJson::parse("[1]").unwrap().into_object(), None);
        let object = RawObject::parse(r#"{"a":1}"#).unwrap();
        assert_eq!(RawJson::from(object.clone()).into_object(), Some(object));
        assert_eq!(RawObject::default().as_str(), "{}");
        assert_eq!(RawObject::default().iter().count(), 0);
        assert_eq!(RawJson::null().json_type(), JsonType::Null);
    }

    #[test]
    fn members_are_read_in_order_and_end_once() {
        let object = RawObject::parse(r#"{"b":[{"x":1}],"\u0061":"t","":null}"#).unwrap();
        let mut members = object.iter();
        assert_eq!(members.next(), Some(("b".into(), r#"[{"x":1}]"#)));
        assert_eq!(members.next(), Some(("a".into(), r#""t""#)));
        assert_eq!(members.next(), Some(("".into(), "null")));
        assert_eq!(members.next(), None);
        assert_eq!(members.next(), None);
        assert_eq!(object.get(""), Some("null"));
        assert_eq!(object.into_iter().count(), 3);
    }

    #[test]
    fn members_deeper_than_the_default_are_found() {
        let deep = format!(r#"{{"a":{}{},"b":1}}"#, "[".repeat(500), "]".repeat(500));
        let object = RawObject::decode(&mut Reader::with_depth(&deep, 1_000)).unwrap();
        assert_eq!(object.get("b"), Some("1"));
        assert_eq!(RawObject::parse(&deep).unwrap_err().kind, Stop::Depth);
    }

    #[test]
    fn it_is_read_as_other_types() {
        let object = RawObject::parse(r#"{"a": 1.0, "b": 2}"#).unwrap();
        let members: Map<i64> = object.read().unwrap();
        assert_eq!((members["a"], members["b"]), (1, 2));
        assert_eq!(object.read::<Map<bool>>().unwrap_err().offset, 5);
        let borrowed: std::collections::BTreeMap<&str, f64> = object.deserialize_into().unwrap();
        assert_eq!(borrowed["b"], 2.0);
        assert!(RawJson::null().deserialize_into::<bool>().is_err());
    }

    #[test]
    fn debug_shows_the_text() {
        let object = RawObject::parse(r#"{"a":1}"#).unwrap();
        assert_eq!(format!("{object:?}"), r#"RawObject({"a":1})"#);
        assert_eq!(format!("{:?}", RawJson::null()), "RawJson(null)");
    }
}
