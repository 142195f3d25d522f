//! Changes that the caller requests: names, derived traits and attributes.
//!
//! A request that cannot be met is an error, so that generated code always compiles.

mod derive;
mod rename;
mod select;

pub(super) use derive::Extras;
pub(super) use rename::{check, rename};
pub(super) use select::types;

use crate::error::Problem;
use crate::options::{Override, OverrideKind};

/// Returns a problem of a request.
fn problem(request: &Override, message: impl Into<String>, help: impl Into<String>) -> Problem {
    let (method, value) = match &request.kind {
        OverrideKind::Rename(name) => ("rename", name),
        OverrideKind::Derive(path) => ("derive", path),
        OverrideKind::Attribute(attribute) => ("attribute", attribute),
    };
    Problem::new(format!("{method}({:?}, {value:?})", request.selector), "", message, help)
}
