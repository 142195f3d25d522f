//! Consumers with clocks of their own that stall, crash and come back, over a window that is too small.

use super::key;
use migration_events::identity::{Claim, Lease, LostLease, Window};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestCaseError, TestRunner};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::time::{Duration, Instant};

const CAPACITY: usize = 4;
const EVENTS: u8 = 6;
const CONSUMERS: usize = 3;
const LEASE: Duration = Duration::from_secs(30);
const HUNDRED_YEARS: u64 = 36_500 * 86_400;

#[derive(Debug, Clone)]
enum Step {
    Deliver {
        consumer: usize,
        event: u8,
    },
    /// Ends a claim of the consumer, not necessarily the last.
    Complete {
        consumer: usize,
        which: prop::sample::Index,
    },
    Release {
        consumer: usize,
        which: prop::sample::Index,
    },
    /// The consumer forgets what it was doing.
    Crash {
        consumer: usize,
    },
    /// Time passes for all.
    Pass {
        seconds: u64,
    },
    /// The clock of one consumer is wrong from now on: so far ahead of the others.
    Skew {
        consumer: usize,
        seconds: u64,
    },
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let consumer = || 0..CONSUMERS;
    let skew = prop_oneof![Just(0), 0..90_u64, Just(HUNDRED_YEARS)];
    let step = prop_oneof![
        12 => (consumer(), 0..EVENTS).prop_map(|(consumer, event)| Step::Deliver { consumer, event }),
        5 => (consumer(), any::<prop::sample::Index>())
            .prop_map(|(consumer, which)| Step::Complete { consumer, which }),
        2 => (consumer(), any::<prop::sample::Index>())
            .prop_map(|(consumer, which)| Step::Release { consumer, which }),
        1 => consumer().prop_map(|consumer| Step::Crash { consumer }),
        2 => (0..40_u64).prop_map(|seconds| Step::Pass { seconds }),
        2 => (consumer(), skew).prop_map(|(consumer, seconds)| Step::Skew { consumer, seconds }),
    ];
    prop::collection::vec(step, 1..120)
}

