//! Finding the next event after a broken one.
//!
//! The brackets of a broken event are not reliable, so other evidence is needed. In valid JSON, an object
//! inside another value follows a `:`, `[` or `,`. So an object is an event of its own if it follows any
//! other byte, stands where the grammar does not allow it, or begins a line. After one of those three, or
//! where one damaged byte would explain it, it may also belong to the broken event: then it is an event only if
//! its first keys are those of an earlier event. The payload of an envelope never is.

mod carrier;

use super::buffer::Buffer;
use super::frame::{Frame, ahead};
use super::grammar::{Bracket, Brackets, Grammar, is_space};
use super::heads::{Heads, KEEP, Look, Signature, head, signature};
use super::{Fault, Reason};
use carrier::{begins_with_carrier, follows_carrier};

/// Maximum white space that is skipped to see the byte after it.
const NEAR: usize = 64;

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
    /// The whole part before the problem has been searched.
    looked: bool,
    /// Objects inside the broken event may be events, if their first keys are known.
    weak: bool,
    /// Grammar of an event that is too large but perhaps not broken. If no event is found inside it, it is
    /// read on to its own end.
    pub(super) large: Option<Box<Grammar>>,
    open: Brackets,
    quoted: bool,
    /// A comma, a colon, a closing bracket or a key was expected at the problem.
    separator: bool,
    /// It was a colon.
    colon: bool,
    /// Only commas and white space were read since the problem, so `open` is exact.
    exact: bool,
    /// A closing bracket came without an opening one.
    surplus: bool,
    /// The part began between events.
    garbage: bool,
    /// Neither a string nor an object nor an array has begun.
    noise: bool,
}

/// Way in which the end of a broken part was found.
#[derive(Debug)]
pub(super) enum Found {
    /// An event begins here.
    Event(Fault),
    /// The broken part ends here, and something other than an event follows.
    End(Fault),
    /// No event begins inside the event that is too large: skip to its own end.
    Large,
    More,
}

