//! Where messages travel: a function for the address of each channel.

use super::block::{compact, invoke, literal};
use super::context::Context;
use super::facts::ident::snake;
use super::facts::names::unique;
use super::{docs, types};
use crate::model::{Channel, Scope};
use proc_macro2::{Ident, TokenStream};

/// The block of all addresses.
pub(super) fn emit(context: &Context<'_>) -> TokenStream {
    let channels = &context.model.channels;
    if channels.is_empty() {
        return TokenStream::new();
    }
    let names = channels.iter().map(|channel| format!("{}_address", snake(&channel.name)));
    let rows = channels.iter().zip(unique(names));
    let rows: Vec<_> = rows.map(|(channel, name)| row(context, channel, &name)).collect();
    invoke(context.paths.addresses(), &rows)
}

fn row(context: &Context<'_>, channel: &Channel, name: &Ident) -> String {
    let (key, address) = (docs::code(&channel.name), docs::code(&channel.address));
    let mut paragraphs = vec![format!("Address of the channel {key}: {address}.")];
    paragraphs.extend(docs::prose(&channel.docs));
    let docs: String =
        docs::lines(&paragraphs).map(|line| format!("#[doc = {}]\n", literal(&line))).collect();
    let idents = unique(channel.parameters.iter().map(|parameter| snake(&parameter.name)));
    let parameters =
        channel.parameters.iter().zip(&idents).map(|(parameter, ident)| match parameter.values {
            Some(values) => {
                format!("{ident}: {}", compact(&types::path(context, values, Scope::Family)))
            }
            None => format!("{ident}: &str"),
        });
    // Every other part of the address stands between braces.
    let parts = channel.address.split(['{', '}']).enumerate().filter_map(|(index, part)| {
        let known = channel.parameters.iter().zip(&idents).find(|(known, _)| known.name == part);
        match known.filter(|_| index % 2 == 1) {
            Some((parameter, ident)) if parameter.values.is_some() => {
                Some(format!("{ident}.as_str()"))
            }
            Some((_, ident)) => Some(ident.to_string()),
            None if part.is_empty() && !channel.address.is_empty() => None,
            None => Some(literal(part)),
        }
    });
    let parameters: Vec<_> = parameters.collect();
    let parts: Vec<_> = parts.collect();
    format!("{docs}{name}({}) => {};", parameters.join(", "), parts.join(", "))
}
