//! Values of a contract's own against its rules: defaults.

use crate::model::{Assertion, JsonType, Model, Representation, RuleId};
use crate::pattern::is_match;
use crate::tree::{Number, Tree, escape};
use std::cmp::Ordering;

/// The result of checking a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// The value satisfies the rule.
    Valid,
    /// The value breaks the rule: the pointer of the part that does, and the keyword.
    Invalid { pointer: String, keyword: &'static str },
    /// The rule has a part that only generated code checks, such as a format.
    Undecided,
}

/// Maximum number of assertions that are looked at for one value; recursive rules may have no end.
const MAX_STEPS: usize = 10_000;
/// Maximum depth of rules within each other.
const MAX_DEPTH: usize = 64;

/// Checks a value against a rule.
pub(crate) fn judge(model: &Model, rule: RuleId, value: &Tree) -> Verdict {
    Judge { model, steps: 0, depth: 0 }.rule(rule, value, "")
}

struct Judge<'m> {
    model: &'m Model,
    steps: usize,
    depth: usize,
}

/// The decision about one assertion; `None` leaves it to generated code.
type Holds = Option<bool>;

impl<'m> Judge<'m> {
    fn rule(&mut self, id: RuleId, value: &Tree, pointer: &str) -> Verdict {
        if self.depth >= MAX_DEPTH {
            return Verdict::Undecided;
        }
        self.depth += 1;
        let model = self.model;
        let assertions = &model[id].assertions;
        let verdict = all(assertions.iter().map(|assertion| {
            self.steps += 1;
            match self.steps {
                steps if steps > MAX_STEPS => Verdict::Undecided,
                _ => self.assertion(assertion, assertions, value, pointer),
            }
        }));
        self.depth -= 1;
        verdict
    }

    fn assertion(
        &mut self,
        assertion: &'m Assertion,
        beside: &'m [Assertion],
        value: &Tree,
        pointer: &str,
    ) -> Verdict {
        match assertion {
            Assertion::Reference(rule) => self.rule(*rule, value, pointer),
            Assertion::AllOf(rules) => {
                all(rules.iter().map(|rule| self.rule(*rule, value, pointer)))
            }
            Assertion::If { condition, then, otherwise } => {
                let branch = match self.rule(*condition, value, pointer) {
                    Verdict::Valid => then,
                    Verdict::Invalid { .. } => otherwise,
                    Verdict::Undecided => return Verdict::Undecided,
                };
                branch.map_or(Verdict::Valid, |rule| self.rule(rule, value, pointer))
            }
            Assertion::DependentSchemas(rules) => {
                let bound = rules.iter().filter(|(name, _)| value.get(name).is_some());
                all(bound.map(|(_, rule)| self.rule(*rule, value, pointer)))
            }
            Assertion::PrefixItems(_) | Assertion::Items(_) => {
                self.items(assertion, beside, value, pointer)
            }
            Assertion::Properties(_)
            | Assertion::AdditionalProperties(_)
            | Assertion::PropertyNames(_) => self.members(assertion, beside, value, pointer),
            _ => match self.holds(assertion, value) {
                Some(true) => Verdict::Valid,
                Some(false) => {
                    let keyword = assertion.keyword();
                    Verdict::Invalid { pointer: pointer.to_owned(), keyword }
                }
                None => Verdict::Undecided,
            },
        }
    }

    fn items(
        &mut self,
        assertion: &Assertion,
        beside: &[Assertion],
        value: &Tree,
        pointer: &str,
    ) -> Verdict {
        let items = value.items().unwrap_or_default().iter().enumerate();
        let inside = |index: usize| format!("{pointer}/{index}");
        match assertion {
            Assertion::PrefixItems(rules) => all(items
                .zip(rules)
                .map(|((index, item), rule)| self.rule(*rule, item, &inside(index)))),
            Assertion::Items(rule) => {
                let prefix = beside.iter().find_map(|assertion| match assertion {
                    Assertion::PrefixItems(rules) => Some(rules.len()),
                    _ => None,
                });
                let items = items.skip(prefix.unwrap_or(0));
                all(items.map(|(index, item)| self.rule(*rule, item, &inside(index))))
            }
            _ => Verdict::Valid,
        }
    }

