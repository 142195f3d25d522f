//! Doubtful parts of schemas: keywords of other drafts, misspelt keywords, unknown formats, contradictions.

use super::contradictions::contradiction;
use super::describing::DESCRIBING;
use super::dialect::Dialect;
use super::document::Document;
use super::keywords::{self, ASSERTING, OTHERS, Vocabulary};
use super::metaschemas;
use super::objects::OBJECT;
use super::opened::OPENED;
use super::uri;
use crate::error::Problem;
use crate::model::{Format, Model};
use crate::near::{distance, near};
use crate::options::{Lint, Severity};
use crate::tree::{Tree, escape};

/// Formats that OpenAPI defines, and AsyncAPI with it. They are annotations.
const OPENAPI_FORMATS: [&str; 7] =
    ["int32", "int64", "float", "double", "byte", "binary", "password"];

/// A doubtful part of a schema.
pub(super) struct Finding {
    lint: Lint,
    place: String,
    message: String,
    help: String,
    /// A sentence for the documentation of the type, if the finding is not an error.
    note: String,
}

impl Finding {
    /// Returns a finding whose help names the option that allows it.
    pub(super) fn of(lint: Lint, place: &str, message: String, help: &str, note: String) -> Self {
        let help = format!("{help}; or allow it with {}", lint.option());
        Self { lint, place: place.to_owned(), message, help, note }
    }

    /// Returns the sentence for the documentation of the type.
    pub(super) fn note(&self) -> &str {
        &self.note
    }
}

impl<'d> Document<'d> {
    /// Returns whether a keyword of the root is misspelt.
    pub(super) fn has_misspelt_keywords(&self) -> bool {
        self.findings("").iter().any(|finding| finding.lint == Lint::MisspeltKeyword)
    }

    /// Reports the doubtful parts of the schema at a place. Errors are returned, warnings are added to the
    /// model.
    pub(super) fn lint(&self, place: &str, model: &mut Model) -> Vec<Problem> {
        let findings = self.findings(place);
        findings.into_iter().filter_map(|finding| self.report(finding, model)).collect()
    }

    /// Returns the finding as an error, or adds it to the warnings.
    pub(super) fn report(&self, finding: Finding, model: &mut Model) -> Option<Problem> {
        let severity = self.others.lints.severity(finding.lint);
        let problem = self.problem(finding.place, finding.message, finding.help);
        match severity {
            Severity::Error => return Some(problem),
            Severity::Warning => model.warnings.push(problem.into_warning()),
            Severity::Ignore => {}
        }
        None
    }

    /// Reports schemas that allow no JSON type together.
    pub(super) fn lint_types(&self, home: &str, model: &mut Model) -> Option<Problem> {
        let reason = "the types that its parts allow contradict each other".to_owned();
        self.report(unsatisfiable(home, reason), model)
    }

    /// Returns a finding if the `$ref` of the schema at a place leads to a metaschema that is missing.
    fn missing_metaschema(&self, place: &str) -> Option<Finding> {
        let reference = self.at(place).get("$ref")?.text()?;
        let target = self.absolute_reference(place, reference);
        let target = uri::without_fragment(&target);
        self.others.document(target).filter(|root| metaschemas::is_missing(root))?;
        Some(Finding::of(
            Lint::MissingMetaschema,
            &format!("{place}/$ref"),
            format!("the metaschema {target:?} is not among the documents"),
            &format!("add its text with `reference({target:?}, …)`"),
            format!(
                "Any JSON value is accepted: it is not checked against the metaschema `{target}`."
            ),
        ))
    }

    /// Reports a reference to a metaschema that is missing.
    pub(super) fn lint_metaschema(&self, place: &str, model: &mut Model) -> Option<Problem> {
        self.report(self.missing_metaschema(place)?, model)
    }

    /// Reports a schema that describes objects without naming a `type`.
    pub(super) fn lint_untyped(&self, home: &str, model: &mut Model) -> Option<Problem> {
        let (file, pointer) = self.split(home);
        let keyword = DESCRIBING.iter().find(|keyword| self.at(home).get(keyword).is_some());
        let keyword = keyword.map_or("properties", |keyword| *keyword);
        let finding = Finding::of(
            Lint::MissingType,
            home,
            format!("`{keyword}` without `type`: values that are not objects are valid as well"),
            &format!(
                "write `\"type\": \"object\"`, or read the schema as one of objects with \
                 `objects(\"{file}#{pointer}\")` or `objects(\"*\")`"
            ),
            String::new(),
        );
        self.report(finding, model)
    }

