//! Places that hold values, and the types of these.

use super::{DefinitionId, JsonType, RuleId};
use std::collections::BTreeSet;

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
    /// Integer of another width than these.
    Narrow(Narrow),
    /// Decimal number.
    Number,
    /// Number of any size, kept as text.
    AnyNumber,
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

/// The widths of integers that are not the usual ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Narrow {
    /// Signed, 8 bits.
    Integer8,
    /// Signed, 16 bits.
    Integer16,
    /// Unsigned, 8 bits.
    Unsigned8,
    /// Unsigned, 16 bits.
    Unsigned16,
    /// Unsigned, 32 bits.
    Unsigned32,
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
