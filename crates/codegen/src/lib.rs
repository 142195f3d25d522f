//! Generates typed, validated, lossless Rust from JSON Schema, Avro and AsyncAPI contracts.
//!
//! The generated types stand on the crate `migration-events` (its runtime alone is enough:
//! `default-features = false`). A service's `build.rs`:
//!
//! ```no_run
//! fn main() -> Result<(), Box<dyn std::error::Error>> {
//!     migration_events_codegen::Config::new("acme").folder("schemas").compile()?;
//!     Ok(())
//! }
//! ```
//!
//! and, in its `src/lib.rs`:
//!
//! ```text
//! pub mod acme {
//!     include!(concat!(env!("OUT_DIR"), "/acme.rs"));
//! }
//! ```
//!
//! Data flows one way: schema text → frontend → model → backend → Rust. [`generate`] is the whole
//! of it as a pure function; [`Config`] reads and writes files around it.
//!
//! Contracts are read from JSON, and from YAML with the feature `yaml`. The feature `evolution` compares two
//! versions of a contract.
//!
//! Generated code calls internals of `migration-events`, so both crates must be of the same
//! version; a change of the output is a change of the version.

#![cfg_attr(docsrs, feature(doc_cfg))]
#![forbid(unsafe_code)]
#![deny(missing_docs)]

#[cfg(doc)]
#[doc = include_str!("../docs/mapping.md")]
pub mod mapping {}

mod backend;
mod config;
mod cycles;
mod error;
#[cfg(feature = "evolution")]
pub mod evolution;
mod frontend;
mod input;
mod locate;
mod model;
mod near;
mod options;
mod patch;
mod pattern;
mod text;
mod tree;
mod unify;
#[cfg(feature = "yaml")]
mod yaml;

pub use config::{CompileError, Config, Stale};
pub use error::{Error, Problem};
pub use options::{CrateVersion, Options, UnknownCrates};

use input::Input;

/// A contract as text.
#[derive(Debug, Clone)]
pub struct Source {
    /// File name, which names the contract where the contract does not name itself. Its ending says
    /// what the text is: `.avsc` (Avro), `.yaml` and `.yml` (feature `yaml`), anything else JSON.
    pub file: String,
    /// The contract as published.
    pub text: String,
    /// Deviations from it: name and text of an RFC 6902 patch file whose operations each carry a
    /// `reason`.
    pub patch: Option<(String, String)>,
}

/// Generates the Rust of a family of contracts. Performs no I/O; equal inputs give equal text, and the
/// order of the sources changes no name.
///
/// # Errors
/// Every problem in the contracts: what is no JSON, contradicts itself or cannot be expressed
/// faithfully. Each one names file, place, what was found and what to do.
///
/// ```
/// use migration_events_codegen::{Options, Source, generate};
///
/// let source = Source {
///     file: "meter_moved-1.json".into(),
///     text: r#"{"type": "object", "required": ["meter"], "properties": {"meter": {"type": "string"}}}"#.into(),
///     patch: None,
/// };
/// let rust = generate(&[source], &Options::new("acme"))?;
/// assert!(rust.contains("pub struct MeterMoved"));
/// # Ok::<(), migration_events_codegen::Error>(())
/// ```
pub fn generate(sources: &[Source], options: &Options) -> Result<String, Error> {
    generate_with(sources, &[], options)
}

/// A document that contracts refer to; nothing is generated from it by itself.
#[derive(Debug, Clone)]
pub struct Reference {
    /// The URI from which it was retrieved, or its file name relative to the contracts.
    pub uri: String,
    /// The document.
    pub text: String,
}

/// As [`generate`], with documents that the contracts refer to.
///
/// A `$ref` leads to a contract of the same run or to one of `references`, by file name or URI, or by
/// the `$id` that a schema has given itself (draft-07 Core §8.2, RFC 3986 §5).
///
/// # Errors
/// As [`generate`].
///
/// ```
/// use migration_events_codegen::{Options, Reference, Source, generate_with};
///
/// let source = Source {
///     file: "meter_moved.json".into(),
///     text: r#"{"type": "object", "properties": {"meter": {"$ref": "common.json#/definitions/meter"}}}"#.into(),
///     patch: None,
/// };
/// let common = Reference {
///     uri: "common.json".into(),
///     text: r#"{"definitions": {"meter": {"type": "string", "maxLength": 8}}}"#.into(),
/// };
/// let rust = generate_with(&[source], &[common], &Options::new("acme"))?;
/// assert!(rust.contains("pub struct Meter("));
/// # Ok::<(), migration_events_codegen::Error>(())
/// ```
pub fn generate_with(
    sources: &[Source],
    references: &[Reference],
    options: &Options,
) -> Result<String, Error> {
    let inputs: Vec<Input> = sources.iter().map(Input::from).collect();
    input::generate(&inputs, references, options)
}

/// The examples of the README run as tests.
#[cfg(all(doctest, feature = "evolution"))]
#[doc = include_str!("../README.md")]
struct Readme;
