//! One damaged byte anywhere near the key that carries a payload: nothing inside that event is an event.

use super::{Item, split_with};
use crate::{Layout, Splitter};

/// The payload, which is also an event of its own elsewhere in the stream.
const PAYLOAD: &str = r#"{"entity":{"id":{"a":"1"}},"n":[{"a":2},{"b":1}]}"#;

/// Bytes that mean something to a reader of JSON, and some that mean nothing.
const SIGNS: &[u8] = b"{}[]\",: \n\\a0\0\xff";

/// An envelope on one line, or on several.
fn envelope(carrier: &str, lines: bool) -> String {
    if lines {
        let payload = PAYLOAD.replace(':', ": ").replace('{', "{\n    ");
        format!("{{\n  \"event_id\": \"d7\",\n  \"version\": [1],\n  \"{carrier}\": {payload}\n}}")
    } else {
        format!(r#"{{"event_id":"d7","version":[1],"{carrier}":{PAYLOAD}}}"#)
    }
}

/// The text before the envelope, and the one after it, with a bare event.
fn frame(layout: Layout) -> (String, String) {
    match layout {
        Layout::Array => ("[".to_owned(), format!(",{PAYLOAD}]")),
        Layout::Dump => (r#"{"0":{"messages":["#.to_owned(), format!(",{PAYLOAD}]}}}}")),
        _ => (String::new(), PAYLOAD.to_owned()),
    }
}

/// The streams that were read, and those in which the event after the envelope was lost.
#[derive(Debug, Default, PartialEq, Eq)]
struct Count {
    streams: usize,
    lost: usize,
}

impl Count {
    fn check(&mut self, layout: Layout, envelope: &[u8]) {
        let (before, after) = frame(layout);
        let (start, end) = (before.len() as u64, (before.len() + envelope.len()) as u64);
        let stream = [before.as_bytes(), envelope, after.as_bytes()].concat();
        let splitter = Splitter::new().layout(layout).example(PAYLOAD.as_bytes());
        let items = split_with(splitter, &stream, &[usize::MAX]);
        let next = end + after.find(PAYLOAD).unwrap_or(0) as u64;
        let mut found = 0;
        for (offset, text) in items.iter().filter_map(|item: &Item| item.as_ref().ok()) {
            let inside = *offset > start && *offset < end;
            assert!(!inside, "{text} in {}", String::from_utf8_lossy(&stream));
            found += usize::from(*offset == next && text == PAYLOAD);
        }
        assert!(found <= 1, "{}", String::from_utf8_lossy(&stream));
        self.streams += 1;
        self.lost += 1 - found;
    }

    /// Damages each byte around the carrier: replaces it by each of `bytes`, adds a byte before it, removes it.
    fn damage(&mut self, carrier: &str, layout: Layout, lines: bool, bytes: &[u8]) {
        let whole = envelope(carrier, lines).into_bytes();
        let key = whole.windows(carrier.len()).position(|part| part == carrier.as_bytes());
        let key = key.expect("the key is there");
        for at in key - 20..key + carrier.len() + 16 {
            for byte in bytes {
                let mut damaged = whole.clone();
                damaged[at] = *byte;
                self.check(layout, &damaged);
            }
            for &byte in SIGNS {
                let mut damaged = whole.clone();
                damaged.insert(at, byte);
                self.check(layout, &damaged);
            }
            let mut damaged = whole.clone();
            damaged.remove(at);
            self.check(layout, &damaged);
        }
    }
}

#[test]
fn payload_is_never_an_event_of_its_own() {
    let all: Vec<u8> = (0..=u8::MAX).collect();
    let mut count = Count::default();
    for carrier in ["data", "detail", "Message", "payload"] {
        count.damage(carrier, Layout::Concatenated, false, &all);
        for layout in [Layout::Concatenated, Layout::Array, Layout::Dump] {
            count.damage(carrier, layout, true, SIGNS);
            count.damage(carrier, layout, false, SIGNS);
        }
    }
    assert_eq!(count, Count { streams: 74_760, lost: 0 });
}
