//! Faults that a stream reports besides its events.

use super::Place;
#[cfg(feature = "avro")]
use migration_events_avro::container;
use migration_events_runtime::Rejection;
use migration_events_runtime::json::Syntax;
use std::{fmt, io};

/// A part of a stream that holds no intact event.
///
/// Holds places and rules, nothing of the stream's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Fault {
    /// Byte offset of the broken event, or of the text between events.
    pub offset: u64,
    /// Number of bytes that are skipped; the stream continues after them.
    pub len: u64,
    /// Byte offset of the problem.
    pub problem: u64,
    /// The reason of the fault.
    pub reason: Reason,
    /// The place in a dump.
    pub place: Option<Place>,
}

impl fmt::Display for Fault {
    /// `broken at byte 650: unexpected character at byte 702`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { offset, problem, reason, .. } = self;
        write!(f, "broken at byte {offset}: {reason}")?;
        if problem == offset { Ok(()) } else { write!(f, " at byte {problem}") }
    }
}

impl std::error::Error for Fault {}

/// Why a part of a stream holds no intact event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Reason {
    /// The event is not JSON text (RFC 8259).
    #[error("{0}")]
    Syntax(Syntax),
    /// The event ends before its brackets are closed, and another one begins.
    #[error("cut off by another event")]
    CutOff,
    /// Members of the event follow the bracket that closes it.
    #[error("closed too early")]
    ClosedEarly,
    /// Text between events that does not begin an event.
    #[error("not an event")]
    NotAnEvent,
    /// The event has more bytes than an event may have.
    #[error("more than {limit} bytes")]
    TooLarge {
        /// The limit.
        limit: usize,
    },
    /// The event is nested more deeply than the splitter tracks.
    #[error("more than {limit} levels deep")]
    TooDeep {
        /// The limit.
        limit: usize,
    },
    /// A member of a dump that is not a partition, or a partition after a gap.
    #[error("not a partition in order")]
    NotAPartition,
    /// The stream is compressed, and this build, or this interface, does not read gzip.
    #[error("compressed with gzip, which is not read here")]
    Compressed,
    /// The stream is an Avro object container file, which `ContainerEvents` reads (feature `avro`).
    #[error("an Avro object container file, which is not read here")]
    AvroContainer,
    /// The compressed stream is damaged or cut off; the rest cannot be read.
    #[error("damaged gzip stream")]
    Gzip,
}

/// Error that a stream yields instead of an event.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A broken event, or text between events. The stream continues.
    #[error(transparent)]
    Fault(Fault),
    /// An event that breaks its contract. The stream continues.
    #[error("rejected at byte {offset}")]
    Rejected {
        /// Byte offset of the event.
        offset: u64,
        /// Bytes of the event.
        len: usize,
        /// The place in a dump.
        place: Option<Place>,
        /// All violations; pointers and offsets are relative to the event.
        #[source]
        rejection: Rejection,
    },
    /// A broken block, datum or header of an Avro container file. The stream continues after a block;
    /// a broken header is the last item that it yields.
    #[cfg(feature = "avro")]
    #[error(transparent)]
    Container(container::Error),
    /// The stream cannot be read any further. This is the last item that it yields.
    #[error("cannot read on from byte {offset}")]
    Io {
        /// Bytes that were read before; of a compressed stream, after decompression; of a container
        /// file, up to the block.
        offset: u64,
        /// The error.
        #[source]
        error: io::Error,
    },
}

impl Error {
    /// Byte offset at which the reported part begins.
    #[must_use]
    pub const fn offset(&self) -> u64 {
        match self {
            Self::Fault(fault) => fault.offset,
            Self::Rejected { offset, .. } | Self::Io { offset, .. } => *offset,
            #[cfg(feature = "avro")]
            Self::Container(error) => error.offset(),
        }
    }
}

impl From<Fault> for Error {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

#[cfg(feature = "avro")]
impl From<container::Error> for Error {
    /// An error of the underlying reader is [`Error::Io`].
    fn from(error: container::Error) -> Self {
        let offset = error.offset();
        match error.split_io() {
            Ok(error) => Self::Io { offset, error },
            Err(error) => Self::Container(error),
        }
    }
}
