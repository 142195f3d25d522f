//! Records: a struct with a field for each property, and the block that makes its codecs and its builder.

use super::Context;
use super::block::{compact, json_literal, literal};
use super::docs;
use super::ident::snake;
use super::names::{explicit_or, unique};
use crate::model::{Definition, DefinitionId, Field, Record, Rest, Scope, Slot, Type};
use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::ext::IdentExt;

impl Context<'_> {
    pub(super) fn record(
        &self,
        id: DefinitionId,
        definition: &Definition,
        record: &Record,
    ) -> TokenStream {
        let (name, derives) = (self.names.ident(id), self.derives(id));
        let extra_attributes = self.extras.tokens(id);
        let is = docs::record(&record.rest, "JSON object");
        let doc = docs::attributes(&docs::definition(self, definition, &is));
        let (idents, extra) = field_idents(record);
        let fields = record.fields.iter().zip(&idents).map(|(field, ident)| {
            let doc = docs::attributes(&docs::field(self, field));
            let ty = self.field_type(id, field);
            quote! { #doc pub #ident: #ty, }
        });
        let lints = nested_option_lints(record);
        let rest_field = self.rest_type(&record.rest, definition.scope).map(|ty| {
            let map = self.paths.map();
            quote! {
                #[doc = " Properties that the contract leaves open, in the order in which they came."]
                pub #extra: #map<#ty>,
            }
        });
        let block = self.record_block(id, definition, record);
        let initial = self.initial_block(id, record);
        let default = self.derives_default(id, record).then(|| quote! { , Default });
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
    fn derives_default(&self, id: DefinitionId, record: &Record) -> bool {
        self.model.initial.contains(&id) && !record.fields.iter().any(has_initial)
    }

    /// The default of a record, of whose fields some have values of their own.
    fn initial_block(&self, id: DefinitionId, record: &Record) -> Option<TokenStream> {
        if !self.model.initial.contains(&id) || self.derives_default(id, record) {
            return None;
        }
        let (idents, extra) = field_idents(record);
        let mut rows = vec![format!("{};", self.names.ident(id))];
        rows.extend(record.fields.iter().zip(&idents).map(|(field, ident)| {
            match field.initial.as_deref().filter(|_| field.required) {
                Some(json) => format!("{ident}: {};", literal(json)),
                None => format!("{ident};"),
            }
        }));
        if record.rest != Rest::Closed {
            rows.push(format!("{extra};"));
        }
        Some(self.block(self.paths.initial(), &rows))
    }

    fn record_block(
        &self,
        id: DefinitionId,
        definition: &Definition,
        record: &Record,
    ) -> TokenStream {
        let scope = definition.scope;
        let (idents, extra) = field_idents(record);
        let setters = setter_idents(&idents, &extra);
        let mut rows = Vec::new();
        let is_avro = self.avro.contains(id);
        if is_avro {
            let full_name = definition.full_name.as_deref().unwrap_or(&definition.hint);
            rows.push(format!("{};", literal(full_name)));
        }
        rows.push(format!(
            "{}, {}, {}{};",
            self.names.ident(id),
            self.names.builder(id),
            self.schema_text(definition),
            self.verify_whole(definition),
        ));
        for ((field, ident), setter) in record.fields.iter().zip(&idents).zip(&setters) {
            let ty = match &field.optional {
                None => self.boxed_type(id, &field.slot),
                // The kind of the field says that it may be null.
                Some(_) => self.boxed_type(id, &Slot { nullable: false, ..field.slot.clone() }),
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
                self.verify(&field.slot, scope),
            ));
        }
        match &record.rest {
            Rest::Closed => {}
            Rest::Open => rows.push(format!(".. => {extra};")),
            Rest::Typed(slot) => {
                let (ty, verify) = (self.slot_type(slot, scope), self.verify(slot, scope));
                rows.push(format!(".. => {extra}: {}{verify};", compact(&ty)));
            }
        }
        let name = if is_avro { self.paths.avro_record() } else { self.paths.record() };
        self.block(name, &rows)
    }

    /// The type of the values of properties that a record does not know, if it takes any.
    fn rest_type(&self, rest: &Rest, scope: Scope) -> Option<TokenStream> {
        match rest {
            Rest::Closed => None,
            Rest::Open => Some(self.paths.raw_json()),
            Rest::Typed(slot) => Some(self.slot_type(slot, scope)),
        }
    }

    /// The type of a field: an `Option` around the value's type where it may be absent.
    fn field_type(&self, owner: DefinitionId, field: &Field) -> TokenStream {
        let ty = self.boxed_type(owner, &field.slot);
        if field.required {
            ty
        } else {
            let option = self.prelude("Option", self.model[owner].scope);
            quote! { #option<#ty> }
        }
    }
}

/// Returns whether a field must be present, but builders know its value.
fn has_initial(field: &Field) -> bool {
    field.required && field.initial.is_some()
}

/// The kind of a field, as the macro calls it.
fn kind(field: &Field) -> String {
    match (&field.optional, &field.default) {
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

/// The fields of a record, and the one for properties it does not know.
pub(super) fn field_idents(record: &Record) -> (Vec<Ident>, Ident) {
    let names = record
        .fields
        .iter()
        .map(|field| explicit_or(field.explicit_name.as_ref(), &field.name, snake));
    let mut idents = unique(names.chain(["extra".to_owned()]));
    let extra = idents.pop().unwrap_or_else(|| super::ident::ident("extra"));
    (idents, extra)
}

/// The setters of the fields and of `extra`: their own names, beside `build`.
fn setter_idents(fields: &[Ident], extra: &Ident) -> Vec<Ident> {
    let own = fields.iter().chain([extra]).map(Ident::unraw).map(|ident| ident.to_string());
    unique(std::iter::once("build".to_owned()).chain(own)).split_off(1)
}