    /// Returns sentences about the parts of a schema that are not checked, for the documentation of its
    /// type.
    pub(super) fn notes(&self, place: &str) -> Vec<String> {
        if let Some(known) = self.known_notes.borrow().get(place) {
            return known.clone();
        }
        let notes = self.new_notes(place);
        self.known_notes.borrow_mut().insert(place.to_owned(), notes.clone());
        notes
    }

    fn new_notes(&self, place: &str) -> Vec<String> {
        let lenient = |lint| self.others.lints.severity(lint) != Severity::Error;
        let findings = self.findings(place).into_iter();
        let mut notes: Vec<String> =
            findings.filter(|finding| lenient(finding.lint)).map(|finding| finding.note).collect();
        let members = self.at(place).members().unwrap_or_default();
        notes.extend(self.dialect_note(place));
        notes.extend(self.missing_metaschema(place).map(|finding| finding.note));
        let by_option = |annotation| self.at(place).get(annotation).is_some();
        if by_option(OPENED) {
            notes.push(
                "Values that its contract does not list are in `Other`, by the option `open`."
                    .into(),
            );
        }
        if by_option(OBJECT) {
            notes.push(
                "Values that are not objects are rejected, by the option `objects`; its schema \
                 names no `type`."
                    .into(),
            );
        }
        let format = self.at(place).get("format").and_then(Tree::text);
        let is_annotation = |format: &&str| {
            !self.dialect(place).has("format")
                || (Format::named(format).is_none() && is_of_numbers(format, members))
        };
        if let Some(format) = format.filter(is_annotation) {
            notes.push(format!("The format `{format}` is an annotation, which is not checked."));
        }
        notes
    }

    fn findings(&self, place: &str) -> Vec<Finding> {
        if self.is_impostor && self.is_root(place) {
            return Vec::new();
        }
        let members = self.at(place).members().unwrap_or_default();
        let dialect = self.dialect(place);
        let mut findings = Vec::new();
        if self.is_root(place) && *self.at(place) == Tree::Bool(false) {
            findings.push(unsatisfiable(place, "it is `false`".to_owned()));
        }
        if members.iter().any(|(keyword, _)| keyword == "$ref") && !dialect.siblings_apply() {
            return findings;
        }
        for (keyword, value) in members {
            let place = || format!("{place}/{}", escape(keyword));
            match keywords::known(keyword) {
                Some(known) if !known.drafts.contains(&dialect.draft) => {
                    findings.push(other_draft(keyword, place(), dialect, known.drafts));
                }
                Some(known) if matches!(known.vocabulary, Vocabulary::Format) => {
                    let name = value.text().filter(|_| dialect.has(keyword));
                    let is_unknown = |name: &&str| {
                        Format::named(name).is_none()
                            && !is_of_numbers(name, members)
                            && !(OPENAPI_FORMATS.contains(name) && self.is_catalogue(&place()))
                    };
                    if let Some(name) = name.filter(is_unknown) {
                        findings.push(unknown_format(name, place()));
                    }
                }
                Some(_) => {}
                None => findings.extend(misspelt(keyword, place(), dialect)),
            }
        }
        if let Some(message) = contradiction(members, dialect) {
            findings.push(unsatisfiable(place, message));
        }
        findings
    }
}

fn unsatisfiable(place: &str, reason: String) -> Finding {
    Finding::of(
        Lint::Unsatisfiable,
        place,
        format!("no value satisfies the schema: {reason}"),
        "correct the schema",
        format!("No value satisfies its schema: {reason}."),
    )
}

pub(super) fn invalid_default(place: &str, pointer: &str, keyword: &str) -> Finding {
    let part = match pointer {
        "" => String::new(),
        pointer => format!(" at `{pointer}`"),
    };
    Finding::of(
        Lint::Unsatisfiable,
        &format!("{place}/default"),
        format!("the default does not satisfy its own schema{part} ({keyword})"),
        "correct the default or the schema",
        "Its default does not satisfy its schema.".to_owned(),
    )
}

