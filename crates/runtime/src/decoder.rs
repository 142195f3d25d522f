//! Settings of decoding, and its steps that need no event.

use crate::Contract;
use crate::json::{Decode, Reader, Syntax, pointer_at};
use crate::validate::{Rejection, Strictness, Violation, ViolationKind, Walk};

/// Settings of decoding: the limits of a message, and the schema it is validated against.
///
/// A message beyond a limit is rejected like any other; nothing is allocated for it first. Build
/// one decoder and keep it: it is a constant.
///
/// ```
/// # #[cfg(feature = "pismo")] {
/// use migration_events::{Decoder, pismo, validate::ViolationKind};
///
/// const DECODER: Decoder = Decoder::new().max_bytes(64 * 1024).max_depth(16).max_violations(10);
///
/// let message = format!(r#"{{"entity": {}}}"#, "[".repeat(20));
/// let rejection = DECODER.decode::<pismo::CustomerIncoming>(message.as_bytes()).unwrap_err();
/// assert!(rejection.violations().iter().any(|v| *v.kind() == ViolationKind::Depth { limit: 16 }));
/// # }
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decoder {
    max_bytes: usize,
    max_depth: usize,
    max_violations: usize,
    pub(crate) strictness: Strictness,
}

impl Decoder {
    /// Bytes of a message: 16 MiB, more than message brokers carry and recovery files hold.
    pub const DEFAULT_MAX_BYTES: usize = 16 << 20;
    /// Levels of nesting: 128, as serde_json has it.
    pub const DEFAULT_MAX_DEPTH: usize = Reader::DEFAULT_DEPTH;
    /// Violations that are listed: 100; further ones are only counted.
    pub const DEFAULT_MAX_VIOLATIONS: usize = Walk::DEFAULT_VIOLATIONS;

    /// The defaults, which [`Event::from_json`](crate::Event::from_json) uses.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            max_bytes: Self::DEFAULT_MAX_BYTES,
            max_depth: Self::DEFAULT_MAX_DEPTH,
            max_violations: Self::DEFAULT_MAX_VIOLATIONS,
            strictness: Strictness::Patched,
        }
    }

    /// Rejects longer messages before they are looked at.
    #[must_use]
    pub const fn max_bytes(self, max_bytes: usize) -> Self {
        Self { max_bytes, ..self }
    }

    /// Rejects messages that nest deeper.
    #[must_use]
    pub const fn max_depth(self, max_depth: usize) -> Self {
        Self { max_depth, ..self }
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
        std::str::from_utf8(message).map_err(|error| ViolationKind::Syntax {
            syntax: Syntax::NotUtf8,
            offset: error.valid_up_to(),
        })
    }

    /// Reads the message that `text` begins with, unless it must be read as a whole.
    #[doc(hidden)]
    #[must_use]
    #[inline]
    pub fn reader<'t>(&self, text: &'t str) -> Option<Reader<'t>> {
        let as_published = self.strictness == Strictness::Published;
        (!as_published).then(|| Reader::with_depth(text, self.max_depth))
    }

    /// Returns whether a message of this number of bytes is within the limit.
    #[doc(hidden)]
    #[must_use]
    #[inline]
    pub const fn allows(&self, bytes: usize) -> bool {
        bytes <= self.max_bytes
    }

    /// A whole message in one pass.
    pub(crate) fn read<T: Decode>(&self, text: &str) -> Option<T> {
        let mut reader = Reader::with_depth(text, self.max_depth);
        let value = T::decode(&mut reader).ok()?;
        reader.end().ok()?;
        Some(value)
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

impl Default for Decoder {
    fn default() -> Self {
        Self::new()
    }
}
