//! Writing a file, a block at a time.

use super::error::{Error, ErrorKind};
use super::header::Header;
use super::{CODEC_KEY, Codec, MARKER_LEN, RESERVED_PREFIX, SCHEMA_KEY};
use migration_events_runtime::__private::internal::write_long;
use migration_events_runtime::avro::AvroContract;
use std::fmt;
use std::hash::{BuildHasher, RandomState};
use std::io::{self, Write};
use std::marker::PhantomData;

/// Writes datums of `T` into a file, a block at a time.
///
/// See [the module](super) for an example. What was not [flushed](Self::flush) is lost when the writer is
/// dropped; [`into_inner`](Self::into_inner) flushes.
#[must_use = "what is not flushed is lost"]
pub struct Writer<W, T> {
    inner: W,
    codec: Codec,
    marker: [u8; MARKER_LEN],
    block_len: usize,
    /// Datums, not compressed.
    block: Vec<u8>,
    count: i64,
    /// Where the next block begins in the file.
    offset: u64,
    writer: PhantomData<fn(&T)>,
}

/// Sets codec, metadata and size of blocks of a [`Writer`].
#[derive(Debug, Clone)]
#[must_use]
pub struct WriterBuilder<W, T> {
    inner: W,
    codec: Codec,
    block_len: usize,
    metadata: Vec<(String, Vec<u8>)>,
    marker: Option<[u8; MARKER_LEN]>,
    writer: PhantomData<fn(&T)>,
}

impl<W: Write, T: AvroContract> WriterBuilder<W, T> {
    /// Compresses the blocks; not at all if not said otherwise.
    pub fn codec(self, codec: Codec) -> Self {
        Self { codec, ..self }
    }

    /// Sets the number of bytes of datums in a block; 64 KiB by default. A block ends with the datum
    /// that reaches it.
    pub fn block_len(self, len: usize) -> Self {
        Self { block_len: len, ..self }
    }

    /// Adds metadata to the header, in place of what has the same key.
    pub fn metadata(mut self, key: impl Into<String>, value: impl Into<Vec<u8>>) -> Self {
        let (key, value) = (key.into(), value.into());
        self.metadata.retain(|(other, _)| *other != key);
        self.metadata.push((key, value));
        self
    }

    /// Takes this marker in place of a random one, so that the same datums make the same file. A reader
    /// that looks for the next block needs one that is in no datum.
    pub fn marker(self, marker: [u8; MARKER_LEN]) -> Self {
        Self { marker: Some(marker), ..self }
    }

    /// Writes the header.
    ///
    /// # Errors
    /// A key of the metadata is reserved, or the underlying writer fails.
    pub fn build(self) -> Result<Writer<W, T>, Error> {
        if self.metadata.iter().any(|(key, _)| key.starts_with(RESERVED_PREFIX)) {
            return Err(Error::new(ErrorKind::ReservedKey, 0));
        }
        let marker = self.marker.unwrap_or_else(random_marker);
        let mut metadata = vec![
            (SCHEMA_KEY.to_owned(), T::SCHEMA.json.as_bytes().to_vec()),
            (CODEC_KEY.to_owned(), self.codec.name().as_bytes().to_vec()),
        ];
        metadata.extend(self.metadata);
        let mut header = Vec::new();
        Header { metadata, marker }.write(&mut header);
        let mut writer = Writer {
            inner: self.inner,
            codec: self.codec,
            marker,
            block_len: self.block_len,
            block: Vec::new(),
            count: 0,
            offset: 0,
            writer: PhantomData,
        };
        writer.inner.write_all(&header).map_err(|error| writer.failed(error))?;
        writer.offset = header.len() as u64;
        Ok(writer)
    }
}

/// The standard library seeds each of these anew from the system's random numbers.
fn random_marker() -> [u8; MARKER_LEN] {
    let mut marker = [0; MARKER_LEN];
    for half in marker.chunks_mut(8) {
        half.copy_from_slice(&RandomState::new().hash_one(()).to_le_bytes());
    }
    marker
}

impl<W, T> Writer<W, T> {
    /// Default number of bytes of datums in a block.
    pub const DEFAULT_BLOCK_LEN: usize = 64 << 10;
}

impl<W: Write, T: AvroContract> Writer<W, T> {
    /// Writes the header of a file that is not compressed.
    ///
    /// # Errors
    /// The underlying writer fails.
    pub fn new(inner: W) -> Result<Self, Error> {
        Self::builder(inner).build()
    }

    /// As [`new`](Self::new), with a codec and metadata.
    pub fn builder(inner: W) -> WriterBuilder<W, T> {
        WriterBuilder {
            inner,
            codec: Codec::default(),
            block_len: Self::DEFAULT_BLOCK_LEN,
            metadata: Vec::new(),
            marker: None,
            writer: PhantomData,
        }
    }

    /// Adds a datum, and writes the block if it is large enough.
    ///
    /// # Errors
    /// The underlying writer fails; the file is broken then.
    pub fn append(&mut self, value: &T) -> Result<(), Error> {
        value.write(&mut self.block);
        self.count += 1;
        if self.block.len() >= self.block_len { self.end_block() } else { Ok(()) }
    }

    /// Writes what was added, as a block, and flushes the underlying writer.
    ///
    /// # Errors
    /// The underlying writer fails; the file is broken then.
    pub fn flush(&mut self) -> Result<(), Error> {
        self.end_block()?;
        self.inner.flush().map_err(|error| self.failed(error))
    }

    /// Flushes, and returns the underlying writer.
    ///
    /// # Errors
    /// The underlying writer fails.
    pub fn into_inner(mut self) -> Result<W, Error> {
        self.flush()?;
        Ok(self.inner)
    }

    fn end_block(&mut self) -> Result<(), Error> {
        if self.count == 0 {
            return Ok(());
        }
        self.codec.compress(&mut self.block).map_err(|kind| Error::new(kind, self.offset))?;
        let mut head = Vec::with_capacity(20);
        write_long(self.count, &mut head);
        write_long(self.block.len() as i64, &mut head);
        for part in [&head, &self.block, &self.marker[..]] {
            self.inner
                .write_all(part)
                .map_err(|error| Error::new(ErrorKind::Io(error), self.offset))?;
            self.offset += part.len() as u64;
        }
        self.block.clear();
        self.count = 0;
        Ok(())
    }

    fn failed(&self, error: io::Error) -> Error {
        Error::new(ErrorKind::Io(error), self.offset)
    }
}

impl<W, T> fmt::Debug for Writer<W, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Writer")
            .field("codec", &self.codec)
            .field("offset", &self.offset)
            .finish_non_exhaustive()
    }
}
