//! The parts of a document by which two versions of it are compared.

use super::super::json_schema::{Document, Language, Registry};
use super::super::moved::Moved;
use super::found::{self, Found, definition};
use super::message::Message;
use super::payload::Payload;
use super::traits::{self, Merged};
use super::version::Version;
use super::{embedded, v2};
use crate::error::Problem;
use crate::tree::{Tree, escape};
use std::collections::BTreeMap;

/// A document with the traits of its messages merged into them.
pub(crate) struct Whole {
    /// The changed documents by name.
    pub(crate) documents: BTreeMap<String, Tree>,
    version: Version,
    moved: Moved,
}

/// Channels, operations and messages, in the order of the document.
pub(crate) struct Outline {
    /// True for AsyncAPI 3, in which the key of a channel is not its address.
    pub(crate) has_addresses: bool,
    pub(crate) channels: Vec<ChannelOutline>,
    pub(crate) operations: Vec<OperationOutline>,
    pub(crate) messages: Vec<MessageOutline>,
}

pub(crate) struct ChannelOutline {
    pub(crate) name: String,
    pub(crate) place: String,
    /// The address, unless it is unknown.
    pub(crate) address: Option<String>,
    /// The names and the places of the schemas of the address's parameters.
    pub(crate) parameters: Vec<(String, String)>,
    /// Names of messages.
    pub(crate) messages: Vec<String>,
}

pub(crate) struct OperationOutline {
    /// The key in AsyncAPI 3. In 2.x an operation is known by its channel alone.
    pub(crate) name: Option<String>,
    pub(crate) place: String,
    /// True if the application receives the messages, and false if it sends them.
    pub(crate) receives: bool,
    /// The name of the channel, if the document has it.
    pub(crate) channel: Option<String>,
    /// Names of messages.
    pub(crate) messages: Vec<String>,
}

pub(crate) struct MessageOutline {
    pub(crate) name: String,
    pub(crate) place: String,
    pub(crate) payload: Option<PayloadOutline>,
    /// The place of the headers' schema.
    pub(crate) headers: Option<String>,
    pub(crate) correlation_id: Option<String>,
    pub(crate) content_type: Option<String>,
}

pub(crate) enum PayloadOutline {
    /// The place of a JSON schema.
    Json(String),
    /// The place of an Avro schema, and the schema with its references replaced.
    Avro(String, Tree),
}

impl Whole {
    pub(crate) fn of(
        file: &str,
        document: &Tree,
        others: &Registry<'_>,
    ) -> Result<Self, Vec<Problem>> {
        let plain = Document::asyncapi(file, document, others);
        let version = Version::of(&plain).map_err(|problem| vec![problem])?;
        let Merged { documents, moved, problems } = traits::merged(&plain, version);
        if problems.is_empty() { Ok(Self { documents, version, moved }) } else { Err(problems) }
    }

    /// Returns the outline of the merged document.
    pub(crate) fn outline(&mut self, document: &Document<'_>) -> Result<Outline, Vec<Problem>> {
        let mut problems = Vec::new();
        let mut found = self.version.messages(document, &mut problems);
        found::tell_apart(&mut found);
        let mut messages = Vec::new();
        for found in &found {
            match self.message(document, found) {
                Ok(message) => messages.push(message),
                Err(problem) => problems.push(problem),
            }
        }
        let names = Names::of(document, &found);
        let has_addresses = self.version == Version::V3;
        let (channels, operations) = match self.version {
            Version::V2 => names.channels_of_v2(),
            Version::V3 => names.channels_of_v3(),
        };
        if problems.is_empty() {
            Ok(Outline { has_addresses, channels, operations, messages })
        } else {
            Err(problems)
        }
    }

    /// Returns the pointer at which a part of the merged document was written, or `None` if that is in
    /// another document.
    pub(crate) fn written(&self, document: &Document<'_>, place: &str) -> Option<String> {
        let origin = self.moved.origin(document, place);
        let (file, pointer) = document.split(origin.as_deref().unwrap_or(place));
        (file == document.file).then(|| pointer.to_owned())
    }

    fn message(
        &mut self,
        document: &Document<'_>,
        found: &Found,
    ) -> Result<MessageOutline, Problem> {
        let Message { payload, headers, correlation_id, .. } =
            Message::read(document, self.version, found)?;
        let payload = match payload {
            None => None,
            Some(Payload { place, language: Language::Avro }) => {
                let schema = embedded::expanded(document, &place, &mut self.moved)?;
                Some(PayloadOutline::Avro(place, schema))
            }
            Some(Payload { place, .. }) => Some(PayloadOutline::Json(place)),
        };
        let own = document.at(&found.place).get("contentType");
        let content_type = own.or_else(|| document.root.get("defaultContentType"));
        Ok(MessageOutline {
            name: found.name.clone(),
            place: found.place.clone(),
            payload,
            headers,
            correlation_id,
            content_type: content_type.and_then(Tree::text).map(str::to_owned),
        })
    }
}

