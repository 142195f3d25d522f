//! Resolution of two versions of an Avro schema in both directions (Avro specification, “Schema Resolution”).

use super::super::change::{Breaks, Change};
use super::changes::Changes;
use super::roots::Root;
use super::schema::{self, Named, Node, Schema, Side};
use crate::tree::Tree;
use std::collections::{HashMap, HashSet};

/// Maximum number of compared pairs of schemas.
const MAX_STEPS: usize = 50_000;
/// Maximum depth of the comparison.
const MAX_DEPTH: usize = 200;

/// Returns the changes between two schemas.
pub(in super::super) fn between(old: &Root, new: &Root) -> Vec<Change> {
    let [of_old, of_new] = [old, new].map(|root| Side::of(&root.place, &root.completed.schema));
    let mut changes = Changes::default();
    for (reader, writer, is_backward) in [(&of_new, &of_old, true), (&of_old, &of_new, false)] {
        let mut resolution = Resolution {
            reader,
            writer,
            is_backward,
            seen: HashSet::new(),
            refused: HashSet::new(),
            tried: HashSet::new(),
            settled: HashSet::new(),
            is_trying: false,
            has_grown: false,
            changes: Vec::new(),
            steps: 0,
            depth: 0,
        };
        resolution.resolve(&reader.root(), &writer.root());
        resolution.changes.into_iter().for_each(|change| changes.merge(change));
    }
    let mut changes = changes.list;
    for change in &mut changes {
        change.pointer_old = change.pointer_old.take().and_then(|pointer| old.written(pointer));
        change.pointer_new = change.pointer_new.take().and_then(|pointer| new.written(pointer));
    }
    changes
}

/// Resolution in one direction: data of the writer's schema is read with the reader's schema.
struct Resolution<'t> {
    reader: &'t Side<'t>,
    writer: &'t Side<'t>,
    /// True if the reader has the new version.
    is_backward: bool,
    /// Pairs that have been or are being resolved, since records may contain themselves.
    seen: HashSet<(String, String)>,
    /// Pairs with some value that cannot be read.
    refused: HashSet<(String, String)>,
    /// Pairs that were tried in this round.
    tried: HashSet<(String, String)>,
    /// Pairs whose result is final.
    settled: HashSet<(String, String)>,
    is_trying: bool,
    /// True if this round refused another pair.
    has_grown: bool,
    changes: Vec<Change>,
    steps: usize,
    depth: usize,
}

impl<'t> Resolution<'t> {
    /// Records the differences between the writer's schema and the reader's.
    fn resolve(&mut self, reader: &Node<'t>, writer: &Node<'t>) {
        let (reader, writer) = (self.reader.definition(reader), self.writer.definition(writer));
        if self.is_trying {
            // A trial only needs to know whether everything can be read.
            if !self.tried(&reader, &writer) {
                self.note(&reader, &writer, "", true, "");
            }
        } else if self.seen.insert((reader.pointer.clone(), writer.pointer.clone())) {
            self.walk(&reader, &writer);
        }
    }

    fn walk(&mut self, reader: &Node<'t>, writer: &Node<'t>) {
        self.steps += 1;
        if self.steps > MAX_STEPS || self.depth > MAX_DEPTH {
            let why = "the comparison reached its limit of steps or depth";
            self.note(reader, writer, "the schemas are too complex to compare", true, why);
            if let Some(change) = self.changes.last_mut() {
                change.undecided = true;
            }
            return;
        }
        self.depth += 1;
        self.schemas(reader, writer);
        self.depth -= 1;
    }

