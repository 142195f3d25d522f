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
/// One word in size, `Send + Sync + 'static`. [`Display`](fmt::Display) names the contract and every
/// violation, on one line, which suits a log; no value of the message is in it. The alternate form, `{:#}`,
/// is a list:
///
/// ```text
/// pismo migration/accrual_incoming v1 rejected: 2 violations
///   /entity/cid: not a UUID (format)
///   /entity/accruals/2/amount: expected a number, found a string (type)
/// ```
///
/// As problem details (RFC 9457) it is [serialized](#impl-Serialize-for-Rejection).
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

    /// Rejects a decoded event by rules of the service, of which a contract says nothing.
    ///
    /// ```
    /// use migration_events::{Event, Rejection, Violation, pismo};
    ///
    /// let unknown = Violation::of_rule("/entity/migration/account_id", "account", "not an account of ours");
    /// let rejection = Rejection::by_rules(pismo::CustomerIncoming::CONTRACT, [unknown]);
    /// assert_eq!(
    ///     rejection.to_string(),
    ///     "pismo migration/customer_incoming v1 rejected: 1 violation: \
    ///      /entity/migration/account_id: not an account of ours (account)",
    /// );
    /// ```
    #[must_use]
    pub fn by_rules(
        contract: &'static Contract,
        violations: impl IntoIterator<Item = Violation>,
    ) -> Self {
        Self::new(contract, Strictness::Patched, (violations.into_iter().collect(), 0))
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
        let (first, next) = if f.alternate() { ("\n  ", "\n  ") } else { (": ", "; ") };
        for (index, violation) in violations.iter().enumerate() {
            f.write_str(if index == 0 { first } else { next })?;
            write(violation, f)?;
        }
        if *omitted > 0 {
            write!(f, "{next}and {omitted} more")?;
        }
        Ok(())
    }
}

impl std::error::Error for Rejection {}
