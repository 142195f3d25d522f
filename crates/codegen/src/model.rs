//! The format-neutral model between frontends and backends.
//!
//! A frontend turns the text of a contract into two things that must agree:
//!
//! * [`Definition`]s: the shapes that become Rust types. JSON objects and Avro records are the
//!   same [`Record`]; JSON enums and Avro enums the same [`Enum`].
//! * [`Rule`]s: what the contract asserts, keyword by keyword, with the pointer of each schema in
//!   the contract's own file. They become the tables that explain a rejection.
//!
//! Nothing here is specific to Rust: names are the contract's own, and the backend chooses
//! identifiers. Definitions and rules live in arenas and refer to each other by id, so recursive
//! contracts need no special treatment.

mod outcome;
mod rule;

pub(crate) use outcome::{Choice, Outcome};
pub(crate) use rule::{Assertion, Format, JsonType, Representation, Rule};

use crate::options::Crates;
use std::collections::{BTreeMap, BTreeSet};

/// All contracts of one family.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Model {
    /// The contracts, in the order in which they were given.
    pub(crate) contracts: Vec<Contract>,
    /// The shapes; a [`DefinitionId`] is an index into it.
    pub(crate) definitions: Vec<Definition>,
    /// The assertions; a [`RuleId`] is an index into it.
    pub(crate) rules: Vec<Rule>,
    /// The addresses on which messages travel, where the contract says so.
    pub(crate) channels: Vec<Channel>,
    /// Names that the caller gave to values of enums, by the value on the wire.
    pub(crate) variants: BTreeMap<DefinitionId, BTreeMap<String, String>>,
    /// Where else a definition stands: file and pointer of those that were merged into it.
    pub(crate) twins: BTreeMap<DefinitionId, Vec<(String, String)>>,
    /// The crates whose types may stand for schemas that name them.
    pub(crate) crates: Crates,
}

/// Index of a [`Definition`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct DefinitionId(pub(crate) usize);

/// Index of a [`Rule`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct RuleId(pub(crate) usize);

/// Index of a [`Contract`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct ContractId(pub(crate) usize);

/// One kind of event: a root shape and where it was published.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Contract {
    /// As rejections name it: `migration/accrual_incoming`, or an Avro full name.
    pub(crate) name: String,
    /// The version the publisher gives it, if any.
    pub(crate) version: Option<String>,
    /// File name of the contract.
    pub(crate) file: String,
    /// The shape of a whole event.
    pub(crate) root: DefinitionId,
    /// What decoding checks: the published contract with its deviations applied.
    pub(crate) rule: RuleId,
    /// What strict decoding checks: the contract exactly as published.
    pub(crate) published_rule: RuleId,
    /// How values are written.
    pub(crate) encoding: Encoding,
    /// Where a message's correlation id is said to be (AsyncAPI runtime expression).
    pub(crate) correlation_id: Option<String>,
    /// What the binary encoding knows the schema by, if it is Avro.
    pub(crate) avro: Option<AvroSchema>,
    /// How it reports the end of a migration, if it does.
    pub(crate) outcome: Option<Outcome>,
}

/// A whole Avro schema and what identifies it.
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

/// How values of a contract are written as bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Encoding {
    /// Plain JSON.
    Json,
    /// Avro, here in its JSON encoding.
    Avro,
}

/// A channel of an AsyncAPI document.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Channel {
    /// The key of the channel in the document.
    pub(crate) name: String,
    /// Address with its parameters in braces, such as `integration-{env}`.
    pub(crate) address: String,
    /// The parameters in the order in which the address uses them.
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

/// What a person should know about an item.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Docs {
    /// Short name (`title`).
    pub(crate) title: Option<String>,
    /// Explanation (`description`, `doc`).
    pub(crate) description: Option<String>,
    /// Example values as JSON text.
    pub(crate) examples: Vec<String>,
}

/// A named shape.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Definition {
    /// The name in the contract that suggests the type's name: a property, a file stem, an Avro
    /// full name's last part.
    pub(crate) hint: String,
    /// The name a person gave (`x-rust-name`); used as it is.
    pub(crate) explicit_name: Option<String>,
    /// The full name of an Avro type that has one.
    pub(crate) full_name: Option<String>,
    /// Where the type lives.
    pub(crate) scope: Scope,
    /// The definition that contains this one; qualifies the name when the hint alone is ambiguous.
    pub(crate) parent: Option<DefinitionId>,
    /// Documentation.
    pub(crate) docs: Docs,
    /// JSON pointer of the schema in its file.
    pub(crate) pointer: String,
    /// File name of the contract it came from.
    pub(crate) file: String,
    /// What the contract asserts of such a value.
    pub(crate) rule: RuleId,
    /// Whether the shape leaves something of the rule unsaid, so that values are checked against
    /// it before they are decoded.
    pub(crate) is_verified: bool,
    /// The shape itself.
    pub(crate) shape: Shape,
}

/// Where a type lives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Scope {
    /// Beside the events: roots, named Avro types, shared enums.
    Family,
    /// In the module of one contract.
    Contract(ContractId),
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
    /// One value that needs a type of its own: a whole event that is no object, a schema with a name
    /// that leaves the type open, a list of itself.
    Newtype(Slot),
}

