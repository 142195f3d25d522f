//! Answering a message that was rejected, whatever is around it.

use super::AnyEvent;
use super::early::Told;
use super::known::Known;
use super::recognise::Head;
use crate::envelope::unwrap;
use crate::outcome::readable;
use crate::pismo::{CustomerIncoming, CustomerOutgoing, Envelope};
use crate::{Outcome, Rejection};

impl AnyEvent {
    /// The failed outcome that answers a message which was rejected, if it asks to migrate a customer and
    /// its identifiers can still be read; see [`Outcome::rejected`](crate::Outcome::rejected).
    ///
    /// The other events have no outcome that is published.
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
        let head = Head::of(&unwrapped);
        let Some(Told { known: Known::CustomerIncoming, is_enveloped }) = head.told() else {
            return None;
        };
        let message = head.message().as_bytes();
        if is_enveloped {
            CustomerOutgoing::rejected::<Envelope<CustomerIncoming>>(code, rejection, message)
        } else {
            CustomerOutgoing::rejected::<CustomerIncoming>(code, rejection, message)
        }
    }
}
