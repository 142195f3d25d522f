//! Reads files of migration events, prints what they say, and answers every customer to be
//! migrated.
//!
//! ```text
//! cargo run --release --example answer_events -- schemas/*/samples/*.json
//! ```
//!
//! A file may hold events one after the other with nothing between them (a recovery file), one per
//! line, pretty-printed, or as a dump of a topic. Events that break their contract are reported
//! with everything that is wrong, and reading goes on with the next one.
//!
//! Each line begins with the file and the byte at which the event begins in it. Pointers and
//! offsets inside a rejection count from the payload, which an envelope may surround.
//!
//! Start here: [`Program::event`] is what a service does with each message.

mod answer;
mod essentials;
mod read;
mod recognise;

use answer::{Platform, Refusal};
use essentials::Essentials;
use migration_events::pismo::customer_incoming::Migration;
use migration_events::pismo::{CustomerOutgoing, Status};
use migration_events::{Contract, Event, Rejection, boost, pismo, specsavers};
use read::Piece;
use recognise::{Form, Known, recognise};
use std::collections::BTreeMap;
use std::fmt;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

const USAGE: &str = "\
usage: answer_events [--answers FILE] FILE...

Prints the events of the files and answers customer migrations.
--answers FILE  write the answers to FILE, one JSON text per line, not among the events

