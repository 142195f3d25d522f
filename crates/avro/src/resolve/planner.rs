//! Makes a plan of two schemas.
//!
//! apache-avro resolves values, not schemas ([`Value::resolve`]). A value does not know which branch of
//! a union it came from, nor the name of its record, so that of two branches of the same shape the
//! first one is taken; aliases are not looked at; bytes of a default become UTF-8; a datum that ends
//! early becomes null. `tests/avro_evolution/peer.rs` shows each. So it parses the schemas, and the rules of
//! the specification (“Schema Resolution”, “Aliases”) are applied to what it parsed.
//!
//! [`Value::resolve`]: apache_avro::types::Value::resolve

use super::error::{Unresolvable, UnresolvableKind};
use super::kind::{
    Encoding, Scope, branch_name, describe, distance, encoding, is_text_or_bytes, means_the_same,
    mismatch,
};
use super::plan::{Branch, Field, Node, NodeId, Plan, Record, Source};
use super::{default, plan, text};
use apache_avro::Schema;
use apache_avro::schema::{EnumSchema, Name, RecordSchema, UnionSchema};
use std::collections::HashMap;

impl Plan {
    pub(super) fn new(writer: &Schema, reader: &Schema) -> Result<Self, Unresolvable> {
        let mut planner = Planner {
            writer: Scope::new(writer),
            reader: Scope::new(reader),
            nodes: Vec::new(),
            resolved: HashMap::new(),
            copied: HashMap::new(),
            depth: 0,
            is_identity: true,
        };
        let root = planner.resolve(writer, reader)?;
        let is_identity = planner.is_identity;
        let copy = planner.copy(writer)?;
        let (nodes, name) = (planner.nodes, branch_name(writer));
        let nothing = plan::nothing(&nodes);
        Ok(Self { nodes, nothing, root, copy, name, is_identity })
    }
}

struct Planner<'s> {
    writer: Scope<'s>,
    reader: Scope<'s>,
    nodes: Vec<Node>,
    /// Named types, so that each pair is worked out once and a recursive type ends.
    resolved: HashMap<(&'s Name, &'s Name), NodeId>,
    /// Named types of the writer that are read as they are.
    copied: HashMap<&'s Name, NodeId>,
    depth: usize,
    is_identity: bool,
}

impl<'s> Planner<'s> {
    /// Levels of types inside of types, followed by name.
    const MAX_DEPTH: usize = 256;

    fn push(&mut self, node: Node) -> NodeId {
        self.nodes.push(node);
        self.nodes.len() - 1
    }

    fn enter(&mut self) -> Result<(), Unresolvable> {
        if self.depth >= Self::MAX_DEPTH {
            return Err(Unresolvable::new(UnresolvableKind::Depth));
        }
        self.depth += 1;
        Ok(())
    }

    /// An error is that no datum of the writer's type can be read.
    fn resolve(&mut self, written: &'s Schema, read: &'s Schema) -> Result<NodeId, Unresolvable> {
        let depth = self.depth;
        self.enter()?;
        let (written, read) = (self.writer.follow(written), self.reader.follow(read));
        let id = match (encoding(written), encoding(read)) {
            (Encoding::Union(branches), _) => self.union(branches, read),
            (_, Encoding::Union(branches)) => {
                self.is_identity = false;
                self.wrap(written, branches)
            }
            _ => self.value(written, read),
        };
        // An error may have left it deeper.
        self.depth = depth;
        id
    }

    fn union(
        &mut self,
        written: &'s UnionSchema,
        read: &'s Schema,
    ) -> Result<NodeId, Unresolvable> {
        let of_reader = match encoding(read) {
            Encoding::Union(branches) => Some(branches),
            _ => None,
        };
        self.is_identity &=
            of_reader.is_some_and(|read| read.variants().len() == written.variants().len());
        let mut first_error = None;
        let mut branches = Vec::with_capacity(written.variants().len());
        for (index, branch) in written.variants().iter().enumerate() {
            let branch = self.writer.follow(branch);
            let name = match encoding(branch) {
                Encoding::Null => None,
                _ => Some(branch_name(branch)),
            };
            let value = match of_reader {
                Some(read) => self.wrap(branch, read),
                None => self.resolve(branch, read),
            };
            let value = value.unwrap_or_else(|error| {
                let node = self.push(Node::Refuse(error.clone()));
                first_error.get_or_insert(match &name {
                    Some(name) if of_reader.is_some() => error.within(name),
                    _ => error,
                });
                node
            });
            self.is_identity &= matches!(self.nodes[value], Node::Wrap { index: of_reader, .. } if of_reader == index);
            branches.push(Branch { name, value });
        }
        match first_error {
            Some(error) if branches.iter().all(|branch| self.is_refused(branch.value)) => {
                Err(error)
            }
            _ => Ok(self.push(Node::Union(branches.into()))),
        }
    }

