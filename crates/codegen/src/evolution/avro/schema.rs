//! The parts of an Avro schema that matter for resolution. The schema must be valid.

use crate::frontend::avro::{FullName, is_primitive};
use crate::tree::Tree;
use std::collections::HashMap;

/// A schema at a place of a document.
#[derive(Debug, Clone)]
pub(super) struct Node<'t> {
    pub(super) tree: &'t Tree,
    pub(super) pointer: String,
    /// The enclosing namespace.
    namespace: String,
}

/// The kinds of schemas.
pub(super) enum Schema<'t> {
    Primitive(&'t str),
    Array(Node<'t>),
    Map(Node<'t>),
    Union(Vec<Node<'t>>),
    Record(Named),
    Enum(Named),
    Fixed(Named),
}

/// The names of a named type.
pub(super) struct Named {
    name: FullName,
    aliases: Vec<FullName>,
}

impl Named {
    /// Returns whether a reader's type matches a writer's by name or alias.
    pub(super) fn takes(&self, writer: &Named) -> bool {
        self.name.name == writer.name.name || self.aliases.contains(&writer.name)
    }

    pub(super) fn full_name(&self) -> String {
        self.name.to_string()
    }
}

/// A field of a record.
pub(super) struct Field<'t> {
    pub(super) name: &'t str,
    pub(super) aliases: Vec<&'t str>,
    pub(super) default: Option<&'t Tree>,
    pub(super) node: Node<'t>,
    pub(super) ty: Node<'t>,
}

/// A version with all its named types.
pub(super) struct Side<'t> {
    root: Node<'t>,
    names: HashMap<String, Node<'t>>,
}

impl<'t> Side<'t> {
    /// Returns the version whose schema stands at a pointer of its file.
    pub(super) fn of(pointer: &str, tree: &'t Tree) -> Self {
        let root = Node { tree, pointer: pointer.to_owned(), namespace: String::new() };
        let root = root.unwrapped();
        let mut side = Side { root: root.clone(), names: HashMap::new() };
        side.collect(&root);
        side
    }

    pub(super) fn root(&self) -> Node<'t> {
        self.root.clone()
    }

    fn collect(&mut self, node: &Node<'t>) {
        if let Some(branches) = node.tree.items() {
            (0..branches.len()).for_each(|index| self.collect(&node.item(index)));
        }
        match kind(node.tree) {
            "array" => self.collect(&node.inner("items")),
            "map" => self.collect(&node.inner("values")),
            "record" | "enum" | "fixed" if node.tree.members().is_some() => {
                self.names.insert(named(node).full_name(), node.clone());
                for field in fields(node) {
                    self.collect(&field.ty);
                }
            }
            _ => {}
        }
    }

    /// Resolves a reference to its definition. Returns other schemas unchanged.
    pub(super) fn definition(&self, node: &Node<'t>) -> Node<'t> {
        let name = kind(node.tree);
        if name.is_empty() || is_primitive(name) || node.is_definition() {
            return node.clone();
        }
        let full_name = FullName::refer(name, &node.namespace).to_string();
        self.names.get(&full_name).unwrap_or(node).clone()
    }

    pub(super) fn schema(&self, node: &Node<'t>) -> Schema<'t> {
        let node = &self.definition(node);
        if let Some(branches) = node.tree.items() {
            return Schema::Union((0..branches.len()).map(|index| node.item(index)).collect());
        }
        match kind(node.tree) {
            "array" => Schema::Array(node.inner("items")),
            "map" => Schema::Map(node.inner("values")),
            "record" => Schema::Record(named(node)),
            "enum" => Schema::Enum(named(node)),
            "fixed" => Schema::Fixed(named(node)),
            name => Schema::Primitive(name),
        }
    }

    /// Returns a noun phrase for a schema, for messages.
    pub(super) fn describe(&self, node: &Node<'t>) -> String {
        let node = &self.definition(node);
        let of = logical(node).map(|logical| format!(" ({logical})")).unwrap_or_default();
        match self.schema(node) {
            Schema::Primitive(name) => format!("`{name}`{of}"),
            Schema::Array(_) => "an array".into(),
            Schema::Map(_) => "a map".into(),
            Schema::Union(_) => "a union".into(),
            Schema::Record(named) => format!("the record `{}`", named.name),
            Schema::Enum(named) => format!("the enum `{}`", named.name),
            Schema::Fixed(named) => format!("the fixed `{}`{of}", named.name),
        }
    }
}

impl<'t> Node<'t> {
    fn item(&self, index: usize) -> Self {
        let tree = self.tree.items().and_then(|items| items.get(index)).unwrap_or(&Tree::Null);
        let pointer = format!("{}/{index}", self.pointer);
        Node { tree, pointer, namespace: self.namespace.clone() }.unwrapped()
    }

    fn inner(&self, key: &str) -> Self {
        let tree = self.tree.get(key).unwrap_or(&Tree::Null);
        let pointer = format!("{}/{key}", self.pointer);
        Node { tree, pointer, namespace: self.namespace.clone() }.unwrapped()
    }

    fn is_definition(&self) -> bool {
        self.tree.members().is_some()
            && matches!(kind(self.tree), "array" | "map" | "record" | "enum" | "fixed")
    }
}

/// Returns the name of a schema's type, which is empty for a union.
fn kind(tree: &Tree) -> &str {
    let kind = tree.text().or_else(|| tree.get("type")?.text()).unwrap_or_default();
    let is_error = kind == "error" && tree.get("fields").is_some();
    if is_error { "record" } else { kind }
}

impl<'t> Node<'t> {
    /// Returns the schema inside of objects such as `{"type": {"type": "record", …}}`.
    fn unwrapped(mut self) -> Self {
        while let Some(Tree::Object(_) | Tree::Array(_)) = self.tree.get("type") {
            self = self.inner("type");
        }
        self
    }
}

fn named(node: &Node<'_>) -> Named {
    let text = |key| node.tree.get(key).and_then(Tree::text);
    let name = text("name").unwrap_or_default();
    let name = FullName::define(name, text("namespace"), &node.namespace)
        .unwrap_or_else(|_| FullName::refer(name, &node.namespace));
    let aliases = node.tree.get("aliases").and_then(Tree::items).unwrap_or_default();
    // An alias without a dot belongs to the namespace of the type.
    let aliases = aliases.iter().filter_map(Tree::text);
    let aliases = aliases.map(|alias| FullName::refer(alias, &name.namespace)).collect();
    Named { name, aliases }
}

pub(super) fn fields<'t>(record: &Node<'t>) -> Vec<Field<'t>> {
    if kind(record.tree) != "record" {
        return Vec::new();
    }
    let namespace = named(record).name.namespace;
    let fields = record.tree.get("fields").and_then(Tree::items).unwrap_or_default();
    let field = |(index, tree): (usize, &'t Tree)| {
        let pointer = format!("{}/fields/{index}", record.pointer);
        let node = Node { tree, pointer, namespace: namespace.clone() };
        let aliases = tree.get("aliases").and_then(Tree::items).unwrap_or_default();
        Field {
            name: tree.get("name").and_then(Tree::text).unwrap_or_default(),
            aliases: aliases.iter().filter_map(Tree::text).collect(),
            default: tree.get("default"),
            ty: node.inner("type"),
            node,
        }
    };
    fields.iter().enumerate().map(field).collect()
}

