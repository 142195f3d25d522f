//! The root of a schema as the type of an event.
//!
//! A record, an enum or a union without null is a type already. Any other root becomes a type around its
//! value: a union with null, a fixed, an array, a map, a primitive.

use super::collection::last_part;
use super::nesting::unwrapped_at;
use super::types::{Parser, Place, Schema};
use crate::model::{Definition, DefinitionId, Docs, RuleId, Scope, Shape, Type};
use crate::tree::Tree;

/// The root type of an event.
pub(super) struct Root {
    pub(super) name: String,
    pub(super) definition: DefinitionId,
    pub(super) rule: RuleId,
}

/// Returns the type of the root, which `tree` defines. A schema without a name is named by the hint of its
/// place. The definitions of the schema are those of the model from `first` on.
pub(super) fn event(
    parser: &mut Parser<'_, '_>,
    schema: Schema,
    tree: &Tree,
    place: &Place,
    first: usize,
) -> Root {
    let Schema { name, slot, rule } = schema;
    if let (Type::Definition(definition), false) = (&slot.ty, slot.nullable) {
        let is_union = matches!(parser.model[*definition].shape, Shape::Union(_));
        let name = if is_union { place.hint.clone() } else { name };
        return Root { name, definition: *definition, rule };
    }
    let (tree, pointer) = unwrapped_at(tree, place.pointer.clone());
    let text = |key| tree.get(key).and_then(Tree::text).map(str::to_owned);
    let is_fixed = text("type").as_deref() == Some("fixed");
    let (name, full_name) =
        if is_fixed { (name.clone(), Some(name)) } else { (place.hint.clone(), None) };
    let definition = parser.model.define(Definition {
        hint: last_part(&name).to_owned(),
        explicit_name: text("x-rust-name"),
        full_name,
        scope: Scope::Family,
        parent: None,
        docs: Docs { description: text("doc"), ..Docs::default() },
        is_named: is_fixed,
        pointer,
        file: parser.file.into(),
        rule,
        is_verified: false,
        shape: Shape::Newtype(slot),
    });
    // Unions inside of the value are named after its parts: `readings_item`, `readings_value`.
    let part = if text("type").as_deref() == Some("array") { "item" } else { "value" };
    for union in &mut parser.model.definitions[first..definition.0] {
        if union.parent.is_none() && union.hint == place.hint {
            union.hint = format!("{}_{part}", place.hint);
            union.parent = Some(definition);
        }
    }
    Root { name, definition, rule }
}
