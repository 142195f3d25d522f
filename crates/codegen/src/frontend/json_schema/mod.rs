//! Frontend for JSON Schema: draft-04, draft-06, draft-07, 2019-09 and 2020-12.
//!
//! Each document is read twice: `rules` translates every keyword to an assertion, `types` finds the
//! shape of the values. Assertions that a shape does not express are checked by the rule of the same
//! schema ([`Slot::verify`](crate::model::Slot)), so nothing is approximated.

mod array;
mod contradictions;
mod dialect;
mod document;
mod dynamic;
mod enumeration;
mod external;
mod impostors;
mod index;
mod keywords;
mod lints;
mod object;
mod references;
mod registry;
mod rules;
mod scope;
mod text;
mod types;
mod union;
mod uri;
mod view;

pub(crate) use document::Document;
pub(crate) use registry::Registry;
pub(crate) use rules::Rules;
pub(crate) use text::distinct;
pub(crate) use types::Types;
#[cfg(feature = "evolution")]
pub(crate) use {enumeration::json_type, keywords::binds, view::View};

use crate::error::Problem;
use crate::model::{Contract, ContractId, Encoding, Model, Scope};
use crate::tree::Tree;
use crate::version::split_version;

/// Adds the contract in `document` to `model`. `published` is the same contract without its
/// deviations, and `others` are the documents that it may refer to.
pub(crate) fn read(
    file: &str,
    published: &Tree,
    document: &Tree,
    others: &Registry<'_>,
    model: &mut Model,
) -> Result<(), Vec<Problem>> {
    let mut document = Document::json_schema(file, document, others)?;
    let mut notes = Vec::new();
    if let Some(finding) = document.impostor() {
        notes.push(finding.note().to_owned());
        document.is_impostor = true;
        if let Some(problem) = document.report(finding, model) {
            return Err(vec![problem]);
        }
    }
    let (name, version) = identity(&document);
    let contract = ContractId(model.contracts.len());
    let mut rules = Rules::new(&document);
    let rule = rules.rule("", model);
    if rules.problems.is_empty() && notes.is_empty() {
        notes.extend(document.event_note("", rule, model));
        rules.problems.extend(document.lint_event("", rule, model));
    }
    if !rules.problems.is_empty() {
        return Err(rules.problems);
    }
    let mut types = Types::new(&document, &mut rules, Scope::Contract(contract));
    let hint = name.rsplit('/').next().unwrap_or(&name).to_owned();
    let root = types.root("", &hint, model);
    let mut problems = std::mem::take(&mut types.problems);
    problems.append(&mut rules.problems);
    let (Some(root), true) = (root, problems.is_empty()) else { return Err(problems) };
    let rule = model[root].rule;
    let published_rule = document.published_rule(published, "", rule, model);
    model[root].scope = Scope::Family;
    model[root].docs.notes.extend(notes);
    let outcome = document.outcome("", root, model)?;
    model.contracts.push(Contract {
        name,
        version,
        file: file.to_owned(),
        root,
        rule,
        published_rule,
        encoding: Encoding::Json,
        correlation_id: None,
        avro: None,
        outcome,
    });
    Ok(())
}

/// Returns name and version of a contract, from the end of `$id` or otherwise from the file name.
///
/// `https://pismo.io/events/migration/accrual_incoming-1.json` is version 1 of
/// `migration/accrual_incoming`.
fn identity(document: &Document<'_>) -> (String, Option<String>) {
    let id = document.id().unwrap_or_default();
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
    let ends = [".json", ".yaml", ".yml"];
    split_version(ends.iter().find_map(|end| name.strip_suffix(end)).unwrap_or(&name))
}
