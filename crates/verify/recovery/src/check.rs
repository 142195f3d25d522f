//! Reading a recovery file beside its parts.

use crate::{Counts, Kind, MAX_EVENT_BYTES, Parts};
use migration_events::stream::{Error, Events, Splitter};
use std::fmt;
use std::io::{self, Read};

/// Maximum number of differences that are described.
const DESCRIBED: usize = 20;

/// Result of checking a file.
#[derive(Debug, Default)]
pub struct Report {
    /// Expected content of the file.
    pub expected: Counts,
    /// Intact events that were found where they are, byte for byte.
    pub found: u64,
    /// Faults that were reported.
    pub faults: u64,
    /// Intact events that were not found, broken ones that were not reported, and what was found
    /// or reported beyond that.
    pub differences: u64,
    /// The first of them.
    pub described: Vec<String>,
}

/// Reads a stream and compares its content with the parts of a seed.
///
/// # Errors
/// Those of the reader.
pub fn check(stream: impl Read, seed: u64, count: u64) -> io::Result<Report> {
    let mut events = Events::with(Splitter::new().max_bytes(MAX_EVENT_BYTES), stream);
    let mut report = Report::default();
    let mut next = Item::read(&mut events)?;
    let mut offset = 0;
    for part in Parts::new(seed, count) {
        report.expected.add(&part);
        while next.as_ref().is_some_and(|item| item.offset < offset) {
            report.differ(|| format!("at byte {offset}: unexpected {next:?}"));
            next = Item::read(&mut events)?;
        }
        let here = next.take_if(|item| item.offset == offset);
        match (&part.kind, &here) {
            (Kind::Broken(_), Some(Item { text: None, .. })) => report.faults += 1,
            (Kind::Intact(_) | Kind::Repeated(_), Some(Item { text: Some(text), .. }))
                if text.as_bytes() == part.bytes =>
            {
                report.found += 1;
            }
            (kind, here) => report.differ(|| format!("at byte {offset}: {kind:?} gives {here:?}")),
        }
        if here.is_some() {
            next = Item::read(&mut events)?;
        }
        offset += part.bytes.len() as u64;
    }
    while next.is_some() {
        report.differ(|| format!("at the end: unexpected {next:?}"));
        next = Item::read(&mut events)?;
    }
    Ok(report)
}

/// A piece, or a fault.
struct Item {
    offset: u64,
    text: Option<Box<str>>,
    fault: String,
}

impl Item {
    fn read(events: &mut Events<impl Read>) -> io::Result<Option<Self>> {
        match events.next() {
            None => Ok(None),
            Some(Ok(event)) => {
                let (offset, text) = (event.offset, Some(event.text));
                Ok(Some(Self { offset, text, fault: String::new() }))
            }
            Some(Err(Error::Io { error, .. })) => Err(error),
            Some(Err(error)) => {
                Ok(Some(Self { offset: error.offset(), text: None, fault: error.to_string() }))
            }
        }
    }
}

impl fmt::Debug for Item {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.text {
            Some(text) => write!(f, "an event of {} bytes at byte {}", text.len(), self.offset),
            None => f.write_str(&self.fault),
        }
    }
}

impl Report {
    fn differ(&mut self, describe: impl FnOnce() -> String) {
        self.differences += 1;
        if self.described.len() < DESCRIBED {
            self.described.push(describe());
        }
    }
}
