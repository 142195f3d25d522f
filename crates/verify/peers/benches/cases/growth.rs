//! Growth: ten times as much must take ten times as long, not a hundred times.

use std::hint::black_box;

use migration_events::pismo::AccrualIncoming;
use migration_events::{Event, Rejection};

use super::Case;
use crate::workload::{ACCRUAL, accruals, repeat};

/// A document of each size against ten times the one of a tenth.
pub(super) fn add(cases: &mut Vec<Case>) {
    for (what, document) in [
        ("accruals", accruals as fn(usize) -> String),
        ("unknown properties", unknown),
        ("keys of an open object", keys),
    ] {
        tenfold(cases, what, document, |text| decoded(text).is_ok());
    }
    // All are found, 100 of them listed.
    tenfold(cases, "accruals, all wrong", wrong, |text| decoded(text).is_err());
    tenfold(cases, "unknown properties, all repeated", repeated, |text| decoded(text).is_err());
}

fn decoded(text: &str) -> Result<AccrualIncoming, Rejection> {
    AccrualIncoming::from_json(text.as_bytes())
}

fn tenfold(
    cases: &mut Vec<Case>,
    what: &str,
    document: fn(usize) -> String,
    is_as_expected: fn(&str) -> bool,
) {
    for size in [10, 100, 1_000, 10_000] {
        let (large, small) = (document(size), document(size / 10));
        assert!(is_as_expected(&large) && is_as_expected(&small));
        cases.push(Case {
            group: "growth",
            name: format!("{size} {what}"),
            against: "ten times a tenth of it",
            ours: repeat(move || is_as_expected(black_box(&large))),
            peer: repeat(move || {
                for _ in 0..10 {
                    black_box(is_as_expected(black_box(&small)));
                }
            }),
        });
    }
}

fn wrong(count: usize) -> String {
    accruals(count).replace("\"amount\": ", "\"amount\": \"\", \"sum\": ")
}

fn members(count: usize) -> String {
    (0..count).map(|index| format!("\"unknown_{index}\": {index}, ")).collect()
}

fn unknown(count: usize) -> String {
    ACCRUAL.replacen("\"origin\":", &format!("{}\"origin\":", members(count)), 1)
}

fn repeated(count: usize) -> String {
    ACCRUAL.replacen("\"origin\":", &format!("{0}{0}\"origin\":", members(count)), 1)
}

fn keys(count: usize) -> String {
    ACCRUAL.replacen("\"balanceIof\":", &format!("{}\"balanceIof\":", members(count)), 1)
}
