//! JSON Schema, draft-07 and the part of 2019-09 that contracts use.
//!
//! Two readings of the same document: `rules` translates each keyword into the assertion it is,
//! `types` finds the Rust shape. What a shape does not express is checked by the rule of the same
//! place ([`Slot::verify`](crate::model::Slot)), so nothing is approximated.

mod dialect;
mod document;
mod object;
mod rules;
mod types;
mod union;
mod view;

pub(crate) use document::Document;
pub(crate) use rules::Rules;
pub(crate) use types::Types;
pub(crate) use union::json_types;

use crate::error::Problem;
use crate::model::{Contract, ContractId, Encoding, Model, Scope, Type};
use crate::tree::Tree;

/// Adds the contract in `document` to `model`; `published` is the same contract without its
/// deviations.
pub(crate) fn read(
    file: &str,
    published: &Tree,
    document: &Tree,
    model: &mut Model,
) -> Result<(), Vec<Problem>> {
    let document = Document::json_schema(file, document)?;
    let (name, version) = identity(&document);
    let mut problems = Vec::new();
    let contract = ContractId(model.contracts.len());
    let mut rules = Rules::new(&document);
    let rule = rules.rule("", model);
    let mut types = Types::new(&document, &mut rules, Scope::Contract(contract));
    let hint = name.rsplit('/').next().unwrap_or(&name).to_owned();
    let root = types.root("", &hint, model);
    problems.append(&mut types.problems);
    problems.append(&mut rules.problems);
    let published_rule = match document.published_rule(published, "", rule, model) {
        Ok(rule) => rule,
        Err(mut more) => {
            problems.append(&mut more);
            rule
        }
    };
    let Some(Type::Definition(root)) = root.map(|slot| slot.ty) else {
        problems.push(document.problem(
            "",
            "an event that is no object with known properties",
            "give the root `\"type\": \"object\"` and `properties`",
        ));
        return Err(problems);
    };
    if !problems.is_empty() {
        return Err(problems);
    }
    model[root].scope = Scope::Family;
    model.contracts.push(Contract {
        name,
        version,
        file: file.to_owned(),
        root,
        rule,
        published_rule,
        encoding: Encoding::Json,
        correlation_id: None,
    });
    Ok(())
}

/// Name and version of a contract: the end of `$id`, otherwise the file name.
///
/// `https://pismo.io/events/migration/accrual_incoming-1.json` is version 1 of
/// `migration/accrual_incoming`.
fn identity(document: &Document<'_>) -> (String, Option<String>) {
    let id = document.root.get("$id").and_then(Tree::text).unwrap_or_default();
    let path: Vec<_> = id
        .split_once("://")
        .and_then(|(_, rest)| rest.split_once('/'))
        .map(|(_, path)| path.split('/').filter(|part| !part.is_empty()).collect())
        .unwrap_or_default();
    let name = match path.as_slice() {
        [] => document.file.to_owned(),
        [only] => (*only).to_owned(),
        [.., domain, last] => format!("{domain}/{last}"),
    };
    split_version(name.strip_suffix(".json").unwrap_or(&name))
}

/// `customer_outgoing-1` is `customer_outgoing`, version `1`.
pub(crate) fn split_version(stem: &str) -> (String, Option<String>) {
    let stem = stem.strip_suffix(".schema").unwrap_or(stem);
    let is_version = |text: &str| {
        text.starts_with(|c: char| c.is_ascii_digit())
            && text.chars().all(|c| c.is_ascii_digit() || c == '.')
    };
    match stem.rsplit_once(['-', '.']) {
        Some((name, version)) if !name.is_empty() && is_version(version) => {
            (name.to_owned(), Some(version.to_owned()))
        }
        Some((name, version))
            if !name.is_empty() && version.strip_prefix('v').is_some_and(is_version) =>
        {
            (name.to_owned(), Some(version[1..].to_owned()))
        }
        _ => (stem.to_owned(), None),
    }
}
