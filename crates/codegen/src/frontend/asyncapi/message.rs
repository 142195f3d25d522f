//! Messages: what they carry, and how one message is told from another.

use super::super::json_schema::Document;
use super::Version;
use crate::error::Problem;
use crate::model::Docs;
use crate::tree::Tree;

/// A message that was found: its name, and where it is described.
pub(super) struct Found {
    pub(super) name: String,
    pub(super) place: String,
}

/// The schema of what a message carries.
pub(super) struct Payload {
    pub(super) place: String,
    pub(super) format: Format,
}

/// The language of a schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    /// JSON Schema, or an AsyncAPI schema object, which is one.
    JsonSchema,
    Avro,
}

impl Format {
    /// The format that `schemaFormat` names, a media type.
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
                format!("payloads in {}", format.describe()),
                "describe the payload as JSON Schema (`application/schema+json;version=draft-07`) or \
                 Avro (`application/vnd.apache.avro;version=1.9.0`)",
            ))
        }
    }
}

/// A message with a payload that can be read.
pub(super) struct Message<'d> {
    pub(super) name: &'d str,
    pub(super) place: &'d str,
    pub(super) payload: Payload,
    /// Where the schema of its headers stands.
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
            let found = "a message without a payload";
            return Err(document.problem(place, found, "give it a `payload` schema"));
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

    /// What is said of the message explains the event better than what is said of its payload.
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
            format!("the location {}", other.describe()),
            "write a runtime expression that starts with `$message.`",
        )),
        None => Err(document.problem(
            place,
            "a correlation id without a location",
            "add `location`, a runtime expression that starts with `$message.`",
        )),
    }
}
