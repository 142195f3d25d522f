//! Unions of null alone.

use crate::json::{Decode, Encode, Reader, Stop, bridge};

/// The value of a union of null alone (Avro `["null"]`), such as a field that is reserved.
///
/// Null in JSON; in binary the index of its branch, where `null` without a union has no bytes.
///
/// ```
/// use migration_events::avro::{NullUnion, from_datum, to_datum};
///
/// assert_eq!(to_datum(&NullUnion), [0]);
/// assert_eq!(from_datum(&[0]), Ok(NullUnion));
/// assert!(from_datum::<NullUnion>(&[2]).is_err());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct NullUnion;

impl Decode for NullUnion {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, Stop> {
        <()>::decode(reader).map(|()| Self)
    }
}

impl Encode for NullUnion {
    fn encode(&self, out: &mut String) {
        ().encode(out);
    }
}

bridge::serde!(NullUnion);
