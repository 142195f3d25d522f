//! What the caller wishes to differ: names, derived traits, attributes.
//!
//! A wish that cannot be met is an error: generated code compiles, or there is none.

mod derive;
mod rename;
mod select;

pub(super) use derive::Extras;
pub(super) use rename::{check, rename};

use crate::error::Problem;
use crate::options::{Change, Override};

/// A problem of a wish.
fn problem(wish: &Override, found: impl Into<String>, help: impl Into<String>) -> Problem {
    let (method, value) = match &wish.change {
        Change::Rename(name) => ("rename", name),
        Change::Derive(path) => ("derive", path),
        Change::Attribute(attribute) => ("attribute", attribute),
    };
    Problem::new(format!("{method}({:?}, {value:?})", wish.selector), "", found, help)
}
