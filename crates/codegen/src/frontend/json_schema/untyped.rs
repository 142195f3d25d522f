//! Schemas that describe objects without naming a `type`, so that they allow all other values as well.

use super::describing::DESCRIBING;
use super::keywords::{ASSERTING, binds};
use super::types::{Hint, Types};
use super::view::View;
use crate::model::{Branch, Docs, JsonType, Model, Shape, Slot, Tag, Type, Union, json_types};
use std::collections::BTreeSet;

impl<'d> Types<'d, '_> {
    /// Derives the union of the described objects and of all other values. Returns `None` if the schema does not
    /// describe objects with a type of their own.
    pub(super) fn untyped(
        &mut self,
        view: &View<'d>,
        hint: Hint<'_>,
        model: &mut Model,
    ) -> Option<Slot> {
        if view.lacks(DESCRIBING) && !self.has_untyped_branch(view) {
            return None;
        }
        let slot = self.attempt(model, |types, model| types.object_or_other(view, hint, model))?;
        self.warn_untyped(view, model);
        Some(slot)
    }

    /// Returns whether a branch of `anyOf` or `oneOf` describes objects without naming a type.
    fn has_untyped_branch(&self, view: &View<'d>) -> bool {
        let lists = [view.keyword("anyOf"), view.keyword("oneOf")].concat();
        let mut branches = lists.into_iter().flat_map(|(place, list)| {
            let branches = 0..list.items().unwrap_or_default().len();
            branches.map(move |index| format!("{place}/{index}"))
        });
        branches.any(|branch| {
            View::of(self.document, &[branch])
                .is_ok_and(|branch| branch.types.is_none() && !branch.lacks(DESCRIBING))
        })
    }

    fn object_or_other(
        &mut self,
        view: &View<'d>,
        hint: Hint<'_>,
        model: &mut Model,
    ) -> Option<Slot> {
        let only_objects = BTreeSet::from([JsonType::Object]);
        let empty = Union { branches: Vec::new(), tag: Tag::JsonType };
        let id = self.reserve(view, hint, false, Shape::Union(empty), model);
        let place = std::slice::from_ref(&view.home);
        let places = if view.referred { place } else { &view.origins };
        let objects = View::of(self.document, places).ok()?.narrowed(Some(&only_objects));
        let name = format!("{}_object", hint.name);
        let object = self.slot_of(&objects, Hint { name: &name, parent: hint.parent }, model)?;
        let has_own_type = matches!(object.ty, Type::Definition(_) | Type::Map(_));
        if object.nullable || !has_own_type || json_types(&object.ty, model) != only_objects {
            return None;
        }
        if let Type::Definition(inner) = object.ty {
            // The explicit name belongs to the union.
            model[inner].explicit_name = None;
        }
        let binds_others = |keyword: &&&str| {
            JsonType::ALL.iter().any(|ty| *ty != JsonType::Object && binds(*ty, keyword))
        };
        let others: Vec<&str> = ASSERTING.iter().filter(binds_others).copied().collect();
        let verify = if view.lacks(&others) { None } else { Some(self.rule(view, model)) };
        let branch = |hint: &str, slot| Branch {
            hint: hint.to_owned(),
            explicit_name: None,
            full_name: hint.to_owned(),
            slot,
            docs: Docs::default(),
        };
        let branches =
            vec![branch("object", object), branch("other", Slot { verify, ..Slot::of(Type::Any) })];
        model[id].shape = Shape::Union(Union { branches, tag: Tag::JsonType });
        let note = "Its schema names no `type`: values that are not objects are in `Other`.";
        model[id].docs.notes.push(note.to_owned());
        Some(Slot::of(Type::Definition(id)))
    }
}
