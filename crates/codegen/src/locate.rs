//! Resolution of JSON pointers to places in JSON text.

#[cfg(feature = "evolution")]
use crate::tree::escape;
#[cfg(feature = "evolution")]
use std::collections::HashMap;
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

/// Returns the starts of the places that [`locate`] finds for several pointers, in one pass over the text.
#[cfg(feature = "evolution")]
pub(crate) fn locate_all<'p>(
    text: &str,
    pointers: impl Iterator<Item = &'p str>,
) -> HashMap<&'p str, usize> {
    let mut visit = Visit { wanted: pointers.collect(), found: HashMap::new() };
    let mut scanner = Scanner { text, at: 0 };
    scanner.space();
    // A text that is not JSON has the places before its first error.
    let _ = visit.value(&mut scanner, &mut String::new(), None);
    let Visit { wanted, mut found } = visit;
    // A place that the text does not have is at the nearest one around it.
    let absent: Vec<&str> =
        wanted.into_iter().filter(|pointer| !found.contains_key(pointer)).collect();
    found.extend(
        absent.into_iter().filter_map(|pointer| Some((pointer, locate(text, pointer)?.start))),
    );
    found
}

/// The search for many places.
#[cfg(feature = "evolution")]
struct Visit<'p> {
    wanted: HashSet<&'p str>,
    found: HashMap<&'p str, usize>,
}

#[cfg(feature = "evolution")]
impl Visit<'_> {
    /// Moves after the value at a pointer. `name` is where the name of the member begins that has the value.
    fn value(
        &mut self,
        scanner: &mut Scanner<'_>,
        pointer: &mut String,
        name: Option<usize>,
    ) -> Option<()> {
        let is_object = scanner.peek()? == b'{';
        let is_parent = is_object || scanner.peek()? == b'[';
        if let Some(wanted) = self.wanted.get(pointer.as_str()) {
            let start = name.filter(|_| is_parent).unwrap_or(scanner.at);
            self.found.insert(wanted, start);
        }
        if !is_parent {
            return scanner.value();
        }
        let len = pointer.len();
        scanner.punctuation(b"{[")?;
        for index in 0_usize.. {
            if scanner.peek()? == if is_object { b'}' } else { b']' } {
                break;
            }
            let mut name = None;
            pointer.push('/');
            if is_object {
                let key = scanner.string()?;
                scanner.punctuation(b":")?;
                let text: String = serde_json::from_str(scanner.text.get(key.clone())?).ok()?;
                pointer.push_str(&escape(&text));
                name = Some(key.start);
            } else {
                pointer.push_str(&index.to_string());
            }
            self.value(scanner, pointer, name)?;
            pointer.truncate(len);
            scanner.space();
            if scanner.peek()? == b',' {
                scanner.punctuation(b",")?;
            }
        }
        scanner.at += 1;
        Some(())
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

    #[cfg(feature = "evolution")]
    #[test]
    fn many_places_are_those_of_one() {
        let text = "{\n  \"a/b\": [1,\n    {\"c\": true, \"\\u0064\": {\"e\": -1.5e3}}], \"f\":[ ], \"g\": {} }";
        let pointers =
            ["", "/a~1b", "/a~1b/0", "/a~1b/1/d", "/a~1b/1/d/e", "/a~1b/7", "/f/0", "/g", "/h"];
        let found = super::locate_all(text, pointers.into_iter());
        for pointer in pointers {
            let one = locate(text, pointer).map(|place| place.start);
            assert_eq!(found.get(pointer).copied(), one, "{pointer}");
        }
        assert_eq!(super::locate_all("{\"a\": [1", ["/a"].into_iter()).get("/a"), Some(&1));
        assert!(super::locate_all("", ["/a"].into_iter()).is_empty());
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
