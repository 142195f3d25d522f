//! Which shape a schema's values have.

use super::document::Document;
use super::rules::Rules;
use super::view::View;
use crate::error::Problem;
use crate::model::{
    Assertion, Definition, DefinitionId, Enum, JsonType, Model, Rule, RuleId, Scope, Shape, Slot,
    Text, Type,
};
use crate::tree::Tree;
use std::collections::{BTreeMap, BTreeSet};

/// Finds the shapes of a document's schemas, each place once.
pub(crate) struct Types<'d, 'r> {
    pub(super) document: &'d Document<'d>,
    rules: &'r mut Rules<'d>,
    scope: Scope,
    known: BTreeMap<Vec<String>, Slot>,
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
        Self { document, rules, scope, known: BTreeMap::new(), problems: Vec::new() }
    }

    /// The shape of a whole event.
    pub(crate) fn root(&mut self, pointer: &str, hint: &str, model: &mut Model) -> Option<Slot> {
        self.slot(&[pointer.to_owned()], Hint { name: hint, parent: None }, model)
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
        let slot = self.derive(&view, Hint { name: &name, parent }, model)?;
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
            scope: self.scope,
            parent: hint.parent,
            docs: view.docs.clone(),
            pointer: view.home.clone(),
            file: self.document.file.to_owned(),
            rule,
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
        let rules: Vec<_> =
            view.origins.iter().map(|origin| self.rules.rule(origin, model)).collect();
        match rules.as_slice() {
            [only] => *only,
            _ => model.rule(Rule {
                pointer: view.home.clone(),
                assertions: vec![Assertion::AllOf(rules)],
            }),
        }
    }

    fn derive(&mut self, view: &View<'d>, hint: Hint<'_>, model: &mut Model) -> Option<Slot> {
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
        let (ty, expressed): (_, &[&str]) = match ty {
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
        let binding = |keyword: &&&str| !expressed.contains(keyword) && binds(&ty, keyword);
        let checked: Vec<&str> = ASSERTING.iter().filter(binding).copied().collect();
        // What is checked of an item or a value is checked with the whole, in one walk.
        let inside = matches!(&ty, Type::Array(inner) | Type::Map(inner) if inner.verify.is_some());
        let free = view.lacks(&checked) && !inside;
        let verify = if free { None } else { Some(self.rule(view, model)) };
        Some(Slot { ty, nullable: false, verify })
    }

    fn string(
        &mut self,
        view: &View<'d>,
        hint: Hint<'_>,
        model: &mut Model,
    ) -> (Type, &'static [&'static str]) {
        let format = match view.single("format") {
            Ok(format) => format.and_then(Tree::text),
            Err(()) => None,
        };
        match format {
            Some("date-time") => return (Type::DateTime, &["format"]),
            Some("date") => return (Type::Date, &["format"]),
            Some("uuid") => return (Type::Uuid, &["format"]),
            _ => {}
        }
        if let Some(values) = view.keyword("x-known-values").first() {
            let values = strings(values.1);
            if let Some(values) =
                values.filter(|_| view.lacks(&["pattern", "minLength", "maxLength"]))
            {
                let shape = Shape::Enum(Enum { values, open: true });
                return (Type::Definition(self.reserve(view, hint, false, shape, model)), &[]);
            }
            self.problem(
                view,
                "`x-known-values` that are no list of strings for a free string",
                "list the known values as strings",
            );
        }
        let (Ok(pattern), Ok(min), Ok(max)) =
            (view.single("pattern"), view.single("minLength"), view.single("maxLength"))
        else {
            return (Type::Text, &[]);
        };
        let text = Text {
            pattern: pattern.and_then(Tree::text).map(str::to_owned),
            min_length: min.and_then(Tree::count),
            max_length: max.and_then(Tree::count),
        };
        if text == Text::default() {
            return (Type::Text, &[]);
        }
        let id = self.reserve(view, hint, false, Shape::Text(text), model);
        (Type::Definition(id), &["pattern", "minLength", "maxLength"])
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
        let mut unique = BTreeSet::new();
        let values = texts.into_iter().filter(|text| unique.insert(text.clone())).collect();
        let shape = Shape::Enum(Enum { values, open: false });
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

/// Whether a keyword can forbid anything of a value of this type.
fn binds(ty: &Type, keyword: &str) -> bool {
    match keyword {
        "enum" | "const" => !matches!(ty, Type::Definition(_)),
        "anyOf" | "oneOf" => true,
        "pattern" | "minLength" | "maxLength" | "format" => {
            matches!(
                ty,
                Type::Text | Type::DateTime | Type::Date | Type::Uuid | Type::Definition(_)
            )
        }
        "minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum" => {
            matches!(ty, Type::Integer | Type::Number)
        }
        "items" | "minItems" | "maxItems" => matches!(ty, Type::Array(_)),
        _ => matches!(ty, Type::Object | Type::Map(_) | Type::Definition(_)),
    }
}

fn strings(list: &Tree) -> Option<Vec<String>> {
    list.items()?.iter().map(|value| value.text().map(str::to_owned)).collect()
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
