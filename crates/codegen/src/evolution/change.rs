//! Changes between two versions of a contract, and the groups that they break.

use std::fmt;

/// The groups on the old version that a change breaks.
///
/// ```
/// use migration_events_codegen::evolution::Breaks;
///
/// let breaks = Breaks { readers: true, writers: false };
/// assert_eq!(breaks.to_string(), "readers on the old version");
/// assert!(Breaks::default().is_none());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub struct Breaks {
    /// True if readers on the old version may reject or misread data of writers on the new version.
    pub readers: bool,
    /// True if readers on the new version may reject or misread data of writers on the old version.
    pub writers: bool,
}

impl Breaks {
    pub(super) const NONE: Self = Self { readers: false, writers: false };
    pub(super) const BOTH: Self = Self { readers: true, writers: true };

    /// Returns whether the change breaks nobody.
    #[must_use]
    pub fn is_none(self) -> bool {
        self == Self::NONE
    }

    /// Returns the union of both.
    pub(super) fn or(self, other: Self) -> Self {
        Self { readers: self.readers || other.readers, writers: self.writers || other.writers }
    }

    /// Returns the groups that break if the changed schema is negated.
    pub(super) fn negated(self) -> Self {
        Self { readers: self.writers, writers: self.readers }
    }
}

impl fmt::Display for Breaks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match (self.readers, self.writers) {
            (true, true) => "readers and writers on the old version",
            (true, false) => "readers on the old version",
            (false, true) => "writers on the old version",
            (false, false) => "nobody",
        })
    }
}

/// One difference between two versions of a contract.
///
/// [`Display`](fmt::Display) shows the place, the groups that it breaks, and the reason. It shows names and
/// values of the contracts only.
///
/// ```
/// use migration_events_codegen::{Source, evolution};
///
/// let version = |file: &str, text: &str| Source { file: file.into(), text: text.into(), patch: None };
/// let old = version("meter-1.json", r#"{"type": "object", "properties": {"msn": {"type": "string"}}}"#);
/// let new = version("meter-2.json", r#"{"type": "object", "properties": {"msn": {"type": "integer"}}}"#);
/// assert_eq!(
///     evolution::compare(&old, &new)?.changes()[0].to_string(),
///     "breaking: the type became integer, was string\n \
///      --> meter-2.json:1:51\n  \
///       = at: /properties/msn/type\n  \
///       = breaks: readers and writers on the old version\n  \
///       = why: an integer is rejected by the old version, a string by the new one",
/// );
/// # Ok::<(), migration_events_codegen::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Change {
    /// The file to which [`position`](Self::position) refers: that of the new version, or that of the old
    /// version if the place was removed.
    pub file: String,
    /// RFC 6901 pointer into the old version: the changed schema or keyword, or the schema around an
    /// addition. `None` for a place in another document.
    pub pointer_old: Option<String>,
    /// RFC 6901 pointer into the new version: the changed schema or keyword, or the schema around a
    /// removal. `None` for a place in another document.
    pub pointer_new: Option<String>,
    /// Line and column (both from 1) in `file`, if they are known.
    pub position: Option<(u32, u32)>,
    /// Description of the change.
    pub what: String,
    /// The groups that the change breaks.
    pub breaks: Breaks,
    /// True if the comparison cannot tell whether the change breaks anybody. Then [`breaks`](Self::breaks) names both
    /// groups.
    pub undecided: bool,
    /// Reason why it breaks them, or why it breaks nobody.
    pub why: String,
    /// The groups that it breaks in addition if writers send undeclared properties.
    pub(super) undeclared: Breaks,
    /// True if the place exists in the old version only.
    pub(super) gone: bool,
}

impl Change {
    pub(super) fn new(
        pointers: (Option<String>, Option<String>),
        what: impl Into<String>,
        breaks: Breaks,
        why: impl Into<String>,
    ) -> Self {
        Self {
            file: String::new(),
            pointer_old: pointers.0,
            pointer_new: pointers.1,
            position: None,
            what: what.into(),
            breaks,
            undecided: false,
            why: why.into(),
            undeclared: Breaks::NONE,
            gone: false,
        }
    }
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (kind, breaks) = match (self.undecided, self.breaks.is_none()) {
            (true, _) => ("undecided", "may break"),
            (false, true) => ("compatible", "breaks"),
            (false, false) => ("breaking", "breaks"),
        };
        write!(f, "{kind}: {}\n --> {}", self.what, self.file)?;
        if let Some((line, column)) = self.position {
            write!(f, ":{line}:{column}")?;
        }
        let pointers = (self.pointer_new.as_deref(), self.pointer_old.as_deref());
        let pointer = match pointers {
            (_, old) if self.gone => old,
            (new, old) => new.or(old),
        };
        if let Some(pointer) = pointer.filter(|pointer| !pointer.is_empty()) {
            write!(f, "\n  = at: {pointer}")?;
        }
        write!(f, "\n  = {breaks}: {}\n  = why: {}", self.breaks, self.why)
    }
}
