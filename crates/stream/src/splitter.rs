//! From bytes to the texts of events, without I/O.

mod event;
mod magic;

use super::buffer::Buffer;
use super::frame::{Frame, Layout, Next};
use super::grammar::Grammar;
use super::heads::{Heads, KEEP, Look};
use super::lost::Lost;
use super::{Fault, Place, Reason};
#[cfg(feature = "gzip")]
pub(super) use magic::GZIP;
use magic::Magic;
use migration_events_runtime::Decoder;
use std::fmt;

/// Finds the texts of events in bytes that arrive in parts of any size.
///
/// Feed it, take pieces until there are none, feed it again; what it yields does not depend on how
/// the bytes are cut. It does no I/O: [`Events`](super::Events) does.
///
/// ```
/// use migration_events::stream::Splitter;
///
/// let mut splitter = Splitter::new();
/// let mut texts = Vec::new();
/// for part in [&br#"{"id": 1}{"id""#[..], br#": 2, {"id": 3}"#] {
///     splitter.feed(part);
///     while let Some(piece) = splitter.next_piece() {
///         texts.push(piece.map(|piece| (piece.offset, piece.text.to_owned())));
///     }
/// }
/// splitter.finish();
/// while let Some(piece) = splitter.next_piece() {
///     texts.push(piece.map(|piece| (piece.offset, piece.text.to_owned())));
/// }
/// assert_eq!(texts[0], Ok((0, r#"{"id": 1}"#.to_owned())));
/// assert_eq!(texts[1].as_ref().unwrap_err().to_string(), "broken at byte 9: cut off by another event at byte 19");
/// assert_eq!(texts[2], Ok((19, r#"{"id": 3}"#.to_owned())));
/// ```
#[derive(Clone)]
pub struct Splitter {
    buffer: Buffer,
    /// The next byte to look at.
    at: usize,
    mode: Mode,
    frame: Frame,
    heads: Heads,
    max_bytes: usize,
    look_backs: u8,
    magic: Magic,
}

/// The text of an event, and where it stands.
#[derive(Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Piece<'t> {
    /// Byte offset of its first byte in the stream; of a compressed stream, after decompression.
    pub offset: u64,
    /// The place in a dump.
    pub place: Option<Place>,
    /// A JSON object by the grammar of RFC 8259, without white space around it.
    pub text: &'t str,
}

// Shows where it is and nothing of the text, which may hold personal data.
impl fmt::Debug for Piece<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Piece")
            .field("offset", &self.offset)
            .field("place", &self.place)
            .field("len", &self.text.len())
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Splitter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Splitter")
            .field("offset", &self.buffer.offset(self.at))
            .finish_non_exhaustive()
    }
}

#[derive(Clone)]
enum Mode {
    Between,
    Event(Event),
    Lost(Box<Lost>),
    /// A stream of another format.
    Foreign(Reason),
    Ended,
}

/// An event whose end is not found yet.
#[derive(Clone)]
struct Event {
    start: u64,
    grammar: Grammar,
    /// Bytes read of it, from the place in the buffer where it, or what is kept of it, begins.
    scanned: usize,
    /// It is complete, but not what follows it.
    complete: bool,
    /// It is too large, and not kept.
    large: bool,
    string: Option<u64>,
}

/// Result of [`Splitter::step`]. A piece lies directly before the splitter.
pub(super) enum Step {
    Piece(Located),
    Fault(Fault),
    More,
    End,
}

/// Where a piece is.
#[derive(Debug, Clone, Copy)]
pub(super) struct Located {
    pub(super) offset: u64,
    pub(super) len: usize,
    pub(super) place: Option<Place>,
}

impl Splitter {
    /// Default limit of an event's length in bytes: that of [`Decoder`].
    pub const DEFAULT_MAX_BYTES: usize = Decoder::DEFAULT_MAX_BYTES;

    /// A splitter at the beginning of a stream.
    #[must_use]
    pub fn new() -> Self {
        Self {
            buffer: Buffer::default(),
            at: 0,
            mode: Mode::Between,
            frame: Frame::Unknown,
            heads: Heads::default(),
            max_bytes: Self::DEFAULT_MAX_BYTES,
            look_backs: 0,
            magic: Magic::default(),
        }
    }

    /// Sets the maximum length of an event. A longer one is reported as [`Reason::TooLarge`], and no more
    /// than `max_bytes` of it are kept in memory.
    #[must_use]
    pub fn max_bytes(self, max_bytes: usize) -> Self {
        Self { max_bytes: max_bytes.max(1), ..self }
    }

    /// Expects this layout, whatever the first bytes look like.
    #[must_use]
    pub fn layout(self, layout: Layout) -> Self {
        Self { frame: Frame::new(layout), ..self }
    }

    /// Adds an example of the events in this stream, to recognise others by its first keys.
    ///
    /// The splitter learns these from the intact events of the stream. An example helps where the first
    /// event of its kind may follow one that was cut off where a value was expected.
    #[must_use]
    pub fn example(mut self, event: &[u8]) -> Self {
        self.heads.learn(event);
        self
    }

