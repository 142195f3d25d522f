//! Reads streams of migration events, prints a line for each, and answers every customer to be migrated.
//!
//! ```text
//! cargo run --release --example answer_events -- schemas/*/samples/*.json
//! ```
//!
//! A file may hold events one after the other with nothing between them (a recovery file), one per
//! line, pretty-printed, in an array, or as a dump of a topic; with the feature `gzip` it may be
//! compressed, and with the feature `avro` it may be an Avro object container file. Files of any size are read
//! one event at a time. An event that breaks its contract is reported with every violation, and reading
//! continues with the next one. An event that is delivered twice is handled once.
//!
//! Each line begins with the file and the byte at which the event begins in it. Pointers and
//! offsets inside a rejection count from the beginning of the event, without the envelope of a message service.
//!
//! Start here: `Service::message`, in `service.rs`, is what a service does with each message.

#[cfg(feature = "avro")]
mod container;
mod count;
mod essentials;
mod platform;
mod progress;
mod service;
mod source;

use indicatif::ProgressBar;
use migration_events::boost;
use migration_events::stream::{Error, Events, Place, Splitter};
use service::Service;
use source::Source;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

const USAGE: &str = "\
usage: answer_events [--answers FILE] FILE...

Prints the events of the files and answers customer migrations; - is standard input.
--answers FILE  write the answers to FILE, one JSON text per line, not among the events

example: cargo run --release --example answer_events -- schemas/*/samples/*.json
";

fn main() -> ExitCode {
    let arguments = std::env::args_os().skip(1).map(PathBuf::from);
    let bar = progress::bar();
    let above = progress::Above { bar: bar.clone(), out: io::stdout().lock() };
    execute(arguments, &mut BufWriter::new(above), &mut io::stderr(), &bar).into()
}

/// The program; returns its exit code: 0 when all files were read, 1 when reading or writing
/// failed, 2 when it was not called as it should be.
pub(crate) fn execute(
    arguments: impl IntoIterator<Item = PathBuf>,
    out: &mut dyn Write,
    errors: &mut dyn Write,
    bar: &ProgressBar,
) -> u8 {
    let (mut sources, mut answers) = (Vec::new(), None);
    let mut arguments = arguments.into_iter();
    let mut usage = false;
    while let Some(argument) = arguments.next() {
        match argument.to_str() {
            Some("--answers") => {
                answers = arguments.next();
                usage |= answers.is_none();
            }
            Some(option) if option.starts_with('-') && option != "-" => usage = true,
            _ => sources.push(Source::new(argument)),
        }
    }
    if usage || sources.is_empty() {
        // There is nowhere to report a failure of this.
        let _ = errors.write_all(USAGE.as_bytes());
        return 2;
    }
    match run(&sources, answers.as_deref(), out, errors, bar) {
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
    sources: &[Source],
    answers: Option<&Path>,
    out: &mut dyn Write,
    errors: &mut dyn Write,
    bar: &ProgressBar,
) -> io::Result<bool> {
    let answers = answers.map(File::create).transpose()?.map(BufWriter::new);
    let mut service = Service::new(out, answers);
    let mut complete = true;
    for source in sources {
        if let Err(error) = read(source, &mut service, bar)? {
            complete = false;
            bar.suspend(|| writeln!(errors, "{}: {error}", source.path().display()))?;
        }
    }
    bar.finish_and_clear();
    service.finish()?;
    Ok(complete)
}

/// Passes each event of a source on. The outer error is one of writing, the inner one of reading.
fn read(
    source: &Source,
    service: &mut Service<'_>,
    bar: &ProgressBar,
) -> io::Result<Result<(), String>> {
    let (reader, length) = match source.open() {
        Ok(opened) => opened,
        Err(error) => return Ok(Err(error.to_string())),
    };
    let file = source.path().display();
    bar.set_message(file.to_string());
    bar.set_position(0);
    match length {
        Some(length) => bar.set_length(length),
        None => bar.unset_length(),
    }
    #[cfg(feature = "avro")]
    if source.begins_with(b"Obj\x01") {
        return container::read(&file.to_string(), bar.wrap_read(reader), service);
    }
    let mut events = Events::with(splitter(), bar.wrap_read(reader));
    while let Some(event) = events.next_piece() {
        match event {
            Ok(event) => {
                let place = format!("{file}:{}{}", event.offset, within(event.place));
                service.message(&place, event.text.as_bytes())?;
            }
            Err(Error::Fault(fault)) => {
                let place = format!("{file}:{}{}", fault.offset, within(fault.place));
                service.fault(&place, &fault, source.again(&fault).as_deref())?;
            }
            Err(Error::Io { offset, error }) => {
                return Ok(Err(format!("cannot read on from byte {offset}: {error}")));
            }
            Err(error) => return Ok(Err(error.to_string())),
        }
    }
    Ok(Ok(()))
}

/// Knows how events of these contracts begin, so that one is found after another that breaks off even
/// if it is the first of its kind.
fn splitter() -> Splitter {
    let known = [
        r#"{"event_id": "", "schema_version": 1}"#,
        r#"{"entity": {"migration": {}}}"#,
        r#"{"origin": "FILE", "file_name": ""}"#,
        r#"{"operation": "", "status": ""}"#,
        r#"{"status": "", "code": ""}"#,
        r#"{"id": "", "specversion": "1.0"}"#,
    ];
    let steps = boost::Step::VALUES.map(|step| {
        let name = format!("uk.co.boostpower.support.kafka.messages.AccountMigration{step:?}Event");
        format!(r#"{{"event": {{"{name}": {{}}}}}}"#)
    });
    let examples = known.map(str::to_owned).into_iter().chain(steps);
    examples.fold(Splitter::new(), |splitter, example| splitter.example(example.as_bytes()))
}

/// The place in a dump.
fn within(place: Option<Place>) -> String {
    place.map_or(String::new(), |Place { partition, index, .. }| {
        format!(" partition {partition} message {index}")
    })
}
