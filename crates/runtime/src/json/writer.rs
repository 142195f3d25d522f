//! Writing JSON text: compact, on one line, in the notation of `serde_json`.

use super::{Encode, string};

/// Appends `text` as a JSON string, quoted and escaped.
///
/// Escapes what RFC 8259 §7 demands and nothing else: quote, backslash, and control characters, the
/// latter by their short form where there is one.
///
/// ```
/// let mut out = String::new();
/// migration_events::json::writer::string("a \"b\"\n\u{1}", &mut out);
/// assert_eq!(out, r#""a \"b\"\n\u0001""#);
/// ```
pub fn string(text: &str, out: &mut String) {
    out.reserve(text.len() + 2);
    out.push('"');
    let bytes = text.as_bytes();
    let mut start = 0;
    loop {
        let stop = string::special(bytes, start);
        out.push_str(&text[start..stop]);
        let Some(&byte) = bytes.get(stop) else { break };
        escape(byte, out);
        start = stop + 1;
    }
    out.push('"');
}

#[cold]
fn escape(byte: u8, out: &mut String) {
    const HEX: &[u8; 16] = b"0123456789abcdef";
    out.push_str(match byte {
        b'"' => r#"\""#,
        b'\\' => r"\\",
        0x08 => r"\b",
        b'\t' => r"\t",
        b'\n' => r"\n",
        0x0c => r"\f",
        b'\r' => r"\r",
        control => {
            out.push_str(r"\u00");
            out.push(char::from(HEX[usize::from(control >> 4)]));
            out.push(char::from(HEX[usize::from(control & 0xf)]));
            return;
        }
    });
}

/// Appends the digits of an integer.
pub(crate) fn integer(value: i64, out: &mut String) {
    if value < 0 {
        out.push('-');
    }
    unsigned(value.unsigned_abs(), out);
}

/// Appends the digits of an integer that is not negative.
pub(crate) fn unsigned(value: u64, out: &mut String) {
    let mut buffer = [0; DIGITS];
    out.push_str(digits(value.into(), &mut buffer));
}

/// The maximum number of digits of a `u128`.
pub(super) const DIGITS: usize = 39;

/// The decimal digits of `value`.
pub(super) fn digits(value: u128, buffer: &mut [u8; DIGITS]) -> &str {
    let mut at = DIGITS;
    let mut push = |digit: u8| {
        at -= 1;
        buffer[at] = b'0' + digit;
    };
    // Division of `u128` is slow; it is left as soon as the rest fits.
    let mut wide = value;
    while wide > u128::from(u64::MAX) {
        push((wide % 10) as u8);
        wide /= 10;
    }
    let mut narrow = wide as u64;
    loop {
        push((narrow % 10) as u8);
        narrow /= 10;
        if narrow == 0 {
            break;
        }
    }
    str::from_utf8(&buffer[at..]).unwrap_or_default()
}

/// Writes an object member by member.
///
/// ```
/// use migration_events::json::ObjectWriter;
///
/// let mut text = String::new();
/// let mut object = ObjectWriter::new(&mut text);
/// object.member("\"id\":", &7_i64);
/// object.entry("dynamic \"key\"", &true);
/// object.end();
/// assert_eq!(text, r#"{"id":7,"dynamic \"key\"":true}"#);
/// ```
#[derive(Debug)]
#[must_use = "an object is complete only after `end`"]
pub struct ObjectWriter<'a> {
    out: &'a mut String,
    first: bool,
}

impl<'a> ObjectWriter<'a> {
    /// Writes the `{`.
    #[inline]
    pub fn new(out: &'a mut String) -> Self {
        out.push('{');
        Self { out, first: true }
    }

    /// Writes a member whose name is known when the program is compiled.
    ///
    /// `name` is the name as it stands in the text: escaped, quoted, and with its colon, `"\"id\":"`.
    #[inline]
    pub fn member<V: Encode + ?Sized>(&mut self, name: &'static str, value: &V) {
        self.comma();
        self.out.push_str(name);
        value.encode(self.out);
    }

    /// Writes a member with any name.
    #[inline]
    pub fn entry<V: Encode + ?Sized>(&mut self, key: &str, value: &V) {
        self.comma();
        string(key, self.out);
        self.out.push(':');
        value.encode(self.out);
    }

    /// Writes the `}`.
    #[inline]
    pub fn end(self) {
        self.out.push('}');
    }

    #[inline]
    fn comma(&mut self) {
        if !std::mem::take(&mut self.first) {
            self.out.push(',');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn quoted(text: &str) -> String {
        let mut out = String::new();
        string(text, &mut out);
        out
    }

    #[test]
    fn escapes_every_ascii_character_like_serde_json() {
        for character in (0..=0xff_u8).map(char::from) {
            for before in 0..18 {
                let text = format!("{}{character}tail", "x".repeat(before));
                assert_eq!(quoted(&text), serde_json::to_string(&text).unwrap());
            }
        }
    }

    #[test]
    fn digits_of_the_widest_integers() {
        for value in [0, 9, 10, u64::MAX.into(), u128::from(u64::MAX) + 1, u128::MAX] {
            assert_eq!(digits(value, &mut [0; DIGITS]), value.to_string());
        }
        for value in [i64::MIN, -1, 0, i64::MAX] {
            let mut out = String::new();
            integer(value, &mut out);
            assert_eq!(out, value.to_string());
        }
    }

    #[test]
    fn an_object_separates_its_members() {
        let mut out = String::from("x");
        ObjectWriter::new(&mut out).end();
        let mut object = ObjectWriter::new(&mut out);
        object.entry("a\n", "b");
        object.member("\"c\":", &None::<bool>);
        object.end();
        assert_eq!(out, r#"x{}{"a\n":"b","c":null}"#);
    }

    proptest! {
        #[test]
        fn strings_are_those_of_serde_json(text in "([ -~]|[\\x00-\\x1f]|.){0,40}") {
            prop_assert_eq!(quoted(&text), serde_json::to_string(&text).unwrap());
        }
    }
}
