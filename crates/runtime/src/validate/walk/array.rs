//! Arrays.

use super::{Unreadable, Walk, object};
use crate::json::{self, Reader};
use crate::validate::schema::{Assertion, Schema, Types};
use crate::validate::{ViolationKind, canonical};
use std::collections::HashMap;
use std::fmt::Write;

impl<'a> Walk<'a> {
    pub(super) fn array(&mut self, schemas: &[&'static Schema]) -> Result<(), Unreadable> {
        let start = self.reader.clone();
        let assertions = self.flatten(schemas, Types::ARRAY, json::JsonType::Array, &start);
        let mut unevaluated = Vec::new();
        for &(schema, assertion) in &assertions {
            self.composite_options(schema, assertion, &start);
            match assertion {
                Assertion::Union { branches, .. } => self.report(schema, object::union(branches)),
                Assertion::UnevaluatedItems(rest) => {
                    unevaluated.push((schema, *rest, self.applied(schema, &start)));
                }
                _ => {}
            }
        }
        let compared = assertions.iter().any(|(_, assertion)| {
            matches!(assertion, Assertion::UniqueItems | Assertion::Contains { .. })
        });
        let mut contained = vec![0_u64; if compared { assertions.len() } else { 0 }];
        let mut equal: HashMap<String, u64> = HashMap::new();
        let mut repeated = None;
        self.reader.begin_array().map_err(|stop| self.unreadable(stop))?;
        let (mut first, mut count) = (true, 0);
        let mut schemas = self.spare.schemas.take();
        while self.reader.next_item(&mut first).map_err(|stop| self.unreadable(stop))? {
            let item = self.reader.clone();
            let length = self.enter_item(count);
            schemas.clear();
            for &(schema, assertion) in &assertions {
                schemas.extend(of_item(schema, assertion, count));
            }
            for &(schema, rest, ref applied) in &unevaluated {
                if self.is_evaluated(schema, applied, count, &item) {
                    continue;
                }
                if matches!(rest.assertions, [Assertion::Never]) {
                    self.report(schema, ViolationKind::UnevaluatedItems);
                } else {
                    schemas.push(rest);
                }
            }
            if compared {
                for ((_, assertion), contained) in assertions.iter().zip(&mut contained) {
                    match assertion {
                        Assertion::Contains { schema, .. } => {
                            *contained += u64::from(self.satisfied(&item, schema));
                        }
                        Assertion::UniqueItems if repeated.is_none() => {
                            if let Some(text) = canonical::text(&mut item.clone())
                                && let Some(earlier) = equal.insert(text, count)
                            {
                                repeated = Some((earlier, count));
                            }
                        }
                        _ => {}
                    }
                }
            }
            self.value(&schemas)?;
            self.pointer.truncate(length);
            count += 1;
        }
        for (index, &(schema, assertion)) in assertions.iter().enumerate() {
            match *assertion {
                Assertion::MinItems(limit) if count < limit => {
                    self.report(schema, ViolationKind::MinItems { limit });
                }
                Assertion::MaxItems(limit) if count > limit => {
                    self.report(schema, ViolationKind::MaxItems { limit });
                }
                Assertion::Contains { min, max, .. } => {
                    self.contains(schema, min, max, contained[index]);
                }
                Assertion::UniqueItems => {
                    if let Some((first, second)) = repeated {
                        self.report(schema, ViolationKind::UniqueItems { first, second });
                    }
                }
                _ => {}
            }
        }
        self.spare.applied.give_back(assertions);
        self.spare.schemas.give_back(schemas);
        Ok(())
    }

    fn contains(
        &mut self,
        schema: &'static Schema,
        min: Option<u64>,
        max: Option<u64>,
        found: u64,
    ) {
        match min {
            None if found == 0 => self.report(schema, ViolationKind::Contains),
            Some(limit) if found < limit => {
                self.report(schema, ViolationKind::MinContains { limit })
            }
            _ => {}
        }
        if let Some(limit) = max.filter(|limit| found > *limit) {
            self.report(schema, ViolationKind::MaxContains { limit });
        }
    }

    /// Returns whether a schema beside `unevaluatedItems`, or in place inside of it, evaluates an item
    /// (2020-12 Core §11.2).
    fn is_evaluated(
        &mut self,
        asking: &'static Schema,
        applied: &[&'static Schema],
        index: u64,
        item: &Reader<'a>,
    ) -> bool {
        let assertions = applied
            .iter()
            .flat_map(|schema| schema.assertions.iter().map(move |assertion| (*schema, assertion)));
        let mut contains = Vec::new();
        for (schema, assertion) in assertions {
            match assertion {
                Assertion::PrefixItems(prefix) if index < prefix.len() as u64 => return true,
                Assertion::Items(_) => return true,
                Assertion::UnevaluatedItems(_) if !std::ptr::eq(schema, asking) => return true,
                Assertion::Contains { schema, evaluates: true, .. } => contains.push(*schema),
                _ => {}
            }
        }
        contains.into_iter().any(|schema| self.satisfied(item, schema))
    }

    /// Points at an item; returns the length to truncate to.
    fn enter_item(&mut self, index: u64) -> usize {
        let length = self.pointer.len();
        // Writing to a string cannot fail.
        let _ = write!(self.pointer, "/{index}");
        length
    }
}

/// The schema that an assertion has for the item at `index`.
fn of_item(
    schema: &'static Schema,
    assertion: &'static Assertion,
    index: u64,
) -> Option<&'static Schema> {
    let index = usize::try_from(index).unwrap_or(usize::MAX);
    match *assertion {
        Assertion::PrefixItems(prefix) => prefix.get(index).copied(),
        // It applies to the items after the ones that have a schema each.
        Assertion::Items(items) => (index >= prefix_length(schema)).then_some(items),
        _ => None,
    }
}

fn prefix_length(schema: &'static Schema) -> usize {
    let prefix = schema.assertions.iter().find_map(|assertion| match assertion {
        Assertion::PrefixItems(prefix) => Some(prefix.len()),
        _ => None,
    });
    prefix.unwrap_or(0)
}
