//! Outcome events: contracts that report how a migration ended.
//!
//! The annotation `x-outcome` names the member of each part; the frontend has checked that their types fit.

use super::block::{compact, invoke};
use super::context::Context;
use super::facts::members::{field_idents, variant_idents};
use super::types;
use crate::model::{Choice, ContractId, DefinitionId, Outcome, Record, Rest, Scope, Shape, Type};
use proc_macro2::{Ident, TokenStream};

/// The block of a contract that is annotated as an outcome.
pub(super) fn emit(context: &Context<'_>, contract: ContractId) -> TokenStream {
    let contract = &context.model.contracts[contract.0];
    let shape = &context.model[contract.root].shape;
    match (&contract.outcome, shape) {
        (Some(outcome), Shape::Record(record)) => {
            outcome_block(context, contract.root, outcome, record).unwrap_or_default()
        }
        _ => TokenStream::new(),
    }
}

fn outcome_block(
    context: &Context<'_>,
    root: DefinitionId,
    outcome: &Outcome,
    record: &Record,
) -> Option<TokenStream> {
    let (idents, extra) = field_idents(record);
    let place = |member: &str| record.fields.iter().position(|field| field.name == member);
    let ty = |member: &str| {
        let field = record.fields.get(place(member)?)?;
        Some(compact(&types::boxed_type(context, root, &field.slot)))
    };
    let plain =
        |part: &str, member: &str| Some(format!("{part} => {};", idents.get(place(member)?)?));
    let choice = |part: &str, choice: &Choice, failed: Option<&String>| {
        let values = choice.values.iter().chain(failed);
        let (path, variants) = variants(context, choice, values, record)?;
        let (field, path) = (idents.get(place(&choice.member)?)?, compact(&path));
        let paths: Vec<String> =
            variants.iter().map(|variant| format!("{path}::{variant}")).collect();
        Some(format!("{part} => {field}: {};", paths.join(" | ")))
    };
    let entity_type = outcome.entity.as_deref().and_then(ty).unwrap_or_else(|| "()".into());
    let mut rows =
        vec![format!("{}, {}, {entity_type};", context.names.ident(root), ty(&outcome.migration)?)];
    rows.extend(outcome.code.as_deref().and_then(|member| plain("code", member)));
    rows.extend([
        plain("message", &outcome.message)?,
        plain("migration", &outcome.migration)?,
        choice("status", &outcome.status, None)?,
    ]);
    let failed = outcome.failed_operation.as_ref();
    rows.extend(outcome.operation.as_ref().and_then(|member| choice("operation", member, failed)));
    rows.extend(outcome.entity.as_deref().and_then(|member| plain("entity", member)));
    let members = outcome.members();
    let others = record.fields.iter().zip(&idents);
    let others = others.filter(|(field, _)| !members.contains(&&*field.name));
    rows.extend(others.map(|(_, ident)| format!("none => {ident};")));
    if record.rest != Rest::Closed {
        rows.push(format!("rest => {extra};"));
    }
    rows.extend(answered(context, outcome).map(|event| format!("answers => {event};")));
    Some(invoke(context.paths.outcome(), &rows))
}

/// The events that an outcome answers.
fn answered(context: &Context<'_>, outcome: &Outcome) -> impl Iterator<Item = String> {
    let contracts = context.model.contracts.iter();
    contracts
        .filter(|contract| outcome.answers.contains(&contract.name))
        .map(|contract| compact(&types::path(context, contract.root, Scope::Family)))
}

/// The path of the enum that a member holds, and the variants of values.
fn variants<'v>(
    context: &Context<'_>,
    choice: &Choice,
    values: impl Iterator<Item = &'v String>,
    record: &Record,
) -> Option<(TokenStream, Vec<Ident>)> {
    let field = record.fields.iter().find(|field| field.name == choice.member)?;
    let Type::Definition(id) = field.slot.ty else { return None };
    let Shape::Enum(known) = &context.model[id].shape else { return None };
    let variants = variant_idents(context.model, id, known);
    let variant = |wanted: &String| {
        let index = known.values.iter().position(|value| value == wanted)?;
        variants.get(index).cloned()
    };
    Some((types::path(context, id, Scope::Family), values.map(variant).collect::<Option<_>>()?))
}
