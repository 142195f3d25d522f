//! JSON Schema: draft-07, 2019-09 and 2020-12.
//!
//! Two readings of the same document: `rules` translates each keyword into the assertion it is,
//! `types` finds the Rust shape. What a shape does not express is checked by the rule of the same
//! place ([`Slot::verify`](crate::model::Slot)), so nothing is approximated.

mod array;
mod dialect;
mod document;
mod enumeration;
mod external;
mod keywords;
mod object;
mod registry;
mod rules;
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
pub(crate) use union::json_types;
#[cfg(feature = "evolution")]
pub(crate) use {dialect::Dialect, enumeration::json_type, keywords::binds, view::View};

use crate::error::Problem;
use crate::model::{Contract, ContractId, Encoding, Model, Scope};
use crate::tree::Tree;

/// Adds the contract in `document` to `model`; `published` is the same contract without its
/// deviations, `others` are the documents that it may refer to.
pub(crate) fn read(
    file: &str,
    published: &Tree,
    document: &Tree,
    others: &Registry<'_>,
    model: &mut Model,
) -> Result<(), Vec<Problem>> {
    let document = Document::json_schema(file, document, others)?;
    let (name, version) = identity(&document);
    let contract = ContractId(model.contracts.len());
    let mut rules = Rules::new(&document);
    rules.rule("", model);
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
    let ends = [".json", ".yaml", ".yml"];
    split_version(ends.iter().find_map(|end| name.strip_suffix(end)).unwrap_or(&name))
}

/// `customer_outgoing-1` is `customer_outgoing`, version `1`.
pub(crate) fn split_version(stem: &str) -> (String, Option<String>) {
    let stem = stem.strip_suffix(".schema").unwrap_or(stem);
    let is_version = |text: &str| {
        text.starts_with(|c: char| c.is_ascii_digit())
            && text.chars().all(|c| c.is_ascii_digit() || c == '.')
    };
    // The first separator with nothing but a version behind it: versions have dots inside.
    let mut splits = stem.match_indices(['-', '.']).filter(|(index, _)| *index > 0);
    let found = splits.find_map(|(index, _)| {
        let end = &stem[index + 1..];
        let version = end.strip_prefix('v').unwrap_or(end);
        is_version(version).then(|| (stem[..index].to_owned(), Some(version.to_owned())))
    });
    found.unwrap_or_else(|| (stem.to_owned(), None))
}

#[cfg(test)]
mod tests {
    use super::split_version;

    #[test]
    fn a_version_is_the_end_of_a_name() {
        for (stem, name, version) in [
            ("customer_outgoing-1", "customer_outgoing", Some("1")),
            ("customer_events-0.1.0", "customer_events", Some("0.1.0")),
            ("order.v2", "order", Some("2")),
            ("order-2.schema", "order", Some("2")),
            ("a-1-2", "a-1", Some("2")),
            ("iso-4217-codes", "iso-4217-codes", None),
            ("-1", "-1", None),
            ("version2", "version2", None),
        ] {
            let version = version.map(str::to_owned);
            assert_eq!(split_version(stem), (name.to_owned(), version), "{stem}");
        }
    }
}
