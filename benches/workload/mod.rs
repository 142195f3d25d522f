//! The loop of the benchmarks, and the message that they grow.

use std::hint::black_box;

/// Does its work a given number of times.
pub(crate) type Repeat = Box<dyn Fn(u64)>;

/// Repeats a piece of work and drops its results.
pub(crate) fn repeat<T>(work: impl Fn() -> T + 'static) -> Repeat {
    Box::new(move |times| {
        for _ in 0..times {
            black_box(work());
        }
    })
}

/// The published accrual event.
pub(crate) const ACCRUAL: &str =
    include_str!("../../schemas/pismo/samples/accrual_incoming-1.json");

/// The same with `count` accruals: its own, over and over.
pub(crate) fn accruals(count: usize) -> String {
    let (head, rest) = ACCRUAL.split_once("\"accruals\": [").expect("accruals");
    let (items, tail) = rest.split_once(']').expect("an end of the accruals");
    let items = items.split_inclusive('}').filter(|item| item.contains('{'));
    let items: Vec<&str> = items.map(|item| item.trim_start_matches(',')).collect();
    let items: Vec<&str> = items.into_iter().cycle().take(count).collect();
    format!("{head}\"accruals\": [{}\n    ]{tail}", items.join(","))
}
