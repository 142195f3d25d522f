//! What contracts assert: the rules of the model.

use super::RuleId;
use std::collections::BTreeSet;

/// What a contract asserts of an instance, with the place where it says so.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Rule {
    /// Whether the assertions are keywords below `pointer`, as in JSON Schema; an Avro schema has
    /// none.
    pub(crate) has_keywords: bool,
    /// JSON pointer of the schema in the contract's file; in another document, that document's name,
    /// `#` and the pointer there.
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

impl JsonType {
    /// Every type; an integer is a number.
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

impl Rule {
    /// File and pointer of a rule of the contract in `file`.
    pub(crate) fn place<'s>(&'s self, file: &'s str) -> (&'s str, &'s str) {
        let is_own = self.pointer.is_empty() || self.pointer.starts_with('/');
        let elsewhere = self.pointer.split_once('#').filter(|_| !is_own);
        elsewhere.unwrap_or((file, &self.pointer))
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
