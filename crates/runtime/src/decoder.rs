//! Settings of decoding, and its steps that need no event.

use crate::Contract;
use crate::json::{Decode, Reader, Syntax, pointer_at, skip_quoted};
use crate::validate::{Rejection, Strictness, Violation, ViolationKind, Walk};

/// Settings of decoding: the limits of a message, and the schema it is validated against.
///
/// A message beyond a limit is rejected like any other; nothing is allocated for it first. Build
/// one decoder and keep it: it is a constant.
///
/// | limit | default | reason |
/// |---|---|---|
/// | bytes | 16 MiB | brokers carry 1 MiB by default, rarely more than 10 MiB |
/// | values | 1,048,576 | a value of the published samples takes at least 20 bytes, so that 16 MiB hold 840,000; three bytes, `{},`, can become 160 bytes of memory |
/// | levels | 127, at most 256 | that of `serde_json`; the stack of a thread of 2 MiB bears 256 |
/// | listed violations | 100 | more help nobody, and each holds a pointer |
///
/// ```
/// use migration_events::{Decoder, pismo, validate::ViolationKind};
///
/// const DECODER: Decoder = Decoder::new().max_bytes(64 * 1024).max_depth(16).max_violations(10);
///
/// let message = format!(r#"{{"entity": {}}}"#, "[".repeat(20));
/// let rejection = DECODER.decode::<pismo::CustomerIncoming>(message.as_bytes()).unwrap_err();
/// assert!(rejection.violations().iter().any(|v| *v.kind() == ViolationKind::Depth { limit: 16 }));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decoder {
    max_bytes: usize,
    max_depth: usize,
    max_values: usize,
    max_violations: usize,
    pub(crate) strictness: Strictness,
}

impl Decoder {
    /// Bytes of a message: 16 MiB, more than message brokers carry and recovery files hold.
    pub const DEFAULT_MAX_BYTES: usize = 16 << 20;
    /// Levels of nesting: 127, as many as serde_json reads.
    pub const DEFAULT_MAX_DEPTH: usize = Reader::DEFAULT_DEPTH;
    /// The greatest limit of levels: 256. Some types are recursive, and the stack of a thread of 2 MiB, the default
    /// of `std::thread` and of most runtimes, bears this in a build without optimisation.
    pub const MAX_DEPTH: usize = crate::json::MAX_DEPTH;
    /// Values in a message, all of its objects, arrays, strings and so on: 1,048,576. An item of an array can take
    /// three bytes of text, `{},`, and become a struct of 160 bytes or more.
    pub const DEFAULT_MAX_VALUES: usize = 1 << 20;
    /// Violations that are listed: 100; further ones are only counted.
    pub const DEFAULT_MAX_VIOLATIONS: usize = Walk::DEFAULT_VIOLATIONS;

