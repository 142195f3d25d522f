//! AsyncAPI 3.0: channels, their parameters, messages and component schemas.
//!
//! Every message with a payload becomes an event; its schemas are read by the JSON Schema frontend,
//! since an AsyncAPI schema object is draft-07 with annotations of its own.

use super::json_schema::{Document, Rules, Types, distinct};
use crate::error::Problem;
use crate::model::{
    Channel, Contract, Definition, DefinitionId, Docs, Encoding, Enum, Model, Parameter, Rule,
    Scope, Shape,
};
use crate::tree::{Tree, escape};
use std::collections::BTreeSet;

/// Adds the messages and channels of `document` to `model`; `published` is the same document
/// without its deviations.
pub(crate) fn read(
    file: &str,
    published: &Tree,
    document: &Tree,
    model: &mut Model,
) -> Result<(), Vec<Problem>> {
    let document = Document::asyncapi(file, document);
    let version = document.root.get("asyncapi").unwrap_or(&Tree::Null);
    if !version.text().is_some_and(|version| version.starts_with("3.")) {
        return Err(vec![document.problem(
            "/asyncapi",
            format!("AsyncAPI {}", version.describe()),
            "convert the document to AsyncAPI 3.0",
        )]);
    }
    let mut problems = Vec::new();
    let places = message_places(&document, &mut problems);
    let mut messages = Vec::new();
    for (name, pointer) in &places {
        match Message::read(&document, name, pointer) {
            Ok(message) => messages.push(message),
            Err(problem) => problems.push(problem),
        }
    }
    let mut rules = Rules::new(&document);
    for message in &messages {
        rules.rule(&message.payload, model);
    }
    problems.append(&mut rules.problems);
    if !problems.is_empty() {
        return Err(problems);
    }
    let mut types = Types::new(&document, &mut rules, Scope::Family);
    types.shared = shared_payloads(&document, &messages);
    let contract_version = document.root.at("/info/version").and_then(Tree::text);
    for message in messages {
        let Some(root) = types.root(&message.payload, message.name, model) else { continue };
        message.document(&document, &mut model[root].docs);
        let rule = model[root].rule;
        let published_rule = document.published_rule(published, &message.payload, rule, model);
        model.contracts.push(Contract {
            name: message.name.to_owned(),
            version: contract_version.map(str::to_owned),
            file: file.to_owned(),
            root,
            rule,
            published_rule,
            encoding: Encoding::Json,
            correlation_id: message.correlation_id,
            avro: None,
        });
    }
    problems.append(&mut types.problems);
    problems.append(&mut rules.problems);
    for (name, _) in document.root.get("channels").and_then(Tree::members).unwrap_or_default() {
        let place = format!("/channels/{}", escape(name));
        match channel(&document, name, &place, model) {
            Ok(channel) => model.channels.push(channel),
            Err(problem) => problems.push(problem),
        }
    }
    if problems.is_empty() { Ok(()) } else { Err(problems) }
}

/// A message with a payload that can be read.
struct Message<'d> {
    name: &'d str,
    pointer: &'d str,
    /// Where the schema of its payload stands.
    payload: String,
    correlation_id: Option<String>,
}

impl<'d> Message<'d> {
    fn read(document: &Document<'_>, name: &'d str, pointer: &'d str) -> Result<Self, Problem> {
        let message = document.root.at(pointer).unwrap_or(&Tree::Null);
        let Some(payload) = message.get("payload") else {
            let found = "a message without a payload";
            return Err(document.problem(pointer, found, "give it a `payload` schema"));
        };
        let mut place = format!("{pointer}/payload");
        if let Some(format) = payload.get("schemaFormat") {
            let text = format.text().unwrap_or_default();
            if !text.contains("schema+json") && !text.contains("vnd.aai.asyncapi") {
                return Err(document.problem(
                    format!("{place}/schemaFormat"),
                    format!("payloads in {}", format.describe()),
                    "describe the payload as JSON Schema, or give the other schema as a contract of its own",
                ));
            }
            if payload.get("schema").is_none() {
                let found = "a payload with a format and no schema";
                return Err(document.problem(place, found, "add `schema`"));
            }
            place.push_str("/schema");
        }
        let correlation_id = correlation_id(document, pointer, message)?;
        Ok(Self { name, pointer, payload: place, correlation_id })
    }

    /// What is said of the message explains the event better than what is said of its payload.
    fn document(&self, document: &Document<'_>, docs: &mut Docs) {
        let summary = document.root.at(&format!("{}/summary", self.pointer)).and_then(Tree::text);
        docs.title = summary.map(str::to_owned).or(docs.title.take());
        docs.description = document.docs(self.pointer).description.or(docs.description.take());
    }
}

