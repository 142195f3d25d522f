//! [`Decode`] and [`Encode`] for types of the standard library and for `rust_decimal::Decimal`.

use rust_decimal::Decimal;

use super::{Decode, Encode, JsonType, Reader, Stop, writer};

impl Decode for String {
    #[inline]
    fn decode(reader: &mut Reader<'_>) -> Result<Self, Stop> {
        reader.owned_string()
    }
}

impl Encode for String {
    #[inline]
    fn encode(&self, out: &mut String) {
        writer::string(self, out);
    }
}

impl Encode for str {
    #[inline]
    fn encode(&self, out: &mut String) {
        writer::string(self, out);
    }
}

impl Decode for bool {
    #[inline]
    fn decode(reader: &mut Reader<'_>) -> Result<Self, Stop> {
        reader.boolean()
    }
}

impl Encode for bool {
    #[inline]
    fn encode(&self, out: &mut String) {
        out.push_str(if *self { "true" } else { "false" });
    }
}

/// The unit type stands for `null`.
impl Decode for () {
    #[inline]
    fn decode(reader: &mut Reader<'_>) -> Result<Self, Stop> {
        reader.null()
    }
}

impl Encode for () {
    #[inline]
    fn encode(&self, out: &mut String) {
        out.push_str("null");
    }
}

impl Decode for i64 {
    #[inline]
    fn decode(reader: &mut Reader<'_>) -> Result<Self, Stop> {
        reader.integer()
    }
}

impl Encode for i64 {
    #[inline]
    fn encode(&self, out: &mut String) {
        writer::integer(*self, out);
    }
}

impl Decode for u64 {
    #[inline]
    fn decode(reader: &mut Reader<'_>) -> Result<Self, Stop> {
        reader.unsigned()
    }
}

impl Encode for u64 {
    #[inline]
    fn encode(&self, out: &mut String) {
        writer::unsigned(*self, out);
    }
}

/// Integers of fewer than 64 bits.
macro_rules! narrow {
    ($($integer:ident)*) => {$(
        impl Decode for $integer {
            #[inline]
            fn decode(reader: &mut Reader<'_>) -> Result<Self, Stop> {
                reader.narrow()
            }
        }

        impl Encode for $integer {
            #[inline]
            fn encode(&self, out: &mut String) {
                writer::integer((*self).into(), out);
            }
        }
    )*};
}

narrow!(i8 i16 i32 u8 u16 u32);

