//! Frontend for AsyncAPI 2.0 to 2.6, 3.0 and 3.1: channels, their parameters, messages and component
//! schemas.
//!
//! Every message with a payload becomes an event, and its headers and each component schema become a type. The
//! schemas are read by the frontend of their format: JSON Schema, which includes AsyncAPI schema objects (draft-07 with
//! additional annotations), or Avro. Messages, traits, channels and schemas may be defined in other
//! documents.

mod channel;
mod components;
mod embedded;
mod found;
mod message;
#[cfg(feature = "evolution")]
pub(crate) mod outline;
mod payload;
mod traits;
mod v2;
mod v3;
mod version;

use super::avro;
use super::json_schema::{Document, Known, Language, Registry, Rules, Types};
use super::moved::Moved;
use super::outcome;
use crate::error::Problem;
use crate::model::Model;
use crate::tree::{Tree, escape};
use message::Message;
use payload::Payload;
use std::collections::BTreeSet;
use traits::Merged;
use version::Version;

pub(crate) use embedded::avro_schemas;

/// The contents of a run that a document may refer to.
pub(crate) struct Others<'o> {
    pub(crate) documents: &'o Registry<'o>,
    /// The named types of all Avro schemas.
    pub(crate) avro_types: &'o avro::Collection,
}

/// Adds the messages and channels of `document` to `model`. `published` is the same document without
/// its deviations.
pub(crate) fn read(
    file: &str,
    published: &Tree,
    document: &Tree,
    others: &Others<'_>,
    known: &mut Known,
    model: &mut Model,
) -> Result<(), Vec<Problem>> {
    let Others { documents: others, avro_types } = *others;
    let plain = Document::asyncapi(file, document, others);
    let version = Version::of(&plain).map_err(|problem| vec![problem])?;
    let merged_published = traits::merged(&Document::asyncapi(file, published, others), version);
    let published = merged_published.documents.get(file).unwrap_or(published);
    let Merged { documents, mut moved, problems } = traits::merged(&plain, version);
    let changed = others.with(&documents);
    let others = changed.as_ref().unwrap_or(others);
    let document = Document::asyncapi(file, documents.get(file).unwrap_or(document), others);
    let mut reader =
        Reader { document: &document, published, version, avro_types, moved: &mut moved, problems };
    reader.read(known, model);
    let Reader { problems, .. } = reader;
    if problems.is_empty() {
        return Ok(());
    }
    // The text of a copied part is at its origin.
    Err(problems.into_iter().map(|problem| moved.back(&plain, problem)).collect())
}

/// Reads a document whose traits are merged.
struct Reader<'d> {
    document: &'d Document<'d>,
    published: &'d Tree,
    version: Version,
    avro_types: &'d avro::Collection,
    moved: &'d mut Moved,
    problems: Vec<Problem>,
}

impl<'d> Reader<'d> {
    fn read(&mut self, known: &mut Known, model: &mut Model) {
        let document = self.document;
        let mut found = self.version.messages(document, &mut self.problems);
        found::tell_apart(&mut found);
        let parts = document.root.get("components").and_then(Tree::members);
        // A document of other components is there for those that refer to it.
        let is_library = parts.unwrap_or_default().iter().any(|(key, _)| key != "messages");
        let is_empty = found.is_empty() && !is_library;
        if is_empty && self.problems.is_empty() {
            // The messages may be in a channel that is not there.
            let channels = document.root.get("channels").and_then(Tree::members);
            let places = channels.unwrap_or_default().iter();
            let places = places.map(|(name, _)| format!("/channels/{}", escape(name)));
            self.problems.extend(places.filter_map(|place| document.dereference(&place).err()));
        }
        if is_empty && self.problems.is_empty() {
            let help = "define messages under `channels` or `components`";
            self.problems.push(document.problem("", "the document defines no messages", help));
        }
        let mut messages = Vec::new();
        for found in &found {
            match Message::read(document, self.version, found) {
                Ok(message) => messages.push(message),
                Err(problem) => self.problems.push(problem),
            }
        }
        let mut rules = Rules::new(document).knowing(known);
        for message in &messages {
            if let Some(place) = message.json_payload() {
                let rule = rules.rule(place, model);
                self.problems.extend(document.lint_event(place, rule, model));
            }
            if let Some(headers) = &message.headers {
                rules.rule(headers, model);
            }
        }
        let components = components::schemas(document, &messages);
        for component in &components {
            rules.rule(component, model);
        }
        self.problems.append(&mut rules.problems);
        let roots: Vec<&str> = messages.iter().filter_map(Message::json_payload).collect();
        self.problems.extend(document.misplaced_outcomes(rules.places(), &roots));
        for message in &messages {
            let (file, pointer) = document.split(message.place);
            let annotated = document.at(message.place);
            self.problems.extend(outcome::misplaced(file, pointer, annotated));
        }
        if !self.problems.is_empty() {
            return;
        }
        let mut types = Types::new(document, &mut rules);
        types.shared = shared_payloads(document, &messages);
        for message in &messages {
            self.event(message, &mut types, model);
            if let Some(headers) = &message.headers {
                types.part(headers, &format!("{}_headers", message.name), model);
            }
        }
        for component in &components {
            types.definition(component, model);
        }
        self.problems.append(&mut types.problems);
        self.problems.append(&mut rules.problems);
        *known = rules.into_known();
        for (name, _) in document.root.get("channels").and_then(Tree::members).unwrap_or_default() {
            match self.version.channel(document, name, model) {
                Ok(channel) => model.channels.extend(channel),
                Err(problem) => self.problems.push(problem),
            }
        }
    }