impl Lost {
    /// A broken part between events, from `start` on.
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
            separator: false,
            colon: false,
            exact: false,
            surplus: false,
            garbage: true,
            noise: true,
        }
    }

    /// A broken event that begins at `start`; the grammar does not allow the byte at `problem`.
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
        // A word directly after a quote: that quote did not close a string, it opened the next one.
        let word = bytes.get(at).is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'_');
        Self {
            string,
            own,
            probed: start + 1,
            looked: false,
            open: grammar.open.clone(),
            quoted: grammar.in_string() || (before == Some(&b'"') && word),
            separator: grammar.expects_colon() || grammar.expects_member(),
            colon: grammar.expects_colon(),
            exact: true,
            garbage: false,
            noise: false,
            problem,
            ..Self::garbage(start, reason)
        }
    }

    /// A broken event that begins at `start` and is closed before `problem`, where members follow.
    pub(super) fn closed_early(start: u64, problem: u64, own: Option<Signature>) -> Self {
        let mut open = Brackets::new();
        open.push(Bracket::Object);
        let lost = Self::garbage(start, Reason::ClosedEarly);
        Self { problem, own, open, garbage: false, noise: false, ..lost }
    }

    /// Does not take an object inside the broken event for another event because of its keys.
    pub(super) fn without_look_back(self) -> Self {
        Self { weak: false, ..self }
    }

    /// Skips the search before the problem: how much of that text is still kept depends on how the stream
    /// is cut into chunks.
    pub(super) fn not_kept(self) -> Self {
        Self { probed: self.problem, ..self }
    }

    pub(super) const fn start(&self) -> u64 {
        self.start
    }

    /// Returns whether an event was found before the problem. These are limited, as each costs another scan.
    pub(super) const fn looked_back(&self, fault: &Fault) -> bool {
        fault.offset + fault.len < self.problem
    }

    /// Continues the search at `at`.
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
                    // The opening quote of the next partition's key may have closed a string that was cut off.
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

    /// Searches the text before the problem for an event, before which the broken one was cut off.
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
        if follows_carrier(before) {
            // An envelope that was cut off before its payload, where another one like it follows: the text is legal
            // up to there. Near a damaged byte it never is another one.
            return match signature(text, end) {
                _ if buffer.offset(at) >= self.problem => Look::Nothing,
                Look::Found(signature) if self.own == Some(signature) => Look::Found(()),
                Look::More => Look::More,
                _ => Look::Nothing,
            };
        }
        // Skips white space, and substitutes for bytes that are not UTF-8, which do not end a text.
        let previous = before.iter().rev().find(|byte| **byte > b' ').copied();
        let nested = matches!(previous, Some(b':' | b',' | b'['));
        let alone = previous == Some(b',') && !self.quoted;
        let offset = buffer.offset(at);
        let line = before.ends_with(b"\n");
        let lines = line && !begins_with_carrier(text);
        let strong = !self.replaces_separator(buffer, at, lines)
            && (line
                || if offset < self.problem {
                    // The broken event was cut off in a string, which a quote of the next event closed.
                    !nested && self.string.is_some_and(|quote| offset > quote)
                } else {
                    !nested
                    || self.noise
                    // Only in an array may an object follow a comma, and no array is open.
                    || (alone && self.exact && !self.open.holds(Bracket::Array))
                    || (alone && list && self.open.is_empty() && !self.surplus)
                });
        if strong {
            return Look::Found(());
        }
        if offset < self.problem && !(self.weak && nested) {
            return Look::Nothing;
        }
        match signature(text, end) {
            Look::Found(signature) if self.own == Some(signature) || heads.knows(signature) => {
                Look::Found(())
            }
            Look::More => Look::More,
            _ => Look::Nothing,
        }
    }

    /// Returns whether an object stands where one byte that is damaged, missing or too many would make it a
    /// part of the broken event: the tail of its members, the value of a key, an item of an array.
    fn replaces_separator(&self, buffer: &Buffer, at: usize, line: bool) -> bool {
        if !self.separator || buffer.offset(at) < self.problem {
            return false;
        }
        let since = buffer.bytes().get(buffer.position(self.problem)..at).unwrap_or_default();
        // In files of lines, most events that are cut off are cut off by the end of their line. One that begins with
        // a carrier may be the last members of an envelope.
        let lines = line && self.open.top() == Some(Bracket::Object) && !self.colon;
        !lines && since.len() <= NEAR && since.iter().filter(|byte| **byte > b' ').count() <= 1
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
                // A quote that closes a string is followed by punctuation; any other opens one.
                self.quoted = !self.quoted
                    || match near(buffer, at + 1) {
                        Look::Found(byte) => !b",:}]".contains(&byte),
                        Look::Nothing => false,
                        Look::More => return Verdict::More,
                    };
            }
            // Other escaped bytes do not close a string, and `{` may begin an event.
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
                match is_before_payload(buffer, at + 1) {
                    Look::Found(()) => self.surplus = true,
                    Look::Nothing => return Verdict::End(0),
                    Look::More => return Verdict::More,
                }
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
            Look::Found(b'{' | b'[') => match is_before_payload(buffer, at) {
                Look::Found(()) => false,
                Look::Nothing => true,
                Look::More => return Look::More,
            },
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
    /// The broken part ends this number of bytes further on.
    End(usize),
    More,
}

fn space(buffer: &Buffer, at: usize) -> usize {
    let rest = buffer.bytes().get(at..).unwrap_or_default();
    rest.iter().take(NEAR).take_while(|byte| is_space(**byte)).count()
}

/// Checks whether the payload of an envelope begins at a position, after white space.
fn is_before_payload(buffer: &Buffer, at: usize) -> Look<()> {
    match near(buffer, at) {
        Look::Found(b'{' | b'[') => {
            let value = at + space(buffer, at);
            let before = &buffer.bytes()[value.saturating_sub(KEEP)..value];
            if follows_carrier(before) { Look::Found(()) } else { Look::Nothing }
        }
        Look::More => Look::More,
        _ => Look::Nothing,
    }
}

/// The next byte that is not white space; `Nothing` at the end of the stream.
fn near(buffer: &Buffer, at: usize) -> Look<u8> {
    match buffer.bytes().get(at + space(buffer, at)) {
        Some(byte) => Look::Found(*byte),
        None if buffer.ended() => Look::Nothing,
        None => Look::More,
    }
}
