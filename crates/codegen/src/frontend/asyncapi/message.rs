//! Messages: names, payloads, headers and correlation ids.

use super::super::json_schema::Document;
use super::payload::{Format, Found, Payload};
use super::version::Version;
use crate::error::Problem;
use crate::model::Docs;
use crate::tree::Tree;

/// A message with a supported payload.
pub(super) struct Message<'d> {
    pub(super) name: &'d str,
    pub(super) place: &'d str,
    pub(super) payload: Payload,
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
        let message = document.root.at(place).unwrap_or(&Tree::Null);
        if message.get("payload").is_none() {
            let message = "the message has no payload";
            return Err(document.problem(place, message, "add a `payload` schema"));
        }
        let mut payload = version.payload(document, place)?;
        if payload.format == Format::Avro {
            payload.place = document.resolve(&payload.place)?;
        }
        Ok(Self {
            name: &found.name,
            place,
            payload,
            headers: message.get("headers").map(|_| format!("{place}/headers")),
            correlation_id: correlation_id(document, place, message)?,
        })
    }

    /// Replaces the documentation of the payload by that of the message, where it has any.
    pub(super) fn document(&self, document: &Document<'_>, docs: &mut Docs) {
        let summary = document.root.at(&format!("{}/summary", self.place)).and_then(Tree::text);
        docs.title = summary.map(str::to_owned).or(docs.title.take());
        docs.description = document.docs(self.place).description.or(docs.description.take());
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
    let place = document.resolve(&format!("{pointer}/correlationId"))?;
    match document.root.at(&format!("{place}/location")) {
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
