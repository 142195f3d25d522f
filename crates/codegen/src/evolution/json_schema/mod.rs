//! Comparison of two versions of a JSON schema.
//!
//! A schema is a conjunction of keywords, so a value is lost between two versions only if some keyword
//! rejects it. Therefore keywords are compared one by one. Negated schemas and branches need the total
//! effect of their changes first, which a trial determines (`Walker::verdict`).

mod array;
mod choice;
mod conditions;
mod object;
mod scalar;
mod value;

use super::change::{Breaks, Change};
use super::version::Version;
use crate::cycles;
use crate::error::{Error, Problem};
use crate::frontend::json_schema::{Document, Registry, Rules, View, binds, json_type, referred};
use crate::model::{JsonType, Model};
use crate::options::{Formats, Lint, Options, Severity};
use std::collections::{BTreeSet, HashMap, HashSet};

/// Maximum number of compared pairs of schemas.
const MAX_STEPS: usize = 50_000;
/// Maximum depth of the comparison. Trials of branches within branches take several frames for each level.
const MAX_DEPTH: usize = 600;

/// The places of schemas that all apply to the same value.
type Places = Vec<String>;

/// Compares two versions.
pub(super) fn compare(
    old: &Version<'_>,
    new: &Version<'_>,
    options: &Options,
) -> Result<Vec<Change>, Error> {
    let [old_registry, new_registry] = [old, new].map(|version| version.registry(options));
    let [of_old, of_new] = [&old_registry, &new_registry].map(Version::translated);
    let (of_old, of_new) = (old_registry.with(&of_old), new_registry.with(&of_new));
    let (of_old, of_new) =
        (of_old.as_ref().unwrap_or(&old_registry), of_new.as_ref().unwrap_or(&new_registry));
    let of_old = checked(old, of_old).map_err(|problems| old.located(problems))?;
    let of_new = checked(new, of_new).map_err(|problems| new.located(problems))?;
    let mut walker = Walker::new(&of_old, &of_new);
    let changes = walker.between(&[String::new()], &[String::new()]);
    walker.finish().map_err(|problems| new.located(problems))?;
    Ok(changes)
}

/// Returns the options of both versions unless the caller has others. Parts of a contract that are doubtful in
/// both versions are no change.
pub(super) fn options() -> Options {
    [Lint::MisspeltKeyword, Lint::UnknownFormat, Lint::Unsatisfiable]
        .into_iter()
        .fold(Options::new(""), |options, lint| options.lint(lint, Severity::Ignore))
        .formats(Formats::Asserted)
}

/// Returns the document of a version after checking that all its keywords are valid.
fn checked<'d>(
    version: &'d Version<'_>,
    registry: &'d Registry<'d>,
) -> Result<Document<'d>, Vec<Problem>> {
    let document = Document::json_schema(version.name(), &version.file.tree, registry)?;
    check(&document, &[String::new()])?;
    Ok(document)
}

/// Checks the keywords of the schemas at some places of a document.
pub(super) fn check(document: &Document<'_>, places: &[String]) -> Result<(), Vec<Problem>> {
    let mut model = Model::default();
    let mut rules = Rules::new(document);
    for place in places {
        rules.rule(place, &mut model);
    }
    if rules.problems.is_empty() {
        cycles::check(&model, document.file, 0)
    } else {
        Err(rules.problems)
    }
}

/// The result of comparing two schemas without recording changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Verdict {
    breaks: Breaks,
    /// True if `breaks` also accounts for undeclared properties.
    is_exact: bool,
}

impl Verdict {
    /// The verdict before the first comparison.
    const PRESUMED: Self = Self { breaks: Breaks::NONE, is_exact: true };

    /// Returns whether both schemas allow exactly the same values.
    fn is_same(self) -> bool {
        self.breaks.is_none() && self.is_exact
    }

    /// Returns the groups that break without any assumption about undeclared properties.
    fn exactly(self) -> Breaks {
        if self.is_exact { self.breaks } else { Breaks::BOTH }
    }
}

/// The comparison of the schemas of two documents.
pub(super) struct Walker<'d> {
    old: &'d Document<'d>,
    new: &'d Document<'d>,
    /// Pairs that have been or are being compared, since schemas may refer to themselves.
    seen: HashSet<(Places, Places)>,
    changes: Vec<Change>,
    /// Verdicts of the trials so far.
    verdicts: HashMap<(Places, Places), Verdict>,
    /// Pairs that were tried in this round.
    tried: HashSet<(Places, Places)>,
    /// Pairs whose verdict is final.
    settled: HashSet<(Places, Places)>,
    is_trying: bool,
    /// True if a verdict of this round is worse than in the round before.
    has_grown: bool,
    steps: usize,
    depth: usize,
    problems: Vec<Problem>,
    /// True if both versions have the same documents; unknown until it is asked.
    has_same_documents: Option<bool>,
}

