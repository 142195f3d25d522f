//! Calendar dates as RFC 3339 §5.6 writes them.

use std::fmt::Write as _;

use chrono::{Datelike as _, NaiveDate};

use crate::json::{Decode, Encode, Reader, Stop};

/// The date that a `full-date` stands for: `YYYY-MM-DD`, four digits of year, a day of the calendar.
#[inline]
pub(crate) fn parse(text: &str) -> Option<NaiveDate> {
    scan(text.as_bytes().try_into().ok()?)
}

/// [`parse`], of exactly as many bytes as it takes.
#[inline]
pub(super) fn scan(text: &[u8; 10]) -> Option<NaiveDate> {
    let &[y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = text else {
        return None;
    };
    let year = u32::from(pair(y1, y2)?) * 100 + u32::from(pair(y3, y4)?);
    NaiveDate::from_ymd_opt(year as i32, pair(m1, m2)?.into(), pair(d1, d2)?.into())
}

/// The value of two decimal digits.
#[inline]
pub(super) fn pair(tens: u8, ones: u8) -> Option<u8> {
    (tens.is_ascii_digit() && ones.is_ascii_digit()).then(|| (tens - b'0') * 10 + (ones - b'0'))
}

/// Writes a date whose year has at most four digits.
#[inline]
pub(super) fn write(date: NaiveDate, out: &mut [u8; 10]) {
    let year = date.year().unsigned_abs();
    let [y1, y2] = digits(year / 100);
    let [y3, y4] = digits(year % 100);
    let [m1, m2] = digits(date.month());
    let [d1, d2] = digits(date.day());
    *out = [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2];
}

/// The two decimal digits of a number below 100.
#[inline]
pub(super) fn digits(value: u32) -> [u8; 2] {
    let digit = |value: u32| b'0' + (value % 10) as u8;
    [digit(value / 10), digit(value)]
}

/// An RFC 3339 `full-date`.
impl Decode for NaiveDate {
    #[inline]
    fn decode(reader: &mut Reader<'_>) -> Result<Self, Stop> {
        reader.string_as(parse)
    }
}

/// An RFC 3339 `full-date`. It does not exist for a year outside of 0000 to 9999: the text written then is
/// ISO 8601 with a sign, as `chrono` has it, and no contract takes it.
impl Encode for NaiveDate {
    #[inline]
    fn encode(&self, out: &mut String) {
        out.push('"');
        if let 0..=9999 = self.year() {
            let mut text = [0; 10];
            write(*self, &mut text);
            out.push_str(str::from_utf8(&text).unwrap_or_default());
        } else {
            let written = write!(out, "{self}");
            debug_assert!(written.is_ok(), "a String takes any text");
        }
        out.push('"');
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn text(date: NaiveDate) -> String {
        let mut text = String::new();
        date.encode(&mut text);
        text
    }

    #[test]
    fn only_days_of_the_calendar_are_dates() {
        for text in ["2024-02-29", "2000-02-29", "0000-01-01", "9999-12-31"] {
            assert!(parse(text).is_some(), "{text}");
        }
        for text in [
            "2023-02-29",
            "1900-02-29",
            "2023-04-31",
            "2023-00-10",
            "2023-13-01",
            "2023-01-00",
            "2023-1-1",
            "23-01-01",
            "20230101",
            "2023-01-01Z",
            " 2023-01-01",
            "+2023-01-01",
            "-023-01-01",
            "2023/01/01",
            "２023-01",
            "12023-01-01",
            "",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    #[test]
    fn writes_but_never_reads_five_digit_years() {
        let far = NaiveDate::from_ymd_opt(12_023, 1, 2).unwrap();
        assert_eq!(text(far), r#""+12023-01-02""#);
        assert_eq!(NaiveDate::decode(&mut Reader::new(&text(far))), Err(Stop::Mismatch));
        let before = NaiveDate::from_ymd_opt(-1, 1, 2).unwrap();
        assert_eq!(text(before), r#""-0001-01-02""#);
    }

    proptest! {
        #[test]
        fn every_date_of_four_digits_survives(days in -719_528..=2_932_896_i32) {
            let date = NaiveDate::from_epoch_days(days).unwrap();
            prop_assert_eq!(text(date), format!("\"{}\"", date.format("%Y-%m-%d")));
            prop_assert_eq!(NaiveDate::decode(&mut Reader::new(&text(date))), Ok(date));
        }

        #[test]
        fn chrono_agrees_on_ten_characters(text in "[0-9]{4}-[0-9]{2}-[0-9]{2}") {
            prop_assert_eq!(parse(&text), NaiveDate::parse_from_str(&text, "%Y-%m-%d").ok());
        }
    }
}
