//! Instants that remember their text.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;

use chrono::{DateTime, Datelike as _, FixedOffset, NaiveDateTime, NaiveTime, Timelike as _, Utc};

use super::date::{self, digits, pair};
use crate::json::{Decode, Encode, Reader, Stop, bridge};

/// A text or instant that has no RFC 3339 date-time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an RFC 3339 date-time")]
pub struct InvalidTimestamp;

/// An instant with its offset from UTC that re-prints the text it was read from.
///
/// The text is a `date-time` of [RFC 3339 §5.6]: years 0000 to 9999, days of the calendar, any number of
/// fraction digits, `Z` or an offset. `T` and `Z` may be lower case; a blank in the place of the `T`,
/// which a note of the RFC allows to "applications", is not accepted. A leap second is, where one can be:
/// at 23:59:60 UTC.
///
/// Two timestamps are compared as instants: `14:00Z` equals `15:00+01:00` equals `14:00.000Z`. Fraction
/// digits past the ninth are kept in the text and do not count in comparisons.
/// [`same_text`](Self::same_text) compares what was written.
///
/// ```
/// use migration_events::Timestamp;
///
/// let version: Timestamp = "2023-05-02T14:03:27.120Z".parse()?;
/// assert_eq!(version.to_string(), "2023-05-02T14:03:27.120Z");
///
/// let local: Timestamp = "2023-05-02T11:03:27.12-03:00".parse()?;
/// assert_eq!(version, local);
/// assert!(!version.same_text(&local));
/// # Ok::<(), migration_events::InvalidTimestamp>(())
/// ```
///
/// [RFC 3339 §5.6]: https://www.rfc-editor.org/rfc/rfc3339#section-5.6
#[derive(Clone)]
pub struct Timestamp {
    instant: DateTime<FixedOffset>,
    notation: Notation,
}

/// The details of the text that the instant does not determine.
#[derive(Clone, PartialEq, Eq)]
enum Notation {
    Regular {
        fraction_digits: u8,
        lower_t: bool,
        zone: Zone,
    },
    /// More fraction digits than the instant holds: the text itself.
    Verbatim(Box<str>),
}

/// The spelling of the offset.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Zone {
    UpperZ,
    LowerZ,
    Numeric,
    /// `-00:00`
    MinusZero,
}

/// Fraction digits that the instant holds.
const NANO_DIGITS: usize = 9;

/// The longest text with that many: `YYYY-MM-DDTHH:MM:SS.fffffffff+HH:MM`.
const LONGEST: usize = 35;

impl Timestamp {
    /// Reads an RFC 3339 date-time.
    ///
    /// # Errors
    ///
    /// When `text` is not an RFC 3339 date-time.
    #[inline]
    pub fn parse(text: &str) -> Result<Self, InvalidTimestamp> {
        let Scanned { instant, fraction_digits, lower_t, zone } =
            scan(text).ok_or(InvalidTimestamp)?;
        let notation = match u8::try_from(fraction_digits) {
            Ok(fraction_digits) if fraction_digits <= NANO_DIGITS as u8 => {
                Notation::Regular { fraction_digits, lower_t, zone }
            }
            _ => Notation::Verbatim(text.into()),
        };
        Ok(Self { instant, notation })
    }

    /// The instant, with the offset from UTC in which it was written.
    ///
    /// A leap second is what it is in `chrono`: second 59 with more than 10⁹ nanoseconds.
    #[must_use]
    pub fn instant(&self) -> DateTime<FixedOffset> {
        self.instant
    }

    /// The instant in UTC.
    #[must_use]
    pub fn to_utc(&self) -> DateTime<Utc> {
        self.instant.to_utc()
    }

    /// Returns whether both were written with the same characters; `==` compares instants.
    #[must_use]
    pub fn same_text(&self, other: &Self) -> bool {
        // Offset included: `==` of two `DateTime`s leaves it out.
        self.notation == other.notation
            && self.instant == other.instant
            && self.instant.offset() == other.instant.offset()
    }

    /// Calls `f` with the text.
    fn with_text<R>(&self, f: impl FnOnce(&str) -> R) -> R {
        match &self.notation {
            Notation::Verbatim(text) => f(text),
            &Notation::Regular { fraction_digits, lower_t, zone } => {
                let mut text = Text { bytes: [0; LONGEST], len: 0 };
                self.write(&mut text, fraction_digits.into(), lower_t, zone);
                f(str::from_utf8(&text.bytes[..text.len]).unwrap_or_default())
            }
        }
    }

