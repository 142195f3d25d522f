//! The resolution of references, and suggestions for wrong ones.

use super::document::Document;
use super::index::RECURSIVE;
use super::metaschemas;
use super::uri;
use crate::error::Problem;
use crate::near::near;
use crate::tree::{Tree, escape, unescape};

/// The keywords that refer to a schema.
pub(super) const REFERENCES: [&str; 3] = ["$ref", "$dynamicRef", "$recursiveRef"];

impl Document<'_> {
    /// Returns the keywords of the schema at a place that refer to other schemas.
    pub(super) fn references(&self, place: &str) -> impl Iterator<Item = &'static str> {
        let members = self.at(place).members().unwrap_or_default();
        let is_present = |keyword: &&str| members.iter().any(|(key, _)| key == keyword);
        let present: Vec<_> = REFERENCES.into_iter().filter(is_present).collect();
        let dialect = (!present.is_empty()).then(|| self.dialect(place));
        present.into_iter().filter(move |keyword| dialect.is_some_and(|it| it.has(keyword)))
    }

    /// Follows the reference of the schema at `place` until it leads to more than a reference. A reference to
    /// a Multi Format Schema Object leads to the schema inside it.
    pub(crate) fn resolve(&self, place: &str) -> Result<String, Problem> {
        match self.references(place).next() {
            Some(keyword) => self.follow(place, keyword),
            None => self.enter(self.absolute(place)),
        }
    }

    /// Follows a keyword of the schema at `place`, as [`Self::resolve`] does.
    pub(super) fn follow(&self, place: &str, keyword: &str) -> Result<String, Problem> {
        self.enter(self.chain(place, keyword)?)
    }

    /// Returns the place of the JSON schema inside a Multi Format Schema Object, or the place itself if the
    /// object there is not one.
    fn enter(&self, place: String) -> Result<String, Problem> {
        let (mut seen, mut target) = (Vec::new(), place);
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
        match self.at(place).get("$ref") {
            Some(_) => self.chain(place, "$ref"),
            None => Ok(self.absolute(place)),
        }
    }

    /// Returns a reference of the schema at `here` as a URI that any document can use.
    pub(crate) fn absolute_reference(&self, here: &str, reference: &str) -> String {
        uri::resolve(&self.base(here), reference)
    }

    /// Follows a keyword of the object at `place` until it leads to more than a reference.
    fn chain(&self, place: &str, keyword: &str) -> Result<String, Problem> {
        let mut keyword = keyword;
        let mut seen = vec![self.absolute(place)];
        loop {
            let here = seen.last().map_or("", String::as_str);
            let target = self.target(here, keyword)?;
            if let Some(start) = seen.iter().position(|known| *known == target) {
                // One place of the circle stands for all.
                let first = seen[start..].iter().min().map_or(here, String::as_str);
                let keyword = self.references(first).next().unwrap_or(keyword);
                return Err(self.problem(
                    format!("{first}/{keyword}"),
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
                    format!(
                        "refer to a place in the same file (`#/definitions/…`), or add the document to \
                         the generator's input under the name `{resource}` or with this `$id`"
                    )
                }),
            ));
        };
        let is_missing = |root: &Tree| metaschemas::is_missing(root);
        if self.others.document(resource).is_some_and(is_missing) {
            return Ok(root);
        }
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
        let entered = self.entered(here, &target, anchor);
        if self.scopes.are_too_many() {
            return Err(problem(
                "the dynamic references have too many meanings".to_owned(),
                "write `$ref` where the schema does not depend on the way to it".to_owned(),
            ));
        }
        Ok(entered)
    }

    /// Returns the place of a URI that has no fragment or an anchor as its fragment.
    fn place(&self, uri: &str) -> Option<String> {
        if let Some(pointer) = self.index.places.get(uri) {
            return Some(self.absolute(pointer));
        }
        self.others.place(uri).map(str::to_owned)
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
            let keys: Vec<String> = near(&unescape(token), keys)
                .into_iter()
                .map(|key| format!("{found}/{}{}", escape(key), &fragment[inner.len()..]))
                .collect();
            let existing =
                keys.into_iter().filter(|key| self.find(&format!("{root}{key}")).is_some());
            return suggestion(existing.map(|pointer| format!("{document}#{pointer}")));
        }
        None
    }
}

/// Returns a help that suggests references.
fn suggestion(references: impl Iterator<Item = String>) -> Option<String> {
    let references: Vec<String> = references.map(|reference| format!("`{reference}`")).collect();
    (!references.is_empty()).then(|| format!("did you mean {}?", references.join(" or ")))
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
