//! Enums of scalars: closed sets of texts, open ones, and sets of values of any type.

use super::Context;
use super::block::{json_literal, literal};
use super::docs;
use super::ident::camel;
use super::names::unique;
use crate::model::{Definition, DefinitionId, Enum};
use proc_macro2::{Ident, TokenStream};
use quote::quote;
use std::collections::BTreeMap;

impl Context<'_> {
    pub(super) fn closed_enum(
        &self,
        id: DefinitionId,
        definition: &Definition,
        values: &Enum,
    ) -> TokenStream {
        let variants = self.variants(id, values);
        let item = self.set(id, definition, &variants, &values.values);
        let rows = values.values.iter().map(|value| json_literal(value));
        let head = self.enum_head(id, definition);
        let block = if self.avro.contains(id) {
            let full_name = definition.full_name.as_deref().unwrap_or(&definition.hint);
            let heads = vec![format!("{};", literal(full_name)), head];
            let block = self.block(self.paths.avro_enum(), &enum_rows(heads, rows, &variants));
            let is_root = self.roots.contains(&id);
            let name = self.names.ident(id).to_string();
            let on_bytes = is_root.then(|| self.block(self.paths.on_bytes(), &[name]));
            quote! { #block #on_bytes }
        } else {
            self.block(self.paths.string_enum(), &enum_rows(vec![head], rows, &variants))
        };
        quote! { #item #block }
    }

    /// A set of scalars that are not all strings.
    pub(super) fn literals(
        &self,
        id: DefinitionId,
        definition: &Definition,
        values: &[String],
    ) -> TokenStream {
        let variants = literal_idents(values);
        let item = self.set(id, definition, &variants, values);
        let rows = values.iter().map(|value| literal(value));
        let head = self.enum_head(id, definition);
        let block = self.block(self.paths.literals(), &enum_rows(vec![head], rows, &variants));
        quote! { #item #block }
    }

    /// An enum of these values.
    fn set(
        &self,
        id: DefinitionId,
        definition: &Definition,
        variants: &[Ident],
        values: &[String],
    ) -> TokenStream {
        let name = self.names.ident(id);
        let doc = docs::attributes(&docs::definition(self, definition, ""));
        let extra_attributes = self.extras.tokens(id);
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

    pub(super) fn open_enum(
        &self,
        id: DefinitionId,
        definition: &Definition,
        values: &Enum,
    ) -> TokenStream {
        let name = self.names.ident(id);
        let is = "The contract names these values in prose only, so any other string is legal too.";
        let doc = docs::attributes(&docs::definition(self, definition, is));
        let extra_attributes = self.extras.tokens(id);
        let variants = self.variants(id, values);
        let string = self.prelude("String", definition.scope);
        let wire = values.values.iter();
        let wire_docs = wire.clone().map(|value| format!(" Wire value {}.", docs::code(value)));
        let rows = wire.map(|value| json_literal(value));
        let head = self.enum_head(id, definition);
        let block = self.block(self.paths.open_enum(), &enum_rows(vec![head], rows, &variants));
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

    fn enum_head(&self, id: DefinitionId, definition: &Definition) -> String {
        let (name, schema) = (self.names.ident(id), self.schema_text(definition));
        format!("{name}, {schema}{};", self.verify_whole(definition))
    }

    /// The variants of an enum.
    pub(super) fn variants(&self, id: DefinitionId, values: &Enum) -> Vec<Ident> {
        variant_idents(values, self.model.variants.get(&id))
    }
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

/// The variants of an enum; `Other` is left to open ones. `named` has the names that the caller gave.
pub(super) fn variant_idents(
    values: &Enum,
    named: Option<&BTreeMap<String, String>>,
) -> Vec<Ident> {
    let reserved = values.open.then(|| "Other".to_owned());
    let skip = usize::from(reserved.is_some());
    let names = values.values.iter().map(|value| match named.and_then(|named| named.get(value)) {
        Some(name) => name.clone(),
        None if value.is_empty() => "Empty".to_owned(),
        None => camel(value),
    });
    unique(reserved.into_iter().chain(names)).split_off(skip)
}

/// The variants of a set of scalars: `V1`, `Minus2`, `V1_5`, `True`, `Null`.
fn literal_idents(values: &[String]) -> Vec<Ident> {
    unique(values.iter().map(|value| match serde_json::from_str::<String>(value) {
        Ok(text) if text.is_empty() => "Empty".to_owned(),
        Ok(text) => camel(&text),
        Err(_) if value.starts_with(|first: char| first == '-' || first.is_ascii_digit()) => {
            number_name(value)
        }
        Err(_) => camel(value),
    }))
}

fn number_name(value: &str) -> String {
    let (sign, digits) = value.strip_prefix('-').map_or(("V", value), |rest| ("Minus", rest));
    let digits: String = digits
        .chars()
        .map(|sign| match sign {
            '.' => "_".to_owned(),
            '-' => "Minus".to_owned(),
            '+' => String::new(),
            other => other.to_ascii_uppercase().to_string(),
        })
        .collect();
    format!("{sign}{digits}")
}

#[cfg(test)]
mod tests {
    use super::literal_idents;

    #[test]
    fn scalars_are_named_by_their_value() {
        let cases = [
            ("1", "V1"),
            ("-2", "Minus2"),
            ("1.5", "V1_5"),
            ("1e-2", "V1EMinus2"),
            ("true", "True"),
            ("false", "False"),
            ("\"\"", "Empty"),
            ("\"some text\"", "SomeText"),
        ];
        let values = cases.map(|(value, _)| value.to_owned());
        let names: Vec<String> = literal_idents(&values).iter().map(ToString::to_string).collect();
        assert_eq!(names, cases.map(|(_, name)| name));
    }
}
