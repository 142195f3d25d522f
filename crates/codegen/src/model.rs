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

/// What a contract asserts of an instance, with the place where it says so.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Rule {
    /// Whether the assertions are keywords below `pointer`, as in JSON Schema; an Avro schema has
    /// none.
    pub(crate) has_keywords: bool,
    /// JSON pointer of the schema in the contract's file.
    pub(crate) pointer: String,
    /// The keywords, in the order in which violations are reported.
    pub(crate) assertions: Vec<Assertion>,
}

/// One keyword.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Assertion {
    /// The JSON types allowed.
    Types(BTreeSet<JsonType>),
    /// Nothing is allowed (boolean schema `false`).
    Never,
    /// One of these values, as compact JSON text.
    Enum(Vec<String>),
    /// This value, as compact JSON text.
    Const(String),
    /// ECMA-262 pattern.
    Pattern(String),
    /// Least number of code points.
    MinLength(u64),
    /// Largest number of code points.
    MaxLength(u64),
    /// Inclusive lower bound, as number text.
    Minimum(String),
    /// Inclusive upper bound.
    Maximum(String),
    /// Exclusive lower bound.
    ExclusiveMinimum(String),
    /// Exclusive upper bound.
    ExclusiveMaximum(String),
    /// A format.
    Format(Format),
    /// Numbers must be held by the type they are decoded to.
    Representation(Representation),
    /// Least number of items.
    MinItems(u64),
    /// Largest number of items.
    MaxItems(u64),
    /// Multiple of a number, as number text.
    MultipleOf(String),
    /// The first items, each by itself.
    PrefixItems(Vec<RuleId>),
    /// Every item, or every one behind those of `PrefixItems`.
    Items(RuleId),
    /// Some items.
    Contains {
        /// What they satisfy.
        rule: RuleId,
        /// Least number of them, if the contract says so.
        min: Option<u64>,
        /// Largest number of them.
        max: Option<u64>,
        /// Whether they count as evaluated.
        evaluates: bool,
    },
    /// No two equal items.
    UniqueItems,
    /// Items that no schema in place speaks of.
    UnevaluatedItems(RuleId),
    /// Known properties.
    Properties(Vec<(String, RuleId)>),
    /// Properties whose names match a pattern.
    PatternProperties(Vec<(String, RuleId)>),
    /// Properties that neither `Properties` nor `PatternProperties` name.
    AdditionalProperties(RuleId),
    /// Properties that no schema in place speaks of.
    UnevaluatedProperties(RuleId),
    /// Every name of a property.
    PropertyNames(RuleId),
    /// Properties that must be present beside another one (`dependencies`).
    Dependencies(Vec<(String, Vec<String>)>),
    /// The same as `dependentRequired`.
    DependentRequired(Vec<(String, Vec<String>)>),
    /// What holds of the object if a property is present.
    DependentSchemas(Vec<(String, RuleId)>),
    /// Properties that must be present.
    Required(Vec<String>),
    /// Least number of properties.
    MinProperties(u64),
    /// Largest number of properties.
    MaxProperties(u64),
    /// Another schema, by reference.
    Reference(RuleId),
    /// Every one.
    AllOf(Vec<RuleId>),
    /// At least one.
    AnyOf(Vec<RuleId>),
    /// Exactly one.
    OneOf(Vec<RuleId>),
    /// Not this one.
    Not(RuleId),
    /// One or the other.
    If {
        /// The condition.
        condition: RuleId,
        /// What holds if it is met.
        then: Option<RuleId>,
        /// What holds if it is not.
        otherwise: Option<RuleId>,
    },
    /// Avro union: an object with one member named by a branch; null where the flag says so.
    Union {
        /// Names and rules of the branches that are not null.
        branches: Vec<(String, RuleId)>,
        /// Whether null is a branch.
        nullable: bool,
    },
}

/// The JSON types of draft-07.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "the names are the types")]
pub(crate) enum JsonType {
    Null,
    Boolean,
    Integer,
    Number,
    String,
    Array,
    Object,
}

