//! The keywords of all drafts: those that assert something, by JSON type, and the drafts and vocabularies that
//! have them.

use crate::model::JsonType;
use crate::options::Draft;

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

/// A keyword that means something to a validator.
#[derive(Debug, Clone, Copy)]
pub(super) struct Known {
    /// The drafts that have it.
    pub(super) drafts: &'static [Draft],
    pub(super) vocabulary: Vocabulary,
}

/// The vocabulary of a keyword, of those whose absence changes what is accepted.
#[derive(Debug, Clone, Copy)]
pub(super) enum Vocabulary {
    Core,
    Applicator,
    Unevaluated,
    Validation,
    Format,
}

/// Returns the drafts and the vocabulary of a keyword, or `None` if it means nothing to a validator.
pub(super) fn known(keyword: &str) -> Option<Known> {
    use Draft::{Draft06, Draft07, Draft201909, Draft202012};
    const ALL: &[Draft] = &Draft::ALL;
    const FROM_06: &[Draft] = &[Draft06, Draft07, Draft201909, Draft202012];
    const FROM_07: &[Draft] = &[Draft07, Draft201909, Draft202012];
    const FROM_2019: &[Draft] = &[Draft201909, Draft202012];
    let (drafts, vocabulary) = match keyword {
        "$ref" => (ALL, Vocabulary::Core),
        "$recursiveRef" => (&[Draft201909] as _, Vocabulary::Core),
        "$dynamicRef" => (&[Draft202012] as _, Vocabulary::Core),
        "allOf"
        | "anyOf"
        | "oneOf"
        | "not"
        | "items"
        | "properties"
        | "patternProperties"
        | "additionalProperties" => (ALL, Vocabulary::Applicator),
        "contains" | "propertyNames" => (FROM_06, Vocabulary::Applicator),
        "if" | "then" | "else" => (FROM_07, Vocabulary::Applicator),
        "dependentSchemas" => (FROM_2019, Vocabulary::Applicator),
        "prefixItems" => (&[Draft202012] as _, Vocabulary::Applicator),
        "additionalItems" => {
            (&[Draft::Draft04, Draft06, Draft07, Draft201909] as _, Vocabulary::Applicator)
        }
        "dependencies" => (&[Draft::Draft04, Draft06, Draft07] as _, Vocabulary::Applicator),
        "unevaluatedItems" | "unevaluatedProperties" => (FROM_2019, Vocabulary::Unevaluated),
        "type" | "enum" | "multipleOf" | "maximum" | "exclusiveMaximum" | "minimum"
        | "exclusiveMinimum" | "maxLength" | "minLength" | "pattern" | "maxItems" | "minItems"
        | "uniqueItems" | "maxProperties" | "minProperties" | "required" => {
            (ALL, Vocabulary::Validation)
        }
        "const" => (FROM_06, Vocabulary::Validation),
        "dependentRequired" | "minContains" | "maxContains" => (FROM_2019, Vocabulary::Validation),
        "format" => (ALL, Vocabulary::Format),
        _ => return None,
    };
    Some(Known { drafts, vocabulary })
}

/// Keywords that identify or contain schemas, and annotations, of any draft and of AsyncAPI and OpenAPI
/// schemas.
pub(super) const OTHERS: &[&str] = &[
    "$schema",
    "$id",
    "id",
    "$ref",
    "$anchor",
    "$comment",
    "$defs",
    "$vocabulary",
    "$dynamicRef",
    "$dynamicAnchor",
    "$recursiveRef",
    "$recursiveAnchor",
    "definitions",
    "type",
    "allOf",
    "then",
    "else",
    "minContains",
    "maxContains",
    "title",
    "description",
    "default",
    "deprecated",
    "readOnly",
    "writeOnly",
    "example",
    "examples",
    "contentEncoding",
    "contentMediaType",
    "contentSchema",
    "nullable",
    "discriminator",
    "externalDocs",
    "xml",
];
