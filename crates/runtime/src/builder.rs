//! Values that the setters of builders take.
//!
//! A setter takes the field's type, everything that converts into it, and the plain values of which it is
//! made: text for a constrained string, a timestamp or an enum, an `Option` for a field that may be absent.
//! A text that the contract forbids is no error yet: `build` reports it with all that is missing or invalid.
//!
//! ```
//! use migration_events::pismo;
//!
//! let phase: Option<String> = None;
//! let migration = pismo::customer_outgoing::Migration::builder()
//!     .id("m-1")
//!     .account_id("a-1")
//!     .phase_id(phase)
//!     .version_date("2021-08-11 11:25:00")
//!     .build();
//! assert_eq!(
//!     migration.unwrap_err().to_string(),
//!     "1 violation: /version_date: not an RFC 3339 date-time (format)",
//! );
//! ```
//!
//! The second parameter of the traits is chosen by the compiler. It names the conversion, of which there is
//! only one for each pair of types.

use crate::json::{Decode as _, Number, RawJson, Reader};
use crate::values::date;
use crate::{Timestamp, Uuid};
use chrono::NaiveDate;
use rust_decimal::Decimal;

/// A value that a setter takes for a field of type `T`.
///
/// | from | for |
/// |---|---|
/// | all that converts by [`Into`] | `T` |
/// | `&str`, `String` | a type that is [read from text](FromText) |
/// | the same, and integers that are narrower | `Option<T>`, which stands for a value or null |
#[diagnostic::on_unimplemented(
    message = "a field of type `{T}` cannot be set to `{Self}`",
    label = "neither a `{T}`, nor a value that converts into one",
    note = "a setter takes the type of the field, what converts into it by `Into`, and text where the type is read from text"
)]
pub trait Input<T, Conversion> {
    /// The value, or the JSON text of one that the contract forbids.
    #[doc(hidden)]
    fn input(self) -> Result<T, RawJson>;
}

/// A value that a setter takes for a field of type `Option<T>`, which may be absent.
///
/// That is each [`Input`] for `T`, and an `Option` of one: `None` leaves the field out.
#[diagnostic::on_unimplemented(
    message = "a field of type `Option<{T}>` cannot be set to `{Self}`",
    label = "neither a `{T}` or an `Option` of it, nor a value that converts into one",
    note = "a setter takes the type of the field, what converts into it by `Into`, and text where the type is read from text"
)]
pub trait OptionalInput<T, Conversion> {
    /// The value if there is one, or the JSON text of one that the contract forbids.
    #[doc(hidden)]
    fn optional_input(self) -> Result<Option<T>, RawJson>;
}

/// A type that a setter reads from text: enums, constrained strings, timestamps, dates, UUIDs and amounts.
pub trait FromText: Sized {
    /// The value that a text stands for; `None` if it stands for none.
    fn from_text(text: &str) -> Option<Self>;
}

/// The conversions among which the compiler chooses. No value of these types exists.
pub mod conversion {
    use std::convert::Infallible;
    use std::marker::PhantomData;

    /// By [`Into`].
    #[derive(Debug)]
    pub struct Same(Infallible);
    /// By [`FromText`](super::FromText).
    #[derive(Debug)]
    pub struct Text(Infallible);
    /// Into the value that an `Option` holds.
    #[derive(Debug)]
    pub struct Inner(Infallible);
    /// Of a value, by the conversion `C`.
    #[derive(Debug)]
    pub struct Present<C>(Infallible, PhantomData<C>);
    /// Of an `Option` of a value, by the conversion `C`.
    #[derive(Debug)]
    pub struct Maybe<C>(Infallible, PhantomData<C>);
}

impl<T, U: Into<T>> Input<T, conversion::Same> for U {
    #[inline]
    fn input(self) -> Result<T, RawJson> {
        Ok(self.into())
    }
}

impl<T: FromText, U: AsText> Input<T, conversion::Text> for U {
    fn input(self) -> Result<T, RawJson> {
        from_text(self.as_text())
    }
}

impl<T, U: IntoInner<T>> Input<Option<T>, conversion::Inner> for U {
    fn input(self) -> Result<Option<T>, RawJson> {
        self.into_inner().map(Some)
    }
}

impl<T, U: Input<T, C>, C> OptionalInput<T, conversion::Present<C>> for U {
    #[inline]
    fn optional_input(self) -> Result<Option<T>, RawJson> {
        self.input().map(Some)
    }
}

impl<T, U: Input<T, C>, C> OptionalInput<T, conversion::Maybe<C>> for Option<U> {
    #[inline]
    fn optional_input(self) -> Result<Option<T>, RawJson> {
        self.map(Input::input).transpose()
    }
}

/// The types of text. `Into` takes none of them to a type that is [`FromText`].
#[doc(hidden)]
pub trait AsText {
    fn as_text(&self) -> &str;
}

impl AsText for &str {
    fn as_text(&self) -> &str {
        self
    }
}

impl AsText for String {
    fn as_text(&self) -> &str {
        self
    }
}

impl AsText for &String {
    fn as_text(&self) -> &str {
        self
    }
}

/// A value for the inside of an `Option`, which the standard library does not convert into one.
#[doc(hidden)]
pub trait IntoInner<T> {
    fn into_inner(self) -> Result<T, RawJson>;
}

impl<T: FromText, U: AsText> IntoInner<T> for U {
    fn into_inner(self) -> Result<T, RawJson> {
        from_text(self.as_text())
    }
}

macro_rules! into_inner {
    ($($from:ty),* => $into:ty) => {
        $(impl IntoInner<$into> for $from {
            fn into_inner(self) -> Result<$into, RawJson> {
                Ok(self.into())
            }
        })*
    };
}
into_inner!(&str, &String => String);
into_inner!(i8, i16, i32, u8, u16, u32 => i64);
into_inner!(u8, u16, u32 => u64);
into_inner!(i8, i16, i32, i64, u8, u16, u32, u64 => Decimal);
into_inner!(i8, i16, i32, i64, i128, u8, u16, u32, u64, u128, Decimal => Number);
into_inner!(i8, i16, u8, u16 => i32);
into_inner!(i8, u8 => i16);
into_inner!(u8, u16 => u32);
into_inner!(u8 => u16);

fn from_text<T: FromText>(text: &str) -> Result<T, RawJson> {
    T::from_text(text).ok_or_else(|| RawJson::string(text))
}

impl FromText for Timestamp {
    fn from_text(text: &str) -> Option<Self> {
        Self::parse(text).ok()
    }
}

impl FromText for Uuid {
    fn from_text(text: &str) -> Option<Self> {
        Self::parse(text).ok()
    }
}

impl FromText for NaiveDate {
    fn from_text(text: &str) -> Option<Self> {
        date::parse(text)
    }
}

/// The text is that of a JSON number, without blanks around it.
impl FromText for Number {
    fn from_text(text: &str) -> Option<Self> {
        let is_plain = !text.contains(|c: char| c.is_ascii_whitespace());
        Self::parse(text).ok().filter(|_| is_plain)
    }
}

/// The text is that of a JSON number: `"14.70"`.
impl FromText for Decimal {
    fn from_text(text: &str) -> Option<Self> {
        let mut reader = Reader::new(text);
        let amount = Self::decode(&mut reader).ok()?;
        reader.end().ok()?;
        Some(amount)
    }
}
