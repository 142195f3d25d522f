//! Frontend for Avro schemas, versions 1.11 and 1.12 of the specification.
//!
//! A record becomes a closed [`Record`](crate::model::Record). A field that is absent in the JSON
//! encoding takes its `default`. A union becomes a [`Union`](crate::model::Union), even with a single
//! branch, because the JSON encoding wraps its values. The exception is a field whose type is a union
//! of null and one other branch: it becomes a nullable field ([`Optional`](crate::model::Optional)).
//! Rules describe values in the JSON encoding.
//!
//! The named types of all contracts are one set ([`collection`]): a schema is completed by the definitions
//! of other files that it refers to, and [`unify`](crate::unify) makes one type of each full name.
//!
//! Attributes that do not affect the shape of values (`aliases`, `order`) are validated and kept in the
//! text of the schema. Attributes unknown to the specification are ignored, as it demands.
//!
//! The root may be any schema ([`root`]). Two valid schemas are refused because they have no value and are
//! usually mistakes: an enum without symbols, and a union without a branch.

mod attributes;
mod canonical;
mod collection;
mod default;
mod fingerprint;
mod logical;
mod named;
mod names;
mod nesting;
mod primitive;
pub(crate) mod protocol;
mod root;
mod rules;
mod types;
mod union;

#[cfg(test)]
mod tests;

use super::outcome;
use crate::error::Problem;
use crate::model::{Contract, DefinitionId, Encoding, Model, RuleId};
use crate::tree::Tree;
use nesting::{MAX_DEPTH, is_deeper_than};
use root::Root;
use types::{Parser, Place};

pub(crate) use collection::{Collection, Completed};

#[cfg(feature = "evolution")]
pub(crate) use {collection::names, names::FullName};

/// Returns whether a name is that of a primitive type.
#[cfg(feature = "evolution")]
pub(crate) fn is_primitive(name: &str) -> bool {
    primitive::Primitive::named(name).is_some()
}

/// Returns whether a document defines an enum or a fixed, which other schemas share.
pub(crate) fn is_shared(document: &Tree) -> bool {
    let kind = nesting::unwrapped(document).get("type").and_then(Tree::text);
    matches!(kind, Some("enum" | "fixed"))
}

/// Adds the contract that is a whole file to `model`.
///
/// # Errors
/// As [`read_at`].
#[cfg(test)]
pub(crate) fn read(
    file: &str,
    published: &Tree,
    document: &Tree,
    collection: &Collection,
    model: &mut Model,
) -> Result<(), Vec<Problem>> {
    // A schema without a name is named after the file.
    let path = std::path::Path::new(file);
    let stem = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or(file);
    read_at(file, "", stem, (published, document), collection, model).map(drop)
}

/// The result of reading a schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Read {
    /// The last contract of the model.
    Contract,
    /// A contract that another file has already added.
    Repeated,
}

/// Adds the contract at a place of a file to `model`: as published, and with deviations. Strict decoding
/// follows the published one, unless it asserts the same or is not a valid schema, in which case the
/// deviations correct it. `hint` names a schema that has no name; `collection` has the named types of all
/// contracts.
///
/// # Errors
/// Returns every violation of the specification in the schema with deviations. The model is then unchanged.
pub(crate) fn read_at(
    file: &str,
    place: &str,
    hint: &str,
    (published, document): (&Tree, &Tree),
    collection: &Collection,
    model: &mut Model,
) -> Result<Read, Vec<Problem>> {
    let origin = Origin { file, place, hint };
    let published = &collection.published().complete(place, published);
    let document = &collection.patched().complete(place, document);
    let (definitions, rules) = (model.definitions.len(), model.rules.len());
    // Both schemas are read at the same rule index, so that equal contracts have equal rules.
    let published_rules =
        root(&origin, published, collection, model).ok().map(|_| model.rules.split_off(rules));
    model.definitions.truncate(definitions);
    model.rules.truncate(rules);

    let root = match root(&origin, document, collection, model) {
        Ok(root) => root,
        Err(problems) => {
            model.definitions.truncate(definitions);
            model.rules.truncate(rules);
            return Err(problems);
        }
    };
    let full_name = model[root.definition].full_name.as_ref();
    let same = |contract: &Contract| model[contract.root].full_name.as_ref() == full_name;
    if full_name.is_some() && model.contracts.iter().any(same) {
        model.definitions.truncate(definitions);
        model.rules.truncate(rules);
        return Ok(Read::Repeated);
    }
    let published_rule = match published_rules {
        Some(published_rules) if published_rules != model.rules[rules..] => {
            read_rules(&origin, published, collection, model)?
        }
        _ => root.rule,
    };
    let mut misplaced = Vec::new();
    misplaced_outcomes(file, place, &document.schema, true, &mut misplaced);
    if !misplaced.is_empty() {
        return Err(misplaced);
    }
    let outcome = outcome::read(file, place, &document.schema, root.definition, model)?;
    document.place(model, (DefinitionId(definitions), RuleId(rules)));
    model.contracts.push(Contract {
        name: root.name,
        version: None,
        file: file.into(),
        root: root.definition,
        rule: root.rule,
        published_rule,
        encoding: Encoding::Avro,
        correlation_id: None,
        avro: Some(canonical::schema(&document.schema)),
        outcome,
    });
    Ok(Read::Contract)
}

