//! Translation of ECMA-262 patterns to the regex engine of generated code.
//!
//! Patterns are matched by `regex-lite` in time linear in the string. What such an engine cannot support
//! (look-around, back-references) needs the feature `backtracking`; without it, it is an error of the build. A
//! pattern that is a single set of ASCII characters needs no engine.

#[cfg(feature = "backtracking")]
mod backtracking;

use std::iter::Peekable;
use std::ops::RangeInclusive;
use std::str::Chars;

/// Help text for a pattern that cannot be matched.
const HELP: &str = "use a pattern without look-around and back-references, \
     or remove it in a patch file beside the contract";

/// Help text for a pattern that cannot be matched in linear time.
#[cfg(not(feature = "backtracking"))]
const BACKTRACKING_HELP: &str = "enable the feature `backtracking` of the generator and of \
     `migration-events-runtime`, use a pattern without look-around and back-references, \
     or remove it in a patch file beside the contract";

/// A way to match a pattern.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Matcher {
    /// One character of a set.
    Any(Vec<RangeInclusive<char>>),
    /// A regular expression in the syntax of `regex-lite`.
    Linear(String),
    /// A pattern in the syntax of `fancy-regex`.
    #[cfg_attr(not(feature = "backtracking"), expect(dead_code, reason = "needs the feature"))]
    Backtracking(String),
}

/// Returns the way to match a pattern. The error names the unsupported construct, and the way out.
pub(crate) fn matcher(pattern: &str) -> Result<Matcher, (String, &'static str)> {
    if let Some(set) = character_set(pattern) {
        return Ok(Matcher::Any(set));
    }
    match translate(pattern) {
        Ok(translated) => match regex_lite::Regex::new(&translated) {
            Ok(_) => Ok(Matcher::Linear(translated)),
            Err(error) => Err((error.to_string(), HELP)),
        },
        Err(construct) if needs_backtracking(&construct) => backtracking(pattern, &construct),
        Err(construct) => Err((format!("it contains {construct}"), HELP)),
    }
}

/// Checks that a pattern can be matched.
#[cfg(test)]
fn check(pattern: &str) -> Result<(), String> {
    matcher(pattern).map(drop).map_err(|(error, _)| error)
}

fn needs_backtracking(construct: &str) -> bool {
    ["a look-", "a back-reference", "the back-reference"]
        .iter()
        .any(|start| construct.starts_with(start))
}

#[cfg(feature = "backtracking")]
fn backtracking(pattern: &str, _construct: &str) -> Result<Matcher, (String, &'static str)> {
    match backtracking::translate(pattern) {
        Ok(translated) => Ok(Matcher::Backtracking(translated)),
        Err(construct) => Err((format!("it contains {construct}"), HELP)),
    }
}

#[cfg(not(feature = "backtracking"))]
fn backtracking(_pattern: &str, construct: &str) -> Result<Matcher, (String, &'static str)> {
    Err((format!("it contains {construct}"), BACKTRACKING_HELP))
}

/// Translates an ECMA-262 pattern to the syntax of `regex-lite`, or names an unsupported construct. The
/// pattern is read with the flag `u`, since draft-07 Validation §4.3 asks for Unicode.
fn translate(pattern: &str) -> Result<String, String> {
    let mut out = String::with_capacity(pattern.len());
    let mut characters = pattern.chars().peekable();
    let mut in_class = false;
    while let Some(character) = characters.next() {
        match character {
            '\\' => escape(&mut characters, in_class, &mut out)?,
            '[' if in_class => out.push_str(r"\["),
            '[' => {
                // In ECMA-262 `[]` is the empty set and `[^]` the set of all characters.
                let mut class = characters.clone();
                match (class.next(), class.next()) {
                    (Some(']'), _) => {
                        characters.next();
                        out.push_str(NOTHING);
                    }
                    (Some('^'), Some(']')) => {
                        characters.nth(1);
                        out.push_str(ANYTHING);
                    }
                    _ => {
                        in_class = true;
                        out.push('[');
                    }
                }
            }
            ']' => {
                in_class = false;
                out.push(']');
            }
            '&' | '~' if in_class => out.extend(['\\', character]),
            // In ECMA-262 a dot excludes every line terminator.
            '.' if !in_class => out.push_str(r"[^\n\r\u{2028}\u{2029}]"),
            '(' if !in_class && characters.peek() == Some(&'?') => {
                characters.next();
                out.push_str(group(&mut characters)?);
            }
            other => out.push(other),
        }
    }
    Ok(out)
}

