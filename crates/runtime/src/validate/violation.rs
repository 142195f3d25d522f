//! One thing that is wrong with a message.

use super::ViolationKind;
use crate::avro::DatumError;
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
        let pointer = Shown::pointer(&self.instance_pointer);
        write!(f, "{pointer}: {} ({})", self.kind, self.kind.name())
    }
}
