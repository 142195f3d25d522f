//! Additional derives and attributes of types.

use super::problem;
use super::select::Parts;
use crate::backend::facts::equivalence::lacks_equivalence;
use crate::backend::facts::names::Names;
use crate::error::Problem;
use crate::model::{AvroType, DefinitionId, Docs, Model, Rest, Shape, Slot, Type};
use crate::options::{Override, OverrideKind};
use proc_macro2::TokenStream;
use quote::quote;
use std::collections::{HashMap, HashSet};
use syn::parse::Parser;

/// The additional derives and attributes, by type.
#[derive(Default)]
pub(in crate::backend) struct Extras {
    derives: HashMap<DefinitionId, Vec<TokenStream>>,
    attributes: HashMap<DefinitionId, TokenStream>,
    /// The attributes that mark deprecated items, where the caller wants them.
    deprecations: Option<HashMap<DefinitionId, TokenStream>>,
}

/// The definitions for which the caller requests a trait of the standard library.
type Requested<'t> = HashMap<&'t str, HashSet<DefinitionId>>;

impl Extras {
    /// Collects the additions of all types. `names` must be the final names.
    pub(in crate::backend) fn of(
        model: &Model,
        names: &Names,
        overrides: &[Override],
    ) -> Result<Self, Vec<Problem>> {
        let is_addition = |request: &&Override| {
            matches!(request.kind, OverrideKind::Derive(_) | OverrideKind::Attribute(_))
        };
        if !overrides.iter().any(|request| is_addition(&request)) {
            return Ok(Self::default());
        }
        let parts = Parts::of(model, names);
        let (mut extras, mut problems) = (Self::default(), Vec::new());
        let mut derives = Vec::new();
        for request in overrides.iter().filter(is_addition) {
            let types = match parts.types(model, request) {
                Ok(types) => types,
                Err(problem) => {
                    problems.push(problem);
                    continue;
                }
            };
            match &request.kind {
                OverrideKind::Rename(_) | OverrideKind::Numbers(_) => {}
                OverrideKind::Derive(path) => match syn::parse_str::<syn::Path>(path) {
                    Ok(path) if plain(&path) => derives.push((request, path, types)),
                    _ => problems.push(problem(
                        request,
                        format!("{path:?} is not the path of a macro"),
                        "write a path such as `::schemars::JsonSchema`",
                    )),
                },
                OverrideKind::Attribute(text) => match attributes(text) {
                    Ok(list) => {
                        for id in types {
                            extras.attributes.entry(id).or_default().extend(list.clone());
                        }
                    }
                    Err((message, help)) => problems.push(problem(request, message, help)),
                },
            }
        }
        let mut requested = Requested::new();
        for (_, path, types) in &derives {
            if let Some(name) = standard(path) {
                requested.entry(name).or_default().extend(types);
            }
        }
        for (request, path, types) in &derives {
            for id in types {
                match extras.derive(model, &requested, path, *id) {
                    Ok(()) => {}
                    Err(_) if request.selector == "*" => {}
                    Err((message, help)) => problems.push(problem(request, message, help)),
                }
            }
        }
        if problems.is_empty() { Ok(extras) } else { Err(problems) }
    }

