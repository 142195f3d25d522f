//! Types around one value: values of any type, and what needs a name of its own.

use super::Context;
use super::docs;
use crate::model::{Definition, DefinitionId, Slot, Type};
use proc_macro2::TokenStream;
use quote::quote;

impl Context<'_> {
    /// A JSON value of any type that cannot break its contract.
    pub(super) fn raw(&self, id: DefinitionId, definition: &Definition) -> TokenStream {
        let name = self.names.ident(id);
        let is =
            "A JSON value of any type, kept as text; none that breaks the contract can be in it.";
        let doc = docs::attributes(&docs::definition(self, definition, is));
        let (raw, invalid) = (self.paths.raw_json(), self.paths.invalid());
        let schema = self.schema_path(definition.rule, definition.scope);
        let extra_attributes = self.extras.tokens(id);
        quote! {
            #doc
            #[derive(Debug, Clone, PartialEq, Eq, Hash)]
            #extra_attributes
            pub struct #name(#raw);

            impl #name {
                #[doc = " Takes a value that satisfies the contract."]
                #[doc = ""]
                #[doc = " # Errors"]
                #[doc = " Every violation, without a value."]
                pub fn new(value: #raw) -> ::core::result::Result<Self, #invalid> {
                    #invalid::check(value.as_str(), &#schema)?;
                    ::core::result::Result::Ok(Self(value))
                }

                #[doc = " The value."]
                #[must_use]
                pub fn get(&self) -> &#raw { &self.0 }
            }

            impl ::core::convert::TryFrom<#raw> for #name {
                type Error = #invalid;
                fn try_from(value: #raw) -> ::core::result::Result<Self, #invalid> {
                    Self::new(value)
                }
            }

            impl ::core::convert::From<#name> for #raw {
                fn from(value: #name) -> Self { value.0 }
            }
        }
    }

    pub(super) fn newtype(
        &self,
        id: DefinitionId,
        definition: &Definition,
        slot: &Slot,
    ) -> TokenStream {
        let name = self.names.ident(id);
        let (derives, extra_attributes) = (self.derives(id), self.extras.tokens(id));
        let ty = self.boxed_type(id, slot);
        let mut is = format!("On the wire: {}", docs::describe(self, slot));
        is.push_str(if slot.nullable { ", or null." } else { "." });
        let doc = docs::attributes(&docs::definition(self, definition, &is));
        let conversion = (slot.ty != Type::Definition(id)).then(|| {
            quote! {
                impl ::core::convert::From<#ty> for #name {
                    fn from(value: #ty) -> Self { Self(value) }
                }
            }
        });
        quote! {
            #doc
            #[derive(#derives)]
            #extra_attributes
            pub struct #name(#[doc = " The value."] pub #ty);

            #conversion
        }
    }
}
