//! Recovery files of any size: the published samples with identifiers of their own, concatenated without a
//! separator; about one in a hundred is broken, and one in a hundred repeated.
//!
//! A seed always makes the same file, on every machine. [`Parts`] can be written to a file, and generated
//! again beside a reader to check it part by part, in constant memory.
//!
//! [`run`] is the job that the files are for: read, typed, deduplicated, answered.

mod breakage;
mod check;
mod counts;
mod damaged;
mod generated;
mod ledger;
mod run;
mod samples;

pub use breakage::Way;
pub use check::{Report, check};
pub use counts::Counts;
pub use damaged::{Damage, Found, damaged};
pub use generated::Generated;
pub use ledger::Ledger;
pub use migration_events_support::Dice;
pub use run::{Handled, run};
pub use samples::{Contract, is_refused, sample};

use std::collections::VecDeque;

/// Largest event that a reader of these files has to take, in bytes; [`Way::TooLarge`] has more.
pub const MAX_EVENT_BYTES: usize = 64 << 10;

/// One part in this number is broken, and one in this number repeated, on average.
const ONE_OF: usize = 100;

/// Maximum distance between an event and its repetition.
const REPEATED_WITHIN: usize = 1_000;

/// A part of a recovery file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// The number in its migration id; of a repetition, that of the repeated event.
    pub number: u64,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// The kind of the part.
    pub kind: Kind,
}

/// Kind of a part of a recovery file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// An intact event.
    Intact(Contract),
    /// An intact event that came before, byte for byte.
    Repeated(Contract),
    /// A broken event, or bytes that are not an event.
    Broken(Way),
}

/// The parts of the recovery file of a seed.
#[derive(Debug, Clone)]
pub struct Parts {
    dice: Dice<'static>,
    left: u64,
    number: u64,
    recent: VecDeque<(u64, Vec<u8>, Contract)>,
    /// The next part is intact: the first one is, and the one after each broken part, since two broken parts
    /// in a row could not be distinguished.
    intact_next: bool,
}

impl Parts {
    /// The first `count` parts of a seed.
    #[must_use]
    pub fn new(seed: u64, count: u64) -> Self {
        let dice = Dice::seeded(seed);
        Self { dice, left: count, number: 0, recent: VecDeque::new(), intact_next: true }
    }

    fn part(&mut self) -> Part {
        self.number += 1;
        // The last part is intact as well, so that garbage is always between events.
        let may_break = !self.intact_next && self.left > 0;
        if may_break && self.dice.below(ONE_OF) == 0 {
            self.intact_next = true;
            let way = *self.dice.pick(&Way::ALL);
            let bytes = way.bytes(self.number, &mut self.dice);
            return Part { number: self.number, bytes, kind: Kind::Broken(way) };
        }
        self.intact_next = false;
        if !self.recent.is_empty() && self.dice.below(ONE_OF) == 0 {
            let index = self.dice.below(self.recent.len());
            let (number, bytes, contract) = self.recent[index].clone();
            return Part { number, bytes, kind: Kind::Repeated(contract) };
        }
        let (contract, enveloped) = Contract::any(&mut self.dice);
        let bytes = sample(contract, enveloped, self.number, &mut self.dice).into_bytes();
        if self.recent.len() == REPEATED_WITHIN {
            self.recent.pop_front();
        }
        self.recent.push_back((self.number, bytes.clone(), contract));
        Part { number: self.number, bytes, kind: Kind::Intact(contract) }
    }
}

impl Iterator for Parts {
    type Item = Part;

    fn next(&mut self) -> Option<Part> {
        self.left = self.left.checked_sub(1)?;
        Some(self.part())
    }
}
