//! Syntax around the events of a stream.

use super::buffer::Buffer;
use super::grammar::{Grammar, Scan, is_space};
use super::heads::{LOOK_AHEAD, Look, key, skip_space};
use super::{Fault, Place, Reason};

/// Layout of the events in a stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum Layout {
    /// Detected from the first bytes: `[` begins an array, an object whose first key is a number and whose
    /// first value is an object begins a dump, and anything else is concatenated texts.
    #[default]
    Detect,
    /// JSON texts in sequence, with or without white space between them: recovery files, JSON lines,
    /// pretty-printed events.
    Concatenated,
    /// One array of events, or several. Commas and white space between events are skipped.
    Array,
    /// A dump of a topic: an object keyed by partition, `"0"`, `"1"`, … up to the first gap; the
    /// `messages` of each are the events.
    Dump,
}

#[derive(Debug, Clone)]
pub(super) enum Frame {
    Unknown,
    Concatenated,
    Array { open: bool },
    Dump(Dump),
}

#[derive(Debug, Clone)]
pub(super) struct Dump {
    state: State,
    /// The key of the next partition.
    expected: u32,
    place: Place,
}

#[derive(Debug, Clone)]
enum State {
    Outside,
    Partitions,
    Members,
    Messages,
    Value { grammar: Box<Grammar>, start: u64, role: Role },
}

/// Role of a value that is skipped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    Extra { key: u64 },
    Number,
    Member,
}

/// The next thing between events.
#[derive(Debug)]
pub(super) enum Next {
    /// An event begins here.
    Event,
    /// The bytes here do not begin an event, for this reason.
    Garbage(Reason),
    Fault(Fault),
    More,
    End,
}

impl Frame {
    pub(super) fn new(layout: Layout) -> Self {
        match layout {
            Layout::Detect => Self::Unknown,
            Layout::Concatenated => Self::Concatenated,
            Layout::Array => Self::Array { open: false },
            Layout::Dump => Self::Dump(Dump::new()),
        }
    }

    /// Returns whether commas separate the events here, and a bracket ends them.
    pub(super) const fn is_list(&self) -> bool {
        matches!(self, Self::Array { .. } | Self::Dump(Dump { state: State::Messages, .. }))
    }

    pub(super) const fn place(&self) -> Option<Place> {
        match self {
            Self::Dump(Dump { state: State::Messages, place, .. }) => Some(*place),
            _ => None,
        }
    }

    /// Counts an event or a broken part of a dump.
    pub(super) const fn count(&mut self) {
        if let Self::Dump(dump) = self {
            dump.place.index += 1;
        }
    }

    /// Expects an event at the current position, whatever was expected before.
    pub(super) fn resume(&mut self) {
        match self {
            Self::Dump(dump) => dump.state = State::Messages,
            Self::Array { open } => *open = true,
            Self::Unknown | Self::Concatenated => {}
        }
    }

    /// Leaves the current partition of a dump if the key of the next one is at `at` and an object follows it.
    pub(super) fn resume_partition(&mut self, buffer: &Buffer, at: usize) -> Look<()> {
        let Self::Dump(dump) = self else { return Look::Nothing };
        let (text, end) = ahead(buffer, at);
        let (quote, behind) = match key(text, 0, end) {
            Look::Found(found) => found,
            Look::Nothing => return Look::Nothing,
            Look::More => return Look::More,
        };
        let behind = skip_space(text, behind);
        if number(&text[1..quote]) != Some(dump.expected) {
            return Look::Nothing;
        }
        match text.get(behind) {
            Some(b'{') => {
                dump.state = State::Partitions;
                Look::Found(())
            }
            None if !end => Look::More,
            _ => Look::Nothing,
        }
    }

    /// Skips white space (and commas in an array) and checks whether the next event begins there, without
    /// the state changes of [`next`](Self::next).
    #[inline]
    pub(super) fn is_event(&self, buffer: &Buffer, at: &mut usize) -> bool {
        match self {
            Self::Concatenated | Self::Array { open: true } => {
                let comma = matches!(self, Self::Array { .. });
                while let Some(byte) = buffer.bytes().get(*at)
                    && (is_space(*byte) || (comma && *byte == b','))
                {
                    *at += 1;
                }
            }
            Self::Dump(Dump { state: State::Messages, .. }) => {}
            _ => return false,
        }
        buffer.bytes().get(*at) == Some(&b'{')
    }

