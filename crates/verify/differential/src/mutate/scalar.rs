//! Changes of strings and numbers.

use crate::Dice;
use crate::generate::{CANARY, text};

/// A number in the place of another.
pub(super) fn stretched(dice: &mut Dice<'_>) -> String {
    match dice.below(3) {
        0 => text::any_number(dice),
        1 => text::decimal(dice),
        _ => text::integer(dice),
    }
}

/// A word of a contract, or nearly.
pub(super) fn misspelt(word: String, dice: &mut Dice<'_>) -> String {
    match dice.below(6) {
        0 => word.to_lowercase(),
        1 => format!("{word}{CANARY}"),
        2 => format!(" {word}"),
        3 => format!("{word}\u{0}"),
        _ => word,
    }
}

/// A date, an instant or a UUID that may not be one any more.
pub(super) fn bent(old: &str, dice: &mut Dice<'_>) -> String {
    const ZONES: &[&str] = &[
        "", "Z", "z", "+00:00", "-00:00", "+23:59", "-23:59", "+24:00", "-00:60", "+0000", "+00",
        "UTC", "+01:0", " Z", "Z ", "ZZ", "+-1:00", "+/0:00", "Z\n", "-14:30",
    ];
    const DATES: &[&str] = &[
        "2023-02-29",
        "2024-02-29",
        "1900-02-29",
        "2000-02-29",
        "0000-02-29",
        "2023-02-30",
        "2023-04-31",
        "2023-00-10",
        "2023-13-10",
        "2023-10-00",
        "2023-10-32",
        "10000-01-01",
        "-001-01-01",
        "+2023-01-01",
        "2023-1-01",
        "20230101",
        "2023/01/01",
        "9999-12-31",
        "０２３-01-01",
    ];
    const TIMES: &[&str] = &[
        "24:00:00",
        "23:59:60",
        "23:59:61",
        "22:59:60",
        "00:00:00",
        "23:60:00",
        "1:00:00",
        "10:00",
        "10:00:00.",
        "10:00:00,5",
        "10:00:00.0000000000000000000000001",
        "10:00:00.999999999999",
        "100000",
        "23:59:60.5",
        "10:00:00.123456789",
        "10:00:00.٣",
    ];
    if old.len() == 36 && !old.contains(':') {
        return match dice.below(8) {
            0 => format!("urn:uuid:{old}"),
            1 => format!("{{{old}}}"),
            2 => old.replace('-', ""),
            3 => old.to_uppercase(),
            4 => old.replacen('-', "_", 1),
            5 => format!("{old}{CANARY}"),
            6 => old.replacen(|c: char| c.is_ascii_digit(), "g", 1),
            _ => any_byte(old, dice),
        };
    }
    let (date, rest) = old.split_at(10);
    let instant = rest.starts_with(['T', 't']) && rest.len() >= 9;
    if !instant {
        return match dice.below(4) {
            0 => format!("{old}T00:00:00Z"),
            1 => format!("{old}{CANARY}"),
            2 => dice.word(DATES).to_owned(),
            _ => any_byte(old, dice),
        };
    }
    let (time, zone) = match rest[1..].find(['Z', 'z', '+', '-']) {
        Some(end) => rest[1..].split_at(end),
        None => (&rest[1..], ""),
    };
    match dice.below(9) {
        0 => format!("{date} {time}{zone}"),
        1 => format!("{date}t{time}{}", zone.to_lowercase()),
        2 => format!("{date}T{time}{}", dice.word(ZONES)),
        3 => format!("{date}T{}{zone}", dice.word(TIMES)),
        4 => format!("{}T{time}{zone}", dice.word(DATES)),
        5 => format!("{}T{}{}", dice.word(DATES), dice.word(TIMES), dice.word(ZONES)),
        6 => format!("{old}{CANARY}"),
        7 => date.to_owned(),
        _ => any_byte(old, dice),
    }
}

/// Another ASCII character in the place of one.
fn any_byte(old: &str, dice: &mut Dice<'_>) -> String {
    let mut bytes: Vec<char> = old.chars().collect();
    let place = dice.below(bytes.len());
    bytes[place] = char::from(dice.below(128) as u8);
    bytes.into_iter().collect()
}
