//! Channels: their addresses and the parameters in them.

use super::super::json_schema::{Document, distinct};
use crate::error::Problem;
use crate::model::{Channel, Definition, DefinitionId, Enum, Model, Parameter, Rule, Scope, Shape};
use crate::tree::escape;

/// Where a version of AsyncAPI writes what a channel needs.
pub(super) struct Form<'f> {
    /// The key of the channel.
    pub(super) name: &'f str,
    pub(super) address: &'f str,
    /// The place that says what the address is.
    pub(super) address_place: String,
    /// Where the values of a parameter stand below it.
    pub(super) values: &'static str,
}

/// The channel at `place`, itself no reference any more.
pub(super) fn channel(
    document: &Document<'_>,
    place: &str,
    form: &Form<'_>,
    model: &mut Model,
) -> Result<Channel, Problem> {
    let names = parameter_names(form.address).ok_or_else(|| {
        let found = "braces that do not match";
        document.problem(&form.address_place, found, "write each parameter as `{name}`")
    })?;
    let mut parameters: Vec<Parameter> = Vec::new();
    for parameter in names {
        if parameters.iter().any(|known| known.name == parameter) {
            continue;
        }
        let parameter_place = format!("{place}/parameters/{}", escape(parameter));
        if document.root.at(&parameter_place).is_none() {
            return Err(document.problem(
                &form.address_place,
                format!("the parameter {parameter:?}, which is not described"),
                "describe it under `parameters`",
            ));
        }
        let parameter_place = document.resolve(&parameter_place)?;
        parameters.push(Parameter {
            name: parameter.to_owned(),
            values: parameter_values(document, parameter, &parameter_place, form.values, model)?,
            docs: document.docs(&parameter_place),
        });
    }
    let (name, address) = (form.name.to_owned(), form.address.to_owned());
    Ok(Channel { name, address, parameters, docs: document.docs(place) })
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
    below: &str,
    model: &mut Model,
) -> Result<Option<DefinitionId>, Problem> {
    let schema = document.resolve(&format!("{place}{below}"))?;
    let Some(list) = document.root.at(&format!("{schema}/enum")) else { return Ok(None) };
    let values: Option<Vec<String>> = list
        .items()
        .filter(|items| !items.is_empty())
        .and_then(|items| items.iter().map(|item| item.text().map(str::to_owned)).collect());
    let Some(values) = values else {
        let found = "values that are no strings, or none at all";
        return Err(document.problem(format!("{schema}/enum"), found, "list one or more strings"));
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
