//! Languages of schemas, by the media types of `schemaFormat` in AsyncAPI documents.

use crate::options::Draft;
use crate::tree::Tree;

/// The keyword that names the language of a schema.
pub(crate) const KEYWORD: &str = "schemaFormat";

/// The language of a schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Language {
    /// JSON Schema, including AsyncAPI schema objects.
    JsonSchema(Draft),
    Avro,
}

impl Language {
    /// Returns the language of a media type such as `application/schema+json;version=draft-07`, or `None`
    /// if it is not supported.
    pub(crate) fn named(media_type: &str) -> Option<Self> {
        let mut parts = media_type.split(';').map(str::trim);
        let name = parts.next()?.strip_prefix("application/")?;
        let version = parts.find_map(|part| part.strip_prefix("version="));
        let version = version.map(|version| version.trim_matches('"'));
        match name.split('+').next()? {
            "schema" if name != "schema" => Self::version(version),
            "vnd.aai.asyncapi" => Some(Self::JsonSchema(Draft::Draft07)),
            "vnd.apache.avro" => Some(Self::Avro),
            _ => None,
        }
    }

    /// Returns the draft of a version such as `draft-07` or `2020-12`; draft-07 is the default of AsyncAPI.
    fn version(version: Option<&str>) -> Option<Self> {
        let Some(version) = version else { return Some(Self::JsonSchema(Draft::Draft07)) };
        let date = version.trim_start_matches("draft").trim_start_matches(['-', '/']);
        let uris = [
            format!("http://json-schema.org/{version}/schema"),
            format!("https://json-schema.org/draft/{date}/schema"),
        ];
        uris.iter().find_map(|uri| Draft::named(uri)).map(Self::JsonSchema)
    }
}

/// Returns the draft of the schemas inside an object that declares its language.
pub(super) fn draft(object: &Tree) -> Option<Draft> {
    match Language::named(object.get(KEYWORD)?.text()?)? {
        Language::JsonSchema(draft) => Some(draft),
        Language::Avro => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{Draft, Language};

    #[test]
    fn media_types_name_languages() {
        let json = |draft| Some(Language::JsonSchema(draft));
        for (media_type, language) in [
            ("application/schema+json;version=draft-07", json(Draft::Draft07)),
            ("application/schema+yaml; version=draft-07", json(Draft::Draft07)),
            ("application/schema+json", json(Draft::Draft07)),
            ("application/schema+json;version=2019-09", json(Draft::Draft201909)),
            ("application/schema+json;version=\"draft-2020-12\"", json(Draft::Draft202012)),
            ("application/schema+json;version=draft-99", None),
            ("application/vnd.aai.asyncapi;version=3.0.0", json(Draft::Draft07)),
            ("application/vnd.aai.asyncapi+yaml;version=2.6.0", json(Draft::Draft07)),
            ("application/vnd.apache.avro+json;version=1.9.0", Some(Language::Avro)),
            ("application/vnd.oai.openapi;version=3.0.0", None),
            ("application/schema", None),
            ("text/plain", None),
        ] {
            assert_eq!(Language::named(media_type), language, "{media_type}");
        }
    }
}
