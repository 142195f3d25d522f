//! The type of each place, and which definition of a type it leads to.

use super::{Context, docs};
use crate::model::{AvroType, Definition, DefinitionId, Model, Scope, Shape, Slot, Type};
use proc_macro2::TokenStream;
use quote::quote;
use std::collections::BTreeSet;

impl Context<'_> {
    /// The definition of a type with what belongs to it whatever the codec.
    pub(super) fn type_definition(&self, id: DefinitionId) -> TokenStream {
        let definition = &self.model[id];
        match &definition.shape {
            Shape::Record(record) => self.record(id, definition, record),
            Shape::Enum(values) if values.open => self.open_enum(id, definition, values),
            Shape::Enum(values) => self.closed_enum(id, definition, values),
            Shape::Union(union) => self.union(id, definition, union),
            Shape::Text(text) => self.text(id, definition, text),
            Shape::Literals(values) => self.literals(id, definition, values),
            Shape::Newtype(slot) if slot.ty == Type::Any && definition.is_verified => {
                self.raw(id, definition)
            }
            Shape::Newtype(slot) => self.newtype(id, definition, slot),
            Shape::Alias(slot) => self.alias(id, definition, slot),
        }
    }

    /// Another name of a type.
    fn alias(&self, id: DefinitionId, definition: &Definition, slot: &Slot) -> TokenStream {
        let (name, ty) = (self.names.ident(id), self.slot_type(slot, definition.scope));
        let mut is = format!("On the wire: {}", docs::describe(self, slot));
        is.push_str(if slot.nullable { ", or null." } else { "." });
        if definition.is_verified {
            is.push_str(" Its further rules are checked where it is used.");
        }
        let doc = docs::attributes(&docs::definition(self, definition, &is));
        quote! { #doc pub type #name = #ty; }
    }

    /// The type of a place inside `owner`, boxed where it would contain itself.
    pub(super) fn boxed_type(&self, owner: DefinitionId, slot: &Slot) -> TokenStream {
        let scope = self.model[owner].scope;
        if !self.is_boxed(owner, &slot.ty) {
            return self.slot_type(slot, scope);
        }
        let (boxed, inner) = (self.prelude("Box", scope), self.value_type(&slot.ty, scope));
        self.optional(quote! { #boxed<#inner> }, slot.nullable, scope)
    }

    pub(super) fn slot_type(&self, slot: &Slot, scope: Scope) -> TokenStream {
        self.optional(self.value_type(&slot.ty, scope), slot.nullable, scope)
    }

    pub(super) fn optional(&self, ty: TokenStream, nullable: bool, scope: Scope) -> TokenStream {
        if !nullable {
            return ty;
        }
        let option = self.prelude("Option", scope);
        quote! { #option<#ty> }
    }

    /// A type of the prelude by its name, or by its path where a type of the contract has the name.
    pub(super) fn prelude(&self, name: &str, scope: Scope) -> TokenStream {
        match name {
            name if !self.names.is_taken(scope, name) => {
                let name = super::ident::ident(name);
                quote! { #name }
            }
            "Box" => quote! { ::std::boxed::Box },
            "String" => quote! { ::std::string::String },
            "Vec" => quote! { ::std::vec::Vec },
            _ => quote! { ::core::option::Option },
        }
    }

    pub(super) fn value_type(&self, ty: &Type, scope: Scope) -> TokenStream {
        match ty {
            Type::Any => self.paths.raw_json(),
            Type::Object => self.paths.raw_object(),
            Type::Null => quote! { () },
            Type::Boolean => quote! { bool },
            Type::Integer => quote! { i64 },
            Type::Unsigned => quote! { u64 },
            Type::Integer32 => quote! { i32 },
            Type::Number => self.paths.decimal(),
            Type::Float => quote! { f32 },
            Type::Double => quote! { f64 },
            Type::Text => self.prelude("String", scope),
            Type::DateTime => self.paths.timestamp(),
            Type::Date => self.paths.naive_date(),
            Type::Uuid => self.paths.uuid(),
            Type::Array(item) => {
                let (list, item) = (self.prelude("Vec", scope), self.slot_type(item, scope));
                quote! { #list<#item> }
            }
            Type::Map(value) => {
                let (map, value) = (self.paths.map(), self.slot_type(value, scope));
                quote! { #map<#value> }
            }
            Type::Tuple(items) => {
                let items = items.iter().map(|item| self.slot_type(item, scope));
                quote! { (#(#items,)*) }
            }
            Type::Definition(id) => self.names.path(*id, scope),
            Type::External(external) => {
                let (wrapper, ty) = (self.paths.external(), self.external_type(external, scope));
                quote! { #wrapper<#ty> }
            }
            Type::Avro(ty) => self.avro_type(*ty),
        }
    }

    fn avro_type(&self, ty: AvroType) -> TokenStream {
        let avro = self.paths.avro();
        match ty {
            AvroType::Bytes => quote! { #avro::Bytes },
            AvroType::Fixed(size) => quote! { #avro::Fixed<#size> },
            AvroType::Date => quote! { #avro::Date },
            AvroType::TimeMillis => quote! { #avro::TimeMillis },
            AvroType::TimeMicros => quote! { #avro::TimeMicros },
            AvroType::TimestampMillis => quote! { #avro::TimestampMillis },
            AvroType::TimestampMicros => quote! { #avro::TimestampMicros },
            AvroType::TimestampNanos => quote! { #avro::TimestampNanos },
            AvroType::LocalTimestampMillis => quote! { #avro::LocalTimestampMillis },
            AvroType::LocalTimestampMicros => quote! { #avro::LocalTimestampMicros },
            AvroType::LocalTimestampNanos => quote! { #avro::LocalTimestampNanos },
            AvroType::Duration => quote! { #avro::Duration },
            AvroType::Decimal { scale, precision } => {
                quote! { #avro::Decimal<#scale, #precision> }
            }
            AvroType::FixedDecimal { size, scale, precision } => {
                quote! { #avro::FixedDecimal<#size, #scale, #precision> }
            }
            AvroType::FixedUuid => quote! { #avro::FixedUuid },
            AvroType::NullUnion => quote! { #avro::NullUnion },
        }
    }

    pub(super) fn derives(&self, id: DefinitionId) -> TokenStream {
        if lacks_equivalence(self.model, id, &mut BTreeSet::new()) {
            quote! { Debug, Clone, PartialEq }
        } else {
            quote! { Debug, Clone, PartialEq, Eq }
        }
    }
}

/// Returns whether equality of such values may not be an equivalence: because of binary floating point, or of
/// types of other crates.
pub(super) fn lacks_equivalence(
    model: &Model,
    id: DefinitionId,
    seen: &mut BTreeSet<DefinitionId>,
) -> bool {
    if !seen.insert(id) {
        return false;
    }
    model[id].shape.slots().into_iter().any(|slot| {
        let mut ty = &slot.ty;
        while let Type::Array(inner) | Type::Map(inner) = ty {
            ty = &inner.ty;
        }
        match ty {
            Type::Float | Type::Double | Type::External(_) => true,
            Type::Definition(id) => lacks_equivalence(model, *id, seen),
            _ => false,
        }
    })
}
