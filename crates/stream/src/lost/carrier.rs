//! The members that carry the payload of an envelope, recognised even if one byte near them is damaged.

use crate::heads::{KEEP, Look, key, skip_space};

/// Pismo and CloudEvents, EventBridge, SNS, others.
const CARRIERS: [&[u8]; 4] = [b"data", b"detail", b"Message", b"payload"];

/// Longest carrier with quotes and colon, one more byte, and the byte before it.
const LONGEST: usize = 12;

/// Returns whether the text ends with the key and the colon of a carrier, or with what one replaced, removed or
/// added byte makes of them: then the value after it is a payload. A bracket of a list may follow the colon.
///
/// White space is ignored; text that shows nothing else does not show what the value belongs to, and counts as a
/// carrier.
pub(super) fn follows_carrier(before: &[u8]) -> bool {
    let mut tail = [0; LONGEST];
    let mut start = LONGEST;
    for byte in before.iter().rev().filter(|byte| **byte > b' ').take(LONGEST) {
        start -= 1;
        tail[start] = *byte;
    }
    let tail = &tail[start..];
    if tail.is_empty() {
        return before.len() == KEEP;
    }
    ends_with_carrier(tail)
        || tail
            .strip_suffix(b"[")
            .is_some_and(|tail| tail.ends_with(b":") && ends_with_carrier(tail))
}

fn ends_with_carrier(tail: &[u8]) -> bool {
    CARRIERS.iter().any(|name| {
        let whole = name.len() + 3;
        (whole - 1..=whole + 1).any(|len| {
            let Some(start) = tail.len().checked_sub(len) else { return false };
            let (before, key) = tail.split_at(start);
            // `"metadata":` ends like a key whose quote is damaged.
            let is_inside_word = before.last().is_some_and(u8::is_ascii_alphanumeric);
            (key[0] == b'"' || !is_inside_word) && is_near(key, name)
        })
    })
}

/// Returns whether at most one byte distinguishes a text from `"name":`.
fn is_near(text: &[u8], name: &[u8]) -> bool {
    let whole = || [b'"'].into_iter().chain(name.iter().copied()).chain(*b"\":");
    let len = name.len() + 3;
    let prefix = text.iter().zip(whole()).take_while(|(byte, other)| *byte == other).count();
    let suffix = text.iter().rev().zip(whole().rev()).take_while(|(byte, other)| *byte == other);
    prefix + suffix.count() + 1 >= len.max(text.len())
}

/// Returns whether the first key of the object that begins with the first byte is a carrier: a bracket in the
/// place of the comma before it makes an envelope's last members an object of their own.
pub(super) fn begins_with_carrier(object: &[u8]) -> bool {
    let start = skip_space(object, 1);
    match key(object, start, true) {
        Look::Found((quote, _)) => CARRIERS.contains(&&object[start + 1..quote]),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_damaged_byte_does_not_hide_a_carrier() {
        for name in ["data", "detail", "Message", "payload"] {
            let whole = format!(r#","{name}":"#).into_bytes();
            assert!(follows_carrier(&whole));
            for at in 1..whole.len() {
                for byte in 0..=u8::MAX {
                    let (mut replaced, mut added) = (whole.clone(), whole.clone());
                    replaced[at] = byte;
                    added.insert(at, byte);
                    assert!(follows_carrier(&replaced), "{replaced:?}");
                    assert!(follows_carrier(&added), "{added:?}");
                }
                let mut removed = whole.clone();
                removed.remove(at);
                assert!(follows_carrier(&removed), "{removed:?}");
            }
        }
    }

    #[test]
    fn other_keys_are_not_carriers() {
        for text in [
            r#","metadata":"#,
            r#","entity":"#,
            r#","dada":[{},"#,
            r#"{"a":1}"#,
            r#""dat"#,
            "",
            "\n",
        ] {
            assert!(!follows_carrier(text.as_bytes()), "{text}");
        }
        assert!(follows_carrier(b"\"data\" :\r\n  ") && follows_carrier(b"\"data\": ["));
        assert!(follows_carrier(&[b' '; KEEP]));
        assert!(begins_with_carrier(br#"{ "data":1"#) && !begins_with_carrier(br#"{"date":1"#));
    }
}