/// The names of the messages, by their places.
struct Names<'n, 'd> {
    document: &'n Document<'d>,
    names: BTreeMap<&'n str, &'n str>,
}

impl<'n, 'd> Names<'n, 'd> {
    fn of(document: &'n Document<'d>, found: &'n [Found]) -> Self {
        let names = found.iter().map(|found| (found.place.as_str(), found.name.as_str()));
        Self { document, names: names.collect() }
    }

    /// Returns the names of the messages at some places.
    fn at(&self, places: impl IntoIterator<Item = String>) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        for place in places {
            // An unresolved reference is reported when the messages are read.
            let Ok(place) = definition(self.document, &place) else { continue };
            let name = self.names.get(place.as_str()).map(|name| (*name).to_owned());
            names.extend(name.filter(|name| !names.contains(name)));
        }
        names
    }

    /// Returns the keys of the channels, and where the channels are defined.
    fn channels(&self) -> Vec<(String, String)> {
        let channels = self.document.root.get("channels").and_then(Tree::members);
        let place = |(name, _): &(String, Tree)| {
            let place = definition(self.document, &format!("/channels/{}", escape(name))).ok()?;
            Some((name.clone(), place))
        };
        channels.unwrap_or_default().iter().filter_map(place).collect()
    }

    fn parameters(&self, channel: &str, schema: &str) -> Vec<(String, String)> {
        let parameters = self.document.at(&format!("{channel}/parameters")).members();
        let place = |(name, _): &(String, Tree)| {
            let place = format!("{channel}/parameters/{}", escape(name));
            let place = self.document.dereference(&place).ok()? + schema;
            self.document.find(&place).is_some().then(|| (name.clone(), place))
        };
        parameters.unwrap_or_default().iter().filter_map(place).collect()
    }

    fn channels_of_v2(&self) -> (Vec<ChannelOutline>, Vec<OperationOutline>) {
        let (mut channels, mut operations) = (Vec::new(), Vec::new());
        for (name, place) in self.channels() {
            let mut messages: Vec<String> = Vec::new();
            for key in v2::OPERATIONS {
                let operation = format!("{place}/{key}");
                if self.document.find(&operation).is_none() {
                    continue;
                }
                let own = self.at(v2::message_places(self.document, &operation));
                messages.extend(
                    own.iter().filter(|name| !messages.contains(name)).cloned().collect::<Vec<_>>(),
                );
                operations.push(OperationOutline {
                    name: None,
                    place: operation,
                    // A client publishes what the application receives.
                    receives: key == "publish",
                    channel: Some(name.clone()),
                    messages: own,
                });
            }
            let parameters = self.parameters(&place, "/schema");
            let address = Some(name.clone());
            channels.push(ChannelOutline { name, place, address, parameters, messages });
        }
        (channels, operations)
    }

    fn channels_of_v3(&self) -> (Vec<ChannelOutline>, Vec<OperationOutline>) {
        let document = self.document;
        let members = |place: &str| -> Vec<String> {
            let members = document.at(place).members().unwrap_or_default().iter();
            members.map(|(name, _)| format!("{place}/{}", escape(name))).collect()
        };
        let channels: Vec<ChannelOutline> = self
            .channels()
            .into_iter()
            .map(|(name, place)| ChannelOutline {
                address: document.at(&place).get("address").and_then(Tree::text).map(str::to_owned),
                parameters: self.parameters(&place, ""),
                messages: self.at(members(&format!("{place}/messages"))),
                name,
                place,
            })
            .collect();
        let operations = document.root.get("operations").and_then(Tree::members);
        let operation = |(name, _): &(String, Tree)| {
            let place = definition(document, &format!("/operations/{}", escape(name))).ok()?;
            let of_channel = definition(document, &format!("{place}/channel")).ok();
            let channel =
                channels.iter().find(|channel| Some(&channel.place) == of_channel.as_ref());
            let list = format!("{place}/messages");
            let messages = match document.at(&list).items() {
                Some(items) => self.at((0..items.len()).map(|index| format!("{list}/{index}"))),
                // All messages of the channel.
                None => channel.map(|channel| channel.messages.clone()).unwrap_or_default(),
            };
            Some(OperationOutline {
                name: Some(name.clone()),
                receives: document.at(&place).get("action").and_then(Tree::text) == Some("receive"),
                place,
                channel: channel.map(|channel| channel.name.clone()),
                messages,
            })
        };
        let operations = operations.unwrap_or_default().iter().filter_map(operation).collect();
        (channels, operations)
    }
}
