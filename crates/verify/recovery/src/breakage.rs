//! The ways in which events are broken.

use crate::{Contract, Dice, MAX_EVENT_BYTES, sample};

/// Damage done to an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Way {
    /// It ends in the middle, and the next event begins.
    CutOff,
    /// A closing brace is missing.
    BraceMissing,
    /// A closing bracket is missing.
    BracketMissing,
    /// A quote is missing.
    QuoteMissing,
    /// There is a closing brace too many, before further members.
    BraceTooMany,
    /// Bytes between two events.
    Garbage,
    /// A NUL in the middle.
    Nul,
    /// A byte that is not UTF-8, in the middle.
    NotUtf8,
    /// More bytes than the limit.
    TooLarge,
    /// A word in the place of a string.
    BareWord,
}

impl Way {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::CutOff,
        Self::BraceMissing,
        Self::BracketMissing,
        Self::QuoteMissing,
        Self::BraceTooMany,
        Self::Garbage,
        Self::Nul,
        Self::NotUtf8,
        Self::TooLarge,
        Self::BareWord,
    ];

    /// Its name in the expected counts.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::CutOff => "cut_off",
            Self::BraceMissing => "brace_missing",
            Self::BracketMissing => "bracket_missing",
            Self::QuoteMissing => "quote_missing",
            Self::BraceTooMany => "brace_too_many",
            Self::Garbage => "garbage",
            Self::Nul => "nul",
            Self::NotUtf8 => "not_utf8",
            Self::TooLarge => "too_large",
            Self::BareWord => "bare_word",
        }
    }

    /// An event broken in this way; in place of garbage, the garbage.
    pub(crate) fn bytes(self, number: u64, dice: &mut Dice<'_>) -> Vec<u8> {
        let (contract, enveloped) = match self {
            // The only contract with an array.
            Self::BracketMissing => (Contract::AccrualIncoming, dice.below(3) == 0),
            // Only an envelope has several members at its root.
            Self::BraceTooMany => (Contract::CustomerIncoming, true),
            _ => Contract::any(dice),
        };
        let event = sample(contract, enveloped, number, dice);
        let mut bytes = event.clone().into_bytes();
        match self {
            Self::CutOff => {
                bytes.truncate(1 + dice.below(bytes.len() - 1));
                // With an event after it, this would be an envelope that lacks a brace.
                while bytes.trim_ascii_end().ends_with(b"\"data\":")
                    || bytes.trim_ascii_end().ends_with(b"\"data\"")
                {
                    bytes.pop();
                }
            }
            Self::BraceMissing => drop(bytes.remove(nth(&event, "}", dice))),
            Self::BracketMissing => drop(bytes.remove(nth(&event, "]", dice))),
            Self::QuoteMissing => drop(bytes.remove(nth(&event, "\"", dice))),
            Self::BraceTooMany => {
                let members = event.find(",\"data\"").unwrap_or(event.len());
                bytes.insert(nth(&event[..members], ",\"", dice), b'}');
            }
            Self::Garbage => {
                let signs = b"0123456789abcdef <>/\\@#\0\xff";
                bytes = (0..1 + dice.below(200)).map(|_| *dice.pick(signs)).collect();
                bytes[0] = b'@';
            }
            Self::Nul => bytes.insert(1 + dice.below(bytes.len() - 1), 0),
            Self::NotUtf8 => bytes.insert(1 + dice.below(bytes.len() - 1), 0xff),
            Self::TooLarge => {
                let length = MAX_EVENT_BYTES + dice.below(1_000);
                let large = format!("{{\"note\":\"{}\",", "x".repeat(length));
                bytes.splice(..1, large.into_bytes());
            }
            Self::BareWord => {
                let before = if event.contains("\": \"") { "\": \"" } else { "\":\"" };
                let value = nth(&event, before, dice) + before.len() - 1;
                let end = event[value + 1..].find('"').map_or(event.len(), |end| value + 2 + end);
                bytes.splice(value..end, *b"None");
            }
        }
        bytes
    }
}

/// The place of one of the occurrences.
fn nth(text: &str, part: &str, dice: &mut Dice<'_>) -> usize {
    let places: Vec<usize> = text.match_indices(part).map(|(place, _)| place).collect();
    *dice.pick(&places)
}
