//! From the first byte of an event to its end, or to the next one.

use super::{Event, Mode, Splitter, Step};
use crate::frame::ahead;
use crate::grammar::{Grammar, Scan};
use crate::heads::{Look, Signature, key, signature, skip_space};
use crate::lost::{Found, Lost};
use crate::{Fault, Reason};
use migration_events_runtime::json::Syntax;

/// Maximum number of consecutive events found inside broken ones; each costs another scan.
const LOOK_BACKS: u8 = 8;

impl Splitter {
    /// Begins an event at the current position.
    pub(super) fn begin(&mut self) {
        self.mode = Mode::Event(Event {
            start: self.buffer.offset(self.at),
            grammar: Grammar::new(),
            scanned: 0,
            complete: false,
            large: false,
            string: None,
        });
    }

    pub(super) fn scan(&mut self) -> Option<Step> {
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

    /// Decides whether the event ends where all brackets are closed.
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
                let own = self.own(end);
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

    /// Handles an event that is larger than the limit. In a list it may have been cut off inside an
    /// array, which then continues with the events after it.
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

    /// Gives up the event as broken and starts the search for the next one.
    fn lose(&mut self, problem: u64, reason: Reason) {
        let Mode::Event(event) = &self.mode else { return };
        let syntax = matches!(reason, Reason::Syntax(_));
        let reason = if syntax && self.buffer.is_invalid(problem) {
            Reason::Syntax(Syntax::NotUtf8)
        } else {
            reason
        };
        let found = (event.start, problem, reason);
        let own = if event.large { None } else { self.own(self.buffer.position(problem)) };
        let mut lost = Lost::broken(found, event.string, own, &event.grammar, &self.buffer);
        if event.large {
            lost = lost.not_kept();
        }
        if self.look_backs >= LOOK_BACKS {
            lost = lost.without_look_back();
        }
        self.mode = Mode::Lost(Box::new(lost));
    }

    /// The signature of the event at hand, as far as it is intact: up to a position.
    fn own(&self, end: usize) -> Option<Signature> {
        let (text, _) = ahead(&self.buffer, self.at);
        match signature(&text[..text.len().min(end.saturating_sub(self.at))], true) {
            Look::Found(signature) => Some(signature),
            _ => None,
        }
    }

    pub(super) fn seek(&mut self) -> Option<Step> {
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

    /// Counts a broken part as a message, unless it was text between events.
    fn left(&mut self, fault: &Fault) {
        if fault.reason != Reason::NotAnEvent {
            self.frame.count();
        }
    }

    /// Checks whether members follow the bracket that closes an event, which then was closed too early.
    pub(super) fn closed_early(&self, end: usize) -> Look<()> {
        let comma = match self.buffer.bytes().get(end) {
            Some(b',') => 1,
            // One byte was put in the place of the comma.
            Some(b'"') => 0,
            None if !self.buffer.ended() => return Look::More,
            _ => return Look::Nothing,
        };
        let (text, ended) = ahead(&self.buffer, end);
        match key(text, skip_space(text, comma), ended) {
            Look::Found(_) => Look::Found(()),
            Look::Nothing => Look::Nothing,
            Look::More => Look::More,
        }
    }
}
