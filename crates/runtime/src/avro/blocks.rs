//! Arrays and maps: blocks of items (Avro specification, “Arrays” and “Maps”).

use super::cursor::Cursor;
use super::datum::write_long;
use super::error::{DatumError, DatumErrorKind, Segment};

impl Cursor<'_> {
    /// Reads blocks up to the empty one, calling `item` for each item.
    ///
    /// A block begins with the number of its items. Where that is negative, its absolute value counts,
    /// and the size of the block in bytes follows.
    #[doc(hidden)]
    pub fn blocks(
        &mut self,
        mut item: impl FnMut(&mut Self) -> Result<(), DatumError>,
    ) -> Result<(), DatumError> {
        let mut index = 0;
        let around = self.level();
        self.enter()?;
        let within = self.level();
        loop {
            let count = self.long()?;
            let end = if count < 0 { Some(self.block_end()?) } else { None };
            if count == 0 {
                self.back_to(around);
                return Ok(());
            }
            for _ in 0..count.unsigned_abs() {
                let before = self.position();
                item(self).map_err(|error| error.within(Segment::Index(index)))?;
                self.back_to(within);
                if self.position() == before {
                    self.count_empty_item()?;
                }
                index += 1;
            }
            if end.is_some_and(|end| end != self.position()) {
                return Err(self.error(DatumErrorKind::BlockSize));
            }
        }
    }

    /// Reads the size of a block; returns the position of its end.
    fn block_end(&mut self) -> Result<usize, DatumError> {
        let before = self.remaining();
        let size = self.long()?;
        if size < 0 {
            return Err(self.error_at(before, DatumErrorKind::NegativeLength));
        }
        match usize::try_from(size) {
            Ok(size) if size <= self.remaining().len() => Ok(self.position() + size),
            _ => Err(self.error_at(before, DatumErrorKind::UnexpectedEnd)),
        }
    }
}

/// Appends all items in one block, without its size, as most writers do.
pub(super) fn write<I>(items: I, mut item: impl FnMut(I::Item, &mut Vec<u8>), out: &mut Vec<u8>)
where
    I: ExactSizeIterator,
{
    if items.len() > 0 {
        write_long(items.len() as i64, out);
        items.for_each(|one| item(one, out));
    }
    out.push(0);
}
