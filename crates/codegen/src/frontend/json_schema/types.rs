//! Which shape a schema's values have.

use super::document::Document;
use super::rules::Rules;
use super::text::distinct;
use super::view::View;
use crate::error::Problem;
use crate::model::{
    Assertion, Definition, DefinitionId, Enum, JsonType, Model, Rule, RuleId, Scope, Shape, Slot,
    Type,
};
use crate::tree::Tree;
use std::collections::{BTreeMap, BTreeSet};

/// Finds the shapes of a document's schemas, each place once.
pub(crate) struct Types<'d, 'r> {
    pub(super) document: &'d Document<'d>,
    rules: &'r mut Rules<'d>,
    scope: Scope,
    known: BTreeMap<Vec<String>, Slot>,
    /// The rules for values that several schemas describe.
    combined: BTreeMap<Vec<String>, RuleId>,
    /// Places that several events refer to.
    pub(crate) shared: BTreeSet<String>,
    /// What is being derived; meeting it again before it has a name is an endless type.
    open: BTreeSet<Vec<String>>,
    pub(crate) problems: Vec<Problem>,
}

/// What a place suggests for the name of its type.
#[derive(Clone, Copy)]
pub(super) struct Hint<'h> {
    pub(super) name: &'h str,
    pub(super) parent: Option<DefinitionId>,
}

impl<'d, 'r> Types<'d, 'r> {
    pub(crate) fn new(document: &'d Document<'d>, rules: &'r mut Rules<'d>, scope: Scope) -> Self {
        Self {
            document,
            rules,
            scope,
            known: BTreeMap::new(),
            combined: BTreeMap::new(),
            shared: BTreeSet::new(),
            open: BTreeSet::new(),
            problems: Vec::new(),
        }
    }

    /// The shape of a whole event.
    pub(crate) fn root(
        &mut self,
        pointer: &str,
        hint: &str,
        model: &mut Model,
    ) -> Option<DefinitionId> {
        let slot = self.slot(&[pointer.to_owned()], Hint { name: hint, parent: None }, model)?;
        let id = match slot.ty {
            Type::Definition(id)
                if matches!(model[id].shape, Shape::Record(_) | Shape::Union(_)) =>
            {
                id
            }
            _ => {
                self.problems.push(self.document.problem(
                    pointer,
                    "an event that is no object with known properties",
                    "give it `\"type\": \"object\"` and `properties`",
                ));
                return None;
            }
        };
        if slot.nullable {
            self.problems.push(self.document.problem(
                pointer,
                "an event that may be null",
                "allow objects only",
            ));
            return None;
        }
        if slot.verify.is_none() && !self.shared.contains(&model[id].pointer) {
            // An event is called what its contract is called, wherever its schema stands.
            hint.clone_into(&mut model[id].hint);
            return Some(id);
        }
        // Other events have the same shape, or more is asserted of this one.
        let rule = self.rules.rule(pointer, model);
        let own = Definition {
            hint: hint.to_owned(),
            explicit_name: None,
            pointer: pointer.to_owned(),
            rule,
            is_verified: model[id].is_verified || slot.verify.is_some(),
            ..model[id].clone()
        };
        Some(model.define(own))
    }

    /// The place for values of the schemas at `origins`, which all apply.
    pub(super) fn slot(
        &mut self,
        origins: &[String],
        hint: Hint<'_>,
        model: &mut Model,
    ) -> Option<Slot> {
        let view = match View::of(self.document, origins) {
            Ok(view) => view,
            Err(problem) => {
                self.problems.push(problem);
                return None;
            }
        };
        let key = if view.referred { vec![view.home.clone()] } else { origins.to_vec() };
        if let Some(slot) = self.known.get(&key) {
            return Some(slot.clone());
        }
        let name = match view.home.rsplit_once('/') {
            Some((_, own)) if view.referred => own.replace("~1", "/").replace("~0", "~"),
            _ => hint.name.to_owned(),
        };
        let parent = hint.parent.filter(|_| !view.referred);
        if !self.open.insert(key.clone()) {
            self.problem(
                &view,
                "a type that leads back to itself with no object in between",
                "let the recursion go through a property of an object",
            );
            return None;
        }
        let slot = self.derive(&view, Hint { name: &name, parent }, model);
        self.open.remove(&key);
        let slot = verified_by_type(slot?, model);
        self.known.insert(key, slot.clone());
        Some(slot)
    }

