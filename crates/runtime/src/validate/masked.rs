//! Rejections without names that the sender chose.

use super::{Rejection, Violation, ViolationKind};
use crate::shown::Shown;
use std::fmt;

/// The displayed form of a rejection or a violation without keys that the contract may not know: see
/// [`Rejection::masked`].
#[derive(Debug, Clone, Copy)]
pub struct Masked<'r, T>(&'r T);

impl Rejection {
    /// The same text as [`Display`](fmt::Display) writes, but with `*` in the place of each key that could be the
    /// sender's own.
    ///
    /// No value of a message is ever displayed, but a key can be personal data too: an object keyed by e-mail
    /// addresses, or a form whose fields a customer named. Without this form such keys are only
    /// shortened. Shown here are indices, and keys that stand in the pointer to the broken rule.
    ///
    /// ```
    /// use migration_events::{Event, pismo};
    ///
    /// let message = br#"{"entity": {"migration": {"id": 7}}, "jo@example.com": {"a": 1, "a": 2}}"#;
    /// let rejection = pismo::CustomerIncoming::from_json(message).unwrap_err();
    /// let text = format!("{:#}", rejection.masked());
    /// assert!(text.contains("\n  /entity/migration/id: expected a string, found a number (type)"));
    /// assert!(text.contains("\n  /*: key * occurs twice (duplicateKey)"));
    /// ```
    #[must_use]
    pub const fn masked(&self) -> Masked<'_, Self> {
        Masked(self)
    }
}

impl Violation {
    /// The displayed form without keys that could be the sender's own, as of [`Rejection::masked`].
    #[must_use]
    pub const fn masked(&self) -> Masked<'_, Self> {
        Masked(self)
    }
}

impl fmt::Display for Masked<'_, Rejection> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.write(f, |violation, f| write!(f, "{}", violation.masked()))
    }
}

impl fmt::Display for Masked<'_, Violation> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Violation { instance_pointer, schema_pointer, kind } = self.0;
        let is_known = |token: &str| {
            token.bytes().all(|byte| byte.is_ascii_digit())
                || schema_pointer.split('/').any(|known| known == token)
        };
        let mut pointer = String::new();
        for token in instance_pointer.split('/').skip(1) {
            pointer.push('/');
            pointer.push_str(if is_known(token) { token } else { "*" });
        }
        write!(f, "{}: ", Shown::pointer(&pointer))?;
        match kind {
            ViolationKind::AdditionalProperties { .. }
            | ViolationKind::UnevaluatedProperties { .. } => f.write_str("unknown property *")?,
            ViolationKind::PropertyNames { .. } => f.write_str("no property may be called *")?,
            ViolationKind::DuplicateKey { .. } => f.write_str("key * occurs twice")?,
            kind => write!(f, "{kind}")?,
        }
        write!(f, " ({})", kind.name())
    }
}
