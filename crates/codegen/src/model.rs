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

mod json_types;
mod outcome;
mod rule;

pub(crate) use json_types::json_types;
pub(crate) use outcome::{Choice, Outcome};
pub(crate) use rule::{Assertion, Format, JsonType, Representation, Rule};

use crate::error::Problem;
use crate::options::Crates;
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

/// One kind of event.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Contract {
    /// The name used in rejections: `migration/accrual_incoming`, or an Avro full name.
    pub(crate) name: String,
    /// The version that the publisher assigned, if any.
    pub(crate) version: Option<String>,
    /// File name of the contract.
    pub(crate) file: String,
    /// The shape of a whole event.
    pub(crate) root: DefinitionId,
    /// The rule for decoding: the published contract with its deviations applied.
    pub(crate) rule: RuleId,
    /// The rule for strict decoding: the contract exactly as published.
    pub(crate) published_rule: RuleId,
    /// The encoding of values.
    pub(crate) encoding: Encoding,
    /// Location of a message's correlation id (AsyncAPI runtime expression).
    pub(crate) correlation_id: Option<String>,
    /// The Avro schema, if the contract is in Avro.
    pub(crate) avro: Option<AvroSchema>,
    /// The annotation `x-outcome`, if there is one.
    pub(crate) outcome: Option<Outcome>,
}

/// A complete Avro schema and its fingerprints.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct AvroSchema {
    /// The schema as JSON text, without documentation and annotations.
    pub(crate) json: String,
    /// The Parsing Canonical Form.
    pub(crate) canonical_form: String,
    /// CRC-64-AVRO of the canonical form.
    pub(crate) rabin: u64,
    /// MD5 of the canonical form.
    pub(crate) md5: [u8; 16],
    /// SHA-256 of the canonical form.
    pub(crate) sha256: [u8; 32],
}

/// The encoding of values as bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Encoding {
    /// Plain JSON.
    Json,
    /// Avro: binary, and JSON as Avro defines it.
    Avro,
}

/// A channel of an AsyncAPI document.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Channel {
    /// The key of the channel in the document.
    pub(crate) name: String,
    /// Address with its parameters in braces, such as `integration-{env}`.
    pub(crate) address: String,
    /// The parameters, in the order of the address.
    pub(crate) parameters: Vec<Parameter>,
    /// Documentation.
    pub(crate) docs: Docs,
}

/// A parameter of a channel's address.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Parameter {
    /// The name between the braces.
    pub(crate) name: String,
    /// The allowed values, if they are listed.
    pub(crate) values: Option<DefinitionId>,
    /// Documentation.
    pub(crate) docs: Docs,
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

/// The shape of a definition.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Shape {
    /// JSON object with known properties, or Avro record.
    Record(Record),
    /// A set of strings.
    Enum(Enum),
    /// One of several types.
    Union(Union),
    /// A string with a pattern or a length.
    Text(Text),
    /// A set of scalars that are not all strings, each as compact JSON text.
    Literals(Vec<String>),
    /// One value that needs a type of its own: an event that is not an object, a named schema without
    /// a fixed type, or a list of itself.
    Newtype(Slot),
    /// Another name of a type.
    Alias(Slot),
}

/// An object with known properties.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Record {
    /// The known properties in published order.
    pub(crate) fields: Vec<Field>,
    /// The treatment of other properties.
    pub(crate) rest: Rest,
}

/// Properties beyond the known ones.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Rest {
    /// Forbidden.
    Closed,
    /// Allowed and kept unchanged.
    Open,
    /// Allowed if their values have this type.
    Typed(Slot),
}

/// A known property.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Field {
    /// Name on the wire.
    pub(crate) name: String,
    /// The name chosen with `x-rust-field`.
    pub(crate) explicit_name: Option<String>,
    /// True if the property must be present.
    pub(crate) required: bool,
    /// Its type.
    pub(crate) slot: Slot,
    /// Set for an Avro union of null and one other branch. The slot has the type of that branch.
    pub(crate) optional: Option<Optional>,
    /// The value of an absent field, as JSON text (Avro: in its JSON encoding, without the wrapper of
    /// `optional`).
    pub(crate) default: Option<String>,
    /// Documentation.
    pub(crate) docs: Docs,
}

