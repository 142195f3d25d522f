//! The part of a message that its decoder has accepted, which need not be explained.

use crate::json::{self, JsonType, Reader};

/// The values before the place where a decoder stopped.
#[derive(Default)]
pub(super) struct Accepted {
    /// The offset of that place.
    end: usize,
    /// Where the arrays and objects around it begin, from outside to inside.
    around: Vec<usize>,
}

impl Accepted {
    pub(super) fn new(text: &str, end: usize) -> Self {
        // An object that lacks a member is refused at its end.
        let around = json::open_at(text, end.saturating_sub(1));
        Self { end, around }
    }

    /// Reads the next value if it has been accepted.
    pub(super) fn skip(&self, reader: &mut Reader<'_>, kind: JsonType) -> bool {
        let start = reader.position();
        if start >= self.end {
            return false;
        }
        let is_container = matches!(kind, JsonType::Array | JsonType::Object);
        if is_container && self.around.binary_search(&start).is_ok() {
            return false;
        }
        let mut ahead = reader.clone();
        // A string is refused at its end.
        let is_accepted = ahead.skip_unchecked().is_ok() && ahead.position() < self.end;
        if is_accepted {
            *reader = ahead;
        }
        is_accepted
    }
}
