//! Arrays: lists, tuples and `contains`.

use super::object::{is_anything, unevaluated_places};
use super::{Pair, READERS, WRITERS, Walker, value};
use crate::evolution::change::Breaks;
use crate::frontend::json_schema::{Document, View};
use crate::model::JsonType;
use crate::options::Draft;
use crate::tree::Tree;

impl<'d> Walker<'d> {
    pub(super) fn array(&mut self, pair: &Pair<'d>) {
        if !pair.common.contains(&JsonType::Array) {
            return;
        }
        let length = longest_tuple(self.old, &pair.old).max(longest_tuple(self.new, &pair.new));
        for index in 0..=length {
            // After the longest tuple all items have the same schema.
            let of_old = items(self.old, &pair.old, index);
            let of_new = items(self.new, &pair.new, index);
            let (Some(old), Some(new)) =
                (self.view(self.old, &of_old), self.view(self.new, &of_new))
            else {
                return;
            };
            match (old.never, new.never) {
                (true, true) => {}
                (false, false) => self.compare(&of_old, &of_new),
                (was_closed, _) => {
                    let what = if was_closed {
                        format!("more than {index} items are now allowed")
                    } else {
                        format!("more than {index} items are no longer allowed")
                    };
                    let (breaks, why) = if was_closed {
                        (READERS, "the old version rejects longer arrays")
                    } else {
                        (WRITERS, "the new version rejects longer arrays")
                    };
                    self.note(&pair.old, &pair.new, "items", what, breaks, why);
                    break;
                }
            }
        }
        self.contains(pair);
        self.unevaluated(pair, "unevaluatedItems");
    }

    fn contains(&mut self, pair: &Pair<'d>) {
        let places = |view: &View<'d>| -> Vec<String> {
            view.keyword("contains").into_iter().map(|(place, _)| place).collect()
        };
        let (old, new) = (places(&pair.old), places(&pair.new));
        let counts = |view: &View<'d>| {
            let values = ["minContains", "maxContains"].map(|keyword| view.keyword(keyword));
            values.map(|list| list.iter().map(|(_, v)| value::canonical(v)).collect::<Vec<_>>())
        };
        let same_counts = counts(&pair.old) == counts(&pair.new);
        let (what, breaks, why) = match (old.is_empty(), new.is_empty()) {
            (true, true) => return,
            (true, false) => (
                "`contains` was added",
                WRITERS,
                "the new version rejects arrays without such an item",
            ),
            (false, true) => (
                "`contains` was removed",
                READERS,
                "the old version rejects arrays without such an item",
            ),
            (false, false) => {
                let is_same = same_counts && old.len() == 1 && new.len() == 1;
                if is_same && self.verdict(&old, &new).is_same() {
                    return;
                }
                let why = "the effect of different conditions on items is not compared";
                ("`contains` changed", Breaks::BOTH, why)
            }
        };
        self.note(&pair.old, &pair.new, "contains", what, breaks, why);
    }
}

/// Returns the keyword that lists schemas by position in this part, with the schemas.
fn tuple<'d>(document: &Document<'d>, part: &str) -> Option<(&'static str, &'d [Tree])> {
    let keyword = match document.dialect(part).draft {
        Draft::Draft202012 => "prefixItems",
        _ => "items",
    };
    Some((keyword, document.at(part).get(keyword)?.items()?))
}

fn longest_tuple<'d>(document: &Document<'d>, view: &View<'d>) -> usize {
    let tuples = view.parts.iter().filter_map(|part| tuple(document, part));
    tuples.map(|(_, schemas)| schemas.len()).max().unwrap_or(0)
}

/// Returns the places of the schemas for the item at an index.
fn items<'d>(document: &Document<'d>, view: &View<'d>, index: usize) -> Vec<String> {
    let mut places = Vec::new();
    let mut is_evaluated = false;
    for part in &view.parts {
        let place = match tuple(document, part) {
            Some((keyword, schemas)) if index < schemas.len() => {
                Some(format!("{part}/{keyword}/{index}"))
            }
            Some(("items", _)) => {
                document.keyword(part, "additionalItems").map(|_| format!("{part}/additionalItems"))
            }
            _ => document.keyword(part, "items").map(|_| format!("{part}/items")),
        };
        is_evaluated |= place.is_some();
        places.extend(place);
    }
    if !is_evaluated {
        places.extend(unevaluated_places(view, "unevaluatedItems"));
    }
    places.retain(|place| !is_anything(document.at(place)));
    places
}
