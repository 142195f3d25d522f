//! Generates typed, validated, lossless Rust from JSON Schema, Avro, AsyncAPI and OpenAPI contracts.
//!
//! The generated types depend on the crate `migration-events-runtime`. In a service's `build.rs`:
//!
//! ```no_run
//! fn main() -> Result<(), Box<dyn std::error::Error>> {
//!     migration_events_codegen::Config::new("acme").folder("schemas").compile()?;
//!     Ok(())
//! }
//! ```
//!
//! and in its `src/lib.rs`:
//!
//! ```text
//! pub mod acme {
//!     include!(concat!(env!("OUT_DIR"), "/acme.rs"));
//! }
//! ```
//!
//! Data flows one way: schema text → frontend → model → backend → Rust. [`generate`] does all of
//! this as a pure function; [`Config`] adds the reading and writing of files.
//!
//! # Features
//!
//! | feature | default | what it adds |
//! |---|---|---|
//! | `asyncapi` | yes | AsyncAPI documents; Avro payloads need `avro`, too |
//! | `avro` | yes | Avro schemas and protocols, and their fingerprints |
//! | `openapi` | yes | OpenAPI documents |
//! | `regex` | yes | patterns that are more than a set of characters such as `[0-9]` |
//! | `backtracking` | no | patterns with look-around and back-references |
//! | `unicode` | no | patterns with Unicode properties (`\p{…}`) |
//! | `yaml` | no | contracts and deviations in YAML |
//! | `evolution` | no | comparison of two versions of a contract |
//!
//! JSON Schema needs no feature. A service that builds often turns off what its contracts do not need
//! (`default-features = false`); a contract that needs more is an error that names the feature.
//!
//! Generated code calls internals of `migration-events-runtime`, so both crates must have the same
//! version. Every change of the output is released as a new version.

#![cfg_attr(docsrs, feature(doc_cfg))]
#![forbid(unsafe_code)]
#![deny(missing_docs)]
// Maps with an order are for what is written in their order. Others hash, which compiles to less code; their order
// differs in each run and must not reach the output.
#![deny(clippy::iter_over_hash_type)]
// Some of what the frontends share is used by one of them alone.
#![cfg_attr(
    not(all(feature = "asyncapi", feature = "avro", feature = "openapi", feature = "regex")),
    allow(dead_code, unused_imports)
)]

#[cfg(doc)]
#[doc = include_str!("../docs/mapping.md")]
pub mod mapping {}

mod backend;
mod config;
mod cycles;
mod defaults;
mod equal;
mod error;
#[cfg(feature = "evolution")]
pub mod evolution;
mod frontend;
mod generated;
mod input;
mod judge;
mod locate;
mod model;
mod near;
mod options;
mod patch;
mod pattern;
mod source;
mod stack;
mod text;
mod tree;
mod unify;
mod version;
#[cfg(feature = "yaml")]
mod yaml;

pub use config::{CompileError, Config, Stale};
pub use error::{Error, Problem};
pub use generated::Generated;
pub use options::{CrateVersion, Draft, Formats, Lint, Numbers, Options, Severity, UnknownCrates};
pub use source::{Reference, Source};

use input::Input;

/// Generates the Rust code of a family of contracts.
///
/// Performs no I/O. Equal inputs produce equal text, and names do not depend on the order of the
/// sources.
///
/// # Errors
/// Returns every problem in the contracts: invalid JSON, contradictions, and schemas that cannot be
/// expressed faithfully. Each problem names the file, the place, the cause and a remedy.
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

/// Generates the Rust code of contracts that refer to further documents.
///
/// A `$ref` may name a contract of the same run or one of `references`: by file name, by URI, or by
/// the `$id` of a schema (draft-07 Core §8.2, RFC 3986 §5).
///
/// # Errors
/// See [`generate`].
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
    generate_with_warnings(sources, references, options).map(|generated| generated.code)
}

/// Generates the Rust code of contracts as [`generate_with`] does, and returns it with the warnings.
///
/// # Errors
/// See [`generate`].
///
/// ```
/// use migration_events_codegen::{Lint, Options, Severity, Source, generate_with_warnings};
///
/// let source = Source {
///     file: "meter_moved.json".into(),
///     text: r#"{"type": "object", "requried": ["meter"], "properties": {"meter": {"type": "string"}}}"#.into(),
///     patch: None,
/// };
/// let options = Options::new("acme").lint(Lint::MisspeltKeyword, Severity::Warning);
/// let generated = generate_with_warnings(&[source], &[], &options)?;
/// assert!(generated.warnings[0].to_string().starts_with("warning: unknown keyword `requried`"));
/// # Ok::<(), migration_events_codegen::Error>(())
/// ```
pub fn generate_with_warnings(
    sources: &[Source],
    references: &[Reference],
    options: &Options,
) -> Result<Generated, Error> {
    let inputs: Vec<Input> = sources.iter().map(Input::from).collect();
    input::generate(&inputs, references, options)
}

/// Runs the examples of the README as tests.
#[cfg(all(doctest, feature = "evolution"))]
#[doc = include_str!("../README.md")]
struct Readme;