    /// Moves to the beginning of the next event.
    pub(super) fn next(&mut self, buffer: &Buffer, at: &mut usize) -> Next {
        if matches!(self, Self::Unknown) {
            match detect(buffer, *at) {
                Look::Found(layout) => *self = Self::new(layout),
                Look::More => return Next::More,
                Look::Nothing => return Next::End,
            }
        }
        match self {
            Self::Dump(dump) => dump.next(buffer, at),
            Self::Array { open } => loop {
                match buffer.bytes().get(*at) {
                    Some(b'{') => return Next::Event,
                    Some(b'[') => *open = true,
                    Some(b']') => *open = false,
                    Some(byte) if is_space(*byte) || *byte == b',' => {}
                    Some(_) => return Next::Garbage(Reason::NotAnEvent),
                    None if !buffer.ended() => return Next::More,
                    None if *open => {
                        *open = false;
                        return Next::Fault(Fault::cut(buffer, *at));
                    }
                    None => return Next::End,
                }
                *at += 1;
            },
            Self::Unknown | Self::Concatenated => {
                *at = skip_space(buffer.bytes(), *at);
                match buffer.bytes().get(*at) {
                    Some(b'{') => Next::Event,
                    Some(_) => Next::Garbage(Reason::NotAnEvent),
                    None if buffer.ended() => Next::End,
                    None => Next::More,
                }
            }
        }
    }
}

/// The layout of the stream, whose text begins at `at`; `Nothing` if there is only white space.
fn detect(buffer: &Buffer, at: usize) -> Look<Layout> {
    let (text, end) = ahead(buffer, at);
    let first = skip_space(text, 0);
    match text.get(first) {
        Some(b'[') => return Look::Found(Layout::Array),
        Some(b'{') => {}
        None if buffer.ended() => return Look::Nothing,
        None if !end => return Look::More,
        _ => return Look::Found(Layout::Concatenated),
    }
    let start = skip_space(text, first + 1);
    match key(text, start, end) {
        Look::Found((quote, behind)) if number(&text[start + 1..quote]).is_some() => {
            match text.get(skip_space(text, behind)) {
                Some(b'{') => Look::Found(Layout::Dump),
                None if !end => Look::More,
                _ => Look::Found(Layout::Concatenated),
            }
        }
        Look::More => Look::More,
        _ => Look::Found(Layout::Concatenated),
    }
}

/// Up to `LOOK_AHEAD` bytes of the text from `at` on, and whether more input would not add to them.
pub(super) fn ahead(buffer: &Buffer, at: usize) -> (&[u8], bool) {
    let rest = buffer.bytes().get(at..).unwrap_or_default();
    (&rest[..rest.len().min(LOOK_AHEAD)], buffer.ended() || rest.len() >= LOOK_AHEAD)
}

fn number(key: &[u8]) -> Option<u32> {
    let number = std::str::from_utf8(key).ok()?.parse::<u32>().ok()?;
    (number.to_string().as_bytes() == key).then_some(number)
}

impl Fault {
    /// A fault: the stream ends inside the array or the dump that holds its events.
    fn cut(buffer: &Buffer, at: usize) -> Self {
        let offset = buffer.offset(at);
        let reason = Reason::Syntax(migration_events_runtime::json::Syntax::UnexpectedEnd);
        Self { offset, len: 0, problem: offset, reason, place: None }
    }
}

impl Dump {
    const fn new() -> Self {
        let place = Place { partition: 0, index: 0 };
        Self { state: State::Outside, expected: 0, place }
    }

