//! Attributes that the five events share, named as in CloudEvents.

use super::{
    CustomerCreated, CustomerUpdated, CustomerWalletUpdated, Environment, OtpCode, PasswordReset,
};
use crate::json::{Decode, Map, RawJson};
use crate::{Event, Timestamp};
use std::borrow::Cow;

/// The attributes of an event, whichever of the five it is.
///
/// They follow [CloudEvents 1.0], but none is required, and there is no `source`: the published sample
/// has none. `source`, `time` and extensions that an event does have are in `extra`.
///
/// ```
/// use migration_events::{Event, specsavers::{CloudEvent, CustomerUpdated}};
///
/// fn subject_of(event: &impl CloudEvent) -> Option<&str> {
///     event.subject()
/// }
///
/// let updated = CustomerUpdated::from_json(br#"{"subject": "customer", "source": "/customers"}"#)?;
/// assert_eq!(subject_of(&updated), Some("customer"));
/// assert_eq!(updated.source().as_deref(), Some("/customers"));
/// # Ok::<(), migration_events::Rejection>(())
/// ```
///
/// [CloudEvents 1.0]: https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/spec.md
pub trait CloudEvent: Event {
    /// Identifies the event, together with its source.
    fn id(&self) -> Option<&str>;

    /// Version of CloudEvents that the event follows.
    fn specversion(&self) -> Option<&str>;

    /// The type of the event (`type`).
    fn event_type(&self) -> Option<&str>;

    /// The environment that the event comes from.
    fn env(&self) -> Option<Environment>;

    /// The subject of the event.
    fn subject(&self) -> Option<&str>;

    /// The market that the event belongs to.
    fn market(&self) -> Option<&str>;

    /// Media type of `data`.
    fn datacontenttype(&self) -> Option<&str>;

    /// The id that links the events of one transaction: at the root, else under `detail`.
    fn correlation_id(&self) -> Option<Cow<'_, str>>;

    /// `data` as JSON text.
    fn data_text(&self) -> Option<Cow<'_, str>>;

    /// Members that the contract does not name.
    fn extra(&self) -> &Map<RawJson>;

    /// The context in which the event happened, if it says so in a string.
    fn source(&self) -> Option<Cow<'_, str>> {
        read(self.extra(), "source").map(Cow::Owned)
    }

    /// When the event happened, if it says so in an RFC 3339 date-time.
    fn time(&self) -> Option<Timestamp> {
        read(self.extra(), "time")
    }
}

fn read<T: Decode>(extra: &Map<RawJson>, name: &str) -> Option<T> {
    extra.get(name)?.read().ok()
}

macro_rules! cloud_event {
    ($($event:ident: |$this:ident| $event_type:expr, |$data:ident| $text:expr;)*) => {
        $(impl CloudEvent for $event {
            fn id(&self) -> Option<&str> {
                self.id.as_deref()
            }

            fn specversion(&self) -> Option<&str> {
                self.specversion.as_deref()
            }

            fn event_type(&self) -> Option<&str> {
                let $this = self;
                $event_type
            }

            fn env(&self) -> Option<Environment> {
                self.env
            }

            fn subject(&self) -> Option<&str> {
                self.subject.as_deref()
            }

            fn market(&self) -> Option<&str> {
                self.market.as_deref()
            }

            fn datacontenttype(&self) -> Option<&str> {
                self.datacontenttype.as_deref()
            }

            fn correlation_id(&self) -> Option<Cow<'_, str>> {
                // The one of the type itself, not this one.
                $event::correlation_id(self)
            }

            fn data_text(&self) -> Option<Cow<'_, str>> {
                self.data.as_ref().map(|$data| $text)
            }

            fn extra(&self) -> &Map<RawJson> {
                &self.extra
            }
        })*
    };
}

cloud_event! {
    CustomerCreated: |event| Some(event.r#type.as_str()), |data| Cow::Owned(crate::Described::to_text(data));
    CustomerUpdated: |event| event.r#type.as_deref(), |data| Cow::Borrowed(data.as_str());
    CustomerWalletUpdated: |event| event.r#type.as_deref(), |data| Cow::Borrowed(data.as_str());
    PasswordReset: |event| event.r#type.as_deref(), |data| Cow::Borrowed(data.as_str());
    OtpCode: |event| event.r#type.as_deref(), |data| Cow::Borrowed(data.as_str());
}
