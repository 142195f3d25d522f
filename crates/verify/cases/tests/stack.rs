//! The greatest depth limit, on the stack that threads have by default, without optimisation.

use events::avro::{Cursor, Datum, DatumErrorKind};
use events::json::Map;
use events::validate::ViolationKind;
use events::{Decoder, Event};
use migration_events_cases::avro::Node;

/// A node that holds others, one inside the other. Each is two levels of JSON and of Avro.
fn nodes(count: usize) -> Node {
    let leaf =
        Node { value: 0.5, next: None, children: Vec::new(), by_name: Map::new(), either: None };
    (1..count).fold(leaf.clone(), |inner, level| match level % 3 {
        0 => Node { children: vec![inner], ..leaf.clone() },
        1 => Node { by_name: [("k".to_owned(), inner)].into_iter().collect(), ..leaf.clone() },
        _ => Node { next: Some(Box::new(inner)), ..leaf.clone() },
    })
}

/// Runs on a thread with the stack of `std::thread` and of most runtimes.
fn on_a_small_stack(test: impl FnOnce() + Send + 'static) {
    let thread = std::thread::Builder::new().stack_size(2 << 20).spawn(test);
    thread.expect("a thread").join().expect("no panic");
}

#[test]
fn json_at_the_ceiling_fits_the_stack() {
    on_a_small_stack(|| {
        let decoder = Decoder::new().max_depth(usize::MAX);
        assert_eq!(decoder, Decoder::new().max_depth(Decoder::MAX_DEPTH));
        let most = nodes(Decoder::MAX_DEPTH / 2);
        let text = most.to_json();
        let read: Node = decoder.decode(text.as_bytes()).expect("within the limit");
        assert_eq!(read, most.clone());
        decoder.check(&read).expect("within the limit");
        // The second walk goes as deep.
        let broken = text.replacen("0.5", "[]", Decoder::MAX_DEPTH);
        let rejection = decoder.decode::<Node>(broken.as_bytes()).expect_err("not numbers");
        assert!(rejection.violations().len() + rejection.omitted() >= Decoder::MAX_DEPTH / 2);
        assert_eq!(rejection.located_in(broken.as_bytes())[0].value, Some("[]"));

        let deeper = nodes(Decoder::MAX_DEPTH / 2 + 1).to_json();
        let rejection = decoder.decode::<Node>(deeper.as_bytes()).expect_err("beyond the limit");
        let limit = Decoder::MAX_DEPTH;
        let kinds: Vec<_> = rejection.violations().iter().map(|found| found.kind()).collect();
        assert!(kinds.contains(&&ViolationKind::Depth { limit }), "{rejection}");
    });
}

#[test]
fn avro_at_the_ceiling_fits_the_stack() {
    on_a_small_stack(|| {
        assert_eq!(Cursor::MAX_DEPTH, Decoder::MAX_DEPTH);
        let most = nodes(Cursor::MAX_DEPTH / 2);
        let datum = most.to_avro();
        assert_eq!(Node::read(&mut Cursor::with_depth(&datum, usize::MAX)).as_ref(), Ok(&most));
        let deeper = nodes(Cursor::MAX_DEPTH / 2 + 1).to_avro();
        let error = Node::read(&mut Cursor::with_depth(&deeper, usize::MAX)).expect_err("too deep");
        assert_eq!(error.kind(), DatumErrorKind::Depth { limit: Cursor::MAX_DEPTH });
    });
}
