//! Strings: of a format, of a pattern, of a length, hostile ones.

use super::applied::Applied;
use super::dice::Dice;
use super::pattern;
use super::tree::Tree;
use super::value::Generator;
use crate::validate::schema::{Assertion, Format};

/// Text that breaks naive writers, parsers and escapers.
const HOSTILE: [&str; 24] = [
    "",
    " ",
    "\"",
    "\\",
    "\\\"",
    "\\u0041",
    "\0",
    "\u{1f}\u{7f}",
    "\r\n\t\u{8}\u{c}",
    "/",
    "</script>",
    "\u{2028}\u{2029}",
    "\u{feff}",
    "\u{fffd}\u{ffff}",
    "😀\u{10ffff}",
    "e\u{301}",
    "\u{202e}abc",
    "null",
    "true",
    "0",
    "{}",
    "NaN",
    "$serde_json::private::RawValue",
    "__proto__",
];

/// A string; whether all of its assertions hold is for the caller to find out.
pub(super) fn text(generator: &mut Generator<'_>, applied: &Applied) -> Option<Tree> {
    for assertion in applied.assertions() {
        match *assertion {
            Assertion::ContentSchema(schema) => {
                return generator.value(&[schema]).map(|inside| Tree::Text(inside.to_json()));
            }
            Assertion::Format(format) => {
                return formatted(&mut generator.dice, format).map(Tree::Text);
            }
            Assertion::Pattern(pattern) => {
                if let Some(text) = pattern::matching(&mut generator.dice, pattern) {
                    return Some(Tree::Text(text));
                }
            }
            _ => {}
        }
    }
    let least = applied.at_least(|assertion| match assertion {
        Assertion::MinLength(limit) => Some(*limit),
        _ => None,
    });
    let most = applied.at_most(|assertion| match assertion {
        Assertion::MaxLength(limit) => Some(*limit),
        _ => None,
    });
    sized(&mut generator.dice, least, most).map(Tree::Text)
}

/// Any text, most often as short as it may be or as long.
pub(super) fn sized(dice: &mut Dice<'_>, least: usize, most: usize) -> Option<String> {
    // Nobody is helped by a test that writes gigabytes.
    if least > 1 << 20 {
        return None;
    }
    let length = match dice.below(4) {
        0 => least,
        1 if most < 1 << 16 => most,
        _ => least.saturating_add(dice.below(13)).min(most),
    };
    let mut text = match dice.below(3) {
        0 => (*dice.pick(&HOSTILE)?).to_owned(),
        _ => String::new(),
    };
    let is_plain = dice.one_of(2);
    for _ in text.chars().count()..length {
        text.push(if is_plain { letter(dice) } else { character(dice) });
    }
    Some(text.chars().take(length.max(least)).collect())
}

fn letter(dice: &mut Dice<'_>) -> char {
    let letters = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 _-";
    dice.pick(letters).map_or('a', |byte| char::from(*byte))
}

/// Any character of Unicode, those of few bytes as often as those of many.
fn character(dice: &mut Dice<'_>) -> char {
    let end = *dice.pick(&[0x80, 0x800, 0x1_0000, 0x11_0000]).unwrap_or(&0x80);
    u32::try_from(dice.below(end)).ok().and_then(char::from_u32).unwrap_or('\u{e000}')
}