/// An object with known properties.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Record {
    /// The known properties in published order.
    pub(crate) fields: Vec<Field>,
    /// What becomes of properties that are not known.
    pub(crate) rest: Rest,
}

/// Properties beyond the known ones.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Rest {
    /// Forbidden.
    Closed,
    /// Allowed and kept as they came.
    Open,
    /// Allowed if they have this type.
    Typed(Slot),
}

/// A known property.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Field {
    /// Name on the wire.
    pub(crate) name: String,
    /// The name a person gave (`x-rust-name`).
    pub(crate) explicit_name: Option<String>,
    /// Whether the property must be present.
    pub(crate) required: bool,
    /// Its type.
    pub(crate) slot: Slot,
    /// Avro: the field is a union of null and this one branch, whose type is that of the slot.
    pub(crate) optional: Option<Optional>,
    /// What stands for a value that is absent, as JSON text (Avro: in its JSON encoding, but for the
    /// wrapper of `optional`).
    pub(crate) default: Option<String>,
    /// Documentation.
    pub(crate) docs: Docs,
}

/// An Avro union of null and one other branch.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Optional {
    /// The name that wraps the value in the JSON encoding (`string`, a full name).
    pub(crate) full_name: String,
    /// Where null stands among the two branches.
    pub(crate) null_index: usize,
}

/// A place that holds a value.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Slot {
    /// Type of a value that is not null.
    pub(crate) ty: Type,
    /// Whether null is a value of its own here.
    pub(crate) nullable: bool,
    /// Assertions that the type does not express, checked on the text of the value.
    pub(crate) verify: Option<RuleId>,
}

impl Slot {
    /// A place for a value of `ty` that is never null and needs no further check.
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
    /// Only null.
    Null,
    /// True or false.
    Boolean,
    /// 64-bit integer.
    Integer,
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
    /// List of so many items, each with a type of its own.
    Tuple(Vec<Slot>),
    /// A named shape.
    Definition(DefinitionId),
    /// A type of another crate.
    External(Box<External>),
    /// A value that only Avro has.
    Avro(AvroType),
}

/// A type of another crate that stands for a schema (`x-rust-type`).
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct External {
    /// Its path without a leading `::`.
    pub(crate) path: String,
    /// The types that it takes.
    pub(crate) parameters: Vec<Slot>,
    /// The JSON types that its schema allows.
    pub(crate) types: BTreeSet<JsonType>,
}

/// Avro types without a JSON Schema counterpart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum AvroType {
    /// `bytes`.
    Bytes,
    /// `fixed` of so many bytes.
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
    },
    /// `decimal` on `fixed`.
    FixedDecimal {
        /// Bytes.
        size: usize,
        /// Digits after the point.
        scale: u32,
    },
}

/// A set of strings.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Enum {
    /// The values in published order.
    pub(crate) values: Vec<String>,
    /// Whether other values are legal (the known ones are only named in prose).
    pub(crate) open: bool,
}

/// One of several types.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Union {
    /// The branches in published order; for Avro the order is the wire format.
    pub(crate) branches: Vec<Branch>,
    /// How a reader tells the branches apart.
    pub(crate) tag: Tag,
}

/// A branch of a union.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Branch {
    /// Suggests the variant's name.
    pub(crate) hint: String,
    /// The name a person gave (`x-rust-variant`).
    pub(crate) explicit_name: Option<String>,
    /// Avro: the name that wraps the value in the JSON encoding (`string`, a full name). Of a union
    /// that is told by a property, the value of the property.
    pub(crate) full_name: String,
    /// The branch's type. Never nullable: a null branch makes the union's slot nullable.
    pub(crate) slot: Slot,
    /// Documentation.
    pub(crate) docs: Docs,
}

/// How a reader tells the branches of a union apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Tag {
    /// Each branch has a JSON type of its own.
    JsonType,
    /// Objects with a required property of this name, whose value is the branch's full name.
    Property(String),
    /// The first branch whose rule (the `verify` of its slot) accepts the value.
    FirstFit,
    /// An object with one member, named by the branch (Avro JSON encoding); in binary, the index
    /// of the branch.
    FullName {
        /// Where null stands among the branches as published; those after it are moved up by one.
        null_index: Option<usize>,
    },
}

/// A string that must have a certain form.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Text {
    /// ECMA-262 pattern, not anchored.
    pub(crate) pattern: Option<String>,
    /// Least number of Unicode code points.
    pub(crate) min_length: Option<u64>,
    /// Largest number of Unicode code points.
    pub(crate) max_length: Option<u64>,
    /// A format without a type of its own.
    pub(crate) format: Option<Format>,
}

impl Shape {
    /// The places for values inside.
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
            Shape::Newtype(slot) => vec![slot],
            Shape::Enum(_) | Shape::Text(_) | Shape::Literals(_) => Vec::new(),
        }
    }
}

impl Type {
    /// The definitions that a value of this type is made of, in lists and maps too.
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
    /// Adds a rule.
    pub(crate) fn rule(&mut self, rule: Rule) -> RuleId {
        self.rules.push(rule);
        RuleId(self.rules.len() - 1)
    }

    /// Adds a definition.
    pub(crate) fn define(&mut self, definition: Definition) -> DefinitionId {
        self.definitions.push(definition);
        DefinitionId(self.definitions.len() - 1)
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
