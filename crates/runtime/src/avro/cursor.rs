//! A position in the bytes of a datum.

use super::error::{DatumError, DatumErrorKind};

/// Reads the binary encoding from a slice, value by value.
///
/// Nothing is allocated from a length on the wire: a value that claims more bytes than there are is an
/// error before memory is asked for.
///
/// ```
/// use migration_events::avro::Cursor;
///
/// let mut cursor = Cursor::new(&[0x02, 0x06, b'f', b'o', b'o']);
/// assert_eq!(cursor.long()?, 1);
/// assert_eq!(cursor.string()?, "foo");
/// assert_eq!(cursor.position(), 5);
/// assert!(cursor.long().is_err());
/// # Ok::<(), migration_events::avro::DatumError>(())
/// ```
#[derive(Debug, Clone)]
pub struct Cursor<'a> {
    rest: &'a [u8],
    len: usize,
    /// Levels that may still be opened.
    depth: usize,
    max_depth: usize,
    empty_items: u32,
    /// The position of the most recently read branch or symbol index.
    index: usize,
}

impl<'a> Cursor<'a> {
    /// The depth limit of [`Cursor::new`]: that of JSON, whose arrays and objects are the levels. So a datum
    /// that can be read has JSON text that can be read, and the other way around.
    pub const DEFAULT_DEPTH: usize = crate::json::Reader::DEFAULT_DEPTH;

    /// The greatest depth limit, that of [`Decoder::MAX_DEPTH`](crate::Decoder::MAX_DEPTH); higher ones are lowered
    /// to it.
    pub const MAX_DEPTH: usize = crate::json::MAX_DEPTH;

    /// The number of items without bytes (`null`, a `fixed` of size 0, a record of nothing else) one datum
    /// may hold: a few bytes could claim any number of them.
    pub const MAX_EMPTY_ITEMS: u32 = 1 << 20;

    /// Begins at the first byte.
    #[must_use]
    pub const fn new(bytes: &'a [u8]) -> Self {
        Self::with_depth(bytes, Self::DEFAULT_DEPTH)
    }

    /// As [`new`](Self::new), with another limit: `depth` records, arrays, maps or branches of unions may be
    /// inside of each other, and one more is [`DatumErrorKind::Depth`], as with
    /// [`json::Reader::with_depth`](crate::json::Reader::with_depth). At most [`MAX_DEPTH`](Self::MAX_DEPTH).
    #[must_use]
    pub const fn with_depth(bytes: &'a [u8], depth: usize) -> Self {
        let depth = if depth > Self::MAX_DEPTH { Self::MAX_DEPTH } else { depth };
        Self { rest: bytes, len: bytes.len(), depth, max_depth: depth, empty_items: 0, index: 0 }
    }

    /// Returns the number of bytes read.
    #[must_use]
    #[inline]
    pub const fn position(&self) -> usize {
        self.len - self.rest.len()
    }

