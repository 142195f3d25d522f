//! The types that choices of numbers name.

use super::rename::names;
use super::select::Parts;
use crate::error::Problem;
use crate::model::Model;
use crate::options::{Extent, NumberChoices, Options, Override, OverrideKind};

/// Returns the choices of numbers with the schemas of the types that they name.
pub(crate) fn number_choices(
    mut model: Model,
    options: &Options,
) -> Result<NumberChoices, Vec<Problem>> {
    let names = names(&mut model, options)?;
    let parts = Parts::of(&model, &names);
    let (mut choices, mut problems) = (options.numbers.clone(), Vec::new());
    for choice in choices.0.iter_mut().filter(|choice| choice.extent() == Extent::Type) {
        let kind = OverrideKind::Numbers(choice.numbers);
        let request = Override { selector: choice.of.clone(), kind };
        match parts.types(&model, &request) {
            Ok(ids) => {
                for id in ids {
                    let own = (model[id].file.clone(), model[id].pointer.clone());
                    let twins = model.twins.get(&id).into_iter().flatten().cloned();
                    choice.schemas.extend(std::iter::once(own).chain(twins));
                }
            }
            Err(problem) => problems.push(problem),
        }
    }
    if problems.is_empty() { Ok(choices) } else { Err(problems) }
}
