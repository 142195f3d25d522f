//! Places of parts that were copied from elsewhere, so that problems name the text that was written.

use super::json_schema::Document;
use crate::error::Problem;

/// Places in changed documents, with the places from which their values were copied.
#[derive(Debug, Default)]
pub(crate) struct Moved(Vec<(String, String)>);

impl Moved {
    /// Notes that the value at `place` is a copy of that at `origin`.
    pub(crate) fn add(&mut self, place: String, origin: String) {
        self.0.push((place, origin));
    }

    /// Returns the problem at the place from which the value with the problem was copied.
    pub(crate) fn back(&self, document: &Document<'_>, problem: Problem) -> Problem {
        match self.origin(document, &document.place_of(&problem)) {
            Some(origin) => document.problem(origin, problem.message, problem.help),
            None => problem,
        }
    }

    /// Returns the place from which the value at a place was copied, if it is a copy.
    pub(crate) fn origin(&self, document: &Document<'_>, place: &str) -> Option<String> {
        let place = document.absolute(place);
        let inside = |copy: &str| {
            let rest = place.strip_prefix(&document.absolute(copy))?;
            (rest.is_empty() || rest.starts_with('/')).then_some(rest)
        };
        let copies = self.0.iter().filter_map(|(copy, origin)| Some((inside(copy)?, origin)));
        // The innermost copy is the one with the shortest rest.
        let (rest, origin) = copies.min_by_key(|(rest, _)| rest.len())?;
        Some(format!("{origin}{rest}"))
    }
}
