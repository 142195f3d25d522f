//! Type definitions: structs, unions, texts; the others have files of their own.

use super::Context;
use super::docs;
use super::ident::{camel, snake};
use super::names::{explicit_or, unique};
use crate::model::{
    AvroType, Definition, DefinitionId, External, Field, Model, Record, Rest, Scope, Shape, Slot,
    Text, Type, Union,
};
use proc_macro2::{Ident, TokenStream};
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
        }
    }

    fn record(&self, id: DefinitionId, definition: &Definition, record: &Record) -> TokenStream {
        let name = self.names.ident(id);
        let (derives, extra_attributes) = (self.derives(id), self.extras.tokens(id));
        let is = docs::record(&record.rest, "JSON object");
        let doc = docs::attributes(&docs::definition(self, definition, &is));
        let (idents, extra) = field_idents(record);
        let fields = record.fields.iter().zip(&idents).map(|(field, ident)| {
            let doc = docs::attributes(&docs::field(self, field));
            let ty = self.field_type(id, field);
            let lints = nested_option_lints(!field.required && field.slot.nullable);
            quote! { #doc #lints pub #ident: #ty, }
        });
        let extra = self.rest_type(&record.rest, definition.scope).map(|ty| {
            quote! {
                #[doc = " Properties that the contract leaves open, in the order in which they came."]
                pub #extra: #ty,
            }
        });
        quote! {
            #doc
            #[derive(#derives)]
            #extra_attributes
            pub struct #name { #(#fields)* #extra }
        }
    }

    fn union(&self, id: DefinitionId, definition: &Definition, union: &Union) -> TokenStream {
        let name = self.names.ident(id);
        let (derives, extra_attributes) = (self.derives(id), self.extras.tokens(id));
        let doc = docs::attributes(&docs::definition(self, definition, ""));
        let variants = branch_idents(union);
        let bodies = union.branches.iter().zip(&variants).map(|(branch, variant)| {
            let mut paragraphs =
                vec![format!("On the wire: {}.", docs::describe(self, &branch.slot))];
            if let Type::Definition(inner) = branch.slot.ty {
                let docs = &self.model[inner].docs;
                let first = docs.title.as_ref().or(docs.description.as_ref());
                paragraphs.extend(first.map(|text| format!("{}.", text.trim_end_matches('.'))));
                paragraphs.rotate_right(usize::from(first.is_some()));
            }
            let doc = docs::attributes(&paragraphs);
            let ty = self.boxed_type(id, &branch.slot);
            quote! { #doc #variant(#ty), }
        });
        let conversions = union.branches.iter().zip(&variants).filter_map(|(branch, variant)| {
            // A type that occurs in two branches says nothing about which one is meant.
            let own = matches!(branch.slot.ty, Type::Definition(_));
            let twins =
                union.branches.iter().filter(|other| other.slot.ty == branch.slot.ty).count();
            let ty = self.boxed_type(id, &branch.slot);
            (own && twins == 1).then(|| {
                quote! {
                    impl ::core::convert::From<#ty> for #name {
                        fn from(value: #ty) -> Self { Self::#variant(value) }
                    }
                }
            })
        });
        quote! {
            #doc
            #[derive(#derives)]
            #extra_attributes
            pub enum #name { #(#bodies)* }
            #(#conversions)*
        }
    }

    fn text(&self, id: DefinitionId, definition: &Definition, text: &Text) -> TokenStream {
        let name = self.names.ident(id);
        let slot = Slot::of(Type::Definition(id));
        let is = format!("A {}; no other text can be in it.", docs::describe(self, &slot));
        let doc = docs::attributes(&docs::definition(self, definition, &is));
        let valid = self.text_condition(text);
        let kind = self.paths.violation_kind();
        let private = self.paths.private();
        let schema = self.schema_path(definition.rule, definition.scope);
        let extra_attributes = self.extras.tokens(id);
        quote! {
            #doc
            #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
            #extra_attributes
            pub struct #name(::std::string::String);

            impl #name {
                #[doc = " Takes a text that satisfies the contract."]
                #[doc = ""]
                #[doc = " # Errors"]
                #[doc = " The first violation, without the text."]
                pub fn new(text: impl ::core::convert::Into<::std::string::String>) -> ::core::result::Result<Self, #kind> {
                    let text = text.into();
                    if Self::is_valid(&text) {
                        ::core::result::Result::Ok(Self(text))
                    } else {
                        ::core::result::Result::Err(#private::text_violation(&text, &#schema))
                    }
                }

                #[doc = " The text."]
                #[must_use]
                pub fn as_str(&self) -> &str { &self.0 }

                fn is_valid(text: &str) -> bool { #valid }
            }

            impl ::core::ops::Deref for #name {
                type Target = str;
                fn deref(&self) -> &str { &self.0 }
            }

            impl ::core::fmt::Display for #name {
                fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                    f.pad(&self.0)
                }
            }

            impl ::core::str::FromStr for #name {
                type Err = #kind;
                fn from_str(text: &str) -> ::core::result::Result<Self, #kind> {
                    Self::new(text)
                }
            }

            impl ::core::convert::From<#name> for ::std::string::String {
                fn from(text: #name) -> Self { text.0 }
            }
        }
    }

    fn text_condition(&self, text: &Text) -> TokenStream {
        let mut conditions = Vec::new();
        let matches = text.pattern.as_ref().map(|pattern| self.pattern_matcher(pattern));
        let matches = matches.map(|matches| {
            conditions.push(quote! { matches(text) });
            quote! { let matches = #matches; }
        });
        if let Some(limit) = text.min_length {
            conditions.push(quote! { text.chars().count() as u64 >= #limit });
        }
        if let Some(limit) = text.max_length {
            conditions.push(quote! { text.chars().count() as u64 <= #limit });
        }
        if let Some(format) = text.format {
            let format = self.format(format);
            conditions.push(quote! { #format.matches(text) });
        }
        quote! { #matches #(#conditions)&&* }
    }

    /// The type of a field: an `Option` around the value's type where it may be absent.
    pub(super) fn field_type(&self, owner: DefinitionId, field: &Field) -> TokenStream {
        let ty = self.boxed_type(owner, &field.slot);
        if field.required {
            ty
        } else {
            quote! { ::core::option::Option<#ty> }
        }
    }

    /// The type of a place inside `owner`, boxed where it would contain itself.
    pub(super) fn boxed_type(&self, owner: DefinitionId, slot: &Slot) -> TokenStream {
        let scope = self.model[owner].scope;
        if !self.is_boxed(owner, &slot.ty) {
            return self.slot_type(slot, scope);
        }
        let inner = self.value_type(&slot.ty, scope);
        let ty = quote! { ::std::boxed::Box<#inner> };
        if slot.nullable {
            quote! { ::core::option::Option<#ty> }
        } else {
            ty
        }
    }

    pub(super) fn slot_type(&self, slot: &Slot, scope: Scope) -> TokenStream {
        let ty = self.value_type(&slot.ty, scope);
        if slot.nullable {
            quote! { ::core::option::Option<#ty> }
        } else {
            ty
        }
    }

    fn value_type(&self, ty: &Type, scope: Scope) -> TokenStream {
        match ty {
            Type::Any => self.paths.raw_json(),
            Type::Object => self.paths.raw_object(),
            Type::Null => quote! { () },
            Type::Boolean => quote! { bool },
            Type::Integer => quote! { i64 },
            Type::Integer32 => quote! { i32 },
            Type::Number => self.paths.decimal(),
            Type::Float => quote! { f32 },
            Type::Double => quote! { f64 },
            Type::Text => quote! { ::std::string::String },
            Type::DateTime => self.paths.timestamp(),
            Type::Date => self.paths.naive_date(),
            Type::Uuid => self.paths.uuid(),
            Type::Array(item) => {
                let item = self.slot_type(item, scope);
                quote! { ::std::vec::Vec<#item> }
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

    /// A type of another crate; its parameters stand in its own crate's terms, without a wrapper.
    fn external_type(&self, external: &External, scope: Scope) -> TokenStream {
        let path: TokenStream = external.path.parse().unwrap_or_default();
        let parameters = external.parameters.iter().map(|slot| {
            let ty = match &slot.ty {
                Type::External(inner) => self.external_type(inner, scope),
                ty => self.value_type(ty, scope),
            };
            if slot.nullable {
                quote! { ::core::option::Option<#ty> }
            } else {
                ty
            }
        });
        let parameters = (!external.parameters.is_empty()).then(|| quote! { <#(#parameters),*> });
        quote! { ::#path #parameters }
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
            AvroType::Decimal { scale } => quote! { #avro::Decimal<#scale> },
            AvroType::FixedDecimal { size, scale } => quote! { #avro::FixedDecimal<#size, #scale> },
        }
    }

    /// The type that holds properties a record does not know, if it takes any.
    pub(super) fn rest_type(&self, rest: &Rest, scope: Scope) -> Option<TokenStream> {
        let map = self.paths.map();
        match rest {
            Rest::Closed => None,
            Rest::Open => {
                let raw = self.paths.raw_json();
                Some(quote! { #map<#raw> })
            }
            Rest::Typed(slot) => {
                let value = self.slot_type(slot, scope);
                Some(quote! { #map<#value> })
            }
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

/// Whether equality of such values may not be an equivalence: because of binary floating point, or of
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

/// Absent, null and a value are three things. The lint knows, but speaks up where a crate does not export
/// the type.
pub(super) fn nested_option_lints(is_nested: bool) -> Option<TokenStream> {
    let reason = "absent, null or a value";
    is_nested.then(|| quote! { #[allow(clippy::option_option, reason = #reason)] })
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

/// The variants of a union.
pub(super) fn branch_idents(union: &Union) -> Vec<Ident> {
    unique(
        union
            .branches
            .iter()
            .map(|branch| explicit_or(branch.explicit_name.as_ref(), &branch.hint, camel)),
    )
}
