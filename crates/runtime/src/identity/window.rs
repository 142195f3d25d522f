//! A memory of handled events within the process.

use super::queue::Queue;
use super::{Answer, Claim, Deduplicate, IdempotencyKey, Lease, LeaseError, LostLease};
use std::convert::Infallible;
use std::future::ready;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// Events that were handled or are being handled, in memory, bounded in number and in bytes.
///
/// Keys are compared as they are, so no event is ever taken for another. When the capacity is reached, the event
/// that was claimed or completed least recently is forgotten: if it is delivered again after that, it is handled
/// again, never lost. Nothing else makes it forget what was completed, and no time does. An event takes about
/// 150 bytes and its key, of at most [`IdempotencyKey::MAX_BYTES`]; answers have a bound of their own. Each
/// operation takes constant time, amortised.
///
/// Leases are measured by a monotonic clock, whose readings the callers pass. A reading that is wrong ends a
/// lease early, or makes it last for once longer from the next reading on; it forgets no answer, and leaves no
/// event pending for ever.
///
/// ```
/// use migration_events::identity::{Claim, IdempotencyKey, LostLease, Window};
/// use std::time::Instant;
///
/// let mut window = Window::new(1_000_000);
/// let (key, now) = (IdempotencyKey::new(["acme", "7"]), Instant::now());
/// let Claim::Granted(lease) = window.claim(&key, now) else { panic!() };
/// assert_eq!(window.claim(&key, now), Claim::Pending);
///
/// // A consumer that is given up loses its lease to the next one.
/// let Claim::Granted(next) = window.claim(&key, now + Window::DEFAULT_LEASE) else { panic!() };
/// assert_eq!(window.complete(&lease, Some(b"late")), Err(LostLease));
/// window.complete(&next, Some(b"done"))?;
/// assert_eq!(window.claim(&key, now), Claim::Completed(Some(b"done".as_slice().into())));
/// # Ok::<(), LostLease>(())
/// ```
///
/// In a [`Mutex`] it is a [`Deduplicate`] that consumers share, in transactions of any kind; a claim that was
/// granted in one that is rolled back stays until it is released or expires.
#[derive(Debug, Clone)]
pub struct Window {
    events: Queue<State>,
    answers: Queue<Answer>,
    answer_bytes: usize,
    max_answer_bytes: usize,
    capacity: usize,
    lease: Duration,
    last_token: i64,
}

#[derive(Debug, Clone, Copy)]
enum State {
    Claimed { token: i64, since: Instant },
    Completed { token: i64 },
}

impl Window {
    /// The time after which an unfinished claim expires: five minutes.
    pub const DEFAULT_LEASE: Duration = Duration::from_secs(5 * 60);

    /// The length of the longest answer that is kept, in bytes: 64 KiB.
    pub const MAX_ANSWER_BYTES: usize = 64 << 10;

    /// Remembers at most `capacity` events (at least one), and of their answers 1 KiB on average.
    #[must_use]
    pub fn new(capacity: usize) -> Self {
        Self {
            events: Queue::new(),
            answers: Queue::new(),
            answer_bytes: 0,
            max_answer_bytes: capacity.saturating_mul(1 << 10),
            capacity: capacity.max(1),
            lease: Self::DEFAULT_LEASE,
            last_token: 0,
        }
    }

    /// Sets the time after which an unfinished claim expires.
    #[must_use]
    pub fn lease(self, lease: Duration) -> Self {
        Self { lease, ..self }
    }

    /// Keeps answers of at most `max_bytes` bytes altogether. Beyond that the oldest are dropped; their events
    /// stay completed.
    #[must_use]
    pub fn max_answer_bytes(self, max_bytes: usize) -> Self {
        Self { max_answer_bytes: max_bytes, ..self }
    }

    /// Returns the number of remembered events.
    #[must_use]
    pub fn len(&self) -> usize {
        self.events.len()
    }

    /// Returns whether no event is remembered.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Returns whether the event is remembered, claimed or completed.
    #[must_use]
    pub fn contains(&self, key: &IdempotencyKey) -> bool {
        self.events.get(key.as_str()).is_some()
    }

