//! Chains of `if` and `then` by the value of one property, which are a union that this property selects.

use super::types::{Hint, Types};
use super::view::View;
use crate::model::{Branch, JsonType, Model, Shape, Slot, Tag, Type, Union};
use crate::tree::{Tree, escape};
use std::collections::BTreeSet;

/// An `if` that holds for one value of a property, with a `then`.
struct Condition {
    property: String,
    value: String,
    /// The places of both schemas.
    schemas: [String; 2],
}

impl<'d> Types<'d, '_> {
    /// Derives the union of an object whose `if` and `then` describe each value of a required property.
    /// Returns `None` if they describe something else.
    pub(super) fn conditions(
        &mut self,
        view: &View<'d>,
        hint: Hint<'_>,
        model: &mut Model,
    ) -> Option<Slot> {
        if view.types.as_ref() != Some(&BTreeSet::from([JsonType::Object])) {
            return None;
        }
        let conditions: Vec<Condition> = view
            .keyword("if")
            .iter()
            .map(|(place, _)| self.condition(place))
            .collect::<Option<_>>()?;
        let property = conditions.first()?.property.clone();
        let values = self.listed(view, &property)?;
        let described: BTreeSet<&String> =
            conditions.iter().map(|condition| &condition.value).collect();
        // A type with one value is a branch of such a union itself.
        if values.len() < 2
            || described != values.iter().collect()
            || conditions.iter().any(|condition| condition.property != property)
        {
            return None;
        }
        let tag = Tag::Property(property);
        let empty = Union { branches: Vec::new(), tag: tag.clone() };
        let id = self.reserve(view, hint, false, Shape::Union(empty), model);
        let mut branches = Vec::with_capacity(values.len());
        for value in values {
            let met = conditions.iter().filter(|condition| condition.value == value);
            let schemas = met.flat_map(|condition| &condition.schemas);
            let origins: Vec<String> = view.origins.iter().chain(schemas).cloned().collect();
            let slot = self.slot(&origins, Hint { name: &value, parent: Some(id) }, model)?;
            branches.push(Branch {
                hint: value.clone(),
                explicit_name: None,
                full_name: value,
                slot,
                docs: Default::default(),
            });
        }
        model[id].shape = Shape::Union(Union { branches, tag });
        let verify = Some(self.rule(view, model));
        Some(Slot { verify, ..Slot::of(Type::Definition(id)) })
    }

    /// Reads the `if` at a place, which holds for one text of one property.
    fn condition(&self, place: &str) -> Option<Condition> {
        let around = place.strip_suffix("/if")?;
        let document = self.document;
        let then = format!("{around}/then");
        if document.at(around).get("else").is_some() || document.at(around).get("then").is_none() {
            return None;
        }
        let members = document.at(place).members()?;
        let is_plain = |(keyword, _): &(String, Tree)| {
            matches!(keyword.as_str(), "properties" | "required" | "type" | "$comment")
        };
        let [(property, schema)] = document.at(place).get("properties")?.members()? else {
            return None;
        };
        if !members.iter().all(is_plain) {
            return None;
        }
        let [(keyword, value)] = schema.members()? else { return None };
        let value = match (keyword.as_str(), value) {
            ("const", value) => value.text()?,
            ("enum", Tree::Array(values)) if values.len() == 1 => values[0].text()?,
            _ => return None,
        };
        let schemas = [place.to_owned(), then];
        Some(Condition { property: property.clone(), value: value.to_owned(), schemas })
    }

    /// Returns the texts that a required property of an object may have, if they are listed.
    fn listed(&self, view: &View<'d>, property: &str) -> Option<Vec<String>> {
        if !view.required().iter().any(|required| required == property) {
            return None;
        }
        let places = view.keyword("properties").into_iter().filter_map(|(place, properties)| {
            properties.get(property)?;
            Some(format!("{place}/{}", escape(property)))
        });
        let places: Vec<String> = places.collect();
        let schema = View::of(self.document, &places).ok()?;
        if !schema.keyword("const").is_empty() {
            return None;
        }
        let values = schema.single("enum").ok()??.items()?;
        values.iter().map(|value| value.text().map(str::to_owned)).collect()
    }
}
