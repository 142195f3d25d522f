//! Events that follow one another in a stream.

use std::hint::black_box;

use migration_events::Event;
use migration_events::json::RawJson;
use migration_events::pismo::AccrualIncoming;
use migration_events::stream::Events;

use super::{BY_HAND, Case};
use crate::peer;
use crate::workload::{ACCRUAL, repeat};

/// More than the caches next to a core hold.
const COUNT: usize = 2_000;

/// Decoding from a stream, against structs by hand with the streams of `serde_json`, and against the same
/// events one by one from memory.
pub(super) fn add(cases: &mut Vec<Case>) {
    let event = RawJson::parse(ACCRUAL).expect("the sample is JSON").to_string();
    let lines: &'static str = Box::leak(format!("{event}\n").repeat(COUNT).into_boxed_str());
    let ours = || {
        let decoded = Events::new(black_box(lines.as_bytes())).decode::<AccrualIncoming>();
        assert_eq!(decoded.filter(|event| black_box(event).is_ok()).count(), COUNT);
    };
    let by_hand = || {
        type Structs = peer::pismo::AccrualIncoming;
        let reader = black_box(lines.as_bytes());
        let decoded = serde_json::Deserializer::from_reader(reader).into_iter::<Structs>();
        assert_eq!(decoded.filter(|event| black_box(event).is_ok()).count(), COUNT);
    };
    let from_memory = || {
        let decoded =
            lines.lines().map(|line| AccrualIncoming::from_json(black_box(line.as_bytes())));
        assert_eq!(decoded.filter(|event| black_box(event).is_ok()).count(), COUNT);
    };
    let name = format!("{COUNT} events, lines");
    let mut push = |against, peer| {
        cases.push(Case { group: "stream", name: name.clone(), against, ours: repeat(ours), peer });
    };
    push(BY_HAND, repeat(by_hand));
    push("one by one", repeat(from_memory));
}
