//! Where messages travel: a function for the address of each channel.

use super::Context;
use super::docs;
use super::ident::{ident, snake};
use crate::model::{Channel, Scope};
use proc_macro2::TokenStream;
use quote::{format_ident, quote};

impl Context<'_> {
    pub(super) fn channels(&self) -> TokenStream {
        self.model.channels.iter().map(|channel| self.channel(channel)).collect()
    }

    fn channel(&self, channel: &Channel) -> TokenStream {
        let name = format_ident!("{}_address", snake(&channel.name));
        let mut paragraphs =
            vec![format!("Address of the channel `{}`: `{}`.", channel.name, channel.address)];
        paragraphs.extend(channel.docs.description.clone());
        let doc = docs::attributes(&paragraphs);
        let idents: Vec<_> =
            channel.parameters.iter().map(|parameter| ident(&snake(&parameter.name))).collect();
        let parameters = channel.parameters.iter().zip(&idents).map(|(parameter, ident)| {
            match parameter.values {
                Some(values) => {
                    let ty = self.names.path(values, Scope::Family);
                    quote! { #ident: #ty }
                }
                None => quote! { #ident: &str },
            }
        });
        // The address with each parameter replaced by a position of `format!`.
        let mut format = String::new();
        for (index, part) in channel.address.split(['{', '}']).enumerate() {
            format.push_str(if index % 2 == 0 { part } else { "{}" });
        }
        quote! {
            #doc
            #[must_use]
            pub fn #name(#(#parameters),*) -> ::std::string::String {
                ::std::format!(#format, #(#idents),*)
            }
        }
    }
}
