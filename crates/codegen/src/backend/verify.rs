//! Checks on the text of a value that its type does not express.

use super::Context;
use super::block::compact;
use crate::model::{Definition, RuleId, Scope, Slot};

impl Context<'_> {
    /// The part of a row that has a value checked before it is decoded.
    pub(super) fn verify(&self, slot: &Slot, scope: Scope) -> String {
        slot.verify.map(|rule| self.verify_rule(rule, scope)).unwrap_or_default()
    }

    /// The part of the head of a block that has the whole value checked.
    pub(super) fn verify_whole(&self, definition: &Definition) -> String {
        if definition.is_verified {
            self.verify_rule(definition.rule, definition.scope)
        } else {
            String::new()
        }
    }

    fn verify_rule(&self, rule: RuleId, scope: Scope) -> String {
        format!(", verify {}", compact(&self.schema_path(rule, scope)))
    }

    /// The schema of a definition, as it is called beside it.
    pub(super) fn schema_text(&self, definition: &Definition) -> String {
        compact(&self.schema_path(definition.rule, definition.scope))
    }
}
