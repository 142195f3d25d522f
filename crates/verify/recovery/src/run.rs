//! The job that recovery files are for: every event is read, typed, deduplicated and answered.

use crate::samples::number;
use crate::{Contract, Kind, Ledger, MAX_EVENT_BYTES, Parts, is_refused};
use migration_events::dispatch::Delivered;
use migration_events::identity::{Claim, Identified, Window};
use migration_events::outcome::{Failure, Success};
use migration_events::pismo::{CustomerIncoming, CustomerOutgoing, customer_outgoing::Entity};
use migration_events::stream::{Error, Events, Piece, Splitter};
use migration_events::{AnyEvent, Event, Outcome};
use serde_json::{Value, json};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{self, Read, Write};
use std::time::Instant;

/// Number of events that are remembered: more than lie between an event and its repetition.
const WINDOW: usize = 10_000;

/// Outcomes of the parts of a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Handled {
    /// Events that were answered, by contract.
    pub answered: BTreeMap<&'static str, u64>,
    /// Events that had been answered before, by contract.
    pub repeated: BTreeMap<&'static str, u64>,
    /// Offsets of what was reported as broken.
    pub faults: Vec<u64>,
    /// Events that break their contract, follow none or have no key.
    pub rejected: u64,
}

/// Reads a stream and writes the answers, one on a line.
///
/// # Errors
/// Those of the reader and of the writer.
pub fn run(stream: impl Read, answers: &mut impl Write) -> io::Result<Handled> {
    let mut events = Events::with(Splitter::new().max_bytes(MAX_EVENT_BYTES), stream);
    let mut service = Service { window: Window::new(WINDOW), handled: Handled::default(), answers };
    while let Some(piece) = events.next_piece() {
        match piece {
            Ok(piece) => service.take(piece)?,
            Err(Error::Io { error, .. }) => return Err(error),
            Err(error) => service.handled.faults.push(error.offset()),
        }
    }
    Ok(service.handled)
}

struct Service<'w, W> {
    window: Window,
    handled: Handled,
    answers: &'w mut W,
}

impl<W: Write> Service<'_, W> {
    fn take(&mut self, piece: Piece<'_>) -> io::Result<()> {
        let event = AnyEvent::from_json(piece.text.as_bytes()).ok();
        let key = event.as_ref().and_then(Identified::idempotency_key);
        let (Some(event), Some(key)) = (event, key) else {
            self.handled.rejected += 1;
            return Ok(());
        };
        let contract = name(&event);
        let Claim::Granted(lease) = self.window.claim(&key, Instant::now()) else {
            *self.handled.repeated.entry(contract).or_default() += 1;
            return Ok(());
        };
        let mut answer = answer(&event);
        answer.push('\n');
        self.answers.write_all(answer.as_bytes())?;
        *self.handled.answered.entry(contract).or_default() += 1;
        self.window.complete(&lease, None).map_err(io::Error::other)
    }
}

/// The name of the contract, without its domain.
fn name(event: &AnyEvent) -> &'static str {
    let name = event.contract().name;
    name.rsplit('/').next().unwrap_or(name)
}

fn answer(event: &AnyEvent) -> String {
    if let AnyEvent::CustomerIncoming(event) = event {
        let event: &Delivered<CustomerIncoming> = event;
        let migration = &event.entity.migration;
        return CustomerOutgoing::from_result(register(&migration.id), migration).to_json();
    }
    // No outcome of the others is published: a form of the service's own.
    let key = event.migration_key();
    let id = key.as_ref().map_or("", |key| &key.id);
    json!({ "answered": id, "status": "SUCCESS" }).to_string()
}

/// The platform: it knows every account but those of every fiftieth customer.
fn register(id: &str) -> Result<Success<Entity>, NoSuchAccount> {
    let number = number(id).ok_or(NoSuchAccount)?;
    if is_refused(Contract::CustomerIncoming, number) {
        return Err(NoSuchAccount);
    }
    let number = i64::try_from(number).map_err(|_| NoSuchAccount)?;
    let entity = Entity { account_id: number, customer_id: number };
    Ok(Success::created("MIGR-0001", "customer registered", entity))
}

struct NoSuchAccount;

impl Failure for NoSuchAccount {
    fn code(&self) -> Cow<'_, str> {
        "EXAMPLE-1".into()
    }

    fn message(&self) -> Cow<'_, str> {
        "no such account".into()
    }
}

impl Handled {
    /// The counts, in the shape of [`Counts::to_json`](crate::Counts::to_json).
    #[must_use]
    pub fn to_json(&self, ledger: &Ledger) -> Value {
        let sum = |counts: &BTreeMap<_, u64>| counts.values().sum::<u64>();
        let (answered, repeated) = (sum(&self.answered), sum(&self.repeated));
        let faults = self.faults.len() as u64;
        json!({
            "parts": answered + repeated + self.rejected + faults,
            "intact": answered + repeated,
            "unique": { "total": answered, "by_contract": self.answered },
            "repeated": { "total": repeated, "by_contract": self.repeated },
            "broken": { "total": faults },
            "answers": {
                "total": ledger.succeeded + ledger.failed,
                "succeeded": ledger.succeeded,
                "failed": ledger.failed,
            },
        })
    }

    /// Describes each mistake, part by part: broken ones that were not reported where they are, intact ones
    /// that were not answered, and whatever was reported or answered beyond that.
    #[must_use]
    pub fn differences(&self, ledger: &Ledger, seed: u64, count: u64) -> u64 {
        let (mut offset, mut wrong, mut faults) = (0, 0, self.faults.iter().peekable());
        for part in Parts::new(seed, count) {
            wrong += u64::from(match part.kind {
                Kind::Broken(_) => faults.next_if(|fault| **fault == offset).is_none(),
                Kind::Intact(_) | Kind::Repeated(_) => !ledger.is_answered(part.number),
            });
            offset += part.bytes.len() as u64;
        }
        wrong + faults.count() as u64 + ledger.twice + ledger.unreadable + self.rejected
    }
}
