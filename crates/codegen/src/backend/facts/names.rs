//! Assignment of identifiers to items.
//!
//! A definition is named as in the contract. If the name is ambiguous, all definitions of that name are
//! prefixed by their parent's name, and events are extended by the path, namespace or version of their
//! contract. The result does not depend on the order of files.

use super::ident::{camel, ident, is_ident, snake};
use crate::model::{Contract, Definition, DefinitionId, Model, ModuleId, Scope, Shape};
use proc_macro2::Ident;
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// The names of all types and modules.
pub(in crate::backend) struct Names {
    types: Vec<String>,
    modules: Vec<String>,
    taken: HashSet<(Scope, String)>,
}

/// Property names that are meaningless without the name of their object.
const GENERIC: &[&str] = &["Type", "Kind", "Value", "Name", "Id", "Code", "Data"];

impl Names {
    pub(in crate::backend) fn assign(model: &Model) -> Self {
        let mut candidates: Vec<Candidate> = model.definitions.iter().map(Candidate::new).collect();
        for contract in &model.contracts {
            candidates[contract.root.0].qualify(contract);
        }
        for candidate in &mut candidates {
            if candidate.generic {
                candidate.lengthen(model);
            }
        }
        // Each round lengthens every ambiguous name that can still be lengthened.
        loop {
            let ambiguous = ambiguous(model, &candidates);
            let mut grown = false;
            for index in ambiguous {
                grown |= candidates[index].lengthen(model);
            }
            if !grown {
                break;
            }
        }
        let mut taken = HashSet::new();
        let mut order: Vec<usize> = (0..candidates.len()).collect();
        order.sort_by_key(|index| {
            let definition = &model.definitions[*index];
            (!candidates[*index].fixed, &definition.file, &definition.pointer)
        });
        let mut types = vec![String::new(); candidates.len()];
        for index in order {
            let scope = model.definitions[index].scope;
            let name = &candidates[index].name;
            let is_record = matches!(model.definitions[index].shape, Shape::Record(_));
            types[index] = numbered(name, |name| {
                let names = [Some(name.to_owned()), is_record.then(|| builder(name))];
                let names: Vec<_> = names.into_iter().flatten().map(|name| (scope, name)).collect();
                let is_free = names.iter().all(|name| !taken.contains(name));
                taken.extend(names.into_iter().filter(|_| is_free));
                is_free
            });
        }
        // The module of the tables, and the import of the runtime.
        let mut modules = BTreeSet::from(["schema".to_owned(), "runtime".to_owned()]);
        let modules = model
            .modules
            .iter()
            .map(|module| {
                let name = module.root.map_or(&module.hint, |root| &types[root.0]);
                numbered(&snake(name), |name| modules.insert(name.to_owned()))
            })
            .collect();
        Self { types, modules, taken }
    }

    /// True for a name that a type in the scope has.
    pub(in crate::backend) fn is_taken(&self, scope: Scope, name: &str) -> bool {
        self.taken.contains(&(scope, name.to_owned()))
    }

    /// Returns the name of a type without its path.
    pub(in crate::backend) fn ident(&self, id: DefinitionId) -> Ident {
        ident(&self.types[id.0])
    }

    /// Returns the name of a type's builder.
    pub(in crate::backend) fn builder(&self, id: DefinitionId) -> Ident {
        ident(&builder(&self.types[id.0]))
    }

    /// Returns the module of a document.
    pub(in crate::backend) fn module(&self, id: ModuleId) -> Ident {
        ident(&self.modules[id.0])
    }
}

/// Returns the name of a type's builder. The underscore of names such as `Self_` is dropped.
fn builder(name: &str) -> String {
    format!("{}Builder", name.strip_suffix('_').unwrap_or(name))
}

/// A name that may be lengthened.
struct Candidate {
    name: String,
    next: Option<DefinitionId>,
    /// Further qualifiers from the contract of an event, the nearest last.
    around: Vec<String>,
    version: Option<String>,
    fixed: bool,
    generic: bool,
}

impl Candidate {
    fn new(definition: &Definition) -> Self {
        let fixed = definition.explicit_name.is_some();
        let name = definition.explicit_name.clone().unwrap_or_else(|| camel(&definition.hint));
        let generic = !fixed
            && GENERIC.contains(&name.as_str())
            && !matches!(definition.shape, Shape::Record(_));
        let next = definition.parent.filter(|_| !fixed);
        let name = if fixed { camel_if_needed(name) } else { name };
        Self { name, next, around: Vec::new(), version: None, fixed, generic }
    }

    /// Collects the qualifiers of an event: path or namespace, and version of its contract.
    fn qualify(&mut self, contract: &Contract) {
        if self.fixed {
            return;
        }
        let mut around: Vec<String> =
            contract.name.split(['/', '.']).map(camel).filter(|part| *part != "Value").collect();
        around.pop();
        self.around = around;
        self.version = contract.version.as_ref().map(|version| camel(&format!("v{version}")));
    }

    /// Lengthens the name by the next parent or qualifier. Returns false if there is none.
    fn lengthen(&mut self, model: &Model) -> bool {
        let Some(parent) = self.next.take() else {
            if let Some(around) = self.around.pop() {
                self.name = format!("{around}{}", self.name);
            } else if let Some(version) = self.version.take() {
                self.name.push_str(&version);
            } else {
                return false;
            }
            return true;
        };
        let parent = &model[parent];
        let prefix = parent.explicit_name.clone().unwrap_or_else(|| camel(&parent.hint));
        self.name = format!("{prefix}{}", self.name);
        self.next = parent.parent;
        true
    }
}

/// Returns the definitions that share a name with another one of their scope.
fn ambiguous(model: &Model, candidates: &[Candidate]) -> Vec<usize> {
    let mut groups: BTreeMap<(Scope, &str), Vec<usize>> = BTreeMap::new();
    for (index, candidate) in candidates.iter().enumerate() {
        let scope = model.definitions[index].scope;
        groups.entry((scope, &candidate.name)).or_default().push(index);
    }
    groups.into_values().filter(|group| group.len() > 1).flatten().collect()
}

/// Returns an explicit name unchanged if it is a valid type name. Lower-case names are converted, since
/// they are reserved for primitive types.
fn camel_if_needed(name: String) -> String {
    let is_type_name = name.starts_with(char::is_uppercase) && is_ident(&name);
    if is_type_name { name } else { camel(&name) }
}

/// Returns the name, extended by the smallest number from 2 that makes it unique if necessary.
pub(in crate::backend) fn numbered(name: &str, mut insert: impl FnMut(&str) -> bool) -> String {
    if insert(name) {
        return name.to_owned();
    }
    // `Self_` becomes `Self2`.
    let stem = name.trim_end_matches('_');
    let mut number = 2_usize;
    loop {
        let candidate = format!("{stem}{number}");
        if insert(&candidate) {
            return candidate;
        }
        number += 1;
    }
}

/// Makes the names of fields or other siblings unique.
pub(in crate::backend) fn unique(names: impl Iterator<Item = String>) -> Vec<Ident> {
    let mut taken = BTreeSet::new();
    names.map(|name| ident(&numbered(&name, |name| taken.insert(name.to_owned())))).collect()
}
