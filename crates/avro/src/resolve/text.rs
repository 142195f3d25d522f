//! The text of a writer's schema, from a registry or the header of a file.
//!
//! The text is not trusted, while apache-avro parses every schema as trusted: it applies each default to its
//! type, which can take years for a schema of some hundred bytes (each record twice in the next one), and a
//! name that is defined twice can make it loop for ever. A reader needs neither the defaults nor the aliases
//! nor the documentation of the writer, so they are removed first.
//! Nor does it need names of a certain form ([`names`](super::names)), or to tell an `error` from a record.

use super::error::InvalidSchema;
use super::names::Renaming;
use apache_avro::schema::RecordField;
use serde_json::{Map, Value};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// Levels of JSON in a schema with its references. `serde_json` reads 128 of one text.
const MAX_DEPTH: usize = 192;

/// Attributes of a type that count for reading.
const ATTRIBUTES: [&str; 11] = [
    "type",
    "name",
    "namespace",
    "fields",
    "items",
    "values",
    "symbols",
    "size",
    "logicalType",
    "precision",
    "scale",
];

/// The text of a schema, with the texts of those that it refers to.
///
/// ```
/// use migration_events::avro::SchemaText;
///
/// let long = SchemaText::from(r#""long""#);
/// assert_eq!(long.text(), r#""long""#);
///
/// // A type that several subjects share is a subject of its own in a registry.
/// let metadata = r#"{"type": "record", "name": "a.Metadata", "fields": []}"#;
/// let event = r#"{"type": "record", "name": "a.Event", "fields": [{"name": "m", "type": "a.Metadata"}]}"#;
/// assert_eq!(SchemaText::from(event).with_references([metadata]).references().count(), 1);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SchemaText {
    text: Arc<str>,
    references: Arc<[Arc<str>]>,
}

impl SchemaText {
    /// Adds the texts of named types that the schema, or one of them, refers to and does not define.
    #[must_use]
    pub fn with_references<I>(self, references: I) -> Self
    where
        I: IntoIterator<Item: Into<Arc<str>>>,
    {
        Self { references: references.into_iter().map(Into::into).collect(), ..self }
    }

    /// The schema as JSON text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The texts that it refers to.
    pub fn references(&self) -> impl ExactSizeIterator<Item = &str> {
        self.references.iter().map(|text| &**text)
    }

    /// The full name of the type that it defines, if that has one.
    pub(in super::super) fn name(&self) -> Result<Option<String>, InvalidSchema> {
        let schema = json(&self.text)?;
        Ok(schema.as_object().and_then(|schema| full_name(schema, None)).map(|(name, _)| name))
    }

    /// Parses it, without the attributes that no reader needs.
    pub(super) fn parse(&self) -> Result<apache_avro::Schema, InvalidSchema> {
        self.parse_renamed().map(|(schema, _)| schema)
    }

    /// Parses it, and returns the names that the parser does not take as they are.
    pub(super) fn parse_renamed(&self) -> Result<(apache_avro::Schema, Renaming), InvalidSchema> {
        let mut references = HashMap::new();
        for text in self.references() {
            let schema = json(text)?;
            let Some((name, _)) = schema.as_object().and_then(|schema| full_name(schema, None))
            else {
                return Err(InvalidSchema::new("a reference is not a named type"));
            };
            references.insert(name, schema);
        }
        let mut reduction =
            Reduction { references, defined: HashSet::new(), names: Renaming::default(), depth: 0 };
        let schema = reduction.schema(json(&self.text)?, None)?;
        let schema = apache_avro::Schema::parse(&schema).map_err(InvalidSchema::from_parser)?;
        Ok((schema, reduction.names))
    }
}

impl From<&str> for SchemaText {
    fn from(text: &str) -> Self {
        Arc::<str>::from(text).into()
    }
}

impl From<String> for SchemaText {
    fn from(text: String) -> Self {
        Arc::<str>::from(text).into()
    }
}

impl From<Arc<str>> for SchemaText {
    fn from(text: Arc<str>) -> Self {
        Self { text, references: Arc::default() }
    }
}

fn json(text: &str) -> Result<Value, InvalidSchema> {
    serde_json::from_str(text).map_err(|error| InvalidSchema::new(format!("not JSON: {error}")))
}

/// Full name of a definition, and the namespace of the types inside it (Avro specification, “Names”).
fn full_name(schema: &Map<String, Value>, enclosing: Option<&str>) -> Option<(String, String)> {
    let name = schema.get("name")?.as_str()?;
    let namespace = match name.rsplit_once('.') {
        Some((namespace, _)) => namespace,
        None => schema.get("namespace").and_then(Value::as_str).or(enclosing).unwrap_or_default(),
    };
    let name = name.rsplit('.').next().unwrap_or(name);
    Some((qualified(name, namespace), namespace.to_owned()))
}

fn qualified(name: &str, namespace: &str) -> String {
    if name.contains('.') || namespace.is_empty() {
        name.to_owned()
    } else {
        format!("{namespace}.{name}")
    }
}

/// One walk over a schema.
struct Reduction {
    /// Definitions that were not used yet, by full name.
    references: HashMap<String, Value>,
    defined: HashSet<String>,
    names: Renaming,
    depth: usize,
}

