//! Types of events.

use super::super::view::View;
use super::{Hint, Types};
use crate::model::{Definition, DefinitionId, Model, Scope, Shape, Slot, Type};
use crate::tree::Tree;

impl Types<'_, '_> {
    /// Derives the shape of an event.
    pub(crate) fn root(
        &mut self,
        pointer: &str,
        hint: &str,
        model: &mut Model,
    ) -> Option<DefinitionId> {
        let place = self.document.absolute(pointer);
        let slot = self.slot(&[place], Hint { name: hint, parent: None }, model)?;
        let id = match slot.ty {
            Type::Definition(id) if !slot.nullable => id,
            // An event that is not an object, or may be null, needs a newtype.
            _ => {
                let rule = self.rules.rule(pointer, model);
                let mut docs = self.document.docs(pointer);
                if let Ok(view) = View::of(self.document, &[pointer.to_owned()]) {
                    self.note_inside(&view, &slot.ty, &mut docs);
                }
                let own = Definition {
                    hint: hint.to_owned(),
                    explicit_name: self
                        .document
                        .at(pointer)
                        .get("x-rust-name")
                        .and_then(Tree::text)
                        .map(str::to_owned),
                    full_name: None,
                    scope: Scope::Family,
                    parent: None,
                    docs,
                    is_named: false,
                    pointer: pointer.to_owned(),
                    file: self.document.file.to_owned(),
                    rule,
                    is_verified: slot.verify.is_some(),
                    shape: Shape::Newtype(Slot { verify: None, ..slot }),
                };
                return Some(model.define(own));
            }
        };
        let is_event = model.contracts.iter().any(|contract| contract.root == id);
        let is_foreign = model[id].is_named && model[id].file != self.document.file;
        let is_shared = is_event || is_foreign || self.shared.contains(&model[id].pointer);
        if slot.verify.is_none() && !is_shared {
            // An event is named after its contract, even if its schema is reached by reference.
            let definition = &mut model[id];
            hint.clone_into(&mut definition.hint);
            (definition.scope, definition.is_named) = (Scope::Family, false);
            return Some(id);
        }
        // Other events have the same shape, or this one has further assertions.
        let rule = self.rules.rule(pointer, model);
        let own = Definition {
            hint: hint.to_owned(),
            explicit_name: None,
            scope: Scope::Family,
            is_named: false,
            pointer: pointer.to_owned(),
            file: self.document.file.to_owned(),
            rule,
            is_verified: model[id].is_verified || slot.verify.is_some(),
            ..model[id].clone()
        };
        Some(model.define(own))
    }
}