example: cargo run --release --example answer_events -- schemas/*/samples/*.json
";

fn main() -> ExitCode {
    let arguments = std::env::args_os().skip(1).map(PathBuf::from);
    let mut out = BufWriter::new(io::stdout().lock());
    execute(arguments, &mut out, &mut io::stderr()).into()
}

/// The program; returns its exit code: 0 when all files were read, 1 when reading or writing
/// failed, 2 when it was not called as it should be.
pub(crate) fn execute(
    arguments: impl IntoIterator<Item = PathBuf>,
    out: &mut dyn Write,
    errors: &mut dyn Write,
) -> u8 {
    let (mut files, mut answers) = (Vec::new(), None);
    let mut arguments = arguments.into_iter();
    let mut usage = false;
    while let Some(argument) = arguments.next() {
        match argument.to_str() {
            Some("--answers") => {
                answers = arguments.next();
                usage |= answers.is_none();
            }
            Some(option) if option.starts_with('-') => usage = true,
            _ => files.push(argument),
        }
    }
    if usage || files.is_empty() {
        // Nobody is left to tell if this fails.
        let _ = errors.write_all(USAGE.as_bytes());
        return 2;
    }
    match run(&files, answers.as_deref(), out, errors) {
        Ok(true) => 0,
        Ok(false) => 1,
        Err(error) => {
            let _ = writeln!(errors, "cannot write: {error}");
            1
        }
    }
}

/// Reads all files; `false` if one of them could not be read.
fn run(
    files: &[PathBuf],
    answers: Option<&Path>,
    out: &mut dyn Write,
    errors: &mut dyn Write,
) -> io::Result<bool> {
    let answers = answers.map(File::create).transpose()?.map(BufWriter::new);
    let mut program =
        Program { out, answers, platform: Platform::default(), count: Count::default() };
    let mut complete = true;
    for file in files {
        match fs::read(file) {
            Ok(bytes) => program.file(file, &bytes)?,
            Err(error) => {
                complete = false;
                writeln!(errors, "{}: {error}", file.display())?;
            }
        }
    }
    write!(program.out, "\n{}", program.count)?;
    if let Some(mut answers) = program.answers {
        answers.flush()?;
    }
    out.flush()?;
    Ok(complete)
}

struct Program<'o> {
    out: &'o mut dyn Write,
    answers: Option<BufWriter<File>>,
    platform: Platform,
    count: Count,
}

impl Program<'_> {
    fn file(&mut self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let text = read::text_of(bytes);
        for piece in read::split(&text) {
            let place = format!("{}:{}", path.display(), piece.offset);
            match recognise(piece.text) {
                Form::Bare(known) => {
                    self.event(&place, known, bytes, &piece, 0..piece.text.len())?;
                }
                Form::Enveloped(known, payload) => {
                    self.event(&place, known, bytes, &piece, payload)?;
                }
                Form::Dump => self.dump(&place, piece.text)?,
                Form::Unknown => self.unknown(&place, &piece)?,
            }
        }
        Ok(())
    }

    /// What a service does with each message: decode it, act on it, answer it.
    fn event(
        &mut self,
        place: &str,
        known: Known,
        bytes: &[u8],
        piece: &Piece<'_>,
        payload: Range<usize>,
    ) -> io::Result<()> {
        let contract = known.contract();
        let message = &bytes[piece.offset..][payload.clone()];
        let decoded = match (decode(known, message), piece.fault) {
            (Ok(decoded), None) => Ok(decoded),
            (Err(rejection), None) => Err(Refusal::Payload(rejection)),
            (Err(rejection), Some(fault))
                if (payload.start..=payload.end).contains(&fault.offset) =>
            {
                Err(Refusal::Payload(rejection))
            }
            (_, Some(fault)) => Err(Refusal::Envelope(fault)),
        };
        self.count.read(contract, decoded.is_ok());
        let answer = match decoded {
            Ok((essentials, customer)) => {
                writeln!(self.out, "{place} {contract} {essentials}")?;
                customer.map(|migration| self.platform.register(&migration))
            }
            Err(refusal) => {
                match &refusal {
                    Refusal::Payload(rejection) => writeln!(self.out, "{place} {rejection}")?,
                    Refusal::Envelope(fault) => writeln!(
                        self.out,
                        "{place} {contract} rejected: the envelope cannot be read\n  {fault}"
                    )?,
                }
                let refused = || answer::refuse(&refusal, &piece.text[payload]);
                if known == Known::CustomerIncoming { refused() } else { None }
            }
        };
        answer.map_or(Ok(()), |answer| self.answer(&answer))
    }

    /// Sends an answer; here, to a file or among the events.
    fn answer(&mut self, outcome: &CustomerOutgoing) -> io::Result<()> {
        match outcome.status {
            Status::Success => self.count.succeeded += 1,
            Status::Fail => self.count.failed += 1,
        }
        match &mut self.answers {
            Some(file) => writeln!(file, "{}", outcome.to_json()),
            None => writeln!(self.out, "  -> {}", outcome.to_json()),
        }
    }

    fn dump(&mut self, place: &str, text: &str) -> io::Result<()> {
        let contract = Known::AccountMigration.contract();
        let dump = match boost::Dump::from_json(text.as_bytes()) {
            Ok(dump) => dump,
            Err(error) => {
                self.count.read(contract, false);
                return writeln!(self.out, "{place} {contract} rejected: {error}");
            }
        };
        for boost::Message { partition, index, event, .. } in dump.messages() {
            self.count.read(contract, event.is_ok());
            let place = format!("{place} partition {partition} message {index}");
            match event {
                Ok(event) => writeln!(self.out, "{place} {contract} {}", event.essentials())?,
                Err(rejection) => writeln!(self.out, "{place} {rejection}")?,
            }
        }
        for _ in &dump.extra {
            self.count.unknown += 1;
            writeln!(self.out, "{place} unknown, skipped: no partition, or one after a gap")?;
        }
        Ok(())
    }

    fn unknown(&mut self, place: &str, piece: &Piece<'_>) -> io::Result<()> {
        match piece.fault {
            Some(fault) => {
                self.count.unreadable += 1;
                writeln!(self.out, "{place} rejected: cannot be read\n  {fault}")
            }
            None => {
                self.count.unknown += 1;
                writeln!(self.out, "{place} unknown, skipped: follows no contract known here")
            }
        }
    }
}

/// Decodes a payload: its essentials, and the customer that is to be migrated, if any.
fn decode(known: Known, payload: &[u8]) -> Result<(String, Option<Migration>), Rejection> {
    fn read<E: Event + Essentials>(
        payload: &[u8],
    ) -> Result<(String, Option<Migration>), Rejection> {
        Ok((E::from_json(payload)?.essentials(), None))
    }
    match known {
        Known::CustomerIncoming => {
            let event = pismo::CustomerIncoming::from_json(payload)?;
            Ok((event.essentials(), Some(event.entity.migration)))
        }
        Known::CustomerOutgoing => read::<pismo::CustomerOutgoing>(payload),
        Known::AccrualIncoming => read::<pismo::AccrualIncoming>(payload),
        Known::RecurringChargePlanIncoming => read::<pismo::RecurringChargePlanIncoming>(payload),
        Known::AccountMigration => read::<boost::AccountMigrationEvent>(payload),
        Known::CustomerCreated => read::<specsavers::CustomerCreated>(payload),
    }
}

/// What was read and answered.
#[derive(Debug, Default)]
struct Count {
    /// Accepted and rejected, by contract.
    contracts: BTreeMap<String, (usize, usize)>,
    /// Rejected before a contract could be made out.
    unreadable: usize,
    unknown: usize,
    succeeded: usize,
    failed: usize,
}

impl Count {
    fn read(&mut self, contract: &Contract, accepted: bool) {
        let (yes, no) = self.contracts.entry(contract.to_string()).or_default();
        *if accepted { yes } else { no } += 1;
    }
}

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let accepted: usize = self.contracts.values().map(|(accepted, _)| accepted).sum();
        let rejected: usize = self.contracts.values().map(|(_, rejected)| rejected).sum();
        let rejected = rejected + self.unreadable;
        let (unknown, answered) = (self.unknown, self.succeeded + self.failed);
        let events = accepted + rejected + unknown;
        writeln!(
            f,
            "{events} events: {accepted} accepted, {rejected} rejected, {unknown} unknown"
        )?;
        for (contract, (accepted, rejected)) in &self.contracts {
            writeln!(f, "  {contract}: {accepted} accepted, {rejected} rejected")?;
        }
        if self.unreadable > 0 {
            writeln!(f, "  of no contract: {} rejected", self.unreadable)?;
        }
        writeln!(f, "{answered} answers: {} SUCCESS, {} FAIL", self.succeeded, self.failed)
    }
}
