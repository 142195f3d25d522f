//! The types that a contract allows: of JSON values, and of numbers once they are decoded.

use std::fmt;

/// A set of JSON types, `integer` being a subset of `number`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Types(pub u8);

impl Types {
    /// `null`
    pub const NULL: u8 = 1;
    /// `boolean`
    pub const BOOLEAN: u8 = 2;
    /// `integer`
    pub const INTEGER: u8 = 4;
    /// `number`
    pub const NUMBER: u8 = 8;
    /// `string`
    pub const STRING: u8 = 16;
    /// `array`
    pub const ARRAY: u8 = 32;
    /// `object`
    pub const OBJECT: u8 = 64;

    const NAMES: [(u8, &'static str); 7] = [
        (Self::STRING, "a string"),
        (Self::BOOLEAN, "a boolean"),
        (Self::INTEGER, "an integer"),
        (Self::NUMBER, "a number"),
        (Self::OBJECT, "an object"),
        (Self::ARRAY, "an array"),
        (Self::NULL, "null"),
    ];

    pub(crate) fn contains(self, bits: u8) -> bool {
        self.0 & bits != 0
    }
}

impl fmt::Display for Types {
    /// `a string or null`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut names = Self::NAMES.iter().filter(|(bit, _)| self.0 & bit != 0).peekable();
        let Some((_, first)) = names.next() else { return f.write_str("nothing") };
        f.write_str(first)?;
        while let Some((_, name)) = names.next() {
            f.write_str(if names.peek().is_some() { ", " } else { " or " })?;
            f.write_str(name)?;
        }
        Ok(())
    }
}

/// The type that holds a number once it is decoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Representation {
    /// `i8`
    Integer8,
    /// `i16`
    Integer16,
    /// `i32`
    Integer32,
    /// `i64`
    Integer64,
    /// `u8`
    Unsigned8,
    /// `u16`
    Unsigned16,
    /// `u32`
    Unsigned32,
    /// `u64`
    Unsigned64,
    /// `f32`; a finite value, perhaps rounded
    Float,
    /// `f64`; a finite value, perhaps rounded
    Double,
    /// `rust_decimal::Decimal`
    Decimal,
}
