//! Names that the caller requests.

use super::problem;
use super::select::{Part, Parts};
use crate::backend::facts::ident::{is_ident, is_raw_keyword};
use crate::backend::facts::members::{branch_idents, field_idents, variant_idents};
use crate::backend::facts::names::Names;
use crate::error::Problem;
use crate::model::{Model, Shape};
use crate::options::{Options, Override, OverrideKind};
use std::collections::BTreeSet;
use syn::ext::IdentExt;

/// Assigns the names of all items, those that the caller requests among them.
pub(in crate::backend) fn names(
    model: &mut Model,
    options: &Options,
) -> Result<Names, Vec<Problem>> {
    let names = Names::assign(model);
    let renamed = rename(model, &names, &options.overrides)?;
    if renamed.is_empty() {
        return Ok(names);
    }
    let names = Names::assign(model);
    check(model, &names, &renamed)?;
    Ok(names)
}

/// A part with its requested name.
struct Renamed<'o> {
    request: &'o Override,
    part: Part,
    name: &'o str,
}

/// Sets the names that the caller requests. `names` are the default names.
fn rename<'o>(
    model: &mut Model,
    names: &Names,
    overrides: &'o [Override],
) -> Result<Vec<Renamed<'o>>, Vec<Problem>> {
    let parts = Parts::of(model, names);
    let (mut renamed, mut problems) = (Vec::new(), Vec::new());
    let mut seen = BTreeSet::new();
    for request in overrides {
        let OverrideKind::Rename(name) = &request.kind else { continue };
        let found = parts.find(request).and_then(|part| legal(request, part, name).map(|()| part));
        match found {
            Ok(part) if !seen.insert(part) => problems.push(problem(
                request,
                format!("{:?} is renamed twice", request.selector),
                "rename it once",
            )),
            Ok(part) => renamed.push(Renamed { request, part, name }),
            Err(problem) => problems.push(problem),
        }
    }
    for Renamed { request, part, name } in &renamed {
        // An existing item keeps its name, unless it is renamed as well.
        if parts.beside(*part, name).iter().any(|other| !seen.contains(other)) {
            problems.push(taken(request, name));
        }
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    for Renamed { part, name, .. } in &renamed {
        apply(model, *part, name);
    }
    Ok(renamed)
}

fn apply(model: &mut Model, part: Part, name: &str) {
    let name = name.to_owned();
    match part {
        Part::Type(id) => model[id].explicit_name = Some(name),
        Part::Field(id, index) => {
            if let Shape::Record(record) = &mut model[id].shape {
                record.fields[index].explicit_name = Some(name);
            }
        }
        Part::Branch(id, index) => {
            if let Shape::Union(union) = &mut model[id].shape {
                union.branches[index].explicit_name = Some(name);
            }
        }
        Part::Value(id, index) => {
            if let Shape::Enum(values) = &model[id].shape {
                let value = values.values[index].clone();
                model.variants.entry(id).or_default().insert(value, name);
            }
        }
    }
}

/// Checks that Rust allows the name without a warning.
fn legal(request: &Override, part: Part, name: &str) -> Result<(), Problem> {
    let (is_legal, help) = match part {
        Part::Field(..) => (
            (is_ident(name) || is_raw_keyword(name))
                && !["self", "Self", "super", "crate", "_"].contains(&name)
                && !name.contains(char::is_uppercase),
            "write a name in snake case, such as `meter_id`",
        ),
        Part::Type(_) | Part::Branch(..) | Part::Value(..) => (
            is_ident(name) && !name.contains('_') && !name.starts_with(char::is_lowercase),
            "write a name in camel case, such as `MeterMoved`",
        ),
    };
    if is_legal { Ok(()) } else { Err(problem(request, format!("invalid name {name:?}"), help)) }
}

/// Checks that every part has its requested name.
fn check(model: &Model, names: &Names, renamed: &[Renamed<'_>]) -> Result<(), Vec<Problem>> {
    let mut problems = Vec::new();
    for Renamed { request, part, name } in renamed {
        let ident = match *part {
            Part::Type(id) => Some(names.ident(id)),
            Part::Field(id, index) => match &model[id].shape {
                Shape::Record(record) => field_idents(record).0.into_iter().nth(index),
                _ => None,
            },
            Part::Branch(id, index) => match &model[id].shape {
                Shape::Union(union) => branch_idents(union).into_iter().nth(index),
                _ => None,
            },
            Part::Value(id, index) => match &model[id].shape {
                Shape::Enum(values) => variant_idents(model, id, values).into_iter().nth(index),
                _ => None,
            },
        };
        if ident.is_none_or(|ident| ident.unraw() != name) {
            problems.push(taken(request, name));
        }
    }
    if problems.is_empty() { Ok(()) } else { Err(problems) }
}

fn taken(request: &Override, name: &str) -> Problem {
    problem(
        request,
        format!("the name {name:?} is already taken"),
        "choose another name, or rename the other item, too",
    )
}
