//! Channels: addresses and their parameters.

use super::super::json_schema::{Document, distinct};
use crate::error::Problem;
use crate::model::{Channel, Definition, DefinitionId, Enum, Model, Parameter, Rule, Scope, Shape};
use crate::tree::escape;

/// The parts of a channel whose places depend on the version of AsyncAPI.
pub(super) struct Form<'f> {
    /// The key of the channel.
    pub(super) name: &'f str,
    pub(super) address: &'f str,
    /// The place of the address.
    pub(super) address_place: String,
    /// The pointer from a parameter to the schema of its values.
    pub(super) values: &'static str,
}

/// Reads the channel at `place`, which must not be a reference.
pub(super) fn channel(
    document: &Document<'_>,
    place: &str,
    form: &Form<'_>,
    model: &mut Model,
) -> Result<Channel, Problem> {
    let names = parameter_names(form.address).ok_or_else(|| {
        let message = "unbalanced braces in the address";
        document.problem(&form.address_place, message, "write each parameter as `{name}`")
    })?;
    let mut parameters: Vec<Parameter> = Vec::new();
    for parameter in names {
        if parameters.iter().any(|known| known.name == parameter) {
            continue;
        }
        let parameter_place = format!("{place}/parameters/{}", escape(parameter));
        if document.find(&parameter_place).is_none() {
            return Err(document.problem(
                &form.address_place,
                format!("the parameter {parameter:?} is not defined"),
                "define it under `parameters`",
            ));
        }
        let parameter_place = document.dereference(&parameter_place)?;
        parameters.push(Parameter {
            name: parameter.to_owned(),
            values: parameter_values(document, parameter, &parameter_place, form.values, model)?,
            docs: document.docs(&parameter_place),
        });
    }
    let (name, address) = (form.name.to_owned(), form.address.to_owned());
    Ok(Channel { name, address, parameters, docs: document.docs(place) })
}

/// Returns the names of the parameters in an address, or `None` if its braces are unbalanced.
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

/// Returns the listed values of a parameter as an enum, which is merged with equal enums of the schemas.
fn parameter_values(
    document: &Document<'_>,
    name: &str,
    place: &str,
    below: &str,
    model: &mut Model,
) -> Result<Option<DefinitionId>, Problem> {
    let schema = document.resolve(&format!("{place}{below}"))?;
    let Some(list) = document.at(&schema).get("enum") else { return Ok(None) };
    let values: Option<Vec<String>> = list
        .items()
        .filter(|items| !items.is_empty())
        .and_then(|items| items.iter().map(|item| item.text().map(str::to_owned)).collect());
    let Some(values) = values else {
        let message = "the values of a parameter must be strings";
        return Err(document.problem(
            format!("{schema}/enum"),
            message,
            "list one or more strings",
        ));
    };
    let rule =
        model.rule(Rule { has_keywords: true, pointer: place.to_owned(), assertions: Vec::new() });
    let (file, pointer) = document.split(place);
    Ok(Some(model.define(Definition {
        hint: name.to_owned(),
        explicit_name: None,
        full_name: None,
        scope: Scope::Family,
        parent: None,
        docs: document.docs(place),
        is_named: false,
        pointer: pointer.to_owned(),
        file: file.to_owned(),
        rule,
        is_verified: false,
        shape: Shape::Enum(Enum { values: distinct(values), open: false }),
    })))
}