/// Translates the start of a group after `(?`.
fn group(characters: &mut Peekable<Chars<'_>>) -> Result<&'static str, String> {
    let kind = characters.next();
    match kind {
        Some(':') => Ok("(?:"),
        Some('=' | '!') => Err("a look-ahead".into()),
        Some('<') if matches!(characters.peek(), Some('=' | '!')) => Err("a look-behind".into()),
        Some('<') => {
            // The name can be dropped: back-references are not supported.
            let legal =
                |character: char| character.is_alphanumeric() || matches!(character, '_' | '$');
            let mut length = 0;
            while characters.next_if(|character| legal(*character)).is_some() {
                length += 1;
            }
            match characters.next() {
                Some('>') if length > 0 => Ok("("),
                _ => Err("a group with an invalid name".into()),
            }
        }
        _ => Err("an unsupported group `(?`".into()),
    }
}

/// Translates an escape after its backslash.
fn escape(
    characters: &mut Peekable<Chars<'_>>,
    in_class: bool,
    out: &mut String,
) -> Result<(), String> {
    let Some(character) = characters.next() else { return Err("a backslash at the end".into()) };
    match character {
        '/' => out.push('/'),
        // ECMA-262 has more white space characters than regex-lite.
        's' if in_class => out.push_str(WHITE_SPACE),
        's' => out.push_str(&format!("[{WHITE_SPACE}]")),
        'S' if in_class => out.push_str(NO_WHITE_SPACE),
        'S' => out.push_str(&format!("[{NO_WHITE_SPACE}]")),
        'u' => out.push_str(&unicode_escape(characters)?),
        'x' => {
            let digits: String = characters.take(2).collect();
            let code = u8::from_str_radix(&digits, 16).ok().filter(|_| digits.len() == 2);
            let code = code.ok_or_else(|| format!("the escape \\x{digits}"))?;
            out.push_str(&format!(r"\x{{{code:x}}}"));
        }
        'c' => match characters.next() {
            // A control character is the five lowest bits of its letter.
            Some(letter) if letter.is_ascii_alphabetic() => {
                out.push_str(&format!(r"\x{{{:x}}}", letter as u32 % 32));
            }
            _ => return Err("the escape \\c without a letter".into()),
        },
        '0' if !characters.peek().is_some_and(char::is_ascii_digit) => out.push_str(r"\x{0}"),
        'p' | 'P' => property(characters, character == 'P', in_class, out)?,
        digit @ '1'..='9' => return Err(format!("the back-reference \\{digit}")),
        'k' => return Err("a back-reference by name".into()),
        class @ ('d' | 'D' | 'w' | 'W') => out.extend(['\\', class]),
        control @ ('n' | 'r' | 't' | 'f' | 'v') => out.extend(['\\', control]),
        'b' if in_class => out.push_str(r"\x{8}"),
        'b' => out.push_str(r"\b"),
        'B' if !in_class => out.push_str(r"\B"),
        // Literal characters in ECMA-262; in regex-lite the escapes would match word boundaries.
        symbol @ ('<' | '>') => out.push(symbol),
        symbol if symbol.is_ascii_punctuation() => out.extend(['\\', symbol]),
        other => return Err(format!("the escape \\{other}")),
    }
    Ok(())
}

/// Translates `\p{…}` to the ranges of all characters with the property.
fn property(
    characters: &mut Peekable<Chars<'_>>,
    negated: bool,
    in_class: bool,
    out: &mut String,
) -> Result<(), String> {
    let letter = if negated { 'P' } else { 'p' };
    if characters.next() != Some('{') {
        return Err(format!("the escape \\{letter}"));
    }
    let name: String = characters.by_ref().take_while(|character| *character != '}').collect();
    let legal =
        |character: char| character.is_ascii_alphanumeric() || matches!(character, '_' | '=');
    if name.is_empty() || !name.chars().all(legal) {
        return Err(format!("the Unicode property {name:?}"));
    }
    let ranges = unicode_property(&name, negated)?;
    if in_class {
        out.push_str(&ranges);
    } else {
        out.push_str(&format!("[{ranges}]"));
    }
    Ok(())
}

#[cfg(feature = "unicode")]
fn unicode_property(name: &str, negated: bool) -> Result<String, String> {
    use regex_syntax::hir::{Class, HirKind};

    let letter = if negated { 'P' } else { 'p' };
    let unknown = || format!("the Unicode property {name:?}");
    let hir = regex_syntax::parse(&format!("\\{letter}{{{name}}}")).map_err(|_| unknown())?;
    let HirKind::Class(Class::Unicode(class)) = hir.kind() else { return Err(unknown()) };
    let range = |range: &regex_syntax::hir::ClassUnicodeRange| {
        let (start, end) = (range.start() as u32, range.end() as u32);
        format!(r"\u{{{start:x}}}-\u{{{end:x}}}")
    };
    Ok(class.ranges().iter().map(range).collect())
}

#[cfg(not(feature = "unicode"))]
fn unicode_property(name: &str, _negated: bool) -> Result<String, String> {
    Err(format!(
        "the Unicode property {name:?}, which needs the feature `unicode` of the generator"
    ))
}

/// The empty set of characters.
const NOTHING: &str = r"[^\x{0}-\u{10FFFF}]";

/// The set of all characters.
const ANYTHING: &str = r"[\x{0}-\u{10FFFF}]";

/// White space and line terminators of ECMA-262.
const WHITE_SPACE: &str = r"\t\n\x0B\x0C\r \u{A0}\u{1680}\u{2000}-\u{200A}\u{2028}\u{2029}\u{202F}\u{205F}\u{3000}\u{FEFF}";

/// The complement of [`WHITE_SPACE`].
const NO_WHITE_SPACE: &str = r"\x{0}-\x{8}\x{E}-\x{1F}\x{21}-\u{9F}\u{A1}-\u{167F}\u{1681}-\u{1FFF}\u{200B}-\u{2027}\u{202A}-\u{202E}\u{2030}-\u{205E}\u{2060}-\u{2FFF}\u{3001}-\u{FEFE}\u{FF00}-\u{10FFFF}";

/// Translates `\uXXXX`, a surrogate pair `\uXXXX\uXXXX`, or `\u{…}`.
fn unicode_escape(characters: &mut Peekable<Chars<'_>>) -> Result<String, String> {
    let code = if characters.next_if_eq(&'{').is_some() {
        let digits: String =
            characters.by_ref().take_while(|character| *character != '}').collect();
        u32::from_str_radix(&digits, 16).ok()
    } else {
        match four_digits(characters) {
            Some(high @ 0xD800..=0xDBFF) => {
                let escaped = characters.next() == Some('\\') && characters.next() == Some('u');
                let low = escaped.then(|| four_digits(characters)).flatten();
                low.filter(|low| (0xDC00..=0xDFFF).contains(low))
                    .map(|low| 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00))
            }
            other => other,
        }
    };
    match code.and_then(char::from_u32) {
        Some(character) => Ok(format!(r"\u{{{:x}}}", character as u32)),
        None => Err("an escape \\u that is not a character".into()),
    }
}

