//! Comparison of committed code with newly generated code.

use super::error::{CompileError, Stale};
use std::fs;
use std::path::PathBuf;

/// Compares a committed file with newly generated code.
pub(super) fn check(path: PathBuf, rust: &str, command: Option<&str>) -> Result<(), CompileError> {
    let command = match command {
        Some(command) => format!("run `{command}` and commit the file"),
        None => {
            "regenerate it with `Config::write` and the same settings, and commit the file".into()
        }
    };
    let stale = |line, found: Option<&str>, wanted: Option<&str>| {
        let path = path.clone();
        let (found, wanted) = (found.map(str::to_owned), wanted.map(str::to_owned));
        Box::new(Stale { path, line, found, wanted, command: command.clone() })
    };
    let Ok(text) = fs::read_to_string(&path) else { return Err(stale(None, None, None).into()) };
    if text == rust || is_same_code(&text, rust) {
        return Ok(());
    }
    let (mut found, mut wanted) = (text.lines(), rust.lines());
    let mut line = 1;
    loop {
        match (found.next(), wanted.next()) {
            (None, None) => return Ok(()),
            (a, b) if a == b => line += 1,
            (a, b) => return Err(stale(Some(line), a, b).into()),
        }
    }
}

/// Returns whether two texts come from the same version of the generator and differ only in layout.
fn is_same_code(one: &str, other: &str) -> bool {
    let first = |text: &str| text.lines().next().map(str::to_owned);
    let tidy = |text: &str| syn::parse_file(text).map(|file| prettyplease::unparse(&file)).ok();
    first(one) == first(other) && tidy(one).is_some_and(|one| tidy(other) == Some(one))
}
