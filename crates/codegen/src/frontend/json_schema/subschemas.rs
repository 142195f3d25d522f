//! The places of schemas inside a schema.

use crate::tree::{Tree, escape};

/// The form in which a keyword contains schemas.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Subschemas {
    /// A schema; in earlier drafts `items` may also be a list.
    Schema,
    List,
    /// Schemas by name.
    Map,
}

impl Subschemas {
    /// Returns the form of a keyword, or `None` if it contains no schemas.
    pub(crate) fn of(keyword: &str) -> Option<Self> {
        Some(match keyword {
            "items"
            | "additionalItems"
            | "unevaluatedItems"
            | "contains"
            | "additionalProperties"
            | "unevaluatedProperties"
            | "propertyNames"
            | "not"
            | "if"
            | "then"
            | "else"
            | "contentSchema" => Subschemas::Schema,
            "allOf" | "anyOf" | "oneOf" | "prefixItems" => Subschemas::List,
            "definitions" | "$defs" | "properties" | "patternProperties" | "dependencies"
            | "dependentSchemas" => Subschemas::Map,
            _ => return None,
        })
    }
}

/// Returns the schemas directly inside a schema in published order, each with its pointer below it.
pub(super) fn subschemas(schema: &Tree) -> Vec<(String, &Tree)> {
    let mut found = Vec::new();
    for (keyword, value) in schema.members().unwrap_or_default() {
        let below = format!("/{}", escape(keyword));
        match (Subschemas::of(keyword), value) {
            (Some(Subschemas::Schema | Subschemas::List), Tree::Array(items)) => {
                let items = items.iter().enumerate();
                found.extend(items.map(|(index, item)| (format!("{below}/{index}"), item)));
            }
            (Some(Subschemas::Schema), _) => found.push((below, value)),
            (Some(Subschemas::Map), Tree::Object(named)) => {
                let named = named.iter();
                found.extend(
                    named.map(|(name, inner)| (format!("{below}/{}", escape(name)), inner)),
                );
            }
            _ => {}
        }
    }
    found
}
