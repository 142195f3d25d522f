//! Outcome events: contracts that report how a migration ended.
//!
//! The annotation `x-outcome` says which member plays which part; the frontend has checked that their
//! types fit.

use super::Context;
use super::types::field_idents;
use crate::model::{Choice, ContractId, DefinitionId, Outcome, Record, Rest, Scope, Shape, Type};
use proc_macro2::{Ident, TokenStream};
use quote::quote;

impl Context<'_> {
    /// The implementation of `Outcome` for a contract that is annotated as one.
    pub(super) fn outcome(&self, contract: ContractId) -> TokenStream {
        let contract = &self.model.contracts[contract.0];
        let shape = &self.model[contract.root].shape;
        match (&contract.outcome, shape) {
            (Some(outcome), Shape::Record(record)) => {
                self.outcome_impl(contract.root, outcome, record).unwrap_or_default()
            }
            _ => TokenStream::new(),
        }
    }

    fn outcome_impl(
        &self,
        root: DefinitionId,
        outcome: &Outcome,
        record: &Record,
    ) -> Option<TokenStream> {
        let find = |name: &str| record.fields.iter().find(|field| field.name == name);
        let migration = find(&outcome.migration)?;
        let (status, [success, fail]) = self.choice(&outcome.status, record)?;
        let entity = outcome.entity.as_deref().and_then(find);
        let operation = outcome.operation.as_ref().and_then(|choice| self.choice(choice, record));

        let (idents, extra) = field_idents(record);
        let none = quote! { ::core::option::Option::None };
        let operations = operation.as_ref().map(|(operation, [creation, update])| {
            let some =
                |variant: &Ident| quote! { ::core::option::Option::Some(#operation::#variant) };
            (some(creation), some(update), none.clone())
        });
        let unit = || quote! { () };
        let (creation, update, neither) = operations.unwrap_or_else(|| (unit(), unit(), unit()));
        let has_role = |part: Option<&str>, name: &str| part == Some(name);
        let operation_member = outcome.operation.as_ref().map(|choice| &*choice.member);
        let fields = record.fields.iter().zip(&idents).map(|(field, ident)| match &*field.name {
            name if name == outcome.code => quote! { #ident: report.code, },
            name if name == outcome.message => quote! { #ident: report.message, },
            name if name == outcome.migration => quote! { #ident: report.migration, },
            name if name == outcome.status.member
                || has_role(operation_member, name)
                || has_role(outcome.entity.as_deref(), name) =>
            {
                quote! { #ident, }
            }
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
        let local = |member: Option<&str>| {
            let index = record.fields.iter().position(|field| Some(&*field.name) == member);
            match index.and_then(|index| idents.get(index)) {
                Some(ident) => quote! { #ident },
                None => quote! { _ },
            }
        };
        let status_local = local(Some(&outcome.status.member));
        let operation_local = local(operation_member);
        let entity_local = local(outcome.entity.as_deref());
        let answers = self.answers(outcome);
        let (outcome_trait, ended, report, succeeded) = (
            self.paths.outcome(),
            self.paths.outcome_ended(),
            self.paths.outcome_report(),
            self.paths.outcome_succeeded(),
        );
        let some = quote! { ::core::option::Option::Some(entity) };
        Some(quote! {
            impl #outcome_trait for #name {
                type Migration = #migration;
                type Entity = #entity_type;
                #answers

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
                    <Self as #outcome_trait>::succeeded(code, message, migration)
                }

                #[doc = " Reports a failure: nothing came of the migration."]
                #[must_use]
                pub fn failed(
                    code: impl ::core::convert::Into<::std::string::String>,
                    message: impl ::core::convert::Into<::std::string::String>,
                    migration: impl ::core::convert::Into<#migration>,
                ) -> Self {
                    <Self as #outcome_trait>::failed(code, message, migration)
                }
            }
        })
    }

    /// The contracts that are answered, if the annotation names any.
    fn answers(&self, outcome: &Outcome) -> Option<TokenStream> {
        let is_answered = |name: &String| outcome.answers.contains(name);
        let answered = self.model.contracts.iter().filter(|contract| is_answered(&contract.name));
        let event = self.paths.event();
        let contracts: Vec<_> = answered
            .map(|contract| {
                let name = self.names.path(contract.root, Scope::Family);
                quote! { <#name as #event>::CONTRACT }
            })
            .collect();
        let contract = self.paths.contract();
        (!contracts.is_empty()).then(|| {
            quote! { const ANSWERS: &'static [&'static #contract] = &[#(#contracts),*]; }
        })
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
