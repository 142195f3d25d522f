//! One thing that is wrong with a message.

use super::ViolationKind;
use crate::avro::DatumError;
use crate::json;
use std::fmt;

/// One thing that is wrong with a message: where, against which place of the contract, and what.
///
/// It never holds a value of the message. [`Display`](fmt::Display) reads
/// `/entity/cid: not a UUID (format)`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    pub(crate) instance_pointer: Box<str>,
    pub(crate) schema_pointer: Box<str>,
    pub(crate) kind: ViolationKind,
}

impl Violation {
    /// A violation of a rule of the service, of which the contract says nothing.
    ///
    /// `pointer` is an RFC 6901 JSON pointer into the message. `rule` is the name of the rule, and `detail` says
    /// what is wrong: words of the program, so that no value of a message gets into them.
    ///
    /// ```
    /// use migration_events::Violation;
    ///
    /// let violation = Violation::of_rule("/entity/account_id", "account", "not an account of ours");
    /// assert_eq!(violation.to_string(), "/entity/account_id: not an account of ours (account)");
    /// ```
    #[must_use]
    pub fn of_rule(pointer: impl Into<Box<str>>, rule: &'static str, detail: &'static str) -> Self {
        let kind = ViolationKind::Rule { rule, detail };
        Self { instance_pointer: pointer.into(), schema_pointer: "".into(), kind }
    }

    /// Where in the message, as an RFC 6901 JSON pointer; empty for the whole message.
    ///
    /// A missing or unknown property, and a repeated key, are violations of the object around them.
    #[must_use]
    pub fn instance_pointer(&self) -> &str {
        &self.instance_pointer
    }

    /// The place of the broken rule in the contract's own file, as an RFC 6901 JSON pointer: a keyword of
    /// JSON Schema, or an Avro schema. A place in a document that the contract refers to has that
    /// document's name and `#` in front. Empty where no contract is broken (text that is not JSON, a
    /// repeated key) and for the whole of an Avro contract.
    #[must_use]
    pub fn schema_pointer(&self) -> &str {
        &self.schema_pointer
    }

    /// The problem.
    #[must_use]
    pub fn kind(&self) -> &ViolationKind {
        &self.kind
    }

    /// The offending value as it stands in `message`, which must be the message that was rejected.
    ///
    /// This is the only way from a violation to a value: payloads hold personal data.
    /// `None` if the message has no such place or is broken before it.
    ///
    /// ```
    /// # #[cfg(feature = "pismo")] {
    /// use migration_events::{Event, pismo};
    ///
    /// let message = br#"{"entity": {"migration": {"id": 7}}}"#;
    /// let rejection = pismo::CustomerIncoming::from_json(message).unwrap_err();
    /// let violation = &rejection.violations()[0];
    /// assert_eq!(violation.to_string(), "/entity/migration/id: expected a string, found a number (type)");
    /// assert_eq!(violation.value_in(message), Some("7"));
    /// # }
    /// ```
    #[must_use]
    pub fn value_in<'m>(&self, message: &'m [u8]) -> Option<&'m str> {
        json::at_pointer(std::str::from_utf8(message).ok()?, &self.instance_pointer)
    }

    /// Where the offending value begins in `message`, in bytes; see [`value_in`](Self::value_in).
    /// Of text that is not JSON, where it stops being it; of a value in a text that is itself within a
    /// string, where that string begins.
    ///
    /// ```
    /// # #[cfg(feature = "pismo")] {
    /// use migration_events::{Event, pismo};
    ///
    /// let message = br#"{"entity": {"migration": {"id": 7}}}"#;
    /// let rejection = pismo::CustomerIncoming::from_json(message).unwrap_err();
    /// assert_eq!(rejection.violations()[0].offset_in(message), Some(32));
    /// # }
    /// ```
    #[must_use]
    pub fn offset_in(&self, message: &[u8]) -> Option<usize> {
        let text = std::str::from_utf8(message).ok();
        let value = |pointer: &str| json::at_pointer(text?, pointer);
        let place = |value: &str| value.as_ptr().addr().checked_sub(message.as_ptr().addr());
        let syntax = match self.kind {
            ViolationKind::Syntax { offset, .. } => Some(offset),
            _ => None,
        };
        let mut pointer = &*self.instance_pointer;
        if let (None, Some(found)) = (syntax, value(pointer)) {
            return place(found);
        }
        // A pointer that goes on from a string leads into a text without a place of its own.
        while let Some(parent) = pointer.rfind('/') {
            if let Some(string) = value(pointer).filter(|found| found.starts_with('"')) {
                return place(string);
            }
            pointer = &pointer[..parent];
        }
        syntax
    }
}

/// The pointer of the error, and its problem as [`ViolationKind::Datum`].
impl From<&DatumError> for Violation {
    fn from(error: &DatumError) -> Self {
        let kind = ViolationKind::Datum { problem: error.kind() };
        Self { instance_pointer: error.pointer().into(), schema_pointer: "".into(), kind }
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.instance_pointer.is_empty() {
            f.write_str("(root)")?;
        }
        // Keys are the sender's: a line break in one must not forge a line of a log.
        for part in self.instance_pointer.split_inclusive(char::is_control) {
            let mut plain = part.chars();
            match plain.next_back().filter(|last| last.is_control()) {
                Some(last) => write!(f, "{}{}", plain.as_str(), last.escape_default())?,
                None => f.write_str(part)?,
            }
        }
        write!(f, ": {} ({})", self.kind, self.kind.name())
    }
}