/// A number, or one of the strings for values that JSON numbers cannot express: `"NaN"`, `"Infinity"`
/// and `"-Infinity"`. A number beyond the range of the type is a mismatch, not an infinity.
macro_rules! float {
    ($float:ident) => {
        impl Decode for $float {
            fn decode(reader: &mut Reader<'_>) -> Result<Self, Stop> {
                if reader.peek()? == JsonType::String {
                    return reader.string_as(|text| match text {
                        "NaN" => Some(Self::NAN),
                        "Infinity" => Some(Self::INFINITY),
                        "-Infinity" => Some(Self::NEG_INFINITY),
                        _ => None,
                    });
                }
                reader.number_as(|text| text.parse().ok().filter(|value: &Self| value.is_finite()))
            }
        }

        impl Encode for $float {
            fn encode(&self, out: &mut String) {
                use std::fmt::Write as _;

                // The shortest text that reads back as the same value; legal JSON when finite.
                let written = if self.is_finite() {
                    write!(out, "{self:?}")
                } else if self.is_nan() {
                    write!(out, r#""NaN""#)
                } else {
                    write!(out, r#""{}Infinity""#, if *self < 0.0 { "-" } else { "" })
                };
                debug_assert!(written.is_ok(), "a String takes any text");
            }
        }
    };
}

float!(f32);
float!(f64);

/// Exact in value and scale, see [`number::decimal`](super::number::decimal).
impl Decode for Decimal {
    #[inline]
    fn decode(reader: &mut Reader<'_>) -> Result<Self, Stop> {
        reader.decimal()
    }
}

impl Encode for Decimal {
    fn encode(&self, out: &mut String) {
        if self.is_sign_negative() {
            out.push('-');
        }
        let mut buffer = [0; writer::DIGITS];
        let digits = writer::digits(self.mantissa().unsigned_abs(), &mut buffer);
        let scale = self.scale() as usize;
        let integer = digits.len().saturating_sub(scale);
        if integer == 0 {
            out.push('0');
        }
        out.push_str(&digits[..integer]);
        if scale > 0 {
            out.push('.');
            out.extend(std::iter::repeat_n('0', scale.saturating_sub(digits.len())));
            out.push_str(&digits[integer..]);
        }
    }
}

/// `None` stands for `null`.
impl<T: Decode> Decode for Option<T> {
    #[inline]
    fn decode(reader: &mut Reader<'_>) -> Result<Self, Stop> {
        if reader.peek()? == JsonType::Null {
            reader.null()?;
            return Ok(None);
        }
        T::decode(reader).map(Some)
    }
}

impl<T: Encode> Encode for Option<T> {
    #[inline]
    fn encode(&self, out: &mut String) {
        match self {
            Some(value) => value.encode(out),
            None => out.push_str("null"),
        }
    }
}

impl<T: Decode> Decode for Vec<T> {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, Stop> {
        reader.begin_array()?;
        let mut first = true;
        let mut items = Self::new();
        while reader.next_item(&mut first)? {
            items.push(T::decode(reader)?);
        }
        Ok(items)
    }
}

macro_rules! tuple {
    ($($item:ident),+) => {
        /// An array of exactly this number of items.
        impl<$($item: Decode),+> Decode for ($($item,)+) {
            fn decode(reader: &mut Reader<'_>) -> Result<Self, Stop> {
                reader.begin_array()?;
                let mut first = true;
                let items = ($(item::<$item>(reader, &mut first)?,)+);
                if reader.next_item(&mut first)? { Err(Stop::Mismatch) } else { Ok(items) }
            }
        }

        #[allow(non_snake_case, reason = "the values are named like their types")]
        impl<$($item: Encode),+> Encode for ($($item,)+) {
            fn encode(&self, out: &mut String) {
                let ($($item,)+) = self;
                let mut before = '[';
                $(
                    out.push(before);
                    $item.encode(out);
                    before = ',';
                )+
                let _ = before;
                out.push(']');
            }
        }
    };
}

fn item<T: Decode>(reader: &mut Reader<'_>, first: &mut bool) -> Result<T, Stop> {
    if reader.next_item(first)? { T::decode(reader) } else { Err(Stop::Mismatch) }
}

tuple!(A);
tuple!(A, B);
tuple!(A, B, C);
tuple!(A, B, C, D);
tuple!(A, B, C, D, E);
tuple!(A, B, C, D, E, F);
tuple!(A, B, C, D, E, F, G);
tuple!(A, B, C, D, E, F, G, H);

impl<T: Encode> Encode for Vec<T> {
    #[inline]
    fn encode(&self, out: &mut String) {
        self.as_slice().encode(out);
    }
}

impl<T: Encode> Encode for [T] {
    fn encode(&self, out: &mut String) {
        out.push('[');
        for (index, item) in self.iter().enumerate() {
            if index > 0 {
                out.push(',');
            }
            item.encode(out);
        }
        out.push(']');
    }
}

impl<T: Decode> Decode for Box<T> {
    #[inline]
    fn decode(reader: &mut Reader<'_>) -> Result<Self, Stop> {
        T::decode(reader).map(Self::new)
    }
}

impl<T: Encode + ?Sized> Encode for Box<T> {
    #[inline]
    fn encode(&self, out: &mut String) {
        (**self).encode(out);
    }
}

impl<T: Encode + ?Sized> Encode for &T {
    #[inline]
    fn encode(&self, out: &mut String) {
        (**self).encode(out);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::Syntax;
    use proptest::prelude::*;

    fn text<T: Encode>(value: T) -> String {
        let mut text = String::new();
        value.encode(&mut text);
        text
    }

    fn read<T: Decode>(text: &str) -> Result<T, Stop> {
        T::decode(&mut Reader::new(text))
    }

    #[test]
    fn null_is_none_and_nothing_else_is() {
        assert_eq!(read::<Option<bool>>("null"), Ok(None));
        assert_eq!(read::<Option<bool>>("true"), Ok(Some(true)));
        assert_eq!(read::<Option<bool>>("0"), Err(Stop::Mismatch));
        assert_eq!(read::<Option<bool>>("nul"), Err(Stop::Syntax(Syntax::UnexpectedEnd)));
        assert_eq!(read::<()>("null"), Ok(()));
        assert_eq!(read::<bool>("null"), Err(Stop::Mismatch));
        assert_eq!(text(None::<bool>), "null");
        assert_eq!(text(()), "null");
    }

    #[test]
    fn mismatches_inside_arrays_point_at_the_item() {
        let mut reader = Reader::new("[true, false,  1]");
        assert_eq!(Vec::<bool>::decode(&mut reader), Err(Stop::Mismatch));
        assert_eq!(reader.position(), 15);
        assert_eq!(read::<Vec<bool>>(" [ ] "), Ok(vec![]));
        assert_eq!(read::<Box<Vec<i32>>>("[1,2]"), Ok(Box::new(vec![1, 2])));
        assert_eq!(text(Box::new(vec![&"a", &"b"])), r#"["a","b"]"#);
    }

    #[test]
    fn nonfinite_floats_are_written_as_words() {
        for (value, word) in [
            (f64::NAN, r#""NaN""#),
            (f64::INFINITY, r#""Infinity""#),
            (-f64::INFINITY, r#""-Infinity""#),
        ] {
            assert_eq!(text(value), word);
            assert_eq!(text(value as f32), word);
            assert_eq!(read::<f64>(word).unwrap().to_bits(), value.to_bits());
            assert_eq!(text(read::<f32>(word).unwrap()), word);
        }
        for text in [r#""nan""#, r#""1.5""#, "1e999", "-1e999", "null"] {
            assert_eq!(read::<f64>(text), Err(Stop::Mismatch), "{text}");
        }
        assert_eq!(read::<f32>("1e39"), Err(Stop::Mismatch));
        assert_eq!(read::<f64>("1e39"), Ok(1e39));
    }

    proptest! {
        #[test]
        fn floats_come_back_and_are_legal(value: f64, narrow: f32) {
            prop_assume!(value.is_finite() && narrow.is_finite());
            prop_assert_eq!(read::<f64>(&text(value)).map(f64::to_bits), Ok(value.to_bits()));
            prop_assert_eq!(read::<f32>(&text(narrow)).map(f32::to_bits), Ok(narrow.to_bits()));
            // By default serde_json reads the last digit wrongly now and then.
            prop_assert!(serde_json::from_str::<f64>(&text(value)).is_ok());
        }

        #[test]
        fn strings_come_back(value: String) {
            prop_assert_eq!(read::<String>(&text(&*value)), Ok(value));
        }
    }
}
