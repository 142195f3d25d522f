//! A document of JSON schemas and the places in it.

use super::dialect::Dialect;
use super::rules::Rules;
use crate::cycles;
use crate::error::Problem;
use crate::model::{Docs, Model, RuleId};
use crate::tree::Tree;

/// A document that holds JSON schemas, as its root or somewhere inside.
pub(crate) struct Document<'d> {
    pub(crate) file: &'d str,
    pub(crate) root: &'d Tree,
    pub(crate) dialect: Dialect,
}

impl<'d> Document<'d> {
    /// A document that is a JSON schema as a whole.
    pub(crate) fn json_schema(file: &'d str, root: &'d Tree) -> Result<Self, Vec<Problem>> {
        let dialect = match root.get("$schema") {
            None => Some(Dialect::Draft07),
            Some(uri) => uri.text().and_then(Dialect::named),
        };
        let Some(dialect) = dialect else {
            let found = root.get("$schema").map(Tree::describe).unwrap_or_default();
            return Err(vec![Problem::new(
                file,
                "/$schema",
                format!("the dialect {found}, which is not supported"),
                "use draft-07 (http://json-schema.org/draft-07/schema#) or 2019-09",
            )]);
        };
        Ok(Self { file, root, dialect })
    }

    /// An AsyncAPI document: its schemas are draft-07 with annotations of its own.
    pub(crate) fn asyncapi(file: &'d str, root: &'d Tree) -> Self {
        Self { file, root, dialect: Dialect::Draft07 }
    }

    /// The value at a pointer that is known to exist.
    pub(super) fn at(&self, pointer: &str) -> &'d Tree {
        self.root.at(pointer).unwrap_or(&Tree::Null)
    }

    pub(crate) fn problem(
        &self,
        pointer: impl Into<String>,
        found: impl Into<String>,
        help: impl Into<String>,
    ) -> Problem {
        Problem::new(self.file, pointer, found, help)
    }

    /// The pointer that the `$ref` of the object at `pointer` refers to, itself not a mere
    /// reference any more.
    pub(crate) fn resolve(&self, pointer: &str) -> Result<String, Problem> {
        let mut seen = vec![pointer.to_owned()];
        loop {
            let here = seen.last().map_or("", String::as_str);
            let Some(reference) = self.at(here).get("$ref") else { return Ok(here.to_owned()) };
            let place = format!("{here}/$ref");
            if let Some(id) = self.resource(here) {
                return Err(self.problem(
                    place,
                    format!("a reference inside a schema that has its own identity, {id:?}"),
                    "remove that `$id` in a patch file beside the contract, and refer from the root",
                ));
            }
            let Some(target) = reference.text().and_then(|text| text.strip_prefix('#')) else {
                return Err(self.problem(
                    place,
                    format!("a reference to {}", reference.describe()),
                    "refer to a place in the same file (`#/definitions/…`)",
                ));
            };
            let target = percent_decoded(target);
            if self.root.at(&target).is_none() || !(target.is_empty() || target.starts_with('/')) {
                return Err(self.problem(
                    place,
                    format!("a reference to nowhere, {}", reference.describe()),
                    "write the JSON pointer of a schema after `#`; names of schemas are not followed",
                ));
            }
            if seen.contains(&target) {
                return Err(self.problem(
                    place,
                    "a reference that only leads back to itself",
                    "let the chain of references end in a schema",
                ));
            }
            let siblings_apply = self.dialect == Dialect::Draft201909
                && self.at(&target).members().is_some_and(|members| members.len() > 1);
            seen.push(target.clone());
            if siblings_apply {
                return Ok(target);
            }
        }
    }

    /// The `$id` of the schema around a place that makes references relative to itself (draft-07,
    /// core 8.2.1); a fragment is a name only.
    fn resource(&self, pointer: &str) -> Option<&'d str> {
        let ends = pointer.match_indices('/').map(|(index, _)| index).skip(1);
        ends.chain([pointer.len()]).filter(|end| *end > 0).find_map(|end| {
            let schema = self.root.at(&pointer[..end])?;
            let id = schema.get("$id")?.text()?;
            // Siblings of a reference mean nothing in draft-07.
            let ignored = self.dialect == Dialect::Draft07 && schema.get("$ref").is_some();
            (!id.starts_with('#') && !ignored).then_some(id)
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

    /// The rule of the same place in the document as published; `rule` itself where the deviations
    /// change names only.
    ///
    /// What cannot be translated there is what the deviations are for: the document itself has no
    /// problems. Such a keyword is left out, as decoding checks the document in any case.
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
        let published = Document { root: published, ..*self };
        let first = model.rules.len();
        let published_rule = Rules::new(&published).rule(pointer, model);
        if cycles::check(model, self.file, first).is_err() {
            model.rules.truncate(first);
            return rule;
        }
        published_rule
    }
}

/// The tree without members that name things but assert nothing.
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

/// A URI fragment with its `%XX` decoded; what is no such escape stands for itself.
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
