//! Object container files (Avro specification, “Object Container Files”): a header with the writer's
//! schema, then blocks of datums, each block compressed for itself and followed by the file's sync
//! marker.
//!
//! ```
//! use migration_events::avro::container::{Codec, Reader, Writer};
//! # use migration_events::avro::{AvroContract, AvroSchema, Cursor, Datum, DatumError};
//! # #[derive(Debug, PartialEq)]
//! # struct Reading { meter: String }
//! # impl Datum for Reading {
//! #     const NAME: &'static str = "energy.Reading";
//! #     fn read(cursor: &mut Cursor<'_>) -> Result<Self, DatumError> {
//! #         Ok(Self { meter: cursor.field("meter")? })
//! #     }
//! #     fn write(&self, out: &mut Vec<u8>) { self.meter.write(out) }
//! # }
//! # impl AvroContract for Reading {
//! #     const SCHEMA: &'static AvroSchema = &AvroSchema::__new("energy.Reading",
//! #         r#"{"type": "record", "name": "energy.Reading", "fields": [{"name": "meter", "type": "string"}]}"#,
//! #         "", 0, [0; 16], [0; 32]);
//! # }
//!
//! let mut writer = Writer::builder(Vec::new())
//!     .codec(Codec::Deflate)
//!     .metadata("origin", b"export 31".to_vec())
//!     .build()?;
//! for meter in ["E-1", "E-2"] {
//!     writer.append(&Reading { meter: meter.into() })?;
//! }
//! let file: Vec<u8> = writer.into_inner()?;
//!
//! let mut reader = Reader::<_, Reading>::new(file.as_slice())?;
//! assert_eq!(reader.metadata("origin"), Some(&b"export 31"[..]));
//! let readings: Vec<Reading> = reader.by_ref().collect::<Result<_, _>>()?;
//! assert_eq!(readings, [Reading { meter: "E-1".into() }, Reading { meter: "E-2".into() }]);
//! # Ok::<(), migration_events::avro::container::Error>(())
//! ```
//!
//! A file of another writer is read through a [`Resolution`](super::Resolution) of its schema.
//!
//! # What is broken
//!
//! Each error has the place of its block. The reader continues where it can:
//!
//! * A broken datum, or one that the reader's schema cannot represent, is one error. The next item follows
//!   it if all datums of the block end where the block ends. Otherwise the rest of the block is lost, and
//!   the error has the number of lost datums.
//! * A block that cannot be decompressed, or that exceeds the limit, is lost; the next one follows.
//! * A block with a broken length or sync marker is lost; the reader searches for the next sync marker. If
//!   the broken block was cut off or is garbage, this may be the marker of the next block. That block is
//!   found if it has at most 128 KiB, and exactly as many datums as it claims.
//! * A block that was cut off and the next one are read as one block if, by chance, the first one's length
//!   ends at the marker of the second, or both together have as many datums as the first claims.
//! * An error of the underlying reader, or of the header, ends the iteration, and so does a file that costs more
//!   than a [`Budget`] allows.
//!
//! # Why not through apache-avro's `Reader` and `Writer`
//!
//! This module reads and writes the frames, and leaves schemas and compression to apache-avro. The reader of
//! apache-avro builds trees of values, reads a string that ends early as null, and does not continue after a
//! broken block. Its limit on the decompressed length of a block is one for the whole process: that of the
//! first caller that sets it, or 512 MiB. Here every reader has its own limit, 64 MiB by default. For that,
//! deflate, bzip2 and zstandard are decompressed by the crates that apache-avro uses, and xz by one without
//! C, up to the limit, and the length that snappy announces is checked before apache-avro decompresses it.

mod budget;
mod codec;
mod error;
mod header;
mod input;
mod reader;
mod writer;

pub use budget::Budget;
pub use codec::Codec;
pub use error::{Error, ErrorKind};
pub use reader::{Position, Reader, ReaderBuilder};
pub use writer::{Writer, WriterBuilder};

/// The first bytes of a file.
pub const MAGIC: [u8; 4] = *b"Obj\x01";

/// Length of the sync marker in bytes.
pub const MARKER_LEN: usize = 16;

/// Keys of the header that the specification defines.
const SCHEMA_KEY: &str = "avro.schema";
const CODEC_KEY: &str = "avro.codec";
const RESERVED_PREFIX: &str = "avro.";
