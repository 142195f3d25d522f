//! Conversion of defaults to the JSON encoding, which wraps values of unions and contains all fields of
//! a record.
//!
//! The default of a union takes the first branch that it matches. Before version 1.12 of the
//! specification this is always the first branch.

use super::{Checker, FieldDefault, Mismatch};
use crate::model::{DefinitionId, Model, Record, Shape, Slot, Type, Union};
use crate::tree::Tree;
use std::collections::HashMap;

/// Maximum length of an encoded default. Nested defaults can grow exponentially.
const MAX_LEN: usize = 1 << 16;

/// Maximum nesting of an encoded default, well below the limit of the runtime.
const MAX_DEPTH: usize = 64;

/// Sets the default of each field. The defaults must match their types. Returns a problem for each
/// default that contains itself or is too large.
pub(in super::super) fn encode(model: &mut Model, defaults: &[FieldDefault<'_>]) -> Vec<Mismatch> {
    let texts: Vec<_> = {
        let optional = defaults.iter().map(|default| (default.record, default.field)).collect();
        let mut encoder = Encoder {
            checker: Checker { model, optional, unions: HashMap::new() },
            defaults: defaults
                .iter()
                .map(|default| ((default.record, default.field), default))
                .collect(),
            open: Vec::new(),
            out: String::new(),
        };
        defaults.iter().map(|default| encoder.text(default)).collect()
    };
    let mut problems = Vec::new();
    for (default, text) in defaults.iter().zip(texts) {
        match text {
            Ok(text) => {
                if let Shape::Record(record) = &mut model[default.record].shape {
                    let mut fields = record.fields.iter_mut();
                    if let Some(field) = fields.find(|field| field.name == default.field) {
                        field.default = Some(text);
                    }
                }
            }
            Err(message) => problems.push(Mismatch { pointer: default.pointer.clone(), message }),
        }
    }
    problems
}

struct Encoder<'a> {
    checker: Checker<'a, 'a>,
    defaults: HashMap<(DefinitionId, &'a str), &'a FieldDefault<'a>>,
    /// The fields whose defaults are being encoded.
    open: Vec<(DefinitionId, &'a str)>,
    out: String,
}

impl<'a> Encoder<'a> {
    fn text(&mut self, default: &'a FieldDefault<'a>) -> Result<String, String> {
        self.out.clear();
        self.open.clear();
        self.default(default, 0)?;
        Ok(std::mem::take(&mut self.out))
    }

    fn default(&mut self, default: &'a FieldDefault<'a>, depth: usize) -> Result<(), String> {
        let field = (default.record, default.field);
        if self.open.contains(&field) {
            return Err(format!("the default of `{}` contains itself", default.field));
        }
        self.open.push(field);
        self.value(default.value, &default.slot, depth)?;
        self.open.pop();
        Ok(())
    }

    fn value(&mut self, value: &Tree, slot: &Slot, depth: usize) -> Result<(), String> {
        if depth > MAX_DEPTH || self.out.len() > MAX_LEN {
            return Err(format!(
                "the default is larger than {MAX_LEN} bytes or {MAX_DEPTH} levels"
            ));
        }
        let model = self.checker.model;
        match (&slot.ty, value) {
            (Type::Array(slot), Tree::Array(items)) => {
                self.out.push('[');
                for (index, item) in items.iter().enumerate() {
                    self.separate(index, None);
                    self.value(item, slot, depth + 1)?;
                }
                self.out.push(']');
            }
            (Type::Map(slot), Tree::Object(members)) => {
                self.out.push('{');
                for (index, (key, value)) in members.iter().enumerate() {
                    self.separate(index, Some(key));
                    self.value(value, slot, depth + 1)?;
                }
                self.out.push('}');
            }
            (Type::Definition(id), value) if *value != Tree::Null => match &model[*id].shape {
                Shape::Record(record) => self.record(*id, record, value, depth)?,
                Shape::Union(union) => self.union(union, value, depth)?,
                _ => self.out.push_str(&value.to_string()),
            },
            _ => self.out.push_str(&value.to_string()),
        }
        Ok(())
    }

    fn record(
        &mut self,
        id: DefinitionId,
        record: &'a Record,
        value: &Tree,
        depth: usize,
    ) -> Result<(), String> {
        self.out.push('{');
        for (index, field) in record.fields.iter().enumerate() {
            self.separate(index, Some(&field.name));
            let own = value.get(&field.name);
            let default = self.defaults.get(&(id, field.name.as_str())).copied();
            let is_null = own.or(default.map(|default| default.value)) == Some(&Tree::Null);
            let wrapper = field.optional.as_ref().filter(|_| !is_null);
            if let Some(wrapper) = wrapper {
                self.out.push('{');
                self.separate(0, Some(&wrapper.full_name));
            }
            match (own, default) {
                (Some(value), _) => self.value(value, &field.slot, depth + 2)?,
                (None, Some(default)) => self.default(default, depth + 2)?,
                // Impossible: the check finds missing fields.
                (None, None) => {}
            }
            if wrapper.is_some() {
                self.out.push('}');
            }
        }
        self.out.push('}');
        Ok(())
    }

    fn union(&mut self, union: &Union, value: &Tree, depth: usize) -> Result<(), String> {
        let mut branches = union.branches.iter();
        let fits = branches.find(|branch| self.checker.value(value, &branch.slot).is_ok());
        // The check guarantees a matching branch.
        let Some(branch) = fits else { return Ok(()) };
        self.out.push('{');
        self.separate(0, Some(&branch.full_name));
        self.value(value, &branch.slot, depth + 1)?;
        self.out.push('}');
        Ok(())
    }

    /// Writes a comma unless this is the first member, and the key if there is one.
    fn separate(&mut self, index: usize, key: Option<&str>) {
        if index > 0 {
            self.out.push(',');
        }
        if let Some(key) = key {
            self.out.push_str(&Tree::String(key.to_owned()).to_string());
            self.out.push(':');
        }
    }
}
