//! The pipeline: from the texts of contracts and deviations to the model and to Rust.

mod choices;
mod prepare;

use crate::error::{Error, Problem};
use crate::frontend::avro::Collection;
use crate::frontend::json_schema::{Known, Registry, fragment};
use crate::frontend::kind::{is_asyncapi, is_openapi, unreadable};
use crate::generated::Generated;
use crate::model::Model;
use crate::options::{
    Extent, Lint, NumberChoice, NumberChoices, Options, Severity, without_empty_fragment,
};
use crate::source::{Reference, Source};
use crate::tree::Tree;
use crate::{backend, cycles, defaults, frontend, patch, stack, text, unify};
use choices::Choices;
use prepare::Prepared;
use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::path::Path;

/// The text of a contract, with its deviations and their files.
#[derive(Clone)]
pub(crate) struct Input {
    /// File name, after which a contract is named that does not name itself. It does not depend on the
    /// machine that compiles the contract.
    pub(crate) name: String,
    /// Path of the file, for problems.
    pub(crate) path: String,
    pub(crate) text: String,
    /// Path and text of each patch file, in the order in which they apply.
    pub(crate) patches: Vec<(String, String)>,
    /// True if the contract is an Avro schema, whatever its name and its content.
    pub(crate) is_avro: bool,
}

impl From<&Source> for Input {
    fn from(source: &Source) -> Self {
        Self {
            name: source.file.clone(),
            path: source.file.clone(),
            text: source.text.clone(),
            patches: source.patch.iter().cloned().collect(),
            is_avro: false,
        }
    }
}

impl From<&Reference> for Input {
    fn from(Reference { uri, text }: &Reference) -> Self {
        // The URIs of metaschemas end with an empty fragment.
        let name = without_empty_fragment(uri).to_owned();
        let (path, text) = (uri.clone(), text.clone());
        Self { name, path, text, patches: Vec::new(), is_avro: false }
    }
}

/// Generates the Rust code of all inputs.
pub(crate) fn generate(
    inputs: &[Input],
    references: &[Reference],
    options: &Options,
) -> Result<Generated, Error> {
    stack::with_room(|| generate_here(inputs, references, options))
}

fn generate_here(
    inputs: &[Input],
    references: &[Reference],
    options: &Options,
) -> Result<Generated, Error> {
    let mut problems = duplicate_names(inputs);
    let mut prepared = Vec::new();
    for input in inputs {
        match input.prepare(options.avro_comments) {
            Ok(input) => prepared.push(input),
            Err(problem) => problems.push(problem),
        }
    }
    let choices = Choices::of(options, &mut problems, |choices, problems| {
        model(&prepared, references, choices, options, &options.numbers, problems)
    });
    let model = choices.and_then(|mut choices| {
        let mut read = |numbers: &_| {
            model(&prepared, references, &mut choices, options, numbers, &mut problems)
        };
        let first = read(&options.numbers)?;
        if !options.numbers.name_types() {
            return Some(first);
        }
        // The names of types are known once all contracts have been read.
        match backend::number_choices(first, options) {
            Ok(numbers) => read(&numbers),
            Err(more) => {
                problems.extend(more);
                None
            }
        }
    });
    if let Some(model) = &model {
        problems.extend(unmet_choices(model));
    }
    // Of a contract that was not prepared, the text is the one that it has.
    let unread =
        inputs.iter().filter(|input| !prepared.iter().any(|prepared| prepared.name == input.name));
    let texts: Vec<&Input> = prepared.iter().map(|input| &**input).chain(unread).collect();
    let Some(mut model) = model.filter(|_| problems.is_empty()) else {
        attach_sources(&mut problems, texts, references);
        return Err(without_repetitions(problems).into());
    };
    let mut warnings = std::mem::take(&mut model.warnings);
    attach_sources(&mut warnings, texts, references);
    let code = backend::emit(model, options).map_err(Error::from)?;
    Ok(Generated { code, warnings: without_repetitions(warnings) })
}