impl Reduction {
    fn schema(&mut self, schema: Value, namespace: Option<&str>) -> Result<Value, InvalidSchema> {
        if self.depth >= MAX_DEPTH {
            return Err(InvalidSchema::new("nested too deeply"));
        }
        self.depth += 1;
        let schema = match schema {
            Value::String(name) => self.name(name, namespace),
            Value::Array(branches) => branches
                .into_iter()
                .map(|branch| self.schema(branch, namespace))
                .collect::<Result<_, _>>()
                .map(Value::Array),
            Value::Object(schema) => self.object(schema, namespace).map(Value::Object),
            other => Ok(other),
        };
        self.depth -= 1;
        schema
    }

    /// Replaces the first use of a name by its definition, if that is in another text.
    fn name(&mut self, name: String, namespace: Option<&str>) -> Result<Value, InvalidSchema> {
        let full_name = qualified(&name, namespace.unwrap_or_default());
        match self.references.remove(&full_name) {
            Some(definition) => self.schema(definition, Some("")),
            None => Ok(Value::String(self.names.refer(&full_name).map_or(name, str::to_owned))),
        }
    }

    fn object(
        &mut self,
        mut schema: Map<String, Value>,
        namespace: Option<&str>,
    ) -> Result<Map<String, Value>, InvalidSchema> {
        schema.retain(|key, value| {
            ATTRIBUTES.contains(&key.as_str())
                && (key != "logicalType" || value.is_string())
                && !value.is_null()
        });
        if schema.contains_key("fields") && schema.get("type").is_some_and(|kind| kind == "error") {
            schema.insert("type".to_owned(), "record".into());
        }
        let is_named =
            matches!(schema.get("type").and_then(Value::as_str), Some("record" | "enum" | "fixed"));
        let mut inner = namespace.map(str::to_owned);
        if is_named && let Some((name, namespace)) = full_name(&schema, namespace) {
            if !self.defined.insert(name.clone()) {
                return Err(InvalidSchema::new("a name is defined twice"));
            }
            if let Some((namespace, name)) = self.names.define(&name) {
                schema.insert("name".to_owned(), name.into());
                schema.insert("namespace".to_owned(), namespace.into());
            }
            inner = Some(namespace);
        }
        let inner = inner.as_deref();
        let mut members = HashSet::new();
        for (key, value) in &mut schema {
            match (key.as_str(), value) {
                // Its own kind, not the name of another type.
                ("type", Value::String(kind)) if is_complex(kind) => {}
                ("type" | "items" | "values", value) => {
                    *value = self.schema(value.take(), inner)?;
                }
                ("fields", Value::Array(fields)) => {
                    for field in fields {
                        self.field(field, inner, &mut members)?;
                    }
                }
                ("symbols", Value::Array(symbols)) => {
                    for symbol in symbols {
                        self.member(symbol, &mut members);
                    }
                }
                _ => {}
            }
        }
        Ok(schema)
    }

    fn field(
        &mut self,
        field: &mut Value,
        namespace: Option<&str>,
        members: &mut HashSet<String>,
    ) -> Result<(), InvalidSchema> {
        let Some(field) = field.as_object_mut() else {
            return Err(InvalidSchema::new("a field is not an object"));
        };
        field.retain(|key, _| matches!(key.as_str(), "name" | "type"));
        if let Some(name) = field.get_mut("name") {
            self.member(name, members);
        }
        if let Some(schema) = field.get_mut("type") {
            *schema = self.schema(schema.take(), namespace)?;
        }
        Ok(())
    }

    /// Replaces the name of a field, or a symbol, where it is beyond the grammar of names.
    fn member(&mut self, name: &mut Value, members: &mut HashSet<String>) {
        if let Some(new) = name.as_str().and_then(|name| self.names.member(name, members)) {
            *name = new.into();
        }
    }
}

/// Attributes of the reader's fields, and the names under which they are hidden from the parser: it would
/// apply each default to its type, and refuse an alias that is the name of a later field.
const KEPT: [(&str, &str); 2] = [("default", "reader-default"), ("aliases", "reader-aliases")];

/// Parses the schema of a reader, which was read before when its type was generated.
pub(super) fn parse_reader(text: &str) -> Result<apache_avro::Schema, InvalidSchema> {
    let mut schema = json(text)?;
    keep_attributes(&mut schema);
    apache_avro::Schema::parse(&schema).map_err(InvalidSchema::from_parser)
}

/// Renames the attributes in [`KEPT`]. The depth of the recursion is limited by that of JSON text.
fn keep_attributes(schema: &mut Value) {
    match schema {
        Value::Array(branches) => branches.iter_mut().for_each(keep_attributes),
        Value::Object(schema) => {
            for (key, value) in schema {
                match (key.as_str(), value) {
                    ("type" | "items" | "values", value) => keep_attributes(value),
                    ("fields", Value::Array(fields)) => {
                        for field in fields.iter_mut().filter_map(Value::as_object_mut) {
                            for (attribute, kept) in KEPT {
                                if let Some(value) = field.remove(attribute) {
                                    field.insert(kept.to_owned(), value);
                                }
                            }
                            field.get_mut("type").into_iter().for_each(keep_attributes);
                        }
                    }
                    _ => {}
                }
            }
        }
        _ => {}
    }
}

/// The default of a field of the reader.
pub(super) fn default_of(field: &RecordField) -> Option<&Value> {
    field.custom_attributes.get(KEPT[0].1)
}

/// The aliases of a field of the reader.
pub(super) fn aliases_of(field: &RecordField) -> impl Iterator<Item = &str> {
    let aliases = field.custom_attributes.get(KEPT[1].1).and_then(Value::as_array);
    aliases.into_iter().flatten().filter_map(Value::as_str)
}

fn is_complex(kind: &str) -> bool {
    matches!(kind, "record" | "enum" | "fixed" | "array" | "map")
}
