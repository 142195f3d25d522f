//! Derivation of shapes from schemas.

mod attempt;
mod definition;
mod root;

use super::definitions::is_named;
use super::document::Document;
use super::keywords::{ASSERTING, binds};
use super::rules::Rules;
use super::view::View;
use crate::error::Problem;
use crate::model::{
    Assertion, Definition, DefinitionId, JsonType, Model, Representation, Rule, RuleId, Scope,
    Shape, Slot, Type,
};
use crate::tree::unescape;
use crate::version::{document_name, key_name};
use std::collections::{BTreeSet, HashMap};

/// Derives the shapes of a document's schemas, each place once.
pub(crate) struct Types<'d, 'r> {
    pub(super) document: &'d Document<'d>,
    rules: &'r mut Rules<'d>,
    /// Keys of the known slots in the order of insertion, so that [`Self::attempt`] can remove them.
    inserted: Vec<Vec<String>>,
    /// Rules with an added [`Assertion::Representation`], so that [`Self::attempt`] can remove it.
    restricted: Vec<RuleId>,
    /// Indices of warnings about derived types, so that [`Self::attempt`] can remove them.
    warned: Vec<usize>,
    /// Places that several events refer to.
    pub(crate) shared: BTreeSet<String>,
    /// Schemas in progress. Re-entering one means that it is recursive and needs a named type.
    in_progress: HashMap<Vec<String>, Option<DefinitionId>>,
    pub(crate) problems: Vec<Problem>,
}

/// The name that a place suggests for its type.
#[derive(Clone, Copy)]
pub(super) struct Hint<'h> {
    pub(super) name: &'h str,
    pub(super) parent: Option<DefinitionId>,
}

impl<'d, 'r> Types<'d, 'r> {
    pub(crate) fn new(document: &'d Document<'d>, rules: &'r mut Rules<'d>) -> Self {
        Self {
            document,
            rules,
            inserted: Vec::new(),
            restricted: Vec::new(),
            warned: Vec::new(),
            shared: BTreeSet::new(),
            in_progress: HashMap::new(),
            problems: Vec::new(),
        }
    }

    /// Derives the shape of a part of an event, such as its headers.
    pub(crate) fn part(&mut self, pointer: &str, hint: &str, model: &mut Model) {
        let place = self.document.absolute(pointer);
        self.slot(&[place], Hint { name: hint, parent: None }, model);
    }

    /// Returns the slot for values to which the schemas at all `origins` apply.
    pub(super) fn slot(
        &mut self,
        origins: &[String],
        hint: Hint<'_>,
        model: &mut Model,
    ) -> Option<Slot> {
        match View::of(self.document, origins) {
            Ok(view) => self.slot_of(&view, hint, model),
            Err(problem) => {
                self.problems.push(problem);
                None
            }
        }
    }

    /// Returns the slot for the values of a view.
    pub(super) fn slot_of(
        &mut self,
        view: &View<'d>,
        hint: Hint<'_>,
        model: &mut Model,
    ) -> Option<Slot> {
        let key = view.key();
        if let Some(slot) = self.rules.known.slots.get(&key) {
            return Some(slot.clone());
        }
        let name = self.own_name(view).unwrap_or_else(|| hint.name.to_owned());
        let parent = hint.parent.filter(|_| !view.referred);
        let hint = Hint { name: &name, parent };
        if let Some(own) = self.in_progress.get(&key) {
            // A list or map that contains itself.
            let id = own.unwrap_or_else(|| {
                let any = Shape::Newtype(Slot::of(Type::Any));
                self.define(view, hint, any, model)
            });
            self.in_progress.insert(key, Some(id));
            return Some(Slot::of(Type::Definition(id)));
        }
        self.in_progress.insert(key.clone(), None);
        let slot = self.derive(view, hint, model);
        let own = self.in_progress.remove(&key).flatten();
        let mut slot = verified_by_type(slot?, model);
        if let Some(id) = own {
            if slot.ty == Type::Definition(id) {
                self.problem(
                    view,
                    "the type contains nothing but itself",
                    "let the recursion go through a property or an item",
                );
                return None;
            }
            model[id].is_verified = slot.verify.is_some();
            model[id].shape = Shape::Newtype(Slot { verify: None, ..slot });
            slot = Slot::of(Type::Definition(id));
        }
        self.insert(key, slot.clone());
        Some(slot)
    }

