//! Multi Format Schema Objects of AsyncAPI 3: a schema beside the name of its language.

use super::document::Document;
use super::language::{KEYWORD, Language};
use crate::error::Problem;

impl Document<'_> {
    /// Returns the language that the object at `place` declares by `schemaFormat`, if it declares one.
    pub(crate) fn language(&self, place: &str) -> Result<Option<Language>, Problem> {
        let Some(format) = self.at(place).get(KEYWORD) else { return Ok(None) };
        match format.text().and_then(Language::named) {
            Some(language) => Ok(Some(language)),
            None => Err(self.problem(
                format!("{place}/{KEYWORD}"),
                format!("unsupported payload format {}", format.describe()),
                "describe the payload as JSON Schema (`application/schema+json;version=draft-07`) or \
                 Avro (`application/vnd.apache.avro;version=1.9.0`)",
            )),
        }
    }

    /// Returns the language and the place of the schema in the Multi Format Schema Object at `place`, or
    /// `None` if the object there is not one.
    pub(crate) fn multi_format(&self, place: &str) -> Result<Option<(Language, String)>, Problem> {
        let Some(language) = self.language(place)? else { return Ok(None) };
        if self.at(place).get("schema").is_none() {
            let message = "the payload has a `schemaFormat` but no `schema`";
            return Err(self.problem(place, message, "add `schema`"));
        }
        Ok(Some((language, format!("{place}/schema"))))
    }

    /// Returns the place that names the schema at `place`: that of the Multi Format Schema Object around it, if
    /// there is one.
    pub(super) fn named_place<'p>(&self, place: &'p str) -> &'p str {
        let outer = place.strip_suffix("/schema");
        outer.filter(|outer| self.at(outer).get(KEYWORD).is_some()).unwrap_or(place)
    }

    /// Returns the place of the JSON schema in a Multi Format Schema Object that a JSON schema refers to.
    pub(super) fn json_schema_inside(&self, place: &str) -> Result<Option<String>, Problem> {
        match self.multi_format(place)? {
            None => Ok(None),
            Some((Language::JsonSchema(_), schema)) => Ok(Some(schema)),
            Some((Language::Avro, _)) => Err(self.problem(
                format!("{place}/{KEYWORD}"),
                "a JSON schema cannot refer to an Avro schema",
                "describe the same values as JSON Schema, and refer to that schema",
            )),
        }
    }
}
