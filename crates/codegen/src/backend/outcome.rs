//! Outcome events: contracts that report how a migration ended.
//!
//! A contract has that shape if its root knows `code` and `message` (strings), `migration`, `status`
//! (`SUCCESS` and `FAIL`), and perhaps `entity` and `operation` (`CREATION` and `UPDATE`), the first four
//! required, those two optional, and nothing else required.

use super::Context;
use super::block::compact;
use super::records::field_idents;
use crate::model::{ContractId, Enum, Field, Record, Rest, Scope, Shape, Type};
use proc_macro2::{Ident, TokenStream};

impl Context<'_> {
    /// The implementation of `Outcome` for the root of a contract of that shape.
    pub(super) fn outcome(&self, contract: ContractId) -> TokenStream {
        let root = self.model.contracts[contract.0].root;
        match &self.model[root].shape {
            Shape::Record(record) => self.outcome_impl(contract, record).unwrap_or_default(),
            _ => TokenStream::new(),
        }
    }

    fn outcome_impl(&self, contract: ContractId, record: &Record) -> Option<TokenStream> {
        const KNOWN: [&str; 4] = ["code", "message", "migration", "status"];
        let root = self.model.contracts[contract.0].root;
        let required =
            |name| record.fields.iter().find(|field| field.name == name && field.required);
        let is_text = |field: &&Field| field.slot.ty == Type::Text && !field.slot.nullable;
        required("code").filter(is_text)?;
        required("message").filter(is_text)?;
        let migration = required("migration").filter(|field| !field.slot.nullable)?;
        let (status, [success, fail]) = self.values(required("status")?, ["SUCCESS", "FAIL"])?;
        if record.fields.iter().any(|field| field.required && !KNOWN.contains(&&*field.name)) {
            return None;
        }
        let optional =
            |name| record.fields.iter().find(|field| field.name == name && !field.required);
        let entity = optional("entity").filter(|field| !field.slot.nullable);
        let operation =
            optional("operation").and_then(|field| self.values(field, ["CREATION", "UPDATE"]));

        let (idents, extra) = field_idents(record);
        let part = |part: &str| {
            let index = record.fields.iter().position(|field| field.name == part)?;
            idents.get(index)
        };
        let choice = |name: &str, path: &TokenStream, variants: &[Ident; 2]| {
            let (path, [first, second]) = (compact(path), variants);
            let field = part(name)?;
            Some(format!("{name} => {field}: {path}::{first} | {path}::{second};"))
        };
        let plain = |name: &str| Some(format!("{name} => {};", part(name)?));
        let entity_type = match entity {
            Some(field) => compact(&self.boxed_type(root, &field.slot)),
            None => "()".to_owned(),
        };
        let migration_type = compact(&self.boxed_type(root, &migration.slot));
        let mut rows = vec![
            format!("{}, {migration_type}, {entity_type};", self.names.ident(root)),
            plain("code")?,
            plain("message")?,
            plain("migration")?,
            choice("status", &status, &[success, fail])?,
        ];
        rows.extend(
            operation.as_ref().and_then(|(path, values)| choice("operation", path, values)),
        );
        rows.extend(entity.and_then(|_| plain("entity")));
        let says = |name: &str| {
            KNOWN.contains(&name)
                || name == "entity" && entity.is_some()
                || name == "operation" && operation.is_some()
        };
        rows.extend(
            record
                .fields
                .iter()
                .zip(&idents)
                .filter(|(field, _)| !says(&field.name))
                .map(|(_, ident)| format!("none => {ident};")),
        );
        if record.rest != Rest::Closed {
            rows.push(format!("rest => {extra};"));
        }
        Some(self.block(self.paths.outcome(), &rows))
    }

    /// The path and the variants of an enum that has just these values.
    fn values<const N: usize>(
        &self,
        field: &Field,
        wanted: [&str; N],
    ) -> Option<(TokenStream, [Ident; N])> {
        let Type::Definition(id) = field.slot.ty else { return None };
        let Shape::Enum(values @ Enum { open: false, .. }) = &self.model[id].shape else {
            return None;
        };
        if values.values.len() != N || field.slot.nullable {
            return None;
        }
        let variants = self.variants(id, values);
        let variant = |wanted: &str| {
            let index = values.values.iter().position(|value| value == wanted)?;
            Some(variants[index].clone())
        };
        let found: Vec<Ident> = wanted.into_iter().map(variant).collect::<Option<_>>()?;
        Some((self.names.path(id, Scope::Family), found.try_into().ok()?))
    }
}
