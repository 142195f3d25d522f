//! Streams of intact and broken events.

use super::{Fault, Layout, Reason, Splitter};
use migration_events_runtime::json::Syntax;
use proptest::prelude::*;

mod payloads;
mod readers;
mod streams;

/// Item of a splitter: offset and text, or a fault.
pub(super) type Item = Result<(u64, String), Fault>;

/// Feeds a stream in parts of these sizes, over and over.
pub(super) fn split_with(mut splitter: Splitter, stream: &[u8], sizes: &[usize]) -> Vec<Item> {
    fn drain(splitter: &mut Splitter, items: &mut Vec<Item>) {
        while let Some(piece) = splitter.next_piece() {
            items.push(piece.map(|piece| (piece.offset, piece.text.to_owned())));
        }
    }
    let (mut items, mut rest) = (Vec::new(), stream);
    for size in sizes.iter().cycle() {
        if rest.is_empty() {
            break;
        }
        let (part, behind) = rest.split_at((*size).min(rest.len()));
        splitter.feed(part);
        drain(&mut splitter, &mut items);
        rest = behind;
    }
    splitter.finish();
    drain(&mut splitter, &mut items);
    items
}

/// The same in one part and byte by byte, which must make no difference.
fn split(stream: impl AsRef<[u8]>) -> Vec<Item> {
    let stream = stream.as_ref();
    let items = split_with(Splitter::new(), stream, &[usize::MAX]);
    for size in [1, 2, 7] {
        assert_eq!(split_with(Splitter::new(), stream, &[size]), items, "in parts of {size}");
    }
    items
}

/// The items on a line: texts, and faults as `offset+length@problem reason`.
fn shown(items: &[Item]) -> Vec<String> {
    let show = |item: &Item| match item {
        Ok((offset, text)) => format!("{offset} {text}"),
        Err(Fault { offset, len, problem, reason, .. }) => {
            format!("{offset}+{len}@{problem} {reason}")
        }
    };
    items.iter().map(show).collect()
}

#[test]
fn events_stand_one_behind_the_other_or_on_lines_or_in_arrays() {
    let found = ["0 {\"a\":1}", "7 {\"b\":\"}{\"}"];
    assert_eq!(shown(&split("{\"a\":1}{\"b\":\"}{\"}")), found);
    assert_eq!(shown(&split("{\"a\":1}\n{\"b\":1}\r\n")), ["0 {\"a\":1}", "8 {\"b\":1}"]);
    assert_eq!(shown(&split(" [ {\"a\":1} ,{\"b\":1}]\n")), ["3 {\"a\":1}", "12 {\"b\":1}"]);
    assert_eq!(shown(&split("\u{feff}{\"a\":1}")), ["3 {\"a\":1}"]);
    assert_eq!(shown(&split("{}{}")), ["0 {}", "2 {}"]);
    for empty in ["", " \n", "[]", "\u{feff}"] {
        assert!(split(empty).is_empty());
    }
}

#[test]
fn the_event_after_a_broken_one_is_found() {
    for (stream, expected) in [
        ("{\"a\":1}xyz{\"b\":1}", ["0 {\"a\":1}", "7+3@7 not an event", "10 {\"b\":1}"].as_slice()),
        ("{\"a\":1}}{\"b\":1}", &["0 {\"a\":1}", "7+1@7 not an event", "8 {\"b\":1}"]),
        ("{\"a\":1{\"a\":2}", &["0+6@6 cut off by another event", "6 {\"a\":2}"]),
        ("{\"a\":1{\"b\":1}", &["0+13@6 unexpected character"]),
        ("{\"a\":1{\"b\":1}}{\"c\":1}", &["0+14@6 unexpected character", "14 {\"c\":1}"]),
        ("{\"a\":1\n{\"b\":1}", &["0+7@7 cut off by another event", "7 {\"b\":1}"]),
        ("{\"a\"{\"b\":1}}{\"c\":1}", &["0+12@4 unexpected character", "12 {\"c\":1}"]),
        (
            "{\"a\":[{\"b\":1}{\"c\":1}]}{\"a\":1}",
            &["0+22@13 unexpected character", "22 {\"a\":1}"],
        ),
        ("{\"a\":\"x{\"b\":1}", &["0+7@7 cut off by another event", "7 {\"b\":1}"]),
        ("{\"a\":\"x\\{\"b\":1}", &["0+8@8 cut off by another event", "8 {\"b\":1}"]),
        ("\"\\{\"a\":1}", &["0+2@0 not an event", "2 {\"a\":1}"]),
        ("{\"a\":tru{\"b\":1}", &["0+8@8 cut off by another event", "8 {\"b\":1}"]),
        ("{\"a\":foo}{\"b\":1}", &["0+9@6 invalid literal", "9 {\"b\":1}"]),
        (
            "{\"a\":{\"x\":1}{\"a\":{\"x\":2}}",
            &["0+12@12 cut off by another event", "12 {\"a\":{\"x\":2}}"],
        ),
        ("{\"a\":1}\"y\":2}{\"b\":1}", &["0+13@7 closed too early", "13 {\"b\":1}"]),
        ("{\"a\":{\"x\":1}},\"y\":2}{\"b\":1}", &["0+20@13 closed too early", "20 {\"b\":1}"]),
        ("{\"a\":\"x,\"c\":\"d\"}{\"b\":1}", &["0+16@9 unexpected character", "16 {\"b\":1}"]),
        ("{\"a\":[1,2}{\"b\":1}", &["0+10@9 unexpected character", "10 {\"b\":1}"]),
        ("{\"a\":1", &["0+6@6 unexpected end of text"]),
        ("[{\"a\":1},{\"b\":1}", &["1 {\"a\":1}", "9 {\"b\":1}", "16+0@16 unexpected end of text"]),
        ("[{\"a\":1 x},{\"b\":1}]", &["1+9@8 unexpected character", "11 {\"b\":1}"]),
        ("[{\"a\":,{\"b\":1}]", &["1+6@6 unexpected character", "7 {\"b\":1}"]),
        ("[{\"a\":1,7,{\"a\":2}]", &["1+9@8 unexpected character", "10 {\"a\":2}"]),
        ("[{\"a\":1", &["1+6@7 unexpected end of text", "7+0@7 unexpected end of text"]),
    ] {
        assert_eq!(shown(&split(stream)), expected, "{stream}");
    }
}

