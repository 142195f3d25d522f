//! Changes of the bytes of a message, after which it may not be JSON.

use crate::Dice;

/// Changes a message in one to three places, or cuts it off.
pub fn damage(message: &mut Vec<u8>, dice: &mut Dice<'_>) {
    const TOKENS: &[&[u8]] = &[
        b",",
        b":",
        b"]",
        b"}",
        b"[",
        b"{",
        b"\"",
        b"\\",
        b"\\ud800",
        b"\\udc00\\ud800",
        b"\\u12g4",
        b"\\x41",
        b"\x00",
        b"\x1f",
        b"\x7f",
        b"\xff",
        b"\xc0\x80",
        b"\xed\xa0\x80",
        b"\xf4\x90\x80\x80",
        b"\xef\xbb\xbf",
        b"\xc2\xa0",
        b"NaN",
        b"Infinity",
        b"nul",
        b"tru",
        b"True",
        b"01",
        b"1.",
        b".5",
        b"+1",
        b"1e",
        b"1e+",
        b"--1",
        b"0x1",
        b"//",
        b"/**/",
        b"'a'",
        b"\x0b",
        b"\x0c",
        b"\xe2\x80\xa8",
        b"null",
        b"{}",
        b"[]",
        b"\"\"",
        b" ",
    ];
    for _ in 0..*dice.pick(&[1, 1, 2, 3]) {
        let place = place(message, dice);
        match dice.below(7) {
            0 => {
                let token = dice.pick(TOKENS);
                message.splice(place..place, token.iter().copied());
            }
            1 => {
                let sign = *dice.pick(b"0-+.eE,:\"\\/ \0[]{}");
                message.insert(place, sign);
            }
            2 => message.truncate(place),
            3 if place < message.len() => drop(message.remove(place)),
            4 if place < message.len() => message[place] ^= 1 << dice.below(8),
            5 if place < message.len() => message[place] = dice.below(256) as u8,
            6 => {
                let end = (place + dice.below(20)).min(message.len());
                let again = message[place..end].to_vec();
                message.splice(place..place, again);
            }
            _ => {}
        }
    }
}

/// A place in a message: any one, or one where a token begins or ends.
fn place(message: &[u8], dice: &mut Dice<'_>) -> usize {
    let any = dice.below(message.len() + 1);
    if dice.once_in(3) {
        return any;
    }
    let is_word = |byte: u8| byte.is_ascii_alphanumeric() || b"-+.".contains(&byte);
    let is_edge = |place: usize| {
        let (before, after) = (message[place - 1], message[place]);
        is_word(before) != is_word(after) || !is_word(before) && before != b' '
    };
    (any.max(1)..message.len()).find(|place| is_edge(*place)).unwrap_or(any)
}
