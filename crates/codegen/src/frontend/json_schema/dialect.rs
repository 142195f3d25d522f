//! Dialects of JSON Schema: a draft, and the vocabularies that a metaschema leaves of it.

use super::keywords::{self, Vocabulary};
use crate::options::{DialectChoices, Draft, Formats, without_empty_fragment};
use crate::tree::Tree;
use std::collections::BTreeMap;

/// A dialect of JSON Schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Dialect {
    pub(crate) draft: Draft,
    has_applicators: bool,
    has_unevaluated: bool,
    has_validation: bool,
    asserts_formats: bool,
}

impl Dialect {
    fn of_draft(draft: Draft, formats: Formats) -> Self {
        Self {
            draft,
            has_applicators: true,
            has_unevaluated: true,
            has_validation: true,
            asserts_formats: match formats {
                Formats::AsDeclared => draft < Draft::Draft201909,
                Formats::Asserted => true,
                Formats::Annotated => false,
            },
        }
    }

    /// Returns the same dialect of another draft.
    pub(super) fn with_draft(self, draft: Draft) -> Self {
        Self { draft, ..self }
    }

    /// Returns whether keywords beside `$ref` apply. Up to draft-07 they are ignored (core 8.3).
    pub(crate) fn siblings_apply(self) -> bool {
        self.draft >= Draft::Draft201909
    }

    /// Returns whether the dialect gives a meaning to a keyword. `format` has one if it is asserted.
    pub(super) fn has(self, keyword: &str) -> bool {
        let Some(known) = keywords::known(keyword) else { return true };
        known.drafts.contains(&self.draft)
            && match known.vocabulary {
                Vocabulary::Core => true,
                Vocabulary::Applicator => self.has_applicators,
                Vocabulary::Unevaluated => self.has_unevaluated,
                Vocabulary::Validation => self.has_validation,
                Vocabulary::Format => self.asserts_formats,
            }
    }
}

/// The dialects of a run.
#[derive(Debug, Clone, Default)]
pub(crate) struct Dialects {
    choices: DialectChoices,
    /// The dialects that metaschemas among the documents define, by URI.
    metaschemas: BTreeMap<String, Result<Dialect, String>>,
}

/// A `$schema` that names no known dialect.
pub(super) enum Undeclared<'t> {
    /// The URI is unknown, or the value is not a URI.
    Unknown(&'t Tree),
    /// The metaschema requires a vocabulary that is unknown.
    Vocabulary(String),
}

