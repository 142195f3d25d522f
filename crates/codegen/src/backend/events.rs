//! The contracts of a family: what makes the root of each an event.

use super::Context;
use super::block::{compact, literal};
use crate::model::Scope;
use proc_macro2::TokenStream;

impl Context<'_> {
    pub(super) fn events(&self) -> TokenStream {
        if self.model.contracts.is_empty() {
            return TokenStream::new();
        }
        let mut rows = vec![format!("{};", literal(self.family))];
        rows.extend(self.model.contracts.iter().map(|contract| {
            let event = compact(&self.names.path(contract.root, Scope::Family));
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
                compact(&self.schema_path(contract.published_rule, Scope::Family)),
            )
        }));
        self.block(self.paths.contracts(), &rows)
    }
}
