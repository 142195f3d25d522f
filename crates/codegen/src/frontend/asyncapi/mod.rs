//! Frontend for AsyncAPI 2.x and 3.0: channels, their parameters, messages and component schemas.
//!
//! Every message becomes an event, and its headers become a type. The schemas are read by the frontend
//! of their format: JSON Schema, which includes AsyncAPI schema objects (draft-07 with additional
//! annotations), or Avro.

mod channel;
mod message;
mod payload;
mod traits;
mod v2;
mod v3;
mod version;

use super::avro;
use super::json_schema::{Document, Registry, Rules, Types};
use super::outcome;
use crate::error::Problem;
use crate::model::{Contract, Encoding, Model, Scope};
use crate::tree::Tree;
use message::Message;
use payload::Format;
use std::collections::BTreeSet;
use version::Version;

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
            rules.rule(&message.payload.place, model);
        }
        if let Some(headers) = &message.headers {
            rules.rule(headers, model);
        }
    }
    problems.append(&mut rules.problems);
    let roots: Vec<&str> = messages.iter().map(|message| &*message.payload.place).collect();
    problems.extend(document.misplaced_outcomes(rules.places(), &roots));
    for message in &messages {
        let annotated = document.root.at(message.place).unwrap_or(&Tree::Null);
        problems.extend(outcome::misplaced(file, message.place, annotated));
    }
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
            let published_rule = Rules::published(&document, published, place, rule, model);
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
