//! `anyOf` and `oneOf`.

use super::{Pair, Places, READERS, Verdict, WRITERS, Walker, common, value};
use crate::evolution::change::Breaks;
use crate::frontend::json_schema::{Document, View};
use crate::model::JsonType;
use std::collections::BTreeSet;

/// Maximum number of pairs of branches that are compared.
pub(super) const MAX_TRIALS: usize = 400;

/// The branches of an `anyOf` or a `oneOf`.
struct Union {
    branches: Vec<Places>,
    is_one_of: bool,
}

impl<'d> Walker<'d> {
    /// Compares two schemas as unions if one of them consists of a union only, and returns whether it did.
    /// The other may be a single branch: `X` became `anyOf: [X, null]`.
    pub(super) fn choice_alone(&mut self, old: &View<'d>, new: &View<'d>) -> bool {
        let alone = |view: &View<'d>, document: &Document<'d>| {
            let [part] = view.parts.as_slice() else { return None };
            let members = document.at(part).members()?;
            let asserts =
                |keyword: &str| keyword == "type" || binds_anything(keyword) || keyword == "allOf";
            let mut asserting = members.iter().filter(|(keyword, _)| asserts(keyword));
            let (keyword, value) = asserting.next()?;
            let is_union = matches!(keyword.as_str(), "anyOf" | "oneOf")
                && document.keyword(part, keyword).is_some();
            let branches = value.items().filter(|_| is_union && asserting.next().is_none())?;
            let places = (0..branches.len()).map(|index| vec![format!("{part}/{keyword}/{index}")]);
            Some(Union { branches: places.collect(), is_one_of: keyword == "oneOf" })
        };
        let single =
            |view: &View<'d>| Union { branches: vec![view.origins.clone()], is_one_of: false };
        let chooses = |view: &View<'d>| {
            ["anyOf", "oneOf"].iter().any(|keyword| !view.keyword(keyword).is_empty())
        };
        let (of_old, of_new) = match (alone(old, self.old), alone(new, self.new)) {
            (Some(of_old), Some(of_new)) => (of_old, of_new),
            (Some(of_old), None) if !chooses(new) => (of_old, single(new)),
            (None, Some(of_new)) if !chooses(old) => (single(old), of_new),
            _ => return false,
        };
        self.unions(old, new, &of_old, &of_new);
        true
    }

    /// Compares `anyOf` and `oneOf` beside other keywords.
    pub(super) fn choices(&mut self, pair: &Pair<'d>) {
        for keyword in ["anyOf", "oneOf"] {
            let of = |view: &View<'d>| -> Vec<Union> {
                let lists = view.keyword(keyword).into_iter();
                let union = lists.map(|(place, list)| {
                    let count = list.items().unwrap_or_default().len();
                    let branches = (0..count).map(|index| vec![format!("{place}/{index}")]);
                    Union { branches: branches.collect(), is_one_of: keyword == "oneOf" }
                });
                union.collect()
            };
            let (old, new) = (of(&pair.old), of(&pair.new));
            if old.len() == new.len() {
                for (old, new) in old.iter().zip(&new) {
                    self.unions(&pair.old, &pair.new, old, new);
                }
                continue;
            }
            let (what, breaks, why) = if old.is_empty() {
                let why = "the new version rejects values that match no branch";
                (format!("`{keyword}` was added"), WRITERS, why)
            } else if new.is_empty() {
                let why = "the old version rejects values that match no branch";
                (format!("`{keyword}` was removed"), READERS, why)
            } else {
                let why = "combinations of several are not compared";
                self.guess(&pair.old, &pair.new, keyword, format!("`{keyword}` changed"), why);
                continue;
            };
            self.note(&pair.old, &pair.new, keyword, what, breaks, why);
        }
    }

    fn unions(&mut self, old: &View<'d>, new: &View<'d>, of_old: &Union, of_new: &Union) {
        let keyword = if of_new.is_one_of || of_old.is_one_of { "oneOf" } else { "anyOf" };
        let trials = of_old.branches.len().saturating_mul(of_new.branches.len());
        if trials > MAX_TRIALS {
            if of_old.branches.len() == of_new.branches.len() && !keyword.starts_with("one") {
                for (old, new) in of_old.branches.iter().zip(&of_new.branches) {
                    self.compare(old, new);
                }
                return;
            }
            let why = "so many branches are not compared with each other";
            let what = format!("`{keyword}` has too many branches");
            self.guess(old, new, keyword, what, why);
            return;
        }
        let verdicts: Vec<Vec<Verdict>> = of_old
            .branches
            .iter()
            .map(|old| of_new.branches.iter().map(|new| self.verdict(old, new)).collect())
            .collect();
        let (pairs, rest_old, mut rest_new) = pair_up(&verdicts, of_new.branches.len());
        // A branch that gains values may overlap another one, so that `oneOf` rejects them.
        let overlaps = of_old.is_one_of && !self.is_disjoint(self.old, &of_old.branches)
            || of_new.is_one_of && !self.is_disjoint(self.new, &of_new.branches);
        let same_kind = of_old.is_one_of == of_new.is_one_of;
        if overlaps {
            let is_same = pairs.iter().all(|(old, new)| verdicts[*old][*new].is_same());
            if !(rest_old.is_empty() && rest_new.is_empty() && same_kind && is_same) {
                let what = format!("the branches of `{keyword}` changed");
                let why = "exactly one branch may match, and overlapping branches are not compared";
                self.guess(old, new, keyword, what, why);
            }
            return;
        }
        // Matching branches may still have compatible changes to report.
        for (old, new) in pairs {
            self.compare(&of_old.branches[old], &of_new.branches[new]);
        }
        for index in rest_old {
            let tag = self.tag(self.old, &of_old.branches[index]);
            let partner = rest_new.iter().position(|other| {
                tag.is_some() && self.tag(self.new, &of_new.branches[*other]) == tag
            });
            if let Some(partner) = partner {
                let partner = rest_new.remove(partner);
                self.compare(&of_old.branches[index], &of_new.branches[partner]);
            } else if verdicts[index].iter().all(|verdict| verdict.breaks.writers) {
                let what = format!(
                    "the branch {} was removed",
                    self.title(self.old, &of_old.branches[index])
                );
                let why = "the new version rejects values that match this branch only";
                self.branch(
                    (old, new),
                    keyword,
                    (Some(&of_old.branches[index]), None),
                    what,
                    WRITERS,
                    why,
                );
            } else {
                let covers = |verdict: &&Verdict| !verdict.breaks.writers;
                self.covered((old, new), keyword, verdicts[index].iter().filter(covers), WRITERS);
            }
        }
        for index in rest_new {
            if verdicts.iter().all(|verdicts| verdicts[index].breaks.readers) {
                let what = format!(
                    "the branch {} was added",
                    self.title(self.new, &of_new.branches[index])
                );
                let why = "the old version rejects values that match this branch only";
                self.branch(
                    (old, new),
                    keyword,
                    (None, Some(&of_new.branches[index])),
                    what,
                    READERS,
                    why,
                );
            } else {
                let of_new = verdicts.iter().map(|verdicts| &verdicts[index]);
                let covers = |verdict: &&Verdict| !verdict.breaks.readers;
                self.covered((old, new), keyword, of_new.filter(covers), READERS);
            }
        }
    }

    /// Records that a branch has no partner, but other branches allow its values: for some of them perhaps only
    /// if nobody sends undeclared properties.
    fn covered<'v>(
        &mut self,
        (old, new): (&View<'d>, &View<'d>),
        keyword: &str,
        mut by: impl Iterator<Item = &'v Verdict>,
        who: Breaks,
    ) {
        if by.any(|verdict| verdict.is_exact) {
            return;
        }
        let what = format!("the branches of `{keyword}` changed");
        let why = "other branches allow the same declared properties";
        self.note(old, new, keyword, what, Breaks::NONE, why);
        if let Some(change) = self.changes.last_mut() {
            change.undeclared = who;
        }
    }

    fn branch(
        &mut self,
        (old, new): (&View<'d>, &View<'d>),
        keyword: &str,
        (of_old, of_new): (Option<&Places>, Option<&Places>),
        what: String,
        breaks: Breaks,
        why: &str,
    ) {
        self.note(old, new, keyword, what, breaks, why);
        let pointer = |document: &Document<'d>, places: &Places| {
            let (file, pointer) = document.split(places.first()?);
            (file == document.file).then(|| pointer.to_owned())
        };
        let old = of_old.and_then(|places| pointer(self.old, places));
        let new = of_new.and_then(|places| pointer(self.new, places));
        if let Some(change) = self.changes.last_mut() {
            change.gone = of_old.is_some();
            change.pointer_old = old.or(change.pointer_old.take());
            change.pointer_new = new.or(change.pointer_new.take());
        }
    }

    /// Returns whether no value can match two of the branches.
    fn is_disjoint(&mut self, document: &'d Document<'d>, branches: &[Places]) -> bool {
        let views: Option<Vec<_>> = branches.iter().map(|b| self.view(document, b)).collect();
        let Some(views) = views else { return false };
        let mut pairs =
            views.iter().enumerate().flat_map(|(i, one)| views[..i].iter().map(move |o| (one, o)));
        pairs.all(|(one, other)| self.excludes(document, one, other))
    }

    fn excludes(&mut self, document: &'d Document<'d>, one: &View<'d>, other: &View<'d>) -> bool {
        if one.never || other.never {
            return true;
        }
        let is_apart = |one: &View<'d>, other: &View<'d>| {
            let values = (value::allowed(one), value::allowed(other));
            let (Some(one), Some(other)) = values else { return false };
            one.iter().all(|(value, _)| other.iter().all(|(o, _)| o != value))
        };
        let types: BTreeSet<JsonType> = common(&Self::types_of(one), &Self::types_of(other));
        if types.is_empty() || is_apart(one, other) {
            return true;
        }
        if types != BTreeSet::from([JsonType::Object]) {
            return false;
        }
        // A required property that allows different values in each branch.
        let mut required = one.required();
        required.extend(other.required());
        let of_other = other.properties();
        for (name, places) in one.properties() {
            let Some((_, others)) = of_other.iter().find(|(n, _)| *n == name) else { continue };
            if !required.contains(&name) {
                continue;
            }
            let views = (self.view(document, &places), self.view(document, others));
            let (Some(one), Some(other)) = views else { continue };
            if is_apart(&one, &other)
                || common(&Self::types_of(&one), &Self::types_of(&other)).is_empty()
            {
                return true;
            }
        }
        false
    }

    /// Returns a key that identifies the corresponding branch in the other version.
    fn tag(&mut self, document: &'d Document<'d>, places: &Places) -> Option<String> {
        let view = self.view(document, places)?;
        let types: Vec<_> = Self::types_of(&view).into_iter().collect();
        let mut tag = format!("{types:?}");
        if types != [JsonType::Object] {
            return Some(tag).filter(|_| types.len() == 1);
        }
        let required = view.required();
        for (name, places) in view.properties() {
            let property = self.view(document, &places)?;
            if required.contains(&name) && !property.keyword("const").is_empty() {
                let values = value::allowed(&property).unwrap_or_default();
                tag.extend(values.iter().map(|(value, _)| format!(" {name}={value}")));
            }
        }
        Some(tag)
    }

    /// Returns the name of a branch for messages.
    fn title(&mut self, document: &'d Document<'d>, places: &Places) -> String {
        let number = places.first().and_then(|place| place.rsplit('/').next()).unwrap_or_default();
        let Some(view) = self.view(document, places) else { return number.to_owned() };
        let name = view.home.rsplit('/').next().unwrap_or_default();
        match &view.docs.title {
            Some(title) => format!("{title:?}"),
            None if view.referred && !name.is_empty() => format!("`{name}`"),
            None => match &view.types {
                Some(types) if types.len() == 1 => {
                    let types: Vec<_> = types.iter().map(|ty| format!("{ty:?}")).collect();
                    format!("{number} ({})", types.join(" ").to_lowercase())
                }
                _ => number.to_owned(),
            },
        }
    }
}