/// Reads all inputs. Returns the model unless there are problems.
fn model(
    inputs: &[Cow<'_, Input>],
    references: &[Reference],
    choices: &mut Choices<'_>,
    options: &Options,
    numbers: &NumberChoices,
    problems: &mut Vec<Problem>,
) -> Option<Model> {
    let files = inputs.iter().map(|input| input.name.clone()).collect();
    let (crates, numbers) = (options.crates.clone(), numbers.clone());
    let mut model = Model { crates, numbers, files, ..Model::default() };
    let mut contracts = Vec::new();
    let mut warnings = Vec::new();
    for input in inputs {
        if let Some(empty) = input.empty() {
            match options.lints.severity(Lint::EmptyInput) {
                Severity::Error => problems.push(empty),
                Severity::Warning => warnings.push(empty.into_warning()),
                Severity::Ignore => {}
            }
            continue;
        }
        match input.parse() {
            Ok(contract) => contracts.push(contract.chosen(choices)),
            Err(more) => problems.extend(more),
        }
    }
    let references: Vec<Input> = references.iter().map(Input::from).collect();
    let references: Vec<_> = references
        .iter()
        .filter_map(|input| {
            let prepared = input.prepare(options.avro_comments);
            prepared.map_err(|problem| problems.push(problem)).ok()
        })
        .collect();
    let mut others = Vec::new();
    for input in &references {
        match input.parse() {
            Ok(other) => others.push(other.chosen(choices)),
            Err(more) => problems.extend(more),
        }
    }
    problems.extend(choices.unmet());
    let all = contracts.iter().chain(&others);
    let documents = all.map(|contract| (contract.input.name.as_str(), &contract.patched));
    let registry = Registry::of(options, documents);
    let mut collection = Collection::default();
    let mut conflicts = Vec::new();
    for contract in contracts.iter().chain(&others) {
        conflicts.extend(contract.collect(&mut collection));
    }
    if !conflicts.is_empty() {
        // Schemas that depend on these would only repeat them.
        problems.extend(conflicts);
        return None;
    }
    // Beside other schemas, a file with an enum or a fixed is a definition that they share.
    let has_events = contracts.iter().any(|contract| {
        !contract.embedded().is_empty() || contract.avro.iter().any(|part| !part.is_shared())
    });
    let mut known = Known::default();
    let translated = frontend::openapi::in_json_schema(&registry);
    let changed = registry.with(&translated);
    let (documents, collection) = (&registry, &collection);
    let schemas = changed.as_ref().unwrap_or(documents);
    let shared = Shared { documents, schemas, collection, has_events };
    let referred = contracts.iter().flat_map(|contract| contract.referred()).collect();
    for contract in contracts.iter().filter(|contract| !contract.is_part(&referred)) {
        let read = contract.read(&shared, &mut known, &mut model);
        problems.extend(read.err().into_iter().flatten());
    }
    if problems.is_empty() {
        problems.extend(frontend::outcome::unanswerable(&model));
    }
    model.warnings.append(&mut warnings);
    model.shorten_pointers();
    unify::unify(&mut model);
    model.initial = defaults::records(&model);
    problems.is_empty().then_some(model)
}

/// Returns a problem for each choice of numbers that no number has.
fn unmet_choices(model: &Model) -> Vec<Problem> {
    let is_unmet = |(index, choice): &(usize, &NumberChoice)| {
        choice.extent() != Extent::Family && !model.numbers_met.contains(index)
    };
    let unmet = model.numbers.0.iter().enumerate().filter(is_unmet);
    let problem = |(_, NumberChoice { of, numbers, .. }): (_, &NumberChoice)| {
        let help = "write `*`, a type with numbers, or the file and the pointer of a schema with `integer` or `number` \
                    itself, not of one that refers to it";
        let message = format!("no number of a JSON schema is at {of:?}");
        Problem::new(format!("numbers({of:?}, {numbers:?})"), "", message, help)
    };
    unmet.map(problem).collect()
}

/// Returns the problems without those that are listed before: several contracts may refer to a schema.
fn without_repetitions(problems: Vec<Problem>) -> Vec<Problem> {
    let mut kept: Vec<Problem> = Vec::with_capacity(problems.len());
    let mut seen = HashSet::new();
    for problem in problems {
        let Problem { file, pointer, position, message, .. } = &problem;
        if seen.insert((file.clone(), pointer.clone(), *position, message.clone())) {
            kept.push(problem);
        }
    }
    kept
}

/// The contents of a run that every contract may refer to.
struct Shared<'r> {
    /// The documents as written.
    documents: &'r Registry<'r>,
    /// The same with all schemas in JSON Schema.
    schemas: &'r Registry<'r>,
    /// The named types of all Avro schemas.
    collection: &'r Collection,
    /// True if an Avro enum or fixed is a definition that other schemas share.
    has_events: bool,
}