/// A schema in both versions.
struct Pair<'d> {
    old: View<'d>,
    new: View<'d>,
    /// The types that both versions allow. Changes of the allowed types are reported separately.
    common: BTreeSet<JsonType>,
}

impl Pair<'_> {
    fn concerns(&self, keyword: &str) -> bool {
        self.common.iter().any(|ty| binds(*ty, keyword))
    }
}

impl<'d> Walker<'d> {
    pub(super) fn new(old: &'d Document<'d>, new: &'d Document<'d>) -> Self {
        Self {
            old,
            new,
            seen: HashSet::new(),
            changes: Vec::new(),
            verdicts: HashMap::new(),
            tried: HashSet::new(),
            settled: HashSet::new(),
            is_trying: false,
            has_grown: false,
            steps: 0,
            depth: 0,
            problems: Vec::new(),
            has_same_documents: None,
        }
    }

    /// Returns the changes between the schemas at two lists of places, without those that were returned before.
    pub(super) fn between(&mut self, old: &[String], new: &[String]) -> Vec<Change> {
        self.compare(old, new);
        std::mem::take(&mut self.changes)
    }

    /// Ends the comparison with the problems that it met.
    pub(super) fn finish(self) -> Result<(), Vec<Problem>> {
        if self.problems.is_empty() { Ok(()) } else { Err(self.problems) }
    }

    /// Records the changes between the schemas at two lists of places.
    fn compare(&mut self, old: &[String], new: &[String]) {
        let key = self.key(old, new);
        if self.is_trying {
            // A trial only needs to know whether anything changed.
            let verdict = self.tried(key);
            if !verdict.is_same() {
                let mut change = Change::new((None, None), "", verdict.breaks, "");
                change.undeclared = if verdict.is_exact { Breaks::NONE } else { Breaks::BOTH };
                self.changes.push(change);
            }
        } else if self.seen.insert(key) {
            self.walk(old, new);
        }
    }

