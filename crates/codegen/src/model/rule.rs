//! Rules of the model: the assertions of contracts.

use super::RuleId;
use std::collections::BTreeSet;

/// The assertions of one schema, and its place in the contract.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Rule {
    /// True if the assertions are keywords below `pointer`, as in JSON Schema. Avro schemas have no
    /// keywords.
    pub(crate) has_keywords: bool,
    /// JSON pointer of the schema in its file, preceded by the name of the file and `#` if that is not
    /// the contract's own file.
    pub(crate) pointer: String,
    /// The assertions, in the order in which violations are reported.
    pub(crate) assertions: Vec<Assertion>,
}

/// One assertion.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Assertion {
    /// The allowed JSON types.
    Types(BTreeSet<JsonType>),
    /// No value is allowed (boolean schema `false`).
    Never,
    /// The allowed values, as compact JSON text.
    Enum(Vec<String>),
    /// The only allowed value, as compact JSON text.
    Const(String),
    /// ECMA-262 pattern.
    Pattern(String),
    /// Minimum number of code points.
    MinLength(u64),
    /// Maximum number of code points.
    MaxLength(u64),
    /// Inclusive lower bound, as number text.
    Minimum(String),
    /// Inclusive upper bound.
    Maximum(String),
    /// Exclusive lower bound.
    ExclusiveMinimum(String),
    /// Exclusive upper bound.
    ExclusiveMaximum(String),
    /// A format of strings.
    Format(Format),
    /// Numbers must fit the Rust type that they are decoded to.
    Representation(Representation),
    /// Minimum number of items.
    MinItems(u64),
    /// Maximum number of items.
    MaxItems(u64),
    /// Multiple of a number, as number text.
    MultipleOf(String),
    /// Rules of the first items, one for each.
    PrefixItems(Vec<RuleId>),
    /// The rule of every item after those of `PrefixItems`.
    Items(RuleId),
    /// Some items satisfy a rule.
    Contains {
        /// The rule.
        rule: RuleId,
        /// Minimum number of such items, if specified.
        min: Option<u64>,
        /// Maximum number of such items, if specified.
        max: Option<u64>,
        /// True if these items count as evaluated.
        evaluates: bool,
    },
    /// No two items are equal.
    UniqueItems,
    /// The rule of items that no other schema for the same value evaluates.
    UnevaluatedItems(RuleId),
    /// Rules of properties by name.
    Properties(Vec<(String, RuleId)>),
    /// Rules of properties whose names match a pattern.
    PatternProperties(Vec<(String, RuleId)>),
    /// The rule of properties that neither `Properties` nor `PatternProperties` name.
    AdditionalProperties(RuleId),
    /// The rule of properties that no other schema for the same value evaluates.
    UnevaluatedProperties(RuleId),
    /// The rule of property names.
    PropertyNames(RuleId),
    /// Properties required if another one is present (`dependencies`).
    Dependencies(Vec<(String, Vec<String>)>),
    /// Properties required if another one is present (`dependentRequired`).
    DependentRequired(Vec<(String, Vec<String>)>),
    /// Rules of the object if a property is present.
    DependentSchemas(Vec<(String, RuleId)>),
    /// Required properties.
    Required(Vec<String>),
    /// Minimum number of properties.
    MinProperties(u64),
    /// Maximum number of properties.
    MaxProperties(u64),
    /// The path of the type of another crate that stands for the schema, without a leading `::`.
    External(String),
    /// Another rule, by reference.
    Reference(RuleId),
    /// All rules hold.
    AllOf(Vec<RuleId>),
    /// At least one rule holds.
    AnyOf(Vec<RuleId>),
    /// Exactly one rule holds.
    OneOf(Vec<RuleId>),
    /// The rule does not hold.
    Not(RuleId),
    /// One of two rules holds, depending on a condition.
    If {
        /// The condition.
        condition: RuleId,
        /// The rule if the condition holds.
        then: Option<RuleId>,
        /// The rule if the condition does not hold.
        otherwise: Option<RuleId>,
    },
    /// Avro union in the JSON encoding: null, or an object with one member that a branch names.
    Union {
        /// Names and rules of the branches other than null.
        branches: Vec<(String, RuleId)>,
        /// True if null is a branch.
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

impl JsonType {
    /// Every type except `Integer`, which `Number` includes.
    pub(crate) const ALL: [Self; 6] =
        [Self::Null, Self::Boolean, Self::Number, Self::String, Self::Array, Self::Object];
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
    /// Avro bytes as in `AvroBytes`, of exactly N bytes.
    AvroFixed(usize),
    /// Avro `float` or `double` that is not finite: `NaN`, `Infinity`, `-Infinity`.
    AvroFloat,
}

impl Format {
    /// The formats that have a name in JSON Schema.
    const NAMED: &[(&str, Self)] = &[
        ("date-time", Format::DateTime),
        ("date", Format::Date),
        ("time", Format::Time),
        ("uuid", Format::Uuid),
        ("email", Format::Email),
        ("hostname", Format::Hostname),
        ("ipv4", Format::Ipv4),
        ("ipv6", Format::Ipv6),
        ("uri", Format::Uri),
        ("uri-reference", Format::UriReference),
        ("iri", Format::Iri),
        ("iri-reference", Format::IriReference),
        ("uri-template", Format::UriTemplate),
        ("json-pointer", Format::JsonPointer),
        ("relative-json-pointer", Format::RelativeJsonPointer),
        ("duration", Format::Duration),
        ("idn-email", Format::IdnEmail),
        ("idn-hostname", Format::IdnHostname),
        ("regex", Format::Regex),
    ];

    /// The names of JSON Schema that [`Format::named`] knows.
    pub(crate) fn names() -> impl Iterator<Item = &'static str> {
        Self::NAMED.iter().map(|(name, _)| *name)
    }

    /// Returns the format of a JSON Schema name, or `None` if generated code does not check it.
    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::NAMED.iter().find(|(known, _)| *known == name).map(|(_, format)| *format)
    }

    /// Returns a noun phrase for a string of the format.
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

