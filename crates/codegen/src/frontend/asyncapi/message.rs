//! Messages: names, payloads, headers and correlation ids.

use super::super::json_schema::{Document, Language};
use super::found::Found;
use super::payload::Payload;
use super::version::Version;
use crate::error::Problem;
use crate::model::Docs;
use crate::tree::Tree;

/// A message with a supported payload.
pub(super) struct Message<'d> {
    pub(super) name: &'d str,
    pub(super) place: &'d str,
    /// The schema of an event, or `None` for a message that carries nothing.
    pub(super) payload: Option<Payload>,
    /// The place of the headers' schema.
    pub(super) headers: Option<String>,
    pub(super) correlation_id: Option<String>,
}

impl<'d> Message<'d> {
    pub(super) fn read(
        document: &Document<'_>,
        version: Version,
        found: &'d Found,
    ) -> Result<Self, Problem> {
        let place = found.place.as_str();
        let message = document.at(place);
        if message.members().is_none() {
            let found = format!("expected a message, found {}", message.describe());
            return Err(document.problem(place, found, "write an object with a `payload`"));
        }
        let payload = match message.get("payload") {
            Some(_) => Some(version.payload(document, place)?),
            None => None,
        };
        Ok(Self {
            name: &found.name,
            place,
            payload,
            headers: headers(document, place, message)?,
            correlation_id: correlation_id(document, place, message)?,
        })
    }

    /// Returns the place of the payload if it is an Avro schema.
    pub(super) fn avro_payload(&self) -> Option<&str> {
        let payload = self.payload.as_ref()?;
        (payload.language == Language::Avro).then_some(payload.place.as_str())
    }

    /// Returns the place of the payload if it is a JSON schema.
    pub(super) fn json_payload(&self) -> Option<&str> {
        let payload = self.payload.as_ref()?;
        (payload.language != Language::Avro).then_some(payload.place.as_str())
    }

    /// Replaces the documentation of the payload by that of the message, where it has any.
    pub(super) fn document(&self, document: &Document<'_>, docs: &mut Docs) {
        let summary = document.at(self.place).get("summary").and_then(Tree::text);
        docs.title = summary.map(str::to_owned).or(docs.title.take());
        docs.description = document.docs(self.place).description.or(docs.description.take());
    }
}

/// Returns the place of the headers' schema, if the message has headers.
fn headers(
    document: &Document<'_>,
    place: &str,
    message: &Tree,
) -> Result<Option<String>, Problem> {
    if message.get("headers").is_none() {
        return Ok(None);
    }
    let headers = format!("{place}/headers");
    match document.multi_format(&headers)? {
        None => Ok(Some(headers)),
        Some((Language::JsonSchema(_), schema)) => Ok(Some(schema)),
        Some((Language::Avro, _)) => Err(document.problem(
            format!("{headers}/schemaFormat"),
            "headers cannot be described by an Avro schema",
            "describe them as JSON Schema (`application/schema+json;version=draft-07`)",
        )),
    }
}

fn correlation_id(
    document: &Document<'_>,
    pointer: &str,
    message: &Tree,
) -> Result<Option<String>, Problem> {
    if message.get("correlationId").is_none() {
        return Ok(None);
    }
    let place = document.dereference(&format!("{pointer}/correlationId"))?;
    match document.at(&place).get("location") {
        Some(Tree::String(location)) if location.starts_with("$message.") => {
            Ok(Some(location.clone()))
        }
        Some(other) => Err(document.problem(
            format!("{place}/location"),
            format!("unsupported location {}", other.describe()),
            "write a runtime expression that starts with `$message.`",
        )),
        None => Err(document.problem(
            place,
            "the correlation id has no location",
            "add `location`, a runtime expression that starts with `$message.`",
        )),
    }
}