fn other_draft(
    keyword: &str,
    place: String,
    dialect: Dialect,
    drafts: &[crate::options::Draft],
) -> Finding {
    let draft = dialect.draft.name();
    let names: Vec<_> = drafts.iter().map(|draft| draft.name()).collect();
    Finding {
        lint: Lint::OtherDraft,
        place,
        message: format!("{draft} has no keyword `{keyword}`"),
        help: format!(
            "declare a dialect that has it ({}) by `$schema`, use other keywords, or ignore it with {}",
            names.join(", "),
            Lint::OtherDraft.option()
        ),
        note: format!("`{keyword}` is ignored: {draft} has no such keyword."),
    }
}

/// Formats of numbers in OpenAPI's registry.
const OF_NUMBERS: &[&str] = &[
    "int8",
    "int16",
    "int32",
    "int64",
    "uint8",
    "uint16",
    "uint32",
    "uint64",
    "int",
    "uint",
    "float",
    "double",
    "double-int",
    "decimal",
    "decimal128",
];

/// Returns whether a format describes numbers. The formats of JSON Schema all describe strings, so those of
/// other values are annotations for other tools.
fn is_of_numbers(format: &str, members: &[(String, Tree)]) -> bool {
    let ty = members.iter().find(|(keyword, _)| keyword == "type").map(|(_, value)| value);
    match ty {
        Some(Tree::String(name)) => name != "string",
        Some(Tree::Array(names)) => !names.iter().any(|name| name.text() == Some("string")),
        _ => OF_NUMBERS.contains(&format),
    }
}

fn unknown_format(name: &str, place: String) -> Finding {
    let similar = near(name, Format::names());
    let mean = match similar.as_slice() {
        [] => String::new(),
        names => format!("write `{}`, ", names.join("` or `")),
    };
    Finding {
        lint: Lint::UnknownFormat,
        place,
        message: format!("unknown format {name:?}"),
        help: format!(
            "{mean}remove it, or leave it unchecked with {}",
            Lint::UnknownFormat.option()
        ),
        note: format!("The format `{name}` is unknown and not checked."),
    }
}

/// Returns a finding for an unknown keyword that was probably meant to be a known one.
fn misspelt(keyword: &str, place: String, dialect: Dialect) -> Option<Finding> {
    if OTHERS.contains(&keyword) || keyword.starts_with("x-") {
        return None;
    }
    let length = keyword.chars().count();
    let letters = |text: &str| {
        let mut letters: Vec<char> = text.to_lowercase().chars().collect();
        letters.sort_unstable();
        letters
    };
    let plurals = [format!("{keyword}s"), keyword.trim_end_matches('y').to_owned() + "ies"];
    let wanted: Vec<char> = keyword.chars().collect();
    let known = ASSERTING.iter().chain(OTHERS).copied().filter(|known| dialect.has(known));
    // `schema` and `comment` are words of their own.
    let known = known.filter(|known| known.starts_with('$') == keyword.starts_with('$'));
    let near = known.filter_map(|known| {
        let distance = distance(&wanted, known);
        // Short words are often close to each other by chance.
        let is_near = match distance {
            0 => true,
            1 => length >= 5,
            2 => length >= 8 || (length >= 4 && letters(keyword) == letters(known)),
            _ => false,
        };
        // `tsAdditionalProperties` belongs to another tool.
        let is_prefixed =
            length > known.len() + 1 && keyword.to_lowercase().ends_with(&known.to_lowercase());
        let is_near = is_near && !is_prefixed;
        (is_near || plurals.iter().any(|plural| plural == known)).then_some((distance, known))
    });
    let (_, meant) = near.min()?;
    Some(Finding {
        lint: Lint::MisspeltKeyword,
        place,
        message: format!("unknown keyword `{keyword}`"),
        help: format!(
            "did you mean `{meant}`? Otherwise call it `x-{keyword}`, or allow it with {}",
            Lint::MisspeltKeyword.option()
        ),
        note: format!("`{keyword}` is ignored: JSON Schema has no such keyword."),
    })
}
