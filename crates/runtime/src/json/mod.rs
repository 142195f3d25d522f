//! JSON text, read straight into typed values and written back.
//!
//! [`Reader`] is a pull parser over text that is known to be UTF-8. A type that implements [`Decode`]
//! takes what it needs from it in one pass; no tree of values is built on the way. A type that
//! implements [`Encode`] writes itself as one line of JSON text. The two traits are what generated
//! types are made of; [`bridge`] turns any of them into an ordinary `serde` type.
//!
//! The grammar is that of [RFC 8259], read strictly: no comments, no trailing commas, no lone
//! surrogates. Keys of an object must be unique wherever a value is stored.
//!
//! ```
//! use migration_events::json::{Decode, Encode, Map, Reader};
//! use rust_decimal::Decimal;
//!
//! let mut reader = Reader::new(r#"{"gross": 14.70, "net": 0.0}"#);
//! let amounts: Map<Decimal> = Decode::decode(&mut reader)?;
//! reader.end()?;
//!
//! let mut text = String::new();
//! amounts.encode(&mut text);
//! assert_eq!(text, r#"{"gross":14.70,"net":0.0}"#);
//! # Ok::<(), migration_events::json::Stop>(())
//! ```
//!
//! [RFC 8259]: https://www.rfc-editor.org/rfc/rfc8259

pub mod bridge;
mod compact;
mod external;
mod impls;
mod json_type;
pub mod map;
mod members;
pub mod number;
mod pointer;
pub mod raw;
mod reader;
mod skip;
mod stop;
pub(crate) mod string;
mod token;
mod whole;
pub(crate) mod wrapped;
pub mod writer;

pub use external::External;
pub use json_type::JsonType;
pub use map::Map;
pub use number::Number;
pub use pointer::at_pointer;
pub(crate) use pointer::{Place, Places, pointer_at};
pub use raw::{RawJson, RawObject};
pub use reader::Reader;
pub(crate) use skip::{open_at, skip_quoted};
pub use stop::{Stop, Syntax};
#[doc(hidden)]
pub use token::{Head, Token};
pub use whole::SyntaxError;
pub use writer::ObjectWriter;

/// Reads itself from JSON text in one pass.
///
/// # Errors
///
/// An implementation stops at the first problem. A value of another type, or outside of what the type
/// can hold, is [`Stop::Mismatch`].
///
/// ```
/// use migration_events::json::{Decode, Reader, Stop};
///
/// assert_eq!(i64::decode(&mut Reader::new("12.0")), Ok(12));
/// assert_eq!(i64::decode(&mut Reader::new("12.5")), Err(Stop::Mismatch));
/// ```
pub trait Decode: Sized {
    /// Reads one value, and leaves the reader after its last byte.
    fn decode(reader: &mut Reader<'_>) -> Result<Self, Stop>;
}

/// Writes itself as JSON text: compact, on one line.
///
/// ```
/// use migration_events::json::Encode;
///
/// let mut text = String::new();
/// vec![Some(true), None].encode(&mut text);
/// assert_eq!(text, "[true,null]");
/// ```
pub trait Encode {
    /// Appends exactly one JSON value to `out`.
    fn encode(&self, out: &mut String);
}

/// The greatest depth limit of decoding: what the stack of a thread of 2 MiB bears without optimisation.
pub(crate) const MAX_DEPTH: usize = 256;