    /// The bytes that were not read yet.
    #[must_use]
    #[inline]
    pub const fn remaining(&self) -> &'a [u8] {
        self.rest
    }

    #[cold]
    #[doc(hidden)]
    pub fn error(&self, kind: DatumErrorKind) -> DatumError {
        DatumError::new(kind, self.position())
    }

    /// An error about the value that begins with `rest`.
    #[cold]
    #[doc(hidden)]
    pub fn error_at(&self, rest: &[u8], kind: DatumErrorKind) -> DatumError {
        DatumError::new(kind, self.len - rest.len())
    }

    /// Reads a `boolean`.
    ///
    /// # Errors
    /// A byte other than 0 and 1, or no byte.
    #[inline]
    pub fn boolean(&mut self) -> Result<bool, DatumError> {
        let value = match self.rest.first() {
            Some(0) => false,
            Some(1) => true,
            Some(_) => return Err(self.error(DatumErrorKind::Boolean)),
            None => return Err(self.error(DatumErrorKind::UnexpectedEnd)),
        };
        self.rest = &self.rest[1..];
        Ok(value)
    }

    /// Reads an `int`.
    ///
    /// # Errors
    /// More than five bytes, a value beyond 32 bits, or no end.
    #[inline]
    pub fn int(&mut self) -> Result<i32, DatumError> {
        const MAX_BYTES: usize = 5;
        let before = self.rest;
        match self.unsigned(MAX_BYTES).map(u32::try_from) {
            Ok(Ok(value)) => Ok((value >> 1) as i32 ^ -((value & 1) as i32)),
            Ok(Err(_)) | Err(Varint::TooLong) => {
                Err(self.error_at(before, DatumErrorKind::Integer { bits: 32 }))
            }
            Err(Varint::Cut) => Err(self.error_at(before, DatumErrorKind::UnexpectedEnd)),
        }
    }

    /// Reads a `long`.
    ///
    /// # Errors
    /// More than ten bytes, a value beyond 64 bits, or no end.
    #[inline]
    pub fn long(&mut self) -> Result<i64, DatumError> {
        const MAX_BYTES: usize = 10;
        let before = self.rest;
        match self.unsigned(MAX_BYTES) {
            Ok(value) => Ok((value >> 1) as i64 ^ -((value & 1) as i64)),
            Err(Varint::TooLong) => {
                Err(self.error_at(before, DatumErrorKind::Integer { bits: 64 }))
            }
            Err(Varint::Cut) => Err(self.error_at(before, DatumErrorKind::UnexpectedEnd)),
        }
    }

    /// Reads seven bits of each byte, the lowest first, up to a byte without its highest bit.
    #[inline]
    fn unsigned(&mut self, max_bytes: usize) -> Result<u64, Varint> {
        // Most are lengths and indices of one byte.
        if let Some((first, rest)) = self.rest.split_first()
            && *first < 0x80
        {
            self.rest = rest;
            return Ok(u64::from(*first));
        }
        let (value, len) = match self.rest.first_chunk() {
            Some(chunk) => short_varint(u64::from_le_bytes(*chunk)),
            None => None,
        }
        .map_or_else(|| long_varint(self.rest, max_bytes), Ok)?;
        if len > max_bytes {
            return Err(Varint::TooLong);
        }
        self.rest = &self.rest[len..];
        Ok(value)
    }

    /// Reads a `float`.
    ///
    /// # Errors
    /// Fewer than four bytes.
    #[inline]
    pub fn float(&mut self) -> Result<f32, DatumError> {
        self.array().map(f32::from_le_bytes)
    }

    /// Reads a `double`.
    ///
    /// # Errors
    /// Fewer than eight bytes.
    #[inline]
    pub fn double(&mut self) -> Result<f64, DatumError> {
        self.array().map(f64::from_le_bytes)
    }

    /// Reads a `fixed` of `N` bytes.
    ///
    /// # Errors
    /// Fewer than `N` bytes.
    #[inline]
    pub fn array<const N: usize>(&mut self) -> Result<[u8; N], DatumError> {
        let Some((array, rest)) = self.rest.split_first_chunk() else {
            return Err(self.error(DatumErrorKind::UnexpectedEnd));
        };
        self.rest = rest;
        Ok(*array)
    }

    /// Reads a `fixed` whose size only the schema of its writer knows.
    #[doc(hidden)]
    pub fn fixed(&mut self, size: usize) -> Result<&'a [u8], DatumError> {
        let Some((bytes, rest)) = self.rest.split_at_checked(size) else {
            return Err(self.error(DatumErrorKind::UnexpectedEnd));
        };
        self.rest = rest;
        Ok(bytes)
    }

    /// Reads `bytes`.
    ///
    /// # Errors
    /// A length that is not a `long`, is negative, or exceeds the remaining bytes.
    #[inline]
    pub fn bytes(&mut self) -> Result<&'a [u8], DatumError> {
        let before = self.rest;
        let len = self.long()?;
        let Ok(len) = usize::try_from(len) else {
            let kind = if len < 0 {
                DatumErrorKind::NegativeLength
            } else {
                DatumErrorKind::UnexpectedEnd
            };
            return Err(self.error_at(before, kind));
        };
        let Some((bytes, rest)) = self.rest.split_at_checked(len) else {
            return Err(self.error_at(before, DatumErrorKind::UnexpectedEnd));
        };
        self.rest = rest;
        Ok(bytes)
    }

    /// Reads a `string`.
    ///
    /// # Errors
    /// As [`bytes`](Self::bytes), and where it is not UTF-8.
    #[inline]
    pub fn string(&mut self) -> Result<&'a str, DatumError> {
        let before = self.rest;
        let bytes = self.bytes()?;
        str::from_utf8(bytes).map_err(|_| self.error_at(before, DatumErrorKind::Utf8))
    }

    /// Reads the index of a branch of a union.
    ///
    /// # Errors
    /// An index that is negative, or not a `long`.
    #[inline]
    pub fn branch(&mut self) -> Result<usize, DatumError> {
        self.index = self.position();
        let index = self.long()?;
        usize::try_from(index).map_err(|_| self.no_such_branch())
    }

    /// Reads the index of a symbol of an enum.
    ///
    /// # Errors
    /// An index that is negative, or not an `int`.
    #[inline]
    pub fn symbol(&mut self) -> Result<usize, DatumError> {
        self.index = self.position();
        let index = self.int()?;
        usize::try_from(index).map_err(|_| self.no_such_symbol())
    }

    /// The error for a just read index that no branch of the union has.
    #[doc(hidden)]
    #[cold]
    #[must_use]
    pub fn no_such_branch(&self) -> DatumError {
        DatumError::new(DatumErrorKind::Branch, self.index)
    }

    /// The error for a just read index that no symbol of the enum has.
    #[doc(hidden)]
    #[cold]
    #[must_use]
    pub fn no_such_symbol(&self) -> DatumError {
        DatumError::new(DatumErrorKind::Symbol, self.index)
    }

    /// Expects the end of the bytes.
    ///
    /// # Errors
    /// [`DatumErrorKind::TrailingBytes`].
    pub fn end(&self) -> Result<(), DatumError> {
        match self.remaining().len() {
            0 => Ok(()),
            count => Err(self.error(DatumErrorKind::TrailingBytes { count })),
        }
    }

    /// Reads a value that has one more level.
    ///
    /// # Errors
    /// Those of `read`, and [`DatumErrorKind::Depth`].
    #[inline]
    pub fn nested<T>(
        &mut self,
        read: impl FnOnce(&mut Self) -> Result<T, DatumError>,
    ) -> Result<T, DatumError> {
        let depth = self.depth;
        self.enter()?;
        let value = read(self);
        self.depth = depth;
        value
    }

    /// Opens a level. The caller that reads the value closes it, by [`Cursor::field`] and the like: a record
    /// would otherwise be moved once more.
    #[doc(hidden)]
    #[inline]
    pub fn enter(&mut self) -> Result<(), DatumError> {
        if self.depth == 0 {
            return Err(self.error(DatumErrorKind::Depth { limit: self.max_depth }));
        }
        self.depth -= 1;
        Ok(())
    }

    /// The level of the value at hand, to which [`back_to`](Self::back_to) returns.
    pub(super) fn level(&self) -> usize {
        self.depth
    }

    /// Closes all levels that were opened since.
    pub(super) fn back_to(&mut self, level: usize) {
        self.depth = level;
    }

    /// Returns the number of items of zero bytes counted so far.
    #[doc(hidden)]
    #[must_use]
    pub const fn empty_items(&self) -> u32 {
        self.empty_items
    }

    /// Counts an item of zero bytes, which the message size does not bound.
    #[doc(hidden)]
    pub fn count_empty_item(&mut self) -> Result<(), DatumError> {
        self.empty_items += 1;
        if self.empty_items > Self::MAX_EMPTY_ITEMS {
            return Err(self.error(DatumErrorKind::EmptyItems));
        }
        Ok(())
    }
}

