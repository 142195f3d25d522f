//! Derivations that may turn out to be impossible.

use super::super::view::View;
use super::Types;
use crate::model::{Assertion, DefinitionId, Model};

impl<'d> Types<'d, '_> {
    /// Runs `act`, and rolls back all changes if it returns `None`.
    pub(in super::super) fn attempt<T>(
        &mut self,
        model: &mut Model,
        act: impl FnOnce(&mut Self, &mut Model) -> Option<T>,
    ) -> Option<T> {
        let (definitions, problems) = (model.definitions.len(), self.problems.len());
        let (inserted, restricted) = (self.inserted.len(), self.restricted.len());
        let warned = self.warned.len();
        let result = act(self, model);
        if result.is_none() {
            model.definitions.truncate(definitions);
            self.problems.truncate(problems);
            for key in self.inserted.drain(inserted..) {
                self.rules.known.slots.remove(&key);
            }
            for rule in self.restricted.drain(restricted..) {
                let assertions = &mut model.rules[rule.0].assertions;
                assertions.retain(|assertion| !matches!(assertion, Assertion::Representation(_)));
            }
            for index in self.warned.drain(warned..).rev() {
                model.warnings.remove(index);
            }
            let drop_gone =
                |own: &mut Option<_>| *own = own.filter(|id: &DefinitionId| id.0 < definitions);
            self.in_progress.values_mut().for_each(drop_gone);
        }
        result
    }

    /// Reports a schema that describes objects without naming a `type`.
    pub(in super::super) fn warn_untyped(&mut self, view: &View<'d>, model: &mut Model) {
        let index = model.warnings.len();
        self.problems.extend(self.document.lint_untyped(&view.home, model));
        self.warned.extend(index..model.warnings.len());
    }
}
