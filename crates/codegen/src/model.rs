//! The format-neutral model between frontends and backends.
//!
//! A frontend turns the text of a contract into two things that must agree:
//!
//! * [`Definition`]s: the shapes that become Rust types. JSON objects and Avro records are both a
//!   [`Record`]; JSON enums and Avro enums are both an [`Enum`].
//! * [`Rule`]s: the assertions of the contract, keyword by keyword, with the pointer of each schema
//!   in its file. They become the tables that explain a rejection.
//!
//! Nothing here is specific to Rust: the model contains the names of the contract, and the backend
//! chooses identifiers. Definitions and rules are stored in arenas and refer to each other by id, so
//! recursive contracts need no special treatment.

mod contract;
mod json_types;
mod outcome;
mod rule;
mod shape;
mod slot;

pub(crate) use contract::{AvroSchema, Channel, Contract, Encoding, Parameter};
pub(crate) use json_types::json_types;
pub(crate) use outcome::{Choice, Outcome};
pub(crate) use rule::{Assertion, Format, JsonType, Representation, Rule};
pub(crate) use shape::{Branch, Enum, Field, Optional, Record, Rest, Shape, Tag, Text, Union};
pub(crate) use slot::{AvroType, External, Narrow, Slot, Type};

use crate::error::Problem;
use crate::options::{Crates, NumberChoices};
use crate::version::document_name;
use std::collections::{BTreeMap, BTreeSet};

/// All contracts of one family.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Model {
    /// File names of all contracts and libraries, in input order.
    pub(crate) files: Vec<String>,
    /// The contracts, in input order.
    pub(crate) contracts: Vec<Contract>,
    /// The modules of documents, indexed by [`ModuleId`].
    pub(crate) modules: Vec<Module>,
    /// The shapes, indexed by [`DefinitionId`].
    pub(crate) definitions: Vec<Definition>,
    /// The assertions, indexed by [`RuleId`].
    pub(crate) rules: Vec<Rule>,
    /// The channels of AsyncAPI documents.
    pub(crate) channels: Vec<Channel>,
    /// Names that the caller chose for values of enums, by the value on the wire.
    pub(crate) variants: BTreeMap<DefinitionId, BTreeMap<String, String>>,
    /// File and pointer of each definition that was merged into this one.
    pub(crate) twins: BTreeMap<DefinitionId, Vec<(String, String)>>,
    /// The crates whose types may replace schemas that name them.
    pub(crate) crates: Crates,
    /// The types of numbers that the caller chose.
    pub(crate) numbers: NumberChoices,
    /// The choices of `numbers` that some number has.
    pub(crate) numbers_met: BTreeSet<usize>,
    /// Places whose numbers are held whatever their size.
    pub(crate) any_numbers: BTreeSet<String>,
    /// Records that have a default as a whole.
    pub(crate) initial: BTreeSet<DefinitionId>,
    /// Doubtful parts of the contracts that the caller allows.
    pub(crate) warnings: Vec<Problem>,
}

/// Index of a [`Definition`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct DefinitionId(pub(crate) usize);

/// Index of a [`Rule`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct RuleId(pub(crate) usize);

/// Index of a [`Module`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct ModuleId(pub(crate) usize);

/// Index of a [`Contract`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct ContractId(pub(crate) usize);

/// The module of a document, for types without a name of their own in the family.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Module {
    /// File name of the document.
    pub(crate) file: String,
    /// The name from which the module's name is made, unless the document is an event.
    pub(crate) hint: String,
    /// The event that the document describes, if any.
    pub(crate) root: Option<DefinitionId>,
}

/// Documentation of an item.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Docs {
    /// Title (`title`).
    pub(crate) title: Option<String>,
    /// Description (`description`, `doc`).
    pub(crate) description: Option<String>,
    /// Example values as JSON text.
    pub(crate) examples: Vec<String>,
    /// Sentences about parts of the schema that an option leaves unchecked.
    pub(crate) notes: Vec<String>,
    /// True if the contract advises against the use of this very item.
    pub(crate) is_deprecated: bool,
}

