//! What generated code calls. Not part of the public interface: it changes with the generator,
//! which is released together with this crate.

pub use chrono;
#[cfg(feature = "proptest")]
pub use proptest;
pub use rust_decimal;
#[cfg(feature = "schemars")]
pub use schemars;
pub use serde;

use crate::Described;
use crate::json::{Decode, Reader, Stop, bridge};
use crate::validate::schema::{Assertion, Schema};
use crate::validate::{self, Invalid, Kind};
use std::borrow::Cow;

/// Fails to compile with code that another version of the generator wrote.
pub const GENERATED_BY_0_1_0: () = ();

/// Decodes the value of a known property; a second one is a duplicate.
#[inline]
pub fn fill<T: Decode>(slot: &mut Option<T>, reader: &mut Reader<'_>) -> Result<(), Stop> {
    if slot.is_some() {
        return Err(Stop::Duplicate);
    }
    *slot = Some(T::decode(reader)?);
    Ok(())
}

pub use crate::json::wrapped::{Wrapped, fill_wrapped};

/// The value of a known property, or its default where the property is absent.
#[inline]
pub fn or_default<T: Decode>(slot: Option<T>, json: &'static str) -> Result<T, Stop> {
    match slot {
        Some(value) => Ok(value),
        None => T::decode(&mut Reader::new(json)),
    }
}

/// The value that a builder was given, or its default.
pub fn set_or_default<T: Decode>(slot: Option<T>, json: &'static str) -> Result<T, Invalid> {
    // The generator has checked the default, so it can be decoded.
    or_default(slot, json).map_err(|_| Invalid::incomplete())
}

/// Checks what a type does not express on the text of the value ahead, without consuming it.
pub fn verify(reader: &Reader<'_>, schema: &'static Schema) -> Result<(), Stop> {
    if validate::accepts(reader, schema) { Ok(()) } else { Err(Stop::Mismatch) }
}

/// The index of the scalar ahead among `options`, compact JSON texts; numbers are equal by value.
pub fn literal(reader: &mut Reader<'_>, options: &[&str]) -> Result<usize, Stop> {
    validate::literal(reader, options)
}

/// The text of the property that tells the branches of a union apart, without consuming the object.
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

/// The first violation of a text that is known to have one.
#[must_use]
pub fn text_violation(text: &str, schema: &'static Schema) -> Kind {
    let length = text.chars().count() as u64;
    let violation = schema.assertions.iter().find_map(|assertion| match *assertion {
        Assertion::Pattern(pattern) if !(pattern.matches)(text) => {
            Some(Kind::Pattern { pattern: pattern.text })
        }
        Assertion::MinLength(limit) if length < limit => Some(Kind::MinLength { limit }),
        Assertion::MaxLength(limit) if length > limit => Some(Kind::MaxLength { limit }),
        Assertion::Format(format) if !format.matches(text) => Some(Kind::Format { format }),
        Assertion::Reference(target) => Some(text_violation(text, target)),
        _ => None,
    });
    violation.unwrap_or(Kind::Never)
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
    if found.is_empty() { Kind::External.to_string() } else { Invalid::from(found).to_string() }
}

pub use bridge::serialize;

/// `Serialize` and `Deserialize` of a generated type.
#[doc(hidden)]
#[macro_export]
macro_rules! __impl_serde {
    ($type:ty) => {
        impl $crate::__private::serde::Serialize for $type {
            fn serialize<S: $crate::__private::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                $crate::__private::serialize(self, serializer)
            }
        }

        impl<'de> $crate::__private::serde::Deserialize<'de> for $type {
            fn deserialize<D: $crate::__private::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                $crate::__private::deserialize(deserializer)
            }
        }

        $crate::__impl_arbitrary!($type);
        $crate::__impl_json_schema!($type);
    };
}

pub use __impl_serde as impl_serde;

/// `JsonSchema` of a generated type.
#[cfg(feature = "schemars")]
#[doc(hidden)]
#[macro_export]
macro_rules! __impl_json_schema {
    ($type:ty) => {
        impl $crate::__private::schemars::JsonSchema for $type {
            fn schema_name() -> ::std::borrow::Cow<'static, str> {
                ::std::borrow::Cow::Borrowed(stringify!($type))
            }

            fn schema_id() -> ::std::borrow::Cow<'static, str> {
                ::std::borrow::Cow::Borrowed(concat!(module_path!(), "::", stringify!($type)))
            }

            fn json_schema(
                generator: &mut $crate::__private::schemars::SchemaGenerator,
            ) -> $crate::__private::schemars::Schema {
                let schema = <Self as $crate::Described>::SCHEMA;
                $crate::json_schema::json_schema(schema, &Self::schema_name(), generator)
            }
        }
    };
}

/// See the macro of the same name above.
#[cfg(not(feature = "schemars"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __impl_json_schema {
    ($type:ty) => {};
}

/// `Arbitrary` of a generated type.
#[cfg(feature = "proptest")]
#[doc(hidden)]
#[macro_export]
macro_rules! __impl_arbitrary {
    ($type:ty) => {
        impl $crate::__private::proptest::arbitrary::Arbitrary for $type {
            type Parameters = ();
            type Strategy = $crate::arbitrary::Values<Self>;

            fn arbitrary_with((): ()) -> Self::Strategy {
                $crate::arbitrary::values()
            }
        }
    };
}

// A feature of this crate is none of the crate in which a macro is expanded: the macro itself differs.
#[cfg(not(feature = "proptest"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __impl_arbitrary {
    ($type:ty) => {};
}

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

    /// Whether it is found in a text.
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
}
