//! Resolution of the schemas that apply to a value: references, `allOf` and its kin.

use super::branches::candidates;
use super::nearest::Explanation;
use super::{Applied, Walk, object};
use crate::json::{self, Reader};
use crate::validate::ViolationKind;
use crate::validate::schema::{Assertion, Schema};

impl<'a> Walk<'a> {
    /// All assertions that apply to a value of these types: those of references, `allOf`, chosen
    /// branches and met conditions included.
    pub(super) fn flatten(
        &mut self,
        schemas: &[&'static Schema],
        bits: u8,
        found: json::JsonType,
        value: &Reader<'a>,
    ) -> Vec<Applied> {
        let mut flat = self.spare.applied.take();
        if let [schema] = schemas
            && schema.assertions.iter().all(is_own)
        {
            // Most schemas: there is nothing to resolve.
            for assertion in schema.assertions {
                self.own(schema, assertion, bits, found, &mut flat);
            }
            return flat;
        }
        let mut queue = self.spare.schemas.take();
        queue.extend(schemas.iter().rev());
        // What several references or branches of `allOf` lead to applies once.
        let mut seen = self.spare.schemas.take();
        let mut discriminators = Vec::new();
        while let Some(schema) = queue.pop() {
            if seen.iter().any(|known| std::ptr::eq(*known, schema)) {
                continue;
            }
            seen.push(schema);
            for assertion in schema.assertions {
                match *assertion {
                    Assertion::Reference(target) => queue.push(target),
                    Assertion::AllOf(branches) => queue.extend(branches.iter().rev()),
                    Assertion::AnyOf([only]) | Assertion::OneOf([only]) => queue.push(only),
                    Assertion::AnyOf(branches) => {
                        match candidates(branches, bits, value).as_slice() {
                            [only] => queue.push(only),
                            many if many.iter().any(|branch| self.accepts(value, branch)) => {}
                            _ => {
                                self.report(schema, ViolationKind::AnyOf);
                                let found = self.explain(branches, bits, value);
                                explain(schema, found, &mut queue, &mut discriminators);
                            }
                        }
                    }
                    Assertion::OneOf(branches) => {
                        match candidates(branches, bits, value).as_slice() {
                            [only] => queue.push(only),
                            many => {
                                let mut fitting = many.to_vec();
                                fitting.retain(|branch| self.satisfied(value, branch));
                                match fitting.as_slice() {
                                    // The contract is met, but the value may still not fit its type.
                                    [only] => queue.push(only),
                                    other => {
                                        let matching = other.len();
                                        self.report(schema, ViolationKind::OneOf { matching });
                                        if matching == 0 {
                                            let found = self.explain(branches, bits, value);
                                            explain(schema, found, &mut queue, &mut discriminators);
                                        }
                                    }
                                }
                            }
                        }
                    }
                    Assertion::Not(negated) => {
                        if self.satisfied(value, negated) {
                            self.report(schema, ViolationKind::Not);
                        }
                    }
                    Assertion::If { condition, then, otherwise } => {
                        let met = self.satisfied(value, condition);
                        queue.extend(if met { then } else { otherwise });
                    }
                    Assertion::External(takes) => {
                        if self.explains && self.refuses(takes, schema, value) {
                            self.report(schema, ViolationKind::External);
                        }
                    }
                    Assertion::DependentSchemas(dependencies)
                        if found == json::JsonType::Object =>
                    {
                        queue.extend(dependent(dependencies, value));
                    }
                    _ => self.own(schema, assertion, bits, found, &mut flat),
                }
            }
        }
        self.spare.schemas.give_back(queue);
        self.spare.schemas.give_back(seen);
        for (schema, found) in discriminators {
            self.discriminate(schema, found, &flat, value);
        }
        flat
    }

    /// Checks the type of a value; adds what there is to check besides.
    fn own(
        &mut self,
        schema: &'static Schema,
        assertion: &'static Assertion,
        bits: u8,
        found: json::JsonType,
        flat: &mut Vec<Applied>,
    ) {
        match *assertion {
            Assertion::Types(expected) if expected.contains(bits) => {}
            Assertion::Types(expected) => {
                self.report(schema, ViolationKind::Type { expected, found });
            }
            Assertion::Never => self.report(schema, ViolationKind::Never),
            _ => flat.push((schema, assertion)),
        }
    }

    /// Returns whether a type of another crate refuses a value that the schema allows.
    fn refuses(
        &mut self,
        takes: fn(&str) -> bool,
        schema: &'static Schema,
        value: &Reader<'a>,
    ) -> bool {
        self.satisfied(value, schema) && value.clone().skip().is_ok_and(|text| !takes(text))
    }

    /// The schemas that evaluate members for the `unevaluated…` of `schema`: itself, and those inside
    /// of it that apply to the same value and hold (2019-09 Core §9.3.1.3, §9.3.2.4).
    pub(super) fn applied(
        &mut self,
        schema: &'static Schema,
        value: &Reader<'a>,
    ) -> Vec<&'static Schema> {
        let mut applied: Vec<&'static Schema> = Vec::new();
        let mut queue = vec![schema];
        while let Some(schema) = queue.pop() {
            if applied.iter().any(|known| std::ptr::eq(*known, schema)) {
                continue;
            }
            applied.push(schema);
            for assertion in schema.assertions {
                match *assertion {
                    Assertion::Reference(target) => queue.push(target),
                    Assertion::AllOf(branches) => queue.extend(branches),
                    Assertion::AnyOf(branches) | Assertion::OneOf(branches) => {
                        let holding = branches.iter().copied();
                        queue.extend(holding.filter(|branch| self.satisfied(value, branch)));
                    }
                    Assertion::If { condition, then, otherwise } => {
                        if self.satisfied(value, condition) {
                            queue.push(condition);
                            queue.extend(then);
                        } else {
                            queue.extend(otherwise);
                        }
                    }
                    Assertion::DependentSchemas(dependencies) => {
                        queue.extend(dependent(dependencies, value));
                    }
                    _ => {}
                }
            }
        }
        applied
    }
}

/// Returns whether an assertion leads to no other schema for the same value.
fn is_own(assertion: &Assertion) -> bool {
    !matches!(
        assertion,
        Assertion::Reference(_)
            | Assertion::AllOf(_)
            | Assertion::AnyOf(_)
            | Assertion::OneOf(_)
            | Assertion::Not(_)
            | Assertion::If { .. }
            | Assertion::External(_)
            | Assertion::DependentSchemas(_)
    )
}

/// Adds the nearest branch of a union to the schemas that apply; a discriminator is reported after them.
fn explain(
    union: &'static Schema,
    found: Option<Explanation>,
    queue: &mut Vec<&'static Schema>,
    discriminators: &mut Vec<(&'static Schema, Explanation)>,
) {
    match found {
        Some(Explanation::Nearest(branch)) => queue.push(branch),
        Some(other) => discriminators.push((union, other)),
        None => {}
    }
}

/// The schemas that depend on properties which are there.
fn dependent(
    dependencies: &'static [(&'static str, &'static Schema)],
    value: &Reader<'_>,
) -> Vec<&'static Schema> {
    let keys = object::keys(value.clone());
    let present = dependencies.iter().filter(|(property, _)| keys.contains(property));
    present.map(|(_, schema)| *schema).collect()
}
