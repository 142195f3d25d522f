//! The service around each message: decode it, act on it once, answer it.

use super::count::Count;
use super::essentials::essentials;
use super::platform::Platform;
use migration_events::dispatch::Unknown;
use migration_events::identity::{Claim, Identified, Window};
use migration_events::pismo::CustomerOutgoing;
use migration_events::stream::Fault;
use migration_events::{AnyEvent, Event, Outcome, Rejection, boost};
use std::fmt::Display;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::time::Instant;

/// Deliveries of one event that are further apart count as two events.
const MOST_REMEMBERED: usize = 100_000;

pub(crate) struct Service<'o> {
    out: &'o mut dyn Write,
    /// Where answers go; without it, among the events.
    answers: Option<BufWriter<File>>,
    seen: Window,
    platform: Platform,
    flows: boost::Tracker,
    count: Count,
}

impl<'o> Service<'o> {
    pub(crate) fn new(out: &'o mut dyn Write, answers: Option<BufWriter<File>>) -> Self {
        Self {
            out,
            answers,
            seen: Window::new(MOST_REMEMBERED),
            platform: Platform::default(),
            flows: boost::Tracker::new(),
            count: Count::default(),
        }
    }

    /// Takes a message, whatever it is. `place` is where it came from.
    pub(crate) fn message(&mut self, place: &str, message: &[u8]) -> io::Result<()> {
        match AnyEvent::from_json(message) {
            Ok(AnyEvent::Unknown(_)) => {
                self.count.unknown += 1;
                writeln!(self.out, "{place} unknown, skipped: follows no contract known here")
            }
            Ok(event) => self.event(place, &event),
            Err(rejection) => self.rejected(place, &rejection, message),
        }
    }

    /// Reports a message that breaks its contract, and answers it if it says whom it is about.
    fn rejected(&mut self, place: &str, rejection: &Rejection, message: &[u8]) -> io::Result<()> {
        self.count.rejected(rejection.contract());
        writeln!(self.out, "{place} {rejection:#}")?;
        match AnyEvent::answer_rejected("EXAMPLE-REJECTED", rejection, message) {
            Some(answer) => self.answer(&answer),
            None => Ok(()),
        }
    }

    /// Takes what a stream could not split, with its text if that could be read again.
    pub(crate) fn fault(
        &mut self,
        place: &str,
        fault: &Fault,
        text: Option<&[u8]>,
    ) -> io::Result<()> {
        // Even a broken message may show which event it is.
        if let Some(text) = text
            && let Err(rejection) = AnyEvent::from_json(text)
            && rejection.contract() != Unknown::CONTRACT
        {
            return self.rejected(place, &rejection, text);
        }
        self.unreadable(place, fault)
    }

    /// Takes what holds no event that could be read.
    pub(crate) fn unreadable(&mut self, place: &str, reason: &dyn Display) -> io::Result<()> {
        self.count.unreadable += 1;
        writeln!(self.out, "{place} rejected: cannot be read\n  {reason}")
    }

    /// Acts on an event, unless it was delivered before.
    pub(crate) fn event(&mut self, place: &str, event: &AnyEvent) -> io::Result<()> {
        let contract = event.contract();
        self.count.accepted(contract);
        let claim = event.idempotency_key().map(|key| self.seen.claim(&key, Instant::now()));
        let lease = match claim {
            Some(Claim::Granted(lease)) => Some(lease),
            // An event without a key cannot be told from others.
            None => None,
            Some(Claim::Pending | Claim::Completed(_)) => {
                self.count.repeated += 1;
                return writeln!(self.out, "{place} {contract} delivered again, skipped");
            }
        };
        writeln!(self.out, "{place} {contract} {}", essentials(event))?;
        let mut answer = None;
        match event {
            AnyEvent::CustomerIncoming(event) => {
                let migration = &event.entity.migration;
                let registered = self.platform.register(migration);
                let outcome = CustomerOutgoing::from_result(registered, migration);
                self.answer(&outcome)?;
                answer = Some(outcome.to_json());
            }
            AnyEvent::AccountMigration(event) => {
                if let Err(error) = self.flows.apply(event) {
                    writeln!(self.out, "  {error}")?;
                }
            }
            // Nobody expects an answer to the others.
            _ => {}
        }
        // Only now: had the program broken down before, the next delivery would be acted on.
        if let Some(lease) = lease {
            let answer = answer.as_deref().map(str::as_bytes);
            self.seen.complete(&lease, answer).map_err(io::Error::other)?;
        }
        Ok(())
    }

    /// Sends an answer; here, to a file or among the events.
    fn answer(&mut self, outcome: &CustomerOutgoing) -> io::Result<()> {
        self.count.answered(outcome.status);
        match &mut self.answers {
            Some(file) => writeln!(file, "{}", outcome.to_json()),
            None => writeln!(self.out, "  -> {}", outcome.to_json()),
        }
    }

    /// Prints what was done, and writes all that is not written yet.
    pub(crate) fn finish(self) -> io::Result<()> {
        write!(self.out, "\n{}", self.count)?;
        if let Some(mut answers) = self.answers {
            answers.flush()?;
        }
        self.out.flush()
    }
}
