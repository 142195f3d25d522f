//! Seeded random source.

use proptest::prelude::Rng;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;

/// A source of random decisions.
pub(super) struct Dice<'r> {
    runner: &'r mut TestRunner,
}

impl<'r> Dice<'r> {
    pub(super) fn new(runner: &'r mut TestRunner) -> Self {
        Self { runner }
    }

    /// A number below another one; 0 if that is 0.
    pub(super) fn below(&mut self, end: usize) -> usize {
        let number = self.runner.rng().next_u64();
        usize::try_from(number % (end.max(1) as u64)).unwrap_or(0)
    }

    /// True with probability `1/n`.
    pub(super) fn one_of(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }

    pub(super) fn number(&mut self) -> u64 {
        self.runner.rng().next_u64()
    }

    /// One of several, if there is any.
    pub(super) fn pick<'t, T>(&mut self, items: &'t [T]) -> Option<&'t T> {
        items.get(self.below(items.len()))
    }

    /// In another order.
    pub(super) fn shuffle<T>(&mut self, items: &mut [T]) {
        for end in (1..items.len()).rev() {
            items.swap(end, self.below(end + 1));
        }
    }

    /// A value of a strategy, if it generates one.
    pub(super) fn sample<S: Strategy>(&mut self, strategy: &S) -> Option<S::Value> {
        strategy.new_tree(self.runner).ok().map(|tree| tree.current())
    }
}
