//! Violations of a value that is not a whole event.

use super::{Violation, violations};
use crate::validate::schema::Schema;
use std::fmt;

/// A value that breaks its contract: what a builder or a deserializer found.
///
/// Like a [`Rejection`](super::Rejection) it lists every violation and shows no value.
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
