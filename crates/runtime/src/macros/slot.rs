//! The kinds of fields that a record has: one module of functions for each, which the macros call by its name.
//!
//! | function | what it does |
//! |---|---|
//! | `unset`, `set` | the slot of a builder before and after its setter |
//! | `set_optional` | the same for a setter that takes an `Option` |
//! | `fill` | decodes the value of a member into a slot that is empty |
//! | `finish` | the field, from its slot |
//! | `complete` | the same for the slot of a builder |
//! | `given`, `forbidden` | what a builder writes to have it checked: the slot, or a value that its type cannot hold |
//! | `member` | writes the field |
//! | `read`, `write` | the field in the Avro binary encoding |

#![allow(missing_docs, reason = "the table says it once for all kinds")]
#![allow(clippy::inline_always, reason = "a writer that is borrowed does not stay in registers")]

use super::given::Given;
use crate::avro::{Cursor, Datum, DatumError, write_nullable};
use crate::json::{Decode, Encode, ObjectWriter, RawJson, Reader, Stop, wrapped};

/// Decodes the value of a known property; a second one is a duplicate.
#[inline]
pub fn fill<T: Decode>(slot: &mut Option<T>, reader: &mut Reader<'_>) -> Result<(), Stop> {
    if slot.is_some() {
        return Err(Stop::Duplicate);
    }
    *slot = Some(T::decode(reader)?);
    Ok(())
}

/// As [`fill`], for members that come out of order: not a second copy of the decoder.
#[inline(never)]
pub fn fill_rare<T: Decode>(slot: &mut Option<T>, reader: &mut Reader<'_>) -> Result<(), Stop> {
    fill(slot, reader)
}

/// The default of a field, which the generator has checked.
fn default<T: Decode>(json: &'static str) -> Result<T, Stop> {
    T::decode(&mut Reader::new(json))
}

/// The default of a field of a record that has one as a whole.
#[must_use]
pub fn initial<T: Decode>(json: &'static str) -> T {
    // The generator gives a record a default only if it has found this text to be valid.
    default(json).unwrap_or_else(|_| unreachable!("a default of the contract is not valid"))
}

/// A property that must be there.
pub mod required {
    use super::*;
    pub use super::{fill, fill_rare};

    pub type Slot<T> = Option<T>;

    #[must_use]
    pub const fn unset<T>() -> Slot<T> {
        None
    }

    #[inline]
    pub fn set<T>(value: T) -> Slot<T> {
        Some(value)
    }

    #[inline]
    pub fn finish<T>(slot: Slot<T>) -> Result<T, Stop> {
        match slot {
            Some(value) => Ok(value),
            None => Err(Stop::Mismatch),
        }
    }

    pub use finish as complete;

    pub fn given<T: Encode>(slot: &Slot<T>) -> Given<'_> {
        match slot {
            Some(value) => Given::Value(value),
            None => Given::Nothing,
        }
    }

    #[must_use]
    pub fn forbidden(text: &RawJson) -> Given<'_> {
        Given::Value(text)
    }

    #[inline(always)]
    pub fn member<T: Encode>(object: &mut ObjectWriter<'_>, name: &'static str, value: &T) {
        object.member(name, value);
    }

    #[inline]
    pub fn read<T: Datum>(cursor: &mut Cursor<'_>, name: &'static str) -> Result<T, DatumError> {
        cursor.field(name)
    }

    #[inline]
    pub fn write<T: Datum>(value: &T, out: &mut Vec<u8>) {
        value.write(out);
    }
}

/// A property that may be absent; the field is an `Option`.
pub mod optional {
    pub use super::required::{Slot, forbidden, given, set, unset};
    use super::*;
    pub use super::{fill, fill_rare};

    #[inline]
    pub fn set_optional<T>(value: Option<T>) -> Slot<T> {
        value
    }

    #[inline]
    pub fn finish<T>(slot: Slot<T>) -> Result<Option<T>, Stop> {
        Ok(slot)
    }

    pub use finish as complete;

    #[inline(always)]
    pub fn member<T: Encode>(object: &mut ObjectWriter<'_>, name: &'static str, value: &Option<T>) {
        if let Some(value) = value {
            object.member(name, value);
        }
    }
}

/// An optional property whose value may be null, so that its field is an `Option` of an `Option`.
pub use optional as optional_nullable;

/// A property that has a default, `default("JSON text")`, where it is absent.
pub mod default {
    pub use super::required::{Slot, set, unset};
    use super::*;

    #[inline]
    pub fn fill<T: Decode>(
        slot: &mut Slot<T>,
        reader: &mut Reader<'_>,
        _default: &'static str,
    ) -> Result<(), Stop> {
        super::fill(slot, reader)
    }