#[test]
fn invalid_utf_8_breaks_only_its_event() {
    let items = split(b"{\"a\":\"\xff\"}\n{\"b\":\"\xc3\xa9\"}\n{\"c\":\"\xc3\"}{\"d\":1}");
    assert_eq!(
        shown(&items),
        ["0+9@6 not UTF-8", "10 {\"b\":\"\u{e9}\"}", "21+9@27 not UTF-8", "30 {\"d\":1}"]
    );
}

#[test]
fn oversized_events_are_skipped() {
    let large = format!("{{\"a\":[{}0]}}", "{\"b\":1},".repeat(10));
    let stream = format!("{{\"b\":1}}{large}{{\"b\":2}}");
    let reason = Reason::TooLarge { limit: 20 };
    for size in [1, 3, 50, usize::MAX] {
        let items = split_with(Splitter::new().max_bytes(20), stream.as_bytes(), &[size]);
        let Ok([Ok(first), Err(fault), Ok(last)]) = <[Item; 3]>::try_from(items) else { panic!() };
        assert_eq!((first.0, last), (0, (7 + large.len() as u64, "{\"b\":2}".into())));
        assert_eq!((fault.offset, fault.len, fault.reason), (7, large.len() as u64, reason));
    }
    let exactly = "{\"a\":\"0123456789ab\"}";
    let items = split_with(Splitter::new().max_bytes(20), exactly.as_bytes(), &[4]);
    assert_eq!(shown(&items), [format!("0 {exactly}")]);
}

#[test]
fn an_event_cut_off_in_an_array_of_its_own_is_told_at_the_limit() {
    let stream = format!("[{{\"a\":1}},{{\"a\":[{}{{\"a\":2}}]", "{\"a\":1},".repeat(10));
    let items = split_with(Splitter::new().max_bytes(40), stream.as_bytes(), &[5]);
    assert_eq!(items.iter().filter(|item| item.is_ok()).count(), 12);
    assert!(items[1].as_ref().is_err_and(|fault| (fault.offset, fault.len) == (9, 6)));
    assert_eq!(items.iter().filter(|item| item.is_err()).count(), 1);
}

#[test]
fn other_formats_are_one_fault() {
    for (stream, reason) in [
        (&b"\x1f\x8b\x08{\"a\":1}"[..], Reason::Compressed),
        (b"Obj\x01\x04{\"a\":1}", Reason::AvroContainer),
    ] {
        let found = split(stream);
        let [Err(fault)] = &found[..] else { panic!("{found:?}") };
        assert_eq!((fault.offset, fault.len, fault.reason), (0, 0, reason));
    }
    // Not quite.
    assert_eq!(shown(&split("Obj{\"a\":1}")), ["0+3@0 not an event", "3 {\"a\":1}"]);
    assert_eq!(shown(&split("Ob")), ["0+2@0 not an event"]);
    assert_eq!(shown(&split(b"\x1f")), ["0+1@0 not an event"]);
    assert_eq!(shown(&split(" Obj\u{1}{\"a\":1}")), ["1+4@1 not an event", "5 {\"a\":1}"]);
}

