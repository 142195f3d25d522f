//! UUIDs that remember their letter case.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::Deref;
use std::str::FromStr;

use crate::json::{Decode, Encode, Reader, Stop, bridge};

/// A text that is not a UUID in its hyphenated form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a UUID")]
pub struct InvalidUuid;

/// A UUID that re-prints the letters it was read from.
///
/// The text is the form of [RFC 9562 §4]: 32 hexadecimal digits in five groups joined by hyphens. Braces,
/// `urn:uuid:` and bare digits are not a UUID here. Any version and variant is accepted. Two UUIDs are
/// compared by value; everything else a UUID can do it does as [`uuid::Uuid`], to which it derefs.
///
/// ```
/// use migration_events::Uuid;
///
/// let id: Uuid = "F81D4FAE-7dec-11d0-a765-00a0c91e6bf6".parse()?;
/// assert_eq!(id.to_string(), "F81D4FAE-7dec-11d0-a765-00a0c91e6bf6");
/// assert_eq!(id, "f81d4fae-7dec-11d0-a765-00a0c91e6bf6".parse()?);
/// assert_eq!(id.get_version_num(), 1);
/// # Ok::<(), migration_events::InvalidUuid>(())
/// ```
///
/// [RFC 9562 §4]: https://www.rfc-editor.org/rfc/rfc9562#section-4
#[derive(Clone, Copy)]
pub struct Uuid {
    value: uuid::Uuid,
    /// Bit `i` is set when digit `i` is an upper-case letter.
    upper: u32,
}

/// The length of the text in characters.
const LEN: usize = 36;

impl Uuid {
    /// Reads a UUID in its hyphenated form.
    ///
    /// # Errors
    ///
    /// When `text` is not a UUID.
    #[inline]
    pub fn parse(text: &str) -> Result<Self, InvalidUuid> {
        scan(text).ok_or(InvalidUuid)
    }

    /// Calls `f` with the text.
    pub(crate) fn with_text<R>(&self, f: impl FnOnce(&str) -> R) -> R {
        let mut buffer = uuid::Uuid::encode_buffer();
        let text = self.value.hyphenated().encode_lower(&mut buffer);
        if self.upper == 0 {
            return f(text);
        }
        let mut bytes = [0; LEN];
        bytes.copy_from_slice(text.as_bytes());
        let digits = bytes.iter_mut().filter(|byte| **byte != b'-');
        for (index, digit) in digits.enumerate() {
            if self.upper & (1 << index) != 0 {
                digit.make_ascii_uppercase();
            }
        }
        f(str::from_utf8(&bytes).unwrap_or_default())
    }
}

#[inline]
fn scan(text: &str) -> Option<Uuid> {
    // Of the forms that `try_parse_ascii` knows, this is the only one of that length.
    let bytes: &[u8; LEN] = text.as_bytes().try_into().ok()?;
    let value = uuid::Uuid::try_parse_ascii(bytes).ok()?;
    let mut upper = 0;
    if bytes.iter().any(u8::is_ascii_uppercase) {
        let digits = bytes.iter().filter(|byte| **byte != b'-');
        for (index, digit) in digits.enumerate() {
            upper |= u32::from(digit.is_ascii_uppercase()) << index;
        }
    }
    Some(Uuid { value, upper })
}

impl Deref for Uuid {
    type Target = uuid::Uuid;

    fn deref(&self) -> &uuid::Uuid {
        &self.value
    }
}

/// Written in lower case.
impl From<uuid::Uuid> for Uuid {
    fn from(value: uuid::Uuid) -> Self {
        Self { value, upper: 0 }
    }
}

impl From<Uuid> for uuid::Uuid {
    fn from(uuid: Uuid) -> Self {
        uuid.value
    }
}

impl FromStr for Uuid {
    type Err = InvalidUuid;

    fn from_str(text: &str) -> Result<Self, InvalidUuid> {
        Self::parse(text)
    }
}

