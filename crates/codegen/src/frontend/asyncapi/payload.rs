//! Payloads of messages: the places and the languages of their schemas.

use super::super::json_schema::{Document, Language};
use crate::error::Problem;
use crate::options::Draft;

/// The payload schema of a message.
pub(super) struct Payload {
    /// A JSON schema, which may be a reference, or an Avro schema, which is not.
    pub(super) place: String,
    pub(super) language: Language,
}

impl Payload {
    /// Returns the payload at a place without a declared language, which is an AsyncAPI schema object.
    pub(super) fn asyncapi(document: &Document<'_>, place: String) -> Result<Self, Problem> {
        let target = document.dereference(&place)?;
        if document.split(&target).0.ends_with(".avsc") {
            return Err(document.problem(
                place,
                "an Avro payload without its `schemaFormat`",
                "declare the format `application/vnd.apache.avro;version=1.9.0`",
            ));
        }
        Ok(Self { place, language: Language::JsonSchema(Draft::Draft07) })
    }

    /// Returns the payload at a place whose language is known.
    pub(super) fn new(
        document: &Document<'_>,
        place: String,
        language: Language,
    ) -> Result<Self, Problem> {
        let place = match language {
            Language::JsonSchema(_) => place,
            Language::Avro => document.dereference(&place)?,
        };
        Ok(Self { place, language })
    }
}
