//! The contracts of a family: what makes the root of each an event.

use super::block::{compact, invoke, literal};
use super::context::Context;
use super::{types, verify};
use crate::model::Scope;
use proc_macro2::TokenStream;

/// The block of all contracts.
pub(super) fn emit(context: &Context<'_>) -> TokenStream {
    if context.model.contracts.is_empty() {
        return TokenStream::new();
    }
    let mut rows = vec![format!("{};", literal(context.family))];
    rows.extend(context.model.contracts.iter().map(|contract| {
        let event = compact(&types::path(context, contract.root, Scope::Family));
        let part = |name, value: &Option<String>| {
            let value = value.as_deref().map(literal);
            value.map(|value| format!(", {name} {value}")).unwrap_or_default()
        };
        format!(
            "{event} => {}{}, file {}{}, published {};",
            literal(&contract.name),
            part("version", &contract.version),
            literal(&contract.file),
            part("correlation_id", &contract.correlation_id),
            compact(&verify::schema_path(context, contract.published_rule, Scope::Family)),
        )
    }));
    invoke(context.paths.contracts(), &rows)
}
