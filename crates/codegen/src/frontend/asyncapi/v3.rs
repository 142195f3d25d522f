//! AsyncAPI 3.0: messages under channels that have an address.

use super::super::json_schema::Document;
use super::channel::{self, Form};
use super::message::{Format, Found, Payload};
use crate::error::Problem;
use crate::model::{Channel, Model};
use crate::tree::{Tree, escape};

/// The messages of all channels and of the components, each once, references followed.
pub(super) fn messages(document: &Document<'_>, problems: &mut Vec<Problem>) -> Vec<Found> {
    let channels = document.root.get("channels").and_then(Tree::members).unwrap_or_default();
    let lists = channels
        .iter()
        // A reference that leads nowhere is reported with the channel's address.
        .filter_map(|(name, _)| document.resolve(&format!("/channels/{}", escape(name))).ok())
        .map(|channel| format!("{channel}/messages"))
        .chain(["/components/messages".to_owned()]);
    let mut found: Vec<Found> = Vec::new();
    for list in lists {
        let members = document.root.at(&list).and_then(Tree::members).unwrap_or_default();
        for (name, _) in members {
            match document.resolve(&format!("{list}/{}", escape(name))) {
                Ok(place) if found.iter().any(|known| known.place == place) => {}
                Ok(place) => found.push(Found { name: name.clone(), place }),
                Err(problem) => problems.push(problem),
            }
        }
    }
    found
}

/// The payload of the message at `place`, with a format of its own where it has one.
pub(super) fn payload(document: &Document<'_>, place: &str) -> Result<Payload, Problem> {
    let mut payload = format!("{place}/payload");
    let tree = document.root.at(&payload).unwrap_or(&Tree::Null);
    let Some(format) = tree.get("schemaFormat") else {
        return Ok(Payload { place: payload, format: Format::JsonSchema });
    };
    let format = Format::named(document, format, &format!("{payload}/schemaFormat"))?;
    if tree.get("schema").is_none() {
        let found = "a payload with a format and no schema";
        return Err(document.problem(payload, found, "add `schema`"));
    }
    payload.push_str("/schema");
    Ok(Payload { place: payload, format })
}

/// The channel called `name`.
pub(super) fn channel(
    document: &Document<'_>,
    name: &str,
    model: &mut Model,
) -> Result<Channel, Problem> {
    let place = document.resolve(&format!("/channels/{}", escape(name)))?;
    let tree = document.root.at(&place).unwrap_or(&Tree::Null);
    let Some(address) = tree.get("address").and_then(Tree::text) else {
        return Err(document.problem(place, "a channel without an address", "add `address`"));
    };
    let address_place = format!("{place}/address");
    channel::channel(document, &place, &Form { name, address, address_place, values: "" }, model)
}
