//! The bytes of a file between the underlying reader and the frames.

use super::MARKER_LEN;
use std::io::{self, ErrorKind, Read};

/// Number of bytes requested at once.
const CHUNK: usize = 64 << 10;

/// A window beyond this, needed for one large block, is given back.
const MUCH: usize = 1 << 20;

/// A window of the file. It grows with what is read, never with what a length claims.
#[derive(Debug)]
pub(super) struct Input<R> {
    inner: R,
    /// Its bytes after `filled` are of no meaning: they are zeroed once and not for each read.
    window: Vec<u8>,
    /// Number of bytes of the window that were read.
    filled: usize,
    /// Number of consumed bytes of the window.
    consumed: usize,
    /// Where the window begins in the file.
    offset: u64,
    is_at_end: bool,
    /// Error of the underlying reader, reported once everything before it has been.
    failure: Option<io::Error>,
    /// Number of bytes zeroed, moved or searched.
    #[cfg(test)]
    touched: usize,
}

impl<R: Read> Input<R> {
    pub(super) fn new(inner: R) -> Self {
        Self {
            inner,
            window: Vec::new(),
            filled: 0,
            consumed: 0,
            offset: 0,
            is_at_end: false,
            failure: None,
            #[cfg(test)]
            touched: 0,
        }
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
        &self.window[self.consumed..self.filled]
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
        if self.consumed > self.filled / 2 {
            self.window.copy_within(self.consumed..self.filled, 0);
            self.filled -= self.consumed;
            self.offset += self.consumed as u64;
            self.consumed = 0;
            self.touch(self.filled);
            if self.window.len() > MUCH && self.filled.max(len) < MUCH / 2 {
                self.window.truncate(MUCH / 2);
                self.window.shrink_to_fit();
            }
        }
        let missing = len.saturating_sub(self.bytes().len());
        // At most doubles the window, so that memory follows the bytes read, not the length claimed.
        let chunk = missing.min(self.filled).max(CHUNK);
        let end = self.filled + chunk;
        if end > self.window.len() {
            self.touch(end - self.window.len());
            self.window.resize(end, 0);
        }
        let read = loop {
            match self.inner.read(&mut self.window[self.filled..end]) {
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => {
                    self.failure = Some(error);
                    break 0;
                }
                Ok(read) => break read.min(chunk),
            }
        };
        self.filled += read;
        self.is_at_end = read == 0;
        read > 0
    }

    /// Counts work, for tests.
    fn touch(&mut self, bytes: usize) {
        #[cfg(test)]
        {
            self.touched += bytes;
        }
        #[cfg(not(test))]
        let _ = (self, bytes);
    }

    pub(super) fn consume(&mut self, len: usize) {
        self.consumed = (self.consumed + len).min(self.filled);
    }

    /// Returns the distance to the next marker in bytes, in constant memory: of the bytes before it, all but
    /// the last `keep` bytes may be consumed.
    pub(super) fn seek_marker(&mut self, marker: &[u8; MARKER_LEN], keep: usize) -> Option<usize> {
        let mut searched = 0;
        loop {
            self.touch(self.bytes().len() - searched);
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads at most this number of bytes at once.
    struct Pieces<'b>(&'b [u8], usize);

    impl Read for Pieces<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let len = self.1.min(buffer.len());
            (&self.0[..len.min(self.0.len())])
                .read(buffer)
                .inspect(|read| self.0 = &self.0[*read..])
        }
    }

    #[test]
    fn filling_is_linear_for_every_piece_size() {
        for len in [1 << 16, 1 << 18, 1 << 20] {
            let bytes = vec![7; len];
            for piece in [1, 2, 7, 1460, 4096, 1 << 16, usize::MAX] {
                let mut input = Input::new(Pieces(&bytes, piece));
                assert!(input.fill(len) && input.bytes() == bytes);
                assert!(input.touched <= 2 * len + 2 * CHUNK, "{piece}: {}", input.touched);
            }
        }
    }

    #[test]
    fn searching_is_linear_for_every_piece_size() {
        let marker = *b"sync marker 0001";
        let mut bytes = vec![b's'; 1 << 18];
        bytes.extend(marker);
        for piece in [1, 15, 1460, usize::MAX] {
            let mut input = Input::new(Pieces(&bytes, piece));
            let place = input.seek_marker(&marker, 100).expect("a marker");
            assert!(input.bytes()[place..].starts_with(&marker));
            // Each read looks once more at what may be the beginning of a marker.
            let reads = bytes.len() / piece.min(bytes.len());
            assert!(
                input.touched <= 4 * bytes.len() + 16 * reads + 4 * CHUNK,
                "{piece}: {}",
                input.touched
            );
        }
    }
}