    fn members(
        &mut self,
        assertion: &Assertion,
        beside: &[Assertion],
        value: &Tree,
        pointer: &str,
    ) -> Verdict {
        let members = value.members().unwrap_or_default().iter();
        let inside = |name: &str| format!("{pointer}/{}", escape(name));
        match assertion {
            Assertion::Properties(rules) => all(rules.iter().map(|(name, rule)| {
                let member = value.get(name);
                member.map_or(Verdict::Valid, |member| self.rule(*rule, member, &inside(name)))
            })),
            Assertion::PropertyNames(rule) => all(members
                .map(|(name, _)| self.rule(*rule, &Tree::String(name.clone()), &inside(name)))),
            Assertion::AdditionalProperties(rule) => {
                let is_known = |name: &String| {
                    beside.iter().any(|assertion| match assertion {
                        Assertion::Properties(rules) => {
                            rules.iter().any(|(known, _)| known == name)
                        }
                        _ => false,
                    })
                };
                all(members
                    .filter(|(name, _)| !is_known(name))
                    .map(|(name, member)| self.rule(*rule, member, &inside(name))))
            }
            _ => Verdict::Valid,
        }
    }

    fn holds(&mut self, assertion: &Assertion, value: &Tree) -> Holds {
        let number = match value {
            Tree::Number(number) => Some(number),
            _ => None,
        };
        let compared = |limit: &str, allowed: &[Ordering]| match number {
            Some(number) => Some(allowed.contains(&number.compare(&parsed(limit)?))),
            None => Some(true),
        };
        let length = value.text().map(|text| text.chars().count() as u64);
        let items = value.items().map(|items| items.len() as u64);
        let members = value.members().map(|members| members.len() as u64);
        let at_least = |count: Option<u64>, limit: u64| Some(count.is_none_or(|n| n >= limit));
        let at_most = |count: Option<u64>, limit: u64| Some(count.is_none_or(|n| n <= limit));
        let unless = |is_free: bool| is_free.then_some(true);
        match assertion {
            Assertion::Types(types) => Some(types.iter().any(|ty| is_of(value, *ty))),
            Assertion::Never => Some(false),
            Assertion::Enum(options) => {
                let mut options = options.iter().filter_map(|option| Tree::parse(option).ok());
                Some(options.any(|option| option.equals(value)))
            }
            Assertion::Const(option) => Some(Tree::parse(option).ok()?.equals(value)),
            Assertion::Minimum(limit) => compared(limit, &[Ordering::Greater, Ordering::Equal]),
            Assertion::Maximum(limit) => compared(limit, &[Ordering::Less, Ordering::Equal]),
            Assertion::ExclusiveMinimum(limit) => compared(limit, &[Ordering::Greater]),
            Assertion::ExclusiveMaximum(limit) => compared(limit, &[Ordering::Less]),
            Assertion::MultipleOf(divisor) => match number {
                Some(number) => number.is_multiple_of(&parsed(divisor)?),
                None => Some(true),
            },
            Assertion::Representation(representation) => match number {
                Some(number) => fits(number, *representation),
                None => Some(true),
            },
            Assertion::MinLength(limit) => at_least(length, *limit),
            Assertion::MaxLength(limit) => at_most(length, *limit),
            Assertion::MinItems(limit) => at_least(items, *limit),
            Assertion::MaxItems(limit) => at_most(items, *limit),
            Assertion::MinProperties(limit) => at_least(members, *limit),
            Assertion::MaxProperties(limit) => at_most(members, *limit),
            Assertion::Pattern(pattern) => {
                value.text().map_or(Some(true), |text| is_match(pattern, text))
            }
            Assertion::Format(_) => unless(value.text().is_none()),
            Assertion::UniqueItems => {
                let items = value.items().unwrap_or_default();
                let mut pairs = items.iter().enumerate();
                Some(
                    !pairs
                        .any(|(index, item)| items[..index].iter().any(|other| other.equals(item))),
                )
            }
            Assertion::Required(names) => {
                let is_there = |name: &String| value.get(name).is_some();
                Some(value.members().is_none() || names.iter().all(is_there))
            }
            Assertion::Dependencies(names) | Assertion::DependentRequired(names) => {
                Some(names.iter().all(|(name, others)| {
                    value.get(name).is_none()
                        || others.iter().all(|other| value.get(other).is_some())
                }))
            }
            Assertion::AnyOf(rules) => match self.count(rules, value) {
                (0, 0) => Some(false),
                (0, _) => None,
                _ => Some(true),
            },
            Assertion::OneOf(rules) => {
                let (valid, undecided) = self.count(rules, value);
                (undecided == 0).then_some(valid == 1)
            }
            Assertion::Not(rule) => match self.rule(*rule, value, "") {
                Verdict::Valid => Some(false),
                Verdict::Invalid { .. } => Some(true),
                Verdict::Undecided => None,
            },
            Assertion::Contains { .. } | Assertion::UnevaluatedItems(_) => {
                unless(value.items().is_none())
            }
            Assertion::PatternProperties(_) | Assertion::UnevaluatedProperties(_) => {
                unless(members.is_none_or(|count| count == 0))
            }
            // Judged with the parts of the value, or only by generated code.
            _ => None,
        }
    }

