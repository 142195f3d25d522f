//! Reading a value of any type without recursion: only its grammar and the uniqueness of keys matter.

use std::borrow::Cow;
use std::ops::Range;

use indexmap::IndexSet;

use super::json_type::JsonType;
use super::reader::Reader;
use super::stop::{Stop, Syntax};
use super::string;

/// Up to this number of keys are compared one by one; past it they are hashed.
const FEW: usize = 16;

/// An array or object whose end is yet to come.
struct Open<'a> {
    first: bool,
    /// The keys of an object.
    keys: Option<Keys<'a>>,
}

/// The keys of one open object.
enum Keys<'a> {
    /// They are at the end of the shared list, from this index on.
    Few(usize),
    /// Boxed, as it is rare. It keeps the hashes, so that it grows without a look at the text.
    Many(Box<IndexSet<Cow<'a, str>>>),
}

/// The keys of all open objects that have few; those of the innermost are last.
struct Names<'a> {
    /// The first ones, as long as none has escapes: most values need no other list.
    plain: [&'a str; FEW],
    count: usize,
    others: Vec<Cow<'a, str>>,
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
        value(self, |_| {})?;
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

/// Reads a value. `gap` is called with the white space between its tokens, in order.
pub(super) fn value(
    reader: &mut Reader<'_>,
    mut gap: impl FnMut(Range<usize>),
) -> Result<(), Stop> {
    if reader.peek()?.is_scalar() {
        return scalar(reader);
    }
    let (mut around, mut open) = (Vec::new(), None::<Open<'_>>);
    let mut names = Names { plain: [""; FEW], count: 0, others: Vec::new() };
    loop {
        byte(reader, &mut gap)?;
        let keys = match reader.peek()? {
            JsonType::Array => {
                reader.begin_array()?;
                Some(None)
            }
            JsonType::Object => {
                reader.begin_object()?;
                Some(Some(Keys::Few(names.len())))
            }
            _ => {
                scalar(reader)?;
                None
            }
        };
        if let Some(keys) = keys
            && let Some(outer) = open.replace(Open { first: true, keys })
        {
            around.push(outer);
        }
        // On to the next value: after all closing brackets.
        loop {
            let Some(inner) = &mut open else { return Ok(()) };
            if inner.next(reader, &mut names, &mut gap)? {
                break;
            }
            open = around.pop();
        }
    }
}

fn scalar(reader: &mut Reader<'_>) -> Result<(), Stop> {
    match reader.peek()? {
        JsonType::Null => reader.null(),
        JsonType::Boolean => reader.boolean().map(drop),
        JsonType::Number => reader.number().map(drop),
        _ => reader.skip_string(),
    }
}

/// The next byte after white space, of which `gap` hears.
#[inline(always)]
fn byte(reader: &mut Reader<'_>, gap: &mut impl FnMut(Range<usize>)) -> Result<u8, Stop> {
    let before = reader.position;
    let byte = reader.byte()?;
    if before < reader.position {
        gap(before..reader.position);
    }
    Ok(byte)
}

impl<'a> Open<'a> {
    /// Goes to the next value inside; `false` when there is none, and the closing bracket is read.
    #[inline]
    fn next(
        &mut self,
        reader: &mut Reader<'a>,
        names: &mut Names<'a>,
        gap: &mut impl FnMut(Range<usize>),
    ) -> Result<bool, Stop> {
        let end = if self.keys.is_some() { b'}' } else { b']' };
        let first = std::mem::replace(&mut self.first, false);
        match byte(reader, gap)? {
            found if found == end => {
                reader.close();
                if let Some(Keys::Few(start)) = self.keys {
                    names.truncate(start);
                }
                return Ok(false);
            }
            b',' if !first => reader.position += 1,
            _ if first => {}
            _ => return Err(Syntax::UnexpectedCharacter.into()),
        }
        if let Some(keys) = &mut self.keys {
            expect(b'"', reader, gap)?;
            let key = reader.quoted()?;
            expect(b':', reader, gap)?;
            reader.position += 1;
            keys.insert(key, names)?;
        }
        Ok(true)
    }
}

#[inline(always)]
fn expect(
    expected: u8,
    reader: &mut Reader<'_>,
    gap: &mut impl FnMut(Range<usize>),
) -> Result<(), Stop> {
    if byte(reader, gap)? == expected { Ok(()) } else { Err(Syntax::UnexpectedCharacter.into()) }
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

/// Where the arrays and objects begin that are open at an offset, from outside to inside; the text is legal up
/// to there.
pub(crate) fn open_at(text: &str, end: usize) -> Vec<usize> {
    let bytes = text.as_bytes().get(..end).unwrap_or_default();
    let (mut at, mut open) = (0, Vec::new());
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'{' | b'[' => open.push(at),
            b'}' | b']' => drop(open.pop()),
            _ => {}
        }
        at = match byte {
            b'"' => string::skip(bytes, at + 1).unwrap_or(bytes.len()),
            _ => at + 1,
        };
    }
    open
}

impl<'a> Keys<'a> {
    #[inline]
    fn insert(&mut self, key: Cow<'a, str>, names: &mut Names<'a>) -> Result<(), Stop> {
        match self {
            // Objects inside of this one are closed, so the rest of the list is its own.
            Self::Few(start) => {
                if names.from(*start).any(|known| known == key) {
                    return Err(Stop::Duplicate);
                }
                if names.len() - *start < FEW {
                    names.push(key);
                } else {
                    let mut many = IndexSet::with_capacity(3 * FEW);
                    names.move_to(&mut many, *start);
                    many.insert(key);
                    *self = Self::Many(Box::new(many));
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

impl<'a> Names<'a> {
    fn len(&self) -> usize {
        self.count + self.others.len()
    }

    fn from(&self, start: usize) -> impl Iterator<Item = &str> {
        let plain = self.plain[..self.count].iter().skip(start).copied();
        plain.chain(self.others.iter().skip(start.saturating_sub(self.count)).map(|name| &**name))
    }

    fn push(&mut self, key: Cow<'a, str>) {
        match key {
            Cow::Borrowed(key) if self.others.is_empty() && self.count < FEW => {
                self.plain[self.count] = key;
                self.count += 1;
            }
            key => self.others.push(key),
        }
    }

    fn move_to(&mut self, many: &mut IndexSet<Cow<'a, str>>, start: usize) {
        many.extend(self.plain[..self.count].iter().skip(start).copied().map(Cow::Borrowed));
        many.extend(self.others.drain(start.saturating_sub(self.count)..));
        self.truncate(start);
    }

    fn truncate(&mut self, length: usize) {
        self.others.truncate(length.saturating_sub(self.count));
        self.count = self.count.min(length);
    }
}
