//! Values of several types: lists of types, `anyOf` and `oneOf`.
//!
//! A union is read by looking at the JSON type of the value, never by trying branches in turn.

use super::types::{Hint, Types};
use super::view::View;
use crate::model::{Branch, Docs, JsonType, Model, Shape, Slot, Tag, Type, Union};
use crate::tree::Tree;
use std::collections::BTreeSet;

impl<'d> Types<'d, '_> {
    /// `"type": ["string", "boolean"]`
    pub(super) fn type_list(
        &mut self,
        view: &View<'d>,
        types: &[JsonType],
        hint: Hint<'_>,
        nullable: bool,
        model: &mut Model,
    ) -> Option<Slot> {
        let empty = Union { branches: Vec::new(), tag: Tag::JsonType };
        let id = self.reserve(view, hint, nullable, Shape::Union(empty), model);
        let mut branches = Vec::new();
        for ty in published_order(view, types) {
            let branch = branch_hint(ty);
            let name = format!("{}_{branch}", hint.name);
            let inside = Hint { name: &name, parent: hint.parent };
            let slot = self.typed(view, ty, inside, false, model)?;
            if let Type::Definition(inner) = slot.ty {
                // The name a person gave is the union's, not the branch's.
                model[inner].explicit_name = None;
            }
            branches.push(Branch {
                hint: branch.to_owned(),
                explicit_name: None,
                full_name: branch.to_owned(),
                slot,
                docs: Docs::default(),
            });
        }
        model[id].shape = Shape::Union(Union { branches, tag: Tag::JsonType });
        Some(Slot { ty: Type::Definition(id), nullable, verify: None })
    }

    /// `anyOf` and `oneOf` without a `type` beside them.
    pub(super) fn branches(
        &mut self,
        view: &View<'d>,
        hint: Hint<'_>,
        model: &mut Model,
    ) -> Option<Slot> {
        let lists = [view.keyword("anyOf"), view.keyword("oneOf")].concat();
        let [(place, list)] = lists.as_slice() else {
            self.problem(
                view,
                "several of `anyOf` and `oneOf` for one value",
                "give the schema a `type`, or keep one of them",
            );
            return None;
        };
        let places: Vec<_> = (0..list.items().unwrap_or_default().len())
            .map(|index| format!("{place}/{index}"))
            .collect();
        let others: Vec<&str> = super::types::ASSERTING
            .iter()
            .copied()
            .filter(|keyword| !matches!(*keyword, "anyOf" | "oneOf"))
            .collect();
        let verify = if view.lacks(&others) { None } else { Some(self.rule(view, model)) };
        // No value takes the branch `false`.
        let (nulls, places): (Vec<_>, Vec<_>) = places
            .into_iter()
            .filter(|place| *self.document.at(place) != Tree::Bool(false))
            .partition(|place| self.is_null(place));
        let nullable = !nulls.is_empty();
        match places.as_slice() {
            // What a service could hold of it is null, or nothing at all.
            [] => {
                let ty = if nullable { Type::Null } else { Type::Any };
                let verify = Some(self.rule(view, model));
                return Some(Slot { ty, nullable: false, verify });
            }
            [only] => {
                let slot = self.slot(std::slice::from_ref(only), hint, model)?;
                // A check of the branch would reject the null beside it.
                let null_beside = nullable && (slot.verify.is_some() || slot.nullable);
                let verify = verify.or_else(|| null_beside.then(|| self.rule(view, model)));
                return Some(Slot {
                    nullable: (nullable || slot.nullable) && slot.ty != Type::Null,
                    verify: verify.or(slot.verify),
                    ty: slot.ty,
                });
            }
            _ => {}
        }
        let empty = Union { branches: Vec::new(), tag: Tag::JsonType };
        let id = self.reserve(view, hint, nullable, Shape::Union(empty), model);
        let (branches, null_inside) = self.distinct(&places, hint, model)?;
        model[id].shape = Shape::Union(Union { branches, tag: Tag::JsonType });
        // Null is read without a look at the branches, which may have more to say of it.
        let verify = verify.or_else(|| null_inside.then(|| self.rule(view, model)));
        Some(Slot { ty: Type::Definition(id), nullable: nullable || null_inside, verify })
    }

    /// The branches at `places`, if the JSON type tells them apart, and whether one of them also
    /// accepts null.
    fn distinct(
        &mut self,
        places: &[String],
        hint: Hint<'_>,
        model: &mut Model,
    ) -> Option<(Vec<Branch>, bool)> {
        let (mut branches, mut nullable, mut taken) = (Vec::new(), false, BTreeSet::new());
        for (index, place) in places.iter().enumerate() {
            let name = format!("{}_{}", hint.name, index + 1);
            let inside = Hint { name: &name, parent: hint.parent };
            let slot = self.slot(std::slice::from_ref(place), inside, model)?;
            nullable |= slot.nullable;
            let types = json_types(&slot.ty, model);
            let (found, help) = match types.intersection(&taken).next() {
                _ if types.is_empty() => (
                    "a branch that only leads back to its union".to_owned(),
                    "remove it, or let the recursion go through a property or an item",
                ),
                _ if types.len() == ALL && places.len() > 1 => (
                    "a branch that may be of any type".to_owned(),
                    "give the branch a `type`; if all of them are of one type, put that beside them",
                ),
                Some(JsonType::Object) => (
                    "a second branch that is an object".to_owned(),
                    "branches are told apart by their JSON type: describe one object with all \
                     properties, and put `anyOf` beside them for what goes together",
                ),
                Some(shared) => (
                    format!("a second branch that may be of type {}", shared.name()),
                    "branches are told apart by their JSON type: make one of the two",
                ),
                None => {
                    let hint = types.first().map_or("null", |ty| branch_hint(*ty)).to_owned();
                    taken.extend(types);
                    branches.push(Branch {
                        full_name: hint.clone(),
                        hint,
                        explicit_name: None,
                        slot: Slot { nullable: false, ..slot },
                        docs: self.document.docs(place),
                    });
                    continue;
                }
            };
            self.problems.push(self.document.problem(place.clone(), found, help));
            return None;
        }
        Some((branches, nullable))
    }

    fn is_null(&self, place: &str) -> bool {
        self.document.at(place).get("type").and_then(Tree::text) == Some("null")
    }
}

