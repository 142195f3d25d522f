//! Documents that contain JSON schemas, and the resolution of references in them.

use super::dialect::Dialect;
use super::index::{self, Index, RECURSIVE};
use super::registry::Registry;
use super::rules::Rules;
use super::scope::{Place, Scope, Scopes};
use super::uri;
use crate::cycles;
use crate::error::Problem;
use crate::frontend::outcome;
use crate::model::{DefinitionId, Docs, Model, Outcome, RuleId};
use crate::near::near;
use crate::tree::{Tree, escape};
use std::collections::BTreeMap;

/// A document that contains JSON schemas, and the documents that it may refer to.
///
/// A place in the document is written as a JSON pointer, and a place in another document as the name of
/// that document, `#` and a pointer.
pub(crate) struct Document<'d> {
    pub(crate) file: &'d str,
    pub(crate) root: &'d Tree,
    dialect: Dialect,
    /// True if a schema below the root declares a dialect.
    is_mixed: bool,
    pub(super) others: &'d Registry<'d>,
    index: Index,
    scopes: Scopes,
}

/// The keywords that refer to a schema.
pub(super) const REFERENCES: [&str; 3] = ["$ref", "$dynamicRef", "$recursiveRef"];

impl<'d> Document<'d> {
    /// Returns a document whose root is a JSON schema.
    pub(crate) fn json_schema(
        file: &'d str,
        root: &'d Tree,
        others: &'d Registry<'d>,
    ) -> Result<Self, Vec<Problem>> {
        let dialect = others.dialects.declared(root).map_err(|undeclared| {
            let (message, help) = undeclared.problem();
            vec![Problem::new(file, "/$schema", message, help)]
        })?;
        let dialect = dialect.unwrap_or(others.dialects.default());
        Ok(Self {
            file,
            root,
            dialect,
            is_mixed: declares_inside(root),
            others,
            index: Index::of(file, root, &others.dialects),
            scopes: Scopes::default(),
        })
    }

    /// Returns an AsyncAPI document. Its schemas are draft-07 with additional annotations.
    pub(crate) fn asyncapi(file: &'d str, root: &'d Tree, others: &'d Registry<'d>) -> Self {
        let places = BTreeMap::from([(file.to_owned(), String::new())]);
        Self {
            file,
            root,
            dialect: others.dialects.of_asyncapi(),
            is_mixed: declares_inside(root),
            others,
            index: Index { places, ..Index::default() },
            scopes: Scopes::default(),
        }
    }

