//! Discriminators: each branch of a union gets the value of the property that selects it.
//!
//! The rules of `oneOf` and `anyOf` alone may accept a value by several branches, while the discriminator
//! names one. So a branch becomes `{"allOf": [branch], "required": …, "properties": …}`, in which the
//! property has the value of the branch, and is annotated for the derivation of types.

use super::super::json_schema::{Document, SELECTED_BY};
use super::super::moved::Moved;
use super::components::SCHEMAS;
use crate::error::Problem;
use crate::near::near;
use crate::tree::{Tree, escape, unescape};

const KEYWORD: &str = "discriminator";

/// Returns the members of the schema at `place` with the values of its discriminator in the branches of
/// `oneOf` or `anyOf`. A discriminator without either is an annotation.
pub(super) fn explicit(
    document: &Document<'_>,
    place: &str,
    mut members: Vec<(String, Tree)>,
    moved: &mut Moved,
    problems: &mut Vec<Problem>,
) -> Vec<(String, Tree)> {
    let schema = document.at(place);
    let Some(discriminator) = schema.get(KEYWORD) else { return members };
    let Some(union) = ["oneOf", "anyOf"].into_iter().find(|key| schema.get(key).is_some()) else {
        return members;
    };
    let reader = Reader { document, place, union, discriminator };
    match reader.values() {
        Ok((property, values)) => {
            let branches = members.iter_mut().find(|(key, _)| key == union);
            if let Some((_, Tree::Array(branches))) = branches {
                *branches = reader.branches(branches, property, &values, moved);
            }
        }
        Err(problem) => problems.push(problem),
    }
    members
}

struct Reader<'r, 'd> {
    document: &'r Document<'d>,
    place: &'r str,
    union: &'static str,
    discriminator: &'d Tree,
}

impl<'d> Reader<'_, 'd> {
    fn problem(&self, at: &str, message: String, help: &str) -> Problem {
        self.document.problem(format!("{}/{at}", self.place), message, help)
    }

    /// Returns the property and the values of each branch, none for one of null.
    fn values(&self) -> Result<(&'d str, Vec<Vec<String>>), Problem> {
        let Some(property) = self.discriminator.get("propertyName").and_then(Tree::text) else {
            let message = "a discriminator has no `propertyName`".to_owned();
            let help = "name the property whose value selects the branch";
            return Err(self.problem(KEYWORD, message, help));
        };
        let list = self.document.at(self.place).get(self.union);
        let mut targets = Vec::new();
        for (index, branch) in list.and_then(Tree::items).unwrap_or_default().iter().enumerate() {
            let at = format!("{}/{index}", self.union);
            targets.push(match branch.get("$ref").and_then(Tree::text) {
                Some(reference) => {
                    let here = format!("{}/{at}", self.place);
                    Some(self.document.absolute_reference(&here, reference))
                }
                None if is_null(branch) => None,
                None => {
                    let message = format!("a branch beside `{KEYWORD}` is not a reference");
                    let help = "define the schema under `components/schemas` and refer to it";
                    return Err(self.problem(&at, message, help));
                }
            });
        }
        let mut values = vec![Vec::new(); targets.len()];
        let mapping = self.discriminator.get("mapping").and_then(Tree::members);
        for (value, target) in mapping.unwrap_or_default() {
            values[self.branch(value, target, &targets)?].push(value.clone());
        }
        for (values, target) in values.iter_mut().zip(&targets) {
            if let (true, Some(target)) = (values.is_empty(), target) {
                values.push(implicit(target));
            }
        }
        self.check(&values)?;
        Ok((property, values))
    }

    /// Returns the index of the branch that an entry of the mapping names.
    fn branch(
        &self,
        value: &str,
        target: &Tree,
        targets: &[Option<String>],
    ) -> Result<usize, Problem> {
        let at = format!("{KEYWORD}/mapping/{}", escape(value));
        let Some(text) = target.text() else {
            let message = format!("expected a schema, found {}", target.describe());
            return Err(self.problem(&at, message, "write the name of a schema or a reference"));
        };
        // The name of a schema is preferred over a relative reference of the same text.
        let uris = [format!("#{}/{}", SCHEMAS, escape(text)), text.to_owned()]
            .map(|reference| self.document.absolute_reference(self.place, &reference));
        let is_branch = |target: &Option<String>| target.as_ref().is_some_and(|t| uris.contains(t));
        targets.iter().position(is_branch).ok_or_else(|| {
            let names: Vec<String> = targets.iter().flatten().map(|uri| implicit(uri)).collect();
            let wanted = implicit(text);
            let near = near(&wanted, names.iter().map(String::as_str));
            let help = match near.as_slice() {
                [] => format!("map to one of the schemas of `{}`", self.union),
                near => format!("did you mean `{}`?", near.join("` or `")),
            };
            self.problem(&at, format!("{text:?} is not a branch of `{}`", self.union), &help)
        })
    }

    /// Checks that each value selects one branch.
    fn check(&self, values: &[Vec<String>]) -> Result<(), Problem> {
        let mut all: Vec<&String> = values.iter().flatten().collect();
        all.sort();
        match all.windows(2).find(|pair| pair[0] == pair[1]) {
            None => Ok(()),
            Some(pair) => Err(self.problem(
                KEYWORD,
                format!("the value {:?} selects two branches", pair[0]),
                "map another value to one of them",
            )),
        }
    }

    /// Returns the branches, one for each value.
    fn branches(
        &self,
        branches: &[Tree],
        property: &str,
        values: &[Vec<String>],
        moved: &mut Moved,
    ) -> Vec<Tree> {
        let mut result = Vec::new();
        for (index, (branch, values)) in branches.iter().zip(values).enumerate() {
            let union = format!("{}/{}", self.place, self.union);
            if values.is_empty() {
                moved.add(format!("{union}/{}", result.len()), format!("{union}/{index}"));
                result.push(branch.clone());
            }
            for value in values {
                let place = format!("{union}/{}", result.len());
                moved.add(place.clone(), format!("{}/{KEYWORD}", self.place));
                moved.add(format!("{place}/allOf/0"), format!("{union}/{index}"));
                result.push(selected(branch, property, value));
            }
        }
        result
    }
}

/// Returns the branch of the values in which `property` is `value`.
fn selected(branch: &Tree, property: &str, value: &str) -> Tree {
    let text = |text: &str| Tree::String(text.to_owned());
    let object = |key: &str, value: Tree| Tree::Object(vec![(key.to_owned(), value)]);
    let fixed = object(property, object("enum", Tree::Array(vec![text(value)])));
    let members = [
        (SELECTED_BY, object(property, text(value))),
        ("type", text("object")),
        ("required", Tree::Array(vec![text(property)])),
        ("properties", fixed),
        ("allOf", Tree::Array(vec![branch.clone()])),
    ];
    Tree::Object(members.into_iter().map(|(key, value)| (key.to_owned(), value)).collect())
}

/// Returns the value that selects a schema without a mapping: its name.
fn implicit(uri: &str) -> String {
    match uri.rsplit_once('/').unwrap_or(("", uri)) {
        (before, name) if before.contains('#') => unescape(name),
        (_, file) => file.split(['.', '#']).next().unwrap_or(file).to_owned(),
    }
}

fn is_null(branch: &Tree) -> bool {
    branch.get("type").and_then(Tree::text) == Some("null")
}
