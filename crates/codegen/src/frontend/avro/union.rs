//! Unions (Avro specification, “Unions”).
//!
//! A field whose type is a union of null and one other branch, the idiom for an optional value, becomes
//! a nullable field of the other branch's type. Such a union has no variants, so an `x-rust-variant` of
//! its branch is ignored until the union has a further branch.

use super::nesting::unwrapped;
use super::primitive::Primitive;
use super::rules;
use super::types::{Parser, Place, Schema};
use crate::model::{
    Assertion, AvroType, Branch, Definition, Docs, RuleId, Scope, Shape, Slot, Tag, Type, Union,
};
use crate::tree::Tree;
use std::collections::HashSet;

impl<'t> Parser<'_, 't> {
    pub(super) fn union(&mut self, list: &'t [Tree], place: &Place) -> Option<Schema> {
        let rule = self.rule(place, Vec::new());
        let union = Union { branches: Vec::new(), tag: Tag::FullName { null_index: None } };
        let definition = self.model.define(Definition {
            hint: place.hint.clone(),
            explicit_name: None,
            full_name: None,
            scope: Scope::Family,
            parent: place.parent,
            docs: Docs::default(),
            is_named: false,
            pointer: place.pointer.clone(),
            file: self.file.into(),
            rule,
            is_verified: false,
            shape: Shape::Union(union),
        });

        let mut known = HashSet::new();
        let mut branches = Vec::new();
        let mut rules = Vec::new();
        let mut null_index = None;
        let mut is_whole = true;
        for (index, tree) in list.iter().enumerate() {
            let place = Place {
                pointer: format!("{}/{index}", place.pointer),
                hint: inner_hint(tree, &place.hint),
                parent: Some(definition),
                ..place.clone()
            };
            let Some((schema, branch)) = self.branch(tree, &place) else {
                is_whole = false;
                continue;
            };
            if !known.insert(schema.name.clone()) {
                is_whole = false;
                self.problem::<()>(
                    &place.pointer,
                    format!("the union already has a branch `{}`", schema.name),
                    "keep one of them, or use records, enums or fixed with different names",
                );
            } else if schema.slot.ty == Type::Null {
                null_index = Some(index);
            } else {
                rules.push((schema.name, schema.rule));
                branches.push(branch);
            }
        }
        if is_whole && branches.is_empty() {
            if null_index.is_some() {
                return Some(self.null_union(rule));
            }
            is_whole = false;
            self.problem::<()>(&place.pointer, "the union has no branch", "list its branches");
        }
        let nullable = null_index.is_some();
        self.model.rules[rule.0].assertions = vec![Assertion::Union { branches: rules, nullable }];
        let union = Union { branches, tag: Tag::FullName { null_index } };
        self.model.definitions[definition.0].shape = Shape::Union(union);
        let slot = Slot { nullable, ..Slot::of(Type::Definition(definition)) };
        is_whole.then(|| Schema { name: "union".into(), slot, rule })
    }

    /// Makes a value of its own of a union of null alone, in place of the definition that was begun for it.
    fn null_union(&mut self, rule: RuleId) -> Schema {
        self.model.definitions.pop();
        self.model.rules[rule.0].assertions = rules::primitive(Primitive::Null, &Type::Null);
        let slot = Slot::of(Type::Avro(AvroType::NullUnion));
        Schema { name: "union".into(), slot, rule }
    }

    /// Reads a union of null and one other branch that is the type of a field. Returns the schema of the
    /// field and the name of the branch.
    pub(super) fn optional(
        &mut self,
        branches: &'t [Tree; 2],
        null_index: usize,
        place: &Place,
    ) -> Option<(Schema, String)> {
        let rule = self.rule(place, Vec::new());
        let [first, second] = [0, 1].map(|index| {
            let pointer = format!("{}/{index}", place.pointer);
            self.branch(&branches[index], &Place { pointer, ..place.clone() })
        });
        let (null, value) = if null_index == 0 { (first, second) } else { (second, first) };
        let (_, (schema, _)) = (null?, value?);
        self.model.rules[rule.0].assertions = vec![Assertion::Union {
            branches: vec![(schema.name.clone(), schema.rule)],
            nullable: true,
        }];
        let slot = Slot { nullable: true, ..schema.slot };
        Some((Schema { name: "union".into(), slot, rule }, schema.name))
    }

    fn branch(&mut self, tree: &'t Tree, place: &Place) -> Option<(Schema, Branch)> {
        if unwrapped(tree).items().is_some() {
            return self.problem(
                &place.pointer,
                "a union must not directly contain another union",
                "list the inner branches in the outer union",
            );
        }
        let schema = self.schema(tree, place);
        let explicit_name = self.text(tree, "x-rust-variant", place).map(str::to_owned);
        // `doc` was validated with the definition.
        let description = unwrapped(tree).get("doc").and_then(Tree::text).map(str::to_owned);
        let docs = Docs { description, ..Docs::default() };
        let schema = schema?;
        let hint = schema.name.rsplit('.').next().unwrap_or_default().into();
        let branch = Branch {
            hint,
            explicit_name,
            full_name: schema.name.clone(),
            slot: schema.slot.clone(),
            docs,
        };
        Some((schema, branch))
    }
}

/// Returns the branches and the index of null if a schema is a union of null and one other type.
pub(super) fn as_optional(schema: &Tree) -> Option<(&[Tree; 2], usize)> {
    let branches: &[Tree; 2] = schema.items()?.try_into().ok()?;
    let is_null = |branch: &Tree| {
        let branch = unwrapped(branch);
        branch.get("type").unwrap_or(branch).text() == Some("null")
    };
    match branches.each_ref().map(is_null) {
        [true, false] => Some((branches, 0)),
        [false, true] => Some((branches, 1)),
        _ => None,
    }
}

/// Returns the name for a union inside a branch: `prices_item` or `prices_value` inside `prices`.
fn inner_hint(branch: &Tree, hint: &str) -> String {
    match unwrapped(branch).get("type").and_then(Tree::text) {
        Some("array") => format!("{hint}_item"),
        Some("map") => format!("{hint}_value"),
        _ => hint.into(),
    }
}
