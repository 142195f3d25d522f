//! Handling an event once that is delivered at least once, whatever the memory is.

use super::{Claim, IdempotencyKey, Lease, LeaseError};
use std::sync::Arc;

/// Remembers which events were handled, and how they were answered.
///
/// A consumer [claims](Self::claim) an event before it handles it, and [completes](Self::complete) it
/// afterwards; only then may it acknowledge the delivery. An event that could not be handled is
/// [released](Self::release), so that the next delivery is handled. If the consumer crashes in between,
/// the lease expires after a while, and the next delivery is handled: no event is lost. A consumer whose
/// lease was taken over cannot complete the event, so it is answered once.
///
/// `T` is what the memory works in: the transaction of a database, in which the handler writes as well. The
/// consumer begins and commits it, so that an event is complete if and only if its effects are there:
///
/// ```
/// use migration_events::identity::{Claim, Deduplicate, IdempotencyKey, LeaseError};
///
/// /// Returns the answer, or `None` while another consumer is at work. On an error, roll back.
/// async fn handle_once<T, D: Deduplicate<T>>(
///     seen: &D,
///     transaction: &mut T,
///     key: &IdempotencyKey,
///     handle: impl AsyncFnOnce(&mut T) -> Vec<u8>,
/// ) -> Result<Option<Vec<u8>>, LeaseError<D::Error>> {
///     match seen.claim(transaction, key).await.map_err(LeaseError::Memory)? {
///         Claim::Granted(lease) => {
///             let answer = handle(transaction).await;
///             seen.complete(transaction, &lease, Some(&answer)).await?;
///             Ok(Some(answer))
///         }
///         Claim::Completed(answer) => Ok(answer.map(|answer| answer.as_bytes().to_vec())),
///         Claim::Pending => Ok(None),
///     }
/// }
/// ```
///
/// A handler that takes long, or calls other services, commits the claim in a transaction of its own, and
/// completes in the one of its effects.
///
/// [`Window`](super::Window) is a memory within the process. In SQL, each operation is one statement; time is
/// that of the database, which all consumers share. An implementation may write its methods as `async fn`;
/// their futures are `Send`, so one over a synchronous driver does its work first and returns
/// [`ready`](std::future::ready):
///
/// ```sql
/// CREATE TABLE handled (key VARCHAR(255) PRIMARY KEY, token BIGINT NOT NULL, expires TIMESTAMP NOT NULL,
///                       answer BYTEA, completed TIMESTAMP);
/// -- claim: a row is the token of a granted lease. Without one, look up `completed` and `answer`.
/// INSERT INTO handled (key, token, expires) VALUES ($1, 1, now() + INTERVAL '5 minutes')
///     ON CONFLICT (key) DO UPDATE SET token = handled.token + 1, expires = excluded.expires
///     WHERE handled.completed IS NULL AND handled.expires <= now()
///     RETURNING token;
/// -- complete: without a row, the lease is lost.
/// UPDATE handled SET completed = coalesce(completed, now()), answer = coalesce(answer, $3)
///     WHERE key = $1 AND token = $2 RETURNING key;
/// -- release: the token stays behind. Without a row, the lease is lost.
/// UPDATE handled SET expires = now(), token = token + 1
///     WHERE key = $1 AND token = $2 AND completed IS NULL RETURNING key;
/// -- from time to time
/// DELETE FROM handled WHERE completed < now() - INTERVAL '30 days';
/// ```
pub trait Deduplicate<T: ?Sized = ()> {
    /// Error of the memory.
    type Error;

    /// Asks to handle an event.
    ///
    /// # Errors
    /// The memory failed: the event must not be acknowledged.
    fn claim(
        &self,
        transaction: &mut T,
        key: &IdempotencyKey,
    ) -> impl Future<Output = Result<Claim, Self::Error>> + Send;

    /// Records that the event was handled: later deliveries are [`Claim::Completed`] with the answer. A memory
    /// may leave out answers that are too long for it. Completing again by the same lease is no error.
    ///
    /// # Errors
    /// The lease is lost, or the memory failed: what was done for the event must not take effect.
    fn complete(
        &self,
        transaction: &mut T,
        lease: &Lease,
        answer: Option<&[u8]>,
    ) -> impl Future<Output = Result<(), LeaseError<Self::Error>>> + Send;

    /// Ends the claim of an event that was not handled, so that the next delivery may be. A completed event
    /// stays completed.
    ///
    /// # Errors
    /// The lease is lost, so there is nothing to release; or the memory failed, and deliveries before the end
    /// of the lease are not handled.
    fn release(
        &self,
        transaction: &mut T,
        lease: &Lease,
    ) -> impl Future<Output = Result<(), LeaseError<Self::Error>>> + Send;
}

macro_rules! shared {
    ($pointer:ty) => {
        impl<T: ?Sized, D: Deduplicate<T> + ?Sized> Deduplicate<T> for $pointer {
            type Error = D::Error;

            fn claim(
                &self,
                transaction: &mut T,
                key: &IdempotencyKey,
            ) -> impl Future<Output = Result<Claim, D::Error>> + Send {
                (**self).claim(transaction, key)
            }

            fn complete(
                &self,
                transaction: &mut T,
                lease: &Lease,
                answer: Option<&[u8]>,
            ) -> impl Future<Output = Result<(), LeaseError<D::Error>>> + Send {
                (**self).complete(transaction, lease, answer)
            }

            fn release(
                &self,
                transaction: &mut T,
                lease: &Lease,
            ) -> impl Future<Output = Result<(), LeaseError<D::Error>>> + Send {
                (**self).release(transaction, lease)
            }
        }
    };
}

shared!(&D);
shared!(Arc<D>);
