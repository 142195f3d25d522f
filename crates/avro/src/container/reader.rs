//! Reading a file, a block at a time.

mod resync;

use super::budget::{Budgets, Limits};
use super::error::{Error, ErrorKind};
use super::header::Header;
use super::input::Input;
use super::{Codec, MARKER_LEN};
use crate::resolve::Spent;
use crate::{Resolution, ResolveError};
use migration_events_runtime::avro::{AvroContract, Cursor};
use std::fmt;
use std::io::Read;
use std::marker::PhantomData;

/// Reads the datums of a file, one after the other, with one block in memory.
///
/// An iterator; [the module](super) has an example and says what follows an error. After an error of the
/// underlying reader, or the end of the file, it returns no more items.
pub struct Reader<R, T> {
    input: Input<R>,
    header: Header,
    codec: Codec,
    max_block_len: usize,
    max_depth: usize,
    /// `None` where the file was written with the schema of `T`, word for word.
    resolution: Option<Resolution<T>>,
    block: Block,
    position: Position,
    budgets: Budgets,
    is_done: bool,
}

/// Where a datum is in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Position {
    /// Where its block begins.
    pub block: u64,
    /// Its index in the block.
    pub item: u64,
    /// Where it begins in the block, decompressed.
    pub start: usize,
    /// Decompressed length in bytes; of a broken block, the length up to where it broke.
    pub len: usize,
}

/// The block at hand.
#[derive(Default)]
struct Block {
    /// Decompressed.
    bytes: Vec<u8>,
    offset: u64,
    /// Number of bytes read.
    read: usize,
    /// Number of datums read.
    item: u64,
    /// Number of datums in the block.
    count: u64,
    /// True if all datums were found to end where the block does.
    is_whole: bool,
}

/// Sets the limits of a [`Reader`].
#[derive(Debug, Clone)]
pub struct ReaderBuilder<R, T> {
    inner: R,
    max_header_len: usize,
    max_block_len: usize,
    max_resolved_len: usize,
    max_depth: usize,
    limits: Limits,
    reader: PhantomData<fn() -> T>,
}

impl<R: Read, T: AvroContract> ReaderBuilder<R, T> {
    /// Sets the maximum length of the header in bytes; 4 MiB by default. The schema in it takes some fifty
    /// times as much while it is resolved.
    #[must_use]
    pub fn max_header_len(self, len: usize) -> Self {
        Self { max_header_len: len, ..self }
    }

    /// Sets the maximum length of a block in bytes, compressed and decompressed; 64 MiB by default. Files
    /// commonly have blocks of 16 KiB to 4 MiB.
    #[must_use]
    pub fn max_block_len(self, len: usize) -> Self {
        Self { max_block_len: len, ..self }
    }

    /// Sets the maximum length in bytes of a datum of another schema in the schema of `T`
    /// ([`Resolution::with_max_len`]).
    #[must_use]
    pub fn max_resolved_len(self, len: usize) -> Self {
        Self { max_resolved_len: len, ..self }
    }

    /// Sets the depth limit of a datum, counted as by [`Cursor::with_depth`]; [`Cursor::DEFAULT_DEPTH`] by
    /// default, and at most [`Cursor::MAX_DEPTH`].
    #[must_use]
    pub fn max_depth(self, depth: usize) -> Self {
        Self { max_depth: depth, ..self }
    }

    /// Sets the number of bytes that may be made of one file, by decompression and by resolution of schemas;
    /// [`Reader::DEFAULT_INFLATED_LEN`] by default.
    ///
    /// ```
    /// use migration_events::avro::container::{Budget, Codec, ErrorKind, Reader, Writer};
    /// # use migration_events::avro::{AvroContract, AvroSchema, Cursor, Datum, DatumError};
    /// # #[derive(Debug)]
    /// # struct Reading { meter: String }
    /// # impl Datum for Reading {
    /// #     const NAME: &'static str = "energy.Reading";
    /// #     fn read(cursor: &mut Cursor<'_>) -> Result<Self, DatumError> {
    /// #         Ok(Self { meter: cursor.field("meter")? })
    /// #     }
    /// #     fn write(&self, out: &mut Vec<u8>) { self.meter.write(out) }
    /// # }
    /// # impl AvroContract for Reading {
    /// #     const SCHEMA: &'static AvroSchema = &AvroSchema::__new("energy.Reading",
    /// #         r#"{"type": "record", "name": "energy.Reading", "fields": [{"name": "meter", "type": "string"}]}"#,
    /// #         "", 0, [0; 16], [0; 32]);
    /// # }
    /// let mut writer = Writer::builder(Vec::new()).codec(Codec::Deflate).build()?;
    /// writer.append(&Reading { meter: "E".repeat(100_000) })?;
    /// let file: Vec<u8> = writer.into_inner()?;
    ///
    /// let mut reader = Reader::<_, Reading>::builder(file.as_slice()).max_inflated_len(10_000).build()?;
    /// let error = reader.next().unwrap().unwrap_err();
    /// assert!(matches!(error.kind(), ErrorKind::Budget { budget: Budget::InflatedBytes, limit: 10_000 }));
    /// assert!(reader.next().is_none());
    /// # Ok::<(), migration_events::avro::container::Error>(())
    /// ```
    #[must_use]
    pub fn max_inflated_len(self, len: u64) -> Self {
        Self { limits: Limits { inflated: len, ..self.limits }, ..self }
    }