    /// Announces a shape before it is complete, since it may contain itself.
    pub(super) fn reserve(
        &mut self,
        view: &View<'d>,
        hint: Hint<'_>,
        nullable: bool,
        shape: Shape,
        model: &mut Model,
    ) -> DefinitionId {
        let rule = self.rule(view, model);
        let id = model.define(Definition {
            hint: hint.name.to_owned(),
            explicit_name: view.annotation("x-rust-name").map(str::to_owned),
            full_name: None,
            scope: self.scope,
            parent: hint.parent,
            docs: view.docs.clone(),
            pointer: view.home.clone(),
            file: self.document.file.to_owned(),
            rule,
            is_verified: false,
            shape,
        });
        let key = if view.referred { vec![view.home.clone()] } else { view.origins.clone() };
        let slot = Slot { ty: Type::Definition(id), nullable, verify: None };
        // A union announced itself before the branches that are described at the same place.
        self.known.entry(key).or_insert(slot);
        id
    }

    /// The rule for everything a view holds.
    pub(super) fn rule(&mut self, view: &View<'_>, model: &mut Model) -> RuleId {
        if view.referred {
            return self.rules.rule(&view.home, model);
        }
        let rules: Vec<_> =
            view.origins.iter().map(|origin| self.rules.rule(origin, model)).collect();
        if let [only] = rules.as_slice() {
            return *only;
        }
        *self.combined.entry(view.origins.clone()).or_insert_with(|| {
            let assertions = vec![Assertion::AllOf(rules)];
            model.rule(Rule { has_keywords: true, pointer: view.home.clone(), assertions })
        })
    }

    fn derive(&mut self, view: &View<'d>, hint: Hint<'_>, model: &mut Model) -> Option<Slot> {
        if view.never {
            let verify = Some(self.rule(view, model));
            return Some(Slot { ty: Type::Any, nullable: false, verify });
        }
        if let Some(slot) = self.enumeration(view, hint, model) {
            return Some(slot);
        }
        let mut types = match &view.types {
            Some(types) => types.clone(),
            None if !view.lacks(&["anyOf", "oneOf"]) => {
                return self.branches(view, hint, model);
            }
            // Without a `type` every JSON value is possible; the other keywords bind some of them.
            None => {
                let free = view.lacks(ASSERTING);
                let verify = if free { None } else { Some(self.rule(view, model)) };
                return Some(Slot { ty: Type::Any, nullable: false, verify });
            }
        };
        if types.contains(&JsonType::Number) {
            types.remove(&JsonType::Integer);
        }
        let nullable = types.remove(&JsonType::Null);
        let types: Vec<_> = types.into_iter().collect();
        let slot = match types.as_slice() {
            [] if nullable => Slot::of(Type::Null),
            [] => {
                self.problem(
                    view,
                    "types that exclude each other",
                    "let one value satisfy all schemas",
                );
                return None;
            }
            [one] => self.typed(view, *one, hint, nullable, model)?,
            many => self.type_list(view, many, hint, nullable, model)?,
        };
        Some(Slot { nullable: nullable && slot.ty != Type::Null, ..slot })
    }

    /// The shape of values of one JSON type.
    pub(super) fn typed(
        &mut self,
        view: &View<'d>,
        ty: JsonType,
        hint: Hint<'_>,
        nullable: bool,
        model: &mut Model,
    ) -> Option<Slot> {
        let (shape, expressed): (_, &[&str]) = match ty {
            JsonType::Null => (Type::Null, &[]),
            JsonType::Boolean => (Type::Boolean, &[]),
            JsonType::Integer => (Type::Integer, &[]),
            JsonType::Number => (Type::Number, &[]),
            JsonType::String => self.string(view, hint, model),
            JsonType::Array => (self.array(view, hint, model)?, &["items"]),
            JsonType::Object => (
                self.object(view, hint, nullable, model)?,
                &["properties", "required", "additionalProperties"],
            ),
        };
        let binding = |keyword: &&&str| !expressed.contains(keyword) && binds(ty, keyword);
        let checked: Vec<&str> = ASSERTING.iter().filter(binding).copied().collect();
        // What is checked of an item or a value is checked with the whole, in one walk.
        let inside =
            matches!(&shape, Type::Array(inner) | Type::Map(inner) if inner.verify.is_some());
        let free = view.lacks(&checked) && !inside;
        let verify = if free { None } else { Some(self.rule(view, model)) };
        Some(Slot { ty: shape, nullable: false, verify })
    }

