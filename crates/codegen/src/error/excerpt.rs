//! The line of a contract that a problem shows.

/// A line of a text, or the part of it around a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Excerpt {
    pub(super) text: String,
    /// Characters before the place.
    pub(super) start: usize,
    /// Characters of the place, at least one.
    pub(super) width: usize,
}

/// How much of a line is shown: contracts may be written on a single one.
const LONGEST: usize = 120;
/// How much of a long line is shown before the place.
const BEFORE: usize = 40;

impl Excerpt {
    /// The line (from 1) of a text, with so many characters from a column (from 1) on marked.
    pub(crate) fn of(text: &str, line: usize, column: usize, width: usize) -> Option<Self> {
        // A text may end where something is missing.
        let line: Vec<char> =
            text.lines().nth(line.checked_sub(1)?).unwrap_or("").chars().collect();
        let start = (column.checked_sub(1)?).min(line.len());
        let first = if line.len() > LONGEST { start.saturating_sub(BEFORE) } else { 0 };
        let last = line.len().min(first + LONGEST);
        let mark = |cut: bool| if cut { "…" } else { "" };
        let shown: String = line[first..last].iter().copied().map(plain).collect();
        Some(Self {
            text: format!("{}{}{}", mark(first > 0), shown, mark(last < line.len()))
                .trim_end()
                .into(),
            start: start - first + usize::from(first > 0),
            width: width.min(last - start).max(1),
        })
    }
}

/// What is shown for a sign: one that takes one place and moves no other.
fn plain(sign: char) -> char {
    match sign {
        '\t' => ' ',
        // Directions, joiners and spaces without width would show another text than there is.
        '\u{200b}'..='\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{feff}' => '\u{fffd}',
        sign if sign.is_control() => '\u{fffd}',
        sign => sign,
    }
}

#[cfg(test)]
mod tests {
    use super::Excerpt;

    #[test]
    fn a_long_line_is_shown_around_the_place() {
        let text = format!("{{\n{}here{}", "a".repeat(500), "b".repeat(500));
        let excerpt = Excerpt::of(&text, 2, 501, 4).unwrap();
        assert_eq!(excerpt.text.chars().nth(excerpt.start), Some('h'));
        assert_eq!((excerpt.start, excerpt.width), (41, 4));
        assert!(excerpt.text.starts_with('…') && excerpt.text.ends_with('…'));
    }

    #[test]
    fn what_cannot_be_seen_shows_as_such() {
        let excerpt = Excerpt::of("\t\"\u{202e}a\u{7}\"", 1, 2, 9).unwrap();
        assert_eq!(excerpt.text, " \"\u{fffd}a\u{fffd}\"");
        assert_eq!((excerpt.start, excerpt.width), (1, 5));
        assert_eq!(Excerpt::of("", 1, 1, 1).map(|e| (e.text, e.width)), Some((String::new(), 1)));
        assert_eq!(Excerpt::of("a", 0, 1, 1), None);
        assert_eq!(Excerpt::of("a", 1, 5, 1).map(|e| (e.start, e.width)), Some((1, 1)));
    }
}
