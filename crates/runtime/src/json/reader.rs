//! The pull parser: one pass over text, nothing kept but the position.

use std::borrow::Cow;

use super::json_type::JsonType;
use super::stop::{Fault, Stop, Syntax};
use super::string;

/// A pull parser of JSON text (RFC 8259).
///
/// Every method skips white space, then reads one thing. Asked for another type than the one that is
/// there, it returns [`Stop::Mismatch`] and stays at the first byte of the value, so that the caller
/// can [`skip`](Self::skip) it. After any other error [`position`](Self::position) is where the problem
/// is, and the rest of the text has no meaning.
///
/// A clone is a bookmark: it costs as much as copying a few words.
///
/// ```
/// use migration_events::json::{JsonType, Reader};
///
/// let mut reader = Reader::new(r#"{"id": 7, "tags": ["a", "b"]}"#);
/// reader.begin_object()?;
/// let mut first = true;
/// while let Some(key) = reader.next_key(&mut first)? {
///     match &*key {
///         "id" => assert_eq!(reader.number()?, "7"),
///         _ => assert_eq!(reader.skip()?, r#"["a", "b"]"#),
///     }
/// }
/// reader.end()?;
/// # Ok::<(), migration_events::json::Stop>(())
/// ```
#[derive(Clone)]
pub struct Reader<'a> {
    pub(super) text: &'a str,
    pub(super) position: usize,
    /// The number of containers that may still be opened.
    depth: usize,
}

impl<'a> Reader<'a> {
    /// The depth limit of [`Reader::new`]: opening the 128th array or object inside of each other is
    /// [`Stop::Depth`], as in `serde_json`, so that what one of both reads the other reads too.
    pub const DEFAULT_DEPTH: usize = 127;

    /// Reads `text` from its first byte.
    #[inline]
    #[must_use]
    pub const fn new(text: &'a str) -> Self {
        Self::with_depth(text, Self::DEFAULT_DEPTH)
    }

    /// Reads `text`, in which `depth` arrays and objects may be inside of each other; opening one more is
    /// [`Stop::Depth`]. The reader itself needs no stack; a caller that recurses does.
    #[inline]
    #[must_use]
    pub const fn with_depth(text: &'a str, depth: usize) -> Self {
        Self { text, position: 0, depth }
    }

    /// Offset of the next unread byte; after an error, of the problem.
    ///
    /// The problem of [`Stop::Depth`] is the bracket too many; of [`Stop::Duplicate`], what follows the
    /// repeated key and its colon.
    #[inline]
    #[must_use]
    pub const fn position(&self) -> usize {
        self.position
    }

    /// The type of the next value, by its first byte; reads no more than white space.
    ///
    /// # Errors
    ///
    /// [`Stop::Syntax`] when no value begins here.
    #[inline]
    pub fn peek(&mut self) -> Result<JsonType, Stop> {
        let byte = self.byte()?;
        JsonType::of(byte).ok_or(Stop::Syntax(Syntax::UnexpectedCharacter))
    }

    /// Reads `null`.
    ///
    /// # Errors
    ///
    /// [`Stop::Mismatch`] at any other type, [`Stop::Syntax`] at an invalid value.
    #[inline]
    pub fn null(&mut self) -> Result<(), Stop> {
        match self.byte()? {
            b'n' => self.literal("null"),
            other => Err(mismatch(other)),
        }
    }

    /// Reads `true` or `false`.
    ///
    /// # Errors
    ///
    /// [`Stop::Mismatch`] at any other type, [`Stop::Syntax`] at an invalid value.
    #[inline]
    pub fn boolean(&mut self) -> Result<bool, Stop> {
        match self.byte()? {
            b't' => self.literal("true").map(|()| true),
            b'f' => self.literal("false").map(|()| false),
            other => Err(mismatch(other)),
        }
    }

