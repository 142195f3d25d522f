//! Finding the next block after a broken one.
//!
//! A marker ends a block, so the search after a broken block is for the next marker. It is the block's own,
//! if it still has one. A block that was cut off has lost its marker, and garbage between blocks never had
//! one; then it is the marker of the next block, which begins somewhere before it.

use super::{MAX_HEAD, Reader, head};
use crate::container::error::ErrorKind;
use crate::container::{Codec, MARKER_LEN};
use crate::resolve::Spent;
use crate::{Resolution, ResolveError};
use migration_events_runtime::avro::{AvroContract, Cursor};
use std::io::Read;
use std::ops::Range;

/// Number of skipped bytes that are kept to search them for a block: twice the writer's default length of
/// a block.
const KEPT: usize = 128 << 10;

/// Minimum length of a block that is searched for: the last bytes of a broken block often look like a
/// smaller one.
const LEAST: usize = 16;

/// Maximum number of possible beginnings of a block that are decompressed.
const MOST_CLOSE_LOOKS: usize = 4;

impl<R: Read, T: AvroContract> Reader<R, T> {
    /// Returns whether a frame, or the end of the file, is `place` bytes ahead.
    pub(super) fn is_frame(&mut self, place: usize) -> bool {
        self.input.fill(place + MAX_HEAD);
        let ahead = &self.input.bytes()[place..];
        let Some((_, len, start)) = head(ahead).filter(|(_, len, _)| *len <= self.max_block_len)
        else {
            return ahead.is_empty();
        };
        let end = place + start + len;
        self.input.fill(end + MARKER_LEN)
            && self.input.bytes()[end..].starts_with(&self.header.marker)
    }

    /// Skips to the next block, or to the end of the file if no marker follows.
    pub(super) fn lose(&mut self, kind: ErrorKind) -> Result<bool, ErrorKind> {
        let Some(marker) = self.input.seek_marker(&self.header.marker, KEPT) else {
            self.is_done = true;
            return Err(self.input.take_failure().map_or(kind, ErrorKind::Io));
        };
        let next = self.block_before(marker).unwrap_or(marker + MARKER_LEN);
        self.input.consume(next);
        // A marker follows, so the file does not end in this block; its length is wrong.
        Err(match kind {
            ErrorKind::UnexpectedEnd => ErrorKind::Marker,
            kind => kind,
        })
    }

    /// Returns the number of datums in these bytes of the input, if they are a block and nothing else.
    pub(super) fn datums(&mut self, place: Range<usize>) -> Option<u64> {
        if self.resolution.is_none() {
            self.resolution = Resolution::new(T::SCHEMA.json).ok();
        }
        let resolution = self.resolution.as_ref()?;
        let compressed = self.input.bytes().get(place)?;
        let budget = self.budgets.searchable(self.input.position());
        let budget = usize::try_from(budget).unwrap_or(usize::MAX);
        let limit = self.max_block_len.min(budget);
        let mut inflated = Vec::new();
        let bytes = if self.codec == Codec::Null {
            compressed
        } else {
            if let Some(len) = self.codec.ends_early(compressed, limit) {
                self.budgets.search((compressed.len() + len) as u64);
                return None;
            }
            let decompressed = self.codec.decompress(compressed, limit, &mut inflated);
            let made = match decompressed {
                Err(ErrorKind::BlockLength { .. }) if limit == budget => {
                    self.budgets.exhaust_search();
                    return None;
                }
                Err(ErrorKind::BlockLength { .. }) => limit,
                _ => inflated.len(),
            };
            self.budgets.search((compressed.len() + made) as u64);
            decompressed.ok()?;
            &inflated
        };
        let (mut at, mut count, mut spent) = (0, 0, Spent::default());
        let whole = loop {
            if at == bytes.len() {
                break true;
            }
            if (at + spent.resolved) as u64 + spent.empty > budget as u64 {
                self.budgets.exhaust_search();
                break false;
            }
            let mut cursor = Cursor::new(&bytes[at..]);
            let read = match resolution.read_counted(&mut cursor, &mut spent) {
                Ok(_) => true,
                Err(ResolveError::Datum(_)) => false,
                // A valid datum that the reader's schema cannot represent.
                Err(_) => {
                    cursor = Cursor::new(&bytes[at..]);
                    resolution.skip(&mut cursor, &mut spent).is_ok()
                }
            };
            at += cursor.position();
            if !read || cursor.position() == 0 {
                break false;
            }
            count += 1;
        };
        self.budgets.search((at + spent.resolved) as u64 + spent.empty);
        whole.then_some(count)
    }

    /// The beginning of the block whose marker is `marker` bytes ahead, unless that is the broken block.
    fn block_before(&mut self, marker: usize) -> Option<usize> {
        let skipped = self.input.position() + marker as u64 - self.block.offset;
        // How many bytes before that are still kept depends on how the file is read.
        let first = if skipped > KEPT as u64 {
            marker.saturating_sub(KEPT)
        } else {
            // The broken block with its own marker, if only its length is wrong.
            if let Some((count, _, start)) = head(&self.input.bytes()[..marker])
                && self.datums(start..marker) == Some(count)
            {
                return None;
            }
            1
        };
        // The last one that was decompressed: bytes before the first number of a block may seem to belong
        // to that number.
        let (mut looks, mut last) = (0, None);
        for place in first..marker.saturating_sub(LEAST) {
            let Some((count, len, start)) = head(&self.input.bytes()[place..marker]) else {
                continue;
            };
            let start = place + start;
            if len < LEAST || len != marker - start {
                continue;
            }
            let datums = match last {
                Some((looked, datums)) if looked == start => datums,
                _ if looks == MOST_CLOSE_LOOKS => return None,
                _ => {
                    looks += 1;
                    self.datums(start..marker)
                }
            };
            if datums == Some(count) {
                return Some(place);
            }
            last = Some((start, datums));
        }
        None
    }
}
