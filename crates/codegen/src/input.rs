//! The pipeline: from the texts of contracts and deviations to the model and to Rust.

use crate::error::{Error, Problem};
use crate::frontend::json_schema::{Registry, fragment};
use crate::model::Model;
use crate::options::Options;
use crate::tree::Tree;
use crate::{Reference, Source, backend, cycles, frontend, patch, text, unify};
use std::collections::{BTreeMap, BTreeSet};

/// The text of a contract, with its deviations and their files.
pub(crate) struct Input {
    /// File name, after which a contract is named that does not name itself. It does not depend on the
    /// machine that compiles the contract.
    pub(crate) name: String,
    /// Path of the file, for problems.
    pub(crate) path: String,
    pub(crate) text: String,
    /// Path and text of each patch file, in the order in which they apply.
    pub(crate) patches: Vec<(String, String)>,
}

impl From<&Source> for Input {
    fn from(source: &Source) -> Self {
        Self {
            name: source.file.clone(),
            path: source.file.clone(),
            text: source.text.clone(),
            patches: source.patch.iter().cloned().collect(),
        }
    }
}

/// Generates the Rust code of all inputs.
pub(crate) fn generate(
    inputs: &[Input],
    references: &[Reference],
    options: &Options,
) -> Result<String, Error> {
    let mut model = Model { crates: options.crates.clone(), ..Model::default() };
    let mut problems = duplicate_names(inputs);
    let mut contracts = Vec::new();
    for input in inputs {
        match input.parse() {
            Ok(contract) => contracts.push(contract),
            Err(more) => problems.extend(more),
        }
    }
    let mut others = Vec::new();
    for Reference { uri, text } in references {
        match text::parse(uri, text) {
            Ok(tree) => others.push((uri.as_str(), tree)),
            Err(problem) => problems.push(problem),
        }
    }
    let mut registry = Registry::default();
    for contract in &contracts {
        registry.add(&contract.input.name, &contract.patched);
    }
    for (uri, tree) in &others {
        registry.add(uri, tree);
    }
    let translated = frontend::openapi::in_json_schema(&registry);
    let schemas = registry.with(translated.iter().map(|(name, tree)| (name.as_str(), tree)));
    let referred = contracts.iter().flat_map(|contract| contract.referred()).collect();
    for contract in contracts.iter().filter(|contract| !contract.is_part(&referred)) {
        problems.extend(contract.read(&registry, &schemas, &mut model).err().into_iter().flatten());
    }
    if problems.is_empty() {
        problems = frontend::outcome::unanswerable(&model);
    }
    if !problems.is_empty() {
        attach_sources(&mut problems, inputs, references);
        return Err(problems.into());
    }
    unify::unify(&mut model);
    backend::emit(model, options).map_err(Error::from)
}

/// A contract as published and with its deviations.
struct Contract<'i> {
    input: &'i Input,
    published: Tree,
    patched: Tree,
}

impl Input {
    fn parse(&self) -> Result<Contract<'_>, Vec<Problem>> {
        let published = text::parse(&self.name, &self.text).map_err(|problem| vec![problem])?;
        let mut patched = published.clone();
        let mut problems = Vec::new();
        for (path, text) in &self.patches {
            match patch::apply(path, text, &patched) {
                Ok(contract) => patched = contract,
                Err(more) => problems.extend(more),
            }
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        Ok(Contract { input: self, published, patched })
    }
}

#[cfg(feature = "evolution")]
impl Input {
    /// The contract with its deviations.
    pub(crate) fn patched(&self) -> Result<Tree, Vec<Problem>> {
        let sources = [self];
        self.parse().map(|contract| contract.patched).map_err(|mut problems| {
            attach_sources(&mut problems, sources, &[]);
            problems
        })
    }
}

impl Contract<'_> {
    fn is_avro(&self) -> bool {
        frontend::avro::is_schema(&self.input.name, &self.patched)
    }

    /// Returns the names of the documents that the contract refers to.
    fn referred(&self) -> BTreeSet<String> {
        fragment::referred(&self.input.name, &self.patched)
    }

    /// Returns whether the document is a part of the others that refer to it, and not a contract.
    fn is_part(&self, referred: &BTreeSet<String>) -> bool {
        let is_other = self.is_avro()
            || self.patched.get("asyncapi").is_some()
            || frontend::openapi::is_document(&self.patched);
        !is_other
            && fragment::has_no_keyword(&self.patched)
            && fragment::is_among(&self.input.name, referred)
    }

    /// Adds the contract to the model. `documents` are those of the run as written, `schemas` the same with all
    /// schemas in JSON Schema.
    fn read(
        &self,
        documents: &Registry<'_>,
        schemas: &Registry<'_>,
        model: &mut Model,
    ) -> Result<(), Vec<Problem>> {
        let Self { input, published, patched } = self;
        let first_rule = model.rules.len();
        let file = input.name.as_str();
        let result = if self.is_avro() {
            frontend::avro::read(file, published, patched, model)
        } else if patched.get("asyncapi").is_some() {
            frontend::asyncapi::read(file, published, patched, schemas, model)
        } else if frontend::openapi::is_document(patched) {
            frontend::openapi::read(file, patched, documents, model)
        } else {
            frontend::json_schema::read(file, published, patched, schemas, model)
        };
        result.and_then(|()| cycles::check(model, file, first_rule)).map_err(|mut problems| {
            // The text shows the published schema, which is not the one with the problem.
            let deviates = |place: &str| published.at(place) != patched.at(place);
            for problem in problems.iter_mut().filter(|problem| deviates(&problem.pointer)) {
                if let Some((patch, _)) = input.patches.last() {
                    problem.message.push_str(&format!(" (with the deviations in {patch})"));
                }
            }
            problems
        })
    }
}

/// Adds line, column and source line to problems where possible, and replaces file names by paths.
fn attach_sources<'i>(
    problems: &mut [Problem],
    inputs: impl IntoIterator<Item = &'i Input> + Copy,
    references: &[Reference],
) {
    let mut texts: BTreeMap<&str, (&str, &str)> = BTreeMap::new();
    for Reference { uri, text } in references {
        texts.insert(uri, (uri, text));
    }
    for input in inputs {
        texts.extend(input.patches.iter().map(|(path, text)| (&**path, (&**path, &**text))));
    }
    for input in inputs {
        texts.insert(&input.name, (&input.path, &input.text));
    }
    for problem in problems {
        if let Some((path, text)) = texts.get(problem.file.as_str()).copied() {
            text::attach_source(problem, text);
            path.clone_into(&mut problem.file);
        }
    }
}

/// Returns a problem for every repeated name, since names of types would depend on the input order.
fn duplicate_names(inputs: &[Input]) -> Vec<Problem> {
    let mut first: BTreeMap<&str, &str> = BTreeMap::new();
    let mut problems = Vec::new();
    for input in inputs {
        if let Some(other) = first.get(input.name.as_str()) {
            problems.push(
                Problem::new(
                    &input.path,
                    "",
                    format!("the file name {:?} is already used by {other}", input.name),
                    "give each file a unique name, or name the files by their paths from a common folder",
                )
                .at_position(1, 1),
            );
        } else {
            first.insert(&input.name, &input.path);
        }
    }
    problems
}
