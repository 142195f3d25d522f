//! Which of the framings a message has.

use super::{confluent, single_object};

/// The identifier of the writer's schema of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Framing {
    /// The [wire format of a schema registry](confluent).
    Confluent {
        /// The id of the schema in the registry.
        id: u32,
    },
    /// The [single-object encoding](single_object).
    SingleObject {
        /// CRC-64-AVRO of the schema.
        fingerprint: u64,
    },
}

impl Framing {
    /// The framing of a message, and its datum; `None` if it has neither framing.
    ///
    /// ```
    /// use migration_events::avro::Framing;
    ///
    /// let (framing, datum) = Framing::split(&[0, 0, 0, 0, 7, 0x54]).unwrap();
    /// assert_eq!(framing, Framing::Confluent { id: 7 });
    /// assert_eq!(datum, [0x54]);
    /// assert_eq!(Framing::split(b"{}"), None);
    /// ```
    #[must_use]
    pub fn split(message: &[u8]) -> Option<(Self, &[u8])> {
        if let Ok((id, datum)) = confluent::split(message) {
            return Some((Self::Confluent { id }, datum));
        }
        let (fingerprint, datum) = single_object::split(message).ok()?;
        Some((Self::SingleObject { fingerprint }, datum))
    }
}
