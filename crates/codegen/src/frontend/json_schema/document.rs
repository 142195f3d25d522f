//! Documents that contain JSON schemas, and the resolution of references in them.

use super::dialect::Dialect;
use super::language;
use super::registry::{self, Registry};
use super::rules::Rules;
use super::uri;
use crate::cycles;
use crate::error::Problem;
use crate::frontend::outcome;
use crate::model::{DefinitionId, Docs, Model, Outcome, RuleId};
use crate::near::near;
use crate::tree::{Tree, escape, unescape};
use std::collections::BTreeMap;

/// A document that contains JSON schemas, and the documents that it may refer to.
///
/// A place in the document is written as a JSON pointer, and a place in another document as the name of
/// that document, `#` and a pointer.
pub(crate) struct Document<'d> {
    pub(crate) file: &'d str,
    pub(crate) root: &'d Tree,
    dialect: Dialect,
    /// True if something below the root declares a dialect.
    is_mixed: bool,
    others: &'d Registry<'d>,
    identities: BTreeMap<String, String>,
}

impl<'d> Document<'d> {
    /// Returns a document whose root is a JSON schema.
    pub(crate) fn json_schema(
        file: &'d str,
        root: &'d Tree,
        others: &'d Registry<'d>,
    ) -> Result<Self, Vec<Problem>> {
        let dialect = Dialect::of(root).map_err(|found| {
            vec![Problem::new(
                file,
                "/$schema",
                format!("unsupported dialect {}", found.describe()),
                "use draft-07 (http://json-schema.org/draft-07/schema#), 2019-09 or 2020-12",
            )]
        })?;
        let dialect = dialect.unwrap_or(Dialect::Draft07);
        let identities = registry::identities(file, root);
        let is_mixed = declares_inside(root);
        Ok(Self { file, root, dialect, is_mixed, others, identities })
    }

    /// Returns an AsyncAPI document. Its schemas are draft-07 with additional annotations.
    pub(crate) fn asyncapi(file: &'d str, root: &'d Tree, others: &'d Registry<'d>) -> Self {
        let identities = registry::identities(file, root);
        let is_mixed = declares_inside(root);
        Self { file, root, dialect: Dialect::Draft07, is_mixed, others, identities }
    }

    /// Returns an OpenAPI document whose schemas are JSON schemas of the dialect that its root declares.
    pub(crate) fn openapi(
        file: &'d str,
        root: &'d Tree,
        others: &'d Registry<'d>,
    ) -> Result<Self, Vec<Problem>> {
        Self::json_schema(file, root, others)
    }