    #[inline]
    pub fn fill_rare<T: Decode>(
        slot: &mut Slot<T>,
        reader: &mut Reader<'_>,
        _default: &'static str,
    ) -> Result<(), Stop> {
        super::fill_rare(slot, reader)
    }

    #[inline]
    pub fn finish<T: Decode>(slot: Slot<T>, default: &'static str) -> Result<T, Stop> {
        match slot {
            Some(value) => Ok(value),
            None => super::default(default),
        }
    }

    pub use finish as complete;

    pub fn given<'s, T: Encode>(slot: &'s Slot<T>, _default: &'static str) -> Given<'s> {
        required::given(slot)
    }

    #[must_use]
    pub fn forbidden<'s>(text: &'s RawJson, _default: &'static str) -> Given<'s> {
        Given::Value(text)
    }

    #[inline(always)]
    pub fn member<T: Encode>(
        object: &mut ObjectWriter<'_>,
        name: &'static str,
        value: &T,
        _default: &'static str,
    ) {
        object.member(name, value);
    }

    #[inline]
    pub fn read<T: Datum>(
        cursor: &mut Cursor<'_>,
        name: &'static str,
        _default: &'static str,
    ) -> Result<T, DatumError> {
        cursor.field(name)
    }

    #[inline]
    pub fn write<T: Datum>(value: &T, out: &mut Vec<u8>, _default: &'static str) {
        value.write(out);
    }
}

/// A property that must be there, but which a builder sets by itself, `initial("JSON text")`.
pub mod initial {
    pub use super::default::{fill, fill_rare, forbidden};
    pub use super::required::{Slot, set, unset};
    use super::*;

    #[inline]
    pub fn finish<T>(slot: Slot<T>, _initial: &'static str) -> Result<T, Stop> {
        required::finish(slot)
    }

    pub use super::default::finish as complete;

    pub fn given<'s, T: Encode>(slot: &'s Slot<T>, initial: &'static str) -> Given<'s> {
        match slot {
            Some(value) => Given::Value(value),
            None => Given::Json(initial),
        }
    }

    pub use super::default::member;
}

/// An Avro union of null and one other branch, `nullable("name of the branch", index of null)`.
///
/// A builder takes the value of the branch; not set is null.
pub mod nullable {
    use super::*;

    pub type Slot<T> = Option<Option<T>>;

    #[must_use]
    pub const fn unset<T>() -> Slot<T> {
        Some(None)
    }

    #[inline]
    pub fn set_optional<T>(value: Option<T>) -> Slot<T> {
        Some(value)
    }

    #[inline]
    pub fn set<T>(value: T) -> Slot<T> {
        Some(Some(value))
    }

    #[inline]
    pub fn fill<T: Decode>(
        slot: &mut Slot<T>,
        reader: &mut Reader<'_>,
        branch: &'static str,
        _null: usize,
    ) -> Result<(), Stop> {
        if slot.is_some() {
            return Err(Stop::Duplicate);
        }
        *slot = Some(wrapped::decode(reader, branch)?);
        Ok(())
    }

    #[inline(never)]
    pub fn fill_rare<T: Decode>(
        slot: &mut Slot<T>,
        reader: &mut Reader<'_>,
        branch: &'static str,
        null: usize,
    ) -> Result<(), Stop> {
        fill(slot, reader, branch, null)
    }

    #[inline]
    pub fn finish<T>(
        slot: Slot<T>,
        _branch: &'static str,
        _null: usize,
    ) -> Result<Option<T>, Stop> {
        required::finish(slot)
    }

    pub use finish as complete;

    pub fn given<'s, T: Encode>(
        slot: &'s Slot<T>,
        branch: &'static str,
        _null: usize,
    ) -> Given<'s> {
        match slot {
            Some(Some(value)) => Given::Branch(branch, value),
            Some(None) => Given::Value(&()),
            None => Given::Nothing,
        }
    }

    #[must_use]
    pub fn forbidden<'s>(text: &'s RawJson, branch: &'static str, _null: usize) -> Given<'s> {
        Given::Branch(branch, text)
    }

    #[inline(always)]
    pub fn member<T: Encode>(
        object: &mut ObjectWriter<'_>,
        name: &'static str,
        value: &Option<T>,
        branch: &'static str,
        _null: usize,
    ) {
        object.member(name, &wrapped::Wrapped(branch, value));
    }

    #[inline]
    pub fn read<T: Datum>(
        cursor: &mut Cursor<'_>,
        name: &'static str,
        branch: &'static str,
        null: usize,
    ) -> Result<Option<T>, DatumError> {
        cursor.nullable_field(name, branch, null)
    }

    #[inline]
    pub fn write<T: Datum>(
        value: &Option<T>,
        out: &mut Vec<u8>,
        _branch: &'static str,
        null: usize,
    ) {
        write_nullable(value, null, out);
    }
}