/// The reason why a variable-length integer cannot be read.
enum Varint {
    /// Its bytes end before it does.
    Cut,
    /// It has more bytes, or more bits, than its type can need.
    TooLong,
}

/// The integer of up to eight bytes at the low end of a word, and their number; all bytes at once.
#[inline]
fn short_varint(word: u64) -> Option<(u64, usize)> {
    const LAST: u64 = 0x8080_8080_8080_8080;
    let last = !word & LAST;
    if last == 0 {
        return None;
    }
    let bits = last.trailing_zeros() + 1;
    let mut value = word & (u64::MAX >> (64 - bits)) & !LAST;
    // Eight groups of 7 bits become four of 14, two of 28, one of 56.
    value = (value & 0x007f_007f_007f_007f) | ((value & 0x7f00_7f00_7f00_7f00) >> 1);
    value = (value & 0x0000_3fff_0000_3fff) | ((value & 0x3fff_0000_3fff_0000) >> 2);
    value = (value & 0x0000_0000_0fff_ffff) | ((value & 0x0fff_ffff_0000_0000) >> 4);
    Some((value, bits as usize / 8))
}

/// The same near the end of the bytes, or of nine or ten bytes.
fn long_varint(bytes: &[u8], max_bytes: usize) -> Result<(u64, usize), Varint> {
    let mut value = 0;
    for (index, byte) in bytes.iter().take(max_bytes).enumerate() {
        let bits = u64::from(byte & 0x7f);
        let shifted = bits << (7 * index);
        if shifted >> (7 * index) != bits {
            return Err(Varint::TooLong);
        }
        value |= shifted;
        if *byte < 0x80 {
            return Ok((value, index + 1));
        }
    }
    Err(if bytes.len() < max_bytes { Varint::Cut } else { Varint::TooLong })
}