    fn schemas(&mut self, reader: &Node<'t>, writer: &Node<'t>) {
        match (self.reader.schema(reader), self.writer.schema(writer)) {
            (Schema::Union(readers), Schema::Union(writers)) => {
                for branch in &writers {
                    self.branch(reader, &readers, branch);
                }
            }
            (Schema::Union(readers), _) => self.branch(reader, &readers, writer),
            (_, Schema::Union(writers)) => {
                for branch in &writers {
                    self.branch(reader, std::slice::from_ref(reader), branch);
                }
            }
            (Schema::Primitive(of_reader), Schema::Primitive(of_writer)) => {
                self.primitives((reader, of_reader), (writer, of_writer));
            }
            (Schema::Array(of_reader), Schema::Array(of_writer))
            | (Schema::Map(of_reader), Schema::Map(of_writer)) => {
                self.resolve(&of_reader, &of_writer);
            }
            (Schema::Record(of_reader), Schema::Record(of_writer)) => {
                if self.names((reader, &of_reader), (writer, &of_writer)) {
                    self.fields(reader, writer);
                }
            }
            (Schema::Enum(of_reader), Schema::Enum(of_writer)) => {
                if self.names((reader, &of_reader), (writer, &of_writer)) {
                    self.symbols(reader, writer);
                }
            }
            (Schema::Fixed(of_reader), Schema::Fixed(of_writer)) => {
                if self.names((reader, &of_reader), (writer, &of_writer)) {
                    self.size(reader, writer);
                }
            }
            _ => self.mismatch(reader, writer),
        }
    }

