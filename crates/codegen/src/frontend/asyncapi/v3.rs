//! AsyncAPI 3.x: channels declare their address, and messages belong to channels.

use super::super::json_schema::{Document, Language, SCHEMA_FORMAT};
use super::channel::{self, Form};
use super::found::{Found, definition, words};
use super::payload::Payload;
use crate::error::Problem;
use crate::model::{Channel, Model};
use crate::tree::{Tree, escape};

/// Returns the messages of all channels and components, each once, with references resolved.
pub(super) fn messages(document: &Document<'_>, problems: &mut Vec<Problem>) -> Vec<Found> {
    let channels = document.root.get("channels").and_then(Tree::members).unwrap_or_default();
    let lists = channels
        .iter()
        // An unresolved reference is reported when the channel is read.
        .filter_map(|(name, _)| {
            let channel = document.dereference(&format!("/channels/{}", escape(name))).ok()?;
            Some((format!("{channel}/messages"), vec![words(name)]))
        })
        .chain([("/components/messages".to_owned(), Vec::new())]);
    let mut found: Vec<Found> = Vec::new();
    for (list, around) in lists {
        let members = document.at(&list).members().unwrap_or_default();
        for (name, _) in members {
            match definition(document, &format!("{list}/{}", escape(name))) {
                Ok(place) if found.iter().any(|known| known.place == place) => {}
                Ok(place) => {
                    found.push(Found { name: name.clone(), place, around: around.clone() });
                }
                Err(problem) => problems.push(problem),
            }
        }
    }
    found
}

/// Returns the payload of the message at `place`. The payload may declare its format.
pub(super) fn payload(document: &Document<'_>, place: &str) -> Result<Payload, Problem> {
    if document.at(place).get(SCHEMA_FORMAT).is_some() {
        return Err(document.problem(
            format!("{place}/{SCHEMA_FORMAT}"),
            "in AsyncAPI 3, a message has no `schemaFormat`",
            "write `\"payload\": {\"schemaFormat\": …, \"schema\": …}`",
        ));
    }
    let payload = document.absolute(&format!("{place}/payload"));
    let target = document.dereference(&payload)?;
    match document.multi_format(&target)? {
        Some((language, schema)) if language == Language::Avro || target == payload => {
            Payload::new(document, schema, language)
        }
        Some((language, _)) => Payload::new(document, payload, language),
        None => Payload::asyncapi(document, payload),
    }
}

/// Reads the channel called `name`. Its address is unknown if it is null or absent.
pub(super) fn channel(
    document: &Document<'_>,
    name: &str,
    model: &mut Model,
) -> Result<Option<Channel>, Problem> {
    let place = document.dereference(&format!("/channels/{}", escape(name)))?;
    let address_place = format!("{place}/address");
    let address = match document.at(&place).get("address") {
        None | Some(Tree::Null) => return Ok(None),
        Some(Tree::String(address)) => address,
        Some(other) => {
            let message = format!("expected an address, found {}", other.describe());
            return Err(document.problem(address_place, message, "write a string, or null"));
        }
    };
    let form = Form { name, address, address_place, values: "" };
    channel::channel(document, &place, &form, model).map(Some)
}