    /// Returns the value at a place that is known to exist.
    pub(crate) fn at(&self, place: &str) -> &'d Tree {
        self.find(place).unwrap_or(&Tree::Null)
    }

    pub(crate) fn find(&self, place: &str) -> Option<&'d Tree> {
        match foreign(place) {
            None => self.root.at(place),
            Some((name, pointer)) => self.others.document(name)?.at(pointer),
        }
    }

    /// Returns the annotation `x-outcome` of the schema of an event, or of the schema that it refers to.
    pub(crate) fn outcome(
        &self,
        place: &str,
        root: DefinitionId,
        model: &Model,
    ) -> Result<Option<Outcome>, Vec<Problem>> {
        let here = outcome::read(self.file, place, self.at(place), root, model)?;
        if here.is_some() {
            return Ok(here);
        }
        let home = self.resolve(place).map_err(|problem| vec![problem])?;
        let (file, pointer) = self.split(&home);
        outcome::read(file, pointer, self.at(&home), root, model)
    }

    /// Splits a place into file and pointer.
    pub(crate) fn split<'p>(&self, place: &'p str) -> (&'p str, &'p str)
    where
        'd: 'p,
    {
        foreign(place).unwrap_or((self.file, place))
    }

    /// Returns the dialect of the schema at a place.
    pub(crate) fn dialect(&self, place: &str) -> Dialect {
        let (name, pointer) = self.split(place);
        if name == self.file && !self.is_mixed {
            return self.dialect;
        }
        let root = if name == self.file { Some(self.root) } else { self.at_root(name) };
        let Some(root) = root else { return self.dialect };
        // A document without `$schema` inherits the dialect of the document that refers to it.
        let outer = Dialect::of(root).ok().flatten().unwrap_or(self.dialect);
        schemas_around(root, pointer).fold(outer, |outer, (_, schema)| {
            match (schema.get("$id"), Dialect::of(schema)) {
                (Some(_), Ok(Some(inner))) => inner,
                _ => language::dialect(schema).unwrap_or(outer),
            }
        })
    }

    fn at_root(&self, name: &str) -> Option<&'d Tree> {
        self.others.document(name)
    }

    /// Returns the document with this name, which a place contains.
    pub(crate) fn document(&self, name: &str) -> &'d Tree {
        let own = (name == self.file).then_some(self.root);
        own.or_else(|| self.at_root(name)).unwrap_or(&Tree::Null)
    }

    /// Returns the place of a problem.
    pub(crate) fn place_of(&self, problem: &Problem) -> String {
        let Problem { file, pointer, .. } = problem;
        if file == self.file { pointer.clone() } else { format!("{file}#{pointer}") }
    }

    pub(crate) fn problem(
        &self,
        place: impl Into<String>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Problem {
        let place = place.into();
        let (file, pointer) = self.split(&place);
        Problem::new(file, pointer, message, help)
    }

    /// Follows the `$ref` of the schema at `place` until it leads to more than a reference. A reference to
    /// a Multi Format Schema Object leads to the schema inside it.
    pub(crate) fn resolve(&self, place: &str) -> Result<String, Problem> {
        let mut seen = Vec::new();
        let mut target = self.dereference(place)?;
        while let Some(inner) = self.json_schema_inside(&target)? {
            target = self.dereference(&inner)?;
            if seen.contains(&target) {
                let help = "let the chain of references end in a schema";
                return Err(self.problem(inner, "the reference leads back to itself", help));
            }
            seen.push(target.clone());
        }
        Ok(target)
    }

    /// Follows the `$ref` of the object at `place`, which need not be a schema.
    pub(crate) fn dereference(&self, place: &str) -> Result<String, Problem> {
        let mut seen = vec![place.to_owned()];
        loop {
            let here = seen.last().map_or("", String::as_str);
            let Some(reference) = self.at(here).get("$ref") else { return Ok(here.to_owned()) };
            let target = self.target(here, reference)?;
            if seen.contains(&target) {
                return Err(self.problem(
                    format!("{here}/$ref"),
                    "the reference leads back to itself",
                    "let the chain of references end in a schema",
                ));
            }
            let siblings_apply = self.dialect(&target) != Dialect::Draft07
                && self.at(&target).members().is_some_and(|members| members.len() > 1);
            seen.push(target.clone());
            if siblings_apply {
                return Ok(target);
            }
        }
    }

    /// Returns the place that a reference in the schema at `here` leads to.
    fn target(&self, here: &str, reference: &Tree) -> Result<String, Problem> {
        let problem =
            |message: String, help: &str| self.problem(format!("{here}/$ref"), message, help);
        let Some(text) = reference.text() else {
            return Err(problem(
                format!("expected a reference, found {}", reference.describe()),
                "write a URI reference such as `#/definitions/…`",
            ));
        };
        let uri = uri::resolve(&self.base(here), text);
        let (resource, fragment) = uri.split_once('#').unwrap_or((&uri, ""));
        let Some(root) = self.place(resource) else {
            let known = self.others.uris().filter(|uri| *uri != self.file);
            let otherwise = format!(
                "add the document to the generator's input under the name `{resource}` or with this `$id`"
            );
            let help = match did_you_mean(near(resource, known).into_iter()) {
                Some(near) => format!("{near} Otherwise {otherwise}"),
                None => {
                    format!("refer to a place in the same file (`#/definitions/…`), or {otherwise}")
                }
            };
            let message = format!("unknown document in the reference {}", reference.describe());
            return Err(problem(message, &help));
        };
        let fragment = percent_decoded(fragment);
        let target = if fragment.is_empty() || fragment.starts_with('/') {
            Some(format!("{root}{fragment}"))
        } else {
            self.place(&format!("{resource}#{fragment}"))
        };
        match target.filter(|target| self.find(target).is_some()) {
            Some(target) => Ok(target),
            None => Err(problem(
                format!("unresolved reference {}", reference.describe()),
                &self.near_pointer(&root, &fragment).unwrap_or_else(|| {
                    "write the JSON pointer of a schema after `#`, or the anchor of a schema"
                        .to_owned()
                }),
            )),
        }
    }

    /// Returns a suggestion for a pointer below `root` that leads nowhere.
    fn near_pointer(&self, root: &str, pointer: &str) -> Option<String> {
        let mut at = String::new();
        for token in pointer.split('/').skip(1) {
            let next = format!("{at}/{token}");
            if self.find(&format!("{root}{next}")).is_some() {
                at = next;
                continue;
            }
            let members = self.find(&format!("{root}{at}"))?.members()?;
            let names = members.iter().map(|(name, _)| name.as_str());
            let near = near(&unescape(token), names);
            let near: Vec<_> = near.iter().map(|name| format!("#{at}/{}", escape(name))).collect();
            return did_you_mean(near.iter().map(String::as_str));
        }
        None
    }

    /// Returns a reference of the schema at `here` as a URI that any document can use.
    pub(crate) fn absolute_reference(&self, here: &str, reference: &str) -> String {
        uri::resolve(&self.base(here), reference)
    }

    /// Returns the place of a URI that has no fragment or an anchor as its fragment.
    fn place(&self, uri: &str) -> Option<String> {
        if let Some(pointer) = self.identities.get(uri) {
            return Some(pointer.clone());
        }
        let place = self.others.place(uri)?;
        // The registry contains this document too, perhaps with other deviations.
        Some(match foreign(place) {
            Some((name, pointer)) if name == self.file => pointer.to_owned(),
            _ => place.to_owned(),
        })
    }

    /// Returns the base URI of the schema at a place (draft-07, core 8.2).
    fn base(&self, place: &str) -> String {
        let (name, pointer) = self.split(place);
        let root = if name == self.file { Some(self.root) } else { self.at_root(name) };
        let name = uri::normal(name);
        let Some(root) = root else { return name };
        schemas_around(root, pointer).fold(name, |base, (pointer, schema)| {
            let dialect = if pointer.is_empty() {
                Dialect::of(root).ok().flatten().unwrap_or(self.dialect)
            } else {
                self.dialect
            };
            match registry::own_id(schema, dialect) {
                // A fragment alone is an anchor and does not change the base URI.
                Some(id) if !id.starts_with('#') => {
                    uri::without_fragment(&uri::resolve(&base, id)).to_owned()
                }
                _ => base,
            }
        })
    }

    pub(crate) fn docs(&self, pointer: &str) -> Docs {
        let tree = self.at(pointer);
        let text = |key| tree.get(key).and_then(Tree::text).map(str::to_owned);
        let examples = tree.get("examples").and_then(Tree::items).unwrap_or_default();
        Docs {
            title: text("title"),
            description: text("description"),
            examples: examples.iter().map(Tree::to_string).collect(),
        }
    }

    /// Returns the rule of the same place in the published document, or `rule` itself if the deviations
    /// change only annotations.
    ///
    /// A published keyword that cannot be translated is omitted: its deviation exists for that reason,
    /// and decoding checks the patched document in any case.
    pub(crate) fn published_rule(
        &self,
        published: &Tree,
        pointer: &str,
        rule: RuleId,
        model: &mut Model,
    ) -> RuleId {
        let same = without_annotations(published) == without_annotations(self.root);
        let published = Document {
            root: published,
            identities: registry::identities(self.file, published),
            ..*self
        };
        if same || published.find(pointer).is_none() {
            return rule;
        }
        let first = model.rules.len();
        let published_rule = Rules::with_representations(&published).rule(pointer, model);
        if cycles::check(model, self.file, first).is_err() {
            model.rules.truncate(first);
            return rule;
        }
        published_rule
    }
}

