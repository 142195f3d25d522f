//! Recognises events by their first keys.
//!
//! Inside a broken event, the first keys of an object decide whether it belongs to that event or is the
//! next one.

use super::grammar::is_space;

/// Maximum length of a key at the beginning of an event.
const LONGEST_KEY: usize = 128;

/// Number of bytes of an object that are examined.
pub(super) const LOOK_AHEAD: usize = 1024;

/// Number of skipped bytes that are kept; evidence of what a byte belongs to is never further away.
pub(super) const KEEP: usize = 256;

/// Maximum number of different beginnings that are remembered.
const MOST: usize = 64;

/// Number of events at the start of a stream that are all examined.
const FIRST: u64 = 256;

/// After those, one of this number of events is.
const THEN_ONE_OF: u64 = 64;

/// Result of examining the part of a text that has been read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Look<T> {
    Found(T),
    Nothing,
    /// More text is needed to decide.
    More,
}

/// The first two keys of an object, in order of the text, hashed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Signature(u64);

/// The beginnings of the intact events of a stream.
#[derive(Debug, Clone, Default)]
pub(super) struct Heads {
    known: Vec<Signature>,
    seen: u64,
}

impl Heads {
    /// Counts an intact event, and examines it if it is its turn.
    #[inline]
    pub(super) fn saw(&mut self, text: &[u8]) {
        self.seen += 1;
        if self.seen <= FIRST || self.seen.is_multiple_of(THEN_ONE_OF) {
            self.learn(text);
        }
    }

    pub(super) fn learn(&mut self, text: &[u8]) {
        let space = text.iter().take_while(|byte| is_space(**byte)).count();
        if let Look::Found(signature) = signature(&text[space..], true)
            && self.known.len() < MOST
            && !self.knows(signature)
        {
            self.known.push(signature);
        }
    }

    pub(super) fn knows(&self, signature: Signature) -> bool {
        self.known.contains(&signature)
    }
}

/// The key and colon at `at`: the position of the closing quote, and the one after the colon.
pub(super) fn key(text: &[u8], at: usize, end: bool) -> Look<(usize, usize)> {
    let more = if end { Look::Nothing } else { Look::More };
    match text.get(at) {
        Some(b'"') => {}
        Some(_) => return Look::Nothing,
        None => return more,
    }
    let rest = &text[at + 1..];
    let stop = rest.iter().take(LONGEST_KEY).position(|byte| matches!(byte, b'"' | 0..0x20));
    let Some(length) = stop else {
        return if rest.len() < LONGEST_KEY { more } else { Look::Nothing };
    };
    let quote = at + 1 + length;
    if text[quote] != b'"' {
        return Look::Nothing;
    }
    let colon = skip_space(text, quote + 1);
    match text.get(colon) {
        Some(b':') => Look::Found((quote, colon + 1)),
        Some(_) => Look::Nothing,
        None => more,
    }
}

/// Checks whether an object with a member begins with the first byte; `end` if no more text comes.
pub(super) fn head(text: &[u8], end: bool) -> Look<()> {
    match key(text, skip_space(text, 1), end) {
        Look::Found(_) => Look::Found(()),
        Look::Nothing => Look::Nothing,
        Look::More => Look::More,
    }
}

/// The signature of the object that begins with the first byte; `end` if no more text comes.
pub(super) fn signature(text: &[u8], end: bool) -> Look<Signature> {
    let more_may_come = text.is_empty() && !end;
    if text.first() != Some(&b'{') && !more_may_come {
        return Look::Nothing;
    }
    let end = end || text.len() >= LOOK_AHEAD;
    let text = &text[..text.len().min(LOOK_AHEAD)];
    let first = skip_space(text, 1);
    let (quote, value) = match key(text, first, end) {
        Look::Found(found) => found,
        Look::Nothing => return Look::Nothing,
        Look::More => return Look::More,
    };
    let hash = hash(0xcbf2_9ce4_8422_2325, &text[first..quote]);
    match second(text, value, end) {
        Look::Found((first, quote)) => {
            Look::Found(Signature(self::hash(hash, &text[first..quote])))
        }
        Look::Nothing => Look::Found(Signature(hash)),
        Look::More => Look::More,
    }
}

/// The next key in order of the text: the first one in the value, or the one after it.
fn second(text: &[u8], value: usize, end: bool) -> Look<(usize, usize)> {
    let more = if end { Look::Nothing } else { Look::More };
    let mut at = skip_space(text, value);
    match text.get(at) {
        None => return more,
        Some(b'{') => {}
        Some(b'[') => return Look::Nothing,
        Some(b'"') => {
            loop {
                at = migration_events_runtime::__private::internal::special(text, at + 1);
                match text.get(at) {
                    Some(b'\\') => at += 1,
                    Some(b'"') => break,
                    Some(_) => return Look::Nothing,
                    None => return more,
                }
            }
            at = skip_space(text, at + 1);
        }
        Some(_) => {
            let scalar = |byte: &u8| byte.is_ascii_alphanumeric() || b"+-.".contains(byte);
            at += text[at..].iter().take_while(|byte| scalar(byte)).count();
            at = skip_space(text, at);
        }
    }
    match text.get(at) {
        Some(b'{' | b',') => {}
        Some(_) => return Look::Nothing,
        None => return more,
    }
    let first = skip_space(text, at + 1);
    match key(text, first, end) {
        Look::Found((quote, _)) => Look::Found((first, quote)),
        Look::Nothing => Look::Nothing,
        Look::More => Look::More,
    }
}

pub(super) fn skip_space(text: &[u8], at: usize) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    at + rest.iter().take_while(|byte| is_space(**byte)).count()
}

/// FNV-1a.
fn hash(start: u64, bytes: &[u8]) -> u64 {
    bytes.iter().fold(start, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_ignores_white_space_and_values() {
        let same = [
            r#"{"a":{"b":1}}"#,
            "{ \"a\" :\n {\"b\" : 2",
            r#"{"a":"x\"}","b":1}"#,
            r#"{"a":-1.5e+3 , "b":"#,
            r#"{"a":null,"b":1}"#,
        ];
        let signatures = same.map(|text| signature(text.as_bytes(), true));
        assert!(matches!(signatures[0], Look::Found(_)));
        assert!(signatures.iter().all(|signature| *signature == signatures[0]));
        for other in [r#"{"a":[{"b":1}]}"#, r#"{"a":{"c":1}}"#, r#"{"a":1}"#, r#"{"b":{"a":1}}"#] {
            assert_ne!(signature(other.as_bytes(), true), signatures[0]);
        }
        for none in ["", "{", "{}", "[]", r#"{"a"}"#, r#"{"a"#, "{\"a\n\":1}"] {
            assert_eq!(signature(none.as_bytes(), true), Look::Nothing);
        }
    }

    #[test]
    fn a_partial_signature_asks_for_more() {
        let text = r#"{ "a" : "long" , "b" : 1}"#;
        let whole = signature(text.as_bytes(), true);
        for end in 0..text.len() {
            let part = signature(&text.as_bytes()[..end], false);
            assert!(part == Look::More || part == whole, "{end}: {part:?}");
        }
    }
}
