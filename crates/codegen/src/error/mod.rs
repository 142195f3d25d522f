//! Problems in contracts, and the places where they occur.

mod excerpt;

use crate::options::Severity;
use std::fmt;

pub(crate) use excerpt::Excerpt;

/// One problem in a contract, in its deviations or in the options.
///
/// A problem names the file, the JSON pointer of the offending schema or keyword, the cause and a
/// remedy. [`Display`](fmt::Display) formats it as `rustc` does, with the line of the contract if the
/// text is known:
///
/// ```
/// use migration_events_codegen::{Options, Source, generate};
///
/// let text = "{\n  \"type\": \"object\",\n  \"properties\": {\"a\": {\"type\": \"text\"}}\n}";
/// let source = Source { file: "note-1.json".into(), text: text.into(), patch: None };
/// let error = generate(&[source], &Options::new("acme")).unwrap_err();
/// assert_eq!(
///     error.problems()[0].to_string(),
///     r#"error: unknown type "text"
///  --> note-1.json:3:32
///   |
/// 3 |   "properties": {"a": {"type": "text"}}
///   |                                ^^^^^^
///   |
///   = at: /properties/a/type
///   = help: name one or more of null, boolean, integer, number, string, array, object"#,
/// );
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Problem {
    /// The contract, the patch file or the option.
    pub file: String,
    /// RFC 6901 pointer into the file; empty for the whole document.
    pub pointer: String,
    /// Line and column (both from 1), if they are known.
    pub position: Option<(u32, u32)>,
    /// A sentence that states the problem.
    pub message: String,
    /// A way to solve it.
    pub help: String,
    /// [`Severity::Warning`] for a warning, and [`Severity::Error`] otherwise.
    pub severity: Severity,
    /// The line at `position`.
    pub(crate) excerpt: Option<Box<Excerpt>>,
}

impl Problem {
    /// Returns a problem at a pointer of a file.
    pub(crate) fn new(
        file: impl Into<String>,
        pointer: impl Into<String>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Self {
        Self {
            file: file.into(),
            pointer: pointer.into(),
            position: None,
            message: message.into(),
            help: help.into(),
            severity: Severity::Error,
            excerpt: None,
        }
    }

    /// Turns the problem into a warning.
    pub(crate) fn into_warning(self) -> Self {
        Self { severity: Severity::Warning, ..self }
    }

    /// Returns place, message and help in one line, as Cargo shows warnings.
    pub(crate) fn line(&self) -> String {
        let Self { file, pointer, message, help, .. } = self;
        let position = self.position.map(|(line, column)| format!(":{line}:{column}"));
        let at = if pointer.is_empty() { String::new() } else { format!(" at {pointer}") };
        let line = format!("{file}{}: {message}{at}; {help}", position.unwrap_or_default());
        line.replace(['\n', '\r'], " ")
    }

    /// Sets the line and the column, both from 1.
    pub(crate) fn at_position(self, line: usize, column: usize) -> Self {
        let narrow = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        Self { position: Some((narrow(line), narrow(column))), ..self }
    }

    /// Returns the problem of a text that is not valid JSON.
    pub(crate) fn invalid_json(file: &str, error: &serde_json::Error) -> Self {
        let (line, column) = (error.line(), error.column());
        let text = error.to_string();
        let cause = text.strip_suffix(&format!(" at line {line} column {column}")).unwrap_or(&text);
        let help = "correct the text (RFC 8259): at most 128 levels, no number beyond the range of a 64-bit \
                    floating point number";
        let message = format!("invalid JSON: {cause}");
        Self::new(file, "", message, help).at_position(line.max(1), column.max(1))
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { file, pointer, message, help, .. } = self;
        let kind = if self.severity == Severity::Warning { "warning" } else { "error" };
        let Some((line, column)) = self.position else {
            write!(f, "{kind}: {message}\n --> {file}")?;
            if !pointer.is_empty() {
                write!(f, "\n  = at: {pointer}")?;
            }
            return write!(f, "\n  = help: {help}");
        };
        let number = line.to_string();
        let margin = " ".repeat(number.len());
        write!(f, "{kind}: {message}\n{margin}--> {file}:{line}:{column}")?;
        if let Some(Excerpt { text, start, width }) = self.excerpt.as_deref() {
            let (indent, carets) = (" ".repeat(*start), "^".repeat(*width));
            write!(f, "\n{margin} |\n{number} | {text}\n{margin} | {indent}{carets}\n{margin} |")?;
        }
        if !pointer.is_empty() {
            write!(f, "\n{margin} = at: {pointer}")?;
        }
        write!(f, "\n{margin} = help: {help}")
    }
}

/// An error of generating code: every problem that was found.
#[derive(Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", list(.problems))]
pub struct Error {
    problems: Vec<Problem>,
}

impl Error {
    /// Returns the problems, in the order of the inputs.
    #[must_use]
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }
}

/// Shows the number of problems and all of them, because a build script prints the `Debug` form of an
/// error that it returns from `main`.
impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.problems.len() {
            1 => write!(f, "a contract cannot be compiled\n\n{self}"),
            many => write!(f, "{many} problems in contracts\n\n{self}"),
        }
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
    lines.join("\n\n")
}
