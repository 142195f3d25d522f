//! Objects: records, maps, and objects kept as text.

use super::types::{Hint, Types};
use super::view::View;
use crate::model::{Field, Model, Record, Rest, Shape, Slot, Type};
use crate::tree::{Tree, escape};
use std::collections::BTreeSet;

impl<'d> Types<'d, '_> {
    pub(super) fn object(
        &mut self,
        view: &View<'d>,
        hint: Hint<'_>,
        nullable: bool,
        model: &mut Model,
    ) -> Option<(Type, &'static [&'static str])> {
        let mut expressed: &'static [&'static str] =
            if self.is_plain(view) { EXPRESSED } else { &EXPRESSED[..2] };
        let properties = view.properties();
        let required = view.required();
        if properties.is_empty() && required.is_empty() {
            match self.rest(view, hint, model)? {
                Rest::Open => return Some((Type::Object, expressed)),
                Rest::Typed(slot) => return Some((Type::Map(Box::new(slot)), expressed)),
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
            let initial = self.default(&property, model);
            let mut docs = property.docs.clone();
            self.note_inside(&property, &slot.ty, &mut docs);
            fields.push(Field {
                explicit_name: property.annotation("x-rust-field").map(str::to_owned),
                required: required.contains(&name),
                slot,
                optional: None,
                default: None,
                initial,
                docs,
                name,
            });
        }
        for name in required {
            if described.contains(&name) {
                continue;
            }
            match &rest {
                // The property is both required and forbidden: the rule rejects every object.
                Rest::Closed => expressed = &EXPRESSED[..1],
                // The property is required but has no schema of its own.
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
                        initial: None,
                        docs,
                    });
                }
            }
        }
        if let Rest::Typed(slot) = &rest {
            let value = Type::Map(Box::new(slot.clone()));
            self.note_inside(view, &value, &mut model[id].docs);
        }
        model[id].shape = Shape::Record(Record { fields, rest });
        Some((Type::Definition(id), expressed))
    }

    /// Returns whether the type expresses all assertions about undeclared properties.
    fn is_plain(&self, view: &View<'d>) -> bool {
        let limits = limits(view);
        let Some((place, _)) = limits.first() else { return true };
        // The keyword applies only relative to the properties beside it (draft-07, validation 6.5.6).
        let beside = place.strip_suffix("additionalProperties").unwrap_or_default();
        let foreign = view
            .keyword("properties")
            .iter()
            .any(|(other, _)| other.strip_suffix("properties") != Some(beside));
        limits.len() == 1 && !foreign && view.lacks(&["patternProperties"])
    }

    /// Returns the treatment of undeclared properties.
    fn rest(&mut self, view: &View<'d>, hint: Hint<'_>, model: &mut Model) -> Option<Rest> {
        let patterns = view.keyword("patternProperties");
        let patterns: Vec<String> = patterns
            .iter()
            .flat_map(|(place, value)| {
                let names = value.members().unwrap_or_default().iter();
                names.map(move |(name, _)| format!("{place}/{}", escape(name)))
            })
            .collect();
        let limits = limits(view);
        let closed = limits.iter().any(|(_, value)| **value == Tree::Bool(false));
        // Several patterns or limits would need several types for the same property.
        let places: Vec<String> = match (closed, patterns.as_slice(), limits.as_slice()) {
            (true, [], _) => return Some(Rest::Closed),
            (true, [only], [_]) => vec![only.clone()],
            (false, [], [_, ..]) => limits.into_iter().map(|(place, _)| place).collect(),
            _ => return Some(Rest::Open),
        };
        let name = format!("{}_value", hint.name);
        let slot = self.slot(&places, Hint { name: &name, ..hint }, model)?;
        Some(Rest::Typed(slot))
    }
}

const EXPRESSED: &[&str] = &["properties", "required", "additionalProperties"];

/// Returns place and value of each `additionalProperties` that restricts undeclared properties.
fn limits<'d>(view: &View<'d>) -> Vec<(String, &'d Tree)> {
    let free = |value: &Tree| matches!(value, Tree::Bool(true)) || value.members() == Some(&[]);
    let limits = view.keyword("additionalProperties").into_iter();
    limits.filter(|(_, value)| !free(value)).collect()
}
