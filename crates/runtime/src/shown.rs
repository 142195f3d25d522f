//! Text of others in a line of a log: the one place that makes it harmless.

use std::fmt::{self, Write as _};

/// Text from a message or a schema, as errors display it: control characters, line separators and characters that
/// change the direction of text are escaped, and what is too long is cut off.
///
/// A key of a message could otherwise forge a line of a log, hide what follows it on a terminal, or fill a disk.
#[derive(Debug, Clone, Copy)]
pub struct Shown<'t> {
    text: &'t str,
    form: Form,
}

#[derive(Debug, Clone, Copy)]
enum Form {
    Line,
    Key,
    Pointer,
}

impl<'t> Shown<'t> {
    /// Maximum number of characters of a text.
    pub const MAX_LINE: usize = 1024;

    /// Maximum number of characters of a key.
    pub const MAX_KEY: usize = 48;

    /// Maximum number of characters of a step of a pointer, which may be the full name of an Avro type.
    pub const MAX_STEP: usize = 96;

    /// A text of one line.
    #[must_use]
    pub const fn line(text: &'t str) -> Self {
        Self { text, form: Form::Line }
    }

    /// A key of a message, in quotes.
    #[must_use]
    pub const fn key(text: &'t str) -> Self {
        Self { text, form: Form::Key }
    }

    /// A JSON pointer, whose steps are shortened too; `(root)` if it is empty.
    #[must_use]
    pub const fn pointer(text: &'t str) -> Self {
        Self { text, form: Form::Pointer }
    }
}

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.form {
            Form::Line => write(f, self.text, Self::MAX_LINE, false).map(drop),
            Form::Key => {
                f.write_char('"')?;
                write(f, self.text, Self::MAX_KEY, true)?;
                f.write_char('"')
            }
            Form::Pointer if self.text.is_empty() => f.write_str("(root)"),
            Form::Pointer => {
                let mut left = Self::MAX_LINE;
                for (index, token) in self.text.split('/').enumerate() {
                    if index > 0 {
                        f.write_char('/')?;
                    }
                    let written = write(f, token, Self::MAX_STEP.min(left), false)?;
                    left = left.saturating_sub(written + 1);
                    if left == 0 {
                        return f.write_char('…');
                    }
                }
                Ok(())
            }
        }
    }
}

/// Writes at most `most` characters of a text, and an ellipsis in the place of the others; returns their number.
fn write(
    f: &mut fmt::Formatter<'_>,
    text: &str,
    most: usize,
    quoted: bool,
) -> Result<usize, fmt::Error> {
    for (count, character) in text.chars().enumerate() {
        if count == most {
            f.write_char('…')?;
            return Ok(count);
        }
        if is_harmful(character) || (quoted && matches!(character, '"' | '\\')) {
            write!(f, "{}", character.escape_default())?;
        } else {
            f.write_char(character)?;
        }
    }
    Ok(text.chars().count())
}

/// Control characters (C0, DEL, C1), line and paragraph separators, and marks, embeddings, overrides and isolates of
/// direction (UAX #9 §2).
const fn is_harmful(character: char) -> bool {
    matches!(
        character,
        '\0'..='\u{1f}'
            | '\u{7f}'..='\u{9f}'
            | '\u{61c}'
            | '\u{200e}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2066}'..='\u{2069}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn harmful_characters_are_escaped_in_every_form() {
        let harmful = (0..=0x1f).chain(0x7f..=0x9f).chain([0x61c, 0x200e, 0x200f]);
        for code in harmful.chain(0x2028..=0x202e).chain(0x2066..=0x2069) {
            let character = char::from_u32(code).expect("a character");
            let text = format!("a{character}b");
            for shown in [Shown::line(&text), Shown::key(&text), Shown::pointer(&text)] {
                let shown = shown.to_string();
                assert!(!shown.contains(character) && shown.contains('\\'), "{shown:?}");
            }
        }
        assert_eq!(Shown::line("Zoë\\ \"x\" 日本").to_string(), "Zoë\\ \"x\" 日本");
        assert_eq!(Shown::key("a\"\\\nb").to_string(), r#""a\"\\\nb""#);
        assert_eq!(Shown::pointer("").to_string(), "(root)");
    }

    #[test]
    fn long_text_is_cut_off_in_every_form() {
        let long = "é".repeat(5_000);
        assert_eq!(Shown::line(&long).to_string().chars().count(), Shown::MAX_LINE + 1);
        assert_eq!(Shown::key(&long).to_string().chars().count(), Shown::MAX_KEY + 3);
        let pointer = format!("/entity/{long}/0");
        let expected = format!("/entity/{}…/0", "é".repeat(Shown::MAX_STEP));
        assert_eq!(Shown::pointer(&pointer).to_string(), expected);
        let deep = format!("/{long}").repeat(1_000);
        assert!(Shown::pointer(&deep).to_string().chars().count() < 2 * Shown::MAX_LINE);
    }
}
