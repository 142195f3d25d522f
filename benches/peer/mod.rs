//! The plain `serde` structs that a service would write by hand from the published pages.
//!
//! Their omissions are the point of the comparison: nothing is validated beyond the Rust types,
//! amounts are `f64`, unknown properties are dropped, and timestamps are printed anew.

pub(crate) mod boost;
pub(crate) mod pismo;
pub(crate) mod specsavers;
