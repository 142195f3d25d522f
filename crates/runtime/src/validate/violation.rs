//! One thing that is wrong with a message.

use super::ViolationKind;
use crate::shown::Shown;
use std::fmt;

/// One thing that is wrong with a message: where, against which place of the contract, and what.
///
/// It never holds a value of the message. [`Display`](fmt::Display) reads
/// `/entity/cid: not a UUID (format)`. Long keys of the message are shortened, and characters that could
/// forge or hide text of a log are escaped; [`masked`](Self::masked) leaves out keys that could be the sender's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    pub(crate) instance_pointer: Box<str>,
    pub(crate) schema_pointer: Box<str>,
    pub(crate) kind: ViolationKind,
}

impl Violation {
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
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let pointer = Shown::pointer(&self.instance_pointer);
        write!(f, "{pointer}: {} ({})", self.kind, self.kind.name())
    }
}
