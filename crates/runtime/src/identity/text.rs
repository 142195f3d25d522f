//! Texts of keys: parts, percent-encoded and joined; what is long ends in a hash.

use crate::Timestamp;

/// The longest text of joined parts, in bytes.
const MAX_JOINED: usize = 150;

/// The longest beginning of a text that is kept before a hash.
const MAX_KEPT: usize = 80;

/// Joins percent-encoded parts with slashes. Beyond 150 bytes, the text is the first parts that fit, then `#`
/// and the SHA-256 of all parts. Different parts have different texts.
pub(super) fn join<'p>(parts: impl IntoIterator<Item = &'p str, IntoIter: Clone>) -> String {
    let parts = parts.into_iter();
    let (mut text, mut kept) = (String::with_capacity(64), 0);
    for (index, part) in parts.clone().enumerate() {
        if index > 0 {
            text.push('/');
        }
        // Encoding only lengthens: a long part is not written out first.
        let fits = text.len() + part.len() <= MAX_JOINED;
        if fits {
            encode(part, &mut text);
        }
        if !fits || text.len() > MAX_JOINED {
            text.truncate(kept);
            text.push('#');
            push_hex(&digest(parts), &mut text);
            return text;
        }
        // With the slash after it.
        if text.len() < MAX_KEPT {
            kept = text.len() + 1;
        }
    }
    text
}

/// Puts a part before a text of joined ones; both are shortened where they are long.
pub(super) fn within(part: &str, joined: &str) -> String {
    const MAX_PART: usize = 65;
    let mut first = String::new();
    if part.len() <= MAX_PART {
        encode(part, &mut first);
    }
    if part.len() > MAX_PART || first.len() > MAX_PART {
        first.clear();
        first.push('#');
        push_hex(&digest([part].into_iter()), &mut first);
    }
    let mut text = first;
    text.push('/');
    if joined.len() <= MAX_JOINED {
        text.push_str(joined);
    } else {
        text.push('#');
        push_hex(&digest([joined].into_iter()), &mut text);
    }
    text
}

/// Appends an instant in UTC, with as few fraction digits as hold it, after `@`, which no part has.
pub(super) fn push_version(version: &Timestamp, out: &mut String) {
    out.push('@');
    let utc = version.to_utc();
    // Beyond year 9999 or before 0000 once the offset is taken away: no RFC 3339 text.
    let written = Timestamp::try_from(utc).map(|version| version.to_string());
    out.push_str(&written.unwrap_or_else(|_| utc.to_rfc3339()));
}

fn encode(part: &str, out: &mut String) {
    for byte in part.bytes() {
        // RFC 3986 §2.3, and the colon, which times and names of systems are full of.
        if byte.is_ascii_alphanumeric() || b"-._~:".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push('%');
            push_byte(byte, b"0123456789ABCDEF", out);
        }
    }
}

/// The hash of the parts and their lengths.
fn digest<'p>(parts: impl Iterator<Item = &'p str>) -> [u8; 32] {
    let mut hash = hmac_sha256::Hash::new();
    for part in parts {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    }
    hash.finalize()
}

fn push_hex(bytes: &[u8], out: &mut String) {
    for byte in bytes {
        push_byte(*byte, b"0123456789abcdef", out);
    }
}

fn push_byte(byte: u8, digits: &[u8; 16], out: &mut String) {
    out.push(char::from(digits[usize::from(byte >> 4)]));
    out.push(char::from(digits[usize::from(byte & 0xf)]));
}