    /// Reads a string; borrows from the text when nothing in it is escaped.
    ///
    /// # Errors
    ///
    /// [`Stop::Mismatch`] at any other type, [`Stop::Syntax`] at an invalid value or string.
    #[inline]
    pub fn string(&mut self) -> Result<Cow<'a, str>, Stop> {
        match self.byte()? {
            b'"' => self.quoted(),
            other => Err(mismatch(other)),
        }
    }

    /// Reads a string and makes a value of it. Where `parse` returns `None`, the string counts as unread.
    ///
    /// # Errors
    ///
    /// As [`string`](Self::string), and [`Stop::Mismatch`] when `parse` returns `None`.
    ///
    /// ```
    /// use migration_events::json::{Reader, Stop};
    ///
    /// let mut reader = Reader::new(r#" "ten""#);
    /// assert_eq!(reader.string_as(|text| text.parse::<u8>().ok()), Err(Stop::Mismatch));
    /// assert_eq!(reader.position(), 1);
    /// ```
    #[inline]
    pub fn string_as<T>(&mut self, parse: impl FnOnce(&str) -> Option<T>) -> Result<T, Stop> {
        self.peek()?;
        let start = self.position;
        let text = self.string()?;
        self.or_rewind(start, parse(&text))
    }

    /// Reads the `{` of an object.
    ///
    /// # Errors
    ///
    /// [`Stop::Mismatch`] at any other type, [`Stop::Syntax`] at an invalid value, [`Stop::Depth`].
    #[inline]
    pub fn begin_object(&mut self) -> Result<(), Stop> {
        match self.byte()? {
            b'{' => self.open(),
            other => Err(mismatch(other)),
        }
    }

    /// Reads the next key of an object and its colon, or the `}`; that is `None`.
    ///
    /// `first` is `true` before the first call, and belongs to this object from then on. Whether a key
    /// came before is for the caller to know.
    ///
    /// # Errors
    ///
    /// [`Stop::Syntax`].
    // Generated decoders match on the key at once: worth 4 % of decoding a sample.
    #[inline(always)]
    pub fn next_key(&mut self, first: &mut bool) -> Result<Option<Cow<'a, str>>, Stop> {
        match self.byte()? {
            b'}' => {
                self.close();
                return Ok(None);
            }
            b',' if !*first => {
                self.position += 1;
                self.expect(b'"')?;
            }
            b'"' if *first => *first = false,
            _ => return Err(Syntax::UnexpectedCharacter.into()),
        }
        self.key().map(Some)
    }

    /// Reads the `[` of an array.
    ///
    /// # Errors
    ///
    /// [`Stop::Mismatch`] at any other type, [`Stop::Syntax`] at an invalid value, [`Stop::Depth`].
    #[inline]
    pub fn begin_array(&mut self) -> Result<(), Stop> {
        match self.byte()? {
            b'[' => self.open(),
            other => Err(mismatch(other)),
        }
    }

    /// Goes to the next item of an array; `false` when there is none, and the `]` is read.
    ///
    /// `first` is `true` before the first call, and belongs to this array from then on.
    ///
    /// # Errors
    ///
    /// [`Stop::Syntax`].
    ///
    /// ```
    /// use migration_events::json::Reader;
    ///
    /// let mut reader = Reader::new("[1, 2]");
    /// let (mut first, mut items) = (true, Vec::new());
    /// reader.begin_array()?;
    /// while reader.next_item(&mut first)? {
    ///     items.push(reader.number()?);
    /// }
    /// assert_eq!(items, ["1", "2"]);
    /// # Ok::<(), migration_events::json::Stop>(())
    /// ```
    #[inline]
    pub fn next_item(&mut self, first: &mut bool) -> Result<bool, Stop> {
        match self.byte()? {
            b']' => {
                self.close();
                return Ok(false);
            }
            b',' if !*first => self.position += 1,
            _ if *first => *first = false,
            _ => return Err(Syntax::UnexpectedCharacter.into()),
        }
        // `[,` and `[1,]` fail here and not as a mismatch in whoever reads the item.
        self.peek()?;
        Ok(true)
    }

    /// Checks that only white space is left.
    ///
    /// # Errors
    ///
    /// [`Syntax::TrailingCharacters`].
    #[inline]
    pub fn end(&mut self) -> Result<(), Stop> {
        match self.byte() {
            Ok(_) => Err(Syntax::TrailingCharacters.into()),
            Err(_) => Ok(()),
        }
    }

    /// Continues after a value that was read by other means; `position` is its end.
    pub(crate) fn jump(&mut self, position: usize) {
        self.position = position.max(self.position);
    }

    /// A reader of a text that a string of this one holds: it goes as deep as this one still may.
    pub(crate) fn embedded<'b>(&self, text: &'b str) -> Reader<'b> {
        Reader::with_depth(text, self.depth)
    }

    /// The whole text.
    pub(super) fn text(&self) -> &'a str {
        self.text
    }

    /// Reads a string without keeping it.
    #[inline]
    pub(super) fn skip_string(&mut self) -> Result<(), Stop> {
        self.expect(b'"')?;
        match string::skip(self.text.as_bytes(), self.position + 1) {
            Ok(end) => {
                self.position = end;
                Ok(())
            }
            Err(fault) => Err(self.fault(fault)),
        }
    }

    /// The next byte that is not white space, unread.
    #[inline(always)]
    pub(super) fn byte(&mut self) -> Result<u8, Stop> {
        match self.text.as_bytes().get(self.position) {
            Some(&byte) if byte > b' ' => Ok(byte),
            _ => self.byte_after_space(),
        }
    }

    #[inline(never)]
    fn byte_after_space(&mut self) -> Result<u8, Stop> {
        let bytes = self.text.as_bytes();
        self.position = string::after_space(bytes, self.position);
        bytes.get(self.position).copied().ok_or(Stop::Syntax(Syntax::UnexpectedEnd))
    }

    #[inline]
    fn expect(&mut self, byte: u8) -> Result<(), Stop> {
        if self.byte()? == byte { Ok(()) } else { Err(Syntax::UnexpectedCharacter.into()) }
    }

    /// Reads a string and keeps it.
    #[inline]
    pub(super) fn owned_string(&mut self) -> Result<String, Stop> {
        match self.byte()? {
            b'"' => {}
            other => return Err(mismatch(other)),
        }
        match self.plain() {
            Ok(text) => Ok(text.to_owned()),
            Err(stop) => self.escaped(stop),
        }
    }

    /// Reads a string whose opening quote is the next byte.
    #[inline]
    pub(super) fn quoted(&mut self) -> Result<Cow<'a, str>, Stop> {
        match self.plain() {
            Ok(text) => Ok(Cow::Borrowed(text)),
            Err(stop) => self.escaped(stop).map(Cow::Owned),
        }
    }

    /// Reads a string without escapes whose opening quote is the next byte; else returns where it has one, or
    /// ends.
    #[inline(always)]
    fn plain(&mut self) -> Result<&'a str, usize> {
        let start = self.position + 1;
        let stop = string::special(self.text.as_bytes(), start);
        if self.text.as_bytes().get(stop) != Some(&b'"') {
            return Err(stop);
        }
        self.position = stop + 1;
        Ok(&self.text[start..stop])
    }

    /// Reads a string whose opening quote is the next byte, and whose first byte that is not plain is at `stop`.
    #[cold]
    fn escaped(&mut self, stop: usize) -> Result<String, Stop> {
        match string::unescape(self.text, self.position + 1, stop) {
            Ok((text, end)) => {
                self.position = end;
                Ok(text)
            }
            Err(fault) => Err(self.fault(fault)),
        }
    }

    #[inline]
    fn literal(&mut self, word: &str) -> Result<(), Stop> {
        let rest = &self.text.as_bytes()[self.position..];
        let same = rest.iter().zip(word.as_bytes()).take_while(|(a, b)| a == b).count();
        self.position += same;
        if same == word.len() {
            Ok(())
        } else if same == rest.len() {
            Err(Syntax::UnexpectedEnd.into())
        } else {
            Err(Syntax::InvalidLiteral.into())
        }
    }

    /// Steps over an opening bracket.
    #[inline]
    fn open(&mut self) -> Result<(), Stop> {
        if self.depth == 0 {
            return Err(Stop::Depth);
        }
        self.depth -= 1;
        self.position += 1;
        Ok(())
    }

    /// Steps over a closing bracket.
    #[inline]
    pub(super) fn close(&mut self) {
        // Saturates only when a caller closes what it never opened.
        self.depth = self.depth.saturating_add(1);
        self.position += 1;
    }

    #[inline]
    fn or_rewind<T>(&mut self, start: usize, value: Option<T>) -> Result<T, Stop> {
        if value.is_none() {
            self.position = start;
        }
        value.ok_or(Stop::Mismatch)
    }

    #[cold]
    fn fault(&mut self, (syntax, position): Fault) -> Stop {
        self.position = position;
        syntax.into()
    }
}

// Shows where it is and nothing of the text, which may hold personal data.
impl std::fmt::Debug for Reader<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Reader").field("position", &self.position).finish_non_exhaustive()
    }
}

/// The error for a value that begins with `byte` and is not of the expected type.
#[cold]
const fn mismatch(byte: u8) -> Stop {
    match JsonType::of(byte) {
        Some(_) => Stop::Mismatch,
        None => Stop::Syntax(Syntax::UnexpectedCharacter),
    }
}

mod members;
mod numbers;
#[cfg(test)]
mod tests;