/// The Rust type that a number is decoded to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Representation {
    /// `i8`.
    Integer8,
    /// `i16`.
    Integer16,
    /// `i32`.
    Integer32,
    /// `i64`.
    Integer64,
    /// Unsigned 8-bit integer.
    Unsigned8,
    /// Unsigned 16-bit integer.
    Unsigned16,
    /// Unsigned 32-bit integer.
    Unsigned32,
    /// Unsigned 64-bit integer.
    Unsigned64,
    /// `f32`; the value may be rounded, but must be finite.
    Float,
    /// `f64`; the value may be rounded, but must be finite.
    Double,
    /// 96-bit decimal with at most 28 digits after the point.
    Decimal,
}

impl Rule {
    /// Returns file and pointer of the rule's schema. `file` is the file of the contract.
    pub(crate) fn place<'s>(&'s self, file: &'s str) -> (&'s str, &'s str) {
        self.elsewhere().unwrap_or((file, &self.pointer))
    }

    /// Returns document and pointer of a place that names its document.
    pub(crate) fn elsewhere(&self) -> Option<(&str, &str)> {
        let is_own = self.pointer.is_empty() || self.pointer.starts_with('/');
        self.pointer.split_once('#').filter(|_| !is_own)
    }
}

impl Assertion {
    /// The keyword of the assertion, which is also the last token of its pointer.
    pub(crate) fn keyword(&self) -> &'static str {
        match self {
            Assertion::Types(_) => "type",
            Assertion::Never => "never",
            Assertion::Enum(_) => "enum",
            Assertion::Const(_) => "const",
            Assertion::Pattern(_) => "pattern",
            Assertion::MinLength(_) => "minLength",
            Assertion::MaxLength(_) => "maxLength",
            Assertion::Minimum(_) => "minimum",
            Assertion::Maximum(_) => "maximum",
            Assertion::ExclusiveMinimum(_) => "exclusiveMinimum",
            Assertion::ExclusiveMaximum(_) => "exclusiveMaximum",
            Assertion::Format(Format::AvroFixed(_)) => "size",
            Assertion::Format(_) => "format",
            Assertion::Representation(_) => "fits",
            Assertion::MinItems(_) => "minItems",
            Assertion::MaxItems(_) => "maxItems",
            Assertion::MultipleOf(_) => "multipleOf",
            Assertion::PrefixItems(_) => "prefixItems",
            Assertion::Items(_) => "items",
            Assertion::Contains { .. } => "contains",
            Assertion::UniqueItems => "uniqueItems",
            Assertion::UnevaluatedItems(_) => "unevaluatedItems",
            Assertion::Properties(_) => "properties",
            Assertion::PatternProperties(_) => "patternProperties",
            Assertion::AdditionalProperties(_) => "additionalProperties",
            Assertion::UnevaluatedProperties(_) => "unevaluatedProperties",
            Assertion::PropertyNames(_) => "propertyNames",
            Assertion::Dependencies(_) => "dependencies",
            Assertion::DependentRequired(_) => "dependentRequired",
            Assertion::DependentSchemas(_) => "dependentSchemas",
            Assertion::Required(_) => "required",
            Assertion::MinProperties(_) => "minProperties",
            Assertion::MaxProperties(_) => "maxProperties",
            Assertion::Reference(_) => "ref",
            Assertion::AllOf(_) => "allOf",
            Assertion::AnyOf(_) => "anyOf",
            Assertion::OneOf(_) => "oneOf",
            Assertion::Not(_) => "not",
            Assertion::If { .. } => "if",
            Assertion::External(_) => "external",
            Assertion::Union { nullable: true, .. } => "nullable_union",
            Assertion::Union { nullable: false, .. } => "union",
        }
    }

    /// Returns the rules that the assertion refers to.
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

    /// Returns the rules that the assertion refers to, in the order of [`Self::rules`].
    pub(crate) fn rules_mut(&mut self) -> Vec<&mut RuleId> {
        match self {
            Assertion::Items(rule)
            | Assertion::Contains { rule, .. }
            | Assertion::UnevaluatedItems(rule)
            | Assertion::AdditionalProperties(rule)
            | Assertion::UnevaluatedProperties(rule)
            | Assertion::PropertyNames(rule)
            | Assertion::Not(rule)
            | Assertion::Reference(rule) => vec![rule],
            Assertion::Properties(rules)
            | Assertion::PatternProperties(rules)
            | Assertion::DependentSchemas(rules)
            | Assertion::Union { branches: rules, .. } => {
                rules.iter_mut().map(|(_, rule)| rule).collect()
            }
            Assertion::PrefixItems(rules)
            | Assertion::AllOf(rules)
            | Assertion::AnyOf(rules)
            | Assertion::OneOf(rules) => rules.iter_mut().collect(),
            Assertion::If { condition, then, otherwise } => {
                [Some(condition), then.as_mut(), otherwise.as_mut()].into_iter().flatten().collect()
            }
            _ => Vec::new(),
        }
    }
}
