//! The type of each place.

use super::block::compact;
use super::context::Context;
use super::facts::equivalence::lacks_equivalence;
use super::facts::ident::ident;
use crate::model::{AvroType, DefinitionId, External, ModuleId, Narrow, RuleId, Scope, Slot, Type};
use proc_macro2::TokenStream;
use quote::quote;

/// The type of a place inside `owner`, boxed where it would contain itself.
pub(super) fn boxed_type(context: &Context<'_>, owner: DefinitionId, slot: &Slot) -> TokenStream {
    let scope = context.model[owner].scope;
    if !context.recursion.is_boxed(context.model, owner, &slot.ty) {
        return slot_type(context, slot, scope);
    }
    let (boxed, inner) = (prelude(context, "Box", scope), value_type(context, &slot.ty, scope));
    optional(context, quote! { #boxed<#inner> }, slot.nullable, scope)
}

/// The type of a place, with `Option` around it where it may be null.
pub(super) fn slot_type(context: &Context<'_>, slot: &Slot, scope: Scope) -> TokenStream {
    optional(context, value_type(context, &slot.ty, scope), slot.nullable, scope)
}

fn optional(context: &Context<'_>, ty: TokenStream, nullable: bool, scope: Scope) -> TokenStream {
    if !nullable {
        return ty;
    }
    let option = prelude(context, "Option", scope);
    quote! { #option<#ty> }
}

/// A type of the prelude by its name, or by its path where a type of the contract has the name.
pub(super) fn prelude(context: &Context<'_>, name: &str, scope: Scope) -> TokenStream {
    match name {
        name if !context.names.is_taken(scope, name) => {
            let name = ident(name);
            quote! { #name }
        }
        "Box" => quote! { ::std::boxed::Box },
        "String" => quote! { ::std::string::String },
        "Vec" => quote! { ::std::vec::Vec },
        _ => quote! { ::core::option::Option },
    }
}

fn value_type(context: &Context<'_>, ty: &Type, scope: Scope) -> TokenStream {
    match ty {
        Type::Any => context.paths.raw_json(),
        Type::Object => context.paths.raw_object(),
        Type::Null => quote! { () },
        Type::Boolean => quote! { bool },
        Type::Integer => quote! { i64 },
        Type::Unsigned => quote! { u64 },
        Type::Integer32 => quote! { i32 },
        Type::Narrow(Narrow::Integer8) => quote! { i8 },
        Type::Narrow(Narrow::Integer16) => quote! { i16 },
        Type::Narrow(Narrow::Unsigned8) => quote! { u8 },
        Type::Narrow(Narrow::Unsigned16) => quote! { u16 },
        Type::Narrow(Narrow::Unsigned32) => quote! { u32 },
        Type::Number => context.paths.decimal(),
        Type::AnyNumber => context.paths.json_number(),
        Type::Float => quote! { f32 },
        Type::Double => quote! { f64 },
        Type::Text => prelude(context, "String", scope),
        Type::DateTime => context.paths.timestamp(),
        Type::Date => context.paths.naive_date(),
        Type::Uuid => context.paths.uuid(),
        Type::Array(item) => {
            let (list, item) = (prelude(context, "Vec", scope), slot_type(context, item, scope));
            quote! { #list<#item> }
        }
        Type::Map(value) => {
            let (map, value) = (context.paths.map(), slot_type(context, value, scope));
            quote! { #map<#value> }
        }
        Type::Tuple(items) => {
            let items = items.iter().map(|item| slot_type(context, item, scope));
            quote! { (#(#items,)*) }
        }
        Type::Definition(id) => path(context, *id, scope),
        Type::External(external) => {
            let (wrapper, ty) = (context.paths.external(), external_type(context, external, scope));
            quote! { #wrapper<#ty> }
        }
        Type::Avro(ty) => avro_type(context, *ty),
    }
}

/// The module of the tables, in which there are no types.
const TABLES: Scope = Scope::Module(ModuleId(usize::MAX));

/// The type with parameters that replaces the schema of a rule, as the tables name it.
pub(super) fn external_of(context: &Context<'_>, rule: RuleId) -> Option<String> {
    let external = context.externals.of(rule)?;
    Some(compact(&external_type(context, external, TABLES)))
}

/// A type of another crate; its parameters stand in its own crate's terms, without a wrapper.
fn external_type(context: &Context<'_>, external: &External, scope: Scope) -> TokenStream {
    let path: TokenStream = external.path.parse().unwrap_or_default();
    let parameters = external.parameters.iter().map(|slot| {
        let ty = match &slot.ty {
            Type::External(inner) => external_type(context, inner, scope),
            ty => value_type(context, ty, scope),
        };
        optional(context, ty, slot.nullable, scope)
    });
    let parameters = (!external.parameters.is_empty()).then(|| quote! { <#(#parameters),*> });
    quote! { ::#path #parameters }
}

fn avro_type(context: &Context<'_>, ty: AvroType) -> TokenStream {
    let avro = context.paths.avro();
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

/// The traits that every type of this kind derives.
pub(super) fn derives(context: &Context<'_>, id: DefinitionId) -> TokenStream {
    if lacks_equivalence(context.model, id) {
        quote! { Debug, Clone, PartialEq }
    } else {
        quote! { Debug, Clone, PartialEq, Eq }
    }
}

/// The path to the type of a definition from an item in `scope`.
pub(super) fn path(context: &Context<'_>, id: DefinitionId, scope: Scope) -> TokenStream {
    let name = context.names.ident(id);
    let home = match context.model[id].scope {
        there if there == scope => return quote! { #name },
        Scope::Family => TokenStream::new(),
        Scope::Module(module) => {
            let module = context.names.module(module);
            quote! { #module:: }
        }
    };
    match scope {
        Scope::Family => quote! { #home #name },
        Scope::Module(_) => quote! { super::#home #name },
    }
}
