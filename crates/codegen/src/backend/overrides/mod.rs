//! Changes that the caller requests: names, derived traits and attributes.
//!
//! A request that cannot be met is an error, so that generated code always compiles.

mod derive;
mod numbers;
mod rename;
mod select;

pub(super) use derive::Extras;
pub(crate) use numbers::number_choices;
pub(super) use rename::names;
pub(super) use select::types;

use crate::error::Problem;
use crate::options::{Override, OverrideKind};

/// Returns a problem of a request.
fn problem(request: &Override, message: impl Into<String>, help: impl Into<String>) -> Problem {
    let (method, value) = match &request.kind {
        OverrideKind::Rename(name) => ("rename", format!("{name:?}")),
        OverrideKind::Derive(path) => ("derive", format!("{path:?}")),
        OverrideKind::Attribute(attribute) => ("attribute", format!("{attribute:?}")),
        OverrideKind::Numbers(numbers) => ("numbers", format!("{numbers:?}")),
    };
    Problem::new(format!("{method}({:?}, {value})", request.selector), "", message, help)
}
