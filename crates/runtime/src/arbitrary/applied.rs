//! The schemas that apply to one value, and what they ask of it together.

use crate::validate::schema::{Assertion, Schema};

/// The schemas that apply to a value, with references and chosen branches resolved.
pub(super) struct Applied {
    pub(super) schemas: Vec<&'static Schema>,
    /// Properties on which schemas depend that were not chosen.
    pub(super) absent: Vec<&'static str>,
    pub(super) types: u8,
}

impl Applied {
    pub(super) fn assertions(&self) -> impl Iterator<Item = &'static Assertion> {
        self.schemas.iter().flat_map(|schema| schema.assertions)
    }

    /// The largest of some limits.
    pub(super) fn at_least(&self, limit: impl Fn(&Assertion) -> Option<u64>) -> usize {
        let limits = self.assertions().filter_map(limit);
        usize::try_from(limits.max().unwrap_or(0)).unwrap_or(usize::MAX)
    }

    /// The least of some limits.
    pub(super) fn at_most(&self, limit: impl Fn(&Assertion) -> Option<u64>) -> usize {
        let limits = self.assertions().filter_map(limit);
        limits.min().map_or(usize::MAX, |limit| usize::try_from(limit).unwrap_or(usize::MAX))
    }
}
