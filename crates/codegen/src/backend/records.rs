//! Records: a struct with a field for each property, and the block that makes its codecs and its builder.

use super::block::{compact, invoke, json_literal, literal};
use super::context::Context;
use super::facts::members::{field_idents, setter_idents};
use super::{docs, types, verify};
use crate::model::{Definition, DefinitionId, Field, Record, Rest, Scope, Slot, Type};
use proc_macro2::TokenStream;
use quote::quote;

/// The struct of a record, and its block.
pub(super) fn item(
    context: &Context<'_>,
    id: DefinitionId,
    definition: &Definition,
    record: &Record,
) -> TokenStream {
    let (name, derives) = (context.names.ident(id), types::derives(context, id));
    let extra_attributes = context.extras.tokens(id);
    let is = docs::record(&record.rest, "JSON object");
    let doc = docs::attributes(&docs::definition(context, definition, &is));
    let (idents, extra) = field_idents(record);
    let fields = record.fields.iter().zip(&idents).map(|(field, ident)| {
        let doc = docs::attributes(&docs::field(context, field));
        let ty = field_type(context, id, field);
        let deprecation = context.extras.member_deprecation(&field.docs);
        quote! { #doc #deprecation pub #ident: #ty, }
    });
    let lints = nested_option_lints(record);
    let rest_field = rest_type(context, &record.rest, definition.scope).map(|ty| {
        let map = context.paths.map();
        quote! {
            #[doc = " Properties that the contract leaves open, in the order in which they came."]
            pub #extra: #map<#ty>,
        }
    });
    let block = record_block(context, id, definition, record);
    let initial = initial_block(context, id, record);
    let default = derives_default(context, id, record).then(|| quote! { , Default });
    quote! {
        #doc
        #[derive(#derives #default)]
        #extra_attributes
        #lints
        pub struct #name { #(#fields)* #rest_field }

        #block
        #initial
    }
}

/// Returns whether a record has a default in which no field has a value of its own.
fn derives_default(context: &Context<'_>, id: DefinitionId, record: &Record) -> bool {
    context.model.initial.contains(&id) && !record.fields.iter().any(has_initial)
}

/// The default of a record, of whose fields some have values of their own.
fn initial_block(context: &Context<'_>, id: DefinitionId, record: &Record) -> Option<TokenStream> {
    if !context.model.initial.contains(&id) || derives_default(context, id, record) {
        return None;
    }
    let (idents, extra) = field_idents(record);
    let mut rows = vec![format!("{};", context.names.ident(id))];
    rows.extend(record.fields.iter().zip(&idents).map(|(field, ident)| {
        match field.initial.as_deref().filter(|_| field.required) {
            Some(json) => format!("{ident}: {};", literal(json)),
            None => format!("{ident};"),
        }
    }));
    if record.rest != Rest::Closed {
        rows.push(format!("{extra};"));
    }
    Some(invoke(context.paths.initial(), &rows))
}

fn record_block(
    context: &Context<'_>,
    id: DefinitionId,
    definition: &Definition,
    record: &Record,
) -> TokenStream {
    let scope = definition.scope;
    let (idents, extra) = field_idents(record);
    let setters = setter_idents(&idents, &extra);
    let mut rows = Vec::new();
    let is_avro = context.avro.contains(id);
    if is_avro {
        let full_name = definition.full_name.as_deref().unwrap_or(&definition.hint);
        rows.push(format!("{};", literal(full_name)));
    }
    rows.push(format!(
        "{}, {}, {}{};",
        context.names.ident(id),
        context.names.builder(id),
        verify::schema_text(context, definition),
        verify::whole(context, definition),
    ));
    for ((field, ident), setter) in record.fields.iter().zip(&idents).zip(&setters) {
        let ty = match &field.optional {
            None => types::boxed_type(context, id, &field.slot),
            // The kind of the field says that it may be null.
            Some(_) => {
                types::boxed_type(context, id, &Slot { nullable: false, ..field.slot.clone() })
            }
        };
        let setter = match (&field.slot.ty, setter == ident) {
            (Type::Null, _) => format!(", null {setter}"),
            (_, true) => String::new(),
            (_, false) => format!(", named {setter}"),
        };
        rows.push(format!(
            "{} => {ident}: {}, {}{}{setter};",
            json_literal(&field.name),
            compact(&ty),
            kind(field),
            verify::slot(context, &field.slot, scope),
        ));
    }
    match &record.rest {
        Rest::Closed => {}
        Rest::Open => rows.push(format!(".. => {extra};")),
        Rest::Typed(slot) => {
            let (ty, verify) =
                (types::slot_type(context, slot, scope), verify::slot(context, slot, scope));
            rows.push(format!(".. => {extra}: {}{verify};", compact(&ty)));
        }
    }
    let name = if is_avro { context.paths.avro_record() } else { context.paths.record() };
    invoke(name, &rows)
}

/// The type of the values of properties that a record does not know, if it takes any.
fn rest_type(context: &Context<'_>, rest: &Rest, scope: Scope) -> Option<TokenStream> {
    match rest {
        Rest::Closed => None,
        Rest::Open => Some(context.paths.raw_json()),
        Rest::Typed(slot) => Some(types::slot_type(context, slot, scope)),
    }
}

/// The type of a field: an `Option` around the value's type where it may be absent.
fn field_type(context: &Context<'_>, owner: DefinitionId, field: &Field) -> TokenStream {
    let ty = types::boxed_type(context, owner, &field.slot);
    if field.required {
        ty
    } else {
        let option = types::prelude(context, "Option", context.model[owner].scope);
        quote! { #option<#ty> }
    }
}

/// Returns whether a field must be present, but builders know its value.
fn has_initial(field: &Field) -> bool {
    field.required && field.initial.is_some()
}

/// The kind of a field, as the macro calls it.
fn kind(field: &Field) -> String {
    match (&field.optional, &field.default) {
        (None, _) if !field.required && field.slot.nullable => "optional_nullable".to_owned(),
        (None, _) if !field.required => "optional".to_owned(),
        (None, None) => match &field.initial {
            Some(initial) => format!("initial({})", literal(initial)),
            None => "required".to_owned(),
        },
        (None, Some(default)) => format!("default({})", literal(default)),
        (Some(optional), default) => {
            let (branch, null) = (literal(&optional.full_name), optional.null_index);
            match default {
                None => format!("nullable({branch}, {null})"),
                Some(default) => {
                    format!("nullable_default({branch}, {null}, {})", literal(default))
                }
            }
        }
    }
}

/// Absent, null and a value are three things. The lint knows, but speaks up where a crate does not export
/// the type.
fn nested_option_lints(record: &Record) -> Option<TokenStream> {
    let reason = "absent, null or a value";
    let is_nested = |field: &Field| !field.required && field.slot.nullable;
    record
        .fields
        .iter()
        .any(is_nested)
        .then(|| quote! { #[allow(clippy::option_option, reason = #reason)] })
}
