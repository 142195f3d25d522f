//! Parser of YAML 1.2 with the core schema (YAML 1.2.2, chapter 10.3) to the tree used for JSON.
//!
//! Numbers keep their digits. Constructs without a JSON counterpart are refused: several documents in
//! one text, keys that are not scalars, tags beyond the core schema, infinities. Merge keys (`<<`) are
//! refused, too, since they belong to YAML 1.1.

mod scalar;

use crate::tree::Tree;
use saphyr_parser::{Event, Parser, ScalarStyle, Span, Tag};
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

/// Maximum nesting, the same as for JSON.
const MAX_DEPTH: usize = 128;

/// Expanded size, in values and characters, that every text may reach.
const BASE_WEIGHT: usize = 1 << 16;
/// Additional expanded size for each byte of the text.
const WEIGHT_PER_BYTE: usize = 16;

/// An error of parsing YAML, with its place and a remedy.
#[derive(Debug, PartialEq)]
pub(crate) struct Fault {
    pub(crate) line: usize,
    pub(crate) column: usize,
    pub(crate) message: String,
    pub(crate) help: &'static str,
}

/// Line and column, both from 1, and width in characters.
type Place = (usize, usize, usize);

/// A value and its place. The expansion of an alias has the place of the alias.
struct Node {
    place: Place,
    value: Value,
    /// Number of values and characters inside.
    weight: usize,
    height: usize,
}

enum Value {
    Scalar(Tree),
    List(Vec<Rc<Node>>),
    Map(Vec<(String, Place, Rc<Node>)>),
}

/// Parses a text with one document.
///
/// # Errors
/// Fails if the text is not valid YAML, has no JSON counterpart, is nested deeper than 128 levels, or
/// if aliases expand to a multiple of the text.
pub(crate) fn parse(text: &str) -> Result<Tree, Fault> {
    Ok(tree(&*read(text)?))
}

/// Returns the place of the value at a pointer: that of a scalar, or that of the key of a sequence or
/// mapping.
pub(crate) fn locate(text: &str, pointer: &str) -> Option<Place> {
    let mut node = read(text).ok()?;
    let mut key = None;
    for token in pointer.split('/').skip(1) {
        let token = token.replace("~1", "/").replace("~0", "~");
        let inner = match &node.value {
            Value::Scalar(_) => None,
            Value::List(items) => token
                .parse::<usize>()
                .ok()
                .and_then(|index| items.get(index))
                .map(|item| (None, item)),
            Value::Map(members) => members
                .iter()
                .find(|(name, ..)| *name == token)
                .map(|(_, place, value)| (Some(*place), value)),
        };
        let Some((place, inner)) = inner else { break };
        key = place;
        node = Rc::clone(inner);
    }
    Some(match (&node.value, key) {
        (Value::Scalar(_), _) => node.place,
        (_, Some(key)) => key,
        (_, None) => (node.place.0, node.place.1, 1),
    })
}

fn tree(node: &Node) -> Tree {
    match &node.value {
        Value::Scalar(scalar) => scalar.clone(),
        Value::List(items) => Tree::Array(items.iter().map(|item| tree(item)).collect()),
        Value::Map(members) => Tree::Object(
            members.iter().map(|(name, _, value)| (name.clone(), tree(value))).collect(),
        ),
    }
}

fn fault(place: Place, message: impl Into<String>, help: &'static str) -> Fault {
    Fault { line: place.0, column: place.1, message: message.into(), help }
}

fn place(span: Span) -> Place {
    let (start, end) = (span.start, span.end);
    let width =
        if start.line() == end.line() { end.col().saturating_sub(start.col()) } else { usize::MAX };
    (start.line().max(1), start.col() + 1, width.max(1))
}

/// A sequence or mapping whose end has not been read yet.
struct Open {
    place: Place,
    anchor: usize,
    items: Items,
    weight: usize,
    height: usize,
}

enum Items {
    List(Vec<Rc<Node>>),
    Map {
        members: Vec<(String, Place, Rc<Node>)>,
        seen: HashSet<String>,
        key: Option<(String, Place)>,
    },
}