/// Adds the enum of a document to `model`, as a type that contracts share; a fixed needs no type of its own.
///
/// # Errors
/// Returns every violation of the specification in `document`.
pub(crate) fn share(
    file: &str,
    place: &str,
    document: &Tree,
    collection: &Collection,
    model: &mut Model,
) -> Result<(), Vec<Problem>> {
    let (definitions, rules) = (model.definitions.len(), model.rules.len());
    let mut parser = Parser::new(file, collection, model);
    let place = Place { pointer: place.to_owned(), ..Place::root("") };
    let schema = parser.schema(document, &place);
    parser.finish(schema).map(drop).inspect_err(|_| {
        model.definitions.truncate(definitions);
        model.rules.truncate(rules);
    })
}

/// Adds a problem for each annotation of an outcome in a schema that is not the root.
fn misplaced_outcomes(
    file: &str,
    place: &str,
    schema: &Tree,
    is_root: bool,
    problems: &mut Vec<Problem>,
) {
    if !is_root {
        problems.extend(outcome::misplaced(file, place, schema));
    }
    for (index, branch) in schema.items().unwrap_or_default().iter().enumerate() {
        misplaced_outcomes(file, &format!("{place}/{index}"), branch, false, problems);
    }
    for key in ["type", "items", "values", "fields"] {
        if let Some(inner) = schema.get(key) {
            misplaced_outcomes(file, &format!("{place}/{key}"), inner, false, problems);
        }
    }
}

/// The place of a schema, and a name for a schema that has none.
struct Origin<'o> {
    file: &'o str,
    place: &'o str,
    hint: &'o str,
}

/// Adds the rules of a document without its definitions.
fn read_rules(
    origin: &Origin<'_>,
    document: &Completed,
    collection: &Collection,
    model: &mut Model,
) -> Result<RuleId, Vec<Problem>> {
    let definitions = model.definitions.len();
    let root = root(origin, document, collection, model);
    model.definitions.truncate(definitions);
    root.map(|root| root.rule)
}

/// Adds the definitions and rules of a document.
fn root(
    origin: &Origin<'_>,
    document: &Completed,
    collection: &Collection,
    model: &mut Model,
) -> Result<Root, Vec<Problem>> {
    let Origin { file, place, hint } = *origin;
    if is_deeper_than(MAX_DEPTH, &document.schema) {
        return Err(vec![Problem::new(
            file,
            place,
            format!("the schema nests deeper than {MAX_DEPTH} levels"),
            "define inner types once and refer to them by name",
        )]);
    }
    let first = model.definitions.len();
    let mut parser = Parser::new(file, collection, model);
    let schema = &document.schema;
    let place = Place { pointer: place.to_owned(), ..Place::root(hint) };
    let root = parser.schema(schema, &place);
    let root = root.map(|root| root::event(&mut parser, root, schema, &place, first));
    parser.finish(root).map_err(|mut problems| {
        document.place_problems(&mut problems);
        problems
    })
}
