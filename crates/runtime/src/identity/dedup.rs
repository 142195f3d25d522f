//! Handling an event once that is delivered at least once.

use super::IdempotencyKey;
use super::queue::Queue;
use chrono::{DateTime, TimeDelta, Utc};
use std::convert::Infallible;

/// Remembers which events were handled.
///
/// A consumer [claims](Self::claim) an event before it handles it, and [completes](Self::complete) it
/// afterwards; only then may it acknowledge the delivery. An event that could not be handled is
/// [released](Self::release), so that the next delivery is handled. If the consumer crashes in between,
/// the claim expires after a while (the lease), and the next delivery is handled: no event is lost, and one
/// whose handling was interrupted is handled again.
///
/// [`Window`] does this in memory. With a database, a claim is one atomic operation, such as
/// `SET key pending NX PX lease` in Redis or an `INSERT … ON CONFLICT DO NOTHING` in SQL. Completing stores
/// another value under the same key and keeps it for as long as the event may be delivered again.
/// The key is [`IdempotencyKey::as_str`].
///
/// ```
/// use chrono::{DateTime, Utc};
/// use migration_events::identity::{Claim, Deduplicate, IdempotencyKey};
///
/// fn handle_once<D: Deduplicate, E: From<D::Error>>(
///     seen: &mut D,
///     key: &IdempotencyKey,
///     clock: impl Fn() -> DateTime<Utc>,
///     handle: impl FnOnce() -> Result<(), E>,
/// ) -> Result<Claim, E> {
///     let claim = seen.claim(key, clock())?;
///     if claim == Claim::Granted {
///         match handle() {
///             Ok(()) => seen.complete(key, clock())?,
///             Err(error) => {
///                 seen.release(key)?;
///                 return Err(error);
///             }
///         }
///     }
///     Ok(claim)
/// }
/// ```
pub trait Deduplicate {
    /// Error of the memory.
    type Error;

    /// Asks to handle an event at the time `now`, by the consumer's clock.
    ///
    /// # Errors
    /// The memory failed: the event must not be acknowledged.
    fn claim(&mut self, key: &IdempotencyKey, now: DateTime<Utc>) -> Result<Claim, Self::Error>;

    /// Records that the event was handled: later deliveries are [`Claim::Completed`].
    ///
    /// # Errors
    /// The memory failed: the event may be handled again.
    fn complete(&mut self, key: &IdempotencyKey, now: DateTime<Utc>) -> Result<(), Self::Error>;

    /// Ends the claim of an event that was not handled, so that the next delivery may be. A completed event
    /// stays completed.
    ///
    /// # Errors
    /// The memory failed: deliveries before the end of the lease are not handled.
    fn release(&mut self, key: &IdempotencyKey) -> Result<(), Self::Error>;
}

/// The answer to a request to handle an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Claim {
    /// The caller has the claim: handle the event.
    Granted,
    /// Another claim is open: do not handle the event, and do not acknowledge this delivery either.
    Pending,
    /// It was handled: acknowledge this delivery and do nothing else.
    Completed,
}

impl<D: Deduplicate + ?Sized> Deduplicate for &mut D {
    type Error = D::Error;

    fn claim(&mut self, key: &IdempotencyKey, now: DateTime<Utc>) -> Result<Claim, D::Error> {
        (**self).claim(key, now)
    }

    fn complete(&mut self, key: &IdempotencyKey, now: DateTime<Utc>) -> Result<(), D::Error> {
        (**self).complete(key, now)
    }

    fn release(&mut self, key: &IdempotencyKey) -> Result<(), D::Error> {
        (**self).release(key)
    }
}

