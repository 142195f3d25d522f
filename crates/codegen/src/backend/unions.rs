//! Unions: an enum with a type in each variant.

use super::block::{compact, invoke, literal};
use super::context::Context;
use super::facts::members::branch_idents;
use super::{docs, types, verify};
use crate::model::{
    Branch, Definition, DefinitionId, JsonType, Model, Tag, Type, Union, json_types,
};
use proc_macro2::TokenStream;
use quote::quote;

/// The enum of a union, and its block.
pub(super) fn item(
    context: &Context<'_>,
    id: DefinitionId,
    definition: &Definition,
    union: &Union,
) -> TokenStream {
    let (name, derives) = (context.names.ident(id), types::derives(context, id));
    let extra_attributes = context.extras.tokens(id);
    let doc = docs::attributes(&docs::definition(context, definition, ""));
    let bodies = union.branches.iter().zip(branch_idents(union)).map(|(branch, variant)| {
        let form = match (&union.tag, &branch.slot.ty) {
            (Tag::JsonType, Type::Any) => "a value of any other JSON type, kept as text".into(),
            _ => docs::describe(context, &branch.slot),
        };
        let mut paragraphs = vec![format!("On the wire: {form}.")];
        if let Type::Definition(inner) = branch.slot.ty {
            let docs = &context.model[inner].docs;
            let first = docs.title.as_ref().or(docs.description.as_ref());
            paragraphs.extend(first.map(|text| format!("{}.", text.trim_end_matches('.'))));
            paragraphs.rotate_right(usize::from(first.is_some()));
        }
        paragraphs.extend(docs::deprecation(&branch.docs));
        if !matches!(branch.slot.ty, Type::Definition(_)) {
            paragraphs.extend(docs::notes(&branch.docs));
        }
        let doc = docs::attributes(&paragraphs);
        let ty = types::boxed_type(context, id, &branch.slot);
        let deprecation = context.extras.member_deprecation(&branch.docs);
        quote! { #doc #deprecation #variant(#ty), }
    });
    let block = union_block(context, id, definition, union);
    quote! {
        #doc
        #[derive(#derives)]
        #extra_attributes
        #[allow(clippy::large_enum_variant, reason = "the contract decides the sizes")]
        pub enum #name { #(#bodies)* }

        #block
    }
}

fn union_block(
    context: &Context<'_>,
    id: DefinitionId,
    definition: &Definition,
    union: &Union,
) -> TokenStream {
    let (name, schema) = (context.names.ident(id), verify::schema_text(context, definition));
    let whole = verify::whole(context, definition);
    let scope = definition.scope;
    let verify = |branch: &Branch| verify::slot(context, &branch.slot, scope);
    let branches = union.branches.iter().zip(branch_idents(union));
    let branches = branches.map(|(branch, variant)| {
        (branch, format!("{variant}{}", conversion(context, id, union, branch)))
    });
    match &union.tag {
        Tag::JsonType => {
            let mut rows = vec![format!("{name}, {schema}{whole};")];
            let mut taken = Vec::new();
            rows.extend(branches.map(|(branch, variant)| {
                let mut kinds = json_kinds(context.model, &branch.slot.ty);
                kinds.retain(|kind| !taken.contains(kind));
                taken.extend(kinds.iter().copied());
                format!("{} => {variant}{};", kinds.join(" | "), verify(branch))
            }));
            invoke(context.paths.union_by_type(), &rows)
        }
        Tag::Property(property) => {
            let mut rows = vec![format!("{name}, {schema}, {}{whole};", literal(property))];
            rows.extend(branches.map(|(branch, variant)| {
                format!("{} => {variant}{};", literal(&branch.full_name), verify(branch))
            }));
            invoke(context.paths.union_by_property(), &rows)
        }
        Tag::FirstFit => {
            let mut rows = vec![format!("{name}, {schema}{whole};")];
            rows.extend(branches.filter_map(|(branch, variant)| {
                let rule = verify::schema_path(context, branch.slot.verify?, scope);
                Some(format!("{} => {variant};", compact(&rule)))
            }));
            invoke(context.paths.union_by_rule(), &rows)
        }
        Tag::FullName { null_index } => {
            let null = null_index.map(|index| format!(", null {index}")).unwrap_or_default();
            let full_name = literal(definition.full_name.as_deref().unwrap_or("union"));
            let mut rows = vec![format!("{full_name}, {name}, {schema}{null}{whole};")];
            // Null counts among the branches as published.
            let published = (0..).filter(|index| Some(*index) != *null_index);
            rows.extend(published.zip(branches).map(|(index, (branch, variant))| {
                let name = literal(&branch.full_name);
                format!("{index} {name} => {variant}{};", verify(branch))
            }));
            let root = context.contracts.is_root(id);
            let on_bytes = root.then(|| invoke(context.paths.on_bytes(), &[name.to_string()]));
            let block = invoke(context.paths.avro_union(), &rows);
            quote! { #block #on_bytes }
        }
    }
}

/// The type that converts into the union: one that occurs in two branches does not say which one is meant.
fn conversion(context: &Context<'_>, id: DefinitionId, union: &Union, branch: &Branch) -> String {
    let own = matches!(branch.slot.ty, Type::Definition(_));
    let twins = union.branches.iter().filter(|other| other.slot.ty == branch.slot.ty).count();
    if own && twins == 1 {
        format!(" from {}", compact(&types::boxed_type(context, id, &branch.slot)))
    } else {
        String::new()
    }
}

/// The kinds of JSON value that a branch of this type takes, as the runtime names them.
fn json_kinds(model: &Model, ty: &Type) -> Vec<&'static str> {
    let name = |ty: JsonType| match ty {
        JsonType::Null => "Null",
        JsonType::Boolean => "Boolean",
        JsonType::Integer | JsonType::Number => "Number",
        JsonType::String => "String",
        JsonType::Array => "Array",
        JsonType::Object => "Object",
    };
    json_types(ty, model).into_iter().map(name).collect()
}
