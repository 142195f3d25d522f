//! The bytes of a file between the underlying reader and the frames.

use super::MARKER_LEN;
use std::io::{self, ErrorKind, Read};

/// Number of bytes requested at once.
const CHUNK: usize = 64 << 10;

/// A window of the file. It grows with what is read, never with what a length claims.
#[derive(Debug)]
pub(super) struct Input<R> {
    inner: R,
    window: Vec<u8>,
    /// Number of consumed bytes of the window.
    consumed: usize,
    /// Where the window begins in the file.
    offset: u64,
    is_at_end: bool,
    /// Error of the underlying reader, reported once everything before it has been.
    failure: Option<io::Error>,
}

impl<R: Read> Input<R> {
    pub(super) fn new(inner: R) -> Self {
        Self { inner, window: Vec::new(), consumed: 0, offset: 0, is_at_end: false, failure: None }
    }

    pub(super) fn into_inner(self) -> R {
        self.inner
    }

    /// Where the bytes that were not consumed begin in the file.
    pub(super) fn position(&self) -> u64 {
        self.offset + self.consumed as u64
    }

    /// The bytes that were read and not consumed.
    pub(super) fn bytes(&self) -> &[u8] {
        &self.window[self.consumed..]
    }

    /// Reads until `len` bytes are available or the file ends. Returns whether they are available.
    pub(super) fn fill(&mut self, len: usize) -> bool {
        while self.bytes().len() < len && self.more(len) {}
        self.bytes().len() >= len
    }

    /// The error of the underlying reader, if that is why no more bytes come.
    pub(super) fn take_failure(&mut self) -> Option<io::Error> {
        self.failure.take()
    }

    /// Reads some of `len` bytes; returns whether there were any.
    fn more(&mut self, len: usize) -> bool {
        if self.is_at_end {
            return false;
        }
        // Not earlier: moving the rest must not cost more than reading it did.
        if self.consumed > self.window.len() / 2 {
            self.window.drain(..self.consumed);
            self.offset += self.consumed as u64;
            self.consumed = 0;
        }
        let missing = len.saturating_sub(self.bytes().len());
        // At most doubles the window, so that memory follows the bytes read, not the length claimed.
        let chunk = missing.min(self.window.len()).max(CHUNK);
        let before = self.window.len();
        self.window.resize(before + chunk, 0);
        let read = loop {
            match self.inner.read(&mut self.window[before..]) {
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => {
                    self.failure = Some(error);
                    break 0;
                }
                Ok(read) => break read,
            }
        };
        self.window.truncate(before + read);
        self.is_at_end = read == 0;
        read > 0
    }

    pub(super) fn consume(&mut self, len: usize) {
        self.consumed = (self.consumed + len).min(self.window.len());
    }

    /// Returns the distance to the next marker in bytes, in constant memory: of the bytes before it, all but
    /// the last `keep` bytes may be consumed.
    pub(super) fn seek_marker(&mut self, marker: &[u8; MARKER_LEN], keep: usize) -> Option<usize> {
        let mut searched = 0;
        loop {
            if let Some(place) = find(&self.bytes()[searched..], marker) {
                return Some(searched + place);
            }
            // The last bytes may be the beginning of the marker.
            searched = self.bytes().len().saturating_sub(MARKER_LEN - 1);
            let surplus = searched.saturating_sub(keep);
            self.consume(surplus);
            searched -= surplus;
            if !self.more(0) {
                return None;
            }
        }
    }
}

fn find(bytes: &[u8], marker: &[u8; MARKER_LEN]) -> Option<usize> {
    let last = bytes.len().checked_sub(MARKER_LEN)?;
    let mut from = 0;
    while from <= last {
        from += bytes[from..=last].iter().position(|byte| *byte == marker[0])?;
        if bytes[from..].starts_with(marker) {
            return Some(from);
        }
        from += 1;
    }
    None
}