    fn is_refused(&self, id: NodeId) -> bool {
        matches!(self.nodes[id], Node::Refuse(_))
    }

    /// Chooses the reader's branch for a type that is not a union.
    fn wrap(&mut self, written: &'s Schema, read: &'s UnionSchema) -> Result<NodeId, Unresolvable> {
        let branches = read.variants().iter().map(|branch| self.reader.follow(branch)).enumerate();
        let nearest = branches
            .filter_map(|(index, branch)| Some((distance(written, branch)?, index, branch)))
            // The first one of the nearest.
            .min_by_key(|(distance, ..)| *distance);
        let Some((_, index, branch)) = nearest else {
            let written = describe(written);
            return Err(Unresolvable::new(UnresolvableKind::Branch { written }));
        };
        let value = self.resolve(written, branch)?;
        Ok(self.push(Node::Wrap { index, value }))
    }

    /// Neither is a union.
    fn value(&mut self, written: &'s Schema, read: &'s Schema) -> Result<NodeId, Unresolvable> {
        use Encoding::{
            Array, Boolean, Bytes, Double, Enum, Fixed, Float, Int, Long, Map, Null, Record, String,
        };
        if distance(written, read).is_none() {
            return Err(mismatch(written, read));
        }
        let another_value = || {
            let (written, read) = (describe(written), describe(read));
            Unresolvable::new(UnresolvableKind::LogicalType { written, read })
        };
        if !means_the_same(written, read) {
            return Err(another_value());
        }
        let node = match (encoding(written), encoding(read)) {
            (Array(written), Array(read)) => {
                let items = self.resolve(&written.items, &read.items);
                Node::Array(items.map_err(|error| error.within("*"))?)
            }
            (Map(written), Map(read)) => {
                let values = self.resolve(&written.types, &read.types);
                Node::Map(values.map_err(|error| error.within("*"))?)
            }
            (Record(written), Record(read)) => return self.record(written, read),
            (Enum(written), Enum(read)) => self.symbols(written, read),
            (Fixed(written), Fixed(read)) if written.size != read.size => {
                let (written, read) = (written.size, read.size);
                return Err(Unresolvable::new(UnresolvableKind::Size { written, read }));
            }
            (Fixed(written), Fixed(_)) => Node::Fixed(written.size),
            (Null, Null) => Node::Null,
            (Boolean, Boolean) => Node::Boolean,
            (Int, Int) => Node::Int,
            (Long, Long) => Node::Long,
            (Float, Float) => Node::Float,
            (Double, Double) => Node::Double,
            (Bytes, Bytes) => Node::Bytes,
            (String, String) => string(read),
            promoted => {
                self.is_identity = false;
                match promoted {
                    (Int, Long) => Node::Int,
                    (Int, Float) => Node::IntToFloat,
                    (Int, Double) => Node::IntToDouble,
                    (Long, Float) => Node::LongToFloat,
                    (Long, Double) => Node::LongToDouble,
                    (Float, Double) => Node::FloatToDouble,
                    (String, Bytes) if is_text_or_bytes(read) => Node::StringToBytes,
                    (Bytes, String) if is_text_or_bytes(written) => match string(read) {
                        Node::Uuid => Node::Uuid,
                        _ => Node::BytesToString,
                    },
                    (String, Bytes) | (Bytes, String) => return Err(another_value()),
                    _ => return Err(mismatch(written, read)),
                }
            }
        };
        Ok(self.push(node))
    }

    fn symbols(&mut self, written: &EnumSchema, read: &EnumSchema) -> Node {
        let position = |symbol: &String| read.symbols.iter().position(|other| other == symbol);
        let default = read.default.as_ref().and_then(position);
        let indices: Box<[_]> =
            written.symbols.iter().map(|symbol| position(symbol).or(default)).collect();
        self.is_identity &= written.symbols == read.symbols;
        Node::Enum(indices)
    }

    fn record(
        &mut self,
        written: &'s RecordSchema,
        read: &'s RecordSchema,
    ) -> Result<NodeId, Unresolvable> {
        let key = (&written.name, &read.name);
        if let Some(id) = self.resolved.get(&key).copied() {
            return match &self.nodes[id] {
                Node::Refuse(error) => Err(error.clone()),
                _ => Ok(id),
            };
        }
        let id = self.push(Node::Pending);
        self.resolved.insert(key, id);
        let resolved = self.fields(written, read);
        match resolved {
            Ok(record) => {
                self.nodes[id] = Node::Record(record);
                Ok(id)
            }
            Err(error) => {
                self.nodes[id] = Node::Refuse(error.clone());
                Err(error)
            }
        }
    }