/// Returns a help that suggests similar names, if there are any.
fn did_you_mean<'n>(names: impl Iterator<Item = &'n str>) -> Option<String> {
    let names: Vec<String> = names.map(|name| format!("`{name}`")).collect();
    (!names.is_empty()).then(|| format!("did you mean {}?", names.join(" or ")))
}

/// Returns whether anything below the root declares a dialect.
fn declares_inside(root: &Tree) -> bool {
    let keywords = ["$schema", language::KEYWORD];
    let declares = |inner: &Tree| {
        keywords.iter().any(|keyword| inner.get(keyword).is_some()) || declares_inside(inner)
    };
    match root {
        Tree::Object(members) => members.iter().any(|(_, member)| declares(member)),
        Tree::Array(items) => items.iter().any(declares),
        _ => false,
    }
}

/// Returns document name and pointer of a place in another document.
fn foreign(place: &str) -> Option<(&str, &str)> {
    if place.is_empty() || place.starts_with('/') { None } else { place.split_once('#') }
}

/// Returns the values on the path from the root to a pointer, including both ends.
fn schemas_around<'d>(root: &'d Tree, pointer: &str) -> impl Iterator<Item = (String, &'d Tree)> {
    let ends = pointer.match_indices('/').map(|(index, _)| index).chain([pointer.len()]);
    let mut ends: Vec<usize> = ends.collect();
    ends.dedup();
    let pointers: Vec<String> = ends.into_iter().map(|end| pointer[..end].to_owned()).collect();
    pointers.into_iter().filter_map(move |pointer| root.at(&pointer).map(|tree| (pointer, tree)))
}

/// Returns the tree without `x-` annotations.
fn without_annotations(tree: &Tree) -> Tree {
    match tree {
        Tree::Object(members) => Tree::Object(
            members
                .iter()
                .filter(|(key, _)| !key.starts_with("x-"))
                .map(|(key, value)| (key.clone(), without_annotations(value)))
                .collect(),
        ),
        Tree::Array(items) => Tree::Array(items.iter().map(without_annotations).collect()),
        other => other.clone(),
    }
}

/// Decodes the `%XX` escapes of a URI fragment. Malformed escapes are kept.
fn percent_decoded(fragment: &str) -> String {
    let mut bytes = Vec::with_capacity(fragment.len());
    let mut rest = fragment.as_bytes();
    while let [first, tail @ ..] = rest {
        let escaped = match (first, tail) {
            (b'%', [high, low, ..]) => std::str::from_utf8(&[*high, *low])
                .ok()
                .and_then(|hex| u8::from_str_radix(hex, 16).ok()),
            _ => None,
        };
        bytes.push(escaped.unwrap_or(*first));
        rest = if escaped.is_some() { &tail[2..] } else { tail };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
