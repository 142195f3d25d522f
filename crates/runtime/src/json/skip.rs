//! Reading a value of any type without recursion: only its grammar and the uniqueness of keys matter.

use std::borrow::Cow;
use std::collections::HashSet;
use std::ops::Range;

use super::json_type::JsonType;
use super::reader::Reader;
use super::stop::{Stop, Syntax};
use super::string;

/// Up to this many keys are compared one by one; past it they are hashed.
const FEW: usize = 16;

/// An array or object whose end is yet to come.
enum Open<'a> {
    Array { first: bool },
    Object { first: bool, keys: Keys<'a> },
}

/// The keys of one open object.
enum Keys<'a> {
    /// They are at the end of the shared list, from this index on.
    Few(usize),
    Many(HashSet<Cow<'a, str>>),
}

impl<'a> Reader<'a> {
    /// Reads a value of any type: its text as it stands.
    ///
    /// The whole of it is checked: grammar, depth, and that no object repeats a key (keys are compared
    /// with their escapes decoded). Takes time in proportion to the text.
    ///
    /// # Errors
    ///
    /// [`Stop::Syntax`], [`Stop::Depth`], [`Stop::Duplicate`].
    #[inline]
    pub fn skip(&mut self) -> Result<&'a str, Stop> {
        self.byte()?;
        let start = self.position;
        value::<false>(self, |_| {})?;
        Ok(&self.text[start..self.position])
    }

    /// Skips a value by its brackets or quotes alone, without checking what is inside.
    #[doc(hidden)]
    pub fn skip_unchecked(&mut self) -> Result<(), Stop> {
        match self.peek()? {
            JsonType::Object | JsonType::Array => {
                let end = balanced(self.text, self.position);
                self.position = end.ok_or(Stop::Syntax(Syntax::UnexpectedEnd))?;
                Ok(())
            }
            JsonType::String => self.skip_string(),
            _ => self.skip().map(drop),
        }
    }
}

/// Reads a value. If `HEARD`, `gap` hears of the white space between its tokens, in order.
pub(super) fn value<const HEARD: bool>(
    reader: &mut Reader<'_>,
    mut gap: impl FnMut(Range<usize>),
) -> Result<(), Stop> {
    reader.peek()?;
    // Whatever is before this, `gap` has heard of.
    let mut heard = reader.position();
    let mut open = Vec::new();
    // Keys of all open objects with few keys; one list, so that nested objects cost no allocation each.
    let mut names = Vec::new();
    loop {
        let kind = reader.peek()?;
        if HEARD && heard < reader.position() {
            gap(heard..reader.position());
        }
        match kind {
            JsonType::Null => reader.null()?,
            JsonType::Boolean => drop(reader.boolean()?),
            JsonType::Number => drop(reader.number()?),
            JsonType::String => reader.skip_string()?,
            JsonType::Array => {
                reader.begin_array()?;
                open.push(Open::Array { first: true });
            }
            JsonType::Object => {
                reader.begin_object()?;
                open.push(Open::Object { first: true, keys: Keys::Few(names.len()) });
            }
        }
        // On to the next value: after all closing brackets.
        loop {
            let behind = reader.position();
            let more = match open.last_mut() {
                None => return Ok(()),
                Some(Open::Array { first }) => reader.next_item(first)?,
                Some(Open::Object { first, keys }) => match reader.next_key(first)? {
                    Some(key) => {
                        keys.insert(key, &mut names)?;
                        true
                    }
                    None => {
                        if let Keys::Few(start) = keys {
                            names.truncate(*start);
                        }
                        false
                    }
                },
            };
            heard = reader.position();
            if HEARD {
                gaps(reader.text(), behind..heard, &mut gap);
            }
            if more {
                break;
            }
            open.pop();
        }
    }
}

/// The white space in a piece of legal text that holds no string but perhaps one key.
fn gaps(text: &str, piece: Range<usize>, gap: &mut impl FnMut(Range<usize>)) {
    let bytes = &text.as_bytes()[..piece.end];
    let mut at = piece.start;
    while let Some(byte) = bytes.get(at) {
        match byte {
            // On to the quote at the end of the key, as seen from the end of the piece.
            b'"' => at += bytes[at..].iter().rposition(|byte| *byte == b'"').unwrap_or(0) + 1,
            b' ' | b'\n' | b'\r' | b'\t' => {
                let is_space = |byte: &&u8| matches!(byte, b' ' | b'\n' | b'\r' | b'\t');
                let end = at + bytes[at..].iter().take_while(is_space).count();
                gap(at..end);
                at = end;
            }
            _ => at += 1,
        }
    }
}

/// The end of the array or object that begins at `start`, found by its brackets alone: where the text
/// is legal, it is where [`value`] ends.
pub(super) fn balanced(text: &str, start: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let (mut at, mut open) = (start, 0_usize);
    while let Some(byte) = bytes.get(at) {
        at += 1;
        match byte {
            b'"' => at = string::skip(bytes, at).ok()?,
            b'{' | b'[' => open += 1,
            b'}' | b']' => {
                open = open.checked_sub(1)?;
                if open == 0 {
                    return Some(at);
                }
            }
            _ => {}
        }
    }
    None
}

/// The end of the string whose first byte after the quote is at `start`.
pub(crate) fn skip_quoted(text: &str, start: usize) -> Option<usize> {
    string::skip(text.as_bytes(), start).ok()
}

impl<'a> Keys<'a> {
    fn insert(&mut self, key: Cow<'a, str>, names: &mut Vec<Cow<'a, str>>) -> Result<(), Stop> {
        match self {
            Self::Few(start) => {
                // Objects inside of this one are closed, so the rest of the list is its own.
                let own = &names[*start..];
                if own.contains(&key) {
                    return Err(Stop::Duplicate);
                }
                if own.len() < FEW {
                    // At once, as growing step by step cost 5 % of decoding a sample.
                    if names.capacity() == 0 {
                        names.reserve(FEW);
                    }
                    names.push(key);
                } else {
                    let mut many: HashSet<_> = names.drain(*start..).collect();
                    many.insert(key);
                    *self = Self::Many(many);
                }
                Ok(())
            }
            Self::Many(many) => {
                if many.insert(key) {
                    Ok(())
                } else {
                    Err(Stop::Duplicate)
                }
            }
        }
    }
}