/// A contract as published and with its deviations.
struct Contract<'i> {
    input: &'i Input,
    published: Tree,
    patched: Tree,
    /// The Avro schemas that the contract consists of: one, or the types of a protocol.
    avro: Vec<Part>,
}

/// An Avro schema at a place of a contract.
struct Part {
    place: String,
    published: Tree,
    patched: Tree,
}

impl Part {
    fn is_shared(&self) -> bool {
        frontend::avro::is_shared(&self.patched)
    }
}

impl Input {
    /// Returns the input as it is read: without comments, and out of the answer of a schema registry.
    fn prepare(&self, comments: bool) -> Result<Cow<'_, Input>, Problem> {
        let Some(prepared) = prepare::prepare(&self.name, &self.text, comments)? else {
            return Ok(Cow::Borrowed(self));
        };
        let Prepared { text, is_avro, is_answer } = prepared;
        let path = if is_answer { format!("{}#/schema", self.path) } else { self.path.clone() };
        let (name, patches) = (self.name.clone(), self.patches.clone());
        Ok(Cow::Owned(Input { name, path, text, patches, is_avro }))
    }

    /// Returns a problem if the file has no content.
    fn empty(&self) -> Option<Problem> {
        let text = self.text.strip_prefix('\u{feff}').unwrap_or(&self.text);
        text.trim().is_empty().then(|| {
            let help = format!(
                "write a contract, remove the file, or leave it out with {}",
                Lint::EmptyInput.option()
            );
            Problem::new(&self.name, "", "the file is empty", help).at_position(1, 1)
        })
    }

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
        if let Some(problem) = unreadable(&self.name, &patched, self.is_avro) {
            return Err(vec![problem]);
        }
        let avro = self.avro(&published, &patched).map_err(|problem| vec![problem])?;
        Ok(Contract { input: self, published, patched, avro })
    }

    /// Returns the Avro schemas of a contract.
    fn avro(&self, published: &Tree, patched: &Tree) -> Result<Vec<Part>, Problem> {
        use frontend::avro::protocol;
        use frontend::kind::{is_avro_protocol, is_avro_schema};
        if is_avro_protocol(&self.name, patched) {
            // A published protocol without types is one that the deviations complete.
            let published = protocol::types(&self.name, published).unwrap_or_default();
            let types = protocol::types(&self.name, patched)?.into_iter().enumerate();
            let part = |(index, (place, patched)): (usize, (String, Tree))| {
                let published = published.get(index).map(|(_, published)| published.clone());
                Part { place, published: published.unwrap_or_else(|| patched.clone()), patched }
            };
            return Ok(types.map(part).collect());
        }
        let is_avro = self.is_avro || is_avro_schema(&self.name, patched);
        let (published, patched) = (published.clone(), patched.clone());
        let whole = is_avro.then(|| Part { place: String::new(), published, patched });
        Ok(whole.into_iter().collect())
    }
}

#[cfg(feature = "evolution")]
impl Input {
    /// The contract as it is read, with or without comments.
    pub(crate) fn prepared(&self) -> Result<Cow<'_, Input>, Vec<Problem>> {
        self.prepare(true).map_err(|problem| {
            let mut problems = vec![problem];
            attach_sources(&mut problems, vec![self], &[]);
            problems
        })
    }

    /// The contract with its deviations.
    pub(crate) fn patched(&self) -> Result<Tree, Vec<Problem>> {
        let sources = [self];
        self.parse().map(|contract| contract.patched).map_err(|mut problems| {
            attach_sources(&mut problems, sources.to_vec(), &[]);
            problems
        })
    }
}

