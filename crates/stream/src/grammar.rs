//! The grammar of RFC 8259 as a state machine that can stop after any byte.
//!
//! It finds where a JSON text ends, or where it breaks the grammar. The uniqueness of keys, surrogates and
//! the values of numbers are left to the decoder.

use super::Reason;
use migration_events_runtime::__private::internal::special;
use migration_events_runtime::json::Syntax;

/// Result of a scan; positions count from the first byte of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scan {
    /// The text ends before this position.
    Complete(usize),
    /// The bytes so far are the beginning of a text.
    Incomplete,
    /// The grammar does not allow the byte at this position.
    Broken(usize, Reason),
}

/// State of the scan of one text, which may arrive in parts.
#[derive(Debug, Clone)]
pub(super) struct Grammar {
    state: State,
    pub(super) open: Brackets,
    /// The opening quote of the string that was read last.
    pub(super) string: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Value,
    FirstItem,
    FirstKey,
    Key,
    Colon,
    /// After a value.
    Next,
    String {
        key: bool,
    },
    Escape {
        key: bool,
    },
    /// In a `\u` escape; `missing` hexadecimal digits remain.
    Hex {
        key: bool,
        missing: u8,
    },
    /// In `true`, `false` or `null`; holds the rest of the word.
    Word(&'static [u8]),
    Number(Number),
}

/// The part of a number that was read last (RFC 8259 §6).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Number {
    Minus,
    Zero,
    Integer,
    Point,
    Fraction,
    Exponent,
    Sign,
    Power,
}

impl Grammar {
    pub(super) const fn new() -> Self {
        Self { state: State::Value, open: Brackets::new(), string: 0 }
    }

    /// Reads the bytes of the text from `at` on; those before were read by earlier calls.
    pub(super) fn scan(&mut self, bytes: &[u8], mut at: usize) -> Scan {
        while let Some(&byte) = bytes.get(at) {
            self.state = match self.state {
                State::String { key } => {
                    at = special(bytes, at);
                    match bytes.get(at) {
                        None => return Scan::Incomplete,
                        Some(b'"') if key => State::Colon,
                        Some(b'"') if self.open.is_empty() => return Scan::Complete(at + 1),
                        Some(b'"') => State::Next,
                        Some(b'\\') => State::Escape { key },
                        Some(_) => return broken(at, Syntax::ControlCharacter),
                    }
                }
                State::Escape { key } => match byte {
                    b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' => State::String { key },
                    b'u' => State::Hex { key, missing: 4 },
                    _ => return broken(at, Syntax::InvalidEscape),
                },
                State::Hex { key, missing } if byte.is_ascii_hexdigit() => match missing {
                    1 => State::String { key },
                    _ => State::Hex { key, missing: missing - 1 },
                },
                State::Hex { .. } => return broken(at, Syntax::InvalidEscape),
                State::Number(number) => match number.followed_by(byte) {
                    Ok(Some(number)) => State::Number(number),
                    Ok(None) if self.open.is_empty() => return Scan::Complete(at),
                    Ok(None) => {
                        self.state = State::Next;
                        continue;
                    }
                    Err(syntax) => return broken(at, syntax),
                },
                State::Word(rest) => match rest {
                    [expected, rest @ ..] if *expected == byte => match rest {
                        [] if self.open.is_empty() => return Scan::Complete(at + 1),
                        [] => State::Next,
                        _ => State::Word(rest),
                    },
                    _ => return broken(at, Syntax::InvalidLiteral),
                },
                _ if is_space(byte) => {
                    at = space(bytes, at + 1);
                    continue;
                }
                State::Next => match (byte, self.open.top()) {
                    (b',', Some(Bracket::Object)) => State::Key,
                    (b',', Some(Bracket::Array)) => State::Value,
                    (b'}' | b']', _) => match self.close(byte) {
                        Some(true) => return Scan::Complete(at + 1),
                        Some(false) => State::Next,
                        None => return broken(at, Syntax::UnexpectedCharacter),
                    },
                    _ => return broken(at, Syntax::UnexpectedCharacter),
                },
                State::FirstKey | State::Key if byte == b'"' => {
                    (at, self.state) = self.members(bytes, at);
                    continue;
                }
                State::FirstKey if byte == b'}' => match self.close(byte) {
                    Some(true) => return Scan::Complete(at + 1),
                    _ => State::Next,
                },
                State::Colon if byte == b':' => State::Value,
                State::FirstKey | State::Key | State::Colon => {
                    return broken(at, Syntax::UnexpectedCharacter);
                }
                state @ (State::Value | State::FirstItem) => match byte {
                    b'"' => {
                        self.string = at;
                        State::String { key: false }
                    }
                    b'{' | b'[' if self.open.is_full() => {
                        return Scan::Broken(at, Reason::TooDeep { limit: Brackets::MOST });
                    }
                    b'{' => {
                        self.open.push(Bracket::Object);
                        State::FirstKey
                    }
                    b'[' => {
                        self.open.push(Bracket::Array);
                        State::FirstItem
                    }
                    b']' if state == State::FirstItem => match self.close(byte) {
                        Some(true) => return Scan::Complete(at + 1),
                        _ => State::Next,
                    },
                    b't' => State::Word(b"rue"),
                    b'f' => State::Word(b"alse"),
                    b'n' => State::Word(b"ull"),
                    b'-' => State::Number(Number::Minus),
                    b'0' => State::Number(Number::Zero),
                    b'1'..=b'9' => State::Number(Number::Integer),
                    _ => return broken(at, Syntax::UnexpectedCharacter),
                },
            };
            at += 1;
        }
        Scan::Incomplete
    }

