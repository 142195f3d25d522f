//! Types of other crates: `x-rust-type`, in the form that typify gave it.

use super::types::{Hint, Types};
use super::view::View;
use crate::error::Problem;
use crate::model::{External, JsonType, Model, Slot, Type};
use crate::options::{CrateVersion, UnknownCrates};
use crate::tree::Tree;
use semver::VersionReq;
use std::collections::BTreeSet;

/// The annotation: an object with `crate`, `version`, `path` and perhaps `parameters`.
const KEYWORD: &str = "x-rust-type";

impl<'d> Types<'d, '_> {
    /// The type that stands for a schema, if it names one that is there. The schema is checked as a
    /// whole before the type sees a value: what the type itself allows is its own matter.
    pub(super) fn external(
        &mut self,
        view: &View<'d>,
        hint: Hint<'_>,
        model: &mut Model,
    ) -> Option<Slot> {
        let (place, annotation) = view.keyword(KEYWORD).into_iter().next()?;
        let path = match self.named(&place, annotation, model) {
            Ok(path) => path?,
            Err(problem) => {
                self.problems.push(*problem);
                return None;
            }
        };
        let list = annotation.get("parameters").and_then(Tree::items).unwrap_or_default();
        let parameters: Option<Vec<Slot>> = (0..list.len())
            .map(|index| {
                let place = format!("{place}/parameters/{index}");
                let name = format!("{}_{}", hint.name, index + 1);
                self.slot(&[place], Hint { name: &name, ..hint }, model)
            })
            .collect();
        let types = view.types.clone().unwrap_or_else(|| BTreeSet::from(JsonType::ALL));
        let nullable = view.types.as_ref().is_some_and(|types| types.contains(&JsonType::Null));
        let types = types.into_iter().filter(|ty| !nullable || *ty != JsonType::Null).collect();
        let external = External { path, parameters: parameters?, types };
        let verify = Some(self.rule(view, model));
        Some(Slot { ty: Type::External(Box::new(external)), nullable, verify })
    }

    /// The path of the type, if its crate is there in a version that fits.
    fn named(
        &self,
        place: &str,
        annotation: &Tree,
        model: &Model,
    ) -> Result<Option<String>, Box<Problem>> {
        const FORM: &str =
            "write `{\"crate\": \"my-types\", \"version\": \"1.2\", \"path\": \"my_types::Type\"}`";
        let wrong = |at: &str, found: String| {
            Box::new(self.document.problem(format!("{place}{at}"), found, FORM))
        };
        if annotation.members().is_none() {
            return Err(wrong("", format!("{} instead of an object", annotation.describe())));
        }
        let text = |key: &str| match annotation.get(key) {
            Some(Tree::String(text)) => Ok(text.as_str()),
            Some(other) => {
                Err(wrong(&format!("/{key}"), format!("{} instead of a string", other.describe())))
            }
            None => Err(wrong("", format!("a type of another crate without `{key}`"))),
        };
        let (name, version, path) = (text("crate")?, text("version")?, text("path")?);
        let is_word = |text: &str, extra: &str| {
            !text.is_empty()
                && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || extra.contains(c))
        };
        if !is_word(name, "-") {
            return Err(wrong("/crate", format!("{name:?}, which is no name of a crate")));
        }
        let requirement: VersionReq = version.parse().map_err(|error| {
            wrong("/version", format!("{version:?}, which is no version requirement: {error}"))
        })?;
        let (first, rest) = path.split_once("::").unwrap_or((path, ""));
        let is_path = syn::parse_str::<syn::Path>(path).is_ok()
            && rest.split("::").all(|segment| is_word(segment, ""));
        if !is_path || first != name.replace('-', "_") {
            return Err(wrong(
                "/path",
                format!("{path:?}, which is no path of a type in `{name}`"),
            ));
        }
        if let Some(other) = annotation.get("parameters").filter(|list| list.items().is_none()) {
            let found = format!("{} instead of a list of schemas", other.describe());
            return Err(wrong("/parameters", found));
        }
        let is_there = match (model.crates.known.get(name), model.crates.unknown) {
            (Some(CrateVersion::Version(version)), _) => requirement.matches(version),
            (Some(CrateVersion::Any), _) | (None, UnknownCrates::Allow) => true,
            (Some(CrateVersion::Never), _) | (None, UnknownCrates::Generate) => false,
            (None, UnknownCrates::Deny) => {
                return Err(Box::new(self.document.problem(
                    format!("{place}/crate"),
                    format!(
                        "a type of the crate `{name}` ({requirement}), of which nothing is known"
                    ),
                    format!(
                        "say which version there is, `.with_crate({name:?}, …)`; with \
                         `CrateVersion::Never` the type is generated"
                    ),
                )));
            }
        };
        Ok(is_there.then(|| path.to_owned()))
    }
}
