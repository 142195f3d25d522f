//! AsyncAPI 3.0: channels declare their address, and messages belong to channels.

use super::super::json_schema::Document;
use super::channel::{self, Form};
use super::payload::{Format, Found, Payload};
use crate::error::Problem;
use crate::model::{Channel, Model};
use crate::tree::{Tree, escape};

/// Returns the messages of all channels and components, each once, with references resolved.
pub(super) fn messages(document: &Document<'_>, problems: &mut Vec<Problem>) -> Vec<Found> {
    let channels = document.root.get("channels").and_then(Tree::members).unwrap_or_default();
    let lists = channels
        .iter()
        // An unresolved reference is reported when the channel is read.
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

/// Returns the payload of the message at `place`. The payload may declare its format.
pub(super) fn payload(document: &Document<'_>, place: &str) -> Result<Payload, Problem> {
    let mut payload = format!("{place}/payload");
    let tree = document.root.at(&payload).unwrap_or(&Tree::Null);
    let Some(format) = tree.get("schemaFormat") else {
        return Ok(Payload { place: payload, format: Format::JsonSchema });
    };
    let format = Format::named(document, format, &format!("{payload}/schemaFormat"))?;
    if tree.get("schema").is_none() {
        let message = "the payload has a `schemaFormat` but no `schema`";
        return Err(document.problem(payload, message, "add `schema`"));
    }
    payload.push_str("/schema");
    Ok(Payload { place: payload, format })
}

/// Reads the channel called `name`.
pub(super) fn channel(
    document: &Document<'_>,
    name: &str,
    model: &mut Model,
) -> Result<Channel, Problem> {
    let place = document.resolve(&format!("/channels/{}", escape(name)))?;
    let tree = document.root.at(&place).unwrap_or(&Tree::Null);
    let Some(address) = tree.get("address").and_then(Tree::text) else {
        return Err(document.problem(place, "the channel has no address", "add `address`"));
    };
    let address_place = format!("{place}/address");
    channel::channel(document, &place, &Form { name, address, address_place, values: "" }, model)
}
