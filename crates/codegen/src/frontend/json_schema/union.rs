//! Unions: lists of types, `anyOf` and `oneOf`.
//!
//! A decoder selects the branch by the JSON type of the value, or for objects by a property with a
//! fixed value in each branch. Only if neither decides does it try the rules of the branches in turn.

use super::types::{Hint, Types};
use super::view::View;
use crate::model::{
    Branch, DefinitionId, Docs, JsonType, Model, Shape, Slot, Tag, Type, Union, json_types,
};
use crate::tree::Tree;
use std::collections::BTreeSet;

impl<'d> Types<'d, '_> {
    /// Derives the union of a list of types, such as `"type": ["string", "boolean"]`.
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
                // The explicit name belongs to the union, not to its branch.
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

    /// Derives the slot of `anyOf` or `oneOf`. Returns `None` if the branches do not form a type.
    pub(super) fn branches(
        &mut self,
        view: &View<'d>,
        hint: Hint<'_>,
        model: &mut Model,
    ) -> Option<Slot> {
        let lists = [view.keyword("anyOf"), view.keyword("oneOf")].concat();
        let [(place, list)] = lists.as_slice() else { return None };
        let is_one_of = place.ends_with("/oneOf");
        let places: Vec<_> = (0..list.items().unwrap_or_default().len())
            .map(|index| format!("{place}/{index}"))
            .collect();
        let others: Vec<&str> = super::keywords::ASSERTING
            .iter()
            .copied()
            .filter(|keyword| !matches!(*keyword, "anyOf" | "oneOf"))
            .collect();
        let free = view.lacks(&others);
        let verify = if free { None } else { Some(self.rule(view, model)) };
        if let Some(values) = self.values_of_branches(&places)
            && let Some(slot) = self.set(view, &values, !free, hint, model)
        {
            return Some(slot);
        }
        // The branch `false` accepts no value.
        let (nulls, places): (Vec<_>, Vec<_>) = places
            .into_iter()
            .filter(|place| *self.document.at(place) != Tree::Bool(false))
            .partition(|place| self.is_null(place));
        let nullable = !nulls.is_empty();
        match places.as_slice() {
            // The only possible value is null, or no value is possible.
            [] => {
                let ty = if nullable { Type::Null } else { Type::Any };
                let verify = Some(self.rule(view, model));
                return Some(Slot { ty, nullable: false, verify });
            }
            [only] => {
                let chosen = self.selected(only).map(|(_, schema)| schema);
                let verify = verify.or_else(|| chosen.is_some().then(|| self.rule(view, model)));
                let only = chosen.as_ref().unwrap_or(only);
                let slot = self.slot(std::slice::from_ref(only), hint, model)?;
                // A check of the branch alone would reject the null that another branch allows.
                let null_beside = nullable && (slot.verify.is_some() || slot.nullable);
                let may_be_null = null_beside || json_types(&slot.ty, model).len() == ALL;
                let verify = verify.or_else(|| may_be_null.then(|| self.rule(view, model)));
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
        let (union, null_inside) = self.union(&places, view.types.as_ref(), hint, id, model)?;
        // More than one branch may accept the value, which `oneOf` forbids.
        model[id].is_verified = is_one_of && union.tag == Tag::FirstFit;
        model[id].shape = Shape::Union(union);
        // Null is decoded without the branches, whose rules may restrict it further.
        let verify = verify.or_else(|| null_inside.then(|| self.rule(view, model)));
        Some(Slot { ty: Type::Definition(id), nullable: nullable || null_inside, verify })
    }

    /// Returns the union `id` of the branches at `places`, whose values have one of `types`, and whether one of them
    /// also accepts null. If the last branch accepts any value, it is that of all others.
    ///
    /// Returns `None` if another branch may be of any type, or if two branches have the same Rust type.
    fn union(
        &mut self,
        places: &[String],
        types: Option<&BTreeSet<JsonType>>,
        hint: Hint<'_>,
        id: DefinitionId,
        model: &mut Model,
    ) -> Option<(Union, bool)> {
        let mut views: Vec<View<'d>> = places
            .iter()
            .map(|place| View::of(self.document, std::slice::from_ref(place)).ok())
            .collect::<Option<_>>()?;
        let open = views.pop_if(|last| last.is_open());
        let places = &places[..views.len()];
        if views.is_empty() {
            return None;
        }
        let views: Vec<_> = views.into_iter().map(|view| view.narrowed(types)).collect();
        let selected: Option<Vec<_>> = places.iter().map(|place| self.selected(place)).collect();
        let (discriminator, schemas) = match selected {
            Some(selected) => {
                let (tags, schemas): (Vec<_>, Vec<_>) = selected.into_iter().unzip();
                let property = tags.first().map(|(property, _)| property.clone());
                let values = tags.into_iter().map(|(_, value)| value).collect();
                (property.map(|property| (property, values)), schemas)
            }
            None => (self.discriminator(&views), places.to_vec()),
        };
        let names = self.variant_names(&views);
        let mut slots = Vec::with_capacity(places.len());
        for (index, place) in schemas.iter().enumerate() {
            let name = match (&discriminator, &names[index]) {
                (Some((_, values)), _) => values[index].clone(),
                (None, Name::Own(name)) => name.clone(),
                (None, Name::Type(name)) => format!("{}_{name}", hint.name),
            };
            // Ambiguous names begin with that of the union.
            let inside = Hint { name: &name, parent: Some(id) };
            let slot = match *place == places[index] {
                true => self.slot_of(&views[index], inside, model)?,
                false => self.slot(std::slice::from_ref(place), inside, model)?,
            };
            slots.push(slot);
        }
        let types: Vec<_> = slots.iter().map(|slot| json_types(&slot.ty, model)).collect();
        if types.iter().any(|types| types.is_empty() || types.len() == ALL) {
            return None;
        }
        let null_inside = slots.iter().any(|slot| slot.nullable)
            || types.iter().any(|types| types.contains(&JsonType::Null));
        let distinct: BTreeSet<_> = types.iter().flatten().collect();
        let by_type = distinct.len() == types.iter().map(BTreeSet::len).sum::<usize>();
        let objects = types.iter().all(|types| *types == BTreeSet::from([JsonType::Object]));
        let tag = match &discriminator {
            _ if open.is_some() => Tag::FirstFit,
            _ if by_type => Tag::JsonType,
            Some((property, _)) if objects => Tag::Property(property.clone()),
            _ => Tag::FirstFit,
        };
        let mut branches = Vec::<Branch>::with_capacity(places.len());
        for (index, (place, mut slot)) in places.iter().zip(slots).enumerate() {
            let by_first_type =
                || types[index].first().map_or("null", |ty| branch_hint(*ty)).to_owned();
            let name = match (&tag, &discriminator) {
                (Tag::Property(_), Some((_, values))) => values[index].clone(),
                (Tag::FirstFit, _) => {
                    // Variants of the same type would be indistinguishable.
                    if branches.iter().any(|branch| branch.slot.ty == slot.ty) {
                        return None;
                    }
                    slot.verify = Some(self.rule(&views[index], model));
                    names[index].text().to_owned()
                }
                _ => by_first_type(),
            };
            let mut docs = self.document.docs(place);
            self.note_inside(&views[index], &slot.ty, &mut docs);
            branches.push(Branch {
                hint: name.clone(),
                explicit_name: None,
                full_name: name,
                slot: Slot { nullable: false, ..slot },
                docs,
            });
        }
        if let Some(view) = open {
            // A value that no other branch accepts.
            branches.push(Branch {
                hint: "other".into(),
                explicit_name: None,
                full_name: "other".into(),
                slot: Slot { verify: Some(self.rule(&view, model)), ..Slot::of(Type::Any) },
                docs: view.docs,
            });
        }
        Some((Union { branches, tag }, null_inside))
    }

    /// Returns property and value that select the branch at `place`, and the place of its schema, if a
    /// frontend marked the branch with [`SELECTED_BY`].
    fn selected(&self, place: &str) -> Option<((String, String), String)> {
        let [(property, value)] = self.document.at(place).get(SELECTED_BY)?.members()? else {
            return None;
        };
        let tag = (property.clone(), value.text()?.to_owned());
        Some((tag, format!("{place}/allOf/0")))
    }

    /// Returns a required property that has a different fixed text in each object, and the texts.
    fn discriminator(&self, views: &[View<'d>]) -> Option<(String, Vec<String>)> {
        let only_objects = BTreeSet::from([JsonType::Object]);
        if views.iter().any(|view| view.types.as_ref() != Some(&only_objects)) {
            return None;
        }
        views.first()?.required().into_iter().find_map(|name| {
            let values: Vec<String> =
                views.iter().map(|view| self.fixed_text(view, &name)).collect::<Option<_>>()?;
            let distinct: BTreeSet<&String> = values.iter().collect();
            (distinct.len() == values.len()).then_some((name, values))
        })
    }

    /// Returns the only text that a required property of an object may have.
    fn fixed_text(&self, view: &View<'d>, name: &str) -> Option<String> {
        if !view.required().iter().any(|required| required == name) {
            return None;
        }
        let (_, places) = view.properties().into_iter().find(|(known, _)| known == name)?;
        let property = View::of(self.document, &places).ok()?;
        if let Ok(Some(value)) = property.single("const") {
            return value.text().map(str::to_owned);
        }
        match property.single("enum").ok()??.items()? {
            [only] => only.text().map(str::to_owned),
            _ => None,
        }
    }

    /// Returns a name for each branch: of its definition, its title, the property that it alone requires, or
    /// its type.
    fn variant_names(&self, views: &[View<'d>]) -> Vec<Name> {
        let required: Vec<Vec<String>> = views.iter().map(View::required).collect();
        let name = |(index, view): (usize, &View<'d>)| {
            let is_short = |title: &&String| (1..=4).contains(&title.split_whitespace().count());
            let title = || view.docs.title.as_ref().filter(is_short).cloned();
            let others = || (0..views.len()).filter(|other| *other != index);
            let is_own = |name: &&String| others().all(|other| !required[other].contains(name));
            let property = || required[index].iter().find(is_own).cloned();
            let own = self.own_name(view).or_else(title).or_else(property).map(Name::Own);
            own.unwrap_or_else(|| {
                let ty = view.types.as_ref().and_then(|types| types.first());
                Name::Type(ty.map_or("value", |ty| branch_hint(*ty)))
            })
        };
        views.iter().enumerate().map(name).collect()
    }

    fn is_null(&self, place: &str) -> bool {
        self.document.at(place).get("type").and_then(Tree::text) == Some("null")
    }
}

/// The annotation of a branch that an explicit discriminator selects: an object of the property and its
/// value. The first branch of `allOf` beside it is the schema of the values, which gives them their type;
/// the other keywords beside it fix the property.
pub(crate) const SELECTED_BY: &str = "x-selected-by";

/// The name of a variant.
enum Name {
    /// A name that describes the branch.
    Own(String),
    /// Its JSON type.
    Type(&'static str),
}

impl Name {
    fn text(&self) -> &str {
        match self {
            Name::Own(name) => name,
            Name::Type(name) => name,
        }
    }
}

/// Number of JSON types, with integers as numbers.
const ALL: usize = 6;

/// Returns the types in the order of the schema's list.
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