fn four_digits(characters: &mut Peekable<Chars<'_>>) -> Option<u32> {
    let digits: String = characters.take(4).collect();
    let legal = digits.len() == 4 && digits.bytes().all(|digit| digit.is_ascii_hexdigit());
    legal.then(|| u32::from_str_radix(&digits, 16).ok()).flatten()
}

/// Returns the characters of a pattern that is a single set of them, such as `[01]` or `[a-z_]`.
fn character_set(pattern: &str) -> Option<Vec<RangeInclusive<char>>> {
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
    fn character_sets_need_no_engine() {
        assert_eq!(character_set("[01]"), Some(vec!['0'..='0', '1'..='1']));
        assert_eq!(character_set("[a-z_]"), Some(vec!['a'..='z', '_'..='_']));
        for pattern in ["[^01]", "[01]+", "01", "[]", "[z-a]", "[a-]", r"[\d]", "[01]|[23]"] {
            assert_eq!(character_set(pattern), None, "{pattern}");
        }
    }

    #[test]
    fn translation_preserves_ecma_262_semantics() {
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
            (r"^\cC$", "\u{3}", true),
            (r"^\cc$", "\u{3}", true),
            (r"^[^]$", "\n", true),
            (r"a[]", "a", false),
            (r"^[\S]$", "x", true),
            (r"^[\S]$", "\u{3000}", false),
            (r"^\S$", "\u{FEFF}", false),
            (r"^[\b]$", "\u{8}", true),
            (r"^\x41\0$", "A\u{0}", true),
            (r"^\u{1F600}\uD83D\uDE00$", "😀😀", true),
            (r"^(?<year>\d{4})-\w+$", "2020-a_1", true),
            (r"^\w$", "é", false),
        ];
        for (pattern, text, expected) in cases {
            let regex = regex_lite::Regex::new(&translate(pattern).unwrap()).unwrap();
            assert_eq!(regex.is_match(text), expected, "{pattern} {text:?}");
        }
    }

    #[test]
    #[cfg(not(feature = "backtracking"))]
    fn nonlinear_patterns_need_a_feature() {
        for pattern in ["(?=a)", "(?!a)", "(?<=a)b", r"(a)\1", r"(?<name>a)\k<name>"] {
            let (error, help) = super::matcher(pattern).unwrap_err();
            assert!(error.starts_with("it contains"), "{error}");
            assert!(help.contains("feature `backtracking`"), "{help}");
        }
    }

    #[test]
    fn malformed_patterns_are_refused() {
        for pattern in [
            "a(",
            r"\p{Nonsense}",
            r"\pL",
            "(?<name",
            "(?i)a",
            r"\u{110000}",
            r"\uD83D",
            r"\c1",
            "*",
            "a\\",
        ] {
            assert!(check(pattern).is_err(), "{pattern}");
        }
    }

    #[test]
    #[cfg(feature = "unicode")]
    fn unicode_properties_expand_to_ranges() {
        for (pattern, text, expected) in [
            (r"^\p{Letter}+$", "aéЖ字", true),
            (r"^\p{Letter}+$", "1", false),
            (r"^\P{L}+$", "1-", true),
            (r"^[\p{digit}_]+$", "৪২_", true),
            (r"^\p{Script=Greek}$", "λ", true),
            (r"^\p{Lowercase}$", "A", false),
        ] {
            let regex = regex_lite::Regex::new(&translate(pattern).unwrap()).unwrap();
            assert_eq!(regex.is_match(text), expected, "{pattern} {text:?}");
        }
    }

    #[test]
    #[cfg(not(feature = "unicode"))]
    fn unicode_properties_need_a_feature() {
        assert!(check(r"\p{L}").unwrap_err().contains("feature `unicode`"));
    }
}
