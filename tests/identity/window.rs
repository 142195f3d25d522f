//! Deduplication in memory, step by step.

use super::{key, sample_of};
use migration_events::identity::{Answer, Claim, IdempotencyKey, Lease, LostLease, Window};
use migration_events::pismo::CustomerIncoming;
use migration_events::{Event, identity::Identified};
use std::time::{Duration, Instant};

const HUNDRED_YEARS: u64 = 36_500 * 86_400;

/// Readings of a clock, in seconds.
struct Clock(Instant);

impl Clock {
    fn new() -> Self {
        Self(Instant::now())
    }

    fn at(&self, seconds: u64) -> Instant {
        self.0 + Duration::from_secs(seconds)
    }
}

fn granted(claim: Claim) -> Lease {
    match claim {
        Claim::Granted(lease) => lease,
        other => panic!("{other:?}"),
    }
}

fn answer(text: &str) -> Claim {
    Claim::Completed(Some(Answer::from(text.to_owned())))
}

fn window(capacity: usize) -> Window {
    Window::new(capacity).lease(Duration::from_secs(30))
}

#[test]
fn an_event_is_handled_once() {
    let (mut window, clock) = (window(10), Clock::new());
    let lease = granted(window.claim(&key("a"), clock.at(0)));
    assert_eq!(window.claim(&key("a"), clock.at(1)), Claim::Pending);
    window.complete(&lease, Some(b"done")).unwrap();
    assert_eq!(window.claim(&key("a"), clock.at(3)), answer("done"));
    let other = granted(window.claim(&key("b"), clock.at(3)));
    window.complete(&other, None).unwrap();
    assert_eq!(window.claim(&key("b"), clock.at(3)), Claim::Completed(None));
    // However late.
    assert_eq!(window.claim(&key("a"), clock.at(HUNDRED_YEARS)), answer("done"));
}

#[test]
fn released_events_are_handled_next_time() {
    let (mut window, clock) = (window(10), Clock::new());
    let first = granted(window.claim(&key("a"), clock.at(0)));
    window.release(&first).unwrap();
    assert!(window.is_empty());
    assert_eq!(window.release(&first), Err(LostLease));
    let second = granted(window.claim(&key("a"), clock.at(1)));
    assert!(second.token() > first.token());
    // The consumer broke down: nothing was heard of it again.
    assert_eq!(window.claim(&key("a"), clock.at(30)), Claim::Pending);
    let third = granted(window.claim(&key("a"), clock.at(31)));
    window.complete(&third, Some(b"3")).unwrap();
    assert_eq!(window.release(&third), Err(LostLease));
    assert_eq!(window.claim(&key("a"), clock.at(32)), answer("3"));
}

#[test]
fn a_lost_lease_changes_nothing() {
    let (mut window, clock) = (window(10), Clock::new());
    let late = granted(window.claim(&key("a"), clock.at(0)));
    let current = granted(window.claim(&key("a"), clock.at(30)));
    assert_eq!(window.release(&late), Err(LostLease));
    assert_eq!(window.complete(&late, Some(b"late")), Err(LostLease));
    assert_eq!(window.claim(&key("a"), clock.at(31)), Claim::Pending);
    window.complete(&current, Some(b"current")).unwrap();
    assert_eq!(window.complete(&late, Some(b"late")), Err(LostLease));
    // The consumer did not hear that it was completed.
    window.complete(&current, Some(b"again")).unwrap();
    assert_eq!(window.claim(&key("a"), clock.at(32)), answer("current"));
}

#[test]
fn an_expired_lease_completes_unless_taken_over() {
    let (mut window, clock) = (window(10), Clock::new());
    let slow = granted(window.claim(&key("a"), clock.at(0)));
    assert_eq!(window.claim(&key("b"), clock.at(500)), Claim::Granted(Lease::new(key("b"), 2)));
    window.complete(&slow, Some(b"slow")).unwrap();
    assert_eq!(window.claim(&key("a"), clock.at(501)), answer("slow"));
}

#[test]
fn jumping_clocks_forget_and_block_nothing() {
    let (mut window, clock) = (window(10), Clock::new());
    let done = granted(window.claim(&key("done"), clock.at(100)));
    window.complete(&done, Some(b"done")).unwrap();
    // Claimed by a reading that is far ahead, whose consumer dies.
    let _ = granted(window.claim(&key("ahead"), clock.at(HUNDRED_YEARS)));
    assert_eq!(window.claim(&key("done"), clock.at(101)), answer("done"));
    assert_eq!(window.claim(&key("ahead"), clock.at(101)), Claim::Pending);
    assert_eq!(window.claim(&key("ahead"), clock.at(130)), Claim::Pending);
    let _ = granted(window.claim(&key("ahead"), clock.at(131)));
    // A later claim is not bound by the wrong reading either.
    let _ = granted(window.claim(&key("later"), clock.at(131)));
    let _ = granted(window.claim(&key("later"), clock.at(161)));
    // Backwards.
    assert_eq!(window.claim(&key("done"), clock.at(0)), answer("done"));
    assert_eq!(window.claim(&key("later"), clock.at(0)), Claim::Pending);
    let _ = granted(window.claim(&key("later"), clock.at(30)));
}

