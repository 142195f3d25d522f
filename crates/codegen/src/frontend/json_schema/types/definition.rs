//! Types of named definitions, which are not events.

use super::super::view::View;
use super::{Hint, Types};
use crate::model::{Definition, DefinitionId, Model, Scope, Shape, Type};
use crate::tree::unescape;
use crate::version::key_name;

impl Types<'_, '_> {
    /// Derives the type of a named definition. One that is a plain value, a list or a map, or that refers to
    /// another, becomes another name of that type.
    pub(crate) fn definition(&mut self, pointer: &str, model: &mut Model) {
        let place = self.document.absolute(pointer);
        let named = self.document.named_place(pointer);
        let name = key_name(&unescape(named.rsplit('/').next().unwrap_or_default()));
        let hint = Hint { name: &name, parent: None };
        let Some(slot) = self.slot(std::slice::from_ref(&place), hint, model) else { return };
        let is_own = |id: DefinitionId| {
            let definition = &model[id];
            (definition.file.as_str(), definition.pointer.as_str()) == (self.document.file, pointer)
        };
        if let Type::Definition(id) = slot.ty {
            // The type of an event has the event's name.
            let is_event = || model.contracts.iter().any(|contract| contract.root == id);
            if is_own(id) && (model[id].is_named || is_event()) {
                return;
            }
            if slot.verify.is_none() && !slot.nullable && self.is_named_by(&place, id, model) {
                let definition = &mut model[id];
                (definition.hint, definition.scope) = (name, Scope::Family);
                definition.is_named = true;
                return;
            }
        }
        let rule = self.rules.rule(&place, model);
        let mut docs = self.document.docs(&place);
        if let Ok(view) = View::of(self.document, std::slice::from_ref(&place)) {
            self.note_inside(&view, &slot.ty, &mut docs);
        }
        model.define(Definition {
            hint: name,
            explicit_name: None,
            full_name: None,
            scope: Scope::Family,
            parent: None,
            docs,
            is_named: true,
            pointer: pointer.to_owned(),
            file: self.document.file.to_owned(),
            rule,
            is_verified: slot.verify.is_some(),
            shape: Shape::Alias(slot),
        });
    }

    /// Returns whether a component of a catalogue is nothing but a reference to a schema that has no other
    /// name than that of its place.
    fn is_named_by(&self, place: &str, id: DefinitionId, model: &Model) -> bool {
        if !self.document.is_catalogue(place) || self.document.at(place).get("$ref").is_none() {
            return false;
        }
        let Ok(view) = View::of(self.document, &[place.to_owned()]) else { return false };
        let is_component = self.document.split(&view.home).0 == self.document.file;
        view.referred && !is_component && self.own_name(&view).as_ref() == Some(&model[id].hint)
    }
}
