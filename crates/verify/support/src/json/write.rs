//! Writing, in all the ways that JSON can be written.

use super::Json;
use crate::Dice;

/// Style in which a value is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// Without white space, escaping only what must be escaped.
    Compact,
    /// With white space of all kinds between tokens.
    Spaced,
    /// With characters escaped that need not be, in all ways.
    Escaped,
}

impl Json {
    /// The value as compact text.
    #[must_use]
    pub fn to_text(&self) -> String {
        self.written(Style::Compact, &mut Dice::of_bytes(&[]))
    }

    /// The value as text in a style.
    #[must_use]
    pub fn written(&self, style: Style, dice: &mut Dice<'_>) -> String {
        let mut out = String::with_capacity(1024);
        Pen { out: &mut out, style, dice }.value(self);
        out
    }
}

struct Pen<'a, 'd> {
    out: &'a mut String,
    style: Style,
    dice: &'a mut Dice<'d>,
}

impl Pen<'_, '_> {
    fn value(&mut self, value: &Json) {
        self.space();
        match value {
            Json::Null => self.out.push_str("null"),
            Json::Boolean(value) => self.out.push_str(if *value { "true" } else { "false" }),
            Json::Number(text) => self.out.push_str(text),
            Json::String(text) => self.string(text),
            Json::Array(items) => {
                self.out.push('[');
                for (index, item) in items.iter().enumerate() {
                    if index > 0 {
                        self.out.push(',');
                    }
                    self.value(item);
                }
                self.space();
                self.out.push(']');
            }
            Json::Object(members) => {
                self.out.push('{');
                for (index, (key, value)) in members.iter().enumerate() {
                    if index > 0 {
                        self.out.push(',');
                    }
                    self.space();
                    self.string(key);
                    self.space();
                    self.out.push(':');
                    self.value(value);
                }
                self.space();
                self.out.push('}');
            }
        }
        self.space();
    }

    fn space(&mut self) {
        if self.style == Style::Spaced {
            self.out.push_str(self.dice.word(&["", " ", "", "\n", "\t", "", "\r\n", "  \t "]));
        }
    }

    fn string(&mut self, text: &str) {
        self.out.push('"');
        for character in text.chars() {
            let escape = self.style == Style::Escaped && self.dice.once_in(3);
            match character {
                '"' | '\\' => self.out.extend(['\\', character]),
                '/' if escape => self.out.push_str("\\/"),
                '\u{8}' if escape => self.out.push_str("\\b"),
                '\u{c}' if escape => self.out.push_str("\\f"),
                '\n' => self.out.push_str("\\n"),
                '\r' if escape => self.out.push_str("\\r"),
                '\t' if escape => self.out.push_str("\\t"),
                _ if escape || character < ' ' => {
                    for unit in character.encode_utf16(&mut [0; 2]) {
                        let digits = format!("{unit:04x}");
                        let upper = escape && self.dice.once_in(2);
                        self.out.push_str("\\u");
                        self.out.push_str(&if upper { digits.to_uppercase() } else { digits });
                    }
                }
                _ => self.out.push(character),
            }
        }
        self.out.push('"');
    }
}
