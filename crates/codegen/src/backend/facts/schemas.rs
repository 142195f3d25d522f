//! The names of the tables that explain a rejection.

use super::ident::shouty;
use super::names::{Names, numbered};
use crate::model::{Assertion, DefinitionId, Model, RuleId};
use crate::version::{document_name, key_name, split_version};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// The most levels of schemas inside a row; a deeper schema is a row itself.
const LEVELS: usize = 2;

/// The rules that become a static of their own, which is a row; all others stand inside a row.
pub(in crate::backend) struct Schemas {
    names: BTreeMap<RuleId, String>,
}

impl Schemas {
    /// A static for every rule that a type, an event or more than one other rule refers to.
    pub(in crate::backend) fn assign(model: &Model, types: &Names) -> Self {
        let mut roots: Vec<(RuleId, String)> = Vec::new();
        for contract in &model.contracts {
            let stem = split_version(file_stem(&contract.file)).0;
            roots.push((contract.rule, stem.clone()));
            if contract.published_rule != contract.rule {
                roots.push((contract.published_rule, format!("published_{stem}")));
            }
        }
        for definition in &model.definitions {
            let stem = split_version(file_stem(&definition.file)).0;
            roots.push((definition.rule, stem.clone()));
            let verified = definition.shape.slots().into_iter().filter_map(|slot| slot.verify);
            roots.extend(verified.map(|rule| (rule, stem.clone())));
        }
        let mut uses: HashMap<RuleId, usize> = HashMap::new();
        let mut prefixes: HashMap<RuleId, String> = HashMap::new();
        let mut order = Vec::new();
        for (root, prefix) in &roots {
            *uses.entry(*root).or_default() += 2;
            let mut queue = vec![*root];
            while let Some(id) = queue.pop() {
                if prefixes.contains_key(&id) {
                    continue;
                }
                prefixes.insert(id, prefix.clone());
                order.push(id);
                for inner in children(model, id) {
                    *uses.entry(inner).or_default() += 1;
                    queue.push(inner);
                }
            }
        }
        let mut rows: BTreeSet<RuleId> = order.iter().copied().filter(|id| uses[id] > 1).collect();
        for root in rows.clone() {
            split(model, root, &mut rows);
        }
        // A pointer into an Avro schema is made of numbers, so its rows are named after the types.
        let definitions = (0..model.definitions.len()).map(DefinitionId);
        let records: HashMap<RuleId, String> = definitions
            .filter(|id| !model[model[*id].rule].has_keywords)
            .map(|id| (model[id].rule, types.ident(id).to_string()))
            .collect();
        let mut taken = BTreeSet::new();
        let names = order.into_iter().filter(|id| rows.contains(id)).map(|id| {
            let name = records.get(&id).cloned().unwrap_or_else(|| {
                let (file, pointer) = model[id].elsewhere().unwrap_or(("", &model[id].pointer));
                let tokens = pointer.split('/').filter(|token| !STRUCTURAL.contains(token));
                let tokens = tokens.map(|token| key_name(&token.replace("~1", "/")));
                let prefix = match file {
                    "" => prefixes[&id].clone(),
                    file => document_name(file),
                };
                format!("{prefix} {}", tokens.collect::<Vec<_>>().join(" "))
            });
            let name = shouty(&name);
            (id, numbered(&name, |name| taken.insert(name.to_owned())))
        });
        Self { names: names.collect() }
    }

    /// The rules that have a row, and the names of their statics.
    pub(in crate::backend) fn rows(&self) -> impl Iterator<Item = (RuleId, &str)> {
        self.names.iter().map(|(id, name)| (*id, &**name))
    }

    /// The name of the static of a rule, if it has one.
    pub(in crate::backend) fn name(&self, id: RuleId) -> Option<&str> {
        self.names.get(&id).map(String::as_str)
    }
}

/// Makes rows of those rules inside `id` that have too many levels of rules inside them, or whose
/// assertions are of another language; returns how many levels remain inside `id`.
fn split(model: &Model, id: RuleId, rows: &mut BTreeSet<RuleId>) -> usize {
    let mut levels = 0;
    for inner in children(model, id) {
        if rows.contains(&inner) {
            continue;
        }
        let inside = 1 + split(model, inner, rows);
        if inside > LEVELS || model[inner].has_keywords != model[id].has_keywords {
            rows.insert(inner);
        } else {
            levels = levels.max(inside);
        }
    }
    levels
}

/// Parts of a pointer that say nothing in a name.
const STRUCTURAL: &[&str] =
    &["", "properties", "definitions", "$defs", "components", "schemas", "fields"];

fn file_stem(file: &str) -> &str {
    file.rsplit_once('.').map_or(file, |(stem, _)| stem)
}

/// The rules that a rule refers to.
fn children(model: &Model, id: RuleId) -> Vec<RuleId> {
    model[id].assertions.iter().flat_map(Assertion::rules).collect()
}
