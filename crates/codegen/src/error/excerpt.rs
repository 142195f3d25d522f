//! The source line that a problem shows.

/// A line of a text, or the part of a long line around a place, with the place marked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Excerpt {
    pub(super) text: String,
    /// Number of characters before the marked place.
    pub(super) start: usize,
    /// Number of marked characters, at least one.
    pub(super) width: usize,
}

/// Largest number of characters shown, since a contract may be a single line.
const MAX_LENGTH: usize = 120;
/// Number of characters shown before the place in a long line.
const CONTEXT_BEFORE: usize = 40;

impl Excerpt {
    /// Returns a line (from 1) of a text with `width` characters marked, starting at a column (from 1).
    pub(crate) fn of(text: &str, line: usize, column: usize, width: usize) -> Option<Self> {
        // The place of something missing may be the end of the text.
        let line: Vec<char> =
            text.lines().nth(line.checked_sub(1)?).unwrap_or("").chars().collect();
        let start = (column.checked_sub(1)?).min(line.len());
        let first = if line.len() > MAX_LENGTH { start.saturating_sub(CONTEXT_BEFORE) } else { 0 };
        let last = line.len().min(first + MAX_LENGTH);
        let mark = |cut: bool| if cut { "…" } else { "" };
        let shown: String = line[first..last].iter().copied().map(printable).collect();
        Some(Self {
            text: format!("{}{}{}", mark(first > 0), shown, mark(last < line.len()))
                .trim_end()
                .into(),
            start: start - first + usize::from(first > 0),
            width: width.min(last - start).max(1),
        })
    }
}

/// Returns the character, or a visible one of one column in its place.
fn printable(character: char) -> char {
    match character {
        '\t' => ' ',
        // Direction marks, joiners and zero-width spaces would change how the line looks.
        '\u{200b}'..='\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{feff}' => '\u{fffd}',
        _ if character.is_control() => '\u{fffd}',
        _ => character,
    }
}

#[cfg(test)]
mod tests {
    use super::Excerpt;

    #[test]
    fn long_lines_are_cut_around_the_place() {
        let text = format!("{{\n{}here{}", "a".repeat(500), "b".repeat(500));
        let excerpt = Excerpt::of(&text, 2, 501, 4).unwrap();
        assert_eq!(excerpt.text.chars().nth(excerpt.start), Some('h'));
        assert_eq!((excerpt.start, excerpt.width), (41, 4));
        assert!(excerpt.text.starts_with('…') && excerpt.text.ends_with('…'));
    }

    #[test]
    fn invisible_characters_are_replaced() {
        let excerpt = Excerpt::of("\t\"\u{202e}a\u{7}\"", 1, 2, 9).unwrap();
        assert_eq!(excerpt.text, " \"\u{fffd}a\u{fffd}\"");
        assert_eq!((excerpt.start, excerpt.width), (1, 5));
        assert_eq!(Excerpt::of("", 1, 1, 1).map(|e| (e.text, e.width)), Some((String::new(), 1)));
        assert_eq!(Excerpt::of("a", 0, 1, 1), None);
        assert_eq!(Excerpt::of("a", 1, 5, 1).map(|e| (e.start, e.width)), Some((1, 1)));
    }
}
