//! The JSON types of the values that a type takes.

use super::{DefinitionId, JsonType, Model, Shape, Type};
use std::collections::{BTreeSet, HashSet};

/// Returns the JSON types that values of a type may have. Integers count as numbers, since their
/// spelling does not distinguish them.
pub(crate) fn json_types(ty: &Type, model: &Model) -> BTreeSet<JsonType> {
    let (mut types, mut seen) = (BTreeSet::new(), HashSet::new());
    collect_types(ty, model, &mut seen, &mut types);
    types
}

/// Visits each definition once, since unions may share branches.
fn collect_types(
    ty: &Type,
    model: &Model,
    seen: &mut HashSet<DefinitionId>,
    types: &mut BTreeSet<JsonType>,
) {
    let integer_is_number = |ty: &JsonType| match ty {
        JsonType::Integer => JsonType::Number,
        other => *other,
    };
    match ty {
        Type::Null => drop(types.insert(JsonType::Null)),
        Type::Boolean => drop(types.insert(JsonType::Boolean)),
        Type::Integer
        | Type::Unsigned
        | Type::Integer32
        | Type::Narrow(_)
        | Type::Number
        | Type::AnyNumber => {
            types.insert(JsonType::Number);
        }
        Type::Text | Type::DateTime | Type::Date | Type::Uuid => {
            types.insert(JsonType::String);
        }
        Type::Array(_) | Type::Tuple(_) => drop(types.insert(JsonType::Array)),
        Type::Object | Type::Map(_) => drop(types.insert(JsonType::Object)),
        Type::Any | Type::Float | Type::Double | Type::Avro(_) => types.extend(JsonType::ALL),
        Type::External(external) => types.extend(external.types.iter().map(integer_is_number)),
        Type::Definition(id) if !seen.insert(*id) => {}
        Type::Definition(id) => match &model[*id].shape {
            Shape::Record(_) => drop(types.insert(JsonType::Object)),
            Shape::Enum(_) | Shape::Text(_) => drop(types.insert(JsonType::String)),
            Shape::Union(union) => {
                for branch in &union.branches {
                    collect_types(&branch.slot.ty, model, seen, types);
                }
            }
            Shape::Literals(values) => {
                types.extend(values.iter().map(|value| match value.as_bytes().first() {
                    Some(b'"') => JsonType::String,
                    Some(b't' | b'f') => JsonType::Boolean,
                    _ => JsonType::Number,
                }));
            }
            Shape::Newtype(slot) | Shape::Alias(slot) => {
                types.extend(slot.nullable.then_some(JsonType::Null));
                collect_types(&slot.ty, model, seen, types);
            }
        },
    }
}
