//! Named types: records, enums and fixed.

use super::default::FieldDefault;
use super::names::{self, FullName};
use super::nesting::unwrapped_at;
use super::types::{Parser, Place, Schema};
use super::{logical, rules, union};
use crate::model::{
    Assertion, AvroType, Definition, DefinitionId, Docs, Enum, Field, Optional, Record, Rest,
    RuleId, Scope, Shape, Slot, Type,
};
use crate::tree::Tree;
use std::collections::HashSet;

/// Maximum size of a `fixed`. Implementations store the size as an `int`.
const MAX_FIXED_SIZE: u64 = i32::MAX as u64;

/// The type of an invalid definition. It is registered, so that references to it and their defaults do
/// not cause further problems.
const UNKNOWN: Type = Type::Any;

/// The attributes common to all named types.
struct Head<'t> {
    /// `None` if it is invalid. The other attributes are read nevertheless, to find their problems.
    name: Option<FullName>,
    explicit_name: Option<&'t str>,
    docs: Docs,
}

impl<'t> Parser<'_, 't> {
    pub(super) fn record(&mut self, tree: &'t Tree, place: &Place) -> Option<Schema> {
        let head = self.head(tree, place);
        // Both exist before the fields are read, since the record may contain itself.
        let rule = self.rule(place, Vec::new());
        let definition = self.definition(&head, record(Vec::new()), rule, place);
        let schema = self.named(&head, Type::Definition(definition), rule, place);

        let namespace = head.name.map_or_else(|| place.namespace.clone(), |name| name.namespace);
        let within = Place { namespace, parent: Some(definition), ..place.clone() };
        let mut known = HashSet::new();
        let mut fields = Vec::new();
        let mut properties = Vec::new();
        let mut required = Vec::new();
        let list = self.list(tree, "fields", place).unwrap_or_default();
        for (index, tree) in list.iter().enumerate() {
            let pointer = format!("{}/fields/{index}", place.pointer);
            let place = Place { pointer, ..within.clone() };
            let Some((field, rule)) = self.field(tree, &place, definition) else { continue };
            if !known.insert(field.name.clone()) {
                self.problem::<()>(
                    place.attribute("name"),
                    format!("the record already has a field `{}`", field.name),
                    "give each field a unique name",
                );
            }
            if tree.get("default").is_none() {
                required.push(field.name.clone());
            }
            properties.push((field.name.clone(), rule));
            fields.push(field);
        }
        let never = self.rule(place, vec![Assertion::Never]);
        self.model.rules[rule.0].assertions = rules::record(properties, required, never);
        self.model.definitions[definition.0].shape = record(fields);
        schema
    }

    /// Reads a field of `record`, and the rule of its value.
    fn field(
        &mut self,
        tree: &'t Tree,
        place: &Place,
        record: DefinitionId,
    ) -> Option<(Field, RuleId)> {
        if tree.members().is_none() {
            return self.problem(
                &place.pointer,
                format!("a field must be an object, found {}", tree.describe()),
                "write an object with a `name` and a `type`",
            );
        }
        let name = self.field_name(tree, place);
        let docs = self.docs(tree, place);
        let explicit_name = self.text(tree, "x-rust-name", place).map(str::to_owned);
        self.order(tree, place);
        self.aliases(tree, place, names::is_name);
        let Some(ty) = tree.get("type") else {
            return self.problem(&place.pointer, "the field has no `type`", "add its schema");
        };
        // A union is an array, which has no room for a name of its own.
        let union_name = self.text(tree, "x-rust-union", place);
        let hint = union_name.or(name).unwrap_or_default().into();
        let (ty, pointer) = unwrapped_at(ty, place.attribute("type"));
        let default = place.attribute("default");
        let place = Place { pointer, hint, ..place.clone() };
        let (schema, optional) = match union::as_optional(ty) {
            Some((branches, null_index)) => self
                .optional(branches, null_index, &place)
                .map_or((None, None), |(schema, full_name)| {
                    (Some(schema), Some(Optional { full_name, null_index }))
                }),
            None => (self.schema(ty, &place), None),
        };

        let (name, Schema { slot, rule, .. }) = (name?, schema?);
        if let Some(value) = tree.get("default") {
            let slot = slot.clone();
            self.defaults.push(FieldDefault { record, field: name, pointer: default, value, slot });
        }
        let field = Field {
            name: name.into(),
            explicit_name,
            required: true,
            slot,
            optional,
            // Set when every type is complete.
            default: None,
            initial: None,
            docs,
        };
        Some((field, rule))
    }

    fn field_name(&mut self, tree: &'t Tree, place: &Place) -> Option<&'t str> {
        let name = self.required_text(tree, "name", place)?;
        if names::is_name(name) {
            return Some(name);
        }
        self.problem(place.attribute("name"), format!("invalid name {name:?}"), names::NAME_HELP)
    }

    pub(super) fn enumeration(&mut self, tree: &'t Tree, place: &Place) -> Option<Schema> {
        let head = self.head(tree, place);
        let symbols = self.symbols(tree, place);
        let rule = self.rule(place, rules::symbols(symbols.as_deref().unwrap_or_default()));
        let ty = symbols.map_or(UNKNOWN, |values| {
            let shape = Shape::Enum(Enum { values, open: false });
            Type::Definition(self.definition(&head, shape, rule, place))
        });
        self.named(&head, ty, rule, place)
    }

    /// Returns the symbols of an enum if they are valid.
    fn symbols(&mut self, tree: &'t Tree, place: &Place) -> Option<Vec<String>> {
        let list = self.list(tree, "symbols", place)?;
        let mut symbols = Vec::new();
        let mut known = HashSet::new();
        for (index, symbol) in list.iter().enumerate() {
            let (message, help) = match symbol.text() {
                Some(text) if !names::is_name(text) => {
                    (format!("invalid symbol {text:?}"), names::NAME_HELP)
                }
                Some(text) if known.insert(text) => {
                    symbols.push(text.into());
                    continue;
                }
                Some(text) => (format!("the symbol `{text}` is repeated"), "list each symbol once"),
                None => (
                    format!("a symbol must be a string, found {}", symbol.describe()),
                    "write the symbol as a string",
                ),
            };
            self.problem::<()>(format!("{}/symbols/{index}", place.pointer), message, help);
        }
        if list.is_empty() {
            self.problem::<()>(
                place.attribute("symbols"),
                "the enum has no symbols",
                "list at least one symbol",
            );
        }
        if let Some(default) = tree.get("default")
            && symbols.len() == list.len()
            && !default.text().is_some_and(|default| known.contains(default))
        {
            self.problem::<()>(
                place.attribute("default"),
                format!("the default {} is not one of the symbols", default.describe()),
                "write one of the symbols, or remove the default",
            );
        }
        (!list.is_empty() && symbols.len() == list.len()).then_some(symbols)
    }

    pub(super) fn fixed(&mut self, tree: &'t Tree, place: &Place) -> Option<Schema> {
        let head = self.head(tree, place);
        let size = self.size(tree, place);
        let rule = self.rule(place, rules::fixed(size.unwrap_or_default()));
        let ty = size.map_or(UNKNOWN, |size| {
            Type::Avro(logical::of_fixed(size, tree).unwrap_or(AvroType::Fixed(size)))
        });
        self.named(&head, ty, rule, place)
    }

    fn size(&mut self, tree: &'t Tree, place: &Place) -> Option<usize> {
        let Some(size) = tree.get("size") else {
            return self.problem(&place.pointer, "`size` is missing", "add the number of bytes");
        };
        let bytes = size.count().filter(|bytes| *bytes <= MAX_FIXED_SIZE);
        bytes.and_then(|bytes| usize::try_from(bytes).ok()).or_else(|| {
            self.problem(
                place.attribute("size"),
                format!("invalid size of a fixed: {}", size.describe()),
                format!("write a number of bytes from 0 to {MAX_FIXED_SIZE}"),
            )
        })
    }

    fn head(&mut self, tree: &'t Tree, place: &Place) -> Head<'t> {
        self.aliases(tree, place, |alias| alias.split('.').all(names::is_name));
        Head {
            name: self.full_name(tree, place),
            explicit_name: self.text(tree, "x-rust-name", place),
            docs: self.docs(tree, place),
        }
    }

    fn definition(
        &mut self,
        head: &Head<'_>,
        shape: Shape,
        rule: RuleId,
        place: &Place,
    ) -> DefinitionId {
        self.model.define(Definition {
            hint: head.name.as_ref().map(|name| name.name.clone()).unwrap_or_default(),
            explicit_name: head.explicit_name.map(str::to_owned),
            full_name: head.name.as_ref().map(FullName::to_string),
            scope: Scope::Family,
            parent: place.parent,
            docs: head.docs.clone(),
            is_named: true,
            pointer: place.pointer.clone(),
            file: self.file.into(),
            rule,
            is_verified: false,
            shape,
        })
    }

    /// Registers a definition under its name and returns its schema.
    fn named(&mut self, head: &Head<'_>, ty: Type, rule: RuleId, place: &Place) -> Option<Schema> {
        let name = head.name.as_ref()?.to_string();
        let schema = Schema { name, slot: Slot::of(ty), rule };
        self.declare(&schema, place);
        Some(schema)
    }
}

fn record(fields: Vec<Field>) -> Shape {
    Shape::Record(Record { fields, rest: Rest::Closed })
}
