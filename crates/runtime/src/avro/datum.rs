//! Types that can be read from and written to the binary encoding.

use super::cursor::Cursor;
use super::error::{DatumError, Segment};

/// A value with an Avro binary encoding.
///
/// Generated for the types of Avro contracts; implemented here for the types of their fields.
///
/// ```
/// use migration_events::avro::{Cursor, Datum};
///
/// let mut out = Vec::new();
/// "meter".to_owned().write(&mut out);
/// 42_i64.write(&mut out);
/// assert_eq!(out, b"\x0ameter\x54");
///
/// let mut cursor = Cursor::new(&out);
/// assert_eq!(String::read(&mut cursor)?, "meter");
/// assert_eq!(i64::read(&mut cursor)?, 42);
/// cursor.end()?;
/// # Ok::<(), migration_events::avro::DatumError>(())
/// ```
pub trait Datum: Sized {
    /// Name of the Avro type: the full name of a named type, otherwise `string`, `array`, ….
    const NAME: &'static str;

    /// Reads one datum, and leaves the cursor after its last byte.
    ///
    /// # Errors
    /// The bytes are not a datum of this type. The position of the cursor is then unspecified.
    fn read(cursor: &mut Cursor<'_>) -> Result<Self, DatumError>;

    /// Appends the datum to `out`.
    fn write(&self, out: &mut Vec<u8>);
}

/// A union with a type of its own. Where null is a branch, the place of the union holds an `Option`
/// of it.
///
/// Implemented by generated code only.
pub trait Union: Datum {
    /// Index of the branch that is null, among all branches as published.
    const NULL: Option<usize>;

    /// Reads the value of a branch, whose index was read before.
    ///
    /// # Errors
    /// There is no such branch, or the bytes are not a datum of it.
    fn read_branch(index: usize, cursor: &mut Cursor<'_>) -> Result<Self, DatumError>;
}

/// Reads a whole datum.
///
/// # Errors
/// The bytes are not a datum of the type, or more bytes follow it.
///
/// ```
/// use migration_events::avro::{self, DatumErrorKind};
///
/// assert_eq!(avro::from_datum::<i64>(&[0x7f]), Ok(-64));
/// let error = avro::from_datum::<i64>(&[0x7f, 0x00]).unwrap_err();
/// assert_eq!(error.kind(), DatumErrorKind::TrailingBytes { count: 1 });
/// ```
pub fn from_datum<T: Datum>(datum: &[u8]) -> Result<T, DatumError> {
    let mut cursor = Cursor::new(datum);
    // Without closures, which would move the value once more each.
    match T::read(&mut cursor) {
        Ok(value) => match cursor.end() {
            Ok(()) => Ok(value),
            Err(error) => Err(error.of(T::NAME)),
        },
        Err(error) => Err(error.of(T::NAME)),
    }
}

/// The datum of a value.
///
/// ```
/// use migration_events::avro;
///
/// assert_eq!(avro::to_datum(&true), [1]);
/// ```
#[must_use]
pub fn to_datum<T: Datum>(value: &T) -> Vec<u8> {
    let mut out = Vec::with_capacity(128);
    value.write(&mut out);
    out
}

/// Appends the index of a branch or a symbol.
#[doc(hidden)]
#[inline]
pub fn write_index(index: usize, out: &mut Vec<u8>) {
    write_long(index as i64, out);
}

/// Appends a union of null and one other branch; `null` is the index of null.
#[doc(hidden)]
#[inline]
pub fn write_nullable<T: Datum>(value: &Option<T>, null: usize, out: &mut Vec<u8>) {
    match value {
        None => write_index(null, out),
        Some(value) => {
            write_index(1 - null.min(1), out);
            value.write(out);
        }
    }
}

/// Appends a `long`, or an `int`: zig-zag, then seven bits a byte, the lowest first.
#[inline]
#[doc(hidden)]
pub fn write_long(value: i64, out: &mut Vec<u8>) {
    let mut rest = ((value << 1) ^ (value >> 63)) as u64;
    if rest < 0x80 {
        out.push(rest as u8);
        return;
    }
    let mut bytes = [0; 10];
    let mut len = 0;
    while rest >= 0x80 {
        bytes[len] = rest as u8 | 0x80;
        rest >>= 7;
        len += 1;
    }
    bytes[len] = rest as u8;
    out.extend_from_slice(&bytes[..=len]);
}

/// Appends `bytes` or a `string`.
#[inline]
#[doc(hidden)]
pub fn write_bytes(bytes: &[u8], out: &mut Vec<u8>) {
    write_long(bytes.len() as i64, out);
    out.extend_from_slice(bytes);
}

impl Cursor<'_> {
    /// Reads the field of a record.
    ///
    /// # Errors
    /// Those of the field, with its name in their path.
    #[inline]
    pub fn field<T: Datum>(&mut self, name: &'static str) -> Result<T, DatumError> {
        let level = self.level();
        match T::read(self) {
            Ok(value) => {
                self.back_to(level);
                Ok(value)
            }
            Err(error) => Err(error.within(Segment::Name(name))),
        }
    }

    /// Reads the value of a branch, whose index was read before.
    ///
    /// # Errors
    /// Those of the value, with the full name of the branch in their path.
    #[inline]
    pub fn branch_value<T: Datum>(&mut self, branch: &'static str) -> Result<T, DatumError> {
        // In JSON an object with one member.
        let level = self.level();
        self.enter()?;
        match T::read(self) {
            Ok(value) => {
                self.back_to(level);
                Ok(value)
            }
            Err(error) => Err(error.within(Segment::Name(branch))),
        }
    }

    /// Reads the field of a record that is a union of null, at the index `null`, and one other branch.
    ///
    /// # Errors
    /// There is no such branch, or those of its value.
    #[inline]
    pub fn nullable_field<T: Datum>(
        &mut self,
        name: &'static str,
        branch: &'static str,
        null: usize,
    ) -> Result<Option<T>, DatumError> {
        let value = match self.branch() {
            Ok(index) if index == null => return Ok(None),
            Ok(0 | 1) => self.branch_value(branch).map(Some),
            Ok(_) => Err(self.no_such_branch()),
            Err(error) => Err(error),
        };
        value.map_err(|error| error.within(Segment::Name(name)))
    }
}
