//! The steps of reading an object that generated code takes one by one.

use std::borrow::Cow;

use super::Reader;
use crate::json::{Stop, Syntax};

impl<'a> Reader<'a> {
    /// Reads the `{` of an object and goes to the quote of its first key; `false` when there is none, and
    /// the `}` is read.
    #[doc(hidden)]
    #[inline]
    pub fn first_member(&mut self) -> Result<bool, Stop> {
        self.begin_object()?;
        match self.byte()? {
            b'"' => Ok(true),
            b'}' => {
                self.close();
                Ok(false)
            }
            _ => Err(Syntax::UnexpectedCharacter.into()),
        }
    }

    /// Goes from the end of a value to the quote of the next key; `false` when there is none, and the `}` is
    /// read.
    #[doc(hidden)]
    #[inline(always)]
    pub fn next_member(&mut self) -> Result<bool, Stop> {
        match self.byte()? {
            b',' => {
                self.position += 1;
                self.expect(b'"')?;
                Ok(true)
            }
            b'}' => {
                self.close();
                Ok(false)
            }
            _ => Err(Syntax::UnexpectedCharacter.into()),
        }
    }

    /// Reads the key whose quote is the next byte, and its colon.
    #[doc(hidden)]
    #[inline]
    pub fn key(&mut self) -> Result<Cow<'a, str>, Stop> {
        let key = self.quoted()?;
        self.colon()?;
        Ok(key)
    }

    #[inline]
    pub(in crate::json) fn colon(&mut self) -> Result<(), Stop> {
        self.expect(b':')?;
        self.position += 1;
        // Most writers that indent put one blank after it.
        let blank = self.text.as_bytes().get(self.position) == Some(&b' ');
        self.position += usize::from(blank);
        Ok(())
    }
}