    /// The defaults, which [`Event::from_json`](crate::Event::from_json) uses.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            max_bytes: Self::DEFAULT_MAX_BYTES,
            max_depth: Self::DEFAULT_MAX_DEPTH,
            max_values: Self::DEFAULT_MAX_VALUES,
            max_violations: Self::DEFAULT_MAX_VIOLATIONS,
            strictness: Strictness::Patched,
        }
    }

    /// Rejects longer messages before they are looked at.
    #[must_use]
    pub const fn max_bytes(self, max_bytes: usize) -> Self {
        Self { max_bytes, ..self }
    }

    /// Rejects messages in which more than `max_depth` arrays and objects are inside of each other; at most
    /// [`MAX_DEPTH`](Self::MAX_DEPTH), to which a higher limit is lowered.
    #[must_use]
    pub const fn max_depth(self, max_depth: usize) -> Self {
        let max_depth = if max_depth > Self::MAX_DEPTH { Self::MAX_DEPTH } else { max_depth };
        Self { max_depth, ..self }
    }

    /// Rejects messages with more values, before memory is allocated for them. A value is an object, array, string,
    /// number, boolean or null; keys do not count.
    ///
    /// ```
    /// use migration_events::{Decoder, specsavers, validate::ViolationKind};
    ///
    /// let decoder = Decoder::new().max_values(4);
    /// let rejection = decoder.decode::<specsavers::CustomerCreated>(br#"{"a": [1, 2, {}]}"#).unwrap_err();
    /// assert_eq!(*rejection.violations()[0].kind(), ViolationKind::Values { limit: 4 });
    /// ```
    #[must_use]
    pub const fn max_values(self, max_values: usize) -> Self {
        Self { max_values, ..self }
    }

    /// Lists at most this number of violations (at least one) and counts the others.
    #[must_use]
    pub const fn max_violations(self, max_violations: usize) -> Self {
        Self { max_violations, ..self }
    }

    /// Accepts only messages that the contract allows exactly as published.
    #[must_use]
    pub const fn strict(self) -> Self {
        Self { strictness: Strictness::Published, ..self }
    }

    /// Returns whether a message is short enough to be read.
    #[doc(hidden)]
    #[must_use]
    pub fn takes(&self, message: &[u8]) -> bool {
        message.len() <= self.max_bytes
    }

    /// The rejection of a message that has signs of two events.
    #[doc(hidden)]
    #[must_use]
    pub fn ambiguous(
        &self,
        contract: &'static Contract,
        one: &'static Contract,
        other: &'static Contract,
    ) -> Rejection {
        let violation = Violation {
            instance_pointer: "".into(),
            schema_pointer: "".into(),
            kind: ViolationKind::Ambiguous { one, other },
        };
        Rejection::new(contract, self.strictness, (vec![violation], 0))
    }

    pub(crate) fn text<'m>(&self, message: &'m [u8]) -> Result<&'m str, ViolationKind> {
        if !self.takes(message) {
            return Err(ViolationKind::Size { limit: self.max_bytes });
        }
        let text = std::str::from_utf8(message).map_err(|error| ViolationKind::Syntax {
            syntax: Syntax::NotUtf8,
            offset: error.valid_up_to(),
        })?;
        if !self.may_exceed_values(text.len()) || has_at_most(text, self.max_values) {
            Ok(text)
        } else {
            Err(ViolationKind::Values { limit: self.max_values })
        }
    }

    /// Returns whether a text of this length can hold more values than the limit: each takes a byte, and one between
    /// it and the next.
    const fn may_exceed_values(&self, bytes: usize) -> bool {
        bytes / 2 >= self.max_values
    }

    /// Reads the message that `text` begins with, unless it must be read as a whole.
    #[doc(hidden)]
    #[must_use]
    #[inline]
    pub fn reader<'t>(&self, text: &'t str) -> Option<Reader<'t>> {
        let as_published = self.strictness == Strictness::Published;
        // The text may be longer than the message. What could be too much is counted first, and read as a whole.
        (!as_published && !self.may_exceed_values(text.len()))
            .then(|| Reader::with_depth(text, self.max_depth))
    }

    /// Returns whether a message of this number of bytes is within the limit.
    #[doc(hidden)]
    #[must_use]
    #[inline]
    pub const fn allows(&self, bytes: usize) -> bool {
        bytes <= self.max_bytes
    }

    /// A whole message in one pass, or where that stopped.
    pub(crate) fn read<T: Decode>(&self, text: &str) -> Result<T, usize> {
        let mut reader = Reader::with_depth(text, self.max_depth);
        let value = T::decode(&mut reader).and_then(|value| reader.end().map(|()| value));
        value.map_err(|_| reader.position())
    }

    /// The violation for a value that an external type refuses although the contract allows it.
    pub(crate) fn refused<T: Decode>(&self, text: &str) -> Violation {
        let mut reader = Reader::with_depth(text, self.max_depth);
        let _ = T::decode(&mut reader);
        Violation {
            instance_pointer: pointer_at(text, reader.position()).into(),
            schema_pointer: "".into(),
            kind: ViolationKind::External,
        }
    }

    pub(crate) fn walk<'t>(&self, text: &'t str) -> Walk<'t> {
        Walk::new(text, self.max_depth, self.max_violations)
    }
}

/// Returns whether a text has at most this number of values, by its brackets and commas alone: one value in each
/// array or object that is not empty, and one after each comma.
fn has_at_most(text: &str, limit: usize) -> bool {
    let bytes = text.as_bytes();
    let (mut at, mut count, mut opened) = (0, 1_usize, false);
    while let Some(byte) = bytes.get(at) {
        at += 1;
        match byte {
            b' ' | b'\n' | b'\r' | b'\t' => continue,
            b'{' | b'[' => {
                count += usize::from(opened);
                opened = true;
                continue;
            }
            b'}' | b']' if opened => {}
            b',' => count += 1,
            _ => count += usize::from(opened),
        }
        opened = false;
        if *byte == b'"' {
            match skip_quoted(text, at) {
                Some(end) => at = end,
                // What is wrong with it is for the reader to say.
                None => return count <= limit,
            }
        }
        if count > limit {
            return false;
        }
    }
    count <= limit
}

impl Default for Decoder {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_counted_by_brackets_and_commas() {
        for (text, values) in [
            ("1", 1),
            ("{}", 1),
            ("[ ]", 1),
            ("[1]", 2),
            ("[[]]", 2),
            ("[[[1]], {}]", 5),
            (r#"{"a,[": "b,\"{[", "c": [1, 2, {}]}"#, 6),
            (r#"[{},{},{"a": {}}]"#, 5),
            (r#"["a", "b"]"#, 3),
        ] {
            assert!(has_at_most(text, values) && !has_at_most(text, values - 1), "{text}");
        }
    }

    #[test]
    fn short_texts_cannot_have_too_many_values() {
        for limit in 1..50 {
            let decoder = Decoder::new().max_values(limit);
            let shortest = format!("[{}]", vec!["1"; limit].join(","));
            assert!(!has_at_most(&shortest, limit) && decoder.may_exceed_values(shortest.len()));
            assert!(decoder.text(shortest.as_bytes()).is_err());
        }
    }
}