    /// The numbers of rules that a value satisfies, and of those that are undecided.
    fn count(&mut self, rules: &[RuleId], value: &Tree) -> (usize, usize) {
        let (mut valid, mut undecided) = (0, 0);
        for rule in rules {
            match self.rule(*rule, value, "") {
                Verdict::Valid => valid += 1,
                Verdict::Invalid { .. } => {}
                Verdict::Undecided => undecided += 1,
            }
        }
        (valid, undecided)
    }
}

/// Invalid if one is, otherwise undecided if one is.
fn all(verdicts: impl Iterator<Item = Verdict>) -> Verdict {
    let mut whole = Verdict::Valid;
    for verdict in verdicts {
        match verdict {
            Verdict::Valid => {}
            Verdict::Undecided => whole = Verdict::Undecided,
            invalid => return invalid,
        }
    }
    whole
}

fn is_of(value: &Tree, ty: JsonType) -> bool {
    match (value, ty) {
        (Tree::Null, JsonType::Null)
        | (Tree::Bool(_), JsonType::Boolean)
        | (Tree::Number(_), JsonType::Number)
        | (Tree::String(_), JsonType::String)
        | (Tree::Array(_), JsonType::Array)
        | (Tree::Object(_), JsonType::Object) => true,
        (Tree::Number(number), JsonType::Integer) => number.is_integer(),
        _ => false,
    }
}

/// Returns whether the type of a number holds it.
fn fits(number: &Number, representation: Representation) -> Holds {
    let (least, largest) = match representation {
        Representation::Integer8 => (i8::MIN.into(), i8::MAX.into()),
        Representation::Integer16 => (i16::MIN.into(), i16::MAX.into()),
        Representation::Integer32 => (i32::MIN.into(), i32::MAX.into()),
        Representation::Integer64 => (i64::MIN.into(), i64::MAX.into()),
        Representation::Unsigned8 => (0, u8::MAX.into()),
        Representation::Unsigned16 => (0, u16::MAX.into()),
        Representation::Unsigned32 => (0, u32::MAX.into()),
        Representation::Unsigned64 => (0, i128::from(u64::MAX)),
        Representation::Decimal => return Some(number.fits_decimal()),
        Representation::Float | Representation::Double => return None,
    };
    let (floor, _) = number.floor();
    Some((least..=largest).contains(&floor))
}

fn parsed(limit: &str) -> Option<Number> {
    match Tree::parse(limit) {
        Ok(Tree::Number(number)) => Some(number),
        _ => None,
    }
}
