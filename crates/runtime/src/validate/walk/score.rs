//! The distance of a value from a branch of a union.

use std::cmp::Reverse;

/// The violations of a value and of all inside of it, in short.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Score {
    /// Levels below the value down to the most specific violation.
    depth: usize,
    count: usize,
}

impl Score {
    /// Adds the violations of a value at `pointer`.
    pub(super) fn add(&mut self, pointer: &str, inner: Score) {
        if inner.count > 0 {
            self.depth = self.depth.max(pointer.matches('/').count() + inner.depth);
            self.count = self.count.saturating_add(inner.count);
        }
    }

    /// One violation at the value itself.
    pub(super) fn one() -> Self {
        Self { depth: 0, count: 1 }
    }

    /// The smallest is the nearest: a violation further inside means that more of the branch fits.
    pub(super) fn rank(self) -> (bool, Reverse<usize>, usize) {
        (self.count > 0, Reverse(self.depth), self.count)
    }
}
