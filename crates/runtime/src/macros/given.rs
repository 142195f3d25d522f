//! Values of properties on their way into a builder.

use crate::json::{Encode, Map, ObjectWriter, RawJson};
use std::fmt;

/// The value that a builder was given for a property.
pub enum Given<'a> {
    /// No value: the property is absent.
    Nothing,
    /// A value.
    Value(&'a dyn Encode),
    /// A value as JSON text.
    Json(&'static str),
    /// A value that stands in the name of its Avro branch.
    Branch(&'static str, &'a dyn Encode),
}

// Shows no value, which may be personal data.
impl fmt::Debug for Given<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Nothing => "Nothing",
            Self::Value(_) => "Value",
            Self::Json(_) => "Json",
            Self::Branch(..) => "Branch",
        })
    }
}

/// Further properties.
pub trait Entries {
    /// Writes all of them.
    fn write(&self, object: &mut ObjectWriter<'_>);
}

impl<V: Encode> Entries for Map<V> {
    fn write(&self, object: &mut ObjectWriter<'_>) {
        for (key, value) in self {
            object.entry(key, value);
        }
    }
}

/// Further properties of a record: raw JSON where nothing is said of their type.
pub type Extra<V = RawJson> = Map<V>;
