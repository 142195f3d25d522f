//! Types of other crates: the annotation `x-rust-type`, in the form that typify introduced.

use super::types::{Hint, Types};
use super::view::View;
use crate::error::Problem;
use crate::model::{Assertion, External, JsonType, Model, Slot, Type};
use crate::options::{CrateVersion, UnknownCrates};
use crate::tree::Tree;
use semver::VersionReq;
use std::collections::BTreeSet;

/// The annotation, an object with `crate`, `version`, `path` and optionally `parameters`.
const KEYWORD: &str = "x-rust-type";

impl<'d> Types<'d, '_> {
    /// Returns the type of another crate that replaces a schema, if the schema names one and its crate
    /// is available. Values are checked against the whole schema before they reach the type.
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
        let rule = self.rule(view, model);
        // The parameters of a type are named once all types have their names.
        let assertion = Assertion::External(external.path.clone());
        let assertions = &mut model.rules[rule.0].assertions;
        if external.parameters.is_empty() && !assertions.contains(&assertion) {
            assertions.push(assertion);
        }
        let verify = Some(rule);
        Some(Slot { ty: Type::External(Box::new(external)), nullable, verify })
    }

    /// Returns the path of the type if its crate is available in a matching version.
    fn named(
        &self,
        place: &str,
        annotation: &Tree,
        model: &Model,
    ) -> Result<Option<String>, Box<Problem>> {
        const FORM: &str =
            "write `{\"crate\": \"my-types\", \"version\": \"1.2\", \"path\": \"my_types::Type\"}`";
        let wrong = |at: &str, message: String| {
            Box::new(self.document.problem(format!("{place}{at}"), message, FORM))
        };
        if annotation.members().is_none() {
            let message = format!("expected an object, found {}", annotation.describe());
            return Err(wrong("", message));
        }
        let text = |key: &str| match annotation.get(key) {
            Some(Tree::String(text)) => Ok(text.as_str()),
            Some(other) => {
                let message = format!("expected a string, found {}", other.describe());
                Err(wrong(&format!("/{key}"), message))
            }
            None => Err(wrong("", format!("`{KEYWORD}` has no `{key}`"))),
        };
        let (name, version, path) = (text("crate")?, text("version")?, text("path")?);
        let is_word = |text: &str, extra: &str| {
            !text.is_empty()
                && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || extra.contains(c))
        };
        if !is_word(name, "-") {
            return Err(wrong("/crate", format!("invalid crate name {name:?}")));
        }
        let requirement: VersionReq = version.parse().map_err(|error| {
            wrong("/version", format!("invalid version requirement {version:?}: {error}"))
        })?;
        let (first, rest) = path.split_once("::").unwrap_or((path, ""));
        let is_path = syn::parse_str::<syn::Path>(path).is_ok()
            && rest.split("::").all(|segment| is_word(segment, ""));
        if !is_path || first != name.replace('-', "_") {
            return Err(wrong("/path", format!("{path:?} is not the path of a type in `{name}`")));
        }
        if let Some(other) = annotation.get("parameters").filter(|list| list.items().is_none()) {
            let message = format!("expected a list of schemas, found {}", other.describe());
            return Err(wrong("/parameters", message));
        }
        let is_available = match (model.crates.known.get(name), model.crates.unknown) {
            (Some(CrateVersion::Version(version)), _) => requirement.matches(version),
            (Some(CrateVersion::Any), _) | (None, UnknownCrates::Allow) => true,
            (Some(CrateVersion::Never), _) | (None, UnknownCrates::Generate) => false,
            (None, UnknownCrates::Deny) => {
                return Err(Box::new(self.document.problem(
                    format!("{place}/crate"),
                    format!("unknown crate `{name}` ({requirement})"),
                    format!(
                        "declare its version with `.with_crate({name:?}, …)`, or generate the type \
                         with `CrateVersion::Never`"
                    ),
                )));
            }
        };
        Ok(is_available.then(|| path.to_owned()))
    }
}