pub(super) fn symbols<'t>(node: &Node<'t>) -> Vec<&'t str> {
    let symbols = node.tree.get("symbols").and_then(Tree::items).unwrap_or_default();
    symbols.iter().filter_map(Tree::text).collect()
}

/// Returns the logical type of a schema with its parameters, if the specification defines it.
pub(super) fn logical(node: &Node<'_>) -> Option<String> {
    let logical = node.tree.get("logicalType")?.text()?;
    let is_known = matches!(
        (kind(node.tree), logical),
        ("bytes" | "fixed", "decimal")
            | ("string" | "fixed", "uuid")
            | ("int", "date" | "time-millis")
            | ("fixed", "duration")
            | (
                "long",
                "time-micros"
                    | "timestamp-millis"
                    | "timestamp-micros"
                    | "timestamp-nanos"
                    | "local-timestamp-millis"
                    | "local-timestamp-micros"
                    | "local-timestamp-nanos"
            )
    );
    if !is_known {
        return None;
    }
    if logical != "decimal" {
        return Some(logical.to_owned());
    }
    let count = |key: &str| node.tree.get(key).and_then(Tree::count);
    let (precision, scale) = (count("precision")?, count("scale").unwrap_or(0));
    Some(format!("decimal of precision {precision} and scale {scale}"))
}
