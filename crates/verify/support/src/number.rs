//! Numbers of JSON text by the rules that the product documents, computed on decimal digits.
//!
//! Deliberately plain and slow: it shares no idea with the code that it is compared with.

/// `digits × 10^exponent`, exactly as the text has it; `digits` has no leading zeros.
struct Number {
    negative: bool,
    digits: String,
    exponent: i128,
}

impl Number {
    /// The number that a JSON text stands for.
    fn of(text: &str) -> Self {
        let (negative, text) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
        let (mantissa, power) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
        let (integer, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        // No text is long enough to make up for an exponent of 30 digits.
        let limit = if power.starts_with('-') { -(10_i128.pow(30)) } else { 10_i128.pow(30) };
        let power = power.parse().unwrap_or(limit).clamp(-limit.abs(), limit.abs());
        let digits = format!("{integer}{fraction}").trim_start_matches('0').to_owned();
        Self { negative, digits, exponent: power - fraction.len() as i128 }
    }

    /// The same value without zeros at the end of its digits.
    fn reduced(mut self) -> Self {
        while self.digits.ends_with('0') {
            self.digits.pop();
            self.exponent += 1;
        }
        if self.digits.is_empty() { Self { negative: false, exponent: 0, ..self } } else { self }
    }

    /// The digits with the zeros that a positive exponent adds, if these are not more than 40.
    fn written_out(&self) -> Option<String> {
        let zeros = if self.digits.is_empty() { 0 } else { self.exponent.max(0) };
        let fits = self.digits.len() as i128 + zeros <= 40;
        fits.then(|| format!("{}{}", self.digits, "0".repeat(zeros as usize)))
    }
}

/// Returns whether a number has no fractional part.
#[must_use]
pub fn is_integer(text: &str) -> bool {
    Number::of(text).reduced().exponent >= 0
}

/// An integer within `i64`, however it is written.
#[must_use]
pub fn small_integer(text: &str) -> Option<i64> {
    let number = Number::of(text).reduced();
    if number.exponent < 0 {
        return None;
    }
    let digits = number.written_out()?;
    let digits = if digits.is_empty() { "0" } else { &digits };
    format!("{}{digits}", if number.negative { "-" } else { "" }).parse().ok()
}

/// Returns whether a decimal of 96 bits and 28 places holds a number with every digit that was written.
#[must_use]
pub fn fits_decimal(text: &str) -> bool {
    const LARGEST: &str = "79228162514264337593543950335";
    let number = Number::of(text);
    let Some(digits) = number.written_out() else { return false };
    let small =
        digits.len() < LARGEST.len() || digits.len() == LARGEST.len() && *digits <= *LARGEST;
    small && number.exponent >= -28
}

/// Returns whether two texts stand for the same number.
#[must_use]
pub fn same_value(left: &str, right: &str) -> bool {
    let (left, right) = (Number::of(left).reduced(), Number::of(right).reduced());
    (left.negative, left.digits, left.exponent) == (right.negative, right.digits, right.exponent)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integers_are_recognised_however_they_are_written() {
        for text in
            ["0", "-0", "12.0", "1.2e1", "1e400", "0e-400", "1200e-2", "9223372036854775808"]
        {
            assert!(is_integer(text), "{text}");
        }
        for text in ["0.5", "12.5", "1e-1", "1e-400", "10000000000000000000000.1"] {
            assert!(!is_integer(text), "{text}");
        }
        assert_eq!(small_integer("-9223372036854775808"), Some(i64::MIN));
        assert_eq!(small_integer("9223372036854775807.000"), Some(i64::MAX));
        assert_eq!(small_integer("9223372036854775808"), None);
        assert_eq!(small_integer("0e99999999999999999999999999999999999999999999"), Some(0));
        assert_eq!(small_integer("1e99999999999999999999999999999999999999999999"), None);
        assert_eq!(small_integer("1.5"), None);
    }

    #[test]
    fn a_decimal_holds_96_bits_and_28_places() {
        for text in [
            "79228162514264337593543950335",
            "-7.9228162514264337593543950335",
            "0.0000000000000000000000000001",
            "1e28",
            "0e99",
        ] {
            assert!(fits_decimal(text), "{text}");
        }
        for text in [
            "79228162514264337593543950336",
            "0.00000000000000000000000000001",
            "1.00000000000000000000000000000",
            "1e29",
            "0e-29",
        ] {
            assert!(!fits_decimal(text), "{text}");
        }
    }

    #[test]
    fn values_are_compared_whatever_their_text() {
        assert!(same_value("1.20e1", "12"));
        assert!(same_value("-0.0", "0e7"));
        assert!(!same_value("1", "-1"));
        assert!(!same_value("9007199254740993", "9007199254740992"));
    }
}
