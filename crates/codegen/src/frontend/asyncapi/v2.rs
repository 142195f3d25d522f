//! AsyncAPI 2.x: the key of a channel is its address, and messages belong to its operations.

use super::super::json_schema::Document;
use super::channel::{self, Form};
use super::found::{Found, definition, words};
use super::payload::Payload;
use crate::error::Problem;
use crate::model::{Channel, Model};
use crate::tree::{Tree, escape, unescape};
use crate::version::split_version;

/// The operations of a channel.
pub(super) const OPERATIONS: [&str; 2] = ["publish", "subscribe"];

/// Returns the messages of all channels and components, each once, with references resolved.
///
/// A message of the components is named after its key. A message defined in an operation is named after
/// its `messageId` or `name`, or otherwise after the operation.
pub(super) fn messages(document: &Document<'_>, problems: &mut Vec<Problem>) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    let mut add = |place: Result<String, Problem>,
                   around: Vec<String>,
                   name: &dyn Fn(&str) -> String| match place {
        Ok(place) if found.iter().any(|known| known.place == place) => {}
        Ok(place) => found.push(Found { name: name(&place), place, around }),
        Err(problem) => problems.push(problem),
    };
    let channels = document.root.get("channels").and_then(Tree::members).unwrap_or_default();
    for (address, _) in channels {
        // An unresolved reference is reported when the channel is read.
        let channel = document.dereference(&format!("/channels/{}", escape(address)));
        let Ok(channel) = channel else { continue };
        for operation in OPERATIONS {
            let operation_place = format!("{channel}/{operation}");
            let own = document.at(&operation_place);
            if own.get("message").is_none() {
                continue;
            }
            let places = message_places(document, &operation_place);
            let address = words(address);
            let qualified = format!("{address}_{operation}");
            let id = own.get("operationId").and_then(Tree::text).unwrap_or(&qualified);
            let many = places.len() > 1;
            for (index, place) in places.iter().enumerate() {
                let otherwise = || if many { format!("{id}_{}", index + 1) } else { id.to_owned() };
                let around = vec![address.clone(), qualified.clone()];
                add(definition(document, place), around, &|at| {
                    named(document, place, at).unwrap_or_else(otherwise)
                });
            }
        }
    }
    let components = document.root.at("/components/messages").and_then(Tree::members);
    for (name, _) in components.unwrap_or_default() {
        let place = format!("/components/messages/{}", escape(name));
        add(definition(document, &place), Vec::new(), &|at| {
            named(document, &place, at).unwrap_or_else(|| name.clone())
        });
    }
    found
}

/// Returns the places of the messages of an operation.
pub(super) fn message_places(document: &Document<'_>, operation: &str) -> Vec<String> {
    let message = format!("{operation}/message");
    if document.find(&message).is_none() {
        return Vec::new();
    }
    // The alternatives may be defined elsewhere.
    let alternatives = document.dereference(&message).ok();
    match alternatives.filter(|at| document.at(at).get("oneOf").is_some()) {
        None => vec![message],
        Some(at) => {
            let count = document.at(&format!("{at}/oneOf")).items().map_or(0, <[Tree]>::len);
            (0..count).map(|index| format!("{at}/oneOf/{index}")).collect()
        }
    }
}

/// Returns the name of the message at `place`, which was reached from `use_place`: its key in the
/// components, its `messageId`, its `name`, or the key under which another document defines it.
fn named(document: &Document<'_>, use_place: &str, place: &str) -> Option<String> {
    let (file, pointer) = document.split(place);
    if let Some(name) = pointer.strip_prefix("/components/messages/").filter(|n| !n.contains('/')) {
        return Some(unescape(name));
    }
    let message = document.at(place);
    let text = |key: &str| message.get(key).and_then(Tree::text);
    let own = text("messageId").or_else(|| text("name")).map(str::to_owned);
    own.or_else(|| {
        let is_elsewhere = file != document.file && place != use_place;
        is_elsewhere.then(|| match pointer.rsplit_once('/') {
            Some((_, key)) => unescape(key),
            None => document_name(file),
        })
    })
}

/// Returns the name of a document without its folder and extension.
fn document_name(file: &str) -> String {
    let name = file.rsplit('/').next().unwrap_or(file);
    split_version(name.rsplit_once('.').map_or(name, |(stem, _)| stem)).0
}

/// Returns the payload of the message at `place`. The message declares its format.
pub(super) fn payload(document: &Document<'_>, place: &str) -> Result<Payload, Problem> {
    let payload = format!("{place}/payload");
    match document.language(place)? {
        Some(language) => Payload::new(document, payload, language),
        None => Payload::asyncapi(document, payload),
    }
}

/// Reads the channel with this address.
pub(super) fn channel(
    document: &Document<'_>,
    address: &str,
    model: &mut Model,
) -> Result<Channel, Problem> {
    let own = format!("/channels/{}", escape(address));
    let place = document.dereference(&own)?;
    let form = Form { name: address, address, address_place: own, values: "/schema" };
    channel::channel(document, &place, &form, model)
}
