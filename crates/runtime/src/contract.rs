//! Published contracts, as events and rejections name them.

use std::fmt;

/// A published contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Contract {
    /// The family it belongs to: `pismo`, `boost`, `specsavers`, or a service's own.
    pub family: &'static str,
    /// Its name: `migration/accrual_incoming`, or an Avro full name.
    pub name: &'static str,
    /// Its version, where the publisher states one.
    pub version: Option<&'static str>,
    /// The file in which it was published.
    pub file: &'static str,
    /// Where a message's correlation id is said to be, as an AsyncAPI runtime expression.
    pub correlation_id: Option<&'static str>,
}

impl Contract {
    #[doc(hidden)]
    #[must_use]
    pub const fn __new(
        family: &'static str,
        name: &'static str,
        version: Option<&'static str>,
        file: &'static str,
        correlation_id: Option<&'static str>,
    ) -> Self {
        Self { family, name, version, file, correlation_id }
    }
}

impl fmt::Display for Contract {
    /// `pismo migration/accrual_incoming v1`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.family, self.name)?;
        self.version.map_or(Ok(()), |version| write!(f, " v{version}"))
    }
}
