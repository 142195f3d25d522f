//! Types, values, and the keywords of strings and numbers.

use super::{Pair, READERS, WRITERS, Walker, value};
use crate::evolution::change::Breaks;
use crate::frontend::json_schema::{View, json_type};
use crate::model::{Format, JsonType};
use crate::tree::{Number, Tree};
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// Keywords for minimum counts.
const MIN_COUNTS: [&str; 3] = ["minLength", "minItems", "minProperties"];
/// Keywords for maximum counts.
const MAX_COUNTS: [&str; 3] = ["maxLength", "maxItems", "maxProperties"];

impl<'d> Walker<'d> {
    pub(super) fn types(&mut self, old: &View<'d>, new: &View<'d>) {
        let (of_old, of_new) = (&Self::types_of(old), &Self::types_of(new));
        let lists = |view: &View<'d>| value::allowed(view).is_some();
        let lacks = |set: &BTreeSet<JsonType>, ty: &JsonType| {
            !(set.contains(ty) || *ty == JsonType::Integer && set.contains(&JsonType::Number))
        };
        // The comparison of listed values covers their types.
        let beyond = |from: &BTreeSet<JsonType>, others: &BTreeSet<JsonType>, is_listed: bool| {
            let beyond = from.iter().filter(|ty| !is_listed && lacks(others, ty)).copied();
            beyond.collect::<Vec<_>>()
        };
        let lost = beyond(of_old, of_new, lists(new));
        let gained = beyond(of_new, of_old, lists(old));
        let breaks = Breaks { readers: !gained.is_empty(), writers: !lost.is_empty() };
        let what = match (lost.as_slice(), gained.as_slice()) {
            ([], []) => return,
            ([JsonType::Null], []) => "`null` is no longer allowed".to_owned(),
            ([], [JsonType::Null]) => "`null` is now allowed".to_owned(),
            _ => format!("the type became {}, was {}", names(of_new), names(of_old)),
        };
        let (gained, lost) = (list(gained, " or "), list(lost, " or "));
        let why = match (breaks.readers, breaks.writers) {
            (true, true) => {
                format!("{gained} is rejected by the old version, {lost} by the new one")
            }
            (true, false) => format!("{gained} is rejected by the old version"),
            _ => format!("{lost} is rejected by the new version"),
        };
        self.note(old, new, "type", what, breaks, why);
    }

