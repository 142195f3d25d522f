//! The places of messages and of their payloads, and the languages of payloads.

use super::super::json_schema::Document;
use crate::error::Problem;
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