/// An Avro union of null and one other branch.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Optional {
    /// The name that wraps the value in the JSON encoding (`string`, a full name).
    pub(crate) full_name: String,
    /// Index of null among the two branches.
    pub(crate) null_index: usize,
}

/// A place that holds a value.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Slot {
    /// Type of a value that is not null.
    pub(crate) ty: Type,
    /// True if null is allowed in addition to values of `ty`.
    pub(crate) nullable: bool,
    /// Assertions that the type does not express. They are checked on the text of the value.
    pub(crate) verify: Option<RuleId>,
}

impl Slot {
    /// Returns a slot for a value of `ty` that is never null and needs no further check.
    #[must_use]
    pub(crate) fn of(ty: Type) -> Self {
        Self { ty, nullable: false, verify: None }
    }
}

/// The type of a value.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Type {
    /// Any JSON value, kept as text.
    Any,
    /// Any JSON object, kept as text.
    Object,
    /// Null.
    Null,
    /// Boolean.
    Boolean,
    /// 64-bit integer.
    Integer,
    /// Unsigned 64-bit integer.
    Unsigned,
    /// 32-bit integer (Avro `int`).
    Integer32,
    /// Decimal number.
    Number,
    /// Binary floating point number of 32 bits (Avro `float`).
    Float,
    /// Binary floating point number of 64 bits (Avro `double`).
    Double,
    /// String.
    Text,
    /// RFC 3339 date-time.
    DateTime,
    /// RFC 3339 full-date.
    Date,
    /// UUID in its hyphenated form.
    Uuid,
    /// List.
    Array(Box<Slot>),
    /// Object whose values all have one type.
    Map(Box<Slot>),
    /// List of fixed length whose items each have their own type.
    Tuple(Vec<Slot>),
    /// A named shape.
    Definition(DefinitionId),
    /// A type of another crate.
    External(Box<External>),
    /// A type without a JSON Schema counterpart.
    Avro(AvroType),
}

/// A type of another crate that replaces a schema (`x-rust-type`).
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct External {
    /// Path of the type without a leading `::`.
    pub(crate) path: String,
    /// Generic arguments of the type.
    pub(crate) parameters: Vec<Slot>,
    /// The JSON types that its schema allows.
    pub(crate) types: BTreeSet<JsonType>,
}

/// Avro types without a JSON Schema counterpart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum AvroType {
    /// `bytes`.
    Bytes,
    /// `fixed` of N bytes.
    Fixed(usize),
    /// `date`: days since the epoch.
    Date,
    /// `time-millis`.
    TimeMillis,
    /// `time-micros`.
    TimeMicros,
    /// `timestamp-millis`.
    TimestampMillis,
    /// `timestamp-micros`.
    TimestampMicros,
    /// `timestamp-nanos`.
    TimestampNanos,
    /// `local-timestamp-millis`.
    LocalTimestampMillis,
    /// `local-timestamp-micros`.
    LocalTimestampMicros,
    /// `local-timestamp-nanos`.
    LocalTimestampNanos,
    /// `duration`: a `fixed` of 12 bytes.
    Duration,
    /// `decimal` on `bytes`.
    Decimal {
        /// Digits after the point.
        scale: u32,
        /// Maximum number of digits.
        precision: u32,
    },
    /// `decimal` on `fixed`.
    FixedDecimal {
        /// Number of bytes.
        size: usize,
        /// Digits after the point.
        scale: u32,
        /// Maximum number of digits.
        precision: u32,
    },
    /// `uuid` on a `fixed` of 16 bytes.
    FixedUuid,
    /// A union of null alone.
    NullUnion,
}

/// A set of strings.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Enum {
    /// The values in published order.
    pub(crate) values: Vec<String>,
    /// True if other values are allowed (`x-known-values`).
    pub(crate) open: bool,
}

/// One of several types.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Union {
    /// The branches in published order. In Avro the order is part of the wire format.
    pub(crate) branches: Vec<Branch>,
    /// The property of a value that selects its branch.
    pub(crate) tag: Tag,
}

