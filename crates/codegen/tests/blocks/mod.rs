//! The names that the blocks of generated code define: builders, and functions for addresses.

use proc_macro2::{TokenStream, TokenTree};

/// The public names that a block defines.
pub(crate) fn names(block: &syn::ItemMacro) -> Vec<String> {
    let name = block.mac.path.segments.last().map(|segment| segment.ident.to_string());
    let rows = rows(&block.mac.tokens);
    match name.as_deref() {
        Some("record") => rows.first().and_then(|head| builder(head)).into_iter().collect(),
        Some("avro_record") => rows.get(1).and_then(|head| builder(head)).into_iter().collect(),
        Some("addresses") => rows.iter().filter_map(|row| function(row)).collect(),
        _ => Vec::new(),
    }
}

fn rows(tokens: &TokenStream) -> Vec<Vec<TokenTree>> {
    let tokens: Vec<TokenTree> = tokens.clone().into_iter().collect();
    let is_end =
        |token: &TokenTree| matches!(token, TokenTree::Punct(sign) if sign.as_char() == ';');
    tokens.split(is_end).map(<[TokenTree]>::to_vec).collect()
}

/// `Record, RecordBuilder, …`
fn builder(head: &[TokenTree]) -> Option<String> {
    head.get(2).map(ToString::to_string)
}

/// `#[doc = "…"] name(…) => …`
fn function(row: &[TokenTree]) -> Option<String> {
    let name = row.iter().find(|token| matches!(token, TokenTree::Ident(_)));
    name.map(|name| format!("{name}()"))
}
