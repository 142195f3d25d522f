//! Why a contract could not be turned into Rust, and where.

use std::fmt;

/// One problem in a contract.
///
/// It names the file, the JSON pointer of the offending schema or keyword, what was found and what
/// to do about it; [`Display`](fmt::Display) adds line and column where the text is known.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Problem {
    /// File name of the contract.
    pub file: String,
    /// RFC 6901 pointer into the file; empty for the whole document.
    pub pointer: String,
    /// Line and column (both from 1), where they are known.
    pub position: Option<(usize, usize)>,
    /// What was found.
    pub found: String,
    /// What to do about it.
    pub help: String,
}

impl Problem {
    /// A problem at a place of a file.
    pub(crate) fn new(
        file: impl Into<String>,
        pointer: impl Into<String>,
        found: impl Into<String>,
        help: impl Into<String>,
    ) -> Self {
        Self {
            file: file.into(),
            pointer: pointer.into(),
            position: None,
            found: found.into(),
            help: help.into(),
        }
    }
}

impl Problem {
    /// A text that is no JSON.
    pub(crate) fn unreadable(file: &str, error: &serde_json::Error) -> Self {
        let (line, column) = (error.line(), error.column());
        let text = error.to_string();
        let what = text.strip_suffix(&format!(" at line {line} column {column}")).unwrap_or(&text);
        let help = "correct the text (RFC 8259): no key twice in one object, no more than 128 levels, \
                    no number beyond a 64-bit floating point number";
        let found = format!("text that cannot be read as JSON: {what}");
        Self { position: Some((line.max(1), column.max(1))), ..Self::new(file, "", found, help) }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if let Some((line, column)) = self.position {
            write!(f, ":{line}:{column}")?;
        }
        write!(f, " at {:?}: {}\n  help: {}", self.pointer, self.found, self.help)
    }
}

/// Why generation failed: every problem that was found.
#[derive(Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", list(.problems))]
pub struct Error {
    problems: Vec<Problem>,
}

impl Error {
    /// The problems, in the order of the inputs.
    #[must_use]
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }
}

/// As [`Display`](fmt::Display): it is what a build script shows that returns the error from `main`.
impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl From<Problem> for Error {
    fn from(problem: Problem) -> Self {
        Self { problems: vec![problem] }
    }
}

impl From<Vec<Problem>> for Error {
    fn from(problems: Vec<Problem>) -> Self {
        Self { problems }
    }
}

fn list(problems: &[Problem]) -> String {
    let lines: Vec<_> = problems.iter().map(Problem::to_string).collect();
    lines.join("\n")
}
