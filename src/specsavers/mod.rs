//! Specsavers (retail): customer events, published as AsyncAPI.
//!
//! | event | `type` on the wire | what is typed |
//! |---|---|---|
//! | [`CustomerCreated`] | `com.specsavers.customer.created` | envelope and data |
//! | [`CustomerUpdated`] | not published | envelope |
//! | [`CustomerWalletUpdated`] | not published | envelope |
//! | [`PasswordReset`] | not published | envelope |
//! | [`OtpCode`] | not published | envelope |
//!
//! The document was published only as a rendered page, which does not say which properties are required.
//! So none is, apart from the `type` by which a [`CustomerCreated`] is recognised. Unknown properties are
//! kept. The messages travel on [`integration_address`].

mod cloud_event;
mod identity;
#[cfg(feature = "cloudevents")]
mod sdk;

pub use crate::generated::specsavers::*;
pub use cloud_event::CloudEvent;
#[cfg(feature = "cloudevents")]
pub use sdk::{CloudEventError, SOURCE_WHEN_ABSENT};

use crate::json::{self, Decode, Reader};
use std::borrow::Cow;

macro_rules! correlation_id {
    ($($event:ident),*) => {
        $(impl $event {
            /// The id that links the events of one transaction.
            ///
            /// The contract says it is at `/detail/correlationid` (where EventBridge puts it); the
            /// published sample has it at the root. The root is looked at first.
            #[must_use]
            pub fn correlation_id(&self) -> Option<Cow<'_, str>> {
                match &self.correlationid {
                    Some(id) => Some(Cow::Borrowed(id)),
                    None => wrapped_correlation_id(self.extra.get("detail")?).map(Cow::Owned),
                }
            }
        })*
    };
}

correlation_id!(CustomerCreated, CustomerUpdated, CustomerWalletUpdated, PasswordReset, OtpCode);

fn wrapped_correlation_id(detail: &json::RawJson) -> Option<String> {
    let id = json::at_pointer(detail.as_str(), "/correlationid")?;
    String::decode(&mut Reader::new(id)).ok()
}

impl CustomerCreated {
    /// The systems that the customer's record was migrated from; empty if it was not migrated.
    ///
    /// ```
    /// use migration_events::{Event, specsavers};
    ///
    /// let created = specsavers::CustomerCreated::from_json(br#"{
    ///     "type": "com.specsavers.customer.created",
    ///     "data": {"customer": {"migratedCustomerInfo": [{"system": "socrates"}]}}
    /// }"#)?;
    /// assert_eq!(created.migrated_from()[0].system.as_deref(), Some("socrates"));
    /// # Ok::<(), migration_events::Rejection>(())
    /// ```
    #[must_use]
    pub fn migrated_from(&self) -> &[MigratedCustomerInfo] {
        let customer = self.data.as_ref().and_then(|data| data.customer.as_ref());
        customer.and_then(|customer| customer.migrated_customer_info.as_deref()).unwrap_or_default()
    }
}
