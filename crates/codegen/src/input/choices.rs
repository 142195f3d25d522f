//! The options that change the schemas of places and types.

use crate::backend;
use crate::error::Problem;
use crate::frontend::json_schema::{objects, opened};
use crate::model::Model;
use crate::near::near;
use crate::options::Options;
use crate::tree::Tree;
use std::collections::BTreeSet;

/// The schemas that the options `open` and `objects` select.
pub(super) struct Choices<'o> {
    open: Choice<'o>,
    objects: Choice<'o>,
}

/// The schemas that one option selects.
struct Choice<'o> {
    option: &'static str,
    /// The kind of schema that the option changes.
    subject: &'static str,
    /// A phrase for the help of a problem.
    help: &'static str,
    /// True if all schemas are selected.
    all: bool,
    /// The selectors of single schemas, each with the places (`file#pointer`) that it selects.
    selected: Vec<(&'o str, Vec<String>)>,
    /// The places at which the option changed a schema.
    found: BTreeSet<String>,
}

impl<'o> Choices<'o> {
    /// Returns the choices of the options. Names of types are those of the model without the options that name
    /// types, which `model` returns.
    pub(super) fn of(
        options: &'o Options,
        problems: &mut Vec<Problem>,
        model: impl FnOnce(&mut Self, &mut Vec<Problem>) -> Option<Model>,
    ) -> Option<Self> {
        let mut choices = Self {
            open: Choice::of("open", "enum or union", "`enum`, `anyOf` or `oneOf`", &options.open),
            objects: Choice::of(
                "objects",
                "schema of objects without `type`",
                "`properties` and without `type`",
                &options.objects,
            ),
        };
        let named = [choices.open.take_named(), choices.objects.take_named()];
        if named.iter().all(Vec::is_empty) {
            return Some(choices);
        }
        let model = model(&mut choices, problems)?;
        let types = backend::types(&model, options);
        for (choice, named) in [&mut choices.open, &mut choices.objects].into_iter().zip(named) {
            for selector in named {
                match types.get(selector) {
                    Some(places) => choice.selected.push((selector, places.clone())),
                    None => {
                        let names = types.keys().map(String::as_str);
                        problems.push(unknown_type(choice.option, selector, names));
                    }
                }
            }
            choice.found.clear();
        }
        Some(choices)
    }

    /// Returns the document of this name with the selected schemas changed.
    pub(super) fn apply(&mut self, name: &str, mut document: Tree) -> Tree {
        let Self { objects: untyped, open } = self;
        if let Some(pointers) = untyped.pointers(name) {
            document = untyped.note(name, |found| objects(&document, &pointers, found));
        }
        if let Some(pointers) = open.pointers(name) {
            document = open.note(name, |found| opened(&document, &pointers, found));
        }
        document
    }

    /// Returns a problem for each selector that selects nothing.
    pub(super) fn unmet(&self) -> Vec<Problem> {
        [&self.open, &self.objects].into_iter().flat_map(Choice::unmet).collect()
    }
}

impl<'o> Choice<'o> {
    fn of(
        option: &'static str,
        subject: &'static str,
        help: &'static str,
        selectors: &'o [String],
    ) -> Self {
        let all = selectors.iter().any(|selector| selector == "*");
        let single = selectors.iter().filter(|selector| *selector != "*");
        let selected = single.map(|selector| (selector.as_str(), vec![selector.clone()])).collect();
        Self { option, subject, help, all, selected, found: BTreeSet::new() }
    }

    /// Removes and returns the selectors that name types.
    fn take_named(&mut self) -> Vec<&'o str> {
        let (places, named) =
            std::mem::take(&mut self.selected).into_iter().partition(|(of, _)| of.contains('#'));
        self.selected = places;
        let named: Vec<(&str, Vec<String>)> = named;
        named.into_iter().map(|(selector, _)| selector).collect()
    }

    /// Returns the predicate of the selected pointers in a document, or `None` if there are none.
    fn pointers(&self, name: &str) -> Option<impl Fn(&str) -> bool + use<>> {
        let all = self.all;
        let places = self.selected.iter().flat_map(|(_, places)| places);
        let own: BTreeSet<String> = places
            .filter_map(|place| Some(place.strip_prefix(name)?.strip_prefix('#')?.to_owned()))
            .collect();
        let is_any = all || !own.is_empty();
        is_any.then_some(move |pointer: &str| all || own.contains(pointer))
    }

    /// Notes the pointers at which `change` changed a document.
    fn note(&mut self, name: &str, change: impl FnOnce(&mut BTreeSet<String>) -> Tree) -> Tree {
        let mut pointers = BTreeSet::new();
        let changed = change(&mut pointers);
        self.found.extend(pointers.iter().map(|pointer| format!("{name}#{pointer}")));
        changed
    }

    fn unmet(&self) -> Vec<Problem> {
        let is_met = |places: &[String]| places.iter().any(|place| self.found.contains(place));
        let unmet = self.selected.iter().filter(|(_, places)| !is_met(places));
        let problem = |(selector, _): &(&str, Vec<String>)| {
            let message = format!("no {} is at {selector:?}", self.subject);
            let help = format!(
                "write `*`, the name of a generated type, or the file and the pointer of a schema with {}",
                self.help
            );
            Problem::new(format!("{}({selector:?})", self.option), "", message, help)
        };
        unmet.map(problem).collect()
    }
}

fn unknown_type<'n>(
    option: &str,
    selector: &str,
    names: impl Iterator<Item = &'n str> + Clone,
) -> Problem {
    let listed = |names: &[&str], between: &str| {
        names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(between)
    };
    // A type in the module of a document may be meant without it.
    let own = |path: &&str| path.rsplit("::").next().is_some_and(|own| own == selector);
    let mut meant: Vec<&str> = names.clone().filter(own).take(3).collect();
    if meant.is_empty() {
        meant = near(selector, names.clone());
    }
    let help = match meant.as_slice() {
        [] => {
            let few: Vec<&str> = names.take(5).collect();
            format!(
                "name an existing one, such as {}, or a place as `file#pointer`",
                listed(&few, ", ")
            )
        }
        meant => format!("did you mean {}?", listed(meant, " or ")),
    };
    let message = format!("no type is called {selector:?}");
    Problem::new(format!("{option}({selector:?})"), "", message, help)
}
