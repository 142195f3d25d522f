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
//! Each error has the place of its block. The reader goes on where it can:
//!
//! * A datum that is none, or that the reader's schema has no place for, is one error; the next item
//!   follows it, provided that the block still has its shape: all datums end where the block ends. If
//!   not, the rest of the block is lost, and the error says how many datums that are.
//! * A block that cannot be decompressed, or exceeds the limit in doing so, is lost; the next one
//!   follows.
//! * A block with a broken length or sync marker is lost; the reader looks for the next sync marker. It
//!   may be that of the next block, where the broken one was cut off or is garbage: that block is found,
//!   provided that it has at most 128 KiB and holds as many datums as it says and nothing else.
//! * A block that was cut off so that, by chance, its length ends at the marker of the next block, or its
//!   datums and those of the next one are as many as it says, is one block with that.
//! * An error of the underlying reader, or of the header, ends the iteration.
//!
//! # Why not through apache-avro's `Reader` and `Writer`
//!
//! The frames are read and written here, while schemas and compression are apache-avro's. Its reader
//! makes trees of values, takes a string that ends early for null, and does not go on behind a broken
//! block. Its limit on what a block may expand to is one for the whole process, set by whoever is first,
//! and 512 MiB if nobody is; here every reader has its own, and 64 MiB if not told otherwise. So
//! deflate, bzip2 and zstandard are decompressed by the crates that apache-avro uses, and xz by one without
//! C, up to that limit, and the length that snappy announces is checked before apache-avro sees it.

mod codec;
mod error;
mod header;
mod input;
mod reader;
mod writer;

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
