//! From [`Decode`] and [`Encode`] to `serde`: one function each way.
//!
//! A type that implements [`Decode`] and [`Encode`] becomes a `serde` type by calling [`deserialize`]
//! and [`serialize`]. With `serde_json` reading text, the value is read from that text itself, every
//! digit included. From any other source, or when `serde` has buffered the value (`flatten`, untagged
//! and internally tagged enums), it is as exact as the values of that source.
//!
//! ```
//! use migration_events::json::{Decode, Encode, Reader, Stop, bridge, number};
//! use rust_decimal::Decimal;
//! use serde::{Deserialize, Deserializer, Serialize, Serializer};
//!
//! #[derive(Debug, PartialEq)]
//! struct Amount(Decimal);
//!
//! impl Decode for Amount {
//!     fn decode(reader: &mut Reader<'_>) -> Result<Self, Stop> {
//!         reader.number_as(number::decimal).map(Amount)
//!     }
//! }
//!
//! impl Encode for Amount {
//!     fn encode(&self, out: &mut String) {
//!         self.0.encode(out);
//!     }
//! }
//!
//! impl<'de> Deserialize<'de> for Amount {
//!     fn deserialize<D: Deserializer<'de>>(deserializer: D) -> ::core::result::Result<Self, D::Error> {
//!         bridge::deserialize(deserializer, bridge::explain::<Self>)
//!     }
//! }
//!
//! impl Serialize for Amount {
//!     fn serialize<S: Serializer>(&self, serializer: S) -> ::core::result::Result<S::Ok, S::Error> {
//!         bridge::serialize(self, serializer)
//!     }
//! }
//!
//! let amounts: Vec<Amount> = serde_json::from_str("[14.70, 0.10]")?;
//! assert_eq!(serde_json::to_string(&amounts)?, "[14.70,0.10]");
//! # Ok::<(), serde_json::Error>(())
//! ```
//!
//! [`Decode`]: super::Decode
//! [`Encode`]: super::Encode

mod de;
mod ser;
#[cfg(test)]
mod tests;
mod transcode;

pub(crate) use de::deserialize_str;
pub use de::{deserialize, explain};
pub use ser::serialize;

/// Implements both traits of `serde` for a type that has [`Decode`](super::Decode) and
/// [`Encode`](super::Encode).
#[doc(hidden)]
#[macro_export]
macro_rules! __serde_by_text {
    ($type:ty $(, $($parameter:tt)+)?) => {
        impl<'de, $($($parameter)+)?> $crate::json::bridge::serde::Deserialize<'de> for $type {
            fn deserialize<D: $crate::json::bridge::serde::Deserializer<'de>>(deserializer: D) -> ::core::result::Result<Self, D::Error> {
                $crate::json::bridge::deserialize(deserializer, $crate::json::bridge::explain::<Self>)
            }
        }

        impl<$($($parameter)+)?> $crate::json::bridge::serde::Serialize for $type {
            fn serialize<S: $crate::json::bridge::serde::Serializer>(&self, serializer: S) -> ::core::result::Result<S::Ok, S::Error> {
                $crate::json::bridge::serialize(self, serializer)
            }
        }
    };
}
#[doc(hidden)]
pub use __serde_by_text as serde;
// What the macro expands to names `serde` by this path.
#[doc(hidden)]
pub use ::serde;
