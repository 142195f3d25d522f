//! Items that generated code calls. Not part of the public interface: it changes with the generator,
//! which is released together with this crate.

#[cfg(feature = "proptest")]
pub use proptest;
#[cfg(feature = "schemars")]
pub use schemars;
pub use serde;

pub use crate::macros::slot::fill;
pub use crate::macros::{Entries, Entry, Extra, Given, Rounds, branch, check, slot};
pub use crate::{
    __addresses as addresses, __avro_enum as avro_enum, __avro_record as avro_record,
    __avro_schema as avro_schema, __avro_union as avro_union, __contracts as contracts,
    __initial as initial, __literals as literals, __newtype as newtype,
    __newtype_datum as newtype_datum, __on_bytes as on_bytes, __open_enum as open_enum,
    __outcome as outcome, __raw as raw, __record as record, __schemas as schemas,
    __string_enum as string_enum, __text as text, __union_by_property as union_by_property,
    __union_by_rule as union_by_rule, __union_by_type as union_by_type,
};

use crate::Described;
use crate::json::{Reader, Stop, bridge};
use crate::validate::schema::{Assertion, Schema};
use crate::validate::{self, Invalid, ViolationKind};
use std::borrow::Cow;

/// Fails to compile with code that another version of the generator wrote.
pub const GENERATED_BY_0_1_0: () = ();

/// Checks what a type does not express on the text of the value ahead, without consuming it.
pub fn verify(reader: &Reader<'_>, schema: &'static Schema) -> Result<(), Stop> {
    if validate::accepts(reader, schema) { Ok(()) } else { Err(Stop::Mismatch) }
}

/// The index of the scalar ahead among `options`, compact JSON texts; numbers are equal by value.
pub fn literal(reader: &mut Reader<'_>, options: &[&str]) -> Result<usize, Stop> {
    validate::literal(reader, options)
}

/// The text of the property that distinguishes the branches of a union, without consuming the object.
pub fn tag<'a>(reader: &Reader<'a>, property: &str) -> Result<Cow<'a, str>, Stop> {
    let mut ahead = reader.clone();
    ahead.begin_object()?;
    let mut first = true;
    while let Some(key) = ahead.next_key(&mut first)? {
        if key == property {
            return ahead.string();
        }
        ahead.skip()?;
    }
    Err(Stop::Mismatch)
}

/// Returns whether a type of another crate takes a JSON text.
#[must_use]
pub fn takes<T: serde::de::DeserializeOwned>(text: &str) -> bool {
    <crate::json::External<T> as crate::json::Decode>::decode(&mut crate::json::Reader::new(text))
        .is_ok()
}

/// The first violation of a text that is known to have one.
#[must_use]
pub fn text_violation(text: &str, schema: &'static Schema) -> ViolationKind {
    let length = text.chars().count() as u64;
    let violation = schema.assertions.iter().find_map(|assertion| match *assertion {
        Assertion::Pattern(pattern) => pattern.violation(text),
        Assertion::MinLength(limit) if length < limit => Some(ViolationKind::MinLength { limit }),
        Assertion::MaxLength(limit) if length > limit => Some(ViolationKind::MaxLength { limit }),
        Assertion::Format(format) if !format.matches(text) => {
            Some(ViolationKind::Format { format })
        }
        Assertion::Reference(target) => Some(text_violation(text, target)),
        _ => None,
    });
    violation.unwrap_or(ViolationKind::Never)
}

/// Deserializes through JSON text; a failure lists every violation.
pub fn deserialize<'de, T, D>(deserializer: D) -> Result<T, D::Error>
where
    T: Described,
    D: serde::Deserializer<'de>,
{
    bridge::deserialize(deserializer, explain::<T>)
}

fn explain<T: Described>(text: &str) -> String {
    let (found, _) = validate::violations(text, T::SCHEMA);
    // What the contract allows can only be refused by a type of another crate.
    if found.is_empty() {
        ViolationKind::External.to_string()
    } else {
        Invalid::from(found).to_string()
    }
}

pub use bridge::serialize;

/// The JSON types as schemas name them.
#[allow(missing_docs, non_upper_case_globals, reason = "the names are those of the contracts")]
pub mod types {
    use crate::validate::schema::Types;

    pub const null: u8 = Types::NULL;
    pub const boolean: u8 = Types::BOOLEAN;
    pub const integer: u8 = Types::INTEGER;
    pub const number: u8 = Types::NUMBER;
    pub const string: u8 = Types::STRING;
    pub const array: u8 = Types::ARRAY;
    pub const object: u8 = Types::OBJECT;
}

#[cfg(feature = "backtracking")]
pub use crate::validate::backtracking::Backtracking;

/// A pattern that is compiled when it is first used.
#[cfg(feature = "regex")]
#[derive(Debug)]
pub struct Regex {
    pattern: &'static str,
    compiled: std::sync::OnceLock<Option<regex_lite::Regex>>,
}

#[cfg(feature = "regex")]
impl Regex {
    /// A pattern that the generator has checked with the same engine.
    #[must_use]
    pub const fn new(pattern: &'static str) -> Self {
        Self { pattern, compiled: std::sync::OnceLock::new() }
    }

    /// Returns whether it is found in a text.
    #[must_use]
    pub fn is_match(&self, text: &str) -> bool {
        let compile = || regex_lite::Regex::new(self.pattern).ok();
        self.compiled.get_or_init(compile).as_ref().is_some_and(|regex| regex.is_match(text))
    }
}

/// Items for the crates `migration-events-avro`, `migration-events-stream` and `migration-events`.
pub mod internal {
    pub use crate::avro::datum::{write_bytes, write_long};
    pub use crate::avro::error::Segment;
    pub use crate::json::string::special;
    pub use crate::outcome::readable;
    pub use crate::shown::Shown;
}
