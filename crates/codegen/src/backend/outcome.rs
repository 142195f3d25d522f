//! Outcome events: contracts that report how a migration ended.
//!
//! A contract has that shape if its root knows `code` and `message` (strings), `migration`, `status`
//! (`SUCCESS` and `FAIL`), and perhaps `entity` and `operation` (`CREATION` and `UPDATE`), the first four
//! required, those two optional, and nothing else required.

use super::Context;
use super::types::field_idents;
use crate::model::{ContractId, Enum, Field, Record, Rest, Scope, Shape, Type};
use proc_macro2::{Ident, TokenStream};
use quote::quote;

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
        let none = quote! { ::core::option::Option::None };
        let operations = operation.as_ref().map(|(operation, [creation, update])| {
            let some =
                |variant: &Ident| quote! { ::core::option::Option::Some(#operation::#variant) };
            (some(creation), some(update), none.clone())
        });
        let unit = || quote! { () };
        let (creation, update, neither) = operations.unwrap_or_else(|| (unit(), unit(), unit()));
        let ident = |name| {
            let index = record.fields.iter().position(|field| field.name == name)?;
            idents.get(index)
        };
        let fields = record.fields.iter().zip(&idents).map(|(field, ident)| match &*field.name {
            "code" => quote! { #ident: report.code, },
            "message" => quote! { #ident: report.message, },
            "migration" => quote! { #ident: report.migration, },
            "status" => quote! { #ident, },
            "entity" if entity.is_some() => quote! { #ident, },
            "operation" if operation.is_some() => quote! { #ident, },
            _ => quote! { #ident: #none, },
        });
        let extra = (record.rest != Rest::Closed)
            .then(|| quote! { #extra: ::core::default::Default::default(), });
        let name = self.names.ident(root);
        let migration = self.boxed_type(root, &migration.slot);
        let entity_type = match entity {
            Some(field) => self.boxed_type(root, &field.slot),
            None => quote! { () },
        };
        let local = |name, is_known: bool| match ident(name).filter(|_| is_known) {
            Some(ident) => quote! { #ident },
            None => quote! { _ },
        };
        let status_local = local("status", true);
        let operation_local = local("operation", operation.is_some());
        let entity_local = local("entity", entity.is_some());
        let (outcome, ended, report, succeeded) = (
            self.paths.outcome(),
            self.paths.outcome_ended(),
            self.paths.outcome_report(),
            self.paths.outcome_succeeded(),
        );
        let some = quote! { ::core::option::Option::Some(entity) };
        Some(quote! {
            impl #outcome for #name {
                type Migration = #migration;
                type Entity = #entity_type;

                fn assemble(report: #report<#migration, #entity_type>) -> Self {
                    let (#status_local, #operation_local, #entity_local) = match report.ended {
                        #ended::Created(entity) => (#status::#success, #creation, #some),
                        #ended::Updated(entity) => (#status::#success, #update, #some),
                        #ended::Failed => (#status::#fail, #neither, #none),
                    };
                    Self { #(#fields)* #extra }
                }
            }

            impl #name {
                #[doc = " Starts to report a success: it becomes an event once it is said whether something was"]
                #[doc = " created or updated. `migration` is what came with the event that is answered, so that its"]
                #[doc = " identifiers are repeated with their exact text."]
                pub fn succeeded(
                    code: impl ::core::convert::Into<::std::string::String>,
                    message: impl ::core::convert::Into<::std::string::String>,
                    migration: impl ::core::convert::Into<#migration>,
                ) -> #succeeded<Self> {
                    <Self as #outcome>::succeeded(code, message, migration)
                }

                #[doc = " Reports a failure: nothing came of the migration."]
                #[must_use]
                pub fn failed(
                    code: impl ::core::convert::Into<::std::string::String>,
                    message: impl ::core::convert::Into<::std::string::String>,
                    migration: impl ::core::convert::Into<#migration>,
                ) -> Self {
                    <Self as #outcome>::failed(code, message, migration)
                }
            }
        })
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