    fn fields(
        &mut self,
        written: &'s RecordSchema,
        read: &'s RecordSchema,
    ) -> Result<Record, Unresolvable> {
        // By name first, then by alias: a field with an alias does not take what another one is named.
        let mut readers = vec![None; written.fields.len()];
        let mut sources = vec![None; read.fields.len()];
        let mut claim = |index: usize, name: &str| {
            let found = written.fields.iter().position(|field| field.name == name);
            if let Some(found) = found
                && readers[found].is_none()
                && sources[index].is_none()
            {
                readers[found] = Some(&read.fields[index]);
                sources[index] = Some(found);
            }
        };
        for (index, field) in read.fields.iter().enumerate() {
            claim(index, &field.name);
        }
        for (index, field) in read.fields.iter().enumerate() {
            text::aliases_of(field).for_each(|alias| claim(index, alias));
        }

        let mut fields = Vec::with_capacity(written.fields.len());
        for (field, reader) in written.fields.iter().zip(&readers) {
            let value = match reader {
                Some(reader) => self.resolve(&field.schema, &reader.schema),
                None => self.copy(&field.schema),
            };
            let value = value.map_err(|error| error.within(&field.name))?;
            let name = field.name.as_str().into();
            fields.push(Field { name, value, is_dropped: reader.is_none() });
        }

        let mut from = Vec::with_capacity(read.fields.len());
        for (field, source) in read.fields.iter().zip(&sources) {
            from.push(match source {
                Some(index) => Source::Field(*index),
                None => {
                    let default = default::of(field, &self.reader);
                    let default = default.map_err(|error| error.within(&field.name))?;
                    Source::Default(default.into())
                }
            });
        }
        let is_ordered = sources.iter().flatten().is_sorted();
        self.is_identity &= is_ordered
            && readers.iter().all(Option::is_some)
            && sources.iter().all(Option::is_some);
        let (written, read) = (fields.into(), from.into());
        Ok(Record { written, read, is_ordered })
    }

    /// Reads a type of the writer as it is.
    fn copy(&mut self, written: &'s Schema) -> Result<NodeId, Unresolvable> {
        self.enter()?;
        let written = self.writer.follow(written);
        let node = match encoding(written) {
            Encoding::Null => Node::Null,
            Encoding::Boolean => Node::Boolean,
            Encoding::Int => Node::Int,
            Encoding::Long => Node::Long,
            Encoding::Float => Node::Float,
            Encoding::Double => Node::Double,
            Encoding::Bytes => Node::Bytes,
            // Nobody reads it.
            Encoding::String => Node::String,
            Encoding::Fixed(fixed) => Node::Fixed(fixed.size),
            Encoding::Enum(schema) => Node::Enum((0..schema.symbols.len()).map(Some).collect()),
            Encoding::Array(array) => Node::Array(self.copy(&array.items)?),
            Encoding::Map(map) => Node::Map(self.copy(&map.types)?),
            Encoding::Union(union) => {
                let mut branches = Vec::with_capacity(union.variants().len());
                for (index, branch) in union.variants().iter().enumerate() {
                    let name = (!matches!(branch, Schema::Null)).then(|| branch_name(branch));
                    let value = self.copy(branch)?;
                    let value = self.push(Node::Wrap { index, value });
                    branches.push(Branch { name, value });
                }
                Node::Union(branches.into())
            }
            Encoding::Record(record) => {
                self.depth -= 1;
                return self.copy_record(record);
            }
            Encoding::Unknown => return Err(mismatch(written, written)),
        };
        self.depth -= 1;
        Ok(self.push(node))
    }

    fn copy_record(&mut self, record: &'s RecordSchema) -> Result<NodeId, Unresolvable> {
        if let Some(id) = self.copied.get(&record.name).copied() {
            return Ok(id);
        }
        self.enter()?;
        let id = self.push(Node::Pending);
        self.copied.insert(&record.name, id);
        let mut written = Vec::with_capacity(record.fields.len());
        for field in &record.fields {
            let value = self.copy(&field.schema)?;
            written.push(Field { name: field.name.as_str().into(), value, is_dropped: false });
        }
        let read = (0..written.len()).map(Source::Field).collect();
        self.nodes[id] = Node::Record(Record { written: written.into(), read, is_ordered: true });
        self.depth -= 1;
        Ok(id)
    }
}

fn string(read: &Schema) -> Node {
    if matches!(read, Schema::Uuid(_)) { Node::Uuid } else { Node::String }
}
