//! The value of a property on its way into a builder.

use crate::json::Encode;
use std::fmt;

/// The value that a builder was given for a property.
pub enum Given<'a> {
    /// No value: the property is absent.
    Nothing,
    /// A value.
    Value(&'a dyn Encode),
    /// A value that stands in the name of its Avro branch.
    Branch(&'static str, &'a dyn Encode),
}

// Shows no value, which may be personal data.
impl fmt::Debug for Given<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Nothing => "Nothing",
            Self::Value(_) => "Value",
            Self::Branch(..) => "Branch",
        })
    }
}
