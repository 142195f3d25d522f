//! Strings of JSON text (RFC 8259 §7).

use super::stop::{Fault, Syntax};

/// Returns the end of the string whose first byte after the quote is at `start`.
#[inline]
pub(super) fn skip(bytes: &[u8], start: usize) -> Result<usize, Fault> {
    let mut at = start;
    loop {
        at = special(bytes, at);
        match bytes.get(at) {
            Some(b'"') => return Ok(at + 1),
            Some(b'\\') => at = escape(bytes, at)?.1,
            Some(_) => return Err((Syntax::ControlCharacter, at)),
            None => return Err((Syntax::UnexpectedEnd, at)),
        }
    }
}

/// Position of the first quote, backslash or control character at or after `from`, else the length.
#[inline]
pub fn special(bytes: &[u8], from: usize) -> usize {
    const ONES: u64 = u64::MAX / 0xff;
    const HIGH: u64 = ONES << 7;

    // Eight bytes at a time. Each term has the high bit of a byte set where that byte matches; a borrow
    // can set it falsely, but only above a true match, and the lowest one is what is looked for.
    let (chunks, rest) = bytes.get(from..).unwrap_or_default().as_chunks::<8>();
    for (index, chunk) in chunks.iter().enumerate() {
        let word = u64::from_le_bytes(*chunk);
        let quote = word ^ (ONES * b'"' as u64);
        let backslash = word ^ (ONES * b'\\' as u64);
        let control = word.wrapping_sub(ONES * 0x20) & !word;
        let matches = (control
            | (quote.wrapping_sub(ONES) & !quote)
            | (backslash.wrapping_sub(ONES) & !backslash))
            & HIGH;
        if matches != 0 {
            return from + index * 8 + (matches.trailing_zeros() / 8) as usize;
        }
    }
    let special = |byte: &u8| matches!(byte, b'"' | b'\\' | 0..0x20);
    bytes.len() - rest.len() + rest.iter().position(special).unwrap_or(rest.len())
}

/// Position of the first byte at or after `from` that is not white space, else the length.
#[inline]
pub(super) fn after_space(bytes: &[u8], from: usize) -> usize {
    const BLANKS: u64 = u64::from_le_bytes([b' '; 8]);

    let mut at = from;
    while let Some(b' ' | b'\n' | b'\r' | b'\t') = bytes.get(at) {
        at += 1;
        // Eight at a time: most of it is indentation.
        while let Some(chunk) = bytes.get(at..).and_then(<[u8]>::first_chunk) {
            let other = u64::from_le_bytes(*chunk) ^ BLANKS;
            if other != 0 {
                at += (other.trailing_zeros() / 8) as usize;
                break;
            }
            at += 8;
        }
    }
    at
}

/// Reads the string whose first byte after the quote is at `start`, and whose first byte that is not plain is
/// at `stop`; returns its end after the quote.
pub(super) fn unescape(
    text: &str,
    start: usize,
    mut stop: usize,
) -> Result<(String, usize), Fault> {
    let bytes = text.as_bytes();
    let mut out = String::from(&text[start..stop]);
    loop {
        match bytes.get(stop) {
            Some(b'"') => return Ok((out, stop + 1)),
            Some(b'\\') => {
                let (character, end) = escape(bytes, stop)?;
                out.push(character);
                stop = special(bytes, end);
                out.push_str(&text[end..stop]);
            }
            Some(_) => return Err((Syntax::ControlCharacter, stop)),
            None => return Err((Syntax::UnexpectedEnd, stop)),
        }
    }
}

/// Reads the escape whose backslash is at `at`; returns its character and its end.
fn escape(bytes: &[u8], at: usize) -> Result<(char, usize), Fault> {
    let character = match bytes.get(at + 1) {
        Some(b'"') => '"',
        Some(b'\\') => '\\',
        Some(b'/') => '/',
        Some(b'b') => '\u{8}',
        Some(b'f') => '\u{c}',
        Some(b'n') => '\n',
        Some(b'r') => '\r',
        Some(b't') => '\t',
        Some(b'u') => return unicode(bytes, at),
        Some(_) => return Err((Syntax::InvalidEscape, at)),
        None => return Err((Syntax::UnexpectedEnd, bytes.len())),
    };
    Ok((character, at + 2))
}

/// Reads `\uXXXX`, or two of them when they are a surrogate pair.
fn unicode(bytes: &[u8], at: usize) -> Result<(char, usize), Fault> {
    let unit = hex(bytes, at)?;
    if let Some(character) = char::from_u32(unit) {
        return Ok((character, at + 6));
    }
    // `unit` is a surrogate: a high one, followed by a low one, or nothing at all.
    if unit < 0xdc00 {
        match bytes.get(at + 6..) {
            Some([b'\\', b'u', ..]) => {
                let low = hex(bytes, at + 6)?;
                if let 0xdc00..=0xdfff = low {
                    let scalar = 0x1_0000 + ((unit - 0xd800) << 10) + (low - 0xdc00);
                    return char::from_u32(scalar)
                        .map(|character| (character, at + 12))
                        .ok_or((Syntax::LoneSurrogate, at));
                }
            }
            None | Some([] | [b'\\']) => return Err((Syntax::UnexpectedEnd, bytes.len())),
            Some(_) => {}
        }
    }
    Err((Syntax::LoneSurrogate, at))
}

/// The four hexadecimal digits of the `\u` at `at`.
fn hex(bytes: &[u8], at: usize) -> Result<u32, Fault> {
    let mut unit = 0;
    for offset in 2..6 {
        let Some(&byte) = bytes.get(at + offset) else {
            return Err((Syntax::UnexpectedEnd, bytes.len()));
        };
        let digit = char::from(byte).to_digit(16).ok_or((Syntax::InvalidEscape, at))?;
        unit = unit << 4 | digit;
    }
    Ok(unit)
}
