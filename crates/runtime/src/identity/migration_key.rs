//! The names of migrated records.

use super::text;
use crate::Timestamp;
use std::borrow::Cow;
use std::fmt;

/// A version of a record that one system hands over to another.
///
/// Keys are equal when all parts are, versions being compared as instants. Their order is that of the fields.
///
/// [`Display`](fmt::Display) is a text to be used as a key of a database:
/// `system/organisation/account/record/id@version`, without `@version` if there is none, and with an empty
/// part for what the event does not name. Each part is [percent-encoded], so that different keys have
/// different texts; the version is written in UTC with as few fraction digits as hold it (none, 3, 6 or
/// 9), so that equal keys have equal texts. Where the parts take more than 150 bytes, the last of them are
/// replaced by `#` and the SHA-256 of all. The form is stable. [`record_key`](Self::record_key) is the same
/// without the version.
///
/// ```
/// use migration_events::{Timestamp, identity::MigrationKey};
///
/// let version = Timestamp::parse("2023-10-03T18:25:45.000+01:00")?;
/// let key = MigrationKey::new("pismo", "customer", "31a/2d").with_account("a7c3f").with_version(&version);
/// assert_eq!(key.to_string(), "pismo//a7c3f/customer/31a%2F2d@2023-10-03T17:25:45Z");
/// assert_eq!(key.record_key(), "pismo//a7c3f/customer/31a%2F2d");
/// # Ok::<(), migration_events::InvalidTimestamp>(())
/// ```
///
/// [percent-encoded]: https://www.rfc-editor.org/rfc/rfc3986#section-2.1
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub struct MigrationKey<'a> {
    /// The system within which the id is unique.
    pub system: Cow<'a, str>,
    /// The organisation whose record it is; empty if the event does not name one.
    pub organisation: Cow<'a, str>,
    /// The account that the record belongs to; empty if the event does not name one.
    pub account: Cow<'a, str>,
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
        Self {
            system: system.into(),
            organisation: Cow::Borrowed(""),
            account: Cow::Borrowed(""),
            record: record.into(),
            id: id.into(),
            version: None,
        }
    }

    /// The migration of a record of this organisation.
    #[must_use]
    pub fn with_organisation(self, organisation: impl Into<Cow<'a, str>>) -> Self {
        Self { organisation: organisation.into(), ..self }
    }

    /// The migration of a record that belongs to this account.
    #[must_use]
    pub fn with_account(self, account: impl Into<Cow<'a, str>>) -> Self {
        Self { account: account.into(), ..self }
    }

    /// A version of the same migration.
    #[must_use]
    pub fn with_version(self, version: &'a Timestamp) -> Self {
        Self { version: Some(Cow::Borrowed(version)), ..self }
    }

    /// The text of the key without the version: what stays the same when the record is updated.
    #[must_use]
    pub fn record_key(&self) -> String {
        text::join([&*self.system, &*self.organisation, &*self.account, &*self.record, &*self.id])
    }

    /// The same key, free of the event that it came from.
    #[must_use]
    pub fn into_owned(self) -> MigrationKey<'static> {
        MigrationKey {
            system: Cow::Owned(self.system.into_owned()),
            organisation: Cow::Owned(self.organisation.into_owned()),
            account: Cow::Owned(self.account.into_owned()),
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
            text::push_version(version, &mut text);
        }
        f.pad(&text)
    }
}
