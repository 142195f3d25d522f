//! Scalars: valid, and as unusual as valid ones can be.

use super::{CANARY, NUMERIC_CANARY};
use crate::Dice;

/// A string that holds the canary and much that parsers stumble over.
#[must_use]
pub fn hostile(dice: &mut Dice<'_>) -> String {
    const PARTS: &[&str] = &[
        "",
        "a",
        "\"",
        "\\",
        "/",
        "\u{0}",
        "\u{1f}",
        "\u{7f}",
        "\n",
        "\r\n",
        "\t",
        "\u{8}\u{c}",
        "é",
        "e\u{301}",
        "ß",
        "漢字",
        "\u{2028}",
        "\u{feff}",
        "\u{202e}",
        "😀",
        "\u{10ffff}",
        "\u{e000}",
        "{\"a\":1}",
        "null",
        "[",
        ",",
        "\\u0041",
        "%s",
        "</script>",
        "2021-08-11",
        "1e5",
        " ",
    ];
    let mut text = "x".repeat(dice.below(9));
    text.push_str(dice.word(PARTS));
    text.push_str(CANARY);
    for _ in 0..dice.below(4) {
        text.push_str(dice.word(PARTS));
    }
    if dice.once_in(200) {
        text.push_str(&"long ".repeat(dice.below(400)));
    }
    text
}

/// A string in which a `0` or a `1` stands somewhere.
#[must_use]
pub fn with_binary_digit(dice: &mut Dice<'_>) -> String {
    match dice.below(4) {
        0 => "1".to_owned(),
        1 => "0".to_owned(),
        2 => format!("{}{}", hostile(dice), dice.below(2)),
        _ => format!("{}\n{}", dice.below(2), hostile(dice)),
    }
}

/// A key that no contract knows, or that one knows in another place.
#[must_use]
pub fn key(dice: &mut Dice<'_>) -> String {
    const KEYS: &[&str] = &[
        "extra",
        "",
        "~",
        "/",
        "a/b~1c~0",
        "\u{0}",
        "\"",
        "\\",
        " ",
        "é",
        "e\u{301}",
        "😀",
        "0",
        "-1",
        "__proto__",
        "$ref",
        "type",
        "data",
        "id",
        "Id",
        "ID",
        "entity",
        "migration",
        "origin",
        "first_cycle_to_discount",
        "first_cycles_to_discounts",
        "version_dat",
        "r#type",
        "\u{feff}id",
        "detail",
        "correlationid",
        "time",
        "source",
    ];
    if dice.once_in(40) { "long".repeat(1 + dice.below(200)) } else { dice.word(KEYS).to_owned() }
}

/// An integer that `i64` holds.
#[must_use]
pub fn integer(dice: &mut Dice<'_>) -> String {
    const EXTREMES: &[&str] = &[
        "0",
        "1",
        "-1",
        "-0",
        "9007199254740993",
        "2147483648",
        "-2147483649",
        "9223372036854775807",
        "-9223372036854775808",
        "0.0",
        "-0.0",
        "0e0",
        "0e-400",
        "0E99999999999999999999",
    ];
    if dice.once_in(4) {
        return dice.word(EXTREMES).to_owned();
    }
    let sign = if dice.once_in(3) { "-" } else { "" };
    let spare = dice.below(8);
    let digits = format!("{NUMERIC_CANARY}{}", dice.digits(spare));
    match dice.below(6) {
        4 => format!("{sign}{digits}.000"),
        5 => {
            let (first, rest) = digits.split_at(1);
            format!("{sign}{first}.{rest}e{}{}", if spare > 4 { "+" } else { "" }, rest.len())
        }
        _ => format!("{sign}{digits}"),
    }
}

/// A number that a decimal of 96 bits and 28 places holds with every digit.
#[must_use]
pub fn decimal(dice: &mut Dice<'_>) -> String {
    const EXTREMES: &[&str] = &[
        "0",
        "0.0",
        "-0.0",
        "0.00",
        "1e2",
        "1E+2",
        "1e-2",
        "-1.50e1",
        "99.999",
        "14.70",
        "79228162514264337593543950335",
        "-79228162514264337593543950335",
        "7.9228162514264337593543950335",
        "0.0000000000000000000000000001",
        "1e28",
        "1e-28",
        "0e99",
        "9007199254740993",
        "0.1",
        "0.30000000000000004",
        "123456789012345678901234567.8",
    ];
    if dice.once_in(4) {
        return dice.word(EXTREMES).to_owned();
    }
    let sign = if dice.once_in(3) { "-" } else { "" };
    let whole = dice.below(8);
    let places = dice.below(12);
    let whole = dice.digits(whole);
    let point = if places == 0 { "" } else { "." };
    format!("{sign}{NUMERIC_CANARY}{whole}{point}{}", dice.digits(places))
}

