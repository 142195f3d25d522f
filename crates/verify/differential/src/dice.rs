//! Where choices come from: a seed, or the bytes of a fuzzer.

use rand::rngs::Xoshiro256PlusPlus;
use rand::{Rng as _, RngExt as _, SeedableRng as _};

/// A source of choices.
pub struct Dice<'a>(Source<'a>);

enum Source<'a> {
    Seeded(Xoshiro256PlusPlus),
    /// One byte for each small choice; zeros once there are no more.
    Bytes(&'a [u8]),
}

impl<'a> Dice<'a> {
    /// The same choices for the same seed, on every machine.
    #[must_use]
    pub fn seeded(seed: u64) -> Self {
        Self(Source::Seeded(Xoshiro256PlusPlus::seed_from_u64(seed)))
    }

    /// Choices that a fuzzer makes; the first of every list once the bytes are used up.
    #[must_use]
    pub fn bytes(bytes: &'a [u8]) -> Self {
        Self(Source::Bytes(bytes))
    }

    /// Less than `count`, which is at least 1 and at most 2³².
    pub fn below(&mut self, count: usize) -> usize {
        match &mut self.0 {
            Source::Seeded(rng) => rng.random_range(0..count as u64) as usize,
            Source::Bytes(bytes) => {
                let (mut value, mut reach) = (0, 1);
                while reach < count {
                    let byte = bytes.split_off_first().copied().unwrap_or(0);
                    (value, reach) = (value << 8 | usize::from(byte), reach << 8);
                }
                value % count
            }
        }
    }

    /// True once in `count` times on average; false when a fuzzer's bytes are used up.
    pub fn once_in(&mut self, count: usize) -> bool {
        self.below(count) == count - 1
    }

    /// One of `options`.
    pub fn pick<'o, T>(&mut self, options: &'o [T]) -> &'o T {
        &options[self.below(options.len())]
    }

    /// One of these texts.
    pub fn word<'o>(&mut self, options: &[&'o str]) -> &'o str {
        options[self.below(options.len())]
    }

    /// A seed for other dice.
    pub fn seed(&mut self) -> u64 {
        match &mut self.0 {
            Source::Seeded(rng) => rng.next_u64(),
            Source::Bytes(_) => self.below(1 << 32) as u64,
        }
    }

    /// So many decimal digits.
    pub fn digits(&mut self, count: usize) -> String {
        (0..count).map(|_| char::from(b'0' + self.below(10) as u8)).collect()
    }
}
