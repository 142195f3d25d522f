//! The traits of every generated type, and decoding by them.

use crate::json::{Decode, Encode};
use crate::validate::schema::Schema;
use crate::validate::{self, Rejection, Strictness, Violation};
use crate::{Contract, Decoder};

/// A type generated from a schema: it reads, writes and explains itself.
///
/// Implemented by generated code only.
pub trait Described: Decode + Encode {
    /// The contract's assertions about a value of this type.
    const SCHEMA: &'static Schema;

    /// Checks a value that was assembled by hand: the violations that a reader of its JSON would
    /// find. Empty if there are none.
    ///
    /// ```
    /// use migration_events::{Described, avro, boost};
    ///
    /// let metadata = boost::EventMetadata {
    ///     event_id: "14f49508".into(),
    ///     trace_token: "8115ef8a".into(),
    ///     created_at: avro::TimestampMillis::new(1_525_478_400_000),
    /// };
    /// assert!(metadata.violations().is_empty());
    /// ```
    fn violations(&self) -> Vec<Violation> {
        validate::violations(&self.to_text(), Self::SCHEMA).0
    }

    /// The value as compact JSON text.
    #[doc(hidden)]
    fn to_text(&self) -> String {
        let mut text = String::with_capacity(256);
        self.encode(&mut text);
        text
    }
}

/// A whole event: a message that follows one published contract.
///
/// Implemented by generated code for the root type of each contract.
pub trait Event: Described {
    /// The contract, with its deviations.
    const CONTRACT: &'static Contract;
    /// The contract's assertions exactly as published.
    const PUBLISHED: &'static Schema;

    /// Decodes one JSON message: UTF-8 text of one event, surrounded by nothing but white space.
    ///
    /// Accepts what the published contract accepts, and the deviations that real messages need
    /// (they are listed in `schemas/README.md`).
    ///
    /// # Errors
    /// The message is not JSON text (RFC 8259), repeats a key, is beyond
    /// the limits of [`Decoder::new`], or breaks the contract. The rejection lists every violation
    /// and shows no value.
    ///
    /// ```
    /// use migration_events::{Event, pismo};
    ///
    /// let outcome = pismo::CustomerOutgoing::from_json(br#"{
    ///     "code": "MIGR-0001", "message": "approved", "status": "SUCCESS",
    ///     "migration": {"id": "m-1", "account_id": "a-1", "version_date": "2021-08-11T11:25:00.000Z"}
    /// }"#)?;
    /// assert_eq!(outcome.status, pismo::Status::Success);
    /// assert_eq!(outcome.migration.version_date.to_string(), "2021-08-11T11:25:00.000Z");
    /// # Ok::<(), migration_events::Rejection>(())
    /// ```
    fn from_json(message: &[u8]) -> Result<Self, Rejection> {
        Decoder::new().decode(message)
    }

    /// Decodes one JSON message that must follow the contract exactly as published.
    ///
    /// A keyword that generated code cannot check, and that a deviation therefore removes, is not
    /// checked here either.
    ///
    /// # Errors
    /// As [`Event::from_json`], measured against the contract without its deviations.
    ///
    /// ```
    /// use migration_events::{Event, pismo};
    ///
    /// // The published example itself holds an integer where the contract asks for a string.
    /// let sample = include_bytes!("../../../schemas/pismo/samples/recurring_charge_plan_incoming-1.json");
    /// assert!(pismo::RecurringChargePlanIncoming::from_json(sample).is_ok());
    /// let rejection = pismo::RecurringChargePlanIncoming::from_json_strict(sample).unwrap_err();
    /// assert_eq!(
    ///     rejection.to_string(),
    ///     "pismo migration/recurring_charge_plan_incoming v1 (as published) rejected: 1 violation: \
    ///      /entity/number_of_cycles: expected a string, found a number (type)",
    /// );
    /// ```
    fn from_json_strict(message: &[u8]) -> Result<Self, Rejection> {
        Decoder::new().strict().decode(message)
    }

    /// The event as JSON: one line, every digit, timestamp and unknown property as it was read.
    #[must_use]
    fn to_json(&self) -> String {
        self.to_text()
    }

    /// Checks an event that was assembled or changed, and returns its JSON: what a service publishes.
    ///
    /// # Errors
    /// The violations that [`Event::from_json`] would report for [`Event::to_json`].
    ///
    /// ```
    /// use migration_events::{Event, pismo};
    ///
    /// let mut outcome = pismo::CustomerOutgoing::from_json(br#"{
    ///     "code": "MIGR-0001", "message": "approved", "status": "SUCCESS",
    ///     "migration": {"id": "m-1", "account_id": "a-1", "version_date": "2021-08-11T11:25:00.000Z"}
    /// }"#)?;
    /// outcome.message.push_str(" by hand");
    /// assert!(outcome.to_valid_json()?.contains("approved by hand"));
    /// # Ok::<(), migration_events::Rejection>(())
    /// ```
    fn to_valid_json(&self) -> Result<String, Rejection> {
        Decoder::new().to_valid_json(self)
    }

    /// Checks an event that was assembled by hand; [`Event::to_valid_json`] also returns its JSON.
    ///
    /// # Errors
    /// The violations that [`Event::from_json`] would report for [`Event::to_json`].
    fn check(&self) -> Result<(), Rejection> {
        Decoder::new().check(self)
    }
}

// Not beside the settings: the methods of `Event` decode, and decoding needs an `Event`.
impl Decoder {
    /// Decodes one JSON message: UTF-8 text of one event, surrounded by nothing but white space.
    ///
    /// # Errors
    /// The message is beyond a limit, is not JSON text (RFC 8259), repeats a key, or breaks the
    /// contract. The rejection lists the violations and shows no value.
    pub fn decode<T: Event>(&self, message: &[u8]) -> Result<T, Rejection> {
        let text = self.text(message).map_err(|kind| {
            let violation =
                Violation { instance_pointer: "".into(), schema_pointer: "".into(), kind };
            Rejection::new(T::CONTRACT, self.strictness, (vec![violation], 0))
        })?;
        if self.strictness == Strictness::Published {
            let found = self.walk(text).run(T::PUBLISHED);
            if !found.0.is_empty() {
                return Err(Rejection::new(T::CONTRACT, Strictness::Published, found));
            }
        }
        self.read(text).map_err(|offset| {
            let mut found = self.walk(text).from(text, offset).run(T::SCHEMA);
            if found.0.is_empty() {
                found.0.push(self.refused::<T>(text));
            }
            Rejection::new(T::CONTRACT, Strictness::Patched, found)
        })
    }

    /// Checks a value that was assembled by hand, as [`Event::check`] does.
    ///
    /// # Errors
    /// The violations that decoding its JSON would find.
    pub fn check<T: Event>(&self, event: &T) -> Result<(), Rejection> {
        self.to_valid_json(event).map(drop)
    }

    /// Checks a value and returns its JSON, as [`Event::to_valid_json`] does.
    ///
    /// # Errors
    /// The violations that decoding its JSON would find.
    pub fn to_valid_json<T: Event>(&self, event: &T) -> Result<String, Rejection> {
        let schema = match self.strictness {
            Strictness::Published => T::PUBLISHED,
            Strictness::Patched => <T as Described>::SCHEMA,
        };
        let json = event.to_json();
        let found = self.walk(&json).run(schema);
        if found.0.is_empty() {
            Ok(json)
        } else {
            Err(Rejection::new(T::CONTRACT, self.strictness, found))
        }
    }
}
