//! Types around one value: values of any type, what needs a name of its own, and other names of types.

use super::block::{compact, invoke, literal};
use super::context::Context;
use super::{docs, types, verify};
use crate::model::{Definition, DefinitionId, Shape, Slot, Type};
use proc_macro2::TokenStream;
use quote::quote;

/// A JSON value of any type that cannot break its contract.
pub(super) fn raw(context: &Context<'_>, id: DefinitionId, definition: &Definition) -> TokenStream {
    let name = context.names.ident(id);
    let is = "A JSON value of any type, kept as text; none that breaks the contract can be in it.";
    let doc = docs::attributes(&docs::definition(context, definition, is));
    let (raw, schema) = (context.paths.raw_json(), verify::schema_text(context, definition));
    let extra_attributes = context.extras.tokens(id);
    let rules = verify_newtype(context, definition);
    let block = invoke(context.paths.raw(), &[format!("{name}, {schema}{rules};")]);
    quote! {
        #doc
        #[derive(Debug, Clone, PartialEq, Eq, Hash)]
        #extra_attributes
        pub struct #name(#raw);

        #block
    }
}

/// The checks of a value and of its content.
fn verify_newtype(context: &Context<'_>, definition: &Definition) -> String {
    let inner = match &definition.shape {
        Shape::Newtype(slot) => verify::slot(context, slot, definition.scope),
        _ => String::new(),
    };
    format!("{}{inner}", verify::whole(context, definition))
}

pub(super) fn newtype(
    context: &Context<'_>,
    id: DefinitionId,
    definition: &Definition,
    slot: &Slot,
) -> TokenStream {
    let name = context.names.ident(id);
    let (derives, extra_attributes) = (types::derives(context, id), context.extras.tokens(id));
    let ty = types::boxed_type(context, id, slot);
    let mut is = format!("On the wire: {}", docs::describe(context, slot));
    is.push_str(if slot.nullable { ", or null." } else { "." });
    let doc = docs::attributes(&docs::definition(context, definition, &is));
    let (schema, rules) =
        (verify::schema_text(context, definition), verify_newtype(context, definition));
    let from = if slot.ty == Type::Definition(id) {
        String::new()
    } else {
        format!(", from {}", compact(&ty))
    };
    let block = invoke(context.paths.newtype(), &[format!("{name}, {schema}{rules}{from};")]);
    let datum = context.avro.contains(id).then(|| {
        let full_name = definition.full_name.as_deref().map(literal);
        let full_name = full_name.map(|name| format!(", {name}")).unwrap_or_default();
        let row = format!("{name}, {}{full_name};", compact(&ty));
        invoke(context.paths.newtype_datum(), &[row])
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

/// Another name of a type.
pub(super) fn alias(
    context: &Context<'_>,
    id: DefinitionId,
    definition: &Definition,
    slot: &Slot,
) -> TokenStream {
    let (name, ty) = (context.names.ident(id), types::slot_type(context, slot, definition.scope));
    let mut is = format!("On the wire: {}", docs::describe(context, slot));
    is.push_str(if slot.nullable { ", or null." } else { "." });
    if definition.is_verified {
        is.push_str(" Its further rules are checked where it is used.");
    }
    let doc = docs::attributes(&docs::definition(context, definition, &is));
    let deprecation = context.extras.deprecation(id);
    quote! { #doc #deprecation pub type #name = #ty; }
}
