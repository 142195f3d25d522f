//! Plain scalars of the core schema (YAML 1.2.2, chapter 10.3.2).

use crate::tree::Tree;

/// Returns the value of a plain scalar, or an error message.
pub(super) fn plain(text: &str) -> Result<Tree, String> {
    Ok(match text {
        "" | "~" | "null" | "Null" | "NULL" => Tree::Null,
        "true" | "True" | "TRUE" => Tree::Bool(true),
        "false" | "False" | "FALSE" => Tree::Bool(false),
        _ => match number(text) {
            None => Tree::String(text.to_owned()),
            Some(None) => return Err(format!("JSON cannot represent the number {text}")),
            Some(Some(number)) => {
                Tree::parse(&number).map_err(|_| format!("the number {text} is too large"))?
            }
        },
    })
}

/// Returns whether a value has the type of a tag.
pub(super) fn is(kind: &str, value: &Tree) -> bool {
    match value {
        Tree::Null => kind == "null",
        Tree::Bool(_) => kind == "bool",
        Tree::Number(number) => kind == "float" || !number.to_string().contains(['.', 'e', 'E']),
        _ => false,
    }
}

/// Converts a number to JSON syntax, keeping its digits. Returns `None` for a text that is not a
/// number, and `Some(None)` for a number that JSON cannot represent.
fn number(text: &str) -> Option<Option<String>> {
    for (prefix, radix) in [("0o", 8), ("0x", 16)] {
        if let Some(digits) = text.strip_prefix(prefix) {
            let is_number = !digits.is_empty() && digits.chars().all(|digit| digit.is_digit(radix));
            return is_number
                .then(|| u128::from_str_radix(digits, radix).ok().map(|n| n.to_string()));
        }
    }
    let (sign, rest) = match text.strip_prefix(['-', '+']) {
        Some(rest) => (if text.starts_with('-') { "-" } else { "" }, rest),
        None => ("", text),
    };
    if [".inf", ".Inf", ".INF"].contains(&rest) || [".nan", ".NaN", ".NAN"].contains(&text) {
        return Some(None);
    }
    let (mantissa, exponent) = match rest.find(['e', 'E']) {
        Some(at) => (&rest[..at], Some(&rest[at + 1..])),
        None => (rest, None),
    };
    let (whole, fraction) = match mantissa.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (mantissa, None),
    };
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let has_digits = !whole.is_empty() || fraction.is_some_and(|fraction| !fraction.is_empty());
    if !has_digits || !digits(whole) || !fraction.is_none_or(digits) {
        return None;
    }
    if let Some(exponent) = exponent {
        let power = exponent.strip_prefix(['-', '+']).unwrap_or(exponent);
        if power.is_empty() || !digits(power) {
            return None;
        }
    }
    let whole = match whole.trim_start_matches('0') {
        "" => "0",
        whole => whole,
    };
    let fraction = fraction.filter(|fraction| !fraction.is_empty());
    let fraction = fraction.map(|fraction| format!(".{fraction}")).unwrap_or_default();
    let exponent = exponent.map(|exponent| format!("e{exponent}")).unwrap_or_default();
    Some(Some(format!("{sign}{whole}{fraction}{exponent}")))
}
