//! From a schema to the type of a place and the rule that binds it.

use super::default::{self, FieldDefault};
use super::names::FullName;
use super::primitive::Primitive;
use super::{logical, rules};
use crate::error::Problem;
use crate::model::{Assertion, DefinitionId, Model, Rule, RuleId, Slot, Type};
use crate::tree::{Tree, escape};
use std::collections::HashMap;

/// Reads the schemas of one document.
///
/// A schema that breaks a rule leaves a problem and no result; reading goes on beside it.
pub(super) struct Parser<'m, 't> {
    pub(super) file: &'m str,
    pub(super) model: &'m mut Model,
    /// The definitions so far, by full name.
    names: HashMap<String, Named>,
    /// The defaults of fields, checked once every type is complete.
    pub(super) defaults: Vec<FieldDefault<'t>>,
    /// References to names that were not defined before, with the index of their problem.
    undefined: Vec<(usize, FullName)>,
    problems: Vec<Problem>,
}

/// A type that can be referred to.
struct Named {
    pointer: String,
    ty: Type,
    rule: RuleId,
}

/// Where a schema stands.
#[derive(Debug, Clone)]
pub(super) struct Place {
    pub(super) pointer: String,
    /// Of the most tightly enclosing definition; empty for the null namespace.
    pub(super) namespace: String,
    /// What a union here is called.
    pub(super) hint: String,
    /// The most tightly enclosing definition.
    pub(super) parent: Option<DefinitionId>,
}

impl Place {
    /// A whole document.
    pub(super) fn root(hint: &str) -> Self {
        Self { pointer: String::new(), namespace: String::new(), hint: hint.into(), parent: None }
    }

    /// The pointer of an attribute.
    pub(super) fn attribute(&self, name: &str) -> String {
        format!("{}/{}", self.pointer, escape(name))
    }

    /// The schema in an attribute that defines nothing of its own.
    fn inner(&self, attribute: &str) -> Self {
        Self { pointer: self.attribute(attribute), ..self.clone() }
    }
}

/// What a schema became.
#[derive(Debug, Clone)]
pub(super) struct Schema {
    /// As the JSON encoding of a union names it: the full name of a named type, the type's name
    /// otherwise.
    pub(super) name: String,
    pub(super) slot: Slot,
    pub(super) rule: RuleId,
}

impl<'m, 't> Parser<'m, 't> {
    pub(super) fn new(file: &'m str, model: &'m mut Model) -> Self {
        Self {
            file,
            model,
            names: HashMap::new(),
            defaults: Vec::new(),
            undefined: Vec::new(),
            problems: Vec::new(),
        }
    }

    /// The result, unless a rule was broken anywhere.
    pub(super) fn finish<T>(mut self, result: Option<T>) -> Result<T, Vec<Problem>> {
        self.explain_undefined();
        let mismatches = default::check(self.model, &self.defaults);
        for mismatch in mismatches {
            let help = "write a value of the field's type; a union's default is not wrapped";
            self.problem::<()>(mismatch.pointer, mismatch.found, help);
        }
        let Some(result) = result.filter(|_| self.problems.is_empty()) else {
            return Err(self.problems);
        };
        for endless in default::encode(self.model, &self.defaults) {
            let help = "write the default out, or remove one of those that lead to each other";
            self.problem::<()>(endless.pointer, endless.found, help);
        }
        if self.problems.is_empty() { Ok(result) } else { Err(self.problems) }
    }

    /// Notes a problem; `None` takes the place of the result.
    pub(super) fn problem<T>(
        &mut self,
        pointer: impl Into<String>,
        found: impl Into<String>,
        help: impl Into<String>,
    ) -> Option<T> {
        self.problems.push(Problem::new(self.file, pointer, found, help));
        None
    }

    /// Any schema.
    pub(super) fn schema(&mut self, tree: &'t Tree, place: &Place) -> Option<Schema> {
        match tree {
            Tree::String(name) => match Primitive::named(name) {
                Some(primitive) => Some(self.primitive(primitive, primitive.ty(), place)),
                None => self.reference(name, place),
            },
            Tree::Array(branches) => self.union(branches, place),
            Tree::Object(_) => self.object(tree, place),
            _ => self.problem(
                &place.pointer,
                format!("a schema was expected, not {}", tree.describe()),
                "write a type's name, an object with a `type`, or an array of branches",
            ),
        }
    }

