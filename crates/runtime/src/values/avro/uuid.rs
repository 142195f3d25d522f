//! UUIDs as 16 bytes.

use super::bytes;
use crate::Uuid;
use crate::json::{Decode, Encode, Reader, Stop, bridge};
use std::fmt;

/// A UUID over `fixed` of 16 bytes (Avro `uuid`, from version 1.12 of the specification on), which converts
/// from and to [`Uuid`].
///
/// In JSON a string with one character per byte, as every `fixed`.
///
/// ```
/// use migration_events::Uuid;
/// use migration_events::avro::FixedUuid;
///
/// let id: Uuid = "f81d4fae-7dec-11d0-a765-00a0c91e6bf6".parse()?;
/// let fixed = FixedUuid::from(id);
/// assert_eq!(fixed.as_bytes()[..2], [0xf8, 0x1d]);
/// assert_eq!(fixed.to_uuid(), id);
/// assert_eq!(fixed.to_string(), "f81d4fae-7dec-11d0-a765-00a0c91e6bf6");
/// # Ok::<(), migration_events::InvalidUuid>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct FixedUuid([u8; 16]);

impl FixedUuid {
    /// Returns the UUID of the bytes of a datum.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }

    /// The bytes of the datum.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; 16] {
        &self.0
    }

    /// Returns the UUID.
    #[must_use]
    pub fn to_uuid(self) -> Uuid {
        uuid::Uuid::from_bytes(self.0).into()
    }
}

impl From<Uuid> for FixedUuid {
    fn from(uuid: Uuid) -> Self {
        Self(*uuid.as_bytes())
    }
}

impl From<FixedUuid> for Uuid {
    fn from(uuid: FixedUuid) -> Self {
        uuid.to_uuid()
    }
}

/// The hyphenated form.
impl fmt::Display for FixedUuid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.to_uuid(), f)
    }
}

impl fmt::Debug for FixedUuid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Decode for FixedUuid {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, Stop> {
        reader.string_as(bytes::array_from_text).map(Self)
    }
}

impl Encode for FixedUuid {
    fn encode(&self, out: &mut String) {
        bytes::encode(&self.0, out);
    }
}

bridge::serde!(FixedUuid);

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn all_bytes_come_back(array: [u8; 16]) {
            let uuid = FixedUuid::from_bytes(array);
            prop_assert_eq!(FixedUuid::from(uuid.to_uuid()), uuid);
            let text = serde_json::to_string(&uuid).unwrap();
            prop_assert_eq!(serde_json::from_str::<FixedUuid>(&text).unwrap(), uuid);
        }
    }
}