/// Number of times that each case came up.
#[derive(Debug, Default)]
struct Counts(BTreeMap<&'static str, usize>);

impl Counts {
    fn add(&mut self, what: &'static str) {
        *self.0.entry(what).or_default() += 1;
    }
}

/// The state of an event that the window holds.
#[derive(Debug, Clone)]
struct Held {
    /// When it was last claimed or completed, in steps.
    touched: usize,
    token: i64,
    /// The earliest reading since the claim.
    earliest: Instant,
    answer: Option<String>,
}

struct World {
    window: Window,
    start: Instant,
    /// True time since the start, and by how much each clock is ahead of it, in seconds.
    now: u64,
    skews: [u64; CONSUMERS],
    leases: [Vec<Lease>; CONSUMERS],
    held: BTreeMap<u8, Held>,
    step: usize,
}

impl World {
    fn new(start: Instant) -> Self {
        Self {
            window: Window::new(CAPACITY).lease(LEASE),
            start,
            now: 0,
            skews: [0; CONSUMERS],
            leases: Default::default(),
            held: BTreeMap::new(),
            step: 0,
        }
    }

    fn take(&mut self, step: &Step, counts: &mut Counts) -> Result<(), TestCaseError> {
        self.step += 1;
        match step {
            Step::Deliver { consumer, event } => self.deliver(*consumer, *event, counts)?,
            Step::Complete { consumer, which } => {
                if let Some(lease) = self.lease(*consumer, which) {
                    self.complete(&lease, counts)?;
                }
            }
            Step::Release { consumer, which } => {
                if let Some(lease) = self.lease(*consumer, which) {
                    self.release(&lease, counts)?;
                }
            }
            Step::Crash { consumer } => {
                if !std::mem::take(&mut self.leases[*consumer]).is_empty() {
                    counts.add("crash with claims");
                }
            }
            Step::Pass { seconds } => self.now += seconds,
            Step::Skew { consumer, seconds } => {
                counts.add(match self.skews[*consumer].cmp(seconds) {
                    std::cmp::Ordering::Less => "clock jumps ahead",
                    std::cmp::Ordering::Equal => "clock stays",
                    std::cmp::Ordering::Greater => "clock jumps back",
                });
                self.skews[*consumer] = *seconds;
            }
        }
        for event in 0..EVENTS {
            let is_held = self.held.contains_key(&event);
            prop_assert_eq!(self.window.contains(&key(event)), is_held, "event {}", event);
        }
        Ok(())
    }

    /// A claim that the consumer has, or had: it is not told that a lease was lost.
    fn lease(&self, consumer: usize, which: &prop::sample::Index) -> Option<Lease> {
        let leases = &self.leases[consumer];
        (!leases.is_empty()).then(|| leases[which.index(leases.len())].clone())
    }

    fn deliver(
        &mut self,
        consumer: usize,
        event: u8,
        counts: &mut Counts,
    ) -> Result<(), TestCaseError> {
        let reading = self.start + Duration::from_secs(self.now + self.skews[consumer]);
        let claim = self.window.claim(&key(event), reading);
        if let Some(held) = self.held.get_mut(&event) {
            if let Some(answer) = &held.answer {
                counts.add("completed");
                prop_assert_eq!(claim, Claim::Completed(Some(answer.clone().into())));
                return Ok(());
            }
            // Whichever clock is right, no claim lasts longer than a lease by any of them.
            held.earliest = held.earliest.min(reading);
            if reading.duration_since(held.earliest) < LEASE {
                counts.add("pending");
                prop_assert_eq!(claim, Claim::Pending);
                return Ok(());
            }
            counts.add("taken over");
        } else {
            counts.add("granted");
            if self.held.len() == CAPACITY {
                let (oldest, _) = self.held.iter().min_by_key(|(_, held)| held.touched).unwrap();
                let oldest = *oldest;
                let evicted = self.held.remove(&oldest).unwrap();
                counts.add(if evicted.answer.is_some() {
                    "answer evicted"
                } else {
                    "claim evicted"
                });
            }
        }
        let Claim::Granted(lease) = claim else {
            return Err(TestCaseError::fail(format!("{claim:?}")));
        };
        let token = lease.token();
        self.held
            .insert(event, Held { touched: self.step, token, earliest: reading, answer: None });
        self.leases[consumer].push(lease);
        Ok(())
    }

    fn complete(&mut self, lease: &Lease, counts: &mut Counts) -> Result<(), TestCaseError> {
        let answer = format!("answer {}", self.step);
        let completed = self.window.complete(lease, Some(answer.as_bytes()));
        let held = self.held.iter_mut().find(|(event, _)| key(event) == *lease.key());
        match held.filter(|(_, held)| held.token == lease.token()) {
            Some((_, held)) if held.answer.is_some() => {
                counts.add("completed again");
                prop_assert_eq!(completed, Ok(()));
            }
            Some((_, held)) => {
                // The only place where an answer is sent: there was none since the window holds the event.
                counts.add("answered");
                prop_assert_eq!(completed, Ok(()));
                (held.answer, held.touched) = (Some(answer), self.step);
            }
            None => {
                counts.add("completed by a lost lease");
                prop_assert_eq!(completed, Err(LostLease));
            }
        }
        Ok(())
    }

    fn release(&mut self, lease: &Lease, counts: &mut Counts) -> Result<(), TestCaseError> {
        let released = self.window.release(lease);
        let held = self.held.iter().find(|(event, _)| key(event) == *lease.key());
        let held = held.filter(|(_, held)| held.token == lease.token() && held.answer.is_none());
        if let Some((event, _)) = held {
            let event = *event;
            counts.add("released");
            prop_assert_eq!(released, Ok(()));
            self.held.remove(&event);
        } else {
            counts.add("released by a lost lease");
            prop_assert_eq!(released, Err(LostLease));
        }
        Ok(())
    }
}

#[test]
fn held_events_are_answered_once() {
    let config = Config { failure_persistence: None, cases: 256, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, deterministic());
    let (counts, start) = (RefCell::new(Counts::default()), Instant::now());
    runner
        .run(&steps(), |steps| {
            let mut world = World::new(start);
            for step in &steps {
                world.take(step, &mut counts.borrow_mut())?;
            }
            Ok(())
        })
        .unwrap();
    let counts = counts.into_inner().0;
    for what in [
        "granted",
        "pending",
        "completed",
        "taken over",
        "answered",
        "completed again",
        "completed by a lost lease",
        "released",
        "released by a lost lease",
        "claim evicted",
        "answer evicted",
        "crash with claims",
        "clock jumps ahead",
        "clock jumps back",
    ] {
        assert!(counts.get(what).is_some_and(|count| *count >= 50), "{what}: {counts:?}");
    }
}

fn deterministic() -> proptest::test_runner::TestRng {
    let algorithm = proptest::test_runner::RngAlgorithm::ChaCha;
    proptest::test_runner::TestRng::deterministic_rng(algorithm)
}
