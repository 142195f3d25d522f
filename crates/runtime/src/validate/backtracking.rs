//! Patterns that no linear engine can match: look-around and back-references.

use fancy_regex::{Regex, RegexBuilder};
use std::sync::OnceLock;

/// A pattern that is compiled when it is first used.
///
/// Matching takes a number of steps that is at most in proportion to the text, rounded up to the next of few
/// lengths; the limit is part of the compiled pattern. One step can look at the rest of the text, so the length
/// is limited as well.
#[derive(Debug)]
pub struct Backtracking {
    pattern: &'static str,
    compiled: [OnceLock<Option<Regex>>; LENGTHS.len()],
}

/// Lengths in bytes up to which texts share a limit; longer texts are not tried.
const LENGTHS: [usize; 4] = [64, 256, 1024, 4096];

/// Steps for each byte of the length.
const STEPS: usize = 64;

impl Backtracking {
    /// A pattern that the generator has checked with the same engine.
    #[must_use]
    pub const fn new(pattern: &'static str) -> Self {
        Self { pattern, compiled: [const { OnceLock::new() }; LENGTHS.len()] }
    }

    /// Returns whether it is found in a text, or `None` if that takes too many steps.
    #[must_use]
    pub fn is_match(&self, text: &str) -> Option<bool> {
        let index = LENGTHS.iter().position(|length| text.len() <= *length)?;
        let compile = || {
            let mut builder = RegexBuilder::new(self.pattern);
            builder.backtrack_limit(LENGTHS[index] * STEPS).build().ok()
        };
        self.compiled[index].get_or_init(compile).as_ref()?.is_match(text).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::Backtracking;
    use std::time::{Duration, Instant};

    #[test]
    fn look_around_and_references_are_matched() {
        static NOT_RESERVED: Backtracking = Backtracking::new("^(?!x-).+$");
        assert_eq!(NOT_RESERVED.is_match("y-a"), Some(true));
        assert_eq!(NOT_RESERVED.is_match("x-a"), Some(false));
        static QUOTED: Backtracking = Backtracking::new(r#"^(['"]).*(?:\1)$"#);
        assert_eq!(QUOTED.is_match("'a'"), Some(true));
        assert_eq!(QUOTED.is_match("'a\""), Some(false));
    }

    #[test]
    fn exponential_patterns_end_undecided() {
        static NESTED: Backtracking = Backtracking::new(r"^(?=(?:(a|a(?=a)|aa)+)+$)b");
        let start = Instant::now();
        for length in [40, 200, 1000, 4000, 5000] {
            assert_eq!(NESTED.is_match(&("a".repeat(length) + "!")), None, "{length}");
        }
        assert!(start.elapsed() < Duration::from_secs(30), "{:?}", start.elapsed());
        assert_eq!(NESTED.is_match("b"), Some(false));
    }
}
