//! The versions of a contract: their contents, formats, and the documents that they refer to.

use super::change::Change;
use crate::error::{Error, Problem};
use crate::frontend::{avro, json_schema::Registry, kind, openapi};
use crate::input::Input;
use crate::tree::Tree;
use crate::{Options, Reference, frontend, text};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// The formats of contracts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    JsonSchema,
    Avro,
    AsyncApi,
    OpenApi,
}

impl Format {
    /// Returns the name with its article.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::JsonSchema => "a JSON schema",
            Self::Avro => "an Avro schema",
            Self::AsyncApi => "an AsyncAPI document",
            Self::OpenApi => "an OpenAPI document",
        }
    }
}

/// A version of a contract, with its deviations.
pub(super) struct Version<'v> {
    pub(super) file: Document<'v>,
    pub(super) format: Format,
    /// The documents that it may refer to.
    others: Vec<Document<'v>>,
}

/// A document as it is read.
pub(super) struct Document<'v> {
    input: Cow<'v, Input>,
    pub(super) tree: Tree,
}

impl<'v> Document<'v> {
    fn read(input: Cow<'v, Input>) -> Result<Self, Vec<Problem>> {
        let input = match input {
            Cow::Borrowed(input) => input.prepared()?,
            Cow::Owned(input) => Cow::Owned(input.prepared()?.into_owned()),
        };
        let tree = input.patched()?;
        Ok(Self { input, tree })
    }

    pub(super) fn name(&self) -> &str {
        &self.input.name
    }

    /// Returns the Avro schemas that the document consists of, with their pointers.
    pub(super) fn avro_schemas(&self) -> Result<Vec<(String, Tree)>, Problem> {
        if kind::is_avro_protocol(self.name(), &self.tree) {
            return avro::protocol::types(self.name(), &self.tree);
        }
        let is_avro = self.input.is_avro || kind::is_avro_schema(self.name(), &self.tree);
        Ok(is_avro.then(|| (String::new(), self.tree.clone())).into_iter().collect())
    }

    fn format(&self) -> Result<Format, Problem> {
        Ok(if kind::is_asyncapi(&self.tree) {
            Format::AsyncApi
        } else if kind::is_openapi(&self.tree) {
            Format::OpenApi
        } else if self.avro_schemas()?.is_empty() {
            Format::JsonSchema
        } else {
            Format::Avro
        })
    }
}

impl<'v> Version<'v> {
    pub(super) fn read(input: &'v Input, references: &[Reference]) -> Result<Self, Vec<Problem>> {
        let file = Document::read(Cow::Borrowed(input))?;
        let format = file.format().map_err(|problem| vec![problem])?;
        let mut others = Vec::with_capacity(references.len());
        for reference in references {
            others.push(Document::read(Cow::Owned(Input::from(reference)))?);
        }
        Ok(Self { file, format, others })
    }

    pub(super) fn name(&self) -> &str {
        self.file.name()
    }

    fn documents(&self) -> impl Iterator<Item = &Document<'v>> {
        std::iter::once(&self.file).chain(&self.others)
    }

    /// Returns the registry of all documents.
    pub(super) fn registry(&self, options: &Options) -> Registry<'_> {
        let documents = self.documents().map(|document| (document.name(), &document.tree));
        Registry::of(options, documents)
    }

    /// Returns the OpenAPI documents among those of a registry, and what they refer to, with their schemas in
    /// JSON Schema.
    pub(super) fn translated(registry: &Registry<'_>) -> BTreeMap<String, Tree> {
        openapi::in_json_schema(registry)
    }

    /// Returns the named Avro types of all documents.
    pub(super) fn avro_types(&self) -> Result<avro::Collection, Vec<Problem>> {
        let mut collection = avro::Collection::default();
        let mut problems = Vec::new();
        for document in self.documents() {
            let name = document.name();
            let schemas = document.avro_schemas().map_err(|problem| vec![problem])?;
            for (place, schema) in &schemas {
                problems.extend(collection.add(name, place, schema, schema));
            }
            if document.tree.get("asyncapi").is_some() && schemas.is_empty() {
                for place in frontend::asyncapi::avro_schemas(&document.tree) {
                    let schema = document.tree.at(&place).unwrap_or(&Tree::Null);
                    problems.extend(collection.add(name, &place, schema, schema));
                }
            }
        }
        if problems.is_empty() { Ok(collection) } else { Err(problems) }
    }

    /// Returns problems of this version with their lines, and paths in place of names.
    pub(super) fn located(&self, mut problems: Vec<Problem>) -> Error {
        for problem in &mut problems {
            if let Some(document) = self.documents().find(|known| known.name() == problem.file) {
                text::attach_source(problem, &document.input.text);
                problem.file.clone_from(&document.input.path);
            }
        }
        problems.into()
    }

    /// Returns a problem of the file as a whole.
    pub(super) fn problem(&self, message: &str, help: &str) -> Problem {
        Problem::new(&self.file.input.path, "", message, help)
    }
}

/// Adds to changes the file and the line of their places.
pub(super) fn locate(changes: &mut [Change], old: &Version<'_>, new: &Version<'_>) {
    let positions = |version: &Version<'_>, pointer: fn(&Change) -> Option<&str>| {
        let Document { input, .. } = &version.file;
        let pointers = changes.iter().filter_map(pointer);
        let found = text::positions(&input.name, &input.text, pointers);
        changes
            .iter()
            .map(|change| pointer(change).map(|at| found.get(at).copied()))
            .collect::<Vec<_>>()
    };
    let in_old = positions(old, |change| change.pointer_old.as_deref());
    let in_new = positions(new, |change| change.pointer_new.as_deref());
    for ((change, of_old), of_new) in changes.iter_mut().zip(in_old).zip(in_new) {
        let places = [(of_new, new), (of_old, old)];
        let places = match places {
            [of_new, of_old] if change.gone => [of_old, of_new],
            both => both,
        };
        let found = places.into_iter().find_map(|(position, it)| Some((position?, it)));
        let (position, version) = found.unzip();
        change.position = position.flatten();
        change.file.clone_from(&version.unwrap_or(new).file.input.path);
    }
}
