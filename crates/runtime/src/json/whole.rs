//! Texts that are one JSON value, and nothing more.

use super::{Decode, Reader, Stop};

/// A text that is not the JSON it should be.
///
/// Reports where and why, without any of the text.
///
/// ```
/// use migration_events::json::RawJson;
///
/// let error = RawJson::parse("[1,]").unwrap_err();
/// assert_eq!(error.to_string(), "unexpected character at byte 3");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{kind} at byte {offset}")]
#[non_exhaustive]
pub struct SyntaxError {
    /// Byte offset of the problem.
    pub offset: usize,
    /// The problem.
    pub kind: Stop,
}

/// Reads one value, and nothing after it.
pub(super) fn parse<T: Decode>(text: &str) -> Result<T, SyntaxError> {
    let mut reader = Reader::new(text);
    let value = T::decode(&mut reader).and_then(|value| reader.end().map(|()| value));
    value.map_err(|kind| SyntaxError { offset: reader.position(), kind })
}
