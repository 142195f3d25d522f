//! The envelope around every event.

use super::CONTRACTS;
use crate::__private::fill;
use crate::envelope::{DATE_TIME, Payload, STRING, UUID, carrier};
use crate::json::{self, Decode, Encode, Map, ObjectWriter, RawJson, Reader, Stop, bridge};
use crate::spelling::{domain_and_name, is_name, split};
use crate::validate::ViolationKind;
use crate::validate::schema::{Assertion, Representation, Schema, Types};
use crate::{Contract, Event, Rejection, Timestamp, Uuid};
use std::fmt;

/// Envelope that Pismo puts around an event; the event itself is its `data`.
///
/// Read as `Envelope<T>` of an event, it must announce that event: an `event_type` or a version that
/// contradicts the type of `data` is a violation like any other. Pointers of violations are those of the
/// whole message, such as `/data/migration/id`; schema pointers lead into the contract of the event, and
/// are empty where the envelope itself is broken.
///
/// ```
/// use migration_events::{Event, pismo::{CustomerIncoming, CustomerOutgoing, Envelope}};
///
/// let message = br#"{
///     "event_id": "d7d8ab2c-4a1b-4a3c-9c3b-6c8e6f9f0a11", "schema_version": 1, "domain": "migration",
///     "event_type": "customer-outgoing-1", "org_id": "TN-3ab1", "cid": "c-1",
///     "data": {"code": "MIGR-0001", "message": "approved", "status": "SUCCESS",
///         "migration": {"id": "m-1", "account_id": "a-1", "version_date": "2021-08-11T11:25:00Z"}}}"#;
/// let envelope = Envelope::<CustomerOutgoing>::from_json(message)?;
/// assert_eq!(envelope.data.migration.id, "m-1");
///
/// let rejection = Envelope::<CustomerIncoming>::from_json(message).unwrap_err();
/// assert_eq!(
///     rejection.violations()[0].to_string(),
///     r#"/event_type: announces "migration/customer_outgoing", read as "migration/customer_incoming" (eventType)"#,
/// );
/// # Ok::<(), migration_events::Rejection>(())
/// ```
///
/// Where the event is not known beforehand, read an `Envelope` of [`RawJson`], look at its
/// [`event_type`](Self::event_type), and go on with [`decode`](Envelope::decode).
///
/// The members that the base contract requires are required, and so is `data`, since an envelope without it
/// carries no event. Other members are kept in `extra`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Envelope<T = RawJson> {
    /// Identifies the event: what is delivered twice has the same.
    pub event_id: Uuid,
    /// The version of the event.
    pub schema_version: SchemaVersion,
    /// The domain of the event, such as `migration`.
    pub domain: String,
    /// The type of the event.
    pub event_type: EventType,
    /// The organisation: `TN-` and a UUID.
    pub org_id: String,
    /// Correlates the events of one transaction.
    pub cid: String,
    /// When the event was made.
    pub timestamp: Option<Timestamp>,
    /// The event.
    pub data: T,
    /// Further members, in the order in which they came.
    pub extra: Map<RawJson>,
}

/// The version of the event in an envelope: a number or a text, kept as it was read.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum SchemaVersion {
    /// `1`
    Integer(i64),
    /// `"1"`
    Text(String),
}

impl SchemaVersion {
    /// Returns whether this is the version in the contract: `1` is also `"1"` and `"1.0"`.
    /// A contract without a version has any.
    ///
    /// ```
    /// use migration_events::{Event, pismo::{CustomerIncoming, SchemaVersion}};
    ///
    /// assert!(SchemaVersion::Integer(1).is_of(CustomerIncoming::CONTRACT));
    /// assert!(SchemaVersion::Text("1".into()).is_of(CustomerIncoming::CONTRACT));
    /// assert!(!SchemaVersion::Integer(2).is_of(CustomerIncoming::CONTRACT));
    /// ```
    #[must_use]
    pub fn is_of(&self, contract: &Contract) -> bool {
        contract.version.is_none_or(|known| match self {
            Self::Integer(version) => same_version(&version.to_string(), known),
            Self::Text(version) => same_version(version, known),
        })
    }
}