    fn array(&mut self, view: &View<'d>, hint: Hint<'_>, model: &mut Model) -> Option<Type> {
        let items: Vec<_> = view.keyword("items").into_iter().map(|(place, _)| place).collect();
        if items.is_empty() {
            return Some(Type::Array(Box::new(Slot::of(Type::Any))));
        }
        let name = singular(hint.name);
        let item = self.slot(&items, Hint { name: &name, ..hint }, model)?;
        Some(Type::Array(Box::new(item)))
    }

    /// A closed set of strings, `null` perhaps among them.
    fn enumeration(&mut self, view: &View<'d>, hint: Hint<'_>, model: &mut Model) -> Option<Slot> {
        let sets: Vec<Vec<&Tree>> = view
            .keyword("enum")
            .into_iter()
            .map(|(_, value)| value.items().unwrap_or_default().iter().collect())
            .chain(view.keyword("const").into_iter().map(|(_, value)| vec![value]))
            .collect();
        let (first, rest) = sets.split_first()?;
        let admits = |value: &Tree| {
            view.types.as_ref().is_none_or(|types| match value {
                Tree::Null => types.contains(&JsonType::Null),
                Tree::String(_) => types.contains(&JsonType::String),
                _ => true,
            })
        };
        let values: Vec<&Tree> = first
            .iter()
            .filter(|value| rest.iter().all(|set| set.contains(value)) && admits(value))
            .copied()
            .collect();
        let nullable = values.contains(&&Tree::Null);
        let texts: Option<Vec<String>> = values
            .iter()
            .filter(|value| ***value != Tree::Null)
            .map(|value| value.text().map(str::to_owned))
            .collect();
        let bound = !view.lacks(&["pattern", "minLength", "maxLength", "format", "anyOf", "oneOf"]);
        // Other sets (numbers, booleans) keep the type's own shape and are verified.
        let texts = texts.filter(|texts| !texts.is_empty() && !bound)?;
        let shape = Shape::Enum(Enum { values: distinct(texts), open: false });
        let id = self.reserve(view, hint, nullable, shape, model);
        Some(Slot { ty: Type::Definition(id), nullable, verify: None })
    }

    pub(super) fn problem(
        &mut self,
        view: &View<'_>,
        found: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.problems.push(self.document.problem(view.home.clone(), found, help));
    }
}

/// Keywords that assert something beyond `type`.
pub(super) const ASSERTING: &[&str] = &[
    "enum",
    "const",
    "pattern",
    "minLength",
    "maxLength",
    "format",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "items",
    "minItems",
    "maxItems",
    "properties",
    "required",
    "additionalProperties",
    "minProperties",
    "maxProperties",
    "anyOf",
    "oneOf",
];

/// Whether a keyword can forbid anything of a value of this JSON type.
fn binds(ty: JsonType, keyword: &str) -> bool {
    match keyword {
        "enum" | "const" | "anyOf" | "oneOf" => true,
        "pattern" | "minLength" | "maxLength" | "format" => ty == JsonType::String,
        "minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum" => {
            matches!(ty, JsonType::Integer | JsonType::Number)
        }
        "items" | "minItems" | "maxItems" => ty == JsonType::Array,
        _ => ty == JsonType::Object,
    }
}

/// A check of all that a named type's schema asserts belongs to the type: it holds wherever the
/// type is used, in a recursion and in a service's own types too.
fn verified_by_type(slot: Slot, model: &mut Model) -> Slot {
    match slot.ty {
        Type::Definition(id) if slot.verify == Some(model[id].rule) => {
            model[id].is_verified = true;
            // Where null is legal the type is not asked about it.
            let verify = slot.verify.filter(|_| slot.nullable);
            Slot { verify, ..slot }
        }
        _ => slot,
    }
}

/// What one of several is called: `accruals` → `accrual`.
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
