//! An iterator over the events of a reader.

use super::inflate::{Damaged, Inflate};
use super::splitter::{Located, Splitter, Step};
use super::{Error, Fault, Piece, Place, Reason};
use std::fmt;
use std::io::{self, Read};
use std::iter::FusedIterator;

/// Number of bytes read at once.
const CHUNK: usize = 64 << 10;

/// The texts of the events that a reader yields.
///
/// An iterator over [`RawEvent`]s; [`next_piece`](Self::next_piece) lends the text instead, and
/// [`decode`](Self::decode) returns typed events, which is the fastest way. It reads in large parts, so the
/// reader needs no buffer of its own.
///
/// ```
/// use migration_events::stream::Events;
///
/// let mut events = Events::new(&b"{\"id\": 1}\n{\"id\": 2]}\n{\"id\": 3}\n"[..]);
/// assert_eq!(&*events.next().unwrap()?.text, "{\"id\": 1}");
/// let error = events.next().unwrap().unwrap_err();
/// assert_eq!(error.to_string(), "broken at byte 10: unexpected character at byte 18");
/// let third = events.next().unwrap()?;
/// assert_eq!((third.offset, &*third.text), (21, "{\"id\": 3}"));
/// assert!(events.next().is_none());
/// # Ok::<(), migration_events::stream::Error>(())
/// ```
pub struct Events<R> {
    reader: R,
    pub(super) splitter: Splitter,
    inflate: Inflate,
    chunk: Box<[u8]>,
    /// The part of `chunk` that was read but not passed on.
    pending: std::ops::Range<usize>,
    ended: bool,
    damaged: bool,
}

/// The text of an event, and where it stands.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct RawEvent {
    /// Byte offset of its first byte in the stream; of a compressed stream, after decompression.
    pub offset: u64,
    /// The place in a dump.
    pub place: Option<Place>,
    /// A JSON object by the grammar of RFC 8259, without white space around it.
    pub text: Box<str>,
}

impl RawEvent {
    pub(super) fn of(piece: Piece<'_>) -> Self {
        Self { offset: piece.offset, place: piece.place, text: piece.text.into() }
    }
}

/// Result of [`Events::next_with`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Taken<'t, V> {
    /// The return value of the function for an event.
    #[non_exhaustive]
    Value {
        /// Byte offset of the event's first byte in the stream; of a compressed stream, after
        /// decompression.
        offset: u64,
        /// Bytes of its text.
        len: usize,
        /// The place in a dump.
        place: Option<Place>,
        /// The value.
        value: V,
    },
    /// An event that the function could not read directly from the stream.
    Piece(Piece<'t>),
}

// Shows where it is and nothing of the text, which may hold personal data.
impl fmt::Debug for RawEvent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RawEvent")
            .field("offset", &self.offset)
            .field("place", &self.place)
            .field("len", &self.text.len())
            .finish_non_exhaustive()
    }
}

impl<R> fmt::Debug for Events<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Events").field("splitter", &self.splitter).finish_non_exhaustive()
    }
}

impl<R> Events<R> {
    /// The events of a stream whose layout is detected from its first bytes, each up to
    /// [`Splitter::DEFAULT_MAX_BYTES`] long.
    #[must_use]
    pub fn new(reader: R) -> Self {
        Self::with(Splitter::new(), reader)
    }

    /// The events that `splitter` finds, with its layout and limit.
    ///
    /// ```
    /// use migration_events::stream::{Events, Layout, Splitter};
    ///
    /// let splitter = Splitter::new().layout(Layout::Array).max_bytes(10);
    /// let mut events = Events::with(splitter, &b"[{\"id\": 1}, {\"id\": 234}]"[..]);
    /// assert_eq!(events.next().unwrap()?.offset, 1);
    /// let error = events.next().unwrap().unwrap_err();
    /// assert_eq!(error.to_string(), "broken at byte 12: more than 10 bytes");
    /// # Ok::<(), migration_events::stream::Error>(())
    /// ```
    #[must_use]
    pub fn with(splitter: Splitter, reader: R) -> Self {
        Self {
            reader,
            splitter,
            inflate: Inflate::new(),
            chunk: vec![0; CHUNK].into(),
            pending: 0..0,
            ended: false,
            damaged: false,
        }
    }
}

/// Outcome of reading on.
pub(super) enum Flow {
    On,
    End,
    Failed(Error),
}

