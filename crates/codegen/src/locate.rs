//! Resolution of JSON pointers to places in JSON text.

use std::collections::HashSet;
use std::ops::Range;

/// Returns the bytes to mark for `pointer`: a scalar value, or the member name of an object or array.
/// If the text has no such value, returns the nearest enclosing place.
///
/// The text should be valid JSON. For other text the result is an arbitrary place or `None`.
pub(crate) fn locate(text: &str, pointer: &str) -> Option<Range<usize>> {
    let mut scanner = Scanner { text, at: 0 };
    scanner.space();
    let mut found = None;
    let mut tokens = pointer.split('/').skip(1);
    loop {
        let name = found.take();
        let here = scanner.at;
        let token = tokens.next().map(|token| token.replace("~1", "/").replace("~0", "~"));
        let inner = token.and_then(|token| match scanner.peek()? {
            b'{' => scanner.member(&token).map(Some),
            b'[' => scanner.item(token.parse().ok()?).then_some(None),
            _ => None,
        });
        if let Some(key) = inner {
            found = key;
            continue;
        }
        scanner.at = here;
        return Some(match (scanner.peek()?, name) {
            (b'{' | b'[', Some(name)) => name,
            (b'{' | b'[', None) => here..here + 1,
            _ => {
                scanner.value()?;
                here..scanner.at
            }
        });
    }
}

/// Returns the second of two equal keys in one object, including its quotes.
///
/// The text may be invalid JSON after that key.
pub(crate) fn repeated_key(text: &str) -> Option<Range<usize>> {
    let mut scanner = Scanner { text, at: 0 };
    // The keys of each object that is open, and `None` for an array.
    let mut open: Vec<Option<HashSet<String>>> = Vec::new();
    while let Some(byte) = scanner.peek() {
        match byte {
            b'"' => {
                let range = scanner.string()?;
                scanner.space();
                let is_key = scanner.peek() == Some(b':');
                if let Some(Some(keys)) = open.last_mut().filter(|_| is_key) {
                    let key: String = serde_json::from_str(text.get(range.clone())?).ok()?;
                    if !keys.insert(key) {
                        return Some(range);
                    }
                }
                continue;
            }
            b'{' => open.push(Some(HashSet::new())),
            b'[' => open.push(None),
            b'}' | b']' => drop(open.pop()),
            _ => {}
        }
        scanner.at += 1;
    }
    None
}

/// Returns line and column (in characters) of a byte offset, both from 1.
pub(crate) fn position(text: &str, offset: usize) -> Option<(usize, usize)> {
    let before = text.get(..offset)?;
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    Some((before.matches('\n').count() + 1, before[line_start..].chars().count() + 1))
}

/// A cursor over JSON text.
struct Scanner<'t> {
    text: &'t str,
    at: usize,
}

impl Scanner<'_> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn space(&mut self) {
        while self.peek().is_some_and(|byte| byte.is_ascii_whitespace()) {
            self.at += 1;
        }
    }

    /// Skips white space and one of the given bytes, and returns that byte.
    fn punctuation(&mut self, allowed: &[u8]) -> Option<u8> {
        self.space();
        let byte = self.peek().filter(|byte| allowed.contains(byte))?;
        self.at += 1;
        self.space();
        Some(byte)
    }

    /// Skips a string and returns its range, including the quotes.
    fn string(&mut self) -> Option<Range<usize>> {
        let start = self.at;
        self.at += 1;
        loop {
            match self.peek()? {
                b'"' => break,
                b'\\' => self.at += 2,
                _ => self.at += 1,
            }
        }
        self.at += 1;
        Some(start..self.at)
    }

    /// Skips a value of any depth, without recursion.
    fn value(&mut self) -> Option<()> {
        let mut depth = 0_usize;
        loop {
            match self.peek()? {
                b'"' => {
                    self.string()?;
                }
                b'{' | b'[' => {
                    depth += 1;
                    self.at += 1;
                }
                b'}' | b']' => {
                    depth = depth.checked_sub(1)?;
                    self.at += 1;
                }
                b',' | b':' | b' ' | b'\n' | b'\r' | b'\t' => self.at += 1,
                _ => {
                    let is_end = |byte: &u8| b",:]} \n\r\t\"{[".contains(byte);
                    let rest = &self.text.as_bytes()[self.at..];
                    self.at += rest.iter().position(is_end).unwrap_or(rest.len());
                }
            }
            if depth == 0 {
                return Some(());
            }
        }
    }

    /// Moves to the value of a member and returns the range of its name.
    fn member(&mut self, name: &str) -> Option<Range<usize>> {
        self.punctuation(b"{")?;
        loop {
            if self.peek()? != b'"' {
                return None;
            }
            let key = self.string()?;
            self.punctuation(b":")?;
            let text = self.text.get(key.clone())?;
            if serde_json::from_str::<String>(text).is_ok_and(|text| text == name) {
                return Some(key);
            }
            self.value()?;
            self.punctuation(b",")?;
        }
    }

    /// Moves to an item of an array. Returns false if the array is shorter.
    fn item(&mut self, index: usize) -> bool {
        let skipped = self.punctuation(b"[").and_then(|_| {
            (0..index).try_for_each(|_| {
                self.value()?;
                self.punctuation(b",").map(|_| ())
            })
        });
        skipped.is_some() && self.peek().is_some_and(|byte| byte != b']')
    }
}

#[cfg(test)]
mod tests {
    use super::{locate, position, repeated_key};

    #[test]
    fn second_of_equal_keys_is_found() {
        let text = r#"{"a": [{"b": "a"}, {"b": 1}], "c": {"a": ":", "\u0061": 2}}"#;
        assert_eq!(repeated_key(text).map(|place| &text[place]), Some(r#""\u0061""#));
        assert_eq!(repeated_key(r#"{"a": {"a": ["a", "a"]}}"#), None);
        assert_eq!(repeated_key("]}\""), None);
    }

    #[test]
    fn pointers_lead_to_scalars_or_member_names() {
        let text =
            "{\n  \"a/b\": [1,\n    {\"c\": true, \"\\u0064\": {\"e\": -1.5e3}}], \"f\":[ ]}";
        for (pointer, found) in [
            ("/a~1b/1/c", "true"),
            ("/a~1b/0", "1"),
            ("/a~1b/1", "{"),
            ("/a~1b/1/d", "\"\\u0064\""),
            ("/a~1b/1/d/e", "-1.5e3"),
            ("/a~1b/7", "\"a/b\""),
            ("/a~1b", "\"a/b\""),
            ("/f/0", "\"f\""),
            ("/g", "{"),
            ("", "{"),
        ] {
            assert_eq!(locate(text, pointer).map(|place| &text[place]), Some(found), "{pointer}");
        }
        assert_eq!(position(text, locate(text, "/a~1b/1/c").unwrap().start), Some((3, 11)));
        assert_eq!(locate("{", "/a"), Some(0..1));
        assert_eq!(locate("", ""), None);
        assert_eq!(locate("\"a", ""), None);
    }
}
