//! Dates, times and timestamps: counts of days or fractions of a second.

use std::fmt;

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Timelike as _, Utc};

use super::Inexact;
use crate::json::{Decode, Encode, Reader, Stop, bridge};

/// Defines one logical type: its name, its unit, and the conversions to and from the type of `chrono`.
macro_rules! logical_type {
    (
        $(#[$docs:meta])*
        $name:ident($count:ty) in $unit:literal;
        to $chrono:ty: $to_chrono:expr;
        from: $from_chrono:expr;
    ) => {
        $(#[$docs])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
        pub struct $name($count);

        impl $name {
            #[doc = concat!("From a number of ", $unit, ".")]
            #[must_use]
            pub const fn new(count: $count) -> Self {
                Self(count)
            }

            #[doc = concat!("The number of ", $unit, ".")]
            #[must_use]
            pub const fn get(self) -> $count {
                self.0
            }

            /// The value as a type of `chrono`; `None` where that cannot hold it.
            #[must_use]
            pub fn to_chrono(self) -> Option<$chrono> {
                let to_chrono: fn($count) -> Option<$chrono> = $to_chrono;
                to_chrono(self.0)
            }
        }

        /// # Errors
        ///
        /// When the value lies between two units, or outside of what the count can hold.
        impl TryFrom<$chrono> for $name {
            type Error = Inexact;

            fn try_from(value: $chrono) -> Result<Self, Inexact> {
                let from_chrono: fn(&$chrono) -> Option<$count> = $from_chrono;
                // What comes back differs when it was rounded, or was a leap second.
                from_chrono(&value)
                    .map(Self)
                    .filter(|count| count.to_chrono() == Some(value))
                    .ok_or(Inexact)
            }
        }

        /// ISO 8601; where `chrono` cannot hold the value, its number and unit.
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                match self.to_chrono() {
                    Some(value) => write!(f, "{value:?}"),
                    None => write!(f, concat!("{} ", $unit), self.0),
                }
            }
        }

        impl From<$name> for $count {
            fn from(value: $name) -> Self {
                value.0
            }
        }

        impl Decode for $name {
            #[inline]
            fn decode(reader: &mut Reader<'_>) -> Result<Self, Stop> {
                <$count>::decode(reader).map(Self)
            }
        }

        impl Encode for $name {
            #[inline]
            fn encode(&self, out: &mut String) {
                self.0.encode(out);
            }
        }

        bridge::serde!($name);
    };
}

logical_type! {
    /// A day of the calendar (Avro `date`).
    Date(i32) in "days since 1970-01-01";
    to NaiveDate: NaiveDate::from_epoch_days;
    from: |date| Some(date.to_epoch_days());
}

logical_type! {
    /// A time of day (Avro `time-millis`).
    TimeMillis(i32) in "milliseconds since midnight";
    to NaiveTime: |count| time_of_day(count.into(), MILLIS);
    from: |time| i32::try_from(since_midnight(time, MILLIS)).ok();
}

logical_type! {
    /// A time of day (Avro `time-micros`).
    TimeMicros(i64) in "microseconds since midnight";
    to NaiveTime: |count| time_of_day(count, MICROS);
    from: |time| Some(since_midnight(time, MICROS));
}

logical_type! {
    /// An instant (Avro `timestamp-millis`).
    TimestampMillis(i64) in "milliseconds since 1970-01-01T00:00:00Z";
    to DateTime<Utc>: DateTime::from_timestamp_millis;
    from: |instant| Some(instant.timestamp_millis());
}

logical_type! {
    /// An instant (Avro `timestamp-micros`).
    TimestampMicros(i64) in "microseconds since 1970-01-01T00:00:00Z";
    to DateTime<Utc>: DateTime::from_timestamp_micros;
    from: |instant| Some(instant.timestamp_micros());
}

logical_type! {
    /// An instant (Avro `timestamp-nanos`).
    TimestampNanos(i64) in "nanoseconds since 1970-01-01T00:00:00Z";
    to DateTime<Utc>: |count| Some(DateTime::from_timestamp_nanos(count));
    from: |instant| instant.timestamp_nanos_opt();
}

logical_type! {
    /// A date and time of day in no particular time zone (Avro `local-timestamp-millis`).
    LocalTimestampMillis(i64) in "milliseconds since 1970-01-01T00:00:00";
    to NaiveDateTime: |count| Some(DateTime::from_timestamp_millis(count)?.naive_utc());
    from: |local| Some(local.and_utc().timestamp_millis());
}

logical_type! {
    /// A date and time of day in no particular time zone (Avro `local-timestamp-micros`).
    LocalTimestampMicros(i64) in "microseconds since 1970-01-01T00:00:00";
    to NaiveDateTime: |count| Some(DateTime::from_timestamp_micros(count)?.naive_utc());
    from: |local| Some(local.and_utc().timestamp_micros());
}

logical_type! {
    /// A date and time of day in no particular time zone (Avro `local-timestamp-nanos`).
    LocalTimestampNanos(i64) in "nanoseconds since 1970-01-01T00:00:00";
    to NaiveDateTime: |count| Some(DateTime::from_timestamp_nanos(count).naive_utc());
    from: |local| local.and_utc().timestamp_nanos_opt();
}

const MILLIS: i64 = 1_000;
const MICROS: i64 = 1_000_000;

