//! RFC 6901 pointers into JSON text.

use super::{JsonType, Reader};

/// The text of the value at `pointer`; `None` if the value is absent or the text is cut off before it.
#[must_use]
pub fn at_pointer<'t>(text: &'t str, pointer: &str) -> Option<&'t str> {
    let mut reader = Reader::new(text);
    for token in pointer.split('/').skip(1) {
        let mut first = true;
        match reader.peek().ok()? {
            JsonType::Object => {
                let key = token.replace("~1", "/").replace("~0", "~");
                reader.begin_object().ok()?;
                while reader.next_key(&mut first).ok()?? != key {
                    reader.skip().ok()?;
                }
            }
            JsonType::Array => {
                let index: usize = token.parse().ok()?;
                reader.begin_array().ok()?;
                for _ in 0..index {
                    reader.next_item(&mut first).ok()?.then_some(())?;
                    reader.skip().ok()?;
                }
                reader.next_item(&mut first).ok()?.then_some(())?;
            }
            _ => return None,
        }
    }
    reader.skip().ok()
}

#[cfg(test)]
mod tests {
    use super::at_pointer;

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
}
