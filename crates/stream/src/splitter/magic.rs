//! Streams of other formats, recognised by their first bytes.

use crate::Reason;

/// The first bytes of a gzip member (RFC 1952 §2.3.1).
pub(crate) const GZIP: [u8; 2] = [0x1f, 0x8b];

/// The first bytes of an Avro object container file (Avro specification, “Object Container Files”).
const AVRO: [u8; 4] = *b"Obj\x01";

/// The first bytes of the stream, while they may still be those of another format.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Magic {
    bytes: [u8; 4],
    count: usize,
    closed: bool,
}

impl Magic {
    /// Takes the next bytes of the stream; returns the reason if the stream cannot be read.
    pub(super) fn feed(&mut self, bytes: &[u8]) -> Option<Reason> {
        for byte in bytes {
            if self.closed {
                return None;
            }
            self.bytes[self.count] = *byte;
            self.count += 1;
            let first = &self.bytes[..self.count];
            if first == GZIP {
                self.closed = true;
                return Some(Reason::Compressed);
            }
            if first == AVRO {
                self.closed = true;
                return Some(Reason::AvroContainer);
            }
            self.closed = !GZIP.starts_with(first) && !AVRO.starts_with(first);
        }
        None
    }

    /// Returns whether the next byte may decide.
    pub(super) const fn is_open(&self) -> bool {
        self.count > 0 && !self.closed
    }
}