struct Builder {
    open: Vec<Open>,
    anchors: HashMap<usize, Rc<Node>>,
    root: Option<Rc<Node>>,
    limit: usize,
}

fn read(text: &str) -> Result<Rc<Node>, Fault> {
    const SYNTAX: &str = "correct the text (YAML 1.2)";
    let limit = text.len().saturating_mul(WEIGHT_PER_BYTE).saturating_add(BASE_WEIGHT);
    let mut builder = Builder { open: Vec::new(), anchors: HashMap::new(), root: None, limit };
    let mut parser = Parser::new_from_str(text);
    while let Some(event) = parser.next_event() {
        let (event, span) = event.map_err(|error| {
            let mark = error.marker();
            let message = format!("invalid YAML: {}", error.info());
            fault((mark.line().max(1), mark.col() + 1, 1), message, SYNTAX)
        })?;
        builder.event(event, place(span))?;
    }
    builder
        .root
        .ok_or_else(|| fault((1, 1, 1), "the text contains no document", "write one document"))
}

impl Builder {
    fn event(&mut self, event: Event<'_>, place: Place) -> Result<(), Fault> {
        match event {
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => Ok(()),
            Event::DocumentStart(_) => match self.root {
                None => Ok(()),
                Some(_) => Err(fault(
                    place,
                    "the text contains several documents",
                    "write each document to its own file",
                )),
            },
            Event::Alias(anchor) => {
                let Some(node) = self.anchors.get(&anchor) else {
                    return Err(fault(
                        place,
                        "the alias refers to a value that contains it",
                        "use `$ref` for recursion",
                    ));
                };
                let value = match &node.value {
                    Value::Scalar(scalar) => Value::Scalar(scalar.clone()),
                    Value::List(items) => Value::List(items.clone()),
                    Value::Map(members) => Value::Map(members.clone()),
                };
                let (weight, height) = (node.weight, node.height);
                self.add(Node { place, value, weight, height })?;
                Ok(())
            }
            Event::Scalar(text, style, anchor, tag) => {
                let text = text.into_owned();
                if let Some(Open { items: Items::Map { key: key @ None, seen, .. }, .. }) =
                    self.open.last_mut()
                {
                    return begin_member(text, style, seen, key, place);
                }
                let value = resolve(&text, style, tag.as_deref(), place)?;
                let weight = 1 + text.len();
                let node =
                    self.add(Node { place, value: Value::Scalar(value), weight, height: 0 })?;
                self.name(anchor, node);
                Ok(())
            }
            Event::SequenceStart(anchor, tag) => {
                only_tag("seq", tag, place)?;
                self.begin(anchor, place, Items::List(Vec::new()))
            }
            Event::MappingStart(anchor, tag) => {
                only_tag("map", tag, place)?;
                let items = Items::Map { members: Vec::new(), seen: HashSet::new(), key: None };
                self.begin(anchor, place, items)
            }
            Event::SequenceEnd | Event::MappingEnd => {
                let Some(Open { place, anchor, items, weight, height }) = self.open.pop() else {
                    return Ok(());
                };
                let value = match items {
                    Items::List(items) => Value::List(items),
                    Items::Map { members, .. } => Value::Map(members),
                };
                let node =
                    self.add(Node { place, value, weight: weight + 1, height: height + 1 })?;
                self.name(anchor, node);
                Ok(())
            }
        }
    }

    fn begin(&mut self, anchor: usize, place: Place, items: Items) -> Result<(), Fault> {
        if let Some(Open { items: Items::Map { key: None, .. }, .. }) = self.open.last() {
            return Err(fault(place, "the key is not a scalar", "use a string as the key"));
        }
        self.open.push(Open { place, anchor, items, weight: 0, height: 0 });
        self.check_depth(0, place)
    }

