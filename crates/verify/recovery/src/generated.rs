//! A recovery file that is not written anywhere.

use crate::{Counts, Parts};
use std::io::{self, Read};

/// The recovery file of a seed, generated while it is read.
#[derive(Debug)]
pub struct Generated {
    parts: Parts,
    counts: Counts,
    part: Vec<u8>,
    read: usize,
}

impl Generated {
    /// The file with `count` parts.
    #[must_use]
    pub fn new(seed: u64, count: u64) -> Self {
        let parts = Parts::new(seed, count);
        Self { parts, counts: Counts::default(), part: Vec::new(), read: 0 }
    }

    /// Returns the counts of the parts read so far.
    #[must_use]
    pub const fn counts(&self) -> &Counts {
        &self.counts
    }
}

impl Read for Generated {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut filled = 0;
        while filled < buffer.len() {
            if self.read == self.part.len() {
                let Some(part) = self.parts.next() else { break };
                self.counts.add(&part);
                (self.part, self.read) = (part.bytes, 0);
            }
            let rest = &self.part[self.read..];
            let len = rest.len().min(buffer.len() - filled);
            buffer[filled..filled + len].copy_from_slice(&rest[..len]);
            self.read += len;
            filled += len;
        }
        Ok(filled)
    }
}
