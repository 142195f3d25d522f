//! Translation of ECMA-262 patterns to the syntax of `regex-lite`.

use std::iter::Peekable;
use std::str::Chars;

/// Translates an ECMA-262 pattern to the syntax of `regex-lite`, or names an unsupported construct. The
/// pattern is read with the flag `u`, since draft-07 Validation §4.3 asks for Unicode.
pub(super) fn translate(pattern: &str) -> Result<String, String> {
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
pub(super) fn escape(
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
pub(super) const NOTHING: &str = r"[^\x{0}-\u{10FFFF}]";

/// The set of all characters.
pub(super) const ANYTHING: &str = r"[\x{0}-\u{10FFFF}]";

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
