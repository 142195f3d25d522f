//! Frontend for AsyncAPI 2.x and 3.0: channels, their parameters, messages and component schemas.
//!
//! Every message becomes an event, and its headers become a type. The schemas are read by the frontend
//! of their format: JSON Schema, which includes AsyncAPI schema objects (draft-07 with additional
//! annotations), or Avro.

mod channel;
mod message;
mod traits;
mod v2;
mod v3;

use super::avro;
use super::json_schema::{Document, Registry, Rules, Types};
use crate::error::Problem;
use crate::model::{Channel, Contract, Encoding, Model, Scope};
use crate::tree::Tree;
use message::{Format, Found, Message, Payload};
use std::collections::BTreeSet;

/// The major versions of the specification.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Version {
    V2,
    V3,
}

impl Version {
    fn of(document: &Document<'_>) -> Result<Self, Problem> {
        let version = document.root.get("asyncapi").unwrap_or(&Tree::Null);
        match version.text().and_then(|version| version.split_once('.')) {
            Some(("2", _)) => Ok(Self::V2),
            Some(("3", _)) => Ok(Self::V3),
            _ => Err(document.problem(
                "/asyncapi",
                format!("unsupported AsyncAPI version {}", version.describe()),
                "write the document in AsyncAPI 2.6.0 or 3.0.0",
            )),
        }
    }

    fn messages(self, document: &Document<'_>, problems: &mut Vec<Problem>) -> Vec<Found> {
        match self {
            Self::V2 => v2::messages(document, problems),
            Self::V3 => v3::messages(document, problems),
        }
    }

    fn payload(self, document: &Document<'_>, place: &str) -> Result<Payload, Problem> {
        match self {
            Self::V2 => v2::payload(document, place),
            Self::V3 => v3::payload(document, place),
        }
    }

    fn channel(
        self,
        document: &Document<'_>,
        name: &str,
        model: &mut Model,
    ) -> Result<Channel, Problem> {
        match self {
            Self::V2 => v2::channel(document, name, model),
            Self::V3 => v3::channel(document, name, model),
        }
    }
}

/// Adds the messages and channels of `document` to `model`. `published` is the same document without
/// its deviations, and `others` are the documents that its schemas may refer to.
pub(crate) fn read(
    file: &str,
    published: &Tree,
    document: &Tree,
    others: &Registry<'_>,
    model: &mut Model,
) -> Result<(), Vec<Problem>> {
    let version = Version::of(&Document::asyncapi(file, document, others))
        .map_err(|problem| vec![problem])?;
    let mut unknown = Vec::new();
    let published = &traits::merged(published, version, &mut Vec::new());
    let document = &traits::merged(document, version, &mut unknown);
    let document = Document::asyncapi(file, document, others);
    let mut problems: Vec<Problem> = unknown
        .into_iter()
        .map(|place| {
            let help = "refer to a trait in the same file (`#/components/messageTraits/…`)";
            document.problem(place, "unresolved reference to a trait", help)
        })
        .collect();
    let found = version.messages(&document, &mut problems);
    if found.is_empty() && problems.is_empty() {
        let help = "define messages under `channels` or `components`";
        problems.push(document.problem("", "the document defines no messages", help));
    }
    let mut messages = Vec::new();
    for found in &found {
        match Message::read(&document, version, found) {
            Ok(message) => messages.push(message),
            Err(problem) => problems.push(problem),
        }
    }
    let mut rules = Rules::new(&document);
    for message in &messages {
        if message.payload.format == Format::JsonSchema {
            let place = &message.payload.place;
            let rule = rules.rule(place, model);
            problems.extend(document.lint_event(place, rule, model));
        }
        if let Some(headers) = &message.headers {
            rules.rule(headers, model);
        }
    }
    problems.append(&mut rules.problems);
    if !problems.is_empty() {
        return Err(problems);
    }
    let mut types = Types::new(&document, &mut rules, Scope::Family);
    types.shared = shared_payloads(&document, &messages);
    let contract_version = document.root.at("/info/version").and_then(Tree::text);
    for message in &messages {
        let place = &message.payload.place;
        if message.payload.format == Format::Avro {
            let published = published.at(place).unwrap_or(&Tree::Null);
            let schema = document.root.at(place).unwrap_or(&Tree::Null);
            match avro::read_at(file, place, message.name, published, schema, model) {
                Ok(()) => {}
                Err(more) => problems.extend(more),
            }
        } else if let Some(root) = types.root(place, message.name, model) {
            let rule = model[root].rule;
            let note = document.event_note(place, rule, model);
            model[root].docs.notes.extend(note);
            let published_rule = document.published_rule(published, place, rule, model);
            let outcome = document.outcome(place, root, model).unwrap_or_else(|mut more| {
                problems.append(&mut more);
                None
            });
            model.contracts.push(Contract {
                name: message.name.to_owned(),
                version: None,
                file: file.to_owned(),
                root,
                rule,
                published_rule,
                encoding: Encoding::Json,
                correlation_id: None,
                avro: None,
                outcome,
            });
        } else {
            continue;
        }
        let Some(contract) = model.contracts.last_mut() else { continue };
        contract.version = contract_version.map(str::to_owned);
        contract.correlation_id = message.correlation_id.clone();
        let root = contract.root;
        message.document(&document, &mut model[root].docs);
        if let Some(headers) = &message.headers {
            types.part(headers, &format!("{}_headers", message.name), model);
        }
    }
    problems.append(&mut types.problems);
    problems.append(&mut rules.problems);
    for (name, _) in document.root.get("channels").and_then(Tree::members).unwrap_or_default() {
        match version.channel(&document, name, model) {
            Ok(channel) => model.channels.push(channel),
            Err(problem) => problems.push(problem),
        }
    }
    if problems.is_empty() { Ok(()) } else { Err(problems) }
}

/// Returns the payload schemas that several messages refer to. Each of these messages becomes a separate
/// type, named after the message.
fn shared_payloads(document: &Document<'_>, messages: &[Message<'_>]) -> BTreeSet<String> {
    let mut seen = BTreeSet::new();
    let targets =
        messages.iter().filter_map(|message| document.resolve(&message.payload.place).ok());
    targets.filter(|target| !seen.insert(target.clone())).collect()
}
