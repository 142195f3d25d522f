//! Conversion to and from the event type of the CloudEvents SDK.

use super::{
    CloudEvent, CustomerCreated, CustomerUpdated, CustomerWalletUpdated, OtpCode, PasswordReset,
};
use crate::json::{JsonType, ObjectWriter, RawJson, Reader};
use crate::{Event as _, Rejection, Timestamp};
use cloudevents::event::{ExtensionValue, SpecVersion, TryIntoUrl};
use cloudevents::{AttributesReader, AttributesWriter, Data, Event, EventBuilder, EventBuilderV10};
use migration_events_runtime::__private::internal::Shown;
use serde_json::Value;

/// The `source` of a converted event that has none of its own.
///
/// CloudEvents requires one, the published sample has none. An event with this source is converted back
/// to one without.
pub const SOURCE_WHEN_ABSENT: &str = "urn:specsavers:source-absent";

/// Why an event could not be converted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CloudEventError {
    /// An attribute that CloudEvents requires is missing.
    #[error("missing attribute {name:?}")]
    Missing {
        /// Its name.
        name: &'static str,
    },
    /// An attribute has a value that CloudEvents or its SDK does not have: an empty string, a `time` that
    /// is not a date-time, a `dataschema` that the SDK would write differently.
    #[error("attribute {name:?} has no counterpart")]
    Attribute {
        /// Its name.
        name: &'static str,
    },
    /// The event follows another version of CloudEvents than 1.0.
    #[error("not an event of CloudEvents 1.0")]
    SpecVersion,
    /// A further member cannot be an extension: its name has other characters than `a` to `z` and digits,
    /// or its value is not a string, a boolean or a 32-bit integer.
    #[error("member {} cannot be an extension", Shown::key(name))]
    Extension {
        /// Its name.
        name: Box<str>,
    },
    /// The data of the CloudEvent is not JSON.
    #[error("data is not JSON text")]
    Data,
    /// The CloudEvent is not the event that was asked for.
    #[error("not an event of this contract")]
    Rejected(#[from] Rejection),
}

macro_rules! convert {
    ($($event:ident),*) => {
        $(
            /// The attributes become attributes, `env`, `market`, `correlationid` and further members
            /// become extensions ([CloudEvents 1.0 §3.1]). `data` becomes JSON if the SDK can hold it
            /// exactly, else the bytes of its JSON text: an amount such as `14.70` keeps its digits.
            /// `time` is the same instant, in UTC. A missing `source` becomes [`SOURCE_WHEN_ABSENT`].
            ///
            /// # Errors
            /// See [`CloudEventError`]: nothing is left out.
            ///
            /// [CloudEvents 1.0 §3.1]: https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/spec.md#context-attributes
            impl TryFrom<&$event> for Event {
                type Error = CloudEventError;

                fn try_from(event: &$event) -> Result<Self, CloudEventError> {
                    to_sdk(event)
                }
            }

            /// # Errors
            /// The CloudEvent is of another version than 1.0, its data is not JSON, or it breaks the contract.
            impl TryFrom<&Event> for $event {
                type Error = CloudEventError;

                fn try_from(event: &Event) -> Result<Self, CloudEventError> {
                    Ok(Self::from_json(from_sdk(event)?.as_bytes())?)
                }
            }
        )*
    };
}

convert!(CustomerCreated, CustomerUpdated, CustomerWalletUpdated, PasswordReset, OtpCode);

fn to_sdk(event: &impl CloudEvent) -> Result<Event, CloudEventError> {
    match event.specversion() {
        Some("1.0") => {}
        Some(_) => return Err(CloudEventError::SpecVersion),
        None => return Err(CloudEventError::Missing { name: "specversion" }),
    }
    let builder = EventBuilderV10::new()
        .id(required("id", event.id())?)
        .ty(required("type", event.event_type())?)
        .source(SOURCE_WHEN_ABSENT);
    // All that it requires is there.
    let mut sdk = builder.build().map_err(|_| CloudEventError::SpecVersion)?;
    sdk.set_subject(filled("subject", event.subject())?);
    sdk.set_datacontenttype(filled("datacontenttype", event.datacontenttype())?);
    if let Some(env) = event.env() {
        sdk.set_extension("env", env.as_str());
    }
    if let Some(market) = event.market() {
        sdk.set_extension("market", market);
    }
    for (name, value) in event.extra() {
        match name {
            "source" => {
                let source = text("source", value)?;
                if source == SOURCE_WHEN_ABSENT {
                    return Err(CloudEventError::Attribute { name: "source" });
                }
                sdk.set_source(source);
            }
            "time" => {
                let time: Option<Timestamp> = value.read().ok();
                let time = time.ok_or(CloudEventError::Attribute { name: "time" })?;
                sdk.set_time(Some(time.to_utc()));
            }
            "dataschema" => {
                let schema = text("dataschema", value)?;
                let url = schema.as_str().into_url().ok().filter(|url| url.as_str() == schema);
                sdk.set_dataschema(Some(
                    url.ok_or(CloudEventError::Attribute { name: "dataschema" })?,
                ));
            }
            _ => sdk.set_extension(name, extension(name, value)?),
        }
    }
    // Wherever the id of the event is: under `detail` it would have been refused above.
    if let Some(id) = event.correlation_id() {
        sdk.set_extension("correlationid", id.into_owned());
    }
    if let Some(data) = event.data_text() {
        sdk.set_data_unchecked(match exact(&mut Reader::new(&data)) {
            Some(value) => Data::Json(value),
            None => Data::Binary(data.into_owned().into_bytes()),
        });
    }
    Ok(sdk)
}