    fn write(&self, out: &mut Text, fraction_digits: usize, lower_t: bool, zone: Zone) {
        let local = self.instant.naive_local();
        let mut day = [0; 10];
        date::write(local.date(), &mut day);
        out.push(&day);
        out.push(if lower_t { b"t" } else { b"T" });
        out.push(&digits(local.hour()));
        out.push(b":");
        out.push(&digits(local.minute()));
        out.push(b":");
        let (second, nanosecond) = match local.nanosecond().checked_sub(NANOS_PER_SECOND) {
            Some(nanosecond) => (local.second() + 1, nanosecond),
            None => (local.second(), local.nanosecond()),
        };
        out.push(&digits(second));
        if fraction_digits > 0 {
            let mut fraction = [b'.'; NANO_DIGITS + 1];
            let mut rest = nanosecond;
            for digit in fraction[1..].iter_mut().rev() {
                *digit = b'0' + (rest % 10) as u8;
                rest /= 10;
            }
            out.push(&fraction[..=fraction_digits]);
        }
        let minutes = self.instant.offset().local_minus_utc() / 60;
        match zone {
            Zone::UpperZ => out.push(b"Z"),
            Zone::LowerZ => out.push(b"z"),
            Zone::Numeric | Zone::MinusZero => {
                let minus = minutes < 0 || zone == Zone::MinusZero;
                out.push(if minus { b"-" } else { b"+" });
                let minutes = minutes.unsigned_abs();
                out.push(&digits(minutes / 60));
                out.push(b":");
                out.push(&digits(minutes % 60));
            }
        }
    }
}

const NANOS_PER_SECOND: u32 = 1_000_000_000;

/// The text of a timestamp while it is written.
struct Text {
    bytes: [u8; LONGEST],
    len: usize,
}

impl Text {
    fn push(&mut self, part: &[u8]) {
        let end = self.len + part.len();
        self.bytes[self.len..end].copy_from_slice(part);
        self.len = end;
    }
}

/// The parts of a scanned text.
struct Scanned {
    instant: DateTime<FixedOffset>,
    fraction_digits: usize,
    lower_t: bool,
    zone: Zone,
}

#[inline]
fn scan(text: &str) -> Option<Scanned> {
    let (day, rest) = text.as_bytes().split_first_chunk::<10>()?;
    let (time, rest) = rest.split_first_chunk::<9>()?;
    let &[t, h1, h2, b':', m1, m2, b':', s1, s2] = time else {
        return None;
    };
    let lower_t = match t {
        b'T' => false,
        b't' => true,
        _ => return None,
    };
    let (fraction, rest) = match rest {
        [b'.', rest @ ..] => {
            let end = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
            if end == 0 {
                return None;
            }
            rest.split_at(end)
        }
        rest => (&[][..], rest),
    };
    let (zone, offset) = zone(rest)?;

    let mut second = u32::from(pair(s1, s2)?);
    let mut nanosecond = nanoseconds(fraction);
    let leap = second == 60;
    if leap {
        second = 59;
        nanosecond += NANOS_PER_SECOND;
    }
    let (hour, minute) = (pair(h1, h2)?.into(), pair(m1, m2)?.into());
    let time = NaiveTime::from_hms_nano_opt(hour, minute, second, nanosecond)?;
    let local = date::scan(day)?.and_time(time);
    let instant = match offset.local_minus_utc() {
        // What the other branch returns, without its look-up.
        0 => DateTime::from_naive_utc_and_offset(local, offset),
        _ => local.and_local_timezone(offset).single()?,
    };
    if leap && !can_leap(instant.naive_utc()) {
        return None;
    }
    Some(Scanned { instant, fraction_digits: fraction.len(), lower_t, zone })
}

#[inline]
fn zone(text: &[u8]) -> Option<(Zone, FixedOffset)> {
    let (zone, seconds) = match text {
        b"Z" => (Zone::UpperZ, 0),
        b"z" => (Zone::LowerZ, 0),
        &[sign @ (b'+' | b'-'), h1, h2, b':', m1, m2] => {
            let (hours, minutes) = (pair(h1, h2)?, pair(m1, m2)?);
            if hours > 23 || minutes > 59 {
                return None;
            }
            let seconds = i32::from(hours) * 3600 + i32::from(minutes) * 60;
            match (sign, seconds) {
                (b'-', 0) => (Zone::MinusZero, 0),
                (b'-', seconds) => (Zone::Numeric, -seconds),
                (_, seconds) => (Zone::Numeric, seconds),
            }
        }
        _ => return None,
    };
    Some((zone, FixedOffset::east_opt(seconds)?))
}

