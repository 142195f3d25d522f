//! Streams with damaged bytes, at random and near the keys that carry payloads: which events are found, and
//! whether anything is found that was never sent.

use crate::{Contract, Dice, sample};
use migration_events::AnyEvent;
use migration_events::stream::{Error, Events};
use std::collections::BTreeMap;
use std::ops::{AddAssign, Range};

/// One event in this number is damaged, on average.
const ONE_OF: usize = 12;

/// Bytes that mean something to a reader of JSON.
const SIGNS: &[u8] = b"{}[]\",:\\ \n0at\0\xff";

/// A way to damage an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Damage {
    /// A byte was replaced.
    Replaced,
    /// A byte was added.
    Added,
    /// A byte was removed.
    Removed,
    /// A bit was flipped.
    Flipped,
    /// The rest was cut off.
    Cut,
}

/// Counts of the events that a reader found in damaged streams.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found {
    /// Events that were sent.
    pub sent: u64,
    /// Those of them that were damaged.
    pub damaged: u64,
    /// Intact events that were found, each where it is.
    pub intact: u64,
    /// Damaged events that are still events, such as those with another letter in a name.
    pub harmless: u64,
    /// Parts of damaged events that are objects but no event of a contract.
    pub fragments: u64,
    /// Parts of damaged events that were taken for an event of a contract.
    pub made: u64,
    /// Intact events that were found more than once.
    pub doubled: u64,
    /// Intact events that were lost directly after a damaged one or before it, by what was done to that: the
    /// ambiguities that the documentation of `stream` lists.
    pub lost: BTreeMap<Damage, u64>,
    /// Intact events that were lost without a damaged one beside them.
    pub unexplained: u64,
}

impl AddAssign for Found {
    fn add_assign(&mut self, other: Self) {
        self.sent += other.sent;
        self.damaged += other.damaged;
        self.intact += other.intact;
        self.harmless += other.harmless;
        self.fragments += other.fragments;
        self.made += other.made;
        self.doubled += other.doubled;
        self.unexplained += other.unexplained;
        for (damage, count) in other.lost {
            *self.lost.entry(damage).or_default() += count;
        }
    }
}

/// An event of a stream.
struct Part {
    place: Range<usize>,
    /// The text before it was damaged.
    sent: String,
    damage: Option<Damage>,
    found: u64,
}

/// Reads a stream of this number of events, the same for each seed.
///
/// # Panics
/// Only if reading from memory fails.
#[must_use]
pub fn damaged(seed: u64, events: u64) -> Found {
    let mut dice = Dice::seeded(seed);
    let separator = ["", "\n", " \n\t"][dice.below(3)];
    let (mut stream, mut parts) = (Vec::new(), Vec::<Part>::new());
    for number in 0..events {
        let (contract, enveloped) = Contract::any(&mut dice);
        let sent = sample(contract, enveloped || dice.below(2) == 0, number, &mut dice);
        let mut bytes = sent.clone().into_bytes();
        // Two damaged events in a row cannot always be distinguished, and the last one shows what was lost.
        let may_break =
            number + 1 < events && parts.last().is_some_and(|part| part.damage.is_none());
        let damage = (may_break && dice.below(ONE_OF) == 0).then(|| harm(&mut bytes, &mut dice));
        let start = stream.len();
        stream.extend(bytes);
        parts.push(Part { place: start..stream.len(), sent, damage, found: 0 });
        stream.extend(separator.bytes());
    }
    let mut found = Found { sent: events, ..Found::default() };
    for event in Events::new(&stream[..]) {
        match event {
            Ok(event) => found.take(&mut parts, event.offset as usize, &event.text),
            Err(Error::Io { error, .. }) => panic!("{error}"),
            Err(_) => {}
        }
    }
    for (index, part) in parts.iter().enumerate() {
        found.damaged += u64::from(part.damage.is_some());
        if part.damage.is_none() {
            found.intact += part.found.min(1);
            found.doubled += part.found.saturating_sub(1);
        }
        if part.damage.is_none() && part.found == 0 {
            let beside = [index.checked_sub(1), Some(index + 1)].into_iter().flatten();
            match beside.filter_map(|index| parts.get(index)?.damage).next() {
                Some(damage) => *found.lost.entry(damage).or_default() += 1,
                None => found.unexplained += 1,
            }
        }
    }
    found
}

impl Found {
    fn take(&mut self, parts: &mut [Part], offset: usize, text: &str) {
        let index = parts.partition_point(|part| part.place.end <= offset);
        let Some(part) = parts.get_mut(index) else { return self.made += 1 };
        let place = offset..offset + text.len();
        let is_whole = part.place == place;
        if is_whole && part.damage.is_none() {
            part.found += 1;
        } else if part.damage.is_some() && (offset == part.place.start || text == part.sent) {
            self.harmless += 1;
        } else if matches!(AnyEvent::from_json(text.as_bytes()), Ok(AnyEvent::Unknown(_)) | Err(_))
        {
            self.fragments += 1;
        } else {
            self.made += 1;
        }
    }
}

/// Damages a byte, every other time one near the key of the payload.
fn harm(bytes: &mut Vec<u8>, dice: &mut Dice<'_>) -> Damage {
    let key = bytes.windows(6).position(|part| part == b"\"data\"");
    let at = match key {
        Some(key) if dice.below(2) == 0 => key.saturating_sub(8) + dice.below(24),
        _ => dice.below(bytes.len()),
    };
    let at = at.min(bytes.len() - 1);
    let byte = if dice.below(2) == 0 { *dice.pick(SIGNS) } else { dice.below(256) as u8 };
    match dice.below(9) {
        0..3 => {
            bytes[at] = byte;
            Damage::Replaced
        }
        3..5 => {
            bytes.insert(at, byte);
            Damage::Added
        }
        5 | 6 => {
            bytes.remove(at);
            Damage::Removed
        }
        7 => {
            bytes[at] ^= 1 << dice.below(8);
            Damage::Flipped
        }
        _ => {
            bytes.truncate(at.max(1));
            Damage::Cut
        }
    }
}
