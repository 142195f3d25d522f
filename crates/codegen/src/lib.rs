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

use frontend::json_schema::Registry;
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
    let mut model = Model::default();
    let mut problems = Vec::new();
    let mut contracts = Vec::new();
    for source in sources {
        match Contract::parse(source) {
            Ok(contract) => contracts.push(contract),
            Err(more) => problems.extend(more),
        }
    }
    let mut others = Vec::new();
    for reference in references {
        match Tree::parse(&reference.text) {
            Ok(tree) => others.push((reference.uri.as_str(), tree)),
            Err(error) => problems.push(Problem::unreadable(&reference.uri, &error)),
        }
    }
    let mut registry = Registry::default();
    let json = |contract: &&Contract<'_>| !contract.source.file.ends_with(".avsc");
    for contract in contracts.iter().filter(json) {
        registry.add(&contract.source.file, &contract.patched);
    }
    for (uri, tree) in &others {
        registry.add(uri, tree);
    }
    for contract in &contracts {
        problems.extend(read(contract, &registry, &mut model).err().into_iter().flatten());
    }
    if !problems.is_empty() {
        let problems: Vec<Problem> = problems
            .into_iter()
            .map(|problem| positioned(problem, sources, references))
            .collect();
        return Err(problems.into());
    }
    unify::unify(&mut model);
    backend::emit(&model, options).map_err(Error::from)
}

/// A contract as published and with its deviations.
struct Contract<'s> {
    source: &'s Source,
    published: Tree,
    patched: Tree,
}

impl<'s> Contract<'s> {
    fn parse(source: &'s Source) -> Result<Self, Vec<Problem>> {
        let published = Tree::parse(&source.text)
            .map_err(|error| vec![Problem::unreadable(&source.file, &error)])?;
        let patched = match &source.patch {
            Some((file, text)) => patch::apply(file, text, &published)?,
            None => published.clone(),
        };
        Ok(Self { source, published, patched })
    }
}

/// Adds one contract to the model.
fn read(
    contract: &Contract<'_>,
    registry: &Registry<'_>,
    model: &mut Model,
) -> Result<(), Vec<Problem>> {
    let Contract { source, published, patched } = contract;
    let first_rule = model.rules.len();
    let file = source.file.as_str();
    let result = if file.ends_with(".avsc") {
        frontend::avro::read(file, published, patched, model)
    } else if patched.get("asyncapi").is_some() {
        frontend::asyncapi::read(file, published, patched, model)
    } else {
        frontend::json_schema::read(file, published, patched, registry, model)
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

/// The problem with line and column, as far as the texts tell them.
fn positioned(mut problem: Problem, sources: &[Source], references: &[Reference]) -> Problem {
    let contracts = sources.iter().map(|source| (&source.file, &source.text));
    let patches = sources.iter().filter_map(|source| source.patch.as_ref());
    let patches = patches.map(|(file, text)| (file, text));
    let others = references.iter().map(|reference| (&reference.uri, &reference.text));
    let mut texts = contracts.chain(patches).chain(others);
    let text = texts.find(|(file, _)| **file == problem.file).map(|(_, text)| text);
    let locate = |text: &String| locate::locate(text, &problem.pointer);
    problem.position = problem.position.or_else(|| text.and_then(locate));
    problem
}
