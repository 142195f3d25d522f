//! A message that was not accepted, and everything that is wrong with it.

use super::Violation;
use crate::Contract;
use std::fmt;

/// The contract that a message was validated against.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Strictness {
    /// The published contract with its patch file: the deviations that real messages need
    /// (`schemas/README.md`).
    Patched,
    /// The contract exactly as published.
    Published,
}

/// A message that was not accepted.
///
/// One word in size, `Send + Sync + 'static`. [`Display`](fmt::Display) names the contract and
/// lists every violation on a line of its own; no value of the message is in it:
///
/// ```text
/// pismo migration/accrual_incoming v1 rejected: 2 violations
///   /entity/cid: not a UUID (format)
///   /entity/accruals/2/amount: expected a number, found a string (type)
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rejection(Box<Inner>);

#[derive(Debug, Clone, PartialEq, Eq)]
struct Inner {
    contract: &'static Contract,
    strictness: Strictness,
    violations: Vec<Violation>,
    omitted: usize,
}

impl Rejection {
    pub(crate) fn new(
        contract: &'static Contract,
        strictness: Strictness,
        (violations, omitted): (Vec<Violation>, usize),
    ) -> Self {
        Self(Box::new(Inner { contract, strictness, violations, omitted }))
    }

    /// The contract that the message breaks.
    #[must_use]
    pub fn contract(&self) -> &'static Contract {
        self.0.contract
    }

    /// The contract used: as published, or with its deviations.
    #[must_use]
    pub fn strictness(&self) -> Strictness {
        self.0.strictness
    }

    /// Everything that is wrong, in the order of the message, up to
    /// [`Decoder::max_violations`](crate::Decoder::max_violations).
    #[must_use]
    pub fn violations(&self) -> &[Violation] {
        &self.0.violations
    }

    /// Returns the number of violations beyond those listed.
    #[must_use]
    pub fn omitted(&self) -> usize {
        self.0.omitted
    }
}

impl fmt::Display for Rejection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write(f, |violation, f| write!(f, "{violation}"))
    }
}

impl Rejection {
    pub(super) fn write(
        &self,
        f: &mut fmt::Formatter<'_>,
        write: impl Fn(&Violation, &mut fmt::Formatter<'_>) -> fmt::Result,
    ) -> fmt::Result {
        let Inner { contract, strictness, violations, omitted } = &*self.0;
        let strict = match strictness {
            Strictness::Patched => "",
            Strictness::Published => " (as published)",
        };
        let total = violations.len() + omitted;
        let plural = if total == 1 { "" } else { "s" };
        write!(f, "{contract}{strict} rejected: {total} violation{plural}")?;
        for violation in violations {
            f.write_str("\n  ")?;
            write(violation, f)?;
        }
        if *omitted > 0 {
            write!(f, "\n  and {omitted} more")?;
        }
        Ok(())
    }
}

impl std::error::Error for Rejection {}