    /// Returns the identifier of the root.
    pub(super) fn id(&self) -> Option<&'d str> {
        index::own_id(self.root, self.dialect.draft)
    }

    /// Returns the value at a place that is known to exist.
    pub(crate) fn at(&self, place: &str) -> &'d Tree {
        self.find(place).unwrap_or(&Tree::Null)
    }

    /// Returns the value of a keyword of the schema at a place, if its dialect has the keyword.
    pub(crate) fn keyword(&self, place: &str, keyword: &str) -> Option<&'d Tree> {
        let value = self.at(place).get(keyword)?;
        self.dialect(place).has(keyword).then_some(value)
    }

    /// Returns the problem of a schema that declares an unknown dialect, unless it is the root of this
    /// document.
    pub(super) fn undeclared(&self, place: &str) -> Option<Problem> {
        let schema = self.at(place);
        let undeclared = self.others.dialects.declared(schema).err()?;
        let is_resource = self.split(place).1.is_empty()
            || index::own_id(schema, self.dialect(place).draft).is_some();
        let (message, help) = undeclared.problem();
        is_resource.then(|| self.problem(format!("{place}/$schema"), message, help))
    }

    fn find(&self, place: &str) -> Option<&'d Tree> {
        let (file, pointer) = self.split(place);
        self.root_of(file)?.at(pointer)
    }

    /// Returns the root of the document with this name, which may be this one.
    fn root_of(&self, file: &str) -> Option<&'d Tree> {
        if file == self.file { Some(self.root) } else { self.others.document(file) }
    }

    fn index_of(&self, file: &str) -> Option<&Index> {
        if file == self.file { Some(&self.index) } else { self.others.index(file) }
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
        let place = Place::of(place);
        (place.file.unwrap_or(self.file), place.pointer)
    }

    /// Returns a place without its dynamic scope.
    pub(super) fn unscoped(&self, place: &str) -> String {
        match Place::of(place) {
            Place { file: Some(file), pointer, .. } if file != self.file => {
                format!("{file}#{pointer}")
            }
            Place { pointer, .. } => pointer.to_owned(),
        }
    }

    /// Returns the dialect of the schema at a place.
    pub(crate) fn dialect(&self, place: &str) -> Dialect {
        let (file, pointer) = self.split(place);
        if file == self.file && !self.is_mixed {
            return self.dialect;
        }
        self.around(file, pointer).last().map_or(self.dialect, |around| around.dialect)
    }

    /// Returns the values on the path from the root of a document to a pointer, including both ends.
    fn around<'s>(
        &'s self,
        file: &'s str,
        pointer: &'s str,
    ) -> impl Iterator<Item = Around> + use<'d, 's> {
        let dialects = &self.others.dialects;
        let mut dialect = self.dialect;
        let mut base = file.to_owned();
        let mut resource = String::new();
        let root = self.root_of(file);
        let path = root.map(|root| schemas_around(root, pointer)).into_iter().flatten();
        path.map(move |(pointer, schema)| {
            // A document without `$schema` inherits the dialect of the document that refers to it.
            dialect = match pointer.as_str() {
                "" if file != self.file => dialects.of(schema, dialect),
                "" => self.dialect,
                _ => index::inner_dialect(schema, dialect, dialects),
            };
            // A fragment alone is an anchor and does not change the base URI.
            if let Some(id) = index::own_id(schema, dialect.draft).filter(|id| !id.starts_with('#'))
            {
                base = uri::without_fragment(&uri::resolve(&base, id)).to_owned();
                resource.clone_from(&pointer);
            }
            Around { dialect, base: base.clone(), resource: resource.clone() }
        })
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

    /// Returns the keywords of the schema at a place that refer to other schemas.
    pub(super) fn references(&self, place: &str) -> impl Iterator<Item = &'static str> {
        let keywords = REFERENCES.iter().filter(|keyword| self.keyword(place, keyword).is_some());
        keywords.copied().collect::<Vec<_>>().into_iter()
    }

    /// Follows the reference of the object at `place` until it leads to more than a reference.
    pub(crate) fn resolve(&self, place: &str) -> Result<String, Problem> {
        match self.references(place).next() {
            Some(keyword) => self.follow(place, keyword),
            None => Ok(place.to_owned()),
        }
    }

    /// Follows a keyword of the object at `place` until it leads to more than a reference.
    pub(super) fn follow(&self, place: &str, keyword: &str) -> Result<String, Problem> {
        let mut keyword = keyword;
        let mut seen = vec![place.to_owned()];
        loop {
            let here = seen.last().map_or("", String::as_str);
            let target = self.target(here, keyword)?;
            if seen.contains(&target) {
                return Err(self.problem(
                    format!("{here}/{keyword}"),
                    "the reference leads back to itself",
                    "let the chain of references end in a schema",
                ));
            }
            let siblings_apply = self.dialect(&target).siblings_apply()
                && self.at(&target).members().is_some_and(|members| members.len() > 1);
            let next = self.references(&target).next().filter(|_| !siblings_apply);
            seen.push(target.clone());
            match next {
                Some(next) => keyword = next,
                None => return Ok(target),
            }
        }
    }

    /// Returns the place that a reference in the schema at `here` leads to.
    fn target(&self, here: &str, keyword: &str) -> Result<String, Problem> {
        let reference = self.at(here).get(keyword).unwrap_or(&Tree::Null);
        let problem = |message: String, help: String| {
            self.problem(format!("{here}/{keyword}"), message, help)
        };
        let Some(text) = reference.text() else {
            return Err(problem(
                format!("expected a reference, found {}", reference.describe()),
                "write a URI reference such as `#/definitions/…`".to_owned(),
            ));
        };
        let uri = uri::resolve(&self.base(here), text);
        let (resource, fragment) = uri.split_once('#').unwrap_or((&uri, ""));
        let Some(root) = self.place(resource) else {
            return Err(problem(
                format!("unknown document in the reference {}", reference.describe()),
                self.similar_documents(text, resource).unwrap_or_else(|| {
                    "refer to a place in the same file (`#/definitions/…`), or add the document to the \
                     generator's input under this name or with this `$id`"
                        .to_owned()
                }),
            ));
        };
        let fragment = percent_decoded(fragment);
        let is_anchor = !fragment.is_empty() && !fragment.starts_with('/');
        let target = if is_anchor {
            self.place(&format!("{resource}#{fragment}"))
        } else {
            Some(format!("{root}{fragment}"))
        };
        let Some(target) = target.filter(|target| self.find(target).is_some()) else {
            return Err(problem(
                format!("unresolved reference {}", reference.describe()),
                self.similar_places(text, &root, resource, &fragment).unwrap_or_else(|| {
                    "write the JSON pointer of a schema after `#`, or the anchor of a schema"
                        .to_owned()
                }),
            ));
        };
        let anchor = match keyword {
            "$dynamicRef" if is_anchor => Some(fragment.as_str()),
            "$recursiveRef" => Some(RECURSIVE),
            _ => None,
        };
        Ok(self.entered(here, &target, anchor))
    }

    /// Returns the place of the schema that a reference at `here` reaches, in its dynamic scope. A dynamic
    /// reference to an `anchor` leads to the outermost schema with it, if `target` has it too.
    fn entered(&self, here: &str, target: &str, anchor: Option<&str>) -> String {
        let ambiguous = self.others.ambiguous_anchors();
        if ambiguous.is_empty() {
            return target.to_owned();
        }
        let mut anchors = self.bound(here);
        let (file, pointer) = self.split(target);
        let (mut file, mut pointer) = (file.to_owned(), pointer.to_owned());
        let mut resource = self.resource(&file, &pointer);
        if let Some(anchor) = anchor {
            let is_dynamic = self.anchors(&file, &resource).any(|(name, at)| {
                name == anchor && (at == pointer || (name == RECURSIVE && resource == pointer))
            });
            if let Some((outer_file, outer)) = anchors.get(anchor).filter(|_| is_dynamic) {
                (file, pointer) = (outer_file.clone(), outer.clone());
                resource = self.resource(&file, &pointer);
            }
        }
        self.bind(&mut anchors, &file, &resource);
        let unscoped = |pointer: &str| {
            if file == self.file { pointer.to_owned() } else { format!("{file}#{pointer}") }
        };
        if anchors == self.bound(&unscoped(&resource)) {
            return unscoped(&pointer);
        }
        self.scopes.place(Scope { anchors, resource }, &file, &pointer)
    }

    /// Returns the outermost schemas with ambiguous dynamic anchors on the way to a place.
    fn bound(&self, place: &str) -> BTreeMap<String, (String, String)> {
        let (file, pointer) = self.split(place);
        let scope = Place::of(place).scope.map(|number| self.scopes.get(number));
        let (mut anchors, entered) = match scope {
            Some(Scope { anchors, resource }) => (anchors, Some(resource.len())),
            None => (BTreeMap::new(), None),
        };
        let mut last = None;
        for around in self.around(file, pointer) {
            if last.as_ref() != Some(&around.resource) {
                if entered.is_none_or(|entered| around.resource.len() > entered) {
                    self.bind(&mut anchors, file, &around.resource);
                }
                last = Some(around.resource);
            }
        }
        anchors
    }

    /// Binds the ambiguous dynamic anchors of a resource that are not bound further out.
    fn bind(&self, bound: &mut BTreeMap<String, (String, String)>, file: &str, resource: &str) {
        for (name, pointer) in self.anchors(file, resource) {
            if self.others.ambiguous_anchors().contains(name) {
                bound
                    .entry(name.to_owned())
                    .or_insert_with(|| (file.to_owned(), pointer.to_owned()));
            }
        }
    }

    /// Returns names and pointers of the dynamic anchors of a resource.
    fn anchors<'s>(
        &'s self,
        file: &str,
        resource: &str,
    ) -> impl Iterator<Item = (&'s str, &'s str)> + use<'s, 'd> {
        let anchors = self.index_of(file).and_then(|index| index.dynamic.get(resource));
        anchors.into_iter().flatten().map(|(name, pointer)| (name.as_str(), pointer.as_str()))
    }

    /// Returns the pointer of the schema resource around a schema.
    fn resource(&self, file: &str, pointer: &str) -> String {
        self.around(file, pointer).last().map(|around| around.resource).unwrap_or_default()
    }

    /// Returns the place of a URI that has no fragment or an anchor as its fragment.
    fn place(&self, uri: &str) -> Option<String> {
        if let Some(pointer) = self.index.places.get(uri) {
            return Some(pointer.clone());
        }
        let place = self.others.place(uri)?;
        // The registry contains this document too, perhaps with other deviations.
        Some(match Place::of(place) {
            Place { file: Some(name), pointer, .. } if name == self.file => pointer.to_owned(),
            _ => place.to_owned(),
        })
    }

    /// Returns the base URI of the schema at a place (draft-07, core 8.2).
    fn base(&self, place: &str) -> String {
        let (file, pointer) = self.split(place);
        let around = self.around(file, pointer).last();
        around.map_or_else(|| file.to_owned(), |around| around.base)
    }

    /// Returns a help with documents of similar names.
    fn similar_documents(&self, reference: &str, resource: &str) -> Option<String> {
        let known = self.others.uris().chain(self.index.places.keys().map(String::as_str));
        let known: Vec<&str> = known.filter(|uri| !uri.contains('#')).collect();
        let fragment = reference.split_once('#').map_or("", |(_, fragment)| fragment);
        let mark = if reference.contains('#') { "#" } else { "" };
        let near = near(resource, known.into_iter());
        suggestion(near.iter().map(|uri| format!("{uri}{mark}{fragment}")))
    }

    /// Returns a help with pointers and anchors of similar names.
    fn similar_places(
        &self,
        reference: &str,
        root: &str,
        resource: &str,
        fragment: &str,
    ) -> Option<String> {
        let document = reference.split('#').next().unwrap_or_default();
        if !fragment.starts_with('/') {
            let own = self.index.places.keys().map(String::as_str);
            let anchors = own.chain(self.others.uris()).filter_map(|uri| {
                uri.strip_prefix(resource)?.strip_prefix('#').filter(|name| !name.is_empty())
            });
            let near = near(fragment, anchors);
            return suggestion(near.iter().map(|name| format!("{document}#{name}")));
        }
        let mut found = String::new();
        for token in fragment.split('/').skip(1) {
            let outer = self.find(&format!("{root}{found}"))?;
            let inner = format!("{found}/{token}");
            if self.find(&format!("{root}{inner}")).is_some() {
                found = inner;
                continue;
            }
            let keys = outer.members()?.iter().map(|(key, _)| key.as_str());
            let keys: Vec<String> = near(&crate::tree::unescape(token), keys)
                .into_iter()
                .map(|key| format!("{found}/{}{}", escape(key), &fragment[inner.len()..]))
                .collect();
            let existing =
                keys.into_iter().filter(|key| self.find(&format!("{root}{key}")).is_some());
            return suggestion(existing.map(|pointer| format!("{document}#{pointer}")));
        }
        None
    }

    pub(crate) fn docs(&self, pointer: &str) -> Docs {
        let tree = self.at(pointer);
        let text = |key| tree.get(key).and_then(Tree::text).map(str::to_owned);
        let examples = tree.get("examples").and_then(Tree::items).unwrap_or_default();
        Docs {
            title: text("title"),
            description: text("description"),
            examples: examples.iter().map(Tree::to_string).collect(),
            notes: self.notes(pointer),
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
        if same || published.at(pointer).is_none() {
            return rule;
        }
        let published = Document {
            root: published,
            index: Index::of(self.file, published, &self.others.dialects),
            scopes: Scopes::default(),
            ..*self
        };
        let first = model.rules.len();
        let published_rule = Rules::with_representations(&published).rule(pointer, model);
        if cycles::check(model, self.file, first).is_err() {
            model.rules.truncate(first);
            return rule;
        }
        published_rule
    }
}

/// Returns whether anything below the root declares a dialect.
fn declares_inside(root: &Tree) -> bool {
    let declares = |inner: &Tree| inner.get("$schema").is_some() || declares_inside(inner);
    match root {
        Tree::Object(members) => members.iter().any(|(_, member)| declares(member)),
        Tree::Array(items) => items.iter().any(declares),
        _ => false,
    }
}

/// A value on the path to a schema.
struct Around {
    dialect: Dialect,
    /// The base URI of the value.
    base: String,
    /// The pointer of the schema resource around it.
    resource: String,
}

/// Returns a help that suggests references.
fn suggestion(references: impl Iterator<Item = String>) -> Option<String> {
    let references: Vec<String> = references.map(|reference| format!("`{reference}`")).collect();
    (!references.is_empty()).then(|| format!("did you mean {}?", references.join(" or ")))
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