    /// Returns the attributes of a type.
    pub(in crate::backend) fn tokens(&self, id: DefinitionId) -> TokenStream {
        let derives = self.derives.get(&id).map(|paths| quote! { #[derive(#(#paths),*)] });
        let (attributes, deprecation) = (self.attributes.get(&id), self.deprecation(id));
        quote! { #derives #attributes #deprecation }
    }

    /// Returns the attributes by which the use of a type is a warning, or by which a type may use such ones.
    pub(in crate::backend) fn deprecation(&self, id: DefinitionId) -> Option<&TokenStream> {
        self.deprecations.as_ref()?.get(&id)
    }

    /// Returns the attribute of a field or a variant that is deprecated.
    pub(in crate::backend) fn member_deprecation(&self, docs: &Docs) -> Option<TokenStream> {
        let is_marked = self.deprecations.is_some() && docs.is_deprecated;
        is_marked.then(|| quote! { #[deprecated] })
    }

    /// Marks what the contracts call deprecated.
    pub(in crate::backend) fn mark_deprecated(&mut self, model: &Model) {
        let is_deprecated = |id: &DefinitionId| model[*id].docs.is_deprecated;
        let all = || (0..model.definitions.len()).map(DefinitionId);
        let attributes = all().filter_map(|id| {
            let shape = &model[id].shape;
            let of_types = shape.slots().into_iter().flat_map(|slot| slot.ty.definitions());
            let of_members = match shape {
                Shape::Record(record) => record.fields.iter().any(|it| it.docs.is_deprecated),
                Shape::Union(union) => union.branches.iter().any(|it| it.docs.is_deprecated),
                _ => false,
            };
            let own = is_deprecated(&id).then(|| quote! { #[deprecated] });
            // What is derived, and the types of members, are uses.
            let is_user =
                own.is_some() || of_members || of_types.into_iter().any(|it| is_deprecated(&it));
            is_user.then(|| (id, quote! { #[allow(deprecated)] #own }))
        });
        self.deprecations = Some(attributes.collect());
    }

    fn derive(
        &mut self,
        model: &Model,
        requested: &Requested<'_>,
        path: &syn::Path,
        id: DefinitionId,
    ) -> Result<(), (String, &'static str)> {
        if let Some(name) = standard(path) {
            if has(model, id, name) {
                return Ok(());
            }
            if !can(model, requested, id, name, &mut HashSet::new()) {
                return Err((
                    format!("the type cannot implement `{name}` because of its contents"),
                    "derive the trait for the types inside as well, or not at all",
                ));
            }
            let partial = |id| {
                has(model, id, "PartialOrd")
                    || requested.get("PartialOrd").is_some_and(|types| types.contains(&id))
            };
            if name == "Ord" && !partial(id) {
                return Err(("`Ord` requires `PartialOrd`".into(), "derive `PartialOrd`, too"));
            }
        }
        let derives = self.derives.entry(id).or_default();
        let path = quote! { #path };
        if derives.iter().all(|known| known.to_string() != path.to_string()) {
            derives.push(path);
        }
        Ok(())
    }
}

/// Returns whether a path has no arguments, as that of a derive macro.
fn plain(path: &syn::Path) -> bool {
    path.segments.iter().all(|segment| segment.arguments.is_none())
}

fn attributes(text: &str) -> Result<TokenStream, (String, &'static str)> {
    let list = syn::Attribute::parse_outer.parse_str(text).unwrap_or_default();
    if list.is_empty() {
        return Err((
            format!("{text:?} is not an attribute"),
            "write an attribute such as `#[non_exhaustive]`",
        ));
    }
    for attribute in &list {
        if attribute.path().is_ident("derive") {
            return Err((
                "`derive` is not allowed among attributes".into(),
                "use `Options::derive`, which omits traits that a type already has",
            ));
        }
        if attribute.path().is_ident("cfg") {
            return Err((
                "`cfg` is not allowed on a type, since others depend on it".into(),
                "put it on the module that includes the generated code, or use `cfg_attr`",
            ));
        }
    }
    Ok(quote! { #(#list)* })
}

/// Returns the name of a known trait if the path refers to one.
fn standard(path: &syn::Path) -> Option<&'static str> {
    const STANDARD: &[&str] =
        &["Debug", "Clone", "Copy", "PartialEq", "Eq", "PartialOrd", "Ord", "Hash", "Default"];
    const SERDE: &[&str] = &["Serialize", "Deserialize"];
    let segments: Vec<String> =
        path.segments.iter().map(|segment| segment.ident.to_string()).collect();
    let last = segments.last()?;
    let find = |names: &[&'static str]| names.iter().find(|name| **name == last).copied();
    match segments.first().map(String::as_str) {
        _ if segments.len() == 1 => find(STANDARD).or_else(|| find(SERDE)),
        Some("std" | "core" | "alloc") => find(STANDARD),
        Some("serde" | "serde_derive") => find(SERDE),
        _ => None,
    }
}

/// Returns whether a type has the trait without a request.
fn has(model: &Model, id: DefinitionId, name: &str) -> bool {
    match name {
        // Another name of a type needs no derive.
        _ if matches!(model[id].shape, Shape::Alias(_)) => true,
        "Debug" | "Clone" | "PartialEq" | "Serialize" | "Deserialize" => true,
        // Derived wherever the contents allow it.
        "Eq" => !lacks_equivalence(model, id),
        "PartialOrd" | "Ord" | "Hash" => match &model[id].shape {
            Shape::Enum(_) | Shape::Text(_) | Shape::Literals(_) => true,
            Shape::Newtype(slot) => is_raw(model, id, slot) && name == "Hash",
            Shape::Record(_) | Shape::Union(_) | Shape::Alias(_) => false,
        },
        "Copy" => match &model[id].shape {
            Shape::Enum(values) => !values.open,
            Shape::Literals(_) => true,
            _ => false,
        },
        "Default" => match &model[id].shape {
            Shape::Enum(values) => !values.open && values.values.len() == 1,
            Shape::Literals(values) => values.len() == 1,
            Shape::Record(_) => model.initial.contains(&id),
            _ => false,
        },
        _ => false,
    }
}

/// Returns whether a newtype wraps an arbitrary JSON value.
fn is_raw(model: &Model, id: DefinitionId, slot: &Slot) -> bool {
    slot.ty == Type::Any && model[id].is_verified
}

/// Returns whether the contents of a type allow the trait. Types in `seen` are presumed to allow it.
fn can(
    model: &Model,
    requested: &Requested<'_>,
    id: DefinitionId,
    name: &str,
    seen: &mut HashSet<DefinitionId>,
) -> bool {
    if !seen.insert(id) || has(model, id, name) {
        return true;
    }
    if name == "Copy" || name == "Eq" {
        return false;
    }
    if !requested.get(name).is_some_and(|types| types.contains(&id)) {
        return false;
    }
    let mut slot = |slot: &Slot| allows(model, requested, slot, name, seen);
    match &model[id].shape {
        Shape::Record(record) => {
            let fields = record.fields.iter();
            let all = fields
                .filter(|field| field.required || name != "Default")
                .all(|field| slot(&field.slot));
            // The map of undeclared properties has no order.
            all && (record.rest == Rest::Closed || name == "Default")
        }
        Shape::Union(union) => {
            name != "Default" && union.branches.iter().all(|branch| slot(&branch.slot))
        }
        // None of the values is a natural default.
        Shape::Enum(_) | Shape::Text(_) | Shape::Literals(_) => false,
        Shape::Alias(inner) => slot(inner),
        Shape::Newtype(inner) => !is_raw(model, id, inner) && slot(inner),
    }
}

fn allows(
    model: &Model,
    requested: &Requested<'_>,
    slot: &Slot,
    name: &str,
    seen: &mut HashSet<DefinitionId>,
) -> bool {
    if slot.nullable && name == "Default" {
        return true;
    }
    match &slot.ty {
        Type::Null
        | Type::Boolean
        | Type::Integer
        | Type::Unsigned
        | Type::Integer32
        | Type::Narrow(_)
        | Type::Number
        | Type::Text
        | Type::Date
        | Type::Avro(
            AvroType::Bytes | AvroType::Fixed(_) | AvroType::FixedUuid | AvroType::NullUnion,
        ) => true,
        Type::AnyNumber => name != "Copy",
        Type::Float | Type::Double => matches!(name, "Default" | "PartialOrd"),
        Type::DateTime | Type::Uuid => name != "Default",
        Type::Object | Type::Avro(AvroType::Duration) => matches!(name, "Default" | "Hash"),
        Type::Any | Type::Avro(_) => name == "Hash",
        Type::Map(_) => name == "Default",
        Type::Tuple(items) => items.iter().all(|item| allows(model, requested, item, name, seen)),
        Type::Array(inner) => name == "Default" || allows(model, requested, inner, name, seen),
        Type::Definition(id) => can(model, requested, *id, name, seen),
        Type::External(_) => false,
    }
}