/// `count` units after midnight, at the given number of units per second.
fn time_of_day(count: i64, per_second: i64) -> Option<NaiveTime> {
    let seconds = u32::try_from(count.div_euclid(per_second)).ok()?;
    let nanos = count.rem_euclid(per_second) * (1_000_000_000 / per_second);
    NaiveTime::from_num_seconds_from_midnight_opt(seconds, u32::try_from(nanos).ok()?)
}

fn since_midnight(time: &NaiveTime, per_second: i64) -> i64 {
    let nanos = i64::from(time.nanosecond());
    i64::from(time.num_seconds_from_midnight()) * per_second + nanos / (1_000_000_000 / per_second)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn date_time(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn a_date_far_beyond_chrono_keeps_its_number() {
        let far: Date = serde_json::from_str("123123123").unwrap();
        assert_eq!((far.get(), far.to_chrono()), (123_123_123, None));
        assert_eq!(far.to_string(), "123123123 days since 1970-01-01");
        assert_eq!(serde_json::to_string(&far).unwrap(), "123123123");
        assert_eq!(Date::new(i32::MIN).to_chrono(), None);
    }

    #[test]
    fn values_print_as_iso_8601() {
        assert_eq!(Date::new(-1).to_string(), "1969-12-31");
        assert_eq!(TimeMillis::new(1).to_string(), "00:00:00.001");
        assert_eq!(TimeMicros::new(86_399_999_999).to_string(), "23:59:59.999999");
        assert_eq!(TimestampMillis::new(1_500).to_string(), "1970-01-01T00:00:01.500Z");
        assert_eq!(TimestampNanos::new(-1).to_string(), "1969-12-31T23:59:59.999999999Z");
        assert_eq!(LocalTimestampMicros::new(0).to_string(), "1970-01-01T00:00:00");
        assert_eq!(
            TimestampMillis::new(i64::MAX).to_string(),
            "9223372036854775807 milliseconds since 1970-01-01T00:00:00Z"
        );
    }

    #[test]
    fn times_beyond_a_day_are_none() {
        for count in [-1, 86_400_000, i32::MIN, i32::MAX] {
            assert_eq!(TimeMillis::new(count).to_chrono(), None, "{count}");
        }
        for count in [-1, 86_400_000_000, i64::MIN, i64::MAX] {
            assert_eq!(TimeMicros::new(count).to_chrono(), None, "{count}");
        }
    }

    #[test]
    fn nothing_is_rounded_on_the_way_from_chrono() {
        let instant = date_time("2023-05-02T14:03:27.120456789Z");
        assert_eq!(TimestampMillis::try_from(instant), Err(Inexact));
        assert_eq!(TimestampMicros::try_from(instant), Err(Inexact));
        assert_eq!(TimestampNanos::try_from(instant).unwrap().to_chrono(), Some(instant));
        assert_eq!(TimeMillis::try_from(instant.time()), Err(Inexact));
        assert_eq!(LocalTimestampMicros::try_from(instant.naive_utc()), Err(Inexact));
        // 292 years are all that 64 bits of nanoseconds hold.
        assert_eq!(TimestampNanos::try_from(date_time("2300-01-01T00:00:00Z")), Err(Inexact));
        let leap = NaiveTime::from_hms_milli_opt(23, 59, 59, 1_500).unwrap();
        assert_eq!(TimeMillis::try_from(leap), Err(Inexact));
        assert_eq!(TimeMicros::try_from(leap), Err(Inexact));
    }

    #[test]
    fn the_width_of_an_int_is_checked() {
        assert_eq!(Date::decode(&mut Reader::new("2147483648")), Err(Stop::Mismatch));
        assert_eq!(Date::decode(&mut Reader::new("12.0")), Ok(Date::new(12)));
        let error = serde_json::from_str::<Date>("2147483648").unwrap_err().to_string();
        assert!(!error.contains("2147483648"), "{error}");
    }

    proptest! {
        #[test]
        fn dates_within_chrono_range_round_trip(count: i32, wide: i64) {
            if let Some(date) = Date::new(count).to_chrono() {
                prop_assert_eq!(Date::try_from(date), Ok(Date::new(count)));
            }
            if let Some(instant) = TimestampMillis::new(wide).to_chrono() {
                prop_assert_eq!(TimestampMillis::try_from(instant), Ok(TimestampMillis::new(wide)));
            }
            if let Some(instant) = TimestampMicros::new(wide).to_chrono() {
                prop_assert_eq!(TimestampMicros::try_from(instant), Ok(TimestampMicros::new(wide)));
            }
            let nanos = TimestampNanos::new(wide);
            prop_assert_eq!(TimestampNanos::try_from(nanos.to_chrono().unwrap()), Ok(nanos));
            let local = LocalTimestampNanos::new(wide);
            prop_assert_eq!(LocalTimestampNanos::try_from(local.to_chrono().unwrap()), Ok(local));
        }

        #[test]
        fn times_of_day_come_back(count in 0..86_400_000_000_i64) {
            let time = TimeMicros::new(count).to_chrono().unwrap();
            prop_assert_eq!(TimeMicros::try_from(time), Ok(TimeMicros::new(count)));
            let millis = i32::try_from(count / 1_000).unwrap();
            let time = TimeMillis::new(millis).to_chrono().unwrap();
            prop_assert_eq!(TimeMillis::try_from(time), Ok(TimeMillis::new(millis)));
        }
    }
}