    /// Asks to handle an event, at `now` by the monotonic clock.
    pub fn claim(&mut self, key: &IdempotencyKey, now: Instant) -> Claim {
        match self.events.get_mut(key.as_str()) {
            Some(State::Completed { .. }) => {
                return Claim::Completed(self.answers.get(key.as_str()).cloned());
            }
            Some(State::Claimed { since, .. }) => {
                // Before the claim: one of the two readings is wrong. Counted from the earlier one, the lease
                // ends in any case.
                *since = now.min(*since);
                if now.duration_since(*since) < self.lease {
                    return Claim::Pending;
                }
            }
            None => self.make_room(),
        }
        self.last_token += 1;
        let token = self.last_token;
        self.events.push(key.shared(), State::Claimed { token, since: now });
        Claim::Granted(Lease::new(key.clone(), token))
    }

    /// Records that the event was handled, and its answer, unless that is longer than
    /// [`MAX_ANSWER_BYTES`](Self::MAX_ANSWER_BYTES). Completing again by the same lease changes nothing.
    ///
    /// # Errors
    /// The lease is lost; nothing is changed.
    pub fn complete(&mut self, lease: &Lease, answer: Option<&[u8]>) -> Result<(), LostLease> {
        match self.events.get(lease.key().as_str()) {
            Some(State::Completed { token }) if *token == lease.token() => Ok(()),
            Some(State::Claimed { token, .. }) if *token == lease.token() => {
                self.keep(lease.key(), lease.token(), answer);
                Ok(())
            }
            _ => Err(LostLease),
        }
    }

    /// Ends the claim of an event that was not handled, so that the next delivery may be.
    ///
    /// # Errors
    /// The lease is lost, or the event is completed; nothing is changed.
    pub fn release(&mut self, lease: &Lease) -> Result<(), LostLease> {
        match self.events.get(lease.key().as_str()) {
            Some(State::Claimed { token, .. }) if *token == lease.token() => {
                self.events.remove(lease.key().as_str());
                Ok(())
            }
            _ => Err(LostLease),
        }
    }

    /// Records an event that was handled elsewhere, such as before the process was started again. A lease of it
    /// is lost.
    pub fn remember(&mut self, key: &IdempotencyKey, answer: Option<&[u8]>) {
        if !self.contains(key) {
            self.make_room();
        }
        self.last_token += 1;
        self.keep(key, self.last_token, answer);
    }

    fn keep(&mut self, key: &IdempotencyKey, token: i64, answer: Option<&[u8]>) {
        self.events.push(key.shared(), State::Completed { token });
        self.forget_answer(key.as_str());
        if let Some(answer) = answer
            && answer.len() <= Self::MAX_ANSWER_BYTES
        {
            self.answer_bytes += answer.len();
            self.answers.push(key.shared(), answer.into());
        }
        while self.answer_bytes > self.max_answer_bytes
            && let Some((_, oldest)) = self.answers.pop()
        {
            self.answer_bytes -= oldest.as_bytes().len();
        }
    }

    /// Forgets the oldest events until there is room for one more.
    fn make_room(&mut self) {
        while self.len() >= self.capacity
            && let Some((oldest, _)) = self.events.pop()
        {
            self.forget_answer(&oldest);
        }
    }

    fn forget_answer(&mut self, key: &str) {
        if let Some(answer) = self.answers.remove(key) {
            self.answer_bytes -= answer.as_bytes().len();
        }
    }
}

/// Shared by the consumers of a process, by the clock of the system.
impl<T: ?Sized> Deduplicate<T> for Mutex<Window> {
    type Error = Infallible;

    fn claim(
        &self,
        _: &mut T,
        key: &IdempotencyKey,
    ) -> impl Future<Output = Result<Claim, Infallible>> + Send {
        ready(Ok(locked(self).claim(key, Instant::now())))
    }

    fn complete(
        &self,
        _: &mut T,
        lease: &Lease,
        answer: Option<&[u8]>,
    ) -> impl Future<Output = Result<(), LeaseError<Infallible>>> + Send {
        ready(locked(self).complete(lease, answer).map_err(LeaseError::Lost))
    }

    fn release(
        &self,
        _: &mut T,
        lease: &Lease,
    ) -> impl Future<Output = Result<(), LeaseError<Infallible>>> + Send {
        ready(locked(self).release(lease).map_err(LeaseError::Lost))
    }
}

fn locked(window: &Mutex<Window>) -> MutexGuard<'_, Window> {
    window.lock().unwrap_or_else(PoisonError::into_inner)
}
