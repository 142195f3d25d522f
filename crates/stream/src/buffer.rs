//! The part of a stream that is still needed.

/// Replaces each byte that is not UTF-8. JSON does not allow it anywhere, so text that contains it stays
/// broken, and every other byte keeps its offset.
pub(super) const SUBSTITUTE: u8 = 0x1a;

/// Maximum number of replaced bytes that are remembered, to report them as not UTF-8; others are reported
/// as control characters.
const REMEMBERED: usize = 1024;

/// Text, and where in the stream it is.
#[derive(Clone, Default)]
pub(super) struct Buffer {
    text: String,
    /// Offset in the stream of the first byte of `text`.
    base: u64,
    /// The bytes of a character that is not complete yet.
    partial: Vec<u8>,
    /// Offsets of bytes that are not UTF-8.
    invalid: Vec<u64>,
    ended: bool,
}

impl Buffer {
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    pub(super) fn bytes(&self) -> &[u8] {
        self.text.as_bytes()
    }

    /// The offset in the stream of a position in the text.
    pub(super) const fn offset(&self, at: usize) -> u64 {
        self.base + at as u64
    }

    /// The position in the text of an offset; 0 if the text begins after it.
    pub(super) fn position(&self, offset: u64) -> usize {
        usize::try_from(offset.saturating_sub(self.base)).unwrap_or(usize::MAX)
    }

    /// Returns whether the text has ended.
    pub(super) const fn ended(&self) -> bool {
        self.ended
    }

    pub(super) fn is_invalid(&self, offset: u64) -> bool {
        self.invalid.binary_search(&offset).is_ok()
    }

    /// Drops the text before `until`, or before the character around it; returns the number of bytes dropped.
    pub(super) fn forget(&mut self, mut until: usize) -> usize {
        while !self.text.is_char_boundary(until) {
            until -= 1;
        }
        self.text.drain(..until);
        self.base += until as u64;
        let gone = self.invalid.partition_point(|offset| *offset < self.base);
        self.invalid.drain(..gone);
        until
    }

    #[cfg(test)]
    pub(super) fn held(&self) -> usize {
        self.text.capacity()
    }

    /// Releases the memory that a large event needed.
    pub(super) fn shrink(&mut self, least: usize) {
        if self.text.capacity() > least * 4 && self.text.len() <= least {
            self.text.shrink_to(least);
        }
    }

    pub(super) fn extend(&mut self, mut bytes: &[u8]) {
        while let ([_, ..], [first, rest @ ..]) = (&self.partial[..], bytes) {
            self.partial.push(*first);
            match std::str::from_utf8(&self.partial) {
                Ok(character) => {
                    self.text.push_str(character);
                    self.partial.clear();
                    bytes = rest;
                }
                Err(error) if error.error_len().is_none() => bytes = rest,
                // The byte may begin a character of its own.
                Err(_) => {
                    self.partial.pop();
                    self.substitute(self.partial.len());
                    self.partial.clear();
                }
            }
        }
        if let Ok(text) = std::str::from_utf8(bytes) {
            self.text.push_str(text);
            return;
        }
        let mut chunks = bytes.utf8_chunks().peekable();
        while let Some(chunk) = chunks.next() {
            self.text.push_str(chunk.valid());
            let invalid = chunk.invalid();
            let last = chunks.peek().is_none();
            if last && std::str::from_utf8(invalid).is_err_and(|error| error.error_len().is_none())
            {
                self.partial.extend_from_slice(invalid);
            } else {
                self.substitute(invalid.len());
            }
        }
    }

    pub(super) fn end(&mut self) {
        self.substitute(self.partial.len());
        self.partial.clear();
        self.ended = true;
    }

    fn substitute(&mut self, count: usize) {
        for _ in 0..count {
            if self.invalid.len() < REMEMBERED {
                self.invalid.push(self.offset(self.text.len()));
            }
            self.text.push(char::from(SUBSTITUTE));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chunking_does_not_change_text_or_substitutes() {
        let bytes = b"a\xc3\xa9\xf0\x9f\x98\x80\xff-\xc3-\xf0\x9f\x98-\xe2\x82";
        let expected = "a\u{e9}\u{1f600}\u{1a}-\u{1a}-\u{1a}\u{1a}\u{1a}-\u{1a}\u{1a}";
        for first in 0..=bytes.len() {
            for second in first..=bytes.len() {
                let mut buffer = Buffer::default();
                buffer.extend(&bytes[..first]);
                buffer.extend(&bytes[first..second]);
                buffer.extend(&bytes[second..]);
                buffer.end();
                assert_eq!(buffer.text(), expected, "{first} {second}");
                let invalid: Vec<u64> =
                    (0..bytes.len() as u64).filter(|offset| buffer.is_invalid(*offset)).collect();
                assert_eq!(invalid, [7, 9, 11, 12, 13, 15, 16]);
                assert_eq!(buffer.forget(2), 1);
                assert_eq!(buffer.offset(0), 1);
            }
        }
    }
}
