//! Finding the next event behind a broken one.
//!
//! The brackets of a broken event say little, so other evidence is looked for. In legal JSON an object
//! stands behind `:`, `[` or `,` only: one that stands behind anything else, that the grammar does not
//! allow where it is, or that begins a line, is an event of its own. Behind those three it may also
//! belong to the broken event: then its first keys must be those of an event seen before, and it must
//! not be what an envelope carries.

use super::buffer::Buffer;
use super::frame::{Frame, ahead};
use super::grammar::{Bracket, Brackets, Grammar, is_space};
use super::heads::{Heads, Look, Signature, head, signature};
use super::{Fault, Reason};

/// Number of skipped bytes that are kept; no evidence is further away.
pub(super) const KEEP: usize = 256;

/// Maximum white space that is skipped to see the byte after it.
const NEAR: usize = 64;

/// Members that carry the payload of an envelope: Pismo and CloudEvents, EventBridge, others.
const CARRIERS: [&[u8]; 3] = [b"data", b"detail", b"payload"];

/// A broken part of the stream whose end is not found yet.
#[derive(Debug, Clone)]
pub(super) struct Lost {
    start: u64,
    problem: u64,
    reason: Reason,
    /// The opening quote of the string before the problem, or around it.
    string: Option<u64>,
    /// Signature of the broken event itself.
    own: Option<Signature>,
    /// Position up to which the part before the problem has been searched.
    probed: u64,
    /// All of it has been.
    looked: bool,
    /// Objects inside of the broken event may be events.
    weak: bool,
    /// The event that is too large, but perhaps not broken: what it would legally hold is a part of it,
    /// even if it turns out later that it was cut off in a list and never ended.
    pub(super) large: Option<Box<Grammar>>,
    open: Brackets,
    quoted: bool,
    /// Nothing but commas was read since the problem: `open` is what the grammar says.
    exact: bool,
    /// A closing bracket came that nothing was open for.
    surplus: bool,
    /// The part began between events.
    garbage: bool,
    /// Neither a string nor an object nor an array has begun.
    noise: bool,
}

/// Way in which the end of a broken part was found.
#[derive(Debug)]
pub(super) enum Found {
    /// Here begins an event.
    Event(Fault),
    /// Here, something else does.
    End(Fault),
    /// Nothing was found in an event that is too large: its own end is where to go on.
    Large,
    More,
}

impl Lost {
    /// Between events, from `start` on.
    pub(super) fn garbage(start: u64, reason: Reason) -> Self {
        Self {
            start,
            problem: start,
            reason,
            string: None,
            own: None,
            probed: start,
            looked: true,
            weak: true,
            large: None,
            open: Brackets::new(),
            quoted: false,
            exact: false,
            surplus: false,
            garbage: true,
            noise: true,
        }
    }

