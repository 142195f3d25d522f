//! Limits of the cost of one file, whatever its blocks claim.

use std::fmt;

/// A limit of the work for one file. When it is exhausted, the reader reports
/// [`ErrorKind::Budget`](super::ErrorKind::Budget) and ends.
///
/// [`max_block_len`](super::ReaderBuilder::max_block_len) and the depth limit bound one block and one datum; these
/// bound their sum, so that a small file cannot occupy a thread for long.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Budget {
    /// Bytes made of those of the file, by decompression and by resolution of schemas
    /// ([`max_inflated_len`](super::ReaderBuilder::max_inflated_len)).
    InflatedBytes,
    /// Values that take no bytes, beyond one for each byte of the blocks
    /// ([`max_empty_values`](super::ReaderBuilder::max_empty_values)).
    EmptyValues,
    /// Bytes read once more to find the block after a broken one, beyond one for each byte of the file
    /// ([`max_search_len`](super::ReaderBuilder::max_search_len)).
    SearchedBytes,
}

impl Budget {
    /// The setting that raises it.
    #[must_use]
    pub const fn setting(self) -> &'static str {
        match self {
            Self::InflatedBytes => "max_inflated_len",
            Self::EmptyValues => "max_empty_values",
            Self::SearchedBytes => "max_search_len",
        }
    }
}

impl fmt::Display for Budget {
    /// `decompressed or resolved bytes`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::InflatedBytes => "decompressed or resolved bytes",
            Self::EmptyValues => "values without bytes",
            Self::SearchedBytes => "bytes searched for blocks",
        })
    }
}

/// The settings.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limits {
    pub(super) inflated: u64,
    pub(super) empty: u64,
    pub(super) searched: u64,
}

/// The part of the limits that was used.
#[derive(Debug, Clone, Copy)]
pub(super) struct Budgets {
    limits: Limits,
    inflated: u64,
    empty: u64,
    /// Bytes that allow for one value without bytes each.
    bytes: u64,
    searched: u64,
}

impl Budgets {
    pub(super) const fn new(limits: Limits) -> Self {
        Self { limits, inflated: 0, empty: 0, bytes: 0, searched: 0 }
    }

    /// Number of bytes that may still be made.
    pub(super) const fn inflatable(&self) -> u64 {
        self.limits.inflated.saturating_sub(self.inflated)
    }

    pub(super) fn inflate(&mut self, bytes: usize) {
        self.inflated = self.inflated.saturating_add(bytes as u64);
    }

    /// Counts a datum of `bytes` bytes that holds `empty` values without bytes.
    pub(super) fn read(&mut self, bytes: usize, empty: u64) {
        self.bytes = self.bytes.saturating_add(bytes as u64);
        self.empty = self.empty.saturating_add(empty);
    }

    /// Number of bytes that may still be searched; `position` is that in the file.
    pub(super) const fn searchable(&self, position: u64) -> u64 {
        self.limits.searched.saturating_add(position).saturating_sub(self.searched)
    }

    pub(super) fn search(&mut self, bytes: u64) {
        self.searched = self.searched.saturating_add(bytes);
    }

    /// Notes that a search was given up: the bytes of the file that follow do not make up for it.
    pub(super) const fn exhaust_search(&mut self) {
        self.searched = u64::MAX;
    }

    /// The budget that is used up at a position in the file, and its limit.
    pub(super) fn exhausted(&self, position: u64) -> Option<(Budget, u64)> {
        let Limits { inflated, empty, searched } = self.limits;
        if self.inflated > inflated {
            Some((Budget::InflatedBytes, inflated))
        } else if self.empty > empty.saturating_add(self.bytes) {
            Some((Budget::EmptyValues, empty))
        } else if self.searched == u64::MAX || self.searched > searched.saturating_add(position) {
            Some((Budget::SearchedBytes, searched))
        } else {
            None
        }
    }
}