impl Docs {
    /// Takes from `other` what is missing.
    pub(crate) fn complete(&mut self, other: Docs) {
        self.title = self.title.take().or(other.title);
        self.description = self.description.take().or(other.description);
        if self.examples.is_empty() {
            self.examples = other.examples;
        }
        for note in other.notes {
            if !self.notes.contains(&note) {
                self.notes.push(note);
            }
        }
    }
}

/// A named shape.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Definition {
    /// The name in the contract from which the type's name is made: a property, a file stem, or the
    /// last part of an Avro full name.
    pub(crate) hint: String,
    /// The name chosen with `x-rust-name`, used unchanged.
    pub(crate) explicit_name: Option<String>,
    /// The full name of a named Avro type.
    pub(crate) full_name: Option<String>,
    /// The module that contains the type.
    pub(crate) scope: Scope,
    /// The definition that contains this one. Its name is added when the hint alone is ambiguous.
    pub(crate) parent: Option<DefinitionId>,
    /// Documentation.
    pub(crate) docs: Docs,
    /// True if its document defines it under a name of its own, which is then its name in the family.
    pub(crate) is_named: bool,
    /// JSON pointer of the schema in its file.
    pub(crate) pointer: String,
    /// File name of its contract.
    pub(crate) file: String,
    /// The assertions about such a value.
    pub(crate) rule: RuleId,
    /// True if the shape does not express the whole rule, so that values are checked against the rule
    /// before they are decoded.
    pub(crate) is_verified: bool,
    /// The shape itself.
    pub(crate) shape: Shape,
}

/// The module that contains a type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Scope {
    /// The module of the family: events, named definitions, shared enums.
    Family,
    /// The module of one document.
    Module(ModuleId),
}

impl Model {
    /// Adds a rule and returns its id.
    pub(crate) fn rule(&mut self, rule: Rule) -> RuleId {
        self.rules.push(rule);
        RuleId(self.rules.len() - 1)
    }

    /// Adds a definition and returns its id.
    pub(crate) fn define(&mut self, definition: Definition) -> DefinitionId {
        self.definitions.push(definition);
        DefinitionId(self.definitions.len() - 1)
    }

    /// Leaves the file out of the pointers of rules whose document no other document refers to.
    pub(crate) fn shorten_pointers(&mut self) {
        let files: Vec<Option<&str>> =
            self.rules.iter().map(|rule| Some(rule.elsewhere()?.0)).collect();
        let mut referred = BTreeSet::new();
        for (rule, file) in self.rules.iter().zip(&files) {
            let inner = rule.assertions.iter().flat_map(Assertion::rules);
            referred
                .extend(inner.filter_map(|id| files[id.0].filter(|there| Some(*there) != *file)));
        }
        let short: Vec<Option<String>> = self
            .rules
            .iter()
            .map(|rule| {
                let (file, pointer) = rule.elsewhere()?;
                (!referred.contains(file)).then(|| pointer.to_owned())
            })
            .collect();
        for (rule, short) in self.rules.iter_mut().zip(short) {
            rule.pointer = short.unwrap_or_else(|| std::mem::take(&mut rule.pointer));
        }
    }

    /// Returns the module of a document, which is added if it is not there yet.
    pub(crate) fn module(&mut self, file: &str) -> ModuleId {
        // Mostly the document that is being read, which is the last.
        let known = self.modules.iter().rposition(|module| module.file == file);
        ModuleId(known.unwrap_or_else(|| {
            let (file, hint) = (file.to_owned(), document_name(file));
            self.modules.push(Module { file, hint, root: None });
            self.modules.len() - 1
        }))
    }
}

impl std::ops::Index<DefinitionId> for Model {
    type Output = Definition;
    fn index(&self, id: DefinitionId) -> &Definition {
        &self.definitions[id.0]
    }
}

impl std::ops::IndexMut<DefinitionId> for Model {
    fn index_mut(&mut self, id: DefinitionId) -> &mut Definition {
        &mut self.definitions[id.0]
    }
}

impl std::ops::Index<RuleId> for Model {
    type Output = Rule;
    fn index(&self, id: RuleId) -> &Rule {
        &self.rules[id.0]
    }
}
