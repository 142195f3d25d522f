//! `not`, and `if` with `then` and `else`.

use super::choice::MAX_TRIALS;
use super::{Pair, Places, READERS, WRITERS, Walker};
use crate::evolution::change::Breaks;
use crate::frontend::json_schema::{Document, View};
use std::slice;

impl<'d> Walker<'d> {
    /// Compares `not`, and `if` with `then` and `else`.
    pub(super) fn conditions(&mut self, pair: &Pair<'d>) {
        let places = |view: &View<'d>, keyword: &str| -> Places {
            view.keyword(keyword).into_iter().map(|(place, _)| place).collect()
        };
        let both = |keyword| (places(&pair.old, keyword), places(&pair.new, keyword));
        let presence = |keyword: &str, is_added: bool| {
            if is_added {
                (format!("`{keyword}` was added"), WRITERS, "the new version rejects more values")
            } else {
                (format!("`{keyword}` was removed"), READERS, "the old version rejects more values")
            }
        };
        let (old, new) = both("not");
        if old.len() == new.len() {
            let breaks = old.iter().zip(&new).fold(Breaks::NONE, |all, (old, new)| {
                let verdict = self.verdict(slice::from_ref(old), slice::from_ref(new));
                all.or(verdict.exactly().negated())
            });
            if !breaks.is_none() {
                let why = "it forbids different values";
                self.note(&pair.old, &pair.new, "not", "`not` changed", breaks, why);
            }
        } else if old.is_empty() || new.is_empty() {
            let (what, breaks, why) = presence("not", old.is_empty());
            self.note(&pair.old, &pair.new, "not", what, breaks, why);
        } else {
            let why = "combinations of several are not compared";
            self.guess(&pair.old, &pair.new, "not", "`not` changed", why);
        }
        let (old, new) = both("if");
        let (pairs, rest_old, rest_new) =
            matched(&old, &new, |old, new| self.verdict(old, new).is_same());
        for (old, new) in pairs {
            for keyword in ["then", "else"] {
                // One without an `if` beside it has no effect.
                let beside = |document: &Document<'d>, condition: &String| -> Places {
                    let schema = condition.strip_suffix("/if").unwrap_or_default();
                    let has = document.keyword(schema, keyword).is_some();
                    has.then(|| format!("{schema}/{keyword}")).into_iter().collect()
                };
                let places = (beside(self.old, &old), beside(self.new, &new));
                self.compare(&places.0, &places.1);
            }
        }
        match (rest_old, rest_new) {
            (0, 0) => {}
            (0, _) | (_, 0) => {
                let (what, breaks, why) = presence("if", rest_old == 0);
                self.note(&pair.old, &pair.new, "if", what, breaks, why);
            }
            _ => {
                let why = "the effect of different conditions is not compared";
                let what = "the condition of `if` changed";
                self.guess(&pair.old, &pair.new, "if", what, why);
            }
        }
    }
}

/// Pairs each old place with the first new one that is the same, and returns the numbers of those that remain.
/// Of long lists only the places with equal indices are tried.
pub(super) fn matched(
    old: &[String],
    new: &[String],
    mut is_same: impl FnMut(&[String], &[String]) -> bool,
) -> (Vec<(String, String)>, usize, usize) {
    let is_long = old.len().saturating_mul(new.len()) > MAX_TRIALS;
    let mut rest: Vec<usize> = (0..new.len()).collect();
    let mut pairs = Vec::new();
    for (index, place) in old.iter().enumerate() {
        let found = rest.iter().position(|other| {
            (!is_long || *other == index)
                && is_same(slice::from_ref(place), slice::from_ref(&new[*other]))
        });
        if let Some(found) = found {
            pairs.push((place.clone(), new[rest.remove(found)].clone()));
        }
    }
    let rest_old = old.len() - pairs.len();
    (pairs, rest_old, rest.len())
}