impl Contract<'_> {
    /// Changes the JSON schemas that options select.
    fn chosen(mut self, choices: &mut Choices<'_>) -> Self {
        if self.avro.is_empty() {
            self.patched = choices.apply(&self.input.name, self.patched);
        }
        self
    }

    /// Returns the pointers of the Avro schemas in an AsyncAPI document.
    fn embedded(&self) -> Vec<String> {
        if self.avro.is_empty() && is_asyncapi(&self.patched) {
            return frontend::asyncapi::avro_schemas(&self.patched);
        }
        Vec::new()
    }

    /// Adds the named types of the contract's Avro schemas to those of the run.
    fn collect(&self, collection: &mut Collection) -> Vec<Problem> {
        let Self { input, published, patched, avro } = self;
        let mut problems = Vec::new();
        for Part { place, published, patched } in avro {
            problems.extend(collection.add(&input.name, place, published, patched));
        }
        for place in self.embedded() {
            if let Some(patched) = patched.at(&place) {
                let published = published.at(&place).unwrap_or(patched);
                problems.extend(collection.add(&input.name, &place, published, patched));
            }
        }
        problems
    }

    /// Returns the names of the documents that the contract refers to.
    fn referred(&self) -> BTreeSet<String> {
        fragment::referred(&self.input.name, &self.patched)
    }

    /// Returns whether the document is a part of the others that refer to it, and not a contract.
    fn is_part(&self, referred: &BTreeSet<String>) -> bool {
        let is_other =
            !self.avro.is_empty() || is_asyncapi(&self.patched) || is_openapi(&self.patched);
        !is_other
            && fragment::has_no_keyword(&self.patched)
            && fragment::is_among(&self.input.name, referred)
    }

    /// Adds the contract to the model. An Avro enum or fixed beside events is none.
    fn read(
        &self,
        shared: &Shared<'_>,
        known: &mut Known,
        model: &mut Model,
    ) -> Result<(), Vec<Problem>> {
        let Self { input, published, patched, avro } = self;
        let Shared { documents, schemas, collection, has_events } = *shared;
        let first_rule = model.rules.len();
        let file = input.name.as_str();
        let result = if !avro.is_empty() {
            self.read_avro(collection, has_events, model)
        } else if is_asyncapi(patched) {
            let others = frontend::asyncapi::Others { documents: schemas, avro_types: collection };
            frontend::asyncapi::read(file, published, patched, &others, known, model)
        } else if is_openapi(patched) {
            frontend::openapi::read(file, patched, documents, known, model)
        } else {
            frontend::json_schema::read(file, published, patched, schemas, known, model)
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

    fn read_avro(
        &self,
        collection: &Collection,
        has_events: bool,
        model: &mut Model,
    ) -> Result<(), Vec<Problem>> {
        let file = self.input.name.as_str();
        // A schema without a name is named after the file.
        let stem = Path::new(file).file_stem().and_then(|stem| stem.to_str()).unwrap_or(file);
        let mut problems = Vec::new();
        for part in &self.avro {
            let Part { place, published, patched } = part;
            let read = if has_events && part.is_shared() {
                frontend::avro::share(file, place, patched, collection, model)
            } else {
                let schemas = (published, patched);
                frontend::avro::read_at(file, place, stem, schemas, collection, model).map(drop)
            };
            problems.extend(read.err().into_iter().flatten());
        }
        if problems.is_empty() { Ok(()) } else { Err(problems) }
    }
}

/// Adds line, column and source line to problems where possible, and replaces file names by paths.
fn attach_sources(problems: &mut [Problem], inputs: Vec<&Input>, references: &[Reference]) {
    let mut texts: HashMap<&str, (&str, &str)> = HashMap::new();
    for Reference { uri, text } in references {
        texts.insert(without_empty_fragment(uri), (uri, text));
    }
    for input in &inputs {
        texts.extend(input.patches.iter().map(|(path, text)| (&**path, (&**path, &**text))));
    }
    for input in &inputs {
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
    let mut first: HashMap<&str, &str> = HashMap::new();
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