    /// Takes the next bytes of the stream.
    pub fn feed(&mut self, bytes: &[u8]) {
        if let Some(reason) = self.magic.feed(bytes) {
            self.mode = Mode::Foreign(reason);
        }
        if matches!(self.mode, Mode::Foreign(_) | Mode::Ended) {
            return;
        }
        self.at -= self.buffer.forget(self.at.saturating_sub(KEEP));
        self.buffer.shrink(MUCH);
        self.buffer.extend(bytes);
    }

    /// Marks the end of the stream; the remaining pieces can be taken.
    pub fn finish(&mut self) {
        self.buffer.end();
    }

    /// Offset of the next byte to be looked at.
    #[must_use]
    pub fn offset(&self) -> u64 {
        self.buffer.offset(self.at)
    }

    /// Number of bytes fed so far.
    pub(super) fn fed(&self) -> u64 {
        self.buffer.offset(self.buffer.bytes().len())
    }

    /// Bytes of memory held for the stream.
    #[cfg(test)]
    pub(super) fn held(&self) -> usize {
        self.buffer.held()
    }

    /// Ends the stream; nothing more is found.
    pub(super) fn stop(&mut self) {
        self.mode = Mode::Ended;
    }

    /// The next event, or a part of the stream that holds none; `None` when more bytes are needed,
    /// or all have been seen.
    ///
    /// An event is returned once the byte after it, or the end of the stream, has been seen.
    ///
    /// # Errors
    /// A [`Fault`], once for each broken part; the next call continues after it.
    pub fn next_piece(&mut self) -> Option<Result<Piece<'_>, Fault>> {
        match self.step() {
            Step::Piece(located) => Some(Ok(self.piece(located))),
            Step::Fault(fault) => Some(Err(fault)),
            Step::More | Step::End => None,
        }
    }

    /// The piece that the last step found.
    pub(super) fn piece(&self, Located { offset, len, place }: Located) -> Piece<'_> {
        let text = self.buffer.text().get(self.at - len..self.at).unwrap_or_default();
        Piece { offset, place, text }
    }

    /// The buffered text from the beginning of the next event on, if none of that event was read yet.
    #[inline]
    pub(super) fn ahead(&mut self) -> Option<&str> {
        if matches!(self.mode, Mode::Between) && self.frame.is_event(&self.buffer, &mut self.at) {
            self.buffer.text().get(self.at..)
        } else {
            None
        }
    }

    /// Takes the first `len` bytes of the text [`ahead`](Self::ahead) as one whole event.
    #[inline]
    pub(super) fn accept(&mut self, len: usize) -> Option<Located> {
        let end = self.at.checked_add(len)?;
        // The length may come from outside this crate.
        let is_text = len > 0 && self.buffer.text().is_char_boundary(end);
        if !is_text || len > self.max_bytes || self.closed_early(end) != Look::Nothing {
            return None;
        }
        Some(self.found(len))
    }

    fn found(&mut self, len: usize) -> Located {
        let offset = self.buffer.offset(self.at);
        self.heads.saw(&self.buffer.bytes()[self.at..self.at + len]);
        self.at += len;
        self.mode = Mode::Between;
        self.look_backs = 0;
        let place = self.frame.place();
        self.frame.count();
        Located { offset, len, place }
    }

    /// Goes on to the next event or fault.
    pub(super) fn step(&mut self) -> Step {
        loop {
            let step = match &mut self.mode {
                Mode::Between => self.between(),
                Mode::Event(_) => self.scan(),
                Mode::Lost(_) => self.seek(),
                Mode::Foreign(reason) => {
                    let reason = *reason;
                    self.mode = Mode::Ended;
                    Some(Step::Fault(Fault { offset: 0, len: 0, problem: 0, reason, place: None }))
                }
                Mode::Ended => Some(Step::End),
            };
            if let Some(step) = step {
                return step;
            }
        }
    }

    fn between(&mut self) -> Option<Step> {
        if self.magic.is_open() && !self.buffer.ended() {
            return Some(Step::More);
        }
        if self.buffer.offset(self.at) == 0 && self.buffer.text().starts_with('\u{feff}') {
            self.at += '\u{feff}'.len_utf8();
        }
        let reason = match self.frame.next(&self.buffer, &mut self.at) {
            Next::Event => {
                self.begin();
                return None;
            }
            Next::Garbage(reason) => reason,
            Next::Fault(fault) => return Some(Step::Fault(fault)),
            Next::More => return Some(Step::More),
            Next::End => return Some(Step::End),
        };
        self.mode = Mode::Lost(Box::new(Lost::garbage(self.buffer.offset(self.at), reason)));
        None
    }
}

impl Default for Splitter {
    fn default() -> Self {
        Self::new()
    }
}

/// Memory beyond this, needed for one large event, is released.
const MUCH: usize = 256 << 10;
