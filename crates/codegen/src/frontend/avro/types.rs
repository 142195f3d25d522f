//! Translation of schemas to types and rules.

use super::collection::{Collection, last_part};
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
/// An invalid schema records a problem and has no result. Reading continues with its siblings.
pub(super) struct Parser<'m, 't> {
    pub(super) file: &'m str,
    pub(super) model: &'m mut Model,
    /// The types of all contracts, for help with undefined names.
    collection: &'m Collection,
    /// The definitions so far, by full name.
    names: HashMap<String, Named>,
    /// The defaults of fields, to be checked when every type is complete.
    pub(super) defaults: Vec<FieldDefault<'t>>,
    /// References to undefined names, with the index of their problem.
    undefined: Vec<(usize, FullName)>,
    problems: Vec<Problem>,
}

/// A type that can be referred to.
struct Named {
    pointer: String,
    ty: Type,
    rule: RuleId,
}

/// The place of a schema in its document.
#[derive(Debug, Clone)]
pub(super) struct Place {
    pub(super) pointer: String,
    /// Namespace of the innermost enclosing definition; empty for the null namespace.
    pub(super) namespace: String,
    /// Name for a union at this place.
    pub(super) hint: String,
    /// The innermost enclosing definition.
    pub(super) parent: Option<DefinitionId>,
}

impl Place {
    /// Returns the place of a whole document.
    pub(super) fn root(hint: &str) -> Self {
        Self { pointer: String::new(), namespace: String::new(), hint: hint.into(), parent: None }
    }

    /// Returns the pointer of an attribute.
    pub(super) fn attribute(&self, name: &str) -> String {
        format!("{}/{}", self.pointer, escape(name))
    }

    /// Returns the place of the schema in an attribute of an unnamed type.
    fn inner(&self, attribute: &str) -> Self {
        Self { pointer: self.attribute(attribute), ..self.clone() }
    }
}

/// The result of reading a schema.
#[derive(Debug, Clone)]
pub(super) struct Schema {
    /// The name in the JSON encoding of a union: the full name of a named type, otherwise the name of
    /// the type.
    pub(super) name: String,
    pub(super) slot: Slot,
    pub(super) rule: RuleId,
}

impl<'m, 't> Parser<'m, 't> {
    pub(super) fn new(file: &'m str, collection: &'m Collection, model: &'m mut Model) -> Self {
        Self {
            file,
            model,
            collection,
            names: HashMap::new(),
            defaults: Vec::new(),
            undefined: Vec::new(),
            problems: Vec::new(),
        }
    }

    /// Returns the result, or all problems if there are any.
    pub(super) fn finish<T>(mut self, result: Option<T>) -> Result<T, Vec<Problem>> {
        self.explain_undefined();
        let mismatches = default::check(self.model, &self.defaults);
        for mismatch in mismatches {
            let help = "write a value of the field's type; the default of a union is not wrapped";
            self.problem::<()>(mismatch.pointer, mismatch.message, help);
        }
        let Some(result) = result.filter(|_| self.problems.is_empty()) else {
            return Err(self.problems);
        };
        for endless in default::encode(self.model, &self.defaults) {
            let help =
                "write the default in full, or remove one of the defaults that need each other";
            self.problem::<()>(endless.pointer, endless.message, help);
        }
        if self.problems.is_empty() { Ok(result) } else { Err(self.problems) }
    }

    /// Records a problem. Returns `None`, so that callers can return it as their result.
    pub(super) fn problem<T>(
        &mut self,
        pointer: impl Into<String>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Option<T> {
        self.problems.push(Problem::new(self.file, pointer, message, help));
        None
    }

    /// Reads a schema of any kind.
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
                format!("expected a schema, found {}", tree.describe()),
                "write the name of a type, an object with a `type`, or an array of branches",
            ),
        }
    }

    fn object(&mut self, tree: &'t Tree, place: &Place) -> Option<Schema> {
        let name = match tree.get("type") {
            Some(Tree::String(name)) => name.as_str(),
            Some(inner @ (Tree::Object(_) | Tree::Array(_))) => {
                return self.schema(inner, &place.inner("type"));
            }
            Some(other) => {
                return self.problem(
                    place.attribute("type"),
                    format!(
                        "the `type` of a schema object must be a name or a schema, found {}",
                        other.describe()
                    ),
                    "write the name of a type, such as \"record\" or \"string\"",
                );
            }
            None if tree.get("$ref").is_some() => {
                return self.problem(
                    place.attribute("$ref"),
                    "an Avro schema has no `$ref`",
                    "refer to the type by its full name, and add the file that defines it to the run",
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
            // What a message of a protocol may fail with.
            "record" | "error" => self.record(tree, place),
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

    /// Reads the schema of the elements of an array or a map.
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

    /// Reads a reference to a named type.
    fn reference(&mut self, reference: &str, place: &Place) -> Option<Schema> {
        let full_name = FullName::refer(reference, &place.namespace);
        let name = full_name.to_string();
        let Some(named) = self.names.get(&name) else {
            self.undefined.push((self.problems.len(), full_name));
            let message = format!("`{name}` is not defined before this place");
            return self.problem(&place.pointer, message, "");
        };
        let (slot, definition) = (Slot::of(named.ty.clone()), named.rule);
        let rule = self.rule(place, vec![Assertion::Reference(definition)]);
        Some(Schema { name, slot, rule })
    }

    /// Registers a type under its name.
    pub(super) fn declare(&mut self, schema: &Schema, place: &Place) {
        if let Some(first) = self.names.get(&schema.name) {
            let message = format!("`{}` is already defined at {:?}", schema.name, first.pointer);
            let help = "choose another name, or refer to the first definition by its name";
            self.problem::<()>(place.attribute("name"), message, help);
            return;
        }
        let pointer = place.pointer.clone();
        let named = Named { pointer, ty: schema.slot.ty.clone(), rule: schema.rule };
        self.names.insert(schema.name.clone(), named);
    }

    /// Adds a rule for the schema at a place.
    pub(super) fn rule(&mut self, place: &Place, assertions: Vec<Assertion>) -> RuleId {
        self.model.rule(Rule { has_keywords: false, pointer: place.pointer.clone(), assertions })
    }

    /// Completes the help of each undefined name, which requires all definitions.
    fn explain_undefined(&mut self) {
        for (problem, name) in std::mem::take(&mut self.undefined) {
            self.problems[problem].help = self.help_for(&name);
        }
    }

    fn help_for(&self, name: &FullName) -> String {
        if let Some(named) = self.names.get(&name.to_string()) {
            let pointer = &named.pointer;
            return format!("move the definition at {pointer:?} to its first use");
        }
        let mut primitives = Primitive::ALL.into_iter().map(Primitive::name);
        if let Some(primitive) = primitives.find(|other| name.name.eq_ignore_ascii_case(other)) {
            return format!("did you mean the primitive type `{primitive}`?");
        }
        let here = self.names.keys().map(String::as_str);
        let namesakes = here
            .filter(|other| last_part(other) == name.name)
            .chain(self.collection.patched().namesakes(&name.name));
        match namesakes.min() {
            Some(other) if other.contains('.') => format!("did you mean `{other}`?"),
            Some(other) => {
                format!("give `{other}` a namespace, so that it can be named inside of another one")
            }
            None => "define the type here, write the name of a type defined earlier, or add the file that \
                     defines it to the run"
                .into(),
        }
    }
}