    /// Reads complete members whose values are strings, from the opening quote of a key on. They make up
    /// most of an event, and this saves a turn of the machine for each token.
    fn members(&mut self, bytes: &[u8], mut at: usize) -> (usize, State) {
        loop {
            self.string = at;
            let quote = special(bytes, at + 1);
            if bytes.get(quote) != Some(&b'"') {
                return (at + 1, State::String { key: true });
            }
            if bytes.get(quote + 1) != Some(&b':') {
                return (quote + 1, State::Colon);
            }
            let value = space(bytes, quote + 2);
            if bytes.get(value) != Some(&b'"') {
                return (value, State::Value);
            }
            self.string = value;
            let quote = special(bytes, value + 1);
            if bytes.get(quote) != Some(&b'"') {
                return (value + 1, State::String { key: false });
            }
            if bytes.get(quote + 1) != Some(&b',') {
                return (quote + 1, State::Next);
            }
            at = space(bytes, quote + 2);
            if bytes.get(at) != Some(&b'"') {
                return (at, State::Key);
            }
        }
    }

    /// Returns whether the last byte that was read belongs to a string that is still open.
    pub(super) fn in_string(&self) -> bool {
        matches!(self.state, State::String { .. } | State::Escape { .. } | State::Hex { .. })
    }

    /// Returns whether a colon has to follow, after the key of a member.
    pub(super) fn expects_colon(&self) -> bool {
        self.state == State::Colon
    }

    /// Returns whether a comma or a closing bracket has to follow, or a key after a comma.
    pub(super) fn expects_member(&self) -> bool {
        matches!(self.state, State::Next | State::Key)
    }

    /// Returns whether this was the outermost bracket; `None` if it does not match the open one.
    fn close(&mut self, byte: u8) -> Option<bool> {
        let bracket = if byte == b'}' { Bracket::Object } else { Bracket::Array };
        (self.open.top() == Some(bracket)).then(|| {
            self.open.pop();
            self.open.is_empty()
        })
    }
}

impl Number {
    /// The part that `byte` belongs to; `None` if the number ends before it.
    fn followed_by(self, byte: u8) -> Result<Option<Self>, Syntax> {
        Ok(Some(match (self, byte) {
            (Self::Minus, b'0') => Self::Zero,
            (Self::Minus, b'1'..=b'9') | (Self::Integer, b'0'..=b'9') => Self::Integer,
            (Self::Zero | Self::Integer, b'.') => Self::Point,
            (Self::Point | Self::Fraction, b'0'..=b'9') => Self::Fraction,
            (Self::Zero | Self::Integer | Self::Fraction, b'e' | b'E') => Self::Exponent,
            (Self::Exponent, b'+' | b'-') => Self::Sign,
            (Self::Exponent | Self::Sign | Self::Power, b'0'..=b'9') => Self::Power,
            (Self::Zero, b'0'..=b'9')
            | (Self::Minus | Self::Point | Self::Exponent | Self::Sign, _) => {
                return Err(Syntax::InvalidNumber);
            }
            _ => return Ok(None),
        }))
    }
}

const fn broken(at: usize, syntax: Syntax) -> Scan {
    Scan::Broken(at, Reason::Syntax(syntax))
}