    /// Sets the number of values without bytes (`null`, records of nothing else) that one file may have beyond
    /// one for each byte of its blocks; [`Reader::DEFAULT_EMPTY_VALUES`] by default.
    #[must_use]
    pub fn max_empty_values(self, values: u64) -> Self {
        Self { limits: Limits { empty: values, ..self.limits }, ..self }
    }

    /// Sets the number of bytes that may be read once more, decompressed, to find the blocks after broken ones,
    /// beyond one for each byte of the file; [`Reader::DEFAULT_SEARCH_LEN`] by default.
    #[must_use]
    pub fn max_search_len(self, len: u64) -> Self {
        Self { limits: Limits { searched: len, ..self.limits }, ..self }
    }

    /// Reads the header.
    ///
    /// # Errors
    /// As [`Reader::new`].
    pub fn build(self) -> Result<Reader<R, T>, Error> {
        let mut input = Input::new(self.inner);
        let (header, codec) = Header::read(&mut input, self.max_header_len)
            .and_then(|header| header.codec().map(|codec| (header, codec)))
            .map_err(|kind| Error::new(kind, 0))?;
        let schema = header.schema().map_err(|kind| Error::new(kind, 0))?;
        let resolution = if schema == T::SCHEMA.json {
            None
        } else {
            let resolution = Resolution::new(schema);
            let resolution = resolution.map_err(|error| Error::new(ErrorKind::Schema(error), 0))?;
            let resolution = resolution.with_max_len(self.max_resolved_len);
            Some(resolution.with_max_depth(self.max_depth))
        };
        Ok(Reader {
            input,
            header,
            codec,
            max_block_len: self.max_block_len,
            max_depth: self.max_depth,
            resolution,
            block: Block::default(),
            position: Position::default(),
            budgets: Budgets::new(self.limits),
            is_done: false,
        })
    }
}

impl<R, T> Reader<R, T> {
    /// Default maximum length of a header in bytes.
    pub const DEFAULT_HEADER_LEN: usize = 4 << 20;

    /// Default maximum length of a block in bytes.
    pub const DEFAULT_BLOCK_LEN: usize = 64 << 20;

    /// Default number of bytes that may be made of one file: 64 GiB. Files of data lakes have one to two; deflate
    /// makes at most 1032 bytes of one, so that it takes a file of 62 MiB to occupy a thread for a minute or two.
    pub const DEFAULT_INFLATED_LEN: u64 = 64 << 30;

    /// Default number of values without bytes beyond one for each byte, of one file: that of one datum.
    pub const DEFAULT_EMPTY_VALUES: u64 = Cursor::MAX_EMPTY_ITEMS as u64;

    /// Default number of bytes read once more to find blocks, beyond one for each byte of the file: 64 MiB, enough
    /// for hundreds of broken blocks of common length in a small file, and one of the greatest length.
    pub const DEFAULT_SEARCH_LEN: u64 = 64 << 20;
}

impl<R: Read, T: AvroContract> Reader<R, T> {
    /// Reads the header. The reader is read in large pieces; it needs no buffer of its own.
    ///
    /// # Errors
    /// The header is none, its codec is not known, or its schema cannot be resolved to that of `T`.
    pub fn new(inner: R) -> Result<Self, Error> {
        Self::builder(inner).build()
    }

    /// As [`new`](Self::new), with other limits.
    #[must_use]
    pub fn builder(inner: R) -> ReaderBuilder<R, T> {
        ReaderBuilder {
            inner,
            max_header_len: Self::DEFAULT_HEADER_LEN,
            max_block_len: Self::DEFAULT_BLOCK_LEN,
            max_resolved_len: Resolution::<T>::DEFAULT_LEN,
            limits: Limits {
                inflated: Self::DEFAULT_INFLATED_LEN,
                empty: Self::DEFAULT_EMPTY_VALUES,
                searched: Self::DEFAULT_SEARCH_LEN,
            },
            max_depth: Cursor::DEFAULT_DEPTH,
            reader: PhantomData,
        }
    }

