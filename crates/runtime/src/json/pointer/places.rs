//! Many pointers into one text, found in one pass.

use crate::json::{JsonType, Reader, Stop};
use std::collections::HashMap;
use std::fmt::Write as _;

/// Where a pointer leads.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Place<'t> {
    /// Where the value begins.
    pub(crate) start: Option<usize>,
    /// The value, if the text is not cut off in it.
    pub(crate) value: Option<&'t str>,
    /// Where the string begins that is the value, or into which the pointer goes on.
    pub(crate) string: Option<usize>,
}

/// The places of pointers, in their order.
///
/// Only brackets, quotes and keys are looked at, each byte once. Of a repeated key the first one counts.
pub(crate) struct Places<'t> {
    reader: Reader<'t>,
    nodes: Vec<Node>,
    places: Vec<Place<'t>>,
    /// Number of pointers whose value was not read to its end.
    left: usize,
}

/// A value that pointers lead to, or through.
#[derive(Debug, Default)]
struct Node {
    children: HashMap<String, usize>,
    /// The pointers that end here.
    ends: Vec<usize>,
    is_found: bool,
}

/// An array or object on the way to a value.
struct Open {
    node: usize,
    start: usize,
    kind: JsonType,
    first: bool,
    index: usize,
}

impl<'t> Places<'t> {
    pub(crate) fn find<'p>(
        text: &'t str,
        pointers: impl IntoIterator<Item = &'p str>,
    ) -> Vec<Place<'t>> {
        let mut found = Self::new(text, pointers);
        // Text that is not JSON has the places before the problem.
        let _ = found.run();
        found.places
    }

    fn new<'p>(text: &'t str, pointers: impl IntoIterator<Item = &'p str>) -> Self {
        let mut nodes = vec![Node::default()];
        let mut left = 0;
        for pointer in pointers {
            let mut at = 0;
            for token in pointer.split('/').skip(1) {
                let token = token.replace("~1", "/").replace("~0", "~");
                let next = nodes.len();
                let child = *nodes[at].children.entry(token).or_insert(next);
                if child == next {
                    nodes.push(Node::default());
                }
                at = child;
            }
            nodes[at].ends.push(left);
            left += 1;
        }
        let reader = Reader::with_depth(text, usize::MAX);
        Self { reader, nodes, places: vec![Place::default(); left], left }
    }

    fn run(&mut self) -> Result<(), Stop> {
        let mut open: Vec<Open> = Vec::new();
        let mut name = String::new();
        let mut node = 0;
        while self.left > 0 {
            let kind = self.reader.peek()?;
            let start = self.reader.position();
            self.begin(node, start);
            let is_leaf = self.nodes[node].children.is_empty();
            match kind {
                JsonType::Object if !is_leaf => self.reader.begin_object()?,
                JsonType::Array if !is_leaf => self.reader.begin_array()?,
                _ => {
                    self.reader.skip_unchecked()?;
                    self.end(node, start);
                    if kind == JsonType::String {
                        self.string(node, start);
                    }
                }
            }
            if !is_leaf && matches!(kind, JsonType::Object | JsonType::Array) {
                open.push(Open { node, start, kind, first: true, index: 0 });
            }
            // On to the next value that a pointer leads to.
            node = loop {
                if self.left == 0 {
                    return Ok(());
                }
                let Some(around) = open.last_mut() else { return Ok(()) };
                let child = if around.kind == JsonType::Object {
                    let key = self.reader.next_key(&mut around.first)?;
                    key.map(|key| self.nodes[around.node].children.get(&*key).copied())
                } else if self.reader.next_item(&mut around.first)? {
                    name.clear();
                    let _ = write!(name, "{}", around.index);
                    around.index += 1;
                    Some(self.nodes[around.node].children.get(&*name).copied())
                } else {
                    None
                };
                match child {
                    Some(Some(child)) if !self.nodes[child].is_found => break child,
                    Some(_) => self.reader.skip_unchecked()?,
                    None => {
                        let (node, start) = (around.node, around.start);
                        open.pop();
                        self.end(node, start);
                    }
                }
            };
        }
        Ok(())
    }

    fn begin(&mut self, node: usize, start: usize) {
        self.nodes[node].is_found = true;
        for end in &self.nodes[node].ends {
            self.places[*end].start = Some(start);
        }
    }

    fn end(&mut self, node: usize, start: usize) {
        let value = &self.reader.text()[start..self.reader.position()];
        for end in &self.nodes[node].ends {
            self.places[*end].value = Some(value);
        }
        self.left -= self.nodes[node].ends.len();
    }

    /// Marks the pointers that end at a string, or go on from it.
    fn string(&mut self, node: usize, start: usize) {
        let mut nodes = vec![node];
        while let Some(node) = nodes.pop() {
            for end in &self.nodes[node].ends {
                self.places[*end].string = Some(start);
            }
            nodes.extend(self.nodes[node].children.values());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::at_pointer;

    #[test]
    fn many_pointers_are_found_in_one_pass() {
        let text = r#" {"a/b": [1, {"c~d": 14.70}], "": null, "s": "{}", "a/b": 2} "#;
        let pointers =
            ["", "/a~1b/1/c~0d", "/a~1b/0", "/", "/a~1b/2", "/x", "/s", "/s/a/0", "/a~1b", "/s"];
        let places = Places::find(text, pointers);
        for (pointer, place) in pointers.iter().zip(&places) {
            assert_eq!(place.value, at_pointer(text, pointer).or(place.value), "{pointer}");
            assert_eq!(place.value.is_some(), place.start.is_some(), "{pointer}");
        }
        let values: Vec<_> = places.iter().map(|place| place.value).collect();
        assert_eq!(values[1..5], [Some("14.70"), Some("1"), Some("null"), None]);
        assert_eq!((values[0], values[5], values[7]), (Some(text.trim()), None, None));
        assert_eq!((places[6].string, places[7].string), (places[6].start, places[6].start));
        assert_eq!(values[8], Some(r#"[1, {"c~d": 14.70}]"#));
    }

    #[test]
    fn text_that_is_cut_off_has_the_places_before() {
        let places = Places::find(r#"{"a": [1, {"b": 2"#, ["/a/0", "/a/1", "/a/1/b", "/a/2"]);
        assert_eq!(places[0].value, Some("1"));
        assert_eq!((places[1].start, places[1].value), (Some(10), None));
        assert_eq!((places[2].value, places[3].start), (Some("2"), None));
    }

    #[test]
    fn each_byte_is_read_once() {
        // All pointers in one text: reading stops at the last one, however many there are.
        let items = vec![r#"{"k": [1, 2, {"x": "y"}]}"#; 1_000].join(",");
        let text = format!("[{items}]");
        let pointers: Vec<String> =
            (0..500).flat_map(|i| [format!("/{i}/k/2/x"), format!("/{i}/k")]).collect();
        let mut places = Places::new(&text, pointers.iter().map(String::as_str));
        places.run().expect("the text is JSON");
        assert!(places.places.iter().all(|place| place.value.is_some()));
        assert!(places.reader.position() <= text.len() / 2 + 2);
    }
}
