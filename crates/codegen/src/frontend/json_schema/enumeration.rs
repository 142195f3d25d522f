//! Sets of values: `enum`, `const`, and unions whose branches are single values.

use super::keywords::{ASSERTING, binds};
use super::references::REFERENCES;
use super::text::distinct;
use super::types::{Hint, Types};
use super::view::View;
use crate::model::{Enum, JsonType, Model, Shape, Slot, Type};
use crate::tree::Tree;
use std::collections::BTreeSet;

impl<'d> Types<'d, '_> {
    /// Derives the type of `enum` and `const` with scalar values.
    pub(super) fn enumeration(
        &mut self,
        view: &View<'d>,
        hint: Hint<'_>,
        model: &mut Model,
    ) -> Option<Slot> {
        let sets: Vec<Vec<&Tree>> = view
            .keyword("enum")
            .into_iter()
            .map(|(_, value)| value.items().unwrap_or_default().iter().collect())
            .chain(view.keyword("const").into_iter().map(|(_, value)| vec![value]))
            .collect();
        let (first, rest) = sets.split_first()?;
        let values: Vec<&Tree> = first
            .iter()
            .filter(|value| rest.iter().all(|set| set.iter().any(|other| value.equals(other))))
            .filter(|value| admits(view, value))
            .copied()
            .collect();
        if let Some(slot) = self.written_enum(view, &values, hint, model) {
            return Some(slot);
        }
        let types: BTreeSet<JsonType> = values.iter().map(|value| json_type(value)).collect();
        let bound = |keyword: &&str| {
            !matches!(*keyword, "enum" | "const") && types.iter().any(|ty| binds(*ty, keyword))
        };
        let bound: Vec<&str> = ASSERTING.iter().copied().filter(bound).collect();
        let verify = !view.lacks(&bound);
        self.set(view, &values, verify, hint, model)
    }

    /// Returns the type of a set of values, or `None` if the JSON type of the values fits better.
    pub(super) fn set(
        &mut self,
        view: &View<'d>,
        values: &[&Tree],
        verify: bool,
        hint: Hint<'_>,
        model: &mut Model,
    ) -> Option<Slot> {
        let nullable = values.contains(&&Tree::Null);
        let values: Vec<&Tree> =
            values.iter().copied().filter(|value| **value != Tree::Null).collect();
        if values.iter().any(|value| matches!(value, Tree::Array(_) | Tree::Object(_))) {
            return None;
        }
        let texts: Option<Vec<String>> =
            values.iter().map(|value| value.text().map(str::to_owned)).collect();
        let shape = match texts {
            _ if values.is_empty() => {
                let verify = verify.then(|| self.rule(view, model));
                return nullable.then_some(Slot { verify, ..Slot::of(Type::Null) });
            }
            // With further assertions on the text, a text type fits better.
            Some(_) if verify => return None,
            Some(texts) => Shape::Enum(Enum { values: distinct(texts), open: false }),
            None => {
                let mut literals: Vec<&Tree> = Vec::new();
                for value in values {
                    if !literals.iter().any(|known| known.equals(value)) {
                        literals.push(value);
                    }
                }
                Shape::Literals(literals.into_iter().map(Tree::to_string).collect())
            }
        };
        let verify = verify.then(|| self.rule(view, model));
        let id = self.reserve(view, hint, nullable, shape, model);
        Some(Slot { ty: Type::Definition(id), nullable, verify })
    }

    /// Returns the values of branches that each consist of a single value and assert nothing else.
    pub(super) fn values_of_branches(&self, places: &[String]) -> Option<Vec<&'d Tree>> {
        let mut values: Vec<&Tree> = Vec::new();
        for place in places {
            let members = self.document.at(place).members()?;
            let of = |keyword: &str| self.document.keyword(place, keyword);
            let value = match (of("const"), of("enum").map(|list| list.items().unwrap_or_default()))
            {
                (Some(value), None) | (None, Some([value])) => value,
                _ => return None,
            };
            let asserts_more = members.iter().any(|(key, _)| {
                REFERENCES.contains(&key.as_str())
                    || matches!(key.as_str(), "allOf" | "type")
                    || (ASSERTING.contains(&key.as_str())
                        && !matches!(key.as_str(), "const" | "enum"))
            });
            if asserts_more || values.iter().any(|known| known.equals(value)) {
                return None;
            }
            values.push(value);
        }
        Some(values)
    }
}

/// Returns whether the types of a view allow a value.
fn admits(view: &View<'_>, value: &Tree) -> bool {
    let ty = json_type(value);
    view.types.as_ref().is_none_or(|types| {
        types.contains(&ty) || (ty == JsonType::Integer && types.contains(&JsonType::Number))
    })
}

/// Returns the JSON type of a value. A number without fractional part is an integer.
pub(crate) fn json_type(value: &Tree) -> JsonType {
    match value {
        Tree::Null => JsonType::Null,
        Tree::Bool(_) => JsonType::Boolean,
        Tree::Number(number) if number.is_integer() => JsonType::Integer,
        Tree::Number(_) => JsonType::Number,
        Tree::String(_) => JsonType::String,
        Tree::Array(_) => JsonType::Array,
        Tree::Object(_) => JsonType::Object,
    }
}
