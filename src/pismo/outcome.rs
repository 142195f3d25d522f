//! Reporting how the migration of a customer ended.

use super::customer_outgoing::{Entity, Migration};
use super::{CustomerOutgoing, Operation, Status, customer_incoming};
use crate::json::RawJson;

impl CustomerOutgoing {
    /// Starts to report a success: it becomes an event once it is said whether the customer was
    /// [created](Succeeded::created) or [updated](Succeeded::updated).
    ///
    /// `migration` is what came with the customer, so that its identifiers are repeated with their
    /// exact text. `MIGR-0001` is the only code seen in published samples; no list is published.
    ///
    /// ```
    /// use migration_events::{Event, pismo};
    ///
    /// let incoming = pismo::CustomerIncoming::from_json(br#"{"entity": {"migration":
    ///     {"id": "31a2d", "account_id": "a7c3f", "version_date": "2023-10-03T17:25:45.120Z"}}}"#)?;
    /// let outcome = pismo::CustomerOutgoing::succeeded(
    ///     "MIGR-0001",
    ///     "Customer registered",
    ///     incoming.entity.migration,
    /// )
    /// .created(pismo::customer_outgoing::Entity { account_id: 9999, customer_id: 1234 });
    /// assert_eq!(
    ///     outcome.to_json(),
    ///     r#"{"code":"MIGR-0001","message":"Customer registered","migration":{"id":"31a2d","version_date":"2023-10-03T17:25:45.120Z","account_id":"a7c3f"},"status":"SUCCESS","entity":{"account_id":9999,"customer_id":1234},"operation":"CREATION"}"#,
    /// );
    /// # Ok::<(), migration_events::Rejection>(())
    /// ```
    pub fn succeeded(
        code: impl Into<String>,
        message: impl Into<String>,
        migration: impl Into<Migration>,
    ) -> Succeeded {
        Succeeded { code: code.into(), message: message.into(), migration: migration.into() }
    }

    /// Reports a failure: no customer came of it, so there is no `entity` and no `operation`.
    ///
    /// ```
    /// # use migration_events::{Event, Timestamp, pismo};
    /// # let migration = pismo::customer_outgoing::Migration {
    /// #     id: "31a2d".into(),
    /// #     account_id: "a7c3f".into(),
    /// #     version_date: Timestamp::parse("2023-10-03T17:25:45Z")?,
    /// #     phase_id: None,
    /// # };
    /// let outcome = pismo::CustomerOutgoing::failed("MIGR-0404", "Unknown account", migration);
    /// assert_eq!(outcome.status, pismo::Status::Fail);
    /// assert_eq!(outcome.entity, None);
    /// # Ok::<(), migration_events::InvalidTimestamp>(())
    /// ```
    #[must_use]
    pub fn failed(
        code: impl Into<String>,
        message: impl Into<String>,
        migration: impl Into<Migration>,
    ) -> Self {
        Self {
            code: code.into(),
            message: message.into(),
            migration: migration.into(),
            status: Status::Fail,
            entity: None,
            operation: None,
        }
    }
}

/// A success that does not say yet what was done; see [`CustomerOutgoing::succeeded`].
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use = "say whether the customer was created or updated"]
pub struct Succeeded {
    code: String,
    message: String,
    migration: Migration,
}

impl Succeeded {
    /// The customer was new to the platform and has these identifiers there.
    #[must_use]
    pub fn created(self, entity: Entity) -> CustomerOutgoing {
        self.with(Operation::Creation, entity)
    }

    /// The customer was known to the platform, under these identifiers, and was changed.
    #[must_use]
    pub fn updated(self, entity: Entity) -> CustomerOutgoing {
        self.with(Operation::Update, entity)
    }

    fn with(self, operation: Operation, entity: Entity) -> CustomerOutgoing {
        CustomerOutgoing {
            code: self.code,
            message: self.message,
            migration: self.migration,
            status: Status::Success,
            entity: Some(entity),
            operation: Some(operation),
        }
    }
}

/// The identifiers as an outcome repeats them; a `phase_id` that came along goes with them.
impl From<customer_incoming::Migration> for Migration {
    fn from(incoming: customer_incoming::Migration) -> Self {
        let phase_id = incoming.extra.get("phase_id").and_then(|phase| RawJson::read(phase).ok());
        Self {
            id: incoming.id,
            version_date: incoming.version_date,
            phase_id,
            account_id: incoming.account_id,
        }
    }
}

/// As the conversion from the owned identifiers.
impl From<&customer_incoming::Migration> for Migration {
    fn from(incoming: &customer_incoming::Migration) -> Self {
        incoming.clone().into()
    }
}