/// A branch of a union.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Branch {
    /// The name from which the variant's name is made.
    pub(crate) hint: String,
    /// The name chosen with `x-rust-variant`.
    pub(crate) explicit_name: Option<String>,
    /// Avro: the name that wraps the value in the JSON encoding (`string`, a full name). With
    /// [`Tag::Property`]: the value of the property.
    pub(crate) full_name: String,
    /// The type of the branch. Never nullable: a null branch makes the union's slot nullable.
    pub(crate) slot: Slot,
    /// Documentation.
    pub(crate) docs: Docs,
}

/// The property of a value that selects the branch of a union.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Tag {
    /// Its JSON type, which differs from branch to branch.
    JsonType,
    /// The property of this name, which is required. Its value is the branch's full name.
    Property(String),
    /// None: the first branch whose rule (the `verify` of its slot) accepts the value is taken.
    FirstFit,
    /// The name of the single member of the object (Avro JSON encoding), or the index of the branch
    /// (Avro binary encoding).
    FullName {
        /// Index of null among the published branches. Null is not in `branches`, so the branches after
        /// it have an index one lower there.
        null_index: Option<usize>,
    },
}

/// A string with a restricted form.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Text {
    /// ECMA-262 pattern, not anchored.
    pub(crate) pattern: Option<String>,
    /// Minimum number of Unicode code points.
    pub(crate) min_length: Option<u64>,
    /// Maximum number of Unicode code points.
    pub(crate) max_length: Option<u64>,
    /// A format without a type of its own.
    pub(crate) format: Option<Format>,
}

impl Shape {
    /// Returns the slots of the shape.
    pub(crate) fn slots(&self) -> Vec<&Slot> {
        match self {
            Shape::Record(record) => {
                let rest = match &record.rest {
                    Rest::Typed(slot) => Some(slot),
                    Rest::Closed | Rest::Open => None,
                };
                record.fields.iter().map(|field| &field.slot).chain(rest).collect()
            }
            Shape::Union(union) => union.branches.iter().map(|branch| &branch.slot).collect(),
            Shape::Newtype(slot) | Shape::Alias(slot) => vec![slot],
            Shape::Enum(_) | Shape::Text(_) | Shape::Literals(_) => Vec::new(),
        }
    }
}

impl Shape {
    /// Returns the slots of the shape, in the order of [`Self::slots`].
    pub(crate) fn slots_mut(&mut self) -> Vec<&mut Slot> {
        match self {
            Shape::Record(record) => {
                let rest = match &mut record.rest {
                    Rest::Typed(slot) => Some(slot),
                    Rest::Closed | Rest::Open => None,
                };
                record.fields.iter_mut().map(|field| &mut field.slot).chain(rest).collect()
            }
            Shape::Union(union) => {
                union.branches.iter_mut().map(|branch| &mut branch.slot).collect()
            }
            Shape::Newtype(slot) | Shape::Alias(slot) => vec![slot],
            Shape::Enum(_) | Shape::Text(_) | Shape::Literals(_) => Vec::new(),
        }
    }
}

impl Slot {
    /// Replaces the definitions and rules that the slot refers to.
    pub(crate) fn redirect(
        &mut self,
        definition: &impl Fn(DefinitionId) -> DefinitionId,
        rule: &impl Fn(RuleId) -> RuleId,
    ) {
        self.verify = self.verify.map(rule);
        match &mut self.ty {
            Type::Definition(id) => *id = definition(*id),
            Type::Array(inner) | Type::Map(inner) => inner.redirect(definition, rule),
            Type::Tuple(items) => {
                items.iter_mut().for_each(|item| item.redirect(definition, rule));
            }
            Type::External(external) => {
                external.parameters.iter_mut().for_each(|slot| slot.redirect(definition, rule));
            }
            _ => {}
        }
    }
}

impl Type {
    /// Returns the definitions that the type contains, including those in lists, maps and tuples.
    pub(crate) fn definitions(&self) -> Vec<DefinitionId> {
        match self {
            Type::Definition(id) => vec![*id],
            Type::Array(inner) | Type::Map(inner) => inner.ty.definitions(),
            Type::Tuple(items) => items.iter().flat_map(|item| item.ty.definitions()).collect(),
            _ => Vec::new(),
        }
    }
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
        let known = self.modules.iter().position(|module| module.file == file);
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
