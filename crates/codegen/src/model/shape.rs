//! Shapes of definitions.

use super::{Docs, Format, Slot};

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
    /// The value that a builder sets if it is given none, as JSON text. Messages are read without it.
    pub(crate) initial: Option<String>,
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
