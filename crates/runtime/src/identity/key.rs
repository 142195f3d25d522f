//! The names of a migration and of an event.

use crate::Timestamp;
use std::borrow::{Borrow, Cow};
use std::fmt;
use std::sync::Arc;

/// An event that says which migration, which transaction and which event it is.
///
/// | family | migration: system, record, id, version | correlation id | idempotency key from |
/// |---|---|---|---|
/// | Pismo | `pismo`, the contract's name without `_incoming` or `_outgoing`, `migration.id`, `version_date` | the envelope's `cid`; an accrual's `cid` | the envelope's `event_id`; without an envelope the contract, `migration.id` and the text of `version_date`, and for an outcome its status, operation and code |
/// | Boost | `boost`, `account`, `enrollmentId`, none | `traceToken` | the step and `eventId` |
/// | Specsavers | for each entry of `migratedCustomerInfo` that has both its `system` and `id`: these, `customer`, and `lastModifiedAt`, else `createdAt` | `correlationid`, at the root or in `detail` | `source` and `id` ([CloudEvents 1.0 §3.1.1]) |
///
/// An envelope or a wrapper answers for the event that it carries.
///
/// ```
/// # #[cfg(feature = "boost")] {
/// use migration_events::{Event, boost, identity::Identified};
///
/// let message = br#"{"event": {"uk.co.boostpower.support.kafka.messages.AccountMigrationCompletedEvent": {
///     "metadata": {"eventId": "e-1", "traceToken": "t-1", "createdAt": 1525478400000},
///     "enrollmentId": "123", "accountId": "2222222",
///     "effectiveEnrollmentDate": 17656, "completedAt": 1525478400000}}}"#;
/// let event = boost::AccountMigrationEvent::from_json(message)?;
/// assert_eq!(event.migration_key().unwrap().to_string(), "boost/account/123");
/// assert_eq!(event.correlation_id().as_deref(), Some("t-1"));
/// assert_eq!(event.idempotency_key().unwrap().as_str(), "boost/Completed/e-1");
/// # }
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

    /// The identifier shared by the events of one transaction, if the event has one.
    fn correlation_id(&self) -> Option<Cow<'_, str>>;

    /// The key shared by every delivery of this event and by no other event, if it has one.
    fn idempotency_key(&self) -> Option<IdempotencyKey>;
}

/// A version of a record that one system hands over to another.
///
/// Keys are equal when all parts are, versions being compared as instants. Their order is that of
/// system, record, id and version.
///
/// [`Display`](fmt::Display) is a text to be used as a key of a database: `system/record/id@version`,
/// without `@version` if there is none. Each part is [percent-encoded], so that different keys have
/// different texts; the version is written in UTC with as few fraction digits as hold it (none, 3, 6 or
/// 9), so that equal keys have equal texts. The form is stable. [`record_key`](Self::record_key) is the
/// same without the version.
///
/// ```
/// use migration_events::{Timestamp, identity::MigrationKey};
///
/// let version = Timestamp::parse("2023-10-03T18:25:45.000+01:00")?;
/// let key = MigrationKey::new("pismo", "customer", "31a/2d").with_version(&version);
/// assert_eq!(key.to_string(), "pismo/customer/31a%2F2d@2023-10-03T17:25:45Z");
/// assert_eq!(key.record_key(), "pismo/customer/31a%2F2d");
/// # Ok::<(), migration_events::InvalidTimestamp>(())
/// ```
///
/// [percent-encoded]: https://www.rfc-editor.org/rfc/rfc3986#section-2.1
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub struct MigrationKey<'a> {
    /// The system within which the id is unique.
    pub system: Cow<'a, str>,
    /// The kind of record migrated, where a system assigns ids to several kinds.
    pub record: Cow<'a, str>,
    /// The id of the migration.
    pub id: Cow<'a, str>,
    /// Which version of the record is migrated.
    pub version: Option<Cow<'a, Timestamp>>,
}

