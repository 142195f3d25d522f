//! Strings of a certain form: a newtype that no other text can be in.

use super::Context;
use super::block::literal;
use super::docs;
use crate::model::{Definition, DefinitionId, Slot, Text, Type};
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
        conditions.push(match crate::pattern::character_set(pattern) {
            Some(set) => {
                let ranges = set.iter().map(|range| match (range.start(), range.end()) {
                    (first, last) if first == last => format!("{first:?}"),
                    (first, last) => format!("{first:?}..={last:?}"),
                });
                format!("contains({});", ranges.collect::<Vec<_>>().join(" | "))
            }
            // The frontend has checked the pattern, so there is a translation.
            None => {
                let translated = crate::pattern::translate(pattern).unwrap_or_default();
                format!("regex({});", literal(&translated))
            }
        });
    }
    conditions.extend(text.min_length.map(|limit| format!("min_length({limit});")));
    conditions.extend(text.max_length.map(|limit| format!("max_length({limit});")));
    conditions.extend(text.format.map(|format| format!("format({format:?});")));
    conditions
}
