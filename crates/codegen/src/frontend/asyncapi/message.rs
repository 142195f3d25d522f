//! Messages: names, payloads, headers and correlation ids.

use super::super::json_schema::{Document, Language};
use super::Version;
use crate::error::Problem;
use crate::model::Docs;
use crate::options::Draft;
use crate::tree::Tree;
use std::collections::BTreeMap;

/// The name and the place of a message.
pub(super) struct Found {
    pub(super) name: String,
    pub(super) place: String,
    /// Names of the channel, or of channel and operation, that contain the message, shortest first.
    pub(super) around: Vec<String>,
}

/// Returns the place of the message that is defined at `place` or referred to there, in the form that is the
/// same for every reference.
pub(super) fn definition(document: &Document<'_>, place: &str) -> Result<String, Problem> {
    let target = document.dereference(place)?;
    let (file, pointer) = document.split(&target);
    Ok(if file == document.file { pointer.to_owned() } else { target })
}

/// Adds the names of their channels to messages that share a name.
pub(super) fn tell_apart(found: &mut [Found]) {
    for level in 0.. {
        let mut count: BTreeMap<String, usize> = BTreeMap::new();
        for message in found.iter() {
            *count.entry(message.qualified(level)).or_default() += 1;
        }
        let mut is_longer_name_left = false;
        for message in found.iter_mut() {
            if count[&message.qualified(level)] > 1 {
                is_longer_name_left |= message.around.len() > level;
            } else {
                message.around.truncate(level);
            }
        }
        if !is_longer_name_left {
            break;
        }
    }
    for message in found {
        message.name = message.qualified(usize::MAX);
    }
}

impl Found {
    /// Returns the name after up to `level` extensions.
    fn qualified(&self, level: usize) -> String {
        match self.around[..self.around.len().min(level)].last() {
            Some(around) => format!("{around}_{}", self.name),
            None => self.name.clone(),
        }
    }
}

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
