//! Errors of container files.

use super::budget::Budget;
use crate::ResolveError;
use std::{fmt, io};

/// Error of reading or writing a file, a block or a datum, with its place.
///
/// It never shows a value.
#[derive(Debug, thiserror::Error)]
pub struct Error {
    #[source]
    kind: ErrorKind,
    offset: u64,
}

/// Error of a container file.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The underlying reader or writer failed.
    #[error("cannot be read or written")]
    Io(#[source] io::Error),
    /// The file does not begin with [`MAGIC`](super::MAGIC).
    #[error("not an Avro object container file")]
    Magic,
    /// The header is cut, broken or longer than the limit.
    #[error("the header of the file is broken")]
    Header,
    /// The header names a codec that is unknown, or whose feature is not enabled.
    #[error("{}", UnknownCodec(name, *feature))]
    Codec {
        /// The name in the header, of which at most 32 characters.
        name: Box<str>,
        /// The feature that enables the codec, if there is one.
        feature: Option<&'static str>,
    },
    /// The schema in the header is not a schema, or cannot be resolved to the reader's.
    #[error("{0}")]
    Schema(ResolveError),
    /// Metadata under a key that begins with `avro.`, which the specification reserves.
    #[error("metadata keys that begin with \"avro.\" are reserved")]
    ReservedKey,
    /// The file ends inside a block.
    #[error("the file ends inside the block")]
    UnexpectedEnd,
    /// The block does not begin with a number of datums and a length.
    #[error("the block does not begin with a number of datums and a length")]
    BlockHeader,
    /// The block does not end with the sync marker of the file.
    #[error("the block does not end with the sync marker of the file")]
    Marker,
    /// The block has more bytes, compressed or not, than the limit.
    #[error("the block has more than {limit} bytes")]
    BlockLength {
        /// The limit.
        limit: usize,
    },
    /// The file costs more than one of its budgets allows; nothing more of it is read.
    #[error("more than {limit} {budget} in one file: `ReaderBuilder::{}` allows more", budget.setting())]
    Budget {
        /// The budget.
        budget: Budget,
        /// The limit that was set.
        limit: u64,
    },
    /// The block cannot be decompressed.
    #[error("not compressed with the codec of the file")]
    Compression,
    /// A datum of the block cannot be read.
    #[error("item {item}, {error}{}", Lost(*lost))]
    Datum {
        /// Its index in the block.
        item: u64,
        /// Where it begins in the block, decompressed.
        start: usize,
        /// The reason; offsets in it count from the beginning of the datum.
        error: ResolveError,
        /// Number of datums of the block after it that cannot be located.
        lost: u64,
    },
    /// The datums of the block end before the block does.
    #[error("{count} bytes follow the datums of the block")]
    TrailingBytes {
        /// Number of datums.
        count: usize,
    },
}

/// The error of a codec, with the way out.
struct UnknownCodec<'e>(&'e str, Option<&'static str>);

impl fmt::Display for UnknownCodec<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(name, feature) = self;
        match feature {
            None => write!(f, "unknown codec {name:?}"),
            Some(feature) => write!(
                f,
                "the codec {name:?} is not enabled: add the feature `{feature}` of \
                 `migration-events-avro`, or `avro-{feature}` of `migration-events`"
            ),
        }
    }
}

struct Lost(u64);

impl fmt::Display for Lost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            0 => Ok(()),
            1 => f.write_str("; one more of the block is lost"),
            lost => write!(f, "; {lost} more of the block are lost"),
        }
    }
}

impl Error {
    #[cold]
    pub(super) fn new(kind: ErrorKind, offset: u64) -> Self {
        Self { kind, offset }
    }

    /// Returns the kind of the error.
    #[must_use]
    pub fn kind(&self) -> &ErrorKind {
        &self.kind
    }

    /// Where the block begins in the file; 0 for the header.
    #[must_use]
    pub const fn offset(&self) -> u64 {
        self.offset
    }

    /// The error of the underlying reader or writer, if that is the cause.
    #[must_use]
    pub fn into_io(self) -> Option<io::Error> {
        self.split_io().ok()
    }

    /// The error of the underlying reader or writer, or else this one.
    #[doc(hidden)]
    pub fn split_io(self) -> Result<io::Error, Self> {
        match self.kind {
            ErrorKind::Io(error) => Ok(error),
            kind => Err(Self { kind, ..self }),
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.offset {
            0 => f.write_str("header of an Avro file"),
            offset => write!(f, "block at byte {offset} of an Avro file"),
        }
    }
}
