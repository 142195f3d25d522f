//! Text that matches a pattern.

use super::dice::Dice;
use crate::validate::schema::Pattern;

/// Text that may match; `None` where the pattern is beyond what can be generated.
pub(super) fn matching(dice: &mut Dice<'_>, pattern: Pattern) -> Option<String> {
    let (inside, from_start, to_end) = anchors(pattern.text);
    let strategy = proptest::string::string_regex(&ascii_classes(inside)).ok()?;
    let mut text = dice.sample(&strategy)?;
    // An ECMA-262 pattern may match anywhere.
    if !from_start && dice.one_of(4) {
        text.insert_str(0, "é ");
    }
    if !to_end && dice.one_of(4) {
        text.push_str(" \u{1f642}");
    }
    Some(text)
}

/// The pattern without its outermost anchors, and whether it has them.
fn anchors(pattern: &str) -> (&str, bool, bool) {
    let inside = pattern.strip_prefix('^').unwrap_or(pattern);
    let from_start = inside.len() < pattern.len();
    match inside.strip_suffix('$') {
        Some(shorter) if !shorter.ends_with('\\') => (shorter, from_start, true),
        _ => (inside, from_start, false),
    }
}

/// The classes of ECMA-262, which have ASCII characters only.
fn ascii_classes(pattern: &str) -> String {
    let mut out = String::with_capacity(pattern.len());
    let (mut characters, mut in_class) = (pattern.chars(), false);
    while let Some(character) = characters.next() {
        match character {
            '[' => in_class = true,
            ']' => in_class = false,
            _ => {}
        }
        if character != '\\' {
            out.push(character);
            continue;
        }
        match (characters.next(), in_class) {
            (Some('d'), false) => out.push_str("[0-9]"),
            (Some('d'), true) => out.push_str("0-9"),
            (Some('w'), false) => out.push_str("[A-Za-z0-9_]"),
            (Some('w'), true) => out.push_str("A-Za-z0-9_"),
            (Some('/'), _) => out.push('/'),
            (Some(other), _) => out.extend(['\\', other]),
            (None, _) => out.push('\\'),
        }
    }
    out
}
