//! Numbers that keep their digits.

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
