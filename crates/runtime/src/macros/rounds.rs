//! The decision to look for members in the order of the contract.

/// Rounds of comparing the next key with the names of all rows, in order.
///
/// One round reads all members of an object that is written in the order of the contract; further ones read
/// what follows an unknown member, or comes out of order. Rounds that find little would take time in
/// proportion to the square of the rows, so they come to an end.
#[derive(Debug)]
pub struct Rounds {
    rows: usize,
    /// Members that this round has read.
    read: usize,
    /// Rounds that may still find little.
    patience: u8,
}

impl Rounds {
    /// Rounds for a record of this number of rows.
    #[inline]
    #[must_use]
    pub const fn of(rows: usize) -> Self {
        Self { rows, read: usize::MAX, patience: 4 }
    }

    /// Starts another round if it is worthwhile; if not, the next key is read as it stands.
    #[inline(always)]
    pub fn another(&mut self) -> bool {
        if self.patience == 0 {
            return false;
        }
        let found_much = self.read > self.rows / 16;
        if found_much {
            self.read = 0;
        } else {
            self.read = usize::MAX;
            self.patience -= 1;
        }
        found_much
    }

    /// Counts a member.
    #[inline(always)]
    pub fn read(&mut self) {
        self.read += 1;
    }
}