    /// Returns the name under which a referenced schema is defined.
    pub(super) fn own_name(&self, view: &View<'_>) -> Option<String> {
        if !view.referred || self.document.is_root(&view.home) {
            return None;
        }
        let (file, pointer) = self.document.split(self.document.named_place(&view.home));
        Some(match pointer.rsplit_once('/') {
            Some((_, own)) => key_name(&unescape(own)),
            None => document_name(file),
        })
    }

    fn insert(&mut self, key: Vec<String>, slot: Slot) {
        self.inserted.push(key.clone());
        self.rules.known.slots.insert(key, slot);
    }

    /// Registers a shape before it is complete, since it may contain itself.
    pub(super) fn reserve(
        &mut self,
        view: &View<'d>,
        hint: Hint<'_>,
        nullable: bool,
        shape: Shape,
        model: &mut Model,
    ) -> DefinitionId {
        let id = self.define(view, hint, shape, model);
        let slot = Slot { ty: Type::Definition(id), nullable, verify: None };
        // A union is registered before its branches, which may have the same key.
        if !self.rules.known.slots.contains_key(&view.key()) {
            self.insert(view.key(), slot);
        }
        id
    }

    /// Adds a definition of the shape without registering its place.
    fn define(
        &mut self,
        view: &View<'d>,
        hint: Hint<'_>,
        shape: Shape,
        model: &mut Model,
    ) -> DefinitionId {
        let rule = self.rule(view, model);
        let (file, pointer) = self.document.split(&view.home);
        let is_named = view.referred && is_named(pointer);
        let mut docs = view.definition_docs();
        // Of a type without a name, only the place that has it is deprecated.
        docs.is_deprecated &= view.referred || hint.parent.is_none();
        let scope = match is_named || self.document.is_catalogue(&view.home) {
            true => Scope::Family,
            false => Scope::Module(model.module(file)),
        };
        model.define(Definition {
            hint: hint.name.to_owned(),
            explicit_name: view.annotation("x-rust-name").map(str::to_owned),
            full_name: None,
            scope,
            parent: hint.parent,
            docs,
            is_named,
            pointer: pointer.to_owned(),
            file: file.to_owned(),
            rule,
            is_verified: false,
            shape,
        })
    }

    /// Returns the rule for all schemas of a view.
    pub(super) fn rule(&mut self, view: &View<'_>, model: &mut Model) -> RuleId {
        if view.referred {
            return self.rules.rule(&view.home, model);
        }
        let rules: Vec<_> =
            view.origins.iter().map(|origin| self.rules.rule(origin, model)).collect();
        if let [only] = rules.as_slice() {
            return *only;
        }
        *self.rules.known.combined.entry(view.origins.clone()).or_insert_with(|| {
            let assertions = vec![Assertion::AllOf(rules)];
            let pointer = self.document.unscoped(&view.home);
            model.rule(Rule { has_keywords: true, pointer, assertions })
        })
    }

