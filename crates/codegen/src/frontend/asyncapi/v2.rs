//! AsyncAPI 2.x: the key of a channel is its address, and messages belong to its operations.

use super::super::json_schema::Document;
use super::channel::{self, Form};
use super::payload::{Format, Found, Payload};
use crate::error::Problem;
use crate::model::{Channel, Model};
use crate::tree::{Tree, escape};

/// The operations of a channel.
pub(super) const OPERATIONS: [&str; 2] = ["publish", "subscribe"];

/// Returns the messages of all channels and components, each once, with references resolved.
///
/// A message of the components is named after its key. A message defined in an operation is named after
/// its `messageId` or `name`, or otherwise after the operation.
pub(super) fn messages(document: &Document<'_>, problems: &mut Vec<Problem>) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    let mut add = |name: &dyn Fn(&str) -> String, place: &str| match document.resolve(place) {
        Ok(place) if found.iter().any(|known| known.place == place) => {}
        Ok(place) => found.push(Found { name: name(&place), place }),
        Err(problem) => problems.push(problem),
    };
    let channels = document.root.get("channels").and_then(Tree::members).unwrap_or_default();
    for (address, _) in channels {
        // An unresolved reference is reported when the channel is read.
        let channel = document.resolve(&format!("/channels/{}", escape(address)));
        let Ok(channel) = channel else { continue };
        for operation in OPERATIONS {
            let operation_place = format!("{channel}/{operation}");
            let place = format!("{operation_place}/message");
            let Some(message) = document.root.at(&place) else { continue };
            let branches = message.get("oneOf").and_then(Tree::items);
            let places = match branches {
                None => vec![place],
                Some(items) => {
                    (0..items.len()).map(|index| format!("{place}/oneOf/{index}")).collect()
                }
            };
            let id = document.root.at(&format!("{operation_place}/operationId"));
            let many = places.len() > 1;
            for (index, place) in places.iter().enumerate() {
                let otherwise = || {
                    let operation = id
                        .and_then(Tree::text)
                        .map_or_else(|| format!("{}_{operation}", words(address)), str::to_owned);
                    if many { format!("{operation}_{}", index + 1) } else { operation }
                };
                add(&|place| named(document, place).unwrap_or_else(otherwise), place);
            }
        }
    }
    let components = document.root.at("/components/messages").and_then(Tree::members);
    for (name, _) in components.unwrap_or_default() {
        let place = format!("/components/messages/{}", escape(name));
        add(&|place| named(document, place).unwrap_or_else(|| name.clone()), &place);
    }
    found
}

/// Returns the name of a message: its key in the components, its `messageId` or its `name`.
fn named(document: &Document<'_>, place: &str) -> Option<String> {
    if let Some(name) = place.strip_prefix("/components/messages/").filter(|n| !n.contains('/')) {
        return Some(name.replace("~1", "/").replace("~0", "~"));
    }
    let text = |key: &str| document.root.at(&format!("{place}/{key}")).and_then(Tree::text);
    text("messageId").or_else(|| text("name")).map(str::to_owned)
}

/// Returns the letters and digits of an address, separated by `_`.
fn words(address: &str) -> String {
    let is_word = |character: char| character.is_alphanumeric();
    address
        .split(|character| !is_word(character))
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join("_")
}

/// Returns the payload of the message at `place`. The message declares its format.
pub(super) fn payload(document: &Document<'_>, place: &str) -> Result<Payload, Problem> {
    let format = match document.root.at(place).and_then(|message| message.get("schemaFormat")) {
        None => Format::JsonSchema,
        Some(format) => Format::named(document, format, &format!("{place}/schemaFormat"))?,
    };
    Ok(Payload { place: format!("{place}/payload"), format })
}

/// Reads the channel with this address.
pub(super) fn channel(
    document: &Document<'_>,
    address: &str,
    model: &mut Model,
) -> Result<Channel, Problem> {
    let own = format!("/channels/{}", escape(address));
    let place = document.resolve(&own)?;
    let form = Form { name: address, address, address_place: own, values: "/schema" };
    channel::channel(document, &place, &form, model)
}
