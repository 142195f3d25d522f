//! References to the tables, and checks on the text of a value that its type does not express.

use super::block::compact;
use super::context::Context;
use super::facts::ident::ident;
use crate::model::{Definition, RuleId, Scope, Slot};
use proc_macro2::TokenStream;
use quote::quote;

/// The part of a row that has a value checked before it is decoded.
pub(super) fn slot(context: &Context<'_>, slot: &Slot, scope: Scope) -> String {
    slot.verify.map(|rule| check(context, rule, scope)).unwrap_or_default()
}

/// The part of the head of a block that has the whole value checked.
pub(super) fn whole(context: &Context<'_>, definition: &Definition) -> String {
    if definition.is_verified {
        check(context, definition.rule, definition.scope)
    } else {
        String::new()
    }
}

fn check(context: &Context<'_>, rule: RuleId, scope: Scope) -> String {
    format!(", verify {}", compact(&schema_path(context, rule, scope)))
}

/// The schema of a definition, as it is called beside it.
pub(super) fn schema_text(context: &Context<'_>, definition: &Definition) -> String {
    compact(&schema_path(context, definition.rule, definition.scope))
}

/// The static of a rule, seen from a scope.
pub(super) fn schema_path(context: &Context<'_>, rule: RuleId, scope: Scope) -> TokenStream {
    let name = ident(context.schemas.name(rule).unwrap_or("UNNAMED"));
    match scope {
        Scope::Family => quote! { schema::#name },
        Scope::Module(_) => quote! { super::schema::#name },
    }
}