    fn object(&mut self, tree: &'t Tree, place: &Place) -> Option<Schema> {
        let name = match tree.get("type") {
            Some(Tree::String(name)) => name.as_str(),
            Some(other) => {
                return self.problem(
                    place.attribute("type"),
                    format!(
                        "the `type` of a schema object must be a name, not {}",
                        other.describe()
                    ),
                    "write the inner schema in place of the object around it",
                );
            }
            None => {
                return self.problem(
                    &place.pointer,
                    "a schema object has no `type`",
                    "add a `type`, such as \"record\" or \"string\"",
                );
            }
        };
        match name {
            "record" => self.record(tree, place),
            "enum" => self.enumeration(tree, place),
            "fixed" => self.fixed(tree, place),
            "array" => {
                let items = self.contained(tree, "items", place)?;
                let ty = Type::Array(Box::new(items.slot));
                Some(self.unnamed(name, ty, rules::array(items.rule), place))
            }
            "map" => {
                let values = self.contained(tree, "values", place)?;
                let ty = Type::Map(Box::new(values.slot));
                Some(self.unnamed(name, ty, rules::map(values.rule), place))
            }
            _ => match Primitive::named(name) {
                Some(primitive) => {
                    let logical = logical::of_primitive(primitive, tree);
                    Some(self.primitive(primitive, logical.unwrap_or(primitive.ty()), place))
                }
                None => self.reference(name, place),
            },
        }
    }

    fn primitive(&mut self, primitive: Primitive, ty: Type, place: &Place) -> Schema {
        let assertions = rules::primitive(primitive, &ty);
        self.unnamed(primitive.name(), ty, assertions, place)
    }

    /// The schema that an array or a map holds.
    fn contained(&mut self, tree: &'t Tree, attribute: &str, place: &Place) -> Option<Schema> {
        match tree.get(attribute) {
            Some(inner) => self.schema(inner, &place.inner(attribute)),
            None => self.problem(
                &place.pointer,
                format!("the schema has no `{attribute}`"),
                format!("add the schema of its {attribute}"),
            ),
        }
    }

    fn unnamed(
        &mut self,
        name: &str,
        ty: Type,
        assertions: Vec<Assertion>,
        place: &Place,
    ) -> Schema {
        let rule = self.rule(place, assertions);
        Schema { name: name.into(), slot: Slot::of(ty), rule }
    }

    /// A named type, by name.
    fn reference(&mut self, reference: &str, place: &Place) -> Option<Schema> {
        let full_name = FullName::refer(reference, &place.namespace);
        let name = full_name.to_string();
        let Some(named) = self.names.get(&name) else {
            self.undefined.push((self.problems.len(), full_name));
            let found = format!("`{name}` is not defined before this place");
            return self.problem(&place.pointer, found, "");
        };
        let (slot, definition) = (Slot::of(named.ty.clone()), named.rule);
        let rule = self.rule(place, vec![Assertion::Reference(definition)]);
        Some(Schema { name, slot, rule })
    }

    /// Makes a type known under its name.
    pub(super) fn declare(&mut self, schema: &Schema, place: &Place) {
        if let Some(first) = self.names.get(&schema.name) {
            let found = format!("`{}` is already defined at {:?}", schema.name, first.pointer);
            let help = "give it another name, or refer to the first definition by name";
            self.problem::<()>(place.attribute("name"), found, help);
            return;
        }
        let pointer = place.pointer.clone();
        let named = Named { pointer, ty: schema.slot.ty.clone(), rule: schema.rule };
        self.names.insert(schema.name.clone(), named);
    }

    /// Adds what the schema at a place asserts.
    pub(super) fn rule(&mut self, place: &Place, assertions: Vec<Assertion>) -> RuleId {
        self.model.rule(Rule { has_keywords: false, pointer: place.pointer.clone(), assertions })
    }

    /// Says what to do about each undefined name, now that all definitions are known.
    fn explain_undefined(&mut self) {
        for (problem, name) in std::mem::take(&mut self.undefined) {
            self.problems[problem].help = self.help_for(&name);
        }
    }

    fn help_for(&self, name: &FullName) -> String {
        if let Some(named) = self.names.get(&name.to_string()) {
            let pointer = &named.pointer;
            return format!("it is defined at {pointer:?}; move that definition to its first use");
        }
        let mut primitives = Primitive::ALL.into_iter().map(Primitive::name);
        if let Some(primitive) = primitives.find(|other| name.name.eq_ignore_ascii_case(other)) {
            return format!("write `{primitive}` if the primitive type is meant");
        }
        let namesakes =
            self.names.keys().filter(|other| other.rsplit('.').next() == Some(name.name.as_str()));
        match namesakes.min() {
            Some(other) if other.contains('.') => format!("write `{other}` if that is meant"),
            Some(other) => {
                format!("`{other}` cannot be named from within a namespace; give it one too")
            }
            None => "define it here, or write the name of a type that is defined before".into(),
        }
    }
}
