//! Arrays: lists and tuples.

use super::types::{Hint, Types};
use super::view::View;
use crate::model::{Model, Shape, Slot, Type};
use crate::tree::Tree;

/// Maximum length of generated tuples.
const MAX_TUPLE_LENGTH: usize = 8;

impl<'d> Types<'d, '_> {
    /// Derives the type of an array and the keywords that it expresses.
    pub(super) fn array(
        &mut self,
        view: &View<'d>,
        hint: Hint<'_>,
        model: &mut Model,
    ) -> Option<(Type, &'static [&'static str])> {
        let items = view.keyword("items");
        let is_list = |value: &Tree| value.items().is_some();
        if items.iter().any(|(_, value)| is_list(value)) || !view.lacks(&["prefixItems"]) {
            let tuple = self.attempt(model, |types, model| types.tuple(view, hint, model));
            let list = || Type::Array(Box::new(Slot::of(Type::Any)));
            return Some((tuple.unwrap_or_else(list), &[]));
        }
        let items: Vec<_> = items.into_iter().map(|(place, _)| place).collect();
        if items.is_empty() {
            return Some((Type::Array(Box::new(Slot::of(Type::Any))), EXPRESSED));
        }
        let name = singular(hint.name);
        let item = self.slot(&items, Hint { name: &name, ..hint }, model)?;
        Some((Type::Array(Box::new(item)), EXPRESSED))
    }

    /// Derives the type of an array of fixed length whose items each have a schema.
    fn tuple(&mut self, view: &View<'d>, hint: Hint<'_>, model: &mut Model) -> Option<Type> {
        let list = |keyword| view.keyword(keyword).into_iter().find(|(_, v)| v.items().is_some());
        let (place, items) = list("prefixItems").or_else(|| list("items"))?;
        let length = items.items()?.len();
        let single = |keyword| view.single(keyword).ok().flatten();
        let is_closed = [single("additionalItems"), single("items")]
            .contains(&Some(&Tree::Bool(false)))
            || single("maxItems").and_then(Tree::count).is_some_and(|most| most <= length as u64);
        let is_complete =
            single("minItems").and_then(Tree::count).is_some_and(|least| least >= length as u64);
        if !is_closed || !is_complete || length == 0 || length > MAX_TUPLE_LENGTH {
            return None;
        }
        let mut slots = Vec::with_capacity(length);
        for index in 0..length {
            let name = format!("{}_{}", singular(hint.name), index + 1);
            let inside = Hint { name: &name, ..hint };
            let slot = self.slot(&[format!("{place}/{index}")], inside, model)?;
            // Other definitions could contain this tuple, which would need a box.
            let is_flat = match &slot.ty {
                Type::Definition(id) => {
                    matches!(model[*id].shape, Shape::Enum(_) | Shape::Text(_) | Shape::Literals(_))
                }
                _ => true,
            };
            slots.push(is_flat.then_some(slot)?);
        }
        Some(Type::Tuple(slots))
    }
}

const EXPRESSED: &[&str] = &["items", "additionalItems"];

/// Returns the singular of a name: `accruals` → `accrual`.
fn singular(plural: &str) -> String {
    let ends_with = |end: &str| plural.len() > end.len() + 1 && plural.ends_with(end);
    if ends_with("ies") {
        format!("{}y", &plural[..plural.len() - 3])
    } else if ["sses", "shes", "ches", "xes"].iter().any(|end| ends_with(end)) {
        plural[..plural.len() - 2].to_owned()
    } else if ends_with("s") && !["ss", "us", "is"].iter().any(|end| ends_with(end)) {
        plural[..plural.len() - 1].to_owned()
    } else {
        plural.to_owned()
    }
}
