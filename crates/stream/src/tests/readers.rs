//! Reading streams: I/O, typed events, compression, asynchronous chunks.

use crate::{Error, Events, Layout, Reason, Splitter};
use std::collections::VecDeque;
use std::io::{self, Read};

/// Gives these results one after the other, each at most as large as it is asked for.
struct Script(VecDeque<io::Result<&'static [u8]>>);

impl Read for Script {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let part = self.0.pop_front().unwrap_or(Ok(b""))?;
        let (now, later) = part.split_at(part.len().min(buffer.len()));
        buffer[..now.len()].copy_from_slice(now);
        if !later.is_empty() {
            self.0.push_front(Ok(later));
        }
        Ok(now.len())
    }
}

#[test]
fn interruptions_are_retried_and_errors_are_final() {
    let error = |kind| Err(io::Error::from(kind));
    let script = Script(VecDeque::from([
        Ok(&b"{\"a\":1}{\""[..]),
        error(io::ErrorKind::Interrupted),
        Ok(b"b\":1}{\"c\""),
        error(io::ErrorKind::ConnectionReset),
        Ok(b":1}"),
    ]));
    let mut events = Events::new(script);
    assert_eq!(&*events.next().unwrap().unwrap().text, "{\"a\":1}");
    assert_eq!(&*events.next().unwrap().unwrap().text, "{\"b\":1}");
    let Some(Err(Error::Io { offset: 18, error })) = events.next() else { panic!("no error") };
    assert_eq!(error.kind(), io::ErrorKind::ConnectionReset);
    assert!(events.next().is_none());
    assert!(events.next().is_none());
}

mod typed {
    use super::*;
    use migration_events::pismo::{CustomerOutgoing, RecurringChargePlanIncoming};
    use migration_events_runtime::Decoder;

    const OUTGOING: &str =
        include_str!("../../../../schemas/pismo/samples/customer_outgoing-1.json").trim_ascii();

    #[test]
    fn the_stream_continues_after_a_rejected_event() {
        let bad = OUTGOING.replacen("SUCCESS", "MAYBE", 1);
        let stream = format!("[{OUTGOING},{bad}, 7, {OUTGOING}]");
        let events = Events::new(stream.as_bytes()).decode::<CustomerOutgoing>();
        let found: Vec<_> = events.collect();
        assert_eq!(found.len(), 4);
        let first = found[0].as_ref().unwrap();
        assert_eq!((first.offset, first.len), (1, OUTGOING.len()));
        let Err(Error::Rejected { offset, len, place: None, rejection }) = &found[1] else {
            panic!("not rejected")
        };
        assert_eq!((*offset, *len), (OUTGOING.len() as u64 + 2, bad.len()));
        assert_eq!(rejection.violations()[0].instance_pointer(), "/status");
        assert!(
            matches!(&found[2], Err(Error::Fault(fault)) if fault.reason == Reason::NotAnEvent)
        );
        assert_eq!(found[3].as_ref().unwrap().event, first.event);
    }

    #[test]
    fn limits_and_strictness_of_the_decoder_hold() {
        let plan =
            include_str!("../../../../schemas/pismo/samples/recurring_charge_plan_incoming-1.json");
        let read = |decoder: Decoder| {
            let mut events =
                Events::new(plan.as_bytes()).decode_with::<RecurringChargePlanIncoming>(decoder);
            let found = events.next().unwrap();
            assert!(events.next().is_none());
            found.is_ok()
        };
        assert!(read(Decoder::new()));
        assert!(!read(Decoder::new().strict()));
        assert!(!read(Decoder::new().max_bytes(100)));
        assert!(!read(Decoder::new().max_depth(2)));
    }

    #[test]
    fn typed_and_raw_events_are_the_same_ones() {
        let mut stream = Vec::new();
        for count in 0..2_000 {
            let event = OUTGOING.replacen("MIGR-0001", &format!("MIGR-{count}"), 1);
            let keep = if count % 7 == 3 { event.len() * (count % 100) / 100 } else { event.len() };
            stream.extend_from_slice(&event.as_bytes()[..keep]);
        }
        let raw: Vec<_> = Events::new(&*stream)
            .map(|event| event.map(|event| event.offset).map_err(|error| error.to_string()))
            .collect();
        let typed: Vec<_> = Events::new(&*stream)
            .decode::<CustomerOutgoing>()
            .map(|event| event.map(|event| event.offset).map_err(|error| error.to_string()))
            .collect();
        assert_eq!(raw, typed);
        assert!(raw.iter().filter(|event| event.is_ok()).count() > 1_700);
    }
}

