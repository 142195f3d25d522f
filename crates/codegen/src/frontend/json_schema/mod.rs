//! Frontend for JSON Schema: draft-04, draft-06, draft-07, 2019-09 and 2020-12.
//!
//! Each document is read twice: `rules` translates every keyword to an assertion, `types` finds the
//! shape of the values. Assertions that a shape does not express are checked by the rule of the same
//! schema ([`Slot::verify`](crate::model::Slot)), so nothing is approximated.

mod array;
mod bounds;
mod conditions;
mod contradictions;
mod defaults;
mod definitions;
mod describing;
mod dialect;
mod document;
mod dynamic;
mod enumeration;
mod external;
pub(crate) mod fragment;
mod identity;
mod impostors;
mod index;
mod keywords;
mod known;
mod language;
mod lints;
mod metaschemas;
mod multi_format;
mod notes;
mod numbers;
mod object;
mod objects;
mod opened;
mod references;
mod registry;
mod rewrite;
mod roots;
mod rules;
mod scope;
mod subschemas;
mod text;
mod types;
mod union;
mod untyped;
mod uri;
mod view;

use identity::Identity;
use keywords::ASSERTING;

pub(crate) use document::Document;
pub(crate) use known::Known;
pub(crate) use language::{KEYWORD as SCHEMA_FORMAT, Language};
pub(crate) use objects::objects;
pub(crate) use opened::opened;
pub(crate) use registry::Registry;
pub(crate) use rules::Rules;
pub(crate) use subschemas::Subschemas;
pub(crate) use text::distinct;
pub(crate) use types::Types;
pub(crate) use union::SELECTED_BY;
#[cfg(feature = "evolution")]
pub(crate) use {enumeration::json_type, keywords::binds, view::View, view::referred};

use crate::error::Problem;
use crate::model::{Contract, DefinitionId, Encoding, Model};
use crate::tree::Tree;

/// Adds the contract in `document` to `model`. `published` is the same contract without its
/// deviations, and `others` are the documents that it may refer to.
pub(crate) fn read(
    file: &str,
    published: &Tree,
    document: &Tree,
    others: &Registry<'_>,
    known: &mut Known,
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
    let document = document;
    let definitions = definitions::named(document.root);
    let is_library = !definitions.is_empty() && asserts_nothing(document.root);
    let mut rules = Rules::new(&document).knowing(known);
    if !is_library {
        let rule = rules.rule("", model);
        if rules.problems.is_empty() && notes.is_empty() {
            notes.extend(document.event_note("", rule, model));
            rules.problems.extend(document.lint_event("", rule, model));
        }
    }
    for definition in &definitions {
        rules.rule(definition, model);
    }
    rules.problems.extend(document.misplaced_outcomes(rules.places(), &[""]));
    if !rules.problems.is_empty() {
        return Err(rules.problems);
    }
    let Identity { name, version, hint } = Identity::of(&document);
    let mut types = Types::new(&document, &mut rules);
    let root = if is_library { None } else { types.root("", &hint, model) };
    for definition in &definitions {
        types.definition(definition, model);
    }
    let mut problems = std::mem::take(&mut types.problems);
    problems.append(&mut rules.problems);
    *known = rules.into_known();
    if !problems.is_empty() {
        return Err(problems);
    }
    let Some(root) = root else { return Ok(()) };
    let module = model.module(file);
    model.modules[module.0].root = Some(root);
    model[root].docs.notes.extend(notes);
    document.contract(name, "", published, root, model)?;
    if let Some(contract) = model.contracts.last_mut() {
        contract.version = version;
    }
    Ok(())
}

impl Document<'_> {
    /// Adds the event whose schema is at a place, and whose type is `root`, to the contracts.
    pub(crate) fn contract(
        &self,
        name: String,
        place: &str,
        published: &Tree,
        root: DefinitionId,
        model: &mut Model,
    ) -> Result<(), Vec<Problem>> {
        let rule = model[root].rule;
        let published_rule = Rules::published(self, published, place, rule, model);
        let outcome = self.outcome(place, root, model)?;
        model.contracts.push(Contract {
            name,
            version: None,
            file: self.file.to_owned(),
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
}

/// Returns whether a schema accepts any value, so that its document is a library of definitions.
fn asserts_nothing(root: &Tree) -> bool {
    let members = root.members().unwrap_or_default();
    !members.iter().any(|(keyword, _)| {
        matches!(keyword.as_str(), "type" | "$ref" | "allOf" | "$dynamicRef" | "$recursiveRef")
            || ASSERTING.contains(&keyword.as_str())
    })
}
