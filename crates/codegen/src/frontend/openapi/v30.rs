//! The dialect of OpenAPI 3.0, translated to draft-07.

use super::super::json_schema::Document;
use super::super::moved::Moved;
use crate::error::Problem;
use crate::tree::Tree;

/// Asserting keywords of JSON Schema that the dialect does not have.
const UNKNOWN: &[&str] = &[
    "additionalItems",
    "const",
    "contains",
    "dependencies",
    "dependentRequired",
    "dependentSchemas",
    "else",
    "if",
    "patternProperties",
    "prefixItems",
    "propertyNames",
    "then",
    "unevaluatedItems",
    "unevaluatedProperties",
];

/// Asserting keywords of the dialect.
const ASSERTING: &[&str] = &[
    "additionalProperties",
    "allOf",
    "anyOf",
    "enum",
    "exclusiveMaximum",
    "exclusiveMinimum",
    "format",
    "items",
    "maxItems",
    "maxLength",
    "maxProperties",
    "maximum",
    "minItems",
    "minLength",
    "minProperties",
    "minimum",
    "multipleOf",
    "not",
    "oneOf",
    "pattern",
    "properties",
    "required",
    "type",
    "uniqueItems",
];

/// Returns the schema at `place` in draft-07. `members` are its keywords, in which other schemas are
/// already translated.
pub(super) fn translated(
    document: &Document<'_>,
    place: &str,
    members: Vec<(String, Tree)>,
    nullable_needs_type: bool,
    moved: &mut Moved,
    problems: &mut Vec<Problem>,
) -> Tree {
    let mut schema = Schema { document, place, members, problems };
    schema.check();
    schema.limit("minimum", "exclusiveMinimum");
    schema.limit("maximum", "exclusiveMaximum");
    let nullable = schema.flag("nullable");
    if let (true, Some(Tree::String(name))) = (nullable, schema.get("type")) {
        let types = [name.clone(), "null".to_owned()].map(Tree::String);
        schema.set("type", Tree::Array(types.into()));
        if !nullable_needs_type {
            schema.list_null();
        }
    } else if nullable && !nullable_needs_type && schema.rejects_null() {
        return schema.or_null(moved);
    } else {
        schema.plain_reference(moved);
    }
    Tree::Object(schema.members)
}

/// A schema during its translation.
struct Schema<'s, 'd> {
    document: &'s Document<'d>,
    place: &'s str,
    members: Vec<(String, Tree)>,
    problems: &'s mut Vec<Problem>,
}

impl Schema<'_, '_> {
    fn get(&self, key: &str) -> Option<&Tree> {
        self.members.iter().find(|(name, _)| name == key).map(|(_, value)| value)
    }

    fn set(&mut self, key: &str, value: Tree) {
        match self.members.iter_mut().find(|(name, _)| name == key) {
            Some((_, old)) => *old = value,
            None => self.members.push((key.to_owned(), value)),
        }
    }

    fn take(&mut self, key: &str) -> Option<Tree> {
        let index = self.members.iter().position(|(name, _)| name == key)?;
        Some(self.members.remove(index).1)
    }

    fn problem(&mut self, key: &str, message: String, help: &str) {
        let place = format!("{}/{key}", self.place);
        self.problems.push(self.document.problem(place, message, help));
    }

    /// Refuses keywords and types that only later versions have.
    fn check(&mut self) {
        for keyword in UNKNOWN {
            if self.document.at(self.place).get(keyword).is_some() {
                let message = format!("OpenAPI 3.0 has no keyword `{keyword}`");
                let help = "write the document in OpenAPI 3.1, or use other keywords";
                self.problem(keyword, message, help);
            }
        }
        match self.get("type") {
            Some(Tree::Array(_)) => {
                let message = "in OpenAPI 3.0, `type` cannot be a list".to_owned();
                let help = "write one type, and `\"nullable\": true` for null, or use OpenAPI 3.1";
                self.problem("type", message, help);
            }
            Some(Tree::String(name)) if name == "null" => {
                let message = "OpenAPI 3.0 has no type \"null\"".to_owned();
                self.problem("type", message, "write `\"nullable\": true`, or use OpenAPI 3.1");
            }
            _ => {}
        }
        if let Some(Tree::Array(_)) = self.get("items") {
            let message = "in OpenAPI 3.0, `items` cannot be a list of schemas".to_owned();
            self.problem("items", message, "write one schema, or use OpenAPI 3.1");
        }
    }

    /// Removes a keyword that is true or false, and returns its value.
    fn flag(&mut self, key: &str) -> bool {
        match self.take(key) {
            None => false,
            Some(Tree::Bool(value)) => value,
            Some(other) => {
                let message = format!("expected true or false, found {}", other.describe());
                self.problem(key, message, "write true or false");
                false
            }
        }
    }

    /// Translates a limit and the flag that excludes the limit itself.
    fn limit(&mut self, limit: &str, flag: &str) {
        let is_exclusive = self.flag(flag);
        let member = self.members.iter_mut().find(|(key, _)| key == limit);
        if let (true, Some((key, _))) = (is_exclusive, member) {
            flag.clone_into(key);
        }
    }

    /// Adds null to a list of values.
    fn list_null(&mut self) {
        if let Some(Tree::Array(values)) = self.get("enum")
            && !values.contains(&Tree::Null)
        {
            let values = values.iter().cloned().chain([Tree::Null]).collect();
            self.set("enum", Tree::Array(values));
        }
    }

    /// Returns whether a keyword may reject null, in a schema without `type`.
    fn rejects_null(&self) -> bool {
        ["allOf", "anyOf", "oneOf", "not", "enum"].iter().any(|key| self.get(key).is_some())
    }

    /// Returns the reference that `allOf` consists of, if nothing else in the schema asserts anything.
    fn only_reference(&self) -> Option<Tree> {
        let asserts = |key: &str| ASSERTING.contains(&key);
        let mut asserting = self.members.iter().filter(|(key, _)| asserts(key));
        match (asserting.next(), asserting.next()) {
            (Some((key, Tree::Array(branches))), None) if key == "allOf" => match &branches[..] {
                [only] => only.get("$ref").cloned(),
                _ => None,
            },
            _ => None,
        }
    }

    /// Replaces an `allOf` that only adds annotations to a reference by the reference, which names a type.
    fn plain_reference(&mut self, moved: &mut Moved) {
        let Some(reference) = self.only_reference() else { return };
        self.take("allOf");
        self.set("$ref", reference);
        moved.add(format!("{}/$ref", self.place), format!("{}/allOf/0/$ref", self.place));
    }

    /// Returns the schema of the same values and null.
    fn or_null(mut self, moved: &mut Moved) -> Tree {
        self.plain_reference(moved);
        let (inner, mut members): (Vec<_>, Vec<_>) = self
            .members
            .into_iter()
            .partition(|(key, _)| key == "$ref" || ASSERTING.contains(&key.as_str()));
        let place = format!("{}/anyOf/1", self.place);
        if let [(key, _)] = inner.as_slice()
            && key == "$ref"
        {
            moved.add(format!("{place}/$ref"), format!("{}/allOf/0/$ref", self.place));
        }
        moved.add(place, self.place.to_owned());
        let null = Tree::Object(vec![("type".to_owned(), Tree::String("null".to_owned()))]);
        members.push(("anyOf".to_owned(), Tree::Array(vec![null, Tree::Object(inner)])));
        Tree::Object(members)
    }
}