/// Partition, index and text of the messages of a dump, and its faults.
fn dumped(stream: &str) -> Vec<String> {
    let mut all = Vec::new();
    for size in [usize::MAX, 1] {
        let (mut splitter, mut items) = (Splitter::new(), Vec::new());
        let mut rest = stream.as_bytes();
        loop {
            while let Some(piece) = splitter.next_piece() {
                items.push(match piece {
                    Ok(piece) => {
                        let place = piece.place.unwrap();
                        format!("{}/{} {}", place.partition, place.index, piece.text)
                    }
                    Err(fault) => format!("{}+{} {}", fault.offset, fault.len, fault.reason),
                });
            }
            if rest.is_empty() {
                break;
            }
            let (part, behind) = rest.split_at(size.min(rest.len()));
            splitter.feed(part);
            rest = behind;
            if rest.is_empty() {
                splitter.finish();
            }
        }
        all.push(items);
    }
    assert_eq!(all[0], all[1]);
    all.swap_remove(0)
}

#[test]
fn messages_of_dumps_have_partition_and_index() {
    let dump = include_str!("../../../schemas/boost/samples/kafka_dump.json");
    let [message] = &dumped(dump)[..] else { panic!() };
    assert!(message.starts_with("0/0 {"));
    assert!(
        migration_events_runtime::json::at_pointer(dump, "/0/messages/0").unwrap() == &message[4..]
    );

    let stream = r#"{"0":{"schema":{"messages":[{"no":1}]},"partition":7,"messages":[{"m":1},{"m":2}],"x":[]},
        "1":{"messages":[]}, "3":{"messages":[{"m":3}]}, "x":null, "2":{"messages":[{"m":4}]}}"#;
    let found = dumped(stream);
    assert_eq!(found[0], r#"7/0 {"m":1}"#);
    assert_eq!(found[1], r#"7/1 {"m":2}"#);
    assert!(found[2].ends_with("not a partition in order"));
    assert!(found[3].ends_with("not a partition in order"));
    assert_eq!(found[4..], [r#"2/0 {"m":4}"#]);
}

#[test]
fn a_broken_message_affects_no_partition() {
    let dump = |messages: &str| {
        format!(r#"{{"0":{{"messages":[{{"m":1}},{messages}]}},"1":{{"messages":[{{"m":9}}]}}}}"#)
    };
    for broken in
        [r#"{"m":x}"#, r#"{"m":"a"#, r#"{"m":{"#, r#"{"m":"a"}}"#, r#"{"m":"#, "7", r#"{"m":"#]
    {
        let behind = dumped(&dump(&format!(r#"{broken},{{"m":3}}"#)));
        assert!(behind.len() == 4 || behind.len() == 5, "{broken}: {behind:?}");
        assert!(behind.iter().any(|item| item.starts_with("0/") && item.ends_with(r#"{"m":3}"#)));
        assert!(behind.contains(&r#"1/0 {"m":9}"#.to_owned()), "{broken}: {behind:?}");
        let last = dumped(&dump(broken));
        assert!(last.contains(&r#"1/0 {"m":9}"#.to_owned()), "{broken}: {last:?}");
    }
}

#[test]
fn an_explicit_layout_wins() {
    let items =
        split_with(Splitter::new().layout(Layout::Concatenated), b"{\"0\":{\"a\":1}}", &[3]);
    assert_eq!(shown(&items), ["0 {\"0\":{\"a\":1}}"]);
}

#[test]
fn errors_show_nothing_of_the_stream() {
    let items = split("{\"secret\":\"secret\u{1}\"}secret{\"a\":1}");
    let faults: Vec<_> = items.iter().filter_map(|item| item.as_ref().err()).collect();
    assert!(!faults.is_empty());
    assert!(!format!("{faults:?}").contains("secret"));
    assert_eq!(faults[0].reason, Reason::Syntax(Syntax::ControlCharacter));
    let mut splitter = Splitter::new();
    splitter.feed(b"{\"secret\":1} ");
    assert!(!format!("{splitter:?}").contains("secret"));
    assert!(!format!("{:?}", splitter.next_piece()).contains("secret"));
}

proptest! {
    #[test]
    fn chunking_does_not_change_results(
        bytes in prop::collection::vec(
            prop_oneof![
                prop::sample::select(&b"{}[]\":,\\ \n1at0\xff\x1f"[..]),
                prop::sample::select(&b"{}[]\",:"[..]),
            ],
            0..200,
        ),
        sizes in prop::collection::vec(1_usize..20, 1..8),
        layout in prop::sample::select(vec![Layout::Detect, Layout::Array, Layout::Dump]),
        limit in prop::sample::select(vec![1, 10, 1000]),
    ) {
        let splitter = Splitter::new().layout(layout).max_bytes(limit);
        let whole = split_with(splitter.clone(), &bytes, &[usize::MAX]);
        prop_assert_eq!(&split_with(splitter, &bytes, &sizes), &whole);
        let mut end = 0;
        for item in whole {
            let (offset, len) = match item {
                Ok((offset, text)) => {
                    prop_assert_eq!(text.as_bytes(), &bytes[offset as usize..][..text.len()]);
                    (offset, text.len() as u64)
                }
                Err(fault) => (fault.offset, fault.len),
            };
            prop_assert!(offset >= end, "in order, and nothing twice");
            end = offset + len;
        }
        prop_assert!(end <= bytes.len() as u64);
    }
}
