//! Messages: names, payloads, headers and correlation ids.

use super::super::json_schema::Document;
use super::Version;
use crate::error::Problem;
use crate::model::Docs;
use crate::tree::Tree;

/// The name and the place of a message.
pub(super) struct Found {
    pub(super) name: String,
    pub(super) place: String,
}

/// The payload schema of a message.
pub(super) struct Payload {
    pub(super) place: String,
    pub(super) format: Format,
}

/// The language of a schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    /// JSON Schema, including AsyncAPI schema objects.
    JsonSchema,
    Avro,
}

impl Format {
    /// Returns the format of a media type in `schemaFormat`.
    pub(super) fn named(
        document: &Document<'_>,
        format: &Tree,
        place: &str,
    ) -> Result<Self, Problem> {
        let text = format.text().unwrap_or_default();
        if text.contains("schema+json")
            || text.contains("schema+yaml")
            || text.contains("vnd.aai.asyncapi")
        {
            Ok(Self::JsonSchema)
        } else if text.contains("vnd.apache.avro") {
            Ok(Self::Avro)
        } else {
            Err(document.problem(
                place,
                format!("unsupported payload format {}", format.describe()),
                "describe the payload as JSON Schema (`application/schema+json;version=draft-07`) or \
                 Avro (`application/vnd.apache.avro;version=1.9.0`)",
            ))
        }
    }
}

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