    /// Adds the event of a message, if the message has a payload.
    fn event(&mut self, message: &Message<'_>, types: &mut Types<'d, '_>, model: &mut Model) {
        let contract = match &message.payload {
            None => None,
            Some(Payload { place, language: Language::Avro }) => {
                self.avro(message.name, place, model)
            }
            Some(Payload { place, .. }) => self.json(message.name, place, types, model),
        };
        if contract.is_none() {
            return;
        }
        let Some(contract) = model.contracts.last_mut() else { return };
        let version = self.document.root.at("/info/version").and_then(Tree::text);
        contract.version = version.map(str::to_owned);
        contract.correlation_id = message.correlation_id.clone();
        let root = contract.root;
        message.document(self.document, &mut model[root].docs);
    }

    /// Adds an event whose payload is a JSON schema.
    fn json(
        &mut self,
        name: &str,
        place: &str,
        types: &mut Types<'d, '_>,
        model: &mut Model,
    ) -> Option<()> {
        let document = self.document;
        let root = types.root(place, name, model)?;
        let rule = model[root].rule;
        let note = document.event_note(place, rule, model);
        model[root].docs.notes.extend(note);
        let result = document.contract(name.to_owned(), place, self.published, root, model);
        result.map_err(|more| self.problems.extend(more)).ok()
    }

    /// Adds an event whose payload is an Avro schema.
    fn avro(&mut self, name: &str, place: &str, model: &mut Model) -> Option<()> {
        let document = self.document;
        let schema = match embedded::expanded(document, place, self.moved) {
            Ok(schema) => schema,
            Err(problem) => {
                self.problems.push(problem);
                return None;
            }
        };
        let (file, pointer) = document.split(place);
        // Only this document has a published form of its own. References in it lead to the same parts.
        let published = self.published.at(pointer).filter(|_| file == document.file);
        let differs = published.is_some_and(|published| published != document.at(place));
        let published = published.filter(|_| differs).unwrap_or(&schema);
        let schemas = (published, &schema);
        match avro::read_at(file, pointer, name, schemas, self.avro_types, model) {
            Ok(avro::Read::Contract) => Some(()),
            Ok(avro::Read::Repeated) => None,
            Err(more) => {
                self.problems.extend(more);
                None
            }
        }
    }
}

/// Returns the payload schemas that several messages refer to. Each of these messages becomes a separate
/// type, named after the message.
fn shared_payloads(document: &Document<'_>, messages: &[Message<'_>]) -> BTreeSet<String> {
    let mut seen = BTreeSet::new();
    let places = messages.iter().filter_map(Message::json_payload);
    let targets = places.filter_map(|place| document.resolve(place).ok());
    let shared = targets.filter(|target| !seen.insert(target.clone()));
    shared.map(|target| document.split(&target).1.to_owned()).collect()
}