#[cfg(feature = "gzip")]
mod gzip {
    use super::*;
    use flate2::Compression;
    use flate2::write::GzEncoder;
    use std::io::Write as _;

    fn zipped(text: &str) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(text.as_bytes()).unwrap();
        encoder.finish().unwrap()
    }

    fn read(stream: impl Read) -> Vec<String> {
        let shown = |event: Result<crate::RawEvent, Error>| match event {
            Ok(event) => format!("{} {}", event.offset, event.text),
            Err(error) => error.to_string(),
        };
        Events::new(stream).map(shown).collect()
    }

    #[test]
    fn gzip_members_form_one_stream_with_decompressed_offsets() {
        let stream = [zipped("{\"a\":1}{\"b"), zipped(""), zipped("\":2}")].concat();
        assert_eq!(read(&*stream), ["0 {\"a\":1}", "7 {\"b\":2}"]);
        let byte_by_byte = stream.iter().fold(Vec::new(), |mut script, byte| {
            script.push(Ok(&*Vec::leak(vec![*byte])));
            script
        });
        assert_eq!(read(Script(byte_by_byte.into())), ["0 {\"a\":1}", "7 {\"b\":2}"]);
    }

    #[test]
    fn a_damaged_stream_ends_with_one_fault() {
        let text: String = (0..50_000).map(|number| format!("{{\"a\":{number}}}")).collect();
        let mut stream = zipped(&text);
        stream.truncate(stream.len() / 2);
        let found = read(&*stream);
        assert!(found.len() > 1_000);
        assert!(found[..found.len() - 2].iter().all(|event| event.contains("{\"a\":")));
        assert!(found.last().unwrap().contains("damaged gzip stream"), "{:?}", found.last());
        assert!(read(&b"\x1f\x8bno gzip"[..])[0].contains("damaged gzip stream"));
    }

    #[test]
    fn zeros_after_the_last_member_are_ignored() {
        let members = [zipped("{\"a\":1}"), zipped("{\"b\":2}")].concat();
        let events = ["0 {\"a\":1}", "7 {\"b\":2}"];
        for (tail, is_intact) in [
            (vec![0; 1], true),
            (vec![0; 100_000], true),
            (vec![0, 0, 7], false),
            (vec![7], false),
            (vec![0x1f], false),
            (vec![0x1f, 0], false),
            ([&[0; 3][..], &zipped("{}")].concat(), false),
        ] {
            let stream = [&members[..], &tail].concat();
            for size in [usize::MAX, 1, 7] {
                let script = stream
                    .chunks(size.min(stream.len()))
                    .map(|part| Ok(&*Vec::leak(part.to_vec())));
                let found = read(Script(script.collect::<Vec<_>>().into()));
                assert_eq!(found[..2], events, "{tail:?}");
                assert_eq!(
                    found.len() == 2,
                    is_intact,
                    "{:?}: {found:?}",
                    &tail[..tail.len().min(5)]
                );
            }
        }
        // Zeros are no beginning of a stream.
        assert_eq!(read(&[&[0][..], &members].concat()[..]).len(), 1);
    }

    #[test]
    fn a_bomb_costs_little() {
        let stream = zipped(&" ".repeat(64 << 20));
        assert!(read(&*stream).is_empty());
    }
}

#[cfg(not(feature = "gzip"))]
#[test]
fn without_gzip_a_compressed_stream_is_one_fault() {
    let found: Vec<_> = Events::new(&b"\x1f\x8b\x08\0\0\0\0\0\0\0"[..]).collect();
    let [Err(Error::Fault(fault))] = &found[..] else { panic!("{found:?}") };
    assert_eq!(fault.reason, Reason::Compressed);
}