    /// Returns the places of two lists of schemas, after references, so that a schema that many refer to is
    /// compared once.
    fn key(&self, old: &[String], new: &[String]) -> (Places, Places) {
        let key = |document: &Document<'d>, places: &[String]| {
            let target = |place: &String| {
                let place = document.absolute(place);
                referred(document, &place).ok().flatten().unwrap_or(place)
            };
            places.iter().map(target).collect()
        };
        (key(self.old, old), key(self.new, new))
    }

    fn walk(&mut self, old: &[String], new: &[String]) {
        let (Some(old), Some(new)) = (self.view(self.old, old), self.view(self.new, new)) else {
            return;
        };
        self.steps += 1;
        if self.steps > MAX_STEPS || self.depth > MAX_DEPTH {
            let why = "the comparison reached its limit of steps or depth";
            let what = "the schemas are too complex to compare";
            self.guess(&old, &new, "", what, why);
            return;
        }
        self.depth += 1;
        self.schema(old, new);
        self.depth -= 1;
    }

    fn schema(&mut self, old: View<'d>, new: View<'d>) {
        if old.never || new.never {
            if old.never != new.never {
                let (what, breaks, why) = if new.never {
                    (
                        "no value is allowed any longer",
                        WRITERS,
                        "the new version rejects every value",
                    )
                } else {
                    ("values are now allowed", READERS, "the old version rejects every value")
                };
                self.note(&old, &new, "", what, breaks, why);
            }
            return;
        }
        if self.choice_alone(&old, &new) {
            return;
        }
        self.types(&old, &new);
        let (of_old, of_new) = (Self::types_of(&old), Self::types_of(&new));
        let common = common(&of_old, &of_new);
        let pair = Pair { old, new, common };
        self.allowed(&pair);
        self.scalars(&pair);
        self.object(&pair);
        self.array(&pair);
        self.choices(&pair);
        self.conditions(&pair);
        self.annotations(&pair);
    }

    fn view(&mut self, document: &'d Document<'d>, places: &[String]) -> Option<View<'d>> {
        match View::of(document, places) {
            Ok(view) => Some(view),
            Err(problem) => {
                self.problems.push(problem);
                None
            }
        }
    }

    /// Returns the result of comparing two schemas, without recording changes.
    ///
    /// Schemas may refer to themselves, so a verdict may depend on itself. This computes a fixed point:
    /// every pair is presumed to break nobody, and further rounds of trials correct the verdicts until
    /// none changes.
    fn verdict(&mut self, old: &[String], new: &[String]) -> Verdict {
        let key = self.key(old, new);
        if self.is_trying {
            return self.tried(key);
        }
        self.is_trying = true;
        let verdict = loop {
            self.has_grown = false;
            let verdict = self.tried(key.clone());
            let tried = std::mem::take(&mut self.tried);
            if !self.has_grown {
                self.settled.extend(tried);
                break verdict;
            }
        };
        self.is_trying = false;
        verdict
    }

    /// Returns the verdict of this round.
    fn tried(&mut self, key: (Places, Places)) -> Verdict {
        let known = self.verdicts.get(&key).copied().unwrap_or(Verdict::PRESUMED);
        if self.settled.contains(&key) || !self.tried.insert(key.clone()) {
            return known;
        }
        let changes = std::mem::take(&mut self.changes);
        self.walk(&key.0, &key.1);
        let found = std::mem::replace(&mut self.changes, changes);
        // A verdict never improves, so the rounds terminate.
        let verdict = Verdict {
            breaks: found.iter().fold(known.breaks, |all, change| all.or(change.breaks)),
            is_exact: known.is_exact && found.iter().all(|change| change.undeclared.is_none()),
        };
        self.has_grown |= verdict != known;
        self.verdicts.insert(key, verdict);
        verdict
    }

    /// Records a change at a keyword, or at the schema itself (`""`).
    fn note(
        &mut self,
        old: &View<'d>,
        new: &View<'d>,
        keyword: &str,
        what: impl Into<String>,
        breaks: Breaks,
        why: impl Into<String>,
    ) {
        let at = |view: &View<'d>, document: &Document<'d>| {
            let place = match view.keyword(keyword).into_iter().next() {
                Some((place, _)) => place,
                None => view.origins.first().cloned()?,
            };
            let (file, pointer) = document.split(&place);
            (file == document.file).then(|| pointer.to_owned())
        };
        let pointers = (at(old, self.old), at(new, self.new));
        let mut change = Change::new(pointers, what, breaks, why);
        change.gone = !old.keyword(keyword).is_empty() && new.keyword(keyword).is_empty();
        self.changes.push(change);
    }

    /// Records a change that is not decided.
    fn guess(
        &mut self,
        old: &View<'d>,
        new: &View<'d>,
        keyword: &str,
        what: impl Into<String>,
        why: impl Into<String>,
    ) {
        self.note(old, new, keyword, what, Breaks::BOTH, why);
        if let Some(change) = self.changes.last_mut() {
            change.undecided = true;
        }
    }

    /// Returns whether the documents of both versions are the same, so that all references lead to the same.
    fn has_same_documents(&mut self) -> bool {
        let (old, new) = (self.old, self.new);
        *self.has_same_documents.get_or_insert_with(|| {
            let texts = |document: &Document<'d>| {
                let others = document.others().filter(|(name, _)| *name != document.file);
                let mut texts: Vec<_> =
                    others.map(|(name, root)| (name.to_owned(), value::canonical(root))).collect();
                texts.push((String::new(), value::canonical(document.root)));
                texts.sort();
                texts
            };
            texts(old) == texts(new)
        })
    }

    /// Reports changed defaults, which are annotations (draft-07 Validation §10.2).
    fn annotations(&mut self, pair: &Pair<'d>) {
        let text = |view: &View<'d>| {
            view.keyword("default")
                .into_iter()
                .map(|(_, v)| value::canonical(v))
                .collect::<Vec<_>>()
        };
        if text(&pair.old) != text(&pair.new) {
            let why = "a default is an annotation and does not affect which values are valid";
            let what = "`default` changed";
            self.note(&pair.old, &pair.new, "default", what, Breaks::NONE, why);
        }
    }

    /// Returns the types of the values that a schema allows.
    fn types_of(view: &View<'d>) -> BTreeSet<JsonType> {
        let named = view.types.clone().unwrap_or_else(|| JsonType::ALL.into());
        match value::allowed(view) {
            None => named,
            Some(values) => common(&named, &values.iter().map(|(_, v)| json_type(v)).collect()),
        }
    }
}

const READERS: Breaks = Breaks { readers: true, writers: false };
const WRITERS: Breaks = Breaks { readers: false, writers: true };

/// Returns the intersection of two sets of types, in which `Number` includes `Integer`.
fn common(left: &BTreeSet<JsonType>, right: &BTreeSet<JsonType>) -> BTreeSet<JsonType> {
    let has = |set: &BTreeSet<JsonType>, ty: &JsonType| {
        set.contains(ty) || *ty == JsonType::Integer && set.contains(&JsonType::Number)
    };
    left.iter().chain(right).filter(|ty| has(left, ty) && has(right, ty)).copied().collect()
}