/// How many types the branches of a union can differ in.
const ALL: usize = 6;

/// The types in the order of the schema's own list.
fn published_order(view: &View<'_>, types: &[JsonType]) -> Vec<JsonType> {
    let mut order: Vec<JsonType> = Vec::new();
    for (_, value) in view.keyword("type") {
        for name in value.items().unwrap_or_default().iter().filter_map(Tree::text) {
            order.extend(JsonType::named(name).filter(|ty| types.contains(ty)));
        }
    }
    order.extend(types);
    let mut seen = BTreeSet::new();
    order.retain(|ty| seen.insert(*ty));
    order
}

fn branch_hint(ty: JsonType) -> &'static str {
    match ty {
        JsonType::Null => "null",
        JsonType::Boolean => "boolean",
        JsonType::Integer => "integer",
        JsonType::Number => "number",
        JsonType::String => "text",
        JsonType::Array => "list",
        JsonType::Object => "object",
    }
}

/// The JSON types of a value; an integer is a number here, for the two look alike.
pub(crate) fn json_types(ty: &Type, model: &Model) -> BTreeSet<JsonType> {
    let one = match ty {
        Type::Null => JsonType::Null,
        Type::Boolean => JsonType::Boolean,
        Type::Integer | Type::Integer32 | Type::Number => JsonType::Number,
        Type::Text | Type::DateTime | Type::Date | Type::Uuid => JsonType::String,
        Type::Array(_) => JsonType::Array,
        Type::Object | Type::Map(_) => JsonType::Object,
        Type::Any | Type::Float | Type::Double | Type::Avro(_) => {
            return [
                JsonType::Null,
                JsonType::Boolean,
                JsonType::Number,
                JsonType::String,
                JsonType::Array,
                JsonType::Object,
            ]
            .into();
        }
        Type::Definition(id) => match &model[*id].shape {
            Shape::Record(_) => JsonType::Object,
            Shape::Enum(_) | Shape::Text(_) => JsonType::String,
            Shape::Union(union) => {
                return union.branches.iter().flat_map(|b| json_types(&b.slot.ty, model)).collect();
            }
        },
    };
    [one].into()
}
