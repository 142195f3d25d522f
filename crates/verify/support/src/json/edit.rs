//! Texts of a value with one part changed, after which they may not be JSON.

use super::{Json, child, quoted};

/// A change of the value at a pointer.
#[derive(Debug)]
pub enum Edit<'a> {
    /// Put this text in its place.
    Replace(&'a str),
    /// Leave the member out.
    Remove,
    /// Write this text before the closing brace of the object.
    Append(&'a str),
}

impl Json {
    /// The text with one value edited.
    ///
    /// # Panics
    /// Nothing is at `pointer`.
    #[must_use]
    #[track_caller]
    pub fn edited(&self, pointer: &str, edit: Edit<'_>) -> String {
        assert!(self.at(pointer).is_some(), "nothing at {pointer}");
        let mut out = String::new();
        self.write("", &|place| (place == pointer).then_some(&edit), &mut out);
        out
    }

    /// The text with another value at `pointer`.
    ///
    /// # Panics
    /// Nothing is at `pointer`.
    #[must_use]
    #[track_caller]
    pub fn with(&self, pointer: &str, text: &str) -> String {
        self.edited(pointer, Edit::Replace(text))
    }

    /// The text without the member at `pointer`.
    ///
    /// # Panics
    /// Nothing is at `pointer`.
    #[must_use]
    #[track_caller]
    pub fn without(&self, pointer: &str) -> String {
        self.edited(pointer, Edit::Remove)
    }

    /// The text with one more member, such as `"x":1`, in the object at `pointer`.
    ///
    /// # Panics
    /// Nothing is at `pointer`.
    #[must_use]
    #[track_caller]
    pub fn plus(&self, pointer: &str, member: &str) -> String {
        self.edited(pointer, Edit::Append(member))
    }

    fn write<'e, 'a: 'e>(
        &self,
        pointer: &str,
        edit: &impl Fn(&str) -> Option<&'e Edit<'a>>,
        out: &mut String,
    ) {
        let edited = edit(pointer);
        if let Some(Edit::Replace(text)) = edited {
            out.push_str(text);
            return;
        }
        match self {
            Json::Null => out.push_str("null"),
            Json::Boolean(value) => out.push_str(if *value { "true" } else { "false" }),
            Json::Number(text) => out.push_str(text),
            Json::String(text) => out.push_str(&quoted(text)),
            Json::Array(items) => {
                out.push('[');
                for (index, item) in items.iter().enumerate() {
                    separate(out, '[');
                    item.write(&format!("{pointer}/{index}"), edit, out);
                }
                out.push(']');
            }
            Json::Object(members) => {
                out.push('{');
                for (key, value) in members {
                    let pointer = child(pointer, key);
                    if matches!(edit(&pointer), Some(Edit::Remove)) {
                        continue;
                    }
                    separate(out, '{');
                    out.push_str(&quoted(key));
                    out.push(':');
                    value.write(&pointer, edit, out);
                }
                if let Some(Edit::Append(member)) = edited {
                    separate(out, '{');
                    out.push_str(member);
                }
                out.push('}');
            }
        }
    }
}

fn separate(out: &mut String, opened_by: char) {
    if !out.ends_with(opened_by) {
        out.push(',');
    }
}
