//! The single-object encoding: `C3 01`, the CRC-64-AVRO fingerprint of the writer's schema, low byte
//! first, the datum (Avro specification, “Single-object encoding”).
//!
//! ```
//! use migration_events::avro::{AvroContract, single_object};
//! use migration_events::{Event, boost};
//!
//! # let event = boost::AccountMigrationEvent::from_json(br#"{"event": {
//! #     "uk.co.boostpower.support.kafka.messages.AccountMigrationCompletedEvent": {
//! #     "metadata": {"eventId": "e-1", "traceToken": "t-1", "createdAt": 1525478400000},
//! #     "enrollmentId": "123", "accountId": "2222222",
//! #     "effectiveEnrollmentDate": 17656, "completedAt": 1525478400000}}}"#).unwrap();
//! let message = single_object::encode(&event);
//! let (fingerprint, datum) = single_object::split(&message)?;
//! assert_eq!(fingerprint, boost::AccountMigrationEvent::SCHEMA.rabin);
//! assert_eq!(single_object::decode::<boost::AccountMigrationEvent>(&message)?, event);
//! # Ok::<(), migration_events::avro::single_object::Error>(())
//! ```

use super::datum::from_datum;
use super::error::DatumError;
use super::schema::AvroContract;

/// The first two bytes of a message.
pub const MARKER: [u8; 2] = [0xc3, 0x01];

/// The number of bytes before the datum.
pub const HEADER_LEN: usize = 10;

/// A message that cannot be decoded.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// It does not begin with the marker and eight more bytes.
    #[error("not in the single-object encoding")]
    NotFramed,
    /// It was written with another schema.
    #[error("written with the schema {found:016x}, not {expected:016x}")]
    OtherSchema {
        /// CRC-64-AVRO of the writer's schema.
        found: u64,
        /// CRC-64-AVRO of the reader's schema.
        expected: u64,
    },
    /// The schema is the right one, the datum does not fit it.
    #[error(transparent)]
    Datum(#[from] DatumError),
}

/// The fingerprint of the writer's schema, and the datum.
///
/// # Errors
/// [`Error::NotFramed`].
pub fn split(message: &[u8]) -> Result<(u64, &[u8]), Error> {
    let framed = message.strip_prefix(&MARKER).and_then(<[u8]>::split_first_chunk);
    let (fingerprint, datum) = framed.ok_or(Error::NotFramed)?;
    Ok((u64::from_le_bytes(*fingerprint), datum))
}

/// Decodes a message that was written with the very schema of the type.
///
/// # Errors
/// The message is not framed this way, was written with another schema, or its datum does not fit the type.
pub fn decode<T: AvroContract>(message: &[u8]) -> Result<T, Error> {
    let (found, datum) = split(message)?;
    let expected = T::SCHEMA.rabin;
    if found != expected {
        return Err(Error::OtherSchema { found, expected });
    }
    Ok(from_datum(datum)?)
}

/// A message with the datum of `value`.
#[must_use]
pub fn encode<T: AvroContract>(value: &T) -> Vec<u8> {
    let mut message = Vec::with_capacity(128);
    message.extend_from_slice(&MARKER);
    message.extend_from_slice(&T::SCHEMA.rabin.to_le_bytes());
    value.write(&mut message);
    message
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_truncated_header_is_not_framed() {
        let message = [0xc3, 0x01, 1, 2, 3, 4, 5, 6, 7, 8, 0xff];
        assert_eq!(split(&message), Ok((0x0807_0605_0403_0201, &[0xff][..])));
        for len in 0..HEADER_LEN {
            assert_eq!(split(&message[..len]), Err(Error::NotFramed), "{len}");
        }
        assert_eq!(split(&[0xc3, 0x02, 1, 2, 3, 4, 5, 6, 7, 8]), Err(Error::NotFramed));
    }
}
