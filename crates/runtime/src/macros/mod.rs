//! The macros of which generated code consists.
//!
//! Generated code shows structs and enums; below each stands one block of rows, which says how the type is
//! read and written. These macros turn such a block into implementations. Each one repeats a pattern row by
//! row and never works through tokens one by one, so that their expansion takes time in proportion to the rows.
//!
//! | block | type |
//! |---|---|
//! | [`record!`](record), [`avro_record!`](datum) | a struct with a field for each property |
//! | [`initial!`](builder) | the default of a record |
//! | [`string_enum!`, `open_enum!`, `literals!`, `avro_enum!`](enums) | an enum of scalars |
//! | [`union_by_type!`, `union_by_property!`, `union_by_rule!`, `avro_union!`](union) | an enum of other types |
//! | [`text!`](text), [`newtype!`, `raw!`](newtype) | one value with a type of its own |
//! | [`contracts!`, `addresses!`, `avro_schema!`](event), [`outcome!`](outcome) | events of a contract |
//!
//! They stand at the root of the crate under names that start with `__`; generated code reaches them through
//! `__private`.

mod branch;
mod builder;
mod datum;
mod described;
mod enums;
mod event;
mod given;
mod newtype;
mod outcome;
mod record;
mod rounds;
pub mod slot;
mod text;
mod union;

pub use branch::branch;
pub use builder::{Entry, check};
pub use given::{Entries, Extra, Given};
pub use rounds::Rounds;

/// The name of a member as JSON text with its colon; `as` precedes the escaped form of a name that needs one.
#[doc(hidden)]
#[macro_export]
macro_rules! __member_name {
    ($key:literal) => {
        concat!("\"", $key, "\":")
    };
    ($key:literal as $json:literal) => {
        concat!("\"", $json, "\":")
    };
}

/// A string as JSON text; `as` precedes the escaped form of one that needs it.
#[doc(hidden)]
#[macro_export]
macro_rules! __quoted {
    ($text:literal) => {
        concat!("\"", $text, "\"")
    };
    ($text:literal as $json:literal) => {
        concat!("\"", $json, "\"")
    };
}

/// A string as a token that is compared with JSON text; `as` precedes the escaped form of one that needs it.
#[doc(hidden)]
#[macro_export]
macro_rules! __token {
    ($($text:tt)*) => {
        const { $crate::json::Token::new($crate::__quoted!($($text)*)) }
    };
}

/// An optional part of a row as an `Option`.
#[doc(hidden)]
#[macro_export]
macro_rules! __option {
    () => {
        ::core::option::Option::None
    };
    ($value:expr) => {
        ::core::option::Option::Some($value)
    };
}
