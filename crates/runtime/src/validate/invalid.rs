//! Violations of a value that is not a whole event.

use super::format::Format;
use super::{Rejection, Violation, ViolationKind, violations};
use crate::avro::DatumError;
use crate::validate::schema::Schema;
use crate::{InvalidTimestamp, InvalidUuid};
use std::fmt;

/// A value that breaks its contract: the error of a builder or a deserializer.
///
/// Like a [`Rejection`](super::Rejection) it lists every violation and shows no value. The errors of single
/// values convert into it, so that one function can build an event with `?`:
///
/// ```
/// use migration_events::{Invalid, Timestamp, Uuid};
///
/// fn identifiers(version: &str, id: &str) -> Result<(Timestamp, Uuid), Invalid> {
///     Ok((Timestamp::parse(version)?, Uuid::parse(id)?))
/// }
///
/// let invalid = identifiers("2021-08-11T11:25:00Z", "31a2d").unwrap_err();
/// assert_eq!(invalid.to_string(), "1 violation: (root): not a UUID (format)");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invalid(Box<[Violation]>);

impl Invalid {
    /// Everything that is wrong, with pointers relative to the value.
    #[must_use]
    pub fn violations(&self) -> &[Violation] {
        &self.0
    }

    #[doc(hidden)]
    pub fn check(text: &str, schema: &'static Schema) -> Result<(), Self> {
        let (found, _) = violations(text, schema);
        if found.is_empty() { Ok(()) } else { Err(found.into()) }
    }

    #[doc(hidden)]
    #[must_use]
    pub fn incomplete() -> Self {
        Self(Box::default())
    }
}

impl From<Vec<Violation>> for Invalid {
    fn from(violations: Vec<Violation>) -> Self {
        Self(violations.into())
    }
}

/// A value of its own, as the constructor of a constrained string rejects it.
impl From<ViolationKind> for Invalid {
    fn from(kind: ViolationKind) -> Self {
        vec![Violation { instance_pointer: "".into(), schema_pointer: "".into(), kind }].into()
    }
}

impl From<InvalidTimestamp> for Invalid {
    fn from(_: InvalidTimestamp) -> Self {
        ViolationKind::Format { format: Format::DateTime }.into()
    }
}

impl From<InvalidUuid> for Invalid {
    fn from(_: InvalidUuid) -> Self {
        ViolationKind::Format { format: Format::Uuid }.into()
    }
}

impl From<DatumError> for Invalid {
    fn from(error: DatumError) -> Self {
        vec![Violation::from(&error)].into()
    }
}

/// The same violations, without the contract.
impl From<Rejection> for Invalid {
    fn from(rejection: Rejection) -> Self {
        rejection.violations().to_vec().into()
    }
}

impl fmt::Display for Invalid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count = self.0.len();
        write!(f, "{count} violation{}", if count == 1 { "" } else { "s" })?;
        for (index, violation) in self.0.iter().enumerate() {
            write!(f, "{}{violation}", if index == 0 { ": " } else { "; " })?;
        }
        Ok(())
    }
}

impl std::error::Error for Invalid {}
