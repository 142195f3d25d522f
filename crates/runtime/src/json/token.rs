//! Keys and strings that the contract predicts: their bytes are compared before anything is read.

use super::{Reader, Stop};

/// A string as it stands in JSON text, with its quotes, in the spelling that writers use.
#[derive(Debug, Clone, Copy)]
pub struct Token {
    text: &'static str,
    /// The first bytes of the text, and the bits that they take.
    head: u64,
    mask: u64,
}

/// The next bytes of a text; none of them is zero before its end.
#[derive(Debug, Clone, Copy)]
pub struct Head(u64);

const HEAD: usize = size_of::<u64>();

impl Token {
    /// Prepares a comparison, at compile time.
    #[must_use]
    pub const fn new(text: &'static str) -> Self {
        let bytes = text.as_bytes();
        let (mut head, mut mask, mut at) = (0, 0, 0);
        while at < bytes.len() && at < HEAD {
            head |= (bytes[at] as u64) << (8 * at);
            mask |= 0xff << (8 * at);
            at += 1;
        }
        Self { text, head, mask }
    }
}

impl Reader<'_> {
    /// The next bytes, to be compared with many tokens.
    #[doc(hidden)]
    #[inline(always)]
    pub fn head(&self) -> Head {
        let rest = self.text.as_bytes().get(self.position..).unwrap_or_default();
        match rest.first_chunk() {
            Some(bytes) => Head(u64::from_le_bytes(*bytes)),
            None => Head(rest.iter().rev().fold(0, |head, byte| head << 8 | u64::from(*byte))),
        }
    }

    /// Steps over `token` if it comes next, as `head` does.
    #[doc(hidden)]
    #[inline(always)]
    pub fn skip_if(&mut self, token: Token, head: Head) -> bool {
        if head.0 & token.mask != token.head {
            return false;
        }
        let end = self.position + token.text.len();
        if let Some(tail) = token.text.as_bytes().get(HEAD..)
            && self.text.as_bytes().get(self.position + HEAD..end) != Some(tail)
        {
            return false;
        }
        self.position = end;
        true
    }

    /// Reads the key `token` and its colon if it comes next, as `head` does.
    #[doc(hidden)]
    #[inline(always)]
    pub fn key_is(&mut self, token: Token, head: Head) -> Result<bool, Stop> {
        let is_next = self.skip_if(token, head);
        if is_next {
            self.colon()?;
        }
        Ok(is_next)
    }
}
