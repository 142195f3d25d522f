//! The wire format of Confluent's schema registry: `0x00`, the id of the writer's schema as a
//! big-endian `u32`, the datum.
//!
//! The id is the registry's; the contract does not know it.
//!
//! ```
//! use migration_events::{avro::confluent, boost};
//!
//! # let metadata = boost::EventMetadata {
//! #     event_id: "14f49508".into(),
//! #     trace_token: "8115ef8a".into(),
//! #     created_at: migration_events::avro::TimestampMillis::new(0),
//! # };
//! let message = confluent::encode(7, &metadata);
//! assert_eq!(message[..5], [0, 0, 0, 0, 7]);
//!
//! let (id, datum) = confluent::split(&message)?;
//! assert_eq!(id, 7);
//! assert_eq!(boost::EventMetadata::from_avro(datum).ok(), Some(metadata));
//! # Ok::<(), migration_events::avro::confluent::NotFramed>(())
//! ```

use super::datum::Datum;

/// The first byte of a message.
pub const MAGIC: u8 = 0;

/// The number of bytes before the datum.
pub const HEADER_LEN: usize = 5;

/// Bytes that do not begin with `0x00` and four more bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not in the wire format of a schema registry")]
pub struct NotFramed;

/// The id of the writer's schema, and the datum.
///
/// # Errors
/// The message does not begin with `0x00`, or is shorter than five bytes.
pub fn split(message: &[u8]) -> Result<(u32, &[u8]), NotFramed> {
    match message.split_first_chunk::<HEADER_LEN>() {
        Some(([MAGIC, id @ ..], datum)) => Ok((u32::from_be_bytes(*id), datum)),
        _ => Err(NotFramed),
    }
}

/// A message with the datum of `value`.
#[must_use]
pub fn encode<T: Datum>(id: u32, value: &T) -> Vec<u8> {
    let mut message = Vec::with_capacity(128);
    message.push(MAGIC);
    message.extend_from_slice(&id.to_be_bytes());
    value.write(&mut message);
    message
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_truncated_header_is_not_framed() {
        let message = encode(0x0102_0304, &true);
        assert_eq!(message, [0, 1, 2, 3, 4, 1]);
        assert_eq!(split(&message), Ok((0x0102_0304, &[1][..])));
        for len in 0..HEADER_LEN {
            assert_eq!(split(&message[..len]), Err(NotFramed), "{len}");
        }
        assert_eq!(split(&[1, 1, 2, 3, 4, 1]), Err(NotFramed));
    }
}