    /// Compares `enum` and `const`.
    pub(super) fn allowed(&mut self, pair: &Pair<'d>) {
        // A listed value of a type that the schema excludes is not allowed.
        let typed = |view: &View<'d>| {
            let mut values = value::allowed(view)?;
            if let Some(types) = &view.types {
                let is_number = |ty| ty == JsonType::Integer && types.contains(&JsonType::Number);
                let has = |ty| types.contains(&ty) || is_number(ty);
                values.retain(|(_, value)| has(json_type(value)));
            }
            Some(values)
        };
        let (old, new) = (typed(&pair.old), typed(&pair.new));
        let has = |view: &View<'d>, keyword| !view.keyword(keyword).is_empty();
        let keyword = match (&old, &new) {
            (_, Some(_)) if has(&pair.new, "enum") => "enum",
            (Some(_), None) if has(&pair.old, "enum") => "enum",
            _ => "const",
        };
        let (what, breaks, why) = match (old, new) {
            (None, None) => return,
            (None, Some(_)) => (
                format!("`{keyword}` was added"),
                WRITERS,
                "the new version rejects values that it does not list".to_owned(),
            ),
            (Some(_), None) => (
                format!("`{keyword}` was removed"),
                READERS,
                "the old version rejects values that it does not list".to_owned(),
            ),
            (Some(old), Some(new)) => {
                let beyond = |from: &[(String, &Tree)], others: &[(String, &Tree)]| {
                    let others: HashSet<_> = others.iter().map(|(value, _)| value).collect();
                    let new = from.iter().filter(|(value, _)| !others.contains(value));
                    new.map(|(_, value)| value.to_string()).collect::<Vec<_>>()
                };
                let (gained, lost) = (beyond(&new, &old), beyond(&old, &new));
                let breaks = Breaks { readers: !gained.is_empty(), writers: !lost.is_empty() };
                let (gained, lost) = (shown(&gained), shown(&lost));
                match (breaks.readers, breaks.writers) {
                    (false, false) => return,
                    (true, false) => (
                        format!("`{keyword}` gained {gained}"),
                        breaks,
                        "the old version rejects values that it does not list".to_owned(),
                    ),
                    (false, true) => (
                        format!("`{keyword}` lost {lost}"),
                        breaks,
                        "the new version rejects values that it does not list".to_owned(),
                    ),
                    (true, true) => (
                        format!("`{keyword}` gained {gained} and lost {lost}"),
                        breaks,
                        "each version rejects values that it does not list".to_owned(),
                    ),
                }
            }
        };
        self.note(&pair.old, &pair.new, keyword, what, breaks, why);
    }

    pub(super) fn scalars(&mut self, pair: &Pair<'d>) {
        for keyword in MIN_COUNTS {
            self.count(pair, keyword, Ordering::Greater);
        }
        for keyword in MAX_COUNTS {
            self.count(pair, keyword, Ordering::Less);
        }
        self.bound(pair, ["minimum", "exclusiveMinimum"], Ordering::Greater);
        self.bound(pair, ["maximum", "exclusiveMaximum"], Ordering::Less);
        self.set(pair, "pattern", "it is not decided whether two patterns match the same texts");
        self.set(pair, "multipleOf", "it is not decided whether one divides the other");
        self.set(pair, "format", "each version rejects values in the other format");
        let unique = |view: &View<'d>| {
            view.keyword("uniqueItems").iter().any(|(_, value)| **value == Tree::Bool(true))
        };
        if pair.concerns("uniqueItems") && unique(&pair.old) != unique(&pair.new) {
            let (what, breaks, why) = if unique(&pair.new) {
                ("items must now be unique", WRITERS, "the new version rejects equal items")
            } else {
                ("items need no longer be unique", READERS, "the old version rejects equal items")
            };
            self.note(&pair.old, &pair.new, "uniqueItems", what, breaks, why);
        }
    }

    /// Compares a minimum or maximum count. `stricter` is the ordering of a stricter count relative to the
    /// other.
    fn count(&mut self, pair: &Pair<'d>, keyword: &str, stricter: Ordering) {
        if !pair.concerns(keyword) {
            return;
        }
        let is_least = stricter == Ordering::Greater;
        let of = |view: &View<'d>| {
            let counts = view.keyword(keyword).into_iter().filter_map(|(_, value)| value.count());
            if is_least { counts.max().filter(|least| *least > 0) } else { counts.min() }
        };
        let (old, new) = (of(&pair.old), of(&pair.new));
        let rank = |count: Option<u64>| match (count, is_least) {
            (count, true) => count.unwrap_or(0),
            (count, false) => count.unwrap_or(u64::MAX),
        };
        let order = rank(new).cmp(&rank(old));
        let text = |count: Option<u64>| count.map(|count| count.to_string());
        self.limit(pair, keyword, order, stricter, (text(old), text(new)));
    }

    /// Compares an inclusive or exclusive bound of numbers.
    fn bound(&mut self, pair: &Pair<'d>, keywords: [&str; 2], stricter: Ordering) {
        if !pair.concerns(keywords[0]) {
            return;
        }
        // The strictest bound, and whether it is exclusive.
        let of = |view: &View<'d>| {
            let mut strictest: Option<(&Number, bool)> = None;
            for (keyword, is_exclusive) in keywords.into_iter().zip([false, true]) {
                for (place, value) in view.keyword(keyword) {
                    let Tree::Number(number) = value else { continue };
                    // In draft-04 the exclusive keyword is a flag beside the other one.
                    let flag = view.sibling(&place, keywords[1]);
                    let excluded = is_exclusive || flag == Some(&Tree::Bool(true));
                    let is_stricter = strictest.is_none_or(|(other, was_excluded)| {
                        let order = value::compare(number, other);
                        order == stricter || order == Ordering::Equal && excluded && !was_excluded
                    });
                    if is_stricter {
                        strictest = Some((number, excluded));
                    }
                }
            }
            strictest
        };
        let (old, new) = (of(&pair.old), of(&pair.new));
        let order = match (old, new) {
            (None, None) => Ordering::Equal,
            (None, Some(_)) => stricter,
            (Some(_), None) => stricter.reverse(),
            (Some((old, was_excluded)), Some((new, excluded))) => value::compare(new, old)
                .then_with(|| match (was_excluded, excluded) {
                    (false, true) => stricter,
                    (true, false) => stricter.reverse(),
                    _ => Ordering::Equal,
                }),
        };
        let keyword = match (old, new) {
            (_, Some((_, true))) | (Some((_, true)), None) => keywords[1],
            _ => keywords[0],
        };
        let before = match (old, new) {
            (Some((_, false)), Some((_, true))) => format!("`{}` ", keywords[0]),
            (Some((_, true)), Some((_, false))) => format!("`{}` ", keywords[1]),
            _ => String::new(),
        };
        let texts = (
            old.map(|(number, _)| format!("{before}{number}")),
            new.map(|(number, _)| number.to_string()),
        );
        self.limit(pair, keyword, order, stricter, texts);
    }

    fn limit(
        &mut self,
        pair: &Pair<'d>,
        keyword: &str,
        order: Ordering,
        stricter: Ordering,
        texts: (Option<String>, Option<String>),
    ) {
        if order == Ordering::Equal {
            return;
        }
        let what = match texts {
            (None, Some(new)) => format!("`{keyword}` {new} was added"),
            (Some(old), None) => format!("`{keyword}` {old} was removed"),
            (old, new) => {
                let [old, new] = [old, new].map(Option::unwrap_or_default);
                format!("`{keyword}` became {new}, was {old}")
            }
        };
        let (breaks, why) = if order == stricter {
            (WRITERS, "the new version is stricter: it rejects values that the old one allows")
        } else {
            (READERS, "the old version is stricter: it rejects values that the new one allows")
        };
        self.note(&pair.old, &pair.new, keyword, what, breaks, why);
    }

    /// Compares a keyword for which only equality is decided. `undecided` explains why different values
    /// are reported as breaking, as those of `format` do.
    pub(super) fn set(&mut self, pair: &Pair<'d>, keyword: &str, undecided: &str) {
        if !pair.concerns(keyword) {
            return;
        }
        let of = |view: &View<'d>| -> BTreeMap<String, String> {
            let values = view.keyword(keyword).into_iter().map(|(_, value)| value);
            // An unknown format is an annotation (draft-07 Validation §7).
            let values = values.filter(|value| {
                keyword != "format" || value.text().is_some_and(|f| Format::named(f).is_some())
            });
            values.map(|value| (value::canonical(value), value.to_string())).collect()
        };
        let (old, new) = (of(&pair.old), of(&pair.new));
        let beyond = |from: &BTreeMap<String, String>, others: &BTreeMap<String, String>| {
            let more = from.iter().filter(|(value, _)| !others.contains_key(*value));
            shown(&more.map(|(_, text)| text.clone()).collect::<Vec<_>>())
        };
        let (gained, lost) = (beyond(&new, &old), beyond(&old, &new));
        let (what, breaks, why) = match (lost.as_str(), gained.as_str()) {
            ("", "") => return,
            ("", gained) => (
                format!("`{keyword}` {gained} was added"),
                WRITERS,
                "the new version rejects values that do not satisfy it",
            ),
            (lost, "") => (
                format!("`{keyword}` {lost} was removed"),
                READERS,
                "the old version rejects values that do not satisfy it",
            ),
            (lost, gained) => {
                let what = format!("`{keyword}` became {gained}, was {lost}");
                if keyword != "format" {
                    return self.guess(&pair.old, &pair.new, keyword, what, undecided);
                }
                (what, Breaks::BOTH, undecided)
            }
        };
        self.note(&pair.old, &pair.new, keyword, what, breaks, why);
    }
}

