//! Translation of ECMA-262 patterns to the regex engine of generated code.
//!
//! Patterns are matched by `regex-lite` in time linear in the string. What such an engine cannot support
//! (look-around, back-references) needs the feature `backtracking`; without it, it is an error of the build. A
//! pattern that is a single set of ASCII characters needs no engine, and alone is supported without the feature
//! `regex`.

#[cfg(feature = "backtracking")]
mod backtracking;
#[cfg(feature = "regex")]
mod linear;

use std::ops::RangeInclusive;

/// Help text for a pattern that cannot be matched.
#[cfg(feature = "regex")]
const HELP: &str = "use a pattern without look-around and back-references, \
     or remove it in a patch file beside the contract";

/// Help text for a pattern that cannot be matched in linear time.
#[cfg(all(feature = "regex", not(feature = "backtracking")))]
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
    #[cfg_attr(not(feature = "backtracking"), allow(dead_code, reason = "needs the feature"))]
    Backtracking(String),
}

/// Returns the way to match a pattern. The error names the unsupported construct, and the way out.
pub(crate) fn matcher(pattern: &str) -> Result<Matcher, (String, &'static str)> {
    if let Some(set) = character_set(pattern) {
        return Ok(Matcher::Any(set));
    }
    expression(pattern)
}

/// Returns the way to match a pattern that needs an engine.
#[cfg(feature = "regex")]
fn expression(pattern: &str) -> Result<Matcher, (String, &'static str)> {
    match linear::translate(pattern) {
        Ok(translated) => match regex_lite::Regex::new(&translated) {
            Ok(_) => Ok(Matcher::Linear(translated)),
            Err(error) => Err((error.to_string(), HELP)),
        },
        Err(construct) if needs_backtracking(&construct) => backtracking(pattern, &construct),
        Err(construct) => Err((format!("it contains {construct}"), HELP)),
    }
}

#[cfg(not(feature = "regex"))]
fn expression(_pattern: &str) -> Result<Matcher, (String, &'static str)> {
    let help = "add \"regex\" to the `features` of `migration-events-codegen`";
    Err(("it needs the feature `regex` of the generator".into(), help))
}

/// Checks that a pattern can be matched.
#[cfg(test)]
fn check(pattern: &str) -> Result<(), String> {
    matcher(pattern).map(drop).map_err(|(error, _)| error)
}

#[cfg(feature = "regex")]
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

#[cfg(all(feature = "regex", not(feature = "backtracking")))]
fn backtracking(_pattern: &str, construct: &str) -> Result<Matcher, (String, &'static str)> {
    Err((format!("it contains {construct}"), BACKTRACKING_HELP))
}

/// Returns whether a text has a match of a pattern, or `None` for a pattern that only generated code matches.
pub(crate) fn is_match(pattern: &str, text: &str) -> Option<bool> {
    match matcher(pattern).ok()? {
        Matcher::Any(set) => Some(text.chars().any(|c| set.iter().any(|range| range.contains(&c)))),
        #[cfg(feature = "regex")]
        Matcher::Linear(pattern) => Some(regex_lite::Regex::new(&pattern).ok()?.is_match(text)),
        _ => None,
    }
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
    use super::linear::translate;
    use super::{character_set, check};

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
