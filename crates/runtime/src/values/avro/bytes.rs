//! Byte strings.

use std::fmt;
use std::ops::Deref;

use crate::json::{Decode, Encode, Reader, Stop, bridge, writer};

/// Bytes (Avro `bytes`).
///
/// In JSON a string with one character per byte, U+0000 to U+00FF (Avro specification, "JSON Encoding").
///
/// ```
/// use migration_events::avro::Bytes;
/// use migration_events::json::Encode;
///
/// let mut text = String::new();
/// Bytes::from(vec![0x41, 0xff]).encode(&mut text);
/// assert_eq!(text, "\"Aÿ\"");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Bytes(Vec<u8>);

impl Bytes {
    /// The bytes.
    #[must_use]
    pub fn into_vec(self) -> Vec<u8> {
        self.0
    }
}

impl From<Vec<u8>> for Bytes {
    fn from(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }
}

impl Deref for Bytes {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.0
    }
}

impl AsRef<[u8]> for Bytes {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

/// As many bytes as the schema says (Avro `fixed`).
///
/// In JSON a string with one character per byte, like [`Bytes`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fixed<const N: usize>([u8; N]);

impl<const N: usize> Fixed<N> {
    /// The bytes.
    #[must_use]
    pub const fn into_array(self) -> [u8; N] {
        self.0
    }
}

impl<const N: usize> Default for Fixed<N> {
    fn default() -> Self {
        Self([0; N])
    }
}

impl<const N: usize> From<[u8; N]> for Fixed<N> {
    fn from(bytes: [u8; N]) -> Self {
        Self(bytes)
    }
}

impl<const N: usize> Deref for Fixed<N> {
    type Target = [u8; N];

    fn deref(&self) -> &[u8; N] {
        &self.0
    }
}

impl<const N: usize> AsRef<[u8]> for Fixed<N> {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

impl<const N: usize> fmt::Debug for Fixed<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Fixed").field(&self.0.as_slice()).finish()
    }
}

/// The bytes that a text represents; `None` if a character is beyond a byte.
pub(super) fn from_text(text: &str) -> Option<Vec<u8>> {
    text.chars().map(|character| u8::try_from(character).ok()).collect()
}

/// As [`from_text`], of exactly `N` characters.
pub(super) fn array_from_text<const N: usize>(text: &str) -> Option<[u8; N]> {
    let mut characters = text.chars();
    let mut bytes = [0; N];
    for byte in &mut bytes {
        *byte = characters.next()?.try_into().ok()?;
    }
    characters.next().is_none().then_some(bytes)
}

pub(super) fn encode(bytes: &[u8], out: &mut String) {
    match str::from_utf8(bytes) {
        Ok(text) if text.is_ascii() => writer::string(text, out),
        _ => writer::string(&bytes.iter().copied().map(char::from).collect::<String>(), out),
    }
}

impl Decode for Bytes {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, Stop> {
        reader.string_as(from_text).map(Self)
    }
}

impl Encode for Bytes {
    fn encode(&self, out: &mut String) {
        encode(&self.0, out);
    }
}

impl<const N: usize> Decode for Fixed<N> {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, Stop> {
        reader.string_as(array_from_text).map(Self)
    }
}

impl<const N: usize> Encode for Fixed<N> {
    fn encode(&self, out: &mut String) {
        encode(&self.0, out);
    }
}

bridge::serde!(Bytes);
bridge::serde!(Fixed<N>, const N: usize);

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_character_beyond_a_byte_is_refused() {
        assert_eq!(Bytes::decode(&mut Reader::new(r#""\u0100""#)), Err(Stop::Mismatch));
        assert_eq!(Bytes::decode(&mut Reader::new(r#""\u00ff""#)), Ok(Bytes(vec![0xff])));
        assert_eq!(Bytes::decode(&mut Reader::new("[1]")), Err(Stop::Mismatch));
    }

    #[test]
    fn a_fixed_has_its_length_in_characters() {
        assert_eq!(Fixed::<2>::decode(&mut Reader::new("\"ÿÿ\"")), Ok(Fixed([0xff; 2])));
        for text in [r#""""#, r#""a""#, r#""abc""#] {
            assert_eq!(Fixed::<2>::decode(&mut Reader::new(text)), Err(Stop::Mismatch), "{text}");
        }
        assert_eq!(format!("{:?}", Fixed([1, 2])), "Fixed([1, 2])");
    }

    proptest! {
        #[test]
        fn all_bytes_come_back(bytes: Vec<u8>, array: [u8; 12]) {
            let bytes = Bytes(bytes);
            let text = serde_json::to_string(&bytes).unwrap();
            prop_assert_eq!(serde_json::from_str::<Bytes>(&text).unwrap(), bytes);
            let text = serde_json::to_string(&Fixed(array)).unwrap();
            prop_assert_eq!(serde_json::from_str::<Fixed<12>>(&text).unwrap(), Fixed(array));
        }
    }
}
