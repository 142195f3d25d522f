//! Numbers.

use rust_decimal::Decimal;

use super::{Reader, mismatch};
use crate::json::{Stop, number};

impl<'a> Reader<'a> {
    /// Reads a number, as the text that stands there.
    ///
    /// # Errors
    ///
    /// [`Stop::Mismatch`] at any other type, [`Stop::Syntax`] at an invalid value or a number outside the
    /// grammar of RFC 8259 §6.
    #[inline]
    pub fn number(&mut self) -> Result<&'a str, Stop> {
        match self.byte()? {
            b'-' | b'0'..=b'9' => {}
            other => return Err(mismatch(other)),
        }
        let start = self.position;
        let layout = number::scan(self.text.as_bytes(), start);
        let layout = layout.map_err(|fault| self.fault(fault))?;
        self.position = layout.end;
        Ok(&self.text[start..layout.end])
    }

    /// Reads a number and makes a value of its text. Where `parse` returns `None`, the number counts as
    /// unread.
    ///
    /// # Errors
    ///
    /// As [`number`](Self::number), and [`Stop::Mismatch`] when `parse` returns `None`.
    #[inline]
    pub fn number_as<T>(&mut self, parse: impl FnOnce(&str) -> Option<T>) -> Result<T, Stop> {
        self.peek()?;
        let start = self.position;
        let text = self.number()?;
        self.or_rewind(start, parse(text))
    }

    /// As [`number_as`](Self::number_as) with [`number::decimal`], common numbers in one pass.
    #[inline]
    pub(in crate::json) fn decimal(&mut self) -> Result<Decimal, Stop> {
        if let Some(short) = self.short()? {
            self.position += short.len;
            return Ok(number::from_parts(short.negative, short.digits.into(), short.scale));
        }
        self.number_as(number::decimal)
    }

    /// As [`number_as`](Self::number_as) with [`number::integer`], common numbers in one pass.
    #[inline]
    pub(in crate::json) fn integer(&mut self) -> Result<i64, Stop> {
        if let Some(short) = self.short()?
            && short.scale == 0
            && let Some(value) = number::signed(short.negative, short.digits)
        {
            self.position += short.len;
            return Ok(value);
        }
        self.number_as(number::integer)
    }

    /// As [`integer`](Self::integer), of a type that holds fewer.
    #[inline]
    pub(in crate::json) fn narrow<T: TryFrom<i64>>(&mut self) -> Result<T, Stop> {
        self.byte()?;
        let start = self.position;
        let value = self.integer()?;
        self.or_rewind(start, T::try_from(value).ok())
    }

    /// As [`number_as`](Self::number_as) with [`number::unsigned`], common numbers in one pass.
    #[inline]
    pub(in crate::json) fn unsigned(&mut self) -> Result<u64, Stop> {
        if let Some(short) = self.short()?
            && short.scale == 0
            && !short.negative
        {
            self.position += short.len;
            return Ok(short.digits);
        }
        self.number_as(number::unsigned)
    }

    #[inline]
    fn short(&mut self) -> Result<Option<number::Short>, Stop> {
        self.byte()?;
        Ok(number::short(&self.text.as_bytes()[self.position..]))
    }
}
