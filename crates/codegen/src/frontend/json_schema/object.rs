//! Objects: records, maps, and objects that are kept as text.

use super::types::{Hint, Types};
use super::view::View;
use crate::model::{Field, Model, Record, Rest, Shape, Slot, Type};
use crate::tree::Tree;
use std::collections::BTreeSet;

impl<'d> Types<'d, '_> {
    pub(super) fn object(
        &mut self,
        view: &View<'d>,
        hint: Hint<'_>,
        nullable: bool,
        model: &mut Model,
    ) -> Option<Type> {
        let properties = view.properties();
        let required = view.required();
        if properties.is_empty() && required.is_empty() {
            match self.rest(view, hint, model)? {
                Rest::Open => return Some(Type::Object),
                Rest::Typed(slot) => return Some(Type::Map(Box::new(slot))),
                Rest::Closed => {}
            }
        }
        let empty = Record { fields: Vec::new(), rest: Rest::Closed };
        let id = self.reserve(view, hint, nullable, Shape::Record(empty), model);
        let inside = Hint { name: hint.name, parent: Some(id) };
        let rest = self.rest(view, inside, model)?;
        let mut fields = Vec::with_capacity(properties.len());
        let described: BTreeSet<String> = properties.iter().map(|(name, _)| name.clone()).collect();
        for (name, places) in properties {
            let slot = self.slot(&places, Hint { name: &name, parent: Some(id) }, model);
            let Ok(property) = View::of(self.document, &places) else { continue };
            let Some(slot) = slot else { continue };
            fields.push(Field {
                explicit_name: property.annotation("x-rust-field").map(str::to_owned),
                required: required.contains(&name),
                slot,
                optional: None,
                default: None,
                docs: property.docs,
                name,
            });
        }
        for name in required {
            if described.contains(&name) {
                continue;
            }
            match &rest {
                Rest::Closed => self.problem(
                    view,
                    format!("the required property {name:?}, which a closed object does not know"),
                    "describe it under `properties`",
                ),
                // It must be there, and nothing more is said of it.
                Rest::Open | Rest::Typed(_) => {
                    let slot = match &rest {
                        Rest::Typed(slot) => slot.clone(),
                        _ => Slot::of(Type::Any),
                    };
                    let docs = Default::default();
                    fields.push(Field {
                        name,
                        explicit_name: None,
                        required: true,
                        slot,
                        optional: None,
                        default: None,
                        docs,
                    });
                }
            }
        }
        model[id].shape = Shape::Record(Record { fields, rest });
        Some(Type::Definition(id))
    }

    /// What is said of properties that are not described.
    fn rest(&mut self, view: &View<'d>, hint: Hint<'_>, model: &mut Model) -> Option<Rest> {
        let limits: Vec<_> = view
            .keyword("additionalProperties")
            .into_iter()
            .filter(|(_, value)| !matches!(value, Tree::Bool(true)) && value.members() != Some(&[]))
            .collect();
        let Some((place, value)) = limits.first() else { return Some(Rest::Open) };
        // The keyword sees only the properties beside it (draft-07, validation 6.5.6).
        let beside = place.strip_suffix("additionalProperties").unwrap_or_default();
        let foreign = view
            .keyword("properties")
            .iter()
            .any(|(other, _)| other.strip_suffix("properties") != Some(beside));
        if limits.len() > 1 || foreign {
            self.problems.push(self.document.problem(
                place,
                "`additionalProperties`, which knows nothing of the properties in other branches of `allOf`",
                "repeat all properties beside it, or leave the object open",
            ));
            return None;
        }
        if let Tree::Bool(false) = value {
            return Some(Rest::Closed);
        }
        let name = format!("{}_value", hint.name);
        let slot = self.slot(std::slice::from_ref(place), Hint { name: &name, ..hint }, model)?;
        Some(Rest::Typed(slot))
    }
}
