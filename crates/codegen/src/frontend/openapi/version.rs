//! Versions of OpenAPI, and the dialects of their schemas.

use crate::error::Problem;
use crate::tree::Tree;

/// A version whose schemas can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Version {
    /// 3.0, with a dialect of its own.
    V30 {
        /// True from 3.0.3, in which `nullable` has no effect without `type` beside it.
        nullable_needs_type: bool,
    },
    /// 3.1, whose schemas are JSON Schema.
    V31,
}

/// Returns the version of a document.
pub(super) fn of(file: &str, document: &Tree) -> Result<Version, Problem> {
    const HELP: &str = "write the document in OpenAPI 3.0 or 3.1; \
                        a converter such as `swagger2openapi` translates version 2";
    let unsupported = |key: &str, name: &str, version: &Tree| {
        let found = format!("unsupported {name} version {}", version.describe());
        Problem::new(file, format!("/{key}"), found, HELP)
    };
    if let Some(version) = document.get("swagger") {
        return Err(unsupported("swagger", "Swagger", version));
    }
    let version = document.get("openapi").unwrap_or(&Tree::Null);
    supported(version).ok_or_else(|| unsupported("openapi", "OpenAPI", version))
}

/// Returns the version that a document declares, if it can be read.
pub(super) fn supported(version: &Tree) -> Option<Version> {
    let parts: Vec<&str> = version.text()?.splitn(3, '.').collect();
    match parts.as_slice() {
        ["3", "0", patch] if is_patch(patch) => {
            Some(Version::V30 { nullable_needs_type: !matches!(*patch, "0" | "1" | "2") })
        }
        ["3", "1", patch] if is_patch(patch) => Some(Version::V31),
        _ => None,
    }
}

fn is_patch(patch: &str) -> bool {
    patch.starts_with(|first: char| first.is_ascii_digit())
}

impl Version {
    /// Returns the URI of the dialect of a document's schemas.
    pub(super) fn dialect(self, document: &Tree) -> Tree {
        const DRAFT_07: &str = "http://json-schema.org/draft-07/schema#";
        const DRAFT_2020_12: &str = "https://json-schema.org/draft/2020-12/schema";
        /// 2020-12 with the annotations of OpenAPI.
        const BASE: &str = "https://spec.openapis.org/oas/3.1/dialect/";
        match (self, document.get("jsonSchemaDialect")) {
            (Version::V30 { .. }, _) => Tree::String(DRAFT_07.to_owned()),
            (Version::V31, Some(dialect))
                if !dialect.text().is_some_and(|uri| uri.starts_with(BASE)) =>
            {
                dialect.clone()
            }
            (Version::V31, _) => Tree::String(DRAFT_2020_12.to_owned()),
        }
    }
}
