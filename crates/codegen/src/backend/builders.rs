//! A builder for every record: all that is missing or invalid is reported at once.

use super::Context;
use super::docs;
use super::lints::similar_names;
use super::names::unique;
use super::types::{field_idents, nested_option_lints};
use crate::model::{DefinitionId, Shape, Slot, Type};
use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::ext::IdentExt;

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
        let setters = setter_idents(&idents, &extra);
        let types: Vec<_> = record
            .fields
            .iter()
            .map(|field| match &field.optional {
                None => self.boxed_type(id, &field.slot),
                // A value that was not set is null, so there is no need to set null.
                Some(_) => self.boxed_type(id, &Slot { nullable: false, ..field.slot.clone() }),
            })
            .collect();
        let lints = record
            .fields
            .iter()
            .map(|field| nested_option_lints(field.optional.is_none() && field.slot.nullable));
        let (rest_setter, setters) = (&setters[idents.len()], &setters[..idents.len()]);
        let setters = record.fields.iter().zip(setters).zip(idents.iter().zip(&types)).map(
            |((field, setter), (ident, ty))| {
                let doc = docs::attributes(&[format!(
                    "Sets {}: {}.{}",
                    docs::code(&field.name),
                    docs::describe(self, &field.slot),
                    docs::unset(field)
                )]);
                let allow = setter_lints(setter);
                if field.slot.ty == Type::Null {
                    return quote! {
                        #doc
                        #allow
                        pub fn #setter(mut self) -> Self {
                            self.#ident = ::core::option::Option::Some(());
                            self
                        }
                    };
                }
                quote! {
                    #doc
                    #allow
                    pub fn #setter(mut self, value: impl ::core::convert::Into<#ty>) -> Self {
                        self.#ident = ::core::option::Option::Some(value.into());
                        self
                    }
                }
            },
        );
        let members = record.fields.iter().zip(&idents).map(|(field, ident)| {
            let key = format!("{}:", serde_json::Value::from(field.name.as_str()));
            if field.optional.is_some() {
                let value = self.member(field, quote! { &self.#ident });
                // Not set is absent where there is a default, and null where there is none.
                return match &field.default {
                    Some(_) => quote! {
                        if self.#ident.is_some() {
                            object.member(#key, #value);
                        }
                    },
                    None => quote! { object.member(#key, #value); },
                };
            }
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
                pub fn #rest_setter(mut self, extra: #ty) -> Self {
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
        let private = self.paths.private();
        let (mut required, mut others) = (Vec::new(), Vec::new());
        for (field, ident) in record.fields.iter().zip(&idents) {
            match (&field.default, &field.optional) {
                (None, None) if field.required => required.push(ident),
                // To set no value and to set null come to the same where null is the default.
                (Some(default), Some(_)) if default != "null" => others.push(quote! {
                    #ident: #private::set_or_default(
                        self.#ident.map(::core::option::Option::Some),
                        #default,
                    )?,
                }),
                (Some(default), None) => others.push(quote! {
                    #ident: #private::set_or_default(self.#ident, #default)?,
                }),
                _ => others.push(quote! { #ident: self.#ident, }),
            }
        }
        let construct = quote! { #name { #(#required,)* #(#others)* #rest_value } };
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
        let bound: Vec<Ident> = required.iter().map(|ident| (*ident).clone()).collect();
        let similar = similar_names(&bound);
        let about = docs::attributes(&[format!(
            "Builder of {}: reports everything that is missing or invalid at once.",
            docs::link(&name)
        )]);
        let start = docs::attributes(&[format!("A builder for `{name}`; see [`{builder}`].")]);
        quote! {
            impl #name {
                #start
                #[inline]
                pub fn builder() -> #builder { <#builder as ::core::default::Default>::default() }
            }

            #about
            #[derive(Debug, Clone, Default)]
            #[must_use]
            pub struct #builder {
                #(#lints #idents: ::core::option::Option<#types>,)*
                #rest_field
            }

            impl #builder {
                #(#setters)*
                #rest_setter

                #[doc = " The finished value."]
                #[doc = ""]
                #[doc = " # Errors"]
                #[doc = " Every required field that was not set, and every field that breaks the contract."]
                #similar
                #[inline]
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

/// The setters of the fields and of `extra`: their own names, beside `build`.
fn setter_idents(fields: &[Ident], extra: &Ident) -> Vec<Ident> {
    let own = fields.iter().chain([extra]).map(Ident::unraw).map(|ident| ident.to_string());
    unique(std::iter::once("build".to_owned()).chain(own)).split_off(1)
}

/// A setter has the name of its property, even where that means something else by convention.
fn setter_lints(setter: &Ident) -> Option<TokenStream> {
    const OPERATORS: &[&str] =
        &["add", "sub", "mul", "div", "rem", "shl", "shr", "bitand", "bitor", "bitxor"];
    let name = setter.to_string();
    let reason = "the name of a property";
    if OPERATORS.contains(&name.as_str()) {
        return Some(quote! { #[allow(clippy::should_implement_trait, reason = #reason)] });
    }
    let conversion = ["as_", "from_", "into_", "is_", "to_"].iter().any(|p| name.starts_with(p));
    (conversion || name == "new")
        .then(|| quote! { #[allow(clippy::wrong_self_convention, reason = #reason)] })
}