fn formatted(dice: &mut Dice<'_>, format: Format) -> Option<String> {
    let fixed =
        |dice: &mut Dice<'_>, options: &[&str]| dice.pick(options).map(|text| (*text).to_owned());
    match format {
        Format::DateTime => {
            Some(format!("{}{}{}", date(dice), fixed(dice, &["T", "t", "T"])?, time(dice)?))
        }
        Format::Date => Some(date(dice)),
        Format::Time => time(dice),
        Format::Uuid => {
            let mut text = uuid::Uuid::from_u64_pair(dice.number(), dice.number()).to_string();
            match dice.below(4) {
                0 => text.make_ascii_uppercase(),
                1 => text = uuid::Uuid::nil().to_string(),
                _ => {}
            }
            Some(text)
        }
        #[cfg(feature = "format-email")]
        Format::Email => fixed(
            dice,
            &[
                "a@b.example",
                "first.last+tag@sub.example.com",
                "\"quoted local\"@example.com",
                "x@[127.0.0.1]",
            ],
        ),
        #[cfg(feature = "format-hostname")]
        Format::Hostname => {
            fixed(dice, &["a", "example.com", "a-b.c-d.example", "xn--bcher-kva.example", "1.2.3"])
        }
        Format::Ipv4 => {
            let octets = [0; 4].map(|_| dice.below(256).to_string());
            Some(octets.join("."))
        }
        Format::Ipv6 => fixed(
            dice,
            &["::", "::1", "2001:db8::8a2e:370:7334", "1:2:3:4:5:6:7:8", "::ffff:192.0.2.128"],
        ),
        #[cfg(feature = "format-uri")]
        Format::Uri => fixed(
            dice,
            &[
                "a:",
                "https://example.com/a/b?c=d#e",
                "urn:uuid:0",
                "mailto:a@example.com",
                "file:///etc/hosts",
            ],
        ),
        #[cfg(feature = "format-uri")]
        Format::UriReference => {
            fixed(dice, &["", "#", "../a", "//example.com", "https://example.com", "?q=%20"])
        }
        #[cfg(feature = "format-regex")]
        Format::Regex => fixed(dice, &["", "^a$", "[a-z]+", "(?=x)x", "\\d{1,3}|\\w"]),
        #[cfg(feature = "format-uri")]
        Format::Iri => fixed(dice, &["https://bücher.example/ä?ö#ü", "urn:é"]),
        #[cfg(feature = "format-uri")]
        Format::IriReference => fixed(dice, &["", "ä/ö", "#ü", "https://bücher.example"]),
        Format::UriTemplate => {
            fixed(dice, &["", "/a/{b}", "{?c*,d:3}", "https://example.com{/path}"])
        }
        Format::JsonPointer => fixed(dice, &["", "/", "/a~0b/c~1d", "/0/ä"]),
        Format::RelativeJsonPointer => fixed(dice, &["0", "1/a", "2#", "0/~0"]),
        Format::Duration => fixed(dice, &["P1D", "PT1H30M", "P2W", "P1Y2M3DT4H5M6S", "PT0S"]),
        #[cfg(feature = "format-email")]
        Format::IdnEmail => fixed(dice, &["ä@bücher.example", "a@b.example"]),
        #[cfg(feature = "format-hostname")]
        Format::IdnHostname => fixed(dice, &["bücher.example", "example.com"]),
        Format::AvroBytes => {
            let length = dice.below(9);
            Some(bytes(dice, length))
        }
        Format::AvroFixed(size) => Some(bytes(dice, size)),
        Format::AvroFloat => fixed(dice, &["NaN", "Infinity", "-Infinity"]),
    }
}

/// Each byte as a code point.
fn bytes(dice: &mut Dice<'_>, length: usize) -> String {
    (0..length).map(|_| u8::try_from(dice.below(256)).map_or('\0', char::from)).collect()
}

/// RFC 3339 `full-date`, the ends of the calendar among them.
fn date(dice: &mut Dice<'_>) -> String {
    let year = match dice.below(6) {
        0 => 0,
        1 => 9999,
        2 => 2000 + 4 * dice.below(25),
        _ => 1900 + dice.below(200),
    };
    let month = 1 + dice.below(12);
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        2 if is_leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    let day = if dice.one_of(3) { days } else { 1 + dice.below(days) };
    format!("{year:04}-{month:02}-{day:02}")
}

/// RFC 3339 `full-time`.
fn time(dice: &mut Dice<'_>) -> Option<String> {
    if dice.one_of(12) {
        return dice
            .pick(&["23:59:60Z", "00:59:60+01:00", "15:59:60.5-08:00"])
            .map(|text| (*text).to_owned());
    }
    let (hour, minute, second) = (dice.below(24), dice.below(60), dice.below(60));
    let fraction = *dice.pick(&[0, 0, 1, 3, 6, 9, 12])?;
    let mut text = format!("{hour:02}:{minute:02}:{second:02}");
    if fraction > 0 {
        text.push('.');
        text.extend((0..fraction).map(|_| char::from(b"0123456789"[dice.below(10)])));
    }
    match dice.below(6) {
        0 => text.push('z'),
        1 => text.push_str("-00:00"),
        2 => text.push_str("+00:00"),
        3 => text.push_str(&format!("+{:02}:{:02}", dice.below(24), dice.below(60))),
        4 => text.push_str(&format!("-{:02}:{:02}", dice.below(24), dice.below(60))),
        _ => text.push('Z'),
    }
    Some(text)
}
