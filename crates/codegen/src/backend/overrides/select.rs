//! Resolution of selectors to parts of the model.

use super::problem;
use crate::backend::facts::members::{branch_idents, field_idents, variant_idents};
use crate::backend::facts::names::Names;
use crate::error::Problem;
use crate::model::{DefinitionId, Model, Scope, Shape, Type};
use crate::near::near;
use crate::options::{Override, OverrideKind};
use crate::tree::escape;
use proc_macro2::Ident;
use std::collections::BTreeMap;
use syn::ext::IdentExt;

/// A part of the model that has a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    Type(DefinitionId),
    Field(DefinitionId, usize),
    Branch(DefinitionId, usize),
    Value(DefinitionId, usize),
}

/// All parts by path and by place.
pub(super) struct Parts {
    paths: BTreeMap<String, Vec<Part>>,
    /// By `file#pointer`.
    places: BTreeMap<String, Vec<Part>>,
}

impl Parts {
    pub(super) fn of(model: &Model, names: &Names) -> Self {
        let mut parts = Self { paths: BTreeMap::new(), places: BTreeMap::new() };
        for id in (0..model.definitions.len()).map(DefinitionId) {
            parts.definition(model, names, id);
        }
        parts
    }

    fn definition(&mut self, model: &Model, names: &Names, id: DefinitionId) {
        let definition = &model[id];
        let path = path(model, names, id);
        self.paths.entry(path.clone()).or_default().push(Part::Type(id));
        let places = places(model, id);
        let is_avro = definition.full_name.is_some();
        let members: Vec<(Part, Ident, Option<String>)> = match &definition.shape {
            Shape::Record(record) => (0..)
                .zip(field_idents(record).0)
                .zip(&record.fields)
                .map(|((index, ident), field)| {
                    let end = match is_avro {
                        true => format!("/fields/{index}"),
                        false => format!("/properties/{}", escape(&field.name)),
                    };
                    (Part::Field(id, index), ident, Some(end))
                })
                .collect(),
            Shape::Enum(values) => (0..)
                .zip(variant_idents(model, id, values))
                .map(|(index, ident)| {
                    let list = if is_avro { "symbols" } else { "enum" };
                    (Part::Value(id, index), ident, Some(format!("/{list}/{index}")))
                })
                .collect(),
            Shape::Union(union) => (0..)
                .zip(branch_idents(union))
                .map(|(index, ident)| (Part::Branch(id, index), ident, None))
                .collect(),
            Shape::Text(_) | Shape::Literals(_) | Shape::Newtype(_) | Shape::Alias(_) => Vec::new(),
        };
        for (part, ident, end) in members {
            self.paths.entry(format!("{path}::{}", bare(&ident))).or_default().push(part);
            if let Some(end) = end {
                self.places.entry(format!("{}{end}", places[0])).or_default().push(part);
            }
        }
        for place in places {
            self.places.entry(place).or_default().push(Part::Type(id));
        }
    }

    /// Returns the siblings of a part that have a name.
    pub(super) fn beside(&self, part: Part, name: &str) -> Vec<Part> {
        let own = self.paths.iter().find(|(_, parts)| parts.contains(&part)).map(|(path, _)| path);
        let path = match own.and_then(|path| path.rsplit_once("::")) {
            Some((around, _)) => format!("{around}::{name}"),
            None => name.to_owned(),
        };
        let others = self.paths.get(&path).into_iter().flatten().copied();
        others.filter(|other| *other != part).collect()
    }

    /// Returns the part that a request selects.
    pub(super) fn find(&self, request: &Override) -> Result<Part, Problem> {
        let selector = request.selector.as_str();
        let found: Vec<(&str, Part)> = match selector.split_once('#') {
            Some(("", _)) => self
                .places
                .iter()
                .filter(|(place, _)| {
                    place.split_once('#').is_some_and(|(_, p)| p == &selector[1..])
                })
                .flat_map(|(place, parts)| parts.iter().map(|part| (place.as_str(), *part)))
                .collect(),
            Some(_) => all(self.places.get_key_value(selector)),
            None => all(self.paths.get_key_value(selector)),
        };
        let is_type = |(_, part): &(&str, Part)| matches!(part, Part::Type(_));
        let types: Vec<_> = found.iter().copied().filter(is_type).collect();
        let mut found = if types.is_empty() { found } else { types };
        found.sort_by_key(|(_, part)| *part);
        found.dedup_by_key(|(_, part)| *part);
        match found.as_slice() {
            [(_, part)] => Ok(*part),
            [] => Err(self.nothing(request)),
            many => {
                let places: Vec<String> =
                    many.iter().map(|(place, _)| format!("`{place}`")).collect();
                Err(problem(
                    request,
                    format!("{selector:?} matches several items"),
                    format!("name one of them: {}", places.join(", ")),
                ))
            }
        }
    }

