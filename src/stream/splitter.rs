//! From bytes to the texts of events, without I/O.

use super::buffer::Buffer;
use super::frame::{Frame, Layout, Next, Place, ahead};
use super::grammar::{Grammar, Scan};
use super::heads::{Heads, Look, key, signature, skip_space};
use super::lost::{Found, KEEP, Lost};
use super::{Fault, Reason};
use crate::Decoder;
use crate::json::Syntax;
use std::fmt;

/// How often in a row an event is looked for inside of a broken one: each time is another scan.
const LOOK_BACKS: u8 = 8;

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
    /// The first two bytes, as they come.
    magic: ([u8; 2], usize),
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
    Compressed,
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

/// What [`Splitter::step`] found. A piece is what lies directly before the splitter.
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
    /// Bytes of an event: as many as [`Decoder`] takes.
    pub const DEFAULT_MAX_BYTES: usize = Decoder::DEFAULT_MAX_BYTES;

    /// At the beginning of a stream.
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
            magic: ([0; 2], 0),
        }
    }

    /// Reports longer events as [`Reason::TooLarge`] and keeps no more than that of one in memory.
    #[must_use]
    pub fn max_bytes(self, max_bytes: usize) -> Self {
        Self { max_bytes: max_bytes.max(1), ..self }
    }

    /// Expects the events to be put together like this, whatever the first bytes look like.
    #[must_use]
    pub fn layout(self, layout: Layout) -> Self {
        Self { frame: Frame::new(layout), ..self }
    }

    /// Tells what events of this stream begin with, by an example: its first keys.
    ///
    /// A stream learns this from its own intact events. An example is of use where the first event
    /// of its kind may stand behind one that was cut off where a value was expected.
    #[must_use]
    pub fn example(mut self, event: &[u8]) -> Self {
        self.heads.learn(event);
        self
    }

    /// Takes the next bytes of the stream.
    pub fn feed(&mut self, bytes: &[u8]) {
        let (magic, count) = &mut self.magic;
        for (place, byte) in magic.iter_mut().skip(*count).zip(bytes) {
            *place = *byte;
            *count += 1;
        }
        if *count == 2 && *magic == GZIP && self.buffer.offset(self.at) == 0 {
            self.mode = Mode::Compressed;
        }
        if matches!(self.mode, Mode::Compressed | Mode::Ended) {
            return;
        }
        self.at -= self.buffer.forget(self.at.saturating_sub(KEEP));
        self.buffer.shrink(MUCH);
        self.buffer.extend(bytes);
    }

    /// The stream ends here: what is left of it is given next.
    pub fn finish(&mut self) {
        self.buffer.end();
    }

    /// Offset of the next byte to be looked at.
    #[must_use]
    pub fn offset(&self) -> u64 {
        self.buffer.offset(self.at)
    }

    /// Bytes that came in.
    pub(super) fn fed(&self) -> u64 {
        self.buffer.offset(self.buffer.bytes().len())
    }

    /// Bytes of memory held for the stream.
    #[cfg(test)]
    pub(super) fn held(&self) -> usize {
        self.buffer.held()
    }

    /// Nothing more is found.
    pub(super) fn stop(&mut self) {
        self.mode = Mode::Ended;
    }

    /// The next event, or a part of the stream that holds none; `None` when more bytes are needed,
    /// or all have been seen.
    ///
    /// An event is given when the byte behind it has been seen, or the end of the stream.
    ///
    /// # Errors
    /// A [`Fault`], once for each broken part; the next call goes on behind it.
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

    /// The text from the beginning of the next event on, as far as it is there, if nothing of it
    /// was read yet.
    #[inline]
    pub(super) fn ahead(&mut self) -> Option<&str> {
        if matches!(self.mode, Mode::Between) && self.frame.is_event(&self.buffer, &mut self.at) {
            self.buffer.text().get(self.at..)
        } else {
            None
        }
    }

    /// Takes so much of the text [`ahead`](Self::ahead), which was found to be one whole event.
    #[inline]
    pub(super) fn accept(&mut self, len: usize) -> Option<Located> {
        let end = self.at + len;
        if len > self.max_bytes || self.closed_early(end) != Look::Nothing {
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
                Mode::Compressed => {
                    self.mode = Mode::Ended;
                    let reason = Reason::Compressed;
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

    /// An event begins here.
    fn begin(&mut self) {
        self.mode = Mode::Event(Event {
            start: self.buffer.offset(self.at),
            grammar: Grammar::new(),
            scanned: 0,
            complete: false,
            large: false,
            string: None,
        });
    }

    fn scan(&mut self) -> Option<Step> {
        let Mode::Event(event) = &mut self.mode else { return None };
        if event.complete {
            return self.complete();
        }
        let rest = &self.buffer.bytes()[self.at..];
        let most = if event.large { rest.len() } else { rest.len().min(self.max_bytes) };
        event.grammar.string = usize::MAX;
        let scan = event.grammar.scan(&rest[..most], event.scanned);
        if event.grammar.string != usize::MAX {
            event.string = Some(self.buffer.offset(self.at + event.grammar.string));
        }
        let reached_end = most == rest.len();
        match scan {
            Scan::Complete(end) => {
                event.scanned = end;
                event.complete = true;
                None
            }
            Scan::Broken(problem, reason) => {
                let problem = self.buffer.offset(self.at + problem);
                let reason =
                    if event.large { Reason::TooLarge { limit: self.max_bytes } } else { reason };
                self.lose(problem, reason);
                None
            }
            Scan::Incomplete if event.large => {
                self.at += most;
                if !self.buffer.ended() {
                    return Some(Step::More);
                }
                let end = self.buffer.offset(self.at);
                self.lose(end, Reason::TooLarge { limit: self.max_bytes });
                None
            }
            Scan::Incomplete => {
                event.scanned = most;
                if most == self.max_bytes {
                    self.too_large();
                    None
                } else if !self.buffer.ended() {
                    Some(Step::More)
                } else {
                    debug_assert!(reached_end, "only the limit ends a scan early");
                    let end = self.buffer.offset(self.at + most);
                    self.lose(end, Reason::Syntax(Syntax::UnexpectedEnd));
                    None
                }
            }
        }
    }

    /// All brackets are closed: is that the event?
    fn complete(&mut self) -> Option<Step> {
        let Mode::Event(Event { start, scanned, large, .. }) = self.mode else { return None };
        let end = self.at + scanned;
        if large {
            self.at = end;
            return Some(Step::Fault(self.large(start)));
        }
        match self.closed_early(end) {
            Look::Nothing => Some(Step::Piece(self.found(scanned))),
            Look::More => Some(Step::More),
            Look::Found(()) => {
                let own = self.own();
                let lost = Lost::closed_early(start, self.buffer.offset(end), own);
                self.at = end;
                self.mode = Mode::Lost(Box::new(lost));
                None
            }
        }
    }

    fn large(&mut self, start: u64) -> Fault {
        let place = self.frame.place();
        self.frame.count();
        self.mode = Mode::Between;
        let reason = Reason::TooLarge { limit: self.max_bytes };
        Fault { offset: start, len: self.offset() - start, problem: start, reason, place }
    }

    /// The event is larger than the limit. In a list it may be one that was cut off inside of an
    /// array, which then goes on with the events behind it.
    fn too_large(&mut self) {
        let Mode::Event(event) = &mut self.mode else { return };
        if self.frame.is_list() && self.look_backs < LOOK_BACKS {
            let problem = self.buffer.offset(self.at + event.scanned);
            let reason = Reason::TooLarge { limit: self.max_bytes };
            let grammar = event.grammar.clone();
            self.lose(problem, reason);
            if let Mode::Lost(lost) = &mut self.mode {
                lost.large = Some(Box::new(grammar));
            }
        } else {
            event.large = true;
            self.at += event.scanned;
            event.scanned = 0;
        }
    }

    /// The event is broken.
    fn lose(&mut self, problem: u64, reason: Reason) {
        let Mode::Event(event) = &self.mode else { return };
        let syntax = matches!(reason, Reason::Syntax(_));
        let reason = if syntax && self.buffer.is_invalid(problem) {
            Reason::Syntax(Syntax::NotUtf8)
        } else {
            reason
        };
        let own = if event.large { None } else { self.own() };
        let found = (event.start, problem, reason);
        let mut lost = Lost::broken(found, event.string, own, &event.grammar, &self.buffer);
        if self.look_backs >= LOOK_BACKS {
            lost = lost.without_look_back();
        }
        self.mode = Mode::Lost(Box::new(lost));
    }

    fn own(&self) -> Option<super::heads::Signature> {
        let (text, _) = ahead(&self.buffer, self.at);
        match signature(text, true) {
            Look::Found(signature) => Some(signature),
            _ => None,
        }
    }

    fn seek(&mut self) -> Option<Step> {
        let Mode::Lost(lost) = &mut self.mode else { return None };
        match lost.seek(&self.buffer, &mut self.at, &mut self.frame, &self.heads) {
            Found::More => Some(Step::More),
            Found::Event(fault) => {
                if lost.looked_back(&fault) {
                    self.look_backs = self.look_backs.saturating_add(1);
                }
                self.left(&fault);
                self.frame.resume();
                self.begin();
                Some(Step::Fault(fault))
            }
            Found::End(fault) => {
                self.left(&fault);
                self.mode = Mode::Between;
                Some(Step::Fault(fault))
            }
            Found::Large => {
                let start = lost.start();
                let grammar = lost.large.take().map_or_else(Grammar::new, |grammar| *grammar);
                self.begin();
                if let Mode::Event(event) = &mut self.mode {
                    *event = Event { start, grammar, large: true, ..event.clone() };
                }
                None
            }
        }
    }

    /// A broken part is left behind; what stood between events was no message.
    fn left(&mut self, fault: &Fault) {
        if fault.reason != Reason::NotAnEvent {
            self.frame.count();
        }
    }

    /// Whether members follow behind the bracket that closes an event: then one before was too many.
    fn closed_early(&self, end: usize) -> Look<()> {
        match self.buffer.bytes().get(end) {
            Some(b',') => {}
            None if !self.buffer.ended() => return Look::More,
            _ => return Look::Nothing,
        }
        let (text, ended) = ahead(&self.buffer, end);
        match key(text, skip_space(text, 1), ended) {
            Look::Found(_) => Look::Found(()),
            Look::Nothing => Look::Nothing,
            Look::More => Look::More,
        }
    }
}

impl Default for Splitter {
    fn default() -> Self {
        Self::new()
    }
}

/// The first bytes of a gzip member (RFC 1952 §2.3.1).
pub(super) const GZIP: [u8; 2] = [0x1f, 0x8b];

/// Memory beyond this, which one large event needed, is given back.
const MUCH: usize = 256 << 10;