    /// Resolves a writer's branch, or a schema that is not a union, against the branches of the reader.
    fn branch(&mut self, reader: &Node<'t>, readers: &[Node<'t>], writer: &Node<'t>) {
        let writer = &self.writer.definition(writer);
        let namesake = readers
            .iter()
            .find(|branch| self.is_same_kind(&self.reader.definition(branch), writer));
        if readers.iter().any(|branch| self.takes(branch, writer)) {
            // The same branch may still have compatible changes to report.
            if let Some(branch) = namesake {
                self.resolve(branch, writer);
            }
            return;
        }
        if let Some(branch) = namesake {
            self.resolve(branch, writer);
            return;
        }
        let name = self.writer.describe(writer);
        let (what, why) = if self.is_backward {
            (format!("{name} is no longer a branch"), "the new version cannot read its values")
        } else {
            (format!("{name} became a branch"), "the old version cannot read its values")
        };
        self.note(reader, writer, what, true, why);
        self.is_only_in(false);
    }

    /// Returns whether every value of the writer's schema can be read, without recording changes.
    ///
    /// Records may contain themselves, so the result may depend on itself. This computes a fixed point:
    /// every pair is presumed readable, and further rounds of trials correct the results until none changes.
    fn takes(&mut self, reader: &Node<'t>, writer: &Node<'t>) -> bool {
        if self.is_trying {
            return self.tried(reader, writer);
        }
        self.is_trying = true;
        let takes = loop {
            self.has_grown = false;
            let takes = self.tried(reader, writer);
            let tried = std::mem::take(&mut self.tried);
            if !self.has_grown {
                self.settled.extend(tried);
                break takes;
            }
        };
        self.is_trying = false;
        takes
    }

    /// Returns the result of this round.
    fn tried(&mut self, reader: &Node<'t>, writer: &Node<'t>) -> bool {
        let reader = self.reader.definition(reader);
        let key = (reader.pointer.clone(), writer.pointer.clone());
        if self.refused.contains(&key) {
            return false;
        }
        if self.settled.contains(&key) || !self.tried.insert(key.clone()) {
            return true;
        }
        let changes = std::mem::take(&mut self.changes);
        self.walk(&reader, writer);
        let found = std::mem::replace(&mut self.changes, changes);
        let takes = found.iter().all(|change| change.breaks.is_none());
        if !takes {
            self.has_grown = true;
            self.refused.insert(key);
        }
        takes
    }

    /// Returns whether two branches have the same type, and the same name if they are named types.
    fn is_same_kind(&self, reader: &Node<'t>, writer: &Node<'t>) -> bool {
        match (self.reader.schema(reader), self.writer.schema(writer)) {
            (Schema::Primitive(reader), Schema::Primitive(writer)) => reader == writer,
            (Schema::Array(_), Schema::Array(_)) | (Schema::Map(_), Schema::Map(_)) => true,
            (Schema::Record(reader), Schema::Record(writer))
            | (Schema::Enum(reader), Schema::Enum(writer))
            | (Schema::Fixed(reader), Schema::Fixed(writer)) => reader.takes(&writer),
            _ => false,
        }
    }

    fn primitives(&mut self, reader: (&Node<'t>, &str), writer: (&Node<'t>, &str)) {
        let ((reader, of_reader), (writer, of_writer)) = (reader, writer);
        let is_promoted = matches!(
            (of_writer, of_reader),
            ("int", "long" | "float" | "double")
                | ("long", "float" | "double")
                | ("float", "double")
                | ("string", "bytes")
                | ("bytes", "string")
        );
        if of_reader != of_writer && !is_promoted {
            return self.mismatch(reader, writer);
        }
        let logical = (schema::logical(reader), schema::logical(writer));
        if of_reader == of_writer && logical.0 == logical.1 {
            return;
        }
        let what = self.became(reader, writer);
        let (breaks, why) = match logical {
            (None, None) => (false, "the values are promoted"),
            (Some(reader), None) if reader == "uuid" => (true, "not every string is a UUID"),
            (None, Some(_)) => (false, "the values are read without their logical type"),
            (Some(_), None) if of_reader == of_writer => {
                (false, "the values are unchanged and gain a logical type")
            }
            _ => (true, "the values would change their meaning"),
        };
        self.note(reader, writer, what, breaks, why);
    }

    /// Returns whether the names of two named types match, and records a change if they differ.
    fn names(
        &mut self,
        (reader, of_reader): (&Node<'t>, &Named),
        (writer, of_writer): (&Node<'t>, &Named),
    ) -> bool {
        if !of_reader.takes(of_writer) {
            let what = self.became(reader, writer);
            let why = if self.is_backward {
                "the names must match, or the new type must have the old name as an alias"
            } else {
                "the old version does not have this name"
            };
            self.note(reader, writer, what, true, why);
            return false;
        }
        if of_reader.full_name() != of_writer.full_name() {
            let what = self.became(reader, writer);
            let why = "the names match by an alias or without their namespaces";
            self.note(reader, writer, what, false, why);
        }
        true
    }

    fn fields(&mut self, reader: &Node<'t>, writer: &Node<'t>) {
        let (of_reader, of_writer) = (schema::fields(reader), schema::fields(writer));
        let in_reader: HashSet<&str> = of_reader.iter().map(|field| field.name).collect();
        let in_writer: HashMap<&str, &schema::Field<'t>> =
            of_writer.iter().map(|field| (field.name, field)).collect();
        let aliases = |field: &'_ schema::Field<'t>| field.aliases.clone();
        let successors: HashMap<&str, &schema::Field<'t>> = (of_writer.iter().rev())
            .flat_map(|field| aliases(field).into_iter().map(move |alias| (alias, field)))
            .collect();
        let mut taken = HashSet::new();
        for field in &of_reader {
            let mut names = std::iter::once(field.name).chain(field.aliases.iter().copied());
            let Some(source) = names.find_map(|name| in_writer.get(name).copied()) else {
                self.missing(writer, field, successors.get(field.name).copied());
                continue;
            };
            taken.insert(source.name);
            if source.name != field.name {
                let what = self.renamed(field.name, source.name);
                let why = "the reader's field has the writer's name as an alias";
                self.note(&field.node, &source.node, what, false, why);
            }
            let defaults = [field.default, source.default];
            if let [Some(one), Some(other)] = defaults
                && one != other
            {
                let what = format!("the default of the field `{}` changed", field.name);
                let why = "defaults only apply to data without the field";
                self.note(&field.node, &source.node, what, false, why);
            }
            self.resolve(&field.ty, &source.ty);
        }
        for field in of_writer.iter().filter(|field| !taken.contains(field.name)) {
            // A renamed field is already reported.
            let is_renamed = field.aliases.iter().any(|alias| in_reader.contains(alias));
            if !is_renamed {
                let (what, why) =
                    (self.added_or_removed(field, false), "readers skip unknown fields");
                self.note(reader, &field.node, what, false, why);
                self.is_only_in(false);
            }
        }
    }

    /// Reports a field of the reader that the writer's schema lacks.
    fn missing(
        &mut self,
        writer: &Node<'t>,
        field: &schema::Field<'t>,
        successor: Option<&schema::Field<'t>>,
    ) {
        let (what, writer) = match successor {
            Some(successor) => (self.renamed(field.name, successor.name), &successor.node),
            None => (self.added_or_removed(field, true), writer),
        };
        let (breaks, why) = match field.default {
            Some(_) => (false, "the reader uses its default"),
            None if self.is_backward => (true, "the new version has no default for it"),
            None => (true, "the old version has no default for it"),
        };
        self.note(&field.node, writer, what, breaks, why);
        if successor.is_none() {
            self.is_only_in(true);
        }
    }

    fn renamed(&self, reader: &str, writer: &str) -> String {
        let (old, new) = if self.is_backward { (writer, reader) } else { (reader, writer) };
        format!("the field `{old}` was renamed to `{new}`")
    }

    /// Describes a field that only the reader (`is_reader`) or only the writer has.
    fn added_or_removed(&self, field: &schema::Field<'_>, is_reader: bool) -> String {
        let with = if field.default.is_some() { "with" } else { "without" };
        let verb = if is_reader == self.is_backward { "added" } else { "removed" };
        format!("the field `{}` was {verb} {with} a default", field.name)
    }

    fn symbols(&mut self, reader: &Node<'t>, writer: &Node<'t>) {
        let (of_reader, of_writer) = (schema::symbols(reader), schema::symbols(writer));
        let [in_reader, in_writer] =
            [&of_reader, &of_writer].map(|symbols| symbols.iter().collect::<HashSet<_>>());
        let has_default = reader.tree.get("default").is_some();
        for symbol in of_writer.iter().filter(|symbol| !in_reader.contains(symbol)) {
            let verb = if self.is_backward { "removed" } else { "added" };
            let what = format!("the symbol `{symbol}` was {verb}");
            let why = if has_default {
                "the reader uses the default of the enum"
            } else {
                "the enum of the reader has neither the symbol nor a default"
            };
            self.note(reader, writer, what, !has_default, why);
            self.is_only_in(false);
        }
        for symbol in of_reader.iter().filter(|symbol| !in_writer.contains(symbol)) {
            let verb = if self.is_backward { "added" } else { "removed" };
            let what = format!("the symbol `{symbol}` was {verb}");
            self.note(reader, writer, what, false, "no writer of the other version writes it");
            self.is_only_in(true);
        }
    }

    fn size(&mut self, reader: &Node<'t>, writer: &Node<'t>) {
        let size = |node: &Node<'t>| node.tree.get("size").and_then(Tree::count);
        let logical = (schema::logical(reader), schema::logical(writer));
        if size(reader) != size(writer) {
            let [old, new] = self.in_time(size(reader), size(writer));
            let text = |size: Option<u64>| size.map(|size| size.to_string()).unwrap_or_default();
            let what = format!("the size became {}, was {}", text(new), text(old));
            self.note(reader, writer, what, true, "the sizes of a fixed must match");
        } else if logical.0 != logical.1 {
            let what = self.became(reader, writer);
            let breaks = logical.0.is_some() && logical.1.is_some();
            let why = if breaks {
                "the values would change their meaning"
            } else {
                "the values are unchanged, and only one version has a logical type"
            };
            self.note(reader, writer, what, breaks, why);
        }
    }

    fn mismatch(&mut self, reader: &Node<'t>, writer: &Node<'t>) {
        let what = self.became(reader, writer);
        let why = format!(
            "{} cannot be read as {}",
            self.writer.describe(writer),
            self.reader.describe(reader)
        );
        self.note(reader, writer, what, true, why);
    }

    fn became(&self, reader: &Node<'t>, writer: &Node<'t>) -> String {
        let [old, new] = self.in_time(self.reader.describe(reader), self.writer.describe(writer));
        format!("the type became {new}, was {old}")
    }

    /// Returns the old and the new of the reader's and the writer's value.
    fn in_time<T>(&self, reader: T, writer: T) -> [T; 2] {
        if self.is_backward { [writer, reader] } else { [reader, writer] }
    }

    /// Marks the last change as a place that only the reader (`is_reader`) or only the writer has.
    fn is_only_in(&mut self, is_reader: bool) {
        if let Some(change) = self.changes.last_mut() {
            change.gone = is_reader != self.is_backward;
        }
    }

    fn note(
        &mut self,
        reader: &Node<'t>,
        writer: &Node<'t>,
        what: impl Into<String>,
        is_broken: bool,
        why: impl Into<String>,
    ) {
        let what = what.into();
        let [old, new] = self.in_time(reader.pointer.clone(), writer.pointer.clone());
        let breaks = match (is_broken, self.is_backward) {
            (false, _) => Breaks::NONE,
            (true, true) => Breaks { readers: false, writers: true },
            (true, false) => Breaks { readers: true, writers: false },
        };
        self.changes.push(Change::new((Some(old), Some(new)), what, breaks, why));
    }
}
