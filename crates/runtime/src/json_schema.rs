//! The contract of every generated type as its JSON Schema (feature `schemars`).
//!
//! [`JsonSchema`](schemars::JsonSchema) of a generated type hands out what its contract asserts, deviations
//! included, in the words of JSON Schema 2020-12; titles and descriptions are not part of it.

use crate::validate::schema::{Assertion, Format, Pattern, Schema, Types};
use schemars::SchemaGenerator;
use serde_json::{Map, Value, json};

/// The assertions of a contract as JSON Schema; referenced schemas become definitions whose names
/// begin with `name`.
#[must_use]
pub fn json_schema(
    schema: &'static Schema,
    name: &str,
    generator: &mut SchemaGenerator,
) -> schemars::Schema {
    let object = Translation { name, generator }.schema(schema);
    // A schema that is not an object is `true` or `false`.
    schemars::Schema::try_from(object).unwrap_or_default()
}

/// Any number.
impl schemars::JsonSchema for crate::json::Number {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Number".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "number" })
    }
}

struct Translation<'g> {
    name: &'g str,
    generator: &'g mut SchemaGenerator,
}

impl Translation<'_> {
    fn schema(&mut self, schema: &'static Schema) -> Value {
        let mut all: Vec<Map<String, Value>> = vec![Map::new()];
        for assertion in schema.assertions {
            let Some((keyword, value)) = self.keyword(assertion) else { continue };
            // A keyword that is there before stands in a schema of its own.
            match all.iter_mut().find(|schema| !schema.contains_key(keyword)) {
                Some(schema) => drop(schema.insert(keyword.to_owned(), value)),
                None => all.push(Map::from_iter([(keyword.to_owned(), value)])),
            }
        }
        let mut all = all.into_iter().map(Value::Object);
        match (all.next(), all.len()) {
            (Some(only), 0) => only,
            (first, _) => json!({ "allOf": first.into_iter().chain(all).collect::<Vec<_>>() }),
        }
    }

    fn keyword(&mut self, assertion: &'static Assertion) -> Option<(&'static str, Value)> {
        Some(match *assertion {
            Assertion::Types(types) => ("type", names(types)),
            Assertion::Never => ("not", json!({})),
            Assertion::Enum(options) => {
                ("enum", options.iter().map(|text| literal(text)).collect())
            }
            Assertion::Const(option) => ("const", literal(option)),
            Assertion::Pattern(pattern) => ("pattern", pattern.text.into()),
            Assertion::MinLength(limit) => ("minLength", limit.into()),
            Assertion::MaxLength(limit) => ("maxLength", limit.into()),
            Assertion::Minimum(limit) => ("minimum", literal(limit)),
            Assertion::Maximum(limit) => ("maximum", literal(limit)),
            Assertion::ExclusiveMinimum(limit) => ("exclusiveMinimum", literal(limit)),
            Assertion::ExclusiveMaximum(limit) => ("exclusiveMaximum", literal(limit)),
            Assertion::MultipleOf(divisor) => ("multipleOf", literal(divisor)),
            Assertion::Format(format) => format_keyword(format),
            Assertion::MinItems(limit) => ("minItems", limit.into()),
            Assertion::MaxItems(limit) => ("maxItems", limit.into()),
            Assertion::PrefixItems(items) => ("prefixItems", self.list(items)),
            Assertion::Items(items) => ("items", self.place(items)),
            Assertion::Contains { schema, min, max, .. } => {
                return Some(self.contains(schema, min, max));
            }
            Assertion::UniqueItems => ("uniqueItems", true.into()),
            Assertion::UnevaluatedItems(schema) => ("unevaluatedItems", self.place(schema)),
            Assertion::Properties(properties) => ("properties", self.named(properties)),
            Assertion::PatternProperties(patterns) => ("patternProperties", self.matched(patterns)),
            Assertion::AdditionalProperties(schema) => ("additionalProperties", self.place(schema)),
            Assertion::UnevaluatedProperties(schema) => {
                ("unevaluatedProperties", self.place(schema))
            }
            Assertion::PropertyNames(schema) => ("propertyNames", self.place(schema)),
            Assertion::Dependencies(names) | Assertion::DependentRequired(names) => {
                let names =
                    names.iter().map(|(property, others)| ((*property).to_owned(), json!(others)));
                ("dependentRequired", Value::Object(names.collect()))
            }
            Assertion::DependentSchemas(schemas) => ("dependentSchemas", self.named(schemas)),
            Assertion::Required(names) => ("required", json!(names)),
            Assertion::MinProperties(limit) => ("minProperties", limit.into()),
            Assertion::MaxProperties(limit) => ("maxProperties", limit.into()),
            Assertion::ContentSchema(schema) => ("contentSchema", self.place(schema)),
            Assertion::Reference(target) => ("$ref", self.definition(target)),
            Assertion::AllOf(branches) => ("allOf", self.list(branches)),
            Assertion::AnyOf(branches) => ("anyOf", self.list(branches)),
            Assertion::OneOf(branches) => ("oneOf", self.list(branches)),
            Assertion::Not(schema) => ("not", self.place(schema)),
            Assertion::If { condition, then, otherwise } => {
                let mut parts = Map::from_iter([("if".to_owned(), self.place(condition))]);
                for (keyword, part) in [("then", then), ("else", otherwise)] {
                    if let Some(part) = part {
                        parts.insert(keyword.to_owned(), self.place(part));
                    }
                }
                // Several conditions in one schema would be one keyword.
                ("allOf", json!([parts]))
            }
            Assertion::Union { branches, nullable } => ("oneOf", self.union(branches, nullable)),
            // What a type holds is about the type; JSON Schema has no word for it.
            Assertion::Representation(_) | Assertion::Rule(_) | Assertion::External(_) => {
                return None;
            }
        })
    }

    /// A schema in the place where it is used.
    fn place(&mut self, schema: &'static Schema) -> Value {
        match schema.assertions {
            [] => true.into(),
            [Assertion::Never] => false.into(),
            _ => self.schema(schema),
        }
    }

    fn list(&mut self, schemas: &[&'static Schema]) -> Value {
        schemas.iter().map(|schema| self.place(schema)).collect()
    }

    fn named(&mut self, schemas: &[(&'static str, &'static Schema)]) -> Value {
        let members = schemas.iter().map(|(name, schema)| ((*name).to_owned(), self.place(schema)));
        Value::Object(members.collect())
    }

    fn matched(&mut self, schemas: &[(Pattern, &'static Schema)]) -> Value {
        let members =
            schemas.iter().map(|(pattern, schema)| (pattern.text.to_owned(), self.place(schema)));
        Value::Object(members.collect())
    }

    fn contains(
        &mut self,
        schema: &'static Schema,
        min: Option<u64>,
        max: Option<u64>,
    ) -> (&'static str, Value) {
        let mut parts = Map::from_iter([("contains".to_owned(), self.place(schema))]);
        for (keyword, limit) in [("minContains", min), ("maxContains", max)] {
            if let Some(limit) = limit {
                parts.insert(keyword.to_owned(), limit.into());
            }
        }
        ("allOf", json!([parts]))
    }

    /// The JSON encoding of an Avro union.
    fn union(&mut self, branches: &[(&'static str, &'static Schema)], nullable: bool) -> Value {
        let null = nullable.then(|| json!({ "type": "null" }));
        let branches: Vec<Value> = branches
            .iter()
            .map(|(name, schema)| {
                json!({
                    "type": "object",
                    "properties": { *name: self.place(schema) },
                    "required": [name],
                    "additionalProperties": false,
                })
            })
            .collect();
        null.into_iter().chain(branches).collect()
    }

    /// A reference to a schema, which becomes a definition.
    fn definition(&mut self, schema: &'static Schema) -> Value {
        let pointer = schema.pointer.trim_start_matches('/').replace('/', ".");
        let name = if pointer.is_empty() {
            self.name.to_owned()
        } else {
            format!("{}.{pointer}", self.name)
        };
        if !self.generator.definitions().contains_key(&name) {
            // Known before it is complete: it may refer to itself.
            self.generator.definitions_mut().insert(name.clone(), true.into());
            let definition = self.place(schema);
            self.generator.definitions_mut().insert(name.clone(), definition);
        }
        let path = &self.generator.settings().definitions_path;
        let token = name.replace('~', "~0").replace('/', "~1");
        format!("#{path}/{token}").into()
    }
}

fn names(types: Types) -> Value {
    const NAMES: [(u8, &str); 7] = [
        (Types::NULL, "null"),
        (Types::BOOLEAN, "boolean"),
        (Types::INTEGER, "integer"),
        (Types::NUMBER, "number"),
        (Types::STRING, "string"),
        (Types::ARRAY, "array"),
        (Types::OBJECT, "object"),
    ];
    let names: Vec<_> =
        NAMES.iter().filter(|(bit, _)| types.contains(*bit)).map(|(_, name)| *name).collect();
    match names.as_slice() {
        [only] => (*only).into(),
        several => json!(several),
    }
}

/// The JSON text of a contract's own value.
fn literal(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_default()
}

fn format_keyword(format: Format) -> (&'static str, Value) {
    let name = match format {
        Format::DateTime => "date-time",
        Format::Date => "date",
        Format::Uuid => "uuid",
        Format::Time => "time",
        Format::Duration => "duration",
        #[cfg(feature = "format-email")]
        Format::Email => "email",
        #[cfg(feature = "format-email")]
        Format::IdnEmail => "idn-email",
        #[cfg(feature = "format-hostname")]
        Format::Hostname => "hostname",
        #[cfg(feature = "format-hostname")]
        Format::IdnHostname => "idn-hostname",
        Format::Ipv4 => "ipv4",
        Format::Ipv6 => "ipv6",
        #[cfg(feature = "format-uri")]
        Format::Uri => "uri",
        #[cfg(feature = "format-uri")]
        Format::UriReference => "uri-reference",
        #[cfg(feature = "format-uri")]
        Format::Iri => "iri",
        #[cfg(feature = "format-uri")]
        Format::IriReference => "iri-reference",
        Format::UriTemplate => "uri-template",
        Format::JsonPointer => "json-pointer",
        Format::RelativeJsonPointer => "relative-json-pointer",
        #[cfg(feature = "format-regex")]
        Format::Regex => "regex",
        // Each character is a byte.
        Format::AvroBytes => return ("pattern", "^[\\u0000-\\u00ff]*$".into()),
        Format::AvroFixed(size) => {
            return ("pattern", format!("^[\\u0000-\\u00ff]{{{size}}}$").into());
        }
        Format::AvroFloat => {
            let names = json!({ "enum": ["NaN", "Infinity", "-Infinity"] });
            return ("allOf", json!([{ "if": { "type": "string" }, "then": names }]));
        }
    };
    ("format", name.into())
}

#[cfg(test)]
mod tests {
    #[test]
    fn any_number_is_a_number() {
        let schema = schemars::schema_for!(crate::json::Number);
        assert_eq!(schema.get("type").and_then(|ty| ty.as_str()), Some("number"));
    }
}
