//! A builder for every record: all that is missing or invalid is reported at once.

use super::Context;
use super::docs;
use super::types::field_idents;
use crate::model::{DefinitionId, Shape};
use proc_macro2::TokenStream;
use quote::quote;

impl Context<'_> {
    pub(super) fn builder(&self, id: DefinitionId) -> TokenStream {
        let definition = &self.model[id];
        let Shape::Record(record) = &definition.shape else { return TokenStream::new() };
        if record.fields.is_empty() {
            return TokenStream::new();
        }
        let (name, builder) = (self.names.ident(id), self.names.builder(id));
        let (writer, invalid, described) =
            (self.paths.object_writer(), self.paths.invalid(), self.paths.described());
        let (idents, extra) = field_idents(record);
        let types: Vec<_> =
            record.fields.iter().map(|field| self.boxed_type(id, &field.slot)).collect();
        let setters =
            record.fields.iter().zip(idents.iter().zip(&types)).map(|(field, (ident, ty))| {
                let doc = docs::attributes(&[format!(
                    "Sets `{}`: {}.",
                    field.name,
                    docs::describe(self, &field.slot)
                )]);
                quote! {
                    #doc
                    #[must_use]
                    pub fn #ident(mut self, value: impl ::core::convert::Into<#ty>) -> Self {
                        self.#ident = ::core::option::Option::Some(value.into());
                        self
                    }
                }
            });
        let members = record.fields.iter().zip(&idents).map(|(field, ident)| {
            let key = format!("{}:", serde_json::Value::from(field.name.as_str()));
            quote! {
                if let ::core::option::Option::Some(value) = &self.#ident {
                    object.member(#key, value);
                }
            }
        });
        let rest = self.rest_type(&record.rest, definition.scope);
        let rest_field = rest.as_ref().map(|ty| quote! { #extra: #ty, });
        let rest_setter = rest.as_ref().map(|ty| {
            quote! {
                #[doc = " Sets the properties that the contract leaves open."]
                pub fn #extra(mut self, extra: #ty) -> Self {
                    self.#extra = extra;
                    self
                }
            }
        });
        let rest_members = rest.as_ref().map(|_| {
            quote! {
                for (key, value) in &self.#extra {
                    object.entry(key, value);
                }
            }
        });
        let rest_value = rest.as_ref().map(|_| quote! { #extra: self.#extra, });
        let (required, optional): (Vec<_>, Vec<_>) =
            record.fields.iter().zip(&idents).partition(|(field, _)| field.required);
        let required: Vec<_> = required.into_iter().map(|(_, ident)| ident).collect();
        let optional: Vec<_> = optional.into_iter().map(|(_, ident)| ident).collect();
        let construct = quote! {
            #name { #(#required,)* #(#optional: self.#optional,)* #rest_value }
        };
        let build = if required.is_empty() {
            quote! { ::core::result::Result::Ok(#construct) }
        } else {
            quote! {
                match (#(self.#required,)*) {
                    (#(::core::option::Option::Some(#required),)*) => {
                        ::core::result::Result::Ok(#construct)
                    }
                    // A missing field is a violation, so the check above has found it.
                    _ => ::core::result::Result::Err(#invalid::incomplete()),
                }
            }
        };
        let about = docs::attributes(&[format!(
            "Builds a [`{name}`] and reports everything that is missing or invalid at once."
        )]);
        let start = docs::attributes(&[format!("A builder for a `{name}`; see [`{builder}`].")]);
        quote! {
            impl #name {
                #start
                pub fn builder() -> #builder { #builder::default() }
            }

            #about
            #[derive(Debug, Clone, Default)]
            #[must_use]
            pub struct #builder {
                #(#idents: ::core::option::Option<#types>,)*
                #rest_field
            }

            impl #builder {
                #(#setters)*
                #rest_setter

                #[doc = " The finished value."]
                #[doc = ""]
                #[doc = " # Errors"]
                #[doc = " Every required field that was not set, and every field that breaks the contract."]
                pub fn build(self) -> ::core::result::Result<#name, #invalid> {
                    let mut text = ::std::string::String::new();
                    let mut object = #writer::new(&mut text);
                    #(#members)*
                    #rest_members
                    object.end();
                    #invalid::check(&text, <#name as #described>::SCHEMA)?;
                    #build
                }
            }
        }
    }
}