/// The name of an event and perhaps its version, in the spelling in which it was read.
///
/// The spelling of migration events is not published: samples of other events read `customer-creation-1`,
/// pages of the schemas `customer_outgoing` in version 1. So hyphens and underscores mean the same here,
/// and a version may follow after a hyphen.
///
/// ```
/// use migration_events::{Event, pismo::{CustomerOutgoing, EventType}};
///
/// for spelling in ["customer_outgoing", "customer-outgoing", "customer_outgoing-1", "customer-outgoing-1"] {
///     assert!(EventType::from(spelling).announces(CustomerOutgoing::CONTRACT));
/// }
/// assert!(!EventType::from("customer_outgoing-2").announces(CustomerOutgoing::CONTRACT));
/// assert_eq!(EventType::from("customer-creation-1").version(), Some("1"));
/// ```
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EventType(String);

impl EventType {
    /// The spelling of the page of the schema: the contract's name without its domain.
    #[must_use]
    pub fn of(contract: &Contract) -> Self {
        Self(domain_and_name(contract).1.to_owned())
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The name, without the version.
    #[must_use]
    pub fn name(&self) -> &str {
        split(&self.0).0
    }

    /// The version, if there is one.
    #[must_use]
    pub fn version(&self) -> Option<&str> {
        split(&self.0).1
    }

    /// Returns whether this is the event, and the version, of a contract.
    #[must_use]
    pub fn announces(&self, contract: &'static Contract) -> bool {
        contradiction(&self.0, contract).is_none()
    }
}

impl From<String> for EventType {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl From<&str> for EventType {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl fmt::Display for EventType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Debug for EventType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.0)
    }
}

/// Returns whether two versions have the same numbers; those that are missing are zeros.
fn same_version(version: &str, known: &str) -> bool {
    version.trim_end_matches(".0") == known.trim_end_matches(".0")
}

/// Returns the contradiction between an event type and `asked`, if there is one.
fn contradiction(event_type: &str, asked: &'static Contract) -> Option<ViolationKind> {
    let (name, version) = split(event_type);
    if !is_name(name, asked) {
        let announced = CONTRACTS.iter().copied().find(|known| is_name(name, known));
        return Some(ViolationKind::EventType { asked, announced });
    }
    let known = asked.version?;
    version
        .is_some_and(|version| !same_version(version, known))
        .then_some(ViolationKind::Version { known })
}

fn event_type_rule<T: Payload>(text: &str) -> Option<ViolationKind> {
    contradiction(text, T::RULES.contract?)
}

fn schema_version_rule<T: Payload>(text: &str) -> Option<ViolationKind> {
    let known = T::RULES.contract?.version?;
    (!same_version(text, known)).then_some(ViolationKind::Version { known })
}

static CONTRACT: Contract = Contract::__new("pismo", "envelope", None, "", None);

macro_rules! table {
    ($data:expr) => {
        &Schema {
            has_keywords: false,
            pointer: "",
            assertions: &[
                Assertion::Types(Types(Types::OBJECT)),
                Assertion::Required(&[
                    "event_id",
                    "schema_version",
                    "domain",
                    "event_type",
                    "org_id",
                    "cid",
                    "data",
                ]),
                Assertion::Properties(&[
                    ("event_id", UUID),
                    (
                        "schema_version",
                        &Schema {
                            has_keywords: false,
                            pointer: "",
                            assertions: &[
                                Assertion::Types(Types(Types::INTEGER | Types::STRING)),
                                Assertion::Representation(Representation::Integer64),
                                Assertion::Rule(schema_version_rule::<T>),
                            ],
                        },
                    ),
                    ("domain", STRING),
                    (
                        "event_type",
                        &Schema {
                            has_keywords: false,
                            pointer: "",
                            assertions: &[
                                Assertion::Types(Types(Types::STRING)),
                                Assertion::Rule(event_type_rule::<T>),
                            ],
                        },
                    ),
                    ("org_id", STRING),
                    ("cid", STRING),
                    ("timestamp", DATE_TIME),
                    ("data", $data),
                ]),
            ],
        }
    };
}

carrier!(Envelope<Payload>, RULES, CONTRACT, table);

