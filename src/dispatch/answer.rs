//! Answering a message that was rejected, whatever is around it.

use super::AnyEvent;
use super::head::MessageHead;
use super::recognise::{Recognition, Verdict};
use super::signs::EventKind;
use crate::envelope::unwrap;
use crate::outcome::readable;
use crate::pismo::{CustomerOutgoing, Envelope};
use crate::{Outcome, Rejection};

impl AnyEvent {
    /// The failed outcome that answers a message which was rejected, if it asks to migrate a customer and
    /// its identifiers can still be read; see [`Outcome::rejected`](crate::Outcome::rejected).
    ///
    /// The outcomes of other events are types of their own, whose [`Outcome::rejected`](crate::Outcome::rejected)
    /// answers them.
    ///
    /// ```
    /// use migration_events::AnyEvent;
    ///
    /// let message = br#"{"event_type": "customer_incoming", "data": {"entity": {"email": 7, "migration":
    ///     {"id": "m-1", "account_id": "a-1", "version_date": "2021-08-11T11:25:00.000Z"}}}}"#;
    /// let rejection = AnyEvent::from_json(message).unwrap_err();
    /// let outcome = AnyEvent::answer_rejected("ACME-1", &rejection, message).unwrap();
    /// assert_eq!(outcome.migration.id, "m-1");
    /// ```
    #[must_use]
    pub fn answer_rejected(
        code: impl Into<String>,
        rejection: &Rejection,
        message: &[u8],
    ) -> Option<CustomerOutgoing> {
        let readable = readable(message).as_bytes();
        let unwrapped = unwrap(readable).ok()?;
        let head = MessageHead::of(&unwrapped);
        let Verdict::Event(Recognition { kind, is_enveloped }) = head.verdict() else {
            return None;
        };
        answer(kind, is_enveloped, code.into(), rejection, head.message().as_bytes())
    }
}

/// The outcome that answers the event of a row of the table.
macro_rules! row {
    ([$outcome:ident] $event:ty, $is_enveloped:ident, $($argument:ident),+) => {
        if $is_enveloped {
            $outcome::rejected::<Envelope<$event>>($($argument),+)
        } else {
            $outcome::rejected::<$event>($($argument),+)
        }
    };
    ([] $event:ty, $is_enveloped:ident, $($argument:ident),+) => {
        None
    };
}

macro_rules! answers {
    ($(
        $feature:literal $family:ident {
            $(
                $(#[$doc:meta])+
                $variant:ident = $delivery:ident $event:ident
                    by [$($sign:expr),*] $(answered by $outcome:ident)?;
            )*
            without signs [$($signless:ident),*]
        }
    )*) => {
        fn answer(
            kind: EventKind,
            is_enveloped: bool,
            code: String,
            rejection: &Rejection,
            message: &[u8],
        ) -> Option<CustomerOutgoing> {
            match kind {
                $($(
                    #[cfg(feature = $feature)]
                    EventKind::$variant => row!(
                        [$($outcome)?] crate::$family::$event, is_enveloped, code, rejection, message
                    ),
                )*)*
            }
        }
    };
}

events!(answers);
