//! Types of other crates with parameters, which replace schemas.

use crate::model::{External, Model, RuleId, Shape, Slot, Type};
use std::collections::BTreeMap;

/// The types with parameters by the rule that checks their values. Types without parameters are an assertion of
/// their rule.
pub(in crate::backend) struct Externals<'m> {
    by_rule: BTreeMap<RuleId, &'m External>,
}

impl<'m> Externals<'m> {
    pub(in crate::backend) fn find(model: &'m Model) -> Self {
        let mut found = Self { by_rule: BTreeMap::new() };
        for definition in &model.definitions {
            // The value of a newtype is checked by the rule of the type.
            let whole = matches!(definition.shape, Shape::Newtype(_)).then_some(definition.rule);
            for slot in definition.shape.slots() {
                found.collect(slot, whole);
            }
        }
        found
    }

    /// Returns the type that replaces the schema of a rule.
    pub(in crate::backend) fn of(&self, rule: RuleId) -> Option<&'m External> {
        self.by_rule.get(&rule).copied()
    }

    fn collect(&mut self, slot: &'m Slot, whole: Option<RuleId>) {
        match &slot.ty {
            Type::Array(inner) | Type::Map(inner) => self.collect(inner, None),
            Type::Tuple(items) => items.iter().for_each(|item| self.collect(item, None)),
            Type::External(external) => {
                if let Some(rule) = slot.verify.or(whole)
                    && !external.parameters.is_empty()
                {
                    self.by_rule.insert(rule, external);
                }
                external.parameters.iter().for_each(|slot| self.collect(slot, None));
            }
            _ => {}
        }
    }
}