impl Envelope {
    /// Reads the event.
    ///
    /// # Errors
    /// The envelope announces another event than `T`, or another version of it, or its data is not a `T`.
    /// Pointers are those of the whole message.
    ///
    /// ```
    /// use migration_events::{Event, pismo::{CustomerOutgoing, Envelope}};
    ///
    /// let message = br#"{
    ///     "event_id": "d7d8ab2c-4a1b-4a3c-9c3b-6c8e6f9f0a11", "schema_version": "1",
    ///     "domain": "migration", "event_type": "customer_outgoing", "org_id": "TN-3ab1", "cid": "c-1",
    ///     "data": {"code": "MIGR-0001", "message": "approved", "status": "DONE",
    ///         "migration": {"id": "m-1", "account_id": "a-1", "version_date": "2021-08-11T11:25:00Z"}}}"#;
    /// let envelope: Envelope = Envelope::from_json(message)?;
    /// assert!(envelope.event_type.announces(CustomerOutgoing::CONTRACT));
    /// let rejection = envelope.decode::<CustomerOutgoing>().unwrap_err();
    /// assert_eq!(rejection.violations()[0].instance_pointer(), "/data/status");
    /// # Ok::<(), migration_events::Rejection>(())
    /// ```
    pub fn decode<T: Event>(&self) -> Result<Envelope<T>, Rejection> {
        let announced = self.event_type.announces(<T as Event>::CONTRACT)
            && self.schema_version.is_of(<T as Event>::CONTRACT);
        match self.data.read() {
            Ok(data) if announced => Ok(Envelope {
                event_id: self.event_id,
                schema_version: self.schema_version.clone(),
                domain: self.domain.clone(),
                event_type: self.event_type.clone(),
                org_id: self.org_id.clone(),
                cid: self.cid.clone(),
                timestamp: self.timestamp.clone(),
                data,
                extra: self.extra.clone(),
            }),
            // Whatever is wrong, reading all of it says so, with its place.
            _ => Envelope::from_json(self.to_json().as_bytes()),
        }
    }
}

impl<T: Payload> Decode for Envelope<T> {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, Stop> {
        let (mut event_id, mut schema_version, mut domain) = (None, None, None);
        let (mut event_type, mut org_id, mut cid) = (None::<EventType>, None, None);
        let (mut timestamp, mut data, mut extra) = (None, None, Map::new());
        let start = reader.clone();
        reader.begin_object()?;
        let mut first = true;
        while let Some(key) = reader.next_key(&mut first)? {
            match &*key {
                "event_id" => fill(&mut event_id, reader)?,
                "schema_version" => fill(&mut schema_version, reader)?,
                "domain" => fill(&mut domain, reader)?,
                "event_type" => fill(&mut event_type, reader)?,
                "org_id" => fill(&mut org_id, reader)?,
                "cid" => fill(&mut cid, reader)?,
                "timestamp" => fill(&mut timestamp, reader)?,
                "data" => fill(&mut data, reader)?,
                _ => extra.take(key, reader)?,
            }
        }
        let schema_version: SchemaVersion = schema_version.ok_or(Stop::Mismatch)?;
        let event_type = event_type.ok_or(Stop::Mismatch)?;
        if let Some(contract) = T::RULES.contract
            && !(event_type.announces(contract) && schema_version.is_of(contract))
        {
            // The names alone are wrong, each of which was read as it should be.
            *reader = start;
            return Err(Stop::Mismatch);
        }
        Ok(Self {
            event_id: event_id.ok_or(Stop::Mismatch)?,
            schema_version,
            domain: domain.ok_or(Stop::Mismatch)?,
            event_type,
            org_id: org_id.ok_or(Stop::Mismatch)?,
            cid: cid.ok_or(Stop::Mismatch)?,
            timestamp,
            data: data.ok_or(Stop::Mismatch)?,
            extra,
        })
    }
}

impl<T: Payload> Encode for Envelope<T> {
    fn encode(&self, out: &mut String) {
        let mut object = ObjectWriter::new(out);
        object.member("\"event_id\":", &self.event_id);
        object.member("\"schema_version\":", &self.schema_version);
        object.member("\"domain\":", &self.domain);
        object.member("\"event_type\":", &self.event_type);
        object.member("\"org_id\":", &self.org_id);
        object.member("\"cid\":", &self.cid);
        if let Some(timestamp) = &self.timestamp {
            object.member("\"timestamp\":", timestamp);
        }
        object.member("\"data\":", &self.data);
        for (key, value) in &self.extra {
            object.entry(key, value);
        }
        object.end();
    }
}

impl Decode for SchemaVersion {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, Stop> {
        match reader.peek()? {
            json::JsonType::String => String::decode(reader).map(Self::Text),
            _ => i64::decode(reader).map(Self::Integer),
        }
    }
}

impl Encode for SchemaVersion {
    fn encode(&self, out: &mut String) {
        match self {
            Self::Integer(version) => version.encode(out),
            Self::Text(version) => version.encode(out),
        }
    }
}

impl Decode for EventType {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, Stop> {
        String::decode(reader).map(Self)
    }
}

impl Encode for EventType {
    fn encode(&self, out: &mut String) {
        self.0.encode(out);
    }
}

bridge::serde!(SchemaVersion);
bridge::serde!(EventType);