    /// The schema of the writer, as JSON text.
    #[must_use]
    pub fn writer_schema(&self) -> &str {
        self.header.schema().unwrap_or_default()
    }

    /// Returns the compression of the blocks.
    #[must_use]
    pub fn codec(&self) -> Codec {
        self.codec
    }

    /// The metadata with this key.
    #[must_use]
    pub fn metadata(&self, key: &str) -> Option<&[u8]> {
        self.header.get(key)
    }

    /// All metadata of the header, the schema and the codec among them.
    pub fn all_metadata(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.header.metadata.iter().map(|(key, value)| (key.as_str(), value.as_slice()))
    }

    /// Where the datum is that [`next`](Iterator::next) gave last.
    #[must_use]
    pub fn position(&self) -> Position {
        self.position
    }

    /// The underlying reader, which is further than the datum that came last.
    #[must_use]
    pub fn into_inner(self) -> R {
        self.input.into_inner()
    }

    /// Reads the next block; `None` at the end of the file.
    fn next_block(&mut self) -> Result<Option<()>, Error> {
        let mut bytes = std::mem::take(&mut self.block.bytes);
        bytes.clear();
        self.block = Block { bytes, ..Block::default() };
        let offset = self.input.position();
        self.position = Position { block: offset, ..Position::default() };
        match self.frame() {
            Ok(true) => Ok(Some(())),
            Ok(false) => {
                self.is_done = true;
                Ok(None)
            }
            Err(kind) => {
                // A search that took too much is the greater problem: the next block was not found.
                let kind = self.exhausted().unwrap_or(kind);
                self.is_done |= matches!(
                    kind,
                    ErrorKind::Io(_) | ErrorKind::UnexpectedEnd | ErrorKind::Budget { .. }
                );
                // The block itself is the error, whatever it says that it holds.
                self.block.count = 0;
                self.block.bytes.clear();
                Err(Error::new(kind, offset))
            }
        }
    }

    /// Reads a frame and consumes it, or what is broken of it.
    fn frame(&mut self) -> Result<bool, ErrorKind> {
        self.input.fill(MAX_HEAD);
        if self.input.bytes().is_empty() {
            return self.input.take_failure().map_or(Ok(false), |error| Err(ErrorKind::Io(error)));
        }
        self.block.offset = self.input.position();
        let Some((count, len, start)) = head(self.input.bytes()) else {
            return self.lose(ErrorKind::BlockHeader);
        };
        let limit = self.max_block_len;
        if len > limit {
            return self.lose(ErrorKind::BlockLength { limit });
        }
        let end = start + len;
        if !self.input.fill(end + MARKER_LEN) {
            // It may be the length that is broken.
            return self.lose(ErrorKind::UnexpectedEnd);
        }
        let frame = self.input.bytes();
        if frame[end..end + MARKER_LEN] != self.header.marker {
            if self.is_frame(end + MARKER_LEN) && self.datums(start..end) == Some(count) {
                // The length was right, the marker is broken.
                self.input.consume(end + MARKER_LEN);
                return Err(ErrorKind::Marker);
            }
            return self.lose(ErrorKind::Marker);
        }
        let block = &mut self.block;
        let budget = match self.codec {
            Codec::Null => usize::MAX,
            _ => usize::try_from(self.budgets.inflatable()).unwrap_or(usize::MAX),
        };
        let decompressed =
            self.codec.decompress(&frame[start..end], limit.min(budget), &mut block.bytes);
        self.input.consume(end + MARKER_LEN);
        match decompressed {
            Err(ErrorKind::BlockLength { .. }) if budget < limit => {
                self.budgets.inflate(budget.saturating_add(1));
                return Err(ErrorKind::BlockLength { limit });
            }
            decompressed => decompressed?,
        }
        if self.codec != Codec::Null {
            self.budgets.inflate(self.block.bytes.len());
        }
        self.block.count = count;
        Ok(true)
    }

