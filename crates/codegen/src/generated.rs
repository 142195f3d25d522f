//! The result of a run.

use crate::error::Problem;

/// Generated code, and the doubtful parts of its contracts.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Generated {
    /// The Rust code.
    pub code: String,
    /// The doubtful parts of the contracts, in their order.
    pub warnings: Vec<Problem>,
}
