//! Types of other crates that replace schemas.

use super::Context;
use super::block::compact;
use crate::model::{External, Model, ModuleId, RuleId, Scope, Shape, Slot, Type};
use proc_macro2::TokenStream;
use quote::quote;
use std::collections::BTreeMap;

/// The module of the tables, in which there are no types.
const TABLES: Scope = Scope::Module(ModuleId(usize::MAX));

/// Returns the types with parameters by the rule that checks their values. Types without parameters are an
/// assertion of their rule.
pub(super) fn with_parameters(model: &Model) -> BTreeMap<RuleId, External> {
    let mut found = BTreeMap::new();
    for definition in &model.definitions {
        for slot in definition.shape.slots() {
            let whole = matches!(definition.shape, Shape::Newtype(_)).then_some(definition.rule);
            collect(slot, whole, &mut found);
        }
    }
    found
}

fn collect(slot: &Slot, whole: Option<RuleId>, found: &mut BTreeMap<RuleId, External>) {
    match &slot.ty {
        Type::Array(inner) | Type::Map(inner) => collect(inner, None, found),
        Type::Tuple(items) => items.iter().for_each(|item| collect(item, None, found)),
        Type::External(external) => {
            // The value of a newtype is checked by the rule of the type.
            if let Some(rule) = slot.verify.or(whole)
                && !external.parameters.is_empty()
            {
                found.insert(rule, External::clone(external));
            }
            external.parameters.iter().for_each(|slot| collect(slot, None, found));
        }
        _ => {}
    }
}

impl Context<'_> {
    /// The type with parameters that replaces the schema of a rule, as the tables name it.
    pub(super) fn external_of(&self, rule: RuleId) -> Option<String> {
        let external = self.externals.get(&rule)?;
        Some(compact(&self.external_type(external, TABLES)))
    }

    /// A type of another crate; its parameters stand in its own crate's terms, without a wrapper.
    pub(super) fn external_type(&self, external: &External, scope: Scope) -> TokenStream {
        let path: TokenStream = external.path.parse().unwrap_or_default();
        let parameters = external.parameters.iter().map(|slot| {
            let ty = match &slot.ty {
                Type::External(inner) => self.external_type(inner, scope),
                ty => self.value_type(ty, scope),
            };
            self.optional(ty, slot.nullable, scope)
        });
        let parameters = (!external.parameters.is_empty()).then(|| quote! { <#(#parameters),*> });
        quote! { ::#path #parameters }
    }
}
