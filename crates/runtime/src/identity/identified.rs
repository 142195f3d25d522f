//! The names that an event carries.

use super::{IdempotencyKey, MigrationKey};
use std::borrow::Cow;

/// An event that says which migration, which transaction and which event it is.
///
/// | family | migration: system, organisation, account, record, id, version | correlation id | idempotency key from |
/// |---|---|---|---|
/// | Pismo | `pismo`, an accrual's `org_id`, `account_id` where the contract has it, the contract's name without `_incoming` or `_outgoing`, `migration.id`, `version_date` | the envelope's `cid`; an accrual's `cid` | the contract, the same `org_id` and `account_id`, `migration.id` and `version_date`; for an outcome its status, operation and code as well |
/// | Boost | `boost`, none, `accountId`, `account`, `enrollmentId`, none | `traceToken` | `accountId`, the step and `eventId` |
/// | Specsavers | for each entry of `migratedCustomerInfo` that has both its `system` and `id`: these, `customer`, and `lastModifiedAt`, else `createdAt` | `correlationid`, at the root or in `detail` | `source` and `id` ([CloudEvents 1.0 §3.1.1]) |
///
/// An envelope or a wrapper answers for the event that it carries: neither changes the keys. Where the event
/// has no idempotency key, it is made from the `event_id` of Pismo, the `id` of EventBridge or the `MessageId`
/// of SNS.
///
/// ```
/// use migration_events::{Event, boost, identity::Identified};
///
/// let message = br#"{"event": {"uk.co.boostpower.support.kafka.messages.AccountMigrationCompletedEvent": {
///     "metadata": {"eventId": "e-1", "traceToken": "t-1", "createdAt": 1525478400000},
///     "enrollmentId": "123", "accountId": "2222222",
///     "effectiveEnrollmentDate": 17656, "completedAt": 1525478400000}}}"#;
/// let event = boost::AccountMigrationEvent::from_json(message)?;
/// assert_eq!(event.migration_key().unwrap().to_string(), "boost//2222222/account/123");
/// assert_eq!(event.correlation_id().as_deref(), Some("t-1"));
/// assert_eq!(event.idempotency_key().unwrap().as_str(), "boost/2222222/Completed/e-1");
/// # Ok::<(), migration_events::Rejection>(())
/// ```
///
/// [CloudEvents 1.0 §3.1.1]: https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/spec.md#id
pub trait Identified {
    /// The migration that the event is about, if it names one; the first, if it names several.
    fn migration_key(&self) -> Option<MigrationKey<'_>>;

    /// Every migration that the event is about.
    fn migration_keys(&self) -> Vec<MigrationKey<'_>> {
        self.migration_key().into_iter().collect()
    }

    /// The organisation that the event, or else its envelope, names.
    ///
    /// Ids of migrations and accounts are those of an organisation. A service that serves several keeps their
    /// events apart by it: [`idempotency_key_within`](Self::idempotency_key_within),
    /// [`migration_key_within`](Self::migration_key_within).
    fn organisation(&self) -> Option<Cow<'_, str>> {
        None
    }

    /// The identifier shared by the events of one transaction, if the event has one.
    fn correlation_id(&self) -> Option<Cow<'_, str>>;

    /// The key shared by every delivery of this event and by no other event, if it has one.
    fn idempotency_key(&self) -> Option<IdempotencyKey>;
    /// The migration key with the organisation that the event or its envelope names, else with `otherwise`, which the
    /// service knows.
    fn migration_key_within<'a>(&'a self, otherwise: &'a str) -> Option<MigrationKey<'a>> {
        let organisation = self.organisation().unwrap_or(Cow::Borrowed(otherwise));
        Some(self.migration_key()?.with_organisation(organisation))
    }

    /// The idempotency key within the organisation that the event or its envelope names, else within `otherwise`,
    /// which the service knows. An event in its envelope has the key of one without that is of this organisation.
    fn idempotency_key_within(&self, otherwise: &str) -> Option<IdempotencyKey> {
        let organisation = self.organisation().unwrap_or(Cow::Borrowed(otherwise));
        Some(self.idempotency_key()?.within(&organisation))
    }
}
