//! Component schemas, each of which is a type, whether or not a message refers to it.

use super::super::json_schema::{Document, Language, SCHEMA_FORMAT};
use super::super::kind::is_avro_schema;
use super::message::Message;
use crate::tree::{Tree, escape};
use std::collections::BTreeSet;

/// The place of the component schemas.
const SCHEMAS: &str = "/components/schemas";

/// Returns the places of the component schemas of a document that are JSON schemas.
pub(super) fn schemas(document: &Document<'_>, messages: &[Message<'_>]) -> Vec<String> {
    let schemas = document.root.at(SCHEMAS).and_then(Tree::members).unwrap_or_default();
    let avro = parts_of_avro(document, messages);
    let place = |(name, schema): &(String, Tree)| {
        let place = format!("{SCHEMAS}/{}", escape(name));
        if schema.get(SCHEMA_FORMAT).is_some() {
            // Schemas of other languages are there for their own tools.
            return match document.multi_format(&place) {
                Ok(Some((Language::JsonSchema(_), inside))) => Some(inside),
                _ => None,
            };
        }
        let is_avro = avro.contains(&document.absolute(&place)) || is_avro_schema("", schema);
        (!is_avro).then_some(place)
    };
    schemas.iter().filter_map(place).collect()
}

/// Returns the places that Avro payloads refer to. In 2.x such a part does not name its language.
fn parts_of_avro(document: &Document<'_>, messages: &[Message<'_>]) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let payloads = messages.iter().filter_map(Message::avro_payload);
    let mut open: Vec<String> = payloads.map(|place| document.absolute(place)).collect();
    while let Some(place) = open.pop() {
        if !found.insert(place.clone()) {
            continue;
        }
        let schema = document.at(&place);
        if schema.get("$ref").is_some() {
            // An unresolved reference is reported when the payload is read.
            open.extend(document.dereference(&place).map(|target| document.absolute(&target)).ok());
        }
        let members = schema.members().unwrap_or_default().iter();
        open.extend(members.map(|(key, _)| format!("{place}/{}", escape(key))));
        let items = schema.items().map_or(0, <[Tree]>::len);
        open.extend((0..items).map(|index| format!("{place}/{index}")));
    }
    found
}