/// Any number that the grammar allows.
#[must_use]
pub fn any_number(dice: &mut Dice<'_>) -> String {
    const EXTREMES: &[&str] = &[
        "9223372036854775808",
        "-9223372036854775809",
        "18446744073709551616",
        "1e400",
        "-1e400",
        "1e-400",
        "1E999999999999999999999999",
        "79228162514264337593543950336",
        "0.00000000000000000000000000001",
        "1.00000000000000000000000000000000000000000",
        "12.0",
        "1.2e1",
        "1200e-2",
        "-0",
        "-0.0",
        "0e5",
        "12.5",
        "1e-1",
        "1e19",
        "1e28",
        "1e29",
        "0e-29",
        "1.0000000000000000000000000000000000000000000000001",
    ];
    match dice.below(3) {
        0 => dice.word(EXTREMES).to_owned(),
        1 => {
            let count = 20 + dice.below(40);
            format!("{NUMERIC_CANARY}{}", dice.digits(count))
        }
        _ => {
            let (whole, places, power) = (dice.below(30), dice.below(30), dice.below(60));
            let whole = dice.digits(whole);
            let places = dice.digits(places);
            let sign = dice.word(&["", "-", "+"]);
            format!("{NUMERIC_CANARY}{whole}.0{places}e{sign}{power}")
        }
    }
}

/// A date of the calendar, years 0000 to 9999.
#[must_use]
pub fn date(dice: &mut Dice<'_>) -> String {
    let year = match dice.below(4) {
        0 => *dice
            .pick(&[2023, 0, 1, 4, 100, 400, 1582, 1600, 1900, 1969, 1970, 1972, 2000, 2100, 9999]),
        _ => dice.below(10_000),
    };
    let month = 1 + dice.below(12);
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let last = match month {
        2 => 28 + usize::from(leap),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    let day = if dice.once_in(3) { last } else { 1 + dice.below(last) };
    format!("{year:04}-{month:02}-{day:02}")
}

/// An RFC 3339 date-time: all offsets, leap seconds, any number of fraction digits.
#[must_use]
pub fn date_time(dice: &mut Dice<'_>) -> String {
    let (minus, hours, minutes) = match dice.below(3) {
        0 => (false, 0, 0),
        1 => (dice.once_in(2), dice.below(24), dice.below(60)),
        _ => (dice.once_in(2), *dice.pick(&[0, 1, 5, 14, 23]), *dice.pick(&[0, 30, 45, 59])),
    };
    let offset = hours * 60 + minutes;
    let (of_day, second) = if dice.once_in(6) {
        // 23:59:60 in UTC.
        let utc = 23 * 60 + 59;
        let local = if minus { utc + 24 * 60 - offset } else { utc + offset };
        (local % (24 * 60), 60)
    } else {
        (dice.below(24 * 60), dice.below(60))
    };
    let zone = match offset {
        0 => dice.word(&["Z", "z", "+00:00", "-00:00"]).to_owned(),
        _ => format!("{}{hours:02}:{minutes:02}", if minus { '-' } else { '+' }),
    };
    let digits = *dice.pick(&[0, 3, 6, 0, 1, 2, 7, 9, 10, 12, 40]);
    let fraction = if digits == 0 { String::new() } else { format!(".{}", dice.digits(digits)) };
    let t = if dice.once_in(5) { 't' } else { 'T' };
    format!("{}{t}{:02}:{:02}:{second:02}{fraction}{zone}", date(dice), of_day / 60, of_day % 60)
}

/// A UUID in its hyphenated form, in any letter case.
#[must_use]
pub fn uuid(dice: &mut Dice<'_>) -> String {
    let mixed = dice.below(4);
    let mut text = String::with_capacity(36);
    for index in 0..36 {
        if matches!(index, 8 | 13 | 18 | 23) {
            text.push('-');
            continue;
        }
        let digit = char::from(b"0123456789abcdef"[dice.below(16)]);
        let upper = mixed == 1 || mixed == 2 && dice.once_in(2);
        text.push(if upper { digit.to_ascii_uppercase() } else { digit });
    }
    text
}