    /// Reads the next datum of the block, which has one.
    fn datum(&mut self) -> Result<T, Error> {
        let block = &mut self.block;
        let (start, item) = (block.read, block.item);
        block.item += 1;
        let mut cursor = Cursor::with_depth(&block.bytes[start..], self.max_depth);
        let mut spent = Spent::default();
        let value = match &self.resolution {
            None => {
                let value = T::read(&mut cursor).map_err(|error| error.of(T::NAME).into());
                spent.empty = cursor.empty_items().into();
                value
            }
            Some(resolution) => resolution.read_counted(&mut cursor, &mut spent),
        };
        let len = cursor.position();
        self.position = Position { block: block.offset, item, start, len };
        block.read += len;
        self.budgets.read(len, spent.empty + u64::from(len == 0));
        self.budgets.inflate(spent.resolved);
        if let Some(kind) = self.exhausted() {
            return Err(self.give_up(kind));
        }
        value.map_err(|error| self.recover(error, start, item))
    }

    /// The budget of the file that is used up.
    fn exhausted(&self) -> Option<ErrorKind> {
        let (budget, limit) = self.budgets.exhausted(self.input.position())?;
        Some(ErrorKind::Budget { budget, limit })
    }

    /// Ends the iteration with this error.
    #[cold]
    fn give_up(&mut self, kind: ErrorKind) -> Error {
        self.is_done = true;
        self.block.item = self.block.count;
        self.block.read = self.block.bytes.len();
        Error::new(kind, self.block.offset)
    }

    /// Finds the datum after a broken one in the block, or gives up the rest of the block.
    fn recover(&mut self, error: ResolveError, start: usize, item: u64) -> Error {
        let behind = self.behind(start, item);
        if let Some(kind) = self.exhausted() {
            return self.give_up(kind);
        }
        let block = &mut self.block;
        let lost = match behind {
            Some(end) => {
                block.read = end;
                0
            }
            None => {
                let lost = block.count - block.item;
                block.item = block.count;
                block.read = block.bytes.len();
                lost
            }
        };
        Error::new(ErrorKind::Datum { item, start, error, lost }, block.offset)
    }

    /// The end of a broken datum, if the datums after it end where the block does: then only this datum is
    /// wrong, and the places of the others are known.
    fn behind(&mut self, start: usize, item: u64) -> Option<usize> {
        if self.resolution.is_none() {
            let resolution = Resolution::new(T::SCHEMA.json).ok();
            self.resolution =
                resolution.map(|resolution| resolution.with_max_depth(self.max_depth));
        }
        let resolution = self.resolution.as_ref()?;
        let block = &mut self.block;
        let mut cursor = Cursor::new(&block.bytes[start..]);
        let mut spent = Spent::default();
        let end = ends(resolution, &mut cursor, (block.count - item, block.is_whole), &mut spent);
        block.is_whole |= end.is_some();
        // Bytes are looked at once more only until the block is known to be whole.
        self.budgets.read(0, spent.empty);
        Some(start + end?)
    }
}

/// The length of the first of `count` datums, if they end where the bytes do, or if that is known.
fn ends<T: AvroContract>(
    resolution: &Resolution<T>,
    cursor: &mut Cursor<'_>,
    (count, is_whole): (u64, bool),
    spent: &mut Spent,
) -> Option<usize> {
    resolution.skip(cursor, spent).ok()?;
    let end = cursor.position();
    if !is_whole {
        for _ in 1..count {
            let before = cursor.position();
            resolution.skip(cursor, spent).ok()?;
            spent.empty += u64::from(cursor.position() == before);
            if spent.empty > Cursor::MAX_EMPTY_ITEMS.into() {
                return None;
            }
        }
        cursor.end().ok()?;
    }
    Some(end)
}

/// Two varints.
const MAX_HEAD: usize = 20;

/// Parses the number of datums, the number of bytes, and the offset where those begin.
fn head(frame: &[u8]) -> Option<(u64, usize, usize)> {
    let mut cursor = Cursor::new(frame);
    let count = cursor.long().ok()?.try_into().ok()?;
    let len = cursor.long().ok()?.try_into().ok()?;
    Some((count, len, cursor.position()))
}

impl<R: Read, T: AvroContract> Iterator for Reader<R, T> {
    type Item = Result<T, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if self.block.item < self.block.count {
                return Some(self.datum());
            }
            let count = self.block.bytes.len() - self.block.read;
            if count > 0 {
                self.block.read = self.block.bytes.len();
                return Some(Err(Error::new(
                    ErrorKind::TrailingBytes { count },
                    self.block.offset,
                )));
            }
            if self.is_done {
                return None;
            }
            match self.next_block() {
                Ok(Some(())) => {}
                Ok(None) => return None,
                Err(error) => return Some(Err(error)),
            }
        }
    }
}

impl<R, T> fmt::Debug for Reader<R, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reader")
            .field("codec", &self.codec)
            .field("position", &self.position)
            .field("is_done", &self.is_done)
            .finish_non_exhaustive()
    }
}
