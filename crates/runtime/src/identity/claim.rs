//! Claims of events, and the leases that they are.

use super::IdempotencyKey;
use std::fmt;
use std::sync::Arc;

/// The reply to a consumer that asks to handle an event.
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use = "only a consumer with a lease may handle the event"]
pub enum Claim {
    /// The caller has the claim: handle the event, and complete or release it with this lease.
    Granted(Lease),
    /// Another claim is open: do not handle the event, and do not acknowledge this delivery either.
    Pending,
    /// It was handled: send this answer again if the sender may have missed it, and acknowledge the delivery.
    /// `None` if there was no answer, or it was not kept.
    Completed(Option<Answer>),
}

/// The right to handle one event, until it expires or another consumer takes it over.
///
/// Its token is greater than that of every lease before it for the same event. Whatever is written under a lease
/// can be refused by its token once another lease was granted: hand the token to stores that support that.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[must_use = "complete or release the event with it"]
pub struct Lease {
    key: IdempotencyKey,
    token: i64,
}

impl Lease {
    /// The lease that an implementation of [`Deduplicate`](super::Deduplicate) grants.
    pub fn new(key: IdempotencyKey, token: i64) -> Self {
        Self { key, token }
    }

    /// The key of the event.
    #[must_use]
    pub fn key(&self) -> &IdempotencyKey {
        &self.key
    }

    /// The fencing token, a number that SQL has.
    #[must_use]
    pub fn token(&self) -> i64 {
        self.token
    }
}

/// The answer to an event, kept to be sent again. A clone costs no allocation.
///
/// [`Debug`] shows its length, not its content.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Answer(Arc<[u8]>);

impl Answer {
    /// The bytes of the answer.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

impl AsRef<[u8]> for Answer {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

impl From<&[u8]> for Answer {
    fn from(bytes: &[u8]) -> Self {
        Self(bytes.into())
    }
}

impl From<Vec<u8>> for Answer {
    fn from(bytes: Vec<u8>) -> Self {
        Self(bytes.into())
    }
}

impl From<String> for Answer {
    fn from(text: String) -> Self {
        text.into_bytes().into()
    }
}

impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Answer({} bytes)", self.0.len())
    }
}

/// The lease is not the one that the event is handled under: it was released, it expired and another was
/// granted, or the event was forgotten. Nothing was changed.
///
/// Whatever the consumer did for the event must not take effect: roll its transaction back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the lease of the event is lost")]
pub struct LostLease;

/// An event that could not be completed or released. `E` is the error of the memory.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LeaseError<E> {
    /// The lease is lost; nothing was changed.
    #[error(transparent)]
    Lost(LostLease),
    /// The memory failed.
    #[error("the memory of handled events failed")]
    Memory(#[source] E),
}

impl<E> From<LostLease> for LeaseError<E> {
    fn from(lost: LostLease) -> Self {
        Self::Lost(lost)
    }
}
