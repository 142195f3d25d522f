//! Where events are read from: files, or standard input.

use migration_events::stream::{Fault, Splitter};
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

pub(crate) struct Source {
    path: PathBuf,
}

impl Source {
    pub(crate) fn new(path: PathBuf) -> Self {
        Self { path }
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    fn is_standard_input(&self) -> bool {
        self.path.as_os_str() == "-"
    }

    /// Its bytes, and how many there are, if that is known.
    pub(crate) fn open(&self) -> io::Result<(Box<dyn Read>, Option<u64>)> {
        if self.is_standard_input() {
            return Ok((Box::new(io::stdin()), None));
        }
        let file = File::open(&self.path)?;
        let length = file.metadata().ok().filter(|about| about.is_file()).map(|about| about.len());
        Ok((Box::new(file), length))
    }

    /// Returns whether this is a file that begins with these bytes.
    pub(crate) fn begins_with(&self, magic: &[u8]) -> bool {
        let mut start = Vec::new();
        let file = if self.is_standard_input() { None } else { File::open(&self.path).ok() };
        file.and_then(|file| file.take(magic.len() as u64).read_to_end(&mut start).ok());
        start == magic
    }

    /// Reads a broken part again, for the parts of it that can still be reported.
    ///
    /// A stream keeps no broken text, a file does. Standard input can be read once, and offsets of a
    /// compressed file are not places in it.
    pub(crate) fn again(&self, fault: &Fault) -> Option<Vec<u8>> {
        if self.is_standard_input() || fault.len > Splitter::DEFAULT_MAX_BYTES as u64 {
            return None;
        }
        if self.begins_with(&[0x1f, 0x8b]) {
            return None;
        }
        let mut file = File::open(&self.path).ok()?;
        file.seek(SeekFrom::Start(fault.offset)).ok()?;
        let mut text = Vec::new();
        file.take(fault.len).read_to_end(&mut text).ok()?;
        Some(text)
    }
}
