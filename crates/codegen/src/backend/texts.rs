//! Strings of a certain form: a newtype that no other text can be in.

use super::Context;
use super::block::literal;
use super::docs;
use super::rows::ranges;
use crate::model::{Definition, DefinitionId, Slot, Text, Type};
use crate::pattern::Matcher;
use proc_macro2::TokenStream;
use quote::quote;

impl Context<'_> {
    pub(super) fn text(
        &self,
        id: DefinitionId,
        definition: &Definition,
        text: &Text,
    ) -> TokenStream {
        let (name, extra_attributes) = (self.names.ident(id), self.extras.tokens(id));
        let slot = Slot::of(Type::Definition(id));
        let is = format!("A {}; no other text can be in it.", docs::describe(self, &slot));
        let doc = docs::attributes(&docs::definition(self, definition, &is));
        let string = self.prelude("String", definition.scope);
        let schema = self.schema_text(definition);
        let mut rows = vec![format!("{name}, {schema}{};", self.verify_whole(definition))];
        rows.extend(conditions(text));
        let block = self.block(self.paths.text(), &rows);
        quote! {
            #doc
            #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
            #extra_attributes
            pub struct #name(#string);

            #block
        }
    }
}

fn conditions(text: &Text) -> Vec<String> {
    let mut conditions = Vec::new();
    if let Some(pattern) = &text.pattern {
        // The frontend has checked the pattern, so there is a way to match it.
        conditions.extend(crate::pattern::matcher(pattern).ok().map(|matcher| match matcher {
            Matcher::Any(set) => format!("contains({});", ranges(&set)),
            Matcher::Linear(regex) => format!("regex({});", literal(&regex)),
            Matcher::Backtracking(regex) => format!("backtracking({});", literal(&regex)),
        }));
    }
    conditions.extend(text.min_length.map(|limit| format!("min_length({limit});")));
    conditions.extend(text.max_length.map(|limit| format!("max_length({limit});")));
    conditions.extend(text.format.map(|format| format!("format({format:?});")));
    conditions
}
