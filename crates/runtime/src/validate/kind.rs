//! The kinds of violations.

use super::format::Format;
use super::types::{Representation, Types};
use crate::Contract;
use crate::avro::DatumErrorKind;
use crate::json::{self, Syntax};
use crate::shown::Shown;
use std::fmt;

/// The problem with a value, with the contract's side of it.
///
/// The data is the contract's (limits, allowed values) or the name of a property, never a value.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ViolationKind {
    /// `type`: another JSON type was expected.
    Type {
        /// The types the contract allows.
        expected: Types,
        /// The type that was found.
        found: json::JsonType,
    },
    /// `enum`: none of the allowed values.
    Enum {
        /// The allowed values, as JSON text.
        options: &'static [&'static str],
    },
    /// `const`: not the one allowed value.
    Const {
        /// The allowed value, as JSON text.
        expected: &'static str,
    },
    /// `pattern`: the string does not match.
    Pattern {
        /// The pattern.
        pattern: &'static str,
    },
    /// Matching a pattern with look-around or a back-reference would take too many steps, or the string is
    /// longer than 4096 bytes. The message is rejected, although the contract may allow it.
    Undecided {
        /// The pattern.
        pattern: &'static str,
    },
    /// `minLength`: the string is too short.
    MinLength {
        /// Least number of code points.
        limit: u64,
    },
    /// `maxLength`: the string is too long.
    MaxLength {
        /// Largest number of code points.
        limit: u64,
    },
    /// `minimum`: the number is too small.
    Minimum {
        /// The inclusive bound.
        limit: &'static str,
    },
    /// `maximum`: the number is too large.
    Maximum {
        /// The inclusive bound.
        limit: &'static str,
    },
    /// `exclusiveMinimum`: the number is too small.
    ExclusiveMinimum {
        /// The exclusive bound.
        limit: &'static str,
    },
    /// `exclusiveMaximum`: the number is too large.
    ExclusiveMaximum {
        /// The exclusive bound.
        limit: &'static str,
    },
    /// `format`: the string is not of the format.
    Format {
        /// The format.
        format: Format,
    },
    /// The number does not fit the type that holds it.
    Range {
        /// The type.
        representation: Representation,
    },
    /// The type of another crate that stands for the schema (`x-rust-type`) does not take a value that
    /// the schema allows.
    External,
    /// The number has more digits than a decimal holds; it is never rounded.
    Precision,
    /// `minItems`: too few items.
    MinItems {
        /// Least number of items.
        limit: u64,
    },
    /// `maxItems`: too many items.
    MaxItems {
        /// Largest number of items.
        limit: u64,
    },
    /// `minProperties`: too few properties.
    MinProperties {
        /// Least number of properties.
        limit: u64,
    },
    /// `maxProperties`: too many properties.
    MaxProperties {
        /// Largest number of properties.
        limit: u64,
    },
    /// `required`: a property is missing.
    Required {
        /// Its name.
        property: &'static str,
    },
    /// `additionalProperties`: a property is not known to a closed object.
    AdditionalProperties {
        /// Its name.
        unexpected: Box<str>,
    },
    /// `multipleOf`: the number is not a multiple.
    MultipleOf {
        /// The divisor.
        divisor: &'static str,
    },
    /// `contains`: no item fits the schema.
    Contains,
    /// `minContains`: too few items fit the schema of `contains`.
    MinContains {
        /// Least number of them.
        limit: u64,
    },
    /// `maxContains`: too many items fit the schema of `contains`.
    MaxContains {
        /// Largest number of them.
        limit: u64,
    },
    /// `uniqueItems`: two items are equal.
    UniqueItems {
        /// Index of the first one.
        first: u64,
        /// Index of the second one.
        second: u64,
    },
    /// `unevaluatedItems`: no schema evaluates the item.
    UnevaluatedItems,
    /// `unevaluatedProperties`: no schema evaluates the property.
    UnevaluatedProperties {
        /// Its name.
        unexpected: Box<str>,
    },
    /// `propertyNames`: the name of a property is not allowed.
    PropertyNames {
        /// Its name.
        property: Box<str>,
    },
    /// `dependencies`: a property is missing beside another one.
    Dependencies {
        /// The name of the missing one.
        property: &'static str,
        /// The name of the one that is there.
        beside: &'static str,
    },
    /// `dependentRequired`: a property is missing beside another one.
    DependentRequired {
        /// The name of the missing one.
        property: &'static str,
        /// The name of the one that is there.
        beside: &'static str,
    },
    /// `not`: the value fits the forbidden schema.
    Not,
    /// `anyOf`: no branch fits. The violations of the branch that came nearest follow, or the property that
    /// would select one.
    AnyOf,
    /// `oneOf`: no branch fits, or more than one does. Where none fits, the violations of the branch that came
    /// nearest follow, or the property that would select one.
    OneOf {
        /// The number of branches that fit.
        matching: usize,
    },
    /// The value of the property by which the branches of `anyOf` or `oneOf` differ is that of none.
    Discriminator {
        /// The values of all branches, as JSON text.
        options: Box<[&'static str]>,
    },
    /// The schema `false`: nothing is allowed here.
    Never,
    /// Avro JSON encoding: not an object with one member that names a branch of the union.
    Union {
        /// The branches' names.
        branches: Box<[&'static str]>,
    },
    /// The envelope announces another event than the one that its payload is read as.
    EventType {
        /// The contract that the payload is read as.
        asked: &'static Contract,
        /// The contract that the envelope announces, if it is a known one.
        announced: Option<&'static Contract>,
    },
    /// The envelope announces a version of the event that is not the known one.
    Version {
        /// The version of the contract.
        known: &'static str,
    },
    /// A rule of the service itself ([`Violation::of_rule`](super::Violation::of_rule)).
    Rule {
        /// The name of the rule.
        rule: &'static str,
        /// The problem, in words.
        detail: &'static str,
    },
    /// The bytes are not an Avro datum of the schema.
    Datum {
        /// The problem.
        problem: DatumErrorKind,
    },
    /// The message has signs of two events, of which none is stronger than the other.
    Ambiguous {
        /// The contract of one of them.
        one: &'static Contract,
        /// The contract of another.
        other: &'static Contract,
    },
    /// A key occurs twice in an object (RFC 8259 §4 leaves open what that means, so it means no).
    DuplicateKey {
        /// The key.
        key: Box<str>,
    },
    /// The message is longer than the limit; it was not read.
    Size {
        /// The limit in bytes.
        limit: usize,
    },
    /// The message has more values than the limit ([`Decoder::max_values`](crate::Decoder::max_values)); it was
    /// not read.
    Values {
        /// The limit.
        limit: usize,
    },
    /// The message nests deeper than the limit.
    Depth {
        /// The limit.
        limit: usize,
    },
    /// The message is not JSON text (RFC 8259).
    Syntax {
        /// The problem with the text.
        syntax: Syntax,
        /// Where, in bytes from the start of the message.
        offset: usize,
    },
}

impl ViolationKind {
    /// The keyword, or the name of a rule without keyword: `range`, `precision`, `external`, `undecided`,
    /// `discriminator`, `union`, `eventType`, `version`, `ambiguous`, `datum`, `duplicateKey`, `size`, `values`,
    /// `depth`, `syntax`; of a rule of the service, its own.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            ViolationKind::Type { .. } => "type",
            ViolationKind::Enum { .. } => "enum",
            ViolationKind::Const { .. } => "const",
            ViolationKind::Pattern { .. } => "pattern",
            ViolationKind::Undecided { .. } => "undecided",
            ViolationKind::MinLength { .. } => "minLength",
            ViolationKind::MaxLength { .. } => "maxLength",
            ViolationKind::Minimum { .. } => "minimum",
            ViolationKind::Maximum { .. } => "maximum",
            ViolationKind::ExclusiveMinimum { .. } => "exclusiveMinimum",
            ViolationKind::ExclusiveMaximum { .. } => "exclusiveMaximum",
            ViolationKind::Format { .. } => "format",
            ViolationKind::Range { .. } => "range",
            ViolationKind::Precision => "precision",
            ViolationKind::MinItems { .. } => "minItems",
            ViolationKind::MaxItems { .. } => "maxItems",
            ViolationKind::MinProperties { .. } => "minProperties",
            ViolationKind::MaxProperties { .. } => "maxProperties",
            ViolationKind::Required { .. } => "required",
            ViolationKind::AdditionalProperties { .. } => "additionalProperties",
            ViolationKind::MultipleOf { .. } => "multipleOf",
            ViolationKind::Contains => "contains",
            ViolationKind::MinContains { .. } => "minContains",
            ViolationKind::MaxContains { .. } => "maxContains",
            ViolationKind::UniqueItems { .. } => "uniqueItems",
            ViolationKind::UnevaluatedItems => "unevaluatedItems",
            ViolationKind::UnevaluatedProperties { .. } => "unevaluatedProperties",
            ViolationKind::PropertyNames { .. } => "propertyNames",
            ViolationKind::Dependencies { .. } => "dependencies",
            ViolationKind::DependentRequired { .. } => "dependentRequired",
            ViolationKind::Not => "not",
            ViolationKind::AnyOf => "anyOf",
            ViolationKind::OneOf { .. } => "oneOf",
            ViolationKind::Discriminator { .. } => "discriminator",
            ViolationKind::Never => "false",
            ViolationKind::External => "external",
            ViolationKind::Union { .. } => "union",
            ViolationKind::EventType { .. } => "eventType",
            ViolationKind::Version { .. } => "version",
            ViolationKind::Rule { rule, .. } => rule,
            ViolationKind::Datum { .. } => "datum",
            ViolationKind::Ambiguous { .. } => "ambiguous",
            ViolationKind::DuplicateKey { .. } => "duplicateKey",
            ViolationKind::Size { .. } => "size",
            ViolationKind::Values { .. } => "values",
            ViolationKind::Depth { .. } => "depth",
            ViolationKind::Syntax { .. } => "syntax",
        }
    }

    /// The last token of the schema pointer, where the kind is a keyword's.
    pub(crate) fn keyword(&self) -> Option<&'static str> {
        match self {
            ViolationKind::Range { .. } | ViolationKind::Precision => Some("type"),
            ViolationKind::Undecided { .. }
            | ViolationKind::Discriminator { .. }
            | ViolationKind::Never
            | ViolationKind::External
            | ViolationKind::Union { .. }
            | ViolationKind::EventType { .. }
            | ViolationKind::Version { .. }
            | ViolationKind::Rule { .. }
            | ViolationKind::Datum { .. }
            | ViolationKind::Ambiguous { .. }
            | ViolationKind::DuplicateKey { .. }
            | ViolationKind::Size { .. }
            | ViolationKind::Values { .. }
            | ViolationKind::Depth { .. }
            | ViolationKind::Syntax { .. } => None,
            keyword => Some(keyword.name()),
        }
    }
}

