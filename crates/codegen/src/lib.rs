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
//! Generated code calls internals of `migration-events`, so both crates must be of the same
//! version; a change of the output is a change of the version.

#![forbid(unsafe_code)]
#![deny(missing_docs)]

mod backend;
mod config;
mod cycles;
mod error;
mod frontend;
mod locate;
mod model;
mod patch;
mod pattern;
mod tree;
mod unify;

pub use config::{CompileError, Config};
pub use error::{Error, Problem};

use model::Model;
use tree::Tree;

/// A contract as text.
#[derive(Debug, Clone)]
pub struct Source {
    /// File name, which names the contract where the contract does not name itself.
    pub file: String,
    /// The contract as published.
    pub text: String,
    /// Deviations from it: name and text of an RFC 6902 patch file whose operations each carry a
    /// `reason`.
    pub patch: Option<(String, String)>,
}

/// What the generated code is called and stands on.
#[derive(Debug, Clone)]
pub struct Options {
    /// The family of contracts, as rejections name it.
    pub family: String,
    /// Path of the runtime as generated code must write it, `::migration_events` unless the
    /// dependency is renamed.
    pub runtime: String,
}

impl Options {
    /// Options for a family, with the runtime under its own name.
    pub fn new(family: impl Into<String>) -> Self {
        Self { family: family.into(), runtime: "::migration_events".into() }
    }
}

/// Generates the Rust of a family of contracts. Performs no I/O; equal inputs give equal text.
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
    let mut model = Model::default();
    let mut problems = Vec::new();
    for source in sources {
        if let Err(more) = read(source, &mut model) {
            problems.extend(more.into_iter().map(|problem| positioned(problem, source)));
        }
    }
    if !problems.is_empty() {
        return Err(problems.into());
    }
    unify::unify(&mut model);
    backend::emit(&model, options).map_err(Error::from)
}

/// Adds one contract to the model.
fn read(source: &Source, model: &mut Model) -> Result<(), Vec<Problem>> {
    let first_rule = model.rules.len();
    let published = Tree::parse(&source.text)
        .map_err(|error| vec![Problem::unreadable(&source.file, &error)])?;
    let patched = match &source.patch {
        Some((file, text)) => patch::apply(file, text, &published)?,
        None => published.clone(),
    };
    let file = source.file.as_str();
    let result = if file.ends_with(".avsc") {
        frontend::avro::read(file, &published, &patched, model)
    } else if patched.get("asyncapi").is_some() {
        frontend::asyncapi::read(file, &published, &patched, model)
    } else {
        frontend::json_schema::read(file, &published, &patched, model)
    };
    result.and_then(|()| cycles::check(model, file, first_rule)).map_err(|mut problems| {
        // The text does not show what was found there.
        let deviates = |place: &str| published.at(place) != patched.at(place);
        for problem in problems.iter_mut().filter(|problem| deviates(&problem.pointer)) {
            if let Some((patch, _)) = &source.patch {
                problem.found.push_str(&format!(" (with the deviations in {patch})"));
            }
        }
        problems
    })
}

/// The problem with line and column, as far as the text tells them.
fn positioned(mut problem: Problem, source: &Source) -> Problem {
    let text = match &source.patch {
        Some((file, text)) if *file == problem.file => text,
        _ => &source.text,
    };
    problem.position = problem.position.or_else(|| locate::locate(text, &problem.pointer));
    problem
}
