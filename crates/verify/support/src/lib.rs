//! Tools that the tests of several packages share.
//!
//! They depend on none of the packages under test: `serde_json` decides what JSON is, and numbers are
//! compared digit by digit.

#![forbid(unsafe_code)]

mod damage;
mod dice;
pub mod json;
pub mod number;
#[cfg(feature = "oracle")]
pub mod oracle;
pub mod places;

pub use damage::damage;
pub use dice::Dice;
pub use json::{Document, Json};
