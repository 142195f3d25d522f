//! Formats whose grammar is small enough to be read by hand.

/// RFC 6901 §3: nothing, or tokens that each begin with a slash; `~` only as `~0` and `~1`.
pub(super) fn is_json_pointer(text: &str) -> bool {
    let escapes = text.split('~').skip(1).all(|after| after.starts_with(['0', '1']));
    escapes && (text.is_empty() || text.starts_with('/'))
}

/// Relative JSON Pointer §3: how many levels up, then a pointer or `#`.
pub(super) fn is_relative_json_pointer(text: &str) -> bool {
    let end = text.bytes().take_while(u8::is_ascii_digit).count();
    let (up, rest) = text.split_at(end);
    let counts = up == "0" || (!up.is_empty() && !up.starts_with('0'));
    counts && (rest == "#" || is_json_pointer(rest))
}

/// RFC 3339 appendix A: `P3Y6M4DT12H30M5S`, units in their order and without gaps, or `P4W`.
pub(super) fn is_duration(text: &str) -> bool {
    let Some(text) = text.strip_prefix('P') else { return false };
    if let Some(weeks) = text.strip_suffix('W') {
        return !weeks.is_empty() && weeks.bytes().all(|digit| digit.is_ascii_digit());
    }
    let (date, time) = match text.split_once('T') {
        Some((date, time)) => (date, Some(time)),
        None => (text, None),
    };
    let dated = units(date, "YMD");
    match time {
        None => dated == Some(true),
        Some(time) => dated.is_some() && units(time, "HMS") == Some(true),
    }
}

/// Returns whether any number has a unit; `None` if one is out of order or other text is there.
fn units(mut text: &str, units: &str) -> Option<bool> {
    let mut next = None;
    while !text.is_empty() {
        let end = text.bytes().take_while(u8::is_ascii_digit).count();
        let index = units.find(text[end..].chars().next()?)?;
        let follows = next.is_none_or(|next| index == next);
        if end == 0 || !follows {
            return None;
        }
        next = Some(index + 1);
        text = &text[end + 1..];
    }
    Some(next.is_some())
}

/// RFC 6570 §2 with its erratum 6937: literals, an apostrophe among them, and expressions in braces.
pub(super) fn is_uri_template(text: &str) -> bool {
    let mut rest = text;
    while let Some(sign) = rest.chars().next() {
        let length = match sign {
            '{' => {
                let Some(end) = rest.find('}').filter(|end| is_expression(&rest[1..*end])) else {
                    return false;
                };
                end + 1
            }
            '%' if is_escape(rest) => 3,
            '"' | '%' | '<' | '>' | '\\' | '^' | '`' | '|' | '}' | ' ' => return false,
            control if control.is_control() => return false,
            other => other.len_utf8(),
        };
        rest = &rest[length..];
    }
    true
}

fn is_expression(text: &str) -> bool {
    let variables = text.strip_prefix(['+', '#', '.', '/', ';', '?', '&', '=', ',', '!', '@', '|']);
    variables.unwrap_or(text).split(',').all(is_variable)
}

/// A name, perhaps with `*` or with a length: `:3`.
fn is_variable(text: &str) -> bool {
    let name = match (text.strip_suffix('*'), text.split_once(':')) {
        (Some(name), _) => name,
        (None, Some((name, length))) => {
            let digits = length.bytes().all(|digit| digit.is_ascii_digit());
            if !digits || !(1..=4).contains(&length.len()) || length.starts_with('0') {
                return false;
            }
            name
        }
        (None, None) => text,
    };
    name.split('.').all(|part| {
        let mut rest = part;
        while let Some(sign) = rest.chars().next() {
            let length = match sign {
                '%' if is_escape(rest) => 3,
                sign if sign.is_ascii_alphanumeric() || sign == '_' => 1,
                _ => return false,
            };
            rest = &rest[length..];
        }
        !part.is_empty()
    })
}

/// `%` and two hexadecimal digits.
fn is_escape(text: &str) -> bool {
    text.as_bytes().get(1..3).is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn duration_units_are_ordered_without_gaps() {
        for text in ["P1Y", "P1Y2M3DT4H5M6S", "PT1H", "P3D", "P4W", "P1DT12H", "PT5M30S", "P0D"] {
            assert!(is_duration(text), "{text}");
        }
        for text in [
            "", "P", "PT", "P1", "1Y", "P1YT", "P1D2M", "P1Y3D", "PT1H3S", "P1W2D", "P-1D", "p1d",
            "P1.5D", "PW", "P1Yx",
        ] {
            assert!(!is_duration(text), "{text}");
        }
    }

    #[test]
    fn pointers_escape_nothing_but_two_signs() {
        for text in ["", "/", "/a/b~0~1", "/ä//"] {
            assert!(is_json_pointer(text), "{text}");
        }
        for text in ["a", "#/a", "/~", "/~2"] {
            assert!(!is_json_pointer(text), "{text}");
        }
        for text in ["0", "1/a", "10#", "0#", "2/"] {
            assert!(is_relative_json_pointer(text), "{text}");
        }
        for text in ["", "/a", "01", "-1", "0##", "1a", "+1/a"] {
            assert!(!is_relative_json_pointer(text), "{text}");
        }
    }

    #[test]
    fn templates_are_literals_and_expressions() {
        for text in ["", "/a{?b,c*}{#d:30}", "%20{%41.b}", "{+a}ü", "{a_1}"] {
            assert!(is_uri_template(text), "{text}");
        }
        for text in [
            "{",
            "}",
            "{}",
            "{a",
            "a b",
            "%2",
            "{a:0}",
            "{a:10000}",
            "{a,}",
            "{a-b}",
            "{.}",
            "{a*:1}",
        ] {
            assert!(!is_uri_template(text), "{text}");
        }
    }
}