/// Returns whether a keyword can reject any value.
fn binds_anything(keyword: &str) -> bool {
    const NOT_ASSERTING: [&str; 13] = [
        "$schema",
        "$id",
        "$anchor",
        "$comment",
        "$defs",
        "definitions",
        "title",
        "description",
        "default",
        "examples",
        "deprecated",
        "readOnly",
        "writeOnly",
    ];
    !NOT_ASSERTING.contains(&keyword) && !keyword.starts_with("x-")
}

/// Pairs branches without breaking changes between them. Returns the pairs, and the remaining branches of
/// the old and the new version.
fn pair_up(
    verdicts: &[Vec<Verdict>],
    news: usize,
) -> (Vec<(usize, usize)>, Vec<usize>, Vec<usize>) {
    let mut rest_new: Vec<usize> = (0..news).collect();
    let (mut pairs, mut rest_old) = (Vec::new(), Vec::new());
    for (index, row) in verdicts.iter().enumerate() {
        let same = rest_new.iter().position(|new| row[*new].is_same());
        match same.or_else(|| rest_new.iter().position(|new| row[*new].breaks.is_none())) {
            Some(partner) => pairs.push((index, rest_new.remove(partner))),
            None => rest_old.push(index),
        }
    }
    (pairs, rest_old, rest_new)
}