impl Dialects {
    /// Returns the dialects of a run with these documents.
    pub(super) fn of_run<'d>(
        choices: DialectChoices,
        documents: impl Iterator<Item = (&'d str, &'d Tree)> + Clone,
    ) -> Self {
        let mut dialects = Self { choices, metaschemas: BTreeMap::new() };
        let metaschemas = documents.filter(|(_, root)| root.get("$schema").is_some());
        // A metaschema may be declared by another one, so each round may define more of them.
        loop {
            let before = dialects.metaschemas.len();
            for (name, root) in metaschemas.clone() {
                let Ok(Some(outer)) = dialects.declared(root) else { continue };
                let dialect = dialects.with_vocabularies(outer, root);
                let ids = ["$id", "id"].map(|id| root.get(id).and_then(Tree::text));
                for uri in ids.into_iter().flatten().chain([name]) {
                    let uri = without_empty_fragment(uri).to_owned();
                    dialects.metaschemas.entry(uri).or_insert_with(|| dialect.clone());
                }
            }
            if dialects.metaschemas.len() == before {
                return dialects;
            }
        }
    }

    /// Returns the dialect of documents that declare none.
    pub(super) fn default(&self) -> Dialect {
        self.of_draft(self.choices.default)
    }

    /// Returns the dialect of AsyncAPI documents, whose schemas are a superset of draft-07.
    pub(super) fn of_asyncapi(&self) -> Dialect {
        self.of_draft(Draft::Draft07)
    }

    /// Returns the dialect that a draft defines.
    pub(super) fn of_draft(&self, draft: Draft) -> Dialect {
        Dialect::of_draft(draft, self.choices.formats)
    }

    /// Returns the dialect that a schema declares, if any.
    pub(super) fn declared<'t>(&self, schema: &'t Tree) -> Result<Option<Dialect>, Undeclared<'t>> {
        let Some(declared) = schema.get("$schema") else { return Ok(None) };
        let unknown = || Undeclared::Unknown(declared);
        let uri = declared.text().ok_or_else(unknown)?;
        let own = self.choices.named.get(without_empty_fragment(uri)).copied();
        if let Some(draft) = own.or_else(|| Draft::named(uri)) {
            return Ok(Some(self.of_draft(draft)));
        }
        match self.metaschemas.get(without_empty_fragment(uri)) {
            Some(Ok(dialect)) => Ok(Some(*dialect)),
            Some(Err(vocabulary)) => Err(Undeclared::Vocabulary(vocabulary.clone())),
            None => Err(unknown()),
        }
    }

    /// Returns the dialect of a schema that declares one which is known, and `outer` otherwise.
    pub(super) fn of(&self, schema: &Tree, outer: Dialect) -> Dialect {
        self.declared(schema).ok().flatten().unwrap_or(outer)
    }

    /// Returns the dialect that a metaschema defines, or a required vocabulary that is unknown (2020-12,
    /// core 8.1.2).
    fn with_vocabularies(&self, outer: Dialect, metaschema: &Tree) -> Result<Dialect, String> {
        let listed = metaschema.get("$vocabulary").and_then(Tree::members);
        let (true, Some(listed)) = (outer.siblings_apply(), listed) else { return Ok(outer) };
        let mut dialect = Dialect {
            has_applicators: false,
            has_unevaluated: false,
            has_validation: false,
            ..outer
        };
        for (uri, required) in listed {
            let name = [Draft::Draft201909, Draft::Draft202012].into_iter().find_map(|draft| {
                let uri = uri.strip_prefix("https://json-schema.org/draft/")?;
                uri.strip_prefix(draft.name())?.strip_prefix("/vocab/")
            });
            let asserts = match name {
                Some("applicator") => {
                    dialect.has_applicators = true;
                    // In 2019-09 they are part of this vocabulary.
                    dialect.has_unevaluated |= dialect.draft == Draft::Draft201909;
                    false
                }
                Some("unevaluated") => {
                    dialect.has_unevaluated = true;
                    false
                }
                Some("validation") => {
                    dialect.has_validation = true;
                    false
                }
                Some("format-assertion") => true,
                Some("format") => *required == Tree::Bool(true),
                Some("core" | "meta-data" | "content" | "format-annotation") => false,
                _ if *required == Tree::Bool(true) => return Err(uri.clone()),
                _ => false,
            };
            dialect.asserts_formats |= asserts && self.choices.formats == Formats::AsDeclared;
        }
        Ok(dialect)
    }
}

impl Undeclared<'_> {
    /// Returns message and help.
    pub(super) fn problem(&self) -> (String, String) {
        match self {
            Undeclared::Unknown(Tree::String(uri)) => (
                format!("unknown dialect {uri:?}"),
                format!(
                    "declare draft-04, draft-06, draft-07, 2019-09 or 2020-12 \
                     (http://json-schema.org/draft-07/schema#), set the draft of this one with \
                     `dialect({uri:?}, Draft::…)`, or add its metaschema to the documents that contracts \
                     may refer to"
                ),
            ),
            Undeclared::Unknown(other) => (
                format!("expected the URI of a dialect, found {}", other.describe()),
                "write a URI such as \"http://json-schema.org/draft-07/schema#\"".to_owned(),
            ),
            Undeclared::Vocabulary(uri) => (
                format!("the metaschema requires the unknown vocabulary {uri:?}"),
                "set the draft of this dialect with `dialect(…, Draft::…)` to read its schemas without \
                 the vocabulary"
                    .to_owned(),
            ),
        }
    }
}