    /// In the event that begins at `start`, where the grammar does not allow what is at `problem`.
    pub(super) fn broken(
        (start, problem, reason): (u64, u64, Reason),
        string: Option<u64>,
        own: Option<Signature>,
        grammar: &Grammar,
        buffer: &Buffer,
    ) -> Self {
        let at = buffer.position(problem);
        let bytes = buffer.bytes();
        let before = bytes[..at].iter().rev().find(|byte| !is_space(**byte));
        // A string that is followed by a word was not closed by that quote, but the next one opened.
        let word = bytes.get(at).is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'_');
        Self {
            string,
            own,
            probed: start + 1,
            looked: false,
            open: grammar.open.clone(),
            quoted: grammar.in_string() || (before == Some(&b'"') && word),
            exact: true,
            garbage: false,
            noise: false,
            problem,
            ..Self::garbage(start, reason)
        }
    }

    /// In the event that begins at `start` and is closed before `problem`, where members follow.
    pub(super) fn closed_early(start: u64, problem: u64, own: Option<Signature>) -> Self {
        let mut open = Brackets::new();
        open.push(Bracket::Object);
        let lost = Self::garbage(start, Reason::ClosedEarly);
        Self { problem, own, open, garbage: false, noise: false, ..lost }
    }

    /// Takes nothing inside of the broken event for another one.
    pub(super) fn without_look_back(self) -> Self {
        Self { weak: false, ..self }
    }

    /// Looks for nothing before the problem: how much of that is still there depends on how the stream
    /// is cut.
    pub(super) fn not_kept(self) -> Self {
        Self { probed: self.problem, ..self }
    }

    pub(super) const fn start(&self) -> u64 {
        self.start
    }

    /// Returns whether an event inside of the broken one was found; this is limited, as each costs a scan.
    pub(super) const fn looked_back(&self, fault: &Fault) -> bool {
        fault.offset + fault.len < self.problem
    }

    /// Looks on, from `at`.
    pub(super) fn seek(
        &mut self,
        buffer: &Buffer,
        at: &mut usize,
        frame: &mut Frame,
        heads: &Heads,
    ) -> Found {
        if !self.looked {
            match self.look_back(buffer, heads) {
                Look::Found(start) => {
                    *at = start;
                    return Found::Event(self.fault(buffer, start, true, frame));
                }
                Look::More => return Found::More,
                Look::Nothing if self.large.is_some() => {
                    *at = buffer.position(self.problem);
                    return Found::Large;
                }
                Look::Nothing => {
                    // The number of the next partition closed a string that was cut off.
                    let problem = buffer.position(self.problem);
                    if let Some(quote) = problem.checked_sub(1)
                        && buffer.bytes().get(quote) == Some(&b'"')
                    {
                        match frame.resume_partition(buffer, quote) {
                            Look::Found(()) => {
                                *at = quote;
                                return Found::End(self.fault(buffer, quote, false, frame));
                            }
                            Look::More => return Found::More,
                            Look::Nothing => {}
                        }
                    }
                    self.looked = true;
                    *at = problem;
                }
            }
        }
        loop {
            let Some(&byte) = buffer.bytes().get(*at) else {
                if !buffer.ended() {
                    return Found::More;
                }
                return Found::End(self.fault(buffer, *at, false, frame));
            };
            match self.step(byte, buffer, *at, frame, heads) {
                Verdict::On(count) => *at += count,
                Verdict::Event => return Found::Event(self.fault(buffer, *at, true, frame)),
                Verdict::End(count) => {
                    *at += count;
                    return Found::End(self.fault(buffer, *at, false, frame));
                }
                Verdict::More => return Found::More,
            }
        }
    }

    /// An event inside of what was read without a problem: the broken one was cut off before it.
    fn look_back(&mut self, buffer: &Buffer, heads: &Heads) -> Look<usize> {
        let end = buffer.position(self.problem).min(buffer.bytes().len());
        loop {
            let from = buffer.position(self.probed).min(end);
            let Some(found) = buffer.bytes()[from..end].iter().position(|byte| *byte == b'{')
            else {
                return Look::Nothing;
            };
            let at = from + found;
            match self.begins(buffer, at, false, heads) {
                Look::Found(()) => return Look::Found(at),
                Look::Nothing => self.probed = buffer.offset(at) + 1,
                Look::More => return Look::More,
            }
        }
    }

    /// Checks whether the object at a position is an event.
    fn begins(&self, buffer: &Buffer, at: usize, list: bool, heads: &Heads) -> Look<()> {
        let (text, end) = ahead(buffer, at);
        match head(text, end) {
            Look::Found(()) => {}
            other => return other,
        }
        let before = &buffer.bytes()[at.saturating_sub(KEEP)..at];
        // White space, and what stands for a byte that is not UTF-8: no text, but no end of one either.
        let previous = before.iter().rev().find(|byte| **byte > b' ').copied();
        let nested = matches!(previous, Some(b':' | b',' | b'['));
        let alone = previous == Some(b',') && !self.quoted;
        let offset = buffer.offset(at);
        let strong = before.ends_with(b"\n")
            || if offset < self.problem {
                // A string that a quote of the next event closed.
                !nested && self.string.is_some_and(|quote| offset > quote)
            } else {
                !nested
                    || self.noise
                    // Only arrays hold objects behind a comma, and none is open.
                    || (alone && self.exact && !self.open.holds(Bracket::Array))
                    || (alone && list && self.open.is_empty() && !self.surplus)
            };
        if strong {
            return Look::Found(());
        }
        if offset < self.problem && !(self.weak && nested) {
            return Look::Nothing;
        }
        match signature(text, end) {
            Look::Found(signature) if self.own == Some(signature) => Look::Found(()),
            Look::Found(signature) if heads.knows(signature) && !is_carried(before) => {
                Look::Found(())
            }
            Look::More => Look::More,
            _ => Look::Nothing,
        }
    }

    fn step(
        &mut self,
        byte: u8,
        buffer: &Buffer,
        at: usize,
        frame: &mut Frame,
        heads: &Heads,
    ) -> Verdict {
        match byte {
            b'{' => match self.begins(buffer, at, frame.is_list(), heads) {
                Look::Found(()) => return Verdict::Event,
                Look::More => return Verdict::More,
                Look::Nothing => {
                    (self.noise, self.exact) = (false, false);
                    if !self.quoted {
                        self.open.push(Bracket::Object);
                    }
                }
            },
            b'"' => {
                (self.noise, self.exact) = (false, false);
                match frame.resume_partition(buffer, at) {
                    Look::Found(()) => return Verdict::End(0),
                    Look::More => return Verdict::More,
                    Look::Nothing => {}
                }
                // A quote that closes a string is followed by a sign; another one opens a string.
                self.quoted = !self.quoted
                    || match near(buffer, at + 1) {
                        Look::Found(byte) => !b",:}]".contains(&byte),
                        Look::Nothing => false,
                        Look::More => return Verdict::More,
                    };
            }
            // What else it may stand before closes no string, and `{` may begin an event.
            b'\\' if self.quoted => match buffer.bytes().get(at + 1) {
                Some(b'"' | b'\\') => return Verdict::On(2),
                None if !buffer.ended() => return Verdict::More,
                _ => {}
            },
            b'\n' => self.quoted = false,
            _ if self.quoted => {}
            b'[' => {
                (self.noise, self.exact) = (false, false);
                self.open.push(Bracket::Array);
            }
            b']' if frame.is_list() && !self.surplus && !self.open.holds(Bracket::Array) => {
                return Verdict::End(0);
            }
            b'}' | b']' => {
                let bracket = if byte == b'}' { Bracket::Object } else { Bracket::Array };
                if !self.open.close(bracket) {
                    self.surplus = true;
                } else if self.open.is_empty() && !self.garbage {
                    match self.is_over(buffer, at + 1, frame) {
                        Look::Found(()) => return Verdict::End(1),
                        Look::Nothing => {}
                        Look::More => {
                            self.open.push(bracket);
                            return Verdict::More;
                        }
                    }
                }
            }
            _ => {}
        }
        self.exact &= byte <= b' ' || byte == b',';
        Verdict::On(1)
    }

    /// Checks whether the broken event ends here, where all of its brackets are closed.
    fn is_over(&self, buffer: &Buffer, at: usize, frame: &Frame) -> Look<()> {
        let follows = |at| match near(buffer, at) {
            Look::Found(byte) => Look::Found(byte),
            Look::Nothing => Look::Found(b'{'),
            Look::More => Look::More,
        };
        let over = match follows(at) {
            Look::Found(b',') if frame.is_list() => {
                let comma = at + space(buffer, at);
                match follows(comma + 1) {
                    Look::Found(byte) => byte == b'{',
                    _ => return Look::More,
                }
            }
            Look::Found(b']') => frame.is_list(),
            Look::Found(byte) => !b",:}\"".contains(&byte),
            _ => return Look::More,
        };
        if over { Look::Found(()) } else { Look::Nothing }
    }

    fn fault(&self, buffer: &Buffer, at: usize, event: bool, frame: &Frame) -> Fault {
        let end = buffer.offset(at);
        let cut = event && end <= self.problem && !self.garbage;
        let reason = match self.reason {
            Reason::Syntax(_) if cut => Reason::CutOff,
            reason => reason,
        };
        Fault {
            offset: self.start,
            len: end - self.start,
            problem: self.problem.min(end),
            reason,
            place: frame.place(),
        }
    }
}

