//! Numbers that keep their digits.

use super::Tree;
use std::fmt;

/// A number as the text has it: `9007199254740993.0` and `1e2` are written so again.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Number {
    text: String,
    value: serde_json::Number,
}

impl Number {
    /// The value, as exact as 64 bits hold it.
    #[must_use]
    pub(crate) fn value(&self) -> &serde_json::Number {
        &self.value
    }
}

impl Number {
    /// Whether the value has no fractional part, however it is written.
    #[must_use]
    pub(crate) fn is_integer(&self) -> bool {
        self.plain().2 >= 0
    }

    /// Sign, digits without zeros at either end, and the power of ten that they are multiplied with,
    /// as an integer: the same for all spellings of a value.
    #[must_use]
    pub(crate) fn plain(&self) -> (bool, String, i64) {
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

/// Gives the numbers of a tree the texts they have in the JSON that it was read from.
pub(super) fn restore(tree: &mut Tree, json: &str) {
    assign(tree, &mut texts(json));
}

fn assign<'t>(tree: &mut Tree, texts: &mut impl Iterator<Item = &'t str>) {
    match tree {
        Tree::Number(number) => {
            if let Some(text) = texts.next() {
                number.text = text.to_owned();
            }
        }
        Tree::Array(items) => items.iter_mut().for_each(|item| assign(item, texts)),
        Tree::Object(members) => members.iter_mut().for_each(|(_, value)| assign(value, texts)),
        Tree::Null | Tree::Bool(_) | Tree::String(_) => {}
    }
}

/// The numbers of a JSON text, in its order.
fn texts(json: &str) -> impl Iterator<Item = &str> {
    let mut rest = json;
    std::iter::from_fn(move || {
        loop {
            let start = rest.find(|sign: char| sign.is_ascii_digit() || "-\"".contains(sign))?;
            rest = &rest[start..];
            if let Some(string) = rest.strip_prefix('"') {
                rest = behind(string);
                continue;
            }
            let is_part = |sign: char| sign.is_ascii_digit() || "+-.eE".contains(sign);
            let end = rest.find(|sign| !is_part(sign)).unwrap_or(rest.len());
            let (number, behind) = rest.split_at(end);
            rest = behind;
            return Some(number);
        }
    })
}

/// What follows a string whose first quote was read.
fn behind(string: &str) -> &str {
    let mut escaped = false;
    let end = string.find(|sign| {
        let is_end = sign == '"' && !escaped;
        escaped = sign == '\\' && !escaped;
        is_end
    });
    end.map_or("", |end| &string[end + 1..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_keeps_its_digits_wherever_it_stands() {
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