/// The messages of all channels and of the components, each once, references followed.
fn message_places(document: &Document<'_>, problems: &mut Vec<Problem>) -> Vec<(String, String)> {
    let channels = document.root.get("channels").and_then(Tree::members).unwrap_or_default();
    let lists = channels
        .iter()
        // A reference that leads nowhere is reported with the channel's address.
        .filter_map(|(name, _)| document.resolve(&format!("/channels/{}", escape(name))).ok())
        .map(|channel| format!("{channel}/messages"))
        .chain(["/components/messages".to_owned()]);
    let mut places: Vec<(String, String)> = Vec::new();
    for list in lists {
        let members = document.root.at(&list).and_then(Tree::members).unwrap_or_default();
        for (name, _) in members {
            match document.resolve(&format!("{list}/{}", escape(name))) {
                Ok(place) if places.iter().any(|(_, known)| *known == place) => {}
                Ok(place) => places.push((name.clone(), place)),
                Err(problem) => problems.push(problem),
            }
        }
    }
    if places.is_empty() && problems.is_empty() {
        problems.push(document.problem(
            "",
            "no message",
            "describe messages under `channels` or `components`",
        ));
    }
    places
}

/// The payload schemas that several messages refer to: each of these events is a type of its own,
/// named after its message.
fn shared_payloads(document: &Document<'_>, messages: &[Message<'_>]) -> BTreeSet<String> {
    let mut seen = BTreeSet::new();
    let targets = messages.iter().filter_map(|message| document.resolve(&message.payload).ok());
    targets.filter(|target| !seen.insert(target.clone())).collect()
}

fn correlation_id(
    document: &Document<'_>,
    pointer: &str,
    message: &Tree,
) -> Result<Option<String>, Problem> {
    if message.get("correlationId").is_none() {
        return Ok(None);
    }
    let place = document.resolve(&format!("{pointer}/correlationId"))?;
    match document.root.at(&format!("{place}/location")) {
        Some(Tree::String(location)) if location.starts_with("$message.") => {
            Ok(Some(location.clone()))
        }
        Some(other) => Err(document.problem(
            format!("{place}/location"),
            format!("the location {}", other.describe()),
            "write a runtime expression that starts with `$message.`",
        )),
        None => Err(document.problem(
            place,
            "a correlation id without a location",
            "add `location`, a runtime expression that starts with `$message.`",
        )),
    }
}

fn channel(
    document: &Document<'_>,
    name: &str,
    place: &str,
    model: &mut Model,
) -> Result<Channel, Problem> {
    let place = document.resolve(place)?;
    let docs = document.docs(&place);
    let tree = document.root.at(&place).unwrap_or(&Tree::Null);
    let Some(address) = tree.get("address").and_then(Tree::text) else {
        return Err(document.problem(place, "a channel without an address", "add `address`"));
    };
    let mut parameters: Vec<Parameter> = Vec::new();
    for parameter in parameter_names(address).ok_or_else(|| {
        document.problem(
            format!("{place}/address"),
            "braces that do not match",
            "write each parameter as `{name}`",
        )
    })? {
        if parameters.iter().any(|known| known.name == parameter) {
            continue;
        }
        let parameter_place = format!("{place}/parameters/{}", escape(parameter));
        if document.root.at(&parameter_place).is_none() {
            return Err(document.problem(
                format!("{place}/address"),
                format!("the parameter {parameter:?}, which is not described"),
                "describe it under `parameters`",
            ));
        }
        let parameter_place = document.resolve(&parameter_place)?;
        parameters.push(Parameter {
            name: parameter.to_owned(),
            values: parameter_values(document, parameter, &parameter_place, model)?,
            docs: document.docs(&parameter_place),
        });
    }
    Ok(Channel { name: name.to_owned(), address: address.to_owned(), parameters, docs })
}

/// What stands between the braces of an address, if they match.
fn parameter_names(address: &str) -> Option<Vec<&str>> {
    let mut names = Vec::new();
    let mut rest = address;
    while let Some(brace) = rest.find(['{', '}']) {
        let (name, after) = rest[brace..].strip_prefix('{')?.split_once('}')?;
        if name.contains('{') {
            return None;
        }
        names.push(name);
        rest = after;
    }
    Some(names)
}

/// The listed values of a parameter as a shape, which is unified with equal sets of the schemas.
fn parameter_values(
    document: &Document<'_>,
    name: &str,
    place: &str,
    model: &mut Model,
) -> Result<Option<DefinitionId>, Problem> {
    let Some(list) = document.root.at(&format!("{place}/enum")) else { return Ok(None) };
    let values: Option<Vec<String>> = list
        .items()
        .filter(|items| !items.is_empty())
        .and_then(|items| items.iter().map(|item| item.text().map(str::to_owned)).collect());
    let Some(values) = values else {
        let found = "values that are no strings, or none at all";
        return Err(document.problem(format!("{place}/enum"), found, "list one or more strings"));
    };
    let rule =
        model.rule(Rule { has_keywords: true, pointer: place.to_owned(), assertions: Vec::new() });
    Ok(Some(model.define(Definition {
        hint: name.to_owned(),
        explicit_name: None,
        full_name: None,
        scope: Scope::Family,
        parent: None,
        docs: document.docs(place),
        pointer: place.to_owned(),
        file: document.file.to_owned(),
        rule,
        is_verified: false,
        shape: Shape::Enum(Enum { values: distinct(values), open: false }),
    })))
}
