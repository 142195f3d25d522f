//! The keywords that assert something, by JSON type.

use crate::model::JsonType;

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
    "multipleOf",
    "items",
    "prefixItems",
    "additionalItems",
    "unevaluatedItems",
    "minItems",
    "maxItems",
    "contains",
    "uniqueItems",
    "properties",
    "patternProperties",
    "required",
    "additionalProperties",
    "unevaluatedProperties",
    "propertyNames",
    "dependencies",
    "dependentRequired",
    "dependentSchemas",
    "minProperties",
    "maxProperties",
    "anyOf",
    "oneOf",
    "not",
    "if",
];

/// Returns whether a keyword can reject a value of this JSON type.
pub(crate) fn binds(ty: JsonType, keyword: &str) -> bool {
    match keyword {
        "enum" | "const" | "anyOf" | "oneOf" | "not" | "if" => true,
        "pattern" | "minLength" | "maxLength" | "format" => ty == JsonType::String,
        "minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum" | "multipleOf" => {
            matches!(ty, JsonType::Integer | JsonType::Number)
        }
        "items" | "prefixItems" | "additionalItems" | "unevaluatedItems" | "minItems"
        | "maxItems" | "contains" | "uniqueItems" => ty == JsonType::Array,
        _ => ty == JsonType::Object,
    }
}
