//! Items that the integration tests share.
#![allow(dead_code, reason = "each test binary uses a part of it")]

pub(crate) mod contracts;

pub(crate) use migration_events_support::json;

use migration_events::{Event, Rejection};

/// Where the violations are and of what kind, sorted.
pub(crate) fn places(rejection: &Rejection) -> Vec<(String, &'static str)> {
    let mut places: Vec<_> = rejection
        .violations()
        .iter()
        .map(|violation| (violation.instance_pointer().to_owned(), violation.kind().name()))
        .collect();
    places.sort();
    places
}

/// The event in a message that must be accepted.
#[track_caller]
pub(crate) fn accepted<T: Event>(message: &str) -> T {
    match T::from_json(message.as_bytes()) {
        Ok(event) => event,
        Err(rejection) => panic!("{rejection}\nin {message}"),
    }
}

/// Places of the violations in a message that must be rejected.
#[track_caller]
pub(crate) fn rejected<T: Event>(message: &str) -> Vec<(String, &'static str)> {
    match T::from_json(message.as_bytes()) {
        Ok(_) => panic!("accepted: {message}"),
        Err(rejection) => places(&rejection),
    }
}

/// Asserts that a message is rejected for exactly these reasons.
#[track_caller]
pub(crate) fn assert_rejected<T: Event>(message: &str, mut expected: Vec<(&str, &'static str)>) {
    expected.sort_unstable();
    let found = rejected::<T>(message);
    let found: Vec<_> = found.iter().map(|(pointer, kind)| (pointer.as_str(), *kind)).collect();
    assert_eq!(found, expected, "in {message}");
}

/// Asserts that a message is accepted and comes back with the same tokens; returns the event.
#[track_caller]
pub(crate) fn assert_lossless<T: Event>(message: &str) -> T {
    let event = accepted::<T>(message);
    assert_eq!(json::parse(&event.to_json()), json::parse(message), "in {message}");
    event
}
