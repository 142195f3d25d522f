//! Outcome events: contracts that report how a migration ended.
//!
//! The annotation `x-outcome` names the member of each part; the frontend has checked that their types fit.

use super::Context;
use super::block::compact;
use super::records::field_idents;
use crate::model::{Choice, ContractId, DefinitionId, Outcome, Record, Rest, Scope, Shape, Type};
use proc_macro2::{Ident, TokenStream};

impl Context<'_> {
    /// The block of a contract that is annotated as an outcome.
    pub(super) fn outcome(&self, contract: ContractId) -> TokenStream {
        let contract = &self.model.contracts[contract.0];
        let shape = &self.model[contract.root].shape;
        match (&contract.outcome, shape) {
            (Some(outcome), Shape::Record(record)) => {
                self.outcome_block(contract.root, outcome, record).unwrap_or_default()
            }
            _ => TokenStream::new(),
        }
    }

    fn outcome_block(
        &self,
        root: DefinitionId,
        outcome: &Outcome,
        record: &Record,
    ) -> Option<TokenStream> {
        let (idents, extra) = field_idents(record);
        let place = |member: &str| record.fields.iter().position(|field| field.name == member);
        let ty = |member: &str| {
            let field = record.fields.get(place(member)?)?;
            Some(compact(&self.boxed_type(root, &field.slot)))
        };
        let plain =
            |part: &str, member: &str| Some(format!("{part} => {};", idents.get(place(member)?)?));
        let choice = |part: &str, choice: &Choice| {
            let (path, [first, second]) = self.choice(choice, record)?;
            let (field, path) = (idents.get(place(&choice.member)?)?, compact(&path));
            Some(format!("{part} => {field}: {path}::{first} | {path}::{second};"))
        };
        let entity_type = outcome.entity.as_deref().and_then(ty).unwrap_or_else(|| "()".into());
        let mut rows = vec![
            format!("{}, {}, {entity_type};", self.names.ident(root), ty(&outcome.migration)?),
            plain("code", &outcome.code)?,
            plain("message", &outcome.message)?,
            plain("migration", &outcome.migration)?,
            choice("status", &outcome.status)?,
        ];
        rows.extend(outcome.operation.as_ref().and_then(|member| choice("operation", member)));
        rows.extend(outcome.entity.as_deref().and_then(|member| plain("entity", member)));
        let members = outcome.members();
        let others = record.fields.iter().zip(&idents);
        let others = others.filter(|(field, _)| !members.contains(&&*field.name));
        rows.extend(others.map(|(_, ident)| format!("none => {ident};")));
        if record.rest != Rest::Closed {
            rows.push(format!("rest => {extra};"));
        }
        rows.extend(self.answered(outcome).map(|event| format!("answers => {event};")));
        Some(self.block(self.paths.outcome(), &rows))
    }

    /// The events that an outcome answers.
    fn answered(&self, outcome: &Outcome) -> impl Iterator<Item = String> {
        let contracts = self.model.contracts.iter();
        contracts
            .filter(|contract| outcome.answers.contains(&contract.name))
            .map(|contract| compact(&self.names.path(contract.root, Scope::Family)))
    }

    /// The path of the enum that a member holds, and the variants of its two values.
    fn choice(&self, choice: &Choice, record: &Record) -> Option<(TokenStream, [Ident; 2])> {
        let field = record.fields.iter().find(|field| field.name == choice.member)?;
        let Type::Definition(id) = field.slot.ty else { return None };
        let Shape::Enum(values) = &self.model[id].shape else { return None };
        let variants = self.variants(id, values);
        let variant = |wanted: &String| {
            let index = values.values.iter().position(|value| value == wanted)?;
            variants.get(index).cloned()
        };
        let [first, second] = &choice.values;
        Some((self.names.path(id, Scope::Family), [variant(first)?, variant(second)?]))
    }
}
