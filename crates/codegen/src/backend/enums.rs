//! Enums of scalars: closed sets of texts, open ones, and sets of values of any type.

use super::block::{invoke, json_literal, literal};
use super::context::Context;
use super::facts::members::{literal_idents, variant_idents};
use super::{docs, types, verify};
use crate::model::{Definition, DefinitionId, Enum};
use proc_macro2::{Ident, TokenStream};
use quote::quote;

/// A closed set of texts.
pub(super) fn closed(
    context: &Context<'_>,
    id: DefinitionId,
    definition: &Definition,
    values: &Enum,
) -> TokenStream {
    let variants = variant_idents(context.model, id, values);
    let item = set(context, id, definition, &variants, &values.values);
    let rows = values.values.iter().map(|value| json_literal(value));
    let head = head(context, id, definition);
    let block = if context.avro.contains(id) {
        let full_name = definition.full_name.as_deref().unwrap_or(&definition.hint);
        let heads = vec![format!("{};", literal(full_name)), head];
        let block = invoke(context.paths.avro_enum(), &enum_rows(heads, rows, &variants));
        let is_root = context.contracts.is_root(id);
        let name = context.names.ident(id).to_string();
        let on_bytes = is_root.then(|| invoke(context.paths.on_bytes(), &[name]));
        quote! { #block #on_bytes }
    } else {
        invoke(context.paths.string_enum(), &enum_rows(vec![head], rows, &variants))
    };
    quote! { #item #block }
}

/// A set of scalars that are not all strings.
pub(super) fn literals(
    context: &Context<'_>,
    id: DefinitionId,
    definition: &Definition,
    values: &[String],
) -> TokenStream {
    let variants = literal_idents(values);
    let item = set(context, id, definition, &variants, values);
    let rows = values.iter().map(|value| literal(value));
    let head = head(context, id, definition);
    let block = invoke(context.paths.literals(), &enum_rows(vec![head], rows, &variants));
    quote! { #item #block }
}

/// An enum of these values.
fn set(
    context: &Context<'_>,
    id: DefinitionId,
    definition: &Definition,
    variants: &[Ident],
    values: &[String],
) -> TokenStream {
    let name = context.names.ident(id);
    let doc = docs::attributes(&docs::definition(context, definition, ""));
    let extra_attributes = context.extras.tokens(id);
    let wire_docs = values.iter().map(|value| format!(" Wire value {}.", docs::code(value)));
    let (default, default_variant) = match variants {
        [_] => (quote! { #[derive(Default)] }, quote! { #[default] }),
        _ => (TokenStream::new(), TokenStream::new()),
    };
    quote! {
        #doc
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #default
        #extra_attributes
        pub enum #name { #(#[doc = #wire_docs] #default_variant #variants,)* }
    }
}

/// A set of texts that takes any other text as well.
pub(super) fn open(
    context: &Context<'_>,
    id: DefinitionId,
    definition: &Definition,
    values: &Enum,
) -> TokenStream {
    let name = context.names.ident(id);
    let is = "The contract names these values in prose only, so any other string is legal too.";
    let doc = docs::attributes(&docs::definition(context, definition, is));
    let extra_attributes = context.extras.tokens(id);
    let variants = variant_idents(context.model, id, values);
    let string = types::prelude(context, "String", definition.scope);
    let wire = values.values.iter();
    let wire_docs = wire.clone().map(|value| format!(" Wire value {}.", docs::code(value)));
    let rows = wire.map(|value| json_literal(value));
    let head = head(context, id, definition);
    let block = invoke(context.paths.open_enum(), &enum_rows(vec![head], rows, &variants));
    quote! {
        #doc
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #extra_attributes
        pub enum #name {
            #(#[doc = #wire_docs] #variants,)*
            #[doc = " Any other value, as it is on the wire."]
            Other(#string),
        }

        #block
    }
}

fn head(context: &Context<'_>, id: DefinitionId, definition: &Definition) -> String {
    let (name, schema) = (context.names.ident(id), verify::schema_text(context, definition));
    format!("{name}, {schema}{};", verify::whole(context, definition))
}

/// The head of a block, and a row for each value.
fn enum_rows(
    mut rows: Vec<String>,
    values: impl Iterator<Item = String>,
    variants: &[Ident],
) -> Vec<String> {
    rows.extend(values.zip(variants).map(|(value, variant)| format!("{value} => {variant};")));
    rows
}