/// The first nine fraction digits as nanoseconds.
#[inline]
fn nanoseconds(fraction: &[u8]) -> u32 {
    let mut value = 0;
    for index in 0..NANO_DIGITS {
        value = value * 10 + fraction.get(index).map_or(0, |digit| u32::from(digit - b'0'));
    }
    value
}

/// Returns whether second 60 may follow: leap seconds end a day in UTC (RFC 3339 §5.7).
#[inline]
fn can_leap(utc: NaiveDateTime) -> bool {
    (utc.hour(), utc.minute(), utc.second()) == (23, 59, 59)
}

impl FromStr for Timestamp {
    type Err = InvalidTimestamp;

    fn from_str(text: &str) -> Result<Self, InvalidTimestamp> {
        Self::parse(text)
    }
}

impl TryFrom<&str> for Timestamp {
    type Error = InvalidTimestamp;

    fn try_from(text: &str) -> Result<Self, InvalidTimestamp> {
        Self::parse(text)
    }
}

/// Written with `Z`, and with 0, 3, 6 or 9 fraction digits: as few as hold the instant.
///
/// # Errors
///
/// When the year is outside of 0000 to 9999, or at a leap second that is not at 23:59:60.
impl TryFrom<DateTime<Utc>> for Timestamp {
    type Error = InvalidTimestamp;

    fn try_from(instant: DateTime<Utc>) -> Result<Self, InvalidTimestamp> {
        from_chrono(instant.fixed_offset(), Zone::UpperZ)
    }
}

/// Written with a numeric offset, and with 0, 3, 6 or 9 fraction digits: as few as hold the instant.
///
/// # Errors
///
/// When the year is outside of 0000 to 9999, the offset has seconds, or at a leap second that is not at
/// 23:59:60 UTC.
impl TryFrom<DateTime<FixedOffset>> for Timestamp {
    type Error = InvalidTimestamp;

    fn try_from(instant: DateTime<FixedOffset>) -> Result<Self, InvalidTimestamp> {
        from_chrono(instant, Zone::Numeric)
    }
}

fn from_chrono(instant: DateTime<FixedOffset>, zone: Zone) -> Result<Timestamp, InvalidTimestamp> {
    let local = instant.naive_local();
    let leap = local.nanosecond() >= NANOS_PER_SECOND;
    if !(0..=9999).contains(&local.year())
        || instant.offset().local_minus_utc() % 60 != 0
        || leap && !can_leap(instant.naive_utc())
    {
        return Err(InvalidTimestamp);
    }
    let fraction_digits = match local.nanosecond() % NANOS_PER_SECOND {
        0 => 0,
        nanosecond if nanosecond % 1_000_000 == 0 => 3,
        nanosecond if nanosecond % 1_000 == 0 => 6,
        _ => 9,
    };
    Ok(Timestamp { instant, notation: Notation::Regular { fraction_digits, lower_t: false, zone } })
}

impl PartialEq for Timestamp {
    fn eq(&self, other: &Self) -> bool {
        self.instant == other.instant
    }
}

impl Eq for Timestamp {}

impl PartialOrd for Timestamp {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Timestamp {
    fn cmp(&self, other: &Self) -> Ordering {
        self.instant.cmp(&other.instant)
    }
}

impl Hash for Timestamp {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.instant.hash(state);
    }
}

/// The text it was read from.
impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.with_text(|text| f.pad(text))
    }
}

impl fmt::Debug for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Decode for Timestamp {
    #[inline]
    fn decode(reader: &mut Reader<'_>) -> Result<Self, Stop> {
        reader.string_as(|text| Self::parse(text).ok())
    }
}

impl Encode for Timestamp {
    fn encode(&self, out: &mut String) {
        out.push('"');
        self.with_text(|text| out.push_str(text));
        out.push('"');
    }
}

impl<'de> serde::Deserialize<'de> for Timestamp {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let parse = |text: &str| Self::parse(text).ok();
        bridge::deserialize_str(deserializer, parse, |_| InvalidTimestamp.to_string())
    }
}

impl serde::Serialize for Timestamp {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.with_text(|text| serializer.serialize_str(text))
    }
}

#[cfg(test)]
mod tests;
