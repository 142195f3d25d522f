//! The sources of this repository as its invariants see them: code without comments and tests, comments
//! with their place, and the files that refer to each other.

#![forbid(unsafe_code)]

mod modules;
mod source;

pub use modules::{Edge, circles, edges};
pub use source::{Source, sources};

use std::path::{Path, PathBuf};

/// The folder of the repository.
///
/// # Panics
/// The package is not where it belongs.
#[must_use]
pub fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().nth(3).expect("three folders below the root").to_owned()
}

/// The text of a file of the repository.
///
/// # Panics
/// The file cannot be read.
#[must_use]
pub fn read(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The words of a line of code, with the characters that identifiers have.
pub fn words(code: &str) -> impl Iterator<Item = &str> {
    code.split(|letter: char| !letter.is_alphanumeric() && letter != '_')
        .filter(|word| !word.is_empty())
}