fn required<'a>(name: &'static str, value: Option<&'a str>) -> Result<&'a str, CloudEventError> {
    filled(name, value)?.ok_or(CloudEventError::Missing { name })
}

/// CloudEvents 1.0 §3.1: attributes that are there are not empty.
fn filled<'a>(
    name: &'static str,
    value: Option<&'a str>,
) -> Result<Option<&'a str>, CloudEventError> {
    match value {
        Some("") => Err(CloudEventError::Attribute { name }),
        value => Ok(value),
    }
}

fn text(name: &'static str, value: &RawJson) -> Result<String, CloudEventError> {
    let text: Option<String> = value.read().ok();
    text.filter(|text| !text.is_empty()).ok_or(CloudEventError::Attribute { name })
}

/// The types of CloudEvents 1.0 §3 that JSON has: string, boolean, integer of 32 bits.
fn extension(name: &str, value: &RawJson) -> Result<ExtensionValue, CloudEventError> {
    let legal = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    let extension = match value.json_type() {
        _ if name.is_empty() || name == "data" || !name.bytes().all(legal) => None,
        JsonType::String => value.read().ok().map(ExtensionValue::String),
        JsonType::Boolean => value.read().ok().map(ExtensionValue::Boolean),
        JsonType::Number => {
            let number: Option<i32> = value.as_str().parse().ok();
            let same = number.filter(|number| number.to_string() == value.as_str());
            same.map(|number| ExtensionValue::Integer(number.into()))
        }
        _ => None,
    };
    extension.ok_or_else(|| CloudEventError::Extension { name: name.into() })
}

/// A value that prints as the text it is read from, but for escapes, order of members and white space.
fn exact(reader: &mut Reader<'_>) -> Option<Value> {
    let mut first = true;
    Some(match reader.peek().ok()? {
        JsonType::Null => reader.null().ok().map(|()| Value::Null)?,
        JsonType::Boolean => Value::Bool(reader.boolean().ok()?),
        JsonType::String => Value::String(reader.string().ok()?.into_owned()),
        JsonType::Number => {
            let text = reader.number().ok()?;
            let number: Value = serde_json::from_str(text).ok()?;
            let printed = number.to_string();
            (printed == text).then_some(number)?
        }
        JsonType::Array => {
            let mut items = Vec::new();
            reader.begin_array().ok()?;
            while reader.next_item(&mut first).ok()? {
                items.push(exact(reader)?);
            }
            Value::Array(items)
        }
        JsonType::Object => {
            let mut members = serde_json::Map::new();
            reader.begin_object().ok()?;
            while let Some(key) = reader.next_key(&mut first).ok()? {
                members.insert(key.into_owned(), exact(reader)?);
            }
            Value::Object(members)
        }
    })
}

/// The CloudEvent as JSON text, as the contract has it.
fn from_sdk(event: &Event) -> Result<String, CloudEventError> {
    if event.specversion() != SpecVersion::V10 {
        return Err(CloudEventError::SpecVersion);
    }
    let mut out = String::new();
    let mut object = ObjectWriter::new(&mut out);
    object.member("\"id\":", event.id());
    object.member("\"specversion\":", "1.0");
    object.member("\"type\":", event.ty());
    if event.source() != SOURCE_WHEN_ABSENT {
        object.member("\"source\":", event.source());
    }
    if let Some(subject) = event.subject() {
        object.member("\"subject\":", subject);
    }
    if let Some(time) = event.time() {
        let time = Timestamp::try_from(*time);
        let time = time.map_err(|_| CloudEventError::Attribute { name: "time" })?;
        object.member("\"time\":", &time);
    }
    if let Some(media_type) = event.datacontenttype() {
        object.member("\"datacontenttype\":", media_type);
    }
    if let Some(schema) = event.dataschema() {
        object.member("\"dataschema\":", schema.as_str());
    }
    // A map of the SDK has an order of its own in each run.
    let mut extensions: Vec<_> = event.iter_extensions().collect();
    extensions.sort_unstable_by_key(|(name, _)| *name);
    for (name, value) in extensions {
        match value {
            ExtensionValue::String(value) => object.entry(name, value),
            ExtensionValue::Boolean(value) => object.entry(name, value),
            ExtensionValue::Integer(value) => object.entry(name, value),
        }
    }
    if let Some(data) = event.data() {
        object.member("\"data\":", &data_text(data)?);
    }
    object.end();
    Ok(out)
}

fn data_text(data: &Data) -> Result<RawJson, CloudEventError> {
    let text = match data {
        Data::Json(value) => value.to_string(),
        Data::String(text) => return RawJson::parse(text).map_err(|_| CloudEventError::Data),
        Data::Binary(bytes) => str::from_utf8(bytes).map_err(|_| CloudEventError::Data)?.to_owned(),
    };
    RawJson::parse(&text).map_err(|_| CloudEventError::Data)
}