    fn check_depth(&self, height: usize, place: Place) -> Result<(), Fault> {
        if self.open.len() + height > MAX_DEPTH {
            let message = format!("nesting is deeper than {MAX_DEPTH} levels");
            return Err(fault(
                place,
                message,
                "define inner parts once and refer to them (`$ref`)",
            ));
        }
        Ok(())
    }

    fn name(&mut self, anchor: usize, node: Rc<Node>) {
        // Anchors are numbered from 1.
        if anchor > 0 {
            self.anchors.insert(anchor, node);
        }
    }

    /// Adds a complete value to the innermost open sequence or mapping.
    fn add(&mut self, node: Node) -> Result<Rc<Node>, Fault> {
        self.check_depth(node.height, node.place)?;
        let (weight, height, place) = (node.weight, node.height, node.place);
        let node = Rc::new(node);
        let Some(open) = self.open.last_mut() else {
            self.root = Some(Rc::clone(&node));
            return Ok(node);
        };
        open.weight = open.weight.saturating_add(weight);
        open.height = open.height.max(height);
        if open.weight > self.limit {
            return Err(fault(
                place,
                "aliases expand to a multiple of the text",
                "define shared parts once and refer to them (`$ref`)",
            ));
        }
        match &mut open.items {
            Items::List(items) => items.push(Rc::clone(&node)),
            Items::Map { members, key, .. } => match key.take() {
                Some((name, key_place)) => members.push((name, key_place, Rc::clone(&node))),
                None => {
                    return Err(fault(place, "the key is an alias", "write the key itself"));
                }
            },
        }
        Ok(node)
    }
}

/// Reads a key. Numbers and words such as `true` are keys as written.
fn begin_member(
    name: String,
    style: ScalarStyle,
    seen: &mut HashSet<String>,
    key: &mut Option<(String, Place)>,
    place: Place,
) -> Result<(), Fault> {
    if name == "<<" && style == ScalarStyle::Plain {
        return Err(fault(
            place,
            "YAML 1.2 has no merge keys",
            "write the members themselves, or share them by `$ref` or `allOf`",
        ));
    }
    if !seen.insert(name.clone()) {
        let message = format!("duplicate key {name:?}");
        return Err(fault(place, message, "write each key of a mapping once"));
    }
    *key = Some((name, place));
    Ok(())
}

fn only_tag(kind: &str, tag: Option<Cow<'_, Tag>>, place: Place) -> Result<(), Fault> {
    match tag.as_deref() {
        None => Ok(()),
        Some(tag) if tag.is_yaml_core_schema() && tag.suffix == kind => Ok(()),
        Some(tag) => Err(unknown_tag(tag, place)),
    }
}

fn unknown_tag(tag: &Tag, place: Place) -> Fault {
    let message = format!("unsupported tag {:?}", format!("{}{}", tag.handle, tag.suffix));
    fault(place, message, "remove the tag")
}

/// Returns the value of a scalar in the core schema.
fn resolve(text: &str, style: ScalarStyle, tag: Option<&Tag>, place: Place) -> Result<Tree, Fault> {
    let resolved = match tag {
        None if style != ScalarStyle::Plain => Ok(Tree::String(text.to_owned())),
        None => scalar::plain(text),
        Some(tag) if tag.handle.is_empty() && tag.suffix == "!" => {
            Ok(Tree::String(text.to_owned()))
        }
        Some(tag) if tag.is_yaml_core_schema() => match tag.suffix.as_str() {
            "str" => Ok(Tree::String(text.to_owned())),
            kind @ ("null" | "bool" | "int" | "float") => match scalar::plain(text) {
                Ok(value) if scalar::is(kind, &value) => Ok(value),
                Ok(_) => {
                    let message = format!("the tag `!!{kind}` does not allow {text:?}");
                    return Err(fault(place, message, "remove the tag, or change the value"));
                }
                Err(message) => Err(message),
            },
            _ => return Err(unknown_tag(tag, place)),
        },
        Some(tag) => return Err(unknown_tag(tag, place)),
    };
    resolved
        .map_err(|message| fault(place, message, "write a finite number, or a string in quotes"))
}

#[cfg(test)]
mod tests;
