//! Values that are kept as text, without the white space between their tokens.

use std::ops::Range;

use super::{Reader, Stop, skip};

/// As many gaps as most indented objects have.
const COMMON: usize = 32;

/// Reads any value: its text without the white space between its tokens.
pub(super) fn compact(reader: &mut Reader<'_>) -> Result<Box<str>, Stop> {
    if reader.peek()?.is_scalar() {
        return reader.skip().map(Box::from);
    }
    let mut pieces = Pieces {
        text: reader.text(),
        kept: reader.position(),
        gaps: [const { 0..0 }; COMMON],
        count: 0,
        out: String::new(),
    };
    skip::value(reader, |gap| pieces.part(gap))?;
    Ok(pieces.join(reader.position()))
}

/// The parts of a text that is being read.
struct Pieces<'a> {
    text: &'a str,
    /// Offset up to which the text is in `out`, or is a gap.
    kept: usize,
    /// The gaps after it, put aside so that a common value needs one allocation of its exact size.
    gaps: [Range<usize>; COMMON],
    count: usize,
    out: String,
}

impl Pieces<'_> {
    fn part(&mut self, gap: Range<usize>) {
        if self.count == COMMON {
            self.push_parts();
        }
        self.gaps[self.count] = gap;
        self.count += 1;
    }

    fn push_parts(&mut self) {
        for gap in &self.gaps[..self.count] {
            self.out.push_str(&self.text[self.kept..gap.start]);
            self.kept = gap.end;
        }
        self.count = 0;
    }

    fn join(mut self, end: usize) -> Box<str> {
        let left_out: usize = self.gaps[..self.count].iter().map(Range::len).sum();
        self.out.reserve_exact(end - self.kept - left_out);
        self.push_parts();
        self.out.push_str(&self.text[self.kept..end]);
        self.out.into()
    }
}