impl<R: Read> Events<R> {
    /// The next event, lent until the next call.
    ///
    /// # Errors
    /// [`Error::Fault`], after which the stream continues, and [`Error::Io`], which is the last item.
    pub fn next_piece(&mut self) -> Option<Result<Piece<'_>, Error>> {
        match self.locate()? {
            Ok(located) => Some(Ok(self.splitter.piece(located))),
            Err(error) => Some(Err(error)),
        }
    }

    /// The next event, as the value that `read` makes of it. `read` also finds the event's end, which takes
    /// one pass over the text instead of two.
    ///
    /// `read` takes the buffered text from the event's first byte on, which may end before the event does or
    /// go on after it, and returns the value and the event's length in bytes. If it returns `None`, or if
    /// the text after the event shows that the event is broken, the event is split off first and returned
    /// as a piece.
    ///
    /// # Errors
    /// As [`next_piece`](Self::next_piece).
    ///
    /// ```
    /// use migration_events::json::Reader;
    /// use migration_events::stream::{Events, Taken};
    ///
    /// let mut events = Events::new(&b"{\"id\": 1}{\"id\": 2}"[..]);
    /// let mut lengths = Vec::new();
    /// while let Some(taken) = events.next_with(|text| {
    ///     let mut reader = Reader::new(text);
    ///     let event = reader.skip().ok()?.len();
    ///     Some((event, reader.position()))
    /// }) {
    ///     lengths.push(match taken? {
    ///         Taken::Value { value, .. } => value,
    ///         Taken::Piece(piece) => piece.text.len(),
    ///     });
    /// }
    /// assert_eq!(lengths, [9, 9]);
    /// # Ok::<(), migration_events::stream::Error>(())
    /// ```
    pub fn next_with<V>(
        &mut self,
        mut read: impl FnMut(&str) -> Option<(V, usize)>,
    ) -> Option<Result<Taken<'_, V>, Error>> {
        let located = loop {
            if let Some((value, len)) = self.splitter.ahead().and_then(&mut read)
                && let Some(Located { offset, len, place }) = self.splitter.accept(len)
            {
                return Some(Ok(Taken::Value { offset, len, place, value }));
            }
            match self.splitter.step() {
                Step::Piece(located) => break located,
                Step::Fault(fault) => return Some(Err(fault.into())),
                Step::More | Step::End => match self.flow() {
                    Flow::On => {}
                    Flow::End => return None,
                    Flow::Failed(error) => return Some(Err(error)),
                },
            }
        };
        Some(Ok(Taken::Piece(self.splitter.piece(located))))
    }

    fn locate(&mut self) -> Option<Result<Located, Error>> {
        loop {
            match self.splitter.step() {
                Step::Piece(located) => return Some(Ok(located)),
                Step::Fault(fault) => return Some(Err(fault.into())),
                Step::More | Step::End => match self.flow() {
                    Flow::On => {}
                    Flow::End => return None,
                    Flow::Failed(error) => return Some(Err(error)),
                },
            }
        }
    }

    /// Passes the next bytes to the splitter, which has nothing left.
    pub(super) fn flow(&mut self) -> Flow {
        if std::mem::take(&mut self.damaged) {
            return Flow::Failed(Fault::gzip(&self.splitter).into());
        }
        if !self.pending.is_empty() {
            match self.inflate.feed(&self.chunk[self.pending.clone()], &mut self.splitter) {
                Ok(count) => self.pending.start += count,
                Err(Damaged) => self.end(true),
            }
            return Flow::On;
        }
        if self.ended {
            return Flow::End;
        }
        match self.reader.read(&mut self.chunk) {
            Ok(0) => {
                let finished = self.inflate.finish(&mut self.splitter);
                self.end(finished.is_err());
            }
            Ok(count) => self.pending = 0..count.min(self.chunk.len()),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => {
                self.ended = true;
                self.splitter.stop();
                return Flow::Failed(Error::Io { offset: self.splitter.fed(), error });
            }
        }
        Flow::On
    }

    /// Stops reading; the remaining events are returned before the damage is reported.
    fn end(&mut self, damaged: bool) {
        self.ended = true;
        self.damaged = damaged;
        self.pending = 0..0;
        self.splitter.finish();
    }
}

impl Fault {
    pub(super) fn gzip(splitter: &Splitter) -> Self {
        let offset = splitter.fed();
        Self { offset, len: 0, problem: offset, reason: Reason::Gzip, place: None }
    }
}

impl<R: Read> Iterator for Events<R> {
    type Item = Result<RawEvent, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        Some(self.next_piece()?.map(RawEvent::of))
    }
}

impl<R: Read> FusedIterator for Events<R> {}
