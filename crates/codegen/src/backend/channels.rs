//! Where messages travel: a function for the address of each channel.

use super::Context;
use super::docs;
use super::ident::snake;
use super::names::unique;
use crate::model::{Channel, Scope};
use proc_macro2::{Ident, TokenStream};
use quote::quote;

impl Context<'_> {
    pub(super) fn channels(&self) -> TokenStream {
        let channels = &self.model.channels;
        let names = channels.iter().map(|channel| format!("{}_address", snake(&channel.name)));
        channels
            .iter()
            .zip(unique(names))
            .map(|(channel, name)| self.channel(channel, &name))
            .collect()
    }

    fn channel(&self, channel: &Channel, name: &Ident) -> TokenStream {
        let (key, address) = (docs::code(&channel.name), docs::code(&channel.address));
        let mut paragraphs = vec![format!("Address of the channel {key}: {address}.")];
        paragraphs.extend(docs::prose(&channel.docs));
        let doc = docs::attributes(&paragraphs);
        let idents = unique(channel.parameters.iter().map(|parameter| snake(&parameter.name)));
        let parameters = channel.parameters.iter().zip(&idents).map(|(parameter, ident)| {
            match parameter.values {
                Some(values) => {
                    let ty = self.names.path(values, Scope::Family);
                    quote! { #ident: #ty }
                }
                None => quote! { #ident: &str },
            }
        });
        // Every other part of the address stands between braces.
        let parts = channel.address.split(['{', '}']).enumerate().filter_map(|(index, part)| {
            let known =
                channel.parameters.iter().zip(&idents).find(|(known, _)| known.name == part);
            match known.filter(|_| index % 2 == 1) {
                Some((parameter, ident)) if parameter.values.is_some() => {
                    Some(quote! { #ident.as_str() })
                }
                Some((_, ident)) => Some(quote! { #ident }),
                None if part.is_empty() && !channel.address.is_empty() => None,
                None => Some(quote! { #part }),
            }
        });
        quote! {
            #doc
            #[must_use]
            pub fn #name(#(#parameters),*) -> ::std::string::String {
                [#(#parts),*].concat()
            }
        }
    }
}
