//! Amazon EventBridge.

use super::{DATE_TIME, Payload, STRING, carrier};
use crate::__private::fill;
use crate::json::{Decode, Encode, Map, ObjectWriter, RawJson, Reader, Stop};
use crate::validate::schema::{Assertion, Schema, Types};
use crate::{Contract, Timestamp};

/// An event as Amazon EventBridge delivers it, with its own event in `detail`.
///
/// The members are those of the [AWS event structure]. A source must give `detail-type`, `source` and
/// `detail`; the others may be missing, since an input transformer can leave them out. A member that is
/// not named here is kept in `extra`.
///
/// ```
/// use migration_events::{Event, envelope::EventBridge};
///
/// let text = r#"{"detail-type":"customer","source":"integration","detail":{"amount":14.70}}"#;
/// let event: EventBridge = EventBridge::from_json(text.as_bytes())?;
/// assert_eq!(event.detail.as_str(), r#"{"amount":14.70}"#);
/// assert_eq!(event.to_json(), text);
/// # Ok::<(), migration_events::Rejection>(())
/// ```
///
/// [AWS event structure]: https://docs.aws.amazon.com/eventbridge/latest/ref/overiew-event-structure.html
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventBridge<T = RawJson> {
    /// Version of the wrapper, `0` so far (`version`).
    pub version: Option<String>,
    /// Identifies the delivered event (`id`).
    pub id: Option<String>,
    /// The kind of event to its source (`detail-type`).
    pub detail_type: String,
    /// The sender (`source`).
    pub source: String,
    /// The account that it was published in (`account`).
    pub account: Option<String>,
    /// When it happened (`time`).
    pub time: Option<Timestamp>,
    /// The region that it was published in (`region`).
    pub region: Option<String>,
    /// The resources that it is about (`resources`).
    pub resources: Option<Vec<String>>,
    /// The event that is carried (`detail`).
    pub detail: T,
    /// Further members, in the order in which they came.
    pub extra: Map<RawJson>,
}

static CONTRACT: Contract = Contract::__new("aws", "EventBridge event", None, "", None);

macro_rules! table {
    ($detail:expr) => {
        &Schema {
            has_keywords: false,
            pointer: "",
            assertions: &[
                Assertion::Types(Types(Types::OBJECT)),
                Assertion::Required(&["detail-type", "source", "detail"]),
                Assertion::Properties(&[
                    ("version", STRING),
                    ("id", STRING),
                    ("detail-type", STRING),
                    ("source", STRING),
                    ("account", STRING),
                    ("time", DATE_TIME),
                    ("region", STRING),
                    ("resources", STRINGS),
                    ("detail", $detail),
                ]),
            ],
        }
    };
}

const STRINGS: &Schema = &Schema {
    has_keywords: false,
    pointer: "",
    assertions: &[Assertion::Types(Types(Types::ARRAY)), Assertion::Items(STRING)],
};

carrier!(EventBridge<Payload>, RULES, CONTRACT, table);

impl<T: Payload> Decode for EventBridge<T> {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, Stop> {
        let (mut version, mut id, mut detail_type, mut source) = (None, None, None, None);
        let (mut account, mut time, mut region, mut resources) = (None, None, None, None);
        let (mut detail, mut extra) = (None, Map::new());
        reader.begin_object()?;
        let mut first = true;
        while let Some(key) = reader.next_key(&mut first)? {
            match &*key {
                "version" => fill(&mut version, reader)?,
                "id" => fill(&mut id, reader)?,
                "detail-type" => fill(&mut detail_type, reader)?,
                "source" => fill(&mut source, reader)?,
                "account" => fill(&mut account, reader)?,
                "time" => fill(&mut time, reader)?,
                "region" => fill(&mut region, reader)?,
                "resources" => fill(&mut resources, reader)?,
                "detail" => fill(&mut detail, reader)?,
                _ => extra.take(key, reader)?,
            }
        }
        Ok(Self {
            version,
            id,
            detail_type: detail_type.ok_or(Stop::Mismatch)?,
            source: source.ok_or(Stop::Mismatch)?,
            account,
            time,
            region,
            resources,
            detail: detail.ok_or(Stop::Mismatch)?,
            extra,
        })
    }
}

impl<T: Payload> Encode for EventBridge<T> {
    fn encode(&self, out: &mut String) {
        let mut object = ObjectWriter::new(out);
        if let Some(version) = &self.version {
            object.member("\"version\":", version);
        }
        if let Some(id) = &self.id {
            object.member("\"id\":", id);
        }
        object.member("\"detail-type\":", &self.detail_type);
        object.member("\"source\":", &self.source);
        if let Some(account) = &self.account {
            object.member("\"account\":", account);
        }
        if let Some(time) = &self.time {
            object.member("\"time\":", time);
        }
        if let Some(region) = &self.region {
            object.member("\"region\":", region);
        }
        if let Some(resources) = &self.resources {
            object.member("\"resources\":", resources);
        }
        object.member("\"detail\":", &self.detail);
        for (key, value) in &self.extra {
            object.entry(key, value);
        }
        object.end();
    }
}