    /// Returns the types that a request selects.
    pub(super) fn types(
        &self,
        model: &Model,
        request: &Override,
    ) -> Result<Vec<DefinitionId>, Problem> {
        if request.selector == "*" {
            return Ok((0..model.definitions.len()).map(DefinitionId).collect());
        }
        match self.find(request)? {
            Part::Type(id) => Ok(vec![id]),
            Part::Field(..) | Part::Branch(..) | Part::Value(..) => Err(problem(
                request,
                format!("{:?} is not a type", request.selector),
                "name the type that contains it",
            )),
        }
    }

    fn nothing(&self, request: &Override) -> Problem {
        let selector = request.selector.as_str();
        let (missing, candidates): (_, Vec<&str>) = match selector.split_once('#') {
            None => ("called", self.paths.keys().map(String::as_str).collect()),
            Some(("", _)) => {
                let pointers =
                    self.places.keys().filter_map(|place| Some(&place[place.find('#')?..]));
                ("defined at", pointers.collect())
            }
            Some(_) => ("defined at", self.places.keys().map(String::as_str).collect()),
        };
        let near = near(selector, candidates.iter().copied());
        let help = if near.is_empty() {
            let few: Vec<String> =
                candidates.iter().take(5).map(|candidate| format!("`{candidate}`")).collect();
            format!("name an existing one, such as {}", few.join(", "))
        } else {
            let near: Vec<String> = near.iter().map(|name| format!("`{name}`")).collect();
            format!("did you mean {}?", near.join(" or "))
        };
        problem(request, format!("no type, field or variant is {missing} {selector:?}"), help)
    }
}

/// Returns the places of the schemas of each type, by its path with the name that the caller requests.
pub(in crate::backend) fn types(
    model: &Model,
    names: &Names,
    overrides: &[Override],
) -> BTreeMap<String, Vec<String>> {
    let mut types = BTreeMap::new();
    for id in (0..model.definitions.len()).map(DefinitionId) {
        let mut target = id;
        // Another name of a type, whose place has only a reference.
        while let Shape::Alias(slot) = &model[target].shape
            && let Type::Definition(inner) = slot.ty
        {
            target = inner;
        }
        let default = path(model, names, id);
        let places = places(model, target);
        let name = overrides.iter().find_map(|request| {
            let OverrideKind::Rename(name) = &request.kind else { return None };
            let is_own = request.selector == default || places.contains(&request.selector);
            let module = default.rsplit_once("::").map(|(module, _)| format!("{module}::"));
            is_own.then(|| format!("{}{name}", module.unwrap_or_default()))
        });
        types.insert(name.unwrap_or(default), places);
    }
    types
}

/// Returns the path of a type in the generated code.
fn path(model: &Model, names: &Names, id: DefinitionId) -> String {
    let name = bare(&names.ident(id));
    match model[id].scope {
        Scope::Family => name,
        Scope::Module(module) => format!("{}::{name}", bare(&names.module(module))),
    }
}

/// Returns the places of the schemas of a type.
fn places(model: &Model, id: DefinitionId) -> Vec<String> {
    let own = (model[id].file.clone(), model[id].pointer.clone());
    let places = std::iter::once(&own).chain(model.twins.get(&id).into_iter().flatten());
    places.map(|(file, pointer)| format!("{file}#{pointer}")).collect()
}

fn all<'p>(entry: Option<(&'p String, &'p Vec<Part>)>) -> Vec<(&'p str, Part)> {
    let parts = |(name, parts): (&'p String, &'p Vec<Part>)| {
        parts.iter().map(|part| (name.as_str(), *part)).collect()
    };
    entry.map(parts).unwrap_or_default()
}

fn bare(ident: &Ident) -> String {
    ident.unraw().to_string()
}
