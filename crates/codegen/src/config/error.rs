//! Errors of compiling contracts.

use crate::Error;
use std::path::{Path, PathBuf};
use std::{fmt, io};

/// An error of compiling contracts.
#[derive(thiserror::Error)]
#[non_exhaustive]
pub enum CompileError {
    /// A contract cannot be read or compiled, or an option cannot be applied.
    #[error(transparent)]
    Contract(#[from] Error),
    /// A file cannot be read or written.
    #[error("cannot read or write {}", .path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// The cause.
        source: io::Error,
    },
    /// `OUT_DIR` is not set and no other destination was configured.
    #[error(
        "OUT_DIR is not set: call this from build.rs, or name a folder with `out_dir` or a file with `write`"
    )]
    NoOutDir,
    /// A committed file differs from the code that its contracts produce now.
    #[error(transparent)]
    Stale(#[from] Box<Stale>),
}

/// The first difference between a committed file and the code that its contracts produce now.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.text())]
#[non_exhaustive]
pub struct Stale {
    /// The committed file.
    pub path: PathBuf,
    /// Line number (from 1) of the first difference; `None` if the file cannot be read.
    pub line: Option<usize>,
    /// That line in the committed file; `None` if the file ends before it.
    pub found: Option<String>,
    /// That line in the generated code; `None` if the code ends before it.
    pub wanted: Option<String>,
    /// Instruction for regenerating the file.
    pub command: String,
}

impl Stale {
    fn text(&self) -> String {
        let (path, command) = (self.path.display(), &self.command);
        let Some(line) = self.line else {
            return format!(
                "error: the generated code is missing\n --> {path}\n  = help: {command}"
            );
        };
        let number = line.to_string();
        let margin = " ".repeat(number.len());
        let shown = |marker: char, text: &Option<String>| match text {
            Some(text) => format!("\n{margin} {marker} {}", text.trim_end()),
            None => String::new(),
        };
        format!(
            "error: the generated code is out of date\n{margin}--> {path}:{line}\n\
             {margin} |{}{}\n{margin} |\n{margin} = help: {command}",
            shown('-', &self.found),
            shown('+', &self.wanted),
        )
    }
}

/// Shows the error and its cause, because a build script prints the `Debug` form of an error that it
/// returns from `main`.
impl fmt::Debug for CompileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            CompileError::Contract(error) => fmt::Debug::fmt(error, f),
            CompileError::Io { source, .. } => write!(f, "{self}: {source}"),
            CompileError::NoOutDir => fmt::Display::fmt(self, f),
            CompileError::Stale(stale) => write!(f, "a committed file is out of date\n\n{stale}"),
        }
    }
}

pub(super) fn at(path: &Path) -> impl FnOnce(io::Error) -> CompileError + use<> {
    let path = path.to_owned();
    |source| CompileError::Io { path, source }
}