    fn next(&mut self, buffer: &Buffer, at: &mut usize) -> Next {
        loop {
            if let State::Value { .. } = self.state {
                match self.value(buffer, at) {
                    None => continue,
                    Some(next) => return next,
                }
            }
            let Some(&byte) = buffer.bytes().get(*at) else {
                let outside = matches!(self.state, State::Outside);
                if buffer.ended() && !outside {
                    self.state = State::Outside;
                    return Next::Fault(Fault::cut(buffer, *at));
                }
                return if outside && buffer.ended() { Next::End } else { Next::More };
            };
            self.state = match (&self.state, byte) {
                (_, byte) if is_space(byte) => {
                    *at += 1;
                    continue;
                }
                (State::Outside, b'{') => {
                    self.expected = 0;
                    State::Partitions
                }
                (State::Partitions, b'}') => State::Outside,
                (State::Members, b'}') => State::Partitions,
                (State::Messages, b']') => State::Members,
                (State::Partitions | State::Members | State::Messages, b',') => {
                    *at += 1;
                    continue;
                }
                (State::Messages, b'{') => return Next::Event,
                (State::Partitions | State::Members, b'"') => match self.member(buffer, *at) {
                    Look::Found((state, value)) => {
                        *at = value;
                        self.state = state;
                        continue;
                    }
                    Look::Nothing => return Next::Garbage(Reason::NotAPartition),
                    Look::More => return Next::More,
                },
                (State::Messages, _) => return Next::Garbage(Reason::NotAnEvent),
                _ => return Next::Garbage(Reason::NotAPartition),
            };
            *at += 1;
        }
    }

    /// Returns the state for the member that begins at `at`, and the position of its value or of the first
    /// byte inside it.
    fn member(&mut self, buffer: &Buffer, at: usize) -> Look<(State, usize)> {
        let (text, end) = ahead(buffer, at);
        let (quote, behind) = match key(text, 0, end) {
            Look::Found(found) => found,
            Look::Nothing => return Look::Nothing,
            Look::More => return Look::More,
        };
        let value = skip_space(text, behind);
        let Some(&first) = text.get(value) else {
            return if end { Look::Nothing } else { Look::More };
        };
        let name = &text[1..quote];
        let start = at + value;
        let skip = |role| State::Value {
            grammar: Box::new(Grammar::new()),
            start: buffer.offset(start),
            role,
        };
        Look::Found(match self.state {
            State::Partitions if first == b'{' && number(name) == Some(self.expected) => {
                self.place = Place { partition: self.expected.into(), index: 0 };
                self.expected += 1;
                (State::Members, start + 1)
            }
            State::Partitions => (skip(Role::Extra { key: buffer.offset(at) }), start),
            _ if name == b"messages" && first == b'[' => (State::Messages, start + 1),
            _ if name == b"partition" => (skip(Role::Number), start),
            _ => (skip(Role::Member), start),
        })
    }

    /// Skips a value; `None` at its end.
    fn value(&mut self, buffer: &Buffer, at: &mut usize) -> Option<Next> {
        let State::Value { grammar, start, role } = &mut self.state else { return None };
        let rest = buffer.bytes().get(*at..).unwrap_or_default();
        let (start, role) = (*start, *role);
        match grammar.scan(rest, 0) {
            Scan::Incomplete => {
                *at += rest.len();
                if !buffer.ended() {
                    return Some(Next::More);
                }
                self.state = State::Outside;
                Some(Next::Fault(Fault::cut(buffer, *at)))
            }
            Scan::Broken(problem, reason) => {
                *at += problem;
                self.state = State::Members;
                Some(Next::Garbage(reason))
            }
            Scan::Complete(end) => {
                *at += end;
                self.state = State::Members;
                if role == Role::Number {
                    let text = buffer.text().get(buffer.position(start)..*at);
                    if let Some(partition) = text.and_then(|text| text.parse().ok()) {
                        self.place.partition = partition;
                    }
                }
                let Role::Extra { key } = role else { return None };
                self.state = State::Partitions;
                Some(Next::Fault(Fault {
                    offset: key,
                    len: buffer.offset(*at) - key,
                    problem: key,
                    reason: Reason::NotAPartition,
                    place: None,
                }))
            }
        }
    }
}