impl TryFrom<&str> for Uuid {
    type Error = InvalidUuid;

    fn try_from(text: &str) -> Result<Self, InvalidUuid> {
        Self::parse(text)
    }
}

impl PartialEq for Uuid {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

impl Eq for Uuid {}

impl PartialOrd for Uuid {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Uuid {
    fn cmp(&self, other: &Self) -> Ordering {
        self.value.cmp(&other.value)
    }
}

impl Hash for Uuid {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.value.hash(state);
    }
}

/// The text it was read from.
impl fmt::Display for Uuid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.with_text(|text| f.pad(text))
    }
}

impl fmt::Debug for Uuid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Decode for Uuid {
    #[inline]
    fn decode(reader: &mut Reader<'_>) -> Result<Self, Stop> {
        reader.string_as(scan)
    }
}

impl Encode for Uuid {
    fn encode(&self, out: &mut String) {
        out.push('"');
        self.with_text(|text| out.push_str(text));
        out.push('"');
    }
}

impl<'de> serde::Deserialize<'de> for Uuid {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        bridge::deserialize_str(deserializer, scan, |_| InvalidUuid.to_string())
    }
}

impl serde::Serialize for Uuid {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.with_text(|text| serializer.serialize_str(text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn only_the_hyphenated_form_is_a_uuid() {
        let id = "f81d4fae-7dec-11d0-a765-00a0c91e6bf6";
        assert!(Uuid::parse(id).is_ok());
        assert!(Uuid::parse("00000000-0000-0000-0000-000000000000").is_ok());
        for text in [
            id.replace('-', ""),
            format!("{{{id}}}"),
            format!("urn:uuid:{id}"),
            format!("{id} "),
            format!(" {id}"),
            id.replace("7dec-", "7-dec"),
            id.replace('f', "g"),
            id.replace("fa", "é"),
            id.replace("-a", "+a"),
            id[1..].to_owned(),
            String::new(),
        ] {
            assert_eq!(Uuid::parse(&text), Err(InvalidUuid), "{text}");
        }
    }

    #[test]
    fn all_ways_of_reading_and_writing_agree() {
        let text = r#""F81D4FAE-7dec-11d0-A765-00a0c91e6BF6""#;
        let id: Uuid = serde_json::from_str(text).unwrap();
        assert_eq!(serde_json::to_string(&id).unwrap(), text);
        assert_eq!(Uuid::decode(&mut Reader::new(text)), Ok(id));
        assert_eq!(format!("{id:?}"), text.trim_matches('"'));
        assert_eq!(format!("{id:>38}"), format!("  {id}"));
        assert_eq!(Uuid::from(*id).to_string(), text.trim_matches('"').to_lowercase());
    }

    #[test]
    fn an_error_shows_no_value() {
        for text in [r#""secret""#, "5", "-5", "true", "1.5", "[7]", "{\"a\":1}"] {
            let error = serde_json::from_str::<Uuid>(text).unwrap_err().to_string();
            assert_eq!(error.split(" at line").next(), Some("not a UUID"), "{text}");
            let value: serde_json::Value = serde_json::from_str(text).unwrap();
            let error = serde_json::from_value::<Uuid>(value).unwrap_err().to_string();
            assert_eq!(error, "not a UUID", "{text}");
        }
    }

    proptest! {
        #[test]
        fn every_letter_keeps_its_case(text in "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}") {
            let id = Uuid::parse(&text).unwrap();
            prop_assert_eq!(id.to_string(), &*text);
            prop_assert_eq!(*id, uuid::Uuid::parse_str(&text).unwrap());
        }

        #[test]
        fn refuses_the_same_texts_as_the_uuid_crate(text in "[0-9a-fA-Fg{}:-]{34,38}") {
            let strict = uuid::Uuid::try_parse(&text).is_ok() && text.len() == 36;
            prop_assert_eq!(Uuid::parse(&text).is_ok(), strict);
        }
    }
}
