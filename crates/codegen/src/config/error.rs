//! Why contracts were not compiled.

use crate::Error;
use std::path::{Path, PathBuf};
use std::{fmt, io};

/// Why contracts were not compiled.
#[derive(thiserror::Error)]
#[non_exhaustive]
pub enum CompileError {
    /// A contract cannot be read or turned into Rust, or an option cannot be met.
    #[error(transparent)]
    Contract(#[from] Error),
    /// A file cannot be read or written.
    #[error("cannot read or write {}", .path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// Not called from a build script, and no other place to write to was named.
    #[error(
        "OUT_DIR is not set: call this from build.rs, or name a folder with `out_dir` or a file with `write`"
    )]
    NoOutDir,
    /// A committed file is not what its contracts give now.
    #[error(transparent)]
    Stale(#[from] Box<Stale>),
}

/// The first difference between a committed file and the code that its contracts give now.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.text())]
#[non_exhaustive]
pub struct Stale {
    /// The committed file.
    pub path: PathBuf,
    /// The line (from 1) of the first difference; `None` if the file is not there.
    pub line: Option<usize>,
    /// That line as it is in the file, if it has so many.
    pub found: Option<String>,
    /// And as it would be written, if the new code has so many.
    pub wanted: Option<String>,
    /// What writes the file anew.
    pub command: String,
}

impl Stale {
    fn text(&self) -> String {
        let (path, command) = (self.path.display(), &self.command);
        let Some(line) = self.line else {
            return format!(
                "error: generated code that is not there\n --> {path}\n  = help: {command}"
            );
        };
        let number = line.to_string();
        let margin = " ".repeat(number.len());
        let shown = |sign: char, text: &Option<String>| match text {
            Some(text) => format!("\n{margin} {sign} {}", text.trim_end()),
            None => String::new(),
        };
        format!(
            "error: generated code that is not what its contracts give now\n{margin}--> {path}:{line}\n\
             {margin} |{}{}\n{margin} |\n{margin} = help: {command}",
            shown('-', &self.found),
            shown('+', &self.wanted),
        )
    }
}

/// The error and its cause: it is what a build script shows that returns the error from `main`.
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
