//! Places of violations in the message that was rejected.

use super::{Rejection, Violation, ViolationKind};
use crate::json::{Place, Places};

/// A violation, and where it is in the message; see [`Rejection::located_in`].
#[derive(Clone, Copy)]
#[non_exhaustive]
pub struct Located<'r, 'm> {
    /// The violation.
    pub violation: &'r Violation,
    /// As [`Violation::offset_in`].
    pub offset: Option<usize>,
    /// As [`Violation::value_in`].
    pub value: Option<&'m str>,
}

// Shows where it is and not the value, which may be personal data.
impl std::fmt::Debug for Located<'_, '_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Located")
            .field("violation", &self.violation)
            .field("offset", &self.offset)
            .finish_non_exhaustive()
    }
}

impl Rejection {
    /// The places and values of all listed violations in `message`, which must be the message that was rejected.
    ///
    /// Reads the message once, however many violations there are, and only brackets, quotes and keys of it.
    ///
    /// ```
    /// use migration_events::{Event, pismo};
    ///
    /// let message = br#"{"entity": {"migration": {"id": 7}}}"#;
    /// let rejection = pismo::CustomerIncoming::from_json(message).unwrap_err();
    /// let located = rejection.located_in(message);
    /// assert_eq!((located[0].offset, located[0].value), (Some(32), Some("7")));
    /// assert_eq!(located.len(), rejection.violations().len());
    /// ```
    #[must_use]
    pub fn located_in<'r, 'm>(&'r self, message: &'m [u8]) -> Vec<Located<'r, 'm>> {
        locate(self.violations(), message)
    }
}

impl Violation {
    /// The offending value as it stands in `message`, which must be the message that was rejected.
    ///
    /// This is the only way from a violation to a value: payloads hold personal data.
    /// `None` if the message has no such place or is broken before it. Reads the message up to there; for many
    /// violations, [`Rejection::located_in`](Rejection::located_in) reads it once.
    ///
    /// ```
    /// use migration_events::{Event, pismo};
    ///
    /// let message = br#"{"entity": {"migration": {"id": 7}}}"#;
    /// let rejection = pismo::CustomerIncoming::from_json(message).unwrap_err();
    /// let violation = &rejection.violations()[0];
    /// assert_eq!(violation.to_string(), "/entity/migration/id: expected a string, found a number (type)");
    /// assert_eq!(violation.value_in(message), Some("7"));
    /// ```
    #[must_use]
    pub fn value_in<'m>(&self, message: &'m [u8]) -> Option<&'m str> {
        locate(std::slice::from_ref(self), message).first()?.value
    }

    /// Where the offending value begins in `message`, in bytes; see [`value_in`](Self::value_in).
    /// Of text that is not JSON, where it stops being it; of a value in a text that is itself within a
    /// string, where that string begins.
    ///
    /// ```
    /// use migration_events::{Event, pismo};
    ///
    /// let message = br#"{"entity": {"migration": {"id": 7}}}"#;
    /// let rejection = pismo::CustomerIncoming::from_json(message).unwrap_err();
    /// assert_eq!(rejection.violations()[0].offset_in(message), Some(32));
    /// ```
    #[must_use]
    pub fn offset_in(&self, message: &[u8]) -> Option<usize> {
        locate(std::slice::from_ref(self), message).first()?.offset
    }
}

/// The places of violations, in their order.
fn locate<'r, 'm>(violations: &'r [Violation], message: &'m [u8]) -> Vec<Located<'r, 'm>> {
    let places = match str::from_utf8(message) {
        Ok(text) => Places::find(text, violations.iter().map(|found| &*found.instance_pointer)),
        Err(_) => vec![Place::default(); violations.len()],
    };
    let located = |(violation, place): (&'r Violation, Place<'m>)| {
        let offset = match violation.kind {
            ViolationKind::Syntax { offset, .. } => place.string.or(Some(offset)),
            _ => place.start.or(place.string),
        };
        Located { violation, offset, value: place.value }
    };
    violations.iter().zip(places).map(located).collect()
}
