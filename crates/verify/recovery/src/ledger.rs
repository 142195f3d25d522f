//! The receiver of the answers, which counts them.

use crate::samples::number;
use migration_events::AnyEvent;
use migration_events::Event;
use migration_events::json::{Reader, at_pointer};
use migration_events::pismo::Status;
use std::io::{self, Write};

/// Takes answers, one on a line, and notes which events were answered: one bit each.
#[derive(Debug, Default)]
pub struct Ledger {
    /// Answers that report a success.
    pub succeeded: u64,
    /// Answers that report a failure.
    pub failed: u64,
    /// Answers to events that were answered before.
    pub twice: u64,
    /// Lines that are not answers.
    pub unreadable: u64,
    line: Vec<u8>,
    answered: Vec<u64>,
}

impl Ledger {
    /// Returns whether the event with this number was answered.
    #[must_use]
    pub fn is_answered(&self, number: u64) -> bool {
        let word = usize::try_from(number / 64).ok().and_then(|word| self.answered.get(word));
        word.is_some_and(|word| word >> (number % 64) & 1 == 1)
    }

    fn note(&mut self, number: u64) {
        if self.is_answered(number) {
            self.twice += 1;
            return;
        }
        let word = usize::try_from(number / 64).unwrap_or(usize::MAX);
        if self.answered.len() <= word {
            self.answered.resize(word + 1, 0);
        }
        self.answered[word] |= 1 << (number % 64);
    }

    fn line(&mut self) {
        match answer(&self.line) {
            Some((number, status)) => {
                match status {
                    Status::Success => self.succeeded += 1,
                    Status::Fail => self.failed += 1,
                }
                self.note(number);
            }
            None => self.unreadable += 1,
        }
    }
}

/// Which event is answered, and how.
fn answer(line: &[u8]) -> Option<(u64, Status)> {
    match AnyEvent::from_json(line).ok()? {
        AnyEvent::CustomerOutgoing(outcome) => {
            outcome.check().ok()?;
            Some((number(&outcome.migration.id)?, outcome.status))
        }
        AnyEvent::Unknown(unknown) => {
            let id = member(unknown.message.as_str(), "/answered")?;
            Some((number(&id)?, member(unknown.message.as_str(), "/status")?.parse().ok()?))
        }
        _ => None,
    }
}

fn member(text: &str, pointer: &str) -> Option<String> {
    let value = at_pointer(text, pointer)?;
    Reader::new(value).string().ok().map(Into::into)
}

impl Write for Ledger {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        for line in bytes.split_inclusive(|byte| *byte == b'\n') {
            match line.strip_suffix(b"\n") {
                Some(end) => {
                    self.line.extend_from_slice(end);
                    self.line();
                    self.line.clear();
                }
                None => self.line.extend_from_slice(line),
            }
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
