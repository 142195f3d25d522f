//! RFC 6901 pointers into JSON text.

mod places;

pub(crate) use places::{Place, Places};

use super::{JsonType, Reader, Stop};

/// The text of the value at `pointer`; `None` if the value is absent or the text is cut off before it.
///
/// Text before the value and inside of it is skipped by its brackets, each byte once, and not checked. Of members
/// with one key it is the first.
#[must_use]
pub fn at_pointer<'t>(text: &'t str, pointer: &str) -> Option<&'t str> {
    let mut reader = Reader::with_depth(text, usize::MAX);
    for token in pointer.split('/').skip(1) {
        let mut first = true;
        match reader.peek().ok()? {
            JsonType::Object => {
                let key = token.replace("~1", "/").replace("~0", "~");
                reader.begin_object().ok()?;
                while reader.next_key(&mut first).ok()?? != key {
                    reader.skip_unchecked().ok()?;
                }
            }
            JsonType::Array => {
                let index: usize = token.parse().ok()?;
                reader.begin_array().ok()?;
                for _ in 0..index {
                    reader.next_item(&mut first).ok()?.then_some(())?;
                    reader.skip_unchecked().ok()?;
                }
                reader.next_item(&mut first).ok()?.then_some(())?;
            }
            _ => return None,
        }
    }
    reader.peek().ok()?;
    let start = reader.position();
    reader.skip_unchecked().ok()?;
    Some(&text[start..reader.position()])
}

/// The RFC 6901 pointer of the innermost value that ends at an offset or around it.
pub(crate) fn pointer_at(text: &str, offset: usize) -> String {
    let mut pointer = String::new();
    let mut reader = Reader::with_depth(text, usize::MAX);
    // A text that is not JSON has no place, or one around it.
    let _ = descend(&mut reader, offset, &mut pointer);
    pointer
}

/// Goes into the child that reaches to `offset`, if there is one.
fn descend(reader: &mut Reader<'_>, offset: usize, pointer: &mut String) -> Result<(), Stop> {
    loop {
        let mut first = true;
        let mut index = 0_usize;
        let kind = reader.peek()?;
        match kind {
            JsonType::Object => reader.begin_object()?,
            JsonType::Array => reader.begin_array()?,
            _ => return Ok(()),
        }
        loop {
            let token = if kind == JsonType::Object {
                match reader.next_key(&mut first)? {
                    Some(key) => key.replace('~', "~0").replace('/', "~1"),
                    None => return Ok(()),
                }
            } else if reader.next_item(&mut first)? {
                index += 1;
                (index - 1).to_string()
            } else {
                return Ok(());
            };
            let mut ahead = reader.clone();
            ahead.skip()?;
            if ahead.position() >= offset {
                pointer.push('/');
                pointer.push_str(&token);
                break;
            }
            *reader = ahead;
        }
        if reader.position() >= offset {
            return Ok(());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{at_pointer, pointer_at};

    #[test]
    fn a_pointer_finds_the_value_as_it_stands() {
        let text = r#" {"a/b": [1, {"c~d": 14.70}], "": null} "#;
        assert_eq!(at_pointer(text, "/a~1b/1/c~0d"), Some("14.70"));
        assert_eq!(at_pointer(text, "/a~1b/0"), Some("1"));
        assert_eq!(at_pointer(text, "/"), Some("null"));
        assert_eq!(at_pointer(text, "/a~1b/2"), None);
        assert_eq!(at_pointer(text, "/x"), None);
        assert_eq!(at_pointer("[1,", "/1"), None);
        assert_eq!(at_pointer(text, ""), Some(text.trim()));
    }

    #[test]
    fn repeated_keys_hide_no_other_value() {
        let text = r#"{"x": {"a": 1, "a": 2}, "y": [{"b": 1, "b": 2}, 7], "z": 8}"#;
        assert_eq!(at_pointer(text, "/y/1"), Some("7"));
        assert_eq!(at_pointer(text, "/z"), Some("8"));
        assert_eq!(at_pointer(text, "/x"), Some(r#"{"a": 1, "a": 2}"#));
    }

    #[test]
    fn an_offset_has_a_pointer() {
        let text = r#"{"a/b": [1, {"c": "d", "e": {}}], "f": 2}"#;
        for (end, pointer) in [
            (r#"{"a/b": [1"#, "/a~1b/0"),
            (r#"{"a/b": [1, {"c": "d""#, "/a~1b/1/c"),
            (r#"{"a/b": [1, {"c": "d", "e": {}"#, "/a~1b/1/e"),
            (r#"{"a/b": [1, {"c": "d", "e": {}}"#, "/a~1b/1"),
            (r#"{"a/b": [1, {"c": "d", "e": {}}], "f": 2"#, "/f"),
            (text, ""),
        ] {
            assert!(text.starts_with(end));
            assert_eq!(pointer_at(text, end.len()), pointer, "{end}");
        }
        assert_eq!(pointer_at("[", 5), "");
    }
}