#[test]
fn memory_does_not_grow_with_the_stream() {
    struct Endless(usize);
    impl Read for Endless {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let part = b"{\"a\":[1,2,3]}\n";
            let count = self.0.min(buffer.len() / part.len());
            buffer.chunks_exact_mut(part.len()).take(count).for_each(|b| b.copy_from_slice(part));
            self.0 -= count;
            Ok(count * part.len())
        }
    }
    let mut events = Events::new(Endless(500_000));
    let mut count = 0;
    while let Some(piece) = events.next_piece() {
        count += usize::from(piece.is_ok());
    }
    assert_eq!(count, 500_000);
    assert!(events.splitter.held() < 1 << 20, "{}", events.splitter.held());
}

#[test]
fn oversized_events_and_garbage_are_not_kept() {
    for (start, layout) in [
        ("{\"a\":\"", Layout::Concatenated),
        ("{\"a\":[", Layout::Array),
        ("garbage", Layout::Concatenated),
        ("{\"a\":x", Layout::Concatenated),
        ("{\"0\":{\"schema\":\"", Layout::Dump),
        ("", Layout::Concatenated),
    ] {
        let mut splitter = Splitter::new().layout(layout).max_bytes(10_000);
        splitter.feed(start.as_bytes());
        let fill = if start.ends_with('[') { "1,".repeat(2_000) } else { " ".repeat(4_000) };
        for _ in 0..500 {
            splitter.feed(fill.as_bytes());
            while splitter.next_piece().is_some() {}
            assert!(splitter.held() < 100_000, "{start}: {}", splitter.held());
        }
    }
}

#[cfg(feature = "async")]
mod asynchronous {
    use super::*;
    use crate::AsyncEvents;
    use futures_util::{StreamExt, stream};
    use migration_events::dispatch::Unknown;

    #[test]
    fn chunks_of_any_size_give_the_same_events() {
        let text: String = (0..200).map(|number| format!("{{\"a\":{number}}}")).collect();
        let expected: Vec<u64> = Events::new(text.as_bytes()).map(|e| e.unwrap().offset).collect();
        for size in [1, 3, 64, 10_000] {
            let chunks = text.as_bytes().chunks(size).map(Ok::<_, io::Error>);
            // Pending in between, as a network is.
            let chunks = stream::iter(chunks).then(|chunk| async {
                let mut asked = false;
                std::future::poll_fn(|context| {
                    context.waker().wake_by_ref();
                    if std::mem::replace(&mut asked, true) {
                        std::task::Poll::Ready(())
                    } else {
                        std::task::Poll::Pending
                    }
                })
                .await;
                chunk
            });
            let events = AsyncEvents::new(Box::pin(chunks));
            let offsets = events.map(|event| event.unwrap().offset).collect::<Vec<_>>();
            assert_eq!(futures_executor::block_on(offsets), expected);
        }
    }

    #[test]
    fn chunks_and_readers_yield_the_same_events() {
        let text = "{\"a\":1}{\"a\":{\"a\":2} {\"a\":1,\"a\":2}\n{\"a\":3}x{\"a\":4}".repeat(50);
        let shown = |item: Result<crate::Decoded<Unknown>, Error>| match item {
            Ok(decoded) => format!("{} {}", decoded.offset, decoded.event.message.as_str()),
            Err(error) => error.to_string(),
        };
        let expected: Vec<_> = Events::new(text.as_bytes()).decode().map(shown).collect();
        assert_eq!(expected.len(), 350);
        for size in [1, 5, 64, 10_000] {
            let chunks = stream::iter(text.as_bytes().chunks(size).map(Ok::<_, io::Error>));
            let items = AsyncEvents::new(chunks).decode().map(shown).collect::<Vec<_>>();
            assert_eq!(futures_executor::block_on(items), expected, "in parts of {size}");
        }
    }

    #[test]
    fn a_chunk_error_is_the_last_item() {
        let chunks =
            stream::iter([Ok(&b"{\"a\":1}{"[..]), Err(io::Error::other("reset")), Ok(b"}")]);
        let found: Vec<_> = futures_executor::block_on(AsyncEvents::new(chunks).collect());
        assert!(matches!(&found[..], [Ok(_), Err(Error::Io { offset: 8, .. })]));
    }
}
