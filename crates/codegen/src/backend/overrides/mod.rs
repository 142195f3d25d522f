//! Changes that the caller requests: names, derived traits and attributes.
//!
//! A request that cannot be met is an error, so that generated code always compiles.

mod derive;
mod rename;
mod select;

pub(super) use derive::Extras;
pub(super) use rename::{check, rename};

use crate::error::Problem;
use crate::options::{Change, Override};

/// Returns a problem of a request.
fn problem(wish: &Override, message: impl Into<String>, help: impl Into<String>) -> Problem {
    let (method, value) = match &wish.change {
        Change::Rename(name) => ("rename", name),
        Change::Derive(path) => ("derive", path),
        Change::Attribute(attribute) => ("attribute", attribute),
    };
    Problem::new(format!("{method}({:?}, {value:?})", wish.selector), "", message, help)
}