fn names(types: &BTreeSet<JsonType>) -> String {
    if *types == JsonType::ALL.into() {
        return "any".into();
    }
    list(types.iter().copied().map(plain).collect(), " or ")
}

fn plain(ty: JsonType) -> String {
    format!("{ty:?}").to_lowercase()
}

fn with_article(ty: JsonType) -> String {
    match ty {
        JsonType::Null => "`null`".into(),
        JsonType::Integer | JsonType::Array | JsonType::Object => format!("an {}", plain(ty)),
        _ => format!("a {}", plain(ty)),
    }
}

trait Named {
    fn name(self) -> String;
}

impl Named for JsonType {
    fn name(self) -> String {
        with_article(self)
    }
}

impl Named for String {
    fn name(self) -> String {
        self
    }
}

fn list<T: Named>(names: Vec<T>, last: &str) -> String {
    let mut names: Vec<String> = names.into_iter().map(Named::name).collect();
    match names.pop() {
        Some(end) if !names.is_empty() => format!("{}{last}{end}", names.join(", ")),
        Some(only) => only,
        None => "none".into(),
    }
}

/// Joins the first values of a list.
pub(super) fn shown(values: &[String]) -> String {
    const MAX_SHOWN: usize = 8;
    let more = values.len().saturating_sub(MAX_SHOWN);
    let text = values.iter().take(MAX_SHOWN).cloned().collect::<Vec<_>>().join(", ");
    if more == 0 { text } else { format!("{text} and {more} more") }
}
