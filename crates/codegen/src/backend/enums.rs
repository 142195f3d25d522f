//! Enums of scalars: closed sets of texts, open ones, and sets of values of any type.

use super::Context;
use super::codec::json_string;
use super::docs;
use super::ident::camel;
use super::names::unique;
use crate::model::{Definition, DefinitionId, Enum};
use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};
use std::collections::BTreeMap;

impl Context<'_> {
    pub(super) fn closed_enum(
        &self,
        id: DefinitionId,
        definition: &Definition,
        values: &Enum,
    ) -> TokenStream {
        let (name, variants, wire) =
            (self.names.ident(id), self.variants(id, values), &values.values);
        let kind = self.paths.violation_kind();
        let quoted = wire.iter().map(|value| json_string(value));
        let says = " The value as it is on the wire.";
        let definition = self.set(id, definition, &variants, wire, ("as_str", says));
        quote! {
            #definition

            impl ::core::str::FromStr for #name {
                type Err = #kind;
                fn from_str(text: &str) -> ::core::result::Result<Self, #kind> {
                    match text {
                        #(#wire => ::core::result::Result::Ok(Self::#variants),)*
                        _ => ::core::result::Result::Err(#kind::Enum { options: &[#(#quoted,)*] }),
                    }
                }
            }
        }
    }

    /// A set of scalars that are not all strings.
    pub(super) fn literals(
        &self,
        id: DefinitionId,
        definition: &Definition,
        values: &[String],
    ) -> TokenStream {
        let says = " The value as JSON text, as the contract writes it.";
        self.set(id, definition, &literal_idents(values), values, ("as_json", says))
    }

    /// An enum of these values and the function that gives a value's text, which it is displayed as.
    fn set(
        &self,
        id: DefinitionId,
        definition: &Definition,
        variants: &[Ident],
        values: &[String],
        (text, says): (&str, &str),
    ) -> TokenStream {
        let (name, text) = (self.names.ident(id), format_ident!("{text}"));
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

            impl #name {
                #[doc = " All values, in the order of the contract."]
                pub const VALUES: &'static [Self] = &[#(Self::#variants,)*];

                #[doc = #says]
                #[must_use]
                pub const fn #text(self) -> &'static str {
                    match self { #(Self::#variants => #values,)* }
                }
            }

            impl ::core::fmt::Display for #name {
                fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                    f.pad(self.#text())
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
        let wire = &values.values;
        let wire_docs = wire.iter().map(|value| format!(" Wire value {}.", docs::code(value)));
        quote! {
            #doc
            #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
            #extra_attributes
            pub enum #name {
                #(#[doc = #wire_docs] #variants,)*
                #[doc = " Any other value, as it is on the wire."]
                Other(::std::string::String),
            }

            impl #name {
                #[doc = " The known values, in the order of the contract."]
                pub const VALUES: &'static [Self] = &[#(Self::#variants,)*];

                #[doc = " The value as it is on the wire."]
                #[must_use]
                pub fn as_str(&self) -> &str {
                    match self {
                        #(Self::#variants => #wire,)*
                        Self::Other(other) => other,
                    }
                }
            }

            impl ::core::fmt::Display for #name {
                fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                    f.pad(self.as_str())
                }
            }

            impl ::core::convert::From<&str> for #name {
                fn from(text: &str) -> Self {
                    match text {
                        #(#wire => Self::#variants,)*
                        other => Self::Other(::std::string::String::from(other)),
                    }
                }
            }

            impl ::core::str::FromStr for #name {
                type Err = ::core::convert::Infallible;
                fn from_str(text: &str) -> ::core::result::Result<Self, ::core::convert::Infallible> {
                    ::core::result::Result::Ok(Self::from(text))
                }
            }
        }
    }

    /// The variants of an enum.
    pub(super) fn variants(&self, id: DefinitionId, values: &Enum) -> Vec<Ident> {
        variant_idents(values, self.model.variants.get(&id))
    }
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
