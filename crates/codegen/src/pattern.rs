//! Patterns of contracts: which ones generated code can match, and how.
//!
//! JSON Schema patterns are ECMA-262 regular expressions. They are matched by `regex-lite`, in
//! time linear in the string whatever the pattern, so what such an engine cannot do (look-around,
//! back-references) is an error of the build. A pattern that is a single set of ASCII characters
//! needs no engine at all.

use std::ops::RangeInclusive;

/// What to do about a pattern that cannot be matched.
pub(crate) const HELP: &str = "use a pattern without look-around, back-references and Unicode properties, \
     or remove it in a patch file beside the contract";

/// Whether a pattern can be matched; the reason if not.
pub(crate) fn check(pattern: &str) -> Result<(), String> {
    if character_set(pattern).is_some() {
        return Ok(());
    }
    regex_lite::Regex::new(&translate(pattern)?).map(drop).map_err(|error| error.to_string())
}

/// An ECMA-262 pattern in the syntax of `regex-lite`, where the two differ in meaning.
pub(crate) fn translate(pattern: &str) -> Result<String, String> {
    let mut out = String::with_capacity(pattern.len());
    let mut characters = pattern.chars().peekable();
    let mut in_class = false;
    while let Some(character) = characters.next() {
        match character {
            '\\' => match characters.next() {
                None => return Err("a backslash at the end".into()),
                Some('/') => out.push('/'),
                Some('-') => out.push_str(r"\-"),
                // White space of ECMA-262 is more than that of regex-lite.
                Some('s') if in_class => out.push_str(WHITE_SPACE),
                Some('s') => out.push_str(&format!("[{WHITE_SPACE}]")),
                Some('S') if !in_class => out.push_str(&format!("[^{WHITE_SPACE}]")),
                Some('u') => out.push_str(&unicode_escape(&mut characters)?),
                Some(digit @ '1'..='9') => {
                    return Err(format!("the back-reference \\{digit}"));
                }
                Some(class @ ('d' | 'D' | 'w' | 'W')) => out.extend(['\\', class]),
                Some(control @ ('n' | 'r' | 't' | 'f' | 'v')) => out.extend(['\\', control]),
                Some('b') if !in_class => out.push_str(r"\b"),
                Some('B') if !in_class => out.push_str(r"\B"),
                // Here they stand for themselves, there for the ends of words.
                Some(symbol @ ('<' | '>')) => out.push(symbol),
                Some(symbol) if symbol.is_ascii_punctuation() => out.extend(['\\', symbol]),
                Some(other) => return Err(format!("the escape \\{other}")),
            },
            '[' if in_class => out.push_str(r"\["),
            '[' => {
                // In ECMA-262 a bracket that closes at once is no member of the class.
                let mut class = characters.clone();
                if matches!((class.next(), class.next()), (Some(']'), _) | (Some('^'), Some(']'))) {
                    return Err("an empty set of characters".into());
                }
                in_class = true;
                out.push('[');
            }
            ']' => {
                in_class = false;
                out.push(']');
            }
            '&' | '~' if in_class => out.extend(['\\', character]),
            // In ECMA-262 a dot stops at every line terminator.
            '.' if !in_class => out.push_str(r"[^\n\r\u{2028}\u{2029}]"),
            '(' if !in_class && characters.peek() == Some(&'?') => {
                let mut group = characters.clone();
                group.next();
                match group.next() {
                    Some(':') => out.push('('),
                    _ => return Err("a group with a special meaning, `(?`".into()),
                }
            }
            other => out.push(other),
        }
    }
    Ok(out)
}

const WHITE_SPACE: &str = r"\t\n\x0B\x0C\r \u{A0}\u{1680}\u{2000}-\u{200A}\u{2028}\u{2029}\u{202F}\u{205F}\u{3000}\u{FEFF}";

fn unicode_escape(characters: &mut impl Iterator<Item = char>) -> Result<String, String> {
    let digits: String = characters.take(4).collect();
    match u32::from_str_radix(&digits, 16).ok().and_then(char::from_u32) {
        Some(_) if digits.len() == 4 => Ok(format!(r"\u{{{digits}}}")),
        _ => Err(format!("the escape \\u{digits}")),
    }
}

/// The characters of a pattern that is nothing but one set of them, such as `[01]` or `[a-z_]`.
pub(crate) fn character_set(pattern: &str) -> Option<Vec<RangeInclusive<char>>> {
    let mut characters = pattern.strip_prefix('[')?.strip_suffix(']')?.chars().peekable();
    let mut set = Vec::new();
    while let Some(first) = characters.next() {
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | ' ' | '.' | '/' | '@');
        if !plain(first) {
            return None;
        }
        let mut last = first;
        if characters.next_if_eq(&'-').is_some() {
            last = characters.next().filter(|end| plain(*end) && *end >= first)?;
        }
        set.push(first..=last);
    }
    (!set.is_empty()).then_some(set)
}

#[cfg(test)]
mod tests {
    use super::{character_set, check, translate};

    #[test]
    fn a_set_of_characters_needs_no_engine() {
        assert_eq!(character_set("[01]"), Some(vec!['0'..='0', '1'..='1']));
        assert_eq!(character_set("[a-z_]"), Some(vec!['a'..='z', '_'..='_']));
        for pattern in ["[^01]", "[01]+", "01", "[]", "[z-a]", "[a-]", r"[\d]", "[01]|[23]"] {
            assert_eq!(character_set(pattern), None, "{pattern}");
        }
    }

    #[test]
    fn translation_keeps_the_meaning_of_ecma_262() {
        let cases = [
            (r"^\d{3}\/x$", "123/x", true),
            (r"^\d$", "\u{0661}", false),
            (r"^\s$", "\u{FEFF}", true),
            (r"^.$", "\u{2028}", false),
            (r"^(?:a|b)+$", "abba", true),
            (r"^\u00e9$", "é", true),
            (r"^[[a]$", "[", true),
            (r"^[&&a]$", "&", true),
            (r"b", "abc", true),
            (r"^\<a\>$", "<a>", true),
            (r"a\>", "a", false),
        ];
        for (pattern, text, expected) in cases {
            let regex = regex_lite::Regex::new(&translate(pattern).unwrap()).unwrap();
            assert_eq!(regex.is_match(text), expected, "{pattern} {text:?}");
        }
    }

    #[test]
    fn what_no_linear_engine_matches_is_refused() {
        for pattern in [
            "(?=a)",
            "(?!a)",
            "(?<=a)b",
            r"(a)\1",
            "a(",
            r"\p{L}",
            "(?<name>a)",
            "*",
            "[]a]",
            "[^]a]",
        ] {
            assert!(check(pattern).is_err(), "{pattern}");
        }
    }
}
