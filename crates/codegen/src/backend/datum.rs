//! The Avro binary codec: from the bytes of a datum into the type, and back.
//!
//! Fields are read in the order of the schema, branches and symbols by their index as published.

use super::Context;
use super::recursion::{definitions_within, is_recursive};
use super::types::{branch_idents, field_idents};
use crate::model::{
    DefinitionId, Encoding, Enum, Model, Optional, Record, Scope, Shape, Tag, Union,
};
use proc_macro2::{Literal, TokenStream};
use quote::quote;
use std::collections::BTreeSet;

/// The definitions that belong to an Avro contract, alone or among others.
pub(super) struct AvroTypes(BTreeSet<DefinitionId>);

impl AvroTypes {
    pub(super) fn find(model: &Model) -> Self {
        let avro = model.contracts.iter().filter(|contract| contract.encoding == Encoding::Avro);
        let mut queue: Vec<_> = avro.map(|contract| contract.root).collect();
        let mut found = BTreeSet::new();
        while let Some(id) = queue.pop() {
            if found.insert(id) {
                queue.extend(definitions_within(model, id));
            }
        }
        Self(found)
    }
}

impl Context<'_> {
    /// `impl Datum`, and `from_avro` and `to_avro` of what can be a datum of its own.
    pub(super) fn datum(&self, id: DefinitionId) -> TokenStream {
        if !self.avro.0.contains(&id) {
            return TokenStream::new();
        }
        let (avro, name) = (self.paths.avro(), self.names.ident(id));
        let definition = &self.model[id];
        let full_name = definition.full_name.as_deref().unwrap_or("union");
        let (read, write, rest) = match &definition.shape {
            Shape::Record(record) => {
                (self.read_record(id, record), self.write_record(record), self.on_bytes(id))
            }
            Shape::Enum(values) => (self.read_symbol(values), self.write_symbol(), None),
            Shape::Union(union) => (
                quote! { let index = cursor.branch()?; #avro::Union::read_branch(index, cursor) },
                self.write_branch(union),
                Some(self.union_branches(id, union)),
            ),
            // Avro has no strings of a certain form.
            Shape::Text(_) | Shape::Literals(_) | Shape::Newtype(_) => return TokenStream::new(),
        };
        let is_empty =
            matches!(&definition.shape, Shape::Record(record) if record.fields.is_empty());
        let (cursor, out) = if is_empty {
            (quote! { _ }, quote! { _ })
        } else {
            (quote! { cursor }, quote! { out })
        };
        quote! {
            impl #avro::Datum for #name {
                const NAME: &'static str = #full_name;
                // Otherwise a large value is moved from one level to the next.
                #[inline]
                fn read(#cursor: &mut #avro::Cursor<'_>) -> ::core::result::Result<Self, #avro::DatumError> { #read }
                fn write(&self, #out: &mut ::std::vec::Vec<u8>) { #write }
            }
            #rest
        }
    }

    fn read_record(&self, id: DefinitionId, record: &Record) -> TokenStream {
        let (idents, _) = field_idents(record);
        let fields = record.fields.iter().zip(&idents).map(|(field, ident)| {
            let name = &field.name;
            match &field.optional {
                None => quote! { #ident: cursor.field(#name)?, },
                Some(Optional { full_name, null_index }) => {
                    let null = index(*null_index);
                    quote! { #ident: cursor.nullable_field(#name, #full_name, #null)?, }
                }
            }
        });
        let value = quote! { ::core::result::Result::Ok(Self { #(#fields)* }) };
        // Every circle of types goes through a record.
        if is_recursive(self.model, id) {
            quote! { cursor.nested(|cursor| #value) }
        } else {
            value
        }
    }

    fn write_record(&self, record: &Record) -> TokenStream {
        let avro = self.paths.avro();
        let (idents, _) = field_idents(record);
        let fields =
            record.fields.iter().zip(&idents).map(|(field, ident)| match &field.optional {
                None => quote! { #avro::Datum::write(&self.#ident, out); },
                Some(optional) => {
                    let null = index(optional.null_index);
                    quote! { #avro::write_nullable(&self.#ident, #null, out); }
                }
            });
        quote! { #(#fields)* }
    }

    /// The values stand in published order, since enums of another order are types of their own.
    fn read_symbol(&self, values: &Enum) -> TokenStream {
        debug_assert!(!values.open, "Avro has no open enums");
        quote! {
            let index = cursor.symbol()?;
            Self::VALUES.get(index).copied().ok_or_else(|| cursor.no_such_symbol())
        }
    }

    fn write_symbol(&self) -> TokenStream {
        let avro = self.paths.avro();
        quote! { #avro::write_index(*self as usize, out); }
    }

    fn write_branch(&self, union: &Union) -> TokenStream {
        let avro = self.paths.avro();
        let arms = branches(union).map(|(index, _, variant)| {
            quote! {
                Self::#variant(value) => {
                    #avro::write_index(#index, out);
                    #avro::Datum::write(value, out);
                }
            }
        });
        let arms: Vec<_> = arms.collect();
        quote! { match self { #(#arms)* } }
    }

    /// `impl Union`
    fn union_branches(&self, id: DefinitionId, union: &Union) -> TokenStream {
        let (avro, name) = (self.paths.avro(), self.names.ident(id));
        let null = match null_index(union) {
            Some(null_index) => {
                let null_index = index(null_index);
                quote! { ::core::option::Option::Some(#null_index) }
            }
            None => quote! { ::core::option::Option::None },
        };
        let arms = branches(union).map(|(index, full_name, variant)| {
            quote! { #index => cursor.branch_value(#full_name).map(Self::#variant), }
        });
        let arms: Vec<_> = arms.collect();
        let is_root = self.roots.contains(&id);
        let on_bytes = is_root.then(|| self.on_bytes(id));
        quote! {
            impl #avro::Union for #name {
                const NULL: ::core::option::Option<usize> = #null;
                fn read_branch(index: usize, cursor: &mut #avro::Cursor<'_>) -> ::core::result::Result<Self, #avro::DatumError> {
                    match index {
                        #(#arms)*
                        _ => ::core::result::Result::Err(cursor.no_such_branch()),
                    }
                }
            }
            #on_bytes
        }
    }

    /// `from_avro` and `to_avro`
    fn on_bytes(&self, id: DefinitionId) -> Option<TokenStream> {
        let (avro, name) = (self.paths.avro(), self.names.ident(id));
        Some(quote! {
            impl #name {
                #[doc = " Decodes one datum in the Avro binary encoding, written with this very schema."]
                #[doc = ""]
                #[doc = " # Errors"]
                #[doc = " The bytes are no datum of the schema, or more than one. The error says where and shows"]
                #[doc = " no value."]
                pub fn from_avro(datum: &[u8]) -> ::core::result::Result<Self, #avro::DatumError> {
                    #avro::from_datum(datum)
                }

                #[doc = " The datum in the Avro binary encoding."]
                #[must_use]
                pub fn to_avro(&self) -> ::std::vec::Vec<u8> { #avro::to_datum(self) }
            }
        })
    }

    /// `impl Described` of the root of each Avro contract.
    pub(super) fn avro_schemas(&self) -> TokenStream {
        let avro = self.paths.avro();
        let schemas = self.model.contracts.iter().filter_map(|contract| {
            let schema = contract.avro.as_ref()?;
            let root = self.names.path(contract.root, Scope::Family);
            let (name, json, canonical_form) =
                (&contract.name, &schema.json, &schema.canonical_form);
            let rabin = hexadecimal(schema.rabin);
            let (md5, sha256) = (bytes(&schema.md5), bytes(&schema.sha256));
            Some(quote! {
                impl #avro::Described for #root {
                    const SCHEMA: &'static #avro::Schema = &#avro::Schema::__new(
                        #name, #json, #canonical_form, #rabin, *#md5, *#sha256,
                    );
                }
            })
        });
        quote! { #(#schemas)* }
    }
}

/// Index as published, full name and variant of each branch that is not null.
fn branches(union: &Union) -> impl Iterator<Item = (Literal, &str, proc_macro2::Ident)> {
    let null_index = null_index(union);
    let published = (0..).filter(move |index| Some(*index) != null_index);
    let named = union.branches.iter().zip(branch_idents(union));
    published.zip(named).map(|(published, (branch, variant))| {
        (index(published), branch.full_name.as_str(), variant)
    })
}

fn null_index(union: &Union) -> Option<usize> {
    match union.tag {
        Tag::FullName { null_index } => null_index,
        _ => None,
    }
}

fn index(index: usize) -> Literal {
    Literal::usize_unsuffixed(index)
}

/// `0x01af_…`, in groups that can be read.
fn hexadecimal(number: u64) -> TokenStream {
    let digits = format!("{number:016x}");
    let groups: Vec<_> = (0..16).step_by(4).map(|start| &digits[start..start + 4]).collect();
    format!("0x{}", groups.join("_")).parse().unwrap_or_else(|_| quote! { #number })
}

/// Bytes as one literal instead of an array of numbers.
fn bytes(bytes: &[u8]) -> Literal {
    Literal::byte_string(bytes)
}
