//! Numbers that keep their digits.

use std::cmp::Ordering;
use std::fmt;

/// A number that keeps its spelling: `9007199254740993.0` and `1e2` are written unchanged.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Number {
    text: String,
    value: serde_json::Number,
}

impl Number {
    /// Sets the spelling.
    pub(super) fn spell(&mut self, text: &str) {
        text.clone_into(&mut self.text);
    }

    /// Returns the value, rounded to 64 bits if necessary.
    #[must_use]
    pub(crate) fn value(&self) -> &serde_json::Number {
        &self.value
    }
}

impl Number {
    /// Returns whether the value has no fractional part, in any spelling.
    #[must_use]
    pub(crate) fn is_integer(&self) -> bool {
        self.normalized().2 >= 0
    }

    /// Returns the largest integer that is not above the number, and whether it is the number; saturates.
    #[must_use]
    pub(crate) fn floor(&self) -> (i128, bool) {
        let (negative, mut digits, exponent) = self.normalized();
        let is_whole = exponent >= 0;
        let count = digits.len() as u64;
        if is_whole && count.saturating_add_signed(exponent) > 38 {
            return (if negative { i128::MIN } else { i128::MAX }, true);
        }
        if is_whole {
            digits.extend((0..exponent).map(|_| '0'));
        } else {
            let kept = count.saturating_sub(exponent.unsigned_abs());
            digits.truncate(usize::try_from(kept).unwrap_or(usize::MAX));
        }
        let magnitude: i128 = match digits.as_str() {
            "" => 0,
            digits => digits.parse().unwrap_or(i128::MAX),
        };
        match (negative, is_whole) {
            (false, _) => (magnitude, is_whole),
            (true, true) => (-magnitude, true),
            // The next integer below zero is one further.
            (true, false) => ((-magnitude).saturating_sub(1), false),
        }
    }

    /// Returns whether a decimal of 96 bits with at most 28 digits after the point holds the value exactly.
    #[must_use]
    pub(crate) fn fits_decimal(&self) -> bool {
        const MAX: i128 = (1 << 96) - 1;
        let (_, digits, exponent) = self.normalized();
        if exponent >= 0 {
            return self.floor().0.unsigned_abs() <= MAX.unsigned_abs();
        }
        exponent >= -28 && digits.parse().is_ok_and(|mantissa: i128| mantissa <= MAX)
    }

    /// Compares the values.
    #[must_use]
    pub(crate) fn compare(&self, other: &Self) -> Ordering {
        let (left, right) = (self.normalized(), other.normalized());
        // `0.d₁d₂d₃… × 10^scale`, without zeros at the end.
        let magnitude = |(_, digits, exponent): &(bool, String, i64)| {
            let scale = exponent.saturating_add_unsigned(digits.len() as u64);
            (!digits.is_empty(), scale, digits.clone())
        };
        let absolute = match (magnitude(&left), magnitude(&right)) {
            ((false, ..), (false, ..)) => Ordering::Equal,
            (left, right) => left.cmp(&right),
        };
        match (left.0, right.0) {
            (false, false) => absolute,
            (true, true) => absolute.reverse(),
            (is_negative, _) => {
                if is_negative {
                    Ordering::Less
                } else {
                    Ordering::Greater
                }
            }
        }
    }

    /// Returns whether the value is a multiple of another one, or `None` if the numbers are too long to say.
    #[must_use]
    pub(crate) fn is_multiple_of(&self, divisor: &Self) -> Option<bool> {
        let (own, other) = (self.normalized(), divisor.normalized());
        let common = own.2.min(other.2);
        let scaled = |(_, digits, exponent): &(bool, String, i64)| -> Option<i128> {
            if digits.is_empty() {
                return Some(0);
            }
            let power = 10_i128.checked_pow(u32::try_from(exponent.checked_sub(common)?).ok()?)?;
            digits.parse::<i128>().ok()?.checked_mul(power)
        };
        scaled(&own)?.checked_rem(scaled(&other)?).map(|rest| rest == 0)
    }

    /// Returns sign, significant digits and decimal exponent. All spellings of a value have the same
    /// normalized form.
    #[must_use]
    pub(crate) fn normalized(&self) -> (bool, String, i64) {
        let (negative, text) = match self.text.strip_prefix('-') {
            Some(text) => (true, text),
            None => (false, self.text.as_str()),
        };
        let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
        let (integer, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let digits = format!("{integer}{fraction}");
        let trimmed = digits.trim_end_matches('0');
        let zeros = digits.len() - trimmed.len();
        let significant = trimmed.trim_start_matches('0');
        if significant.is_empty() {
            return (false, String::new(), 0);
        }
        let exponent: i64 = exponent.parse().unwrap_or(i64::MAX / 2);
        let shift = i64::try_from(zeros).unwrap_or(0) - i64::try_from(fraction.len()).unwrap_or(0);
        (negative, significant.to_owned(), exponent.saturating_add(shift))
    }
}

impl From<serde_json::Number> for Number {
    fn from(value: serde_json::Number) -> Self {
        Self { text: value.to_string(), value }
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// Returns the numbers of a JSON text, in order.
pub(super) fn texts(json: &str) -> impl Iterator<Item = &str> {
    let mut rest = json;
    std::iter::from_fn(move || {
        loop {
            let start = rest
                .find(|character: char| character.is_ascii_digit() || "-\"".contains(character))?;
            rest = &rest[start..];
            if let Some(string) = rest.strip_prefix('"') {
                rest = after_string(string);
                continue;
            }
            let is_part =
                |character: char| character.is_ascii_digit() || "+-.eE".contains(character);
            let end = rest.find(|character| !is_part(character)).unwrap_or(rest.len());
            let (number, after) = rest.split_at(end);
            rest = after;
            return Some(number);
        }
    })
}

/// Returns the text after a string whose opening quote was consumed.
fn after_string(string: &str) -> &str {
    let mut escaped = false;
    let end = string.find(|character| {
        let is_end = character == '"' && !escaped;
        escaped = character == '\\' && !escaped;
        is_end
    });
    end.map_or("", |end| &string[end + 1..])
}

#[cfg(test)]
mod tests {
    use crate::tree::Tree;

    #[test]
    fn numbers_keep_their_digits() {
        for text in [
            "9007199254740993",
            "123456789012345678901234567890",
            "-0.1000000000000000055511151231257827",
            "[1e2,-0,1.50,{\"a-1\":2E+3,\"b\\\\\":4,\"c\\\"5\":\"6\"},7.0]",
            "{\"\":\"\\\\\\\"8\",\"x\":9.90}",
        ] {
            let tree = Tree::parse(text).unwrap();
            assert_eq!(tree.to_string(), text);
        }
        let spaced = Tree::parse(" [ 1.0 ,\t-2e-1\n] ").unwrap();
        assert_eq!(spaced.to_string(), "[1.0,-2e-1]");
    }
}
