//! Which version of a record is the newest.

use super::MigrationKey;
use super::queue::Queue;
use crate::Timestamp;

/// The relation of a record's version to the known one.
///
/// Versions are instants: `14:00Z` and `15:00+01:00` are the same, however they are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Freshness {
    /// Later than what is known, or nothing is known: it wins.
    Newer,
    /// The known version.
    Same,
    /// Earlier than what is known: it was overtaken and must not be applied.
    Stale,
}

impl Freshness {
    /// Compares a `version_date` with the one that is known.
    ///
    /// ```
    /// use migration_events::{Timestamp, identity::Freshness};
    ///
    /// let known = Timestamp::parse("2023-10-03T17:25:45Z")?;
    /// let of = |text| Timestamp::parse(text).map(|version| Freshness::of(&version, &known));
    /// assert_eq!(of("2023-10-03T17:25:45.001Z")?, Freshness::Newer);
    /// assert_eq!(of("2023-10-03T18:25:45.000+01:00")?, Freshness::Same);
    /// assert_eq!(of("2023-10-03T18:25:44+01:00")?, Freshness::Stale);
    /// # Ok::<(), migration_events::InvalidTimestamp>(())
    /// ```
    #[must_use]
    pub fn of(version: &Timestamp, known: &Timestamp) -> Self {
        match version.cmp(known) {
            std::cmp::Ordering::Greater => Self::Newer,
            std::cmp::Ordering::Equal => Self::Same,
            std::cmp::Ordering::Less => Self::Stale,
        }
    }
}

/// The newest version of each record, bounded in the number of records.
///
/// When the bound is reached, the record that was recorded least recently is forgotten; what comes of
/// it after that is [`Freshness::Newer`]. A service that must not apply a stale version then compares
/// with its own store instead, by [`Freshness::of`].
///
/// [`freshness`](Self::freshness) only looks, [`record`](Self::record) remembers: a version that is
/// recorded before it is applied would be lost if the service broke down in between.
///
/// ```
/// use migration_events::{Timestamp, identity::{Freshness, Latest, MigrationKey}};
///
/// let (first, second) = (Timestamp::parse("2023-10-03T17:25:45Z")?, Timestamp::parse("2023-10-04T08:00:00Z")?);
/// let mut latest = Latest::new(100_000);
/// let record = MigrationKey::new("pismo", "customer", "31a2d");
/// assert_eq!(latest.record(&record.clone().with_version(&second)), Freshness::Newer);
/// assert_eq!(latest.freshness(&record.with_version(&first)), Freshness::Stale);
/// # Ok::<(), migration_events::InvalidTimestamp>(())
/// ```
#[derive(Debug, Clone)]
pub struct Latest {
    versions: Queue<Option<Timestamp>>,
    capacity: usize,
}

impl Latest {
    /// Remembers the newest version of at most `capacity` records (at least one).
    #[must_use]
    pub fn new(capacity: usize) -> Self {
        Self { versions: Queue::new(), capacity: capacity.max(1) }
    }

    /// Compares a version with the newest recorded one. A missing version is older than any.
    #[must_use]
    pub fn freshness(&self, key: &MigrationKey<'_>) -> Freshness {
        self.compare(&key.record_key(), key)
    }

    /// Remembers a version unless it is stale, and returns its relation to the previous newest one.
    pub fn record(&mut self, key: &MigrationKey<'_>) -> Freshness {
        let record = key.record_key();
        let freshness = self.compare(&record, key);
        if freshness != Freshness::Stale {
            self.versions.remove(&record);
            while self.len() >= self.capacity && self.versions.pop().is_some() {}
            self.versions.push(record.into(), key.version.as_deref().cloned());
        }
        freshness
    }

    /// Returns the number of known records.
    #[must_use]
    pub fn len(&self) -> usize {
        self.versions.len()
    }

    /// Returns whether no record is known.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn compare(&self, record: &str, key: &MigrationKey<'_>) -> Freshness {
        match (key.version.as_deref(), self.versions.get(record)) {
            (_, None) | (Some(_), Some(None)) => Freshness::Newer,
            (None, Some(None)) => Freshness::Same,
            (None, Some(Some(_))) => Freshness::Stale,
            (Some(version), Some(Some(known))) => Freshness::of(version, known),
        }
    }
}