/// The next position that holds no white space.
#[inline]
fn space(bytes: &[u8], mut at: usize) -> usize {
    while bytes.get(at).is_some_and(|byte| is_space(*byte)) {
        at += 1;
    }
    at
}

/// White space of RFC 8259 §2.
pub(super) const fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\n' | b'\r' | b'\t')
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Bracket {
    Array,
    Object,
}

/// The brackets that are open, one bit each.
#[derive(Debug, Clone)]
pub(super) struct Brackets {
    objects: [u64; Self::MOST / 64],
    depth: usize,
}

impl Brackets {
    /// Far more than a decoder accepts by default, few enough to be stored inline.
    pub(super) const MOST: usize = 1024;

    pub(super) const fn new() -> Self {
        Self { objects: [0; Self::MOST / 64], depth: 0 }
    }

    pub(super) const fn is_empty(&self) -> bool {
        self.depth == 0
    }

    pub(super) const fn is_full(&self) -> bool {
        self.depth == Self::MOST
    }

    pub(super) fn push(&mut self, bracket: Bracket) {
        if let Some(word) = self.objects.get_mut(self.depth / 64) {
            let bit = 1 << (self.depth % 64);
            *word = if bracket == Bracket::Object { *word | bit } else { *word & !bit };
            self.depth += 1;
        }
    }

    pub(super) fn pop(&mut self) {
        self.depth = self.depth.saturating_sub(1);
    }

    pub(super) fn top(&self) -> Option<Bracket> {
        self.at(self.depth.checked_sub(1)?)
    }

    pub(super) fn holds(&self, bracket: Bracket) -> bool {
        (0..self.depth).any(|level| self.at(level) == Some(bracket))
    }

    /// Closes the innermost bracket of this kind and those inside of it, if there is one.
    pub(super) fn close(&mut self, bracket: Bracket) -> bool {
        let level = (0..self.depth).rev().find(|level| self.at(*level) == Some(bracket));
        self.depth = level.unwrap_or(self.depth);
        level.is_some()
    }

    fn at(&self, level: usize) -> Option<Bracket> {
        let word = self.objects.get(level / 64)?;
        Some(if word >> (level % 64) & 1 == 1 { Bracket::Object } else { Bracket::Array })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use migration_events_runtime::json::Reader;

    /// The scan of a text that arrives in two parts.
    fn in_two(text: &str, cut: usize) -> Scan {
        let mut grammar = Grammar::new();
        match grammar.scan(&text.as_bytes()[..cut], 0) {
            Scan::Incomplete => grammar.scan(text.as_bytes(), cut),
            done => done,
        }
    }

    #[test]
    fn scan_agrees_with_reader_at_every_cut() {
        let whole = r#" {"a" : [-0.5e+10, 1E5, 0, 12.25, true,false , null, "", "\u00e9\n\"x"],"b":{},"c":[]} "#;
        let texts = [
            whole,
            "[01]",
            "[1.]",
            "[-]",
            "[1e]",
            "[1e+]",
            "[.5]",
            "[tru]",
            "[nul ]",
            "{\"a\"}",
            "{,}",
            "[,]",
            "[1,]",
            "{\"a\":1,}",
            "{\"a\":}",
            "[1 2]",
            "{1}",
            "[\"\\x\"]",
            "[\"\\u12g4\"]",
            "[\"\u{1}\"]",
            "[}",
            "{]",
            "{\"a\" 1}",
            "]",
            "[1}",
            "[{}]",
            "[[[]]]x",
            "{\"a\":\"b\"}}",
        ];
        for text in texts {
            let mut reader = Reader::new(text);
            let read = reader.skip();
            for cut in 0..text.len() {
                match (in_two(text, cut), &read) {
                    (Scan::Complete(end), Ok(_)) => assert_eq!(end, reader.position(), "{text}"),
                    (Scan::Broken(..), Err(_)) => {}
                    (scan, read) => panic!("{text}: {scan:?}, {read:?}"),
                }
            }
        }
    }

    #[test]
    fn a_beginning_is_incomplete() {
        let text = r#"{"a":[1,"x\n\u00e9",{"b":null}]}"#;
        for end in 0..text.len() {
            assert_eq!(Grammar::new().scan(&text.as_bytes()[..end], 0), Scan::Incomplete);
        }
    }

    #[test]
    fn nesting_has_an_end() {
        let text = "[".repeat(2_000);
        let limit = Brackets::MOST;
        let broken = Scan::Broken(limit, Reason::TooDeep { limit });
        assert_eq!(Grammar::new().scan(text.as_bytes(), 0), broken);
    }
}