/// Formats that generated code checks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Format {
    /// RFC 3339 `date-time`.
    DateTime,
    /// RFC 3339 `full-date`.
    Date,
    /// RFC 9562, hyphenated.
    Uuid,
    /// RFC 3339 `full-time`.
    Time,
    /// RFC 5321 mailbox.
    Email,
    /// RFC 1123 host name.
    Hostname,
    /// RFC 2673 dotted quad.
    Ipv4,
    /// RFC 4291 IPv6 address.
    Ipv6,
    /// RFC 3986 URI.
    Uri,
    /// RFC 3986 URI reference.
    UriReference,
    /// RFC 3987 IRI.
    Iri,
    /// RFC 3987 IRI reference.
    IriReference,
    /// RFC 6570 URI template.
    UriTemplate,
    /// RFC 6901 JSON pointer.
    JsonPointer,
    /// Relative JSON pointer.
    RelativeJsonPointer,
    /// RFC 3339 duration.
    Duration,
    /// RFC 6531 mailbox.
    IdnEmail,
    /// RFC 5890 host name.
    IdnHostname,
    /// ECMA-262 regular expression.
    Regex,
    /// Avro bytes in the JSON encoding: code points up to U+00FF.
    AvroBytes,
    /// As `AvroBytes`, of exactly so many bytes.
    AvroFixed(usize),
    /// Avro `float` or `double` that is no number: `NaN`, `Infinity`, `-Infinity`.
    AvroFloat,
}

impl Format {
    /// The format that JSON Schema calls so, if generated code checks it.
    pub(crate) fn named(name: &str) -> Option<Self> {
        Some(match name {
            "date-time" => Format::DateTime,
            "date" => Format::Date,
            "time" => Format::Time,
            "uuid" => Format::Uuid,
            "email" => Format::Email,
            "hostname" => Format::Hostname,
            "ipv4" => Format::Ipv4,
            "ipv6" => Format::Ipv6,
            "uri" => Format::Uri,
            "uri-reference" => Format::UriReference,
            "iri" => Format::Iri,
            "iri-reference" => Format::IriReference,
            "uri-template" => Format::UriTemplate,
            "json-pointer" => Format::JsonPointer,
            "relative-json-pointer" => Format::RelativeJsonPointer,
            "duration" => Format::Duration,
            "idn-email" => Format::IdnEmail,
            "idn-hostname" => Format::IdnHostname,
            "regex" => Format::Regex,
            _ => return None,
        })
    }

    /// What a string of the format is called.
    pub(crate) fn describe(self) -> &'static str {
        match self {
            Format::DateTime => "RFC 3339 date-time",
            Format::Date => "RFC 3339 full-date",
            Format::Uuid => "UUID in its hyphenated form",
            Format::Time => "RFC 3339 full-time",
            Format::Email => "email address",
            Format::Hostname => "host name",
            Format::Ipv4 => "IPv4 address",
            Format::Ipv6 => "IPv6 address",
            Format::Uri => "URI",
            Format::UriReference => "URI reference",
            Format::Iri => "IRI",
            Format::IriReference => "IRI reference",
            Format::UriTemplate => "URI template",
            Format::JsonPointer => "JSON pointer",
            Format::RelativeJsonPointer => "relative JSON pointer",
            Format::Duration => "RFC 3339 duration",
            Format::IdnEmail => "internationalized email address",
            Format::IdnHostname => "internationalized host name",
            Format::Regex => "regular expression",
            Format::AvroBytes | Format::AvroFixed(_) => "bytes",
            Format::AvroFloat => "number",
        }
    }
}

/// What a number is decoded to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Representation {
    /// `i32`.
    Integer32,
    /// `i64`.
    Integer64,
    /// `f32`; the value may be rounded, but must be finite.
    Float,
    /// `f64`; the value may be rounded, but must be finite.
    Double,
    /// 96-bit decimal with at most 28 digits after the point.
    Decimal,
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

impl Assertion {
    /// The rules that it refers to.
    pub(crate) fn rules(&self) -> Vec<RuleId> {
        let named = |rules: &[(String, RuleId)]| rules.iter().map(|(_, rule)| *rule).collect();
        match self {
            Assertion::Items(rule)
            | Assertion::Contains { rule, .. }
            | Assertion::UnevaluatedItems(rule)
            | Assertion::AdditionalProperties(rule)
            | Assertion::UnevaluatedProperties(rule)
            | Assertion::PropertyNames(rule)
            | Assertion::Not(rule)
            | Assertion::Reference(rule) => vec![*rule],
            Assertion::Properties(rules)
            | Assertion::PatternProperties(rules)
            | Assertion::DependentSchemas(rules)
            | Assertion::Union { branches: rules, .. } => named(rules),
            Assertion::PrefixItems(rules)
            | Assertion::AllOf(rules)
            | Assertion::AnyOf(rules)
            | Assertion::OneOf(rules) => rules.clone(),
            Assertion::If { condition, then, otherwise } => {
                [Some(*condition), *then, *otherwise].into_iter().flatten().collect()
            }
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
