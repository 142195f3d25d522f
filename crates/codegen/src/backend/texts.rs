//! Strings of a certain form: a newtype that no other text can be in.

use super::block::{invoke, literal, ranges};
use super::context::Context;
use super::{docs, types, verify};
use crate::model::{Definition, DefinitionId, Slot, Text, Type};
use crate::pattern::Matcher;
use proc_macro2::TokenStream;
use quote::quote;

/// The newtype of a string, and its block.
pub(super) fn item(
    context: &Context<'_>,
    id: DefinitionId,
    definition: &Definition,
    text: &Text,
) -> TokenStream {
    let (name, extra_attributes) = (context.names.ident(id), context.extras.tokens(id));
    let slot = Slot::of(Type::Definition(id));
    let is = format!("A {}; no other text can be in it.", docs::describe(context, &slot));
    let doc = docs::attributes(&docs::definition(context, definition, &is));
    let string = types::prelude(context, "String", definition.scope);
    let schema = verify::schema_text(context, definition);
    let mut rows = vec![format!("{name}, {schema}{};", verify::whole(context, definition))];
    rows.extend(conditions(text));
    let block = invoke(context.paths.text(), &rows);
    quote! {
        #doc
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #extra_attributes
        pub struct #name(#string);

        #block
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
