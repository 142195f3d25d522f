//! Why a message was rejected.
//!
//! Decoding is one pass of generated code over the message. Only when that fails is the message
//! read a second time, against tables generated from the same contract, to name *every*
//! [`Violation`]: where in the message (RFC 6901 pointer), where in the contract, and what kind.
//!
//! Payloads hold personal data: no value of a message is stored in a [`Rejection`] or printed by
//! its `Display` or `Debug`. [`Violation::value_in`] looks one up in the message on request.

#[cfg(feature = "backtracking")]
pub(crate) mod backtracking;
mod canonical;
mod features;
mod format;
mod grammar;
mod invalid;
mod kind;
mod located;
mod masked;
mod rejection;
mod report;
mod rows;
pub mod schema;
mod types;
mod violation;
mod walk;

pub use invalid::Invalid;
pub use kind::ViolationKind;
pub use located::Located;
pub use masked::Masked;
pub use rejection::{Rejection, Strictness};
pub use violation::Violation;

pub(crate) use walk::{Walk, accepts, literal, violations};