/// Decision about the current byte.
enum Verdict {
    On(usize),
    Event,
    /// The broken part ends so many bytes further on.
    End(usize),
    More,
}

fn space(buffer: &Buffer, at: usize) -> usize {
    let rest = buffer.bytes().get(at..).unwrap_or_default();
    rest.iter().take(NEAR).take_while(|byte| is_space(**byte)).count()
}

/// The next byte that is no white space; `Nothing` at the end of the stream.
fn near(buffer: &Buffer, at: usize) -> Look<u8> {
    match buffer.bytes().get(at + space(buffer, at)) {
        Some(byte) => Look::Found(*byte),
        None if buffer.ended() => Look::Nothing,
        None => Look::More,
    }
}

/// Returns whether the text after this is the payload of an envelope, even if its key is damaged.
fn is_carried(before: &[u8]) -> bool {
    let mut before = before.iter().rev().filter(|byte| **byte > b' ').peekable();
    if before.next_if_eq(&&b':').is_none() {
        return false;
    }
    before.next_if_eq(&&b'"');
    CARRIERS.iter().any(|name| {
        let mut before = before.clone();
        let same = name.iter().rev().all(|byte| before.next() == Some(byte));
        same && before.next().is_none_or(|byte| !byte.is_ascii_alphanumeric())
    })
}
