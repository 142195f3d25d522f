//! Identity of the types that carry an event, delegated to the event.

use super::{IdempotencyKey, Identified, MigrationKey};
use crate::envelope::{EventBridge, Sns};
use crate::json::RawJson;
use std::borrow::Cow;

/// Has no identity: the text is not parsed.
impl Identified for RawJson {
    fn migration_key(&self) -> Option<MigrationKey<'_>> {
        None
    }

    fn correlation_id(&self) -> Option<Cow<'_, str>> {
        None
    }

    fn idempotency_key(&self) -> Option<IdempotencyKey> {
        None
    }
}

/// Has no identity: the text is not parsed.
impl Identified for String {
    fn migration_key(&self) -> Option<MigrationKey<'_>> {
        None
    }

    fn correlation_id(&self) -> Option<Cow<'_, str>> {
        None
    }

    fn idempotency_key(&self) -> Option<IdempotencyKey> {
        None
    }
}

/// The event in `detail`; where that has no idempotency key, the `id` that EventBridge gave it.
impl<T: Identified> Identified for EventBridge<T> {
    fn migration_key(&self) -> Option<MigrationKey<'_>> {
        self.detail.migration_key()
    }

    fn migration_keys(&self) -> Vec<MigrationKey<'_>> {
        self.detail.migration_keys()
    }

    fn organisation(&self) -> Option<Cow<'_, str>> {
        self.detail.organisation()
    }

    fn correlation_id(&self) -> Option<Cow<'_, str>> {
        self.detail.correlation_id()
    }

    fn idempotency_key(&self) -> Option<IdempotencyKey> {
        let own = || Some(IdempotencyKey::new(["aws", "events", self.id.as_deref()?]));
        self.detail.idempotency_key().or_else(own)
    }
}

/// The event in `Message`; where that has no idempotency key, the `MessageId`, which is the same for
/// each delivery of the notification.
impl<T: Identified> Identified for Sns<T> {
    fn migration_key(&self) -> Option<MigrationKey<'_>> {
        self.message.migration_key()
    }

    fn migration_keys(&self) -> Vec<MigrationKey<'_>> {
        self.message.migration_keys()
    }

    fn organisation(&self) -> Option<Cow<'_, str>> {
        self.message.organisation()
    }

    fn correlation_id(&self) -> Option<Cow<'_, str>> {
        self.message.correlation_id()
    }

    fn idempotency_key(&self) -> Option<IdempotencyKey> {
        let own = || IdempotencyKey::new(["aws", "sns", &self.topic_arn, &self.message_id]);
        Some(self.message.idempotency_key().unwrap_or_else(own))
    }
}