/// A [`Deduplicate`] in memory, bounded in the number of keys, in their bytes and in time.
///
/// Keys are compared as they are, not by a hash, so no event is ever taken for another. When a bound is
/// reached, the oldest key is forgotten: an event that is delivered again after that is handled again,
/// never lost. Each operation takes constant time, amortised. A key takes about 150 bytes and its own
/// length; [`Window::new`] allows for 256 of these on average.
///
/// Time is supplied by the callers, and never runs backwards: an earlier time than the latest one
/// counts as the latest one.
///
/// ```
/// use chrono::{DateTime, TimeDelta};
/// use migration_events::identity::{Claim, Deduplicate, IdempotencyKey, Window};
///
/// let mut window = Window::new(1_000_000, TimeDelta::hours(24));
/// let (key, now) = (IdempotencyKey::new(["acme", "7"]), DateTime::UNIX_EPOCH);
/// assert_eq!(window.claim(&key, now), Ok(Claim::Granted));
/// assert_eq!(window.claim(&key, now), Ok(Claim::Pending));
/// window.complete(&key, now)?;
/// assert_eq!(window.claim(&key, now + TimeDelta::hours(23)), Ok(Claim::Completed));
/// assert_eq!(window.claim(&key, now + TimeDelta::hours(24)), Ok(Claim::Granted));
/// # Ok::<(), std::convert::Infallible>(())
/// ```
#[derive(Debug, Clone)]
pub struct Window {
    seen: Queue<Seen>,
    capacity: usize,
    max_bytes: usize,
    retention: TimeDelta,
    lease: TimeDelta,
    now: DateTime<Utc>,
}

#[derive(Debug, Clone, Copy)]
struct Seen {
    at: DateTime<Utc>,
    completed: bool,
}

/// Bytes of a key that are allowed for, on average.
pub(super) const KEY_BYTES: usize = 256;

impl Window {
    /// The time after which an unfinished claim expires: five minutes.
    pub const DEFAULT_LEASE: TimeDelta = TimeDelta::minutes(5);

    /// Remembers at most `capacity` events (at least one), each for `retention` after it was completed.
    #[must_use]
    pub fn new(capacity: usize, retention: TimeDelta) -> Self {
        Self {
            seen: Queue::new(),
            capacity: capacity.max(1),
            max_bytes: capacity.saturating_mul(KEY_BYTES),
            retention,
            lease: Self::DEFAULT_LEASE,
            now: DateTime::<Utc>::MIN_UTC,
        }
    }

    /// Sets the time after which an unfinished claim expires.
    #[must_use]
    pub fn lease(self, lease: TimeDelta) -> Self {
        Self { lease, ..self }
    }

    /// Remembers keys of at most `max_bytes` bytes altogether; a single longer one is still remembered.
    #[must_use]
    pub fn max_bytes(self, max_bytes: usize) -> Self {
        Self { max_bytes, ..self }
    }

    /// Returns the number of remembered events.
    #[must_use]
    pub fn len(&self) -> usize {
        self.seen.len()
    }

    /// Returns whether no event is remembered.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Bytes of the keys that are remembered.
    #[must_use]
    pub fn key_bytes(&self) -> usize {
        self.seen.bytes()
    }

    fn advance(&mut self, now: DateTime<Utc>) {
        self.now = self.now.max(now);
        while let Some(oldest) = self.seen.front()
            && self.now.signed_duration_since(oldest.at) >= self.lifetime(*oldest)
            && self.seen.pop()
        {}
    }

    fn lifetime(&self, seen: Seen) -> TimeDelta {
        if seen.completed { self.retention } else { self.lease }
    }

    fn remember(&mut self, key: &IdempotencyKey, completed: bool) {
        self.seen.remove(key.as_str());
        self.seen.make_room(key.as_str().len(), self.capacity, self.max_bytes);
        self.seen.push(key.shared(), Seen { at: self.now, completed });
    }
}

impl Deduplicate for Window {
    type Error = Infallible;

    fn claim(&mut self, key: &IdempotencyKey, now: DateTime<Utc>) -> Result<Claim, Infallible> {
        self.advance(now);
        if let Some(seen) = self.seen.get(key.as_str()).copied()
            // Behind an older key with a longer life this one may be past its own.
            && self.now.signed_duration_since(seen.at) < self.lifetime(seen)
        {
            return Ok(if seen.completed { Claim::Completed } else { Claim::Pending });
        }
        self.remember(key, false);
        Ok(Claim::Granted)
    }

    fn complete(&mut self, key: &IdempotencyKey, now: DateTime<Utc>) -> Result<(), Infallible> {
        self.advance(now);
        self.remember(key, true);
        Ok(())
    }

    fn release(&mut self, key: &IdempotencyKey) -> Result<(), Infallible> {
        if self.seen.get(key.as_str()).is_some_and(|seen| !seen.completed) {
            self.seen.remove(key.as_str());
        }
        Ok(())
    }
}
