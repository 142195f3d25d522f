//! Names and versions of contracts.

use super::document::Document;
use crate::tree::Tree;
use crate::version::{document_name, split_version};

/// Name and version of a contract, and the name of its type.
///
/// `https://pismo.io/events/migration/accrual_incoming-1.json` is version 1 of
/// `migration/accrual_incoming`.
#[derive(Debug, PartialEq)]
pub(super) struct Identity {
    pub(super) name: String,
    pub(super) version: Option<String>,
    pub(super) hint: String,
}

impl Identity {
    /// Returns the identity by the end of `$id` if that is a name, otherwise by the file, or by the title if
    /// the file has no name either.
    pub(super) fn of(document: &Document<'_>) -> Self {
        let title = document.root.get("title").and_then(Tree::text).unwrap_or_default();
        Self::from_parts(document.id().unwrap_or_default(), document.file, title)
    }

    fn from_parts(id: &str, file: &str, title: &str) -> Self {
        let path: Vec<_> = id
            .split_once("://")
            .and_then(|(_, rest)| rest.split_once('/'))
            .map(|(_, path)| path.split('/').filter(|part| !part.is_empty()).collect())
            .unwrap_or_default();
        let name = match path.as_slice() {
            [only] if is_name(only) => (*only).to_owned(),
            [.., domain, last] if is_name(last) => format!("{domain}/{last}"),
            _ => file.to_owned(),
        };
        let ends = [".json", ".yaml", ".yml"];
        let stem = ends.iter().find_map(|end| name.strip_suffix(end)).unwrap_or(&name);
        let (name, version) = split_version(stem);
        let last = name.rsplit('/').next().unwrap_or(&name);
        // A longer title is a sentence.
        let is_short = (1..=4).contains(&title.split_whitespace().count());
        let hint = if !is_name(last) && is_short { title } else { last };
        Self { hint: hint.to_owned(), name, version }
    }
}

/// Returns whether the end of a URI or the name of a file says more than that it is a schema.
fn is_name(end: &str) -> bool {
    let name = document_name(end.trim_end_matches('#')).to_lowercase();
    let is_version = name.trim_start_matches('v').chars().all(|c| !c.is_alphabetic());
    let says_nothing = ["schema", "schemas", "json-schema", "index", "latest", "root", "draft"];
    !is_version && !says_nothing.contains(&name.as_str())
}

#[cfg(test)]
mod tests {
    use super::Identity;

    #[test]
    fn names_come_from_id_then_file_then_title() {
        for (id, file, title, name, version, hint) in [
            ("https://a.io/m/moved-1.json", "x.json", "T", "m/moved", Some("1"), "moved"),
            ("https://a.io/moved.json", "x.json", "T", "moved", None, "moved"),
            ("https://a.io/moved/schema.json", "x-2.json", "T", "x", Some("2"), "x"),
            ("https://a.io/moved/1.0.0", "x.json", "T", "x", None, "x"),
            ("https://a.io/schema#", "schema.json", "Meter moved", "schema", None, "Meter moved"),
            (
                "https://a.io/schema",
                "schema.json",
                "A title that is a sentence",
                "schema",
                None,
                "schema",
            ),
            ("", "moved-2024-01-31.json", "", "moved-2024-01-31", None, "moved-2024-01-31"),
            ("moved.json", "x.json", "", "x", None, "x"),
        ] {
            let version = version.map(str::to_owned);
            let expected = Identity { name: name.into(), version, hint: hint.into() };
            assert_eq!(Identity::from_parts(id, file, title), expected, "{id} {file}");
        }
    }
}
