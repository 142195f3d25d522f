//! Events with or without the envelope.

use super::Envelope;
use crate::identity::{IdempotencyKey, Identified, MigrationKey};
use crate::{Decoder, Event, Rejection};
use std::borrow::Cow;

/// An event as it came: in its envelope, or without.
///
/// Derefs to the event.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(clippy::large_enum_variant, reason = "`AnyEvent` holds it in a box")]
pub enum Delivered<T> {
    /// The event alone.
    Bare(T),
    /// The event in its envelope.
    Enveloped(Envelope<T>),
}

impl<T: Event> Delivered<T> {
    /// Reads an event in its envelope, or alone.
    pub(crate) fn decode(
        is_enveloped: bool,
        message: &[u8],
        decoder: &Decoder,
    ) -> Result<Self, Rejection> {
        if is_enveloped {
            decoder.decode(message).map(Self::Enveloped)
        } else {
            decoder.decode(message).map(Self::Bare)
        }
    }
}

impl<T> Delivered<T> {
    /// The envelope, if there was one.
    #[must_use]
    pub fn envelope(&self) -> Option<&Envelope<T>> {
        match self {
            Self::Bare(_) => None,
            Self::Enveloped(envelope) => Some(envelope),
        }
    }

    /// The event alone.
    #[must_use]
    pub fn into_event(self) -> T {
        match self {
            Self::Bare(event) => event,
            Self::Enveloped(envelope) => envelope.data,
        }
    }
}

impl<T> std::ops::Deref for Delivered<T> {
    type Target = T;

    fn deref(&self) -> &T {
        match self {
            Self::Bare(event) => event,
            Self::Enveloped(envelope) => &envelope.data,
        }
    }
}

impl<T: Identified> Identified for Delivered<T> {
    fn migration_key(&self) -> Option<MigrationKey<'_>> {
        match self {
            Self::Bare(event) => event.migration_key(),
            Self::Enveloped(envelope) => envelope.migration_key(),
        }
    }

    fn migration_keys(&self) -> Vec<MigrationKey<'_>> {
        match self {
            Self::Bare(event) => event.migration_keys(),
            Self::Enveloped(envelope) => envelope.migration_keys(),
        }
    }

    fn organisation(&self) -> Option<Cow<'_, str>> {
        match self {
            Self::Bare(event) => event.organisation(),
            Self::Enveloped(envelope) => envelope.organisation(),
        }
    }

    fn correlation_id(&self) -> Option<Cow<'_, str>> {
        match self {
            Self::Bare(event) => event.correlation_id(),
            Self::Enveloped(envelope) => envelope.correlation_id(),
        }
    }

    fn idempotency_key(&self) -> Option<IdempotencyKey> {
        match self {
            Self::Bare(event) => event.idempotency_key(),
            Self::Enveloped(envelope) => envelope.idempotency_key(),
        }
    }
}