impl fmt::Display for ViolationKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count = |limit: &u64, what: &str| {
            format!("{limit} {what}{}", if *limit == 1 { "" } else { "s" })
        };
        match self {
            ViolationKind::Type { expected, found } => {
                write!(f, "expected {expected}, found {}", article(*found))
            }
            ViolationKind::Enum { options } => match options {
                [only] => write!(f, "not {only}"),
                _ => write!(f, "not one of {}", options.join(", ")),
            },
            ViolationKind::Const { expected } => write!(f, "not {expected}"),
            ViolationKind::Pattern { pattern } => write!(f, "does not match {pattern:?}"),
            ViolationKind::Undecided { pattern } => {
                write!(f, "too many steps to match {pattern:?}")
            }
            ViolationKind::MinLength { limit } => {
                write!(f, "shorter than {}", count(limit, "character"))
            }
            ViolationKind::MaxLength { limit } => {
                write!(f, "longer than {}", count(limit, "character"))
            }
            ViolationKind::Minimum { limit } => write!(f, "less than {limit}"),
            ViolationKind::Maximum { limit } => write!(f, "greater than {limit}"),
            ViolationKind::ExclusiveMinimum { limit } => write!(f, "not greater than {limit}"),
            ViolationKind::ExclusiveMaximum { limit } => write!(f, "not less than {limit}"),
            ViolationKind::Format { format } => write!(f, "not {format}"),
            ViolationKind::Range { representation } => f.write_str(match representation {
                Representation::Integer8 => "beyond an 8-bit integer",
                Representation::Integer16 => "beyond a 16-bit integer",
                Representation::Integer32 => "beyond a 32-bit integer",
                Representation::Integer64 => "beyond a 64-bit integer",
                Representation::Unsigned8 => "beyond an unsigned 8-bit integer",
                Representation::Unsigned16 => "beyond an unsigned 16-bit integer",
                Representation::Unsigned32 => "beyond an unsigned 32-bit integer",
                Representation::Unsigned64 => "beyond an unsigned 64-bit integer",
                Representation::Float => "beyond a 32-bit floating point number",
                Representation::Double => "beyond a 64-bit floating point number",
                Representation::Decimal => "beyond a decimal",
            }),
            ViolationKind::External => {
                f.write_str("not a value of the type that stands for the schema")
            }
            ViolationKind::Precision => f.write_str("more digits than a decimal holds"),
            ViolationKind::MinItems { limit } => write!(f, "fewer than {}", count(limit, "item")),
            ViolationKind::MaxItems { limit } => write!(f, "more than {}", count(limit, "item")),
            ViolationKind::MinProperties { limit } => {
                write!(f, "fewer properties than {limit}")
            }
            ViolationKind::MaxProperties { limit } => write!(f, "more properties than {limit}"),
            ViolationKind::Required { property } => write!(f, "missing property {property:?}"),
            ViolationKind::AdditionalProperties { unexpected } => {
                write!(f, "unknown property {}", Shown::key(unexpected))
            }
            ViolationKind::MultipleOf { divisor } => write!(f, "not a multiple of {divisor}"),
            ViolationKind::Contains => f.write_str("no item of the kind that must be there"),
            ViolationKind::MinContains { limit } => {
                write!(f, "fewer than {} of the kind that must be there", count(limit, "item"))
            }
            ViolationKind::MaxContains { limit } => {
                write!(f, "more than {} of the kind that may be there", count(limit, "item"))
            }
            ViolationKind::UniqueItems { first, second } => {
                write!(f, "items {first} and {second} are equal")
            }
            ViolationKind::UnevaluatedItems => f.write_str("unknown item"),
            ViolationKind::UnevaluatedProperties { unexpected } => {
                write!(f, "unknown property {}", Shown::key(unexpected))
            }
            ViolationKind::PropertyNames { property } => {
                write!(f, "no property may be called {}", Shown::key(property))
            }
            ViolationKind::Dependencies { property, beside }
            | ViolationKind::DependentRequired { property, beside } => {
                write!(f, "missing property {property:?} beside {beside:?}")
            }
            ViolationKind::Not => f.write_str("fits the schema that it must not fit"),
            ViolationKind::AnyOf => f.write_str("fits no branch"),
            ViolationKind::OneOf { matching: 0 } => f.write_str("fits no branch"),
            ViolationKind::OneOf { matching } => {
                write!(f, "fits {matching} branches instead of one")
            }
            ViolationKind::Discriminator { options } => {
                write!(f, "not one of {}", options.join(", "))
            }
            ViolationKind::Never => f.write_str("no value is allowed here"),
            ViolationKind::Union { branches } => {
                write!(f, "not an object with one member named {}", branches.join(" or "))
            }
            ViolationKind::EventType { asked, announced: Some(announced) } => {
                write!(f, "announces {:?}, read as {:?}", announced.name, asked.name)
            }
            ViolationKind::EventType { asked, announced: None } => {
                write!(f, "announces another event than {:?}", asked.name)
            }
            ViolationKind::Version { known } => write!(f, "not version {known}"),
            ViolationKind::Rule { detail, .. } => f.write_str(detail),
            ViolationKind::Datum { problem } => problem.fmt(f),
            ViolationKind::Ambiguous { one, other } => {
                write!(f, "has signs of both {:?} and {:?}", one.name, other.name)
            }
            ViolationKind::DuplicateKey { key } => {
                write!(f, "key {} occurs twice", Shown::key(key))
            }
            ViolationKind::Size { limit } => write!(f, "longer than {limit} bytes"),
            ViolationKind::Values { limit } => write!(f, "more than {limit} values"),
            ViolationKind::Depth { limit } => write!(f, "nested deeper than {limit} levels"),
            ViolationKind::Syntax { syntax, offset } => write!(f, "{syntax} at byte {offset}"),
        }
    }
}

impl std::error::Error for ViolationKind {}

fn article(kind: json::JsonType) -> &'static str {
    match kind {
        json::JsonType::Null => "null",
        json::JsonType::Boolean => "a boolean",
        json::JsonType::Number => "a number",
        json::JsonType::String => "a string",
        json::JsonType::Array => "an array",
        json::JsonType::Object => "an object",
    }
}