/// As [`nullable`], with a default where the property is absent from JSON:
/// `nullable_default("name of the branch", index of null, "JSON text")`.
pub mod nullable_default {
    pub use super::nullable::{Slot, set, set_optional};
    use super::*;

    #[must_use]
    pub const fn unset<T>() -> Slot<T> {
        None
    }

    #[inline]
    pub fn fill<T: Decode>(
        slot: &mut Slot<T>,
        reader: &mut Reader<'_>,
        branch: &'static str,
        null: usize,
        _default: &'static str,
    ) -> Result<(), Stop> {
        nullable::fill(slot, reader, branch, null)
    }

    #[inline]
    pub fn fill_rare<T: Decode>(
        slot: &mut Slot<T>,
        reader: &mut Reader<'_>,
        branch: &'static str,
        null: usize,
        _default: &'static str,
    ) -> Result<(), Stop> {
        nullable::fill_rare(slot, reader, branch, null)
    }

    #[inline]
    pub fn finish<T: Decode>(
        slot: Slot<T>,
        _branch: &'static str,
        _null: usize,
        default: &'static str,
    ) -> Result<Option<T>, Stop> {
        default::finish(slot, default)
    }

    pub use finish as complete;

    pub fn given<'s, T: Encode>(
        slot: &'s Slot<T>,
        branch: &'static str,
        null: usize,
        _default: &'static str,
    ) -> Given<'s> {
        nullable::given(slot, branch, null)
    }

    #[must_use]
    pub fn forbidden<'s>(
        text: &'s RawJson,
        branch: &'static str,
        null: usize,
        _default: &'static str,
    ) -> Given<'s> {
        nullable::forbidden(text, branch, null)
    }

    #[inline(always)]
    pub fn member<T: Encode>(
        object: &mut ObjectWriter<'_>,
        name: &'static str,
        value: &Option<T>,
        branch: &'static str,
        null: usize,
        _default: &'static str,
    ) {
        nullable::member(object, name, value, branch, null);
    }

    #[inline]
    pub fn read<T: Datum>(
        cursor: &mut Cursor<'_>,
        name: &'static str,
        branch: &'static str,
        null: usize,
        _default: &'static str,
    ) -> Result<Option<T>, DatumError> {
        nullable::read(cursor, name, branch, null)
    }

    #[inline]
    pub fn write<T: Datum>(
        value: &Option<T>,
        out: &mut Vec<u8>,
        branch: &'static str,
        null: usize,
        _default: &'static str,
    ) {
        nullable::write(value, out, branch, null);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_repeated_member_is_a_duplicate() {
        let (mut plain, mut wrapped) = (None::<i32>, None);
        for (first, text) in [(Ok(()), "null"), (Err(Stop::Duplicate), r#"{"int":5}"#)] {
            let mut reader = Reader::new(text);
            assert_eq!(nullable::fill::<i32>(&mut wrapped, &mut reader, "int", 0), first);
        }
        assert_eq!(required::fill(&mut plain, &mut Reader::new("5")), Ok(()));
        assert_eq!(required::fill(&mut plain, &mut Reader::new("5")), Err(Stop::Duplicate));
    }

    #[test]
    fn absent_members_are_missing_or_defaulted() {
        assert_eq!(required::finish(None::<i32>), Err(Stop::Mismatch));
        assert_eq!(optional::finish(None::<i32>), Ok(None));
        assert_eq!(initial::finish(None::<i32>, "7"), Err(Stop::Mismatch));
        assert_eq!(initial::complete(None, "7"), Ok(7));
        assert_eq!(default::finish(None, "7"), Ok(7));
        assert_eq!(nullable::finish(None::<Option<i32>>, "int", 0), Err(Stop::Mismatch));
        assert_eq!(nullable_default::finish(None, "int", 0, "7"), Ok(Some(7)));
        assert_eq!(nullable_default::finish(None::<Option<i32>>, "int", 0, "null"), Ok(None));
    }

    #[test]
    fn a_builder_sets_null_where_nothing_was_set() {
        assert_eq!(nullable::finish(nullable::unset::<i32>(), "int", 0), Ok(None));
        assert!(matches!(nullable::given(&nullable::unset::<i32>(), "int", 0), Given::Value(_)));
        let unset = nullable_default::unset::<i32>();
        assert!(matches!(nullable_default::given(&unset, "int", 0, "7"), Given::Nothing));
    }
}
