//! Durations of the calendar.

use super::bytes;
use crate::json::{Decode, Encode, Reader, Stop, bridge};

/// Months, days and milliseconds, each on its own (Avro `duration`, a `fixed` of 12 bytes).
///
/// The number of days in a month varies, so the three parts are not added up.
///
/// ```
/// use migration_events::avro::Duration;
///
/// let notice = Duration { months: 1, days: 15, millis: 0 };
/// assert_eq!(notice.to_bytes(), [1, 0, 0, 0, 15, 0, 0, 0, 0, 0, 0, 0]);
/// assert_eq!(Duration::from_bytes(notice.to_bytes()), notice);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Duration {
    /// Months.
    pub months: u32,
    /// Days, on top of the months.
    pub days: u32,
    /// Milliseconds, on top of the days.
    pub millis: u32,
}

impl Duration {
    /// From the bytes of a datum: three unsigned integers, little-endian.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; 12]) -> Self {
        let [m0, m1, m2, m3, d0, d1, d2, d3, t0, t1, t2, t3] = bytes;
        Self {
            months: u32::from_le_bytes([m0, m1, m2, m3]),
            days: u32::from_le_bytes([d0, d1, d2, d3]),
            millis: u32::from_le_bytes([t0, t1, t2, t3]),
        }
    }

    /// The bytes of the datum.
    #[must_use]
    pub const fn to_bytes(self) -> [u8; 12] {
        let [m0, m1, m2, m3] = self.months.to_le_bytes();
        let [d0, d1, d2, d3] = self.days.to_le_bytes();
        let [t0, t1, t2, t3] = self.millis.to_le_bytes();
        [m0, m1, m2, m3, d0, d1, d2, d3, t0, t1, t2, t3]
    }
}

/// A string with one character per byte.
impl Decode for Duration {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, Stop> {
        reader.string_as(bytes::array_from_text).map(Self::from_bytes)
    }
}

impl Encode for Duration {
    fn encode(&self, out: &mut String) {
        bytes::encode(&self.to_bytes(), out);
    }
}

bridge::serde!(Duration);

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn bytes_are_little_endian_in_specification_order() {
        let duration = Duration { months: 1, days: 0x0203, millis: 0xff00_0000 };
        let text = serde_json::to_string(&duration).unwrap();
        assert_eq!(
            text,
            "\"\\u0001\\u0000\\u0000\\u0000\\u0003\\u0002\\u0000\\u0000\\u0000\\u0000\\u0000ÿ\""
        );
        assert_eq!(Duration::decode(&mut Reader::new(&text)), Ok(duration));
        assert_eq!(Duration::decode(&mut Reader::new(r#""short""#)), Err(Stop::Mismatch));
    }

    proptest! {
        #[test]
        fn every_duration_comes_back(months: u32, days: u32, millis: u32) {
            let duration = Duration { months, days, millis };
            prop_assert_eq!(Duration::from_bytes(duration.to_bytes()), duration);
        }
    }
}
