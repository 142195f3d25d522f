//! The keys of events.

use super::text;
use crate::Timestamp;
use std::borrow::Borrow;
use std::fmt;
use std::sync::Arc;

/// The key that every delivery of one event has, and no other event.
///
/// A text to be used as a key of a database: parts joined by `/`, each [percent-encoded], and after `@` the
/// version of the record that the event is about, if it has one:
///
/// ```text
/// pismo/customer_incoming//a7c3f/31a2d@2023-10-03T17:25:45Z
/// ```
///
/// The text is ASCII and at most [`MAX_BYTES`](Self::MAX_BYTES) long. Where the parts take more than 150 bytes,
/// the last of them are replaced by `#` and the SHA-256 of all, in hexadecimal. The version is written in UTC
/// with as few fraction digits as hold it (none, 3, 6 or 9), so that one instant has one text. Different events
/// have different texts. The form is stable. A clone costs no allocation.
///
/// The key of an event is the same in an envelope and without one. So it holds the organisation only where the
/// event itself names one. A service that serves several adds it, see [`within`](Self::within): else one of them
/// could claim an event of another.
///
/// [percent-encoded]: https://www.rfc-editor.org/rfc/rfc3986#section-2.1
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct IdempotencyKey(Arc<str>);

impl IdempotencyKey {
    /// The length of the longest text, in bytes.
    pub const MAX_BYTES: usize = 255;

    /// The key of the event that these parts identify together: begin with the issuer of the ids.
    ///
    /// ```
    /// use migration_events::identity::IdempotencyKey;
    ///
    /// assert_eq!(IdempotencyKey::new(["acme", "order", "7/1"]).as_str(), "acme/order/7%2F1");
    /// assert_ne!(IdempotencyKey::new(["a", "b/c"]), IdempotencyKey::new(["a/b", "c"]));
    ///
    /// let long = IdempotencyKey::new(["acme", "order", &"7".repeat(1 << 20)]);
    /// assert!(long.as_str().starts_with("acme/order/#"));
    /// assert_eq!(long.as_str().len(), 76);
    /// ```
    #[must_use]
    pub fn new<'p>(parts: impl IntoIterator<Item = &'p str, IntoIter: Clone>) -> Self {
        Self(text::join(parts).into())
    }

    /// The key of the event that is about this version of its record. A version that the key has is replaced.
    ///
    /// ```
    /// use migration_events::{Timestamp, identity::IdempotencyKey};
    ///
    /// let key = IdempotencyKey::new(["acme", "7"]);
    /// for spelling in ["2023-10-03T17:25:45Z", "2023-10-03t18:25:45.000+01:00"] {
    ///     let key = key.clone().with_version(&Timestamp::parse(spelling)?);
    ///     assert_eq!(key.as_str(), "acme/7@2023-10-03T17:25:45Z");
    ///     assert_eq!((key.event(), key.version()), ("acme/7", Some("2023-10-03T17:25:45Z")));
    /// }
    /// # Ok::<(), migration_events::InvalidTimestamp>(())
    /// ```
    #[must_use]
    pub fn with_version(self, version: &Timestamp) -> Self {
        let mut text = self.event().to_owned();
        text::push_version(version, &mut text);
        Self(text.into())
    }

    /// The key of the event within an organisation: events of different organisations have different keys.
    ///
    /// [`Identified::idempotency_key_within`](super::Identified::idempotency_key_within) takes the one that the
    /// event or its envelope names.
    ///
    /// ```
    /// use migration_events::identity::IdempotencyKey;
    ///
    /// let key = IdempotencyKey::new(["pismo", "customer_incoming", "a7c3f", "31a2d"]);
    /// assert_eq!(key.within("TN-1").as_str(), "TN-1/pismo/customer_incoming/a7c3f/31a2d");
    /// ```
    #[must_use]
    pub fn within(&self, organisation: &str) -> Self {
        let mut text = text::within(organisation, self.event());
        if let Some(version) = self.version() {
            text.push('@');
            text.push_str(version);
        }
        Self(text.into())
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The text without the version: the same for all versions of a record.
    #[must_use]
    pub fn event(&self) -> &str {
        self.0.split_once('@').map_or(&*self.0, |(event, _)| event)
    }

    /// The version of the record, an RFC 3339 date-time in UTC.
    #[must_use]
    pub fn version(&self) -> Option<&str> {
        self.0.split_once('@').map(|(_, version)| version)
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
