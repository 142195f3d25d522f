//! A contract's assertions as constant tables.
//!
//! Generated code holds one [`Schema`] for each schema of a contract, keyword by keyword, with the
//! pointer at which the contract says it. Nothing is parsed or allocated at run time.

pub use super::format::Format;
pub use super::types::{Representation, Types};

use super::kind::ViolationKind;
use std::fmt;

/// The assertions of one schema.
#[derive(Debug, Clone, Copy)]
pub struct Schema {
    /// True if the assertions are keywords below `pointer`, as in JSON Schema; an Avro schema has
    /// none.
    pub has_keywords: bool,
    /// RFC 6901 pointer of the schema in the contract's file; in another document, that document's
    /// name, `#` and the pointer there.
    pub pointer: &'static str,
    /// The assertions, in the order in which violations are reported.
    pub assertions: &'static [Assertion],
}

/// One assertion of a [`Schema`].
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub enum Assertion {
    /// The JSON types allowed (`type`).
    Types(Types),
    /// Nothing is allowed (the schema `false`).
    Never,
    /// One of these values, as compact JSON text (`enum`).
    Enum(&'static [&'static str]),
    /// This value, as compact JSON text (`const`).
    Const(&'static str),
    /// An ECMA-262 pattern, not anchored (`pattern`).
    Pattern(Pattern),
    /// Least number of code points (`minLength`).
    MinLength(u64),
    /// Largest number of code points (`maxLength`).
    MaxLength(u64),
    /// Inclusive lower bound, as number text (`minimum`).
    Minimum(&'static str),
    /// Inclusive upper bound, as number text (`maximum`).
    Maximum(&'static str),
    /// Exclusive lower bound, as number text (`exclusiveMinimum`).
    ExclusiveMinimum(&'static str),
    /// Exclusive upper bound, as number text (`exclusiveMaximum`).
    ExclusiveMaximum(&'static str),
    /// A format (`format`).
    Format(Format),
    /// The type that a number must fit into.
    Representation(Representation),
    /// Least number of items (`minItems`).
    MinItems(u64),
    /// Largest number of items (`maxItems`).
    MaxItems(u64),
    /// A number that is a multiple of this one (`multipleOf`), as number text: greater than zero, its
    /// digits without zeros at either end a number of 64 bits.
    MultipleOf(&'static str),
    /// The first items, a schema for each (`items` as a list, `prefixItems`).
    PrefixItems(&'static [&'static Schema]),
    /// Every item (`items`), beside [`Assertion::PrefixItems`] every further one
    /// (`additionalItems`).
    Items(&'static Schema),
    /// Some items (`contains`): within the bounds (`minContains`, `maxContains`), otherwise one at least.
    Contains {
        /// The schema that they satisfy.
        schema: &'static Schema,
        /// Least number of them, if the contract sets one.
        min: Option<u64>,
        /// Largest number of them.
        max: Option<u64>,
        /// True if they count as evaluated (2020-12 Core §10.3.1.3).
        evaluates: bool,
    },
    /// No two equal items (`uniqueItems`).
    UniqueItems,
    /// Items that no schema in place evaluates (`unevaluatedItems`).
    UnevaluatedItems(&'static Schema),
    /// Known properties (`properties`).
    Properties(&'static [(&'static str, &'static Schema)]),
    /// Properties whose names match a pattern (`patternProperties`).
    PatternProperties(&'static [(Pattern, &'static Schema)]),
    /// Properties that neither [`Assertion::Properties`] nor [`Assertion::PatternProperties`] of the
    /// same schema name (`additionalProperties`).
    AdditionalProperties(&'static Schema),
    /// Properties that no schema in place evaluates (`unevaluatedProperties`).
    UnevaluatedProperties(&'static Schema),
    /// Every name of a property, as a string (`propertyNames`).
    PropertyNames(&'static Schema),
    /// Properties that must be present beside another one (`dependencies`).
    Dependencies(&'static [(&'static str, &'static [&'static str])]),
    /// The same by another keyword (`dependentRequired`).
    DependentRequired(&'static [(&'static str, &'static [&'static str])]),
    /// The schemas of an object that has a property (`dependencies`, `dependentSchemas`).
    DependentSchemas(&'static [(&'static str, &'static Schema)]),
    /// Properties that must be present (`required`).
    Required(&'static [&'static str]),
    /// Least number of properties (`minProperties`).
    MinProperties(u64),
    /// Largest number of properties (`maxProperties`).
    MaxProperties(u64),
    /// The JSON text that a string holds (`contentSchema`, JSON Schema 2019-09 Validation §8.5, here
    /// asserted). Pointers go on from the string into its text.
    ContentSchema(&'static Schema),
    /// A rule without keyword, for an integer as its plainest text (`12` for `1.2e1`) or for the
    /// characters of a string; returns the problem, if any.
    Rule(fn(&str) -> Option<ViolationKind>),
    /// The type of another crate that stands for the schema (`x-rust-type`); returns whether it takes a JSON
    /// text.
    External(fn(&str) -> bool),
    /// Another schema (`$ref`).
    Reference(&'static Schema),
    /// Every one of these (`allOf`).
    AllOf(&'static [&'static Schema]),
    /// At least one of these (`anyOf`).
    AnyOf(&'static [&'static Schema]),
    /// Exactly one of these (`oneOf`).
    OneOf(&'static [&'static Schema]),
    /// Not this one (`not`).
    Not(&'static Schema),
    /// One or the other, as a condition is met or not (`if`, `then`, `else`).
    If {
        /// The condition.
        condition: &'static Schema,
        /// The schema that applies if it is met.
        then: Option<&'static Schema>,
        /// The schema that applies if it is not.
        otherwise: Option<&'static Schema>,
    },
    /// An Avro union in the JSON encoding.
    Union {
        /// The names that wrap a value, and the schema of that value.
        branches: &'static [(&'static str, &'static Schema)],
        /// True if `null` is a branch.
        nullable: bool,
    },
}

/// A pattern and the code that matches it.
#[derive(Clone, Copy)]
pub struct Pattern {
    /// The pattern as the contract has it.
    pub text: &'static str,
    /// Returns whether a string matches; `None` if that takes too many steps.
    pub matches: fn(&str) -> Option<bool>,
}

impl Pattern {
    /// The violation of a text that does not match.
    pub(crate) fn violation(&self, text: &str) -> Option<ViolationKind> {
        match (self.matches)(text) {
            Some(true) => None,
            Some(false) => Some(ViolationKind::Pattern { pattern: self.text }),
            None => Some(ViolationKind::Undecided { pattern: self.text }),
        }
    }
}

impl fmt::Debug for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Pattern({:?})", self.text)
    }
}
