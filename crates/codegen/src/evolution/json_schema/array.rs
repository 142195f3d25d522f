//! Arrays: lists, tuples and `contains`.

use super::conditions::matched;
use super::object::{is_anything, unevaluated_places};
use super::{Pair, READERS, WRITERS, Walker};
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
        let count = |view: &View<'d>, place: &str, keyword: &str| {
            view.sibling(place, keyword).and_then(Tree::count)
        };
        let places = |view: &View<'d>| -> Vec<String> {
            let found = view.keyword("contains").into_iter().map(|(place, _)| place);
            // Without a least number of items it asserts nothing.
            let asserts = |place: &String| {
                let limits = ["minContains", "maxContains"].map(|limit| count(view, place, limit));
                limits != [Some(0), None]
            };
            found.filter(asserts).collect()
        };
        let (old, new) = (places(&pair.old), places(&pair.new));
        let (_, rest_old, rest_new) = matched(&old, &new, |old, new| {
            let limits = |view: &View<'d>, place: &[String]| {
                let place = place.first().map_or("", String::as_str);
                // One item is the least by default.
                (count(view, place, "minContains").unwrap_or(1), count(view, place, "maxContains"))
            };
            limits(&pair.old, old) == limits(&pair.new, new) && self.verdict(old, new).is_same()
        });
        let (what, breaks, why) = match (rest_old, rest_new) {
            (0, 0) => return,
            (0, _) => (
                "`contains` was added",
                WRITERS,
                "the new version rejects arrays without such an item",
            ),
            (_, 0) => (
                "`contains` was removed",
                READERS,
                "the old version rejects arrays without such an item",
            ),
            _ => {
                let why = "the effect of different conditions on items is not compared";
                return self.guess(&pair.old, &pair.new, "contains", "`contains` changed", why);
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
    Some((keyword, document.keyword(part, keyword)?.items()?))
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
