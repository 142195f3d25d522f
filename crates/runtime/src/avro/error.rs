//! Errors of reading a datum.

use crate::shown::Shown;
use std::borrow::Cow;
use std::fmt;

/// Bytes that are not a datum of the schema: the problem and its position.
///
/// Like a [`Rejection`](crate::Rejection) it never shows a value, since payloads hold personal data.
///
/// ```
/// use migration_events::avro::{self, DatumErrorKind};
///
/// // An array of two strings, the second one of five bytes, of which two are there.
/// let error = avro::from_datum::<Vec<String>>(b"\x04\x02a\x0abc").unwrap_err();
/// assert_eq!(error.kind(), DatumErrorKind::UnexpectedEnd);
/// assert_eq!((error.offset(), error.pointer()), (3, "/1".to_owned()));
/// assert_eq!(error.to_string(), "array rejected at byte 3: /1: the datum ends before the value");
/// ```
#[derive(Clone, PartialEq, Eq, thiserror::Error)]
pub struct DatumError(Box<Inner>);

#[derive(Clone, PartialEq, Eq)]
struct Inner {
    kind: DatumErrorKind,
    offset: usize,
    datum: Cow<'static, str>,
    /// From the inside to the outside.
    path: Vec<Segment>,
}

/// A step from a value to one of its parts.
#[doc(hidden)]
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Segment {
    /// The field of a record, or the branch of a union.
    Name(&'static str),
    /// The same, of a writer's schema.
    WriterName(Box<str>),
    /// The item of an array or the entry of a map.
    Index(u64),
}

/// The problem with a datum.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DatumErrorKind {
    /// The bytes end inside of a value, or a length says that they would.
    #[error("the datum ends before the value")]
    UnexpectedEnd,
    /// More bytes follow the datum.
    #[error("{count} {} after the datum", if *count == 1 { "byte" } else { "bytes" })]
    TrailingBytes {
        /// The number of them.
        count: usize,
    },
    /// A variable-length integer of more bytes than its type can need, or of a value beyond it.
    #[error("not an integer of {bits} bits")]
    Integer {
        /// 32 for `int`, 64 for `long`.
        bits: u8,
    },
    /// A negative length.
    #[error("a negative length")]
    NegativeLength,
    /// A `boolean` other than 0 and 1.
    #[error("neither true nor false")]
    Boolean,
    /// A `string` that is not UTF-8.
    #[error("not UTF-8")]
    Utf8,
    /// A `uuid` that is not in the hyphenated form (RFC 9562 §4).
    #[error("not a UUID")]
    Uuid,
    /// The index of a symbol that the enum does not have.
    #[error("no such symbol of the enum")]
    Symbol,
    /// The index of a branch that the union does not have.
    #[error("no such branch of the union")]
    Branch,
    /// A key that the map has already.
    #[error("a repeated key of the map")]
    RepeatedKey,
    /// A block of an array or a map that is longer or shorter than its size says.
    #[error("a block of another size than it says")]
    BlockSize,
    /// More items that take no bytes than [`Cursor::MAX_EMPTY_ITEMS`](super::Cursor::MAX_EMPTY_ITEMS).
    #[error("too many items that take no bytes")]
    EmptyItems,
    /// A branch or symbol that the writer's schema allows and the reader's lacks.
    #[error("not resolvable to the schema of the reader")]
    Unresolvable,
    /// The datum in the reader's schema, with its defaults, exceeds the limit.
    #[error("longer than {limit} bytes in the schema of the reader")]
    ResolvedLength {
        /// The limit.
        limit: usize,
    },
    /// Records, arrays, maps and branches of unions nest deeper than the limit.
    #[error("nested deeper than {limit} levels")]
    Depth {
        /// The limit.
        limit: usize,
    },
}

impl DatumError {
    #[doc(hidden)]
    #[must_use]
    #[cold]
    pub fn new(kind: DatumErrorKind, offset: usize) -> Self {
        Self(Box::new(Inner { kind, offset, datum: "".into(), path: Vec::new() }))
    }

    /// Adds the step that led to the value in which it happened.
    #[doc(hidden)]
    #[must_use]
    #[cold]
    pub fn within(mut self, segment: Segment) -> Self {
        self.0.path.push(segment);
        self
    }

    /// Counts the offset from elsewhere.
    #[doc(hidden)]
    #[must_use]
    #[cold]
    pub fn moved(mut self, offset: usize) -> Self {
        self.0.offset = offset;
        self
    }

    #[doc(hidden)]
    #[must_use]
    #[cold]
    pub fn of(mut self, datum: impl Into<Cow<'static, str>>) -> Self {
        self.0.datum = datum.into();
        self
    }

    /// The problem.
    #[must_use]
    pub fn kind(&self) -> DatumErrorKind {
        self.0.kind
    }

    /// The byte, from the beginning of the datum, at which the value or the part of it that is wrong
    /// begins.
    #[must_use]
    pub fn offset(&self) -> usize {
        self.0.offset
    }

    /// Name of the Avro type that was to be read: a full name, or `array`, `long`, ….
    #[must_use]
    pub fn datum(&self) -> &str {
        &self.0.datum
    }

    /// The value that is wrong, as a JSON pointer (RFC 6901) into the Avro JSON encoding of the datum:
    /// fields by name, branches of unions by full name, items by number. Entries of maps are numbered,
    /// too: their keys may be personal data.
    #[must_use]
    pub fn pointer(&self) -> String {
        let mut pointer = String::new();
        self.write_pointer(&mut pointer).unwrap_or_default();
        pointer
    }

    fn write_pointer(&self, out: &mut impl fmt::Write) -> fmt::Result {
        // A name of Avro holds neither `~` nor `/`, so there is nothing to escape.
        self.0.path.iter().rev().try_for_each(|segment| match segment {
            Segment::Name(name) => write!(out, "/{name}"),
            Segment::WriterName(name) => write!(out, "/{name}"),
            Segment::Index(index) => write!(out, "/{index}"),
        })
    }
}

impl fmt::Display for DatumError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner { kind, offset, datum, .. } = &*self.0;
        let (datum, pointer) = (Shown::line(datum), self.pointer());
        write!(f, "{datum} rejected at byte {offset}: {}: {kind}", Shown::pointer(&pointer))
    }
}

impl fmt::Debug for DatumError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DatumError")
            .field("datum", &self.0.datum)
            .field("kind", &self.0.kind)
            .field("offset", &self.0.offset)
            .field("pointer", &self.pointer())
            .finish()
    }
}
