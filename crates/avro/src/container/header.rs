//! The header: magic, metadata, sync marker.

use super::error::ErrorKind;
use super::input::Input;
use super::{CODEC_KEY, Codec, MAGIC, MARKER_LEN, SCHEMA_KEY};
use migration_events_runtime::__private::internal::{write_bytes, write_long};
use migration_events_runtime::avro::{Cursor, DatumError, DatumErrorKind};
use std::io::Read;

/// Header of a file, before its blocks.
#[derive(Debug, Clone)]
pub(super) struct Header {
    /// In the order of the file.
    pub(super) metadata: Vec<(String, Vec<u8>)>,
    pub(super) marker: [u8; MARKER_LEN],
}

impl Header {
    /// Reads and consumes it.
    pub(super) fn read(input: &mut Input<impl Read>, limit: usize) -> Result<Self, ErrorKind> {
        input.fill(MAGIC.len());
        if !input.bytes().starts_with(&MAGIC) {
            return Err(input.take_failure().map_or(ErrorKind::Magic, ErrorKind::Io));
        }
        // Its length stands nowhere: twice as much, until it is whole.
        let mut len = 8 << 10;
        loop {
            let is_filled = input.fill(len);
            let bytes = input.bytes();
            let bytes = &bytes[..bytes.len().min(limit)];
            match Self::parse(bytes) {
                Ok((header, len)) => {
                    input.consume(len);
                    return Ok(header);
                }
                Err(error) => {
                    let is_cut = error.kind() == DatumErrorKind::UnexpectedEnd;
                    if !is_cut || !is_filled || len >= limit {
                        return Err(input.take_failure().map_or(ErrorKind::Header, ErrorKind::Io));
                    }
                }
            }
            len *= 2;
        }
    }

    fn parse(bytes: &[u8]) -> Result<(Self, usize), DatumError> {
        let mut cursor = Cursor::new(bytes);
        cursor.array::<{ MAGIC.len() }>()?;
        let mut metadata = Vec::new();
        cursor.blocks(|cursor| {
            let key = cursor.string()?.to_owned();
            metadata.push((key, cursor.bytes()?.to_vec()));
            Ok(())
        })?;
        let marker = cursor.array()?;
        Ok((Self { metadata, marker }, cursor.position()))
    }

    pub(super) fn write(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(&MAGIC);
        if !self.metadata.is_empty() {
            write_long(self.metadata.len() as i64, out);
            for (key, value) in &self.metadata {
                write_bytes(key.as_bytes(), out);
                write_bytes(value, out);
            }
        }
        out.push(0);
        out.extend_from_slice(&self.marker);
    }

    /// The value of the first entry with this key.
    pub(super) fn get(&self, key: &str) -> Option<&[u8]> {
        self.metadata.iter().find(|(other, _)| other == key).map(|(_, value)| value.as_slice())
    }

    pub(super) fn schema(&self) -> Result<&str, ErrorKind> {
        let schema = self.get(SCHEMA_KEY).ok_or(ErrorKind::Header)?;
        str::from_utf8(schema).map_err(|_| ErrorKind::Header)
    }

    pub(super) fn codec(&self) -> Result<Codec, ErrorKind> {
        Codec::from_name(self.get(CODEC_KEY))
    }
}