#[test]
fn a_full_window_forgets_the_oldest() {
    let (mut window, clock) = (window(3), Clock::new());
    for name in ["a", "b", "c"] {
        let lease = granted(window.claim(&key(name), clock.at(0)));
        window.complete(&lease, Some(name.as_bytes())).unwrap();
    }
    let lease = granted(window.claim(&key("d"), clock.at(0)));
    assert!(!window.contains(&key("a")) && window.contains(&key("b")));
    for name in ["e", "f", "g"] {
        let _ = granted(window.claim(&key(name), clock.at(0)));
    }
    assert_eq!(window.len(), 3);
    assert_eq!(window.complete(&lease, None), Err(LostLease));
    assert!(!window.contains(&key("d")));

    let mut smallest = window_of_none();
    let _ = granted(smallest.claim(&key("a"), clock.at(0)));
    let _ = granted(smallest.claim(&key("b"), clock.at(0)));
    assert_eq!(smallest.len(), 1);
}

fn window_of_none() -> Window {
    Window::new(0).lease(Duration::ZERO)
}

#[test]
fn deduplication_window_has_constant_memory() {
    let (mut window, clock) = (Window::new(1_000), Clock::new());
    for index in 0..100_000 {
        let lease = granted(window.claim(&key(index), clock.at(index)));
        if index % 3 > 0 {
            window.complete(&lease, Some(b"x")).unwrap();
        }
        assert!(window.len() <= 1_000);
    }
    assert_eq!(window.claim(&key(99_998), clock.at(100_000)), answer("x"));
    let _ = granted(window.claim(&key(1), clock.at(100_000)));
}

#[test]
fn long_answers_are_dropped_and_their_events_stay() {
    let (mut window, clock) = (Window::new(100).max_answer_bytes(10), Clock::new());
    for name in ["a", "b", "c"] {
        let lease = granted(window.claim(&key(name), clock.at(0)));
        window.complete(&lease, Some(b"1234")).unwrap();
    }
    assert_eq!(window.claim(&key("a"), clock.at(0)), Claim::Completed(None));
    assert_eq!(window.claim(&key("b"), clock.at(0)), answer("1234"));
    assert_eq!(window.claim(&key("c"), clock.at(0)), answer("1234"));

    let mut window = Window::new(100).max_answer_bytes(usize::MAX);
    for length in [Window::MAX_ANSWER_BYTES, Window::MAX_ANSWER_BYTES + 1] {
        let lease = granted(window.claim(&key(length), clock.at(0)));
        window.complete(&lease, Some(&vec![b'x'; length])).unwrap();
        let kept = window.claim(&key(length), clock.at(0));
        assert_eq!(kept != Claim::Completed(None), length == Window::MAX_ANSWER_BYTES);
    }
}

#[test]
fn remembered_events_are_not_handled() {
    let (mut window, clock) = (window(2), Clock::new());
    window.remember(&key("a"), Some(b"before"));
    assert_eq!(window.claim(&key("a"), clock.at(0)), answer("before"));
    let lease = granted(window.claim(&key("b"), clock.at(0)));
    window.remember(&key("b"), None);
    assert_eq!(window.complete(&lease, Some(b"late")), Err(LostLease));
    assert_eq!(window.claim(&key("b"), clock.at(0)), Claim::Completed(None));
    window.remember(&key("c"), None);
    assert_eq!(window.len(), 2);
}

#[test]
fn one_long_message_pushes_out_one_event() {
    let (mut window, clock) = (Window::new(1_000), Clock::new());
    for index in 0..1_000 {
        let lease = granted(window.claim(&key(index), clock.at(0)));
        window.complete(&lease, None).unwrap();
    }
    let message = sample_of("customer_incoming").replacen("31a2d", &" ".repeat(9 << 20), 1);
    let event = CustomerIncoming::from_json(message.as_bytes()).unwrap();
    let long = event.idempotency_key().unwrap();
    assert!(long.as_str().len() <= IdempotencyKey::MAX_BYTES);
    let _ = granted(window.claim(&long, clock.at(0)));
    assert_eq!(window.len(), 1_000);
    assert_eq!(window.claim(&key(1), clock.at(0)), Claim::Completed(None));
}

#[test]
fn an_answer_shows_its_length_only() {
    let claim = answer("secret");
    assert_eq!(format!("{claim:?}"), "Completed(Some(Answer(6 bytes)))");
}