    fn derive(&mut self, view: &View<'d>, hint: Hint<'_>, model: &mut Model) -> Option<Slot> {
        if view.never {
            return Some(self.raw(view, hint, model));
        }
        if let Some(slot) = self.external(view, hint, model) {
            return Some(slot);
        }
        if let Some(slot) = self.enumeration(view, hint, model) {
            return Some(slot);
        }
        let has_branches = !view.lacks(&["anyOf", "oneOf"]);
        let mut types = match &view.types {
            Some(types) => types.clone(),
            // Without `type` a value of any JSON type is possible. Other keywords restrict only some.
            None => {
                let branches = |types: &mut Self, model: &mut Model| match has_branches {
                    true => types.branches(view, hint, model),
                    false => None,
                };
                let slot = self.attempt(model, branches);
                let slot = slot.or_else(|| self.untyped(view, hint, model));
                return Some(slot.unwrap_or_else(|| self.raw(view, hint, model)));
            }
        };
        let others = |keyword: &&str| !matches!(*keyword, "anyOf" | "oneOf");
        let others: Vec<&str> = ASSERTING.iter().copied().filter(others).collect();
        if has_branches && view.lacks(&others) {
            // The branches describe the value more precisely than the type.
            let union = self.attempt(model, |types, model| {
                types.branches(view, hint, model).filter(|slot| slot.ty != Type::Any)
            });
            if let Some(slot) = union {
                let verify = Some(self.rule(view, model));
                return Some(Slot { verify, ..slot });
            }
        }
        if let Some(slot) = self.attempt(model, |types, model| types.conditions(view, hint, model))
        {
            return Some(slot);
        }
        if types.contains(&JsonType::Number) {
            types.remove(&JsonType::Integer);
        }
        let nullable = types.remove(&JsonType::Null);
        let types: Vec<_> = types.into_iter().collect();
        let slot = match types.as_slice() {
            [] if nullable => {
                let free = view.lacks(ASSERTING);
                let verify = if free { None } else { Some(self.rule(view, model)) };
                Slot { verify, ..Slot::of(Type::Null) }
            }
            // Contradictory types allow no value, but an optional property may be absent.
            [] => {
                self.problems.extend(self.document.lint_types(&view.home, model));
                self.raw(view, hint, model)
            }
            [one] => self.typed(view, *one, hint, nullable, model)?,
            many => self.type_list(view, many, hint, nullable, model)?,
        };
        Some(Slot { nullable: nullable && slot.ty != Type::Null, ..slot })
    }

    /// Returns a slot for a value of any type that is checked as a whole. A named schema becomes a
    /// newtype.
    pub(super) fn raw(&mut self, view: &View<'d>, hint: Hint<'_>, model: &mut Model) -> Slot {
        if view.lacks(ASSERTING) && view.types.is_none() && !view.never {
            return Slot::of(Type::Any);
        }
        if !view.referred {
            let verify = Some(self.rule(view, model));
            return Slot { ty: Type::Any, nullable: false, verify };
        }
        let id = self.define(view, hint, Shape::Newtype(Slot::of(Type::Any)), model);
        model[id].is_verified = true;
        Slot::of(Type::Definition(id))
    }

    /// Derives the slot for values of one JSON type.
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
            JsonType::Integer | JsonType::Number => (self.number(view, ty, hint, model), &[]),
            JsonType::String => self.string(view, hint, model),
            JsonType::Array => self.array(view, hint, model)?,
            JsonType::Object => self.object(view, hint, nullable, model)?,
        };
        let binding = |keyword: &&&str| !expressed.contains(keyword) && binds(ty, keyword);
        let checked: Vec<&str> = ASSERTING.iter().filter(binding).copied().collect();
        // Checks of items and map values are part of the check of the whole, so that one walk suffices.
        let inside = match &shape {
            Type::Array(inner) | Type::Map(inner) => inner.verify.is_some(),
            Type::Tuple(_) => true,
            // The type holds other numbers than integers, too.
            Type::AnyNumber => ty == JsonType::Integer,
            _ => false,
        };
        let free = view.lacks(&checked) && !inside;
        let verify = if free { None } else { Some(self.rule(view, model)) };
        Some(Slot { ty: shape, nullable: false, verify })
    }

    /// Restricts the numbers of a view to the range of the Rust type that they are decoded to.
    pub(super) fn restrict_representation(
        &mut self,
        view: &View<'_>,
        representation: Representation,
        model: &mut Model,
    ) {
        for part in &view.parts {
            let rule = self.rules.restrict_representation(part, representation, model);
            self.restricted.extend(rule);
        }
    }

    pub(super) fn problem(
        &mut self,
        view: &View<'_>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.problems.push(self.document.problem(view.home.clone(), message, help));
    }
}

/// Moves a check of a named type's whole rule from the slot to the type, so that it applies wherever
/// the type is used: in recursive types and in a service's own types, too.
fn verified_by_type(slot: Slot, model: &mut Model) -> Slot {
    match slot.ty {
        Type::Definition(id) if slot.verify == Some(model[id].rule) => {
            model[id].is_verified = true;
            // The type never sees a null, so the slot must check it.
            let verify = slot.verify.filter(|_| slot.nullable);
            Slot { verify, ..slot }
        }
        _ => slot,
    }
}
