//! The types of numbers: those that hold what the contract allows, and those that the caller chose.

use super::bounds::Bounds;
use super::rules::is_not_negative;
use super::types::{Hint, Types};
use super::view::View;
use crate::model::{JsonType, Model, Narrow, Representation, Slot, Type};
use crate::options::{Extent, Numbers};
use crate::tree::Tree;

impl<'d> Types<'d, '_> {
    /// Returns the type of the integers or numbers of a view. Values that are not of the type are violations.
    pub(super) fn number(
        &mut self,
        view: &View<'d>,
        ty: JsonType,
        hint: Hint<'_>,
        model: &mut Model,
    ) -> Type {
        let choice = self.choice(view, hint, model).map(|(_, numbers)| numbers);
        let mut bounds = Bounds::default();
        for part in &view.parts {
            bounds.add(|keyword| self.document.keyword(part, keyword));
        }
        let is_integer = ty == JsonType::Integer;
        let is_unsigned = is_integer && is_unsigned(view);
        let format = match (choice, is_integer) {
            (Some(Numbers::Narrow), true) => named_by_format(view),
            _ => None,
        };
        let exceed = match is_integer {
            true => bounds.exceed_integer(is_unsigned),
            false => bounds.exceed_decimal(),
        };
        let (ty, representation) = match (choice, format) {
            (_, Some(named)) => named,
            (Some(Numbers::AsWritten), _) => return self.any_number(view, model),
            (None | Some(Numbers::Narrow), _) if exceed => return self.any_number(view, model),
            _ if !is_integer => (Type::Number, Representation::Decimal),
            _ => {
                let (fixed, representation) = match is_unsigned {
                    true => (Type::Unsigned, Representation::Unsigned64),
                    false => (Type::Integer, Representation::Integer64),
                };
                // What is beyond a type that the bounds allow is beyond a bound.
                let narrow = match choice {
                    Some(Numbers::Narrow) => bounds.narrowest(),
                    _ => None,
                };
                (narrow.unwrap_or(fixed), representation)
            }
        };
        self.restrict_representation(view, representation, model);
        ty
    }

    /// Returns the type of numbers that are checked, but have no limits of their own.
    fn any_number(&self, view: &View<'d>, model: &mut Model) -> Type {
        let places = view.parts.iter().map(|part| self.document.unscoped(part));
        model.any_numbers.extend(places);
        Type::AnyNumber
    }

    /// Returns the slot of an enum of numbers that are to be kept as they are written.
    pub(super) fn written_enum(
        &mut self,
        view: &View<'d>,
        values: &[&Tree],
        hint: Hint<'_>,
        model: &mut Model,
    ) -> Option<Slot> {
        let nullable = values.contains(&&Tree::Null);
        let mut scalars = values.iter().filter(|value| **value != &Tree::Null).peekable();
        scalars.peek()?;
        if !scalars.all(|value| matches!(value, Tree::Number(_))) {
            return None;
        }
        match self.choice(view, hint, model)? {
            (Extent::Type | Extent::Place, Numbers::AsWritten) => {}
            _ => return None,
        }
        let (ty, verify) = (self.any_number(view, model), Some(self.rule(view, model)));
        Some(Slot { ty, nullable, verify })
    }

    /// Returns the caller's choice for the numbers of a view.
    fn choice(
        &self,
        view: &View<'d>,
        hint: Hint<'_>,
        model: &mut Model,
    ) -> Option<(Extent, Numbers)> {
        if model.numbers.0.is_empty() {
            return None;
        }
        let own = view.parts.iter().chain([&view.home]);
        let own: Vec<(&str, &str)> = own.map(|part| self.document.split(part)).collect();
        let around = hint.parent.map(|id| &model[id]);
        let around = around.map(|around| (around.file.as_str(), around.pointer.as_str()));
        let index = model.numbers.find(&own, around)?;
        let choice = &model.numbers.0[index];
        let found = (choice.extent(), choice.numbers);
        model.numbers_met.insert(index);
        Some(found)
    }
}

/// Returns the type that a `format` of the OpenAPI registry names.
fn named_by_format(view: &View<'_>) -> Option<(Type, Representation)> {
    let formats = view.keyword("format");
    formats.into_iter().find_map(|(_, value)| {
        Some(match value.text()? {
            "int8" => (Type::Narrow(Narrow::Integer8), Representation::Integer8),
            "int16" => (Type::Narrow(Narrow::Integer16), Representation::Integer16),
            "int32" => (Type::Integer32, Representation::Integer32),
            "int64" => (Type::Integer, Representation::Integer64),
            "uint8" => (Type::Narrow(Narrow::Unsigned8), Representation::Unsigned8),
            "uint16" => (Type::Narrow(Narrow::Unsigned16), Representation::Unsigned16),
            "uint32" => (Type::Narrow(Narrow::Unsigned32), Representation::Unsigned32),
            "uint64" => (Type::Unsigned, Representation::Unsigned64),
            _ => return None,
        })
    })
}

/// Returns whether every schema that demands an integer has a `minimum` beside it that is not negative.
fn is_unsigned(view: &View<'_>) -> bool {
    let mut types = view.keyword("type").into_iter().peekable();
    let minima: Vec<_> = view.keyword("minimum");
    types.peek().is_some()
        && types.all(|(place, _)| {
            let around = place.strip_suffix("type").unwrap_or_default();
            let mut beside =
                minima.iter().filter(|(at, _)| at.strip_suffix("minimum") == Some(around));
            beside.any(|(_, limit)| is_not_negative(limit))
        })
}
