//! Types around one value: values of any type, and what needs a name of its own.

use super::Context;
use super::block::{compact, literal};
use super::docs;
use crate::model::{Definition, DefinitionId, Shape, Slot, Type};
use proc_macro2::TokenStream;
use quote::quote;

impl Context<'_> {
    /// A JSON value of any type that cannot break its contract.
    pub(super) fn raw(&self, id: DefinitionId, definition: &Definition) -> TokenStream {
        let name = self.names.ident(id);
        let is =
            "A JSON value of any type, kept as text; none that breaks the contract can be in it.";
        let doc = docs::attributes(&docs::definition(self, definition, is));
        let (raw, schema) = (self.paths.raw_json(), self.schema_text(definition));
        let extra_attributes = self.extras.tokens(id);
        let rules = self.verify_newtype(definition);
        let block = self.block(self.paths.raw(), &[format!("{name}, {schema}{rules};")]);
        quote! {
            #doc
            #[derive(Debug, Clone, PartialEq, Eq, Hash)]
            #extra_attributes
            pub struct #name(#raw);

            #block
        }
    }

    /// The checks of a value and of its content.
    fn verify_newtype(&self, definition: &Definition) -> String {
        let inner = match &definition.shape {
            Shape::Newtype(slot) => self.verify(slot, definition.scope),
            _ => String::new(),
        };
        format!("{}{inner}", self.verify_whole(definition))
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
        let (schema, rules) = (self.schema_text(definition), self.verify_newtype(definition));
        let from = if slot.ty == Type::Definition(id) {
            String::new()
        } else {
            format!(", from {}", compact(&ty))
        };
        let block = self.block(self.paths.newtype(), &[format!("{name}, {schema}{rules}{from};")]);
        let datum = self.avro.contains(id).then(|| {
            let full_name = definition.full_name.as_deref().map(literal);
            let full_name = full_name.map(|name| format!(", {name}")).unwrap_or_default();
            let row = format!("{name}, {}{full_name};", compact(&ty));
            self.block(self.paths.newtype_datum(), &[row])
        });
        quote! {
            #doc
            #[derive(#derives)]
            #extra_attributes
            pub struct #name(#[doc = " The value."] pub #ty);

            #block
            #datum
        }
    }
}