impl<'a> MigrationKey<'a> {
    /// A migration without a version.
    #[must_use]
    pub fn new(
        system: impl Into<Cow<'a, str>>,
        record: impl Into<Cow<'a, str>>,
        id: impl Into<Cow<'a, str>>,
    ) -> Self {
        Self { system: system.into(), record: record.into(), id: id.into(), version: None }
    }

    /// A version of the same migration.
    #[must_use]
    pub fn with_version(self, version: &'a Timestamp) -> Self {
        Self { version: Some(Cow::Borrowed(version)), ..self }
    }

    /// The text of the key without the version: what stays the same when the record is updated.
    #[must_use]
    pub fn record_key(&self) -> String {
        let mut text = String::with_capacity(self.id.len() + 32);
        join([&*self.system, &*self.record, &*self.id], &mut text);
        text
    }

    /// The same key, free of the event that it came from.
    #[must_use]
    pub fn into_owned(self) -> MigrationKey<'static> {
        MigrationKey {
            system: Cow::Owned(self.system.into_owned()),
            record: Cow::Owned(self.record.into_owned()),
            id: Cow::Owned(self.id.into_owned()),
            version: self.version.map(|version| Cow::Owned(version.into_owned())),
        }
    }
}

impl fmt::Display for MigrationKey<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = self.record_key();
        if let Some(version) = &self.version {
            text.push('@');
            let utc = version.to_utc();
            // Beyond year 9999 or before 0000 once the offset is taken away: no RFC 3339 text.
            let written = Timestamp::try_from(utc).map(|version| version.to_string());
            text.push_str(&written.unwrap_or_else(|_| utc.to_rfc3339()));
        }
        f.pad(&text)
    }
}

/// A key shared by every delivery of one event and by no other event.
///
/// A text to be used as a key of a database: parts joined by `/`, each [percent-encoded], so that
/// different events have different keys; it is ASCII, and longer than the ids in it by no more than a
/// factor of three and the names of contract and family. The form is stable. A clone costs no
/// allocation.
///
/// [percent-encoded]: https://www.rfc-editor.org/rfc/rfc3986#section-2.1
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct IdempotencyKey(Arc<str>);

impl IdempotencyKey {
    /// The key of the event that these parts identify together: begin with the issuer of the ids.
    ///
    /// ```
    /// use migration_events::identity::IdempotencyKey;
    ///
    /// assert_eq!(IdempotencyKey::new(["acme", "order", "7/1"]).as_str(), "acme/order/7%2F1");
    /// assert_ne!(IdempotencyKey::new(["a", "b/c"]), IdempotencyKey::new(["a/b", "c"]));
    /// ```
    #[must_use]
    pub fn new<'p>(parts: impl IntoIterator<Item = &'p str>) -> Self {
        let mut text = String::with_capacity(64);
        join(parts, &mut text);
        Self(text.into())
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub(super) fn shared(&self) -> Arc<str> {
        Arc::clone(&self.0)
    }
}

impl fmt::Display for IdempotencyKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl AsRef<str> for IdempotencyKey {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl Borrow<str> for IdempotencyKey {
    fn borrow(&self) -> &str {
        &self.0
    }
}

/// Appends percent-encoded parts with a slash between them.
fn join<'p>(parts: impl IntoIterator<Item = &'p str>, out: &mut String) {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    for (index, part) in parts.into_iter().enumerate() {
        if index > 0 {
            out.push('/');
        }
        for byte in part.bytes() {
            // RFC 3986 §2.3, and the colon, which times and names of systems are full of.
            if byte.is_ascii_alphanumeric() || b"-._~:".contains(&byte) {
                out.push(char::from(byte));
            } else {
                out.push('%');
                out.push(char::from(HEX[usize::from(byte >> 4)]));
                out.push(char::from(HEX[usize::from(byte & 0xf)]));
            }
        }
    }
}
