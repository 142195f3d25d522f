//! Types around one value: literals, values of any type, and what needs a name of its own.

use super::Context;
use super::docs;
use super::ident::camel;
use super::names::unique;
use crate::model::{Definition, DefinitionId, Slot, Type};
use proc_macro2::{Ident, TokenStream};
use quote::quote;

impl Context<'_> {
    /// A set of scalars that are not all strings.
    pub(super) fn literals(
        &self,
        id: DefinitionId,
        definition: &Definition,
        values: &[String],
    ) -> TokenStream {
        let name = self.names.ident(id);
        let doc = docs::attributes(&docs::definition(self, definition, ""));
        let variants = literal_idents(values);
        let wire_docs = values.iter().map(|value| format!(" Wire value {}.", docs::code(value)));
        let extra_attributes = self.extras.tokens(id);
        let (default, default_variant) = match variants.as_slice() {
            [_] => (quote! { #[derive(Default)] }, quote! { #[default] }),
            _ => (TokenStream::new(), TokenStream::new()),
        };
        quote! {
            #doc
            #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
            #default
            #extra_attributes
            pub enum #name { #(#[doc = #wire_docs] #default_variant #variants,)* }

            impl #name {
                #[doc = " All values, in the order of the contract."]
                pub const VALUES: &'static [Self] = &[#(Self::#variants,)*];

                #[doc = " The value as JSON text, as the contract writes it."]
                #[must_use]
                pub const fn as_json(self) -> &'static str {
                    match self { #(Self::#variants => #values,)* }
                }
            }

            impl ::core::fmt::Display for #name {
                fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                    f.pad(self.as_json())
                }
            }
        }
    }

    pub(super) fn decode_literals(&self, values: &[String]) -> TokenStream {
        let (private, stop) = (self.paths.private(), self.paths.stop());
        let variants = literal_idents(values);
        let indices = 0..values.len();
        quote! {
            match #private::literal(reader, &[#(#values,)*])? {
                #(#indices => ::core::result::Result::Ok(Self::#variants),)*
                _ => ::core::result::Result::Err(#stop::Mismatch),
            }
        }
    }

    /// A JSON value of any type that cannot break its contract.
    pub(super) fn raw(&self, id: DefinitionId, definition: &Definition) -> TokenStream {
        let name = self.names.ident(id);
        let is =
            "A JSON value of any type, kept as text; none that breaks the contract can be in it.";
        let doc = docs::attributes(&docs::definition(self, definition, is));
        let (raw, invalid) = (self.paths.raw_json(), self.paths.invalid());
        let schema = self.schema_path(definition.rule, definition.scope);
        let extra_attributes = self.extras.tokens(id);
        quote! {
            #doc
            #[derive(Debug, Clone, PartialEq, Eq, Hash)]
            #extra_attributes
            pub struct #name(#raw);

            impl #name {
                #[doc = " Takes a value that satisfies the contract."]
                #[doc = ""]
                #[doc = " # Errors"]
                #[doc = " Every violation, without a value."]
                pub fn new(value: #raw) -> ::core::result::Result<Self, #invalid> {
                    #invalid::check(value.as_str(), &#schema)?;
                    ::core::result::Result::Ok(Self(value))
                }

                #[doc = " The value."]
                #[must_use]
                pub fn get(&self) -> &#raw { &self.0 }
            }

            impl ::core::convert::TryFrom<#raw> for #name {
                type Error = #invalid;
                fn try_from(value: #raw) -> ::core::result::Result<Self, #invalid> {
                    Self::new(value)
                }
            }

            impl ::core::convert::From<#name> for #raw {
                fn from(value: #name) -> Self { value.0 }
            }
        }
    }

    pub(super) fn newtype(
        &self,
        id: DefinitionId,
        definition: &Definition,
        slot: &Slot,
    ) -> TokenStream {
        let name = self.names.ident(id);
        let (derives, extra_attributes) = (self.derives(id), self.extras.tokens(id));
        let ty = self.boxed_type(id, slot);
        let mut is = format!("On the wire: {}", docs::describe(self, slot));
        is.push_str(if slot.nullable { ", or null." } else { "." });
        let doc = docs::attributes(&docs::definition(self, definition, &is));
        let conversion = (slot.ty != Type::Definition(id)).then(|| {
            quote! {
                impl ::core::convert::From<#ty> for #name {
                    fn from(value: #ty) -> Self { Self(value) }
                }
            }
        });
        quote! {
            #doc
            #[derive(#derives)]
            #extra_attributes
            pub struct #name(#[doc = " The value."] pub #ty);

            #conversion
        }
    }
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
